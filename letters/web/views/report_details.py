"""The details and the counts of a report in forms."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.request import QueryDict

from letters.findings.area import AgencyType
from letters.findings.finding import Scope
from letters.findings.rewriting import plain
from letters.findings.round_file import FindingKind, Overview, RoundMember
from letters.web.asking import Of, base_of, case_page
from letters.web.forms import SCOPES, agency_types
from letters.web.pages import address, page
from letters.web.views.report_forms import Faults, saved
from letters.workspace.access import Access
from letters.workspace.models import Version
from letters.workspace.reading import overview_of
from letters.workspace.refused import Refused
from letters.workspace.reports.finding import OF, count_rows
from letters.workspace.reports.reading import read_report
from letters.workspace.roles import Act
from letters.workspace.starting import known_inspectorates

DESCRIBED = ("tags", "scopes", "agencies")
"""What a count can say of the findings that it counts, beside their kind."""
FINDINGS = {
    FindingKind.STRENGTH: "Strengths",
    FindingKind.RECOMMENDATION: "Recommendations",
    FindingKind.PRIORITY: "Areas for priority action",
    FindingKind.IMPROVEMENT: "Areas for improvement",
    FindingKind.FINDING: "Main findings",
    FindingKind.CASE_STUDY: "Case studies",
    FindingKind.HEADLINE: "Headline findings",
}


@case_page(Act.LEAD, "GET", "HEAD", "POST", of=Of.REPORT)
def facts(request: HttpRequest, access: Access) -> HttpResponse:
    """Show the details of a report in a form, and save them."""
    base = base_of(request, access)
    overview = overview_of(base)
    faults: Faults = ()
    if request.method == "POST":
        try:
            data = plain(overview) | read_facts(request.POST, overview)
            data = {name: value for name, value in data.items() if value not in (None, "", [], {})}
            return saved(request, access, base, data, "the details", address("report_facts", slug=access.case.slug))
        except Refused as error:
            faults = error.faults
    given = request.POST if faults else shown_facts(overview)
    members = [
        (about.file, *(given_number(request.POST if faults else {}, name, about) for name in NUMBERS))
        for about in overview.inspections
    ]
    context = {
        "access": access,
        "base": base,
        "given": given,
        "chosen": request.POST.getlist("inspectorates") if faults else overview.inspectorates,
        "inspectorates": list(known_inspectorates().items()),
        "members": members,
        "faults": faults,
    }
    return page(request, "report_facts.html", context, 422 if faults else 200)


PAIRS = ("themes", "glossary", "footnotes")
"""The details that are pairs, each a line with a colon."""


def shown_facts(overview: Overview) -> dict[str, Any]:
    """Return the details of a report as the boxes of their form."""
    lines = {name: "\n".join(f"{key}: {value}" for key, value in getattr(overview, name).items()) for name in PAIRS}
    return {
        "title": overview.title,
        "strapline": overview.strapline,
        "published": overview.published.isoformat(),
        "reference": overview.reference or "",
        "lead": overview.lead,
        "embargo": overview.publication.embargo.isoformat() if overview.publication.embargo else "",
        **lines,
    }


def read_facts(posted: QueryDict, overview: Overview) -> dict[str, Any]:
    """Return the details that a form gives as plain data; raises Refused for a line without a colon."""
    lines = ("title", "strapline", "reference", "lead")
    found: dict[str, Any] = {name: " ".join(posted.get(name, "").split()) for name in lines}
    found["published"] = posted.get("published", "")
    found["inspectorates"] = posted.getlist("inspectorates")
    for name in PAIRS:
        found[name] = pairs(name, posted.get(name, ""))
    publication = plain(overview).get("publication", {})
    embargo = {"embargo": posted["embargo"]} if posted.get("embargo") else {}
    found["publication"] = {key: value for key, value in publication.items() if key != "embargo"} | embargo
    found["inspections"] = [
        {**about, **number("tracked", posted, about), **number("sampled", posted, about)}
        for about in plain(overview)["inspections"]
    ]
    return found


NUMBERS = ("tracked", "sampled")
"""What is said of the children of each inspection."""


def given_number(posted: Mapping[str, str], name: str, about: RoundMember) -> str:
    """Return what the box of a number has: what was typed, or else what the report has."""
    held = getattr(about, name)
    return posted.get(f"{name}-{about.file}", "" if held is None else str(held))


def number(name: str, posted: QueryDict, about: dict[str, Any]) -> dict[str, int | None]:
    """Return a number of children that a form gives for one inspection, none where it is left empty."""
    given = posted.get(f"{name}-{about['file']}", "").strip()
    if given and not (given.isdecimal() and len(given) < 7):
        raise Refused([(f"{name}-{about['file']}", "Give a number, or leave it empty.")])
    return {name: int(given) if given else None}


def pairs(name: str, words: str) -> dict[str, str]:
    """Return the lines of a box as pairs; raises Refused for a line without a colon, or a second of a name."""
    found: dict[str, str] = {}
    for line in words.replace("\r\n", "\n").split("\n"):
        key, colon, value = (part.strip() for part in line.partition(":"))
        if not line.strip():
            continue
        if not colon or not key or not value:
            raise Refused([(name, f"“{line.strip()[:60]}” has no colon with words before and after it.")])
        if key in found:
            raise Refused([(name, f"“{key[:60]}” stands there twice. Keep one of the two lines.")])
        found[key] = value
    return found


@case_page(Act.LEAD, "GET", "HEAD", "POST", of=Of.REPORT)
def counts(request: HttpRequest, access: Access) -> HttpResponse:
    """Show what the prose counts with each number as the letters have it; add, change and delete counts."""
    base = base_of(request, access)
    overview = overview_of(base)
    faults: Faults = ()
    if request.method == "POST":
        try:
            data = plain(overview)
            change_counts(data, request.POST)
            return saved(request, access, base, data, "the counts", address("report_counts", slug=access.case.slug))
        except Refused as error:
            faults = error.faults
    name = request.GET.get("name", "")
    given = plain(overview).get("counts", {}).get(name, {})
    tags = sorted({tag for held in findings_of(base) for tag in held.tags})
    context = {
        "access": access,
        "base": base,
        "rows": count_rows(read_report(base)),
        "name": request.POST.get("name", name),
        "was": request.POST.get("was", name),
        "given": request.POST if faults else given,
        "lists": {part: request.POST.getlist(part) if faults else given.get(part, []) for part in DESCRIBED},
        "findings": request.POST.get("findings", "") if faults else ", ".join(given.get("findings", [])),
        "of": OF,
        "kinds": [("", "Any"), *((kind.value, title) for kind, title in FINDINGS.items())],
        "tags": [(tag, overview.themes.get(tag, tag)) for tag in tags],
        "scopes": [(scope.value, title) for scope, title in SCOPES.items()],
        "agencies": agency_types(),
        "faults": faults,
    }
    return page(request, "report_counts.html", context, 422 if faults else 200)


def findings_of(base: Version) -> list[Any]:
    """Return every finding of a report's letters."""
    reading = read_report(base)
    return [] if isinstance(reading.report, str) else list(reading.round.findings.values())


def change_counts(data: dict[str, Any], posted: QueryDict) -> None:
    """Add, change or delete a count in plain data."""
    name, held = posted.get("name", "").strip(), data.setdefault("counts", {})
    if posted.get("act") == "delete":
        held.pop(name, None)
        return
    if not name:
        raise Refused([("name", "Give the count a name: letters, digits and hyphens, such as schools-strong.")])
    if name in held and name != posted.get("was", name):
        raise Refused([("name", "There is a count of this name already. Choose it in the table to change it.")])
    of, known = posted.get("of", "areas"), {value for value, _ in OF}
    count: dict[str, Any] = {} if of == "areas" or of not in known else {"of": of}
    if not of.startswith("children"):
        named = [part.strip() for part in posted.get("findings", "").split(",") if part.strip()]
        allowed: dict[str, set[str]] = {"scopes": {*Scope}, "agencies": {*AgencyType}}
        described = {
            part: [value for value in posted.getlist(part) if part == "tags" or value in allowed[part]]
            for part in DESCRIBED
        }
        if named:
            count["findings"] = named
        else:
            count |= {part: values for part, values in described.items() if values}
            count |= {"kind": posted["kind"]} if posted.get("kind") else {}
    held[name] = count
