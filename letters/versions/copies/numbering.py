"""The edits of one copy told apart: what one author did at one place is one edit, and every word knows its own."""

import re
from dataclasses import dataclass, field

from letters.document.marks import Line, Mark, Piece, text_of
from letters.versions.copies.laying import Laid
from letters.versions.copies.moves import author_of, is_undone, taken_whole
from letters.versions.copies.originals import plain
from letters.versions.edits import UNTRACKED, Arrival, Bit, Edition, Hunk, bared, new_pieces, words_of
from letters.versions.wording import END

SIGNS = (("[’‘`´]", "'"), ("[“”]", '"'), ("[–—‑−]", "-"), ("…", "..."), (r"[\s\u00a0]+", " "))
"""What the house would correct by itself: kinds of quotation marks, dashes and spaces."""


@dataclass
class Group:
    """Neighbouring bits of one author's edit, by their places in the paragraph."""

    mark: Mark
    deleted: Mark | None = None
    places: list[int] = field(default_factory=list)

    def takes(self, put: Mark | None, gone: Mark | None) -> bool:
        """Say whether a bit belongs to this edit: one author's, and taken out at one time.

        What was put in keeps a time of its own, so that an edit over the turn of a minute stays one.
        """
        if gone is None:
            return put is not None and put.author == self.mark.author
        return gone.author == self.mark.author and self.deleted in (None, gone)


class Numbering:
    """Numbers the edits of one copy in reading order."""

    def __init__(self, laid: Laid, sent: list[Line], silent: Mark) -> None:
        self.hunks: list[Hunk] = []
        self.edition = Edition()
        self._laid, self._sent, self._silent = laid, sent, silent
        self._texts = [text_of(line) for line in sent]
        self.notes: dict[str, str] = {}
        """What the copy calls each footnote that was sent, where it is still referred to."""
        self._typing = 0
        """The edit that holds all marks and spaces that were typed otherwise."""
        self._moved = {new.moved for held in (laid.before, laid.after) for news in held.values() for new in news}
        for line in range(-1, len(sent)):
            self._line(line)

    def _line(self, line: int) -> None:
        self._arrivals(self._laid.before, self.edition.before, line, line - 1)
        if line in self._laid.lines:
            self._words(line)
        if line in self._laid.ends:
            self._end(line)
        self._arrivals(self._laid.after, self.edition.after, line, line)

    def _add(self, hunk: Hunk) -> int:
        self.hunks.append(hunk)
        return len(self.hunks)

    def _tracked(self, mark: Mark) -> bool:
        return mark != self._silent and not mark.author.endswith(UNTRACKED)

    def _words(self, line: int) -> None:
        bits = [bit for bit in self._laid.lines[line] if not is_undone(bit)]
        end = self._laid.ends.get(line)
        taker = taken_whole(bits, end) if end else None
        if taker and self._texts[line].strip():
            bits = self._removed(line, bits, taker)
        bits = self._grouped(line, bits)
        self.notes |= {bit.piece.object_key: bit.relook.object_key for bit in bits if bit.relook and is_note(bit)}
        bits = [self._relooked(line, bit) for bit in bits]
        if any(bit.put or bit.gone or bit.look or bit.piece.comments for bit in bits):
            self.edition.lines[line] = tuple(bits)

    def _removed(self, line: int, bits: list[Bit], taker: Mark) -> list[Bit]:
        """Make all that one author took out of a paragraph, and its end, one removal."""
        own = [bit.piece.deleted is not None and bit.piece.deleted.author == taker.author for bit in bits]
        taken = words_of([bit for bit, is_own in zip(bits, own, strict=True) if is_own])
        length = len(self._texts[line])
        style = self._sent[line].style
        number = self._add(Hunk("removed", line, 0, length, (), taker, self._tracked(taker), style, taken=taken))
        self.edition.ends[line] = number
        self.edition.also.setdefault(line, []).append((0, length, number))
        return [bit._replace(gone=number) if is_own else bit for bit, is_own in zip(bits, own, strict=True)]

    def _end(self, line: int) -> None:
        """Tell an end that was taken out: its paragraph and the next are one."""
        if line not in self.edition.ends:
            length, mark = len(self._texts[line]), self._laid.ends[line]
            number = self._add(Hunk("joined", line, length, length, (), mark, self._tracked(mark), taken=END))
            self.edition.ends[line] = number

    def _grouped(self, line: int, bits: list[Bit], within: int = 0) -> list[Bit]:
        """Return bits with the numbers of their edits: neighbours of one author are one edit."""
        groups: list[Group] = []
        open_groups: dict[str, Group] = {}
        for place, bit in enumerate(bits):
            put, gone = unnumbered(bit)
            if put is None and gone is None:
                open_groups = open_groups if bit.put or bit.gone else {}
                continue
            if is_object(bit):
                groups.append(Group(put or gone or self._silent, places=[place]))
                continue
            for mark, held in ((mark, held) for mark, held in ((put, (put, None)), (gone, (None, gone))) if mark):
                group = open_groups.get(mark.author)
                if group is None or not group.takes(*held):
                    group = open_groups[mark.author] = Group(mark)
                    groups.append(group)
                group.places.append(place)
                if held[1]:
                    group.deleted = group.mark = held[1]
        out = [*bits]
        first = len(self.hunks)
        for group in groups:
            self._number(line, out, group, within)
        for number in range(first, len(self.hunks)):
            self.hunks[number] = self.hunks[number]._replace(inside=around(out, number + 1))
        return out

    def _number(self, line: int, bits: list[Bit], group: Group, within: int) -> None:
        """Make a group of bits one edit, and give them its number."""
        number = len(self.hunks) + 1
        for place in group.places:
            bit = bits[place]
            put, gone = bit.piece.inserted, bit.piece.deleted
            if put and not bit.put and put.author == group.mark.author:
                bit = bit._replace(put=number)
            if gone and not bit.gone and gone.author == group.mark.author:
                bit = bit._replace(gone=number)
            bits[place] = bit
        held = [bits[place] for place in group.places]
        hunk = self._hunk(line, held, number, group.mark, within)
        if hunk.kind == "words" and not hunk.tracked and not within and is_typing(hunk.taken, words_put(held, number)):
            shared = self._shared(hunk)
            for place in group.places:
                bit = bits[place]
                bits[place] = bit._replace(
                    put=shared if bit.put == number else bit.put, gone=shared if bit.gone == number else bit.gone
                )
            return
        self._add(hunk)

    def _hunk(self, line: int, bits: list[Bit], number: int, mark: Mark, within: int) -> Hunk:
        """Return the edit that some bits make."""
        gone = [bit for bit in bits if bit.gone == number]
        against = tuple(dict.fromkeys(bit.put for bit in gone if bit.put))
        start, end = min(bit.start for bit in bits), max(bit.end for bit in bits)
        breaks = [bit.ends for bit in bits if bit.ends and bit.put == number]
        kind = "object" if is_object(bits[0]) else "parted" if breaks else "against" if against else "words"
        style, props = (breaks[0].style, breaks[0].props) if breaks else ("", "")
        pieces = new_pieces(bits, number)
        taken = words_of(gone)
        return Hunk(
            kind, max(line, -1), start, end, pieces, mark, self._tracked(mark), style, props,
            taken=taken, against=against, within=within,
        )  # fmt: skip

    def _shared(self, hunk: Hunk) -> int:
        """Return the number of the edit that holds every mark and space that was typed otherwise."""
        spot = (hunk.line, hunk.start, hunk.end)
        if not self._typing:
            self._typing = self._add(hunk._replace(kind="typing", pieces=(), taken="", spots=(spot,)))
        else:
            held = self.hunks[self._typing - 1]
            self.hunks[self._typing - 1] = held._replace(spots=(*held.spots, spot))
        return self._typing

    def _relooked(self, line: int, bit: Bit) -> Bit:
        """Return a bit with the number of the edit that gave it another look."""
        now, was = bit.relook, bit.piece
        bit = bit._replace(relook=None)
        if now is None or bit.put or bit.gone or was.object_key or seen(now) == seen(was) or not was.text.strip():
            return bit
        mark = now.changed or self._silent
        last = self.hunks[-1] if self.hunks else None
        new = bared(now)._replace(text=was.text)
        if last and goes_on(last, line, bit, mark, new):
            whole = last.pieces[0]._replace(text=last.pieces[0].text + new.text)
            self.hunks[-1] = last._replace(end=bit.end, pieces=(whole,))
            return bit._replace(relook=new, look=len(self.hunks))
        number = self._add(Hunk("look", line, bit.start, bit.end, (new,), mark, self._tracked(mark)))
        return bit._replace(relook=new, look=number)

    def _arrivals(
        self, laid: dict[int, list[Arrival]], numbered: dict[int, list[Arrival]], line: int, above: int
    ) -> None:
        for new in laid.get(line, ()):
            held = self._moved_in(new, above) if new.moved >= 0 else self._new(new, above)
            if held:
                numbered.setdefault(line, []).append(held)

    def _moved_in(self, new: Arrival, above: int) -> Arrival:
        hunk = Hunk(
            "moved", new.moved, 0, len(self._texts[new.moved]), (), new.end, self._tracked(new.end),
            new.style, new.props, target=above, taken=self._texts[new.moved],
        )  # fmt: skip
        return new._replace(put=self._add(hunk))

    def _new(self, new: Arrival, above: int) -> Arrival | None:
        """Number a new paragraph, and what others did in it."""
        bits = [bit for bit in new.bits if not is_undone(bit)]
        author = author_of(new)
        mark = next((bit.piece.inserted for bit in bits if bit.piece.inserted and by(bit, author)), new.end)
        if not bits or not "".join(bit.piece.text for bit in bits).strip():
            return None
        number = len(self.hunks) + 1
        bits = [bit._replace(put=number) if by(bit, author) else bit for bit in bits]
        kind = "table" if new.is_apart else "paragraph"
        pieces = new_pieces(bits, number)
        self._add(Hunk(kind, above, 0, 0, pieces, mark, self._tracked(mark), new.style, new.props))
        out = 0
        taker = taken_whole_of_new(bits)
        if new.gone and taker and taker.author == new.gone.author and new.gone.author != author:
            out = self._taken_back(above, bits, number, taker)
            bits = [bit._replace(gone=out) if bit.piece.deleted and not bit.gone else bit for bit in bits]
        elif new.gone and new.gone.author != author:
            hunk = Hunk("against", above, 0, 0, (), new.gone, self._tracked(new.gone), taken=END)
            out = self._add(hunk._replace(against=(number,), within=number))
        return new._replace(bits=tuple(self._grouped(above, bits, number)), put=number, out=out)

    def _taken_back(self, above: int, bits: list[Bit], number: int, taker: Mark) -> int:
        """Tell a new paragraph that somebody else took out again, whole."""
        hunk = Hunk("against", above, 0, 0, (), taker, self._tracked(taker), taken=words_of(bits))
        return self._add(hunk._replace(against=(number,), within=number))


def around(bits: list[Bit], number: int) -> int:
    """Return the edit whose new words stand on both sides of those that an edit put in; 0 where there is none."""
    own = [place for place, bit in enumerate(bits) if bit.put == number]
    before = {bit.put for bit in bits[max(0, own[0] - 1) : own[0]]} if own else set()
    after = {bit.put for bit in bits[own[-1] + 1 : own[-1] + 2]} if own else set()
    return max((before & after) - {0, number}, default=0)


def unnumbered(bit: Bit) -> tuple[Mark | None, Mark | None]:
    """Return who put a bit in and who took it out, as far as no edit has its number yet."""
    return (None if bit.put else bit.piece.inserted), (None if bit.gone else bit.piece.deleted)


def goes_on(last: Hunk, line: int, bit: Bit, mark: Mark, new: Piece) -> bool:
    """Say whether words were given the look of those before them by the same author."""
    here = (last.kind, last.line, last.end, last.mark) == ("look", line, bit.start, mark)
    return here and seen(last.pieces[0]) == seen(new)


def by(bit: Bit, author: str) -> bool:
    """Say whether an author put a bit in."""
    return bit.piece.inserted is not None and bit.piece.inserted.author == author


def is_note(bit: Bit) -> bool:
    """Say whether a bit is the reference to a footnote."""
    return bit.piece.object_key.startswith("note:")


def is_object(bit: Bit) -> bool:
    """Say whether a bit is no word and no reference to a footnote."""
    return bool(bit.piece.object_key) and not bit.piece.object_key.startswith("note:")


def taken_whole_of_new(bits: list[Bit]) -> Mark | None:
    """Return who took the last word out of a new paragraph that has none left."""
    ends = [bit.piece.deleted for bit in bits]
    return ends[-1] if ends and all(ends) else None


def words_put(bits: list[Bit], number: int) -> str:
    """Return the words that an edit put in."""
    return words_of([bit for bit in bits if bit.put == number])


def is_typing(taken: str, put: str) -> bool:
    """Say whether two texts differ only in marks and spaces that the house would correct."""
    return taken != put and typed(taken) == typed(put)


def typed(text: str) -> str:
    """Return a text in the signs of a typewriter."""
    for pattern, sign in SIGNS:
        text = re.sub(pattern, sign, text)
    return plain(text)


def seen(piece: Piece) -> tuple[bool, bool, str]:
    """Return how words look, as far as Markdown can say it."""
    return piece.strong, piece.emphasis, piece.link
