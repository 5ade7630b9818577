"""Rounds of inspections, and what published letters say across them."""

import csv
from io import StringIO

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from letters.web.asking import person_of, signed_in
from letters.web.forms import SCOPES, agency_types
from letters.web.pages import page
from letters.web.views.home import FORMULAS
from letters.workspace import practice as practices
from letters.workspace import rounds as members_of_rounds
from letters.workspace.models import LetterEntry
from letters.workspace.practice import Sought

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
    person, name = person_of(request), request.GET.get("name", "")
    rows = members_of_rounds.members(person, name)
    context = {
        "names": members_of_rounds.names(person),
        "name": name if rows else "",
        "rows": rows,
        "kinds": [(kind, NAMES[kind]) for kind in ("strength", "priority", "improvement", "highly_effective")],
        "scopes": [(scope.value, title) for scope, title in SCOPES.items()],
    }
    return page(request, "rounds.html", context)


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
