"""Who made the changes of a redline: looked up in the ledger of the merge that led to the new version."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from letters.document.marks import NOBODY, Anchor, Grid, Line, Mark, Marked, Piece, Row, Story, lines_of
from letters.versions.redlining.explaining import Entry, Explained, Ledger, Place


def attributed(marked: Marked, entries: list[Entry]) -> Marked:
    """Return a file whose marks bear the authors and dates of a ledger; what no entry explains bears no name.

    Words that adjoin in one mark and were changed by different people are parted, each with its own author.
    """
    attributor = Attributor(Ledger(entries))
    return marked._replace(stories={name: attributor.story(story) for name, story in marked.stories.items()})


class Fate(NamedTuple):
    """What happened to words: their mark, and whether they are new."""

    mark: Mark
    new: bool


class Attributor:
    """Gives marks the authors that a ledger knows."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def story(self, story: Story) -> Story:
        """Return a story whose marks bear the authors that are known."""
        blocks = [self._words(block) if isinstance(block, Line) else self._grid(block) for block in story]
        ended = [self._ended(block, after) for block, after in pairwise([*blocks, None]) if block is not None]
        return tuple(ended)

    def _grid(self, grid: Grid) -> Grid:
        rows = tuple(map(self._row, grid.rows))
        return grid._replace(rows=rows, changed=grid.changed and unknown(grid.changed))

    def _row(self, row: Row) -> Row:
        row = row._replace(cells=tuple(cell._replace(story=self.story(cell.story)) for cell in row.cells))
        lines = [line for cell in row.cells for line in lines_of(cell.story)]
        return row._replace(
            inserted=row.inserted and only(lines, new=True, mark=row.inserted),
            deleted=row.deleted and only(lines, new=False, mark=row.deleted),
        )

    def _words(self, line: Line) -> Line:
        """Return a line whose words bear their authors; what is no word goes with the words beside it."""
        place = place_of(line)
        pieces = [part for piece in line.pieces for part in self._parts(piece, place)]
        return line._replace(pieces=tuple(with_neighbours(pieces)))

    def _parts(self, piece: Piece, place: Place) -> Iterator[Piece]:
        """Yield a piece in as many parts as people changed its words."""
        if piece.changed:
            piece = piece._replace(changed=self._ledger.relooked(piece.text, place) or unknown(piece.changed))
        fate = fate_of(piece)
        if fate is None:
            yield piece
            return
        for words, found in self._explained(piece, fate, place):
            yield with_mark(piece._replace(text=words), (found or unknown(fate.mark))._replace(move=fate.mark.move))

    def _explained(self, piece: Piece, fate: Fate, place: Place) -> list[Explained]:
        if piece.object_key:
            return [Explained(piece.text, None)]
        return self._ledger.explained(piece.text, place, new=fate.new, moved=bool(fate.mark.move))

    def _ended(self, block: Line | Grid, after: Line | Grid | None) -> Line | Grid:
        """Return a line whose end bears the author of its words, or of those that came or went with its end."""
        if isinstance(block, Grid):
            return block
        put = block.inserted and self._end(block, after, block.inserted, new=True)
        gone = block.deleted and self._end(block, after, block.deleted, new=False)
        return block._replace(
            anchors=tuple(with_author(anchor, put, gone) for anchor in block.anchors),
            inserted=put,
            deleted=gone,
            changed=block.changed and unknown(block.changed),
        )

    def _end(self, line: Line, after: Line | Grid | None, mark: Mark, *, new: bool) -> Mark:
        for block in (line, after):
            if isinstance(block, Line) and is_whole(block, new=new):
                return only([block], new=new, mark=mark)
        found = self._ledger.ended(place_of(line))
        return (found or unknown(mark))._replace(move=mark.move)


def place_of(line: Line) -> Place:
    """Return a paragraph as it was and as it is now."""
    was = "".join(piece.text for piece in line.pieces if not piece.inserted)
    return Place(was, "".join(piece.text for piece in line.pieces if not piece.deleted))


def unknown(mark: Mark) -> Mark:
    """Return a mark without an author or a date, the same half of a move."""
    return Mark(NOBODY, "", mark.move)


def fate_of(piece: Piece) -> Fate | None:
    """Return what happened to a piece; one that stayed has no fate."""
    mark = piece.inserted or piece.deleted
    return Fate(mark, piece.inserted is not None) if mark else None


def with_mark(piece: Piece, mark: Mark) -> Piece:
    """Return a piece with another author for what happened to it."""
    return piece._replace(inserted=mark) if piece.inserted else piece._replace(deleted=mark)


def with_neighbours(pieces: list[Piece]) -> Iterator[Piece]:
    """Yield pieces, those of no word with the author of the words beside them that came or went as they did."""
    for place, piece in enumerate(pieces):
        own = fate_of(piece)
        if own is None or own.mark.author != NOBODY or (piece.text.strip() and not piece.object_key):
            yield piece
            continue
        beside = [fate_of(other) for other in (*pieces[place + 1 : place + 2], *pieces[max(place - 1, 0) : place])]
        found = [fate.mark for fate in beside if fate and fate.new == own.new]
        yield with_mark(piece, found[0]._replace(move=own.mark.move)) if found else piece


def is_whole(line: Line, *, new: bool) -> bool:
    """Say whether a paragraph came, or went, as a whole."""
    return bool(line.pieces) and all(piece.inserted if new else piece.deleted for piece in line.pieces)


def only(lines: list[Line], *, new: bool, mark: Mark) -> Mark:
    """Return the one author of all words that came, or went, in some lines; of several, none."""
    marks = {piece.inserted if new else piece.deleted for line in lines for piece in line.pieces}
    found = {each._replace(move=mark.move) for each in marks if each}
    return found.pop() if len(found) == 1 else unknown(mark)


def with_author(anchor: Anchor, put: Mark | None, gone: Mark | None) -> Anchor:
    """Return a hidden name with the author of the end of its paragraph."""
    return anchor._replace(
        inserted=anchor.inserted and (put or unknown(anchor.inserted)),
        deleted=anchor.deleted and (gone or unknown(anchor.deleted)),
    )
