"""The cells of a table and the headers that are announced with them, by HTML's own rules (HTML, 4.9.12)."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from letters.formats.pdf.tree import Node

GROUPS = ("THead", "TBody", "TFoot")


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """A cell, the place of its upper left corner and how many columns and rows it covers."""

    node: Node
    x: int
    y: int
    width: int
    height: int

    @property
    def heads(self) -> bool:
        """Whether it is a header."""
        return self.node.kind == "TH"

    @property
    def scope(self) -> str:
        """Return what it says of itself: a column, a row, or nothing."""
        said = self.node.element.get("scope", "") if self.node.element is not None else ""
        return said.removesuffix("group")

    def columns(self) -> range:
        """Return the columns that it covers."""
        return range(self.x, self.x + self.width)

    def rows(self) -> range:
        """Return the rows that it covers."""
        return range(self.y, self.y + self.height)


class Grid:
    """The cells of one table by the places they cover."""

    def __init__(self, table: Node) -> None:
        self.cells: list[Cell] = []
        self._places: dict[tuple[int, int], Cell] = {}
        self._height = 0
        for rows in groups(table):
            self._group(rows)

    def _group(self, rows: list[Node]) -> None:
        end = self._height + len(rows)
        for y, row in enumerate(rows, start=self._height):
            for node in row.kids:
                self._put(node, y, end)
        self._height = end

    def _put(self, node: Node, y: int, end: int) -> None:
        """Put a cell into the first free place of its row; none reaches beyond the group that it is in."""
        x = next(x for x in count() if (x, y) not in self._places)
        height = min(spanned(node, "rowspan") or end, end - y)
        cell = Cell(node, x, y, spanned(node, "colspan") or 1, height)
        self.cells.append(cell)
        for place in ((column, row) for row in cell.rows() for column in cell.columns()):
            self._places.setdefault(place, cell)

    def headers(self, cell: Cell) -> list[Cell]:
        """Return the headers that are announced with a cell, in the order of the table."""
        found: dict[Cell, None] = {}
        for y in cell.rows():
            found |= dict.fromkeys(self._scanned(cell, [(x, y) for x in range(cell.x - 1, -1, -1)], "row"))
        for x in cell.columns():
            found |= dict.fromkeys(self._scanned(cell, [(x, y) for y in range(cell.y - 1, -1, -1)], "col"))
        return [each for each in self.cells if each in found and each.node.kids and each is not cell]

    def _scanned(self, cell: Cell, places: list[tuple[int, int]], direction: str) -> Iterator[Cell]:
        """Yield the headers met on the way from a cell to the edge, without those that a nearer one replaces."""
        block, hidden = ([cell], list[Cell]()) if cell.heads else ([], [])
        for met in (self._places[place] for place in places if place in self._places):
            if not met.heads:
                hidden += block
                block = []
                continue
            block.append(met)
            if self.direction(met) == direction and not any(same_reach(met, other, direction) for other in hidden):
                yield met

    def direction(self, cell: Cell) -> str:
        """Return whether a header names its column or its row; one that does not say is judged by its neighbours."""
        if cell.scope:
            return cell.scope
        if not any(self._data_at(x, y) for y in cell.rows() for x in range(self._width())):
            return "col"
        return "" if any(self._data_at(x, y) for x in cell.columns() for y in range(self._height)) else "row"

    def _data_at(self, x: int, y: int) -> bool:
        """Say whether data is at a place; an empty cell, such as a corner, is none."""
        cell = self._places.get((x, y))
        return cell is not None and not cell.heads and bool(cell.node.kids)

    def _width(self) -> int:
        return max(x for x, _ in self._places) + 1


def same_reach(one: Cell, other: Cell, direction: str) -> bool:
    """Say whether two headers cover the same columns, or the same rows."""
    if direction == "col":
        return (one.x, one.width) == (other.x, other.width)
    return (one.y, one.height) == (other.y, other.height)


def groups(table: Node) -> Iterator[list[Node]]:
    """Yield the rows of a table, group by group."""
    for kid in table.kids:
        if kid.kind in GROUPS:
            yield [row for row in kid.kids if row.kind == "TR"]
        elif kid.kind == "TR":
            yield [kid]


def spanned(node: Node, name: str) -> int:
    """Return how many columns or rows a cell says it covers; 0 is all that are left."""
    said = node.element.get(name, "") if node.element is not None else ""
    return int(said) if said.isdigit() else 1


def announce(table: Node, name: str) -> None:
    """Give each cell of a table its spans, its scope and the ids of its headers; `name` begins those ids."""
    grid = Grid(table)
    for number, cell in enumerate(grid.cells, start=1):
        if cell.heads:
            cell.node.id = f"{name}-{number:04}"
            cell.node.attributes["Scope"] = "Row" if grid.direction(cell) == "row" else "Column"
        spans = {"ColSpan": cell.width, "RowSpan": cell.height}
        cell.node.attributes |= {name: covered for name, covered in spans.items() if covered > 1}
    for cell in grid.cells:
        if ids := [header.node.id for header in grid.headers(cell)]:
            cell.node.attributes["Headers"] = list[str](ids)
