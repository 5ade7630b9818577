"""A case: its overview, its letter with the issues at its sentences, its people and its history."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from markupsafe import Markup

from letters.checks.issue import Gate, Issue
from letters.checks.places import NO_BLOCK, issues_by_block
from letters.document.blocks import Box, Document, Figure, Heading, Item, Paragraph, Runs, Table
from letters.document.walk import every_block
from letters.errors import LettersError
from letters.findings.editing import places
from letters.findings.timetable import timetable
from letters.web.asking import case_page
from letters.web.pages import address, as_markup, page
from letters.workspace.access import Access
from letters.workspace.history import happenings, looked, visible_events
from letters.workspace.models import Version
from letters.workspace.people import end_part, invite, parts
from letters.workspace.reading import head_of, issues_of_version, read_version
from letters.workspace.roles import TITLES, Act

GATES = (
    (Gate.DRAFT, "Draft"),
    (Gate.AGREEMENT, "Agreement"),
    (Gate.FACTUAL_ACCURACY, "Factual accuracy"),
    (Gate.PUBLICATION, "Publication"),
)
EVENTS = 50


@dataclass(frozen=True)
class Piece:
    """A block of the letter as the page shows it, with the issues at it."""

    id: str
    tag: str
    look: str
    words: Markup
    finding: str
    """The finding that its words come from; empty for standing words."""
    issues: tuple[Issue, ...]


@case_page(Act.READ)
def overview(request: HttpRequest, access: Access) -> HttpResponse:
    """Show a case: what it is, how far it has come, its days, and who takes part."""
    head = head_of(access.case)
    read = read_version(head)
    issues = issues_of_version(access.case, head, Gate.DRAFT)
    context = {
        "access": access,
        "head": head,
        "inspection": read.inspection,
        "steps": timetable(read.inspection),
        "errors": sum(issue.is_error and issue.is_open for issue in issues),
        "warnings": sum(not issue.is_error and issue.is_open for issue in issues),
        "counts": counts(read.inspection.all_findings()),
        "people": parts(access),
    }
    return page(request, "case.html", context)


def counts(entries: Iterator[object]) -> list[tuple[str, int]]:
    """Return how many findings of each kind there are."""
    names = {"Finding": "finding", "Recommendation": "recommendation", "CaseStudy": "case study"}
    found = dict.fromkeys(names.values(), 0)
    for entry in entries:
        found[names[type(entry).__name__]] += 1
    return list(found.items())


@case_page(Act.READ)
def letter(request: HttpRequest, access: Access) -> HttpResponse:
    """Show the letter of a version, each issue at its sentence, as a gate weighs it."""
    version, gate = version_of(request, access), gate_of(request)
    looked(access, version.number, "page")
    read = read_version(version)
    issues = issues_of_version(access.case, version, gate)
    context = {"access": access, "version": version, "gate": gate, "gates": GATES, "issues": issues}
    if isinstance(read.letter, str):
        return page(request, "letter.html", {**context, "reason": read.letter, "pieces": (), "elsewhere": issues})
    by_block = issues_by_block(read.letter, [issue for issue in issues if issue.is_open])
    names = {place.entry.id for place in places(read.inspection)}
    pieces = list(pieces_of(read.letter, by_block, names))
    elsewhere = by_block.get(NO_BLOCK, [])
    return page(request, "letter.html", {**context, "reason": "", "pieces": pieces, "elsewhere": elsewhere})


def version_of(request: HttpRequest, access: Access) -> Version:
    """Return the version that an address asks for: the newest, or an older one for those who see them."""
    given = request.GET.get("v", "")
    if given.isdecimal() and len(given) < 9 and access.may(Act.VERSIONS):
        found = access.case.versions.filter(number=int(given)).first()
        if found:
            return found
    return head_of(access.case)


def gate_of(request: HttpRequest) -> Gate:
    """Return the gate that an address asks for."""
    given = request.GET.get("gate", "")
    return Gate(given) if given in {gate.value for gate in Gate} else Gate.DRAFT


def pieces_of(document: Document, by_block: dict[str, list[Issue]], names: set[str]) -> Iterator[Piece]:
    """Yield the blocks of a letter that have words, in reading order."""
    boxed = {id(held) for block in document.blocks if isinstance(block, Box) for held in every_block(block.blocks)}
    for block in every_block(document.blocks):
        if isinstance(block, Box | Figure):
            continue
        finding = next((name for name in getattr(block, "sources", ()) if name in names), "")
        look = "ws-block--box" if id(block) in boxed and finding else ""
        if isinstance(block, Heading):
            tag = f"h{min(block.level + 1, 6)}"
        elif isinstance(block, Item):
            tag, look = "p", "ws-block--item" if block.level == 1 else "ws-block--item ws-block--deep"
        else:
            tag = "p"
        runs = runs_of(block)
        if runs:
            issues = tuple(by_block.get(block.id, ()))
            yield Piece(block.id, tag, look, marked(block, runs, issues), finding, issues)


def runs_of(block: object) -> Runs:
    """Return the words of a block."""
    if isinstance(block, Heading | Paragraph | Item):
        return block.runs
    return tuple(run for runs in block.header for run in runs) if isinstance(block, Table) else ()


def marked(block: object, runs: Runs, issues: tuple[Issue, ...]) -> Markup:
    """Return the words of a block with those marked that an issue is about."""
    words = as_markup(runs)
    for said in {issue.words.strip() for issue in issues if issue.words.strip()}:
        found = Markup.escape(said)
        words = Markup(words.replace(found, Markup("<mark>{}</mark>").format(said), 1))
    return Markup("• {}").format(words) if isinstance(block, Item) else words


@case_page(Act.LEAD, "GET", "HEAD", "POST")
def people(request: HttpRequest, access: Access) -> HttpResponse:
    """Show who sees a case, and let its lead invite people and end parts."""
    fault = ""
    if request.method == "POST":
        try:
            if "end" in request.POST:
                end_part(access, int(request.POST["end"]))
                messages.success(request, "The part was ended.")
            else:
                part = invite(access, request.POST.get("email", ""), request.POST.get("role", ""))
                messages.success(request, f"{part.person.name} now takes part.")
            return HttpResponseRedirect(address("people", slug=access.case.slug))
        except (LettersError, ValueError) as error:
            fault = str(error)
    given = {name: request.POST.get(name, "") for name in ("email", "role")}
    context = {"access": access, "people": parts(access), "roles": TITLES, "fault": fault, "given": given}
    return page(request, "people.html", context, 422 if fault else 200)


@case_page(Act.HISTORY)
def history(request: HttpRequest, access: Access) -> HttpResponse:
    """Show what happened in a case, in words."""
    shown = Paginator(visible_events(access), EVENTS).get_page(request.GET.get("page"))
    context = {"access": access, "shown": shown, "rows": list(happenings(list(shown.object_list)))}
    return page(request, "history.html", context)
