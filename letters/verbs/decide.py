"""Decide on an open change: what it is in words, and the decision as the files of decisions hold it."""

from pydantic import ValidationError

from letters.errors import LettersError
from letters.verbs.changes import Reviews
from letters.versions.copies.changes import Change
from letters.versions.deciding.decisions import Decision, decision_on
from letters.versions.deciding.resolution import Resolution
from letters.versions.deciding.saying import place_of, said_of

__all__ = ["Change", "Decision", "Resolution", "decide", "is_reached", "place_and_words"]


def place_and_words(change: Change) -> str:
    """Return where a change is and what it says, in words."""
    return f"{place_of(change.hunk, change.unit, change.heading)}: {said_of(change)}"


def decide(found: Reviews, change: Change, verdict: str, reason: str, name: str, text: str | None = None) -> Decision:
    """Return the decision on a change, bound to the copy that it came in and to its words.

    `verdict` is accept, reject or part; with part, `text` has the words that are taken instead. Raises LettersError
    where an answer cannot be kept: it is empty, or has signs that no file can carry.
    """
    copy = next(review for review in found.reviews if review.name == change.review)
    try:
        return decision_on(change, copy, verdict, reason, name, text)
    except ValidationError as error:
        field = str(error.errors()[0]["loc"][-1]) if error.errors()[0]["loc"] else "text"
        raise LettersError(f"the {field} cannot be kept as it is. Write it again, in plain words.") from None


def is_reached(change: Change, decided: Change, reach: str) -> bool:
    """Say whether a decision on one open change is for another too: all of its "copy", or all "like" it."""
    if reach == "copy":
        return change.review == decided.review
    same = (change.before, change.after, change.hunk.kind) == (decided.before, decided.after, decided.hunk.kind)
    return reach == "like" and same
