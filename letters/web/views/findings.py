"""Findings in forms: the list in its order, one finding, a new one; moved, withdrawn and brought back."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from letters.errors import LettersError
from letters.findings import editing
from letters.findings.editing import EditFault, EditFaults, NoSuchEntry, Place
from letters.findings.inspection import Inspection
from letters.web.asking import case_page, once_of, opened, person_of, saved_or_asked
from letters.web.fields import Field, form_of, values
from letters.web.forms import TEAM_ONLY, fields_of_section
from letters.web.pages import address, page
from letters.workspace import lists
from letters.workspace.access import Access, NoSuchCase
from letters.workspace.history import looked
from letters.workspace.issues import Gate, issues_of_version
from letters.workspace.models import MadeBy, Version
from letters.workspace.previews import as_saved, preview
from letters.workspace.process_facts import audited
from letters.workspace.reading import head_of, read_version
from letters.workspace.roles import Act
from letters.workspace.saving import Change

INTERNAL = {field.name for field in TEAM_ONLY}


@case_page(Act.READ)
def findings(request: HttpRequest, access: Access) -> HttpResponse:
    """List every finding in its order, filtered by scope, agency or whether an issue is about it."""
    head = head_of(access.case)
    looked(access, head.number, "findings")
    inspection = read_version(head).inspection
    given = {name: request.GET.get(name, "") for name in ("scope", "agency", "issue")}
    issues = [issue for issue in issues_of_version(access.case, head, Gate.DRAFT) if issue.is_open]
    noted: dict[str, int] = {}
    for issue in issues:
        noted[issue.finding] = noted.get(issue.finding, 0) + 1
    rows = [
        {**row_of(place, access, noted), "group_at": group_number(inspection, place)}
        for place in editing.places(inspection)
        if fits(place, given, noted)
    ]
    sections = [
        (name, title, [row for row in rows if row["section"] == name]) for name, title, _ in sections_of(inspection)
    ]
    context = {
        "access": access,
        "head": head,
        "inspection": inspection,
        "sections": sections,
        "given": given,
        "filtered": any(given.values()),
        "may_add": access.may(Act.WRITE),
        "withdrawn": [(kept, kept.finding or kept.recommendation or kept.case_study) for kept in inspection.withdrawn],
    }
    return page(request, "findings.html", context)


def sections_of(inspection: Inspection) -> list[tuple[str, str, list[Any]]]:
    """Return the sections of an inspection with a capital at the beginning of their names."""
    return [(name, title[:1].upper() + title[1:], items) for name, title, items in editing.sections(inspection)]


def title_of(inspection: Inspection, section: str) -> str:
    """Return what a section is called."""
    return next(title for name, title, _ in sections_of(inspection) if name == section)


def fits(place: Place, given: Mapping[str, str], noted: Mapping[str, int]) -> bool:
    """Say whether a finding is one of those that a filter lets through."""
    entry = place.entry
    about = [*entry.agencies, *(getattr(entry, "target", []) if isinstance(getattr(entry, "target", []), list) else [])]
    return (
        (not given["scope"] or entry.scope == given["scope"])
        and (not given["agency"] or given["agency"] in about)
        and (not given["issue"] or entry.id in noted)
    )


def row_of(place: Place, access: Access, noted: Mapping[str, int]) -> dict[str, Any]:
    """Return a finding as the list shows it."""
    entry = place.entry
    words = " ".join(
        filter(None, (getattr(entry, "lead_in", None), entry.text or "; ".join(p.text for p in entry.points)))
    )
    return {
        "section": place.section,
        "id": entry.id,
        "words": words,
        "group": place.group.heading or place.group.scope if place.group and place.at == 0 else "",
        "issues": noted.get(entry.id, 0),
        "first": place.at == 0,
        "last": place.at == len(place.items) - 1,
        "may": access.may_write(entry.inspectorates),
    }


@case_page(Act.READ, "GET", "HEAD", "POST")
def finding(request: HttpRequest, access: Access, name: str) -> HttpResponse:
    """Show a finding in its form, and save it; who may not change it reads it."""
    base, wanted = opened(request, access)
    place = editing.place_of(wanted, name)
    may = access.may_write(place.entry.inspectorates)
    fields = seen_fields(place.section, access, place.entry.inspectorates)
    if request.method == "POST":
        if not may:
            raise NoSuchCase(name)
        return save_finding(request, access, base, wanted, place, fields)
    return finding_page(request, access, base, place, fields, as_fields(place.entry), may=may)


def finding_page(
    request: HttpRequest,
    access: Access,
    base: Version,
    place: Place,
    fields: tuple[Field, ...],
    shown: Mapping[str, Any],
    faults: tuple[EditFault, ...] = (),
    *,
    may: bool = True,
) -> HttpResponse:
    """Return the page of a finding."""
    looked(access, base.number, "findings")
    read = read_version(base)
    name = place.entry.id
    path = editing.path_of(read.inspection, name)
    shown_now = as_saved(read, name, issues_of_version(access.case, base, Gate.DRAFT))
    context = {
        "access": access,
        "base": base,
        "name": name,
        "back": "letter" if "letter" in (request.GET.get("back"), request.POST.get("back")) else "",
        "section": title_of(read.inspection, place.section),
        "form": form_of(fields, shown, read.inspection, faults, path),
        "issues": shown_now.issues,
        "preview": shown_now,
        "may": may,
        "notes": own_notes(read.inspection, place.entry) if may else [],
        "groups": [group.heading or str(group.scope) for group in editing.groups(read.inspection, place.section)],
        "group": group_number(read.inspection, editing.place_of(read.inspection, name)),
        "history": history_of(access, name) if access.may(Act.VERSIONS) else [],
        "audited": audited(access.case, name) if access.sees_evidence(place.entry.inspectorates) else [],
    }
    return page(request, "finding.html", context, 422 if faults else 200)


def group_number(inspection: Inspection, place: Place) -> int | None:
    """Return which group of its section a finding stands in, or None."""
    known = editing.groups(inspection, place.section)
    return next((at for at, held in enumerate(known) if held is place.group), None)


def way_back(request: HttpRequest, access: Access, name: str) -> str:
    """Return where somebody is led after a save: to the letter where she came from it, else to the finding."""
    if request.POST.get("back") == "letter":
        return f"{address('letter', slug=access.case.slug)}#block-{name}.text"
    return address("finding", slug=access.case.slug, name=name)


def own_notes(inspection: Inspection, entry: Any) -> list[tuple[str, str]]:
    """Return the footnotes that a finding refers to, by name, and a place for one more."""
    names = editing.notes_in(entry)
    return [(name, words) for name, words in inspection.footnotes.items() if name in names] + [("", "")]


def take_notes(request: HttpRequest, wanted: Inspection) -> None:
    """Take over the footnotes that were written beside a finding; one whose words are emptied goes."""
    for name, words in posted_notes(request):
        if words:
            wanted.footnotes[name] = words
        elif name:
            wanted.footnotes.pop(name, None)


def posted_notes(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """Yield the footnotes of a form: the name and the words of each."""
    number = 0
    while f"name-{number}" in request.POST:
        words = request.POST.get(f"words-{number}", "").replace("\r\n", "\n").strip()
        yield request.POST[f"name-{number}"].strip(), words
        number += 1


def seen_fields(section: str, access: Access, inspectorates: list[str]) -> tuple[Field, ...]:
    """Return the fields of a finding that a person sees."""
    fields = fields_of_section(section)
    if access.sees_evidence(inspectorates):
        return fields
    return tuple(field for field in fields if field.name not in INTERNAL)


def as_fields(entry: Any) -> dict[str, Any]:
    """Return a finding as its form has it: whether it is for everyone, or for which agencies."""
    found = {name: getattr(entry, name) for name in type(entry).model_fields}
    if "target" in found:
        found["everyone"] = found["target"] == "partnership"
        found["target"] = [] if found["everyone"] else found["target"]
    return found


def as_entry(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a form as a finding has them."""
    found = dict(given)
    if found.pop("everyone", False):
        found["target"] = "partnership"
    return found


def save_finding(
    request: HttpRequest, access: Access, base: Version, wanted: Inspection, place: Place, fields: tuple[Field, ...]
) -> HttpResponse:
    """Save a finding as its form has it."""
    given = values(fields, request.POST, as_fields(place.entry))
    name = place.entry.id
    editing.set_fields(place.entry, as_entry(given))
    take_notes(request, wanted)
    refuse_giving_away(access, place.entry.inspectorates)
    change = Change(MadeBy.FORM, f"changed {name}", once_of(request), way_back(request, access, name))
    try:
        return saved_or_asked(request, access, base, wanted, change)
    except EditFaults as error:
        original = editing.place_of(read_version(base).inspection, name)
        return finding_page(request, access, base, original, fields, given, tuple(error.faults))


def refuse_giving_away(access: Access, inspectorates: list[str]) -> None:
    """Raise LettersError where a writer takes her own inspectorate from a finding, and could not change it again."""
    if not access.may_write(inspectorates):
        raise LettersError("Your inspectorate has to stay among those that found it. Ask the lead to change that.")


def history_of(access: Access, name: str) -> list[Version]:
    """Return the versions whose note names a finding, the newest first."""
    return [version for version in lists.versions(access) if name in version.note.replace(",", " ").split()][:10]


@case_page(Act.WRITE, "POST")
def fragment(request: HttpRequest, access: Access, name: str) -> HttpResponse:
    """Return what a finding would read like as it is typed, with what the checks say of it: a piece of a page."""
    _, wanted = opened(request, access)
    place = editing.place_of(wanted, name)
    if not access.may_write(place.entry.inspectorates):
        raise NoSuchCase(name)
    fields = seen_fields(place.section, access, place.entry.inspectorates)
    editing.set_fields(place.entry, as_entry(values(fields, request.POST, as_fields(place.entry))))
    found = preview(wanted, name)
    return page(request, "preview.html", {"preview": found, "issues": found.issues})


@case_page(Act.WRITE, "GET", "HEAD", "POST")
def add(request: HttpRequest, access: Access, section: str) -> HttpResponse:
    """Show the form of a new finding, and save it at the end of its section."""
    base, wanted = opened(request, access)
    if section not in {name for name, _, _ in editing.sections(wanted)}:
        raise NoSuchCase(section)
    fields = fields_of_section(section)
    own = [access.inspectorate] if access.inspectorate in wanted.inspectorates else []
    given: dict[str, Any] = {"inspectorates": own, "everyone": True, "priority": "improvement", "type": "improvement"}
    faults: tuple[EditFault, ...] = ()
    path: tuple[Any, ...] = ()
    if request.method == "POST":
        given = values(fields, request.POST)
        refuse_giving_away(access, given.get("inspectorates", []))
        take_notes(request, wanted)
        name = editing.add(wanted, section, as_entry(given))
        path = editing.path_of(wanted, name)
        led_to = address("finding", slug=access.case.slug, name=name)
        change = Change(MadeBy.FORM, f"added {name}", once_of(request), led_to)
        try:
            return saved_or_asked(request, access, base, wanted, change)
        except EditFaults as error:
            faults = tuple(error.faults)
    inspection = read_version(base).inspection
    title = title_of(inspection, section)
    form = form_of(fields, {field.name: given.get(field.name) for field in fields}, inspection, faults, path)
    context = {"access": access, "base": base, "section": section, "title": title, "form": form, "notes": [("", "")]}
    return page(request, "add.html", context, 422 if faults else 200)


@case_page(Act.WRITE, "POST")
def move(request: HttpRequest, access: Access, name: str) -> HttpResponse:
    """Move a finding up or down in its list."""
    step = -1 if request.POST.get("to") == "up" else 1
    where = f"{address('findings', slug=access.case.slug)}#{name}"

    def change(inspection: Inspection) -> str:
        if not editing.move(inspection, name, step):
            raise LettersError(f"{name} is at the {'top' if step < 0 else 'end'} of its list already.")
        return f"moved {name} {'up' if step < 0 else 'down'}"

    return changed(request, access, name, change, where)


@case_page(Act.WRITE, "GET", "HEAD", "POST")
def withdraw(request: HttpRequest, access: Access, name: str) -> HttpResponse:
    """Ask why a finding is withdrawn, and take it out of the letter."""
    place = editing.place_of(read_version(head_of(access.case)).inspection, name)
    if not access.may_write(place.entry.inspectorates):
        raise NoSuchCase(name)
    reason = request.POST.get("reason", "").strip()
    if request.method == "POST" and reason:

        def change(inspection: Inspection) -> str:
            editing.withdraw(inspection, name, person_of(request).name, reason)
            return f"withdrew {name}"

        return changed(request, access, name, change, address("findings", slug=access.case.slug))
    fault = "Say why it is withdrawn." if request.method == "POST" else ""
    context = {
        "access": access,
        "name": name,
        "row": row_of(place, access, {}),
        "fault": fault,
        "base": head_of(access.case),
    }
    return page(request, "withdraw.html", context, 422 if fault else 200)


@case_page(Act.WRITE, "POST")
def bring_back(request: HttpRequest, access: Access, name: str) -> HttpResponse:
    """Put a withdrawn finding back at the end of its section."""
    base, wanted = opened(request, access)
    editing.bring_back(wanted, name)
    if not access.may_write(editing.place_of(wanted, name).entry.inspectorates):
        raise NoSuchCase(name)
    led_to = f"{address('findings', slug=access.case.slug)}#{name}"
    return saved_or_asked(
        request, access, base, wanted, Change(MadeBy.FORM, f"brought back {name}", once_of(request), led_to)
    )


def changed(
    request: HttpRequest, access: Access, name: str, change: Callable[[Inspection], str], led_to: str
) -> HttpResponse:
    """Change a finding that the person may change, and save; say so where it cannot be."""
    base, wanted = opened(request, access)
    if not access.may_write(editing.place_of(wanted, name).entry.inspectorates):
        raise NoSuchCase(name)
    try:
        note = change(wanted)
        return saved_or_asked(request, access, base, wanted, Change(MadeBy.FORM, note, once_of(request), led_to))
    except NoSuchEntry:
        raise
    except LettersError as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(led_to)
