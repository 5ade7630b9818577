"""What views share: a case for whoever asks, the fields of a form, and where a save leads."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from letters.findings.inspection import Inspection
from letters.web.pages import address
from letters.workspace.access import Access, case_for
from letters.workspace.lists import version_or_head
from letters.workspace.models import Person, Version
from letters.workspace.roles import Act
from letters.workspace.saving import Change, Clashed, DoneAlready, Saved, save
from letters.workspace.unsaved import keep_clash

View = TypeVar("View", bound=Callable[..., HttpResponse])
GET, POST = ("GET", "HEAD"), ("POST",)


def person_of(request: HttpRequest) -> Person:
    """Return who asks; only views for signed-in people call this."""
    assert isinstance(request.user, Person)
    return request.user


def signed_in(*methods: str) -> Callable[[View], View]:
    """Make a view one for people who are signed in, asked for by some methods."""

    def dress(view: View) -> View:
        held: Any = login_required(require_http_methods(list(methods or GET))(view))
        return held  # type: ignore[no-any-return]

    return dress


def case_page(act: Act, *methods: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Make a view one of a case: it gets the case as the person may see it, or the case does not exist for her."""

    def dress(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        answering = require_http_methods(list(methods or GET))(view)

        @login_required
        @wraps(view)
        def asked(request: HttpRequest, slug: str, **parts: Any) -> HttpResponse:
            return answering(request, case_for(person_of(request), slug, act), **parts)

        asked.act = act  # type: ignore[attr-defined]
        return asked

    return dress


def uuid_of(words: str) -> UUID | None:
    """Return the key in a form, or none where it is none."""
    try:
        return UUID(words)
    except ValueError:
        return None


def base_of(request: HttpRequest, access: Access) -> Version:
    """Return the version that a form was opened on: the newest one where it does not say."""
    return version_or_head(access, request.POST.get("base", ""))


def saved_or_asked(
    request: HttpRequest, access: Access, base: Version, wanted: Inspection, change: Change
) -> HttpResponse:
    """Save a change and lead on; where somebody else changed the same words, lead to where one chooses."""
    try:
        told(request, save(access, base.number, wanted, change))
    except DoneAlready as done:
        return HttpResponseRedirect(done.led_to)
    except Clashed:
        kept = keep_clash(access, base.number, wanted, change)
        return HttpResponseRedirect(address("clash", slug=access.case.slug, key=kept.key))
    return HttpResponseRedirect(change.led_to)


def told(request: HttpRequest, saved: Saved) -> None:
    """Say on the next page what became of a save."""
    if not saved.is_new:
        messages.info(request, f"Nothing was changed. The newest version is {saved.number}.")
    elif saved.joined_with:
        messages.success(
            request, f"Saved as version {saved.number}. Somebody else saved meanwhile, and both changes are in it."
        )
    else:
        messages.success(request, f"Saved as version {saved.number}.")
