"""A part of a frame -> whether it has words that nobody sees: in the paper's colour, too small, clipped, off the page."""

import re
from collections.abc import Iterator

from lxml import etree

from letters.houses.colours import LEAST_CONTRAST, PAPER, contrast, hexadecimal
from letters.word.names import DOCUMENT, DOCUMENT_RELATIONSHIPS, SETTINGS, W
from letters.word.package import parse

SMALLEST = 8
"""Half-points: four points, half the size of the smallest footnote."""
NARROWEST = 20
"""Per cent of a letter's width."""
LOWEST = 80
"""Twentieths of a point of a line or row that cuts off what does not fit."""
BESIDE = (-1500, 17_000)
"""Twentieths of a point from a margin, beyond which a page of A4 has ended."""
AWAY = (-1_500_000, 10_700_000)
"""The same in English Metric Units."""
LIGHT_THEME = ("background1", "light1", "background2", "light2")
RUNNING = re.compile(r"word/(?:header|footer)\d*\.xml")
SHAPE_MARKS = re.compile(
    r"visibility\s*:\s*hidden|display\s*:\s*none|(?:margin-)?(?:left|top)\s*:\s*-\d{3,}|(?:width|height)\s*:\s*0(?![.\d])"
)


def frame_hides(part: bytes, name: str) -> bool:
    """Say whether a look in a part of a Word frame hides the words that have it (ISO 29500-1, 17.3)."""
    return any(map(hides, parse(part, name).iter(etree.Element)))


def unshown_parts(parts: dict[str, bytes]) -> Iterator[str]:
    """Yield the headers and footers of a frame that have words and stand on no page (ISO 29500-1, 17.10)."""
    body, settings = parts.get(DOCUMENT, b""), parts.get(SETTINGS, b"")
    switched_on = {"default": True, "first": b"<w:titlePg" in body, "even": b"<w:evenAndOddHeaders" in settings}
    references = re.findall(rb"<w:(?:header|footer)Reference\b[^>]*>", body)
    shown = {
        identifier[1]
        for reference in map(bytes.decode, references)
        if (identifier := re.search(r'r:id="([^"]*)"', reference))
        and (kind := re.search(r'w:type="(\w+)"', reference))
        and switched_on.get(kind[1])
    }
    relationships = parse(parts.get(DOCUMENT_RELATIONSHIPS, b"<none/>"), DOCUMENT_RELATIONSHIPS)
    targets = {f"word/{row.get('Target')}" for row in relationships if row.get("Id") in shown}
    for name, part in parts.items():
        if RUNNING.fullmatch(name) and name not in targets and "".join(parse(part, name).itertext()).strip():
            yield name


def hides(element: etree._Element) -> bool:
    """Say whether one look leaves the words that have it without a reader."""
    tag = str(element.tag).removeprefix(W)
    said = {etree.QName(key).localname: str(value) for key, value in element.attrib.items()}
    if tag == "color":
        return is_unseen(element, said)
    if tag in ("sz", "szCs"):
        return number(said.get("val")) < SMALLEST
    if tag == "w":
        return number(said.get("val")) < NARROWEST
    if tag in ("spacing", "trHeight"):
        exact = "exact" in (said.get("lineRule"), said.get("hRule"))
        return exact and number(said.get("line", said.get("val"))) < LOWEST
    if tag in ("ind", "framePr"):
        return any(outside(said.get(side), BESIDE) for side in ("left", "start", "firstLine", "x", "y"))
    return hides_drawing(etree.QName(element).localname, said, element.text or "")


def hides_drawing(tag: str, said: dict[str, str], words: str) -> bool:
    """Say whether a drawing is switched off, beside the page or without a size."""
    if tag == "posOffset":
        return outside(words, AWAY)
    if tag == "docPr":
        return said.get("hidden") in ("1", "true", "on")
    return tag in ("shape", "rect", "textbox", "line") and SHAPE_MARKS.search(said.get("style", "")) is not None


def is_unseen(element: etree._Element, said: dict[str, str]) -> bool:
    """Say whether the colour of words is that of their ground."""
    if said.get("themeColor") in LIGHT_THEME:
        colour: tuple[int, ...] | None = PAPER
    else:
        colour = hexadecimal(said.get("val", ""))
    return colour is not None and contrast(colour, ground_of(element)) < LEAST_CONTRAST


def ground_of(element: etree._Element) -> tuple[int, ...]:
    """Return the colour behind words: that of the nearest shading of the run, paragraph, cell or style."""
    wider = element.iterancestors(f"{W}r", f"{W}p", f"{W}tc", f"{W}tblStylePr", f"{W}style")
    for above in (element.getparent(), *wider):
        shade = None if above is None else above.find(f".//{W}shd")
        if shade is not None:
            return hexadecimal(shade.get(f"{W}fill") or "") or PAPER
    return PAPER


def number(words: str | None) -> float:
    """Return a measure as a number; what is none hides nothing."""
    return float(words) if words and re.fullmatch(r"-?\d+(?:\.\d+)?", words) else float("inf")


def outside(words: str | None, page: tuple[int, int]) -> bool:
    """Say whether a place is beyond a page."""
    place = number(words)
    return place != float("inf") and not page[0] < place < page[1]
