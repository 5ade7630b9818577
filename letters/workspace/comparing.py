"""What lies between two versions of a case, finding by finding."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from letters.findings.editing import LISTS
from letters.findings.flattening import every_finding
from letters.findings.inspection import Inspection
from letters.findings.joining import NOTHING as LEFT_OUT
from letters.findings.joining import moved_names, name_of
from letters.findings.rewriting import NOTHING, plain
from letters.workspace.models import Version
from letters.workspace.reading import overview_of, read_version

TOKENS = re.compile(r"\n|[^\S\n]{2,}|\S+")
"""What is compared: words, ends of lines, and spaces where there is more than one."""
SENTENCES = re.compile(r"[^.!?\n]+[.!?]*|[.!?]+|\n")
MOST_PAIRS = 1_000_000
"""Pairs of words that are compared at most: texts that have more are compared by their sentences, or as a whole."""


@dataclass(frozen=True)
class Piece:
    """Words that stayed, came or went."""

    words: str
    kind: str
    """same, inserted or deleted."""


@dataclass(frozen=True)
class FieldChange:
    """A field that two versions have with other words."""

    name: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class EntryChange:
    """A finding, or another part of the file, that differs between two versions."""

    name: str
    section: str
    kind: str
    """added, removed, moved or changed."""
    fields: tuple[FieldChange, ...]


def changes(old: Version, new: Version) -> list[EntryChange]:
    """Return what differs between two versions: findings in the order of the newer file, then all else."""
    if new.case.is_report:
        return list(report_changes(plain(overview_of(old)), plain(overview_of(new))))
    return changes_between(read_version(old).inspection, read_version(new).inspection)


def changes_between(old: Inspection, new: Inspection) -> list[EntryChange]:
    """Return what differs between two inspections: findings in the order of the newer one, then all else."""
    before, after = (plain(side) for side in (old, new))
    for side in (before, after):
        side.pop("version", None)
    found = list(entry_changes(before, after))
    return found + list(other_changes(before, after))


def report_changes(before: dict[str, Any], after: dict[str, Any]) -> Iterator[EntryChange]:
    """Yield what differs between two versions of a report, part by part, its chapters each by itself."""
    old, new = (report_parts(side) for side in (before, after))
    for name in [*new, *(name for name in old if name not in new)]:
        was, now = (dict(leaves(side[name])) if name in side else {} for side in (old, new))
        fields = tuple(field_changes(was, now))
        if fields:
            kind = "added" if name not in old else "removed" if name not in new else "changed"
            yield EntryChange(name, "", kind, fields)


def report_parts(value: dict[str, Any]) -> dict[str, Any]:
    """Return the parts of a report: its fields, and its chapters by their ids."""
    rest = {name: part for name, part in value.items() if name not in ("findings", "version")}
    return {**rest, **{f"findings.{part['id']}": part for part in value.get("findings", [])}}


def entry_changes(before: dict[str, Any], after: dict[str, Any]) -> Iterator[EntryChange]:
    """Yield what became of each finding."""
    old, new = ({str(name_of(one)): (section, one) for section, one in every_finding(side)} for side in (before, after))
    order = [*new, *(name for name in old if name not in new)]
    moved = moved_names([name for name in old if name in new], [name for name in new if name in old])
    for name in order:
        was, now = old.get(name), new.get(name)
        section = (now or was or ("", {}))[0]
        fields = tuple(field_changes(was[1] if was else {}, now[1] if now else {}))
        if was is None or now is None:
            yield EntryChange(name, section, "added" if was is None else "removed", fields)
        elif fields:
            yield EntryChange(name, section, "changed", fields)
        elif was[0] != now[0] or name in moved:
            yield EntryChange(name, section, "moved", ())


def other_changes(before: dict[str, Any], after: dict[str, Any]) -> Iterator[EntryChange]:
    """Yield what differs beside the findings, part by part."""
    for name in [*after, *(name for name in before if name not in after)]:
        was, now = before.get(name), after.get(name)
        if name in LISTS or name == "sections" or was == now:
            continue
        old, new = (dict(leaves(side)) if side is not None else {} for side in (was, now))
        fields = tuple(field_changes(old, new))
        if fields:
            yield EntryChange(name, "", "changed", fields)


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every plain value in a part of a file by the way to it, entries of lists by what makes them themselves."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for place, inner in enumerate(value, start=1):
            yield from leaves(inner, f"{path} {name_of(inner) or place}".strip())
    else:
        yield path, value


def field_changes(before: dict[str, Any], after: dict[str, Any]) -> Iterator[FieldChange]:
    """Yield the fields in which two parts differ, with their words."""
    for name in [*after, *(name for name in before if name not in after)]:
        was, now = before.get(name, NOTHING), after.get(name, NOTHING)
        if was != now and name != "id":
            yield FieldChange(name, tuple(pieces(spoken(was), spoken(now))))


def spoken(value: Any) -> str:
    """Return a value as words that can be compared."""
    if value is NOTHING or value is LEFT_OUT or value is None:
        return ""
    if isinstance(value, list):
        return "\n".join(spoken(part) for part in value)
    if isinstance(value, dict):
        return "\n".join(f"{key}: {spoken(part)}" if key != "text" else spoken(part) for key, part in value.items())
    return str(getattr(value, "value", value))


def pieces(before: str, after: str) -> Iterator[Piece]:
    """Yield the words of two texts as they stayed, went and came."""
    old, new = comparable(before, after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag == "equal":
            yield Piece(spaced(old[first:last]), "same")
            continue
        if first < last:
            yield Piece(spaced(old[first:last]), "deleted")
        if start < end:
            yield Piece(spaced(new[start:end]), "inserted")


def spaced(tokens: list[str]) -> str:
    """Return tokens as a text: one space between words, none around the end of a line."""
    return re.sub(r" ?\n ?", "\n", " ".join(tokens))


def comparable(before: str, after: str) -> tuple[list[str], list[str]]:
    """Return two texts in the smallest parts that can be compared in no time: words, sentences, or each as a whole."""
    for pattern in (TOKENS, SENTENCES):
        old, new = ([part.strip(" ") or part for part in pattern.findall(text)] for text in (before, after))
        if len(old) * len(new) <= MOST_PAIRS:
            return old, new
    return [before], [after]
