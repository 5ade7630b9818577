"""The template's own words as an older letter has them: `wording:`, footnotes, and what is left for the summary."""

import re
from collections.abc import Iterator
from typing import Any

from letters.document import markdown
from letters.document.blocks import Document, Heading, Paragraph, Runs, plain
from letters.document.walk import every_block
from letters.houses.words import day as as_words
from letters.importing.entries import Sections
from letters.importing.parts import Parts, SectionPart
from letters.importing.source import Kind, Path, SourceBlock, normal
from letters.importing.standing import Wording, standing_paragraphs, worded

STANDING_NOTES = {"legal-basis": "opening", "regulations": "principal-authority"}
"""The template's footnotes, and the standing paragraph that refers to each."""


class OwnWords:
    """Words the standing paragraphs of one letter."""

    def __init__(self, parts: Parts, footnotes: dict[str, Runs]) -> None:
        self._parts, self._footnotes = parts, footnotes

    def word(self, data: dict[str, Any], plain_letter: Document) -> None:
        """Word the standing paragraphs as the letter has them, and put what is none of theirs into the summary."""
        wording: Wording = {}
        opening = standing_paragraphs(plain_letter, "title", "")
        told, rest = worded(opening, self._parts.opening, keeps_rest=True)
        wording |= told
        if rest:
            summary = Sections()
            summary.take(SectionPart("summary", None, rest))
            data["summary"] = summary.fields["summary"]
            for study in summary.studies:
                study["id"] = f"C-{len(data.get('case_studies', [])) + 1:02d}"
                data.setdefault("case_studies", []).append(study)
        steps = self._parts.section("next_steps")
        ours = standing_paragraphs(plain_letter, "next-steps-heading", "closing")
        wording |= worded(ours, steps.blocks if steps else [], keeps_rest=False)[0]
        wording |= self._single_lines(plain_letter)
        noted = {note.id for note in plain_letter.notes}
        self._word_notes(wording, noted, self.keep_notes(data, wording))
        self._name_facts(data, wording)
        if wording:
            data["wording"] = wording

    def _single_lines(self, document: Document) -> Iterator[tuple[str, str | None]]:
        """Yield the wording of title, headings and closing words that are other than the template's."""
        heads = {part.name.replace("_", "-") + "-heading": part.heading for part in self._parts.sections}
        theirs: dict[str, SourceBlock | None] = {**heads, "title": self._parts.title, "closing": self._parts.closing}
        recipients = self._parts.section("recipients")
        introduction = [block for block in recipients.blocks if block.kind is Kind.PARAGRAPH] if recipients else []
        theirs["recipients"] = introduction[0] if introduction else None
        nil = self._parts.section("priority")
        if nil and len(nil.blocks) == 1:
            theirs["nil-statement"] = nil.blocks[0]
        for block in every_block(document.blocks):
            other = theirs.get(block.id)
            if other is None or not isinstance(block, Heading | Paragraph):
                continue
            if normal(plain(block.runs)) != normal(other.text):
                yield block.id, other.text if isinstance(block, Heading) else markdown.source(other.runs).strip()

    def keep_notes(self, data: dict[str, Any], wording: Wording) -> list[Runs]:
        """Keep each footnote that the data refer to; return the others."""
        said = " ".join(text for _, text in strings_in(data) if text)
        said += " ".join(filter(None, wording.values()))
        kept = {name: runs for name, runs in self._footnotes.items() if f"[^{name}]" in said}
        rest = [runs for name, runs in self._footnotes.items() if name not in kept]
        if kept:
            data["footnotes"] = {name: markdown.source(runs).strip() for name, runs in kept.items()}
        return rest

    def _word_notes(self, wording: Wording, noted: set[str], rest: list[Runs]) -> None:
        """Word the footnotes of standing paragraphs that stay as the letter has them."""
        for name, paragraph in STANDING_NOTES.items():
            if name in noted and paragraph not in wording and rest:
                wording[name] = markdown.source(rest.pop(0)).strip()

    def _name_facts(self, data: dict[str, Any], wording: Wording) -> None:
        """Let worded paragraphs name the deadline and the address as facts, so that they never grow old."""
        steps = data["next_steps"]
        known = {
            "deadline": as_words(steps["deadline"]) if "deadline" in steps else "",
            "email": steps.get("email", ""),
        }
        for name, text in wording.items():
            for fact, words in known.items():
                if text and words:
                    said = re.escape(words.replace("\u00a0", " ")).replace("\\ ", "\\s")
                    text = re.sub(rf"(?<![\w@.-]){said}(?![\w@])", f"{{{fact}}}", text)
            wording[name] = text


def strings_in(value: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Yield every text in plain data with its place."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict | list):
        for key, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from strings_in(part, (*path, key))
