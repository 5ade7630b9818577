"""The findings of a file without their groups: each for itself, with the group that it stands in as one of its fields.

Two people can then change the words of a finding and where it stands, and both changes are kept.
"""

from collections.abc import Iterator
from typing import Any

from letters.findings.editing import LISTS

Plain = dict[str, Any]
ENTRIES, GROUPS, GROUP = "entries", "groups", "group"
HEAD = ("heading", "scope", "introduction")
"""What a group says beside its findings."""


def flattened(value: Plain, base: Plain) -> Plain:
    """Return plain data with the findings of every section for themselves; groups are known by those of `base`."""
    old = {name: list(groups_of(entries)) for name, entries in sections(base)}
    found = dict(value)
    for name in LISTS:
        found[name] = flat(value.get(name, []), old.get(name, []))
    if "sections" in value:
        found["sections"] = [
            {**held, "items": flat(held["items"], old.get(held["id"], []))} for held in value["sections"]
        ]
    return found


def unflattened(value: Plain) -> Plain:
    """Return plain data with its findings in their groups again."""
    found = dict(value)
    for name in LISTS:
        if name in value:
            found[name] = grouped(value[name])
    if "sections" in value:
        found["sections"] = [{**held, "items": grouped(held["items"])} for held in value["sections"]]
    return {name: held for name, held in found.items() if name not in LISTS or held}


def sections(value: Plain) -> Iterator[tuple[str, list[Plain]]]:
    """Yield each list of findings with the name of its section."""
    for name in LISTS:
        yield name, value.get(name, [])
    for held in value.get("sections", []):
        yield held["id"], held["items"]


def every_finding(value: Plain) -> Iterator[tuple[str, Plain]]:
    """Yield every finding that is in the letter, in groups or not, with the name of its section."""
    for section, entries in sections(value):
        for entry in entries:
            yield from ((section, one) for one in entry.get("items", [entry]))


def groups_of(entries: list[Plain]) -> Iterator[tuple[str, set[str]]]:
    """Yield the groups of a list: the key of each, by its first finding, and the ids in it."""
    for entry in entries:
        if "items" in entry:
            names = [str(one.get("id")) for one in entry["items"]]
            yield f"group of {names[0]}", set(names)


def flat(entries: list[Plain], old: list[tuple[str, set[str]]]) -> Plain:
    """Return a list of findings and groups as its findings, each with its group, and the heads of the groups."""
    found: list[Plain] = []
    heads: list[Plain] = []
    left = dict(old)
    for entry in entries:
        if "items" not in entry:
            found.append(entry)
            continue
        names = {str(one.get("id")) for one in entry["items"]}
        shared = max(left, key=lambda key: len(left[key] & names), default="")
        key = shared if shared and left[shared] & names else f"group of {entry['items'][0].get('id')}"
        left.pop(key, None)
        heads.append({"id": key, **{name: entry[name] for name in HEAD if name in entry}})
        found += [{**one, GROUP: key} for one in entry["items"]]
    return {ENTRIES: found, GROUPS: heads}


def grouped(value: Plain) -> list[Plain]:
    """Return findings and the heads of their groups as a list again; a group stands where its first finding does."""
    heads = {head["id"]: head for head in value.get(GROUPS, [])}
    found: list[Plain] = []
    made: dict[str, Plain] = {}
    for entry in value.get(ENTRIES, []):
        key = entry.get(GROUP, "")
        one = {name: held for name, held in entry.items() if name != GROUP}
        if key not in heads:
            found.append(one)
        elif key in made:
            made[key]["items"].append(one)
        else:
            made[key] = {**{name: held for name, held in heads[key].items() if name != "id"}, "items": [one]}
            found.append(made[key])
    return found
