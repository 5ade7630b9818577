"""The report of a round: its overview, what it says and rests on, and how the round compares with an earlier one."""

from collections import Counter
from typing import Any

from csp.decorators import csp_update
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from markupsafe import Markup

from letters.web.asking import Of, base_of, case_page, once_of, taken, told
from letters.web.forms import SCOPES
from letters.web.pages import address, page
from letters.web.report_fields import words_of
from letters.workspace import rounds as members_of_rounds
from letters.workspace.access import Access
from letters.workspace.artefacts import letter_body
from letters.workspace.history import looked
from letters.workspace.issues import Gate, issues_of_version
from letters.workspace.models import MadeBy, Stage, Version
from letters.workspace.reading import head_of, overview_of, read_version
from letters.workspace.refused import Refused
from letters.workspace.reports import writing as report_writing
from letters.workspace.reports.finding import good_practice, open_to
from letters.workspace.reports.parts import CHAPTER, sections
from letters.workspace.reports.reading import has_published_words, is_final, members_of, read_report
from letters.workspace.roles import Act
from letters.workspace.rounds import Member
from letters.workspace.saving import Change

KINDS = (
    ("strength", "Strengths"),
    ("priority", "Areas for priority action"),
    ("improvement", "Areas for improvement"),
    ("highly_effective", "Highly effective practice"),
)


@case_page(Act.READ, of=Of.REPORT)
def report(request: HttpRequest, access: Access) -> HttpResponse:
    """Show a report: its letters and how far each is, what is open, and its sections."""
    return report_page(request, access)


def report_page(
    request: HttpRequest, access: Access, faults: tuple[tuple[str, str], ...] = (), status: int = 200
) -> HttpResponse:
    """Return the overview of a report, with what was wrong with a form of it."""
    head = head_of(access.case)
    looked(access, head.number, "page")
    reading, newer = read_report(head), report_writing.outdated(head)
    issues = issues_of_version(access.case, head, Gate.DRAFT)
    rows = [
        {
            "case": letter.case,
            "area": read_version(letter).inspection.area.name,
            "version": letter.number,
            "state": state_of(letter),
            "is_newer": file in newer,
        }
        for file, letter in members_of(head).items()
    ]
    context = {
        "access": access,
        "base": head,
        "overview": overview_of(head),
        "reason": reading.report if isinstance(reading.report, str) else "",
        "rows": rows,
        "newer": newer,
        "errors": [issue for issue in issues if issue.is_error and issue.is_open],
        "warnings": [issue for issue in issues if not issue.is_error and issue.is_open],
        "sections": [
            (section, [words_of(entry) for entry in section.entries]) for section in sections(overview_of(head))
        ],
        "faults": faults,
        "typed": request.POST if faults else {},
    }
    return page(request, "report.html", context, status)


def state_of(letter: Version) -> str:
    """Return how far the words of a letter are that a report rests on."""
    if letter.case.stage == Stage.WITHDRAWN:
        return "Withdrawn"
    if has_published_words(letter):
        return "Published"
    return "Agreed" if is_final(letter) else "Not agreed yet"


@csp_update({"img-src": ["data:"]})
@case_page(Act.READ, of=Of.REPORT)
def text(request: HttpRequest, access: Access) -> HttpResponse:
    """Show what a report says, as it is printed."""
    head = head_of(access.case)
    looked(access, head.number, "letter")
    document = read_report(head).document
    reason = document if isinstance(document, str) else ""
    body = "" if isinstance(document, str) else Markup(letter_body(head))
    return page(request, "report_text.html", {"access": access, "head": head, "reason": reason, "body": body})


@case_page(Act.READ, of=Of.REPORT)
def trace(request: HttpRequest, access: Access) -> HttpResponse:
    """Show which findings of which letters everything in a report rests on, what rests on one area first."""
    head = head_of(access.case)
    looked(access, head.number, "trace")
    reading = read_report(head)
    cases = {file.removesuffix(".yaml"): letter.case for file, letter in members_of(head).items()}
    readable = open_to(access.person, head)
    rows: list[dict[str, Any]] = []
    for row in [] if isinstance(reading.report, str) else reading.report.traced:
        held = [reading.round.findings[name] for name in row.sources]
        behind = {one.area for one in held}
        findings = [
            {
                "reference": one.reference,
                "id": one.id,
                "case": cases[one.area],
                "words": one.whole if one.area in readable else "",
            }
            for one in held
        ]
        rows.append({"kind": row.kind, "words": row.words, "findings": findings, "areas": len(behind)})
    rows.sort(key=lambda row: row["areas"] != 1)
    area = request.GET.get("area", "")
    shown = [row for row in rows if not area or any(one["case"].slug == area for one in row["findings"])]
    areas = [(case.slug, case.title) for case in cases.values()]
    context = {"access": access, "rows": shown, "areas": areas, "area": area}
    return page(request, "report_trace.html", context)


@case_page(Act.READ, of=Of.REPORT)
def compare(request: HttpRequest, access: Access) -> HttpResponse:
    """Show what the letters of this round and of an earlier one have of each kind, in an average letter."""
    names = [name for name, _ in members_of_rounds.names(access.person) if name != access.case.round_name]
    earlier = request.GET.get("round", "")
    earlier = earlier if earlier in names else ""
    sides = [members_of_rounds.members(access.person, name) for name in (earlier, access.case.round_name)]
    context = {
        "access": access,
        "names": [(name, name) for name in names],
        "earlier": earlier,
        "sizes": [len(side) for side in sides],
        "kinds": [(title, *(average(side, kind) for side in sides)) for kind, title in KINDS],
        "scopes": [(title, *(share(side, scope.value) for side in sides)) for scope, title in SCOPES.items()],
    }
    return page(request, "report_compare.html", context)


def average(side: list[Member], kind: str) -> str:
    """Return how many entries of a kind a letter has on average, to one place."""
    return f"{sum(member.counts.get(kind, 0) for member in side) / len(side):.1f}" if side else "–"


def share(side: list[Member], scope: str) -> str:
    """Return how many in a hundred findings that say a scope area say this one."""
    found: Counter[str] = Counter()
    for member in side:
        found.update(member.scopes)
    return f"{100 * found[scope] / found.total():.0f}%" if found.total() else "–"


@case_page(Act.LEAD, "POST", of=Of.REPORT)
def newest(request: HttpRequest, access: Access) -> HttpResponse:
    """Let a report rest on its letters as they are now."""
    here = address("report", slug=access.case.slug)
    change = Change(MadeBy.LETTERS, "the letters as they are now", once_of(request), here)
    try:
        told(request, report_writing.take_newest(access, base_of(request, access), change))
        taken(request)
    except Refused as error:
        return report_page(request, access, error.faults, 422)
    return HttpResponseRedirect(here)


@case_page(Act.LEAD, "GET", "HEAD", "POST", of=Of.REPORT)
def practice(request: HttpRequest, access: Access) -> HttpResponse:
    """Choose good practice of the round for a chapter of its own."""
    base = base_of(request, access)
    reading = read_report(base)
    rows = [] if isinstance(reading.report, str) else good_practice(base, reading, access.person)
    faults: tuple[tuple[str, str], ...] = ()
    if request.method == "POST":
        known = [row.reference for row in rows]
        chosen = [name for name in known if name in request.POST.getlist("rests_on")]
        kinds = {name: reading.round.findings[name].section for name in chosen}
        try:
            if not chosen:
                raise Refused([("rests_on", "Choose what the chapter is to have.")])
            wanted, name = report_writing.practice_chapter(overview_of(base), chosen, kinds)
            here = address("report_section", slug=access.case.slug, name=f"{CHAPTER}{name}")
            change = Change(MadeBy.FORM, "a chapter of good practice", once_of(request), here)
            told(request, report_writing.save(access, base, wanted, change))
            taken(request)
            return HttpResponseRedirect(here)
        except Refused as error:
            faults = error.faults
            messages.error(request, "The chapter was not made.")
    context = {"access": access, "base": base, "rows": rows, "faults": faults}
    return page(request, "report_practice.html", context, 422 if faults else 200)
