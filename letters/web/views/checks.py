"""Checks: issues by their places, safe corrections one by one, rules set aside with a reason."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from letters.errors import LettersError
from letters.findings import editing
from letters.findings.parsing import dotted
from letters.findings.references import Path
from letters.web.asking import base_of, case_page, once_of, saved_or_asked, taken
from letters.web.forms import LISTS, PARTS
from letters.web.pages import address, page
from letters.web.views.letter import GATES, gate_of
from letters.workspace import lists, setting_aside
from letters.workspace.access import Access, NoSuchCase
from letters.workspace.history import looked
from letters.workspace.issues import Correction, Issue, corrected, corrected_once, issues_of_version
from letters.workspace.models import MadeBy
from letters.workspace.reading import TWO_PEOPLE, head_of, read_version
from letters.workspace.roles import Act
from letters.workspace.saving import Change

AROUND = 50
"""Characters that are shown before and after a correction."""
SPACE = "␣"


@case_page(Act.READ)
def checks(request: HttpRequest, access: Access) -> HttpResponse:
    """Show what the checks find at a gate."""
    return checks_page(request, access)


def checks_page(request: HttpRequest, access: Access, fault: str = "") -> HttpResponse:
    """Return the page of checks, with what was wrong with a form of it."""
    gate, head = gate_of(request), head_of(access.case)
    looked(access, head.number, "checks")
    issues = issues_of_version(access.case, head, gate)
    names = {place.entry.id for place in editing.places(read_version(head).inspection)}
    lead = access.may(Act.LEAD)
    rows = [row_of(issue, number, names, access.case.slug, may_lead=lead) for number, issue in enumerate(issues)]
    context = {
        "access": access,
        "head": head,
        "gate": gate,
        "gates": GATES,
        "open": [row for row in rows if row["issue"].is_open],
        "closed": [row for row in rows if not row["issue"].is_open],
        "aside": lists.set_aside(access),
        "two_people": TWO_PEOPLE,
        "fault": fault,
        "titles": setting_aside.titles(),
        "may": access.may(Act.LEAD),
    }
    return page(request, "checks.html", context, 422 if fault else 200)


def row_of(issue: Issue, number: int, names: set[str], slug: str, *, may_lead: bool) -> dict[str, Any]:
    """Return an issue as the page shows it."""
    return {
        "issue": issue,
        "number": number,
        "finding": issue.finding if issue.finding in names else "",
        "edit": form_of_path(slug, issue.path) if may_lead else "",
        "where": dotted(issue.path),
        "key": key_of(issue),
        "correction": around(issue.correction) if issue.correction else None,
    }


def form_of_path(slug: str, path: Path) -> str:
    """Return the address of the form in which a part of the file beside its findings is changed."""
    first = str(path[0]) if path else ""
    if first in LISTS and len(path) > 1 and isinstance(path[1], int):
        return address("entry", slug=slug, name=first, at=path[1])
    if first in ("dates", "wording", "footnotes"):
        return address(first, slug=slug)
    name = {"lead": "inspectorates", "inspectors": "inspectorates"}.get(first, first.replace("_", "-"))
    return address("part", slug=slug, name=name) if name in PARTS or name == "switches" else ""


def around(found: Correction) -> dict[str, str]:
    """Return a correction with a few words before and after it; spaces are shown by a sign."""
    before, after = found.before[: found.start], found.before[found.end :]
    gone = found.before[found.start : found.end]
    return {
        "before": f"…{before[-AROUND:]}" if len(before) > AROUND else before,
        "gone": gone.replace(" ", SPACE) if not gone.strip() else gone,
        "instead": found.instead.replace(" ", SPACE) if not found.instead.strip() else found.instead,
        "after": f"{after[:AROUND]}…" if len(after) > AROUND else after,
    }


@case_page(Act.WRITE, "POST")
def correct(request: HttpRequest, access: Access) -> HttpResponse:
    """Make one safe correction, or all of those that the person may make."""
    base = base_of(request, access)
    read = read_version(base)
    issues = [
        issue for issue in issues_of_version(access.case, base, gate_of(request)) if issue.correction and issue.is_open
    ]
    given = request.POST.get("issue", "")
    mine = [issue for issue in issues if may_correct(access, read.inspection, issue)]
    chosen = mine if given == "all" else [issue for issue in mine if key_of(issue) == given]
    led_to = f"{address('checks', slug=access.case.slug)}?gate={gate_of(request)}"
    if not chosen:
        messages.info(request, "There is nothing left to correct here.")
        return HttpResponseRedirect(led_to)
    one = given != "all"
    wanted = corrected_once(read.inspection, chosen[0]) if one else corrected(read.inspection, chosen)
    codes = ", ".join(dict.fromkeys(issue.code for issue in chosen))
    note = f"{codes} at {', '.join(dict.fromkeys(issue.finding for issue in chosen))}"[:300]
    return saved_or_asked(request, access, base, wanted, Change(MadeBy.CORRECTION, note, once_of(request), led_to))


def key_of(issue: Issue) -> str:
    """Return what tells a correction from others in a form: its rule and its place."""
    place = f"{issue.correction.start}" if issue.correction else ""
    return f"{issue.code} {dotted(issue.path)} {place}"


def may_correct(access: Access, inspection: Any, issue: Issue) -> bool:
    """Say whether a person may change the text that an issue is about."""
    if access.may(Act.LEAD):
        return True
    try:
        return access.may_write(editing.place_of(inspection, issue.finding).entry.inspectorates)
    except editing.NoSuchEntry:
        return False


@case_page(Act.LEAD, "GET", "HEAD", "POST")
def set_aside(request: HttpRequest, access: Access) -> HttpResponse:
    """Ask why a rule is set aside, and set it aside."""
    source = request.POST if request.method == "POST" else request.GET
    rule, where = source.get("rule", ""), source.get("where", "")
    fault = ""
    if request.method == "POST":
        try:
            row = setting_aside.set_aside(access, rule, where, request.POST.get("reason", ""))
        except LettersError as error:
            fault = str(error)
        else:
            taken(request)
            second = " Another lead has to confirm it." if row.rule in TWO_PEOPLE else ""
            messages.success(request, f"{rule} was set aside.{second}")
            return HttpResponseRedirect(address("checks", slug=access.case.slug))
    elif not setting_aside.CODE.match(rule):
        raise NoSuchCase(rule)
    title = setting_aside.titles().get(rule, "")
    context = {
        "access": access,
        "rule": rule,
        "where": where,
        "title": title,
        "fault": fault,
        "reason": source.get("reason", ""),
    }
    return page(request, "set_aside.html", context, 422 if fault else 200)


@case_page(Act.LEAD, "POST")
def aside(request: HttpRequest, access: Access, pk: int) -> HttpResponse:
    """Confirm as the second person that a rule is set aside, or let it hold again."""
    try:
        if "end" in request.POST:
            setting_aside.end(access, pk)
            messages.success(request, "The rule holds again.")
        else:
            setting_aside.confirm(access, pk)
            messages.success(request, "You confirmed that the rule is set aside.")
    except LettersError as error:
        messages.error(request, str(error))
    return HttpResponseRedirect(address("checks", slug=access.case.slug))
