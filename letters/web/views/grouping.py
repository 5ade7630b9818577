"""Headings of their own for findings: put under one, taken out, and the heading itself."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from letters.errors import LettersError
from letters.findings import editing
from letters.findings.editing import EditFault, EditFaults
from letters.findings.inspection import Inspection
from letters.web.asking import case_page, once_of, opened, saved_or_asked
from letters.web.fields import form_of, values
from letters.web.forms import GROUP
from letters.web.pages import address, page
from letters.web.views.findings import changed
from letters.workspace.access import Access, NoSuchCase
from letters.workspace.models import MadeBy
from letters.workspace.reading import read_version
from letters.workspace.roles import Act
from letters.workspace.saving import Change

NEW = "new"
"""The choice of a group that is not there yet."""


@case_page(Act.WRITE, "POST")
def regroup(request: HttpRequest, access: Access, name: str) -> HttpResponse:
    """Put a finding in another group of its section, in none, or under a new heading."""
    chosen, heading = request.POST.get("group", ""), request.POST.get("heading", "").strip()
    led_to = address("finding", slug=access.case.slug, name=name)

    def change(inspection: Inspection) -> str:
        known = editing.groups(inspection, editing.place_of(inspection, name).section)
        if chosen == NEW:
            if not heading:
                raise LettersError("Give the new group a heading.")
            editing.new_group(inspection, name, heading)
        else:
            editing.regroup(inspection, name, known[int(chosen)] if chosen in map(str, range(len(known))) else None)
        return f"grouped {name}"

    return changed(request, access, name, change, led_to)


@case_page(Act.LEAD, "GET", "HEAD", "POST")
def group(request: HttpRequest, access: Access, section: str, at: int) -> HttpResponse:
    """Show the heading of a group and the words below it, and save them."""
    base, wanted = opened(request, access)
    known = editing.groups(wanted, section)
    if at >= len(known):
        raise NoSuchCase(section)
    given: Any = known[at]
    faults: tuple[EditFault, ...] = ()
    if request.method == "POST":
        given = values(GROUP, request.POST)
        editing.set_fields(known[at], given)
        led_to = f"{address('findings', slug=access.case.slug)}#section-{section}"
        change = Change(MadeBy.FORM, f"changed a heading in {section}", once_of(request), led_to)
        try:
            return saved_or_asked(request, access, base, wanted, change)
        except EditFaults as error:
            faults = tuple(error.faults)
    inspection = read_version(base).inspection
    items = editing.items_of(inspection, section)
    path = (section, next(index for index, held in enumerate(items) if held is editing.groups(inspection, section)[at]))
    form = form_of(GROUP, given, inspection, faults, path)
    context = {
        "access": access,
        "base": base,
        "title": "Heading of a group",
        "hint": "",
        "form": form,
        "back": "findings",
    }
    return page(request, "part.html", context, 422 if faults else 200)
