"""What becomes of each change: accepted, rejected or open, by the decisions that hold for these copies."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from letters.errors import Fault, InspectionFaults
from letters.versions.copies.changes import Change, Review
from letters.versions.deciding.decisions import SHORTEST_HASH, Decision, Decisions, Verdict


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
            message = f"`{key}` is {words!r}, but the change has {has[key]!r}"
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
    for change in sorted(changes, key=lambda change: (depth(change, by_id), bool(change.hunk.against))):
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
    if hosts_fell(change, state):
        return "open" if change.after else "rejected"
    if change.review in whole:
        others = [other for other in change.conflicts if other in by_id and by_id[other].review != change.review]
        return "open" if any(is_open(change, other, decided, by_id) for other in others) else "accepted"
    disputed = any(is_open(change, other, decided, by_id) for other in change.conflicts)
    return "open" if disputed or not change.hunk.tracked or change.id in held.before else "accepted"


def depth(change: Change, by_id: Mapping[str, Change]) -> int:
    """Return in how many others' new words or paragraphs a change stands."""
    host = by_id.get(change.within or change.inside)
    return 1 + depth(host, by_id) if host else 0


def hosts_fell(change: Change, state: Mapping[str, str]) -> bool:
    """Say whether the new words that a change stands in, or takes out, were all rejected."""
    hosts = [*rivals_of(change), *filter(None, [change.inside])]
    return bool(hosts) and all(state.get(host) == "rejected" for host in hosts)


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


def refuse_both(change: Change, taken: set[str], by_id: Mapping[str, Change], whole: set[str]) -> None:
    """Raise InspectionFaults where a change to the same words is accepted already.

    One may take out another's new words, and in a copy that is accepted whole the later edit follows the earlier.
    """
    for other in sorted(taken & {*change.conflicts}):
        if other in rivals_of(change) or change.id in rivals_of(by_id[other]):
            continue
        if change.review in whole and by_id[other].review == change.review:
            continue
        message = f"{other} and {change.id} change the same words differently, and both are accepted"
        raise InspectionFaults([Fault("decisions", 0, change.id, message, "Reject one, or accept one in part.")])


def in_part(change: Change, decision: Decision) -> str:
    """Return the words that were decided on; raises InspectionFaults where a change has no words to put others for."""
    if change.hunk.kind not in ("words", "against", "paragraph") or decision.text is None:
        message = f"{change.id} does not change words; only words can be accepted in part"
        raise InspectionFaults([Fault("decisions", 0, change.id, message, "Accept or reject it.")])
    start = change.after[: len(change.after) - len(change.after.lstrip())] if change.after else ""
    end = change.after[len(change.after.rstrip()) :] if change.after.strip() else ""
    return f"{start}{decision.text.strip()}{end}"


def accepted_copies(decisions: Decisions, reviews: list[Review]) -> set[str]:
    """Return the copies that are accepted whole; raises InspectionFaults where there is no such copy."""
    known = {review.name: review.digest for review in reviews}
    found = set()
    for decision in decisions.copies:
        digest = known.get(decision.review)
        held = (decision.copy_hash or digest or "").lower()
        if digest is None or len(held) < SHORTEST_HASH or not digest.startswith(held):
            message = f"there is no copy {decision.review!r} with that hash"
            remedy = f"The copies are {', '.join(known)}; decide on the one that was returned."
            raise InspectionFaults([Fault("decisions", 0, "copies", message, remedy)])
        found.add(decision.review)
    return found
