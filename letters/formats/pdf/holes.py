"""Laid-out pages -> boxes that may break: one that is kept whole leaves no hole on the page before it."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, TypeAlias

Box: TypeAlias = Any
"""A box of WeasyPrint's, which has no types."""

KEPT = "together"
"""The class of an element that is kept on one page."""
LEAST_FILLED = 0.75
"""Of a page that goes on to a box that was kept whole."""
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
MOST_LAYOUTS = 5
"""Times that pages are laid out at most: boxes that break move those after them."""


def release_boxes(pages: list[Box]) -> bool:
    """Let every box break that left a hole on the page before it; say whether there was one."""
    released = False
    for before, page in pairwise(pages):
        element = opening_box(page)
        if element is not None and element not in open_elements(before) and filled(before) < LEAST_FILLED:
            names = [name for name in element.get("class").split() if name != KEPT]
            element.set("class", " ".join(names))
            released = True
    return released


def opening_box(page: Box) -> Any:
    """Return the element kept whole that a page begins with, after its headings; None where it begins otherwise."""
    box = flow(page)
    while box is not None:
        inner = [child for child in getattr(box, "children", ()) if child.is_in_normal_flow()]
        box = next((child for child in inner if child.element_tag not in HEADINGS), None)
        if box is not None and box.element is not None and KEPT in box.element.get("class", "").split():
            return box.element
    return None


def open_elements(page: Box) -> set[Any]:
    """Return every element that something on a page is in."""
    return {box.element for box in every_box(flow(page)) if box.element is not None}


def filled(page: Box) -> float:
    """Return how much of a page its flow fills, above the footnotes, from 0 to 1."""
    top = page.content_box_y()
    notes = [child.margin_height() for child in page.children[1:] if is_footnotes(child)]
    ends = [box.position_y + box.height for box in every_box(flow(page)) if is_content(box)]
    room = page.height - sum(notes)
    return (max(ends) - top) / room if ends and room else 1


def flow(page: Box) -> Box:
    """Return what a page has beside its running parts and footnotes."""
    return page.children[0]


def is_footnotes(box: Box) -> bool:
    """Say whether a box beside the flow holds the footnotes; the others are running heads and feet."""
    return not hasattr(box, "at_keyword")


def is_content(box: Box) -> bool:
    """Say whether a box shows something by itself: words, or a picture."""
    return hasattr(box, "text") or hasattr(box, "replacement")


def every_box(box: Box) -> Iterator[Box]:
    """Yield a box and every box in it that stands in the flow."""
    yield box
    for child in getattr(box, "children", ()):
        if child.is_in_normal_flow():
            yield from every_box(child)
