"""Documents around a letter: what each is made from, how it reads, and when and to whom it was sent."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from markupsafe import Markup

from letters.document.blocks import Block, Document, Heading, Item, Paragraph, Table
from letters.errors import LettersError
from letters.web import process_parts
from letters.web.asking import case_page, once_of, taken
from letters.web.fields import day
from letters.web.pages import address, as_markup, page
from letters.web.views.versions import attachment
from letters.workspace import paperwork, process_facts
from letters.workspace.access import Access, NoSuchCase
from letters.workspace.artefacts import AT_ONCE, DOCUMENT, wanted
from letters.workspace.now import today
from letters.workspace.process_facts import Unfit, UnfitPart
from letters.workspace.reading import head_of, read_version
from letters.workspace.refused import Refused
from letters.workspace.roles import Act


@case_page(Act.LEAD)
def documents(request: HttpRequest, access: Access) -> HttpResponse:
    """List every document of a case: what it lacks, and those that were made and sent."""
    facts = process_facts.facts_of(access.case)
    context = {
        "access": access,
        "parts": [(name, form, facts.get(name)) for name, form in process_parts.PARTS.items()],
        "shelves": paperwork.shelves(access.case),
        "warnings": paperwork.warnings_of(access.case),
        "today": today().isoformat(),
    }
    return page(request, "documents.html", context)


@case_page(Act.LEAD, "GET", "HEAD", "POST")
def part(request: HttpRequest, access: Access, part: str) -> HttpResponse:
    """Show a part of what documents are made from in its form, and save it."""
    form = process_parts.PARTS.get(part)
    if form is None:
        raise NoSuchCase(part)
    here = address("documents", slug=access.case.slug)
    held = process_facts.facts_of(access.case).get(part)
    data: dict[str, Any] = held.data if held else {}
    faults: tuple[tuple[str, str], ...] = ()
    unfit: tuple[Unfit, ...] = ()
    if request.method == "POST":
        data = process_parts.read(form, request.POST)
        try:
            if process_parts.too_many(form, request.POST):
                raise Refused([("", f"There can be {process_parts.MOST} entries.")])
            process_facts.save_part(access, part, data, request.POST.get("seen", ""), once_of(request), here)
        except UnfitPart as error:
            unfit = error.found
        except Refused as error:
            faults = error.faults
        else:
            taken(request)
            messages.success(request, f"{form.title} saved.")
            return HttpResponseRedirect(here)
    record = process_facts.record_of(access.case)
    options = {"contact": [(one.id, f"{one.name}, {one.body}") for one in record.contacts]}
    inspection = read_version(head_of(access.case)).inspection
    shown = process_parts.shown(form, data, inspection, options, unfit)
    context = {
        "access": access,
        "form": form,
        "shown": shown,
        "seen": request.POST.get("seen", "") if request.method == "POST" else held.pk if held else "",
        "faults": (*faults, *shown.faults),
    }
    return page(request, "process_part.html", context, 422 if faults or unfit else 200)


@case_page(Act.LEAD, "GET", "HEAD", "POST")
def document(request: HttpRequest, access: Access, kind: str) -> HttpResponse:
    """Show how a document would read now, and make it."""
    shelf = paperwork.shelf_of(access.case, kind)
    asked = request.POST if request.method == "POST" else request.GET
    whom = asked.get("for", shelf.recipients[0][0] if shelf.recipients else "")
    on = day(asked.get("on", today().isoformat()))
    fault, made = "", None
    here = address("documents", slug=access.case.slug)
    try:
        if not isinstance(on, date):
            raise LettersError("Choose the day that the document bears.")
        if request.method == "POST":
            row = paperwork.make(access, kind, whom, on, once_of(request), f"{here}#{kind}")
            messages.success(request, f"The document is made, as number {row.number}.")
            return HttpResponseRedirect(f"{here}#{kind}")
        made = paperwork.preview(access.case, kind, whom, on)
    except LettersError as error:
        fault = str(error)
    context = {
        "access": access,
        "shelf": shelf,
        "whom": whom,
        "on": on,
        "blocks": [as_shown(block) for block in made.blocks] if isinstance(made, Document) else [],
        "fault": fault if request.method == "POST" or not shelf.lacking else "",
    }
    return page(request, "document.html", context, 422 if request.method == "POST" else 200)


def as_shown(block: Block) -> dict[str, object]:
    """Return a block of a document as the page shows it."""
    if isinstance(block, Table):
        rows = [
            [Markup(" ").join(as_markup(one.runs) for one in cell if isinstance(one, Paragraph)) for cell in row]
            for row in block.rows
        ]
        heads = [as_markup(runs) for runs in block.header]
        return {"tag": "table", "caption": block.caption, "heads": heads, "rows": rows}
    if isinstance(block, Heading):
        return {"tag": f"h{min(block.level + 1, 6)}", "words": as_markup(block.runs)}
    if isinstance(block, Item):
        return {"tag": "li", "words": as_markup(block.runs)}
    return {"tag": "p", "words": as_markup(block.runs) if isinstance(block, Paragraph) else ""}


@case_page(Act.LEAD)
def made(request: HttpRequest, access: Access, number: int, suffix: str) -> HttpResponse:
    """Fetch a document that was made in one format; a PDF is made by the worker first."""
    row = paperwork.numbered(access, number)
    if suffix == "pdf":
        artefact = wanted(access.case, row.version, f"{DOCUMENT}{row.pk}")
        return HttpResponseRedirect(address("making", slug=access.case.slug, pk=artefact.pk))
    if suffix not in AT_ONCE:
        raise NoSuchCase(suffix)
    name = "-".join(filter(None, (access.case.slug, row.kind, row.whom)))
    return attachment(paperwork.file_of(row, suffix), f"{name}.{suffix}", suffix)


@case_page(Act.LEAD, "POST")
def sent(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    """Note when and to whom a document was sent."""
    row = paperwork.numbered(access, number)
    here = f"{address('documents', slug=access.case.slug)}#{row.kind}"
    on = day(request.POST.get("on", ""))
    try:
        when = on if isinstance(on, date) else None
        paperwork.note_sent(access, row, request.POST.get("to", ""), when, once_of(request), here)
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Noted.")
    return HttpResponseRedirect(here)
