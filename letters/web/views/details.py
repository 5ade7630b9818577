"""The rest of the file in forms: area, people, agencies, dates, next steps, wording, footnotes, words everywhere."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from pydantic import BaseModel

from letters.findings import editing
from letters.findings.area import Area, Round
from letters.findings.editing import EditFault, EditFaults
from letters.findings.inspection import Inspection
from letters.findings.starting import FIRST_PARAGRAPH
from letters.findings.timetable import timetable
from letters.web.asking import base_of, case_page, once_of, opened, saved_or_asked
from letters.web.fields import Form, form_of, values
from letters.web.forms import DATES, LISTS, PARTS, SWITCHES, ListForm, PartForm
from letters.web.pages import address, page
from letters.workspace.access import Access, NoSuchCase
from letters.workspace.models import MadeBy, Version
from letters.workspace.reading import head_of, moved_places, read_version
from letters.workspace.roles import Act
from letters.workspace.saving import Change

MOST_NAMED = 8
"""Places that a message names; of more it says how many there are."""
OTHERS = (
    ("dates", "Dates"),
    ("wording", "Standard wording"),
    ("footnotes", "Footnotes"),
    ("switches", "Options for this letter"),
)


@case_page(Act.LEAD)
def details(request: HttpRequest, access: Access) -> HttpResponse:
    """List the parts of a case beside its findings."""
    inspection = read_version(head_of(access.case)).inspection
    lists = [(form, len(getattr(inspection, form.attribute))) for form in LISTS.values()]
    context = {
        "access": access,
        "parts": list(PARTS.values()),
        "lists": lists,
        "others": OTHERS,
        "inspection": inspection,
    }
    return page(request, "details.html", context)


@case_page(Act.LEAD, "GET", "HEAD", "POST")
def part(request: HttpRequest, access: Access, name: str) -> HttpResponse:
    """Show a part of an inspection in its form, and save it."""
    if name == "switches":
        return switches(request, access)
    if name not in PARTS:
        raise NoSuchCase(name)
    form = PARTS[name]
    base, wanted = opened(request, access)
    if request.method != "POST":
        return part_page(request, access, base, form, form_of(form.fields, as_given(part_of(wanted, form)), wanted))
    given = values(form.fields, request.POST, part_of(wanted, form))
    editing.set_fields(part_of(wanted, form), {**unsaid(part_of(wanted, form)), **given})
    return saved_part(request, access, base, wanted, form, given)


def saved_part(
    request: HttpRequest,
    access: Access,
    base: Version,
    wanted: Inspection,
    form: PartForm,
    given: Mapping[str, Any],
) -> HttpResponse:
    """Save a part, or show its form again with what is wrong."""
    change = Change(
        MadeBy.FORM, f"changed {form.title.lower()}", once_of(request), address("details", slug=access.case.slug)
    )
    try:
        return saved_or_asked(request, access, base, wanted, change)
    except EditFaults as error:
        inspection = read_version(base).inspection
        shown = form_of(form.fields, given, inspection, tuple(error.faults), form.path)
        return part_page(request, access, base, form, shown, 422)


def unsaid(part: BaseModel) -> dict[str, None]:
    """Return the fields of a part that say no more than what follows from its others: they are to follow again."""
    if isinstance(part, Area):
        return {name: None for name in ("legal", "short") if getattr(part, name) == part.name}
    if isinstance(part, Round):
        derived = {
            "response": f"the multi-agency response to {part.theme}",
            "deep_dive": f"the response to {part.theme}",
        }
        return {name: None for name, words in derived.items() if getattr(part, name) == words}
    return {}


def as_given(part: BaseModel) -> dict[str, Any]:
    """Return a part as its form has it, without what follows from its other fields."""
    return {**{name: getattr(part, name) for name in type(part).model_fields}, **unsaid(part)}


def part_of(inspection: Inspection, form: PartForm) -> BaseModel:
    """Return the part of an inspection that a form is about; a form without a path is about the inspection itself."""
    found: BaseModel = inspection
    for step in form.path:
        found = getattr(found, str(step))
    return found


def part_page(
    request: HttpRequest, access: Access, base: Version, form: PartForm, shown: Form, status: int = 200
) -> HttpResponse:
    """Return the page of a part."""
    context = {"access": access, "base": base, "title": form.title, "hint": form.hint, "form": shown}
    return page(request, "part.html", context, status)


def switches(request: HttpRequest, access: Access) -> HttpResponse:
    """Show the answers to the open questions, and save them."""
    form = PartForm("switches", "Options for this letter", ("switches",), SWITCHES)
    base, wanted = opened(request, access)
    if request.method != "POST":
        return part_page(request, access, base, form, form_of(form.fields, wanted.switches, wanted))
    given = values(form.fields, request.POST)
    for name, value in given.items():
        setattr(wanted.switches, name, value)
    return saved_part(request, access, base, wanted, form, given)


@case_page(Act.LEAD, "GET", "HEAD", "POST")
def dates(request: HttpRequest, access: Access) -> HttpResponse:
    """Show the dates, then what follows from other ones, and save them once that was seen."""
    base = base_of(request, access)
    read = read_version(base).inspection
    wanted = read.model_copy(deep=True)
    context: dict[str, Any] = {"access": access, "base": base, "before": timetable(read), "follows": None}
    if request.method != "POST":
        return page(request, "dates.html", {**context, "form": form_of(DATES, as_days(wanted), wanted)})
    given = values(DATES, request.POST)
    set_days(wanted, given)
    try:
        after = editing.proved(wanted)
        if "save" in request.POST:
            change = Change(MadeBy.FORM, "changed dates", once_of(request), address("details", slug=access.case.slug))
            return saved_or_asked(request, access, base, wanted, change)
    except EditFaults as error:
        form = form_of(DATES, given, read, tuple(flat(fault) for fault in error.faults), ("dates",))
        return page(request, "dates.html", {**context, "form": form}, 422)
    follows = {"steps": list(zip(timetable(read), timetable(after), strict=False)), "moved": moved_places(read, after)}
    return page(request, "dates.html", {**context, "form": form_of(DATES, given, read), "follows": follows})


def as_days(inspection: Inspection) -> dict[str, Any]:
    """Return the dates of an inspection as their form has them."""
    held = {name: getattr(inspection.dates, name) for name in type(inspection.dates).model_fields}
    fieldwork = held.pop("fieldwork")
    return {**held, "start": fieldwork.start, "end": fieldwork.end}


def set_days(inspection: Inspection, given: Mapping[str, Any]) -> None:
    """Give an inspection the dates of a form."""
    fieldwork = {name: given[name] for name in ("start", "end") if name in given}
    editing.set_fields(inspection.dates.fieldwork, fieldwork)
    editing.set_fields(inspection.dates, {name: value for name, value in given.items() if name not in ("start", "end")})


def flat(fault: EditFault) -> EditFault:
    """Return a fault of the days of fieldwork as one of the form, which has them beside the others."""
    inner = fault.path[:2] == ("dates", "fieldwork")
    return fault._replace(path=("dates", *(fault.path[2:] or ("end",)))) if inner else fault


@case_page(Act.LEAD, "GET", "HEAD", "POST")
def entries(request: HttpRequest, access: Access, name: str) -> HttpResponse:
    """List the agencies, addressees or signatories; move one, or remove it."""
    form = list_form(name)
    base, wanted = opened(request, access)
    held = getattr(wanted, form.attribute)
    fault = ""
    if request.method == "POST":
        at, act = entry_number(request, held), request.POST.get("act", "")
        title = form.shows(held[at])
        if act in ("up", "down"):
            to = at + (1 if act == "down" else -1)
            if 0 <= to < len(held):
                held.insert(to, held.pop(at))
        elif name == "sections":
            editing.drop_section(wanted, held[at].id, access.person.name)
        else:
            held.pop(at)
        note = f"{'moved' if act in ('up', 'down') else 'removed'} {form.one}"
        change = Change(MadeBy.FORM, note, once_of(request), address("entries", slug=access.case.slug, name=name))
        try:
            return saved_or_asked(request, access, base, wanted, change)
        except EditFaults as error:
            names = editing.ids_by_path(wanted)
            where = list(dict.fromkeys(label_of(found.path, names) for found in error.faults))
            more = f" and {len(where) - MOST_NAMED} more places" if len(where) > MOST_NAMED else ""
            fault = f"{title} is still named at {', '.join(where[:MOST_NAMED])}{more}. Change these first."
    shown = [
        (number, form.shows(entry))
        for number, entry in enumerate(getattr(read_version(base).inspection, form.attribute))
    ]
    context = {"access": access, "base": base, "list": form, "shown": shown, "fault": fault}
    return page(request, "entries.html", context, 422 if fault else 200)


def list_form(name: str) -> ListForm:
    """Return the form of the entries of a list; raises NoSuchCase where there is none."""
    if name not in LISTS:
        raise NoSuchCase(name)
    return LISTS[name]


def entry_number(request: HttpRequest, held: list[Any]) -> int:
    """Return which entry of a list a form is about; raises NoSuchCase where there is none."""
    given = request.POST.get("at", "")
    if given.isdecimal() and len(given) < 6 and int(given) < len(held):
        return int(given)
    raise NoSuchCase(given)


@case_page(Act.LEAD, "GET", "HEAD", "POST")
def entry(request: HttpRequest, access: Access, name: str, at: int) -> HttpResponse:
    """Show an entry of a list in its form, and save it; the number after the last one is a new entry."""
    form = list_form(name)
    base, wanted = opened(request, access)
    held = getattr(wanted, form.attribute)
    if at > len(held):
        raise NoSuchCase(name)
    is_new = at == len(held)
    given: Mapping[str, Any] | BaseModel = {"inspected": True} if is_new else held[at]
    faults: tuple[EditFault, ...] = ()
    if request.method == "POST":
        given = values(form.fields, request.POST)
        if is_new:
            held.append(
                form.kind.model_construct(**{key: f.get_default() for key, f in form.kind.model_fields.items()})
            )
        editing.set_fields(held[at], given)
        if is_new and name == "sections":
            held[at].items = []
            editing.add(wanted, held[at].id, {"text": FIRST_PARAGRAPH})
        note = f"{'added' if is_new else 'changed'} {form.one}"
        change = Change(MadeBy.FORM, note, once_of(request), address("entries", slug=access.case.slug, name=name))
        try:
            return saved_or_asked(request, access, base, wanted, change)
        except EditFaults as error:
            faults = tuple(error.faults)
    inspection = read_version(base).inspection
    shown = {field.name: given.get(field.name) for field in form.fields} if isinstance(given, Mapping) else given
    context = {
        "access": access,
        "base": base,
        "title": f"New {form.one}" if is_new else form.shows(getattr(inspection, form.attribute)[at]),
        "hint": "",
        "form": form_of(form.fields, shown, inspection, faults, (form.attribute, at)),
    }
    return page(request, "part.html", context, 422 if faults else 200)


def label_of(path: Any, names: dict[Any, str]) -> str:
    """Return where a text stands, as people say it."""
    for length in range(len(path), 0, -1):
        if path[:length] in names:
            rest = [step + 1 if isinstance(step, int) else step for step in path[length:]]
            return " ".join([names[path[:length]], *map(str, rest)]).replace("_", " ")
    return " ".join(str(step + 1) if isinstance(step, int) else step for step in path).replace("_", " ")
