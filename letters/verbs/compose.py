"""Compose the letter of an inspection, and render a document in the formats that are wanted."""

from collections.abc import Iterable

from letters.composition import letter
from letters.document.blocks import Document
from letters.findings.inspection import Inspection, Stage
from letters.formats import by_suffix
from letters.formats.pages.body import body_page
from letters.houses.house import House
from letters.verbs.steps import Step, log_step


def compose(inspection: Inspection, house: House, *, stage: Stage | None = None) -> Document:
    """Return the letter of an inspection, at another stage than its own where one is given.

    Raises CompositionFault unless every finding is in it once.
    """
    log_step(Step.COMPOSE, inspection.id)
    staged = inspection.model_copy(update={"stage": stage}) if stage else inspection
    return letter.compose(staged, house)


def body_of(document: Document, house: House) -> str:
    """Return a document as HTML for the body of another page: no frame, no style, headings one level lower."""
    return body_page(document, house)


def rendered(document: Document, suffixes: Iterable[str], house: House) -> dict[str, bytes]:
    """Return a document in each format by its suffix; raises FormatFault where one cannot be made."""
    found = {}
    for suffix in suffixes:
        log_step(Step.WRITE, suffix)
        found[suffix] = by_suffix.to_bytes(document, suffix, house)
    return found
