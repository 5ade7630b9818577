"""What an older letter found, as data: its sections, and the switches and layout that its form gives."""

import re
from collections.abc import Iterator
from typing import Any

from letters.findings.references import SECTIONS
from letters.importing.entries import Sections
from letters.importing.parts import Parts
from letters.importing.source import Doubts, Path, normal

NOTHING_URGENT = re.compile(
    r"^(?:(?:we|inspectors|the inspectorates?)\b.{0,40}|there (?:are|were) )?"
    r"\bno (?:areas?|priority|urgent|such)\b.{0,80}$",
    re.IGNORECASE,
)
LABELS = ("areas for development", "areas for improvement", "what needs to improve?", "recommendations")


class Findings:
    """Makes the findings of one letter."""

    def __init__(self, parts: Parts, doubts: Doubts) -> None:
        self._parts, self._doubts = parts, doubts
        self._sections = Sections()

    def take(self, data: dict[str, Any]) -> None:
        """Put findings, recommendations and case studies into the data, and what the form of the letter says."""
        for part in self._parts.sections:
            if part.name not in ("next_steps", "recipients"):
                self._sections.take(part)
        data |= {name: entries for name, entries in self._sections.fields.items() if entries}
        if self._sections.studies:
            data["case_studies"] = self._sections.studies
        self._take_bodies(data)
        switches = self._switches()
        self._nil_statement(data, switches)
        data |= {name: held for name, held in (("switches", switches), ("layout", self._layout())) if held}
        if any(entry.get("target") == "partnership" for _, entry in entries_of(data.get("recommendations", []))):
            what = (
                "recommendations without a body are given to the whole partnership; name the agencies that should act"
            )
            self._doubts.add(("recommendations",), what)

    def _take_bodies(self, data: dict[str, Any]) -> None:
        """Let each body that a table names be an agency, and the partnership the whole of it."""
        agencies: dict[str, str] = {}
        for path, entry in entries_of(data.get("recommendations", [])):
            body = entry.get("target", "")
            if body in ("", "partnership"):
                continue
            if normal(body) == normal(data["partnership"]["name"]):
                entry["target"] = "partnership"
                continue
            entry["target"] = [agencies.setdefault(body, f"body-{len(agencies) + 1}")]
            if " and " in body:
                self._doubts.add(("recommendations", *path), "these may be two bodies; list each under `agencies:`")
        if agencies:
            data["agencies"] = [{"id": name, "type": "other", "name": body} for body, name in agencies.items()]
            self._doubts.add(("agencies",), "they are the bodies of the table; give each its type, and add the others")

    def _switches(self) -> dict[str, Any]:
        """Return the answers that the form of the letter gives: the order of its sections, and what they are called."""
        switches: dict[str, Any] = {}
        order = [name for name in self._parts.order if name in ("strengths", "priority", "improvement")]
        if "strengths" in order and len(order) > 1:
            switches["section_order"] = "strengths_first" if order[0] == "strengths" else "priority_first"
        if "recommendations" in self._parts.order and not {"priority", "improvement"} & set(self._parts.order):
            switches["recommendation_mode"] = "single_list"
        if (label := self._heading("improvement")) in LABELS:
            switches["improvement_label"] = label
        if "urgent" in self._heading("priority"):
            switches["priority_label"] = "urgent action"
        return switches

    def _heading(self, name: str) -> str:
        """Return the heading of a section in small letters; empty where it has none."""
        part = self._parts.section(name)
        return normal(part.heading.text) if part and part.heading else ""

    def _layout(self) -> dict[str, str]:
        """Return how the letter sets what its template leaves open."""
        layout = {}
        if "strengths" in self._sections.in_paragraphs:
            layout["strengths"] = "paragraphs"
        if self._sections.in_paragraphs & {"priority", "improvement", "recommendations"}:
            layout["recommendations"] = "paragraphs"
        if self._sections.in_tables:
            layout["recommendations"] = "table"
        if self._sections.numbered:
            layout["main_findings"] = "numbered"
        elif self._sections.in_bullets:
            layout["main_findings"] = "bullets"
        if any(block.column for block in self._parts.signatures):
            layout["signatures"] = "grid"
        return layout

    def _nil_statement(self, data: dict[str, Any], switches: dict[str, Any]) -> None:
        """Take the sentence that there are no areas for priority action for what it is, and for no recommendation."""
        part = self._parts.section("priority")
        if part and len(part.blocks) == 1 and NOTHING_URGENT.search(part.blocks[0].text):
            switches["nil_priority_statement"] = True
            self._doubts.add(
                ("switches",), "the only sentence under areas for priority action says that there are none"
            )
            kept = [item for item in data["recommendations"] if is_not_urgent(item)]
            data["recommendations"] = kept
            if not kept:
                del data["recommendations"]

    def doubt_headings(self, data: dict[str, Any]) -> None:
        """Doubt every heading that opens no section that letters have: it became that of a group."""
        if not self._parts.sections:
            self._doubts.add((), "no section was recognised by its heading; everything stands in the summary")
        for name, entries in data.items():
            for place, entry in enumerate(entries) if name in SECTIONS and isinstance(entries, list) else ():
                if isinstance(entry, dict) and "items" in entry:
                    what = "no section of letters has this heading; if it opens one, move what is below it there"
                    self._doubts.add((name, place), what)


def entries_of(entries: list[dict[str, Any]]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield every entry of a section with its place, those in groups too."""
    for place, entry in enumerate(entries):
        if "items" in entry:
            yield from (((place, "items", number), item) for number, item in enumerate(entry["items"]))
        else:
            yield (place,), entry


def is_not_urgent(entry: dict[str, Any]) -> bool:
    """Say whether an entry, or a group, holds something beside areas for priority action."""
    return any(item.get("priority") != "priority" for item in entry.get("items", [entry]))
