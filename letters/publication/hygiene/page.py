"""What a page may not carry: comments, programs, anything hidden or fetched, names, links that lead nowhere."""

import base64
import json
import re
from binascii import Error as NotBase64
from collections.abc import Collection, Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote_to_bytes

from letters.publication.hygiene.patterns import (
    has_path,
    strange_links,
    strange_names,
    unread_words,
    unseen_characters,
)
from letters.publication.hygiene.pictures import picture_leaks
from letters.publication.hygiene.sheets import sheet_hides

FOR_PRINT = re.compile(r"@media print\s*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
"""The rules for print, which may leave out what only a screen needs."""
DATA = re.compile(r"data:[^\"')\s]+")
STYLE_MARKS = {
    "a comment": r"/\*",
    "hidden content": (
        r"display\s*:\s*none|visibility\s*:\s*hidden|(?<![\w-])(?:opacity|font-size)\s*:\s*0(?![.\d])"
        r"|(?<![\w-])color\s*:\s*transparent"
    ),
    "content loaded from elsewhere": r"@import|https?:|\b(?:url|src|image)\(\s*[\"']?(?![\"'\s]|#|\))",
    "a program": r"javascript:|expression\s*\(|-moz-binding|behavior\s*:",
}
TAG_MARKS = {
    "tracked changes": {"ins", "del"},
    "a form": {"form", "input", "textarea", "select", "button"},
    "hidden content": {"template", "noscript", "dialog"},
    "content loaded from elsewhere": {"iframe", "embed", "object", "applet", "base", "frame"},
}
FETCHED = {"src", "srcset", "poster", "data", "background", "archive", "ping"}
"""The attributes whose address is opened without being asked."""
OPENED_TAGS = {"use", "image", "feimage", "script", "set", "animate"}
"""The elements whose `href` is opened without being asked."""
OPENED_LINKS = re.compile(
    r"\b(?:stylesheet|icon|preload|prefetch|preconnect|dns-prefetch|modulepreload|manifest|pingback)\b"
)
LINKS = {"href", "xlink:href", "cite", "action", "formaction", "longdesc"}
NAMED = re.compile(r"(?:^|[.:_-])(?:author|creator|contributor|editor|owner|reply-to)$", re.IGNORECASE)
KNOWN_ENTRIES = re.compile(
    r"viewport|description|robots|color-scheme|theme-color|format-detection|referrer|generator|progid|originator"
    r"|dcterms\.\w+|og:(?:title|type|url|site_name|locale|description|image)|",
    re.IGNORECASE,
)
"""The entries of a page's head that programs read as this page means them."""
KNOWN_ATTRIBUTES = re.compile(
    r"abbr|alt|aria-[a-z]+|charset|cite|class|colspan|content|crossorigin|datetime|decoding|dir|headers|height|hidden"
    r"|href|hreflang|http-equiv|id|integrity|lang|loading|media|name|open|property|rel|reversed|role|rowspan|scope|sizes"
    r"|span|src|srcset|start|style|tabindex|target|title|translate|type|value|width|contenteditable|on[a-z]+|poster|data"
    r"|background|archive|ping|action|formaction|longdesc|data-(?:numbered|column)"
    r"|clip-path|clippathunits|color|cx|cy|d|dominant-baseline|dx|dy|fill(?:-[a-z]+)?|focusable|font-[a-z]+|marker-[a-z]+"
    r"|offset|opacity|pathlength|patterncontentunits|patterntransform|patternunits|points|preserveaspectratio|r|rotate"
    r"|rx|ry|stop-[a-z]+|stroke(?:-[a-z]+)?|text-anchor|transform|version|viewbox|x|x[12]|xlink:href|xml:[a-z]+"
    r"|xmlns(?::[a-z]+)?|y|y[12]"
)
"""The attributes of HTML and SVG that readers or their programs read; any other may say what nobody reads."""
SUMMARIES = ("description", "abstract")
"""What repeats words of the letter: a reader reads them there too."""
PROGRAM_ADDRESS = re.compile(r"\s*(?:javascript|vbscript):", re.IGNORECASE)
UNSHOWN = {"title", "desc"}
"""The elements whose words nobody reads on the page."""
RECORD = "application/ld+json"
Attributes = dict[str, str]


def page_leaks(data: bytes, authors: Collection[str]) -> Iterator[str]:
    """Yield what a page carries and must not."""
    text = data.decode("utf-8", "replace")
    reader = PageReader(authors)
    reader.feed(text)
    reader.close()
    yield from reader.found
    yield from unseen_characters(text)


class PageReader(HTMLParser):
    """Reads a page and gathers what it must not carry."""

    def __init__(self, authors: Collection[str]) -> None:
        super().__init__()
        self.found: list[str] = []
        self._authors, self._within, self._kind = authors, "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._within, self._kind = tag, given.get("type", "")
        self.found += tag_leaks(tag, given, self._authors)
        for name, value in given.items():
            self.found += attribute_leaks(tag, name, value, given)

    def handle_endtag(self, tag: str) -> None:
        self._within = ""

    def handle_data(self, data: str) -> None:
        if self._within == "style":
            self.found += style_leaks(data)
        elif self._within == "script" and self._kind == RECORD:
            self.found += record_leaks(data, self._authors)
        elif self._within in UNSHOWN:
            self.found += unread_words(data)

    def handle_comment(self, data: str) -> None:
        self.found.append("a comment")

    def handle_pi(self, data: str) -> None:
        self.found.append("a comment")

    def unknown_decl(self, data: str) -> None:
        self.found.append("a comment")


def tag_leaks(tag: str, given: Attributes, authors: Collection[str]) -> Iterator[str]:
    """Yield what an element must not be."""
    yield from (what for what, tags in TAG_MARKS.items() if tag in tags)
    if tag == "script" and (given.get("type") != RECORD or "src" in given):
        yield "a program"
    if tag == "meta":
        yield from meta_leaks(given.get("name") or given.get("property", ""), given, authors)
    is_closed = tag == "details" and "open" not in given
    is_hidden = is_closed or "hidden" in given or given.get("aria-hidden") == "true"
    if is_hidden:
        yield "hidden content"
    if "contenteditable" in given or given.get("class", "").startswith("Mso"):
        yield "an editing mark"


def meta_leaks(name: str, given: Attributes, authors: Collection[str]) -> Iterator[str]:
    """Yield what an entry of a page's head must not say."""
    said = given.get("content", "")
    if "http-equiv" in given:
        yield "content loaded from elsewhere"
    if name.lower() in ("generator", "progid", "originator"):
        yield "an editing mark"
    if NAMED.search(name):
        yield from strange_names([said], authors)
    elif "charset" not in given and not KNOWN_ENTRIES.fullmatch(name):
        yield f"the entry {name or 'without a name'} in the page’s head"
    if not name.endswith(SUMMARIES):
        yield from unread_words(said)


def attribute_leaks(tag: str, name: str, value: str, given: Attributes) -> Iterator[str]:
    """Yield what an attribute must not hold."""
    if name.startswith("on") or PROGRAM_ADDRESS.match(value):
        yield "a program"
    elif name == "style":
        yield from style_leaks(f"{tag} {{{value}}}")
    elif name in FETCHED or (name in LINKS and is_opened(tag, given)):
        yield from opened_leaks(value)
    elif name in LINKS:
        yield from strange_links([value])
    elif tag != "meta":
        yield from unread_words(value)
    if not KNOWN_ATTRIBUTES.fullmatch(name):
        yield f"the attribute {name}, which no reader reads"


def is_opened(tag: str, given: Attributes) -> bool:
    """Say whether a browser opens the address of an element without being asked."""
    return tag in OPENED_TAGS or (tag == "link" and OPENED_LINKS.search(given.get("rel", "").lower()) is not None)


def opened_leaks(address: str) -> Iterator[str]:
    """Yield what an address that is opened must not be: anything but a part of the page or data within it."""
    if address.startswith("data:"):
        yield from data_leaks(address)
    elif not address.startswith("#"):
        yield "content loaded from elsewhere"


def data_leaks(address: str) -> Iterator[str]:
    """Yield what data within a page carries and must not: pictures are looked into, fonts are let be."""
    kind, _, body = address.removeprefix("data:").partition(",")
    if kind.startswith(("font/", "application/font")):
        return
    data = unquote_to_bytes(body)
    try:
        yield from picture_leaks(base64.b64decode(data) if kind.endswith(";base64") else data)
    except NotBase64:
        yield "a picture in a format that cannot be checked"


def style_leaks(css: str) -> Iterator[str]:
    """Yield what a style must not hold."""
    for address in DATA.findall(css):
        yield from data_leaks(address)
    own = FOR_PRINT.sub("", DATA.sub("#", css))
    yield from (what for what, mark in STYLE_MARKS.items() if re.search(mark, own, re.IGNORECASE))
    yield from sheet_hides(own)
    if has_path(own):
        yield "a file path from somebody’s computer"


def record_leaks(text: str, authors: Collection[str]) -> Iterator[str]:
    """Yield what a record in JSON carries and must not."""
    try:
        held = list(fields_of(json.loads(text)))
    except ValueError:
        yield "a record that cannot be read"
        return
    for path, said in held:
        if path[-1] in ("creator", "author") or path[-2:] == ("author", "name"):
            yield from strange_names([said], authors)
        if "://" in said and path[-1] not in SUMMARIES:
            yield from strange_links([said])
        elif path[-1] not in SUMMARIES:
            yield from unread_words(said)


def fields_of(value: Any, path: tuple[str, ...] = ("",)) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield every text in a record with the names that lead to it."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from fields_of(inner, (*path, name))
    elif isinstance(value, list):
        for inner in value:
            yield from fields_of(inner, path)
    elif isinstance(value, str):
        yield path, value
