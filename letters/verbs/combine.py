"""The combined Word file: what was sent with every reviewer's changes and comments in it, proved by reading it back."""

from dataclasses import replace

from letters.verbs.changes import Reviews, SentVersion
from letters.versions.copies.changes import Change
from letters.versions.copies.rivals import rivals_of
from letters.versions.merging.combined import combined
from letters.versions.merging.proof import not_shown, unlike_letter
from letters.word.drafts import own_part, tracking, with_rivals
from letters.word.names import SETTINGS
from letters.word.read import read
from letters.word.redline import with_stories


def combined_file(version: SentVersion, found: Reviews, name: str) -> tuple[bytes, list[Change]]:
    """Return the Word file with every change and comment, and the changes that it cannot show.

    Each round takes out what the file read back does not show; without any change it is what was sent.
    """
    file, together = version.file, found.changes
    open_parts = {**file.parts, SETTINGS: tracking(file.parts[SETTINGS])}
    unseen = doubled(together)
    while True:
        marked = combined(file.marked, found.sent, together, found.reviews, unseen)
        parts = open_parts | with_disputes(file.parts, rivals_of(together, unseen))
        data = with_stories(replace(file, parts=parts), found.word_files, marked)
        shown = [change for change in together if change.id not in unseen]
        back = read(data, name).marked
        failed = not_shown(back, shown) | unlike_letter(back, file.marked, found.sent, found.reviews, shown)
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
