"""Paragraphs of the accepted letter as the text of the inspection's fields, in its small Markdown."""

import re
from collections.abc import Sequence

from letters.document import markdown
from letters.document.blocks import Run, Runs
from letters.document.marks import Piece
from letters.findings.inspection import Inspection
from letters.versions.accepted import Paragraph
from letters.versions.changes import Sent
from letters.versions.homes import home_of
from letters.versions.notes import NEW_NOTE, NewNote

PARTS = re.compile(r"\n[ \t]*\n\s*")


class FieldWords:
    """Writes paragraphs as text; those that nobody changed stay as the inspection has them."""

    def __init__(self, inspection: Inspection, sent: Sent, notes: Sequence[str], new_notes: list[NewNote]) -> None:
        self._inspection, self._sent, self._notes = inspection, sent, notes
        self.new_notes = {note.thing: note for note in new_notes}

    def prose(self, owner: str, kind: str, now: list[Paragraph]) -> str:
        """Return paragraphs as the text of a field; those that nobody changed stay as they were written."""
        return "\n\n".join(filter(None, (self._own(owner, kind, held) or self.words(held) for held in now)))

    def _own(self, owner: str, kind: str, paragraph: Paragraph) -> str:
        """Return a paragraph as the inspection has it; nothing where it is changed or comes from elsewhere."""
        is_whole = paragraph.starts and paragraph.ends and len(paragraph.lines) == 1
        if (paragraph.changes - {paragraph.moved}) or not is_whole or kind in ("wording", "points"):
            return ""
        home = home_of(self._sent.unit(paragraph.lines[0]))
        texts = {"context": self._inspection.round.context}
        entry = next((held for held in self._inspection.all_findings() if held.id == home.owner), None)
        text = texts.get(home.kind) or getattr(entry, home.kind, None)
        parts = PARTS.split(text.strip()) if isinstance(text, str) else []
        impact = getattr(entry, "impact", None) if home.kind == "text" and home.number == len(parts) else None
        if home.number > len(parts):
            return ""
        return f"{parts[home.number - 1]} {impact}" if impact else parts[home.number - 1]

    def words(self, paragraph: Paragraph) -> str:
        return markdown.source(self._runs(paragraph)).strip()

    def _runs(self, paragraph: Paragraph) -> Runs:
        """Return pieces as runs; the number of a footnote becomes its name again, and other things are no words."""
        return tuple(
            Run("", note=self._note(piece))
            if piece.thing
            else Run(piece.text, piece.strong, piece.emphasis, piece.link)
            for piece in paragraph.pieces
            if not piece.thing or (piece.thing.startswith(("note:", NEW_NOTE)) and self._note(piece))
        )

    def _note(self, piece: Piece) -> str:
        if piece.thing in self.new_notes:
            self.new_notes[piece.thing].used = True
            return self.new_notes[piece.thing].name
        number = piece.thing.removeprefix("note:")
        place = int(number) - 1 if number.isdecimal() else -1
        return self._notes[place] if 0 <= place < len(self._notes) else ""


def literal(text: str) -> str:
    """Return words of a field that knows no Markdown."""
    return "".join(run.text for run in markdown.inline(text))
