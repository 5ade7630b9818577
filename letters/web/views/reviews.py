"""Reviews: what was sent to whom and until when, the copies that come back, and what became of each change."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from letters.errors import LettersError
from letters.findings.editing import places
from letters.web.asking import base_of, case_page, once_of, taken
from letters.web.fields import day
from letters.web.pages import address, as_day, page
from letters.web.views import errors
from letters.web.views.versions import attachment
from letters.workspace import sending as sendings
from letters.workspace.access import Access
from letters.workspace.blobs import get
from letters.workspace.history import looked
from letters.workspace.issues import Gate, issues_of_version
from letters.workspace.merging import by_hand_of, merges_of
from letters.workspace.models import ByHand, Organisation, Purpose, Return, Sending
from letters.workspace.now import today
from letters.workspace.proposing import newest
from letters.workspace.reading import head_of, read_version
from letters.workspace.refused import Refused
from letters.workspace.returning import Given, NotWord, copy_named, give_copy, no_comments, own_returns
from letters.workspace.reviewing import Card, cards
from letters.workspace.roles import Act
from letters.workspace.sending import QUESTIONS, Order, can_be_asked, sending_numbered
from letters.workspace.stages import copies_that_count
from letters.workspace.uploads import LARGEST
from letters.workspace.waiting import answers_awaited


@case_page(Act.REVIEW)
def reviews(request: HttpRequest, access: Access) -> HttpResponse:
    """List what was sent for review, the newest first."""
    rows = [
        {"sending": sending, "awaited": answers_awaited(sending)}
        for sending in sendings.sendings_of(access, Purpose.REVIEW)
    ]
    return page(request, "reviews.html", {"access": access, "rows": rows, "head": head_of(access.case)})


@case_page(Act.LEAD, "GET", "HEAD", "POST")
def send(request: HttpRequest, access: Access) -> HttpResponse:
    """Show the checklist of a version that goes out, and send it."""
    head = head_of(access.case)
    people, bodies = can_be_asked(access)
    given: dict[str, Any] = {
        "people": request.POST.getlist("people"),
        "organisations": request.POST.getlist("organisations"),
        "last_day": request.POST.get("last_day", ""),
        "ticked": [name for name in QUESTIONS if request.POST.get(f"check-{name}")],
    }
    faults: tuple[tuple[str, str], ...] = ()
    if request.method == "POST":
        last = day(given["last_day"])
        order = Order(
            base_of(request, access).number,
            tuple(given["people"]),
            tuple(given["organisations"]),
            last if isinstance(last, date) else None,
            tuple(given["ticked"]),
            once_of(request),
            address("reviews", slug=access.case.slug),
        )
        try:
            sent = sendings.send_for_review(access, order)
        except Refused as error:
            faults = error.faults
        else:
            taken(request)
            messages.success(request, f"Version {sent.version.number} was sent for review.")
            return HttpResponseRedirect(address("review", slug=access.case.slug, number=sent.number))
    errors_left = [issue for issue in issues_of_version(access.case, head, Gate.AGREEMENT) if issue.is_error]
    context = {
        "access": access,
        "base": head,
        "questions": QUESTIONS,
        "people": [(str(person.pk), f"{person.name}, {person.organisation.name}") for person in people],
        "bodies": [(body.register_id, body.name) for body in bodies],
        "given": given,
        "faults": faults,
        "errors_left": sum(issue.is_open for issue in errors_left),
    }
    return page(request, "send.html", context, 422 if faults else 200)


@case_page(Act.REVIEW, "GET", "HEAD", "POST")
def review(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    """Show what was sent and what came back, and take an answer to it."""
    sending = sending_numbered(access, number)
    if request.method == "POST":
        return answered(request, access, sending)
    return review_page(request, access, sending)


def review_page(
    request: HttpRequest, access: Access, sending: Sending, fault: str = "", status: int = 200
) -> HttpResponse:
    """Return the page of a review."""
    is_lead = access.may(Act.LEAD)
    last = next(iter(merges_of(sending)), None)
    people, bodies = can_be_asked(access) if is_lead else ([], [])
    context: dict[str, Any] = {
        "access": access,
        "sending": sending,
        "is_late": today() > sending.last_day,
        "awaited": answers_awaited(sending),
        "own": own_returns(access, sending),
        "replaceable": replaceable(access, sending),
        "copies": list(copies_that_count(sending)) if is_lead else [],
        "people": [(str(person.pk), f"{person.name}, {person.organisation.name}") for person in people],
        "bodies": [(body.register_id, body.name) for body in bodies],
        "merged": last,
        "fates": fates(access, sending) if last else [],
        "by_hand": own_by_hand(access, sending) if last else [],
        "known": {name for name, _, _ in findings_to_propose(access, sending)},
        "findings": findings_to_propose(access, sending),
        "fault": fault,
        "found_in": found_in,
        "replaceable_choices": replaceable_choices,
        "is_lead": is_lead,
    }
    return page(request, "review.html", context, status)


def replaceable(access: Access, sending: Sending) -> list[Return]:
    """Return the copies that a person gave as files and can replace by a newer one."""
    return [copy for copy in copies_that_count(sending) if copy.person == access.person and not copy.is_written_here]


def replaceable_choices(copies: list[Return]) -> list[tuple[str, str]]:
    """Return what a newer copy can do with the earlier ones of its sender."""
    return [(str(copy.pk), f"It replaces {copy.name}, which I gave on {as_day(copy.at)}") for copy in copies]


def fates(access: Access, sending: Sending) -> list[Card]:
    """Return what became of each change of the person's own copies and of those of her inspectorate."""
    return [
        card
        for card in cards(sending)
        if any(copy.person == access.person or copy.organisation == access.person.organisation for copy in card.copies)
    ]


def own_by_hand(access: Access, sending: Sending) -> list[ByHand]:
    """Return what of the copies of the person's inspectorate a person makes by hand."""
    own = access.person.organisation
    return [item for item in by_hand_of(sending) if item.copy and item.copy.organisation == own]


def findings_to_propose(access: Access, sending: Sending) -> list[tuple[str, str, bool]]:
    """Return the findings on which something can be written here: the id, how it begins, whether the person did."""
    written = {name for name, row in newest(access, sending).items() if row.fields or row.remark}
    inspection = read_version(sending.version).inspection
    return [
        (place.entry.id, " ".join(place.entry.text.split())[:90], place.entry.id in written)
        for place in places(inspection)
    ]


def answered(request: HttpRequest, access: Access, sending: Sending) -> HttpResponse:
    """Take an answer: copies, or that there are no comments."""
    led_to = address("review", slug=access.case.slug, number=sending.number)
    organisation = organisation_of(request, access)
    if "none" in request.POST:
        no_comments(access, sending, Given(organisation, once=once_of(request), led_to=led_to))
        messages.success(request, "Your answer is noted: no comments.")
        return HttpResponseRedirect(led_to)
    files = request.FILES.getlist("file")
    if not files:
        return review_page(request, access, sending, "Choose a Word file first.", 422)
    if any((file.size or 0) > LARGEST for file in files):
        return errors.too_large(request)
    old = next((copy for copy in replaceable(access, sending) if str(copy.pk) == request.POST.get("replaces")), None)
    for file in files:
        known = {copy.pk for copy in own_returns(access, sending)}
        try:
            given = Given(organisation, old if len(files) == 1 else None, led_to=led_to)
            copy = give_copy(access, sending, given, file.name or "file", file.read())
        except NotWord as error:
            return review_page(request, access, sending, str(error), 415)
        said_of_copy(request, copy, is_new=copy.pk not in known)
    return HttpResponseRedirect(led_to)


def organisation_of(request: HttpRequest, access: Access) -> Organisation:
    """Return whose answer a form gives: that of the person's own inspectorate, unless a lead says another."""
    given = request.POST.get("organisation", "")
    if given and access.may(Act.LEAD):
        found = next((body for body in can_be_asked(access)[1] if body.register_id == given), None)
        if found is None:
            raise LettersError("Choose an inspectorate that takes part in this case.")
        return found
    return access.person.organisation


def said_of_copy(request: HttpRequest, copy: Return, *, is_new: bool) -> None:
    """Say on the next page what became of a copy."""
    if copy.fault:
        messages.error(request, copy.fault)
    elif not is_new:
        messages.info(request, "This very file is here already. It counts once.")
    else:
        messages.success(request, f"Your copy is here. {found_in(copy)}")


def found_in(copy: Return) -> str:
    """Say what is in a copy: the proof that nothing in it is lost."""
    found = copy.found
    elsewhere = len(found.get("elsewhere", []))
    said = f"Found in it: {counted(found['changes'], 'change')} and {counted(found['comments'], 'comment')}"
    if found.get("untracked"):
        said += f", of which {counted(found['untracked'], 'change')} made with tracking off"
    if elsewhere:
        said += f"; {counted(elsewhere, 'thing')} outside the text of the letter, to be made by hand"
    return f"{said}. Nothing else is in your file."


def counted(count: int, what: str) -> str:
    """Return a number of things in words."""
    return f"{count} {what}{'' if count == 1 else 's'}"


@case_page(Act.REVIEW)
def sent(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    """Fetch the very Word file that was sent."""
    sending = sending_numbered(access, number)
    looked(access, sending.version.number, "review copy")
    return attachment(get(sending.file.blob), sending.file.name, "docx")


@case_page(Act.REVIEW)
def copy(request: HttpRequest, access: Access, number: int, name: str) -> HttpResponse:
    """Fetch a copy as it came."""
    sending = sending_numbered(access, number)
    found = copy_named(access, sending, name)
    assert found.file, "only answers with a file are found by name"
    is_word = found.file.blob.media_type.endswith("wordprocessingml.document")
    suffix = "docx" if is_word else "bin"
    stem = f"{access.case.slug}-v{sending.version.number}-{found.name.replace('.', '-')}"
    return attachment(get(found.file.blob), f"{stem}.{suffix}", suffix)


@case_page(Act.LEAD, "POST")
def manage(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    """Give another last day, ask more people, or stop waiting."""
    sending = sending_numbered(access, number)
    try:
        if "close" in request.POST:
            sendings.close(access, sending)
            messages.success(request, "The review is closed. A copy that still comes is taken all the same.")
        elif "last_day" in request.POST:
            last = day(request.POST["last_day"])
            sendings.change_last_day(access, sending, last if isinstance(last, date) else None)
            messages.success(request, "The last day was changed.")
        else:
            people, bodies = (request.POST.getlist(name) for name in ("people", "organisations"))
            count = sendings.ask_more(access, sending, people, bodies)
            messages.success(request, f"{counted(count, 'more answer')} asked for.")
    except LettersError as error:
        messages.error(request, str(error))
    return HttpResponseRedirect(address("review", slug=access.case.slug, number=number))
