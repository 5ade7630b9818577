"""Which fields each part of an inspection has, in the words of those who fill them in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from textwrap import shorten
from typing import Any

from letters.findings.addressees import Addressee, Signatory
from letters.findings.area import Agency, AgencyType
from letters.findings.editing import places
from letters.findings.finding import CaseType, Priority, Scope
from letters.findings.inspection import ExtraSection, Inspection
from letters.findings.references import Path
from letters.findings.registers import inspectorates
from letters.web.fields import Field, Kind

MARKDOWN = (
    "*Emphasis*, **strong**, [link](https://…) and [^footnote] are understood. A blank line begins a new paragraph."
)
SCOPES = {
    Scope.IDENTIFICATION: "Identifying and responding to risk",
    Scope.ASSESSMENT: "Assessment, planning and decisions",
    Scope.DEEP_DIVE: "The deep-dive theme",
    Scope.LEADERSHIP: "Leadership and management",
}


def words_of(kind: type[StrEnum]) -> Callable[[Inspection], Sequence[tuple[str, str]]]:
    """Return the choices of an enumeration, in words."""
    return lambda inspection: [(held.value, held.value.replace("_", " ").capitalize()) for held in kind]


def priorities(inspection: Inspection) -> list[tuple[str, str]]:
    """Return the kinds of recommendation, as the field calls them."""
    return [
        (Priority.PRIORITY.value, "Area for priority action"),
        (Priority.IMPROVEMENT.value, "Area for improvement"),
        (Priority.UNPRIORITISED.value, "Recommendation without a priority"),
    ]


def agency_types(inspection: Inspection | None = None) -> list[tuple[str, str]]:
    """Return the kinds of body that an agency can be."""
    return [
        (held.value, held.value.replace("_", " ").replace("childrens", "children’s").capitalize())
        for held in AgencyType
    ]


def scopes(inspection: Inspection) -> list[tuple[str, str]]:
    """Return the scope areas of the framework."""
    return [(scope.value, title) for scope, title in SCOPES.items()]


def agencies(inspection: Inspection) -> list[tuple[str, str]]:
    """Return the agencies of the area."""
    return [(agency.id, agency.name) for agency in inspection.agencies]


def every_inspectorate(inspection: Inspection) -> list[tuple[str, str]]:
    """Return every inspectorate there is."""
    return [(name, body.on(inspection.dates.letter).name) for name, body in inspectorates().items()]


def taking_part(inspection: Inspection) -> list[tuple[str, str]]:
    """Return the inspectorates that take part."""
    return [(name, title) for name, title in every_inspectorate(inspection) if name in inspection.inspectorates]


def main_findings(inspection: Inspection) -> list[tuple[str, str]]:
    """Return the findings that a recommendation can rest on."""
    kept = ("recommendations", "case_studies", "children_summary")
    held = [place.entry for place in places(inspection) if place.section not in kept]
    return [(entry.id, f"{entry.id} {begun(entry.text)}") for entry in held]


def begun(words: str) -> str:
    """Return how a text begins, for a list to choose from."""
    return shorten(words, 80, placeholder=" …")


def headlines(inspection: Inspection) -> list[tuple[str, str]]:
    """Return the headline findings."""
    held = [place.entry for place in places(inspection) if place.section == "headline_findings"]
    return [(entry.id, f"{entry.id} {begun(entry.text)}") for entry in held]


def study_places(inspection: Inspection) -> list[tuple[str, str]]:
    """Return where a case study can stand: after a section, or after a finding."""
    named = ["strengths", "improvement", "priority", "main_findings", *(extra.id for extra in inspection.sections)]
    found = [(name, f"After the section: {name.replace('_', ' ')}") for name in named]
    kept = ("case_studies", "summary", "children_summary")
    return found + [
        (held.entry.id, f"After {held.entry.id}") for held in places(inspection) if held.section not in kept
    ]


SOURCES = (
    Field("scope", "Scope area", Kind.ONE, options=scopes, nothing="None"),
    Field("agencies", "Agencies it is about", Kind.MANY, options=agencies),
    Field("inspectorates", "Inspectorates that found it", Kind.MANY, options=taking_part),
    Field("tags", "Tags", Kind.LINES, "One per line. The overview report groups findings by them.", 2),
)
TEAM_ONLY = (
    Field("evidence", "References to evidence", Kind.LINES, "One per line. Not shown in any document.", 2),
    Field("note", "Note to the team", Kind.PROSE, "Seen by the team only.", 2),
)
FINDING = (
    Field("text", "Text", Kind.PROSE, MARKDOWN, 8),
    Field("impact", "Impact on children", Kind.PROSE, "Printed after the text, in the same paragraph.", 3),
    Field("points", "Points below it", Kind.POINTS, "Printed as a list. Empty a box to remove its point."),
    *SOURCES,
    *TEAM_ONLY,
)
RECOMMENDATION = (
    Field("priority", "Kind", Kind.ONE, options=priorities),
    Field("everyone", "For the whole partnership", Kind.FLAG, "If not, choose the agencies that should act."),
    Field("target", "Agencies that should act", Kind.MANY, options=agencies),
    Field(
        "lead_in",
        "Introductory sentence",
        Kind.PROSE,
        "Printed before it, such as ‘Urgent action is required by …’.",
        2,
    ),
    Field("text", "Text", Kind.PROSE, MARKDOWN, 6),
    Field("points", "Points below it", Kind.POINTS, "Printed as a list. Empty a box to remove its point."),
    Field("findings", "Based on these findings", Kind.MANY, options=main_findings),
    *SOURCES,
    *TEAM_ONLY,
)
CASE_STUDY = (
    Field("type", "What it shows", Kind.ONE, options=words_of(CaseType)),
    Field("title", "Title", hint="If left empty, the kind gives it."),
    Field("subtitle", "Second title"),
    Field("text", "Text", Kind.PROSE, f"{MARKDOWN} Lines that begin with “- ” are a list.", 10),
    Field("pseudonym_note", "Note on names", Kind.PROSE, "Such as ‘All names are invented.’", 2),
    Field("after", "Position in the letter", Kind.ONE, options=study_places, nothing="Where the template puts it"),
    *SOURCES,
    *TEAM_ONLY,
)


GROUP = (
    Field("heading", "Heading", hint="If left empty, the name of the scope area."),
    Field("scope", "Scope area", Kind.ONE, options=scopes, nothing="None"),
    Field("introduction", "Text below the heading", Kind.PROSE, MARKDOWN, 3),
)


def fields_of_section(section: str) -> tuple[Field, ...]:
    """Return the fields of what a section holds."""
    return {"recommendations": RECOMMENDATION, "case_studies": CASE_STUDY}.get(section, FINDING)


def section_places(inspection: Inspection) -> list[tuple[str, str]]:
    """Return the sections that another one can follow."""
    names = ("summary", "context", "headline_findings", "priority", "improvement", "strengths", "main_findings")
    return [
        (name, name.replace("_", " ").capitalize()) for name in (*names, *(held.id for held in inspection.sections))
    ]


@dataclass(frozen=True)
class PartForm:
    """A part of an inspection that it has once."""

    name: str
    title: str
    path: Path
    fields: tuple[Field, ...]
    hint: str = ""


@dataclass(frozen=True)
class ListForm:
    """A list of an inspection whose entries have a form each."""

    name: str
    title: str
    one: str
    """What one entry is called."""
    attribute: str
    kind: type[Any]
    fields: tuple[Field, ...]
    shows: Callable[[Any], str]


def switch(name: str, label: str, *choices: tuple[str, str]) -> Field:
    """Return the field of a switch."""
    return Field(name, label, Kind.ONE, options=lambda inspection: choices)


PARTS = {
    form.name: form
    for form in (
        PartForm(
            "area",
            "Area",
            ("area",),
            (
                Field("name", "Name", hint="As the letter calls it."),
                Field(
                    "legal",
                    "Legal name",
                    hint="Such as ‘Royal Borough of Exmere’. If left empty, the same as the name.",
                ),
                Field("short", "Short name", hint="For running text. If left empty, the same as the name."),
                Field("urn", "Unique reference number"),
                Field("region", "Region"),
            ),
        ),
        PartForm(
            "partnership",
            "Safeguarding partnership",
            ("partnership",),
            (
                Field("name", "Name"),
                Field("abbreviation", "Abbreviation"),
                Field("salutation", "How the letter greets it", hint="If left empty, the template’s own form."),
            ),
        ),
        PartForm(
            "round",
            "Round and theme",
            ("round",),
            (
                Field("name", "Name of the round"),
                Field("theme", "Theme of the deep dive", hint="Such as ‘serious youth violence’."),
                Field("response", "What was inspected", hint="If left empty: the multi-agency response to the theme."),
                Field("deep_dive", "Focus of the deep dive", hint="If left empty: the response to the theme."),
                Field("cohort", "Children it covers", hint="Such as ‘children aged 10 and over’."),
                Field(
                    "context", "Standard wording of the round", Kind.PROSE, "Printed in every letter of the round.", 8
                ),
            ),
        ),
        PartForm(
            "next-steps",
            "Next steps",
            ("next_steps",),
            (
                Field("statement_required", "A written statement of action is required", Kind.FLAG),
                Field("principal_authority", "Principal authority", hint="An agency’s id, or a body in words."),
                Field("sender", "Who sends it", hint="Where it is not the principal authority."),
                Field(
                    "contributors",
                    "Who contributes",
                    Kind.LINES,
                    "One per line: an agency’s id, or a body in words.",
                    4,
                ),
                Field("email", "E-mail address that it is sent to"),
                Field("deadline", "Last day", Kind.DAY, "If left empty, 70 working days are counted."),
            ),
        ),
        PartForm(
            "publication",
            "Publication",
            ("publication",),
            (
                Field("headlines", "Findings of the web summary", Kind.MANY, options=headlines),
                Field("embargo", "First day of publication", Kind.DAY),
                Field("page", "Address of the page", hint="Such as https://…"),
            ),
        ),
        PartForm(
            "layout",
            "Layout",
            ("layout",),
            (
                Field(
                    "main_findings",
                    "Main findings",
                    Kind.ONE,
                    options=lambda inspection: [
                        (way, way.capitalize()) for way in ("paragraphs", "numbered", "bullets")
                    ],
                    nothing="As the template has them",
                ),
                Field(
                    "strengths",
                    "Key strengths",
                    Kind.ONE,
                    options=lambda inspection: [(way, way.capitalize()) for way in ("bullets", "paragraphs")],
                    nothing="As the template has them",
                ),
                Field(
                    "recommendations",
                    "Recommendations",
                    Kind.ONE,
                    options=lambda inspection: [(way, way.capitalize()) for way in ("bullets", "paragraphs", "table")],
                    nothing="As the template has them",
                ),
                Field(
                    "signatures",
                    "Signatures",
                    Kind.ONE,
                    options=lambda inspection: [("grid", "Two by two"), ("stack", "One below the other")],
                    nothing="As the template has them",
                ),
            ),
        ),
        PartForm(
            "inspectorates",
            "Inspectorates and inspectors",
            (),
            (
                Field("inspectorates", "Inspectorates that take part", Kind.MANY, options=every_inspectorate),
                Field("lead", "Which leads", Kind.ONE, options=every_inspectorate),
                Field("inspectors", "Inspectors", Kind.LINES, "One per line, where the letter names them.", 4),
            ),
        ),
    )
}
DATES = (
    Field("notified", "Notice given", Kind.DAY),
    Field("start", "First day of fieldwork", Kind.DAY),
    Field("end", "Last day of fieldwork", Kind.DAY),
    Field("letter", "Date of the letter", Kind.DAY),
    Field("pre_published", "Sent to the area before publication", Kind.DAY),
    Field("received", "Received by the principal authority", Kind.DAY),
    Field("published", "Published", Kind.DAY),
)
SWITCHES = (
    switch("recommendation_mode", "Recommendations", ("single_list", "One list"), ("prioritised", "By priority")),
    switch(
        "priority_label",
        "Urgent ones are called",
        ("priority action", "priority action"),
        ("urgent action", "urgent action"),
    ),
    Field("nil_priority_statement", "Say so where there is no area for priority action", Kind.FLAG),
    switch("legal_regime", "Regulations", ("jar_2005", "SI 2005/1973"), ("jar_2015", "SI 2015/1792")),
    switch(
        "action_plan_lead",
        "Who leads the written statement",
        ("local_authority", "The local authority"),
        ("determined_body", "The body that the letter names"),
    ),
    switch(
        "factual_accuracy_mode",
        "Factual accuracy",
        ("single_coordinated", "One answer that the chair coordinates"),
        ("separate_each_agency", "An answer from each agency"),
    ),
    switch(
        "first_notified",
        "Who is told first",
        ("lscb_chair", "The chair of the board"),
        ("dcs", "The director of children’s services"),
        ("safeguarding_partners", "The safeguarding partners"),
    ),
    switch(
        "deadline_basis",
        "The 70 working days run from",
        ("receipt", "Receipt of the letter"),
        ("pre_publication", "Pre-publication"),
        ("publication", "Publication"),
    ),
)
LISTS = {
    form.name: form
    for form in (
        ListForm(
            "agencies",
            "Agencies",
            "agency",
            "agencies",
            Agency,
            (
                Field("id", "Id", hint="A short name that findings refer to, such as ‘police’."),
                Field("type", "Kind of body", Kind.ONE, options=agency_types),
                Field("name", "Name"),
                Field("abbreviation", "Abbreviation"),
                Field("inspected", "Inspected", Kind.FLAG),
            ),
            lambda agency: f"{agency.name} ({agency.id})",
        ),
        ListForm(
            "addressees",
            "Addressees",
            "addressee",
            "addressees",
            Addressee,
            (
                Field("name", "Name"),
                Field("honours", "Letters after the name", hint="Such as QPM."),
                Field("qualifier", "Interim or acting"),
                Field("role", "Role"),
                Field("role_first", "The letter says the role before the name", Kind.FLAG),
                Field("organisation", "Organisation", hint="Where the role does not name it."),
                Field("agency", "Agency that the person leads", Kind.ONE, options=agencies, nothing="None"),
                Field("postal_address", "Postal address", Kind.LINES, "One line each.", 4),
                Field("website", "Website"),
            ),
            lambda person: ", ".join(filter(None, (person.name, person.role, person.organisation))),
        ),
        ListForm(
            "signatories",
            "Signatories",
            "signatory",
            "signatories",
            Signatory,
            (
                Field("inspectorate", "Inspectorate", Kind.ONE, options=taking_part),
                Field("name", "Name"),
                Field("honours", "Letters after the name", hint="Such as OBE."),
                Field("title", "Title", Kind.LINES, "One line each, as the letter prints it.", 3),
                Field(
                    "printed_as",
                    "Name of the inspectorate above the signature",
                    hint="If left empty, the template’s own.",
                ),
            ),
            lambda person: f"{person.name or 'No name'} for {person.inspectorate}",
        ),
        ListForm(
            "sections",
            "Additional sections",
            "section",
            "sections",
            ExtraSection,
            (
                Field("id", "Id", hint="A short name, such as ‘voices’."),
                Field("heading", "Heading", hint="If left empty, its paragraphs follow without one."),
                Field("after", "Section that it follows", Kind.ONE, options=section_places),
                Field("bullets", "Its paragraphs are set as bullets", Kind.FLAG),
            ),
            lambda section: section.heading or section.id,
        ),
    )
}
