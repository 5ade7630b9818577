"""Words beside the findings: standard wording, footnotes, and a word or name replaced everywhere."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from letters.errors import LettersError
from letters.findings import editing
from letters.findings.editing import EditFaults
from letters.web.asking import case_page, once_of, opened, saved_or_asked
from letters.web.pages import address, page
from letters.web.views.details import label_of
from letters.web.views.findings import posted_notes
from letters.workspace.access import Access
from letters.workspace.models import MadeBy
from letters.workspace.reading import read_version
from letters.workspace.roles import Act
from letters.workspace.saving import Change
from letters.workspace.standing import paragraphs


@case_page(Act.LEAD, "GET", "HEAD", "POST")
def wording(request: HttpRequest, access: Access) -> HttpResponse:
    """Show the standing paragraphs with what this letter says instead, and save that."""
    base, wanted = opened(request, access)
    known = paragraphs(read_version(base))
    fault = ""
    if request.method == "POST":
        for standing in known:
            own = request.POST.get(f"own-{standing.name}", "").replace("\r\n", "\n").strip()
            wanted.wording.pop(standing.name, None)
            if f"out-{standing.name}" in request.POST:
                wanted.wording[standing.name] = None
            elif own:
                wanted.wording[standing.name] = own
        change = Change(
            MadeBy.FORM, "changed standard wording", once_of(request), address("details", slug=access.case.slug)
        )
        try:
            return saved_or_asked(request, access, base, wanted, change)
        except EditFaults as error:
            fault = str(error)
            known = [
                standing._replace(
                    own=request.POST.get(f"own-{standing.name}", ""), left_out=f"out-{standing.name}" in request.POST
                )
                for standing in known
            ]
    return page(
        request, "wording.html", {"access": access, "base": base, "known": known, "fault": fault}, 422 if fault else 200
    )


@case_page(Act.LEAD, "GET", "HEAD", "POST")
def footnotes(request: HttpRequest, access: Access) -> HttpResponse:
    """Show the footnotes, and save them; one whose words are emptied goes."""
    base, wanted = opened(request, access)
    rows = [(name, words) for name, words in wanted.footnotes.items()] + [("", "")]
    fault = ""
    if request.method == "POST":
        rows = list(posted_notes(request))
        given = [(name, words) for name, words in rows if words]
        doubled = {name for name, _ in given if [other for other, _ in given].count(name) > 1}
        wanted.footnotes = dict(given)
        change = Change(MadeBy.FORM, "changed footnotes", once_of(request), address("details", slug=access.case.slug))
        try:
            if doubled:
                raise LettersError(f"There are two footnotes {', '.join(doubled)}. Give one of them another name.")
            return saved_or_asked(request, access, base, wanted, change)
        except LettersError as error:
            fault = str(error)
    return page(
        request, "footnotes.html", {"access": access, "base": base, "rows": rows, "fault": fault}, 422 if fault else 200
    )


@case_page(Act.LEAD, "GET", "HEAD", "POST")
def replace(request: HttpRequest, access: Access) -> HttpResponse:
    """Show every place at which words stand, and replace them at those that are chosen."""
    base, wanted = opened(request, access)
    words, by = (request.POST.get(name, "").strip() for name in ("words", "by"))
    found = numbered(editing.occurrences(wanted, words)) if words else []
    fault = ""
    if "replace" in request.POST:
        chosen = {(one.path, number) for key, number, one in found if key in request.POST.getlist("place")}
        if not chosen:
            fault = "Choose at least one place."
        elif not by:
            fault = "Write the words that shall stand there instead."
        else:
            count = editing.replace(wanted, words, by, chosen)
            note = f"replaced words at {count} place{'s' if count > 1 else ''}"
            change = Change(MadeBy.REPLACEMENT, note, once_of(request), address("replace", slug=access.case.slug))
            try:
                return saved_or_asked(request, access, base, wanted, change)
            except EditFaults as error:
                fault = str(error)
    names = editing.ids_by_path(read_version(base).inspection)
    rows = [(key, label_of(one.path, names), one) for key, _, one in found]
    context = {"access": access, "base": base, "words": words, "by": by, "rows": rows, "fault": fault}
    return page(request, "replace.html", context, 422 if fault else 200)


def numbered(found: list[editing.Occurrence]) -> list[tuple[str, int, editing.Occurrence]]:
    """Return each occurrence with the key of its box in the form and its number among those of its text."""
    counts: dict[Any, int] = {}
    rows = []
    for one in found:
        number = counts.get(one.path, 0)
        counts[one.path] = number + 1
        rows.append((f"{'/'.join(map(str, one.path))}:{number}", number, one))
    return rows
