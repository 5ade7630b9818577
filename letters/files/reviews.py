"""Sends a draft, reads the copies that come back, and writes what merging them makes."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from letters.errors import VersionFault
from letters.files.disk import read_source, read_word_file, replace_file
from letters.files.houses import Look
from letters.files.ids import id_in
from letters.files.placing import refuse_targets
from letters.files.sets import finish_sets, replace_files
from letters.findings.source_file import SourceFile
from letters.verbs import merge as merging
from letters.verbs import send as sending
from letters.verbs.changes import (
    Reviews,
    SentInspection,
    SentVersion,
    read_reviews,
    sent_inspection,
    sent_word_file,
)
from letters.verbs.merge import Merged, decisions_text, resolution_of, with_next
from letters.verbs.read import read_inspection
from letters.versions.deciding.decisions import CopyDecision, Decision, Decisions, read_decisions
from letters.versions.deciding.resolution import Resolution

JOINT = Look()


@dataclass(frozen=True)
class MergeFiles:
    """The files of a merge: where the next inspection goes, and what is wanted beside it."""

    out: Path
    combined: Path | None = None
    ledger: Path | None = None
    decisions: Path | None = None
    """Where decisions are read from, and where answers and open changes are written to."""


@dataclass(frozen=True)
class MergeWritten(Merged):
    """What a merge came to, with the files that were written."""

    written: tuple[Path, ...] = ()


def send(path: Path, folder: Path, look: Look = JOINT, *, protect: bool = False, force: bool = False) -> Path:
    """Write the draft of an inspection for review, and keep its bytes beside the inspection; return its path."""
    draft = sending.send(read_source(path), look.read_house(), protect=protect)
    kept = path.parent / "sent" / draft.file_name
    sending.refuse_other_words(draft, read_word_file(kept) if kept.exists() else None)
    out = folder / draft.file_name
    finish_sets([kept, out])
    refuse_other_copy(out, kept, force=force)
    replace_files([(kept, draft.data), (out, draft.data)], model=path)
    return out


def refuse_other_copy(out: Path, kept: Path, *, force: bool) -> None:
    """Raise VersionFault where another file than the draft as it was sent is there: somebody may have worked in it."""
    if out.resolve() == kept.resolve():
        raise VersionFault(f"{out.parent}: what was sent is kept there. Give another folder with --out.")
    if not force and out.is_file() and not (kept.is_file() and out.read_bytes() == kept.read_bytes()):
        raise VersionFault(
            f"{out}: it is not as it was sent, so somebody may have worked in it. Move it, or replace it with --force."
        )


def changes(sent: Path, reviewed: list[Path], look: Look = JOINT) -> Reviews:
    """Return what each reviewed copy of what was sent changed, and all changes matched."""
    is_inspection = sent.suffix.lower() in (".yaml", ".yml")
    version: SentVersion = sent_with(sent, look) if is_inspection else sent_word_file(read_word_file(sent))
    return read_reviews(version, [read_word_file(path) for path in reviewed])


def sent_with(path: Path, look: Look) -> SentInspection:
    """Return the version of an inspection file that was sent, from the file kept in `sent/` where there is one."""
    source = read_source(path)
    return sent_inspection(source, look.read_house(), kept_copy(path, source))


def kept_copy(path: Path, source: SourceFile) -> SourceFile | None:
    """Return the file that was kept when this version was sent, if there is one."""
    kept = path.parent / "sent" / sending.draft_name(read_inspection(source))
    return read_word_file(kept) if kept.exists() else None


def merge(
    path: Path,
    reviewed: list[Path],
    files: MergeFiles,
    look: Look = JOINT,
    *,
    answers: Sequence[Decision] = (),
    take_over: bool = False,
    accepted_copies: Sequence[CopyDecision] = (),
    force: bool = False,
) -> MergeWritten:
    """Merge reviewed copies into the next inspection file; `answers` are decisions beside those of the file.

    A file that somebody may have changed is replaced only with `force`.
    """
    inputs = [path, *reviewed, *(path.parent / "sent").glob("*")]
    refuse_targets(inputs, [files.out, files.combined, files.ledger, files.decisions])
    refuse_targets([], [files.out, files.decisions], suffixes=(".yaml", ".yml"))
    refuse_targets([], [files.combined], suffixes=(".docx",))
    refuse_targets([], [files.ledger], suffixes=(".json",))
    version = sent_with(path, look)
    refuse_changed(files, version.inspection.id, force=force)
    found = read_reviews(version, [read_word_file(copy) for copy in reviewed])
    decisions = decisions_in(files.decisions, accepted_copies)
    decisions.decisions += answers
    resolution = resolution_of(found, decisions, take_over=take_over)
    name = str(files.combined) if files.combined else ""
    done = merging.merge(version, found, look.read_house(), resolution, combined_name=name)
    writes = [(files.out, done.inspection_text.encode())]
    if files.decisions and (answers or (resolution.open and not files.decisions.exists())):
        writes.append((files.decisions, decisions_file(files.decisions, answers, resolution, found)))
    if files.combined and done.combined is not None:
        writes.append((files.combined, done.combined))
    if files.ledger:
        writes.append((files.ledger, with_next(done.ledger, writes[0][1])))
    replace_files(writes, model=path)
    return MergeWritten(**vars(done), written=tuple(target for target, _ in writes))


def refuse_changed(files: MergeFiles, inspection_id: str, *, force: bool) -> None:
    """Raise VersionFault where a file to be replaced holds what somebody may have written into it.

    The next inspection file is known by the ledger that records it; a combined file by having no new changes in it.
    """
    if force:
        return
    ledger = read_word_file(files.ledger).data if files.ledger and files.ledger.is_file() else b""
    if ledger and not is_ledger(ledger):
        raise VersionFault(f"{files.ledger}: this is no ledger of a merge. Name another file.")
    if files.out.is_file() and ledger and recorded_next(ledger) not in ("", digest_of(files.out)):
        raise VersionFault(
            f"{files.out}: it was changed after the merge that {files.ledger} records. "
            "Name another file, or replace it with --force."
        )
    if files.out.is_file() and id_in(files.out) != inspection_id:
        raise VersionFault(f"{files.out}: this is no earlier result of this merge. Name another file, or use --force.")


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return read_word_file(path).digest


def is_ledger(data: bytes) -> bool:
    """Say whether a file is a ledger that a merge wrote."""
    try:
        return isinstance(json.loads(data)["changes"], list)
    except (ValueError, LookupError, TypeError):
        return False


def recorded_next(ledger: bytes) -> str:
    """Return the SHA-256 of the inspection file that a ledger records; nothing where it records none."""
    try:
        return str(json.loads(ledger)["next"]["sha256"])
    except (ValueError, LookupError, TypeError):
        return ""


def open_changes(
    path: Path,
    reviewed: list[Path],
    decisions: Path | None,
    look: Look = JOINT,
    *,
    take_over: bool = False,
    accepted_copies: Sequence[CopyDecision] = (),
) -> tuple[Reviews, Resolution]:
    """Return what reviewed copies bring home and what becomes of it so far: what is open is to be asked about."""
    found = read_reviews(sent_with(path, look), [read_word_file(copy) for copy in reviewed])
    return found, resolution_of(found, decisions_in(decisions, accepted_copies), take_over=take_over)


def keep_answers(path: Path | None, answers: Sequence[Decision], found: Reviews, resolution: Resolution) -> None:
    """Add answers to the file of decisions, where there is one to be kept; a new one has what is open as well."""
    if path:
        replace_file(path, decisions_file(path, answers, resolution, found))


def decisions_in(path: Path | None, accepted_copies: Sequence[CopyDecision]) -> Decisions:
    """Return the decisions of a file, none where there is no file yet, and the copies that are accepted whole."""
    found = read_decisions(read_source(path).text, str(path)) if path and path.exists() else Decisions()
    found.copies += accepted_copies
    return found


def decisions_file(path: Path, answers: Sequence[Decision], resolution: Resolution, found: Reviews) -> bytes:
    """Return the file of decisions with the answers that were given; a new one has what is open, to be filled in."""
    text = read_source(path).text if path.exists() else None
    return decisions_text(text, [*answers], resolution, found, str(path)).encode()


def whole_copies(names: Sequence[str], reason: str, person: str) -> list[CopyDecision]:
    """Return the decisions that copies are accepted whole; raises VersionFault without a reason and a name."""
    return [merging.whole_copy(name, reason, person) for name in names]
