"""Edits of a YAML text at its places, and which lines and comments belong to an entry."""

import re
from typing import NamedTuple

from letters.findings.word_changes import common_ends
from letters.findings.yaml_places import Spot, line_end, line_start

Edit = tuple[int, int, str]
OWN_ID = re.compile(r"(?:^ *|[-{,] *)id: *['\"]?([\w-]+)", re.MULTILINE)


class Editor:
    """Gathers edits of a text; those at one place come out in the order in which they were made."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._edits: list[Edit] = []

    def replace(self, start: int, end: int, new: str) -> None:
        """Write something else in place of a stretch, without touching what both have in common."""
        old = self.text[start:end]
        if old != new:
            before, behind = common_ends(old, new)
            self._edits.append((start + before, end - behind, new[before : len(new) - behind]))

    def insert(self, place: int, new: str) -> None:
        """Write something at a place."""
        self._edits.append((place, place, new))

    def insert_lines(self, place: int, lines: list[str]) -> None:
        """Write lines at the beginning of a line, or at the end of the text."""
        if not lines:
            return
        below_all = place > 0 and self.text[place - 1] != "\n"
        words = "\n".join(lines)
        self.insert(place, f"\n{words}" if below_all else f"{words}\n")

    def delete(self, start: int, end: int) -> None:
        """Take a stretch away."""
        if start < end:
            self._edits.append((start, end, ""))

    def edits(self) -> list[Edit]:
        """Return the edits in the order of the text; what two would take away is taken away once."""
        kept: list[Edit] = []
        done = 0
        for start, end, new in sorted(self._edits, key=lambda edit: edit[:2]):
            start = max(start, done) if not new else start
            if start >= done and (new or start < end):
                kept.append((start, end, new))
                done = end
        return kept

    def stretch(self, start: int, end: int) -> str:
        """Return a stretch of the text as it is after the edits."""
        parts: list[str] = []
        for first, last, new in self.edits():
            parts += self.text[start:first], new
            start = last
        return "".join([*parts, self.text[start:end]])


class Region(NamedTuple):
    """The lines of an entry: the comment above that belongs to it, its own, and deeper comments below."""

    above: int
    start: int
    end: int
    below: int
    apart: bool
    """Whether a blank line stands above."""


def regions(text: str, spots: list[Spot]) -> list[Region]:
    """Return the lines of each entry of a list or each key of a mapping."""
    found: list[Region] = []
    for place, spot in enumerate(spots):
        floor = found[-1].below if found else 0
        start, end = line_start(text, spot.start), line_end(text, max(spot.start, spot.end))
        above = comment_above(text, start, floor, spot.indent)
        apart = start > floor and is_blank_above(text, above, floor)
        follower = spots[place + 1] if place + 1 < len(spots) else None
        if above < start and (apart or not found) and introduces(text, text[above:start], end, spot, follower):
            above = start
        found.append(Region(above, start, end, comments_below(text, end, spot.indent), apart))
    return found


def comment_above(text: str, start: int, floor: int, column: int) -> int:
    """Return where the comment that stands directly above a line begins."""
    while start > floor:
        before = line_start(text, start - 1)
        line = text[before:start]
        if before < floor or not line.lstrip(" \t").startswith("#") or margin(line) > column:
            break
        start = before
    return start


def is_blank_above(text: str, start: int, floor: int) -> bool:
    """Say whether the line above is blank."""
    return start > floor and not text[line_start(text, start - 1) : start].strip()


def introduces(text: str, comment: str, end: int, spot: Spot, follower: Spot | None) -> bool:
    """Say whether a comment speaks of an entry and those that follow it without a gap, and not of it alone."""
    if follower is None or line_start(text, follower.start) != end:
        return False
    own = OWN_ID.search(text, spot.start, end)
    return own is None or own[1] not in re.findall(r"[\w-]+", comment)


def comments_below(text: str, end: int, column: int) -> int:
    """Return where the comments end that follow an entry and stand in further than its dash or key."""
    while end < len(text):
        line = text[end : line_end(text, end)]
        if not line.lstrip(" \t").startswith("#") or margin(line) <= column:
            break
        end += len(line)
    return end


def margin(line: str) -> int:
    """Return the column of the first sign of a line."""
    return len(line) - len(line.lstrip(" \t"))


def cut(text: str, region: Region, end: int, first: bool) -> tuple[int, int]:
    """Return the stretch to take away with an entry's lines: one blank line too where two would be left."""
    if text[end : line_end(text, end)].strip() or end == len(text):
        return region.above, end
    if is_blank_above(text, region.above, 0):
        return line_start(text, region.above - 1), end
    return region.above, line_end(text, end) if first else end
