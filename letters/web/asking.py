"""What views share: a case for whoever asks, the fields of a form, and where a save leads."""

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any, TypeVar
from uuid import UUID, uuid5

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from letters.findings.inspection import Inspection
from letters.web.pages import address
from letters.workspace.access import Access, NoSuchCase, case_for
from letters.workspace.lists import version_numbered
from letters.workspace.models import Person, Version
from letters.workspace.reading import head_of, read_version
from letters.workspace.roles import Act
from letters.workspace.saving import Change, Clashed, Saved, save
from letters.workspace.unsaved import keep_clash, of_person

View = TypeVar("View", bound=Callable[..., HttpResponse])
GET, POST = ("GET", "HEAD"), ("POST",)


WHOSE = "whose"
"""The cookie that says who signed in last with a browser: what is typed without a session is shown to her alone."""
MOST_DAYS = 30 * 86_400
NOT_KEPT = ("csrfmiddlewaretoken", "once", "code", "password", "password1", "password2", "oldpassword")
TYPED = "typed"
"""Where a session keeps what somebody typed whom it did not know any more."""
MOST_KEPT = 500_000
"""Characters of a form that a session keeps; the longest letter has a third of that."""


def typed(request: HttpRequest) -> dict[str, list[str]]:
    """Return what somebody typed in a form, without what only that one sending needs."""
    return {name: [str(value) for value in request.POST.getlist(name)] for name in request.POST if name not in NOT_KEPT}


def known(view: View) -> View:
    """Make a view one for people who are signed in; what others typed is kept until they are."""

    @wraps(view)
    def asked(request: HttpRequest, *given: Any, **parts: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *given, **parts)
        back = request.get_full_path()
        if request.method == "POST":
            fields = typed(request)
            whose = request.get_signed_cookie(WHOSE, default="", max_age=MOST_DAYS)
            if whose and sum(len(value) for values in fields.values() for value in values) < MOST_KEPT:
                request.session[TYPED] = {"path": back, "fields": fields, "whose": whose}
            back = address("typed")
        return redirect_to_login(back)

    return asked  # type: ignore[return-value]


def person_of(request: HttpRequest) -> Person:
    """Return who asks; only views for signed-in people call this."""
    assert isinstance(request.user, Person)
    return request.user


def signed_in(*methods: str) -> Callable[[View], View]:
    """Make a view one for people who are signed in, asked for by some methods."""

    def dress(view: View) -> View:
        held: Any = known(require_http_methods(list(methods or GET))(view))
        return held  # type: ignore[no-any-return]

    return dress


class Of(StrEnum):
    """What kind of case a page is of."""

    LETTER = "letter"
    REPORT = "report"
    BOTH = "both"


def case_page(
    act: Act, *methods: str, of: Of = Of.LETTER
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Make a view one of a case: it gets the case as the person may see it, or the case does not exist for her.

    A page of letters does not exist for a report, nor one of reports for a letter.
    """

    def dress(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        answering = require_http_methods(list(methods or GET))(view)

        @known
        @wraps(view)
        def asked(request: HttpRequest, slug: str, **parts: Any) -> HttpResponse:
            access = case_for(person_of(request), slug, act)
            if of is not Of.BOTH and access.case.is_report is not (of is Of.REPORT):
                raise NoSuchCase(slug)
            return answering(request, access, **parts)

        asked.act, asked.of = act, of  # type: ignore[attr-defined]
        return asked

    return dress


def number_in(request: HttpRequest, name: str) -> int:
    """Return the number in a field of a form; 0, which nothing has, where it is none."""
    given = request.POST.get(name, "")
    return int(given) if given.isdecimal() and len(given) < 12 else 0


def uuid_of(words: str) -> UUID | None:
    """Return the key in a form, or none where it is none."""
    try:
        return UUID(words)
    except ValueError:
        return None


def once_of(request: HttpRequest) -> UUID | None:
    """Return the key of a form that is done once; the same form with other words is another one."""
    key = uuid_of(request.POST.get("once", ""))
    said = sorted((name, request.POST.getlist(name)) for name in request.POST if name != "csrfmiddlewaretoken")
    return uuid5(key, repr((person_of(request).pk, said))) if key else None


def taken(request: HttpRequest) -> None:
    """Forget what was kept of a form, once it was sent again and taken."""
    key = uuid_of(request.POST.get("kept", ""))
    if key:
        of_person(person_of(request)).filter(key=key).delete()


def corrected_text(request: HttpRequest) -> str:
    """Return the text of a file that a form gives, with the single lines that were corrected beside their faults.

    A line is taken over where the text still has it as it was shown.
    """
    lines = request.POST.get("text", "").replace("\r\n", "\n").split("\n")
    for name in request.POST:
        number = name.removeprefix("line-")
        at = int(number) - 1 if name.startswith("line-") and number.isdecimal() and len(number) < 9 else -1
        if 0 <= at < len(lines) and lines[at] == request.POST.get(f"was-{number}"):
            lines[at] = request.POST.get(name, "")
    return "\n".join(lines)


def base_of(request: HttpRequest, access: Access) -> Version:
    """Return the version that a form was opened on: the newest one where it does not say."""
    given = request.POST.get("base", "")
    return version_numbered(access, given) if given else head_of(access.case)


def opened(request: HttpRequest, access: Access) -> tuple[Version, Inspection]:
    """Return the version that a form was opened on, and a copy of what it says, to be changed."""
    base = base_of(request, access)
    return base, read_version(base).inspection.model_copy(deep=True)


def saved_or_asked(
    request: HttpRequest, access: Access, base: Version, wanted: Inspection, change: Change
) -> HttpResponse:
    """Save a change and lead on; where somebody else changed the same words, lead to where one chooses."""
    try:
        saved = save(access, base.number, wanted, change)
    except Clashed:
        kept = keep_clash(access, base.number, wanted, change)
        taken(request)
        return HttpResponseRedirect(address("clash", slug=access.case.slug, key=kept.key))
    told(request, saved)
    taken(request)
    return HttpResponseRedirect(saved.led_to)


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
