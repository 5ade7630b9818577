"""What was decided on each change: accepted, rejected or accepted in part, with a reason and a name.

A decision names the change by its words and the copy by its hash: for another copy it never holds by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import yaml
from pydantic import Field, ValidationError, model_validator

from letters.errors import Fault, InspectionFaults
from letters.findings.text import Line, Part, Prose
from letters.findings.yaml_source import Source, SourceError
from letters.versions.changes import Change, Review

SHORTEST_HASH = 12
"""Digits of a copy's SHA-256 that tell it from every other."""
DECISION_FORM = (
    "A decision has change, copy, decision (accept, reject or part), reason and name; part has text too. "
    "`letters merge --decisions FILE` writes a FILE to start from where there is none."
)


class Verdict(StrEnum):
    """What is done with a change."""

    ACCEPT = "accept"
    REJECT = "reject"
    PART = "part"


class Decision(Part):
    """One decision."""

    change: Line
    """The change, by its id."""
    copy_hash: Line | None = Field(default=None, alias="copy")
    """The copy that the change stands in: the SHA-256 of its bytes, or the first digits of it."""
    place: str = ""
    """The finding and field that it is about."""
    author: str = ""
    """Who made it."""
    before: str | None = None
    """The words that it takes out."""
    after: str | None = None
    """The words that it puts in."""
    decision: Verdict
    """accept, reject or part."""
    text: Prose | None = None
    """With part: the words that stand instead of those proposed."""
    reason: Prose
    """Why."""
    name: Line
    """Who decided."""

    @model_validator(mode="after")
    def says_the_words(self) -> "Decision":
        if self.decision is Verdict.PART and self.text is None:
            raise ValueError("accepts in part and has no `text`; write the words that stand instead")
        return self

    @property
    def names_its_change(self) -> bool:
        """Whether it says more of its change than a number, which another change has in another copy."""
        return self.copy_hash is not None or self.before is not None or self.after is not None

    def is_about(self, change: Change) -> bool:
        """Say whether it is about just these words of this author at this place."""
        words = (self.place, self.author, self.before or "", self.after or "")
        return words == (change.unit, change.hunk.mark.author, change.before, change.after)

    def is_of(self, digest: str) -> bool:
        """Say whether it was made on the copy of this hash."""
        held = (self.copy_hash or "").lower()
        return len(held) >= SHORTEST_HASH and digest.startswith(held)


class CopyDecision(Part):
    """One decision on a whole copy: everything in it is accepted, also what was made with tracking off."""

    review: Line
    """The copy, by its name."""
    copy_hash: Line | None = Field(default=None, alias="copy")
    """The SHA-256 of its bytes, or the first digits of it."""
    decision: Verdict = Verdict.ACCEPT
    """accept."""
    reason: Prose
    """Why."""
    name: Line
    """Who decided."""


class Decisions(Part):
    """A file of decisions."""

    decisions: list[Decision] = []
    """The decisions, in any order."""
    copies: list[CopyDecision] = []
    """Decisions on whole copies."""


@dataclass(frozen=True)
class Resolution:
    """Changes by what becomes of them."""

    accepted: list[Change]
    rejected: list[Change]
    open: list[Change]
    """Changes to words that others changed otherwise, and changes made with tracking off: somebody has to decide."""
    decided: Mapping[str, Decision] = field(default_factory=dict)
    """The decision that holds for a change, by its id."""
    before: Mapping[str, Decision] = field(default_factory=dict)
    """What was decided before, on another copy, about the same change: it holds where somebody takes it over."""
    instead: Mapping[str, str] = field(default_factory=dict)
    """The words that stand instead of those that a change proposed, where it was accepted in part."""


def read_decisions(text: str, name: str) -> Decisions:
    """Return the decisions of a YAML file; raises InspectionFaults with the line of a mistake.

    Everything in it is text: a reason may be `no`. What says no decision yet is left out.
    """
    try:
        source = Source(text)
    except SourceError as error:
        raise InspectionFaults([Fault(name, error.line, "", error.message, error.remedy)]) from None
    data = as_text(source.data, yaml.load(text, yaml.BaseLoader)) or {}
    data = {key: rows or [] for key, rows in data.items()} if isinstance(data, dict) else data
    places = decided_rows(data)
    try:
        return Decisions.model_validate(data)
    except ValidationError as error:
        faults = [fault_of(detail, source, places, name) for detail in error.errors()]
        raise InspectionFaults(faults) from None


def as_text(data: Any, literal: Any) -> Any:
    """Return data in which every value that is no text is the text that stands in the file."""
    if isinstance(data, dict) and isinstance(literal, dict):
        return {key: as_text(value, literal.get(key)) for key, value in data.items()}
    if isinstance(data, list) and isinstance(literal, list):
        return [as_text(value, other) for value, other in zip(data, literal, strict=True)]
    return data if isinstance(data, str) else literal


def decided_rows(data: Any) -> list[int]:
    """Take out of a file's data the rows that say no decision yet; return where the others stood."""
    rows = data.get("decisions") if isinstance(data, dict) else None
    if not isinstance(rows, list):
        return []
    kept = [place for place, row in enumerate(rows) if not isinstance(row, dict) or row.get("decision") != ""]
    data["decisions"] = [rows[place] for place in kept]
    return kept


def fault_of(detail: Any, source: Source, places: list[int], name: str) -> Fault:
    """Return a mistake in a decision, at its line and in the order of the file."""
    path = detail["loc"]
    if path[:1] == ("decisions",) and len(path) > 1 and path[1] < len(places):
        path = ("decisions", places[path[1]], *path[2:])
    steps = [f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path]
    return Fault(name, source.line_of(path), "".join(steps).removeprefix("."), detail["msg"], DECISION_FORM)


def bound(decisions: Decisions, changes: list[Change], reviews: list[Review], *, take_over: bool) -> Resolution:
    """Return the decisions that hold for these copies, and those that were made before on the same words.

    With `take_over` those hold as well. Raises InspectionFaults where a decision names no change.
    """
    digests = {review.name: review.digest for review in reviews}
    by_id = {change.id: change for change in changes}
    holds: dict[str, Decision] = {}
    before: dict[str, Decision] = {}
    for decision in decisions.decisions:
        change = by_id.get(decision.change)
        if change and decision.is_of(digests[change.review]):
            refuse_other_words(decision, change)
            holds[change.id] = decision
            continue
        same = [other for other in changes if decision.is_about(other)]
        if change and not decision.names_its_change:
            same = [change]
        elif decision.copy_hash is None and not same and change is None:
            raise no_such_change(decision.change)
        before |= {other.id: decision for other in same}
    before = {change: decision for change, decision in before.items() if change not in holds}
    if take_over:
        return Resolution([], [], [], holds | before)
    return Resolution([], [], [], holds, before)


def refuse_other_words(decision: Decision, change: Change) -> None:
    """Raise InspectionFaults where a decision on this copy says other words than the change has."""
    told = {"before": decision.before, "after": decision.after, "author": decision.author or None}
    has = {"before": change.before, "after": change.after, "author": change.hunk.mark.author}
    for key, words in told.items():
        if words is not None and words != has[key]:
            message = f"`{key}` says {words!r}, and the change has {has[key]!r}"
            raise InspectionFaults([Fault("decisions", 0, change.id, message, "Decide on it again.")])


def no_such_change(name: str) -> InspectionFaults:
    """Return what to raise for a decision on a change that is not there."""
    return InspectionFaults([Fault("decisions", 0, name, "there is no such change", "`letters changes` lists them.")])


def resolve(
    changes: list[Change], decisions: Decisions, reviews: list[Review], *, take_over: bool = False
) -> Resolution:
    """Return changes by what becomes of them: without a decision, what is tracked and undisputed is accepted."""
    held = bound(decisions, changes, reviews, take_over=take_over)
    whole = accepted_copies(decisions, reviews)
    out = Resolution([], [], [], held.decided, held.before, {})
    instead: dict[str, str] = {}
    taken: set[str] = set()
    state: dict[str, str] = {}
    by_id = {change.id: change for change in changes}
    for change in sorted(changes, key=lambda change: (bool(change.within), bool(change.hunk.against))):
        if taken & {*change.agrees}:
            state[change.id] = "agreed"
            continue
        state[change.id] = fate(change, held, whole, state, by_id)
        if state[change.id] == "accepted":
            refuse_both(change, taken, by_id, whole)
            taken.add(change.id)
            decision = held.decided.get(change.id)
            if decision and decision.decision is Verdict.PART and decision.text is not None:
                instead[change.id] = in_part(change, decision)
    for change in changes:
        if state[change.id] == "open" and taken & {*change.agrees}:
            state[change.id] = "agreed"
        if state[change.id] != "agreed":
            getattr(out, state[change.id]).append(change)
    return Resolution(out.accepted, out.rejected, out.open, held.decided, held.before, instead)


def fate(
    change: Change,
    held: Resolution,
    whole: set[str],
    state: Mapping[str, str],
    by_id: Mapping[str, Change],
) -> str:
    """Return what becomes of a change: accepted, rejected or open; what was decided on another copy is asked again."""
    decided = held.decided
    decision = decided.get(change.id)
    host = state.get(change.within, "accepted") if change.within else "accepted"
    if host in ("rejected", "open"):
        return host
    if decision is not None:
        return "rejected" if decision.decision is Verdict.REJECT else "accepted"
    if taken_back(change, decided, by_id):
        return "rejected"
    if change.review in whole:
        others = [other for other in change.conflicts if by_id[other].review != change.review]
        return "open" if any(is_open(change, other, decided, by_id) for other in others) else "accepted"
    disputed = any(is_open(change, other, decided, by_id) for other in change.conflicts)
    return "open" if disputed or not change.hunk.tracked or change.id in held.before else "accepted"


def is_open(change: Change, other: str, decided: Mapping[str, Decision], by_id: Mapping[str, Change]) -> bool:
    """Say whether another change still stands against this one.

    One that was rejected does not; one that takes out some of its words does not once it is decided on.
    """
    decision = decided.get(other)
    if decision is None:
        return True
    takes_words = other in by_id and change.id in rivals_of(by_id[other])
    return decision.decision is not Verdict.REJECT and not takes_words


def rivals_of(change: Change) -> set[str]:
    """Return the changes of the same copy whose new words a change takes out."""
    return {f"{change.review}-{edit}" for edit in change.hunk.against}


def taken_back(change: Change, decided: Mapping[str, Decision], by_id: Mapping[str, Change]) -> bool:
    """Say whether an accepted change takes out every word that this one puts in."""
    for other in change.conflicts:
        rival, decision = by_id.get(other), decided.get(other)
        if rival is None or decision is None or decision.decision is Verdict.REJECT:
            continue
        if change.id in rivals_of(rival) and change.after and rival.before == change.after and not change.before:
            return True
    return False


def accepted_copies(decisions: Decisions, reviews: list[Review]) -> set[str]:
    """Return the copies that are accepted whole; raises InspectionFaults where there is no such copy."""
    known = {review.name: review.digest for review in reviews}
    found = set()
    for decision in decisions.copies:
        digest = known.get(decision.review)
        held = (decision.copy_hash or digest or "").lower()
        if digest is None or len(held) < SHORTEST_HASH or not digest.startswith(held):
            message = f"there is no copy {decision.review!r} of that hash"
            remedy = f"The copies are {', '.join(known)}; decide on the one that came."
            raise InspectionFaults([Fault("decisions", 0, "copies", message, remedy)])
        found.add(decision.review)
    return found


def refuse_both(change: Change, taken: set[str], by_id: Mapping[str, Change], whole: set[str]) -> None:
    """Raise InspectionFaults where a change to the same words is accepted already.

    One may take out another's new words, and in a copy that is accepted whole the later edit follows the earlier.
    """
    for other in sorted(taken & {*change.conflicts}):
        if other in rivals_of(change) or change.id in rivals_of(by_id[other]):
            continue
        if change.review in whole and by_id[other].review == change.review:
            continue
        message = f"{other} and {change.id} give the same words something else, and both are accepted"
        raise InspectionFaults([Fault("decisions", 0, change.id, message, "Reject one, or accept one in part.")])


def in_part(change: Change, decision: Decision) -> str:
    """Return the words that were decided on; raises InspectionFaults where a change has no words to put others for."""
    if change.hunk.kind not in ("words", "against", "paragraph") or decision.text is None:
        message = f"{change.id} is no change of words; only words can be accepted in part"
        raise InspectionFaults([Fault("decisions", 0, change.id, message, "Accept or reject it.")])
    start = change.after[: len(change.after) - len(change.after.lstrip())] if change.after else ""
    end = change.after[len(change.after.rstrip()) :] if change.after.strip() else ""
    return f"{start}{decision.text.strip()}{end}"


def decision_on(change: Change, review: Review, verdict: str, reason: str, name: str, text: str | None) -> Decision:
    """Return a decision that names the change by its words and the copy by its hash."""
    return Decision.model_validate(
        {
            "change": change.id,
            "copy": review.digest[:SHORTEST_HASH],
            "place": change.unit,
            "author": change.hunk.mark.author,
            "before": change.before,
            "after": change.after,
            "decision": verdict,
            "reason": reason,
            "name": name,
            "text": text,
        }
    )
