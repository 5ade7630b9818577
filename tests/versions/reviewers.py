"""Reviewers who edit at random: copies of a draft with tracked changes, comments, and edits made with tracking off."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from hypothesis import strategies as st

from letters.document.marks import Comment, Grid, Line, Mark, Marked, Piece, Story, merged, text_of
from letters.versions.wording import cut
from letters.word.redline import with_stories
from letters.word.word_file import WordFile

KINDS = ("replace", "delete", "insert", "bold", "comment", "take out", "add", "move", "part", "join")
SILENT_KINDS = ("replace", "delete", "insert", "take out", "add")
WORDS = ("swiftly", "marmalade jars", "notwithstanding", "salt<pepper>", "Zoë’s kites")
"""New words that stand nowhere in a letter, so that each is told whole."""


class Edit(NamedTuple):
    """One edit: its kind, where in the letter, at which word, how many words, the new ones, and whether it is tracked."""

    kind: str
    place: int
    word: int
    length: int
    new: str
    tracked: bool


def edits(kinds: tuple[str, ...] = KINDS, silent: bool = True) -> st.SearchStrategy[list[Edit]]:
    """Return a strategy for the edits of one reviewer."""
    numbers = st.integers(0, 200)
    tracked = st.integers(0, 3).map(bool) if silent else st.just(True)
    edit = st.builds(Edit, st.sampled_from(kinds), numbers, numbers, st.integers(1, 3), st.sampled_from(WORDS), tracked)
    return st.lists(edit, max_size=6)


@dataclass
class Reviewer:
    """Edits a draft; what she did is kept beside it, for a test to hold against what came home."""

    name: str
    story: list[Line | Grid]
    may_edit: Callable[[int], bool] = lambda number: True
    comments: list[Comment] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    """What she put in with tracking off."""
    _count: int = 0

    def edit(self, edit: Edit) -> None:
        """Make one edit at a paragraph that nobody has edited so far; without one, none."""
        free = [place for place, line in enumerate(self.story) if self._is_free(place, line)]
        if not free:
            return
        place = free[edit.place % len(free)]
        line = self.story[place]
        assert isinstance(line, Line)
        self._count += 1
        mark = Mark(self.name, f"2026-01-05T09:{self._count:02d}:00Z")
        if edit.kind in ("replace", "delete", "insert", "bold", "comment"):
            self.story[place] = self._reworded(line, edit, mark)
        elif edit.tracked or edit.kind in SILENT_KINDS:
            self._shaped(place, line, edit, mark)

    def _is_free(self, place: int, line: Line | Grid) -> bool:
        """Say whether a paragraph is as it was sent, and no heading: what is edited twice is another test's matter."""
        following = self.story[place + 1] if place + 1 < len(self.story) else None
        plain = isinstance(line, Line) and bool(text_of(line).strip()) and bool(line.anchors)
        if isinstance(line, Line) and line.style.startswith("Heading"):
            return False
        if not (plain and isinstance(line, Line) and isinstance(following, Line) and self.may_edit(number_of(line))):
            return False
        marked = any(p.inserted or p.deleted or p.changed or p.object_key or p.comments for p in line.pieces)
        return not (marked or line.inserted or line.deleted or line.was == "edited")

    def _reworded(self, line: Line, edit: Edit, mark: Mark) -> Line:
        """Return a paragraph with some words changed, relooked or commented on."""
        text = text_of(line)
        words = [found.span() for found in re.finditer(r"\S+", text)]
        first = edit.word % len(words)
        start, end = words[first][0], words[min(first + edit.length, len(words)) - 1][1]
        held, rest = cut(line.pieces, start, end), cut(line.pieces, end, len(text))
        new = Piece(edit.new, held[0].look)
        if not edit.tracked and edit.kind in SILENT_KINDS:
            self.silent += [] if edit.kind == "delete" else [edit.new]
            middle = {"replace": [new], "delete": [], "insert": [*held, new]}[edit.kind]
            return line._replace(pieces=merged([*cut(line.pieces, 0, start), *middle, *rest]), was="edited")
        gone = [piece._replace(deleted=mark) for piece in held]
        came = new._replace(inserted=mark)
        if edit.kind == "comment":
            comments = self._comment(mark)
            middle = [piece._replace(comments=comments) for piece in held]
        elif edit.kind == "bold":
            middle = [piece._replace(look=f"{piece.look}<w:b/>", was=piece.look, changed=mark) for piece in held]
        else:
            middle = {"replace": [*gone, came], "delete": gone, "insert": [*held, came]}[edit.kind]
        return line._replace(pieces=merged([*cut(line.pieces, 0, start), *middle, *rest]))

    def _comment(self, mark: Mark) -> tuple[str, str]:
        """Ask something and answer it; return both comments' numbers."""
        number = len(self.comments)
        text = f"{self.name} asks at {mark.when}"
        self.comments.append(Comment(str(number), *mark[:2], "RV", text, resolved=number % 4 == 0))
        self.comments.append(Comment(str(number + 1), *mark[:2], "RV", f"{text}: answered", str(number)))
        return str(number), str(number + 1)

    def _shaped(self, place: int, line: Line, edit: Edit, mark: Mark) -> None:
        """Take out, add, move, part or join paragraphs."""
        if edit.kind == "take out":
            gone = line._replace(pieces=tuple(piece._replace(deleted=mark) for piece in line.pieces), deleted=mark)
            self.story[place : place + 1] = [gone] if edit.tracked else []
        elif edit.kind == "add":
            words = f"{self.name} adds {edit.new} at {mark.when}."
            self.silent += [] if edit.tracked else [words]
            by = mark if edit.tracked else None
            self.story.insert(place + 1, Line((Piece(words, inserted=by),), (), line.style, line.props, by))
        elif edit.kind == "move":
            moving = mark._replace(move=f"move {mark.when}")
            gone = line._replace(pieces=tuple(p._replace(deleted=moving) for p in line.pieces), deleted=moving)
            came = line._replace(
                pieces=tuple(p._replace(inserted=moving) for p in line.pieces), inserted=moving, anchors=()
            )
            self.story[place] = gone
            self.story.insert(edit.word % (len(self.story) - 1) + 1, came)
        elif edit.kind == "join":
            self.story[place] = line._replace(deleted=mark)
        elif " " in (text := text_of(line).strip()):
            at = text.index(" ") + 1
            halves = (tuple(cut(line.pieces, 0, at)), tuple(cut(line.pieces, at, len(text_of(line)))))
            self.story[place : place + 1] = [
                line._replace(pieces=halves[0], inserted=mark),
                line._replace(pieces=halves[1], anchors=()),
            ]


def number_of(line: Line) -> int:
    """Return a number that is the same for the same sent paragraph in every copy."""
    return sum(line.anchors[0].name.encode())


def reviewed(
    sent: WordFile, name: str, made: list[Edit], may_edit: Callable[[int], bool] | None = None
) -> tuple[bytes, Reviewer]:
    """Return the copy that a reviewer sends back, and the reviewer."""
    reviewer = Reviewer(name, list(sent.marked.stories["body"]))
    if may_edit:
        reviewer.may_edit = may_edit
    for edit in made:
        reviewer.edit(edit)
    body: Story = tuple(reviewer.story)
    marked = Marked({**sent.marked.stories, "body": body}, tuple(reviewer.comments))
    return with_stories(sent, [], marked), reviewer
