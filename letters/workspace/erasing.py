"""Retention: the bytes of drafts and of what came back are erased after so many years; hashes and events stay."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models import Model, Q, QuerySet

from letters.workspace import blobs
from letters.workspace.events import record
from letters.workspace.models import (
    Artefact,
    Blob,
    Case,
    Erased,
    Event,
    Merged,
    PackFile,
    PackState,
    ProcessDocument,
    Publication,
    Stage,
    StatementReply,
    StoredFile,
    Unsaved,
    Version,
    VersionMember,
)
from letters.workspace.now import now
from letters.workspace.saving import locked

JUST_PUT = timedelta(hours=1)
"""How old bytes have to be before they are deleted: the row that is to name younger ones may not be there yet."""
DAYS_OF_YEAR = 365.2425
ERASING = "files_erased"


@dataclass(frozen=True)
class Naming:
    """A field that names a file, and how its row leads to the case and to the moment at which it was written."""

    model: type[Model]
    field: str
    case: str = "case"
    at: str = "at"
    is_draft: bool = True
    """Whether what it names is a draft or came back, and goes even where something of the case was published."""

    def named(self, **where: Any) -> QuerySet[Any]:
        """Return the rows that name a file."""
        return self.model._default_manager.exclude(**{self.field: None}).filter(**where).order_by()

    def rows(self, **where: Any) -> QuerySet[Any, Any]:
        """Return the file, case, moment and key of each row that names one."""
        return self.named(**where).values_list(self.field, self.case, self.at, "pk")

    def files(self, **where: Any) -> QuerySet[Any, Any]:
        """Return the files that are named, to be looked for in another query."""
        return self.named(**where).values(self.field)


NAMINGS = (
    Naming(Version, "text"),
    Naming(StoredFile, "blob"),
    Naming(Artefact, "blob", at="wanted_at"),
    *(Naming(Merged, name, "sending__case") for name in ("result", "combined", "ledger", "decisions")),
    Naming(PackFile, "blob", "publication__case", "publication__at", is_draft=False),
    *(Naming(ProcessDocument, name, is_draft=False) for name in ("record", "file")),
    Naming(StatementReply, "record", "submission__respondent__sending__case", is_draft=False),
)
"""Everything that names a file; the marks of erasing name only what is erased."""


@dataclass(frozen=True)
class Due:
    """A case that nothing has happened in for so long, and the files of it that are to be erased."""

    case: Case
    last: datetime
    """When something happened in it last."""
    files: tuple[str, ...]
    is_whole: bool
    """Whether nothing of it was published: the whole case is erased then."""


def due(years: int) -> Iterator[Due]:
    """Yield the cases in which nothing has happened for so many years, each with what of it is to be erased."""
    for case in Case.objects.order_by("pk"):
        found = due_of(case, years)
        if found:
            yield found


def due_of(case: Case, years: int) -> Due | None:
    """Return what of a case is to be erased; none where something happened in it since, or nothing is left."""
    events = Event.objects.filter(chain=case.slug).exclude(verb=ERASING)
    last = events.order_by("-seq").values_list("at", flat=True).first()
    if last is None or last > oldest_kept(years):
        return None
    kept = kept_versions(case)
    files = tuple(sorted(erasable(case, kept)))
    return Due(case, last, files, not kept) if files else None


def oldest_kept(years: int) -> datetime:
    """Return the moment so many years ago."""
    return now() - timedelta(days=round(DAYS_OF_YEAR * years))


def kept_versions(case: Case) -> set[int]:
    """Return the versions of a case that stay: published ones, those that a report rests on, and then the newest."""
    published = Publication.objects.filter(case=case, state=PackState.MADE).values_list("version", flat=True)
    cited = VersionMember.objects.filter(letter__case=case).exclude(version__case__stage=Stage.ERASED)
    kept = {*published, *cited.values_list("letter", flat=True)}
    return kept | {*case.versions.filter(number=case.head).values_list("pk", flat=True)} if kept else kept


def erasable(case: Case, kept: set[int]) -> set[str]:
    """Return the files of a case that are to be erased and are not yet: where nothing of it is kept, every one."""
    erased = marks(Erased.objects.filter(case=case).values_list("blob", "case", "at"))
    goes, stays = set(), set()
    for naming in NAMINGS:
        for digest, _, at, key in naming.rows(**{naming.case: case}):
            if kept and (not naming.is_draft or (naming.model is Version and key in kept)):
                stays.add(digest)
            elif not erased.get((digest, case.pk), at) > at:
                goes.add(digest)
    return goes - stays


def marks(rows: QuerySet[Any, Any]) -> dict[tuple[str, int], datetime]:
    """Return when a case gave a file up last, by the two."""
    found: dict[tuple[str, int], datetime] = {}
    for digest, case, at in rows:
        found[digest, case] = max(at, found.get((digest, case), at))
    return found


def erase(case: Case, years: int) -> int:
    """Give up what of a case is due now; return how many files. Their bytes are deleted by `clear`.

    What was published stays, and so do hashes and events.
    """
    with transaction.atomic():
        case = locked(case)
        found = due_of(case, years)
        if found is None:
            return 0
        at, files = now(), list(found.files)
        Erased.objects.bulk_create(Erased(blob_id=digest, case=case, at=at) for digest in files)
        Artefact.objects.filter(case=case).delete()
        typed = Q(path__startswith=f"/c/{case.slug}/") | Q(fields__case=case.slug)
        Unsaved.objects.filter(typed, at__lte=oldest_kept(years)).delete()
        if found.is_whole:
            case.stage = Stage.ERASED
            Case.objects.filter(pk=case.pk).update(stage=Stage.ERASED)
        record(case, None, ERASING, case.slug, {"files": files, "years": years, "count": len(files)})
    cache.clear()
    return len(files)


def clear() -> int:
    """Delete the bytes of every file that all its cases gave up; return how many. Takes up what was interrupted."""
    gone, limit = 0, (now() - JUST_PUT).timestamp()
    given_up = {*Erased.objects.values_list("blob", flat=True)}
    for digest, at in blobs.kept().every():
        if digest in given_up and at < limit and not is_needed(digest):
            blobs.kept().delete(digest)
            gone += 1
    return gone


def is_needed(digest: str) -> bool:
    """Say whether something names a file of which its case did not give it up since."""
    erased = marks(Erased.objects.filter(blob=digest).values_list("blob", "case", "at"))
    for naming in NAMINGS:
        for _, case, at, _ in naming.rows(**{naming.field: digest}):
            if not erased.get((digest, case), at) > at:
                return True
    return False


def half_erased(named: QuerySet[Blob]) -> Iterator[str]:
    """Yield each of some files that is gone though something needs it, or is kept though it was given up."""
    for blob in named.filter(erased__isnull=False).distinct().order_by("pk"):
        is_there, needed = blobs.kept().has(blob.sha256), is_needed(blob.sha256)
        if needed and not is_there:
            yield f"The file {blob} was erased, and a case needs it. Restore it from a backup."
        if is_there and not needed:
            yield f"The file {blob} was to be erased and is still kept. Run `letters workspace sweep`."
