"""What no published file may carry: marks of editing, names of staff, paths, things that are hidden or fetched.

Each kind of file has a module that reads its finished bytes; what they have in common stands in telltales.py.
"""

import re
from collections.abc import Callable, Collection, Iterator
from html import unescape
from typing import NamedTuple

from letters.publication.hygiene.office import docx_leaks, odt_leaks, words_of
from letters.publication.hygiene.page import page_leaks, record_leaks
from letters.publication.hygiene.patterns import has_path, strange_links, unread_words, unseen_characters
from letters.publication.hygiene.pdf import pdf_leaks
from letters.publication.hygiene.sheets import HIDDEN, sheet_hides
from letters.word.package import open_untrusted
from letters.word.unseen import frame_hides, unshown_parts

SUMMARY = re.compile(r"<summary>[^<]*</summary>")
"""The part of a feed's entry that repeats words of the letter."""
STYLE_ATTRIBUTE = re.compile(r"\sstyle\s*=\s*([\"'])(.*?)\1", re.IGNORECASE | re.DOTALL)
STYLE_ELEMENT = re.compile(r"<style\b[^>]*>(.*?)</style>", re.IGNORECASE | re.DOTALL)
PLACES = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
"""Where the frame is filled."""


class Leak(NamedTuple):
    """Something that a finished file carries and must not."""

    file: str
    what: str


def leaks(name: str, data: bytes, authors: Collection[str]) -> list[Leak]:
    """Return everything that a finished file carries and must not; `authors` are the only names it may bear."""
    reader = READERS.get(name.rpartition(".")[2], unknown_leaks)
    return [Leak(name, what) for what in dict.fromkeys(reader(data, authors))]


def text_leaks(data: bytes, authors: Collection[str]) -> Iterator[str]:
    """Yield what a text carries and must not: all of it is words that readers read."""
    yield from unseen_characters(data.decode("utf-8", "replace"))


def table_leaks(data: bytes, authors: Collection[str]) -> Iterator[str]:
    """Yield what rows for a spreadsheet carry and must not; its byte order mark and line ends are the format's own."""
    yield from unseen_characters(data.decode("utf-8-sig", "replace").replace("\r\n", "\n"))


def json_leaks(data: bytes, authors: Collection[str]) -> Iterator[str]:
    """Yield what a record carries and must not."""
    text = data.decode("utf-8", "replace")
    yield from record_leaks(text, authors)
    yield from unseen_characters(text)


def entry_leaks(data: bytes, authors: Collection[str]) -> Iterator[str]:
    """Yield what a feed's entry carries and must not."""
    text = data.decode("utf-8", "replace")
    if "<!--" in text:
        yield "a comment"
    yield from strange_links([unescape(link) for link in re.findall(r'\bhref="([^"]*)"', text)])
    yield from unread_words(unescape(SUMMARY.sub("", text)))
    yield from unseen_characters(text)


def unknown_leaks(data: bytes, authors: Collection[str]) -> Iterator[str]:
    """Yield that nobody knows what a file of another kind carries."""
    yield "unchecked content: files of this kind are not published"


READERS: dict[str, Callable[[bytes, Collection[str]], Iterator[str]]] = {
    "docx": docx_leaks,
    "odt": odt_leaks,
    "pdf": pdf_leaks,
    "html": page_leaks,
    "json": json_leaks,
    "atom": entry_leaks,
    "txt": text_leaks,
    "csv": table_leaks,
    "brf": text_leaks,
}


def frame_leaks(name: str, data: bytes) -> list[Leak]:
    """Return what a house's frame or style sheet says and must not; afterwards its words look like the letter's own."""
    found = docx_frame_leaks(data) if name.endswith(".docx") else sheet_leaks(name, data)
    return [Leak(name, what) for what in dict.fromkeys(found)]


def docx_frame_leaks(data: bytes) -> Iterator[str]:
    """Yield a path in the words of a Word frame, and what its looks hide."""
    parts = open_untrusted(data, "frame")
    if any(unshown_parts(parts)):
        yield HIDDEN
    for name, part in parts.items():
        is_written = name.startswith("word/") and name.endswith(".xml")
        if is_written and frame_hides(part, name):
            yield HIDDEN
        if is_written and has_path(words_of(part.decode("utf-8", "replace"))):
            yield "a file path from somebody’s computer"


def sheet_leaks(name: str, data: bytes) -> Iterator[str]:
    """Yield a path in a page's frame or a style sheet, and words that are set where nobody sees them."""
    text = data.decode("utf-8", "replace")
    if has_path(text):
        yield "a file path from somebody’s computer"
    yield from sheet_hides(text) if name.endswith(".css") else frame_styles_hide(text)


def frame_styles_hide(html: str) -> Iterator[str]:
    """Yield what the styles within a page's frame hide, and the words that they print."""
    for value in (found[1] for found in STYLE_ATTRIBUTE.findall(html)):
        yield from sheet_hides(f"* {{{value}}}")
    for css in STYLE_ELEMENT.findall(html):
        yield from sheet_hides(PLACES.sub("", css))
