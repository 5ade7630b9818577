"""Which words of a text have changed into which, so that only they are written anew."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate
from typing import NamedTuple

WORD = re.compile(r"[ \t\n]+|[^ \t\n]+")
MOST_COMPARED = 4096
"""Words times words that are compared each with each; longer stretches are taken as changed altogether."""


class TextEdit(NamedTuple):
    """A stretch of a text and what stands in its place."""

    start: int
    end: int
    new: str


def changes(before: str, after: str) -> list[TextEdit]:
    """Return what changes one text into another, in order, as few words as can be found in a short time."""
    old, new = WORD.findall(before), WORD.findall(after)
    starts = [0, *accumulate(map(len, old))]
    return [
        trimmed(before, TextEdit(starts[first], starts[last], "".join(new[start:end])))
        for first, last, start, end in differing(old, new)
    ]


def trimmed(text: str, change: TextEdit) -> TextEdit:
    """Return a change without the letters that it has in common with the text, before and behind."""
    start, end, new = change
    before, behind = common_ends(text[start:end], new)
    return TextEdit(start + before, end - behind, new[before : len(new) - behind])


def common_ends(one: Sequence[str], other: Sequence[str]) -> tuple[int, int]:
    """Return how much two texts have in common at their beginning, and how much of the rest at their end."""
    most = min(len(one), len(other))
    before = next((place for place in range(most) if one[place] != other[place]), most)
    most -= before
    return before, next((place for place in range(most) if one[-1 - place] != other[-1 - place]), most)


def differing(old: list[str], new: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """Yield the stretches in which two lists of words differ: first and last of the old, first and last of the new."""
    start, behind = common_ends(old, new)
    first, second = start, start
    for before, after in [*anchors(old, new, start, behind), (len(old) - behind, len(new) - behind)]:
        yield from compared(old, new, (first, before), (second, after))
        first, second = before, after


def anchors(old: list[str], new: list[str], start: int, behind: int) -> list[tuple[int, int]]:
    """Return where words stand in both that occur once in each, in their order."""
    once = {word: place for place, word in singles(old, start, len(old) - behind)}
    both = [(once[word], place) for place, word in singles(new, start, len(new) - behind) if word in once]
    kept = longest_rising([place for place, _ in both])
    return [both[place] for place in kept]


def singles(words: list[str], start: int, end: int) -> Iterator[tuple[int, str]]:
    """Yield the words of a stretch that occur once in it, with their places."""
    counted = Counter(words[start:end])
    return ((place, words[place]) for place in range(start, end) if counted[words[place]] == 1)


def compared(
    old: list[str], new: list[str], first: tuple[int, int], second: tuple[int, int]
) -> Iterator[tuple[int, int, int, int]]:
    """Yield the differences of two stretches; over-long ones differ altogether."""
    before, after = old[slice(*first)], new[slice(*second)]
    if before == after:
        return
    if len(before) * len(after) > MOST_COMPARED:
        yield (*first, *second)
        return
    for kind, start, end, from_, to in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            yield first[0] + start, first[0] + end, second[0] + from_, second[0] + to


def longest_rising(numbers: list[int]) -> list[int]:
    """Return the places of a longest rising run of numbers."""
    tails: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for place, number in enumerate(numbers):
        at = bisect_left(tails, number)
        before.append(last[at - 1] if at else -1)
        tails[at : at + 1], last[at : at + 1] = [number], [place]
    found: list[int] = []
    place = last[-1] if last else -1
    while place >= 0:
        found.append(place)
        place = before[place]
    return found[::-1]
