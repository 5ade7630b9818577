"""The overview of a round: which inspections it draws together, what it counts, and the author's prose."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, Discriminator, Field, StringConstraints, Tag, model_validator

from letters.findings.area import AgencyType, Day, Fieldwork
from letters.findings.fields import Identifier, Line, Part, Prose
from letters.findings.finding import Scope
from letters.findings.inspection import Override
from letters.findings.publishing import Agreement, PublicationPlan

Reference = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*/[A-Za-z][A-Za-z0-9_-]{0,31}$")]
"""A finding of one of the inspections: AREA/FINDING, the name of the file and the id of the finding in it."""
FileName = Annotated[str, StringConstraints(pattern=r"^(?:[A-Za-z0-9][A-Za-z0-9_-]*/)*[a-z][a-z0-9-]*\.yaml$")]
"""A file in the round file's own folder or below it; nothing climbs out of there."""
Address = Annotated[Line, StringConstraints(pattern=r"^https?://[^\s]+$")]


class OverviewKind(StrEnum):
    """What the report is: a whole overview, or an addendum to an earlier one."""

    OVERVIEW = "overview"
    ADDENDUM = "addendum"


class OverviewStage(StrEnum):
    """How far the report has come; a draft is marked on every page."""

    DRAFT = "draft"
    FINAL = "final"


class FindingKind(StrEnum):
    """What a count or a list looks for."""

    STRENGTH = "strength"
    RECOMMENDATION = "recommendation"
    PRIORITY = "priority"
    IMPROVEMENT = "improvement"
    FINDING = "finding"
    CASE_STUDY = "case_study"
    HEADLINE = "headline"


class EarlierReport(Part):
    """The report that an addendum adds to."""

    title: Line
    """Its title."""
    address: Address
    """Where it is published."""


class RoundMember(Part):
    """One inspection of the round."""

    file: FileName
    """Its file, from the round file's folder; the file's own name, without the suffix, is the area's key."""
    letter: Address | None = None
    """Where its letter is published."""
    tracked: Annotated[int, Field(ge=0, le=10_000, strict=True)] | None = None
    """How many children’s experiences were tracked in detail."""
    sampled: Annotated[int, Field(ge=0, le=100_000, strict=True)] | None = None
    """How many more records were sampled."""

    @property
    def key(self) -> str:
        """The name by which findings of this inspection are referred to."""
        return self.file.rpartition("/")[2].removesuffix(".yaml")


class Selection(Part):
    """Which findings are meant: those named, or those of a kind with any of some tags, scopes or types of agency."""

    kind: FindingKind | None = None
    """strength, recommendation, priority, improvement, finding, case_study or headline."""
    tags: list[Line] = []
    """Any of these tags."""
    scopes: list[Scope] = []
    """Any of these scope areas."""
    agencies: list[AgencyType] = []
    """Any of these types of agency."""
    findings: list[Reference] = []
    """Just these findings."""

    @model_validator(mode="after")
    def selects_something(self) -> "Selection":
        named, described = bool(self.findings), bool(self.tags or self.scopes or self.agencies or self.kind)
        if named == described:
            raise ValueError("selects nothing or too much; give either `findings`, or `kind`, `tags` and the like")
        return self


class Count(Selection):
    """What the prose counts."""

    of: Literal["areas", "findings", "children_tracked", "children_sampled"] = "areas"
    """Areas that have such a finding, the findings themselves, or the children of all inspections."""

    @model_validator(mode="before")
    @classmethod
    def children_need_no_finding(cls, given: Any) -> Any:
        if isinstance(given, dict) and str(given.get("of", "")).startswith("children") and len(given) == 1:
            return {**given, "kind": FindingKind.FINDING}
        return given


def as_text(value: Any) -> Any:
    """Read a bare string as the mapping {text: string}."""
    return {"text": value} if isinstance(value, str) else value


class Lesson(Part):
    """A paragraph of the author's, with the findings that it rests on."""

    text: Prose
    """Its words."""
    rests_on: list[Reference] = []
    """The findings that support it."""


class Subheading(Part):
    """A heading within a section."""

    heading: Line
    """Its words."""


class Bullets(Part):
    """A list of the author's."""

    bullets: Annotated[
        list[Annotated[Lesson, BeforeValidator(as_text, json_schema_input_type=str | Lesson)]], Field(min_length=1)
    ]
    """Its bullets."""


class Quotation(Part):
    """Words of a letter, quoted with its area."""

    quote: Reference
    """The finding that is quoted."""
    words: Line | None = None
    """The part that is quoted; left out, all of its text."""


def as_selection(value: Any) -> Any:
    """Read a bare list as findings that are named."""
    return {"findings": value} if isinstance(value, list) else value


class FindingList(Part):
    """Findings in their own words, each with its area."""

    list: Annotated[Selection, BeforeValidator(as_selection, json_schema_input_type=list[Reference] | Selection)]
    """The findings."""
    introduction: Prose | None = None
    """Words before them."""


class PracticeExample(Part):
    """A case study of a letter, in a box."""

    example: Reference
    """The case study."""
    title: Line | None = None
    """A title instead of its own."""
    named: bool = True
    """Whether the area is named; only the area of a published letter may be."""


TableKind = Literal["matrix", "agencies", "scopes", "priorities", "inspections", "samples"]
ChartKind = Literal["agencies", "scopes", "priorities", "timeline"]


class TableHere(Part):
    """A table made from the data of the round."""

    table: TableKind
    """matrix, agencies, scopes, priorities, inspections or samples."""
    id: Identifier
    """A name to refer to it by."""
    caption: Line
    """What it shows."""


class ChartHere(Part):
    """A chart made from the data of the round, with its data as a table."""

    chart: ChartKind
    """agencies, scopes, priorities or timeline."""
    id: Identifier
    """A name to refer to it by."""
    caption: Line
    """What it shows."""


ENTRIES: dict[str, type[BaseModel]] = {
    "text": Lesson,
    "heading": Subheading,
    "bullets": Bullets,
    "quote": Quotation,
    "list": FindingList,
    "example": PracticeExample,
    "table": TableHere,
    "chart": ChartHere,
}


def entry_kind(value: Any) -> str:
    """Tell the kinds of entry apart by the field that only they have."""
    own = (
        name for name, model in ENTRIES.items() if (name in value if isinstance(value, dict) else type(value) is model)
    )
    return f"entry:{next(own, 'text')}"


Entry = Annotated[
    Annotated[Lesson, Tag("entry:text")]
    | Annotated[Subheading, Tag("entry:heading")]
    | Annotated[Bullets, Tag("entry:bullets")]
    | Annotated[Quotation, Tag("entry:quote")]
    | Annotated[FindingList, Tag("entry:list")]
    | Annotated[PracticeExample, Tag("entry:example")]
    | Annotated[TableHere, Tag("entry:table")]
    | Annotated[ChartHere, Tag("entry:chart")],
    Discriminator(entry_kind),
]
Entries = list[Annotated[Entry, BeforeValidator(as_text, json_schema_input_type=str | Entry)]]


class Chapter(Part):
    """A chapter of findings: one theme, across all areas."""

    id: Identifier
    """A name for the chapter."""
    heading: Line
    """Its heading."""
    items: Annotated[Entries, Field(min_length=1)]
    """What it says."""


class ToBody(Part):
    """Recommendations to one national body."""

    to: Line
    """The body."""
    items: Annotated[
        list[Annotated[Lesson, BeforeValidator(as_text, json_schema_input_type=str | Lesson)]], Field(min_length=1)
    ]
    """The recommendations."""


class Overview(Part):
    """A round's report: the inspections, what is counted, and the author's prose by section."""

    id: Identifier
    """One identifier for the report; it names its files."""
    kind: OverviewKind = OverviewKind.OVERVIEW
    """overview, or addendum to an earlier report."""
    adds_to: EarlierReport | None = None
    """The report that an addendum adds to."""
    title: Line
    """The title."""
    strapline: Line
    """The line below it, which says what the report is about."""
    theme: Line
    """The theme of the round, as every inspection of it has it."""
    period: Fieldwork
    """From the first day of the first fieldwork to the last day of the last."""
    published: Day
    """The day that the report bears."""
    reference: Line | None = None
    """Its reference number."""
    stage: OverviewStage = OverviewStage.DRAFT
    """draft or final."""
    version: Annotated[int, Field(ge=1, le=9999, strict=True)] = 1
    """The number of this version."""
    inspectorates: Annotated[list[Identifier], Field(min_length=1)]
    """The inspectorates that publish it, by their id."""
    lead: Identifier = "ofsted"
    """The inspectorate that leads."""
    inspections: Annotated[list[RoundMember], Field(min_length=1)]
    """The inspections of the round, in the order of tables."""
    themes: dict[Line, Line] = {}
    """What tables and charts call each tag, in their order."""
    counts: dict[Identifier, Count] = {}
    """What the prose counts."""
    summary: Entries = []
    """The summary on the front page."""
    executive_summary: Entries = []
    """The executive summary."""
    introduction: Entries = []
    """Introduction and method in short."""
    findings: list[Chapter] = []
    """The findings, a chapter a theme."""
    recommendations: list[ToBody] = []
    """Recommendations to national bodies."""
    conclusion: Entries = []
    """The conclusion."""
    method: Entries = []
    """The annex on method."""
    glossary: dict[Line, Prose] = {}
    """What acronyms and terms mean."""
    footnotes: dict[Identifier, Prose] = {}
    """Footnotes by name; the text refers to one as [^name]."""
    overrides: list[Override] = []
    """Rules set aside for this report."""
    agreements: list[Agreement] = []
    """Who agreed to which words. Internal: they reach no document."""
    publication: PublicationPlan = PublicationPlan()
    """How it is published."""

    @model_validator(mode="after")
    def adds_to_something(self) -> "Overview":
        if (self.kind is OverviewKind.ADDENDUM) != (self.adds_to is not None):
            raise ValueError("an addendum must name its report under `adds_to`, and an overview must not; correct one")
        return self

    @property
    def day(self) -> date:
        """The day that the report bears."""
        return self.published

    def entries(self) -> Iterator[tuple[tuple[str | int, ...], Any]]:
        """Yield every entry of the author's with its path in the file, bullets and recommendations too."""
        for name in ("summary", "executive_summary", "introduction"):
            yield from walked(getattr(self, name), (name,))
        for place, chapter in enumerate(self.findings):
            yield from walked(chapter.items, ("findings", place, "items"))
        for place, body in enumerate(self.recommendations):
            yield from walked(body.items, ("recommendations", place, "items"))
        for name in ("conclusion", "method"):
            yield from walked(getattr(self, name), (name,))


def walked(entries: list[Any], path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Yield entries with their paths; the bullets of a list after it."""
    for place, entry in enumerate(entries):
        yield (*path, place), entry
        if isinstance(entry, Bullets):
            yield from walked(entry.bullets, (*path, place, "bullets"))
