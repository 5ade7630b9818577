"""A reviewer in Word: she changes what she sees, with tracking on, wherever she or others have edited before.

It writes what Word writes: own insertions that are taken out again leave no trace, another's stay with both marks, a
moved paragraph stands twice with its marks, and what was edited after the move is marked within it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random

from letters.document.marks import Grid, Line, Mark, Piece, Story, merged

SUB_BULLET = '<w:pStyle w:val="ListBullet2"/>'
EDITABLE = ("Normal", "ListBullet", "ListBullet2", "ListNumber", "CaseStudy", "TableText")


def seen(line: Line) -> str:
    """Return the words of a paragraph that nobody took out."""
    return "".join(piece.text for piece in line.pieces if not piece.deleted)


def stands(line: Line | Grid) -> bool:
    """Say whether a paragraph is one that a reader sees words of, and whose end nobody took out."""
    return isinstance(line, Line) and not line.deleted and bool(seen(line).strip())


@dataclass
class WordEditor:
    """Edits the body of a draft; every new word is one of its own, so that a test finds it again."""

    story: list[Line | Grid]
    random: Random
    may_edit: Callable[[Line], bool] = lambda line: True
    count: int = 0
    author: str = "Ann"
    done: list[str] = field(default_factory=list)

    def places(self) -> list[int]:
        """Return the numbers of the paragraphs that can be edited."""
        lines = enumerate(self.story)
        return [place for place, line in lines if stands(line) and isinstance(line, Line) and self._is_free(line)]

    def _is_free(self, line: Line) -> bool:
        return line.style in EDITABLE and self.may_edit(line)

    def edit(self) -> None:
        """Make one edit at random."""
        places = self.places()
        place = self.random.choice(places)
        name = self.random.choice(KINDS)
        self.done.append(f"{self.author} {name} at {self._line(place).style} {seen(self._line(place))[:40]!r}")
        EDITS[name](self, place)

    def _line(self, place: int) -> Line:
        line = self.story[place]
        assert isinstance(line, Line)
        return line

    def _mark(self) -> Mark:
        self.count += 1
        return Mark(
            self.author, f"2026-01-05T{9 + self.count // 3600:02d}:{self.count // 60 % 60:02d}:{self.count % 60:02d}Z"
        )

    def _word(self) -> str:
        self.count += 1
        return f"zq{self.count}x"

    def borders(self, place: int) -> list[int]:
        """Return where words begin and end in what is seen of a paragraph."""
        text = seen(self._line(place))
        return [0, *(at + 1 for at, letter in enumerate(text) if letter == " " and at + 1 < len(text)), len(text)]

    def _parted_at(self, place: int, at: int) -> tuple[list[Piece], list[Piece]]:
        """Return the pieces before and after a letter that is seen."""
        before: list[Piece] = []
        after: list[Piece] = []
        count = 0
        for piece in self._line(place).pieces:
            length = 0 if piece.deleted else len(piece.text)
            if count + length <= at and not (after or (piece.deleted and count == at)):
                before.append(piece)
            elif count >= at or after:
                after.append(piece)
            else:
                before.append(piece._replace(text=piece.text[: at - count]))
                after.append(piece._replace(text=piece.text[at - count :]))
            count += length
        return before, after

    def _put(self, place: int, pieces: list[Piece]) -> None:
        self.story[place] = self._line(place)._replace(pieces=merged(pieces))

    def insert(self, place: int, at: int | None = None) -> None:
        """Type a word somewhere in a paragraph."""
        at = self.random.choice(self.borders(place)) if at is None else at
        self.type(place, at, f" {self._word()}" if at else f"{self._word()} ")

    def insert_at_end(self, place: int) -> None:
        """Type a word at the end of a paragraph."""
        self.insert(place, len(seen(self._line(place))))

    def type(self, place: int, at: int, words: str) -> None:
        """Type words before a letter that is seen."""
        before, after = self._parted_at(place, at)
        self._put(place, [*before, Piece(words, inserted=self._mark()), *after])

    def delete(self, place: int) -> None:
        """Take out some words of a paragraph."""
        self.take_out(place, *self._some_words(place))

    def replace(self, place: int) -> None:
        """Put a word in the place of some."""
        start, end = self._some_words(place)
        self.take_out(place, start, end)
        self.type(place, start, f"{self._word()} ")

    def _some_words(self, place: int) -> tuple[int, int]:
        borders = self.borders(place)
        first = self.random.randrange(len(borders) - 1)
        return borders[first], borders[min(len(borders) - 1, first + self.random.randint(1, 3))]

    def take_out(self, place: int, start: int, end: int) -> None:
        """Take out letters that are seen; own new ones go without a trace."""
        mark = self._mark()
        out: list[Piece] = []
        count = 0
        for piece in self._cut_at(place, start, end):
            inside = not piece.deleted and start <= count < end
            count += 0 if piece.deleted else len(piece.text)
            own = piece.inserted and piece.inserted.author == self.author and not piece.inserted.move
            if not inside:
                out.append(piece)
            elif not own:
                out.append(piece._replace(deleted=mark))
        self._put(place, out)

    def _cut_at(self, place: int, *borders: int) -> list[Piece]:
        """Return the pieces of a paragraph, none of which goes over a border."""
        pieces = self._line(place).pieces
        for at in borders:
            before, after = self._parted_at(place, at)
            self.story[place] = self._line(place)._replace(pieces=(*before, *after))
        cut, self.story[place] = self._line(place).pieces, self._line(place)._replace(pieces=pieces)
        return list(cut)

    def part(self, place: int, before: str = "", after: str = "") -> None:
        """Part a paragraph between two words, and type before and after that."""
        borders = self.borders(place)
        if len(borders) < 4:
            return
        mark = self._mark()
        head, tail = self._parted_at(place, self.random.choice(borders[1:-1]))
        head += [Piece(before, inserted=mark)] if before else []
        tail = [Piece(after, inserted=mark), *tail] if after else tail
        line = self._line(place)
        first = line._replace(pieces=merged(head), inserted=mark, deleted=None, section="")
        self.story[place : place + 1] = [first, line._replace(pieces=merged(tail), anchors=())]

    def part_and_type(self, place: int) -> None:
        """Part a paragraph and type after the place."""
        self.part(place, after=f"{self._word()} ")

    def part_and_type_around(self, place: int) -> None:
        """Part a paragraph and type before and after the place."""
        self.part(place, before=f"{self._word()}.", after=f"{self._word()} ")

    def take_out_paragraph(self, place: int) -> None:
        """Take out a whole paragraph."""
        self.take_out(place, 0, len(seen(self._line(place))))
        line = self._line(place)
        if line.inserted and line.inserted.author == self.author and not line.inserted.move and not line.pieces:
            del self.story[place]
        else:
            self.story[place] = line._replace(deleted=self._mark())

    def join(self, place: int) -> None:
        """Take out the end of a paragraph, so that the next one of its kind goes on in it."""
        if place + 1 in self.places() and self._line(place + 1).style == self._line(place).style:
            self.story[place] = self._line(place)._replace(deleted=self._mark())

    def take_out_across(self, place: int) -> None:
        """Take out the end of a paragraph and the beginning of the next one of its kind."""
        if place + 1 not in self.places() or self._line(place + 1).style != self._line(place).style:
            return
        first, second = self.borders(place), self.borders(place + 1)
        if len(first) < 5 or len(second) < 5:
            return
        self.take_out(place, self.random.choice(first[1:-1]), first[-1])
        self.take_out(place + 1, 0, self.random.choice(second[1:-1]))
        self.join(place)

    def add(self, place: int) -> None:
        """Add a paragraph of the same kind after one."""
        line = self._line(place)
        if not self._leads(place):
            self._add_after(place, line.style, line.props)

    def _leads(self, place: int) -> bool:
        """Say whether sub-bullets follow a bullet: nothing is put between them."""
        after = self.story[place + 1] if place + 1 < len(self.story) else None
        return isinstance(after, Line) and after.style == "ListBullet2" and self._line(place).style != "ListBullet2"

    def add_sub_bullet(self, place: int) -> None:
        """Add a sub-bullet below a bullet."""
        if self._line(place).style == "ListBullet":
            self._add_after(place, "ListBullet2", SUB_BULLET)

    def _add_after(self, place: int, style: str, props: str) -> None:
        mark = self._mark()
        words = Piece(f"New {self._word()} sentence {self._word()} here.", inserted=mark)
        self.story.insert(place + 1, Line((words,), (), style, props, inserted=mark))

    def move(self, place: int) -> int:
        """Move a paragraph to after another of its kind in the same list; return where it stands now, or where it was."""
        near = [other for other in self.places() if other not in (place, place - 1) and self._is_beside(place, other)]
        if not near or self._leads(place):
            return place
        target, line = self.random.choice(near), self._line(place)
        mark = self._mark()
        mark = mark._replace(move=f"move{self.count}")
        gone = tuple(
            piece if piece.deleted else piece._replace(deleted=mark) for piece in line.pieces if not self._own(piece)
        )
        came = merged(piece._replace(inserted=mark, comments=()) for piece in line.pieces if not piece.deleted)
        self.story[place] = line._replace(pieces=gone, deleted=mark)
        self.story.insert(target + 1, line._replace(pieces=came, inserted=mark, anchors=(), section=""))
        return target + 1

    def _own(self, piece: Piece) -> bool:
        put = piece.inserted
        return bool(put and put.author == self.author and not put.move and not piece.deleted)

    def _is_beside(self, place: int, other: int) -> bool:
        """Say whether another paragraph is of the same kind, and no heading stands between the two."""
        between = self.story[min(place, other) : max(place, other) + 1]
        plain = all(isinstance(line, Line) and not line.style.endswith("Heading") for line in between)
        plain = (
            plain
            and not self._leads(other)
            and not any(isinstance(line, Line) and line.style.startswith("Heading") for line in between)
        )
        return plain and self._line(place).style == self._line(other).style

    def move_and_edit(self, place: int) -> None:
        """Move a paragraph and edit it at its new place."""
        at = self.move(place)
        self.random.choice([WordEditor.insert, WordEditor.replace, WordEditor.delete])(self, at)


EDITS: dict[str, Callable[[WordEditor, int], object]] = {
    "insert": WordEditor.insert,
    "insert at the end": WordEditor.insert_at_end,
    "delete": WordEditor.delete,
    "replace": WordEditor.replace,
    "part": WordEditor.part,
    "part and type": WordEditor.part_and_type,
    "part and type around": WordEditor.part_and_type_around,
    "take out": WordEditor.take_out_paragraph,
    "take out across": WordEditor.take_out_across,
    "join": WordEditor.join,
    "add": WordEditor.add,
    "add a sub-bullet": WordEditor.add_sub_bullet,
    "move": WordEditor.move,
    "move and edit": WordEditor.move_and_edit,
}
KINDS = ("insert", "replace", "delete", *EDITS)
"""Words are changed more often than paragraphs."""


def edited(story: Story, seed: int, authors: tuple[str, ...], may_edit: Callable[[Line], bool]) -> WordEditor:
    """Return a draft that some reviewers edited one after the other, each one to four times."""
    editor = WordEditor(list(story), Random(seed), may_edit)
    for author in authors:
        editor.author = author
        for _ in range(editor.random.randint(1, 4)):
            editor.edit()
    return editor


def new_words(story: Story) -> Iterator[str]:
    """Yield the words that reviewers put in and nobody took out."""
    for line in story:
        if isinstance(line, Line):
            yield from (word for word in seen(line).split() if word.startswith("zq"))
