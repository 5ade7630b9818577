"""Small readers of WordprocessingML's elements."""

import re
from copy import deepcopy
from html import escape

from lxml import etree

from letters.word.names import (
    W,
)

DRAWN_IDS = re.compile(r"<(?:\w+:)?(?:docPr|cNvPr) [^>]*?>")


def words_of(text: etree._Element) -> str:
    """Return the words of a w:t; white space at its ends counts only where it says so."""
    words = text.text or ""
    if text.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve":
        return words
    return words.strip(" \t\r\n")


def is_on(toggle: etree._Element | None, otherwise: bool) -> bool:
    """Say whether a toggle property is on (ISO 29500-1, 17.17.4)."""
    return otherwise if toggle is None else str(toggle.get(f"{W}val", "true")) in ("true", "1", "on")


def inner(element: etree._Element, without: set[str]) -> str:
    """Return the children of a property element as XML, in WordprocessingML's own namespace."""
    return "".join([written(child) for child in element if is_own(child) and local(child) not in without])


def is_own(element: etree._Element) -> bool:
    """Say whether an element is WordprocessingML's own."""
    return isinstance(element.tag, str) and element.tag.startswith(W)


def local(element: etree._Element) -> str:
    """Return the local name of an element."""
    return str(element.tag).rpartition("}")[2]


def written(element: etree._Element) -> str:
    """Return a property as XML with the prefix w and without any other namespace's attributes."""
    attributes = "".join(
        [
            f' w:{str(key)[len(W) :]}="{escape(str(value))}"'
            for key, value in element.attrib.items()
            if str(key).startswith(W)
        ]
    )
    name = str(element.tag)[len(W) :]
    within = inner(element, set()) if len(element) else ""
    return f"<w:{name}{attributes}>{within}</w:{name}>" if within else f"<w:{name}{attributes}/>"


def raw(element: etree._Element) -> str:
    """Return an element as XML with its own namespaces, ready to stand in any part."""
    return etree.tostring(element, encoding="unicode", with_tail=False)


def raw_without(element: etree._Element | None, tag: str) -> str:
    """Return an element as XML without its children of a tag."""
    copied = deepcopy(element)
    if copied is None:
        return ""
    for child in copied.findall(tag):
        copied.remove(child)
    return raw(copied)


def drawn_words(tag: re.Match[str]) -> str:
    """Return what a picture's own numbers and names leave: the words that stand for it."""
    found = re.search(r'descr="([^"]*)"', tag[0])
    return f"<{found[1] if found else ''}>"
