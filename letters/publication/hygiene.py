"""What no published file may carry: marks of editing, names of staff, paths, things that are hidden or fetched."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from typing import NamedTuple
from urllib.parse import urlsplit

LOCAL_PATH = re.compile(r"(?:\b[A-Za-z]:\\|\\\\[\w.-]+\\|\bfile:/|/(?:home|Users|tmp|var|root|work|mnt)/\w)")
TEMPLATE = re.compile(r"\{\{|\}\}|\{%|%\}")
HOST = re.compile(r"^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}$", re.IGNORECASE)
PRIVATE = re.compile(r"^(localhost|.*\.(local|internal|lan|corp|home))$", re.IGNORECASE)
ALLOWED_PROPERTIES = {"InspectionId", "LetterVersion"}
PICTURE_REMARKS = (b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME")
WORD_MARKS = {
    "tracked changes": rb"<w:(?:ins|del|moveFrom|moveTo|rPrChange|pPrChange|sectPrChange|tblPrChange|cellIns|cellDel)[ >/]",
    "comments": rb"<w:comment(?:Reference|RangeStart)?[ >/]",
    "revision ids": rb"\bw:rsid\w*=|<w:rsids?[ >/]",
    "hidden text": rb"<w:(?:vanish|webHidden|specVanish)(?:/>| w:val=\"(?:1|true|on)\")",
    "review bookmarks": rb"w:name=\"_s_",
    "tracking switched on": rb"<w:trackRevisions[ />]|<w:documentProtection[ />]",
    "document variables": rb"<w:docVars?[ >]",
    "editing marks": rb"<w:proofErr |<w:permStart |<w:lastRenderedPageBreak",
    "fields that fetch": rb"INCLUDEPICTURE|INCLUDETEXT|DDEAUTO|\bDDE\b",
    "an attached template": rb"<w:attachedTemplate |<w:mailMerge[ >]",
    "paragraph ids": rb"\bw14:(?:paraId|textId)=|<w1[45]:docId",
}
WORD_PARTS = re.compile(
    r"word/(?:comments|people|glossary/|webSettings|vba|activeX|ctrlProps|customizations)|docProps/thumbnail"
)
PAGE_MARKS = {
    "a comment": r"<!--",
    "hidden content": r"<[^>]+\s(?:hidden|aria-hidden=\"true\")[\s>]|display:\s*none|visibility:\s*hidden",
    "something fetched": r"<(?:img|script|iframe|source|video|audio|embed|object)\b[^>]*\s(?:src|data)=\"(?!data:)|<link\b[^>]*\shref=\"|@import|url\(\s*[\"']?(?!data:|#)",
    "a program": r"<script(?![^>]*application/ld\+json)|\son\w+=\"|javascript:",
    "an editor’s mark": r"contenteditable|<meta name=\"generator\"",
    "tracked changes": r"<(?:ins|del)\b",
}
FOR_PRINT = re.compile(r"@media print\s*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
"""The rules for print, which may leave out what only a screen needs."""
PDF_MARKS = {
    "an embedded file": rb"/EmbeddedFile\b|/Filespec\b",
    "a program": rb"/JavaScript\b|/JS\s*\(|/Launch\b",
    "comments": rb"/Subtype\s*/(?:Text|FreeText|Popup|Highlight|StrikeOut|Caret|Ink|Stamp)\b(?!\w)",
    "a form": rb"/AcroForm\b",
    "editing data": rb"/PieceInfo\b",
}
ODT_MARKS = {
    "tracked changes": rb"<text:tracked-changes|<text:change[- ]",
    "comments": rb"<office:annotation",
    "hidden text": rb"text:display=\"none\"|<text:hidden-",
    "a printed-by or edited-by name": rb"<meta:(?:printed-by|editing-cycles|editing-duration|print-date)",
    "programs": rb"<script:|<office:scripts>\s*<",
    "user data": rb"<meta:user-defined(?![^>]* meta:name=\"(?:InspectionId|LetterVersion)\")",
}


class Leak(NamedTuple):
    """Something that a finished file carries and must not."""

    file: str
    what: str


def leaks(name: str, data: bytes, author: str) -> list[Leak]:
    """Return everything that a finished file carries and must not; `author` is the only name it may bear."""
    suffix = name.rpartition(".")[2]
    found = {"docx": docx_leaks, "odt": odt_leaks, "pdf": pdf_leaks, "html": page_leaks}.get(suffix, text_leaks)
    return [Leak(name, what) for what in dict.fromkeys(found(data, author))]


def docx_leaks(data: bytes, author: str) -> Iterator[str]:
    """Yield what a DOCX file carries and must not."""
    for name, part in parts_of(data).items():
        if WORD_PARTS.match(name) or name.endswith((".bin", ".ocx")):
            yield f"the part {name}"
        elif name.startswith("customXml/"):
            yield "a custom XML part"
        elif name.endswith(".rels"):
            yield from relationship_leaks(part)
        elif name.endswith(".xml"):
            yield from (what for what, mark in WORD_MARKS.items() if re.search(mark, part))
            yield from text_leaks(part, author)
            yield from property_leaks(name, part.decode("utf-8", "replace"), author)
        else:
            yield from workbook_leaks(part) if name.endswith(".xlsx") else picture_leaks(part)


def property_leaks(name: str, part: str, author: str) -> Iterator[str]:
    """Yield what the properties of a DOCX file carry and must not."""
    if name == "docProps/core.xml":
        yield from core_leaks(part, author)
    elif name == "docProps/custom.xml":
        names = set(re.findall(r'<property[^>]* name="([^"]*)"', part))
        yield from (f"the property {found}" for found in sorted(names - ALLOWED_PROPERTIES))
    elif name == "docProps/app.xml" and re.search(r"<(?:Manager|Company|HyperlinkBase|Template)>[^<]", part):
        yield "the name of a company, a manager or a template"


def core_leaks(core: str, author: str) -> Iterator[str]:
    """Yield the names of people in a file's properties."""
    for field in ("creator", "lastModifiedBy"):
        for name in re.findall(rf"<(?:\w+:)?{field}>([^<]*)</", core):
            if unescape(name) not in ("", author):
                yield f"the name {unescape(name)}"
    if re.search(r"<(?:\w+:)?(?:lastPrinted|revision|keywords|category|contentStatus)>[^<]", core):
        yield "editing data in its properties"


def workbook_leaks(data: bytes) -> Iterator[str]:
    """Yield what a chart's workbook carries and must not."""
    core = parts_of(data).get("docProps/core.xml", b"").decode("utf-8", "replace")
    yield from core_leaks(core, "")


def relationship_leaks(part: bytes) -> Iterator[str]:
    """Yield relationships that lead outside the file to anything but a web or mail address."""
    for row in re.findall(r"<Relationship\b[^>]*>", part.decode("utf-8", "replace")):
        if 'TargetMode="External"' not in row:
            continue
        target = unescape(next(iter(re.findall(r'\bTarget="([^"]*)"', row)), ""))
        if "/hyperlink" not in row:
            yield f"something fetched from {target}"
        elif not is_web_address(target):
            yield f"a link to {target}"


def odt_leaks(data: bytes, author: str) -> Iterator[str]:
    """Yield what an ODT file carries and must not."""
    for name, part in parts_of(data).items():
        if name.startswith(("Basic/", "Scripts/", "Thumbnails/", "Versions/", "ObjectReplacements/")):
            yield f"the part {name}"
        elif name.endswith(".xml"):
            yield from (what for what, mark in ODT_MARKS.items() if re.search(mark, part))
            yield from text_leaks(part, author)
            links = re.findall(r'<text:a\b[^>]*xlink:href="([^"]*)"', part.decode("utf-8", "replace"))
            yield from (f"a link to {link}" for link in map(unescape, links) if not is_link(link))
        elif name.endswith((".png", ".jpg", ".jpeg")):
            yield from picture_leaks(part)
        if name == "meta.xml":
            for found in re.findall(rb"<(?:meta:initial-creator|dc:creator)>([^<]*)<", part):
                if unescape(found.decode("utf-8", "replace")) not in ("", author):
                    yield f"the name {unescape(found.decode('utf-8', 'replace'))}"


def pdf_leaks(data: bytes, author: str) -> Iterator[str]:
    """Yield what a PDF carries and must not."""
    whole = data + b"".join(inflated(data))
    yield from (what for what, mark in PDF_MARKS.items() if re.search(mark, whole))
    for found in re.findall(rb"/Author\s*\(((?:\\.|[^\\)])*)\)", whole):
        said = pdf_words(found)
        if said not in ("", author):
            yield f"the name {said}"
    for found in re.findall(rb"<dc:creator>.*?<rdf:li>([^<]*)</rdf:li>", whole, re.DOTALL):
        if unescape(found.decode("utf-8", "replace")) not in ("", author):
            yield f"the name {unescape(found.decode('utf-8', 'replace'))}"
    for found in re.findall(rb"/URI\s*\(((?:\\.|[^\\)])*)\)", whole):
        if not is_web_address(pdf_words(found)):
            yield f"a link to {pdf_words(found)}"
    for found in re.findall(rb"/(?:Alt|Title|Contents)\s*\(((?:\\.|[^\\)])*)\)", whole):
        if LOCAL_PATH.search(pdf_words(found)):
            yield "a path of somebody’s computer"


def pdf_words(found: bytes) -> str:
    """Return a string of a PDF (ISO 32000-1, 7.9.2)."""
    plain = re.sub(rb"\\([()\\])", rb"\1", found)
    if plain.startswith(b"\xfe\xff"):
        return plain[2:].decode("utf-16-be", "replace")
    return plain.decode("latin-1")


def inflated(data: bytes) -> Iterator[bytes]:
    """Yield the streams of a PDF that hold objects or metadata, unpacked."""
    for found in re.finditer(rb"/Type\s*/(?:ObjStm|Metadata)\b.*?stream\r?\n(.*?)endstream", data, re.DOTALL):
        try:
            yield zlib.decompressobj().decompress(found[1], 50_000_000)
        except zlib.error:
            yield found[1]


def page_leaks(data: bytes, author: str) -> Iterator[str]:
    """Yield what a page carries and must not."""
    text = data.decode("utf-8", "replace")
    shown = FOR_PRINT.sub("", text)
    yield from (what for what, mark in PAGE_MARKS.items() if re.search(mark, shown, re.IGNORECASE))
    for name in re.findall(r'<meta name="(?:author|dcterms\.creator)" content="([^"]*)"', text):
        if unescape(name) not in ("", author):
            yield f"the name {unescape(name)}"
    for link in map(unescape, re.findall(r'<a\b[^>]*\shref="([^"]*)"', text)):
        if not is_link(link):
            yield f"a link to {link}"
    yield from text_leaks(data, author)


def text_leaks(data: bytes, author: str) -> Iterator[str]:
    """Yield paths, template marks and odd characters in a text."""
    text = data.decode("utf-8", "replace")
    if LOCAL_PATH.search(without_data(text)):
        yield "a path of somebody’s computer"
    if TEMPLATE.search(without_data(text)):
        yield "a place of a template that was not filled"
    if re.search("[\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]", text):
        yield "characters that nobody sees"


def without_data(text: str) -> str:
    """Return a text without pictures and styles that are part of it."""
    return re.sub(r"data:[^\"')\s]+|<style>.*?</style>", "", text, flags=re.DOTALL)


def picture_leaks(data: bytes) -> Iterator[str]:
    """Yield remarks in a picture: they name people, places, times and programs."""
    if data.startswith(b"\x89PNG") and any(remark in chunk_types(data) for remark in PICTURE_REMARKS):
        yield "remarks in a picture"
    elif data.startswith(b"\xff\xd8") and b"Exif" in data[:4_000]:
        yield "camera data in a picture"


def chunk_types(data: bytes) -> set[bytes]:
    """Return the kinds of chunk in a PNG picture."""
    found, place = set(), 8
    while place + 8 <= len(data):
        found.add(data[place + 4 : place + 8])
        place += 12 + int.from_bytes(data[place : place + 4], "big")
    return found


def parts_of(data: bytes) -> dict[str, bytes]:
    """Return the parts of a package of our own making."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def is_link(address: str) -> bool:
    """Say whether a link leads within the page, to a file beside it, or to a web or mail address."""
    beside = re.fullmatch(r"[\w.,-]+", address) is not None
    return address.startswith("#") or beside or is_web_address(address)


def is_web_address(address: str) -> bool:
    """Say whether an address is one that every reader can follow: on the web, or a mailbox."""
    try:
        found = urlsplit(address)
        if found.scheme == "mailto":
            return re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", found.path) is not None
        host = found.hostname or ""
    except ValueError:
        return False
    plain = not (found.username or found.password)
    return found.scheme in ("http", "https") and plain and bool(HOST.match(host)) and not PRIVATE.match(host)
