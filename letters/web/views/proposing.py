"""Words and remarks that a reviewer writes in the browser, at a finding."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from letters.errors import LettersError
from letters.findings import editing
from letters.findings.editing import EditFault, EditFaults
from letters.web.asking import case_page, once_of, taken
from letters.web.fields import form_of, values
from letters.web.forms import fields_of_section
from letters.web.pages import address, page
from letters.web.views.findings import as_fields
from letters.web.views.reviews import found_in
from letters.workspace.access import Access
from letters.workspace.history import looked
from letters.workspace.previews import as_saved
from letters.workspace.proposing import FIELDS, newest, propose
from letters.workspace.reading import read_version
from letters.workspace.roles import Act
from letters.workspace.sending import sending_numbered


@case_page(Act.REVIEW, "GET", "HEAD", "POST")
def written(request: HttpRequest, access: Access, number: int, name: str) -> HttpResponse:
    """Show a finding as it was sent, and take the words and the remark that a reviewer writes on it."""
    sending = sending_numbered(access, number)
    read = read_version(sending.version)
    place = editing.place_of(read.inspection, name)
    fields = tuple(field for field in fields_of_section(place.section) if field.name in FIELDS)
    row = newest(access, sending).get(name)
    given: dict[str, Any] = {**as_fields(place.entry), **(row.fields if row else {})}
    remark = row.remark if row else ""
    faults: tuple[EditFault, ...] = ()
    fault = ""
    if request.method == "POST":
        given = {**as_fields(place.entry), **values(fields, request.POST, as_fields(place.entry))}
        remark = request.POST.get("remark", "")
        led_to = address("review", slug=access.case.slug, number=number)
        wanted = {field.name: given[field.name] for field in fields}
        try:
            copy = propose(access, sending, name, wanted, remark, once_of(request), led_to)
        except EditFaults as error:
            faults = tuple(error.faults)
        except LettersError as error:
            fault = str(error)
        else:
            taken(request)
            messages.success(request, f"What you wrote is in your copy. {found_in(copy)}")
            return HttpResponseRedirect(led_to)
    looked(access, sending.version.number, "review copy")
    path = editing.path_of(read.inspection, name)
    context = {
        "access": access,
        "sending": sending,
        "name": name,
        "form": form_of(fields, given, read.inspection, faults, path),
        "preview": as_saved(read, name, ()),
        "issues": (),
        "remark": remark,
        "fault": fault,
    }
    return page(request, "propose.html", context, 422 if faults or fault else 200)
