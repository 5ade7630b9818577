"""Publication: every reason at once, two people for each act, and what each inspectorate puts on its site."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from letters.errors import LettersError
from letters.web.asking import Of, base_of, case_page, once_of, person_of, signed_in, taken
from letters.web.fields import day
from letters.web.pages import address, page
from letters.web.views.versions import attachment
from letters.workspace import packing, placing, publishing
from letters.workspace.access import Access, acting
from letters.workspace.artefacts import DRAFT_PACK, wanted
from letters.workspace.history import looked
from letters.workspace.models import PackState, PublicationAct
from letters.workspace.now import today
from letters.workspace.publishing import HeldBack, Order
from letters.workspace.reading import head_of, overview_of, read_version
from letters.workspace.refused import Refused
from letters.workspace.roles import Act
from letters.workspace.stages import is_published, published_last, under_way

MENDED = {
    "checks": ("checks", "Checks", "?gate=publication"),
    "agreement": ("agreement", "Agreement", ""),
    "dates": ("dates", "Dates", ""),
    "letter": ("letter", "Letter", "?gate=publication"),
    "accuracy": ("accuracy", "Accuracy", ""),
}
"""The pages on which reasons are mended: the name of the address, what it is called, and what stands after it."""


@case_page(Act.VERSIONS, of=Of.BOTH)
def publication(request: HttpRequest, access: Access) -> HttpResponse:
    """Show how far publication has come, and everything that holds it back."""
    return publication_page(request, access)


def publication_page(
    request: HttpRequest, access: Access, faults: tuple[tuple[str, str], ...] = (), status: int = 200
) -> HttpResponse:
    """Return the page of publication, with what was wrong with a form of it."""
    case, head = access.case, head_of(access.case)
    now_under_way, last = under_way(case), published_last(case)
    given = given_in(request) if faults else {"day": usual_day(access).isoformat()}
    wanted_day = day(given["day"])
    asks = access.may(Act.LEAD) and now_under_way is None
    found = publishing.held_back(case, head, wanted_day if isinstance(wanted_day, date) else today()) if asks else []
    context: dict[str, Any] = {
        "access": access,
        "base": head,
        "under_way": now_under_way,
        "last": last,
        "sites": placing.sites(last) if last else [],
        "rows": publishing.record_of(access),
        "held_back": [(reason, *mended_at(access, reason)) for reason in found],
        "act": publishing.next_act(case),
        "acts": PublicationAct,
        "is_stale": publishing.is_stale(case),
        "is_published": is_published(case),
        "given": given,
        "faults": faults,
        "refresh": now_under_way is not None and now_under_way.state == PackState.WANTED,
        "lost": now_under_way is not None and publishing.is_lost(now_under_way),
    }
    return page(request, "publication.html", context, status)


def usual_day(access: Access) -> date:
    """Return the day on which the newest version would be published, where nobody says another."""
    last, head = published_last(access.case), head_of(access.case)
    if access.case.is_report:
        return max(today(), overview_of(head).published)
    dates = read_version(head).inspection.dates
    return max(today(), dates.letter, *([] if last else [dates.published or today()]))


def mended_at(access: Access, reason: HeldBack) -> tuple[str, str]:
    """Return the address on which a reason is mended, and what it is called; nothing where it is this page."""
    if access.case.is_report and reason.page:
        name, title = ("agreement", "Agreement") if reason.page == "agreement" else ("report", "Overview")
        return address(name, slug=access.case.slug), title
    if reason.finding:
        return address("finding", slug=access.case.slug, name=reason.finding), f"Change {reason.finding}"
    if reason.code == "P6":
        return address("part", slug=access.case.slug, name="publication"), "Details: publication"
    if reason.page not in MENDED:
        return "", ""
    name, title, after = MENDED[reason.page]
    return f"{address(name, slug=access.case.slug)}{after}", title


def given_in(request: HttpRequest) -> dict[str, str]:
    """Return what somebody typed into the form."""
    return {name: request.POST.get(name, "") for name in ("act", "day", "note", "replaced_by")}


@case_page(Act.LEAD, "POST", of=Of.BOTH)
def ask(request: HttpRequest, access: Access) -> HttpResponse:
    """Ask to publish, correct, withdraw or bring back."""
    here, given = address("publication", slug=access.case.slug), given_in(request)
    on = day(given["day"])
    order = Order(
        base_of(request, access).number,
        given["act"],
        on if isinstance(on, date) else None,
        given["note"],
        given["replaced_by"],
        once_of(request),
        here,
    )
    try:
        publishing.ask(access, order)
    except Refused as error:
        return publication_page(request, access, error.faults, 422)
    taken(request)
    messages.success(request, "Asked for. Another lead or an approver has to confirm it.")
    return HttpResponseRedirect(here)


@case_page(Act.CONFIRM, "POST", of=Of.BOTH)
def confirm(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    """Confirm as the second person what another asked for."""
    here = address("publication", slug=access.case.slug)
    try:
        publishing.confirm(access, number, once_of(request), here)
    except LettersError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Confirmed. The files are being made.")
    return HttpResponseRedirect(here)


@case_page(Act.LEAD, "POST", of=Of.BOTH)
def manage(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    """Call off what was asked for, or let the worker try once more."""
    try:
        if "again" in request.POST:
            publishing.again(access, number)
            messages.success(request, "The worker tries again.")
        else:
            publishing.call_off(access, number)
            messages.success(request, "Called off. Nothing that was published before has changed.")
    except LettersError as error:
        messages.error(request, str(error))
    return HttpResponseRedirect(address("publication", slug=access.case.slug))


@case_page(Act.LEAD, of=Of.BOTH)
def draft_pack(request: HttpRequest, access: Access) -> HttpResponse:
    """Have the pack of the newest version made as a draft, to be looked at before it is published."""
    made = wanted(access.case, head_of(access.case), DRAFT_PACK)
    return HttpResponseRedirect(address("making", slug=access.case.slug, pk=made.pk))


@case_page(Act.PLACE, of=Of.BOTH)
def pack(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    """Show a publisher what she puts on her site, and where it is."""
    return pack_page(request, access, number)


def pack_page(
    request: HttpRequest, access: Access, number: int, faults: tuple[tuple[str, str], ...] = (), at: str = ""
) -> HttpResponse:
    """Return the page of a pack, with what was wrong with an address."""
    row = publishing.made_numbered(access, number)
    rows = [(site, packing.what_goes_where(row, site.inspectorate)) for site in placing.own_sites(access, row)]
    last = published_last(access.case)
    context = {
        "access": access,
        "row": row,
        "rows": rows,
        "is_last": last is not None and last.pk == row.pk,
        "checks": placing.can_check(),
        "faults": faults,
        "at": at,
        "typed": request.POST.get("address", "") if faults else "",
        "withdrawn": row.act == PublicationAct.WITHDRAW,
    }
    return page(request, "pack.html", context, 422 if faults else 200)


@case_page(Act.PLACE, "POST", of=Of.BOTH)
def place(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    """Enter where an inspectorate has a publication on its site."""
    row, here = publishing.made_numbered(access, number), address("pack", slug=access.case.slug, number=number)
    name = request.POST.get("inspectorate", "")
    try:
        placing.place(access, row, name, request.POST.get("address", ""), once_of(request), here)
    except Refused as error:
        faults = tuple((f"address-{name}" if field else "", words) for field, words in error.faults)
        return pack_page(request, access, number, faults, name)
    taken(request)
    messages.success(request, "The address is entered.")
    return HttpResponseRedirect(here)


@case_page(Act.PLACE, of=Of.BOTH)
def folder(request: HttpRequest, access: Access, number: int, name: str) -> HttpResponse:
    """Fetch everything for one website; the recipients' folder is the lead's."""
    row = publishing.made_numbered(access, number)
    if not (name == packing.RECIPIENTS and access.may(Act.LEAD)):
        placing.own_site(access, row, name)
    looked(access, row.version.number, f"pack-{name}"[:40])
    return attachment(packing.folder_zip(row, name), f"{access.case.slug}-{name}.zip", "zip")


@signed_in()
def to_place(request: HttpRequest) -> HttpResponse:
    """List what was published for the sites of a publisher, and where it is."""
    person = person_of(request)
    return page(
        request, "to_place.html", {"rows": placing.for_publisher(acting(person, Act.PLACE), person.organisation)}
    )
