"""The sections of a report in the workspace: where each stands in its file, and the entries in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from letters.findings.rewriting import plain
from letters.findings.round_file import Overview
from letters.workspace.refused import Refused

SECTIONS = {
    "summary": "Summary",
    "executive_summary": "Executive summary",
    "introduction": "Introduction",
    "conclusion": "Conclusion",
    "method": "Annex: how the inspections were made",
}
"""The sections that every report can have, by their names in the file."""
CHAPTER, BODY = "findings.", "recommendations."
"""How the names begin of a chapter, by its id, and of the recommendations to a body, by its number."""


@dataclass(frozen=True)
class Section:
    """A section of a report: its name in addresses, its title, and its entries."""

    name: str
    title: str
    entries: list[Any]

    @property
    def is_chapter(self) -> bool:
        """Whether it is a chapter, which has a heading of its own."""
        return self.name.startswith(CHAPTER)

    @property
    def is_body(self) -> bool:
        """Whether it holds the recommendations to one body, which are paragraphs and nothing else."""
        return self.name.startswith(BODY)


def sections(overview: Overview) -> Iterator[Section]:
    """Yield every section of a report in the order in which it is printed; its lists are the report's own."""
    for name in ("summary", "executive_summary", "introduction"):
        yield Section(name, SECTIONS[name], getattr(overview, name))
    for chapter in overview.findings:
        yield Section(f"{CHAPTER}{chapter.id}", chapter.heading, chapter.items)
    for number, body in enumerate(overview.recommendations, start=1):
        yield Section(f"{BODY}{number}", f"Recommendations to {body.to}", body.items)
    for name in ("conclusion", "method"):
        yield Section(name, SECTIONS[name], getattr(overview, name))


def section_named(overview: Overview, name: str) -> Section | None:
    """Return a section by its name in addresses, or None."""
    return next((section for section in sections(overview) if section.name == name), None)


def joined(started: Overview, mine: Overview, theirs: Overview) -> dict[str, Any]:
    """Return two changes of one report in one, as plain data: each part of it as whoever changed it has it.

    Parts are chapters and the other fields of the file. Raises Refused where both changed one part.
    """
    base, own, other = (parts(plain(side)) for side in (started, mine, theirs))
    found: dict[str, Any] = {}
    for name in dict.fromkeys((*other, *own)):
        was, here, there = (side.get(name) for side in (base, own, other))
        if here != was and there not in (was, here):
            raise Refused([("", f"Somebody else changed {called(name)} meanwhile. Look at it, then change it again.")])
        chosen = there if here == was else here
        if chosen is not None:
            found[name] = chosen
    return whole(found)


def parts(value: dict[str, Any]) -> dict[str, Any]:
    """Return the parts of a report by their names: its fields, each chapter, and the order of the chapters."""
    chapters = value.get("findings", [])
    rest = {name: part for name, part in value.items() if name not in ("findings", "version")}
    order = {"order": [chapter["id"] for chapter in chapters]} if chapters else {}
    return {**rest, **order, **{f"{CHAPTER}{chapter['id']}": chapter for chapter in chapters}}


def whole(found: dict[str, Any]) -> dict[str, Any]:
    """Return a report as plain data from its parts."""
    order = [name for name in found.get("order", []) if f"{CHAPTER}{name}" in found]
    rest = {name: part for name, part in found.items() if name != "order" and not name.startswith(CHAPTER)}
    chapters = [found[f"{CHAPTER}{name}"] for name in order]
    return {**rest, **({"findings": chapters} if chapters else {})}


def called(name: str) -> str:
    """Return what people call a part of a report."""
    if name.startswith(CHAPTER):
        return f"the chapter {name.removeprefix(CHAPTER)}"
    return "the order of the chapters" if name == "order" else SECTIONS.get(name, name.replace("_", " ")).lower()
