"""The letter as it reads with the accepted changes made: its paragraphs, each with what it was made from."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from letters.document.marks import Piece, merged
from letters.versions.copies.changes import Sent
from letters.versions.edits import bared
from letters.versions.merging.notes import new_thing
from letters.versions.merging.weaving import Strip, Weaver, Word


@dataclass
class Paragraph:
    """One paragraph of the accepted letter."""

    pieces: tuple[Piece, ...]
    lines: tuple[int, ...]
    """The paragraphs that were sent and are in it, in order; none where it is new."""
    styles: tuple[str, ...]
    """Its own style and, where paragraphs were joined, those of the others."""
    container: int
    changes: frozenset[str] = frozenset()
    """The changes that made it what it is."""
    joins: frozenset[str] = frozenset()
    """Those among them that joined paragraphs."""
    moved: str = ""
    """The change that moved it here."""
    starts: bool = True
    """Whether it is, or begins with, the first part of its paragraph."""
    ends: bool = True
    """Whether it is, or ends with, the last part of its paragraph."""

    @property
    def text(self) -> str:
        """Its words, white space as one space."""
        return " ".join("".join(piece.text for piece in self.pieces).split())

    @property
    def is_new(self) -> bool:
        """Whether no paragraph that was sent is in it."""
        return not self.lines


@dataclass
class Accepted:
    """The accepted letter, and which paragraphs that were sent are no longer in it."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    vanished: dict[int, frozenset[str]] = field(default_factory=dict)
    """The changes that took out each paragraph of which nothing is left."""


def accepted_letter(weaver: Weaver, sent: Sent) -> Accepted:
    """Return the letter as it reads with the changes that a weaver shows."""
    strips = list(weaver.strips())
    out = Accepted()
    seen: set[int] = set()
    for run in joined_runs([strip for strip in strips if not strip.left], sent):
        paragraph = paragraph_of(run, sent)
        paragraph.starts = not seen & {*paragraph.lines}
        seen |= {*paragraph.lines}
        if paragraph.text:
            out.paragraphs.append(paragraph)
    kept = {line for paragraph in out.paragraphs for line in paragraph.lines}
    by_line: dict[int, list[Strip]] = {}
    for strip in strips:
        by_line.setdefault(strip.line, []).append(strip)
    for line in range(len(sent.lines)):
        if line not in kept and sent.text(line).strip():
            out.vanished[line] = changes_of(by_line[line])
    return out


def as_sent(sent: Sent) -> Accepted:
    """Return the letter as it was sent."""
    return Accepted(
        [
            Paragraph(line.pieces, (place,), (line.style,), sent.containers[place])
            for place, line in enumerate(sent.lines)
        ]
    )


def with_rows_apart(letter: Accepted, sent: Sent) -> Accepted:
    """Return a letter in which a finding that was moved into a row of a table stands after it: each has its own row."""
    in_rows = {unit.partition(".")[0] for unit in sent.units if unit.endswith(".target")}
    out = [*letter.paragraphs]
    for paragraph in letter.paragraphs:
        place = next(place for place, held in enumerate(out) if held is paragraph)
        row = out[place - 1] if place else paragraph
        if not (paragraph.moved and row.lines and sent.unit(row.lines[-1]).partition(".")[0] in in_rows):
            continue
        if paragraph.container == row.container or not sent.unit(paragraph.lines[0]).endswith(".text"):
            continue
        own = [at for at, held in enumerate(out) if held.container == row.container and at > place]
        out.insert(max(own, default=place) + 1, paragraph)
        del out[place]
    return Accepted(out, letter.vanished)


def joined_runs(strips: list[Strip], sent: Sent) -> Iterator[list[Strip]]:
    """Yield the strips that are one paragraph: one whose end was taken out goes on in the next.

    In a cell, before a table and at the end of a story it goes on nowhere (ISO 29500-1, 17.13.5.15).
    """
    held: list[Strip] = []
    place = -1
    for strip in strips:
        here = place if strip.line < 0 or strip.moved else sent.containers[strip.line]
        if held and here != place:
            yield held
            held = []
        place = here
        held.append(strip)
        if not strip.gone or not has_words(held):
            yield held
            held = []
    if held:
        yield held


def has_words(strips: list[Strip]) -> bool:
    """Say whether words are left in strips."""
    return any(word.piece.text.strip() for strip in strips for word in strip.words if not word.gone)


def paragraph_of(strips: list[Strip], sent: Sent) -> Paragraph:
    """Return strips as one paragraph of the accepted letter."""
    stay = [strip for strip in strips if has_words([strip])] or strips
    words = [word for strip in strips for word in strip.words]
    pieces = merged(said(word) for word in words if not word.gone)
    lines = dict.fromkeys(strip.line for strip in stay if strip.line >= 0)
    joins = frozenset(strip.gone for strip in strips[:-1] if strip.gone)
    return Paragraph(
        pieces,
        tuple(lines),
        tuple(dict.fromkeys(strip.style for strip in (*strips[-1:], *stay))),
        next((sent.containers[line] for line in lines), -1),
        changes_of(strips),
        joins,
        next((strip.moved for strip in stay if strip.moved), ""),
        ends=stay[-1].ends_line,
    )


def said(word: Word) -> Piece:
    """Return a word as it reads: with the look that it was given."""
    object_key = word.piece.object_key
    if word.put and object_key.startswith("note:"):
        object_key = new_thing(word.put.rpartition("-")[0], word.piece)
    return bared(word.relook or word.piece)._replace(text=word.piece.text, object_key=object_key)


def changes_of(strips: Iterable[Strip]) -> frozenset[str]:
    """Return every change that is in some strips."""
    found: set[str] = set()
    for strip in strips:
        found |= {strip.put, strip.gone, strip.moved, strip.left, strip.opened}
        for word in strip.words:
            found |= {word.put, word.gone, word.look}
    return frozenset(found - {""})
