"""Lays the differences between two plain values over a YAML text that says the first, edit by edit."""

import re
from collections.abc import Collection
from functools import cached_property
from typing import Any

from letters.findings.differing import Difference
from letters.findings.identities import partners
from letters.findings.layout import layout_of
from letters.findings.publishing import FORMER_NAMES
from letters.findings.yaml_brackets import add, take_away
from letters.findings.yaml_editing import Editor, cut, regions
from letters.findings.yaml_lists import ListChange
from letters.findings.yaml_pieces import HEADER
from letters.findings.yaml_places import Mapping, Places, Scalar, Sequence, Spot, line_end, line_start
from letters.findings.yaml_scalars import with_words
from letters.findings.yaml_source import Path
from letters.findings.yaml_writing import Style, in_brackets, in_line, plain

BARE = {"id", "text"}
"""The fields of an entry that bare words can stand for."""


class Changer:
    """Changes values at their places; `named` holds the paths of entries whose id is to be written down."""

    def __init__(self, places: Places, named: Collection[Path]) -> None:
        self.places = places
        self._text = places.text
        self._named = named
        self._leading_there = {path[:length] for path in named for length in range(len(path) + 1)}

    @cached_property
    def style(self) -> Style:
        """How the file is laid out."""
        return layout_of(self.places)

    def value(self, editor: Editor, spot: Spot, found: Difference) -> None:
        """Change a value into another, where it stands as far as it can be."""
        node, after = spot.node, found.after
        if found.before == after and found.path not in self._leading_there:
            return
        if isinstance(node, Mapping) and isinstance(after, dict):
            self.mapping(editor, spot, node, found)
        elif isinstance(node, Sequence) and isinstance(after, list):
            self._list(editor, spot, node, found)
        elif isinstance(node, Sequence) and isinstance(after, dict) and after.keys() == {"findings"}:
            self._list(editor, spot, node, found.field("findings"))
        elif isinstance(node, Scalar) and isinstance(after, dict) and "text" in after and node.end > node.start:
            self._bare(editor, spot, node, found)
        elif isinstance(node, Scalar) and isinstance(after, list) and has_one(found.before) and node.end > node.start:
            self._single(editor, spot, node, found)
        elif isinstance(node, Scalar) and not isinstance(after, dict | list):
            self._scalar(editor, spot, node, after)
        else:
            self._anew(editor, spot, after)

    def mapping(self, editor: Editor, spot: Spot | None, node: Mapping, found: Difference) -> None:
        """Change, add and take away the fields of a mapping."""
        before = found.before if isinstance(found.before, dict) else {}
        gone: set[str] = set()
        for key in [key for key in before if key not in found.after]:
            self._drop(editor, node, key, found, gone)
        added: dict[str, Any] = {}
        for key, value in found.after.items():
            path = (*found.path, key)
            if key in before and before[key] == value and path not in self._leading_there:
                continue
            held = spot_of(node, key)
            if held:
                self.value(editor, held, found.field(key))
            else:
                added[key] = lacking(before.get(key), value)
        if found.path in self._named and "id" not in node.spots:
            added["id"] = found.after["id"]
        self._take_away(editor, node, gone)
        self._add(editor, node, added, gone)
        if spot and not node.flow and not added and len(gone) == len(node.spots):
            editor.insert(spot.opens, " {}")

    def _drop(self, editor: Editor, node: Mapping, key: str, found: Difference, gone: set[str]) -> None:
        """Write the default in place of a field that is to have it, or note that the field goes."""
        held, name = spot_of(node, key), name_of(node, key)
        default = found.full.get(key) if isinstance(found.full, dict) else None
        if held is None:
            return
        if default is None or (isinstance(default, dict) and default):
            gone.add(name)
        else:
            self.value(editor, held, Difference(found.before[key], default, default, (*found.path, key)))

    def _take_away(self, editor: Editor, node: Mapping, gone: set[str]) -> None:
        if not gone:
            return
        order, spots = list(node.spots), list(node.spots.values())
        if node.flow:
            take_away(editor, self.places, node, {place for place, key in enumerate(order) if key in gone})
            return
        areas = regions(self._text, spots)
        for place, held in enumerate(spots):
            if order[place] not in gone:
                continue
            if self._text[line_start(self._text, held.start) : held.start].strip():
                self._behind_dash(editor, held, spots[place + 1] if place + 1 < len(spots) else None)
            else:
                editor.delete(*cut(self._text, areas[place], areas[place].end, first=False))

    def _behind_dash(self, editor: Editor, held: Spot, follower: Spot | None) -> None:
        """Take away a field that stands behind the dash of its entry; the next one comes up to the dash."""
        end = line_end(self._text, held.end)
        if follower and not self._text[end : follower.start].strip():
            editor.delete(held.start, follower.start)
        else:
            editor.delete(len(self._text[: held.start].rstrip(" ")), end - self._text[:end].endswith("\n"))

    def _add(self, editor: Editor, node: Mapping, added: dict[str, Any], gone: set[str]) -> None:
        spots = list(node.spots.values())
        if node.flow or not spots:
            self._add_in_braces(editor, node, added, gone)
            return
        column = spots[0].indent
        if "id" in added:
            editor.insert(spots[0].start, f"id: {in_line(added.pop('id'))}\n{' ' * column}")
        editor.insert_lines(line_end(self._text, spots[-1].end), self.style.mapping(added, column))

    def _add_in_braces(self, editor: Editor, node: Mapping, added: dict[str, Any], gone: set[str]) -> None:
        """Write new fields behind the last that stays: what is written beside one that goes would go with it."""
        words = {key: f"{in_line(key, True)}: {in_brackets(value)}" for key, value in added.items()}
        last = max((place for place, key in enumerate(node.spots) if key not in gone), default=-1)
        opened = bool(words) and bool(node.spots) and not node.braced
        if opened:
            editor.insert(node.start, "{")
        add(editor, self.places, node, -1, [words.pop("id")] if "id" in words else [])
        add(editor, self.places, node, last, list(words.values()))
        if opened:
            editor.insert(node.end, "}")

    def _list(self, editor: Editor, spot: Spot, node: Sequence, found: Difference) -> None:
        before = found.before if isinstance(found.before, list) else []
        bare = not before and not spot.flow and "#" not in self._text[node.start : node.end]
        opens_lines = bare and bool(self.style.value(found.after, spot.indent).body)
        if len(before) != len(node.spots) or opens_lines:
            self._anew(editor, spot, found.after)
        else:
            ListChange(self, editor, node, found._replace(before=before)).make()
            if not found.after and not node.flow:
                editor.insert(spot.opens, " []")

    def _bare(self, editor: Editor, spot: Spot, node: Scalar, found: Difference) -> None:
        """Change an entry of bare words; it becomes a mapping where it is to say more than they can."""
        before = found.before if isinstance(found.before, dict) else {}
        more = {key: value for key, value in found.after.items() if key not in BARE}
        if found.path in self._named or before.get("id") != found.after.get("id"):
            more["id"] = found.after["id"]
        words = found.after["text"]
        if not more:
            self._scalar(editor, spot, node, words)
            return
        if spot.flow or not self._has_dash(spot):
            self._anew(editor, spot, {**({"id": more.pop("id")} if "id" in more else {}), "text": words, **more})
            return
        start = self._before_properties(spot)
        column = self._column(start)
        source, body = self._source(spot, node, words), list[str]()
        if source is None:
            head, body = self.style.text(words, column)
            source = head + self._comment_in(spot)
        first = f"id: {in_line(more.pop('id'))}\n{' ' * column}" if "id" in more else ""
        editor.replace(start, node.end, f"{first}text: {shifted(source, column - spot.indent)}")
        editor.insert_lines(line_end(self._text, node.end), body + self.style.mapping(more, column))

    def _before_properties(self, spot: Spot) -> int:
        """Return where a value begins with its anchor, which a mapping in its place has no use for."""
        between = self._text[spot.opens : spot.node.start]
        on_line = "\n" not in between and bool(between.strip())
        return spot.opens + len(between) - len(between.lstrip(" \t")) if on_line else spot.node.start

    def _single(self, editor: Editor, spot: Spot, node: Scalar, found: Difference) -> None:
        """Change a section of bare words; it becomes a list where it is to have more entries than one."""
        known = partners(found.before, found.after)
        plain_words = {new for new, old in enumerate(known) if old == 0 and self._says_bare(found.entry(new, old))}
        if known == [0] and plain_words:
            self._scalar(editor, spot, node, found.after[0]["text"])
            return
        column = spot.indent + self.style.dash
        lines: list[str] = []
        for new, entry in enumerate(found.after):
            source = self._source(spot, node, entry["text"]) if new in plain_words else None
            if source is None:
                lines += self.style.entry(entry, column, self.style.gap)
            else:
                lines += f"{' ' * column}- {shifted(source, self.style.dash)}".split("\n")
        if spot.flow or not found.after:
            self._anew(editor, spot, found.after)
        else:
            kept = any(self._source(spot, node, found.after[new]["text"]) for new in plain_words)
            editor.replace(*self._with_gap(spot), "" if kept else self._comment_in(spot))
            editor.insert_lines(line_end(self._text, node.end), lines)

    def _says_bare(self, found: Difference) -> bool:
        """Say whether bare words say all of an entry."""
        named = found.path in self._named or found.before.get("id") != found.after.get("id")
        return found.after.keys() <= BARE and "text" in found.after and not named

    def _scalar(self, editor: Editor, spot: Spot, node: Scalar, value: Any) -> None:
        if not isinstance(value, str) and not node.style and value is not None and node.end > node.start:
            editor.replace(node.start, node.end, plain(value))
            return
        words = value if isinstance(value, str) else plain(value)
        source = self._source(spot, node, str(words)) if value is not None else None
        if source is None:
            self._anew(editor, spot, value)
        else:
            editor.replace(node.start, node.end, source)

    def _source(self, spot: Spot, node: Scalar, words: str) -> str | None:
        source = self._text[node.start : node.end]
        return with_words(source, node.style, str(words), spot.indent, self._column(node.start), spot.flow)

    def _anew(self, editor: Editor, spot: Spot, value: Any) -> None:
        """Write a value in place of another that it has nothing in common with."""
        node = spot.node
        if spot.flow:
            editor.replace(node.start, node.end, ("" if spot.named else ": ") + in_brackets(value))
        elif self._has_dash(spot) and (isinstance(value, dict | list) or not isinstance(node, Scalar)):
            self._entry_anew(editor, spot, value)
        else:
            self._value_anew(editor, spot, value)

    def _entry_anew(self, editor: Editor, spot: Spot, value: Any) -> None:
        start, end = line_start(self._text, spot.start), line_end(self._text, spot.end)
        editor.delete(start, end)
        editor.insert_lines(start, self.style.entry(value, spot.indent, self.style.gap))

    def _value_anew(self, editor: Editor, spot: Spot, value: Any) -> None:
        node = spot.node
        head, body = self.style.value(value, spot.indent)
        end = line_end(self._text, node.end)
        in_lines = not isinstance(node, Scalar) and not node.flow
        if in_lines or node.start == node.end or not head:
            editor.insert(spot.opens, head and f" {head}")
        if in_lines:
            editor.delete(line_end(self._text, spot.opens), end)
        elif not head:
            editor.replace(*self._with_gap(spot), self._comment_in(spot))
        elif node.start < node.end:
            editor.replace(node.start, node.end, head + self._comment_in(spot))
        editor.insert_lines(end, body)

    def _with_gap(self, spot: Spot) -> tuple[int, int]:
        """Return a value with the spaces before it."""
        bare = not self._text[spot.opens : spot.node.start].strip()
        return (spot.opens if bare else spot.node.start), spot.node.end

    def _comment_in(self, spot: Spot) -> str:
        """Return the comment behind the sign of a block, which is written anew with it."""
        source = self._text[spot.node.start : spot.node.end]
        header = HEADER.match(source) if isinstance(spot.node, Scalar) and spot.node.style in ("|", ">") else None
        return header[0][1 + len(header["signs"]) :] if header else ""

    def _has_dash(self, spot: Spot) -> bool:
        return not spot.flow and spot.opens == spot.start + 1 and self._text[spot.start] == "-"

    def _column(self, place: int) -> int:
        return place - line_start(self._text, place)


def spot_of(node: Mapping, key: str) -> Spot | None:
    """Return where a field stands, under its name or the one that it had."""
    return node.spots.get(name_of(node, key))


def name_of(node: Mapping, key: str) -> str:
    """Return the name under which a field stands: its own, or the one that it had."""
    return key if key in node.spots else FORMER_NAMES.get(key, key)


def has_one(before: Any) -> bool:
    """Say whether a value is a list of one entry."""
    return isinstance(before, list) and len(before) == 1


def lacking(before: Any, after: Any) -> Any:
    """Return of a value what its file is to say that does not follow from what it left out."""
    if not isinstance(before, dict) or not isinstance(after, dict):
        return after
    return {
        key: lacking(before.get(key), value)
        for key, value in after.items()
        if key not in before or before[key] != value
    }


def shifted(source: str, by: int) -> str:
    """Return a scalar with its further lines moved to the right."""
    return re.sub(r"\n(?=[^\n])", "\n" + " " * by, source)
