"""What the inspectors found: findings, recommendations and case studies, one by one."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator

from letters.findings.fields import Identifier, Line, Part, Prose


class Scope(StrEnum):
    """The four scope areas of a joint targeted area inspection (framework, paragraph 'scope')."""

    IDENTIFICATION = "identification"
    ASSESSMENT = "assessment"
    DEEP_DIVE = "deep_dive"
    LEADERSHIP = "leadership"


class Priority(StrEnum):
    """How urgent a recommendation is; `unprioritised` is for letters with a single list."""

    PRIORITY = "priority"
    IMPROVEMENT = "improvement"
    UNPRIORITISED = "unprioritised"


class CaseType(StrEnum):
    """What a case study shows."""

    HIGHLY_EFFECTIVE = "highly_effective"
    IMPROVEMENT = "improvement"
    PRIORITY = "priority"
    PLACE = "place"


class Point(Part):
    """One nested point of a finding, printed below it at the next list level."""

    text: Prose
    """The point's own words."""


def as_mapping(value: Any) -> Any:
    """Read a bare string as the mapping {text: string}."""
    return {"text": value} if isinstance(value, str) else value


def refuse_bare_agency(value: Any) -> Any:
    """Return a target, or raise ValueError where one agency is named without brackets."""
    if isinstance(value, str) and value != "partnership":
        raise ValueError(f"{value!r} is not a list; write [{value}], or partnership")
    return value


class Sourced(Part):
    """What every finding carries beside its words; none of it reaches a document."""

    id: Identifier = ""
    """A name for this finding that stays when its words or its place change, such as S-03."""
    scope: Scope | None = None
    """The scope area of the framework that it belongs to."""
    agencies: list[Identifier] = []
    """The agencies it is about, by their id."""
    inspectorates: list[Identifier] = []
    """The inspectorates whose inspectors found it."""
    tags: list[Line] = []
    """Words for the overview report to gather findings by."""
    evidence: list[Line] = []
    """References to evidence. Internal: they reach no document."""
    note: Prose | None = None
    """A note among the team. Internal: it reaches no document."""


class Finding(Sourced):
    """One finding: a strength, or a paragraph of the narrative."""

    text: Prose
    """Its words. A blank line begins a new paragraph."""
    impact: Prose | None = None
    """What it means for children; printed after the text, in the same paragraph."""
    points: list[Annotated[Point, BeforeValidator(as_mapping, json_schema_input_type=str | Point)]] = []
    """Nested points, printed as a list below it."""


class Recommendation(Sourced):
    """One area for priority action or for improvement, with the bodies that should act on it."""

    priority: Priority = Priority.UNPRIORITISED
    """priority, improvement, or unprioritised where the letter has a single list."""
    target: Annotated[Literal["partnership"] | list[Identifier], BeforeValidator(refuse_bare_agency)]
    """`partnership` for all of it, or a list of the agencies that should act, by their id."""
    lead_in: Prose | None = None
    """A paragraph before the recommendation, such as 'Urgent action is required by ...'."""
    text: Prose | None = None
    """Its words."""
    points: list[Annotated[Point, BeforeValidator(as_mapping, json_schema_input_type=str | Point)]] = []
    """Nested points, printed as a list below it."""
    findings: list[Identifier] = []
    """The main findings that it rests on, by their id."""

    @model_validator(mode="after")
    def says_something(self) -> "Recommendation":
        if self.text is None and not (self.lead_in and self.points):
            raise ValueError("has no words; give it `text`, or a `lead_in` with `points`")
        return self


class CaseStudy(Sourced):
    """A case study or practice study, printed in a box."""

    type: CaseType
    """highly_effective, improvement, priority or place; it gives the title."""
    title: Line | None = None
    """A title instead of the one that the type gives."""
    subtitle: Line | None = None
    """A second title below the first, such as what the study is about."""
    text: Prose
    """Its paragraphs, parted by blank lines. Lines that begin with `- ` are a list."""
    pseudonym_note: Prose | None = None
    """Words such as 'All names are pseudonyms.', printed at the end of the box."""
    after: Identifier | None = None
    """The section (strengths, improvement, priority, main_findings) or finding that it follows."""


class GroupHead(Part):
    """The head of a group: a heading of its own, and words below it."""

    heading: Line | None = None
    """The heading; left out, it is the name of the scope area."""
    scope: Scope | None = None
    """The scope area that the group is about."""
    introduction: Prose | None = None
    """Words between the heading and the first entry."""

    @model_validator(mode="after")
    def has_a_heading(self) -> Self:
        if self.heading is None and self.scope is None:
            raise ValueError("a group needs a `heading` or a `scope`; give one of them")
        return self


class FindingGroup(GroupHead):
    """Findings under a heading of their own."""

    items: Annotated[
        list[Annotated[Finding, BeforeValidator(as_mapping, json_schema_input_type=str | Finding)]], Field(min_length=1)
    ]
    """The findings of the group."""


class RecommendationGroup(GroupHead):
    """Recommendations under a heading of their own."""

    items: Annotated[list[Recommendation], Field(min_length=1)]
    """The recommendations of the group."""


def entry_kind(value: Any) -> str:
    """Tell a group from a single entry by its `items`."""
    is_group = "items" in value if isinstance(value, dict) else isinstance(value, GroupHead)
    return "group" if is_group else "item"


FindingEntry = Annotated[
    Annotated[Annotated[Finding, BeforeValidator(as_mapping, json_schema_input_type=str | Finding)], Tag("item")]
    | Annotated[FindingGroup, Tag("group")],
    Discriminator(entry_kind),
]
RecommendationEntry = Annotated[
    Annotated[Recommendation, Tag("item")] | Annotated[RecommendationGroup, Tag("group")],
    Discriminator(entry_kind),
]


def findings_of(entries: Iterable[Finding | FindingGroup]) -> Iterator[Finding]:
    """Yield every finding of a section in order, those in groups too."""
    for entry in entries:
        yield from entry.items if isinstance(entry, FindingGroup) else (entry,)


def recommendations_of(
    entries: Iterable[Recommendation | RecommendationGroup],
) -> Iterator[Recommendation]:
    """Yield every recommendation in order, those in groups too."""
    for entry in entries:
        yield from entry.items if isinstance(entry, RecommendationGroup) else (entry,)
