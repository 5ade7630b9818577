"""What people in the area see and do: one draft, their own points, one answer, and what became of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from letters.errors import LettersError
from letters.web.outside.entering import outside, page, typed_before
from letters.web.pages import address, as_markup
from letters.workspace import answering, door, verdicts
from letters.workspace.access import NoSuchCase
from letters.workspace.answering import Said
from letters.workspace.artefacts import FOR_AREA, TYPES, wanted
from letters.workspace.blobs import get
from letters.workspace.models import Artefact, PointKind, Respondent
from letters.workspace.now import now
from letters.workspace.numbered import Numbered, note_numbers, paragraphs
from letters.workspace.process_documents import accuracy_file, form_file, take_form
from letters.workspace.refused import Refused
from letters.workspace.to_area import Invited
from letters.workspace.uploads import LARGEST

DOWNLOAD = "sandbox; default-src 'none'"


def state(respondent: Respondent) -> dict[str, Any]:
    """Return how far an answer has come, as every page of the door shows it."""
    return {
        "submission": answering.standing_submission(respondent),
        "is_late": answering.is_late(respondent.sending),
        "is_settled": respondent.sending.settled_at is not None,
    }


@outside()
def draft(request: HttpRequest, respondent: Respondent) -> HttpResponse:
    """Show the draft, its paragraphs numbered."""
    door.looked(respondent, "page")
    version = respondent.sending.version
    numbers = note_numbers(version)
    rows = [(held, as_markup(held.runs, numbers)) for held in paragraphs(version)]
    own = {held.paragraph for held in answering.own_points(respondent)}
    return page(request, respondent, "draft.html", {**state(respondent), "rows": rows, "own": own})


@outside("GET", "HEAD", "POST")
def points(request: HttpRequest, respondent: Respondent) -> HttpResponse:
    """List the points that somebody wrote, and take a new one."""
    return point_page(request, respondent, None)


@outside("GET", "HEAD", "POST")
def point(request: HttpRequest, respondent: Respondent, pk: int) -> HttpResponse:
    """Show a point, and take another wording of it, or take it out."""
    if request.method == "POST" and "drop" in request.POST and not respondent.points.filter(pk=pk).exists():
        return HttpResponseRedirect(address("outside_points", key=respondent.key))
    return point_page(request, respondent, pk)


def point_page(request: HttpRequest, respondent: Respondent, pk: int | None) -> HttpResponse:
    """Show the form of a point, and do what it says."""
    old = answering.point_of(respondent, pk) if pk is not None else None
    here = address("outside_points", key=respondent.key)
    if request.method == "POST" and old is not None and "drop" in request.POST:
        answering.drop_point(respondent, old.pk)
        messages.success(request, "The point was taken out.")
        return HttpResponseRedirect(here)
    given = {name: request.POST.get(name, "") for name in ("paragraph", "kind", "proposed", "said")}
    faults: tuple[tuple[str, str], ...] = ()
    if request.method == "POST":
        try:
            answering.put_point(respondent, said_in(request, given), old)
        except Refused as error:
            faults = error.faults
        else:
            messages.success(request, "The point is kept. It counts once you submit your answer.")
            return HttpResponseRedirect(here)
    elif old is not None:
        given = {
            "paragraph": str(old.paragraph),
            "kind": old.kind,
            "proposed": old.proposed,
            "said": old.said,
        }
    else:
        given["paragraph"] = request.GET.get("paragraph", "")
    before = typed_before(request, respondent) if request.method != "POST" else {}
    if before:
        given |= {name: before.get(name, "") for name in given}
        messages.info(request, "Your time was over when you sent this. It is not kept yet: look at it, and keep it.")
    shown = paragraph_shown(respondent, given["paragraph"])
    if shown and not given["proposed"] and request.method != "POST":
        given["proposed"] = shown.words
    context = {
        **state(respondent),
        "points": answering.own_points(respondent),
        "given": given,
        "old": old,
        "shown": shown,
        "kinds": PointKind.choices,
        "faults": faults,
    }
    return page(request, respondent, "points.html", context, 422 if faults else 200)


def said_in(request: HttpRequest, given: dict[str, str]) -> Said:
    """Return the point of a form."""
    file = request.FILES.get("evidence")
    if file is not None and (file.size or 0) > LARGEST:
        raise Refused([("evidence", "This file is too large. It can have 20 MB.")])
    number = given["paragraph"].strip()
    evidence = (file.name or "file", file.read()) if file is not None else None
    return Said(
        int(number) if number.isdecimal() and len(number) < 6 else 0,
        given["kind"],
        given["proposed"],
        given["said"],
        evidence,
    )


def paragraph_shown(respondent: Respondent, number: str) -> Numbered | None:
    """Return the paragraph that a form is about, where it names one."""
    known = paragraphs(respondent.sending.version)
    return next((held for held in known if held.number and str(held.number) == number.strip()), None)


@outside("GET", "HEAD", "POST")
def check(request: HttpRequest, respondent: Respondent) -> HttpResponse:
    """Show the answer as a whole before it is submitted, and submit it once."""
    faults: tuple[tuple[str, str], ...] = ()
    if request.method == "POST":
        try:
            answering.submit(respondent, nothing=bool(request.POST.get("nothing")))
        except Refused as error:
            faults = error.faults
        else:
            return HttpResponseRedirect(address("outside_sent", key=respondent.key))
    context = {
        **state(respondent),
        "points": answering.own_points(respondent),
        "agency_points": answering.agency_points(respondent),
        "unanswered": [
            held for held in answering.agencies_of(respondent) if answering.standing_submission(held) is None
        ],
        "faults": faults,
    }
    return page(request, respondent, "check.html", context, 422 if faults else 200)


@outside()
def sent(request: HttpRequest, respondent: Respondent) -> HttpResponse:
    """Show the receipt of an answer, and its outcome once there is one."""
    held = state(respondent)
    if held["submission"] is None:
        return HttpResponseRedirect(address("outside_draft", key=respondent.key))
    context = {**held, "rows": verdicts.outcome(respondent), "verdicts": verdicts.VERDICTS}
    context["left_out"] = verdicts.left_out_of(respondent)
    return page(request, respondent, "sent.html", context)


@outside("GET", "HEAD", "POST")
def agencies(request: HttpRequest, respondent: Respondent) -> HttpResponse:
    """Show a coordinator her agencies and what they answered; let her invite them, and leave points out."""
    if not respondent.is_coordinator:
        raise NoSuchCase(respondent.pk)
    here = address("outside_agencies", key=respondent.key)
    given = {name: request.POST.get(name, "") for name in ("name", "email", "body")}
    faults: tuple[tuple[str, str], ...] = ()
    if request.method == "POST":
        try:
            done = done_with_agencies(request, respondent, given)
        except Refused as error:
            faults = error.faults
        else:
            messages.success(request, done)
            return HttpResponseRedirect(here)
    rows = answering.agency_points(respondent)
    places = [held.place for held in rows]
    context = {
        **state(respondent),
        "agencies": [(held, answering.standing_submission(held)) for held in answering.agencies_of(respondent)],
        "rows": rows,
        "disputed": {held.pk for held in rows if places.count(held.place) > 1},
        "given": given,
        "faults": faults,
    }
    return page(request, respondent, "agencies.html", context, 422 if faults else 200)


def done_with_agencies(request: HttpRequest, respondent: Respondent, given: dict[str, str]) -> str:
    """Do what a coordinator's form says, and return what was done."""
    posted = request.POST
    if "leave_out" in posted:
        reason = posted.get("reason", "").strip()
        if not reason:
            raise Refused([(f"reason-{posted['leave_out']}", "Say why it is left out: the inspectorates may ask.")])
        answering.leave_out(respondent, number_of(posted["leave_out"]), reason)
        return "The point is left out of your answer."
    if "take_in" in posted:
        answering.leave_out(respondent, number_of(posted["take_in"]), "")
        return "The point is in your answer."
    if "end" in posted:
        answering.revoke_agency(respondent, number_of(posted["end"]))
        return "The invitation has ended."
    answering.invite_agency(respondent, Invited(given["name"], given["email"], given["body"]))
    return "The agency is invited by mail."


def number_of(words: str) -> int:
    """Return a number in a form; raises NoSuchCase where it is none."""
    if not (words.isdecimal() and len(words) < 12):
        raise NoSuchCase(words)
    return int(words)


@outside()
def evidence(request: HttpRequest, respondent: Respondent, pk: int) -> HttpResponse:
    """Fetch a file that was given as evidence: one's own, or that of one's agencies."""
    kept = answering.evidence_of(respondent, pk)
    return downloaded(get(kept.blob), f"evidence-{pk}", "application/octet-stream")


def downloaded(data: bytes, name: str, media_type: str) -> HttpResponse:
    """Return a file to be kept and not shown."""
    response = HttpResponse(data, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Security-Policy"] = DOWNLOAD
    return response


@outside()
def form(request: HttpRequest, respondent: Respondent) -> HttpResponse:
    """Fetch the response form, to be filled in elsewhere."""
    door.looked(respondent, "form")
    return downloaded(form_file(respondent.sending), "response-form.docx", TYPES["docx"])


@outside("POST")
def filled(request: HttpRequest, respondent: Respondent) -> HttpResponse:
    """Take the points of a response form that was filled in."""
    here = address("outside_points", key=respondent.key)
    file = request.FILES.get("form")
    try:
        if file is None:
            raise LettersError("Choose the form that you filled in first.")
        if (file.size or 0) > LARGEST:
            raise LettersError("This file is too large. It can have 20 MB.")
        count, found = take_form(respondent, file.name or "form.docx", file.read())
    except LettersError as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(here)
    messages.success(request, f"{'1 point was' if count == 1 else f'{count} points were'} read from the form.")
    if found.nothing:
        messages.info(request, "The form says that nothing is inaccurate. Confirm that as you submit your answer.")
    for words in found.unplaced:
        messages.warning(request, f"This could not be placed, so it is no point yet: {words}")
    return HttpResponseRedirect(here)


@outside()
def outcome(request: HttpRequest, respondent: Respondent) -> HttpResponse:
    """Fetch the outcome of one's answer as a letter."""
    data = accuracy_file(respondent.sending, "accuracy-outcome", "docx", respondent)
    return downloaded(data, "outcome.docx", TYPES["docx"])


@outside()
def draft_pdf(request: HttpRequest, respondent: Respondent) -> HttpResponse:
    """Fetch the draft as PDF, marked with whom it is for; the worker makes it first."""
    sending = respondent.sending
    made = wanted(sending.case, sending.version, f"{FOR_AREA}{respondent.pk}")
    if made.state == Artefact.MADE and made.blob is not None:
        door.looked(respondent, "pdf")
        return downloaded(get(made.blob), "draft-letter.pdf", "application/pdf")
    waited = int((now() - made.wanted_at).total_seconds())
    context = {**state(respondent), "made": made, "waited": waited, "refresh": made.state == Artefact.WANTED}
    return page(request, respondent, "making.html", context)
