"""Writes new values as YAML: long text in a block, quotes where a reader needs them, lists as the file has them."""

import re
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any, NamedTuple

from yaml import nodes as yaml_nodes
from yaml.resolver import Resolver

WIDTH = 95
LONG = 80
"""Text of more characters than this is written as a block."""
NEWER = re.compile(
    r"[-+]?(?:[\d_]+|0o[0-7_]+|0x[\da-fA-F_]+|0b[01_]+|(?:\.\d+|\d[\d_]*(?:\.[\d_]*)?)(?:[eE][-+]?\d+)?|\.inf)"
    r"|\.nan|[yn]|yes|no|on|off|true|false|null",
    re.IGNORECASE,
)
"""Words that one YAML reader or another takes for a number, for yes or no, or for nothing."""
BARE = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`=<~](?:[^:#\n]|:(?=\S)|(?<=\S)#)*")
BARE_IN_BRACKETS = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`=<~][^?:#\n,\[\]{}\"]*")
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]")


class Written(NamedTuple):
    """A value: what stands on the line of its key or dash, and the lines below."""

    head: str
    body: list[str]


@dataclass(frozen=True, slots=True)
class Style:
    """How a file is laid out: by how much keys stand in, and dashes, and whether short lists stand in brackets."""

    step: int = 2
    dash: int = 2
    gap: int = 2
    """From a dash to what it opens."""
    brackets: bool = field(default=True)

    def value(self, value: Any, indent: int) -> Written:
        """Write a value whose key stands at a column."""
        if isinstance(value, dict) and value:
            return Written("", self.mapping(value, indent + self.step))
        if isinstance(value, list) and value and not (self.brackets and are_short(value)):
            column = indent + self.dash
            return Written("", [line for entry in value for line in self.entry(entry, column, self.gap)])
        return self.text(value, indent) if isinstance(value, str) else Written(in_brackets(value), [])

    def mapping(self, value: dict[str, Any], column: int) -> list[str]:
        """Write keys and values on lines of their own."""
        lines: list[str] = []
        for key, inner in value.items():
            head, body = self.value(inner, column)
            lines += [f"{' ' * column}{in_line(key)}:{head and ' '}{head}", *body]
        return lines

    def entry(self, value: Any, column: int, gap: int) -> list[str]:
        """Write an entry of a list whose dash stands at a column."""
        dash = " " * column + "-" + " " * (gap - 1)
        if isinstance(value, dict) and value:
            first, *others = self.mapping(value, column + gap)
            return [dash + first[column + gap :], *others]
        head, body = self.value(value, column)
        return [f"{dash}{head}".rstrip(), *body]

    def text(self, words: str, indent: int) -> Written:
        """Write words: in a block where they are long or have paragraphs, and otherwise on the line."""
        words = str(words.value) if isinstance(words, Enum) else words
        bare = words.rstrip("\n")
        margin = " " * (indent + self.step)
        if not bare or UNSAFE.search(words) or words[0] in " \t\n" or len(words) - len(bare) > 1:
            return Written(in_line(words), [])
        if "\n" not in words and len(words) <= LONG:
            return Written(in_line(words), [])
        if words == bare and (rows := folded(words)):
            return Written(">-", [margin + row if row else "" for row in rows])
        rows = bare.split("\n")
        if any(not row.strip(" \t") and row for row in rows):
            return Written(in_line(words), [])
        return Written("|-" if words == bare else "|", [margin + row if row else "" for row in rows])


def are_short(values: list[Any]) -> bool:
    """Say whether a list fits in brackets on a line."""
    plain = all(not isinstance(value, dict | list) for value in values)
    return plain and sum(len(str(value)) + 2 for value in values) <= LONG


def in_brackets(value: Any) -> str:
    """Write a value on one line, as it stands in brackets and braces."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{in_line(key, True)}: {in_brackets(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(in_brackets(inner) for inner in value) + "]"
    return in_line(value, True) if isinstance(value, str) else plain(value)


def plain(value: Any) -> str:
    """Write a value that is not text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    return value.isoformat() if isinstance(value, date) else str(value)


def in_line(words: str, brackets: bool = False) -> str:
    """Write words on one line, in quotes where a reader needs them."""
    words = str(words.value) if isinstance(words, Enum) else words
    safe = BARE_IN_BRACKETS if brackets else BARE
    if safe.fullmatch(words) and words[-1] not in " \t:" and reads_as_text(words):
        return words
    if '"' in words and "\\" not in words and "\n" not in words and not UNSAFE.search(words):
        return "'" + words.replace("'", "''") + "'"
    return '"' + escaped(words).replace("\n", "\\n") + '"'


def escaped(words: str) -> str:
    """Write words as they stand in double quotes, their line ends apart."""
    words = words.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
    return UNSAFE.sub(lambda sign: f"\\u{ord(sign[0]):04x}", words)


def reads_as_text(words: str) -> bool:
    """Say whether every reader takes bare words as text, and not as a number, a date or yes and no."""
    tag = Resolver().resolve(yaml_nodes.ScalarNode, words, (True, False))  # type: ignore[no-untyped-call]
    return bool(tag == "tag:yaml.org,2002:str") and not NEWER.fullmatch(words)


def folded(words: str) -> list[str]:
    """Return the lines of a folded block, or none where it could not say the words."""
    paragraphs = words.split("\n\n")
    if any(not part or "\n" in part or part[0] in " \t" or part[-1] in " \t" for part in paragraphs):
        return []
    if max(map(len, paragraphs)) <= LONG:
        return []
    rows: list[str] = []
    for part in paragraphs:
        rows += [*([""] if rows else []), *wrapped(part)]
    return rows


def wrapped(text: str) -> list[str]:
    """Break a text at single spaces into lines of a block."""
    rows: list[str] = []
    start = 0
    while len(text) - start > WIDTH:
        place = text.rfind(" ", start, start + WIDTH)
        place = place if place > start else text.find(" ", start + WIDTH)
        if place < 0 or not text[place + 1 : place + 2].strip() or not text[place - 1].strip():
            break
        rows.append(text[start:place])
        start = place + 1
    return [*rows, text[start:]]
