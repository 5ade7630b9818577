"""Footnotes that reviewers put in: each gets a name of its own, and its words."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from letters.document import markdown
from letters.document.blocks import Run
from letters.document.marks import Piece, accepts, lines_of, resolved
from letters.versions.copies.changes import Change, Review

NEW_NOTE = "new-note:"
"""Begins what the reference to a footnote is that a reviewer put in."""
STEM = "review-note-"


@dataclass
class NewNote:
    """A footnote that a reviewer put in."""

    object_key: str
    name: str
    text: str
    used: bool = False


def new_thing(review: str, piece: Piece) -> str:
    """Return what a reference is to a footnote that a reviewer put in: its number counts in that copy alone."""
    return f"{NEW_NOTE}{review}:{piece.object_key.removeprefix('note:')}"


def new_notes(changes: list[Change], reviews: list[Review], taken: Collection[str]) -> list[NewNote]:
    """Return the footnotes that some changes put in, under names that no other footnote has."""
    copies = {review.name: review for review in reviews}
    numbers = [int(name.removeprefix(STEM)) for name in taken if re.fullmatch(rf"{STEM}\d+", name)]
    free = max(numbers, default=0)
    found: dict[str, NewNote] = {}
    for change in changes:
        for piece in change.hunk.pieces:
            object_key = new_thing(change.review, piece)
            words = note_words(copies[change.review], piece) if piece.object_key.startswith("note:") else ""
            if words and object_key not in found:
                free += 1
                found[object_key] = NewNote(object_key, f"{STEM}{free}", words)
    return [*found.values()]


def note_words(review: Review, piece: Piece) -> str:
    """Return the words of a footnote as the small Markdown has them; none where the copy has no such footnote."""
    story = resolved(review.copy.stories.get(piece.object_key, ()), accepts)
    runs = [
        Run(held.text, held.strong, held.emphasis, held.link)
        for line in lines_of(story)
        for held in (*line.pieces, Piece(" "))
        if not held.object_key
    ]
    return markdown.source(tuple(runs)).strip()
