"""What holds for every page: browsers keep nothing, sessions end, people sign in twice, faults are said plainly."""

import logging
import sys
from collections.abc import Callable
from time import time
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import RequestDataTooBig
from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from letters.errors import LettersError
from letters.web.asking import MOST_DAYS, WHOSE, typed
from letters.web.pages import address
from letters.web.views import errors
from letters.workspace.access import NoSuchCase
from letters.workspace.models import Person
from letters.workspace.once import DoneAlready
from letters.workspace.unsaved import keep_fields
from letters.workspace.uploads import NotKept

Answer = Callable[[HttpRequest], HttpResponse]
LOG = logging.getLogger("letters.web")
SEEN, SINCE = "seen_at", "signed_in_at"
NOTED_SECONDS = 60
"""How often at most it is noted that a session is in use."""
OPEN = ("/accounts/", "/static/", "/health", "/help/")
"""Addresses for which nobody has to have signed in twice."""


class NothingKept:
    """Lets no browser or proxy keep what signed-in people see."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._answer(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        return response


class EndedSessions:
    """Ends sessions that rest too long or last too long; what was typed meanwhile is kept for their owner."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person = request.user
        if not isinstance(person, Person):
            return self._answer(request)
        now = int(time())
        seen = request.session.get(SEEN, now)
        since = request.session.setdefault(SINCE, now)
        if now - seen > settings.IDLE_SECONDS or now - since > settings.SESSION_COOKIE_AGE:
            return self._ended(request, person)
        if SEEN not in request.session or now - seen > NOTED_SECONDS:
            request.session[SEEN] = now
        response = self._answer(request)
        if request.get_signed_cookie(WHOSE, default="") != str(person.pk):
            secure = settings.LETTERS.is_secure
            response.set_signed_cookie(
                WHOSE, str(person.pk), max_age=MOST_DAYS, httponly=True, samesite="Lax", secure=secure
            )
        return response

    def _ended(self, request: HttpRequest, person: Person) -> HttpResponse:
        if request.path.endswith("/preview"):
            return HttpResponse(status=401)
        back = request.path
        ours = request.headers.get("Origin", "") == settings.LETTERS.origin
        if request.method == "POST" and ours and not request.path.startswith("/accounts/"):
            back = address("kept", key=keep_fields(person, request.get_full_path(), typed(request)).key)
        logout(request)
        return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': back})}")


class NoNul:
    """Refuses the sign NUL, which no text has and PostgreSQL cannot store."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return errors.no_text(request) if "\0" in request.path else self._answer(request)

    def process_view(self, request: HttpRequest, *given: object) -> HttpResponse | None:
        """Return a page that says so where an address or a form has one."""
        said = (value for data in (request.GET, request.POST) for _, values in data.lists() for value in values)
        return errors.no_text(request) if any("\0" in str(value) for value in said) else None


class SignedInTwice:
    """Leads people who have no passkey or code yet to where they get one; the demo lets them in without."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person = request.user
        if not isinstance(person, Person) or settings.LETTERS.is_demo or request.path.startswith(OPEN):
            return self._answer(request)
        if is_mfa_enabled(person) or by_organisation(request, person):
            return self._answer(request)
        return HttpResponseRedirect(reverse("mfa_index"))


def by_organisation(request: HttpRequest, person: Person) -> bool:
    """Say whether somebody came by her organisation's own sign-in, which asks for what it asks for."""
    return any(record["method"] == "socialaccount" for record in get_authentication_records(request, person))


class SaidPlainly:
    """Turns what went wrong into a page that says so, and writes nothing of a draft to the log."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._answer(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Return the page of an error that a person can do something about, or of one that we have to mend."""
        if isinstance(error, NoSuchCase):
            return errors.not_found(request)
        if isinstance(error, DoneAlready):
            return HttpResponseRedirect(error.led_to)
        if isinstance(error, RequestDataTooBig):
            return errors.too_large(request)
        if isinstance(error, NotKept):
            return errors.not_kept(request, str(error))
        if isinstance(error, LettersError):
            return errors.refused(request, str(error))
        if isinstance(error, OSError) and error.errno == 28:
            LOG.error("no room left on the disk")
            return errors.no_room(request)
        return None


def note_fault(sender: object, request: HttpRequest | None = None, **more: object) -> None:
    """Write to the log where in the program a fault of ours arose, and no words of what was being done."""
    kind, error, trace = sys.exc_info()
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "nowhere"
    LOG.error("%s at %s", kind.__name__ if kind else error, place)


got_request_exception.connect(note_fault, dispatch_uid="note_fault")
