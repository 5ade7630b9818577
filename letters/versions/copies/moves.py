"""Paragraphs that were taken out of one place and put in at another: each stays the paragraph that was sent."""

from collections.abc import Iterator
from typing import NamedTuple

from letters.document.marks import Line, Mark, text_of
from letters.versions.alignment import ALIKE, SHORTEST_MOVED
from letters.versions.copies.laying import Laid, Layer
from letters.versions.copies.originals import plain
from letters.versions.edits import Arrival, Bit
from letters.versions.wording import likeness


class Removal(NamedTuple):
    """A paragraph of which nothing is left, and who took it out last."""

    line: int
    mark: Mark


class Place(NamedTuple):
    """Where an arrival stands: in the list before or after a paragraph, and the how manieth it is there."""

    is_after: bool
    line: int
    number: int


def settle_moves(laid: Laid, sent: list[Line], silent: Mark) -> None:
    """Make each paragraph that was put in again elsewhere one that moved, with what was edited on the way."""
    while find_moves(laid, sent, silent):
        """One that was moved and then moved on by somebody else is found again."""
    for removal in removals(laid, sent):
        take_its_end(laid, removal)
    drop_replaced(laid)


def find_moves(laid: Laid, sent: list[Line], silent: Mark) -> bool:
    """Make each new paragraph that is one which went a move of that; say whether there was any."""
    gone = {removal.line: removal for removal in removals(laid, sent)}
    found_any = False
    for step in (same_name, same_words, alike):
        for place in [*places(laid)]:
            new = arrival_at(laid, place)
            if new.moved >= 0 or not new.bits:
                continue
            found = next((removal for removal in gone.values() if step(new, removal, laid, sent)), None)
            if found:
                move(laid, place, found, sent, silent)
                del gone[found.line]
                found_any = True
    return found_any


def removals(laid: Laid, sent: list[Line]) -> Iterator[Removal]:
    """Yield the paragraphs of which nothing is left, their own ends or those before them among what went."""
    for line, bits in laid.lines.items():
        ends = [laid.ends[place] for place in (line, line - 1) if place in laid.ends]
        taker = taken_whole(bits, ends[0] if ends else None)
        if taker and text_of(sent[line]).strip():
            yield Removal(line, taker)


def taken_whole(bits: list[Bit], end: Mark | None) -> Mark | None:
    """Return who took out a paragraph that has no word left: of more than one, who took its end, or the last one.

    Where its end went with somebody who took none of its words, it was joined to the next paragraph, and not taken out.
    """
    if not bits or any(bit.piece.deleted is None for bit in bits):
        return None
    marks = [bit.piece.deleted for bit in bits if not bit.piece.inserted and bit.piece.deleted]
    own = [mark for mark in marks if end is None or mark.author == end.author]
    return max(own, key=lambda mark: mark.when) if own else None


def places(laid: Laid) -> Iterator[Place]:
    """Yield the place of every arrival."""
    for is_after, held in ((False, laid.before), (True, laid.after)):
        for line, arrivals in held.items():
            for number in range(len(arrivals)):
                yield Place(is_after, line, number)


def arrival_at(laid: Laid, place: Place) -> Arrival:
    """Return the arrival at a place."""
    return (laid.after if place.is_after else laid.before)[place.line][place.number]


def by_the_same(new: Arrival, removal: Removal) -> bool:
    """Say whether whoever took a paragraph out put the other one in."""
    return author_of(new) == removal.mark.author


def author_of(new: Arrival) -> str:
    """Return who put an arrival in: who put in most of its words."""
    authors = [bit.piece.inserted.author for bit in new.bits if bit.piece.inserted for _ in bit.piece.text]
    return max(set(authors), key=authors.count) if authors else new.end.author


def base_words(new: Arrival) -> str:
    """Return the words that an arrival brought along, whoever took some of them out there."""
    return plain("".join(bit.piece.text for bit in brought(new))).strip()


def brought(new: Arrival) -> list[Bit]:
    """Return the bits that an arrival brought along: all of its author's, or those that are marked as moved."""
    own = [bit for bit in new.bits if bit.piece.inserted and bit.piece.inserted.author == author_of(new)]
    moved = [bit for bit in own if bit.piece.inserted and bit.piece.inserted.move]
    return moved or own


def same_name(new: Arrival, removal: Removal, laid: Laid, sent: list[Line]) -> bool:
    """Say whether both are halves of one move by name, and have words in common."""
    here = {bit.piece.inserted.move for bit in new.bits if bit.piece.inserted} - {""}
    there = {bit.piece.deleted.move for bit in laid.lines[removal.line] if bit.piece.deleted} - {""}
    named = bool(here & there) and by_the_same(new, removal)
    return named and likeness(base_words(new), plain(text_of(sent[removal.line]))) >= ALIKE


def same_words(new: Arrival, removal: Removal, laid: Laid, sent: list[Line]) -> bool:
    """Say whether both say the same."""
    words = plain(text_of(sent[removal.line])).strip()
    return by_the_same(new, removal) and len(words) >= SHORTEST_MOVED and base_words(new) == words


def alike(new: Arrival, removal: Removal, laid: Laid, sent: list[Line]) -> bool:
    """Say whether one can be the other with some words changed."""
    words = plain(text_of(sent[removal.line])).strip()
    long = min(len(words), len(base_words(new))) >= 2 * SHORTEST_MOVED
    return by_the_same(new, removal) and long and likeness(words, base_words(new)) >= (1 + ALIKE) / 2


def move(laid: Laid, place: Place, removal: Removal, sent: list[Line], silent: Mark) -> None:
    """Make an arrival the paragraph that it was before, with the words that were edited since."""
    new = arrival_at(laid, place)
    mover = removal.mark
    kept = [restored(bit, mover) for bit in laid.lines[removal.line]]
    base = {id(bit) for bit in brought(new)}
    came = [carried(bit) if id(bit) in base else bit for bit in new.bits]
    edited = Layer([bit for bit in kept if bit], mover._replace(move="")).lay(came)
    laid.lines[removal.line] = [bit for bit in edited if not is_undone(bit)]
    take_its_end(laid, removal)
    laid.ends.pop(removal.line, None)
    if new.gone:
        laid.ends[removal.line] = new.gone
    moved = new._replace(bits=(), moved=removal.line, gone=None)
    held = (laid.after if place.is_after else laid.before)[place.line]
    typed_anew = is_where_it_was(laid, place, removal.line) and edited != kept
    held[place.number] = new._replace(bits=(), moved=-1) if typed_anew else moved


def carried(bit: Bit) -> Bit:
    """Return a bit that was brought along as one that nobody put in; where it turns out new, its author did."""
    put = bit.piece.inserted
    return bit._replace(piece=bit.piece._replace(inserted=None), by=put and put._replace(move=""))


def restored(bit: Bit, mover: Mark) -> Bit | None:
    """Return a bit that its mover did not take out; None for what the mover had put in at the old place."""
    if bit.piece.deleted is None or bit.piece.deleted.author != mover.author:
        return bit
    if bit.piece.inserted and bit.piece.inserted.author == mover.author:
        return None
    return bit._replace(piece=bit.piece._replace(deleted=None))


def is_undone(bit: Bit) -> bool:
    """Say whether somebody took out again what the same one had put in."""
    put, gone = bit.piece.inserted, bit.piece.deleted
    return bool(put and gone and put.author == gone.author)


def take_its_end(laid: Laid, removal: Removal) -> None:
    """Let a paragraph that went take its own end, where it was the one before that was marked."""
    line = removal.line
    if line not in laid.ends and line - 1 in laid.ends and laid.ends[line - 1].author == removal.mark.author:
        laid.ends[line] = laid.ends.pop(line - 1)
    laid.ends.setdefault(line, removal.mark)


def is_where_it_was(laid: Laid, place: Place, line: int) -> bool:
    """Say whether an arrival stands right beside the place that its paragraph left: it was typed anew there."""
    before, after = laid.before.get(line, []), laid.after.get(line, [])
    if place.line == line:
        return place.number == (0 if place.is_after else len(before) - 1)
    if (place.line, place.is_after) == (line - 1, True):
        return not before and place.number == len(laid.after[line - 1]) - 1
    return (place.line, place.is_after) == (line + 1, False) and not after and place.number == 0


def drop_replaced(laid: Laid) -> None:
    """Drop the arrivals that turned out to be the paragraph beside them."""
    for held in (laid.before, laid.after):
        for line, arrivals in held.items():
            held[line] = [new for new in arrivals if new.bits or new.moved >= 0]
