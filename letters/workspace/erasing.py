"""Retention: the bytes of drafts and of what came back are erased after so many years; hashes and events stay."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from letters.workspace import blobs
from letters.workspace.events import record
from letters.workspace.models import (
    Artefact,
    Blob,
    Case,
    Erased,
    Event,
    Merged,
    PackState,
    Publication,
    Stage,
    StoredFile,
    Version,
    VersionMember,
)
from letters.workspace.now import now
from letters.workspace.saving import locked

MERGED = ("result", "combined", "ledger", "decisions")
"""The files of a merge."""


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
    limit = now().replace(year=now().year - years)
    for case in Case.objects.exclude(stage=Stage.ERASED).order_by("pk"):
        last = Event.objects.filter(chain=case.slug).order_by("-seq").values_list("at", flat=True).first()
        if last is None or last > limit:
            continue
        kept = kept_versions(case)
        files = tuple(sorted(erasable(case, kept)))
        if files:
            yield Due(case, last, files, not kept)


def kept_versions(case: Case) -> set[int]:
    """Return the versions of a case that stay: those that were published, and those that a report rests on."""
    published = Publication.objects.filter(case=case, state=PackState.MADE).values_list("version", flat=True)
    cited = VersionMember.objects.filter(letter__case=case).exclude(version__case__stage=Stage.ERASED)
    return {*published, *cited.values_list("letter", flat=True)}


def erasable(case: Case, kept: set[int]) -> set[str]:
    """Return the files of a case that nothing names which stays: texts of drafts, what was given, and merges."""
    drafts = Version.objects.filter(case=case).exclude(pk__in=kept)
    given, merges = StoredFile.objects.filter(case=case), Merged.objects.filter(sending__case=case)
    wanted = {*drafts.values_list("text", flat=True), *given.values_list("blob", flat=True)}
    for name in MERGED:
        wanted |= {*merges.values_list(name, flat=True)}
    made = Artefact.objects.filter(case=case)
    wanted |= {*made.exclude(blob=None).values_list("blob", flat=True)}
    own = {Version: drafts, StoredFile: given, Merged: merges, Artefact: made}
    for relation in Blob._meta.related_objects:
        model, name = relation.related_model, relation.field.name
        if model is Erased:
            wanted -= {*Erased.objects.filter(blob__in=wanted).values_list("blob", flat=True)}
            continue
        others = model._default_manager.filter(**{f"{name}__in": wanted})
        if model in own:
            others = others.exclude(pk__in=own[model].values("pk"))
        wanted -= {*others.values_list(name, flat=True)}
    return wanted


def erase(found: Due, years: int) -> int:
    """Erase what is due of a case; return how many files. What was published stays, and so do hashes and events."""
    with transaction.atomic():
        case = locked(found.case)
        at = now()
        files = sorted(erasable(case, kept_versions(case)))
        Erased.objects.bulk_create(Erased(blob_id=digest, case=case, at=at) for digest in files)
        Artefact.objects.filter(case=case).delete()
        if found.is_whole:
            case.stage = Stage.ERASED
            Case.objects.filter(pk=case.pk).update(stage=Stage.ERASED)
        record(case, None, "files_erased", case.slug, {"files": files, "years": years, "count": len(files)})
    for digest in files:
        blobs.kept().delete(digest)
    return len(files)
