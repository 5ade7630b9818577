"""A reviewed copy held against what was sent: every edit as a hunk at its place in the paragraphs that were sent."""

from collections import Counter
from collections.abc import Iterator

from letters.document.marks import Line, Mark, Piece, Story, text_of
from letters.versions import alignment
from letters.versions.alignment import Unit
from letters.versions.copies.laying import Laid, Layer, bits_of, came
from letters.versions.copies.moves import settle_moves
from letters.versions.copies.numbering import Numbering
from letters.versions.copies.originals import Original, Segment, flattened, originals
from letters.versions.edits import UNTRACKED, Arrival, Bit, Edition, Hunk


class Returned:
    """Lays the edits of one reviewed copy on the paragraphs of one story that was sent."""

    def __init__(self, sent: list[Line], story: Story, reviewer: str) -> None:
        self._sent = sent
        self._texts = [text_of(line) for line in sent]
        self._came = list(originals(flattened(story)))
        self._untracked = Mark(reviewer + UNTRACKED)
        olds = [
            Unit(text, frozenset(a.name for a in line.anchors), "line")
            for text, line in zip(self._texts, sent, strict=True)
        ]
        news = [Unit(came.text, came.names, "line") for came in self._came]
        self._pairs = alignment.pairs(olds, news)
        self._numbering: Numbering | None = None

    def found(self) -> float:
        """Return the share of the sent words that are in this copy, wherever they stand."""
        sent = Counter(word for text in self._texts for word in text.split())
        here = Counter(word for came in self._came for word in came.text.split())
        return (sent & here).total() / (sent.total() or 1)

    def anchored(self) -> float:
        """Return the share of the sent paragraphs whose anchors are in this copy."""
        names = {name for came in self._came for name in came.names}
        sent = [line for line in self._sent if line.anchors]
        kept = sum(any(held.name in names for held in line.anchors) for line in sent)
        return kept / (len(sent) or 1)

    def hunks(self) -> list[Hunk]:
        """Return every edit in reading order; the number of each is its place, counted from one."""
        return self._numbered().hunks

    def edition(self) -> Edition:
        """Return the words of every paragraph that this copy changed, each with the numbers of its edits."""
        return self._numbered().edition

    def notes(self) -> dict[str, str]:
        """Return what the copy calls each footnote that was sent, where it is still referred to."""
        return self._numbered().notes

    def became(self) -> dict[int, tuple[Line, ...]]:
        """Return the paragraphs that each sent one became, as the copy has them."""
        return {
            a: tuple(self._came[b].segments[number].line for number in self._came[b].own())
            for a, b in self._pairs.items()
        }

    def _numbered(self) -> Numbering:
        if self._numbering is None:
            laid = self._laid()
            settle_moves(laid, self._sent, self._untracked)
            self._numbering = Numbering(laid, self._sent, self._untracked)
        return self._numbering

    def _laid(self) -> Laid:
        """Return the copy laid on what was sent."""
        laid = Laid()
        for a in range(len(self._sent)):
            if a not in self._pairs and self._texts[a].strip():
                self._missing(laid, a)
        places = {b: a for a, b in self._pairs.items()}
        kept = alignment.in_place(self._pairs, {a: len(self._texts[a]) + 1 for a in self._pairs})
        before = -1
        for b, original in enumerate(self._came):
            if b not in places:
                laid.after.setdefault(before, []).extend(self._unknown(original))
                continue
            a = places[b]
            if a not in kept and before != a - 1 and self._texts[a].strip():
                laid.after.setdefault(before, []).append(self._carried(a))
            else:
                before = a
            self._paired(laid, a, original)
        return laid

    def _missing(self, laid: Laid, a: int) -> None:
        """Take a paragraph out that is not in the copy: somebody deleted it with tracking off."""
        bits = bits_of(self._sent[a])
        laid.lines[a] = [bit._replace(piece=bit.piece._replace(deleted=self._untracked)) for bit in bits]
        laid.ends[a] = self._untracked

    def _carried(self, a: int) -> Arrival:
        """Return the arrival of a paragraph that was moved with tracking off."""
        line = self._sent[a]
        return Arrival((), self._untracked, None, line.style, line.props, moved=a)

    def _unknown(self, original: Original) -> Iterator[Arrival]:
        """Yield the paragraphs of one that was not sent."""
        for part in original.segments:
            bits = tuple(bit for bit in map(self._as_new, part.pieces) if bit.piece.inserted != bit.piece.deleted)
            tracked = next((bit.piece.inserted for bit in bits if bit.piece.inserted != self._untracked), None)
            if bits:
                yield arrival(part, bits, part.end or tracked or self._untracked)._replace(is_apart=part.in_table)

    def _as_new(self, piece: Piece) -> Bit:
        """Return words of a new paragraph: those without a mark were put in with tracking off."""
        return Bit(piece if piece.inserted else piece._replace(inserted=self._untracked), 0, 0)

    def _paired(self, laid: Laid, a: int, original: Original) -> None:
        own = original.own()
        for number, part in enumerate(original.segments):
            if number in own:
                continue
            first = number < own.start
            end = part.end if first else original.segments[number - 1].end
            gone = part.line.deleted if first else original.segments[number - 1].line.deleted
            new = arrival(part, tuple(map(self._as_new, part.pieces)), end or self._untracked, gone)
            (laid.before if first else laid.after).setdefault(a, []).append(new)
        bits = Layer(bits_of(self._sent[a]), self._untracked).lay(list(came(original)))
        laid.lines[a] = bits
        if original.gone:
            laid.ends[a] = original.gone


class ReturnedNotes(Returned):
    """Lays the edits of one reviewed copy on the footnotes that were sent.

    New ones come with what refers to them, and those that are gone go with it.
    """

    def _unknown(self, original: Original) -> Iterator[Arrival]:
        return iter(())

    def _missing(self, laid: Laid, a: int) -> None:
        return


def arrival(part: Segment, bits: tuple[Bit, ...], end: Mark, gone: Mark | None = None) -> Arrival:
    """Return a new paragraph with the mark of its end."""
    return Arrival(bits, end, gone, part.line.style, part.line.props)
