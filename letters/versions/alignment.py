"""Which paragraph of the new version is which of the old one: by their words, their names and their places."""

from bisect import bisect_left
from itertools import pairwise
from typing import NamedTuple

from letters.versions.wording import counted, likeness, overlap

ALIKE = 0.5
"""Likeness from which two paragraphs are one that was changed."""
IN_PLACE = 0.35
"""Likeness from which a paragraph between the same two neighbours is one that was changed."""
MOST_COMPARED = 3_000
"""Pairs of paragraphs that are held against each other: beyond, only neighbours are."""
SHORTEST_MOVED = 15
"""Letters of the shortest paragraph that is shown as moved; a shorter one is taken out and put in."""


class Unit(NamedTuple):
    """What is aligned: the words of a paragraph, its names, and its kind (a line or a table of some columns)."""

    text: str
    names: frozenset[str]
    kind: str


def pairs(old: list[Unit], new: list[Unit]) -> dict[int, int]:
    """Return which new unit each old one became; what is in neither came or went."""
    found: dict[int, int] = {}
    taken: set[int] = set()
    for step in (same_ends, same_and_named, same_words, alike, named_alone, between_neighbours, last_of_both):
        for a, b in step(old, new, found, taken):
            if a not in found and b not in taken:
                found[a] = b
                taken.add(b)
    return found


def same_and_named(old: list[Unit], new: list[Unit], found: dict[int, int], taken: set[int]) -> list[tuple[int, int]]:
    """Return the pairs of one name, the same in their words and their kind."""
    return [(a, b) for a, b in named_alone(old, new, found, taken) if old[a].text == new[b].text]


def named_alone(old: list[Unit], new: list[Unit], found: dict[int, int], taken: set[int]) -> list[tuple[int, int]]:
    """Return the pairs of one name and one kind, whatever their words."""
    by_name = {name: b for b, unit in enumerate(new) for name in unit.names}
    out = []
    for a, unit in enumerate(old):
        b = named(unit, by_name)
        if b is not None and same_kind(unit, new[b]):
            out.append((a, b))
    return out


def last_of_both(old: list[Unit], new: list[Unit], found: dict[int, int], taken: set[int]) -> list[tuple[int, int]]:
    """Return the last units as a pair where they are of one kind."""
    return [(len(old) - 1, len(new) - 1)] if old and new and same_kind(old[-1], new[-1]) else []


def between_neighbours(
    old: list[Unit], new: list[Unit], found: dict[int, int], taken: set[int]
) -> list[tuple[int, int]]:
    """Return the pairs that stand alone between the same two neighbours: they may be less alike than others."""
    out = []
    for a, unit in enumerate(old):
        b = found.get(a - 1, -2) + 1
        alone = a not in found and b not in taken and found.get(a + 1) == b + 1
        if alone and same_kind(unit, new[b]) and likeness(unit.text, new[b].text) >= IN_PLACE:
            out.append((a, b))
    return out


def same_kind(old: Unit, new: Unit) -> bool:
    """Say whether one can have become the other."""
    return old.kind == new.kind


def named(unit: Unit, by_name: dict[str, int]) -> int | None:
    """Return the first unit that has a name of this one."""
    return min((by_name[name] for name in unit.names if name in by_name), default=None)


def same_ends(old: list[Unit], new: list[Unit], found: dict[int, int], taken: set[int]) -> list[tuple[int, int]]:
    """Return the pairs that begin and end both versions unchanged."""
    shorter, start, end = min(len(old), len(new)), 0, 0
    while start < shorter and old[start] == new[start]:
        start += 1
    while end < shorter - start and old[-1 - end] == new[-1 - end]:
        end += 1
    head = [(place, place) for place in range(start)]
    return head + [(len(old) - 1 - place, len(new) - 1 - place) for place in range(end)]


def same_words(old: list[Unit], new: list[Unit], found: dict[int, int], taken: set[int]) -> list[tuple[int, int]]:
    """Return the pairs of the same words, the first of each with the first where they occur more than once."""
    waiting: dict[tuple[str, str], list[int]] = {}
    for b, unit in enumerate(new):
        if b not in taken:
            waiting.setdefault((unit.text, unit.kind), []).append(b)
    out = []
    for a, unit in enumerate(old):
        places = waiting.get((unit.text, unit.kind))
        if a not in found and places:
            out.append((a, places.pop(0)))
    return out


def alike(old: list[Unit], new: list[Unit], found: dict[int, int], taken: set[int]) -> list[tuple[int, int]]:
    """Return the pairs of much the same words, the most alike first."""
    olds = [(a, counted(old[a].text)) for a in range(len(old)) if a not in found]
    news = [(b, counted(new[b].text)) for b in range(len(new)) if b not in taken]
    near = len(olds) * len(news) > MOST_COMPARED
    scored = [
        (overlap(words, other) + (0.2 if old[a].names & new[b].names else 0), a, b)
        for place, (a, words) in enumerate(olds)
        for b, other in (news[max(0, place - 8) : place + 9] if near else news)
        if same_kind(old[a], new[b])
    ]
    out, used_old, used_new = [], set(), set()
    for score, a, b in sorted(scored, key=lambda entry: (-entry[0], abs(entry[1] - entry[2]), entry[1])):
        if score >= ALIKE and a not in used_old and b not in used_new:
            used_old.add(a)
            used_new.add(b)
            out.append((a, b))
    return out


def in_place(found: dict[int, int], weights: dict[int, int]) -> set[int]:
    """Return the old units that stayed in their order: of all such choices, the one with the most words."""
    order = sorted(found)
    targets = [found[a] for a in order]
    if all(first < second for first, second in pairwise(targets)):
        return set(order)
    ranks = sorted(targets)
    best: list[tuple[int, int]] = [(0, -1)] * (len(ranks) + 1)
    before: list[int] = []
    totals: list[int] = []
    for place, a in enumerate(order):
        rank = bisect_left(ranks, targets[place]) + 1
        total, previous = highest(best, rank - 1)
        before.append(previous)
        totals.append(total + weights[a])
        raise_to(best, rank, (totals[place], place))
    kept, place = set(), max(range(len(order)), key=totals.__getitem__)
    while place >= 0:
        kept.add(order[place])
        place = before[place]
    return kept


def highest(tree: list[tuple[int, int]], rank: int) -> tuple[int, int]:
    """Return the best entry up to a rank (a Fenwick tree of maxima)."""
    found = (0, -1)
    while rank > 0:
        found = max(found, tree[rank])
        rank -= rank & -rank
    return found


def raise_to(tree: list[tuple[int, int]], rank: int, entry: tuple[int, int]) -> None:
    """Enter a value at its rank."""
    while rank < len(tree):
        tree[rank] = max(tree[rank], entry)
        rank += rank & -rank


def is_a_move(old: Unit, new: Unit) -> bool:
    """Say whether a unit that is elsewhere now is shown as moved, and not as taken out and put in."""
    return old.kind == "line" and len(old.text) >= SHORTEST_MOVED and likeness(old.text, new.text) >= ALIKE


def parts_of(whole: str, first: str, second: str) -> bool:
    """Say whether a paragraph was parted into two, or two were joined into it."""
    if not first.strip() or not second.strip():
        return False
    words, head, tail = counted(whole), counted(first), counted(second)
    both = {word: head.get(word, 0) + tail.get(word, 0) for word in {*head, *tail}}
    left = {word: count - head.get(word, 0) for word, count in words.items() if count > head.get(word, 0)}
    shared = sum(min(count, left.get(word, 0)) for word, count in tail.items())
    return overlap(words, both) >= 0.75 and shared >= 0.7 * sum(tail.values())
