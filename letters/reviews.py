"""Reviewed copies -> their changes, and the next inspection with everybody's accepted changes in it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from letters.composition.letter import compose
from letters.document.blocks import Document
from letters.document.marks import Mark, Marked, marks_of, resolved
from letters.document.walk import every_block
from letters.drafts import block_names, chosen, letter_of
from letters.errors import VersionFault
from letters.findings.files import parse, read_exactly, read_text
from letters.findings.inspection import Inspection
from letters.findings.rewriting import rewrite
from letters.formats.files import replace_file
from letters.redlines import accepted, bytes_of
from letters.versions.applying import Origin
from letters.versions.changes import LEAST_FOUND, Change, Review, Sent, match_reviews, review_of, sent_of
from letters.versions.combined import combined
from letters.versions.deciding import added_to, starter
from letters.versions.decisions import CopyDecision, Decision, Decisions, read_decisions
from letters.versions.ledger import ledger_of
from letters.versions.merging import Merger
from letters.versions.proof import not_shown, unlike_copy, unlike_letter
from letters.versions.resolution import Resolution, resolve
from letters.versions.rivals import rivals_of, with_rivals_again
from letters.word.drafts import own_part, rivals_in, tracking, units_of, with_rivals
from letters.word.names import SETTINGS
from letters.word.package import archive, member
from letters.word.properties import read_back
from letters.word.read import WordFile, read
from letters.word.redline import with_stories

Ask = Callable[[list[Change], Resolution, list[Review]], list[dict[str, Any]]]
"""Gets the changes that need a decision; returns the decisions that somebody made."""


@dataclass(frozen=True)
class Merged:
    """What a merge came to."""

    resolution: Resolution
    by_hand: list[tuple[Change, str]]
    """Accepted changes that the inspection cannot take, each with what to do."""
    reviews: list[Review]
    written: list[Path]
    drifted: list[str] = field(default_factory=list)
    """The blocks that the inspection says otherwise than they were sent."""
    unseen: list[Change] = field(default_factory=list)
    """Changes that the combined file cannot show; the ledger has them."""

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left for a person."""
        return not self.resolution.open and not self.by_hand and not any(review.elsewhere for review in self.reviews)


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
    _, reviews, _ = read_reviews(file, units, reviewed)
    return reviews, match_reviews(reviews)


def sent_file(path: Path, inspection: Inspection, document: Document, data: bytes) -> tuple[WordFile, dict[str, str]]:
    """Return the file that was sent: the kept bytes where there are any, else what the inspection composes to."""
    kept = kept_copy(path, inspection)
    data = kept.read_bytes() if kept.exists() else data
    return accepted(read(data, str(kept if kept.exists() else path))), block_names(document)


def read_reviews(
    file: WordFile, units: dict[str, str], reviewed: list[Path]
) -> tuple[Sent, list[Review], list[WordFile]]:
    """Return what was sent, what each reviewed copy brings home, and the copies."""
    sent = sent_of(file.marked, units)
    shown = {mark for story in read_again(file).stories.values() for mark in marks_of(story)}
    reviews, files = [], []
    for path, name in zip(reviewed, short_names(reviewed), strict=True):
        data = bytes_of(path)
        copy = read(data, str(path))
        refuse_other_draft(copy, file, str(path))
        review, found = review_of(sent, without(copy.marked, shown), name, file.marked)
        review.digest = sha256(data).hexdigest()
        with_rivals_again(review, rivals_in(copy.parts), sent)
        review.elsewhere += unlike_copy(review, sent)
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
    take_over: bool = False,
    whole: list[CopyDecision] | None = None,
) -> Merged:
    """Merge reviewed copies into the next inspection file.

    What cannot be made is left to a person, change by change; whatever is written was proved before.
    """
    refuse_targets([inspection_path, *reviewed], [path for path in (out, combined_out, ledger) if path])
    text = read_exactly(inspection_path)
    inspection = parse(text, str(inspection_path))
    document, data = letter_of(inspection, house)
    file, units = sent_file(inspection_path, inspection, document, data)
    sent, reviews, copies = read_reviews(file, units, reviewed)
    together = match_reviews(reviews)
    decisions = decided(decisions_path)
    decisions.copies += whole or []
    resolution, asked = resolved_with(decisions, together, reviews, ask, take_over=take_over)
    origin = Origin(inspection, sent, {block.id: block for block in every_block(document.blocks)}, note_ids(document))
    merger = Merger(origin, document, reviews, lambda held: compose(held, chosen(house)), resolution.instead)
    merging = merger.merged(resolution.accepted)
    writes = [(out, rewrite(text, next_version(merging.inspection), str(inspection_path)).encode())]
    if decisions_path and (asked or (resolution.open and not decisions_path.exists())):
        kept = kept_decisions(decisions_path, asked, resolution, together, reviews)
        writes.append((decisions_path, kept.encode()))
    unseen: list[Change] = []
    if combined_out:
        combined_data, unseen = combined_file(file, sent, reviews, together, copies, str(combined_out))
        writes.append((combined_out, combined_data))
    if ledger:
        writes.append((ledger, ledger_of(together, resolution, merging.by_hand, reviews)))
    for path, held in writes:
        replace_file(path, held)
    by_hand = [(change, merging.by_hand[change.id]) for change in together if change.id in merging.by_hand]
    return Merged(resolution, by_hand, reviews, [path for path, _ in writes], sorted(merger.drifted), unseen)


def resolved_with(
    decisions: Decisions, together: list[Change], reviews: list[Review], ask: Ask | None, *, take_over: bool
) -> tuple[Resolution, list[Decision]]:
    """Return what becomes of each change, and the decisions that were asked for."""
    resolution = resolve(together, decisions, reviews, take_over=take_over)
    if ask is None:
        return resolution, []
    asked = [Decision.model_validate(answer) for answer in ask(resolution.open, resolution, reviews)]
    decisions.decisions += asked
    return resolve(together, decisions, reviews, take_over=take_over), asked


def next_version(inspection: Inspection) -> Inspection:
    """Return an inspection as the next version of itself; it is proved sound where its file is edited."""
    return inspection.model_copy(update={"version": inspection.version + 1})


def whole_copy(review: str, reason: str, name: str) -> CopyDecision:
    """Return the decision that a copy is accepted whole; raises VersionFault without a reason and a name."""
    if not (reason.strip() and name.strip()):
        raise VersionFault(f"{review} is accepted whole without a reason or a name. Give both: --reason and --name.")
    return CopyDecision(review=review, reason=reason, name=name)


def note_ids(document: Document) -> list[str]:
    """Return the names of a letter's footnotes, in order."""
    return [note.id for note in document.notes]


def refuse_targets(inputs: list[Path], targets: list[Path]) -> None:
    """Raise VersionFault where a file to be written is one of the others, or a folder."""
    taken = {path.resolve() for path in inputs}
    for path in targets:
        if path.resolve() in taken:
            raise VersionFault(f"{path}: this is one of the files to be read, or is to be written twice. Name another.")
        if path.is_dir():
            raise VersionFault(f"{path}: this is a folder. Name a file in it.")
        taken.add(path.resolve())


def decided(path: Path | None) -> Decisions:
    """Return the decisions of a file; none where there is no file yet."""
    return read_decisions(read_text(path), str(path)) if path and path.exists() else Decisions()


def kept_decisions(
    path: Path, asked: list[Decision], resolution: Resolution, together: list[Change], reviews: list[Review]
) -> str:
    """Return the file of decisions with the answers that were given; a new one has what is open, to be filled in."""
    text = read_text(path) if path.exists() else starter(resolution, together, reviews)
    return added_to(text, asked, str(path))


def combined_file(
    file: WordFile, sent: Sent, reviews: list[Review], together: list[Change], copies: list[WordFile], name: str
) -> tuple[bytes, list[Change]]:
    """Return the Word file with every change and comment, and the changes that it cannot show.

    Each round takes out what the file read back does not show; without any change it is what was sent.
    """
    open_parts = {**file.parts, SETTINGS: tracking(file.parts[SETTINGS])}
    unseen = doubled(together)
    while True:
        marked = combined(file.marked, sent, together, reviews, unseen)
        parts = open_parts | with_disputes(file.parts, rivals_of(together, unseen))
        data = with_stories(replace(file, parts=parts), copies, marked)
        shown = [change for change in together if change.id not in unseen]
        back = read(data, name).marked
        failed = not_shown(back, shown) | unlike_letter(back, file.marked, sent, reviews, shown)
        if not failed & {change.id for change in shown}:
            return data, [change for change in together if change.id in unseen]
        unseen |= failed


def with_disputes(parts: dict[str, bytes], rivals: list[dict[str, str]]) -> dict[str, bytes]:
    """Return the part of a combined file that says what each disputed change takes out, where there is such a part."""
    return {name: with_rivals(part, rivals) for name, part in parts.items() if part and part == own_part(parts)}


def doubled(together: list[Change]) -> set[str]:
    """Return the changes that say what an earlier one says: the file shows it once."""
    seen: set[str] = set()
    for change in together:
        if not seen & {*change.agrees}:
            seen.add(change.id)
    return {change.id for change in together} - seen
