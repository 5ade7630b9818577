"""Accounts: administrators make, close and open them, and see nothing of any case by that."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from letters.errors import LettersError
from letters.web.asking import person_of, signed_in
from letters.web.pages import address, page
from letters.workspace import lists
from letters.workspace.access import NoSuchCase
from letters.workspace.people import add_person, new_password, set_active
from letters.workspace.starting import known_inspectorates

PAGE = 50


def administrator(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Make a view one for administrators; it does not exist for others."""

    @signed_in("GET", "HEAD", "POST")
    @wraps(view)
    def asked(request: HttpRequest, **parts: Any) -> HttpResponse:
        if not person_of(request).is_administrator:
            raise NoSuchCase
        return view(request, **parts)

    return asked


@administrator
def people(request: HttpRequest) -> HttpResponse:
    """List the accounts, and make a new one; its password is shown once."""
    given = {name: request.POST.get(name, "") for name in ("email", "name", "inspectorate")}
    fault, made, password = "", None, ""
    if request.method == "POST":
        try:
            made, password = add_person(
                given["email"],
                given["name"],
                given["inspectorate"],
                by=person_of(request),
                administrator="administrator" in request.POST,
            )
            given = dict.fromkeys(given, "")
        except LettersError as error:
            fault = str(error)
    shown = Paginator(lists.people(), PAGE).get_page(request.GET.get("page"))
    context = {
        "shown": shown,
        "given": given,
        "fault": fault,
        "made": made,
        "password": password,
        "known": known_inspectorates(),
    }
    return page(request, "accounts.html", context, 422 if fault else 200)


@administrator
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Close or open an account, or give it another password, which is shown once."""
    found = lists.account(pk)
    password = ""
    if request.method == "POST":
        try:
            if "password" in request.POST:
                password = new_password(found, person_of(request))
            else:
                set_active(found, person_of(request), active="open" in request.POST)
                messages.success(request, "The account was changed.")
                return HttpResponseRedirect(address("account_person", pk=pk))
        except LettersError as error:
            messages.error(request, str(error))
    return page(request, "account.html", {"found": found, "password": password})
