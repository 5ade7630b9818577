"""Which of a house's looks, frames and styles a document has: those of a letter or those of a report."""

from collections.abc import Mapping

from letters.document.blocks import Document
from letters.houses.house import House, Look


def look_of(document: Document, house: House) -> Look:
    """Return the measures of a document's pages."""
    return house.settings.report_look if document.is_report else house.settings.look


def frame_name(document: Document) -> str:
    """Return the name of the Word frame that a document is set in."""
    return "report.docx" if document.is_report else "frame.docx"


def word_styles(document: Document, house: House) -> Mapping[str, str]:
    """Return the Word style for every role that a document's blocks can have."""
    return house.report_word_styles if document.is_report else house.word_styles
