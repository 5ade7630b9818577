"""Signing in at the outsiders' door: a code by mail each time, and a short session that opens one page."""

from collections.abc import Callable
from functools import wraps
from time import time
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from letters.errors import LettersError
from letters.web.pages import address
from letters.workspace import door
from letters.workspace.access import NoSuchCase
from letters.workspace.models import Purpose, Respondent

SESSION = "outside"
"""Where a session keeps who in the area it is, since when, and when she was seen last."""
TYPED = "outside_typed"
"""Where a session keeps what somebody typed whose time was over: it is shown to her alone, once she is back."""
MOST_KEPT = 100_000
IDLE_SECONDS, LONGEST_SECONDS = 30 * 60, 60 * 60
View = Callable[..., HttpResponse]


def page(
    request: HttpRequest, respondent: Respondent, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Return a page of the door; it knows whose it is, and nothing of a case."""
    held = {"me": respondent, "of": respondent.sending.purpose, "last_day": respondent.sending.last_day, **context}
    return render(request, f"outside/{template}", held, status=status, using="jinja")


def is_signed_in(request: HttpRequest, respondent: Respondent) -> bool:
    """Say whether a session is that of somebody, and neither rested nor lasted too long."""
    held, now = request.session.get(SESSION), int(time())
    if not isinstance(held, dict) or held.get("key") != respondent.key:
        return False
    if now - held["seen"] > IDLE_SECONDS or now - held["since"] > LONGEST_SECONDS:
        request.session.pop(SESSION)
        return False
    request.session[SESSION] = {**held, "seen": now}
    return True


def outside(*methods: str, of: Purpose = Purpose.ACCURACY) -> Callable[[View], View]:
    """Make a view one of the door: for whoever has the address and signed in with a code, and for nobody else.

    `of` is what she was asked for: a page about something else is not there for her.
    """

    def dress(view: View) -> View:
        answering = require_http_methods(list(methods or ("GET", "HEAD")))(view)

        @wraps(view)
        def asked(request: HttpRequest, key: str, **parts: Any) -> HttpResponse:
            respondent = door.respondent_with(key)
            if not is_signed_in(request, respondent):
                keep_typed(request, key)
                return HttpResponseRedirect(address("outside_enter", key=key))
            if respondent.sending.purpose != of:
                if request.path == address("outside_draft", key=key):
                    return HttpResponseRedirect(first_page(respondent))
                raise NoSuchCase(key)
            return answering(request, respondent, **parts)

        asked.is_outside = True  # type: ignore[attr-defined]
        return asked

    return dress


def keep_typed(request: HttpRequest, key: str) -> None:
    """Keep what was typed in a form that came too late."""
    fields = {name: str(value) for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}
    if fields and sum(map(len, fields.values())) < MOST_KEPT:
        request.session[TYPED] = {"key": key, "path": request.path, "fields": fields}


def typed_before(request: HttpRequest, respondent: Respondent) -> dict[str, str]:
    """Return what somebody typed in this form when her time was over; nothing where she did not."""
    held = request.session.get(TYPED)
    if not isinstance(held, dict) or (held["key"], held["path"]) != (respondent.key, request.path):
        return {}
    fields: dict[str, str] = request.session.pop(TYPED)["fields"]
    return fields


def way_back(request: HttpRequest, respondent: Respondent) -> str:
    """Return where somebody is led who signed in: to what she typed before, or to the draft."""
    held = request.session.get(TYPED)
    if isinstance(held, dict) and held["key"] == respondent.key:
        return str(held["path"])
    return first_page(respondent)


def first_page(respondent: Respondent) -> str:
    """Return the page that somebody comes to first."""
    is_statement = respondent.sending.purpose == Purpose.STATEMENT
    return address("outside_statement" if is_statement else "outside_draft", key=respondent.key)


def enter(request: HttpRequest, key: str) -> HttpResponse:
    """Send a code to whom the address belongs, or sign her in with one."""
    respondent = door.respondent_with(key)
    fault, was_sent = "", "code" in request.POST
    if request.method == "POST":
        try:
            if "code" in request.POST:
                door.sign_in(respondent, request.POST["code"])
                request.session.cycle_key()
                now = int(time())
                request.session[SESSION] = {"key": respondent.key, "since": now, "seen": now}
                return HttpResponseRedirect(way_back(request, respondent))
            door.send_code(respondent)
            was_sent = True
        except LettersError as error:
            fault, was_sent = str(error), True
    context = {
        "of": respondent.sending.purpose,
        "hidden_email": hidden(respondent.email),
        "was_sent": was_sent,
        "fault": fault,
    }
    return render(request, "outside/enter.html", context, status=422 if fault else 200, using="jinja")


enter.is_outside = True  # type: ignore[attr-defined]


def hidden(email: str) -> str:
    """Return an address so that its owner knows it and nobody else learns it."""
    name, _, host = email.partition("@")
    return f"{name[:1]}…@{host[:1]}…"


@outside("POST")
def leave(request: HttpRequest, respondent: Respondent) -> HttpResponse:
    """End the session."""
    request.session.pop(SESSION, None)
    messages.success(request, "You are signed out.")
    return HttpResponseRedirect(address("outside_enter", key=respondent.key))
