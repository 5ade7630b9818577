"""The written statement of action at the outsiders' door: actions by recommendation, submitted once, then followed."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from letters.errors import LettersError
from letters.web.fields import day
from letters.web.outside.answering import downloaded
from letters.web.outside.entering import outside, page, typed_before
from letters.web.pages import address
from letters.workspace import statement as statements
from letters.workspace.answering import standing_submission
from letters.workspace.artefacts import TYPES
from letters.workspace.models import Milestone, Purpose, Respondent
from letters.workspace.now import today
from letters.workspace.refused import Refused
from letters.workspace.uploads import LARGEST

FIELDS = ("what", "lead", "contributors", "by_when", "measure", "oversight")


@outside(of=Purpose.STATEMENT)
def statement(request: HttpRequest, respondent: Respondent) -> HttpResponse:
    """Show the recommendations, the actions that answer them, and what became of the statement."""
    return statement_page(request, respondent)


def statement_page(
    request: HttpRequest, respondent: Respondent, faults: tuple[tuple[str, str], ...] = (), status: int = 200
) -> HttpResponse:
    """Return the page of a statement, with what was wrong with a form of it."""
    sending = respondent.sending
    answers = statements.replies(sending)
    context = {
        "rows": statements.recommended(respondent),
        "overseen": statements.overseen(respondent),
        "submission": standing_submission(respondent),
        "is_settled": sending.settled_at is not None,
        "is_late": today() > sending.last_day,
        "answer": answers[0] if answers else None,
        "states": Milestone.choices,
        "faults": faults,
    }
    return page(request, respondent, "statement.html", context, status)


@outside("GET", "HEAD", "POST", of=Purpose.STATEMENT)
def action(request: HttpRequest, respondent: Respondent, name: str, pk: int = 0) -> HttpResponse:
    """Show an action in its form, and keep it or take it out."""
    here = f"{address('outside_statement', key=respondent.key)}#{name}"
    old = statements.action_of(respondent, pk) if pk else None
    if old is not None and request.method == "POST" and "drop" in request.POST:
        statements.drop_action(respondent, pk)
        messages.success(request, "The action was taken out.")
        return HttpResponseRedirect(here)
    row = next((held for held in statements.recommended(respondent) if held.id == name), None)
    given: dict[str, Any] = {field: getattr(old, field, "") or "" for field in FIELDS}
    given["lead"] = given["lead"] or ("" if old else row.bodies if row else "")
    given |= typed_before(request, respondent)
    faults: tuple[tuple[str, str], ...] = ()
    if request.method == "POST":
        given = {field: request.POST.get(field, "") for field in FIELDS}
        when = day(given["by_when"]) if given["by_when"] else None
        try:
            if isinstance(when, str):
                raise Refused([("by_when", "Choose a day.")])
            statements.put_action(respondent, name, {**given, "by_when": when}, pk)
        except Refused as error:
            faults = error.faults
        else:
            messages.success(request, "The action is kept. It counts once you submit the statement.")
            return HttpResponseRedirect(here)
    shown = given["by_when"].isoformat() if isinstance(given["by_when"], date) else given["by_when"]
    context = {"row": row, "old": old, "given": {**given, "by_when": shown}, "faults": faults}
    return page(request, respondent, "action.html", context, 422 if faults else 200 if row else 404)


@outside("POST", of=Purpose.STATEMENT)
def overseen(request: HttpRequest, respondent: Respondent) -> HttpResponse:
    """Keep how the partnership oversees the actions."""
    try:
        statements.put_overseen(respondent, request.POST.get("overseen", ""))
    except Refused as error:
        return statement_page(request, respondent, error.faults, 422)
    messages.success(request, "Kept.")
    return HttpResponseRedirect(f"{address('outside_statement', key=respondent.key)}#overseen")


@outside("POST", of=Purpose.STATEMENT)
def submit(request: HttpRequest, respondent: Respondent) -> HttpResponse:
    """Submit the statement once."""
    try:
        row = statements.submit(respondent)
    except Refused as error:
        return statement_page(request, respondent, error.faults, 422)
    messages.success(request, f"Your statement was submitted. The receipt is {row.receipt}.")
    return HttpResponseRedirect(address("outside_statement", key=respondent.key))


@outside("POST", of=Purpose.STATEMENT)
def progress(request: HttpRequest, respondent: Respondent, pk: int) -> HttpResponse:
    """Keep how far an action has come."""
    try:
        held = statements.tell_progress(respondent, pk, request.POST.get("state", ""), request.POST.get("note", ""))
    except Refused as error:
        return statement_page(request, respondent, error.faults, 422)
    messages.success(request, "Kept. The inspectorates are shown it.")
    where = address("outside_statement", key=respondent.key)
    return HttpResponseRedirect(f"{where}#{held.action.recommendation}")


@outside(of=Purpose.STATEMENT)
def form(request: HttpRequest, respondent: Respondent) -> HttpResponse:
    """Fetch the form of the statement, to be filled in elsewhere."""
    return downloaded(statements.form_file(respondent.sending), "statement-of-action.docx", TYPES["docx"])


@outside("POST", of=Purpose.STATEMENT)
def filled(request: HttpRequest, respondent: Respondent) -> HttpResponse:
    """Take the actions of a form that was filled in."""
    here = address("outside_statement", key=respondent.key)
    file = request.FILES.get("form")
    try:
        if file is None:
            raise LettersError("Choose the form that you filled in first.")
        if (file.size or 0) > LARGEST:
            raise LettersError("This file is too large. It can have 20 MB.")
        count, unplaced = statements.take_form(respondent, file.name or "form.docx", file.read())
    except LettersError as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(here)
    messages.success(request, f"{'1 action was' if count == 1 else f'{count} actions were'} read from the form.")
    for words in unplaced:
        messages.warning(request, f"This could not be placed, so it is not in the statement: {words}")
    return HttpResponseRedirect(here)
