"""Merge reviewed copies of a draft into the next inspection file: what is written was proved before."""

import json
from dataclasses import dataclass
from hashlib import sha256

from letters.composition.letter import compose
from letters.document.walk import every_block
from letters.errors import VersionFault
from letters.findings.inspection import Inspection
from letters.findings.rewriting import rewrite
from letters.houses.house import House
from letters.verbs.changes import Reviews, SentInspection
from letters.verbs.combine import combined_file
from letters.verbs.steps import Step, log_step
from letters.versions.copies.changes import Change, Review
from letters.versions.deciding.decision_files import added_to, starter
from letters.versions.deciding.decisions import CopyDecision, Decision, Decisions
from letters.versions.deciding.ledger import ledger_of
from letters.versions.deciding.resolution import Resolution, resolve
from letters.versions.merging.applying import Origin
from letters.versions.merging.merger import Merger


@dataclass(frozen=True)
class Merged:
    """What a merge came to: the files that it makes, and what is left for a person."""

    inspection_text: str
    combined: bytes | None
    """The Word file with every change and comment, where it was asked for."""
    ledger: bytes
    resolution: Resolution
    by_hand: list[tuple[Change, str]]
    """Accepted changes that the inspection cannot take, each with what to do."""
    reviews: list[Review]
    drifted: list[str]
    """The blocks that the inspection says otherwise than they were sent."""
    unseen: list[Change]
    """Changes that the combined file cannot show; the ledger has them."""

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left for a person."""
        return not self.resolution.open and not self.by_hand and not any(review.elsewhere for review in self.reviews)


def resolution_of(found: Reviews, decisions: Decisions, *, take_over: bool = False) -> Resolution:
    """Return what becomes of each change; `take_over` lets decisions hold that were made on another copy."""
    return resolve(found.changes, decisions, found.reviews, take_over=take_over)


def merge(
    version: SentInspection, found: Reviews, house: House, resolution: Resolution, *, combined_name: str = ""
) -> Merged:
    """Return the next inspection file, with what was accepted in it.

    What cannot be made is left to a person, change by change. `combined_name` asks for the combined Word file, and is
    what messages call it.
    """
    log_step(Step.MERGE, version.source.name)
    blocks = {block.id: block for block in every_block(version.document.blocks)}
    notes = [note.id for note in version.document.notes]
    origin = Origin(version.inspection, found.sent, blocks, notes)
    merger = Merger(
        origin, version.document, found.reviews, lambda inspection: compose(inspection, house), resolution.instead
    )
    merging = merger.merged(resolution.accepted)
    text = rewrite(version.source.exact_text, next_version(merging.inspection), version.source.name)
    combined, unseen = combined_file(version, found, combined_name) if combined_name else (None, [])
    by_hand = [(change, merging.by_hand[change.id]) for change in found.changes if change.id in merging.by_hand]
    ledger = ledger_of(found.changes, resolution, merging.by_hand, found.reviews)
    return Merged(text, combined, ledger, resolution, by_hand, found.reviews, sorted(merger.drifted), unseen)


def next_version(inspection: Inspection) -> Inspection:
    """Return an inspection as the next version of itself; it is proved sound where its file is edited."""
    return inspection.model_copy(update={"version": inspection.version + 1})


def whole_copy(review: str, reason: str, name: str) -> CopyDecision:
    """Return the decision that a copy is accepted whole; raises VersionFault without a reason and a name."""
    if not (reason.strip() and name.strip()):
        raise VersionFault(f"{review} cannot be accepted without a reason and a name. Give both: --reason and --name.")
    return CopyDecision(review=review, reason=reason, name=name)


def decisions_text(text: str | None, asked: list[Decision], resolution: Resolution, found: Reviews, name: str) -> str:
    """Return a file of decisions with the answers; without a text, a new one in which to decide what is open."""
    before = starter(resolution, found.changes, found.reviews) if text is None else text
    return added_to(before, asked, name)


def with_next(ledger: bytes, next_file: bytes) -> bytes:
    """Return a ledger that records the inspection file of its merge by its SHA-256."""
    data = {"next": {"sha256": sha256(next_file).hexdigest()}, **json.loads(ledger)}
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()
