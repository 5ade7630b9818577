"""A document in the format that a suffix names."""

from collections.abc import Callable

from letters.document.blocks import Document
from letters.errors import FormatFault
from letters.houses.house import House

SUFFIXES = (".docx", ".pdf", ".html", ".txt")
"""The formats that a folder gets."""


def to_bytes(document: Document, suffix: str, house: House) -> bytes:
    """Return a document in the format of a suffix; raises FormatFault where there is none."""
    if suffix not in WRITERS:
        raise FormatFault(f"{suffix or 'no suffix'} is not a known format. Use one of {', '.join(WRITERS)}.")
    return WRITERS[suffix](document, house)


def as_docx(document: Document, house: House) -> bytes:
    """Return a document as DOCX."""
    from letters.word.write import write

    return write(document, house)


def as_pdf(document: Document, house: House) -> bytes:
    """Return a document as PDF."""
    from letters.formats.pdf.write import write

    return write(document, house)


def as_html(document: Document, house: House) -> bytes:
    """Return a document as a page for the screen."""
    from letters.formats.pages.letter import web_page

    return web_page(document, house).encode()


def as_text(document: Document, house: House) -> bytes:
    """Return a document as plain text."""
    from letters.formats.text import write

    return write(document).encode()


def as_odt(document: Document, house: House) -> bytes:
    """Return a document as OpenDocument text."""
    from letters.formats.odt.write import write

    return write(document, house)


def as_braille(document: Document, house: House) -> bytes:
    """Return a document in contracted braille, without the numbers of print pages."""
    from letters.formats.braille.write import write

    return write(document, {})


WRITERS: dict[str, Callable[[Document, House], bytes]] = {
    ".docx": as_docx,
    ".pdf": as_pdf,
    ".html": as_html,
    ".txt": as_text,
    ".odt": as_odt,
    ".brf": as_braille,
}
