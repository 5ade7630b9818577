"""Reviewed copies -> their changes, and the next inspection with everybody's changes in it."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from letters.document.blocks import Document
from letters.document.marks import Keeps, Mark, Marked, lines_of, marks_of, rejects, resolved, text_of
from letters.document.walk import every_block
from letters.drafts import block_names, letter_of
from letters.errors import VersionFault
from letters.findings.files import parse, read_text
from letters.findings.inspection import Inspection
from letters.findings.rewriting import rewrite
from letters.formats.docx.drafts import tracking, units_of
from letters.formats.docx.names import SETTINGS
from letters.formats.docx.package import archive, member
from letters.formats.docx.properties import read_back
from letters.formats.docx.read import WordFile, read
from letters.formats.docx.redline import with_stories
from letters.formats.files import replace_file
from letters.redlines import accepted, bytes_of
from letters.versions.applying import Applier
from letters.versions.changes import LEAST_FOUND, Change, Review, Sent, held_together, review_of, sent_of
from letters.versions.combined import combined
from letters.versions.decisions import Decision, Settled, as_data, read_decisions, settled
from letters.versions.proof import lost, one_reviewer

NO_PLACE = "the letter no longer has this standing paragraph; say by hand where its words belong"
Ask = Callable[[Change], dict[str, str] | None]


@dataclass(frozen=True)
class Merged:
    """What a merge came to."""

    settled: Settled
    unsettled: list[tuple[Change, str]]
    """Accepted changes that no field can take, each with what to do."""
    reviews: list[Review]
    written: list[Path]

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left for a person."""
        return not self.settled.open and not self.unsettled and not any(review.elsewhere for review in self.reviews)


def send(inspection_path: Path, folder: Path, house: str, protect: bool) -> Path:
    """Write the draft of an inspection for review, and keep the very bytes beside the inspection; return its path."""
    inspection = parse(read_text(inspection_path), str(inspection_path))
    document, data = letter_of(inspection, house)
    if document.draft is None:
        raise VersionFault(f"{inspection_path}: its stage is final. Set it to draft, agreement or factual_accuracy.")
    if protect:
        parts = read(data, "draft").parts
        parts[SETTINGS] = tracking(parts[SETTINGS], protect=True)
        data = archive(member(name, part) for name, part in parts.items())
    kept = kept_copy(inspection_path, inspection)
    if kept.exists() and kept.read_bytes() != data:
        raise VersionFault(
            f"{kept}: version {inspection.version} was sent already, with other words. Raise `version:` and send again."
        )
    replace_file(kept, data)
    out = folder / kept.name
    replace_file(out, data)
    return out


def kept_copy(path: Path, inspection: Inspection) -> Path:
    """Return where the bytes of a version that was sent are kept."""
    return path.parent / "sent" / f"{inspection.id}-v{inspection.version}.docx"


def changes(sent: Path, reviewed: list[Path], house: str) -> tuple[list[Review], list[Change]]:
    """Return what each reviewed copy of what was sent brings home, and all changes held together."""
    if sent.suffix.lower() in (".yaml", ".yml"):
        inspection = parse(read_text(sent), str(sent))
        file, units = sent_file(sent, inspection, *letter_of(inspection, house))
    else:
        file = accepted(read(bytes_of(sent), str(sent)))
        units = units_of(file.parts)
    _, reviews, _ = brought_home(file, units, reviewed)
    return reviews, held_together(reviews)


def sent_file(path: Path, inspection: Inspection, document: Document, data: bytes) -> tuple[WordFile, dict[str, str]]:
    """Return the file that was sent: the kept bytes where there are any, else what the inspection composes to."""
    kept = kept_copy(path, inspection)
    data = kept.read_bytes() if kept.exists() else data
    return accepted(read(data, str(kept if kept.exists() else path))), block_names(document)


def brought_home(
    file: WordFile, units: dict[str, str], reviewed: list[Path]
) -> tuple[Sent, list[Review], list[WordFile]]:
    """Return what was sent, what each reviewed copy brings home, and the copies."""
    sent = sent_of(file.marked, units)
    shown = {mark for story in read_again(file).stories.values() for mark in marks_of(story)}
    reviews, files = [], []
    for path, name in zip(reviewed, short_names(reviewed), strict=True):
        copy = read(bytes_of(path), str(path))
        refuse_other_draft(copy, file, str(path))
        review, found = review_of(sent, without(copy.marked, shown), name, file.marked)
        if found < LEAST_FOUND:
            raise VersionFault(
                f"{path}: only {found:.0%} of the words sent are in it. It answers another letter or draft."
            )
        reviews.append(review)
        files.append(copy)
    return sent, reviews, files


def read_again(file: WordFile) -> Marked:
    """Return what was sent with the marks that it bore: a redline that went out has some of its own."""
    return read(archive(member(name, part) for name, part in file.parts.items()), file.name).marked


def without(copy: Marked, shown: set[Mark]) -> Marked:
    """Return a copy in which the changes that were in what was sent are accepted, as the sender meant them."""
    if not shown:
        return copy
    known = {(mark.author, mark.when) for mark in shown}
    stories = {
        name: resolved(story, lambda mark: True if (mark.author, mark.when) in known else None)
        for name, story in copy.stories.items()
    }
    return Marked(stories, copy.comments)


def short_names(paths: list[Path]) -> list[str]:
    """Return a name for each copy: its file's, made one of its own where two are the same."""
    stems = [path.stem for path in paths]
    return [stem if stems.count(stem) == 1 else f"{stem}-{place}" for place, stem in enumerate(stems, start=1)]


def refuse_other_draft(copy: WordFile, sent: WordFile, name: str) -> None:
    """Raise VersionFault where a copy says that it answers another letter or another version."""
    told, wanted = read_back(copy.parts), read_back(sent.parts)
    for key, what in (("InspectionId", "inspection"), ("LetterVersion", "version")):
        if key in told and key in wanted and told[key] != wanted[key]:
            raise VersionFault(
                f"{name}: it answers {what} {told[key]}, not {wanted.get(key)}. Merge it with the file that was sent."
            )


def merge(
    inspection_path: Path,
    reviewed: list[Path],
    out: Path,
    house: str,
    *,
    combined_out: Path | None = None,
    ledger: Path | None = None,
    decisions_path: Path | None = None,
    ask: Ask | None = None,
) -> Merged:
    """Merge reviewed copies into the next inspection file; nothing is written unless every proof holds."""
    refuse_targets([inspection_path, *reviewed], [path for path in (out, combined_out, ledger) if path])
    text = read_text(inspection_path)
    inspection = parse(text, str(inspection_path))
    document, data = letter_of(inspection, house)
    file, units = sent_file(inspection_path, inspection, document, data)
    sent, reviews, copies = brought_home(file, units, reviewed)
    together = held_together(reviews)
    decisions = decided(decisions_path, together, ask)
    fates = settled(together, decisions)
    applier = Applier(inspection, sent, [note.id for note in document.notes])
    after = applier.apply(fates.accepted)
    after.version = inspection.version + 1
    after = Inspection.model_validate(after.model_dump(exclude_defaults=True))
    homeless = without_homeless_wording(after, house)
    applier.unsettled += [(change, NO_PLACE) for change in fates.accepted if change.unit in homeless]
    letter_of(after, house)
    writes: list[tuple[Path, bytes]] = [(out, rewrite(text, after, str(inspection_path)).encode())]
    if combined_out:
        marked, recorded = combined(file.marked, sent, together, reviews)
        open_parts = {**file.parts, SETTINGS: tracking(file.parts[SETTINGS])}
        combined_data = with_stories(replace(file, parts=open_parts), copies, marked)
        hidden = {change.id for change in recorded}
        prove_combined(combined_data, file, sent, reviews, together, hidden, str(combined_out))
        writes.append((combined_out, combined_data))
    if ledger:
        writes.append((ledger, as_ledger(together, fates, applier.unsettled, reviews, decisions)))
    if decisions_path and ask:
        writes.append((decisions_path, (json.dumps(as_data(decisions), ensure_ascii=False, indent=2) + "\n").encode()))
    for path, held in writes:
        replace_file(path, held)
    return Merged(fates, applier.unsettled, reviews, [path for path, _ in writes])


def refuse_targets(inputs: list[Path], targets: list[Path]) -> None:
    """Raise VersionFault where a file to be written is one of the others, or a folder."""
    taken = {path.resolve() for path in inputs}
    for path in targets:
        if path.resolve() in taken:
            raise VersionFault(f"{path}: this is one of the files to be read, or is to be written twice. Name another.")
        if path.is_dir():
            raise VersionFault(f"{path}: this is a folder. Name a file in it.")
        taken.add(path.resolve())


def without_homeless_wording(after: Inspection, house: str) -> set[str]:
    """Take out other words for standing paragraphs that the letter no longer has; return the names of those with words.

    A heading goes with the last finding below it, and somebody else may have changed it.
    """
    given = dict(after.wording)
    after.wording = {}
    document, _ = letter_of(after, house)
    known = {block.id for block in every_block(document.blocks)}
    after.wording = {name: words for name, words in given.items() if name in known}
    return {name for name, words in given.items() if words is not None and name not in known}


def decided(path: Path | None, together: list[Change], ask: Ask | None) -> list[Decision]:
    """Return the decisions of a file, and those that are asked for at the terminal."""
    held = read_decisions(read_text(path), str(path)) if path and (path.exists() or ask is None) else []
    if ask is None:
        return held
    known = {decision.change for decision in held}
    asked = [
        ask(change) for change in together if change.id not in known and (change.conflicts or not change.hunk.tracked)
    ]
    return [*held, *(Decision.model_validate(answer) for answer in asked if answer)]


def prove_combined(
    data: bytes,
    sent_file: WordFile,
    sent: Sent,
    reviews: list[Review],
    together: list[Change],
    hidden: set[str],
    name: str,
) -> None:
    """Raise VersionFault unless a combined file, all rejected, is what was sent, and holds each reviewer's changes.

    Every change is shown by it or among the hidden ones, which the ledger has.
    """
    file = read(data, name).marked
    wrong = []
    if words(file, rejects) != words(sent_file.marked, rejects):
        wrong.append("rejecting all changes does not give what was sent")
    wrong += lost(file, [change for change in together if change.id not in hidden])
    for review in reviews:
        own = [change for change in together if change.review == review.name]
        others = [change for change in together if change.review != review.name]
        wrong += one_reviewer(file, sent, replace(review, changes=own), others, hidden)
    if wrong:
        raise VersionFault(f"{name} is not written: {'; '.join(wrong[:3])}. Report this with the copies.")


def words(file: Marked, keeps: Keeps) -> list[str]:
    """Return the paragraphs of a file, its changes accepted or rejected."""
    stories = (story for name, story in file.stories.items() if not name.startswith("word/"))
    return [text_of(line) for story in stories for line in lines_of(resolved(story, keeps))]


def as_ledger(
    together: list[Change],
    fates: Settled,
    unsettled: list[tuple[Change, str]],
    reviews: list[Review],
    decisions: list[Decision],
) -> bytes:
    """Return the ledger: every change, comment and other thing that came home, and what became of it."""
    by_id = {decision.change: decision for decision in decisions}
    stuck = {change.id: reason for change, reason in unsettled}
    state = {change.id: name for name in ("accepted", "rejected", "open") for change in getattr(fates, name)}
    rows = []
    for change in together:
        fate = "to settle by hand" if change.id in stuck else state.get(change.id, "agreed")
        row = as_row(change) | {"fate": fate, "to_do": stuck.get(change.id)}
        if change.id in by_id:
            row["decision"] = by_id[change.id].model_dump(mode="json", exclude_none=True)
        rows.append({key: value for key, value in row.items() if value not in (None, "", [])})
    held = as_data_of_reviews(reviews, together) | {"changes": rows}
    return (json.dumps(held, ensure_ascii=False, indent=2) + "\n").encode()


def as_data_of_reviews(reviews: list[Review], together: list[Change]) -> dict[str, Any]:
    """Return what came home as plain data."""
    return {
        "changes": [as_row(change) for change in together],
        "comments": [remark for review in reviews for remark in remark_rows(review)],
        "elsewhere": [{"review": review.name, "what": what} for review in reviews for what in review.elsewhere],
    }


def as_row(change: Change) -> dict[str, Any]:
    """Return a change as plain data."""
    return {
        "change": change.id,
        "author": change.hunk.mark.author,
        "others": sorted({p.inserted.author for p in change.hunk.pieces if p.inserted} - {change.hunk.mark.author}),
        "when": change.hunk.mark.when,
        "also_when": sorted({p.inserted.when for p in change.hunk.pieces if p.inserted} - {change.hunk.mark.when}),
        "kind": change.hunk.kind,
        "tracked": change.hunk.tracked,
        "unit": change.unit,
        "heading": change.heading,
        "before": change.before,
        "after": change.after,
        "conflicts": list(change.conflicts),
        "agrees": list(change.agrees),
    }


def remark_rows(review: Review) -> list[dict[str, Any]]:
    """Return the comments of a review as plain data."""
    return [
        {
            "review": review.name,
            "author": remark.comment.author,
            "when": remark.comment.when,
            "unit": remark.unit,
            "text": remark.comment.text,
            "answers": remark.comment.parent,
            "resolved": remark.comment.resolved,
        }
        for remark in review.remarks
    ]
