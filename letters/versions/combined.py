"""All reviewers' changes on what was sent, as one story: each change keeps its author, its date and its comments."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count, pairwise

from letters.document.marks import Anchor, Grid, Line, Mark, Marked, Piece, Row, Story, merged
from letters.versions.changes import Change, Remark, Review, Sent
from letters.versions.returned import WHOLE, Hunk
from letters.versions.wording import cut

ARRIVING = ("paragraph", "table", "moved")
"""Kinds of edits by which a paragraph comes after another."""
BOLD, ITALIC = "<w:b/>", "<w:i/>"


class Combiner:
    """Lays the changes on the paragraphs that were sent, in the order in which they were sent."""

    def __init__(self, sent: Sent, changes: list[Change], remarks: list[Remark], order: dict[str, int]) -> None:
        self._sent = sent
        self._next = 0
        self._order = order
        self._by_line: dict[int, list[Change]] = {}
        self._after: dict[int, list[Change]] = {}
        """What came after a paragraph: new ones, and those that were moved there."""
        seen: set[str] = set()
        self.recorded: list[Change] = []
        """Changes that the file cannot show beside another's, to the same words: the ledger has them."""
        for change in changes:
            if any(other in seen for other in change.agrees):
                self.recorded.append(change)
                continue
            seen.add(change.id)
            self._by_line.setdefault(change.hunk.line, []).append(change)
            if change.hunk.kind in ARRIVING:
                place = change.hunk.target if change.hunk.kind == "moved" else change.hunk.line
                self._after.setdefault(place, []).append(change)
        self._remarks: dict[int, list[Remark]] = {}
        for remark in remarks:
            self._remarks.setdefault(max(remark.line, 0), []).append(remark)

    def story(self, story: Story, start: int) -> Story:
        """Return a story with the changes on it; `start` is the number of its first paragraph."""
        self._next = start
        out: list[Line | Grid] = [*self._new_after(-1, 0)] if start == 0 else []
        for block in story:
            out += self._block(block)
        return tuple(out)

    def _block(self, block: Line | Grid) -> Iterator[Line | Grid]:
        if isinstance(block, Grid):
            yield block._replace(rows=tuple(self._row(row) for row in block.rows))
            return
        number, self._next = self._next, self._next + 1
        yield from self._line(number, block)

    def _row(self, row: Row) -> Row:
        cells = (
            cell._replace(story=tuple(made for block in cell.story for made in self._block(block)))
            for cell in row.cells
        )
        return row._replace(cells=tuple(cells))

    def _line(self, number: int, line: Line) -> Iterator[Line]:
        changes = self._by_line.get(number, [])
        pieces = commented(line.pieces, self._remarks.get(number, []))
        for change in changes:
            if change.hunk.kind == "look":
                pieces = self._relooked(pieces, change)
        pieces = self._with_words(pieces, changes)
        gone, joins = ([change for change in changes if change.hunk.kind in kinds] for kinds in (WHOLE, ("joined",)))
        self.recorded += [*gone[1:], *(joins if gone else joins[1:])]
        line = line._replace(pieces=pieces, deleted=joins[0].hunk.mark if joins else None)
        mark = moving(gone[0]) if gone else None
        for part, place in parted(taken_away(line, mark) if mark else line, changes):
            yield part._replace(deleted=mark) if mark else part
            yield from self._new_after(number, place)

    def _relooked(self, pieces: tuple[Piece, ...], change: Change) -> tuple[Piece, ...]:
        """Return pieces with one change of look marked; where words have another's already, that one stays."""
        if any(piece.changed for piece in cut(pieces, change.hunk.start, change.hunk.end)):
            self.recorded.append(change)
        return relooked(pieces, change)

    def _with_words(self, pieces: tuple[Piece, ...], changes: list[Change]) -> tuple[Piece, ...]:
        """Return pieces with all changes of words marked: what two took out is marked once, what they put in twice."""
        words = [change for change in changes if change.hunk.kind == "words"]
        for place, change in enumerate(words):
            if any(overlap(change.hunk, other.hunk) for other in words[:place]):
                self.recorded.append(change)
        return with_words(pieces, words, [change for change in changes if change.hunk.kind == "against"])

    def _new_after(self, number: int, place: int) -> Iterator[Line]:
        """Yield the paragraphs that came after one, or parted it there, those of each reviewer in her own order."""
        against = [change for change in self._by_line.get(number, []) if change.hunk.kind == "against"]
        here = [change for change in self._after.get(number, []) if place == 0 or change.hunk.at == place]
        self._after[number] = [change for change in self._after.get(number, []) if change not in here]
        for change in sorted(here, key=lambda change: self._order[change.id]):
            mark = moving(change)
            if change.hunk.kind == "moved":
                line = self._sent.lines[change.hunk.line]
                anchors = tuple(Anchor(held.name, inserted=mark) for held in line.anchors)
                pieces = tuple(piece._replace(inserted=mark) for piece in line.pieces)
                yield Line(pieces, anchors, line.style, line.props, inserted=mark)
            else:
                pieces = merged(new_pieces(change, (), against))
                yield Line(pieces, (), change.hunk.style, self._props(change, number), inserted=mark)

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


def overlap(one: Hunk, other: Hunk) -> bool:
    """Say whether two edits take out some of the same words."""
    return max(one.start, other.start) < min(one.end, other.end)


def commented(pieces: tuple[Piece, ...], remarks: list[Remark]) -> tuple[Piece, ...]:
    """Return the pieces of a paragraph with the comments on them; one that is about no sent word is about all."""
    length = sum(len(piece.text) for piece in pieces)
    spans = [(remark.start, remark.end) if remark.start < remark.end else (0, length) for remark in remarks]
    borders = sorted({0, length, *(place for span in spans for place in span)})
    out: list[Piece] = []
    for start, end in pairwise(borders):
        held = tuple(
            remark.comment.id
            for remark, span in zip(remarks, spans, strict=True)
            if span[0] <= start and end <= span[1]
        )
        out += [piece._replace(comments=held) for piece in cut(pieces, start, end)]
    return merged(out)


def new_pieces(change: Change, comments: tuple[str, ...], against: list[Change]) -> Iterator[Piece]:
    """Yield what a reviewer put in, and who of her own house took it out again."""
    gone = (other.hunk for other in against if other.review == change.review)
    taken = next((held.mark for held in gone if is_against(held, change.hunk)), None)
    for piece in filter(can_stand, change.hunk.pieces):
        mark = (piece.inserted or change.hunk.mark)._replace(move="")
        yield piece._replace(inserted=mark, deleted=taken, look=own_look(piece), comments=comments)


def is_against(one: Hunk, other: Hunk) -> bool:
    """Say whether an edit takes out what another put in at the same place."""
    texts = ("".join(piece.text for piece in hunk.pieces) for hunk in (one, other))
    return one.start == other.start and len({*texts}) == 1


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


def with_words(pieces: tuple[Piece, ...], changes: list[Change], against: list[Change]) -> tuple[Piece, ...]:
    """Return pieces with all changes of words marked."""
    length = sum(len(piece.text) for piece in pieces)
    borders = sorted({0, length, *(place for change in changes for place in (change.hunk.start, change.hunk.end))})
    out: list[Piece] = []
    for start, end in zip(borders, [*borders[1:], length], strict=True):
        for change in changes:
            if change.hunk.end == start:
                out += new_pieces(change, out[-1].comments if out else (), against)
        covering = (change.hunk.mark for change in changes if change.hunk.start <= start < end <= change.hunk.end)
        mark = next(covering, None)
        out += [piece._replace(deleted=mark._replace(move="")) if mark else piece for piece in cut(pieces, start, end)]
    return merged(out)


def taken_away(line: Line, mark: Mark) -> Line:
    """Return a paragraph that somebody took out or moved; what another took out of it stays that one's."""
    pieces = tuple(piece if piece.deleted else piece._replace(deleted=mark) for piece in line.pieces)
    anchors = () if mark.move else tuple(Anchor(held.name, deleted=mark) for held in line.anchors)
    return line._replace(pieces=pieces, anchors=anchors)


def parted(line: Line, changes: list[Change]) -> Iterator[tuple[Line, int]]:
    """Yield a line, or the lines that reviewers parted it into, each with the place where the next begins."""
    places = {change.hunk.start: change.hunk.mark for change in reversed(changes) if change.hunk.kind == "parted"}
    held, start = line, 0
    for place, mark in sorted(places.items()):
        at = position(held.pieces, place - start)
        length = sum(len(piece.text) for piece in held.pieces)
        yield held._replace(pieces=merged(cut(held.pieces, 0, at)), inserted=mark, deleted=None, section=""), place
        held = held._replace(pieces=tuple(cut(held.pieces, at, length)), anchors=())
        start = place
    yield held._replace(pieces=merged(held.pieces)), 0


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
    """Return the sent file with every change and comment of every review, and the changes that it cannot show."""
    remarks = [remark for review in renumbered(reviews) for remark in review]
    order = {change.id: place for place, change in enumerate(change for held in reviews for change in held.changes)}
    combiner = Combiner(sent, changes, remarks, order)
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
