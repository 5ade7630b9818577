"""The ledger of a merge: every change, comment and other thing that came home, and what became of it."""

import json
from collections.abc import Mapping
from typing import Any

from letters.document.marks import Mark
from letters.errors import UnreadableInput
from letters.versions.copies.changes import Change, Review
from letters.versions.deciding.decisions import Decision
from letters.versions.deciding.resolution import Resolution
from letters.versions.deciding.saying import said_of
from letters.versions.redlining.explaining import Entry


def ledger_of(
    together: list[Change], resolution: Resolution, by_hand: Mapping[str, str], reviews: list[Review]
) -> bytes:
    """Return the ledger as JSON."""
    state = {change.id: name for name in ("accepted", "rejected", "open") for change in getattr(resolution, name)}
    rows = []
    for change in together:
        fate = "to settle by hand" if change.id in by_hand else state.get(change.id, "agreed")
        row = as_row(change) | {"fate": fate, "to_do": by_hand.get(change.id)}
        if change.id in resolution.decided:
            row["decision"] = as_data(resolution.decided[change.id])
        elif change.id in resolution.before:
            row["decided_before"] = as_data(resolution.before[change.id])
        rows.append({key: value for key, value in row.items() if value not in (None, "", [])})
    held = reviews_as_data(reviews, together) | {"changes": rows}
    return (json.dumps(held, ensure_ascii=False, indent=2) + "\n").encode()


def as_data(decision: Decision) -> dict[str, Any]:
    """Return a decision as plain data."""
    return decision.model_dump(mode="json", exclude_none=True, by_alias=True)


def reviews_as_data(reviews: list[Review], together: list[Change]) -> dict[str, Any]:
    """Return what came home as plain data."""
    return {
        "copies": [{"review": review.name, "copy": review.digest} for review in reviews],
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
        "says": said_of(change),
        "around": [*change.around],
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
            "change": remark.change,
            "text": remark.comment.text,
            "answers": remark.comment.parent,
            "resolved": remark.comment.resolved,
        }
        for remark in review.remarks
    ]


def entries_of(data: bytes, name: str) -> list[Entry]:
    """Return the accepted changes of a ledger that `letters merge` wrote; raises UnreadableInput for anything else."""
    try:
        return [entry_of(row) for row in json.loads(data)["changes"] if row["fate"] == "accepted"]
    except (ValueError, LookupError, TypeError, AttributeError):
        raise UnreadableInput(
            f"{name}: this is not a ledger. Name a file that `letters merge --ledger` wrote."
        ) from None


def entry_of(row: dict[str, Any]) -> Entry:
    """Return one row of a ledger."""
    before, after = row.get("around", ("", ""))
    mark = Mark(row["author"], row.get("when", ""))
    return Entry(row.get("before", ""), row.get("after", ""), mark, row.get("kind", "words"), (before, after))
