"""Agreement: where each inspectorate stands, agreeing to the words shown, and asking for a change first."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from letters.findings.editing import places
from letters.web.asking import Of, base_of, case_page, once_of, taken
from letters.web.pages import address, page
from letters.workspace import agreeing
from letters.workspace.access import Access
from letters.workspace.agreeing import MovedOn
from letters.workspace.comparing import changes, pieces
from letters.workspace.history import looked
from letters.workspace.reading import head_of, read_version
from letters.workspace.refused import Refused
from letters.workspace.roles import Act


@case_page(Act.VERSIONS, of=Of.BOTH)
def agreement(request: HttpRequest, access: Access) -> HttpResponse:
    """Show where each inspectorate stands."""
    return agreement_page(request, access)


def agreement_page(
    request: HttpRequest, access: Access, faults: tuple[tuple[str, str], ...] = (), status: int = 200
) -> HttpResponse:
    """Return the page of agreement, with what was wrong with a form of it."""
    head = head_of(access.case)
    looked(access, head.number, "page")
    rows = [
        {
            "standing": held,
            "moved": [(moved.place, list(pieces(moved.before, moved.after))) for moved in held.moved],
            "is_own": held.inspectorate == access.inspectorate,
        }
        for held in agreeing.standings(access.case)
    ]
    named = [] if access.case.is_report else places(read_version(head).inspection)
    about = [(one.entry.id, one.entry.id) for one in named]
    context: dict[str, Any] = {
        "access": access,
        "base": head,
        "rows": rows,
        "is_asked": agreeing.is_agreement_asked(access.case),
        "all_stand": agreeing.all_agree(access.case),
        "held_back": agreeing.held_back(access.case, head) if access.may(Act.LEAD) else [],
        "cannot": agreeing.may_agree(access) if access.may(Act.AGREE) else "",
        "findings": [("", f"The {'report' if access.case.is_report else 'letter'} as a whole"), *about],
        "answered": agreeing.answered_wishes(access.case),
        "faults": faults,
        "typed": request.POST if faults else {},
    }
    return page(request, "agreement.html", context, status)


@case_page(Act.LEAD, "POST", of=Of.BOTH)
def ask(request: HttpRequest, access: Access) -> HttpResponse:
    """Ask every inspectorate that takes part for its agreement."""
    here = address("agreement", slug=access.case.slug)
    try:
        agreeing.ask(access, base_of(request, access).number, once_of(request), here)
    except Refused as error:
        return agreement_page(request, access, error.faults, 422)
    messages.success(request, "Agreement is asked for. It appears in each approver’s list.")
    return HttpResponseRedirect(here)


@case_page(Act.AGREE, "POST", of=Of.BOTH)
def agree(request: HttpRequest, access: Access) -> HttpResponse:
    """Agree to the words that the form showed; where they moved meanwhile, show what changed instead."""
    here = address("agreement", slug=access.case.slug)
    try:
        given, authorised = request.POST.get("words", ""), bool(request.POST.get("authorised"))
        agreeing.agree(access, given, is_authorised=authorised, once=once_of(request), led_to=here)
    except MovedOn as error:
        head = head_of(access.case)
        rows = changes(error.shown, head) if error.shown else []
        context = {"access": access, "shown": error.shown, "head": head, "rows": rows}
        return page(request, "moved_on.html", context, 409)
    except Refused as error:
        return agreement_page(request, access, error.faults, 422)
    messages.success(request, "Your inspectorate agrees to these words.")
    return HttpResponseRedirect(here)


@case_page(Act.AGREE, "POST", of=Of.BOTH)
def take_back(request: HttpRequest, access: Access) -> HttpResponse:
    """Take the agreement of one's inspectorate back."""
    here = address("agreement", slug=access.case.slug)
    try:
        agreeing.take_back(access, once_of(request), here)
    except Refused as error:
        return agreement_page(request, access, error.faults, 422)
    messages.success(request, "The agreement of your inspectorate is taken back.")
    return HttpResponseRedirect(here)


@case_page(Act.AGREE, "POST", of=Of.BOTH)
def wish(request: HttpRequest, access: Access) -> HttpResponse:
    """Ask for a change before agreeing."""
    here = address("agreement", slug=access.case.slug)
    finding, words = request.POST.get("finding", ""), request.POST.get("words", "")
    try:
        agreeing.wish(access, finding, words, once_of(request), here)
    except Refused as error:
        return agreement_page(request, access, error.faults, 422)
    taken(request)
    messages.success(request, "The lead is shown what you ask for.")
    return HttpResponseRedirect(here)


@case_page(Act.LEAD, "POST", of=Of.BOTH)
def answer_wish(request: HttpRequest, access: Access, pk: int) -> HttpResponse:
    """Say what became of a change that an approver asked for."""
    here = address("agreement", slug=access.case.slug)
    try:
        agreeing.answer_wish(access, pk, request.POST.get("answer", ""), once_of(request), here)
    except Refused as error:
        return agreement_page(request, access, error.faults, 422)
    taken(request)
    messages.success(request, "The approver is shown your answer.")
    return HttpResponseRedirect(here)
