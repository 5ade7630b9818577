"""Merging the copies of a review: what will be made and what a person has to make, then the next version."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from letters.errors import LettersError
from letters.web.asking import case_page, number_in, once_of, told
from letters.web.pages import address, page
from letters.web.views.letter import form_addresses
from letters.web.views.versions import attachment
from letters.workspace import merging
from letters.workspace.access import Access, NoSuchCase
from letters.workspace.blobs import get
from letters.workspace.history import looked
from letters.workspace.models import Sending
from letters.workspace.reading import head_of, read_version
from letters.workspace.roles import Act
from letters.workspace.sending import sending_numbered

FOR_ALL = ("combined",)
"""The files of a merge that reviewers may fetch too: the letter with everybody's changes in it."""


@case_page(Act.LEAD, "GET", "HEAD", "POST")
def merge(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    """Show what merging a review will make, make it, and tick off what was made by hand."""
    sending = sending_numbered(access, number)
    here = address("merge", slug=access.case.slug, number=number)
    if request.method != "POST":
        return merge_page(request, access, sending)
    try:
        if "done" in request.POST:
            merging.tick_off(access, sending, number_in(request, "done"), request.POST.get("why", ""))
            messages.success(request, "Noted.")
        else:
            told(request, merging.make_version(access, sending, once_of(request), here))
    except LettersError as error:
        return merge_page(request, access, sending, str(error), 422)
    return HttpResponseRedirect(here)


def merge_page(
    request: HttpRequest, access: Access, sending: Sending, fault: str = "", status: int = 200
) -> HttpResponse:
    """Return the page of a merge."""
    outcome, held_back = None, ""
    if sending.is_unmerged:
        try:
            outcome = merging.outcome(sending)
        except LettersError as error:
            held_back = str(error)
    context = {
        "access": access,
        "sending": sending,
        "outcome": outcome,
        "held_back": held_back,
        "merges": merging.merges_of(sending),
        "items": merging.by_hand_of(sending),
        "is_newer": merging.newer_than(access),
        "forms": form_addresses(access, read_version(head_of(access.case))),
        "moved_on": access.case.head != sending.version.number,
        "fault": fault,
    }
    return page(request, "merge.html", context, status)


@case_page(Act.REVIEW)
def merged_file(request: HttpRequest, access: Access, number: int, pk: int, kind: str) -> HttpResponse:
    """Fetch a file of a merge: the combined Word file, the ledger, the decisions, or the file that was merged."""
    sending = sending_numbered(access, number)
    made = next((made for made in merging.merges_of(sending) if made.pk == pk), None)
    found = merging.file_of(sending, made, kind) if made else None
    if found is None or not (access.may(Act.LEAD) or kind in FOR_ALL):
        raise NoSuchCase(kind)
    looked(access, sending.version.number, kind)
    return attachment(get(found.blob), found.name, found.suffix)
