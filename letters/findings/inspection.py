"""One inspection: its area, people and dates, and everything that was found."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
    model_validator,
)

from letters.findings.addressees import Addressee, Signatory
from letters.findings.area import Agency, Area, Dates, NextSteps, Partnership, Round
from letters.findings.fields import Identifier, Line, Part, Prose
from letters.findings.finding import (
    CaseStudy,
    Finding,
    FindingEntry,
    Recommendation,
    RecommendationEntry,
    findings_of,
    recommendations_of,
)
from letters.findings.publishing import Agreement, PublicationPlan
from letters.findings.switches import Switches, profile, profile_names, resolve_switches


class Kind(StrEnum):
    """Who asked for the inspection, and who carries it out."""

    JOINT = "joint"
    SINGLE_AGENCY = "single_agency"
    SECRETARIES_OF_STATE = "secretaries_of_state"


class Stage(StrEnum):
    """How far the letter has come; every stage but `final` shows its draft marks."""

    DRAFT = "draft"
    AGREEMENT = "agreement"
    FACTUAL_ACCURACY = "factual_accuracy"
    FINAL = "final"


class Layout(Part):
    """How this letter sets what its template leaves open; left out, the template's own way."""

    main_findings: Literal["paragraphs", "numbered", "bullets"] | None = None
    """Main findings as paragraphs, numbered paragraphs or bullets."""
    strengths: Literal["bullets", "paragraphs"] | None = None
    """Key strengths as bullets or paragraphs."""
    recommendations: Literal["bullets", "paragraphs", "table"] | None = None
    """Recommendations as bullets or paragraphs, or areas for priority action as a table with the responsible bodies."""
    signatures: Literal["grid", "stack"] | None = None
    """Signatures two by two, or one below the other."""


class Override(Part):
    """A rule that somebody has set aside for this letter."""

    rule: Annotated[str, StringConstraints(pattern=r"^[VOP][1-9][0-9]?$")]
    """The code of the rule, such as V17."""
    where: Line | None = None
    """The finding or field that it is about; left out, wherever the rule speaks."""
    reason: Prose
    """Why it is right all the same."""
    name: Line
    """Who says so."""


class Withdrawn(Part):
    """A finding that was taken out of the letter in review; internal: it reaches no document."""

    section: Identifier
    """The section that it stood in."""
    finding: Finding | None = None
    """The finding."""
    recommendation: Recommendation | None = None
    """The recommendation."""
    case_study: CaseStudy | None = None
    """The case study."""
    by: Line
    """Who took it out."""
    reason: Prose | None = None
    """Why."""
    group: Line | None = None
    """The heading of the group that it stood in, where that went with it."""
    footnotes: dict[Identifier, Prose] = {}
    """The footnotes that it refers to."""
    referred_by: list[Identifier] = []
    """The recommendations that rested on it, case studies that stood after it, and `headlines` for the web summary."""


class ExtraSection(Part):
    """A section that the template does not foresee."""

    id: Identifier
    """A name for the section."""
    heading: Line | None = None
    """Its heading; left out, its paragraphs follow without one."""
    after: Identifier
    """The section that it follows."""
    items: Annotated[list[FindingEntry], Field(min_length=1)]
    """Its paragraphs."""
    bullets: bool = False
    """Whether its paragraphs are set as bullets."""


def known_profile(name: str) -> str:
    """Return `name`, or raise ValueError where there is no such profile."""
    if name not in profile_names():
        raise ValueError(f"there is no profile {name!r}; write one of {', '.join(profile_names())}")
    return name


def as_list(value: Any) -> Any:
    """Read a bare string as a section of one paragraph."""
    return [value] if isinstance(value, str) else value


Findings = Annotated[list[FindingEntry], BeforeValidator(as_list, json_schema_input_type=str | list[FindingEntry])]


class Inspection(Part):
    """Everything one inspection found, and what its letter needs beside it."""

    id: Identifier
    """One identifier for the inspection; it names the files of its letter."""
    kind: Kind = Kind.JOINT
    """joint, single_agency or secretaries_of_state (section 20(1)(b) of the Children Act 2004)."""
    profile: Annotated[str, AfterValidator(known_profile)] = "current-2024"
    """The named answers to the consultation's open questions."""
    switches: Switches = Field(default=None, validate_default=True)
    """The answers that differ from the profile's."""
    template: Identifier = ""
    """The form of the letter; left out, the one of the profile, or single-agency."""
    layout: Layout = Layout()
    """How the letter sets what its template leaves open."""
    stage: Stage = Stage.DRAFT
    """draft, agreement, factual_accuracy or final; every stage but final shows draft marks."""
    version: Annotated[int, Field(ge=1, le=9999, strict=True)] = 1
    """The number of this version."""
    area: Area
    """The local area."""
    round: Round
    """The round of inspections, with its theme."""
    partnership: Partnership
    """The local safeguarding partnership or board."""
    dates: Dates
    """The dates of the inspection and its letter."""
    inspectorates: Annotated[list[Identifier], Field(min_length=1)]
    """The inspectorates that took part, by their id."""
    lead: Identifier = "ofsted"
    """The inspectorate that leads and publishes first."""
    inspectors: list[Line] = []
    """The inspectors, where the letter names them (single-agency letters)."""
    agencies: list[Agency] = []
    """The agencies of the area."""
    addressees: Annotated[list[Addressee], Field(min_length=1)]
    """Whom the letter is addressed to, in order."""
    signatories: Annotated[list[Signatory], Field(min_length=1)]
    """Who signs it, in order."""
    summary: Findings = []
    """Opening paragraphs below the standing ones, without a heading."""
    context: Findings = []
    """The letter's own words under Context, after those of the round."""
    headline_findings: Findings = []
    """The paragraphs under Headline findings."""
    strengths: Findings = []
    """The strengths."""
    recommendations: list[RecommendationEntry] = []
    """Areas for priority action and for improvement."""
    main_findings: Findings = []
    """The main findings."""
    case_studies: list[CaseStudy] = []
    """Case studies or practice studies."""
    sections: list[ExtraSection] = []
    """Sections that the template does not foresee."""
    next_steps: NextSteps
    """What follows."""
    children_summary: Findings = []
    """The summary suitable for children (SI 2005/1973, regulation 3)."""
    footnotes: dict[Identifier, Prose] = {}
    """Footnotes by name; the text refers to one as [^name]."""
    wording: dict[Identifier, Prose | None] = {}
    """Other words for a standing paragraph of the template, by its name; null leaves it out."""
    overrides: list[Override] = []
    """Rules set aside for this letter, each with a reason and a name."""
    agreements: list[Agreement] = []
    """Who agreed to which words. Internal: they reach no document."""
    publication: PublicationPlan = PublicationPlan()
    """How it is published."""
    withdrawn: list[Withdrawn] = []
    """Findings that were taken out in review. Internal: they reach no document."""

    @field_validator("switches", mode="before")
    @classmethod
    def lay_over_profile(cls, given: Any, info: ValidationInfo) -> Any:
        if isinstance(given, Switches) or not isinstance(given, dict | None):
            return given
        return resolve_switches(info.data.get("profile", "current-2024"), given or {})

    @model_validator(mode="after")
    def fill_in(self) -> "Inspection":
        if not self.template:
            single = self.kind is Kind.SINGLE_AGENCY
            self.template = "single-agency" if single else profile(self.profile)["template"]
        for section, findings in self.sections_of_findings():
            for number, finding in enumerate(findings, start=1):
                finding.id = finding.id or f"{section}-{number}"
        for number, addressee in enumerate(self.addressees, start=1):
            addressee.id = addressee.id or f"addressee-{number}"
        return self

    def sections_of_findings(self) -> Iterator[tuple[str, list[Finding | Recommendation | CaseStudy]]]:
        """Yield every section that holds findings, by its name, with all of them in order."""
        for name in ("summary", "context", "headline_findings", "strengths", "main_findings"):
            yield name, list(findings_of(getattr(self, name)))
        yield "recommendations", list(recommendations_of(self.recommendations))
        yield "case_studies", list(self.case_studies)
        for section in self.sections:
            yield section.id, list(findings_of(section.items))
        yield "children_summary", list(findings_of(self.children_summary))

    def all_findings(self) -> Iterator[Finding | Recommendation | CaseStudy]:
        """Yield every finding, recommendation and case study."""
        for _, findings in self.sections_of_findings():
            yield from findings
