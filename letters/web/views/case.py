"""A case: its overview, its people and its history."""

from collections.abc import Iterable, Iterator

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from letters.errors import LettersError
from letters.findings.timetable import timetable
from letters.web.asking import Of, case_page, taken
from letters.web.pages import address, page
from letters.workspace.access import Access
from letters.workspace.history import happenings, visible_events
from letters.workspace.issues import Gate, issues_of_version
from letters.workspace.lists import older_letter
from letters.workspace.models import Part, Person
from letters.workspace.people import end_part, invite, parts
from letters.workspace.reading import head_of, read_version
from letters.workspace.roles import TITLES, Act

EVENTS = 50


@case_page(Act.READ, of=Of.BOTH)
def overview(request: HttpRequest, access: Access) -> HttpResponse:
    """Show a case: what it is, how far it has come, its days, and who takes part."""
    if access.case.is_report:
        return HttpResponseRedirect(address("report", slug=access.case.slug))
    head = head_of(access.case)
    read = read_version(head)
    issues = issues_of_version(access.case, head, Gate.DRAFT)
    context = {
        "access": access,
        "head": head,
        "inspection": read.inspection,
        "steps": timetable(read.inspection),
        "errors": sum(issue.is_error and issue.is_open for issue in issues),
        "warnings": sum(not issue.is_error and issue.is_open for issue in issues),
        "counts": counts(read.inspection.all_findings()),
        "older": older_letter(access),
        "people": roles_by_person(parts(access)),
    }
    return page(request, "case.html", context)


def roles_by_person(found: Iterable[Part]) -> list[tuple[Person, str]]:
    """Return each person of a case once, with her roles in words."""
    roles: dict[Person, list[str]] = {}
    for part in found:
        roles.setdefault(part.person, []).append(part.title)
    return [(person, ", ".join(titles)) for person, titles in roles.items()]


def counts(entries: Iterator[object]) -> list[tuple[str, int]]:
    """Return how many findings of each kind there are."""
    names = {"Finding": "finding", "Recommendation": "recommendation", "CaseStudy": "case study"}
    found = dict.fromkeys(names.values(), 0)
    for entry in entries:
        found[names[type(entry).__name__]] += 1
    return list(found.items())


@case_page(Act.LEAD, "GET", "HEAD", "POST", of=Of.BOTH)
def people(request: HttpRequest, access: Access) -> HttpResponse:
    """Show who sees a case, and let its lead invite people and end parts."""
    fault = ""
    if request.method == "POST":
        try:
            if "end" in request.POST:
                end_part(access, int(request.POST["end"]))
                messages.success(request, "Access was removed.")
            else:
                part = invite(access, request.POST.get("email", ""), request.POST.get("role", ""))
                messages.success(request, f"{part.person.name} now has access.")
            taken(request)
            return HttpResponseRedirect(address("people", slug=access.case.slug))
        except (LettersError, ValueError) as error:
            fault = str(error)
    given = {name: request.POST.get(name, "") for name in ("email", "role")}
    context = {"access": access, "people": parts(access), "roles": TITLES, "fault": fault, "given": given}
    return page(request, "people.html", context, 422 if fault else 200)


@case_page(Act.HISTORY, of=Of.BOTH)
def history(request: HttpRequest, access: Access) -> HttpResponse:
    """Show what happened in a case, in words."""
    shown = Paginator(visible_events(access), EVENTS).get_page(request.GET.get("page"))
    context = {"access": access, "shown": shown, "rows": list(happenings(list(shown.object_list)))}
    return page(request, "history.html", context)
