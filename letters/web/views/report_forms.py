"""The words of a report in forms: its chapters, sections and entries."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.request import QueryDict

from letters.findings.fields import free_name, stem_of
from letters.findings.rewriting import plain
from letters.findings.round_file import ChartHere, Overview, TableHere
from letters.web import report_fields
from letters.web.asking import Of, base_of, case_page, once_of, taken, told
from letters.web.pages import address, page
from letters.web.views.reports import report_page
from letters.workspace.access import Access, NoSuchCase
from letters.workspace.models import MadeBy, Person, Version
from letters.workspace.reading import overview_of
from letters.workspace.refused import Refused
from letters.workspace.reports import writing as report_writing
from letters.workspace.reports.finding import as_printed, count_rows, found_in, open_to, said_counts
from letters.workspace.reports.parts import BODY, CHAPTER, Section, section_named
from letters.workspace.reports.reading import ReportReading, read_report
from letters.workspace.roles import Act
from letters.workspace.saving import Change

MOST_SHOWN = 60
"""Findings that a search shows."""
Faults = tuple[tuple[str, str], ...]


def saved(
    request: HttpRequest, access: Access, base: Version, data: dict[str, Any], note: str, here: str
) -> HttpResponse:
    """Save a report as plain data and lead on; raises Refused with what is wrong with it."""
    change = Change(MadeBy.FORM, note, once_of(request), here)
    told(request, report_writing.save(access, base, report_writing.as_overview(data), change))
    taken(request)
    return HttpResponseRedirect(here)


@case_page(Act.LEAD, "GET", "HEAD", "POST", of=Of.REPORT)
def section(request: HttpRequest, access: Access, name: str) -> HttpResponse:
    """List the entries of a section; move and delete them, and name the section."""
    base = base_of(request, access)
    found = section_named(overview_of(base), name)
    if found is None:
        raise NoSuchCase(name)
    faults: Faults = ()
    if request.method == "POST":
        try:
            wanted = overview_of(base).model_copy(deep=True)
            moved = section_named(wanted, name)
            assert moved is not None
            rearrange(request.POST, wanted, moved)
            here = address("report_section", slug=access.case.slug, name=name)
            return saved(request, access, base, plain(wanted), f"the order of {told_as(found)}", here)
        except Refused as error:
            faults = error.faults
    rows = [(report_fields.KINDS[report_fields.kind_of(one)], report_fields.words_of(one)) for one in found.entries]
    kinds = {"text": "Paragraph"} if found.is_body else report_fields.KINDS
    context = {
        "access": access,
        "base": base,
        "section": found,
        "rows": rows,
        "kinds": kinds.items(),
        "heading": request.POST.get("heading", found.title.removeprefix("Recommendations to ")),
        "faults": faults,
    }
    return page(request, "report_section.html", context, 422 if faults else 200)


def told_as(found: Section) -> str:
    """Return what the record calls a section: it holds nothing that somebody wrote."""
    if found.is_chapter:
        return "a chapter"
    return "the recommendations to a body" if found.is_body else found.title


def rearrange(posted: QueryDict, wanted: Overview, found: Section) -> None:
    """Move or delete an entry of a section, or give its chapter another heading."""
    entries, at = found.entries, place_in(posted)
    if "heading" in posted:
        heading = " ".join(posted.get("heading", "").split())
        for chapter in wanted.findings:
            if f"{CHAPTER}{chapter.id}" == found.name:
                chapter.heading = heading
        for number, body in enumerate(wanted.recommendations, start=1):
            if f"{BODY}{number}" == found.name:
                body.to = heading
    elif not 0 <= at < len(entries):
        raise Refused([("", "This entry is gone.")])
    elif posted.get("act") == "delete":
        if len(entries) == 1 and (found.is_chapter or found.is_body):
            raise Refused([("", "A chapter keeps one entry. Delete the chapter on the page Overview instead.")])
        entries.pop(at)
    else:
        to = at + (1 if posted.get("act") == "down" else -1)
        if 0 <= to < len(entries):
            entries[at], entries[to] = entries[to], entries[at]


def place_in(posted: QueryDict) -> int:
    """Return the place of an entry that a form names; -1, where nothing is, where it is none."""
    given = posted.get("at", "")
    return int(given) if given.isdecimal() and len(given) < 6 else -1


@case_page(Act.LEAD, "GET", "HEAD", "POST", of=Of.REPORT)
def entry(request: HttpRequest, access: Access, name: str, at: int) -> HttpResponse:
    """Show an entry in its form, or an empty form for a new one at the end; search findings; save it."""
    base = base_of(request, access)
    found = section_named(overview_of(base), name)
    if found is None or at > len(found.entries):
        raise NoSuchCase(name)
    before = found.entries[at] if at < len(found.entries) else None
    asked = request.POST.get("kind") or request.GET.get("kind", "text")
    kind = report_fields.kind_of(before) if before is not None else asked
    if kind not in report_fields.KINDS or (found.is_body and kind != "text"):
        raise NoSuchCase(kind)
    if request.method == "POST":
        given = report_fields.typed(kind, request.POST)
        if "search" in request.POST:
            return entry_page(request, access, base, found, at, kind, given)
        try:
            data = with_entry(overview_of(base), found, at, report_fields.data_of(kind, given, before))
            here = address("report_section", slug=access.case.slug, name=name)
            return saved(request, access, base, data, f"entry {at + 1} of {told_as(found)}", here)
        except Refused as error:
            return entry_page(request, access, base, found, at, kind, given, error.faults)
    given = report_fields.given_of(before) if before is not None else {}
    return entry_page(request, access, base, found, at, kind, given)


def with_entry(overview: Overview, found: Section, at: int, entry: dict[str, Any]) -> dict[str, Any]:
    """Return a report as plain data with an entry in its place."""
    data: dict[str, Any] = plain(overview)
    if found.is_chapter:
        name = found.name.removeprefix(CHAPTER)
        entries = next(chapter["items"] for chapter in data["findings"] if chapter["id"] == name)
    elif found.is_body:
        entries = data["recommendations"][int(found.name.removeprefix(BODY)) - 1]["items"]
    else:
        entries = data.setdefault(found.name, [])
    entries[at : at + 1] = [entry]
    return data


def entry_page(
    request: HttpRequest,
    access: Access,
    base: Version,
    found: Section,
    at: int,
    kind: str,
    given: dict[str, Any],
    faults: Faults = (),
) -> HttpResponse:
    """Return the form of an entry with the findings that a search found."""
    reading = read_report(base)
    words, wanted = (request.POST.get(name, "").strip() for name in ("q", "q_kind"))
    rests = kind in report_fields.CHOSEN and not isinstance(reading.report, str)
    usual = "case_studies" if kind == "example" else ""
    searched = rests and bool(words or wanted or kind in ONE_OF)
    rows = found_in(base, reading, access.person, words, wanted or usual) if searched else []
    chosen = [name for name in given.get("rests_on", []) if name]
    known = {} if isinstance(reading.report, str) else words_for(access.person, base, reading)
    context = {
        "access": access,
        "base": base,
        "section": found,
        "at": at,
        "is_new": at == len(found.entries),
        "kind": kind,
        "title": report_fields.KINDS[kind],
        "given": given,
        "chosen": [(name, known.get(name, GONE)) for name in chosen],
        "several": report_fields.CHOSEN.get(kind) == "rests_on",
        "rests": rests,
        "searched": searched,
        "rows": [row for row in rows if row.reference not in chosen][:MOST_SHOWN],
        "more": max(0, len(rows) - MOST_SHOWN),
        "q": words,
        "q_kind": wanted,
        "finding_kinds": [("", "All findings"), *KINDS_SEARCHED],
        "tables": report_fields.TABLES,
        "charts": report_fields.CHARTS,
        "empty": report_fields.MORE,
        "counts": count_rows(reading),
        "labels": labels(overview_of(base)),
        "faults": faults,
        **said(base, kind, given),
    }
    return page(request, "report_entry.html", context, 422 if faults else 200)


def words_for(person: Person, base: Version, reading: ReportReading) -> dict[str, str]:
    """Return what each finding of a report's letters says to a person; those she may not read say why."""
    readable = open_to(person, base)
    found = reading.round.findings.items()
    return {name: held.whole if held.area in readable else NOT_YOURS for name, held in found}


def labels(overview: Overview) -> list[str]:
    """Return the names of the tables and charts of a report, which words refer to."""
    return [entry.id for _, entry in overview.entries() if isinstance(entry, TableHere | ChartHere)]


ONE_OF = ("quote", "example")
"""The kinds of entry that are of one finding, which is chosen first."""
GONE = "This finding is no longer there."
NOT_YOURS = "This finding is of a letter that is not published and in which you have no part."
KINDS_SEARCHED = (
    ("strengths", "Strengths"),
    ("recommendations", "Recommendations"),
    ("main_findings", "Main findings"),
    ("case_studies", "Case studies"),
    ("headline_findings", "Headline findings"),
)


def said(base: Version, kind: str, given: dict[str, Any]) -> dict[str, Any]:
    """Return what an entry reads like, and the counts that it says."""
    texts = [text for text, _ in given.get("bullets", [])]
    if kind != "bullets":
        texts = [given.get("text") or given.get("introduction") or ""]
    reading = read_report(base)
    if isinstance(reading.report, str):
        return {"printed": [], "said": []}
    return {
        "printed": [words for text in texts if text for words in as_printed(text)],
        "said": [count for text in texts if text for count in said_counts(reading, text)],
    }


@case_page(Act.LEAD, "POST", of=Of.REPORT)
def preview(request: HttpRequest, access: Access) -> HttpResponse:
    """Return what an entry reads like while it is typed, with its counts held against the letters."""
    kind = request.POST.get("kind", "")
    if kind not in report_fields.KINDS:
        raise NoSuchCase(kind)
    given = report_fields.typed(kind, request.POST)
    return page(request, "report_preview.html", said(base_of(request, access), kind, given))


@case_page(Act.LEAD, "POST", of=Of.REPORT)
def chapters(request: HttpRequest, access: Access) -> HttpResponse:
    """Add, move and delete chapters, and bodies that recommendations are made to."""
    base, here = base_of(request, access), address("report", slug=access.case.slug)
    data, posted = plain(overview_of(base)), request.POST
    try:
        act = ACTS.get(posted.get("act", ""))
        if act is None:
            raise Refused([("", "Choose what is to be done.")])
        act(data, posted)
        return saved(request, access, base, data, "the chapters", here)
    except Refused as error:
        return report_page(request, access, error.faults, 422)


def add_chapter(data: dict[str, Any], posted: QueryDict) -> None:
    """Add a chapter at the end, with its first paragraph."""
    heading = " ".join(posted.get("heading", "").split())
    words = report_fields.clean(posted.get("text", ""))
    if not heading or not words:
        raise Refused([("heading" if not heading else "text", "A chapter begins with a heading and a paragraph.")])
    taken = {chapter["id"] for chapter in data.get("findings", [])}
    stem = stem_of(heading)[:26] or "chapter"
    name = free_name(stem if stem[:1].isalpha() else f"c-{stem}", taken)
    data.setdefault("findings", []).append({"id": name, "heading": heading, "items": [{"text": words}]})


def add_body(data: dict[str, Any], posted: QueryDict) -> None:
    """Add a body that recommendations are made to, with the first of them."""
    to = " ".join(posted.get("to", "").split())
    words = report_fields.clean(posted.get("text", ""))
    if not to or not words:
        raise Refused([("to" if not to else "body-text", "Name the body, and write the first recommendation to it.")])
    data.setdefault("recommendations", []).append({"to": to, "items": [{"text": words}]})


def move_chapter(data: dict[str, Any], posted: QueryDict) -> None:
    """Move a chapter one place up."""
    held = data.get("findings", [])
    at = next((place for place, chapter in enumerate(held) if f"{CHAPTER}{chapter['id']}" == posted.get("name")), 0)
    if at:
        held[at - 1], held[at] = held[at], held[at - 1]


def delete_part(data: dict[str, Any], posted: QueryDict) -> None:
    """Delete a chapter, or a body with the recommendations to it."""
    name = posted.get("name", "")
    data["findings"] = [held for held in data.get("findings", []) if f"{CHAPTER}{held['id']}" != name]
    kept = [body for number, body in enumerate(data.get("recommendations", []), start=1) if f"{BODY}{number}" != name]
    data["recommendations"] = kept


ACTS: dict[str, Callable[[dict[str, Any], QueryDict], None]] = {
    "chapter": add_chapter,
    "body": add_body,
    "up": move_chapter,
    "delete": delete_part,
}
