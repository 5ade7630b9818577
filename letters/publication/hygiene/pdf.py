"""What a PDF may not carry: files, programs, comments, forms, hidden words, names, links that lead nowhere."""

import re
import zlib
from collections.abc import Collection, Iterator
from html import unescape

from letters.publication.hygiene.patterns import is_web_address, strange_names, unread_words, unseen_characters
from letters.publication.hygiene.pictures import jpeg_leaks

STREAM = re.compile(rb">>\s*stream\r?\n(.*?)endstream", re.DOTALL)
LITERAL = rb"\(((?:\\.|[^\\)])*)\)"
TEXT = LITERAL + rb"|<([0-9A-Fa-f\s]+)>"
"""A text in either of its two spellings (ISO 32000-1, 7.3.4)."""
ESCAPE = re.compile(rb"\\([0-7]{1,3})|\\(.)", re.DOTALL)
"""A byte by its number, or one that would mean something else without its stroke."""
LARGEST = 50_000_000
"""Unpacked bytes of one stream of objects."""
MARKS = {
    "an embedded file": rb"/EmbeddedFiles?\b|/Filespec\b|/FileAttachment\b",
    "a program": rb"/JavaScript\b|/JS\b|/Launch\b|/RichMedia\b|/Rendition\b",
    "comments": (
        rb"/Subtype\s*/(?:Text|FreeText|Popup|Highlight|Underline|Squiggly|StrikeOut|Caret|Ink|Stamp|Redact|Line)\b"
    ),
    "a form": rb"/AcroForm\b|/XFA\b|/Subtype\s*/Widget\b",
    "editing data": rb"/PieceInfo\b|/LastModified\b",
    "content loaded from elsewhere": rb"/GoTo[RE]\b|/SubmitForm\b|/ImportData\b",
    "hidden text": rb"/OCProperties\b|/ca\s+0(?:\.0+)?(?=[\s/>])",
}
METADATA_MARKS = re.compile(r"<(?:xmpMM|photoshop|stEvt):|<pdf:Keywords>")


def pdf_leaks(data: bytes, authors: Collection[str]) -> Iterator[str]:
    """Yield what a PDF carries and must not."""
    objects, metadata = objects_of(data)
    bare = re.sub(LITERAL, b"()", objects)
    yield from (what for what, mark in MARKS.items() if re.search(mark, bare))
    yield from strange_names(texts(objects, rb"/Author"), authors)
    yield from (f"a link to {link}" for link in texts(objects, rb"/URI") if not is_web_address(link))
    for words in texts(objects, rb"/(?:Alt|TU|Subject|Keywords|Creator)") + texts(objects, rb"/Title", OF_THE_FILE):
        yield from unread_words(words)
        yield from unseen_characters(words)
    yield from metadata_leaks(metadata.decode("utf-8", "replace"), authors)
    for found in STREAM.finditer(data):
        yield from jpeg_leaks(found[1]) if found[1].startswith(b"\xff\xd8") else ()


OF_THE_FILE = rb"(?!\s*/(?:Dest|A|Count|Parent)\b)"
"""Follows the title of the file itself; the title of a bookmark is a heading, which readers read."""


def metadata_leaks(xmp: str, authors: Collection[str]) -> Iterator[str]:
    """Yield what a PDF's metadata says and must not."""
    for names in re.findall(r"<(?:dc:creator|dc:contributor)>(.*?)</dc:", xmp, re.DOTALL):
        yield from strange_names([unescape(name) for name in re.findall(r"<rdf:li\b[^>]*>([^<]*)<", names)], authors)
    if METADATA_MARKS.search(xmp):
        yield "editing data"
    yield from unread_words(unescape(xmp))
    yield from unseen_characters(re.sub(r"<\?xpacket[^>]*>", "", xmp))


def objects_of(data: bytes) -> tuple[bytes, bytes]:
    """Return a PDF's objects without the contents of pages, pictures and fonts, and its metadata."""
    objects, metadata, place = [], [], 0
    for found in STREAM.finditer(data):
        head = data[place : found.start()]
        own = head.rpartition(b" obj")[2]
        place = found.end()
        objects.append(head)
        if re.search(rb"/Type\s*/ObjStm\b", own):
            objects.append(unpacked(found[1]))
        elif re.search(rb"/Type\s*/Metadata\b", own):
            metadata.append(unpacked(found[1]))
    return b">>\n".join([*objects, data[place:]]), b"\n".join(metadata)


def page_count(data: bytes) -> int:
    """Return how many pages a PDF has (ISO 32000-1, 7.7.3.3)."""
    return len(re.findall(rb"/Type\s*/Page\b", objects_of(data)[0]))


def unpacked(stream: bytes) -> bytes:
    """Return the bytes of a stream, whether it was packed or not."""
    try:
        return zlib.decompressobj().decompress(stream, LARGEST)
    except zlib.error:
        return stream


def texts(objects: bytes, name: bytes, after: bytes = b"") -> list[str]:
    """Return every text that stands under a name."""
    found = re.findall(name + rb"\s*(?:" + TEXT + rb")" + after, objects)
    return [spelled_out(bytes.fromhex(code.decode()) if code else literal(words)) for words, code in found]


def literal(words: bytes) -> bytes:
    """Return the bytes that a text between parentheses stands for."""
    return ESCAPE.sub(lambda found: bytes([int(found[1], 8) & 0xFF]) if found[1] else found[2], words)


def spelled_out(words: bytes) -> str:
    """Return a text (ISO 32000-1, 7.9.2)."""
    if words.startswith(b"\xfe\xff"):
        return words[2:].decode("utf-16-be", "replace")
    return words.decode("latin-1")
