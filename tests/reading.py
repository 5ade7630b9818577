"""Reads words back out of finished files, each format by means of its own and none of the program's."""

import re
import subprocess
import zipfile
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

from letters.document.blocks import (
    Block,
    Box,
    Chart,
    Contents,
    Document,
    Figure,
    Heading,
    Item,
    Paragraph,
    Table,
    plain,
)
from letters.document.walk import caption_runs, every_block

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def docx_part(data: bytes, name: str) -> ElementTree.Element:
    """Return the root of one part of a DOCX file."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        return ElementTree.fromstring(package.read(name))


def docx_words(data: bytes) -> list[str]:
    """Return the words of a DOCX file: its body, then its footnotes."""
    found: list[str] = []
    for part in ("word/document.xml", "word/footnotes.xml"):
        for paragraph in docx_part(data, part).iter(f"{W}p"):
            found += "".join(text.text or "" for text in paragraph.iter(f"{W}t")).split()
    return found


class ArticleReader(HTMLParser):
    """Gathers the words of a page's article and of its notes."""

    BLOCKS = frozenset(
        ["p", "li", "h1", "h2", "h3", "td", "th", "div", "section", "ul", "ol", "caption", "figcaption", "blockquote"]
    )
    UNREAD = ("sup", "svg")
    """What is no word of the document: numbers of footnotes, and drawings."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._inside = 0
        self._skip = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "article" or ("class", "note") in attrs:
            self._inside += 1
        elif self._inside and tag in self.UNREAD:
            self._skip += 1
        if tag in self.BLOCKS:
            self.texts.append(" ")
        if tag == "span" and self._inside and ("class", "note") not in attrs:
            self._inside += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in ("article", "span") and self._inside:
            self._inside -= 1
            self.texts.append(" " if tag == "article" or not self._inside else "")
        elif tag in self.UNREAD and self._skip:
            self._skip -= 1
        if tag in self.BLOCKS:
            self.texts.append(" ")

    def handle_data(self, data: str) -> None:
        if self._inside and not self._skip:
            self.texts.append(data)


def html_words(page: str) -> list[str]:
    """Return the words of a page's article, then of its footnotes."""
    reader = ArticleReader()
    reader.feed(page)
    return "".join(reader.texts).split()


def text_words(text: str, document: Document) -> list[str]:
    """Return the words of a plain text without the marks of lists, headings, notes and a draft."""
    body, _, notes = text.partition("\n\nFootnotes\n---------\n\n")
    if document.draft:
        body = body.replace(f"\n\n{document.draft.footer}\n\n".replace("\xa0", " "), "\n\n", 1)
    body = re.sub(r"^(=+|-{2,})$", "", body, flags=re.MULTILINE)
    body = re.sub(r"(?<=\n\n) *\d+\. (?=\S)|^ *- ", "", body, flags=re.MULTILINE)
    body = re.sub(r"\[\d+\]", "", body)
    return body.split() + re.sub(r"^\[\d+\] ", "", notes, flags=re.MULTILINE).split()


def expected_text_words(document: Document) -> list[str]:
    """Return the words that a plain text should say: title and publisher first, and column names at every cell."""
    blocks = list(every_block(document.blocks))
    first = next(block for block in blocks if not isinstance(block, Box))
    opens = isinstance(first, Heading) and first.level == 1
    found = [] if opens else [document.meta.title, document.meta.author]
    found += said_in_text(document.blocks)
    found += [plain(note.runs) for note in document.notes]
    return " ".join(found).replace("\xa0", " ").split()


def said_in_text(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the words of blocks as a plain text says them."""
    for block in blocks:
        if isinstance(block, Box):
            yield from said_in_text(block.blocks)
        elif isinstance(block, Heading | Paragraph | Item):
            yield plain(block.runs)
        elif isinstance(block, Contents):
            yield from (entry.text for entry in block.entries)
        elif isinstance(block, Chart):
            yield plain(caption_runs(block))
        elif isinstance(block, Table):
            yield plain(caption_runs(block)) if block.label else ""
            for row in block.rows:
                for place, (head, cell) in enumerate(zip(block.header, row, strict=True)):
                    yield "" if block.row_headers and place == 0 else f"{plain(head)}:"
                    yield from said_in_text(cell)


def pdf_text(data: bytes, document: Document, tmp_path: Path) -> str:
    """Return what a screen reader reads of a PDF, without white space and without the footnotes.

    It follows the structure tree, not the drawing; each footnote must stand in it once.
    """
    path = tmp_path / "letter.pdf"
    path.write_bytes(data)
    out = subprocess.run(["pdfinfo", "-struct-text", str(path)], check=True, capture_output=True).stdout.decode()
    read = "".join("".join(line.strip()[1:-1].split()) for line in out.splitlines() if line.strip().startswith('"'))
    for number, note in enumerate(document.notes, start=1):
        words = f"{number}{''.join(''.join(run.text for run in note.runs).split())}"
        assert read.count(words) == 1, f"footnote {number} is read {read.count(words)} times"
        read = read.replace(words, "", 1)
    return read


def expected_pdf_text(document: Document) -> str:
    """Return the same text as the document has it, with the marks of lists and the numbers of footnotes."""
    notes = {note.id: str(number) for number, note in enumerate(document.notes, start=1)}
    counts: dict[str, int] = {}
    found: list[str] = []
    for block in every_block(document.blocks):
        if isinstance(block, Item) and not block.continues:
            counts[block.list] = counts.get(block.list, 0) + block.ordered
            found.append(f"{counts[block.list]}." if block.ordered else "▪–"[block.level > 1])
        if isinstance(block, Paragraph | Heading | Item):
            found += [notes[run.note] if run.note else run.text for run in block.runs]
        elif isinstance(block, Table):
            found += [run.text for run in caption_runs(block)] if block.label else []
            found += [run.text for runs in block.header for run in runs]
        elif isinstance(block, Chart):
            found += [run.text for run in caption_runs(block)]
        elif isinstance(block, Contents):
            found += [entry.text for entry in block.entries]
        else:
            assert isinstance(block, Box | Figure)
    return "".join("".join(found).split())
