"""A round of inspections as its report needs it: of each inspection its facts and findings, and not the whole of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from letters.findings.area import AgencyType, Area, Fieldwork
from letters.findings.finding import (
    CaseStudy,
    Finding,
    FindingGroup,
    Recommendation,
    RecommendationGroup,
    Scope,
)
from letters.findings.inspection import Inspection, Stage
from letters.findings.references import FOOTNOTE
from letters.findings.round_file import (
    Overview,
    RoundMember,
)
from letters.findings.yaml_source import YamlSource

Steps = tuple[str | int, ...]


class RoundFinding(NamedTuple):
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
    held: tuple[RoundFinding, ...]
    bodies: tuple[str, ...]
    """The names of its partnership and agencies."""
    name: str
    """What messages call its file."""


@dataclass(frozen=True)
class RoundOfInspections:
    """A round: the report's own file, and its inspections by key."""

    name: str
    """What messages call its file."""
    overview: Overview
    members: dict[str, Member]
    source: YamlSource

    @cached_property
    def findings(self) -> dict[str, RoundFinding]:
        """Every finding by its reference."""
        return {held.reference: held for member in self.members.values() for held in member.held}

    @property
    def open_members(self) -> list[Member]:
        """The inspections whose letters are not agreed yet."""
        return [member for member in self.members.values() if member.stage is not Stage.FINAL]

    def line_of(self, path: Steps) -> int:
        """Return the line of a field of the round file."""
        return self.source.line_of(path)


def member_of(about: RoundMember, inspection: Inspection, name: str) -> Member:
    """Return what a report needs of an inspection; `name` is what messages call its file."""
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
        name,
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
) -> RoundFinding:
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
    return RoundFinding(key, finding.id, section, priority, tags, scope, agencies, title, words_of(finding), points)


def words_of(finding: Finding | Recommendation | CaseStudy) -> str:
    """Return what a finding says, its points apart, in Markdown."""
    if isinstance(finding, CaseStudy):
        return "\n\n".join(filter(None, (finding.text, finding.pseudonym_note)))
    if isinstance(finding, Recommendation):
        return "\n\n".join(filter(None, (finding.lead_in, finding.text)))
    return " ".join(filter(None, (finding.text, finding.impact)))
