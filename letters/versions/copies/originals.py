"""The paragraphs of a reviewed copy as they were before any tracked change, and what became of each."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from letters.document.marks import Grid, Line, Mark, Piece, Row, Story


class Segment(NamedTuple):
    """A paragraph of a reviewed copy within one that was sent: its pieces, and the mark of its end where it is new."""

    line: Line
    pieces: tuple[Piece, ...]
    end: Mark | None
    in_table: bool

    @property
    def has_sent_words(self) -> bool:
        """Whether words that were there before any tracked change are in it."""
        return any(piece.text.strip() for piece in self.pieces if not piece.inserted)


@dataclass
class Original:
    """One paragraph as it was before any tracked change, and the paragraphs that it became."""

    segments: list[Segment] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words before any tracked change."""
        return "".join(piece.text for part in self.segments for piece in part.pieces if not piece.inserted)

    @property
    def names(self) -> frozenset[str]:
        """Its anchors."""
        return frozenset(held.name for part in self.segments for held in part.line.anchors if not held.inserted)

    @property
    def gone(self) -> Mark | None:
        """Who took out its end."""
        return self.segments[-1].line.deleted

    def own(self) -> range:
        """Return which segments hold its words: those before and after are new paragraphs beside it."""
        worded = [number for number, part in enumerate(self.segments) if part.has_sent_words]
        last = len(self.segments) - 1
        return range(worded[0], worded[-1] + 1) if worded else range(last, last + 1)


def flattened(story: Story, row: Row | None = None) -> Iterator[tuple[Line, bool]]:
    """Yield every paragraph of a story, and whether it stands in a table; a row's fate is that of all that is in it."""
    for block in story:
        if isinstance(block, Grid):
            for inner in block.rows:
                for cell in inner.cells:
                    yield from flattened(cell.story, inner)
        elif row and (row.inserted or row.deleted):
            yield with_fate(block, row), True
        else:
            yield block, row is not None


def with_fate(line: Line, row: Row) -> Line:
    """Return a paragraph of a row that came or went."""
    pieces = tuple(
        piece._replace(inserted=piece.inserted or row.inserted, deleted=piece.deleted or row.deleted)
        for piece in line.pieces
    )
    end = None if row.inserted else line.inserted
    return line._replace(pieces=pieces, inserted=end, deleted=line.deleted or row.deleted)


def originals(lines: Iterator[tuple[Line, bool]]) -> Iterator[Original]:
    """Yield the paragraphs that were there before any tracked change."""
    held = Original()
    undone: tuple[Piece, ...] = ()
    for line, in_table in lines:
        line = line._replace(pieces=(*undone, *line.pieces)) if undone else line
        undone = line.pieces if is_undone(line) else ()
        if is_undone(line):
            continue
        held.segments.append(Segment(line, line.pieces, line.inserted, in_table))
        if line.inserted is None:
            yield held
            held = Original()
    if held.segments:
        yield held


def is_undone(line: Line) -> bool:
    """Say whether the end of a paragraph was put in and taken out again by the same author: there is none."""
    put, gone = line.inserted, line.deleted
    return bool(put and gone and put.author == gone.author and not put.move)


def plain(text: str) -> str:
    """Return a text without what programs change by themselves: kinds of spaces and hyphens."""
    return text.replace("\u00a0", " ").replace("\u2011", "-")
