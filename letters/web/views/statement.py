"""The written statement of action on the lead's side: asked for, read, acknowledged or returned, and followed."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from letters.web.asking import case_page, once_of, taken
from letters.web.fields import day
from letters.web.pages import address, page
from letters.web.views.accuracy import INVITED, invited_in
from letters.web.views.versions import attachment
from letters.workspace import statement as statements
from letters.workspace.access import Access, NoSuchCase
from letters.workspace.artefacts import AT_ONCE
from letters.workspace.reading import head_of, read_version
from letters.workspace.refused import Refused
from letters.workspace.roles import Act
from letters.workspace.stages import is_published


@case_page(Act.ACCURACY)
def statement(request: HttpRequest, access: Access) -> HttpResponse:
    """Show how far the written statement has come."""
    return statement_page(request, access)


def statement_page(
    request: HttpRequest, access: Access, faults: tuple[tuple[str, str], ...] = (), status: int = 200
) -> HttpResponse:
    """Return the page of the statement, with what was wrong with a form of it."""
    sending = statements.statement_of(access)
    version = statements.version_of(sending) if sending else head_of(access.case)
    respondent = statements.authority_of(sending) if sending else None
    inspection = read_version(version).inspection
    given = {name: request.POST.get(name, "") for name in (*INVITED, "last_day", "shortcomings", "again_by")}
    if not faults:
        given |= {"body": inspection.next_steps.principal_authority or "", "last_day": ""}
        names = {agency.id: agency.name for agency in inspection.agencies}
        given["body"] = names.get(given["body"], given["body"])
        given["last_day"] = statements.usual_day(version).isoformat()
    context: dict[str, Any] = {
        "access": access,
        "sending": sending,
        "respondent": respondent,
        "is_required": inspection.next_steps.statement_required,
        "is_published": is_published(access.case),
        "rows": statements.recommended(respondent) if respondent else [],
        "overseen": statements.overseen(respondent) if respondent else "",
        "submission": statements.newest_submission(sending) if sending else None,
        "waits": sending is not None and statements.is_waiting(sending),
        "submitted": statements.submitted_files(sending) if sending and access.may(Act.LEAD) else [],
        "replies": statements.replies(sending) if sending else [],
        "given": given,
        "faults": faults,
    }
    return page(request, "statement.html", context, status)


@case_page(Act.LEAD, "POST")
def ask(request: HttpRequest, access: Access) -> HttpResponse:
    """Ask the principal authority for its statement."""
    here = address("statement", slug=access.case.slug)
    due = day(request.POST.get("last_day", ""))
    try:
        last_day = due if isinstance(due, date) else None
        statements.ask(access, invited_in(request), last_day, once_of(request), here)
    except Refused as error:
        return statement_page(request, access, error.faults, 422)
    taken(request)
    messages.success(request, "The principal authority is asked by mail.")
    return HttpResponseRedirect(here)


@case_page(Act.LEAD, "POST")
def reply(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    """Acknowledge the statement, or return it with reasons."""
    here = address("statement", slug=access.case.slug)
    sending = statements.numbered(access, number)
    again = day(request.POST.get("again_by", ""))
    returned, said = "return" in request.POST, request.POST.get("shortcomings", "")
    try:
        if returned == ("acknowledge" in request.POST):
            raise Refused([("", "Choose whether it is acknowledged or returned.")])
        again_by = again if isinstance(again, date) else None
        statements.reply(access, sending, said, again_by, once_of(request), here, returned=returned)
    except Refused as error:
        return statement_page(request, access, error.faults, 422)
    taken(request)
    messages.success(request, "The statement is returned." if returned else "The statement is acknowledged.")
    return HttpResponseRedirect(here)


@case_page(Act.LEAD, "POST")
def manage(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    """Ask somebody else for the statement, or give another day for it."""
    sending = statements.numbered(access, number)
    try:
        if "name" in request.POST:
            statements.replace(access, sending, invited_in(request))
            messages.success(request, "Asked by mail; the address of the one before is dead.")
        else:
            due = day(request.POST.get("last_day", ""))
            statements.change_day(access, sending, due if isinstance(due, date) else None)
            messages.success(request, "The day was changed.")
    except Refused as error:
        return statement_page(request, access, error.faults, 422)
    return HttpResponseRedirect(address("statement", slug=access.case.slug))


@case_page(Act.ACCURACY)
def letter(request: HttpRequest, access: Access, number: int, pk: int, suffix: str) -> HttpResponse:
    """Fetch the letter that acknowledges the statement or returns it."""
    if suffix not in AT_ONCE:
        raise NoSuchCase(suffix)
    data = statements.reply_file(access, statements.numbered(access, number), pk, suffix)
    return attachment(data, f"{access.case.slug}-statement-reply.{suffix}", suffix)
