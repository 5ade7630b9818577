"""A document, an index or a notice -> a page of an inspectorate's website, whole in itself."""

from dataclasses import dataclass, field

from markupsafe import Markup

from letters.document.blocks import Document, Heading, plain
from letters.errors import HouseFault
from letters.formats.pages.frame import FRAME_ERRORS, frame, style_sheet
from letters.formats.pages.letter import WebWriter
from letters.houses.house import House
from letters.houses.measures import look_of


@dataclass(frozen=True)
class Download:
    """A link to the same document in another format."""

    name: str
    label: str
    size: str


@dataclass(frozen=True)
class SitePage:
    """What a page of a website needs beside its content."""

    title: str
    publisher: str
    website: str
    language: str
    terms: dict[str, str] = field(default_factory=dict)
    """Dublin Core terms."""
    json_ld: str = ""
    downloads: tuple[Download, ...] = ()
    description: str = ""
    authors: tuple[str, ...] = ()
    """Everybody who published it together."""
    published: str = ""
    """The day in words; the page begins with what it is where it is given."""
    updated: str = ""
    """The day of its last correction, in words."""
    summary: tuple[str, ...] = ()
    index: str = ""
    """The page that leads to every format and says whom to ask."""
    has_banner: bool = True
    """Whether the page bears the publisher's name: one that others put on their own site does not."""


def document_page(document: Document, house: House, facts: SitePage) -> str:
    """Return a document as a page of a website, with its contents and the other formats."""
    writer = WebWriter(document, house)
    return rendered(
        house,
        facts,
        look=look_of(house, is_report=document.is_report),
        letterhead=Markup("".join(writer.logo(figure) for figure in document.letterhead)),
        contents=() if document.is_report else tuple(headings(document)),
        body=draft_mark(document) + Markup("".join(writer.blocks(document.blocks))),
        notes=Markup(writer.endnotes()),
        report=document.is_report,
    )


def draft_mark(document: Document) -> Markup:
    """Return the mark of a draft above its words; nothing for what is final."""
    return (
        Markup('<p class="draft-mark"><strong>{}</strong></p>\n').format(document.draft.footer)
        if document.draft
        else Markup("")
    )


def headings(document: Document) -> list[tuple[str, str]]:
    """Return the sections of a letter, for its contents."""
    return [
        (block.id, plain(block.runs)) for block in document.blocks if isinstance(block, Heading) and block.level == 2
    ]


def notice_page(house: House, facts: SitePage, body: str) -> str:
    """Return a page of other content, such as an index; `body` is HTML of our own making."""
    look = house.settings.look
    return rendered(house, facts, look=look, letterhead="", contents=(), body=Markup(body), notes="", report=False)


def rendered(house: House, facts: SitePage, **content: object) -> str:
    """Return a page in the house's site frame."""
    asset = house.read("site.html")
    css = style_sheet(house.read("web.css")) + style_sheet(house.read("site.css"))
    try:
        page = frame(asset.text)
        return page.render(facts=facts, css=Markup(css), json_ld=Markup(facts.json_ld), **content)
    except FRAME_ERRORS as error:
        raise HouseFault(f"{asset.name}: {error}. Correct the frame.") from None
