"""What one field of an inspection says of another: ids given once, references that lead somewhere."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from letters.findings.inspection import Inspection
from letters.findings.registers import inspectorates

FOOTNOTE = re.compile(r"(?<!\\)(?:\\\\)*\[\^([A-Za-z][A-Za-z0-9_-]{0,31})\]")
RESERVED = frozenset({"footnotes", "letter", "title"})
PROSE = ("text", "impact", "lead_in", "introduction", "pseudonym_note")
SECTIONS = (
    "summary",
    "context",
    "headline_findings",
    "priority",
    "improvement",
    "recommendations",
    "strengths",
    "main_findings",
    "next_steps",
    "children_summary",
)

Path = tuple[str | int, ...]
Values = list[tuple[Path, Any]]
"""Everything in an inspection with its path."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A reference that leads nowhere, or a name given twice: where, what and what to do."""

    path: Path
    message: str
    remedy: str


def mistakes(inspection: Inspection) -> list[Mistake]:
    """Return every mistake between the fields of an inspection."""
    values = list(walk(inspection))
    return [
        *repeated_ids(values),
        *unknown_references(inspection, values),
        *lost_footnotes(inspection, values),
        *unlisted_or_repeated_inspectorates(inspection),
        *circular_sections(inspection),
    ]


def walk(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Yield every model and every plain value in an inspection with its path."""
    yield path, value
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from walk(getattr(value, name), (*path, name))
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from walk(inner, (*path, name))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from walk(inner, (*path, place))


ON_WINDOWS = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{device}{number}" for device in ("com", "lpt") for number in range(1, 10)),
}
"""Names that no file can have on Windows; letters are called by their ids."""


def repeated_ids(values: Values) -> Iterator[Mistake]:
    """Find ids that two findings, agencies or people share."""
    seen: set[str] = set()
    for path, value in values:
        if path == ("id",) and value.lower() in ON_WINDOWS:
            yield Mistake(path, f"{value!r} is the name of a device on Windows", "Give it another id.")
        if path[-1:] != ("id",) or len(path) == 1:
            continue
        if value.lower() in seen:
            yield Mistake(path, f"{value!r} is also the id of something else", "Give it a unique id.")
        elif value.lower() in RESERVED | {name.lower() for name in SECTIONS}:
            yield Mistake(path, f"{value!r} is the name of a section that every letter has", "Give it another id.")
        seen.add(value.lower())


def unknown_references(inspection: Inspection, values: Values) -> Iterator[Mistake]:
    """Find names of agencies, inspectorates, findings and sections that are not there."""
    known = known_names(inspection)
    for path, value in values:
        kind = kind_of_reference(path) if isinstance(value, str) else None
        if kind and value not in known[kind]:
            yield unknown(path, kind, value, known[kind])


def kind_of_reference(path: Path) -> str | None:
    """Say what a value at `path` refers to, if it refers to anything."""
    steps = [step for step in path if isinstance(step, str)]
    if (steps and steps[0] in ("footnotes", "wording")) or path[-1:] == ("target",):
        return None
    match steps:
        case ["inspectorates"] | ["lead"] | [_, "inspectorates"] | [_, "items", "inspectorates"]:
            return "inspectorate"
        case ["signatories", "inspectorate"] | ["agreements", "inspectorate"]:
            return "participant"
        case ["publication", "headlines"]:
            return "finding"
        case ["recommendations", "findings"] | ["recommendations", "items", "findings"]:
            return "finding"
        case ["case_studies", "after"]:
            return "place"
        case ["sections", "after"]:
            return "section"
        case [_, *_, last] if last in ("agency", "target", "agencies"):
            return "agency"
    return None


def known_names(inspection: Inspection) -> dict[str, set[str]]:
    """Return the names that each kind of reference may use."""
    findings = {finding.id for finding in inspection.all_findings()}
    sections = {section.id for section in inspection.sections}
    return {
        "inspectorate": set(inspectorates()),
        "participant": set(inspection.inspectorates),
        "finding": findings,
        "place": findings | sections | set(SECTIONS),
        "section": sections | set(SECTIONS),
        "agency": {agency.id for agency in inspection.agencies},
    }


def unknown(path: Path, kind: str, value: str, known: set[str]) -> Mistake:
    """Say that a name is not known, and which one may be meant."""
    from difflib import get_close_matches

    kind = {"participant": "inspectorate", "place": "section or finding"}.get(kind, kind)
    near = get_close_matches(value, known, n=1, cutoff=0.5)
    remedy = f"Did you mean {near[0]}?" if near else f"This inspection has {', '.join(sorted(known)) or 'none'}."
    return Mistake(path, f"there is no {kind} {value!r} here", remedy)


def lost_footnotes(inspection: Inspection, values: Values) -> Iterator[Mistake]:
    """Find footnotes that no text, or more than one place, refers to, and references without a note."""
    uses: Counter[str] = Counter()
    for path, value in values:
        if not isinstance(value, str) or not takes_footnotes(path):
            continue
        for name in FOOTNOTE.findall(value):
            uses[name] += 1
            if path[0] == "footnotes":
                yield Mistake(path, "a footnote refers to a footnote", "Write it in the footnote itself.")
            elif name not in inspection.footnotes and path[0] != "wording":
                yield Mistake(path, f"there is no footnote {name!r}", "Add it under `footnotes:`.")
            elif uses[name] > 1:
                yield Mistake(
                    path, f"footnote {name!r} already has a reference", "Write a separate footnote for each reference."
                )
    for name in inspection.footnotes:
        if not uses[name]:
            elsewhere = next((path for path, value in values if refers_to(path, value, name)), None)
            if elsewhere:
                yield Mistake(elsewhere, f"no footnote can be here, and [^{name}] is", "Refer to it in a finding.")
            else:
                yield Mistake(("footnotes", name), "no text refers to it", f"Write [^{name}] where it belongs.")


def refers_to(path: Path, value: Any, name: str) -> bool:
    """Say whether a field that prints no footnotes refers to one."""
    return isinstance(value, str) and path[0] != "withdrawn" and f"[^{name}]" in value


def takes_footnotes(path: Path) -> bool:
    """Say whether a text is one whose footnotes are printed: prose of the letter, and not a heading or a title."""
    if path[0] == "withdrawn":
        return False
    if path[0] in ("footnotes", "wording"):
        return len(path) > 1
    return path == ("round", "context") or path[-1] in PROSE


def unlisted_or_repeated_inspectorates(inspection: Inspection) -> Iterator[Mistake]:
    """Find a lead that does not take part, and an inspectorate listed twice."""
    if inspection.lead not in inspection.inspectorates:
        yield Mistake(("lead",), f"{inspection.lead!r} is not one of the inspectorates", "Add it to `inspectorates:`.")
    for place, name in enumerate(inspection.inspectorates):
        if name in inspection.inspectorates[:place]:
            yield Mistake(("inspectorates", place), f"{name!r} is listed twice", "Keep one of the two.")
    signing = [signatory.inspectorate for signatory in inspection.signatories]
    for place, name in enumerate(signing):
        if name in signing[:place]:
            yield Mistake(("signatories", place), f"{name!r} signs twice", "Keep one signatory for each inspectorate.")


def circular_sections(inspection: Inspection) -> Iterator[Mistake]:
    """Find sections that follow each other in a circle."""
    after = {section.id: section.after for section in inspection.sections}
    for place, section in enumerate(inspection.sections):
        seen, name = {section.id}, section.after
        while name in after and name not in seen:
            seen.add(name)
            name = after[name]
        if name in seen:
            yield Mistake(("sections", place, "after"), "the section follows itself", "Name a section of the letter.")
