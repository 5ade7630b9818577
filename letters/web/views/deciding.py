"""The changes of reviewers' copies as cards, in the order of the letter: accepted, rejected or taken in part."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from letters.errors import LettersError
from letters.findings.editing import places
from letters.web.asking import case_page, once_of
from letters.web.pages import address, page
from letters.web.views.letter import form_addresses
from letters.workspace import deciding
from letters.workspace.access import Access
from letters.workspace.deciding import DecidedMeanwhile
from letters.workspace.history import looked
from letters.workspace.models import Sending
from letters.workspace.reading import head_of, read_version
from letters.workspace.reviewing import Card, cards, lone_comments
from letters.workspace.roles import Act
from letters.workspace.sending import sending_numbered
from letters.workspace.stages import copies_that_count

PAGE = 50
SHOWN = (("open", "Undecided"), ("decided", "Decided"), ("disputed", "Disputed"), ("all", "All"))
FILTERS: dict[str, Callable[[Card], bool]] = {
    "open": lambda card: card.is_open,
    "decided": lambda card: not card.is_open,
    "disputed": lambda card: bool(card.disputes),
    "all": lambda card: True,
}


@case_page(Act.LEAD, "GET", "HEAD", "POST")
def changes(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    """Show the changes of a review, and decide on them one by one or many at once."""
    sending = sending_numbered(access, number)
    if request.method == "POST":
        return decided(request, access, sending)
    return changes_page(request, access, sending)


def changes_page(
    request: HttpRequest, access: Access, sending: Sending, fault: str = "", at: str = "", status: int = 200
) -> HttpResponse:
    """Return the page of changes, with what was wrong with a decision at its card."""
    looked(access, sending.version.number, "changes")
    every = cards(sending)
    source = request.POST if request.method == "POST" else request.GET
    show = source.get("show", "open") if source.get("show", "open") in FILTERS else "open"
    whose = source.get("copy", "")
    fitting = [
        card
        for card in every
        if (FILTERS[show](card) or at == card.change.id) and (not whose or whose in {copy.name for copy in card.copies})
    ]
    shown = Paginator(fitting, PAGE).get_page(source.get("page"))
    newest = read_version(head_of(access.case))
    context: dict[str, Any] = {
        "access": access,
        "sending": sending,
        "findings": {place.entry.id for place in places(newest.inspection)},
        "forms": form_addresses(access, newest),
        "shown": shown,
        "cards": list(shown.object_list),
        "numbers": {card.change.id: place for place, card in enumerate(every, start=1)},
        "total": len(every),
        "done": sum(not card.is_open for card in every),
        "offered": sum(card.is_open and card.earlier is not None for card in every),
        "copies": list(copies_that_count(sending)),
        "lone": lone_comments(sending),
        "given": {"show": show, "copy": whose},
        "choices": SHOWN,
        "fault": fault,
        "at": at,
        "typed": request.POST if fault else {},
        "like": alike(every),
        "query": f"show={show}&copy={whose}",
    }
    return page(request, "changes.html", context, status)


def alike(every: list[Card]) -> dict[str, int]:
    """Return for each open change how many open ones do the same to the same words elsewhere."""
    said = [(card.change.before, card.change.after, card.change.hunk.kind) for card in every if card.is_open]
    return {
        card.change.id: said.count((card.change.before, card.change.after, card.change.hunk.kind)) - 1
        for card in every
        if card.is_open
    }


def decided(request: HttpRequest, access: Access, sending: Sending) -> HttpResponse:
    """Decide as a form says, and lead back to where its card stands."""
    slug, posted = access.case.slug, request.POST
    change = posted.get("change", "")
    query = f"?show={posted.get('show', 'open')}&copy={posted.get('copy', '')}&page={posted.get('page', '1')}"
    led_to = f"{address('decisions', slug=slug, number=sending.number)}{query}"
    verdict, reason = posted.get("verdict", ""), posted.get("reason", "")
    keys: dict[str, Any] = {"once": once_of(request), "led_to": led_to}
    try:
        if posted.get("many") == "earlier":
            count = deciding.take_over(access, sending, **keys)
            messages.success(request, f"{many(count)} decided as before.")
        elif posted.get("many"):
            fits, text = reach(posted["many"], sending), posted.get("text", "")
            count = deciding.decide_on_all(access, sending, fits, verdict, reason, text, **keys)
            messages.success(request, f"{many(count)} decided.")
        else:
            text, seen = posted.get("text", ""), posted.get("seen", "")
            deciding.decide(access, sending, change, verdict, reason, text, seen=seen, **keys)
            led_to += f"#after-{posted.get('next', '')}" if posted.get("next") else ""
    except DecidedMeanwhile as error:
        context = {"access": access, "sending": sending, "card": error.card, "typed": posted}
        return page(request, "decided_meanwhile.html", context, 409)
    except LettersError as error:
        return changes_page(request, access, sending, str(error), change, 422)
    return HttpResponseRedirect(led_to)


def many(count: int) -> str:
    """Return a number of changes in words."""
    return "1 change was" if count == 1 else f"{count} changes were"


def reach(words: str, sending: Sending) -> Callable[[Card], bool]:
    """Return what says which changes a decision on many is for: a copy's, its undisputed ones, or all like one.

    Raises LettersError for anything else.
    """
    kind, _, name = words.partition(" ")
    if kind == "like":
        one = deciding.card_of(sending, name).change
        said = (one.before, one.after, one.hunk.kind)
        return lambda card: (card.change.before, card.change.after, card.change.hunk.kind) == said
    if kind == "copy":
        return lambda card: name in {copy.name for copy in card.copies}
    if kind == "undisputed":
        return lambda card: (
            name in {copy.name for copy in card.copies} and not card.disputes and card.change.hunk.tracked
        )
    raise LettersError("Choose which changes the decision is for.")


@case_page(Act.LEAD, "POST")
def answer(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    """Answer a comment of a copy."""
    sending = sending_numbered(access, number)
    place = request.POST.get("comment", "")
    try:
        which = int(place) if place.isdecimal() and len(place) < 6 else 0
        deciding.answer(access, sending, request.POST.get("copy", ""), which, request.POST.get("words", ""))
        messages.success(request, "The answer is kept; its reviewer is shown it.")
    except LettersError as error:
        messages.error(request, str(error))
    return HttpResponseRedirect(f"{address('decisions', slug=access.case.slug, number=number)}?show=all")
