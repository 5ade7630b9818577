"""Where everything of a YAML text stands: keys, dashes and values, each by its first and last character."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

PROPERTIES = "&!"


@dataclass(slots=True)
class Scalar:
    """A single value; one that is left out is as long as nothing."""

    start: int
    end: int
    style: str
    """`'`, `"`, `|`, `>`, or nothing where the words stand bare."""


@dataclass(slots=True)
class Spot:
    """A value with what stands before it: its key and colon, or its dash."""

    start: int
    """Where its key or dash begins; in brackets, where the value itself does."""
    opens: int
    """Where the value may begin: behind the colon or the dash."""
    indent: int
    """The column of the key or dash; in brackets and braces, of the one around them."""
    flow: bool
    """Whether it stands in brackets or braces."""
    node: "Node"
    named: bool = True
    """Whether it has a colon or a dash; `{a, b}` has keys that have none."""

    @property
    def end(self) -> int:
        """Where it ends, with its value."""
        return max(self.opens, self.node.end)


@dataclass(slots=True)
class Mapping:
    """Keys and values, on lines of their own or in braces."""

    start: int
    end: int
    flow: bool
    spots: dict[str, Spot] = field(default_factory=dict)
    braced: bool = False
    """Whether it has braces; `[a: b]` has one key that has none."""


@dataclass(slots=True)
class Sequence:
    """Entries, each behind a dash or all in brackets."""

    start: int
    end: int
    flow: bool
    spots: list[Spot] = field(default_factory=list)


Node = Scalar | Mapping | Sequence


def line_start(text: str, place: int) -> int:
    """Return where the line of a place begins."""
    return text.rfind("\n", 0, place) + 1


def line_end(text: str, place: int) -> int:
    """Return where the line after that of a place begins, or the text ends."""
    return text.find("\n", place) + 1 or len(text)


class Places:
    """The places of a text that the reader takes; `commas` holds those of brackets and braces."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.commas: list[int] = []
        self._dashes: list[int] = []
        self._colons: list[int] = []
        self._note_signs()
        self._events: Iterator[Any] = iter(yaml.parse(text, yaml.CSafeLoader))
        self.root = self._root()

    def comma_between(self, start: int, end: int) -> int | None:
        """Return the place of the first comma from one place to another."""
        at = bisect_left(self.commas, start)
        return self.commas[at] if at < len(self.commas) and self.commas[at] < end else None

    def _note_signs(self) -> None:
        kept = {yaml.FlowEntryToken: self.commas, yaml.BlockEntryToken: self._dashes, yaml.ValueToken: self._colons}
        for token in yaml.scan(self.text, yaml.CSafeLoader):
            if type(token) in kept:
                kept[type(token)].append(token.start_mark.index)

    def _root(self) -> Node:
        for event in self._events:
            if not isinstance(event, yaml.StreamStartEvent | yaml.DocumentStartEvent):
                return self._node(event, 0, False)
        return Scalar(0, 0, "")

    def _node(self, event: Any, indent: int, flow: bool) -> Node:
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        start, flow = event.start_mark.index, flow or bool(event.flow_style)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(Mapping(start, start, flow), indent)
        return self._sequence(Sequence(start, start, flow), indent)

    def _scalar(self, event: Any) -> Scalar:
        start, end = event.start_mark.index, event.end_mark.index
        start = self._behind_properties(start, end)
        style = event.style or ""
        return Scalar(start, self._block_end(start, end) if style and style in "|>" else end, style)

    def _behind_properties(self, start: int, end: int) -> int:
        while start < end and self.text[start] in PROPERTIES:
            words = self.text[start:end].split(None, 1)
            start = end - len(words[1]) if len(words) > 1 else end
        return start

    def _block_end(self, start: int, end: int) -> int:
        """Return where the last line of a block ends; the blank lines below it belong to it where it keeps them."""
        written = self.text[start:end]
        if "+" in written[:3]:
            return end - written.endswith("\n")
        bare = len(written.rstrip(" \t\n"))
        return start + (written.find("\n", bare) if "\n" in written[bare:] else len(written))

    def _mapping(self, node: Mapping, indent: int) -> Mapping:
        for event in self._events:
            if isinstance(event, yaml.MappingEndEvent):
                node.braced = node.flow and self._has_brace(event)
                node.end = self._end(event) if node.braced else node.end
                break
            start, key_end = event.start_mark.index, event.end_mark.index
            inner = indent if node.flow else self._column(start)
            value = self._node(next(self._events), inner, node.flow)
            colon = self._last(self._colons, value.start)
            named = colon is not None and colon >= key_end
            opens = colon + 1 if named and colon is not None else key_end
            spot = Spot(start, opens, inner, node.flow, value, named)
            node.spots[str(event.value)] = spot
            node.end = spot.end
        return node

    def _sequence(self, node: Sequence, indent: int) -> Sequence:
        for event in self._events:
            if isinstance(event, yaml.SequenceEndEvent):
                node.end = self._end(event) if node.flow else node.end
                break
            start = event.start_mark.index
            dash = start if node.flow else self._last(self._dashes, start) or 0
            inner = indent if node.flow else self._column(dash)
            value = self._node(event, inner, node.flow)
            spot = Spot(dash, dash if node.flow else dash + 1, inner, node.flow, value)
            node.spots.append(spot)
            node.end = spot.end
        return node

    @staticmethod
    def _end(event: Any) -> int:
        return int(event.end_mark.index)

    @staticmethod
    def _has_brace(event: Any) -> bool:
        # Of a single key in brackets, the reader finds the end at the sign behind it, past any comment.
        return bool(event.start_mark.index < event.end_mark.index)

    def _column(self, place: int) -> int:
        return place - line_start(self.text, place)

    @staticmethod
    def _last(signs: list[int], place: int) -> int | None:
        """Return the last of some signs that stands before a place."""
        at = bisect_left(signs, place)
        return signs[at - 1] if at else None
