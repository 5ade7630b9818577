"""What waits for somebody, her cases, help, and whether the workspace is well."""

import csv
from collections.abc import Iterable
from io import StringIO
from secrets import compare_digest

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from letters.web.asking import person_of, signed_in
from letters.web.pages import page
from letters.workspace import lists, unsaved, waiting
from letters.workspace.access import NoSuchCase
from letters.workspace.measuring import as_text
from letters.workspace.models import Case, Stage

RECENT, PAGE = 10, 25
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
"""How what a spreadsheet would work out begins."""
KINDS = (("joint", "Joint"), ("single_agency", "Single agency"), ("secretaries_of_state", "Secretaries of State"))


@signed_in()
def home(request: HttpRequest) -> HttpResponse:
    """Show what waits for the person, then her newest cases."""
    person = person_of(request)
    recent = rows_of(list(lists.cases(person)[:RECENT]))
    return page(
        request,
        "home.html",
        {"waiting": waiting.waiting(person), "unsaved": list(unsaved.of_person(person)), "recent": recent},
    )


def rows_of(found: list[Case]) -> list[dict[str, object]]:
    """Return cases as a list shows them."""
    heads = lists.heads(found)
    return [{"case": case, "head": heads[case.pk]} for case in found]


@signed_in()
def cases(request: HttpRequest) -> HttpResponse:
    """List the cases that exist for a person, filtered, 25 a page or all as CSV."""
    person = person_of(request)
    given = {name: request.GET.get(name, "").strip() for name in ("q", "kind", "round", "stage")}
    found = lists.cases(person, *given.values())
    if request.GET.get("as") == "csv":
        return as_csv(found.iterator())
    shown = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "rows": rows_of(list(shown.object_list)),
        "shown": shown,
        "kinds": KINDS,
        "stages": Stage.choices,
        "rounds": lists.rounds(person),
        "given": given,
        "query": request.GET.urlencode(),
    }
    return page(request, "cases.html", context)


def as_csv(rows: Iterable[Case]) -> HttpResponse:
    """Return cases as CSV, without words of any letter."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(["id", "area", "theme", "kind", "round", "stage", "version"])
    for case in rows:
        cells = [case.slug, case.title, case.theme, case.kind, case.round_name, case.stage, case.head]
        writer.writerow([f"'{cell}" if str(cell).startswith(FORMULAS) else cell for cell in cells])
    response = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="cases.csv"'
    return response


@signed_in()
def help_page(request: HttpRequest) -> HttpResponse:
    """Show how the workspace is used."""
    return page(request, "help.html", {})


def metrics(request: HttpRequest) -> HttpResponse:
    """Give monitoring its numbers, where it says the token; for everybody else there is no such page."""
    token = settings.LETTERS.metrics_token
    said = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not token or not compare_digest(said.encode(), token.encode()):
        raise NoSuchCase("metrics")
    return HttpResponse(as_text(), content_type="text/plain; version=0.0.4; charset=utf-8")


def health(request: HttpRequest) -> HttpResponse:
    """Say that the workspace answers and reaches its database; nothing else."""
    is_well = lists.answers()
    return HttpResponse("well\n" if is_well else "unwell\n", content_type="text/plain", status=200 if is_well else 503)
