"""What counts as alike when two versions are compared: blocks, rows, cells and pieces."""

from letters.document.marks import Cell, Grid, Line, Piece, Row, lines_of, text_of
from letters.versions import alignment
from letters.versions.alignment import Unit

Block = Line | Grid


def are_parts(one: Block, first: Block, second: Block) -> bool:
    """Say whether two paragraphs of one version are one in the other."""
    if not (isinstance(one, Line) and isinstance(first, Line) and isinstance(second, Line)):
        return False
    return alignment.parts_of(text_of(one), text_of(first), text_of(second))


def unit_of(block: Block) -> Unit:
    """Return what a block is aligned by."""
    if isinstance(block, Line):
        return Unit(text_of(block), frozenset(held.name for held in block.anchors), "line")
    lines = list(lines_of((block,)))
    names = frozenset(held.name for line in lines for held in line.anchors)
    return Unit(
        "\n".join(map(text_of, lines)),
        names,
        f"table of {len(block.rows[0].cells)}: {block.props.partition('<w:tblGrid')[2]}" if block.rows else "table",
    )


def row_unit(row: Row) -> Unit:
    """Return what a row is aligned by."""
    lines = [line for cell in row.cells for line in lines_of(cell.story)]
    return Unit(
        "\n".join(map(text_of, lines)),
        frozenset(held.name for line in lines for held in line.anchors),
        f"row of {len(row.cells)}",
    )


def same_row(old: Row, new: Row) -> bool:
    """Say whether a row that is elsewhere now is the same in everything, so that it was moved."""
    return same_frame(old, new) and all(map(same_cell, old.cells, new.cells))


def same_frame(old: Row, new: Row) -> bool:
    """Say whether two rows differ in nothing but what is in their cells."""
    cells = len(old.cells) == len(new.cells)
    return cells and old.props == new.props and [x.props for x in old.cells] == [y.props for y in new.cells]


def is_same(old: Block, new: Block) -> bool:
    """Say whether two blocks are the same in everything a reader or a program sees."""
    if isinstance(old, Line) and isinstance(new, Line):
        return old.props == new.props and old.anchors == new.anchors and seen(old.pieces) == seen(new.pieces)
    if (
        not (isinstance(old, Grid) and isinstance(new, Grid))
        or len(old.rows) != len(new.rows)
        or old.props != new.props
    ):
        return False
    return all(
        same_frame(x, y) and all(map(same_cell, x.cells, y.cells)) for x, y in zip(old.rows, new.rows, strict=True)
    )


def same_cell(old: Cell, new: Cell) -> bool:
    """Say whether two cells hold the same."""
    return len(old.story) == len(new.story) and all(map(is_same, old.story, new.story))


def seen(pieces: tuple[Piece, ...]) -> list[tuple[str, str, str, str]]:
    """Return what of pieces is compared."""
    return [piece[:4] for piece in pieces]
