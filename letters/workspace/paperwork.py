"""Documents around a letter: what each lacks, each as it is made, and when and to whom it was sent."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from letters.document.blocks import Document
from letters.errors import CompositionFault
from letters.findings.inspection import Inspection
from letters.process.kinds import KINDS, missing, recipients
from letters.process.record import ProcessRecord
from letters.verbs.compose import rendered
from letters.verbs.process import document, process_warnings
from letters.workspace import blobs
from letters.workspace.access import Access, NoSuchCase
from letters.workspace.events import record
from letters.workspace.models import Case, DocumentSent, ProcessDocument, Purpose, Stage
from letters.workspace.now import now
from letters.workspace.once import refuse_done, remember
from letters.workspace.process_facts import keep_record, kept_record, record_of
from letters.workspace.reading import head_of, joint, read_version
from letters.workspace.refused import Refused
from letters.workspace.saving import locked
from letters.workspace.stages import is_published, published_last
from letters.workspace.typed import on_one_line
from letters.workspace.uploads import WORD

ELSEWHERE = {
    "qa-checklist": "reviews",
    "agreement-record": "agreement",
    "accuracy-letter": "accuracy",
    "accuracy-outcome": "accuracy",
    "accuracy-log": "accuracy",
    "statement-acknowledgement": "statement",
    "statement-returned": "statement",
}
"""Documents that are made where what they say is done, by the page of the case."""
FINAL = ("pre-publication-letter", "embargo-note")
"""Documents that say that the words are final."""
MOST_TO = 300


@dataclass(frozen=True)
class Shelf:
    """A kind of document in a case: what it lacks, and those that were made."""

    kind: str
    title: str
    lacking: tuple[str, ...]
    recipients: tuple[tuple[str, str], ...]
    made: tuple[ProcessDocument, ...]
    page: str
    """The page of the case on which it is made instead; empty where it is made here."""


def whole_record(case: Case) -> ProcessRecord:
    """Return the record of the process with the days that the case itself knows."""
    last = published_last(case) if is_published(case) else None
    statement = case.sendings.filter(purpose=Purpose.STATEMENT).first()
    days = {"published": last.day if last else None, "due": statement.last_day if statement else None}
    return record_of(case).model_copy(update=days)


def shelves(case: Case) -> list[Shelf]:
    """Return every kind of document of a case, in the order in which they are needed."""
    inspection, held = read_version(head_of(case)).shown, whole_record(case)
    made: dict[str, list[ProcessDocument]] = {}
    for row in ProcessDocument.objects.filter(case=case).select_related("person").prefetch_related("sent"):
        made.setdefault(row.kind, []).append(row)
    return [shelf(case, name, inspection, held, made.get(name, ())) for name in KINDS]


def shelf(
    case: Case, kind: str, inspection: Inspection, held: ProcessRecord, made: Sequence[ProcessDocument] = ()
) -> Shelf:
    """Return a kind of document of a case, with those that were made of it."""
    return Shelf(
        kind,
        KINDS[kind].title,
        (*missing(kind, inspection, held), *missing_in(case, kind)) if kind not in ELSEWHERE else (),
        tuple(recipients(kind, inspection, held)),
        tuple(made),
        ELSEWHERE.get(kind, ""),
    )


def missing_in(case: Case, kind: str) -> Iterator[str]:
    """Yield what has to happen in a case before a document can say what it says."""
    if kind in FINAL and not (is_published(case) or case.stage in (Stage.FINAL, Stage.PUBLICATION)):
        yield "the final words, agreed by everybody after the area has checked the facts"
    if kind == "web-notice" and not is_published(case):
        yield "the publication of the letter"


def shelf_of(case: Case, kind: str) -> Shelf:
    """Return what a document that is made here lacks, and whom it goes to; raises NoSuchCase for another."""
    if kind not in KINDS or kind in ELSEWHERE:
        raise NoSuchCase(kind)
    return shelf(case, kind, read_version(head_of(case)).shown, whole_record(case))


def warnings_of(case: Case) -> list[str]:
    """Return what of the process is not as it should be."""
    return process_warnings(read_version(head_of(case)).shown, record_of(case))


def preview(case: Case, kind: str, whom: str, on: date) -> Document:
    """Return a document as it would be made now; raises CompositionFault where something is missing."""
    return document(kind, read_version(head_of(case)).shown, whole_record(case), joint(), on, whom)


def make(access: Access, kind: str, whom: str, on: date, once: UUID | None, led_to: str) -> ProcessDocument:
    """Make a document, and keep what it was made from; raises CompositionFault where something is missing."""
    refuse_done(access.person, once)
    shelf = shelf_of(access.case, kind)
    if shelf.lacking:
        raise CompositionFault(f"{shelf.title}: there is nothing to say yet. It needs {'; '.join(shelf.lacking)}.")
    found = preview(access.case, kind, whom, on)
    file = blobs.put(rendered(found, [".docx"], joint())[".docx"], WORD)
    blob = keep_record(whole_record(access.case))
    with transaction.atomic():
        case = locked(access.case)
        row = ProcessDocument.objects.create(
            case=case,
            number=case.documents.count() + 1,
            kind=kind,
            whom=whom,
            recipient=dict(shelf.recipients).get(whom, ""),
            on=on,
            version=head_of(case),
            record=blob,
            file=file,
            person=access.person,
            at=now(),
        )
        remember(access.person, once, led_to)
        data_of = {
            "kind": kind,
            "record": blob.sha256,
            "file": file.sha256,
            "version": row.version.number,
            "on": str(on),
        }
        record(case, access.person, "document_made", str(row.number), data_of)
    return row


def document_of(row: ProcessDocument) -> Document:
    """Return a document as it was made."""
    return document(row.kind, read_version(row.version).shown, kept_record(row.record), joint(), row.on, row.whom)


def file_of(row: ProcessDocument, suffix: str) -> bytes:
    """Return a document as it was made, in a format: the Word file byte for byte."""
    if suffix == "docx" and row.file is not None:
        return blobs.get(row.file)
    return rendered(document_of(row), [f".{suffix}"], joint())[f".{suffix}"]


def numbered(access: Access, number: int) -> ProcessDocument:
    """Return a document that was made, by its number; raises NoSuchCase where there is none."""
    found = (
        ProcessDocument.objects.filter(case=access.case, number=number)
        .select_related("case", "version", "file")
        .first()
    )
    if found is None:
        raise NoSuchCase(number)
    return found


def note_sent(access: Access, row: ProcessDocument, to: str, on: date | None, once: UUID | None, led_to: str) -> None:
    """Note when and to whom a document was sent; raises Refused where that is not said."""
    refuse_done(access.person, once)
    to = on_one_line(to)
    faults = [] if to and len(to) <= MOST_TO else [("to", "Say to whom it was sent.")]
    faults += [] if on else [("on", "Choose the day.")]
    if faults or on is None:
        raise Refused(faults)
    with transaction.atomic():
        case = locked(access.case)
        DocumentSent.objects.create(document=row, to=to, on=on, person=access.person, at=now())
        remember(access.person, once, led_to)
        record(case, access.person, "document_sent", str(row.number), {"kind": row.kind, "on": str(on)})
