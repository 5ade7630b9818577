"""A round file in, with its inspections: each kept as what a report needs of it, and every mistake named."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from letters.errors import Fault, InspectionFaults
from letters.findings.area import AgencyType, Area, Fieldwork
from letters.findings.files import dotted, load, read_text, source_of, validated
from letters.findings.finding import (
    CaseStudy,
    Finding,
    FindingGroup,
    Recommendation,
    RecommendationGroup,
    Scope,
)
from letters.findings.inspection import Inspection, Stage
from letters.findings.overview import (
    ChartHere,
    FindingList,
    Lesson,
    Overview,
    PracticeExample,
    Quotation,
    RoundMember,
    TableHere,
)
from letters.findings.references import FOOTNOTE, Mistake
from letters.findings.registers import inspectorates
from letters.findings.yaml_source import Source

REFERENCE = re.compile(r"(?<!\\)\[@([A-Za-z][A-Za-z0-9_-]{0,31})\]")
COUNT = re.compile(r"\]\(count:([A-Za-z][A-Za-z0-9_-]{0,31})\)")

Steps = tuple[str | int, ...]


class Held(NamedTuple):
    """One finding as a report needs it."""

    area: str
    """The key of its inspection."""
    id: str
    section: str
    """strengths, recommendations, main_findings, case_studies or another section of the letter."""
    priority: str
    """Of a recommendation: priority, improvement or unprioritised."""
    tags: frozenset[str]
    scope: Scope | None
    agencies: frozenset[AgencyType]
    """The types of the agencies that it is about; of a recommendation, those that should act."""
    title: str
    text: str
    """Its words in Markdown, paragraphs parted by blank lines."""
    points: tuple[str, ...] = ()
    """Its nested points."""

    @property
    def whole(self) -> str:
        """Everything that it says, without references to footnotes."""
        return " ".join(FOOTNOTE.sub("", " ".join((self.text, *self.points))).split())

    @property
    def reference(self) -> str:
        """How it is referred to."""
        return f"{self.area}/{self.id}"


class Member(NamedTuple):
    """One inspection as a report needs it; the whole of it is not kept, for a round may have thousands."""

    key: str
    about: RoundMember
    id: str
    area: Area
    fieldwork: Fieldwork
    letter_day: date
    stage: Stage
    theme: str
    held: tuple[Held, ...]
    bodies: tuple[str, ...]
    """The names of its partnership and agencies."""


@dataclass(frozen=True)
class RoundOfInspections:
    """A round: the report's own file, and its inspections by key."""

    path: Path
    overview: Overview
    members: dict[str, Member]
    source: Source

    @cached_property
    def findings(self) -> dict[str, Held]:
        """Every finding by its reference."""
        return {held.reference: held for member in self.members.values() for held in member.held}

    def line_of(self, path: Steps) -> int:
        """Return the line of a field of the round file."""
        return self.source.line_of(path)


def load_round(path: Path) -> RoundOfInspections:
    """Read a round file and its inspections; raises InspectionFaults with everything that is wrong in them."""
    source = source_of(read_text(path), str(path))
    overview = validated(Overview, source, str(path))
    members = read_members(path, overview)
    found = RoundOfInspections(path, overview, members, source)
    wrong = list(mistakes(found))
    if wrong:
        raise InspectionFaults([fault_at(found, mistake) for mistake in wrong])
    return found


def parse_round_file(text: str, name: str) -> Overview:
    """Read a round file by itself, without its inspections; raises InspectionFaults."""
    return validated(Overview, source_of(text, name), name)


def fault_at(found: RoundOfInspections, mistake: Mistake) -> Fault:
    """Lay a mistake at its line of the round file."""
    line = found.line_of(mistake.path)
    return Fault(str(found.path), line, dotted(mistake.path), mistake.message, mistake.remedy)


def read_members(path: Path, overview: Overview) -> dict[str, Member]:
    """Return the inspections by key, in the order of the file; what is wrong in any is raised together."""
    members: dict[str, Member] = {}
    faults: list[Fault] = []
    for about in overview.inspections:
        try:
            members.setdefault(about.key, member_of(about, load(path.parent / about.file)))
        except InspectionFaults as error:
            faults += error.faults
    if faults:
        raise InspectionFaults(faults)
    return members


def member_of(about: RoundMember, inspection: Inspection) -> Member:
    """Return what a report needs of an inspection."""
    types = {agency.id: agency.type for agency in inspection.agencies}
    scopes = dict(scopes_of_groups(inspection))
    held = tuple(
        held_of(about.key, section, finding, types, scopes)
        for section, findings in inspection.sections_of_findings()
        for finding in findings
    )
    return Member(
        about.key,
        about,
        inspection.id,
        inspection.area,
        inspection.dates.fieldwork,
        inspection.dates.letter,
        inspection.stage,
        inspection.round.theme,
        held,
        (inspection.partnership.name, *(agency.name for agency in inspection.agencies)),
    )


def scopes_of_groups(inspection: Inspection) -> Iterator[tuple[str, Scope | None]]:
    """Yield the scope of the group that a finding stands in, for findings that have none of their own."""
    for section in ("summary", "context", "headline_findings", "strengths", "main_findings", "recommendations"):
        for group in getattr(inspection, section):
            if isinstance(group, FindingGroup | RecommendationGroup):
                yield from ((finding.id, group.scope) for finding in group.items)


def held_of(
    key: str,
    section: str,
    finding: Finding | Recommendation | CaseStudy,
    types: dict[str, AgencyType],
    scopes: dict[str, Scope | None],
) -> Held:
    """Return one finding as a report needs it."""
    priority, about = "", finding.agencies
    if isinstance(finding, Recommendation):
        priority, section = finding.priority.value, "recommendations"
        about = [] if finding.target == "partnership" else finding.target
    agencies = frozenset(types[name] for name in about)
    if isinstance(finding, Recommendation) and finding.target == "partnership":
        agencies = frozenset([AgencyType.SAFEGUARDING_PARTNERSHIP])
    title = finding.title or "" if isinstance(finding, CaseStudy) else ""
    scope = finding.scope or scopes.get(finding.id)
    points = () if isinstance(finding, CaseStudy) else tuple(point.text for point in finding.points)
    tags = frozenset(finding.tags)
    return Held(key, finding.id, section, priority, tags, scope, agencies, title, words_of(finding), points)


def words_of(finding: Finding | Recommendation | CaseStudy) -> str:
    """Return what a finding says, its points apart, in Markdown."""
    if isinstance(finding, CaseStudy):
        return "\n\n".join(filter(None, (finding.text, finding.pseudonym_note)))
    if isinstance(finding, Recommendation):
        return "\n\n".join(filter(None, (finding.lead_in, finding.text)))
    return " ".join(filter(None, (finding.text, finding.impact)))


def mistakes(found: RoundOfInspections) -> Iterator[Mistake]:
    """Yield every mistake between a round file's fields, and between it and its inspections."""
    yield from unlike_members(found)
    yield from wrong_period(found)
    yield from unknown_bodies(found.overview)
    yield from lost_findings(found)
    yield from wrong_quotations(found)
    yield from lost_names(found.overview)
    yield from lost_notes(found.overview)
    yield from unknown_numbers(found.overview)


def unlike_members(found: RoundOfInspections) -> Iterator[Mistake]:
    """Find an area that is listed twice, and an inspection of another theme."""
    keys: set[str] = set()
    for place, about in enumerate(found.overview.inspections):
        if about.key in keys:
            yield Mistake(("inspections", place), f"{about.key!r} is listed twice", "Keep one of the two.")
        keys.add(about.key)
        theme = found.members[about.key].theme
        if theme.casefold() != found.overview.theme.casefold():
            message = f"{about.file} is of the theme {theme!r}, and the round of {found.overview.theme!r}"
            yield Mistake(("inspections", place), message, "Take it out, or correct the theme.")


def wrong_period(found: RoundOfInspections) -> Iterator[Mistake]:
    """Find a period that is not that of the fieldwork, and a report from before the last letter."""
    weeks = [member.fieldwork for member in found.members.values()]
    real = (min(week.start for week in weeks), max(week.end for week in weeks))
    if (found.overview.period.start, found.overview.period.end) != real:
        message = f"fieldwork went from {real[0]} to {real[1]}"
        yield Mistake(("period",), message, f"Write {{start: {real[0]}, end: {real[1]}}}.")
    last = max(member.letter_day for member in found.members.values())
    if found.overview.published < last:
        yield Mistake(("published",), f"the last letter is of {last}", "An overview follows its letters; check both.")


def unknown_bodies(overview: Overview) -> Iterator[Mistake]:
    """Find inspectorates that there are not, and a lead that takes no part."""
    for place, name in enumerate(overview.inspectorates):
        if name not in inspectorates():
            known = ", ".join(inspectorates())
            yield Mistake(("inspectorates", place), f"there is no inspectorate {name!r}", f"Write one of {known}.")
    if overview.lead not in overview.inspectorates:
        yield Mistake(("lead",), f"{overview.lead!r} takes no part", "Name it under `inspectorates:` too.")


def references_in(overview: Overview) -> Iterator[tuple[Steps, str]]:
    """Yield every reference to a finding with its path."""
    for name, count in overview.counts.items():
        yield from (((("counts", name, "findings", place)), held) for place, held in enumerate(count.findings))
    for path, entry in overview.entries():
        if isinstance(entry, Lesson):
            yield from (((*path, "rests_on", place), held) for place, held in enumerate(entry.rests_on))
        elif isinstance(entry, FindingList):
            yield from (((*path, "list", place), held) for place, held in enumerate(entry.list.findings))
        elif isinstance(entry, Quotation):
            yield (*path, "quote"), entry.quote
        elif isinstance(entry, PracticeExample):
            yield (*path, "example"), entry.example


def lost_findings(found: RoundOfInspections) -> Iterator[Mistake]:
    """Find references to findings that no inspection has, and practice examples that are no case studies."""
    for path, reference in references_in(found.overview):
        held = found.findings.get(reference)
        if held is None:
            near = get_close_matches(reference, found.findings, n=1, cutoff=0.6)
            remedy = f"Did you mean {near[0]}?" if near else f"The areas are {few(found.members)}."
            yield Mistake(path, f"there is no finding {reference!r} in this round", remedy)
        elif path[-1] == "example" and held.section != "case_studies":
            yield Mistake(path, f"{reference} is no case study", "Quote it, or name one of its case studies.")


def unknown_numbers(overview: Overview) -> Iterator[Mistake]:
    """Find counts of children where an inspection does not say how many."""
    for name, count in overview.counts.items():
        field = count.of.removeprefix("children_")
        silent = [about.key for about in overview.inspections if getattr(about, field, 0) is None]
        if count.of.startswith("children") and silent:
            yield Mistake(("counts", name), f"{few(silent)} says no number {field}", f"Give `{field}:` for every area.")


def few(names: Iterable[str]) -> str:
    """Return some names, and not thousands."""
    listed = list(names)
    return ", ".join(listed[:12]) + (" and more" if len(listed) > 12 else "")


def wrong_quotations(found: RoundOfInspections) -> Iterator[Mistake]:
    """Find quoted words that are not in the finding that they are quoted from."""
    for path, entry in found.overview.entries():
        if not isinstance(entry, Quotation) or entry.words is None or entry.quote not in found.findings:
            continue
        words = re.escape(" ".join(FOOTNOTE.sub("", entry.words).split()))
        if not re.search(rf"(?<!\w){words}(?!\w)", found.findings[entry.quote].whole):
            message = f"these words are not in {entry.quote}"
            yield Mistake((*path, "words"), message, "Copy them from there, letter for letter.")


def prose_in(overview: Overview) -> Iterator[tuple[Steps, str]]:
    """Yield every text in Markdown with its path."""
    for path, entry in overview.entries():
        if isinstance(entry, Lesson):
            yield (*path, "text"), entry.text
        elif isinstance(entry, FindingList) and entry.introduction:
            yield (*path, "introduction"), entry.introduction
    for name in overview.glossary:
        yield ("glossary", name), overview.glossary[name]
    for name in overview.footnotes:
        yield ("footnotes", name), overview.footnotes[name]


def lost_names(overview: Overview) -> Iterator[Mistake]:
    """Find counts, tables and charts that are referred to and are not there, and those with a name in common."""
    named: set[str] = set()
    for path, entry in overview.entries():
        if isinstance(entry, TableHere | ChartHere):
            if entry.id in named:
                yield Mistake((*path, "id"), f"{entry.id!r} is the id of another table or chart", "Give it its own.")
            named.add(entry.id)
    for path, text in prose_in(overview):
        for name in REFERENCE.findall(text):
            if name not in named:
                yield Mistake(path, f"there is no table or chart {name!r}", one_of(name, named))
        for name in COUNT.findall(text):
            if name not in overview.counts:
                yield Mistake(path, f"there is no count {name!r}", one_of(name, overview.counts))


def one_of(name: str, known: Iterable[str]) -> str:
    """Say which name may be meant."""
    near = get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f"Did you mean {near[0]}?" if near else "Add it, or take the reference away."


def lost_notes(overview: Overview) -> Iterator[Mistake]:
    """Find footnotes that are not referred to exactly once."""
    uses: dict[str, int] = {}
    for path, text in prose_in(overview):
        for name in FOOTNOTE.findall(text):
            uses[name] = uses.get(name, 0) + 1
            if path[0] == "footnotes":
                yield Mistake(path, "a footnote refers to a footnote", "Say it in the note itself.")
            elif name not in overview.footnotes:
                yield Mistake(path, f"there is no footnote {name!r}", "Add it under `footnotes:`.")
            elif uses[name] > 1:
                yield Mistake(path, f"footnote {name!r} has another reference", "Give each one a note of its own.")
    for name in overview.footnotes:
        if not uses.get(name):
            yield Mistake(("footnotes", name), "no text refers to it", f"Write [^{name}] where it belongs.")
