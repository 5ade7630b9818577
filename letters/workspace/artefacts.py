"""Files that are made from versions: those that take long are made by a worker, each once."""

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256

from django.db import transaction

from letters.document.blocks import Document
from letters.errors import CompositionFault, LettersError
from letters.findings.inspection import Stage
from letters.findings.rewriting import rewrite
from letters.findings.source_file import SourceFile
from letters.houses.house import House
from letters.houses.loading import house
from letters.verbs.compose import body_of, rendered
from letters.verbs.redline import redline
from letters.workspace import blobs
from letters.workspace.jobs import later
from letters.workspace.models import Artefact, Case, ProcessDocument, Respondent, Version
from letters.workspace.now import now
from letters.workspace.numbered import area_letter
from letters.workspace.packing import draft_pack
from letters.workspace.paperwork import file_of as document_file
from letters.workspace.reading import ENGINE, JOINT, read_text, read_version, text_of
from letters.workspace.reports.reading import read_report

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "odt": "application/vnd.oasis.opendocument.text",
    "txt": "text/plain; charset=utf-8",
    "zip": "application/zip",
}
AT_ONCE = ("docx", "html", "odt", "txt")
"""Formats of a letter that take milliseconds; a PDF takes a second and is never made in a thread of the web."""
REDLINE = "redline-"
DRAFT_PACK = "draft-pack"
"""The kind of a pack that is only to be looked at; it is a zip."""
DOCUMENT = "document-"
"""How the kind of a document around a letter begins, by the key of its row; it is a PDF."""
FOR_AREA = "area-"
"""How the kind of a draft begins that is made for one person in the area, by her key; it is a PDF."""
RETRY_SECONDS = 360
"""After so long a file that is still wanted is asked for again: its worker was lost."""


def letter_file(version: Version, suffix: str, house_name: str = JOINT) -> bytes:
    """Return the letter of a version in one format; raises LettersError where it cannot be made."""
    look = house(house_name)
    return rendered(letter_of(version, look), [f".{suffix}"], look)[f".{suffix}"]


def letter_body(version: Version, house_name: str = JOINT) -> str:
    """Return the letter or report of a version as HTML for a page of the workspace; raises CompositionFault."""
    look = house(house_name)
    return body_of(letter_of(version, look), look)


def letter_of(version: Version, look: House) -> Document:
    """Return the letter or report of a version in a house; raises CompositionFault where there is none."""
    letter = read_report(version).document if version.case.is_report else read_version(version).letter
    if isinstance(letter, str):
        what = "report" if version.case.is_report else "letter"
        raise CompositionFault(f"The {what} cannot be composed: {letter}.")
    return letter


def area_file(version: Version, body: str) -> bytes:
    """Return the draft of a version as PDF, on every page of which stands whom it was made for."""
    letter = area_letter(version)
    mark = letter.draft and replace(letter.draft, footer=f"{letter.draft.footer}, for {body}", for_review=False)
    return rendered(replace(letter, draft=mark), [".pdf"], house(JOINT))[".pdf"]


def redline_file(older: Version, newer: Version, suffix: str) -> bytes:
    """Return the redline that leads from one version to another, as docx or pdf."""
    return redline(as_file(older), as_file(newer), house(JOINT), f".{suffix}").data


def as_file(version: Version) -> SourceFile:
    """Return a version as a file whose letter says its number."""
    return text_as_file(text_of(version), version.number)


def text_as_file(text: str, number: int, stage: Stage = Stage.DRAFT) -> SourceFile:
    """Return the text of a version as a file whose letter says its number, at a stage."""
    shown = read_text(text, number).shown.model_copy(update={"stage": stage})
    return SourceFile(f"v{number}.yaml", rewrite(text, shown).encode())


def wanted(case: Case, version: Version, kind: str, older: Version | None = None, house_name: str = JOINT) -> Artefact:
    """Return a file that a worker makes, asking for it where nobody has: twice is once."""
    texts = [version.text_id, str(version.number), *([older.text_id, str(older.number)] if older else [])]
    key = sha256("\n".join([kind, house_name, ENGINE, *texts]).encode()).hexdigest()
    with transaction.atomic():
        made, is_new = Artefact.objects.get_or_create(
            key=key,
            defaults={
                "case": case,
                "kind": kind,
                "house": house_name,
                "version": version.number,
                "older": older.number if older else None,
                "wanted_at": now(),
            },
        )
        if is_new or is_lost(made):
            ask_for(made)
    return made


def is_lost(made: Artefact) -> bool:
    """Say whether a file has been wanted for so long that nobody is making it."""
    return made.state == Artefact.WANTED and (now() - made.wanted_at).total_seconds() > RETRY_SECONDS


def ask_for(made: Artefact) -> None:
    """Ask a worker for a file, once the transaction is whole."""
    made.state, made.reason, made.wanted_at = Artefact.WANTED, "", now()
    made.save()
    later("letters.workspace.artefacts.make", made.pk)


def make(pk: int) -> None:
    """Make a file that is wanted: what a worker does. Doing it twice changes nothing."""
    made = Artefact.objects.select_related("case").filter(pk=pk).first()
    if made is None or made.state == Artefact.MADE:
        return
    try:
        data = maker(made)()
    except LettersError as fault:
        made.state, made.reason = Artefact.FAILED, str(fault)
    else:
        suffix = suffix_of(made.kind)
        made.blob, made.state = blobs.put(data, TYPES[suffix]), Artefact.MADE
    made.save()


def suffix_of(kind: str) -> str:
    """Return the suffix of a file that is made, by its kind."""
    if kind == DRAFT_PACK:
        return "zip"
    return "pdf" if kind.startswith((FOR_AREA, DOCUMENT)) else kind.removeprefix(REDLINE)


def maker(made: Artefact) -> Callable[[], bytes]:
    """Return what makes a file."""
    newer = made.case.versions.get(number=made.version)
    if made.kind.startswith(FOR_AREA):
        respondent = Respondent.objects.get(pk=made.kind.removeprefix(FOR_AREA))
        return lambda: area_file(newer, respondent.body)
    if made.kind.startswith(DOCUMENT):
        row = ProcessDocument.objects.select_related("version", "record").get(pk=made.kind.removeprefix(DOCUMENT))
        return lambda: document_file(row, "pdf")
    if made.kind == DRAFT_PACK:
        return lambda: draft_pack(made.case, newer)
    suffix = made.kind.removeprefix(REDLINE)
    if made.kind == suffix:
        return lambda: letter_file(newer, suffix, made.house)
    older = made.case.versions.get(number=made.older or 0)
    return lambda: redline_file(older, newer, suffix)
