"""A version that another program saved, told in the settings of the one before: only what a reader gets is other."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from letters.document.marks import UNREAD, Cell, Grid, Line, Marked, Piece, Row, Story, lines_of, merged, text_of
from letters.versions import alignment
from letters.versions.redlining.alike import row_unit, unit_of
from letters.versions.wording import changes, cut

Block = Line | Grid


class Version(NamedTuple):
    """A version as its file has it, and the same piece for piece as a reader gets it."""

    file: Marked
    read: Marked


def dressed(old: Version, new: Version) -> Marked | None:
    """Return the new version in the old one's settings; what reads the same is the same.

    None where a running header or footer came or went: no change of words can say that.
    """
    names = running(old.read, new.read)
    if names is None:
        return None
    dresser = Dresser(old)
    stories = {
        names.get(name, name): dresser.story(
            old.file.stories.get(names.get(name, name), ()),
            old.read.stories.get(names.get(name, name), ()),
            story,
            new.read.stories[name],
        )
        for name, story in new.file.stories.items()
        if names.get(name, name)
    }
    empty = {name: story for name, story in old.file.stories.items() if is_running(name) and name not in stories}
    return None if any(words_of(old.read.stories[name]) for name in empty) else Marked(stories | empty)


def reads_alike(one: Marked, other: Marked) -> bool:
    """Say whether two files as read say the same: their bodies, and their headers and footers whatever their names."""
    running_words = [
        sorted(repr(said) for name, story in file.stories.items() if is_running(name) for said in words_of(story))
        for file in (one, other)
    ]
    return is_story_alike(one.stories["body"], other.stories["body"]) and running_words[0] == running_words[1]


def is_running(name: str) -> bool:
    """Say whether a story is a running header or footer."""
    return name.startswith("word/")


def words_of(story: Story) -> list[tuple[object, ...]]:
    """Return what a story says to a reader; nothing for one of empty paragraphs."""
    return [said for line in lines_of(story) if (said := saying(line)[1:]) != ((),)]


def running(old: Marked, new: Marked) -> dict[str, str] | None:
    """Return which old header or footer each new one is: by what it says, then by its place; none for empty ones."""
    olds = [name for name in old.stories if is_running(name)]
    names: dict[str, str] = {}
    for same in (True, False):
        for name in (name for name in new.stories if is_running(name) and name not in names):
            said = words_of(new.stories[name])
            free = [other for other in olds if other not in names.values() and kind(other) == kind(name)]
            fits = [other for other in free if not same or words_of(old.stories[other]) == said]
            if fits:
                names[name] = fits[0]
            elif not same and said:
                return None
            elif not same:
                names[name] = ""
    return names


def kind(name: str) -> str:
    """Return whether a story is a header or a footer."""
    return name[: len("word/header")]


def saying(line: Line) -> tuple[object, ...]:
    """Return what a line as read says to a reader."""
    pieces = merged(piece for piece in line.pieces if piece.object_key != UNREAD)
    return line.props, tuple(piece[:4] for piece in pieces)


def is_alike(old: Block, new: Block) -> bool:
    """Say whether two blocks as read say the same to a reader."""
    if isinstance(old, Line) and isinstance(new, Line):
        return saying(old) == saying(new)
    if not (isinstance(old, Grid) and isinstance(new, Grid)) or len(old.rows) != len(new.rows):
        return False
    return all(map(is_row_alike, old.rows, new.rows))


def is_row_alike(old: Row, new: Row) -> bool:
    """Say whether two rows say the same to a reader."""
    cells = len(old.cells) == len(new.cells)
    return cells and all(
        x.props == y.props and is_story_alike(x.story, y.story) for x, y in zip(old.cells, new.cells, strict=True)
    )


def is_story_alike(old: Story, new: Story) -> bool:
    """Say whether two stories as read say the same to a reader."""
    return len(old) == len(new) and all(map(is_alike, old, new))


class Dresser:
    """Gives the blocks of a new version the settings of the old ones that they are, or that are of their kind."""

    def __init__(self, old: Version) -> None:
        self._props: dict[tuple[str, str], Line] = {}
        self._looks: dict[tuple[str, bool], str] = {}
        for name, story in old.file.stories.items():
            for line, read in zip(lines_of(story), lines_of(old.read.stories[name]), strict=True):
                for key in ((line.style, read.props), ("", read.props)):
                    self._props.setdefault(key, line)
                for piece, seen in zip(line.pieces, read.pieces, strict=True):
                    if not piece.object_key:
                        self._looks.setdefault((seen.look, bool(piece.link)), piece.look)

    def story(self, old: Story, old_read: Story, new: Story, new_read: Story) -> Story:
        """Return a story of the new version in the old settings."""
        found = alignment.pairs([unit_of(block) for block in old_read], [unit_of(block) for block in new_read])
        places = {b: a for a, b in found.items()}
        return tuple(
            self._block(old[places[b]], old_read[places[b]], new[b], read)
            if b in places
            else self._stranger(new[b], read)
            for b, read in enumerate(new_read)
        )

    def _block(self, old: Block, old_read: Block, new: Block, read: Block) -> Block:
        if is_alike(old_read, read):
            return old
        if isinstance(old, Grid) and isinstance(new, Grid):
            assert isinstance(old_read, Grid)
            assert isinstance(read, Grid)
            return self._grid(old, old_read, new, read)
        assert isinstance(old, Line)
        assert isinstance(old_read, Line)
        return self._line(old, old_read, new, read)

    def _line(self, old: Line, old_read: Line, new: Block, read: Block) -> Line:
        assert isinstance(new, Line)
        assert isinstance(read, Line)
        pieces = merged(self._pieces(old, old_read, new, read))
        if old_read.props == read.props:
            return old._replace(pieces=pieces)
        return self._in_kind(new, read)._replace(pieces=pieces, anchors=old.anchors)

    def _pieces(self, old: Line, old_read: Line, new: Line, read: Line) -> Iterator[Piece]:
        """Yield the new words; those that stayed and read the same are the old ones."""
        for change in changes(text_of(old), text_of(new)):
            given, seen = cut(new.pieces, change.c, change.d), cut(read.pieces, change.c, change.d)
            if not change.same:
                unread = is_unread([*seen, *cut(old_read.pieces, change.a, change.b)])
                yield from cut(old.pieces, change.a, change.b) if unread else map(self._piece, given, seen)
                continue
            place = change.a
            for piece, one in split_alike(given, seen, old_read, change.a):
                end = place + len(piece.text)
                was = cut(old_read.pieces, place, end)
                alike = [part[1:4] for part in was] == [one[1:4]] * len(was)
                yield from cut(old.pieces, place, end) if alike else [self._piece(piece, one)]
                place = end

    def _piece(self, piece: Piece, read: Piece) -> Piece:
        """Return new words in the look that the old version gives to words of that look."""
        if piece.object_key:
            return piece._replace(comments=())
        plain = ("<w:b/>" * piece.strong) + ("<w:i/>" * piece.emphasis)
        return piece._replace(look=self._looks.get((read.look, bool(piece.link)), plain), comments=())

    def _stranger(self, new: Block, read: Block) -> Block:
        """Return a block that is new, in the settings that the old version gives to its kind."""
        if isinstance(new, Line):
            assert isinstance(read, Line)
            pieces = merged(map(self._piece, new.pieces, read.pieces))
            return self._in_kind(new, read)._replace(pieces=pieces)
        assert isinstance(read, Grid)
        return new._replace(rows=tuple(map(self._strange_row, new.rows, read.rows)))

    def _strange_row(self, new: Row, read: Row) -> Row:
        cells = zip(new.cells, read.cells, strict=True)
        return new._replace(cells=tuple(Cell(self.story((), (), x.story, y.story), x.props) for x, y in cells))

    def _in_kind(self, new: Line, read: Line) -> Line:
        """Return a line in the settings of an old one of its style and kind, or of its kind."""
        like = self._props.get((new.style, read.props)) or self._props.get(("", read.props))
        return Line(new.pieces, new.anchors, like.style, like.props) if like else new

    def _grid(self, old: Grid, old_read: Grid, new: Grid, read: Grid) -> Grid:
        found = alignment.pairs([row_unit(row) for row in old_read.rows], [row_unit(row) for row in read.rows])
        places = {b: a for a, b in found.items()}
        rows = []
        for b, row in enumerate(new.rows):
            a = places.get(b, len(old.rows) - 1)
            rows.append(self._grid_row(old.rows[a], old_read.rows[a], row, read.rows[b], paired=b in places))
        return old._replace(rows=tuple(rows))

    def _grid_row(self, old: Row, old_read: Row, new: Row, read: Row, *, paired: bool) -> Row:
        """Return a row in the settings of an old one: the one that it was, or the last of its table."""
        if [cell.props for cell in old_read.cells] != [cell.props for cell in read.cells]:
            return self._strange_row(new, read)
        sides = zip(old.cells, old_read.cells, new.cells, read.cells, strict=True)
        cells = (
            Cell(self.story(x.story if paired else (), seen.story if paired else (), y.story, said.story), x.props)
            for x, seen, y, said in sides
        )
        return old._replace(cells=tuple(cells))


def is_unread(pieces: list[Piece]) -> bool:
    """Say whether pieces say nothing of their own."""
    return all(piece.object_key == UNREAD for piece in pieces)


def split_alike(given: list[Piece], seen: list[Piece], old: Line, start: int) -> Iterator[tuple[Piece, Piece]]:
    """Yield words that stayed, cut wherever the old words change their look."""
    ends: set[int] = set()
    place = 0
    for piece in old.pieces:
        place += len(piece.text)
        ends.add(place - start)
    place = 0
    for piece, one in zip(given, seen, strict=True):
        length = len(piece.text)
        cuts = [0, *sorted(end - place for end in ends if place < end < place + length), length]
        for first, last in pairwise(cuts):
            yield piece._replace(text=piece.text[first:last]), one._replace(text=one.text[first:last])
        place += length
