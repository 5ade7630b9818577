"""The words of one paragraph of a reviewed copy, laid on the words that were sent."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from letters.document.marks import Line, Mark, Piece
from letters.versions.copies.originals import Original, Segment, plain
from letters.versions.edits import Arrival, Bit, Break
from letters.versions.wording import END, TextEdit, changes


@dataclass
class Laid:
    """One copy laid on what was sent, its edits not numbered yet."""

    lines: dict[int, list[Bit]] = field(default_factory=dict)
    ends: dict[int, Mark] = field(default_factory=dict)
    """Who took out the end of a paragraph."""
    before: dict[int, list[Arrival]] = field(default_factory=dict)
    after: dict[int, list[Arrival]] = field(default_factory=dict)


def bits_of(line: Line) -> list[Bit]:
    """Return the words of a paragraph as they were sent."""
    out, place = [], 0
    for piece in line.pieces:
        end = place + len(piece.text)
        out.append(Bit(piece, place, end))
        place = end
    return out


def came(original: Original) -> Iterator[Bit]:
    """Yield what a paragraph that was sent became, the ends of paragraphs that were put into it among its words."""
    own = original.own()
    for number in own:
        part = original.segments[number]
        yield from (Bit(piece, 0, 0) for piece in part.pieces)
        if number < own.stop - 1:
            yield ending(part)


def ending(part: Segment) -> Bit:
    """Return the end of a paragraph that was put in."""
    end = Piece(END, inserted=part.end, deleted=part.line.deleted)
    return Bit(end, 0, 0, ends=Break(part.line.style, part.line.props))


class Layer:
    """Lays what came on what stood: sent words keep their places, and what came stands between them in its order."""

    def __init__(self, old: list[Bit], silent: Mark) -> None:
        self._old = old
        self._silent = silent
        """Who changed what bears no mark."""
        self._standing = "".join(bit.piece.text for bit in old if stands(bit))
        self._next = self._within = self._passed = 0
        """The bit to take next, how much of it was taken, and how many letters that stand were taken in all."""
        self._out: list[Bit] = []

    def lay(self, new: list[Bit]) -> list[Bit]:
        """Return the old bits with what came between them and with the marks that came on them."""
        text = "".join(bit.piece.text for bit in new if bit.piece.inserted is None)
        found = self._changes(text)
        place = 0
        for bit in new:
            if bit.piece.inserted:
                self._put(bit)
                continue
            end = place + len(bit.piece.text)
            for change in found:
                first, last = max(change.c, place), min(change.d, end)
                if first < last:
                    self._held(change, bit, first, last, bit.piece.text[first - place : last - place])
            place = end
        self._take(len(self._standing), self._silent)
        self._skip()
        return self._out

    def _changes(self, text: str) -> list[TextEdit]:
        """Return what leads from what stood to what came; what programs change by themselves is no change."""
        return [
            change._replace(
                same=change.same or plain(self._standing[change.a : change.b]) == plain(text[change.c : change.d])
            )
            for change in changes(self._standing, text)
        ]

    def _held(self, change: TextEdit, bit: Bit, first: int, last: int, words: str) -> None:
        """Take the words that stood as a piece of the copy has them; where it has others, those too."""
        if change.same:
            self._take(change.a + first - change.c, self._silent)
            self._take(change.a + last - change.c, bit.piece.deleted, bit)
            return
        self._take(change.b, self._silent)
        if words and bit.piece.deleted is None:
            self._put(bit._replace(piece=bit.piece._replace(text=words, inserted=bit.by or self._silent)))

    def _put(self, bit: Bit) -> None:
        here = self._out[-1].end if self._out else self._old[0].start if self._old else 0
        self._out.append(bit._replace(start=here, end=here))

    def _take(self, upto: int, deleted: Mark | None, seen: Bit | None = None) -> None:
        """Take what stood up to a letter; who took it out, and how it looks now, is laid on it."""
        while self._passed < upto:
            self._skip()
            old = self._old[self._next]
            length = min(len(old.piece.text) - self._within, upto - self._passed)
            part = cut_bit(old, self._within, self._within + length)
            part = part._replace(piece=part.piece._replace(deleted=deleted))
            self._out.append(relooked(part, seen.piece) if seen else part)
            self._passed += length
            self._within += length
            if self._within == len(old.piece.text):
                self._next, self._within = self._next + 1, 0

    def _skip(self) -> None:
        """Take over what no longer stood: it is in no copy's words."""
        while self._next < len(self._old) and not stands(self._old[self._next]):
            self._out.append(self._old[self._next])
            self._next += 1


def stands(bit: Bit) -> bool:
    """Say whether words are in the text that another is laid on."""
    return bit.piece.deleted is None


def cut_bit(bit: Bit, start: int, end: int) -> Bit:
    """Return some letters of a bit."""
    if end - start == len(bit.piece.text):
        return bit
    piece = bit.piece._replace(text=bit.piece.text[start:end])
    return bit._replace(piece=piece) if bit.piece.inserted else Bit(piece, bit.start + start, bit.start + end)


def relooked(bit: Bit, now: Piece) -> Bit:
    """Return words with the look that a copy gives them, and the comments on them."""
    bit = bit._replace(piece=bit.piece._replace(comments=now.comments))
    return bit._replace(relook=now._replace(text=bit.piece.text, deleted=None, comments=()))
