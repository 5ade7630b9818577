"""One change in words, for people: what was done to which words, never a sign that stands for something else."""

from letters.document.marks import Piece
from letters.versions.copies.changes import Change
from letters.versions.copies.elsewhere import name_of, quoted
from letters.versions.edits import Hunk

LONGEST = 60
"""Letters of the words that show where an edit of no words stands."""


def said_of(change: Change) -> str:
    """Return what a change does, in words."""
    kind = change.hunk.kind
    if kind in SAYINGS:
        return SAYINGS[kind](change)
    if change.before and change.after:
        return f"{quoted(change.before)} -> {quoted(change.after)}"
    if change.after:
        return f"{quoted(change.after)} added"
    things = [name_of(piece) for piece in change.hunk.pieces if piece.object_key]
    if things:
        return f"{', '.join(things)} added"
    return f"{quoted(change.before)} removed" if change.before else "an empty paragraph or a space"


def parted(change: Change) -> str:
    """Say where a paragraph was parted, and what was typed there."""
    words = f"split after {end_of(change.around[0])}"
    words += f", with {quoted(change.after)} added" if change.after else ""
    return words + (f", and {quoted(change.before)} removed" if change.before else "")


def joined(change: Change) -> str:
    """Say what was joined."""
    return f"joined with the paragraph that follows, after {end_of(change.around[0])}"


def look(change: Change) -> str:
    """Say what look words were given."""
    return f"{', '.join(looks_of(change.hunk.pieces[0]))}: {quoted(change.before)}"


def looks_of(piece: Piece) -> list[str]:
    """Return the look of words."""
    words = ["bold"] * piece.strong + ["italic"] * piece.emphasis
    return [f"links to {piece.link}"] * bool(piece.link) + words or ["plain, without formatting or link"]


def moved(change: Change) -> str:
    """Say what was moved, and where to."""
    return f"{start_of(change.before)} {change.after}"


def object_key(change: Change) -> str:
    """Say which thing that is no word was put in or taken out."""
    return f"{change.after} added" if change.after else "a picture or other object removed"


def typing(change: Change) -> str:
    """Say how many places are typed otherwise."""
    count = len(change.hunk.spots)
    places = "one place" if count == 1 else f"{count} places"
    return f"{places} where only quotation marks, dashes or spaces differ"


def against(change: Change) -> str:
    """Say which new words of another's were taken out again."""
    words = f"removes {quoted(change.before)}, which somebody else added" if change.before else "removes another's edit"
    return words + (f", and adds {quoted(change.after)}" if change.after else "")


def end_of(text: str) -> str:
    """Return the end of a text, in quotes."""
    return quoted(text if len(text) <= LONGEST else f"…{text[-LONGEST:]}")


def start_of(text: str) -> str:
    """Return the beginning of a text, in quotes."""
    return quoted(text if len(text) <= LONGEST else f"{text[:LONGEST]}…")


def place_of(hunk: Hunk, unit: str, heading: str) -> str:
    """Return where an edit stands, for people."""
    if hunk.kind == "typing":
        return "the whole letter"
    return unit or f"no finding, under {heading or 'the beginning'}"


SAYINGS = {
    "parted": parted,
    "joined": joined,
    "look": look,
    "moved": moved,
    "object": object_key,
    "typing": typing,
    "against": against,
}
