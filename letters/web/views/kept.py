"""What was typed and could not be saved: shown again, sent once more, or given up."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from letters.web.asking import TYPED, person_of, signed_in, uuid_of
from letters.web.pages import address, page
from letters.workspace.access import NoSuchCase
from letters.workspace.unsaved import keep_fields, kept_form

QUIET = ("boxes", "base")
"""Fields that nobody typed."""


@signed_in()
def typed_before(request: HttpRequest) -> HttpResponse:
    """Keep for a person what she typed before she signed in again, and show it."""
    held = request.session.pop(TYPED, None)
    if held is None or held.get("whose") != str(person_of(request).pk):
        return HttpResponseRedirect(address("home"))
    kept = keep_fields(person_of(request), held["path"], held["fields"])
    return HttpResponseRedirect(address("kept", key=kept.key))


@signed_in("GET", "HEAD", "POST")
def kept(request: HttpRequest, key: str) -> HttpResponse:
    """Show a form that was kept, to be sent once more; or give it up."""
    wanted = uuid_of(key)
    row = kept_form(person_of(request), wanted) if wanted else None
    if row is None:
        raise NoSuchCase(key)
    if request.method == "POST":
        row.delete()
        messages.info(request, "What you typed was discarded.")
        return HttpResponseRedirect(address("home"))
    fields = row.fields["form"]
    shown = [(name, value) for name, values in fields.items() for value in values if value and name not in QUIET]
    hidden = [(name, value) for name, values in fields.items() for value in values]
    return page(request, "kept.html", {"row": row, "shown": shown, "hidden": hidden})
