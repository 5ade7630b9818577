"""Make the documents around a letter, and read the response form that comes back."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from letters.document.blocks import Document, Heading, Paragraph, Table
from letters.document.blocks import plain as words_of_runs
from letters.document.walk import every_block
from letters.findings.inspection import Inspection
from letters.houses.house import House
from letters.process.calls import out_of_order
from letters.process.documents import process_document
from letters.process.fed_back import CODE as FED_BACK
from letters.process.fed_back import differences
from letters.process.form import FilledForm, FormPoint, Row, form_document, read_form
from letters.process.kinds import KINDS
from letters.process.record import ProcessRecord, read_record
from letters.process.statement_form import FilledStatement, read_statement
from letters.word.read import read
from letters.word.word_file import accepted

__all__ = [
    "KINDS",
    "FilledForm",
    "FormPoint",
    "ProcessRecord",
    "Row",
    "document",
    "filled_form",
    "process_warnings",
    "read_record",
    "response_form",
]


class FormFacts(NamedTuple):
    """What a response form is made from beside its inspection."""

    rows: tuple[Row, ...]
    sent: date
    last_day: date


def document(
    kind: str, inspection: Inspection, record: ProcessRecord, house: House, on: date, whom: str = ""
) -> Document:
    """Return a document around a letter, for whom it is made where there is one for each.

    Raises CompositionFault where the record lacks what it is made from.
    """
    return process_document(kind, inspection, record, house, on, whom)


OF_CALLS = ("call-script", "call-log", "notification")
OF_FEEDBACK = ("feedback-summary", "agency-feedback", "accuracy-letter", "pre-publication-letter")


def process_warnings(inspection: Inspection, record: ProcessRecord, kind: str = "") -> list[str]:
    """Return what of the process is not as it should be: the order of the calls, and V36, what was fed back.

    For a kind of document, only what concerns it.
    """
    calls = [] if kind and kind not in OF_CALLS else list(out_of_order(inspection, record))
    if kind and kind not in OF_FEEDBACK:
        return calls
    return [*calls, *(f"{FED_BACK} {held.message}. {held.remedy}" for held in differences(inspection, record))]


def response_form(inspection: Inspection, facts: FormFacts, house: House) -> Document:
    """Return the response form for factual accuracy."""
    return form_document(facts.rows, inspection, house, facts.sent, facts.last_day)


def filled_form(data: bytes, name: str, rows: Sequence[Row], fixed: Iterable[str]) -> FilledForm:
    """Return what a response form that came back says; raises UnreadableInput where it is not the form.

    `rows` are the paragraphs that went out, `fixed` the other words of the form.
    """
    return read_form(accepted(read(data, name)).marked, rows, fixed)


def filled_statement(data: bytes, name: str, recommendations: Sequence[str], fixed: Iterable[str]) -> FilledStatement:
    """Return what a written statement that came back says; raises UnreadableInput where it is not the form."""
    return read_statement(accepted(read(data, name)).marked, recommendations, fixed)


def fixed_words(form: Document) -> list[str]:
    """Return everything that stands in a form as it goes out."""
    found = []
    for block in every_block(form.blocks):
        if isinstance(block, Heading | Paragraph):
            found.append(words_of_runs(block.runs))
        elif isinstance(block, Table):
            found += [block.caption, *(words_of_runs(runs) for runs in block.header)]
    return found
