"""Which entry of a list is which, before and after it was changed."""

from collections import Counter, defaultdict, deque
from typing import Any

NAMES = ("id", "heading", "scope", "file", "inspectorate", "to")
"""Fields that make an entry itself, the first that it has."""
MOST_COMPARED = 200_000
"""Words that are compared at most; of more, each entry is taken for the one at its place."""


def identity(entry: Any) -> Any:
    """Return what makes an entry itself: its id, its heading and the like, or its own words."""
    if not isinstance(entry, dict):
        return repr(entry)
    return next(((name, repr(entry[name])) for name in NAMES if entry.get(name)), repr(entry))


def partners(before: list[Any], after: list[Any]) -> list[int | None]:
    """Return for each entry afterwards the place that it had before, or None for a new one.

    Entries with an id are told by it; others that have no equal are taken for the one at their place, changed.
    """
    places: defaultdict[Any, deque[int]] = defaultdict(deque)
    for place, entry in enumerate(before):
        places[identity(entry)].append(place)
    found = [places[key].popleft() if places[key := identity(entry)] else None for entry in after]
    for new, gone in gaps(found, len(before)):
        candidates = [place for place in gone if not has_id(before[place])]
        wanted = [place for place in new if not has_id(after[place])]
        for was, now in likely(candidates, wanted, before, after):
            found[now] = was
    return found


def has_id(entry: Any) -> bool:
    """Say whether an entry is told by its id."""
    return isinstance(entry, dict) and bool(entry.get("id"))


def gaps(found: list[int | None], count: int) -> list[tuple[list[int], list[int]]]:
    """Return the entries that are new and those that are gone, by the entry that stands before both."""
    known = {old for old in found if old is not None}
    new: defaultdict[int, list[int]] = defaultdict(list)
    gone: defaultdict[int, list[int]] = defaultdict(list)
    last = -1
    for place, old in enumerate(found):
        if old is None:
            new[last].append(place)
        else:
            last = old
    last = -1
    for place in range(count):
        if place in known:
            last = place
        else:
            gone[last].append(place)
    return [(places, gone[last]) for last, places in new.items()]


def likely(old: list[int], new: list[int], before: list[Any], after: list[Any]) -> list[tuple[int, int]]:
    """Return which gone entry each new one is: the one at its place, or among more or fewer the first much like it."""
    words = {place: Counter(repr(before[place]).split()) for place in old}
    if len(old) == len(new) or sum(map(len, words.values())) * len(new) > MOST_COMPARED:
        return [pair for pair in zip(old, new, strict=False) if type(before[pair[0]]) is type(after[pair[1]])]
    pairs: list[tuple[int, int]] = []
    for place in new:
        own = Counter(repr(after[place]).split())
        like = next((other for other, theirs in words.items() if alike(theirs, own)), None)
        if like is not None and type(before[like]) is type(after[place]):
            pairs.append((like, place))
            del words[like]
    return pairs


def alike(one: Counter[str], other: Counter[str]) -> bool:
    """Say whether two entries share most of their words."""
    return (one & other).total() * 2 > max(one.total(), other.total())
