"""The proof of a merge: composing the next inspection gives what was sent with just the accepted changes made."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from letters.document import markdown
from letters.document.blocks import Block, Document, Heading, Item, Paragraph, Run, Table, plain
from letters.document.marks import Piece
from letters.document.walk import every_block
from letters.versions.merging import accepted
from letters.versions.merging.applying import Origin
from letters.versions.merging.homes import home_of
from letters.versions.merging.notes import NEW_NOTE, NewNote

Look = tuple[bool, bool, str]
"""Whether words are strong, whether they are emphasised, and where they lead."""
PLAIN: Look = (False, False, "")
NOTE_OPEN, NOTE_CLOSE = "\u27e6", "\u27e7"
"""Stand around the words of a footnote where it is referred to."""


class Shown(NamedTuple):
    """One paragraph as a reader sees it: the words, the look of each, and what it is."""

    unit: str
    text: str
    looks: tuple[Look, ...]
    kind: str


@dataclass(frozen=True)
class Difference:
    """Where the next letter is not the accepted one."""

    changes: frozenset[str]
    units: frozenset[str]
    wanted: str
    got: str


class Before:
    """The letter as it was sent, beside what the inspection says by now."""

    def __init__(self, origin: Origin, document: Document) -> None:
        self.origin = origin
        self.shown = {shown.unit: shown for shown in shown_blocks(document) if shown.unit}
        self.kinds = kinds_by_style(origin, document)
        told = [*LetterProof(self, accepted.as_sent(origin.sent), []).wanted()]
        self.drifted = frozenset(
            shown.unit for shown in told if shown.unit in self.shown and self.shown[shown.unit].text != shown.text
        )
        """The blocks that the inspection says otherwise than they were sent."""


class LetterProof:
    """Holds the letter of the next inspection against the accepted letter."""

    def __init__(self, before: Before, wanted: accepted.Accepted, notes: list[NewNote]) -> None:
        self._before, self._origin, self._wanted = before, before.origin, wanted
        self._new_notes = {note.object_key: note for note in notes}
        first = self._origin.sent.notes_from
        self._note_lines = {f"note:{number}": first + number - 1 for number in range(1, len(self._origin.notes) + 1)}

    def wanted(self) -> Iterator[Shown]:
        """Yield every paragraph of the accepted letter as a reader sees it."""
        yield from (self._shown(held) for held in self._wanted.paragraphs if not self._is_note(held))

    def differences(self, after: Document) -> list[Difference]:
        """Return where the next letter is not the accepted one, with the changes that stand there."""
        body = [held for held in self._wanted.paragraphs if not self._is_note(held)]
        got = [*shown_blocks(after)]
        want = [self._settled(held) for held in body]
        found: list[Difference] = []
        matcher = SequenceMatcher(None, [held.text for held in want], [held.text for held in got], autojunk=False)
        for tag, a, b, c, d in matcher.get_opcodes():
            if tag == "equal":
                pairs = zip(body[a:b], want[a:b], got[c:d], strict=True)
                odd = [(held, one, other) for held, one, other in pairs if not self._alike(held, one, other)]
                found += [self._difference([held], [one], [other]) for held, one, other in odd]
            elif not self._follows(body[a:b], want[a:b], got[c:d]):
                found.append(self._difference(body[a:b], want[a:b], got[c:d], body[max(a - 1, 0) : b + 1]))
        return found

    def _settled(self, held: accepted.Paragraph) -> Shown:
        """Return a paragraph as it is wanted: where nobody's change touches it, as the inspection says it by now."""
        unit = self._origin.sent.unit(held.lines[0]) if held.lines else ""
        is_whole = not held.changes and len(held.lines) == 1 and held.starts and held.ends
        return self._before.shown[unit] if is_whole and unit in self._before.drifted else self._shown(held)

    def _is_note(self, held: accepted.Paragraph) -> bool:
        return bool(held.lines) and held.lines[0] >= self._origin.sent.notes_from

    def _shown(self, held: accepted.Paragraph) -> Shown:
        unit = self._origin.sent.unit(held.lines[0]) if held.lines else ""
        text, looks = seen_words(self._said(held.pieces))
        return Shown(unit, text, looks, "")

    def _said(self, pieces: tuple[Piece, ...]) -> Iterator[tuple[str, Look]]:
        for piece in pieces:
            if piece.object_key.startswith(NEW_NOTE):
                note = self._new_notes.get(piece.object_key)
                words = plain(markdown.inline(note.text)) if note else ""
                yield f"{NOTE_OPEN}{words}{NOTE_CLOSE}", PLAIN
            elif piece.object_key.startswith("note:"):
                yield f"{NOTE_OPEN}{self._note_said(piece.object_key)}{NOTE_CLOSE}", PLAIN
            elif not piece.object_key:
                yield piece.text, (piece.strong, piece.emphasis, piece.link)

    def _note_said(self, object_key: str) -> str:
        """Return what a footnote that was sent says with the accepted changes made."""
        number = self._note_lines.get(object_key)
        for held in self._wanted.paragraphs:
            if number is not None and number in held.lines:
                return " ".join("".join(piece.text for piece in held.pieces if not piece.object_key).split())
        return ""

    def _alike(self, held: accepted.Paragraph, want: Shown, got: Shown) -> bool:
        """Say whether a paragraph of the same words has the same looks, and is the same kind of paragraph."""
        kinds = {kind for style in held.styles for kind in self._before.kinds.get(style, ())}
        is_known = not kinds or got.kind in kinds or (bool(held.moved) and home_of(got.unit).is_entry)
        return want.looks == got.looks and is_known

    def _follows(self, body: list[accepted.Paragraph], want: list[Shown], got: list[Shown]) -> bool:
        """Say whether other words are just what the template itself makes of the accepted findings.

        A heading's number follows the findings below it; a heading without findings goes; the bodies of a
        recommendation stand beside it in a table; a letter without priority actions may say so.
        """
        gone = [shown for held, shown in zip(body, want, strict=True) if not self._is_empty_heading(held, shown)]
        came = [shown for shown in got if not self._is_made(shown)]
        pairs = [(one, other) for one, other in zip(gone, came, strict=False) if self._is_renumbered(one, other)]
        gone = [shown for shown in gone if not any(shown is one for one, _ in pairs)]
        came = [shown for shown in came if not any(shown is other for _, other in pairs)]
        return not gone and not came

    def _is_made(self, shown: Shown) -> bool:
        """Say whether the template makes a paragraph of data: the bodies that should act, or that there are none."""
        if home_of(shown.unit).kind == "target":
            return True
        standing = shown.unit not in self._before.shown and home_of(shown.unit).kind in ("wording", "standing")
        return standing and shown.unit in ("nil-statement", "priority-heading")

    def _is_empty_heading(self, held: accepted.Paragraph, shown: Shown) -> bool:
        """Say whether the template drops a heading of its own, since nothing is left below it."""
        if held.changes or not held.lines:
            return home_of(shown.unit).kind == "target" and not held.changes
        block = self._origin.blocks.get(shown.unit)
        is_heading = isinstance(block, Heading) or (shown.unit == "" and self._in_table(held))
        place = next(place for place, other in enumerate(self._wanted.paragraphs) if other is held)
        below = self._wanted.paragraphs[place + 1 : place + 2]
        is_empty = all(self._is_heading_line(other) for other in below)
        return is_heading and is_empty and home_of(shown.unit).kind in ("wording", "standing")

    def _is_heading_line(self, held: accepted.Paragraph) -> bool:
        unit = self._origin.sent.unit(held.lines[0]) if held.lines else ""
        return bool(held.lines) and (isinstance(self._origin.blocks.get(unit), Heading) or not unit)

    def _in_table(self, held: accepted.Paragraph) -> bool:
        return bool(held.lines) and self._origin.sent.lines[held.lines[0]].style.startswith("TableHeading")

    def _is_renumbered(self, want: Shown, got: Shown) -> bool:
        """Say whether a heading that nobody changed stands in the other number: more findings are below it, or one."""
        before = self._before.shown.get(got.unit)
        is_heading = got.kind.startswith("heading") or got.kind == "table heading"
        return is_heading and before is not None and before.text == want.text and stem(want.text) == stem(got.text)

    def _difference(
        self,
        body: list[accepted.Paragraph],
        want: list[Shown],
        got: list[Shown],
        around: Iterable[accepted.Paragraph] = (),
    ) -> Difference:
        """Return a difference with the changes that stand there, or at least beside it."""
        units = frozenset(shown.unit for shown in (*want, *got) if shown.unit)
        changes = frozenset().union(*(held.changes for held in body))
        owners = {home_of(unit).owner for unit in units}
        for line, taken in self._wanted.vanished.items():
            unit = self._origin.sent.unit(line)
            if unit in units or (home_of(unit).is_entry and home_of(unit).owner in owners):
                changes |= taken
        if not changes:
            changes = frozenset().union(*(held.changes for held in around))
        text = "; ".join(shown.text for shown in want), "; ".join(shown.text for shown in got)
        return Difference(changes, units, *text)


def stem(text: str) -> str:
    """Return a heading without what changes with a number: 'Area for …' and 'Areas for …' are one."""
    return " ".join(word.rstrip("s?") for word in text.lower().split())


def shown_blocks(document: Document) -> Iterator[Shown]:
    """Yield every paragraph of a letter as a reader sees it, the words of footnotes where they are referred to."""
    notes = {note.id: plain(note.runs) for note in document.notes}
    for block in every_block(document.blocks):
        if isinstance(block, Table):
            for runs in block.header:
                yield Shown("", *seen_words(said(runs, notes)), "table heading")
        elif isinstance(block, Heading | Paragraph | Item):
            yield Shown(block.id, *seen_words(said(block.runs, notes)), kind_of(block))


def said(runs: Iterable[Run], notes: Mapping[str, str]) -> Iterator[tuple[str, Look]]:
    """Yield the words of runs with their looks."""
    for run in runs:
        if run.note:
            yield f"{NOTE_OPEN}{notes[run.note]}{NOTE_CLOSE}", PLAIN
        else:
            yield run.text, (run.strong, run.emphasis, run.link)


def kind_of(block: Block) -> str:
    """Return what a paragraph is, as far as a reader can tell."""
    if isinstance(block, Heading):
        return f"heading {block.level}"
    if isinstance(block, Item):
        return f"item {block.level}{' numbered' * block.ordered}{' continued' * block.continues}"
    return block.role if isinstance(block, Paragraph) else ""


def kinds_by_style(origin: Origin, before: Document) -> dict[str, set[str]]:
    """Return what the paragraphs of each style were in the letter that was sent."""
    kinds = {block.id: kind_of(block) for block in every_block(before.blocks)}
    found: dict[str, set[str]] = {}
    for line, unit in zip(origin.sent.lines, origin.sent.units, strict=True):
        found.setdefault(line.style, set()).add(kinds.get(unit, "table heading" if not unit else ""))
    return found


def seen_words(parts: Iterable[tuple[str, Look]]) -> tuple[str, tuple[Look, ...]]:
    """Return words with white space as one space, and of each word the look that most of its letters have."""
    held = [(text, look) for text, look in parts if text]
    if len({look for _, look in held}) <= 1:
        plain_words = "".join(text for text, _ in held).split()
        return " ".join(plain_words), (held[0][1] if held else PLAIN,) * len(plain_words)
    words: list[str] = []
    looks: list[Look] = []
    letters = [(letter, look) for text, look in (*held, (" ", PLAIN)) for letter in text]
    word: list[tuple[str, Look]] = []
    for letter, look in letters:
        if not letter.isspace():
            word.append((letter, look))
        elif word:
            words.append("".join(one for one, _ in word))
            seen = [look for _, look in word]
            looks.append(max(dict.fromkeys(seen), key=seen.count))
            word = []
    return " ".join(words), tuple(looks)
