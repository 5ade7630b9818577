"""A document as people change it: lines of pieces, each with who put it in, took it out or gave it another look.

A line is a paragraph of a file. Unlike a block it keeps what its format needs to write it again (`look`, `props`,
`content`), so that nothing of a file is lost between reading and writing. All marks are those of tracked changes.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple, TypeAlias

OBJECT = "\ufffc"
"""Stands in a text for what is no word: a picture, a field, the reference to a footnote."""


UNREAD = "unread"
"""What a piece is that says nothing of its own: the signs of a field, and what a program last worked out for it."""
NOBODY = "Unknown author"
"""Stands where a format wants an author and none is known; Word takes it as any name."""


class Mark(NamedTuple):
    """Who changed something and when (ISO 8601 as the file has it); with `move`, one half of the move of that name."""

    author: str
    when: str = ""
    move: str = ""


class Piece(NamedTuple):
    """Words of one look, or one thing that is no word."""

    text: str
    look: str = ""
    """How it looks, as its format says it."""
    link: str = ""
    object_key: str = ""
    """What it is where it is no word; two pieces with the same thing are the same."""
    content: Any = None
    """What its format needs to write a thing again."""
    strong: bool = False
    emphasis: bool = False
    inserted: Mark | None = None
    deleted: Mark | None = None
    was: str = ""
    """The look before it was changed."""
    changed: Mark | None = None
    comments: tuple[str, ...] = ()
    """The comments that are about it."""


class Anchor(NamedTuple):
    """A hidden name at the beginning of a paragraph: the block that it was made from."""

    name: str
    inserted: Mark | None = None
    deleted: Mark | None = None


class Line(NamedTuple):
    """One paragraph; its own marks are those of its end."""

    pieces: tuple[Piece, ...]
    anchors: tuple[Anchor, ...] = ()
    style: str = ""
    props: str = ""
    """Its style and settings, as its format says them."""
    inserted: Mark | None = None
    deleted: Mark | None = None
    was: str = ""
    """Its settings before they were changed."""
    changed: Mark | None = None
    section: str = ""
    """The settings of the section that ends with it."""


class Cell(NamedTuple):
    """One cell of a table."""

    story: "Story"
    props: str = ""


class Row(NamedTuple):
    """One row of a table."""

    cells: tuple[Cell, ...]
    props: str = ""
    inserted: Mark | None = None
    deleted: Mark | None = None


class Grid(NamedTuple):
    """One table."""

    rows: tuple[Row, ...]
    props: str = ""
    was: str = ""
    changed: Mark | None = None


Story: TypeAlias = tuple[Line | Grid, ...]


class Comment(NamedTuple):
    """What somebody wrote in the margin, or answered there."""

    id: str
    author: str
    when: str
    initials: str
    text: str
    parent: str = ""
    """The comment that it answers."""
    resolved: bool = False


class Marked(NamedTuple):
    """A whole file: its stories by name (body, a footnote, a running header) and its comments."""

    stories: dict[str, Story]
    comments: tuple[Comment, ...] = ()


Keeps: TypeAlias = Callable[[Mark], bool | None]
"""Says of each change whether it is accepted or rejected; None leaves it as it is."""


def accepts(mark: Mark) -> bool:
    """Keep every change."""
    return True


def rejects(mark: Mark) -> bool:
    """Keep no change."""
    return False


def resolved(story: Story, keeps: Keeps) -> Story:
    """Return a story in which the changes are accepted or rejected as `keeps` says.

    A paragraph whose end is taken out joins the next one, whose settings it takes (ISO 29500-1, 17.13.5.15); before a
    table and at the end of a story it goes only where nothing is left in it.
    """
    out: list[Line | Grid] = []
    held: list[Line] = []
    for block in story:
        if isinstance(block, Grid):
            out += left_over(held)
            held = []
            out += settled_grid(block, keeps)
            continue
        held.append(settled_line(block, keeps))
        if not survives(block.inserted, block.deleted, keeps):
            continue
        out.append(joined(held))
        held = []
    return (*out, *left_over(held))


def survives(inserted: Mark | None, deleted: Mark | None, keeps: Keeps) -> bool:
    """Say whether what bears these marks is still there afterwards."""
    return not (inserted and keeps(inserted) is False) and not (deleted and keeps(deleted))


def if_undecided(mark: Mark | None, keeps: Keeps) -> Mark | None:
    """Return a mark that nothing was decided on."""
    return mark if mark and keeps(mark) is None else None


def left_over(lines: list[Line]) -> list[Line]:
    """Return what lines without an end leave where no paragraph follows: one line, or none where nothing is in them."""
    line = joined(lines) if lines else None
    return [line] if line and line.pieces else []


def joined(lines: list[Line]) -> Line:
    """Return lines as one, with the settings of the last."""
    if len(lines) == 1:
        return lines[0]
    pieces = tuple(piece for line in lines for piece in line.pieces)
    anchors = tuple(anchor for line in lines for anchor in line.anchors)
    return lines[-1]._replace(pieces=merged(pieces), anchors=anchors)


def settled_line(line: Line, keeps: Keeps) -> Line:
    """Return a line without the marks that are decided on."""
    pieces = merged(
        settled_piece(piece, keeps) for piece in line.pieces if survives(piece.inserted, piece.deleted, keeps)
    )
    anchors = tuple(
        Anchor(held.name, if_undecided(held.inserted, keeps), if_undecided(held.deleted, keeps))
        for held in line.anchors
        if survives(held.inserted, held.deleted, keeps)
    )
    props = line.was if line.changed and keeps(line.changed) is False else line.props
    changed = if_undecided(line.changed, keeps)
    return line._replace(
        pieces=pieces,
        anchors=anchors,
        props=props,
        inserted=if_undecided(line.inserted, keeps),
        deleted=if_undecided(line.deleted, keeps),
        was=line.was if changed else "",
        changed=changed,
    )


def settled_piece(piece: Piece, keeps: Keeps) -> Piece:
    """Return a piece without the marks that are decided on, in the look that stands."""
    if not (piece.inserted or piece.deleted or piece.changed):
        return piece
    changed = if_undecided(piece.changed, keeps)
    return piece._replace(
        look=piece.was if piece.changed and keeps(piece.changed) is False else piece.look,
        inserted=if_undecided(piece.inserted, keeps),
        deleted=if_undecided(piece.deleted, keeps),
        was=piece.was if changed else "",
        changed=changed,
    )


def settled_grid(grid: Grid, keeps: Keeps) -> Iterator[Grid]:
    """Yield a table without the marks that are decided on, unless all its rows are gone."""
    rows = tuple(
        Row(
            tuple(Cell(resolved(cell.story, keeps), cell.props) for cell in row.cells),
            row.props,
            if_undecided(row.inserted, keeps),
            if_undecided(row.deleted, keeps),
        )
        for row in grid.rows
        if survives(row.inserted, row.deleted, keeps)
    )
    changed = if_undecided(grid.changed, keeps)
    if rows:
        props = grid.was if grid.changed and keeps(grid.changed) is False else grid.props
        yield Grid(rows, props, grid.was if changed else "", changed)


def merged(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Return pieces with neighbours of one look and one fate made one."""
    out: list[Piece] = []
    for piece in pieces:
        if out and not piece.object_key and not out[-1].object_key and piece[1:] == out[-1][1:]:
            out[-1] = out[-1]._replace(text=out[-1].text + piece.text)
        elif piece.text or piece.object_key:
            out.append(piece)
    return tuple(out)


def is_marked(line: Line) -> bool:
    """Say whether anybody changed anything in a line."""
    if line.inserted or line.deleted or line.changed:
        return True
    if any(anchor.inserted or anchor.deleted for anchor in line.anchors):
        return True
    return any(piece.inserted or piece.deleted or piece.changed for piece in line.pieces)


def move_within(line: Line) -> str:
    """Return the move of a paragraph in a row that was moved: its words move, its end stays with its row."""
    marks = [piece.deleted or piece.inserted for piece in line.pieces[:1]]
    return "" if line.deleted or line.inserted else "".join(mark.move for mark in marks if mark)


def is_left_behind(line: Line) -> bool:
    """Say whether a line is the old place of a paragraph that moved: the new place tells the same change."""
    return bool(line.deleted.move if line.deleted else move_within(line) and line.pieces[0].deleted)


def changed_lines(marked: Marked) -> Iterator[Line]:
    """Yield every paragraph that changed; one that moved once, where it stands now."""
    for story in marked.stories.values():
        yield from (line for line in lines_of(story) if is_marked(line) and not is_left_behind(line))


def count_changed(marked: Marked) -> int:
    """Return how many paragraphs changed; a row or table that changed without any is one."""
    lines = sum(1 for _ in changed_lines(marked))
    return lines or int(any(True for story in marked.stories.values() for _ in marks_of(story)))


def text_of(line: Line) -> str:
    """Return the words of a line, whatever their marks."""
    return "".join([piece.text for piece in line.pieces])


def lines_of(story: Story) -> Iterator[Line]:
    """Yield every line in reading order, those in tables too."""
    for block in story:
        if isinstance(block, Line):
            yield block
        else:
            for row in block.rows:
                for cell in row.cells:
                    yield from lines_of(cell.story)


def marks_of(story: Story) -> Iterator[Mark]:
    """Yield every mark in a story in order, one for each thing that bears it."""
    for block in story:
        if isinstance(block, Grid):
            yield from grid_marks(block)
        else:
            for piece in block.pieces:
                yield from filter(None, (piece.inserted, piece.deleted, piece.changed))
            yield from filter(None, (block.inserted, block.deleted, block.changed))


def grid_marks(grid: Grid) -> Iterator[Mark]:
    """Yield every mark in a table."""
    yield from filter(None, (grid.changed,))
    for row in grid.rows:
        yield from filter(None, (row.inserted, row.deleted))
        for cell in row.cells:
            yield from marks_of(cell.story)
