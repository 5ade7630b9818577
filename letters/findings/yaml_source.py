"""YAML text -> plain data, with the line of every field; what YAML can do beyond plain data is refused."""

import re
from collections.abc import Iterator
from typing import Any

import yaml
from yaml.constructor import SafeConstructor
from yaml.resolver import Resolver

from letters.findings.line_ends import normalised

MOST_CHARACTERS = 5_000_000
DEEPEST = 40
LONGEST_NUMBER, LONGEST_NAME = 40, 100
UNCARRIABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")

Path = tuple[str | int, ...]


class SourceError(Exception):
    """Text that is not plain YAML: the line, what is wrong and what to do."""

    def __init__(self, line: int, message: str, remedy: str) -> None:
        self.line, self.message, self.remedy = line, message, remedy
        super().__init__(message)


class YamlSource:
    """The data of a YAML text, and where each field of it stands; however its lines end."""

    def __init__(self, text: str) -> None:
        text = normalised(text)
        refuse_hostile_text(text)
        self.lines: dict[Path, int] = {(): 1}
        self.written: dict[Path, str] = {}
        """How values that are no text are written: 12:30 is a number to YAML."""
        self._resolver, self._constructor = Resolver(), SafeConstructor()
        try:
            self._events: Iterator[Any] = iter(yaml.parse(text, yaml.CSafeLoader))
            self.data: Any = self._document()
        except yaml.MarkedYAMLError as error:
            raise syntax_error(error) from None

    def line_of(self, path: Path) -> int:
        """Return the line of the field at `path`, or of the nearest field around it."""
        while path not in self.lines:
            path = path[:-1]
        return self.lines[path]

    def _document(self) -> Any:
        for event in self._events:
            if not isinstance(event, yaml.StreamStartEvent | yaml.DocumentStartEvent):
                return None if isinstance(event, yaml.StreamEndEvent) else self._only(self._value(event, ()))
        return None

    def _only(self, data: Any) -> Any:
        """Return the data of the first document; raise SourceError where another follows."""
        for event in self._events:
            if not isinstance(event, yaml.DocumentEndEvent | yaml.StreamEndEvent):
                line = event.start_mark.line + 1
                raise SourceError(
                    line, "there is text after the end of the document", "Remove the line of dashes or dots."
                )
        return data

    def _value(self, event: Any, path: Path) -> Any:
        line = event.start_mark.line + 1
        self.lines.setdefault(path, line)
        if isinstance(event, yaml.AliasEvent):
            raise SourceError(line, f"*{event.anchor} is an alias", "Write the text out again.")
        if event.tag is not None and event.tag != "!":
            raise SourceError(line, f"{event.tag} is a tag", "Write plain text.")
        if isinstance(event, yaml.ScalarEvent):
            value = self._scalar(event)
            if not isinstance(value, str) and value is not None:
                self.written[path] = event.value
            return value
        if len(path) >= DEEPEST:
            raise SourceError(line, "fields are nested too deeply", "Check the brackets and the indentation.")
        return self._mapping(path) if isinstance(event, yaml.MappingStartEvent) else self._sequence(path)

    def _scalar(self, event: Any) -> Any:
        if not event.implicit[0]:
            escaped = event.start_mark.line == event.end_mark.line
            return event.value if event.style == "|" or escaped else blank_lines_kept(event.value)
        tag = self._resolver.resolve(yaml.ScalarNode, event.value, (True, False))  # type: ignore[no-untyped-call]
        if tag == "tag:yaml.org,2002:str":
            return blank_lines_kept(event.value)
        if len(event.value) > LONGEST_NUMBER:
            raise SourceError(event.start_mark.line + 1, "a number is far too long", "Put it in quotes if it is text.")
        try:
            return self._constructor.construct_object(yaml.ScalarNode(tag, event.value))
        except (ValueError, OverflowError):
            line = event.start_mark.line + 1
            raise SourceError(line, f"there is no {event.value}", "Check the day or the number.") from None

    def _sequence(self, path: Path) -> list[Any]:
        values: list[Any] = []
        for event in self._events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            values.append(self._value(event, (*path, len(values))))
        return values

    def _mapping(self, path: Path) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for event in self._events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._key(event, values)
            self.lines[(*path, key)] = event.start_mark.line + 1
            values[key] = self._value(next(self._events), (*path, key))
        return values

    def _key(self, event: Any, values: dict[str, Any]) -> str:
        line = event.start_mark.line + 1
        if not isinstance(event, yaml.ScalarEvent):
            raise SourceError(line, "a field name is missing", "Write `name: value`.")
        if UNCARRIABLE.search(event.value) or len(event.value) > LONGEST_NAME:
            raise SourceError(line, "a field name is not valid", "Write `name: value`.")
        if event.value in values:
            raise SourceError(line, f"{event.value} is given twice", "Keep one of the two.")
        return str(event.value)


def blank_lines_kept(folded: str) -> str:
    """Write a blank line of a folded scalar as one again: YAML (1.2, section 6.5) leaves a single break of it."""
    return folded.replace("\n", "\n\n") if "\n" in folded else folded


def refuse_hostile_text(text: str) -> None:
    """Raise SourceError where a text is over-long or holds a character that no document can carry."""
    if len(text) > MOST_CHARACTERS:
        raise SourceError(1, f"the file has over {MOST_CHARACTERS:,} characters", "Is it the right file?")
    if found := UNCARRIABLE.search(text):
        line = text.count("\n", 0, found.start()) + 1
        column = found.start() - text.rfind("\n", 0, found.start())
        name = f"U+{ord(found[0]):04X}"
        raise SourceError(line, f"character {column} is the control character {name}", "Delete it.")


def syntax_error(error: yaml.MarkedYAMLError) -> SourceError:
    """Say what a YAML parser found, in the words of this project."""
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    return SourceError(
        line,
        f"this is not YAML: {error.problem or error.context}",
        "Check the indentation and the colons of this line and the one above; text with a colon goes in quotes.",
    )
