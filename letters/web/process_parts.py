"""The forms of what documents around a letter are made from: its parts, and how their fields become a record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from secrets import token_hex
from typing import Any

from django.http import QueryDict

from letters.findings.inspection import Inspection
from letters.web.fields import Field, Kind, Shown
from letters.web.forms import agencies, taking_part, words_of
from letters.workspace.process_facts import ContactRole, MeetingKind, SaidKind, Sample, Unfit

BLANK = 2
"""Empty entries that a form of a list ends with."""
MOST = 300
"""Entries that a list can have."""


@dataclass(frozen=True)
class PartForm:
    """The form of one part of the record."""

    title: str
    hint: str
    single: tuple[Field, ...] = ()
    """Fields that it has once."""
    entries: tuple[Field, ...] = ()
    """Fields of each entry of its list."""
    one: str = ""
    """What an entry is called."""
    home: str = ""
    """Where in the record it stands."""
    listed: str = ""
    """Under which name of `home` its list stands; empty where `home` is the list itself."""


def said_findings(inspection: Inspection) -> list[tuple[str, str]]:
    """Return the findings that can have been fed back."""
    return [
        (str(entry.id), f"{entry.id}: {' '.join((entry.text or '').split())[:80]}")
        for entry in inspection.all_findings()
    ]


def roles(inspection: Inspection) -> list[tuple[str, str]]:
    """Return why somebody is called."""
    return [
        (ContactRole.CHAIR, "Chair of the partnership or board"),
        (ContactRole.BUSINESS_MANAGER, "Business manager, if the chair cannot be reached"),
        (ContactRole.DCS, "Director of children’s services"),
        (ContactRole.PARTNER, "Safeguarding partner"),
        (ContactRole.AGENCY, "Leader of another agency"),
        (ContactRole.REQUESTER, "Secretary of State who asked for the inspection"),
    ]


def said_kinds(inspection: Inspection) -> list[tuple[str, str]]:
    """Return how a finding can have been put."""
    return [
        (SaidKind.STRENGTH, "Strength"),
        (SaidKind.PRIORITY, "Area for priority action"),
        (SaidKind.IMPROVEMENT, "Area for improvement"),
    ]


def samples(inspection: Inspection) -> list[tuple[str, str]]:
    """Return how many children an audit can look at."""
    return [(Sample.UP_TO_5, "Up to 5"), (Sample.FROM_6_TO_10, "6 to 10"), (Sample.MORE_THAN_10, "More than 10")]


PARTS = {
    "contacts": PartForm(
        "Contacts",
        "Whom to call on the day of notice, and to write to.",
        entries=(
            Field("id", "Id"),
            Field("role", "Part", Kind.ONE, options=roles, nothing="Choose"),
            Field("name", "Name"),
            Field("body", "What the person leads"),
            Field("agency", "Agency", Kind.ONE, options=agencies, nothing="None of them"),
            Field(
                "inspectorate",
                "Inspectorate that calls",
                Kind.ONE,
                options=taking_part,
                nothing="The one that inspects such agencies",
            ),
            Field("telephone", "Telephone"),
            Field("email", "Email address", hint="Such as name@example.org"),
        ),
        one="contact",
        home="contacts",
    ),
    "team": PartForm(
        "Team",
        "The inspectors, the lead inspector first.",
        entries=(
            Field("name", "Name"),
            Field("inspectorate", "Inspectorate", Kind.ONE, options=taking_part, nothing="Choose"),
            Field("role", "Role", hint="Such as lead inspector"),
        ),
        one="inspector",
        home="team",
    ),
    "meetings": PartForm(
        "Meetings",
        "The set-up meeting, those with key managers, and the joint feedback meeting.",
        entries=(
            Field("kind", "Kind", Kind.ONE, options=words_of(MeetingKind), nothing="Choose"),
            Field("title", "Title, if its kind does not say it"),
            Field("day", "Day", Kind.DAY),
            Field("at", "Begins", hint="Such as 09:30"),
            Field("until", "Ends", hint="Such as 11:00"),
            Field("place", "Place, or how to join"),
            Field("people", "Who takes part", Kind.LINES, "One per line", 3),
            Field("present", "Who was there", Kind.LINES, "One per line", 3),
        ),
        one="meeting",
        home="meetings",
    ),
    "calls": PartForm(
        "Calls",
        "Each call of the day of notice, also where nobody was reached.",
        entries=(
            Field("contact", "Whom", Kind.ONE, nothing="Choose"),
            Field("day", "Day", Kind.DAY),
            Field("at", "Time", hint="Such as 09:05"),
            Field("by", "Who called"),
            Field("reached", "The person was spoken to", Kind.FLAG),
            Field("note", "What was said", Kind.PROSE, rows=2),
        ),
        one="call",
        home="calls",
    ),
    "request": PartForm(
        "Request for information",
        "What the agencies are asked for before fieldwork.",
        single=(
            Field("children", "Children of the joint audit", Kind.ONE, options=samples, nothing="Choose"),
            Field("criteria", "Which children", Kind.LINES, "One criterion per line", 4),
            Field("return_by", "To be returned by", Kind.DAY),
            Field("return_to", "To be returned to"),
            Field("information", "Other information", Kind.LINES, "One per line", 4),
        ),
        home="request",
    ),
    "audit": PartForm(
        "Joint audit",
        "What the agencies found together. A child has letters and a number, and no name.",
        entries=(
            Field("id", "Child", hint="Such as A-1"),
            Field(
                "contributions",
                "What each agency says",
                Kind.LINES,
                "One per line: the agency’s id, a colon, its words",
                4,
            ),
            Field("evaluation", "What they agree on", Kind.PROSE, rows=3),
            Field("learning", "What they learn", Kind.LINES, "One per line", 2),
            Field("findings", "Findings that it bears on", Kind.MANY, options=said_findings),
        ),
        one="child",
        home="audit",
    ),
    "feedback": PartForm(
        "Joint feedback",
        "What was said on the last day to be in the letter. The letter is held against it (V36).",
        single=(Field("heard", "Who heard it", Kind.LINES, "One per line", 3),),
        entries=(
            Field("finding", "Finding", Kind.ONE, options=said_findings, nothing="Choose"),
            Field("kind", "How it was put", Kind.ONE, options=said_kinds, nothing="Choose"),
            Field("words", "What was said", Kind.PROSE, rows=2),
            Field("evidence", "What it rests on", Kind.PROSE, rows=2),
            Field("agencies", "Agencies", Kind.MANY, "If none is chosen, the whole partnership.", options=agencies),
            Field("changed", "Why the letter says otherwise", Kind.PROSE, "If it does.", 2),
        ),
        one="finding",
        home="feedback",
        listed="said",
    ),
    "practical": PartForm(
        "Practical",
        "Words that letters to the area use.",
        single=(
            Field("enquiries", "Whom to ask", hint="A name with a number or an address"),
            Field("sharing", "How information is shared safely", Kind.PROSE, rows=3),
            Field("complaints", "How to complain", Kind.PROSE, rows=3),
        ),
    ),
}
"""The parts of the record, in the order in which they are filled in."""


@dataclass(frozen=True)
class ShownPart:
    """A part as its page shows it."""

    single: tuple[Shown, ...]
    entries: tuple[tuple[Shown, ...], ...]
    faults: tuple[tuple[str, str], ...]


def read(form: PartForm, posted: QueryDict) -> dict[str, Any]:
    """Return what a form says, as the record has it; entries without words are none."""
    single = {field.name: value for field in form.single if (value := field.read(posted)) not in (None, [], "")}
    entries = [entry for number in range(MOST) if (entry := entry_of(form, posted, number)) is not None]
    if not form.home:
        return single
    if not form.entries:
        return {form.home: single or None}
    if not form.listed:
        return {form.home: with_ids(entries) if form.home == "contacts" else entries}
    return {form.home: {form.listed: entries, **single} if entries or single else None}


def too_many(form: PartForm, posted: QueryDict) -> bool:
    """Say whether a form has an entry more than a list can have."""
    return any(entry_of(form, posted, number) is not None for number in range(MOST, MOST + BLANK))


def entry_of(form: PartForm, posted: QueryDict, number: int) -> dict[str, Any] | None:
    """Return an entry of a form's list; none where nothing of it is filled in."""
    fields = [replace(field, name=f"{field.name}-{number}") for field in form.entries]
    if not any(name in posted for name in (field.name for field in fields)):
        return None
    found = {
        field.name: value
        for field, named in zip(form.entries, fields, strict=True)
        if (value := named.read(posted)) not in (None, [], "", False)
    }
    if not set(found) - {"id"}:
        return None if form.home == "contacts" or not found else found
    if form.home == "calls":
        found.setdefault("reached", False)
    if "contributions" in found:
        found["contributions"] = [contribution(line) for line in found["contributions"]]
    return found


def contribution(line: str) -> dict[str, str]:
    """Return what one agency says, from a line with its id before a colon."""
    agency, _, text = line.partition(":")
    return {"agency": agency.strip(), "text": text.strip()}


def with_ids(contacts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return contacts each with an id: the one that it has, or a new one that no other ever had."""
    return [entry if "id" in entry else {"id": f"contact-{token_hex(4)}", **entry} for entry in contacts]


def shown(
    form: PartForm,
    data: Mapping[str, Any],
    inspection: Inspection,
    options: Mapping[str, Sequence[tuple[str, str]]],
    unfit: Sequence[Unfit] = (),
) -> ShownPart:
    """Return a part as its page shows it, with what is wrong with what was typed.

    `options` are choices that no inspection gives, by the name of the field.
    """
    home = data.get(form.home) if form.home else data
    single = home if isinstance(home, Mapping) else {}
    rows = (home if isinstance(home, list) else single.get(form.listed, [])) if form.entries else []
    faults = [(name_of(form, one), one.message) for one in unfit]
    wrong = dict(faults)
    room = min(BLANK, MOST - len(rows)) if form.entries else 0
    blank: list[Mapping[str, Any]] = [{} for _ in range(room)]
    return ShownPart(
        tuple(as_shown(field, field.name, single, inspection, options, wrong) for field in form.single),
        tuple(
            tuple(as_shown(field, f"{field.name}-{at}", row, inspection, options, wrong) for field in form.entries)
            for at, row in enumerate([*rows, *blank])
        ),
        tuple(faults),
    )


def as_shown(
    field: Field,
    name: str,
    row: Mapping[str, Any],
    inspection: Inspection,
    options: Mapping[str, Sequence[tuple[str, str]]],
    wrong: Mapping[str, str],
) -> Shown:
    """Return a field of a row as the page shows it."""
    choices = tuple(options.get(field.name, field.options(inspection) if field.options else ()))
    choices = (("", field.nothing), *choices) if field.nothing else choices
    value = row.get(field.name)
    if field.name == "contributions":
        value = [f"{held['agency']}: {held['text']}" for held in value or []]
    return Shown(replace(field, name=name), field.shown(value), choices, wrong.get(name, ""))


def name_of(form: PartForm, one: Unfit) -> str:
    """Return the field of a form that a fault is about."""
    rest = one.path[1:] if form.home else one.path
    if form.listed and rest[:1] == (form.listed,):
        rest = rest[1:]
    if rest and isinstance(rest[0], int):
        return f"{rest[1]}-{rest[0]}" if len(rest) > 1 else f"{form.entries[0].name}-{rest[0]}"
    return str(rest[0]) if rest else ""
