"""Rounds of inspections, and what published letters say across them."""

import csv
from datetime import date
from io import StringIO

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from letters.web.asking import once_of, person_of, signed_in, taken
from letters.web.fields import day
from letters.web.forms import SCOPES, agency_types
from letters.web.pages import address, page
from letters.web.views.home import FORMULAS
from letters.workspace import practice as practices
from letters.workspace import rounds as members_of_rounds
from letters.workspace.models import LetterEntry
from letters.workspace.practice import Sought
from letters.workspace.refused import Refused
from letters.workspace.reports import writing as report_writing
from letters.workspace.reports.writing import NewReport
from letters.workspace.starting import TakenId

PAGE = 25
KINDS = (
    ("good", "Good practice: strengths and highly effective case studies"),
    ("strength", "Strengths"),
    ("priority", "Areas for priority action"),
    ("improvement", "Areas for improvement"),
    ("", "Everything"),
)
NAMES = {
    "strength": "Strength",
    "headline": "Headline finding",
    "finding": "Main finding",
    "priority": "Area for priority action",
    "improvement": "Area for improvement",
    "unprioritised": "Recommendation",
    "highly_effective": "Case study: highly effective practice",
    "place": "Case study",
}


@signed_in()
def rounds(request: HttpRequest) -> HttpResponse:
    """Show the rounds of a person's cases; of one, its members, how far they are and what their letters cover."""
    return round_page(request, request.GET.get("name", ""))


def round_page(request: HttpRequest, name: str, faults: tuple[tuple[str, str], ...] = ()) -> HttpResponse:
    """Return the page of a round, or of all rounds, with what was wrong with a form of it."""
    person = person_of(request)
    rows = members_of_rounds.members(person, name)
    context = {
        "names": members_of_rounds.names(person),
        "name": name if rows else "",
        "rows": rows,
        "kinds": [(kind, NAMES[kind]) for kind in ("strength", "priority", "improvement", "highly_effective")],
        "scopes": [(scope.value, title) for scope, title in SCOPES.items()],
        "reports": members_of_rounds.reports(person, name),
        "may_start": report_writing.leads_in(person, name),
        "faults": faults,
        "typed": request.POST if faults else {},
        "chosen": request.POST.getlist("cases") if faults else [row.case.slug for row in rows],
    }
    return page(request, "rounds.html", context, 422 if faults else 200)


@signed_in("POST")
def start_report(request: HttpRequest) -> HttpResponse:
    """Start the report of a round with some of its inspections; whoever starts it leads it."""
    person, name = person_of(request), request.POST.get("round", "")
    on = day(request.POST.get("published", ""))
    order = NewReport(
        name,
        request.POST.getlist("cases"),
        request.POST.get("title", ""),
        request.POST.get("strapline", ""),
        on if isinstance(on, date) else None,
        once_of(request),
    )
    try:
        access = report_writing.start(person, order)
    except Refused as error:
        return round_page(request, name, error.faults)
    except TakenId:
        return round_page(request, name, (("title", "Another case has such an id. Give the report another title."),))
    taken(request)
    messages.success(request, "The report is started. Write its sections, and invite those who take part.")
    return HttpResponseRedirect(address("report", slug=access.case.slug))


@signed_in()
def practice(request: HttpRequest) -> HttpResponse:
    """Search what published letters say, 25 a page or all as CSV."""
    given = {name: request.GET.get(name, "").strip() for name in ("q", "theme", "scope", "agency")}
    given["kind"] = request.GET.get("kind", "good")
    found = practices.search(Sought(given["q"], given["theme"], given["scope"], given["agency"], given["kind"]))
    if request.GET.get("as") == "csv":
        return as_csv(list(found))
    shown = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = list(shown.object_list)
    context = {
        "shown": shown,
        "rows": rows,
        "where": practices.addresses(rows),
        "names": NAMES,
        "kinds": KINDS,
        "theme_choices": [(theme, theme) for theme in practices.themes()],
        "scopes": [(scope.value, title) for scope, title in SCOPES.items()],
        "agencies": agency_types(),
        "given": given,
        "query": "&".join(part for part in request.GET.urlencode().split("&") if not part.startswith("page=")),
    }
    return page(request, "practice.html", context)


def as_csv(rows: list[LetterEntry]) -> HttpResponse:
    """Return entries as CSV, each with its letter and paragraph."""
    out, where = StringIO(), practices.addresses(rows)
    writer = csv.writer(out)
    writer.writerow(["area", "theme", "published", "kind", "scope", "finding", "paragraph", "words", "address"])
    for row in rows:
        kind, address = NAMES.get(row.kind, row.kind), where.get(row.publication_id, "")
        cells = [row.case.title, row.theme, row.day, kind, row.scope, row.finding, row.paragraph, row.words, address]
        writer.writerow([f"'{cell}" if str(cell).startswith(FORMULAS) else cell for cell in cells])
    response = HttpResponse(out.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="practice.csv"'
    return response
