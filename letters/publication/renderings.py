"""One document in one house -> every format of a pack, each rendered once; a few formats can be rendered apart."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple, TypeAlias

from letters.document.blocks import Document
from letters.errors import ToolMissing
from letters.formats.by_suffix import to_bytes
from letters.formats.pages.site import Download, SitePage, document_page
from letters.houses.house import House
from letters.publication.record import File, extent

KINDS = ("html", "pdf", "docx", "odt", "txt", "large-print", "brf")
"""The formats of a pack, as `--only` names them, in the order of its pages."""
SUFFIXES = {"large-print": "-large-print.pdf", **{kind: f".{kind}" for kind in KINDS if kind != "large-print"}}
MEDIA = {
    "html": "text/html",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "txt": "text/plain",
    "large-print": "application/pdf",
    "brf": "application/x-brf",
}
LABELS = {
    "html": "Web page",
    "pdf": "PDF, tagged for screen readers",
    "docx": "Word document",
    "odt": "OpenDocument text",
    "txt": "Plain text",
    "large-print": "Large print PDF, 18 point",
    "brf": "Braille, contracted, transcribed by machine and not proofread",
}


ORDER = {LABELS[kind]: place for place, kind in enumerate(KINDS)}


@dataclass(frozen=True)
class Rendered:
    """The files of one document in one house, and what could not be made and why."""

    files: tuple[File, ...]
    missing: tuple[str, ...]


class Order(NamedTuple):
    """What is rendered at once: some formats of one document in one house, and what their files are called."""

    document: Document
    house: House
    stem: str
    kinds: tuple[str, ...]


TOGETHER = (("pdf", "brf"), ("large-print",), ("docx", "odt", "txt"))
"""The formats that are rendered at once: braille has the page numbers of the PDF."""


def orders(document: Document, house: House, stem: str, kinds: tuple[str, ...]) -> Iterator[Order]:
    """Yield what has to be rendered of a document, in parts of about the same length."""
    for together in TOGETHER:
        wanted = tuple(kind for kind in together if kind in kinds)
        if wanted:
            yield Order(document, house, stem, wanted)


def rendered(order: Order) -> Rendered:
    """Return the files of an order."""
    return Renderings(order.document, order.house).all(order.stem, order.kinds)


def joined(parts: Iterable[Rendered]) -> Rendered:
    """Return the files of several orders in the order of a pack's pages."""
    held = list(parts)
    files = sorted((file for part in held for file in part.files), key=lambda file: ORDER[file.label])
    return Rendered(tuple(files), tuple(said for part in held for said in part.missing))


EachOrder: TypeAlias = Callable[[Callable[[Order], Rendered], Iterable[Order]], Iterable[Rendered]]
"""How orders are rendered: one after the other as `map` does it, or several at once; answers keep their order."""


class Renderings:
    """Renders one document in one house; the page numbers of the PDF go on into the braille."""

    def __init__(self, document: Document, house: House) -> None:
        self._document, self._house = document, house
        self._pages: dict[str, int] = {}

    def all(self, stem: str, kinds: tuple[str, ...]) -> Rendered:
        """Return every format that is wanted but the page, which names the others; each is rendered once."""
        files, missing = [], []
        for kind in (kind for kind in KINDS if kind in kinds and kind != "html"):
            try:
                data = RENDERERS[kind](self)
            except ToolMissing as error:
                missing.append(str(error))
                continue
            files.append(File(f"{stem}{SUFFIXES[kind]}", LABELS[kind], MEDIA[kind], data, self._document.meta.title))
        return Rendered(tuple(files), tuple(missing))

    def pdf(self) -> bytes:
        """Return the PDF, and remember on which of its pages each block begins."""
        from letters.formats.pdf.write import write_with_pages

        data, self._pages = write_with_pages(self._document, self._house)
        return data

    def large_print(self) -> bytes:
        """Return the PDF in large print."""
        from letters.formats.pdf.write import write_large_print

        return write_large_print(self._document, self._house)

    def by_suffix(self, suffix: str) -> bytes:
        """Return a format that is the same in a pack as by itself."""
        return to_bytes(self._document, suffix, self._house)

    def braille(self) -> bytes:
        """Return the braille, with the pages of the PDF where that was rendered."""
        from letters.formats.braille.write import write

        return write(self._document, self._pages)


def page(document: Document, house: House, name: str, facts: SitePage) -> File:
    """Return a document as a page of the house's website."""
    data = document_page(document, house, facts).encode()
    return File(name, LABELS["html"], MEDIA["html"], data, document.meta.title)


RENDERERS: dict[str, Callable[[Renderings], bytes]] = {
    "pdf": Renderings.pdf,
    **{kind: partial(Renderings.by_suffix, suffix=SUFFIXES[kind]) for kind in ("docx", "odt", "txt")},
    "large-print": Renderings.large_print,
    "brf": Renderings.braille,
}


def downloads(files: tuple[File, ...]) -> tuple[Download, ...]:
    """Return files as the links of a page."""
    return tuple(Download(file.name, file.label, extent(file)) for file in files)
