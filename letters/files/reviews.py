"""Sends a draft, reads the copies that come back, and writes what merging them makes."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from letters.errors import VersionFault
from letters.files.disk import read_source, read_word_file, replace_file
from letters.findings.source_file import SourceFile
from letters.houses.loading import house
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
from letters.verbs.merge import Merged, decisions_text, resolution_of
from letters.verbs.read import read_inspection
from letters.versions.deciding.decisions import CopyDecision, Decision, Decisions, read_decisions
from letters.versions.deciding.resolution import Resolution


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


def send(path: Path, folder: Path, house_name: str = "joint", *, protect: bool = False) -> Path:
    """Write the draft of an inspection for review, and keep its bytes beside the inspection; return its path."""
    draft = sending.send(read_source(path), house(house_name), protect=protect)
    kept = path.parent / "sent" / draft.file_name
    sending.refuse_other_words(draft, read_word_file(kept) if kept.exists() else None)
    replace_file(kept, draft.data)
    out = folder / draft.file_name
    replace_file(out, draft.data)
    return out


def changes(sent: Path, reviewed: list[Path], house_name: str = "joint") -> Reviews:
    """Return what each reviewed copy of what was sent changed, and all changes matched."""
    is_inspection = sent.suffix.lower() in (".yaml", ".yml")
    version: SentVersion = sent_with(sent, house_name) if is_inspection else sent_word_file(read_word_file(sent))
    return read_reviews(version, [read_word_file(path) for path in reviewed])


def sent_with(path: Path, house_name: str) -> SentInspection:
    """Return the version of an inspection file that was sent, from the file kept in `sent/` where there is one."""
    source = read_source(path)
    return sent_inspection(source, house(house_name), kept_copy(path, source))


def kept_copy(path: Path, source: SourceFile) -> SourceFile | None:
    """Return the file that was kept when this version was sent, if there is one."""
    kept = path.parent / "sent" / sending.draft_name(read_inspection(source))
    return read_word_file(kept) if kept.exists() else None


def merge(
    path: Path,
    reviewed: list[Path],
    files: MergeFiles,
    house_name: str = "joint",
    *,
    answers: Sequence[Decision] = (),
    take_over: bool = False,
    accepted_copies: Sequence[CopyDecision] = (),
) -> MergeWritten:
    """Merge reviewed copies into the next inspection file; `answers` are decisions beside those of the file."""
    refuse_targets([path, *reviewed], [target for target in (files.out, files.combined, files.ledger) if target])
    version = sent_with(path, house_name)
    found = read_reviews(version, [read_word_file(copy) for copy in reviewed])
    decisions = decisions_in(files.decisions, accepted_copies)
    decisions.decisions += answers
    resolution = resolution_of(found, decisions, take_over=take_over)
    name = str(files.combined) if files.combined else ""
    done = merging.merge(version, found, house(house_name), resolution, combined_name=name)
    writes = [(files.out, done.inspection_text.encode())]
    if files.decisions and (answers or (resolution.open and not files.decisions.exists())):
        writes.append((files.decisions, decisions_file(files.decisions, answers, resolution, found)))
    if files.combined and done.combined is not None:
        writes.append((files.combined, done.combined))
    if files.ledger:
        writes.append((files.ledger, done.ledger))
    for target, data in writes:
        replace_file(target, data)
    return MergeWritten(**vars(done), written=tuple(target for target, _ in writes))


def open_changes(
    path: Path,
    reviewed: list[Path],
    decisions: Path | None,
    house_name: str = "joint",
    *,
    take_over: bool = False,
    accepted_copies: Sequence[CopyDecision] = (),
) -> tuple[Reviews, Resolution]:
    """Return what reviewed copies bring home and what becomes of it so far: what is open is to be asked about."""
    found = read_reviews(sent_with(path, house_name), [read_word_file(copy) for copy in reviewed])
    return found, resolution_of(found, decisions_in(decisions, accepted_copies), take_over=take_over)


def decisions_in(path: Path | None, accepted_copies: Sequence[CopyDecision]) -> Decisions:
    """Return the decisions of a file, none where there is no file yet, and the copies that are accepted whole."""
    found = read_decisions(read_source(path).text, str(path)) if path and path.exists() else Decisions()
    found.copies += accepted_copies
    return found


def decisions_file(path: Path, answers: Sequence[Decision], resolution: Resolution, found: Reviews) -> bytes:
    """Return the file of decisions with the answers that were given; a new one has what is open, to be filled in."""
    text = read_source(path).text if path.exists() else None
    return decisions_text(text, [*answers], resolution, found, str(path)).encode()


def refuse_targets(inputs: list[Path], targets: list[Path]) -> None:
    """Raise VersionFault where a file to be written is one of the others, or a folder."""
    taken = {path.resolve() for path in inputs}
    for path in targets:
        if path.resolve() in taken:
            raise VersionFault(f"{path}: this file is already an input or another output. Name another.")
        if path.is_dir():
            raise VersionFault(f"{path}: this is a folder. Name a file in it.")
        taken.add(path.resolve())


def whole_copies(names: Sequence[str], reason: str, person: str) -> list[CopyDecision]:
    """Return the decisions that copies are accepted whole; raises VersionFault without a reason and a name."""
    return [merging.whole_copy(name, reason, person) for name in names]
