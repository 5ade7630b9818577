"""Paragraphs of the accepted letter as the text of the inspection's fields, in its small Markdown."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from letters.document import markdown
from letters.document.blocks import Run, Runs
from letters.document.marks import Piece
from letters.findings.finding import CaseStudy
from letters.findings.inspection import Inspection
from letters.versions.copies.changes import Sent
from letters.versions.merging.accepted import Paragraph
from letters.versions.merging.homes import POINT, Home, home_of
from letters.versions.merging.notes import NEW_NOTE, NewNote

WHITE = re.compile(r"(\s+)")


class FieldWords:
    """Writes paragraphs as text; those that nobody changed stay as the inspection has them."""

    def __init__(self, inspection: Inspection, sent: Sent, notes: Sequence[str], new_notes: list[NewNote]) -> None:
        self._inspection, self._sent, self._notes = inspection, sent, notes
        self.new_notes = {note.object_key: note for note in new_notes}
        self._entries = {entry.id: entry for entry in inspection.all_findings()}

    def prose(self, home: Home, now: list[Paragraph]) -> str:
        """Return paragraphs as the text of a field; those that nobody changed stay as they were written."""
        if self._is_boxed(home):
            whole = markdown.boxed_text((is_entry(paragraph), self.words(paragraph)) for paragraph in now)
        else:
            whole = "\n\n".join(filter(None, map(self.words, now)))
        before = self._field(home)
        return f"{whole}\n" if whole and before.endswith("\n") and not whole.endswith("\n") else whole

    def words(self, paragraph: Paragraph) -> str:
        """Return a paragraph as text; what nobody changed in it stays as it was written, its line breaks too."""
        before = self._written(paragraph)
        if before and paragraph.starts and paragraph.ends and not paragraph.changes - {paragraph.moved}:
            return before
        return with_breaks(before, markdown.source(self._runs(paragraph)).strip())

    def _written(self, paragraph: Paragraph) -> str:
        """Return a paragraph that was sent as the inspection has it; nothing where it is none, or more than one."""
        if len(paragraph.lines) != 1:
            return ""
        unit = self._sent.unit(paragraph.lines[0])
        home = home_of(unit)
        text = self._field(home)
        parts = self._parts(home, text) if text else []
        point = POINT.match(unit)
        number = int(point["number"] or 1) if point else home.number
        if not 0 < number <= len(parts):
            return ""
        impact = (
            getattr(self._entry(home.owner), "impact", None) if home.kind == "text" and number == len(parts) else ""
        )
        return f"{parts[number - 1]} {impact}" if impact else parts[number - 1]

    def _parts(self, home: Home, text: str) -> list[str]:
        """Return the paragraphs of a field as the inspection has them, without the signs of a list."""
        if self._is_boxed(home):
            return [part.removeprefix(markdown.BULLET) for part in markdown.boxed_parts(text)]
        return markdown.BLANK_LINES.split(text.strip())

    def _is_boxed(self, home: Home) -> bool:
        return home.kind == "text" and isinstance(self._entry(home.owner), CaseStudy)

    def _field(self, home: Home) -> str:
        """Return the text of a field of the inspection as it was; nothing where it had none."""
        given: dict[str, str | None] = {
            "context": self._inspection.round.context,
            "wording": self._inspection.wording.get(home.owner),
            "footnote": self._inspection.footnotes.get(home.owner),
        }
        if home.kind in given:
            return given[home.kind] or ""
        entry = self._entry(home.owner)
        if home.kind == "points":
            points = getattr(entry, "points", [])
            return str(points[home.number - 1].text) if 0 < home.number <= len(points) else ""
        return getattr(entry, home.kind, None) or ""

    def _entry(self, name: str) -> object:
        return self._entries.get(name)

    def _runs(self, paragraph: Paragraph) -> Runs:
        """Return pieces as runs; the number of a footnote becomes its name again, and other things are no words."""
        return tuple(
            Run("", note=self._note(piece))
            if piece.object_key
            else Run(piece.text, piece.strong, piece.emphasis, piece.link)
            for piece in paragraph.pieces
            if not piece.object_key or (piece.object_key.startswith(("note:", NEW_NOTE)) and self._note(piece))
        )

    def _note(self, piece: Piece) -> str:
        if piece.object_key in self.new_notes:
            self.new_notes[piece.object_key].used = True
            return self.new_notes[piece.object_key].name
        number = piece.object_key.removeprefix("note:")
        place = int(number) - 1 if number.isdecimal() else -1
        return self._notes[place] if 0 <= place < len(self._notes) else ""


def is_entry(paragraph: Paragraph) -> bool:
    """Say whether a paragraph is set as an entry of a list."""
    return paragraph.styles[0].startswith("List")


def with_breaks(before: str, after: str) -> str:
    """Return words with the line breaks that stood between the same words before: people broke those lines."""
    if "\n" not in before:
        return after
    olds, news = WHITE.split(before), WHITE.split(after)
    matcher = SequenceMatcher(None, olds[::2], news[::2], autojunk=False)
    for a, b, size in matcher.get_matching_blocks():
        for place in range(size - 1):
            news[2 * (b + place) + 1] = olds[2 * (a + place) + 1]
    return "".join(news)


def literal(text: str) -> str:
    """Return words of a field that knows no Markdown."""
    return "".join(run.text for run in markdown.inline(text))
