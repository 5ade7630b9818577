"""What a combined file says beside its marks, and what it means when that file comes back as a reviewed copy.

Word shows the words that two took out as taken out by one of them, and has no sign for a dispute.
"""

from collections.abc import Collection
from dataclasses import replace

from letters.versions.copies.changes import Change, Review, Sent, around_of

IN_THE_LEDGER = "in-the-ledger"
"""Stands for a disputed change that a combined file could not show."""


def rivals_of(together: list[Change], unseen: Collection[str]) -> list[dict[str, str]]:
    """Return every disputed change, with the words that it takes out and those that it disputes."""
    return [
        {
            "id": change.id,
            "author": change.hunk.mark.author,
            "when": change.hunk.mark.when,
            "typed": " ".join(sorted(times_of(change))),
            "line": str(change.hunk.line),
            "start": str(change.hunk.start),
            "end": str(change.hunk.end),
            "after": change.after,
            "kind": change.hunk.kind,
            "disputes": " ".join(change.conflicts),
        }
        for change in together
        if change.conflicts and change.id not in unseen
    ]


def times_of(change: Change) -> set[str]:
    """Return when a change was made: what it takes out, and what it puts in."""
    return {change.hunk.mark.when, *(piece.inserted.when for piece in change.hunk.pieces if piece.inserted)}


def with_rivals_again(review: Review, rivals: list[dict[str, str]], sent: Sent) -> Review:
    """Return a review whose changes dispute again what they disputed when a combined file was made of them.

    A change takes out again what the file shows as taken out by another. A rival that the file could not show still
    stands against it: the ledger has it.
    """
    told = {rival.get("id", ""): rival for rival in rivals}
    names: dict[str, list[str]] = {}
    for place, change in enumerate(review.changes):
        for name in [name for name, rival in told.items() if is_of(change, rival)]:
            names.setdefault(name, []).append(change.id)
            if change.hunk.kind == told[name].get("kind") == "words":
                review.changes[place] = whole_again(review.changes[place], told[name], review, sent)
    disputes = {
        change: {
            rival
            for other in told[name].get("disputes", "").split()
            for rival in names.get(other, [IN_THE_LEDGER])
            if rival != change
        }
        for name, held in names.items()
        for change in held
    }
    review.changes = [
        replace(change, conflicts=tuple(sorted({*change.conflicts, *disputes.get(change.id, ())})))
        for change in review.changes
    ]
    return review


def is_of(change: Change, rival: dict[str, str]) -> bool:
    """Say whether a change in a combined file is one of the disputed ones, or part of it."""
    hunk = change.hunk
    same = hunk.mark.author == rival.get("author") and str(hunk.line) == rival.get("line")
    return same and bool(times_of(change) & {*rival.get("typed", "").split(" ")})


def whole_again(change: Change, rival: dict[str, str], review: Review, sent: Sent) -> Change:
    """Return a change with all the words that it took out before others' changes were laid beside it."""
    hunk = change.hunk
    digits = [rival.get(key, "") for key in ("start", "end")]
    start, end = (int(held) if held.isdecimal() else -1 for held in digits)
    inside = 0 <= start <= hunk.start <= hunk.end <= end <= len(sent.text(hunk.line))
    if change.after != rival.get("after") or not inside or (start, end) == (hunk.start, hunk.end):
        return change
    number = int(change.id.rpartition("-")[2])
    review.edition.also.setdefault(hunk.line, []).append((start, end, number))
    before = sent.text(hunk.line)[start:end]
    mark = hunk.mark._replace(when=rival.get("when", ""))
    whole = hunk._replace(start=start, end=end, taken=before, mark=mark)
    return replace(change, hunk=whole, before=before, around=around_of(sent.text(hunk.line), start, end))
