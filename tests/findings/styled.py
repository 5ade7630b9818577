"""Writes inspections as people do: every style of YAML, comments of their own, blank lines, line ends of Windows."""

import json
import random
import re
from typing import Any


class Styled:
    """One way to write a file, drawn by chance; `comments` holds each comment with the id of what it belongs to."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.step = chance.choice([2, 2, 4])
        self.dash = chance.choice([0, 2, 4])
        self.gap = chance.choice([2, 2, 4])
        self.width = chance.choice([40, 60, 90])
        self.blank = chance.random() < 0.3
        self.comments: dict[str, str] = {}
        self.owner = ""

    def text(self, data: dict[str, Any]) -> str:
        """Return a whole file."""
        keys = list(data)
        self.chance.shuffle(keys)
        keys.sort(key=lambda key: key == "switches")
        lines = [self.comment("", "head")] if self.chance.random() < 0.5 else []
        lines = ["---", *lines] if self.chance.random() < 0.2 else lines
        for key in keys:
            if self.chance.random() < 0.3:
                lines += ["", self.comment("", "section"), *([""] if self.chance.random() < 0.3 else [])]
            lines += self.pair(key, data[key], 0)
        if self.chance.random() < 0.3:
            lines.append(self.comment("", "tail"))
        text = "\n".join(lines) + ("\n" if self.chance.random() < 0.8 else "")
        text = text.replace("\n", "\r\n") if self.chance.random() < 0.3 else text
        return "\ufeff" + text if self.chance.random() < 0.3 else text

    def comment(self, margin: str, word: str) -> str:
        """Return a comment that no other is like."""
        mark = f"c{len(self.comments)}z"
        self.comments[mark] = self.owner
        return f"{margin}# {mark} {word[:20].split(chr(10))[0]}: 'this' {{stays}}"

    def pair(self, key: str, value: Any, column: int) -> list[str]:
        """Return the lines of a key and its value."""
        margin = " " * column
        lines: list[str] = []
        if column and self.owner and self.chance.random() < 0.1:
            lines.append(self.comment(margin, "above a key"))
        if isinstance(value, dict):
            if self.chance.random() < 0.4 and key != "round":
                return [*lines, *self.ended(f"{margin}{key}: {self.flow(value)}")]
            lines += self.ended(f"{margin}{key}:")
            for inner, held in value.items():
                lines += self.pair(inner, held, column + self.step)
            return lines
        if isinstance(value, list):
            return [*lines, *self.sequence(key, value, column)]
        return [*lines, *self.scalar(f"{margin}{key}:{' ' * self.chance.choice([1, 1, 3])}", value, column, [])]

    def sequence(self, key: str, value: list[Any], column: int) -> list[str]:
        """Return the lines of a key with a list."""
        margin = " " * column
        if not value or (self.chance.random() < 0.4 and not any(is_big(entry) for entry in value)):
            if value and self.chance.random() < 0.3:
                return self.bracket_lines(f"{margin}{key}: [", value, margin)
            return self.ended(f"{margin}{key}: {self.flow(value)}")
        lines = self.ended(f"{margin}{key}:")
        for place, entry in enumerate(value):
            if place and self.blank:
                lines.append("")
            lines += self.entry(entry, column + self.dash)
        return lines

    def bracket_lines(self, opening: str, value: list[Any], margin: str) -> list[str]:
        """Return a list in brackets, each entry on a line of its own."""
        last = "," if self.chance.random() < 0.5 else ""
        lines = self.ended(opening)
        for place, held in enumerate(value):
            before, self.owner = self.owner, owner_of(held, self.owner)
            lines += self.ended(f"{margin}    {self.flow(held)}{',' if place < len(value) - 1 else last}")
            self.owner = before
        return [*lines, f"{margin}  ]"]

    def entry(self, entry: Any, column: int) -> list[str]:
        """Return the lines of an entry, with a comment above it now and then."""
        before, self.owner = self.owner, owner_of(entry, self.owner)
        margin = " " * column
        lines = [self.comment(margin, f"about {self.owner}")] if self.chance.random() < 0.4 else []
        dash = f"{margin}-{' ' * (self.gap - 1)}"
        if not isinstance(entry, dict):
            lines += self.scalar(dash, entry, column, [])
        elif not is_big(entry) and self.chance.random() < 0.5:
            lines += self.ended(dash + self.flow(entry))
        else:
            written: list[str] = []
            for key, value in entry.items():
                written += self.pair(key, value, column + self.gap)
            first = next(place for place, line in enumerate(written) if not line.lstrip().startswith("#"))
            own = written[first][column + self.gap :]
            lines += [*(line[self.gap :] for line in written[:first]), dash + own, *written[first + 1 :]]
        self.owner = before
        return lines

    def ended(self, line: str) -> list[str]:
        """Return a line with a comment at its end now and then."""
        return [f"{line}   {self.comment('', 'behind')}"] if self.chance.random() < 0.2 else [line]

    def flow(self, value: Any) -> str:
        """Return a value in brackets or braces."""
        if isinstance(value, dict):
            return "{" + ", ".join(f"{key}: {self.flow(held)}" for key, held in value.items()) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(self.flow(held) for held in value) + "]"
        if not isinstance(value, str):
            return str(value).lower() if isinstance(value, bool) else str(value)
        return value if re.fullmatch(r"[A-Za-z][A-Za-z ]*", value) else json.dumps(value, ensure_ascii=False)

    def scalar(self, opening: str, value: Any, column: int, lines: list[str]) -> list[str]:
        """Return the lines of words or of a number, in one of the styles that can say them."""
        if not isinstance(value, str):
            return self.ended(opening + (str(value).lower() if isinstance(value, bool) else str(value)))
        styles = [self.double]
        if "\n" not in value.replace("\n\n", ""):
            styles += [self.folded, self.several, self.several_quoted]
        if "\n" in value or self.chance.random() < 0.3:
            styles.append(self.literal)
        if "\n" not in value:
            styles += [self.single, self.bare]
        return self.chance.choice(styles)(opening, value, column)

    def bare(self, opening: str, value: str, column: int) -> list[str]:
        """Return bare words on one line, where they can be."""
        unsafe = re.search(r": | #|:$|^[\W\d]", value) or len(value) < 5
        return self.single(opening, value, column) if unsafe else self.ended(opening + value)

    def single(self, opening: str, value: str, column: int) -> list[str]:
        """Return words in single quotes."""
        return self.ended(f"{opening}'{value.replace(chr(39), chr(39) * 2)}'")

    def double(self, opening: str, value: str, column: int) -> list[str]:
        """Return words in double quotes, with escapes."""
        words = json.dumps(value, ensure_ascii=self.chance.random() < 0.5)
        return (
            self.ended(opening + words)
            if value.isascii() or "\\ud8" not in words
            else self.several_quoted(opening, value, column)
        )

    def rows(self, value: str, column: int) -> list[str]:
        """Return words in lines of a width, each with its margin."""
        margin = " " * (column + self.chance.choice([2, 4, 4]))
        rows: list[str] = []
        for place, part in enumerate(value.split("\n\n")):
            rows += [""] if place else []
            row = ""
            for word in part.split(" "):
                if row and len(row) + len(word) > self.width:
                    rows.append(margin + row)
                    row = ""
                row = f"{row} {word}" if row else word
            rows.append(margin + row)
        return rows

    def folded(self, opening: str, value: str, column: int) -> list[str]:
        """Return words in a folded block."""
        header = f"{opening}>-"
        return [*self.ended(header), *self.rows(value, column + self.gap)]

    def literal(self, opening: str, value: str, column: int) -> list[str]:
        """Return words in a literal block."""
        margin = " " * (column + self.gap + 2)
        return [*self.ended(f"{opening}|-"), *(margin + row if row else "" for row in value.split("\n"))]

    def several(self, opening: str, value: str, column: int) -> list[str]:
        """Return bare words on several lines, where they can be."""
        if re.search(r": | #|:\n|:$|^[\W\d]|\n[\W\d]", value) or len(value) < 8:
            return self.several_quoted(opening, value, column)
        first, *others = self.rows(value, column + self.gap)
        if any(row.lstrip().startswith(("#", "-", "?")) or row.endswith(":") for row in others):
            return self.several_quoted(opening, value, column)
        return [opening + first.strip(), *others]

    def several_quoted(self, opening: str, value: str, column: int) -> list[str]:
        """Return words in quotes on several lines, with escapes and lines that go on."""
        single = self.chance.random() < 0.5
        value = value.replace("'", "''") if single else json.dumps(value, ensure_ascii=False)[1:-1].replace("\\n", "\n")
        first, *others = self.rows(value, column + self.gap)
        mark = "'" if single else '"'
        lines = [opening + mark + first.strip(), *others]
        if not single and len(lines) > 1 and lines[1] and self.chance.random() < 0.5:
            lines[0] += " \\"
        lines[-1] += mark
        return lines[:-1] + self.ended(lines[-1])


def owner_of(entry: Any, around: str) -> str:
    """Return the id of an entry, or that of the one around it; bare words in a section are their own."""
    own = str(entry.get("id", "")) if isinstance(entry, dict) else ""
    return own or around or f"?{entry}"


def is_big(entry: Any) -> bool:
    """Say whether an entry is too long for braces."""
    return isinstance(entry, dict) and ("items" in entry or len(str(entry)) > 150)
