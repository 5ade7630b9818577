"""Two people changed the same words: both are shown, and one chooses."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from letters.errors import LettersError
from letters.findings.joining import Keys
from letters.web.asking import case_page, once_of, uuid_of
from letters.web.pages import page
from letters.workspace import unsaved
from letters.workspace.access import Access, NoSuchCase
from letters.workspace.comparing import pieces, spoken
from letters.workspace.models import Unsaved
from letters.workspace.once import DoneAlready, refuse_done
from letters.workspace.reading import head_of
from letters.workspace.roles import Act
from letters.workspace.saving import Clashed


@case_page(Act.READ, "GET", "HEAD", "POST")
def clash(request: HttpRequest, access: Access, key: str) -> HttpResponse:
    """Show what two people changed at the same time, and save what is chosen; nothing typed is lost."""
    row = unsaved.clash_of(access, uuid_of(key) or uuid_of("0" * 32))  # type: ignore[arg-type]
    if row is None:
        return done_or_missing(request, access, key)
    fault = ""
    if request.method == "POST" and "drop" in request.POST:
        row.delete()
        messages.info(request, "Your change was given up. The case is as the others left it.")
        return HttpResponseRedirect(row.fields["led_to"])
    if request.method == "POST":
        try:
            answers = chosen(request, access, row)
            number = unsaved.resolve(access, row, answers, once_of(request)).number
            messages.success(request, f"Saved as version {number}, with what you chose.")
            return HttpResponseRedirect(row.fields["led_to"])
        except Clashed:
            fault = "Somebody saved once more meanwhile. Choose again."
        except DoneAlready as done:
            return HttpResponseRedirect(done.led_to)
        except LettersError as error:
            fault = str(error)
    rows = [
        {
            "key": number,
            "sign": unsaved.sign(one),
            "label": unsaved.label(one),
            "base": spoken(one.base),
            "mine": spoken(one.mine),
            "written": request.POST.get(f"written-{number}", spoken(one.mine)),
            "choice": request.POST.get(f"choice-{number}", ""),
            "theirs": spoken(one.theirs),
            "my_words": list(pieces(spoken(one.base), spoken(one.mine))),
            "their_words": list(pieces(spoken(one.base), spoken(one.theirs))),
            "can_write": unsaved.is_words(one),
        }
        for number, one in enumerate(unsaved.clashes(access, row))
    ]
    head = head_of(access.case)
    context = {"access": access, "rows": rows, "fault": fault, "head": head, "note": row.fields["note"]}
    return page(request, "clash.html", context, 409)


def done_or_missing(request: HttpRequest, access: Access, key: str) -> HttpResponse:
    """Lead on where a choice was saved a moment ago: pressing twice does it once."""
    try:
        refuse_done(access.person, once_of(request))
    except DoneAlready as done:
        return HttpResponseRedirect(done.led_to)
    raise NoSuchCase(key)


def chosen(request: HttpRequest, access: Access, row: Unsaved) -> dict[Keys, Any]:
    """Return the value that was chosen for each clash; words that were written anew are chosen by that alone.

    Raises LettersError where nothing was chosen.
    """
    found = {}
    for number, one in enumerate(unsaved.clashes(access, row)):
        written = request.POST.get(f"written-{number}", "").replace("\r\n", "\n").strip("\n")
        choice = request.POST.get(f"choice-{number}", "")
        if unsaved.is_words(one) and written and written not in (spoken(one.mine), spoken(one.theirs)):
            choice = unsaved.WRITE
        if request.POST.get(f"sign-{number}", "") != unsaved.sign(one):
            raise LettersError("Somebody saved once more meanwhile. Look again, and choose once more.")
        if not choice:
            raise LettersError("Choose for each place which words to keep.")
        found[one.keys] = unsaved.answer(one, choice, written)
    return found
