"""Look into a Word file: whether somebody's review is in it."""

from letters.document.marks import marks_of
from letters.word.read import read


def holds_review(data: bytes) -> bool:
    """Say whether a Word file has tracked changes or comments; raises UnreadableInput where it is none."""
    marked = read(data, "the file").marked
    return bool(marked.comments) or any(next(iter(marks_of(story)), None) for story in marked.stories.values())
