"""Who made the changes of a redline: looked up in the ledger of the merge that led to the new version."""

from typing import NamedTuple

from letters.document.marks import Grid, Line, Mark, Marked, Piece, Row, Story, text_of


class Entry(NamedTuple):
    """One accepted change of a ledger: the words before and after, and who made it when."""

    before: str
    after: str
    mark: Mark


def attributed(marked: Marked, entries: list[Entry]) -> Marked:
    """Return a file whose marks bear the authors and dates of a ledger, where their words are in it."""
    return marked._replace(stories={name: Attributor(entries).story(story) for name, story in marked.stories.items()})


class Attributor:
    """Gives marks the authors that a ledger knows."""

    def __init__(self, entries: list[Entry]) -> None:
        self._entries = entries

    def story(self, story: Story) -> Story:
        """Return a story whose marks bear the authors that are known."""
        return tuple(self._line(block) if isinstance(block, Line) else self._grid(block) for block in story)

    def _grid(self, grid: Grid) -> Grid:
        return grid._replace(rows=tuple(self._row(row) for row in grid.rows))

    def _row(self, row: Row) -> Row:
        return row._replace(cells=tuple(cell._replace(story=self.story(cell.story)) for cell in row.cells))

    def _line(self, line: Line) -> Line:
        words = text_of(line)
        return line._replace(
            pieces=tuple(self._piece(piece) for piece in line.pieces),
            inserted=self._known(line.inserted, words, new=True),
            deleted=self._known(line.deleted, words, new=False),
        )

    def _piece(self, piece: Piece) -> Piece:
        return piece._replace(
            inserted=self._known(piece.inserted, piece.text, new=True),
            deleted=self._known(piece.deleted, piece.text, new=False),
        )

    def _known(self, mark: Mark | None, words: str, *, new: bool) -> Mark | None:
        """Return a mark with its author, or as it is where no entry, or more than one author, has its words."""
        if mark is None or not words.strip():
            return mark
        both = mark.move != ""
        found = {
            entry.mark
            for entry in self._entries
            if words.strip() in (entry.before + entry.after if both else entry.after if new else entry.before)
        }
        return next(iter(found))._replace(move=mark.move) if len(found) == 1 else mark
