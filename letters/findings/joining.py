"""Two changes of one inspection, made at the same time from the same text: joined field by field."""

from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from letters.findings.identities import NAMES

Keys = tuple[str, ...]
"""The way to a value: names of fields, and of entries by their ids."""
NOTHING = object()
"""What stands for a field that is left out or an entry that is gone."""
SETS = ("findings", "headlines", "agencies", "inspectorates", "target", "tags", "evidence", "referred_by")
"""Lists of names, in which nothing is said twice."""


class Clash(NamedTuple):
    """A field that both changed, and each in another way."""

    keys: Keys
    base: Any
    mine: Any
    theirs: Any


def joined(base: Any, mine: Any, theirs: Any, chosen: Mapping[Keys, Any] | None = None) -> tuple[Any, list[Clash]]:
    """Return both changes in one value, and the fields that both changed; there it has `chosen`, or else mine.

    Values are plain data: mappings, lists and scalars. Entries of lists are told by their ids and the like; lists
    whose entries have none are one field.
    """
    clashes: list[Clash] = []
    value = Join(chosen or {}, clashes).value((), base, mine, theirs)
    return value, clashes


class Join:
    """One joining: what was chosen where both changed the same, and the clashes that are found."""

    def __init__(self, chosen: Mapping[Keys, Any], clashes: list[Clash]) -> None:
        self._chosen, self._clashes = chosen, clashes

    def value(self, keys: Keys, base: Any, mine: Any, theirs: Any) -> Any:
        """Return one value that two people started from and changed."""
        if same(mine, base) or same(mine, theirs):
            return theirs
        if same(theirs, base):
            return mine
        if isinstance(mine, dict) and isinstance(theirs, dict):
            return self._mapping(keys, base if isinstance(base, dict) else {}, mine, theirs)
        if keys and keys[-1] in SETS and all(isinstance(side, list) for side in (base, mine, theirs)):
            return together(base, mine, theirs)
        if isinstance(mine, list) and isinstance(theirs, list):
            named = [by_name(side if isinstance(side, list) else []) for side in (base, mine, theirs)]
            if None not in named:
                return self._entries(keys, *(side or {} for side in named))
        if keys in self._chosen:
            return self._chosen[keys]
        self._clashes.append(Clash(keys, base, mine, theirs))
        return mine

    def _mapping(self, keys: Keys, base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]) -> Any:
        order = [*mine, *(key for key in theirs if key not in mine)]
        found = {}
        for key in order:
            sides = (side.get(key, NOTHING) for side in (base, mine, theirs))
            value = self.value((*keys, key), *sides)
            if value is not NOTHING:
                found[key] = value
        return found

    def _entries(self, keys: Keys, base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]) -> list[Any]:
        order, before = list(theirs), ""
        moved = moved_names([name for name in base if name in mine], [name for name in mine if name in base])
        for name in mine:
            if name in moved and name in order:
                order.remove(name)
            if name not in order:
                order.insert(order.index(before) + 1 if before in order else 0, name)
            before = name
        found = []
        for name in order:
            sides = (side.get(name, NOTHING) for side in (base, mine, theirs))
            value = self.value((*keys, name), *sides)
            if value is not NOTHING:
                found.append(value)
        return found


def together(base: list[Any], mine: list[Any], theirs: list[Any]) -> list[Any]:
    """Return two lists of names in one: what either took away goes, and what either added comes."""
    kept = [one for one in theirs if one in mine or one not in base]
    return [*kept, *(one for one in mine if one not in base and one not in kept)]


def moved_names(before: list[str], after: list[str]) -> set[str]:
    """Return the fewest names whose move explains another order."""
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    return set(after) - {name for block in blocks for name in after[block.b : block.b + block.size]}


def same(one: Any, other: Any) -> bool:
    """Say whether two values are the same; what is left out is like nothing else."""
    if one is NOTHING or other is NOTHING:
        return one is other
    return bool(one == other)


def by_name(entries: list[Any]) -> dict[str, Any] | None:
    """Return the entries of a list by what makes each itself, or None where two are not told apart by it."""
    found: dict[str, Any] = {}
    for entry in entries:
        name = name_of(entry)
        if name is None or name in found:
            return None
        found[name] = entry
    return found


def name_of(entry: Any) -> str | None:
    """Return what makes an entry itself."""
    if not isinstance(entry, dict):
        return None
    for key in NAMES:
        if entry.get(key):
            return str(entry[key])
    kept = entry.get("finding") or entry.get("recommendation") or entry.get("case_study")
    return name_of(kept) if kept else None
