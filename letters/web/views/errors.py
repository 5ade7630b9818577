"""Pages that say what did not work, what was kept, and what to do."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from letters.web.asking import typed
from letters.web.pages import address, page
from letters.workspace.models import Person
from letters.workspace.unsaved import keep_fields

OUTSIDE = "/a/"
"""How the addresses of the outsiders' door begin: its pages share nothing with those of the workspace."""
REFUSED = 422


def said(request: HttpRequest, status: int, title: str, *paragraphs: str) -> HttpResponse:
    """Return a page with a title and some paragraphs."""
    context: dict[str, object] = {"title": title, "paragraphs": paragraphs}
    if not request.path.startswith(OUTSIDE):
        return page(request, "said.html", context, status)
    fields = typed(request) if request.method == "POST" and status == REFUSED else {}
    context["typed"] = [words for values in fields.values() for words in values if words.strip()]
    return page(request, "outside/said.html", context, status)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """There is no such page, or none for this person: nobody is told which."""
    return said(
        request,
        404,
        "Page not found",
        "If you typed the address, check it.",
        "If somebody sent you the address, you may not have a part in that case. Ask its lead to give you one.",
    )


def refused(request: HttpRequest, why: str) -> HttpResponse:
    """Something that was asked for cannot be done."""
    return said(request, REFUSED, "This cannot be done", *why.splitlines(), "Nothing was changed.")


def old_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was opened too long ago, or in another session; from our own pages, what was typed is kept."""
    if isinstance(request.user, Person) and request.headers.get("Origin", "") == settings.LETTERS.origin:
        kept = keep_fields(request.user, request.get_full_path(), typed(request))
        return HttpResponseRedirect(address("kept", key=kept.key))
    return said(
        request,
        403,
        "This form is too old",
        "You signed in again since you opened it, or your browser keeps no cookies.",
        "Go back, copy what you typed, load the page again and send it once more.",
    )


def no_text(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What was sent cannot be read."""
    return said(request, 400, "This cannot be read", "What was sent is damaged or too large.", "Nothing was kept.")


def too_large(request: HttpRequest) -> HttpResponse:
    """More was sent than can be taken."""
    return said(request, 413, "This is too large", "A file can have 20 MB, and a form 4 MB.", "Nothing was kept.")


def not_kept(request: HttpRequest, why: str) -> HttpResponse:
    """A file was not taken, for a reason that lies outside what it says."""
    return said(request, 422, "This file was not kept", why, "Nothing was changed.")


def no_room(request: HttpRequest) -> HttpResponse:
    """The disk is full."""
    return said(
        request,
        507,
        "There is no room left",
        "The disk of this workspace is full, so nothing was saved.",
        "Keep what you typed, and tell whoever runs the workspace.",
    )


def broken(request: HttpRequest) -> HttpResponse:
    """A fault of ours."""
    return said(
        request,
        500,
        "Something went wrong",
        "This is a fault of the workspace, and not of what you did. What you saved before is safe.",
        "Try again; if it happens once more, tell whoever runs the workspace at what time it did.",
    )
