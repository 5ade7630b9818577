"""What a DOCX or ODT file may not carry: marks of editing, names, hidden words, anything fetched, strange parts."""

import re
from collections.abc import Collection, Iterator
from html import unescape

from letters.publication.hygiene.patterns import (
    is_web_address,
    strange_links,
    strange_names,
    unread_words,
    unseen_characters,
)
from letters.publication.hygiene.pictures import picture_leaks
from letters.word.package import parts_of

ALLOWED_PROPERTIES = {"InspectionId", "LetterVersion"}
PICTURES = (".png", ".jpg", ".jpeg", ".svg")
TAG = re.compile(r"<[^<>\"]*(?:\"[^\"]*\"[^<>\"]*)*>")
BREAK = re.compile(r"</(?:w:p|text:p|text:h)>|<(?:w:tab|w:br|text:tab|text:line-break)/>")
"""Where a word ends that has no space after it."""
SHOWN_PARTS = re.compile(r"word/(?:document|footnotes|endnotes)\.xml|word/charts/|content\.xml")
"""The parts whose words are the letter's own; a frame's headers, footers and styles have words of somebody else's."""
STRANGE_PARTS = re.compile(
    r"customXml/|word/(?:comments|people|glossary/|webSettings|vba|activeX|ctrlProps|customizations)|docProps/thumbnail"
)
PARTS = re.compile(r"word/embeddings/[\w-]+\.xlsx$|word/fonts/[\w-]+\.(?:odttf|ttf)$")
"""The parts of a DOCX file that are neither XML nor a picture: workbooks of charts, and fonts."""
ODT_PARTS = re.compile(r"mimetype$|META-INF/manifest\.xml$|(?:content|styles|meta)\.xml$|Pictures/[\w.-]+$")
NOT_SWITCHED_OFF = r"(?![^>]*w:val=\"(?:0|false|off)\")"
WORD_MARKS = {
    "tracked changes": r"<w:(?:ins|del|moveFrom|moveTo|\w+Change|cellIns|cellDel|cellMerge)[ >/]",
    "comments": r"<w:(?:comment(?:Reference|RangeStart|RangeEnd)|annotationRef)[ >/]",
    "revision ids": r"\bw:rsid\w*=|<w:rsids?[ >/]|\bwp14:(?:anchorId|editId)=",
    "hidden text": rf"<w:(?:vanish|webHidden|specVanish)\b{NOT_SWITCHED_OFF}",
    "review bookmarks": r"w:name=\"_s_",
    "tracking switched on": r"<w:(?:trackRevisions|documentProtection|writeProtection)[ />]",
    "document variables": r"<w:docVars?[ >]",
    "editing marks": r"<w:(?:proofErr|permStart|permEnd|lastRenderedPageBreak)[ />]|w:name=\"_GoBack\"",
    "an attached template": r"<w:(?:attachedTemplate|mailMerge|linkToQuery)[ >/]",
    "paragraph ids": r"\bw14:(?:paraId|textId)=|<w1[45]:docId",
    "an embedded document": r"<w:(?:altChunk|subDoc|object|control)[ >/]",
    "a comment in its XML": r"<!--",
}
FIELD_MARKS = {
    "fields that load content": (
        r"(?<![\w\"])(?:INCLUDEPICTURE|INCLUDETEXT|DDEAUTO|DDE|LINK|IMPORT|DATABASE|MERGEFIELD)\b"
    ),
    "fields that name people or paths": (
        r"(?<![\w\"])(?:AUTHOR|LASTSAVEDBY|USERNAME|USERINITIALS|USERADDRESS|FILENAME|TEMPLATE|DOCVARIABLE)\b"
    ),
}
INSTRUCTION = re.compile(r"<w:instrText[^>]*>([^<]*)<")
KNOWN_FIELD = re.compile(
    r"PAGE|NUMPAGES|SECTION|SECTIONPAGES|PAGEREF|REF|NOTEREF|STYLEREF|HYPERLINK|TOC|SEQ", re.IGNORECASE
)
"""The fields that print what is on the page anyway (ISO 29500-1, 17.16.5)."""
ODT_MARKS = {
    "tracked changes": r"<text:(?:tracked-changes|change[- ])",
    "comments": r"<office:annotation",
    "hidden text": r"text:display=\"none\"|<text:(?:hidden-|conditional-text)|text:is-hidden=\"true\"",
    "editing data": (
        r"<meta:(?:printed-by|print-date|editing-cycles|editing-duration|template|auto-reload|keyword)"
        r"|<dc:(?:contributor|description)>"
    ),
    "fields that name people or paths": (
        r"<text:(?:author-|creator|initial-creator|printed-by|sender-|file-name|template-name|user-field)"
    ),
    "programs": r"<script:|<office:scripts>\s*<|<text:script",
    "a form": r"<form:|<office:forms>\s*<",
    "content loaded from elsewhere": r"<text:(?:dde-connection|database)|<office:dde-source|text:filter-name=",
    "user data": r"<meta:user-defined(?![^>]* meta:name=\"(?:InspectionId|LetterVersion)\")",
    "a comment in its XML": r"<!--",
}


def docx_leaks(data: bytes, authors: Collection[str]) -> Iterator[str]:
    """Yield what a DOCX file carries and must not."""
    for name, part in parts_of(data).items():
        if STRANGE_PARTS.match(name):
            yield f"the part {name}"
        elif name.endswith(".rels"):
            yield from relationship_leaks(part.decode("utf-8", "replace"))
        elif name.endswith(".xml"):
            yield from word_leaks(name, part.decode("utf-8", "replace"), authors)
        elif name.endswith(PICTURES):
            yield from picture_leaks(part)
        elif name.endswith(".xlsx"):
            yield from workbook_leaks(part)
        elif not PARTS.match(name):
            yield f"the part {name}"


def word_leaks(name: str, part: str, authors: Collection[str]) -> Iterator[str]:
    """Yield what one part of a DOCX file carries and must not."""
    markup = "".join(TAG.findall(part)) + "".join(re.findall("<!--", part))
    yield from (what for what, mark in WORD_MARKS.items() if re.search(mark, markup))
    yield from unread_words(unescape(markup if SHOWN_PARTS.match(name) else markup + words_of(part)))
    yield from unseen_characters(part)
    yield from field_leaks(part)
    yield from property_leaks(name, part, authors)


def words_of(part: str) -> str:
    """Return the words of a part twice: joined, for a look may change within a path, and with each run apart."""
    return f"\n{TAG.sub('', BREAK.sub(' ', part))}\n{TAG.sub(' ', part)}"


def field_leaks(part: str) -> Iterator[str]:
    """Yield fields that fetch something, that name people or paths, or that lead nowhere."""
    codes = unescape("".join(re.findall(r"<w:instrText[^>]*>([^<]*)<", part)))
    codes += unescape(" ".join(re.findall(r"\bw:instr=\"([^\"]*)\"", part)))
    yield from (what for what, mark in FIELD_MARKS.items() if re.search(mark, codes))
    yield from strange_fields(part)
    yield from strange_links(re.findall(r"HYPERLINK\s+\"([^\"]*)\"", codes))
    yield from unread_words(codes)


def strange_fields(part: str) -> Iterator[str]:
    """Yield every field that prints something other than pages, headings, notes and links: a property, or a sum."""
    simple = re.findall(r"\bw:instr=\"([^\"]*)\"", part)
    whole = ["".join(INSTRUCTION.findall(piece)) for piece in re.split(r"<w:fldChar\b", part)]
    for code in (unescape(code).split() for code in (*simple, *whole)):
        if (
            code
            and not KNOWN_FIELD.fullmatch(code[0])
            and not any(re.search(mark, code[0]) for mark in FIELD_MARKS.values())
        ):
            yield f"the field {code[0]}"


def property_leaks(name: str, part: str, authors: Collection[str]) -> Iterator[str]:
    """Yield what the properties of a DOCX file carry and must not."""
    if name == "docProps/core.xml":
        yield from core_leaks(part, authors)
    elif name == "docProps/custom.xml":
        names = set(re.findall(r'<property[^>]* name="([^"]*)"', part))
        yield from (f"the property {found}" for found in sorted(names - ALLOWED_PROPERTIES))
    elif name == "docProps/app.xml" and re.search(r"<(?:Manager|Company|HyperlinkBase|Template)>[^<]", part):
        yield "the name of a company, a manager or a template"


def core_leaks(core: str, authors: Collection[str]) -> Iterator[str]:
    """Yield the names of people in a file's properties, and what it says of how it was edited."""
    for field in ("creator", "lastModifiedBy"):
        names = re.findall(rf"<(?:\w+:)?{field}>([^<]*)</", core)
        yield from strange_names([unescape(name) for name in names], authors)
    if re.search(r"<(?:\w+:)?(?:lastPrinted|revision|keywords|category|contentStatus|description)\b[^>]*>[^<]", core):
        yield "editing data in its properties"


def workbook_leaks(data: bytes) -> Iterator[str]:
    """Yield what a chart's workbook carries and must not."""
    for name, part in parts_of(data).items():
        text = part.decode("utf-8", "replace")
        if re.match(
            r"xl/(?:comments|externalLinks|printerSettings|vba|threaded|persons)|customXml|docProps/cust", name
        ):
            yield f"the part {name} of a workbook"
        elif name == "docProps/core.xml":
            yield from core_leaks(text, ())
        elif name.endswith(".rels"):
            yield from relationship_leaks(text)
        else:
            yield from property_leaks(name, text, ())
            yield from unread_words(unescape("".join(TAG.findall(text))))


def relationship_leaks(part: str) -> Iterator[str]:
    """Yield relationships that lead outside the file to anything but a web or mail address."""
    for row in re.findall(r"<Relationship\b[^>]*>", part):
        target = unescape(next(iter(re.findall(r'\bTarget="([^"]*)"', row)), ""))
        if 'TargetMode="External"' not in row:
            yield from unread_words(target)
        elif "/hyperlink" not in row:
            yield f"content loaded from {target}"
        elif not is_web_address(target):
            yield f"a link to {target}"


def odt_leaks(data: bytes, authors: Collection[str]) -> Iterator[str]:
    """Yield what an ODT file carries and must not."""
    for name, part in parts_of(data).items():
        if not ODT_PARTS.match(name):
            yield f"the part {name}"
        elif name.endswith(".xml"):
            yield from open_document_leaks(name, part.decode("utf-8", "replace"), authors)
        elif name.startswith("Pictures/"):
            yield from picture_leaks(part)


def open_document_leaks(name: str, part: str, authors: Collection[str]) -> Iterator[str]:
    """Yield what one part of an ODT file carries and must not."""
    markup = "".join(TAG.findall(part)) + "".join(re.findall("<!--", part))
    yield from (what for what, mark in ODT_MARKS.items() if re.search(mark, markup))
    described = " ".join(re.findall(r"<svg:(?:title|desc)>([^<]*)<", part))
    yield from unread_words(unescape(markup + (described if SHOWN_PARTS.match(name) else words_of(part))))
    yield from unseen_characters(part)
    yield from strange_names([unescape(who) for who in re.findall(CREATOR, part)], authors)
    for element, address in re.findall(r"<([\w:-]+)\b[^>]*\bxlink:href=\"([^\"]*)\"", part):
        yield from odt_address_leaks(element, unescape(address))


CREATOR = r"<(?:meta:initial-creator|dc:creator)>([^<]*)<"


def odt_address_leaks(element: str, address: str) -> Iterator[str]:
    """Yield an address of an ODT file that leads where it should not."""
    if element == "text:a":
        yield from strange_links([address])
    elif not re.fullmatch(r"(?:\./)?Pictures/[\w.-]+|#.*", address):
        yield f"content loaded from {address}"
