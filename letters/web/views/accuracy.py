"""Factual accuracy on the lead's side: the agreed letter goes to the area, and each point gets a verdict."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from letters.errors import LettersError
from letters.web.asking import base_of, case_page, number_in, once_of, taken
from letters.web.fields import day
from letters.web.pages import address, page
from letters.web.views.letter import form_addresses
from letters.web.views.versions import attachment
from letters.workspace import process_documents, to_area, verdicts
from letters.workspace.access import Access, NoSuchCase
from letters.workspace.answering import standing_submission
from letters.workspace.blobs import get
from letters.workspace.history import looked
from letters.workspace.merging import by_hand_of, newer_than, tick_off
from letters.workspace.models import Mode, Purpose, Sending
from letters.workspace.numbered import paragraphs
from letters.workspace.reading import head_of, read_version
from letters.workspace.refused import Refused
from letters.workspace.roles import Act
from letters.workspace.sending import sendings_of
from letters.workspace.stages import all_agree
from letters.workspace.to_area import Invited, Order, accuracy_numbered, usual_last_day

INVITED = ("name", "email", "body")


def invited_in(request: HttpRequest) -> Invited:
    """Return whom a form invites."""
    return Invited(*(request.POST.get(name, "") for name in INVITED))


@case_page(Act.ACCURACY)
def overview(request: HttpRequest, access: Access) -> HttpResponse:
    """List what was sent to the area, the newest first."""
    context = {"access": access, "rows": sendings_of(access, Purpose.ACCURACY), "all_agree": all_agree(access.case)}
    return page(request, "accuracy.html", context)


@case_page(Act.LEAD, "GET", "HEAD", "POST")
def send(request: HttpRequest, access: Access) -> HttpResponse:
    """Ask who answers and until when, and send the agreed letter to the area."""
    head = head_of(access.case)
    faults: tuple[tuple[str, str], ...] = ()
    given = {name: request.POST.get(name, "") for name in ("mode", "last_day", *INVITED)}
    if request.method == "POST":
        last = day(given["last_day"])
        order = Order(
            base_of(request, access).number,
            given["mode"],
            last if isinstance(last, date) else None,
            invited_in(request),
            once_of(request),
            address("accuracy", slug=access.case.slug),
        )
        try:
            sending = to_area.send_to_area(access, order)
        except Refused as error:
            faults = error.faults
        else:
            taken(request)
            messages.success(request, f"Version {sending.version.number} was sent to the area.")
            return HttpResponseRedirect(address("answers", slug=access.case.slug, number=sending.number))
    else:
        given |= {"last_day": usual_last_day().isoformat(), "mode": Mode.SINGLE}
        given["body"] = read_version(head).inspection.partnership.name
    context = {"access": access, "base": head, "given": given, "faults": faults, "modes": Mode.choices}
    context["all_agree"] = all_agree(access.case)
    return page(request, "to_area.html", context, 422 if faults else 200)


@case_page(Act.ACCURACY)
def answers(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    """Show who was asked, what came back, and each point with its verdict."""
    return answers_page(request, access, accuracy_numbered(access, number))


def answers_page(
    request: HttpRequest,
    access: Access,
    sending: Sending,
    faults: tuple[tuple[str, str], ...] = (),
    at: int = 0,
    status: int = 200,
) -> HttpResponse:
    """Return the page of the area's answers, with what was wrong with a form of it."""
    looked(access, sending.version.number, "answers")
    newest = read_version(head_of(access.case))
    rows = verdicts.weighed(sending)
    asked = [
        (held, standing_submission(held), held.looks.exists())
        for held in sending.respondents.select_related("invited_by")
        if held.revoked_at is None or held.submissions.exists()
    ]
    context: dict[str, Any] = {
        "access": access,
        "sending": sending,
        "asked": asked,
        "rows": rows,
        "done": sum(not row.is_open for row in rows),
        "items": by_hand_of(sending),
        "is_newer": newer_than(access),
        "forms_kept": process_documents.kept_forms(sending) if access.may(Act.LEAD) else [],
        "left_out": verdicts.left_out(sending),
        "forms": form_addresses(access, newest),
        "paragraphs": {held.number: held.words for held in paragraphs(sending.version) if held.number},
        "held_back": verdicts.held_back(sending) if sending.settled_at is None else [],
        "verdicts": verdicts.VERDICTS,
        "faults": faults,
        "at": at,
        "typed": request.POST if faults else {},
        "is_single": sending.mode == Mode.SINGLE,
    }
    return page(request, "answers.html", context, status)


@case_page(Act.LEAD, "POST")
def manage(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    """Invite, end an invitation, give another day, close, take a late answer, or open one again."""
    sending = accuracy_numbered(access, number)
    try:
        messages.success(request, managed(request, access, sending))
    except Refused as error:
        return answers_page(request, access, sending, error.faults, status=422)
    except LettersError as error:
        messages.error(request, str(error))
    return HttpResponseRedirect(address("answers", slug=access.case.slug, number=number))


def managed(request: HttpRequest, access: Access, sending: Sending) -> str:
    """Do what a form says, and return what was done."""
    posted = request.POST
    for name, act, said in (
        ("end", to_area.revoke, "The invitation has ended; its address is dead."),
        ("take", to_area.take_late, "The late answer counts."),
        ("reopen", to_area.reopen, "The answer is open again, and its sender is told."),
    ):
        if name in posted:
            act(access, sending, number_in(request, name))
            return said
    if "done" in posted:
        tick_off(access, sending, number_in(request, "done"), posted.get("why", ""))
        return "Noted."
    if "close" in posted:
        to_area.close(access, sending)
        return "The answers are closed. What comes later is marked late."
    if "last_day" in posted:
        last = day(posted["last_day"])
        to_area.change_last_day(access, sending, last if isinstance(last, date) else None)
        return "The last day was changed."
    if "coordinator" in posted:
        to_area.replace_coordinator(access, sending, invited_in(request))
        return "The new coordinator is invited; the address of the other one is dead."
    to_area.invite(access, sending, invited_in(request))
    return "The agency is invited by mail."


@case_page(Act.DECIDE, "POST")
def verdict(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    """Decide on a point."""
    sending = accuracy_numbered(access, number)
    posted = request.POST
    pk = number_in(request, "point")
    where = f"{address('answers', slug=access.case.slug, number=number)}#point-{pk}"
    given = (posted.get("verdict", ""), posted.get("words", ""), posted.get("reason", ""))
    try:
        verdicts.decide(access, sending, pk, *given, seen=posted.get("seen", ""), once=once_of(request), led_to=where)
    except LettersError as error:
        return answers_page(request, access, sending, ((f"reason-{pk}", str(error)),), pk, 422)
    taken(request)
    return HttpResponseRedirect(where)


@case_page(Act.LEAD, "POST")
def finish(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    """Settle the answers: the next version where words changed, and the outcome for everybody who answered."""
    sending = accuracy_numbered(access, number)
    where = address("answers", slug=access.case.slug, number=number)
    try:
        saved = verdicts.finish(access, sending, once_of(request), where)
    except LettersError as error:
        return answers_page(request, access, sending, tuple(("", line) for line in str(error).splitlines()), 0, 422)
    what = f"Version {saved.number} has what was accepted." if saved and saved.is_new else "No words changed."
    messages.success(request, f"The answers are settled, and everybody who answered is told. {what}")
    return HttpResponseRedirect(where)


@case_page(Act.ACCURACY)
def evidence(request: HttpRequest, access: Access, number: int, pk: int) -> HttpResponse:
    """Fetch a file that the area gave as evidence for a point that counts."""
    sending = accuracy_numbered(access, number)
    found = next((row.point.evidence for row in verdicts.weighed(sending) if row.point.pk == pk), None)
    if found is None:
        raise NoSuchCase(pk)
    return attachment(get(found.blob), f"{access.case.slug}-evidence-{pk}.bin", "")


@case_page(Act.ACCURACY)
def log(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    """Show the decision log, to be printed: every point, every verdict there ever was, who and when."""
    sending = accuracy_numbered(access, number)
    context = {"access": access, "sending": sending, "rows": verdicts.log(sending), "verdicts": verdicts.VERDICTS}
    return page(request, "decision_log.html", context)
