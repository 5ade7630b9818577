"""Two versions -> one with marks: rejected it is the old version, accepted the new."""

import re
from collections.abc import Iterator
from itertools import count
from typing import NamedTuple

from letters.document.marks import Anchor, Cell, Grid, Line, Mark, Piece, Row, Story, merged
from letters.versions import alignment
from letters.versions.alignment import Unit
from letters.versions.redlining.alike import Block, are_parts, is_same, row_unit, same_frame, same_row, unit_of
from letters.versions.wording import END, marked


class Group(NamedTuple):
    """Blocks that stayed: one old and one new, or more on one side where a paragraph was parted or joined."""

    old: range
    new: range


class Moves(NamedTuple):
    """What moved: the names of the moves by old and by new place, and which old place became which new one."""

    sources: dict[int, str]
    targets: dict[int, str]
    went: dict[int, int]


def compare(old: Story, new: Story, mark: Mark) -> Story:
    """Return one story that says both: what went is marked deleted, what came inserted, what moved both."""
    return Comparison(mark).story(old, new)


class Comparison:
    """Compares the stories of one file; it numbers the moves on its way."""

    def __init__(self, mark: Mark) -> None:
        self._mark = mark
        self._numbers = count(1)

    def story(self, old: Story, new: Story) -> Story:
        """Return one story that says both."""
        if len(old) == len(new) and all(map(is_same, old, new)):
            return new
        olds, news = [unit_of(block) for block in old], [unit_of(block) for block in new]
        found = alignment.pairs(olds, news)
        kept = alignment.in_place(found, {a: len(olds[a].text) + 1 for a in found})
        moves = self._moves(olds, news, found, kept)
        groups = list(grouped(old, new, {a: found[a] for a in kept}, moves))
        return closed(list(self._merged(old, new, groups, moves)))

    def _moves(self, olds: list[Unit], news: list[Unit], found: dict[int, int], kept: set[int]) -> Moves:
        """Name the moves; neighbours that moved together are one."""
        went = {a: b for a, b in sorted(found.items()) if a not in kept and alignment.is_a_move(olds[a], news[b])}
        sources: dict[int, str] = {}
        for a, b in went.items():
            together = went.get(a - 1) == b - 1
            sources[a] = sources[a - 1] if together else f"move{next(self._numbers)}"
        return Moves(sources, {b: sources[a] for a, b in went.items()}, went)

    def _merged(self, old: Story, new: Story, groups: list[Group], moves: Moves) -> Iterator[Block]:
        came = {b: a for a, b in moves.went.items()}
        end = Group(range(len(old), len(old)), range(len(new), len(new)))
        a = b = 0
        for group in [*groups, end]:
            for place in range(a, group.old.start):
                yield self._gone(
                    old[place], new[moves.went[place]] if place in came.values() else None, moves.sources.get(place, "")
                )
            for place in range(b, group.new.start):
                yield self._put(new[place], old[came[place]] if place in came else None, moves.targets.get(place, ""))
            yield from self._kept([old[place] for place in group.old], [new[place] for place in group.new])
            a, b = group.old.stop, group.new.stop

    def _gone(self, block: Block, became: Block | None, move: str) -> Block:
        """Return a block of the old version alone; of a moved one, only the words that moved along are moved."""
        mark = self._mark._replace(move=move)
        if isinstance(block, Grid):
            return Grid(tuple(self._row(row, deleted=mark) for row in block.rows), block.props)
        pieces = block.pieces
        if isinstance(became, Line):
            both = marked(pieces, became.pieces, self._mark)
            pieces = tuple(old_half(piece, mark, self._mark) for piece in both if not piece.inserted)
        else:
            pieces = tuple(piece._replace(deleted=mark) for piece in pieces)
        anchors = tuple(Anchor(held.name, deleted=mark) for held in block.anchors)
        return Line(merged(pieces), anchors, block.style, block.props, deleted=mark)

    def _put(self, block: Block, was: Block | None, move: str) -> Block:
        """Return a block of the new version alone; of a moved one, only the words that moved along are moved."""
        mark = self._mark._replace(move=move)
        if isinstance(block, Grid):
            return Grid(tuple(self._row(row, inserted=mark) for row in block.rows), block.props)
        pieces = block.pieces
        if isinstance(was, Line):
            both = marked(was.pieces, pieces, self._mark)
            pieces = tuple(new_half(piece, mark, self._mark) for piece in both if not piece.deleted)
        else:
            pieces = tuple(piece._replace(inserted=mark) for piece in pieces)
        anchors = tuple(Anchor(held.name, inserted=mark) for held in block.anchors)
        return Line(merged(pieces), anchors, block.style, block.props, inserted=mark)

    def _row(self, row: Row, inserted: Mark | None = None, deleted: Mark | None = None, *, move: str = "") -> Row:
        """Return a row that came or went, with everything in it; of one that moved, the words in it are moved."""
        names = (f"{move}.{number}" if move else "" for number in count(1))
        cells = (
            Cell(tuple(whole(block, *named(inserted, deleted, next(names))) for block in cell.story), cell.props)
            for cell in row.cells
        )
        return Row(tuple(cells), row.props, inserted, deleted)

    def _kept(self, old: list[Block], new: list[Block]) -> Iterator[Block]:
        if not old:
            return
        if isinstance(old[0], Grid) and isinstance(new[0], Grid):
            yield self._grid(old[0], new[0])
        else:
            olds, news = (
                [line for line in old if isinstance(line, Line)],
                [line for line in new if isinstance(line, Line)],
            )
            yield from self._line(olds[0], news[0]) if len(old) == len(new) == 1 else self._parted(olds, news)

    def _line(self, old: Line, new: Line) -> Iterator[Line]:
        if is_same(old, new):
            yield new
            return
        pieces = marked(old.pieces, new.pieces, self._mark)
        yield self._with_settings(Line(pieces, self._anchors(old, new), new.style, new.props), old.props)

    def _with_settings(self, line: Line, was: str) -> Line:
        return line if line.props == was else line._replace(was=was, changed=self._mark)

    def _anchors(self, old: Line | None, new: Line | None) -> tuple[Anchor, ...]:
        """Return the anchors of both versions at one place."""
        before = [held.name for held in old.anchors] if old else []
        after = [held.name for held in new.anchors] if new else []
        same = [Anchor(name) for name in after if name in before]
        gone = [Anchor(name, deleted=self._mark) for name in before if name not in after]
        return (*same, *gone, *(Anchor(name, inserted=self._mark) for name in after if name not in before))

    def _parted(self, old: list[Line], new: list[Line]) -> Iterator[Line]:
        """Yield the lines of a paragraph that was parted, or of some that were joined.

        The ends of paragraphs within it are part of the text: one that came parts, one that went joins.
        """
        held: list[Piece] = []
        a = b = 0
        for piece in self._together(old, new):
            if piece.text != END:
                held.append(piece)
                continue
            starts = self._anchors(
                old[a] if a == 0 or piece.deleted else None, new[b] if b == 0 or piece.inserted else None
            )
            source = old[a] if piece.deleted else new[b]
            yield Line(merged(held), starts, source.style, source.props, piece.inserted, piece.deleted)
            held, a, b = [], a + bool(piece.deleted), b + bool(piece.inserted)
        anchors = self._anchors(old[-1] if a else None, new[-1] if b else None)
        yield self._with_settings(Line(merged(held), anchors, new[-1].style, new[-1].props), old[-1].props)

    def _together(self, old: list[Line], new: list[Line]) -> Iterator[Piece]:
        """Yield the marked pieces of lines that are one in the other version, the ends between them as pieces."""
        for piece in marked(run_together(old), run_together(new), self._mark):
            for part in re.split(f"({END})", piece.text):
                if part:
                    yield piece._replace(text=part)

    def _grid(self, old: Grid, new: Grid) -> Grid:
        """Return one table that says both: rows that came and went, and the changes in those that stayed."""
        olds, news = [row_unit(row) for row in old.rows], [row_unit(row) for row in new.rows]
        found = alignment.pairs(olds, news)
        kept = sorted(alignment.in_place(found, {a: len(olds[a].text) + 1 for a in found}))
        kept = [a for a in kept if same_frame(old.rows[a], new.rows[found[a]])]
        went = {a: b for a, b in found.items() if a not in kept and same_row(old.rows[a], new.rows[b])}
        names = {a: f"row{next(self._numbers)}" for a in went}
        came = {b: names[a] for a, b in went.items()}
        rows: list[Row] = []
        a = b = 0
        for next_a, next_b in [*((place, found[place]) for place in kept), (len(olds), len(news))]:
            rows += [self._row(old.rows[x], deleted=self._mark, move=names.get(x, "")) for x in range(a, next_a)]
            rows += [self._row(new.rows[y], inserted=self._mark, move=came.get(y, "")) for y in range(b, next_b)]
            if next_a < len(olds):
                pairs = zip(old.rows[next_a].cells, new.rows[next_b].cells, strict=True)
                rows.append(
                    Row(tuple(Cell(self.story(x.story, y.story), y.props) for x, y in pairs), new.rows[next_b].props)
                )
            a, b = next_a + 1, next_b + 1
        grid = Grid(tuple(rows), new.props)
        return grid if old.props == new.props else grid._replace(was=old.props, changed=self._mark)


def grouped(old: Story, new: Story, kept: dict[int, int], moves: Moves) -> Iterator[Group]:
    """Yield what stayed in order; a neighbour that a paragraph was parted from or joined with is taken along."""
    order = sorted(kept.items())
    floor_a = floor_b = 0
    for place, (a, b) in enumerate(order):
        next_a, next_b = order[place + 1] if place + 1 < len(order) else (len(old), len(new))
        group = Group(range(a, a + 1), range(b, b + 1))
        if b > floor_b and b - 1 not in moves.targets and are_parts(old[a], new[b], new[b - 1]):
            group = Group(group.old, range(b - 1, b + 1))
        elif b + 1 < next_b and b + 1 not in moves.targets and are_parts(old[a], new[b], new[b + 1]):
            group = Group(group.old, range(b, b + 2))
        elif a > floor_a and a - 1 not in moves.sources and are_parts(new[b], old[a], old[a - 1]):
            group = Group(range(a - 1, a + 1), group.new)
        elif a + 1 < next_a and a + 1 not in moves.sources and are_parts(new[b], old[a], old[a + 1]):
            group = Group(range(a, a + 2), group.new)
        floor_a, floor_b = group.old.stop, group.new.stop
        yield group


def named(inserted: Mark | None, deleted: Mark | None, move: str) -> tuple[Mark | None, Mark | None]:
    """Return marks as those of one half of a move, where it has a name."""
    return inserted and inserted._replace(move=move), deleted and deleted._replace(move=move)


def whole(block: Block, inserted: Mark | None, deleted: Mark | None) -> Block:
    """Return a block of a row that came or went, all of it marked; its end stays, for the row takes it along."""
    if isinstance(block, Grid):
        rows = (row._replace(inserted=inserted, deleted=deleted) for row in block.rows)
        return Grid(tuple(rows), block.props)
    pieces = tuple(piece._replace(inserted=inserted, deleted=deleted) for piece in block.pieces)
    return block._replace(pieces=pieces)


def old_half(piece: Piece, moved: Mark, mark: Mark) -> Piece:
    """Return what the old place of a moved paragraph shows: words that moved along, and words that went."""
    look = piece.was if piece.changed else piece.look
    return piece._replace(look=look, was="", changed=None, deleted=mark if piece.deleted else moved)


def new_half(piece: Piece, moved: Mark, mark: Mark) -> Piece:
    """Return what the new place of a moved paragraph shows: words that moved along, and words that came."""
    return piece._replace(was="", changed=None, inserted=mark if piece.inserted else moved)


def run_together(lines: list[Line]) -> tuple[Piece, ...]:
    """Return the pieces of lines with the ends between them as characters."""
    out: list[Piece] = []
    for place, line in enumerate(lines):
        out += [Piece(END)] if place else []
        out += line.pieces
    return tuple(out)


def closed(blocks: list[Block]) -> Story:
    """Return blocks whose last paragraph keeps its end: no program can take out the end of a cell or of a document.

    Instead the ends shift: the paragraph before those that came or went last joins with them or is parted from them.
    """
    last = blocks[-1] if blocks else None
    if not isinstance(last, Line) or not (last.inserted or last.deleted) or is_moved(last):
        return tuple(blocks)
    first = len(blocks) - 1
    while first > 0 and same_fate(blocks[first - 1], last):
        first -= 1
    before = blocks[first - 1] if first else None
    if not isinstance(before, Line) or before.inserted or before.deleted:
        return tuple(blocks)
    mark = last.inserted or last.deleted
    was, now = (before.was or before.props), before.props
    if last.inserted:
        blocks[first - 1] = before._replace(inserted=mark, was="", changed=None)
        blocks[-1] = with_settings(last._replace(inserted=None), was, last.props, mark)
    else:
        blocks[first - 1] = before._replace(deleted=mark, props=was, was="", changed=None)
        blocks[-1] = with_settings(last._replace(deleted=None, style=before.style), last.props, now, mark)
    return tuple(blocks)


def with_settings(line: Line, was: str, now: str, mark: Mark | None) -> Line:
    """Return a line with its settings, and what they were where they changed."""
    return line._replace(props=now, was=was if was != now else "", changed=mark if was != now else None)


def is_moved(line: Line) -> bool:
    """Say whether a line is half of a move."""
    mark = line.inserted or line.deleted
    return bool(mark and mark.move)


def same_fate(block: Block, last: Line) -> bool:
    """Say whether a block came, or went, as the last one did."""
    return (
        isinstance(block, Line)
        and not is_moved(block)
        and bool(block.inserted) == bool(last.inserted)
        and bool(block.deleted) == bool(last.deleted)
    )
