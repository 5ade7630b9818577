"""Packs: what a version makes when it is published, made by the worker and kept file by file."""

import csv
import io
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date

from django.conf import settings
from django.db import transaction

from letters.errors import LettersError
from letters.findings.inspection import Override, Stage
from letters.findings.publishing import Agreement
from letters.findings.rewriting import rewrite, rewrite_round
from letters.findings.round_file import OverviewStage
from letters.findings.round_parsing import Members
from letters.findings.source_file import SourceFile
from letters.houses.house import House
from letters.houses.loading import house
from letters.publication.manifest import JSON_NAME
from letters.publication.pack import RECIPIENTS
from letters.publication.publication import Publication as Work
from letters.publication.uploads import LIST, zip_of
from letters.publication.verification import Pack
from letters.verbs.publish import NewPack, draft_of, publication_of, publish, publish_draft, publishers
from letters.verbs.withdraw import folders_of, withdraw
from letters.workspace import blobs, outbox
from letters.workspace.access import NoSuchCase
from letters.workspace.events import record
from letters.workspace.jobs import later
from letters.workspace.models import Case, PackFile, PackState, Part, Publication, PublicationAct, Version
from letters.workspace.now import now, today
from letters.workspace.practice import index
from letters.workspace.reading import JOINT, overview_of, read_version, standing_overrides, text_of
from letters.workspace.reports.reading import read_report
from letters.workspace.roles import Role
from letters.workspace.stages import given, published_last, settle

__all__ = ["RECIPIENTS"]

STEPS = logging.getLogger("letters")
"""Where the engine says which step it begins, and with what."""
MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "html": "text/html; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "atom": "application/atom+xml",
    "brf": "application/x-brf",
    "zip": "application/zip",
}


def look(name: str = JOINT) -> House:
    """Return a house with the art that the operator gave for publication."""
    return house(name, art=settings.LETTERS.art)


def houses_of(folders: Mapping[str, str]) -> dict[str, House]:
    """Return the house of each folder of a pack."""
    return {folder: look(name) for folder, name in folders.items()}


def letters_of(version: Version) -> Members:
    """Return the inspection files that a version of a report rests on; a letter rests on none."""
    return read_report(version).files if version.case.is_report else {}


def file_to_publish(case: Case, version: Version) -> SourceFile:
    """Return the file that is published: a version, with what people agreed to and set aside put back."""
    agreements = [
        Agreement(inspectorate=name, name=row.person.name, agreed_on=row.at.date(), words=row.words)
        for name, row in given(case).items()
    ]
    overrides = [
        Override(rule=rule, where=where or None, reason=why, name=who)
        for rule, where, why, who in standing_overrides(case)
    ]
    changes: dict[str, object] = {"stage": Stage.FINAL, "agreements": agreements, "overrides": overrides}
    if case.is_report:
        changes |= {"stage": OverviewStage.FINAL, "version": version.number}
        text = rewrite_round(text_of(version), overview_of(version).model_copy(update=changes))
        return SourceFile(f"{case.slug}.yaml", text.encode())
    text = rewrite(text_of(version), read_version(version).shown.model_copy(update=changes))
    return SourceFile(f"{case.slug}.yaml", text.encode())


def work_of(case: Case, version: Version, day: date) -> Work:
    """Return a version as it is published on a day; raises LettersError where it cannot be composed."""
    return publication_of(file_to_publish(case, version), letters_of(version), look(), day)


def draft_pack(case: Case, version: Version) -> bytes:
    """Return the pack of a version as a zip, marked as a draft on every page: what publishers will get."""
    work = draft_of(file_to_publish(case, version), letters_of(version), look(), None)
    made = publish_draft(work, look(), houses_of(publishers(work)))
    return zip_of({path: data for path, data in made.files.items() if not path.endswith(".zip")})


def pack_of(row: Publication) -> Pack:
    """Return a pack as it was made."""
    files = {file.path: blobs.get(file.blob) for file in row.files.select_related("blob")}
    return Pack(f"publication {row.number}", files, {})


def take_up() -> None:
    """Ask once more for every pack that is wanted: the worker that was making it may be gone."""
    with transaction.atomic():
        for pk in Publication.objects.filter(state=PackState.WANTED).values_list("pk", flat=True):
            later("letters.workspace.packing.make", pk)


def make(pk: int) -> None:
    """Make the pack that two people asked for: what the worker does. Doing it twice changes nothing."""
    row = Publication.objects.select_related("case", "version", "person").filter(pk=pk, state=PackState.WANTED).first()
    if row is None:
        return
    with steps_told(row):
        try:
            files = pack_for(row).files
        except LettersError as fault:
            failed(row, str(fault))
            return
    keep(row, files)


def pack_for(row: Publication) -> NewPack:
    """Return the pack that a publication makes."""
    before = published_last(row.case)
    standing = pack_of(before) if before else None
    if row.act == PublicationAct.WITHDRAW:
        if standing is None:
            raise LettersError("Nothing is published that could be withdrawn.")
        return withdraw(standing, look(), houses_of(folders_of(standing)), row.day, row.note, row.replaced_by)
    work = work_of(row.case, row.version, row.day)
    return publish(
        work,
        look(),
        houses_of(publishers(work)),
        standing=standing,
        corrects=standing if row.act == PublicationAct.AMEND else None,
        reinstates=row.act == PublicationAct.REINSTATE,
        note=row.note,
        today=today(),
    )


@contextmanager
def steps_told(row: Publication) -> Iterator[None]:
    """While a pack is made, let its row say which step the engine is at."""
    handler, level = Progress(row.pk), STEPS.level
    STEPS.addHandler(handler)
    STEPS.setLevel(logging.INFO)
    try:
        yield
    finally:
        STEPS.removeHandler(handler)
        STEPS.setLevel(level)


class Progress(logging.Handler):
    """Writes what the engine says of its steps into the row of a publication."""

    def __init__(self, pk: int) -> None:
        super().__init__(logging.INFO)
        self._pk = pk

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the last step."""
        Publication.objects.filter(pk=self._pk, state=PackState.WANTED).update(progress=record.getMessage()[:200])


def failed(row: Publication, reason: str) -> None:
    """Say why a pack could not be made; what was published before stays as it is."""
    with transaction.atomic():
        done = Publication.objects.filter(pk=row.pk, state=PackState.WANTED)
        if done.update(state=PackState.FAILED, reason=reason, progress=""):
            record(row.case, None, "publication_failed", str(row.number))
            settle(row.case)
            outbox.tell(
                [person for person in (row.person, row.second) if person],
                "Something could not be published",
                "The page Publication of the case says why.",
            )


def keep(row: Publication, files: Mapping[str, bytes]) -> None:
    """Keep a pack whole or not at all, and tell the publishers that it is there."""
    stored = {path: blobs.put(data, media_type_of(path)) for path, data in sorted(files.items())}
    with transaction.atomic():
        done = Publication.objects.filter(pk=row.pk, state=PackState.WANTED)
        if not done.update(state=PackState.MADE, reason="", progress="", made_at=now()):
            return
        PackFile.objects.bulk_create(PackFile(publication=row, path=path, blob=blob) for path, blob in stored.items())
        data = {"act": row.act, "words": row.words, "day": str(row.day), "manifest": stored[JSON_NAME].sha256}
        record(row.case, None, "publication_made", str(row.number), data | {"version": row.version.number})
        row.refresh_from_db()
        index(row)
        settle(row.case)
        parts = Part.objects.filter(case=row.case, until=None, role=Role.PUBLISHER, person__is_active=True)
        outbox.tell(
            [part.person for part in parts.select_related("person")],
            "Files for your website are ready",
            f"Please put them on your site on {row.day:%d %B %Y}, and enter their address.",
        )


def media_type_of(path: str) -> str:
    """Return the media type of a file of a pack."""
    return MEDIA.get(path.rpartition(".")[2], "application/octet-stream")


def file_of(row: Publication, path: str) -> bytes:
    """Return one file of a pack; raises NoSuchCase where it has none at that path."""
    found = row.files.filter(path=path).select_related("blob").first()
    if found is None:
        raise NoSuchCase(path)
    return blobs.get(found.blob)


def files_of(row: Publication, folder: str) -> dict[str, bytes]:
    """Return the files of one folder of a pack, by their paths in the pack."""
    rows = row.files.filter(path__startswith=f"{folder}/").select_related("blob")
    return {file.path: blobs.get(file.blob) for file in rows}


def folder_zip(row: Publication, folder: str) -> bytes:
    """Return everything for one website as a zip."""
    files = files_of(row, folder)
    if not files:
        raise NoSuchCase(folder)
    return zip_of(files)


def what_goes_where(row: Publication, folder: str) -> list[dict[str, str]]:
    """Return the rows of the list of what to upload; none where the pack has no such list, as one of a withdrawal."""
    held = row.files.filter(path=f"{folder}/{LIST}").select_related("blob").first()
    return rows_of_list(blobs.get(held.blob)) if held else []


def rows_of_list(data: bytes) -> list[dict[str, str]]:
    """Return the rows of a list of what to upload, by their heads."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
