"""The look of a document in every office format: a letter's or a report's, and the measures they have in common."""

from collections.abc import Mapping

from letters.document.blocks import Document, Table, plain
from letters.houses.house import House, Look

SIGNATURE_HEIGHT = 36
"""Points."""
MANY_COLUMNS = 6
"""Columns from which a table is set in smaller type."""
WIDE_FIRST = 4
"""Columns from which the first, which names the rows, is half as wide again as each other."""
ON_A_NEW_PAGE = "method-heading"
"""The annex, which begins a page wherever it stands."""


def look_of(document: Document, house: House) -> Look:
    """Return the measures of a document's pages."""
    return house.settings.report_look if document.is_report else house.settings.look


def frame_name(document: Document) -> str:
    """Return the name of the Word frame that a document is set in."""
    return "report.docx" if document.is_report else "frame.docx"


def word_styles(document: Document, house: House) -> Mapping[str, str]:
    """Return the Word style for every role that a document's blocks can have."""
    return house.report_word_styles if document.is_report else house.word_styles


def what_columns(table: Table) -> str:
    """Return what a table says of its columns to those who do not see it."""
    return f"Table with the columns {' and '.join(plain(runs) for runs in table.header)}"
