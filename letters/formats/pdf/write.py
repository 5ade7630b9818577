"""Page -> tagged PDF (PDF/UA-1 and PDF/A-3a at once), set in the fonts of styles/fonts and no others."""

import gc
import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
from threading import RLock
from typing import TYPE_CHECKING, Any

from letters import resources
from letters.document.blocks import Document, plain
from letters.document.walk import texts
from letters.errors import FormatFault
from letters.formats.pages.frame import style_sheet
from letters.formats.pages.letter import large_print_page, print_page
from letters.formats.pdf.holes import MOST_LAYOUTS, release_boxes
from letters.formats.pdf.tags import finish, our_tags
from letters.houses.house import Asset, House

if TYPE_CHECKING:
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

FONTS = resources.fonts()
VARIANT = "pdf/a-3a"
one_at_a_time = RLock()
"""WeasyPrint's names, its log and the collector belong to the whole process: two files at once would mix them up."""
SPACES = frozenset(" \n\t\N{NO-BREAK SPACE}")


def write(document: Document, house: House) -> bytes:
    """Return a document as PDF; raises FormatFault where no font of ours has one of its characters."""
    refuse_missing_glyphs(document)
    return render(print_page(document, house), house)


def write_with_pages(document: Document, house: House) -> tuple[bytes, dict[str, int]]:
    """Return a document as PDF, and the page on which each of its blocks begins, by the block's id."""
    refuse_missing_glyphs(document)
    return printed_with_pages(print_page(document, house), [sheet_of(house, "print.css")])


def write_large_print(document: Document, house: House) -> bytes:
    """Return a document as PDF in large print."""
    refuse_missing_glyphs(document)
    return printed(large_print_page(document, house), [sheet_of(house, "large-print.css")])


def render(page: str, house: House) -> bytes:
    """Return a print page as PDF in the house's look."""
    return printed(page, [sheet_of(house, "print.css")])


def sheet_of(house: House, name: str) -> "CSS":
    """Return one of a house's style sheets, parsed."""
    return stylesheet(house.read(name))


def printed(page: str, sheets: "Sequence[CSS]" = ()) -> bytes:
    """Return a page as PDF; raises FormatFault for anything WeasyPrint warns of."""
    return printed_with_pages(page, sheets)[0]


def printed_with_pages(page: str, sheets: "Sequence[CSS]") -> tuple[bytes, dict[str, int]]:
    """Return a page as PDF, and the number of the PDF's page on which each element with an id begins."""
    weasyprint = renderer()
    with one_at_a_time, warnings_refused(), collector_at_rest():
        try:
            made = weasyprint.HTML(string=page, url_fetcher=fetcher())
            document = without_holes(made, sheets)
            with our_tags(weasyprint, document):
                pdf: bytes = document.write_pdf(finisher=finish, pdf_variant=VARIANT)
            pages = first_pages(document)
        except weasyprint.urls.FatalURLFetchingError as error:
            raise FormatFault(
                f"{str(error)[:120]}: a letter cannot load content from elsewhere. Correct frame.html."
            ) from None
    return pdf, pages


def without_holes(made: Any, sheets: "Sequence[CSS]") -> Any:
    """Return a page laid out; a box that is kept whole breaks where it would leave a hole."""
    for _ in range(MOST_LAYOUTS):
        document = made.render(font_config=fonts(), stylesheets=list(sheets), pdf_variant=VARIANT)
        if not release_boxes([laid._page_box for laid in document.pages]):
            break
    return document


def first_pages(document: Any) -> dict[str, int]:
    """Return the page on which each element with an id begins."""
    found: dict[str, int] = {}
    for number, laid in enumerate(document.pages, start=1):
        for name in laid.anchors:
            found.setdefault(name, number)
    return found


@cache
def renderer() -> Any:
    """Return WeasyPrint, told of our fonts before it looks for any."""
    os.environ["FONTCONFIG_FILE"] = str(FONTS / "fonts.conf")
    import weasyprint

    gc.collect()
    gc.freeze()
    return weasyprint


@cache
def fonts() -> "FontConfiguration":
    """Return the font configuration that every letter of this process shares."""
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


@lru_cache(maxsize=32)
def stylesheet(asset: Asset) -> "CSS":
    """Return a house's style sheet for print, parsed."""
    with one_at_a_time, warnings_refused():
        sheet: CSS = renderer().CSS(string=style_sheet(asset), font_config=fonts(), url_fetcher=fetcher())
    return sheet


@cache
def fetcher() -> Any:
    """Return a fetcher that opens what is in the page itself, and stops at anything that would be fetched."""
    from weasyprint.urls import URLFetcher

    return URLFetcher(allowed_protocols={"data"}, fail_on_errors=True)


@contextmanager
def warnings_refused() -> Iterator[None]:
    """Raise FormatFault where WeasyPrint warns: a warning is a picture, a style or a tag that a reader misses."""
    heard: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: heard.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("weasyprint")
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
    if heard:
        raise FormatFault(
            f"the PDF would be invalid: {'; '.join(dict.fromkeys(heard))}. Correct print.css or frame.html."
        )


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Let the garbage collector run less often while a page is laid out: layout makes few cycles and much else."""
    before = gc.get_threshold()
    gc.set_threshold(100_000, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*before)


@cache
def covered() -> frozenset[int]:
    """Return every character that one of our fonts has."""
    from fontTools.ttLib import TTFont

    return frozenset(code for path in sorted(FONTS.glob("*.ttf")) for code in TTFont(path, lazy=True).getBestCmap())


def refuse_missing_glyphs(document: Document) -> None:
    """Raise FormatFault naming each character that would be printed as an empty box, and the words around it."""
    for runs in texts(document):
        words = plain(runs)
        if words.isascii():
            continue
        for place, character in enumerate(words):
            if ord(character) not in covered() and character not in SPACES:
                around = words[max(0, place - 20) : place + 20]
                raise FormatFault(
                    f"no font in styles/fonts has {character} (U+{ord(character):04X}), in “{around}”."
                    f" Add a free font that has it, or use another character. The other formats can show it."
                )
