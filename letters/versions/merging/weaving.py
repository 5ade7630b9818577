"""The edits of every copy on the one letter that was sent, in their order: what is shown, and what is accepted.

Paragraphs and words keep their identity here whatever else is accepted: a word is a letter of a paragraph that was
sent, or stands between two of them where its author put it. So no order of making changes matters.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from letters.document.marks import Mark, Piece, text_of
from letters.versions.copies.changes import Review, Sent
from letters.versions.edits import Arrival, Bit, Break
from letters.versions.wording import cut


def review_of(change: str) -> str:
    """Return the copy that a change stands in."""
    return change.rpartition("-")[0]


class Word(NamedTuple):
    """Words of one fate in the woven letter, with the changes that put them in, took them out or relooked them."""

    piece: Piece
    line: int
    """The paragraph that they were sent in; -1 where they are new."""
    put: str = ""
    gone: str = ""
    look: str = ""
    relook: Piece | None = None
    ends: Break | None = None


class Strip(NamedTuple):
    """One paragraph of the woven letter."""

    words: tuple[Word, ...]
    line: int
    """The paragraph that it is, or is part of; -1 where it is new."""
    style: str
    props: str
    ends_line: bool = False
    """Whether its end is that of the paragraph that was sent."""
    put: str = ""
    """The change that put in its end."""
    gone: str = ""
    """The change that took out its end."""
    moved: str = ""
    """The change that moved it here."""
    left: str = ""
    """The change that moved it away from here."""
    opened: str = ""
    """The change that parted it from the part of the paragraph before it; none where it is the first part."""


class Edits(NamedTuple):
    """One copy's edits, with the name that its changes begin with."""

    review: Review

    def id(self, number: int) -> str:
        """Return the id of an edit's change; none for no edit."""
        return f"{self.review.name}-{number}" if number else ""


@dataclass
class Gathered:
    """Everything that happened within one paragraph that was sent."""

    put: dict[int, list[Word]] = field(default_factory=dict)
    """What stands before each of its letters."""
    gone: list[tuple[int, int, str]] = field(default_factory=list)
    looks: list[tuple[int, int, str, Piece]] = field(default_factory=list)
    comments: list[tuple[int, int, str]] = field(default_factory=list)


class Weaver:
    """Weaves those changes of all copies that are shown; others are as if nobody had made them."""

    def __init__(
        self,
        sent: Sent,
        reviews: list[Review],
        shown: Collection[str],
        instead: Mapping[str, str] | None = None,
        comments: Mapping[tuple[str, str], str] | None = None,
    ) -> None:
        self._sent = sent
        self.reviews = reviews
        self._copies = [Edits(review) for review in reviews]
        self._shown = {*shown}
        self._instead = instead or {}
        """The words that stand instead of those that a change proposed, where it was accepted in part."""
        self._comments = comments or {}
        """The number of each comment in the woven letter, by its copy and its number there."""
        self.about: dict[int, list[tuple[int, int, str]]] = {}
        """Comments that are about a paragraph and not about words of it that are shown, from letter to letter."""
        self.homeless: set[str] = set()
        """Changes in new paragraphs that are not shown."""
        self._carried: dict[int, str] = {}
        """The change that moves each paragraph, the first reviewer's where there are more."""
        for copy in self._copies:
            moves = [new for held, new in self._arrivals() if held is copy and new.moved >= 0]
            for new in sorted(moves, key=lambda new: new.end.when, reverse=True):
                if copy.id(new.put) in self._shown:
                    self._carried.setdefault(new.moved, copy.id(new.put))

    def _arrivals(self) -> Iterator[tuple[Edits, Arrival]]:
        for copy in self._copies:
            for place in (copy.review.edition.before, copy.review.edition.after):
                for arrivals in place.values():
                    yield from ((copy, new) for new in arrivals)

    @property
    def unseen(self) -> set[str]:
        """Changes that move a paragraph which a change of another copy moves elsewhere."""
        moves = {copy.id(new.put): new.moved for copy, new in self._arrivals() if new.moved >= 0}
        return {
            name
            for name, line in moves.items()
            if name in self._shown and review_of(self._carried[line]) != review_of(name)
        }

    def strips(self) -> Iterator[Strip]:
        """Yield every paragraph in order, what came before the first one first."""
        for line in range(-1, len(self._sent.lines)):
            yield from self.around(line)

    def around(self, line: int) -> Iterator[Strip]:
        """Yield one paragraph that was sent with what came before and after it."""
        for copy in self._copies:
            yield from self._came(copy, copy.review.edition.before.get(line, ()))
        if line >= 0:
            yield from self._own(line)
        for copy in self._copies:
            yield from self._came(copy, copy.review.edition.after.get(line, ()))

    def _came(self, copy: Edits, arrivals: Collection[Arrival]) -> Iterator[Strip]:
        for new in arrivals:
            name = copy.id(new.put)
            if new.moved >= 0:
                if self._carried.get(new.moved) == name:
                    yield from self._moved(new, name)
            elif name in self._shown:
                yield self._new(copy, new, name)
            else:
                inner = {copy.id(number) for bit in new.bits for number in (bit.put, bit.gone)}
                self.homeless |= (inner | {copy.id(new.out)}) & self._shown

    def _new(self, copy: Edits, new: Arrival, name: str) -> Strip:
        out = copy.id(new.out)
        words = [self._word(copy, bit, -1) for bit in new.bits if copy.id(bit.put) in self._shown]
        for inner in dict.fromkeys(copy.id(number) for bit in new.bits for number in (bit.put, bit.gone)):
            words = self._in_part_of(words, inner, new.end)
        return Strip(tuple(words), -1, new.style, new.props, put=name, gone=out if out in self._shown else "")

    def _in_part_of(self, words: list[Word], name: str, mark: Mark) -> list[Word]:
        """Return the words of a new paragraph with those that were decided on instead of the ones a change proposed."""
        if name not in self._instead or name not in self._shown:
            return words
        place = max((at for at, word in enumerate(words) if name in (word.put, word.gone)), default=-1) + 1
        instead = Word(Piece(self._instead[name], inserted=mark), -1, put=name)
        kept = [*words[:place], instead, *words[place:]]
        return [word for word in kept if word.put != name or word is instead]

    def _word(self, copy: Edits, bit: Bit, line: int) -> Word:
        put, gone = copy.id(bit.put), copy.id(bit.gone)
        comments = tuple(self._comments.get((copy.review.name, held), held) for held in bit.piece.comments)
        piece = bit.piece._replace(comments=comments)
        return Word(piece, line, put, gone if gone in self._shown else "", ends=bit.ends)

    def _own(self, line: int) -> Iterator[Strip]:
        """Yield what a paragraph became at its own place; where it moved away, the words that it left."""
        left = self._carried.get(line)
        if left is None:
            yield from self._woven(line)
            return
        sent = self._sent.lines[line]
        words = tuple(Word(piece, line, gone=left) for piece in sent.pieces)
        yield Strip(words, line, sent.style, sent.props, ends_line=True, gone=left, left=left)

    def _moved(self, new: Arrival, name: str) -> Iterator[Strip]:
        for strip in self._woven(new.moved):
            style, props = (new.style, new.props) if strip.ends_line else (strip.style, strip.props)
            yield strip._replace(style=style, props=props, moved=name)

    def _woven(self, line: int) -> Iterator[Strip]:
        """Yield the paragraphs that one became."""
        sent = self._sent.lines[line]
        held: list[Word] = []
        opened = ""
        for word in self._words(line):
            if word.ends and word.put:
                style, props = word.ends
                yield Strip(tuple(held), line, style, props, put=word.put, gone=word.gone, opened=opened)
                held, opened = [], word.put
            else:
                held.append(word)
        ends = (copy.id(copy.review.edition.ends.get(line, 0)) for copy in self._copies)
        gone = next((name for name in ends if name in self._shown), "")
        yield Strip(tuple(held), line, sent.style, sent.props, True, gone=gone, opened=opened)

    def _words(self, line: int) -> Iterator[Word]:
        """Yield the words of a paragraph, what was put in between them, and what happened to each."""
        found, pieces = self._gathered(line), self._sent.lines[line].pieces
        length = len(text_of(self._sent.lines[line]))
        borders = {0, length, *found.put}
        spans = [*found.gone, *found.comments, *(held[:3] for held in found.looks)]
        borders |= {place for start, end, _ in spans for place in (start, end)}
        places = sorted(borders)
        for start, end in zip(places, [*places[1:], length], strict=True):
            yield from found.put.get(start, ())
            gone = next((name for first, last, name in found.gone if first <= start < end <= last), "")
            look = next(
                ((name, now) for first, last, name, now in found.looks if first <= start < end <= last), ("", None)
            )
            over = tuple(name for first, last, name in found.comments if first <= start < end <= last)
            for piece in cut(pieces, start, end):
                yield Word(piece._replace(comments=over), line, "", gone, look[0], look[1])

    def _gathered(self, line: int) -> Gathered:
        """Gather what each copy did to a paragraph; the copies' insertions at one place follow each other."""
        found = Gathered()
        for start, end, name in self.about.get(line, ()):
            found.comments.append((start, end or len(self._sent.text(line)), name))
        for copy in self._copies:
            for edit, bits in groupby(copy.review.edition.lines.get(line, ()), key=lambda bit: bit.put):
                self._put(found, copy, line, copy.id(edit), list(bits))
            for start, end, edit in copy.review.edition.also.get(line, ()):
                found.gone += [(start, end, copy.id(edit))] if copy.id(edit) in self._shown else []
        return found

    def _put(self, found: Gathered, copy: Edits, line: int, put: str, bits: list[Bit]) -> None:
        for bit in bits:
            if put in self._shown and put not in self._instead:
                found.put.setdefault(bit.start, []).append(self._word(copy, bit, line))
            if put:
                continue
            gone, look = copy.id(bit.gone), copy.id(bit.look)
            if gone in self._shown:
                found.gone.append((bit.start, bit.end, gone))
            if look in self._shown and bit.relook:
                found.looks.append((bit.start, bit.end, look, bit.relook))
            for comment in bit.piece.comments:
                name = self._comments.get((copy.review.name, comment))
                found.comments += [(bit.start, bit.end, name)] if name else []
        for number in dict.fromkeys(number for bit in bits for number in (bit.put, bit.gone)):
            self._in_part(found, copy.id(number), bits[-1].end)

    def _in_part(self, found: Gathered, name: str, end: int) -> None:
        """Put in the words that were decided on, once, where a change ends."""
        if name not in self._instead or name not in self._shown:
            return
        for words in found.put.values():
            words[:] = [word for word in words if word.put != name]
        found.put.setdefault(end, []).append(Word(Piece(self._instead[name], inserted=Mark("")), -1, put=name))
