"""An inspection and the record of its process -> one of the documents around its letter."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from letters.composition.slots import Slots
from letters.composition.template import letter_environment, parsed, render
from letters.composition.view import logos, participants_by_id
from letters.document.blocks import Document, Meta
from letters.errors import CompositionFault
from letters.findings.inspection import Inspection
from letters.houses.house import House
from letters.houses.words import day
from letters.process.record import ProcessRecord


@dataclass(frozen=True)
class Kind:
    """A kind of document: what it is called, and what of the record it needs."""

    title: str
    needs: str
    """The part of the record without which there is none."""


KINDS = {
    "qa-checklist": Kind("Quality assurance checklist", "checklist"),
    "agreement-record": Kind("Record of agreement", "agreements"),
    "accuracy-letter": Kind("Factual accuracy: covering letter", "accuracy"),
    "accuracy-outcome": Kind("Factual accuracy: outcome", "accuracy"),
    "accuracy-log": Kind("Factual accuracy: decision log", "accuracy"),
}
"""The documents that templates make; the response form is made by `form.py`."""


def process_document(kind: str, inspection: Inspection, record: ProcessRecord, house: House, on: date) -> Document:
    """Return a document of a kind, dated; raises CompositionFault where the record lacks what it is made from."""
    known = KINDS.get(kind)
    if known is None:
        raise CompositionFault(f"There is no document {kind!r}. The documents are {', '.join(KINDS)}.")
    if not getattr(record, known.needs):
        raise CompositionFault(f"{known.title}: there is nothing to say yet, since {known.needs} is empty.")
    slots = Slots({})
    compiled = letter_environment().get_template(f"process/{kind}.md")
    skeleton = parsed(render(compiled, {**context(inspection, record, on), "_slots": slots}))
    return dressed(known.title, tuple(slots.fill(skeleton)), inspection, house, on)


def context(inspection: Inspection, record: ProcessRecord, on: date) -> dict[str, Any]:
    """Return everything that the templates may name."""
    return {
        "area": inspection.area.name,
        "theme": inspection.round.theme,
        "partnership": inspection.partnership.name,
        "inspectorates": [held.name for held in participants_by_id(inspection).values()],
        "lead": participants_by_id(inspection)[inspection.lead].name,
        "fieldwork": inspection.dates.fieldwork,
        "on": on,
        "version": str(inspection.version),
        "checklist": record.checklist,
        "agreements": record.agreements,
        "accuracy": record.accuracy,
    }


def dressed(title: str, blocks: Any, inspection: Inspection, house: House, on: date) -> Document:
    """Return blocks as a document with the letterhead and properties of an inspection's documents."""
    participants = participants_by_id(inspection)
    meta = Meta(
        identifier=inspection.id,
        title=f"{title}, {inspection.area.name}, {day(on)}",
        subject=inspection.round.theme,
        author=participants[inspection.lead].name,
        day=on,
        language=house.settings.language,
        version=inspection.version,
    )
    return Document(meta, logos(participants), blocks, ())
