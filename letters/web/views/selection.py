"""Why this area was chosen: noted and read by leads alone."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from letters.web.asking import case_page, once_of, taken
from letters.web.fields import day
from letters.web.pages import address, page
from letters.workspace import selecting
from letters.workspace.access import Access
from letters.workspace.models import SelectionWhy
from letters.workspace.refused import Refused
from letters.workspace.roles import Act


@case_page(Act.LEAD, "GET", "HEAD", "POST")
def selection(request: HttpRequest, access: Access) -> HttpResponse:
    """Show why the area was chosen, and note another reason."""
    here = address("selection", slug=access.case.slug)
    faults: tuple[tuple[str, str], ...] = ()
    given = {name: request.POST.get(name, "") for name in ("why", "source", "day", "note")}
    if request.method == "POST":
        on = day(given["day"])
        try:
            when = on if isinstance(on, date) else None
            selecting.note(access, given["why"], given["source"], when, given["note"], once_of(request), here)
        except Refused as error:
            faults = error.faults
        else:
            taken(request)
            messages.success(request, "Noted.")
            return HttpResponseRedirect(here)
    context = {"access": access, "rows": selecting.notes(access), "whys": SelectionWhy.choices}
    return page(request, "selection.html", {**context, "given": given, "faults": faults}, 422 if faults else 200)
