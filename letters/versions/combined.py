"""All reviewers' changes on what was sent, as one story: each change keeps its author, its date and its comments."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

from letters.document.marks import Anchor, Grid, Line, Mark, Marked, Piece, Row, Story, merged
from letters.versions.changes import Change, Remark, Review, Sent
from letters.versions.wording import cut

BOLD, ITALIC = "<w:b/>", "<w:i/>"


class Combiner:
    """Lays the changes on the paragraphs that were sent, in the order in which they were sent."""

    def __init__(self, sent: Sent, changes: list[Change], remarks: list[Remark]) -> None:
        self._sent = sent
        self._next = 0
        self._by_line: dict[int, list[Change]] = {}
        self._arriving: dict[int, list[Change]] = {}
        seen: set[str] = set()
        self.recorded: list[Change] = []
        """Changes that another reviewer made just so: the file shows one, the ledger both."""
        for change in changes:
            if any(other in seen for other in change.agrees):
                self.recorded.append(change)
                continue
            seen.add(change.id)
            self._by_line.setdefault(change.hunk.line, []).append(change)
            if change.hunk.kind == "moved":
                self._arriving.setdefault(change.hunk.target, []).append(change)
        self._remarks: dict[int, tuple[str, ...]] = {}
        for remark in remarks:
            self._remarks[remark.line] = (*self._remarks.get(remark.line, ()), remark.comment.id)

    def story(self, story: Story, start: int) -> Story:
        """Return a story with the changes on it; `start` is the number of its first paragraph."""
        self._next = start
        out: list[Line | Grid] = [*self._new_after(-1)] if start == 0 else []
        for block in story:
            out += self._block(block)
        return tuple(out)

    def _block(self, block: Line | Grid) -> Iterator[Line | Grid]:
        if isinstance(block, Grid):
            yield block._replace(rows=tuple(self._row(row) for row in block.rows))
            return
        number, self._next = self._next, self._next + 1
        yield from self._line(number, block)
        yield from self._new_after(number)

    def _row(self, row: Row) -> Row:
        cells = (
            cell._replace(story=tuple(made for block in cell.story for made in self._block(block)))
            for cell in row.cells
        )
        return row._replace(cells=tuple(cells))

    def _line(self, number: int, line: Line) -> Iterator[Line]:
        changes = self._by_line.get(number, [])
        remarks = self._remarks.get(number, ())
        pieces = tuple(piece._replace(comments=remarks) for piece in line.pieces)
        gone = [change for change in changes if change.hunk.kind in ("removed", "moved")]
        words = [change for change in changes if change.hunk.kind == "words"]
        for change in changes:
            if change.hunk.kind == "look":
                pieces = relooked(pieces, change)
        pieces = with_words(pieces, words)
        if gone:
            mark = moving(gone[0])
            pieces = tuple(piece if piece.deleted else piece._replace(deleted=mark) for piece in pieces)
            anchors = () if mark.move else tuple(Anchor(held.name, deleted=mark) for held in line.anchors)
            yield line._replace(pieces=merged(pieces), anchors=anchors, deleted=mark)
            return
        joins = [change.hunk.mark for change in changes if change.hunk.kind == "joined"]
        yield from parted(line._replace(pieces=pieces, deleted=joins[0] if joins else None), changes)

    def _new_after(self, number: int) -> Iterator[Line]:
        for change in self._by_line.get(number, []):
            if change.hunk.kind in ("paragraph", "table"):
                mark = change.hunk.mark._replace(move="")
                pieces = tuple(
                    piece._replace(inserted=piece.inserted or mark, look=own_look(piece))
                    for piece in change.hunk.pieces
                    if can_stand(piece)
                )
                yield Line(pieces, (), change.hunk.style, self._props(change, number), inserted=mark)
        for change in self._arriving.get(number, []):
            line = self._sent.lines[change.hunk.line]
            mark = moving(change)
            anchors = tuple(Anchor(held.name, inserted=mark) for held in line.anchors)
            pieces = tuple(piece._replace(inserted=mark) for piece in line.pieces)
            yield Line(pieces, anchors, line.style, line.props, inserted=mark)

    def _props(self, change: Change, number: int) -> str:
        """Return the settings of a new paragraph: those of a sent one of its style, the nearest above first."""
        near = [*range(number, -1, -1), *range(number + 1, len(self._sent.lines))]
        same = (place for place in near if self._sent.lines[place].style == change.hunk.style)
        place = next(same, max(number, 0))
        return self._sent.lines[place].props


def moving(change: Change) -> Mark:
    """Return the mark of a paragraph that is taken away: as one half of a move where it arrives elsewhere."""
    return change.hunk.mark._replace(move=change.id if change.hunk.kind == "moved" and change.hunk.mark.when else "")


def can_stand(piece: Piece) -> bool:
    """Say whether what a reviewer put in can stand in another file: words and pictures can, fields and notes cannot."""
    return not piece.thing or piece.thing.startswith("drawing:")


def own_look(piece: Piece) -> str:
    """Return the look of words that a reviewer put in: what they mean, not the settings of her program."""
    return (BOLD if piece.strong else "") + (ITALIC if piece.emphasis else "")


def relooked(pieces: tuple[Piece, ...], change: Change) -> tuple[Piece, ...]:
    """Return pieces with one change of look marked."""
    hunk, length = change.hunk, sum(len(piece.text) for piece in pieces)
    look = own_look(hunk.pieces[0])
    middle = []
    for piece in cut(pieces, hunk.start, hunk.end):
        rest = piece.look.replace(BOLD, "").replace(ITALIC, "")
        style, _, after = rest.rpartition("/>") if rest.startswith("<w:rStyle") else ("", "", rest)
        new = f"{style}/>{look}{after}" if style else look + after
        middle.append(piece if piece.changed else piece._replace(look=new, was=piece.look, changed=hunk.mark))
    return (*cut(pieces, 0, hunk.start), *middle, *cut(pieces, hunk.end, length))


def with_words(pieces: tuple[Piece, ...], changes: list[Change]) -> tuple[Piece, ...]:
    """Return pieces with all changes of words marked: what two took out is marked once, what they put in twice."""
    length = sum(len(piece.text) for piece in pieces)
    borders = sorted({0, length, *(place for change in changes for place in (change.hunk.start, change.hunk.end))})
    out: list[Piece] = []
    for start, end in zip(borders, [*borders[1:], length], strict=True):
        comments = pieces[0].comments if pieces else ()
        for change in changes:
            if change.hunk.end == start:
                mark = change.hunk.mark._replace(move="")
                out += [
                    piece._replace(inserted=mark, look=own_look(piece), comments=comments)
                    for piece in change.hunk.pieces
                    if can_stand(piece)
                ]
        covering = next(
            (
                change.hunk.mark
                for change in changes
                if change.hunk.start <= start and end <= change.hunk.end and start < end
            ),
            None,
        )
        out += [
            piece._replace(deleted=covering._replace(move="")) if covering else piece
            for piece in cut(pieces, start, end)
        ]
    return merged(out)


def parted(line: Line, changes: list[Change]) -> Iterator[Line]:
    """Yield a line, or the lines that a reviewer parted it into."""
    places = sorted((change.hunk.start, change.hunk.mark) for change in changes if change.hunk.kind == "parted")
    held, start = line, 0
    for place, mark in places:
        at = position(held.pieces, place - start)
        length = sum(len(piece.text) for piece in held.pieces)
        yield held._replace(pieces=merged(cut(held.pieces, 0, at)), inserted=mark, deleted=None)
        held = held._replace(pieces=tuple(cut(held.pieces, at, length)), anchors=())
        start = place
    yield held._replace(pieces=merged(held.pieces))


def position(pieces: tuple[Piece, ...], place: int) -> int:
    """Return the place in the pieces of the sent words' place, past what was put in."""
    count = passed = 0
    for piece in pieces:
        if piece.inserted is None:
            if count + len(piece.text) > place:
                return passed + place - count
            count += len(piece.text)
        passed += len(piece.text)
    return passed


def combined(file: Marked, sent: Sent, changes: list[Change], reviews: list[Review]) -> tuple[Marked, list[Change]]:
    """Return the sent file with every change and comment of every review, and the changes that it shows only once."""
    remarks = [remark for review in renumbered(reviews) for remark in review]
    combiner = Combiner(sent, changes, remarks)
    stories = {}
    start = sent.notes_from
    for name, story in file.stories.items():
        if name == "body":
            stories[name] = combiner.story(story, 0)
        elif name.startswith("note:"):
            stories[name] = combiner.story(story, start)
            start += len(story)
        else:
            stories[name] = story
    return Marked(stories, tuple(remark.comment for remark in remarks)), combiner.recorded


def renumbered(reviews: list[Review]) -> Iterator[list[Remark]]:
    """Yield the remarks of each review with numbers that no other comment has; an answer follows its question."""
    free = count(1)
    for review in reviews:
        numbers = {remark.comment.id: str(next(free)) for remark in review.remarks}
        yield [
            replace(
                remark,
                comment=remark.comment._replace(
                    id=numbers[remark.comment.id], parent=numbers.get(remark.comment.parent, "")
                ),
            )
            for remark in review.remarks
        ]
