"""The letter of a version as a reader gets it, with each issue at its sentence and a way from each to its form."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from markupsafe import Markup

from letters.document.blocks import Block, Box, Document, Heading, Item, Paragraph, Runs, Table
from letters.document.walk import every_block
from letters.findings.editing import places
from letters.houses.loading import house, house_names
from letters.web.asking import GET, case_page, signed_in
from letters.web.pages import address, as_markup, page
from letters.workspace.access import Access, NoSuchCase
from letters.workspace.history import looked
from letters.workspace.issues import NO_BLOCK, Gate, Issue, by_block, issues_of_version
from letters.workspace.lists import version_numbered
from letters.workspace.models import Version
from letters.workspace.reading import JOINT, Reading, head_of, read_version
from letters.workspace.roles import Act
from letters.workspace.sending import open_review, was_sent
from letters.workspace.standing import paragraphs

GATES = (
    (Gate.DRAFT, "Draft"),
    (Gate.AGREEMENT, "Agreement"),
    (Gate.FACTUAL_ACCURACY, "Factual accuracy"),
    (Gate.PUBLICATION, "Publication"),
)
LOOK = """\
.ws-letter {{ color: {look.ink}; font-family: {look.web_fonts}; }}
.ws-letter h2, .ws-letter h3, .ws-letter h4 {{ color: {look.accent}; font-family: {look.web_fonts}; }}
.ws-letter h3 {{ border-bottom: 2px solid {look.accent}; padding-bottom: 2px; }}
"""
DAY_SECONDS = 86_400


@dataclass(frozen=True)
class Piece:
    """A block of the letter as the page shows it, with the issues at it."""

    id: str
    tag: str
    look: str
    words: Markup
    edit: str
    """The address of the form that its words come from; empty where the person may not open it."""
    issues: tuple[Issue, ...]


@dataclass(frozen=True)
class Note:
    """A footnote as the page shows it."""

    number: int
    id: str
    words: Markup
    edit: str
    issues: tuple[Issue, ...]


@case_page(Act.READ)
def letter(request: HttpRequest, access: Access) -> HttpResponse:
    """Show the letter of a version, each issue at its sentence, as a gate weighs it."""
    version, gate = version_of(request, access), gate_of(request)
    looked(access, version.number, "page")
    read = read_version(version)
    issues = issues_of_version(access.case, version, gate)
    own = access.inspectorate if access.inspectorate in house_names() else JOINT
    context = {"access": access, "version": version, "gate": gate, "gates": GATES, "issues": issues, "house": own}
    if isinstance(read.letter, str):
        return page(request, "letter.html", {**context, "reason": read.letter, "pieces": (), "elsewhere": issues})
    placed_issues = by_block(read.letter, issues)
    forms = forms_of(access, read, version)
    notes = list(notes_of(read.letter, placed_issues, access, version))
    placed = {id(issue) for note in notes for issue in note.issues}
    shown = {
        "pieces": list(pieces_of(read.letter, placed_issues, forms)),
        "notes": notes,
        "elsewhere": [issue for issue in placed_issues.get(NO_BLOCK, []) if id(issue) not in placed],
    }
    return page(request, "letter.html", {**context, "reason": "", **shown})


def version_of(request: HttpRequest, access: Access) -> Version:
    """Return the version that an address asks for: the newest, or an older one for those who see it."""
    given = request.GET.get("v", "")
    if given and not access.may(Act.VERSIONS) and not was_sent(access, given):
        given = ""
    return version_numbered(access, given) if given else head_of(access.case)


def gate_of(request: HttpRequest) -> Gate:
    """Return the gate that an address asks for."""
    given = request.GET.get("gate", "")
    return Gate(given) if given in {gate.value for gate in Gate} else Gate.DRAFT


def forms_of(access: Access, read: Reading, version: Version) -> Callable[[Block], str]:
    """Return what tells the form in which the words of a block are changed, or other words for them are proposed."""
    slug, inspection = access.case.slug, read.inspection
    sending = open_review(access, version)
    if sending is not None and not access.may(Act.WRITE):
        found = {
            place.entry.id: address("propose", slug=slug, number=sending.number, name=place.entry.id)
            for place in places(inspection)
        }
        return lambda block: form_at(block, found)
    if version.number != access.case.head:
        return lambda block: ""
    known = form_addresses(access, read)
    names = {place.entry.id for place in places(inspection)}
    found = {name: f"{where}?back=letter" if name in names else where for name, where in known.items()}
    return lambda block: form_at(block, found)


def form_addresses(access: Access, read: Reading) -> dict[str, str]:
    """Return the address of the form of each part of an inspection that a letter's words come from, by its name."""
    slug, inspection = access.case.slug, read.inspection
    found: dict[str, str] = {}
    if access.may(Act.LEAD):
        here = address("wording", slug=slug)
        found = {held.name: f"{here}#own-{held.name}" for held in paragraphs(read)}
        for at, person in enumerate(inspection.addressees):
            found[person.id] = address("entry", slug=slug, name="addressees", at=at)
        for at, signatory in enumerate(inspection.signatories):
            found[f"signatory.{signatory.inspectorate}"] = address("entry", slug=slug, name="signatories", at=at)
        found["round.context"] = address("part", slug=slug, name="round")
        found["footnotes"] = address("footnotes", slug=slug)
    for place in places(inspection):
        found[place.entry.id] = address("finding", slug=slug, name=place.entry.id)
    return found


def form_at(block: Block, found: Mapping[str, str]) -> str:
    """Return the address of the form that a block is changed in."""
    sources = (source.removesuffix(".title") for source in block.sources)
    return next((found[name] for name in (*sources, block.id) if name in found), "")


def pieces_of(
    document: Document, issues_at: Mapping[str, list[Issue]], form: Callable[[Block], str]
) -> Iterator[Piece]:
    """Yield the blocks of a letter that have words, in reading order."""
    numbers = {note.id: number for number, note in enumerate(document.notes, start=1)}
    studies = [block for block in document.blocks if isinstance(block, Box) and block.role == "case-study"]
    boxed = {id(held) for block in studies for held in every_block(block.blocks)}
    for block in every_block(document.blocks):
        runs = runs_of(block)
        if not runs:
            continue
        look = "ws-block--box" if id(block) in boxed else ""
        tag = "p"
        if isinstance(block, Heading):
            tag = f"h{min(block.level + 1, 6)}"
        elif isinstance(block, Item):
            look = "ws-block--item" if block.level == 1 else "ws-block--item ws-block--deep"
        issues = tuple(issues_at.get(block.id, ()))
        words = marked(as_markup(runs, numbers), issues)
        yield Piece(
            block.id, tag, look, Markup("• {}").format(words) if isinstance(block, Item) else words, form(block), issues
        )


def runs_of(block: Block) -> Runs:
    """Return the words of a block."""
    if isinstance(block, Heading | Paragraph | Item):
        return block.runs
    return tuple(run for runs in block.header for run in runs) if isinstance(block, Table) else ()


def marked(words: Markup, issues: tuple[Issue, ...]) -> Markup:
    """Return words with those marked that an issue is about."""
    for said in {issue.words.strip() for issue in issues if issue.words.strip()}:
        words = Markup(words.replace(Markup.escape(said), Markup("<mark>{}</mark>").format(said), 1))
    return words


def notes_of(
    document: Document, issues_at: Mapping[str, list[Issue]], access: Access, version: Version
) -> Iterator[Note]:
    """Yield the footnotes of a letter with the issues that are about them."""
    may = access.may(Act.LEAD) and version.number == access.case.head
    where = address("footnotes", slug=access.case.slug) if may else ""
    for number, note in enumerate(document.notes, start=1):
        issues = tuple(issue for issue in issues_at.get(NO_BLOCK, ()) if issue.finding == f"footnotes.{note.id}")
        own = where if note.sources else ""
        yield Note(number, note.id, marked(as_markup(note.runs), issues), own, issues)


@signed_in(*GET)
def look(request: HttpRequest, name: str) -> HttpResponse:
    """Return the style of a letter in a house's look."""
    if name not in house_names():
        raise NoSuchCase(name)
    css = LOOK.format(look=house(name).settings.look)
    response = HttpResponse(css, content_type="text/css; charset=utf-8")
    response.headers["Cache-Control"] = f"private, max-age={DAY_SECONDS}"
    return response
