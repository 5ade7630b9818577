"""What waits for somebody, her cases, help, and whether the workspace is well."""

import csv
from io import StringIO

from django.core.paginator import Paginator
from django.db import connection
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse

from letters.checks.issue import Gate
from letters.web.asking import person_of, signed_in
from letters.web.pages import page
from letters.workspace.access import cases_of, running
from letters.workspace.models import Case, Person, SetAside
from letters.workspace.reading import TWO_PEOPLE, head_of, issues_of_version, read_version
from letters.workspace.roles import Role

RECENT, PAGE = 10, 25
KINDS = (("joint", "Joint"), ("single_agency", "Single agency"), ("secretaries_of_state", "Secretaries of State"))


@signed_in()
def home(request: HttpRequest) -> HttpResponse:
    """Show what waits for the person, then her newest cases."""
    person = person_of(request)
    recent = [row_of(case) for case in cases_of(person)[:RECENT]]
    return page(request, "home.html", {"waiting": list(waiting(person)), "recent": recent})


def waiting(person: Person) -> list[dict[str, object]]:
    """Return what waits for a person: letters that she leads and that have errors, and what needs her as the second."""
    leads = Case.objects.filter(pk__in=running(person).filter(role=Role.LEAD).values("case")).order_by("-created_at")
    found: list[dict[str, object]] = []
    for case in leads[:RECENT]:
        errors = sum(issue.is_error and issue.is_open for issue in issues_of_version(case, head_of(case), Gate.DRAFT))
        if errors:
            found.append({"case": case, "what": f"Put {errors} error{'s' if errors > 1 else ''} right", "page": "checks"})
    rows = SetAside.objects.filter(case__in=leads, rule__in=TWO_PEOPLE, second=None, ended_at=None)
    for row in rows.exclude(person=person).select_related("case"):
        found.append({"case": row.case, "what": f"Confirm that {row.rule} is set aside", "page": "checks"})
    return found


def row_of(case: Case) -> dict[str, object]:
    """Return a case as a list shows it."""
    head = head_of(case)
    return {"case": case, "head": head, "letter_day": read_version(head).inspection.dates.letter}


@signed_in()
def cases(request: HttpRequest) -> HttpResponse:
    """List the cases that exist for a person, filtered, 25 a page or all as CSV."""
    found = filtered(request, cases_of(person_of(request)))
    if request.GET.get("as") == "csv":
        return as_csv(found)
    shown = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "rows": [row_of(case) for case in shown.object_list],
        "shown": shown,
        "kinds": KINDS,
        "rounds": sorted({name for name in cases_of(person_of(request)).values_list("round_name", flat=True) if name}),
        "given": {name: request.GET.get(name, "") for name in ("q", "kind", "round")},
        "query": request.GET.urlencode(),
    }
    return page(request, "cases.html", context)


def filtered(request: HttpRequest, rows: QuerySet[Case]) -> QuerySet[Case]:
    """Return the cases that fit the filter of a list."""
    words, kind, name = (request.GET.get(field, "").strip() for field in ("q", "kind", "round"))
    if words:
        rows = rows.filter(Q(title__icontains=words) | Q(theme__icontains=words) | Q(slug__icontains=words))
    rows = rows.filter(kind=kind) if kind else rows
    return rows.filter(round_name=name) if name else rows


def as_csv(rows: QuerySet[Case]) -> HttpResponse:
    """Return cases as CSV, without words of any letter."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(["id", "area", "theme", "kind", "round", "version"])
    for case in rows.iterator():
        cells = [case.slug, case.title, case.theme, case.kind, case.round_name, case.head]
        writer.writerow([f"'{cell}" if str(cell)[:1] in "=+-@\t\r" else cell for cell in cells])
    response = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="cases.csv"'
    return response


@signed_in()
def help_page(request: HttpRequest) -> HttpResponse:
    """Show how the workspace is used."""
    return page(request, "help.html", {})


def health(request: HttpRequest) -> HttpResponse:
    """Say that the workspace answers and reaches its database; nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("well\n", content_type="text/plain")
