"""Changes lists: entries that stay are changed where they stand, others are taken away, moved and added."""

from functools import cached_property
from typing import Any, Protocol

from letters.findings.differing import Difference
from letters.findings.identities import partners
from letters.findings.word_changes import longest_rising
from letters.findings.yaml_brackets import add, take_away
from letters.findings.yaml_editing import Editor, Region, cut, regions
from letters.findings.yaml_places import Mapping, Places, Scalar, Sequence, Spot
from letters.findings.yaml_writing import Style, in_brackets

LONGEST_LINE = 120


class EntryChanger(Protocol):
    """Changes the value at a place."""

    places: Places

    @property
    def style(self) -> Style:
        """How the file is laid out."""

    def value(self, editor: Editor, spot: Spot, found: Difference) -> None:
        """Change a value into another."""


class ListChange:
    """The change of one list."""

    def __init__(self, changer: EntryChanger, editor: Editor, node: Sequence, found: Difference) -> None:
        self._changer, self._editor, self._node, self._found = changer, editor, node, found
        self._text = changer.places.text
        self._partners = partners(found.before or [], found.after)
        kept = [old for old in self._partners if old is not None]
        self._fixed = {kept[place] for place in longest_rising(kept)}
        self._moved = set(kept) - self._fixed

    def make(self) -> None:
        """Make the edits."""
        if self._node.flow:
            self._in_brackets()
        else:
            self._in_lines()

    def _in_lines(self) -> None:
        areas = regions(self._text, self._node.spots)
        apart = 2 * sum(area.apart for area in areas[1:]) > len(areas) - 1
        at, begun = areas[0].above, False
        for new, old in enumerate(self._partners):
            if old in self._fixed and old is not None:
                self._changer.value(self._editor, self._node.spots[old], self._found.entry(new, old))
                at, begun = areas[old].below, True
                continue
            lines = self._moved_lines(new, old, areas[old]) if old is not None else self._new_lines(new)
            if apart:
                lines = ["", *lines] if begun or (new and not self._fixed) else lines
                lines = [*lines, ""] if self._fixed and not begun else lines
            self._editor.insert_lines(at, lines)
        for old, area in enumerate(areas):
            if old not in self._fixed:
                end = area.below if old in self._moved else area.end
                self._editor.delete(*cut(self._text, area, end, first=old == 0))

    def _moved_lines(self, new: int, old: int, area: Region) -> list[str]:
        return self._changed(new, old, area.above, area.below).removesuffix("\n").split("\n")

    def _changed(self, new: int, old: int, start: int, end: int) -> str:
        """Return the text of an entry that was changed and goes elsewhere."""
        apart = Editor(self._text)
        self._changer.value(apart, self._node.spots[old], self._found.entry(new, old))
        return apart.stretch(start, end)

    def _new_lines(self, new: int) -> list[str]:
        first, gap = self._node.spots[0], self._gap
        entry = self._as_others(self._found.after[new])
        if isinstance(entry, dict) and self._in_braces:
            line = f"{' ' * first.indent}-{' ' * (gap - 1)}{in_brackets(entry)}"
            if len(line) <= LONGEST_LINE:
                return [line]
        return self._changer.style.entry(entry, first.indent, gap)

    @cached_property
    def _gap(self) -> int:
        """How far behind its dash an entry begins."""
        first = self._node.spots[0]
        gap = first.node.start - first.start
        return gap if gap > 1 and "\n" not in self._text[first.start : first.node.start] else self._changer.style.gap

    @cached_property
    def _in_braces(self) -> bool:
        """Whether all entries stand in braces."""
        return all(isinstance(spot.node, Mapping) and spot.node.flow for spot in self._node.spots)

    @cached_property
    def _bare(self) -> bool:
        """Whether any entry is bare words."""
        return any(isinstance(spot.node, Scalar) for spot in self._node.spots)

    def _as_others(self, entry: Any) -> Any:
        """Return an entry that has nothing but its text as bare words, where others are such."""
        return entry["text"] if isinstance(entry, dict) and entry.keys() == {"text"} and self._bare else entry

    def _in_brackets(self) -> None:
        if self._moved:
            self._in_slots()
            return
        places, spots = self._changer.places, self._node.spots
        behind = -1
        waiting: list[str] = []
        for new, old in enumerate(self._partners):
            if old is None:
                waiting.append(in_brackets(self._as_others(self._found.after[new])))
                continue
            add(self._editor, places, self._node, behind, waiting)
            self._changer.value(self._editor, spots[old], self._found.entry(new, old))
            behind, waiting = old, []
        add(self._editor, places, self._node, behind, waiting)
        take_away(self._editor, places, self._node, set(range(len(spots))) - self._fixed)

    def _in_slots(self) -> None:
        """Put entries into the places of others, one by one."""
        spots = self._node.spots
        texts = [self._slot_text(new, old) for new, old in enumerate(self._partners)]
        for spot, text in zip(spots, texts, strict=False):
            self._editor.replace(spot.start, spot.end, text)
        places = self._changer.places
        add(self._editor, places, self._node, len(spots) - 1, texts[len(spots) :])
        take_away(self._editor, places, self._node, set(range(len(texts), len(spots))))

    def _slot_text(self, new: int, old: int | None) -> str:
        if old is None:
            return in_brackets(self._as_others(self._found.after[new]))
        spot = self._node.spots[old]
        return self._changed(new, old, spot.start, spot.end)
