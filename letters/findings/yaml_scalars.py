"""Changes the words of a scalar where they stand: its other words keep their lines, quotes and escapes."""

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate

from letters.findings.word_changes import TextEdit, changes
from letters.findings.yaml_pieces import HEADER, Piece, pieces
from letters.findings.yaml_source import SourceError, YamlSource
from letters.findings.yaml_writing import escaped, reads_as_text

TOO_LONG, WIDTH = 110, 100
"""A changed line longer than the first is broken into lines of the second, or as wide as its scalar's widest."""
GROWN = 80
"""A value on one line that grows by more characters than this, and is too long then, is written anew."""


def read_alone(source: str, indent: int, flow: bool) -> object:
    """Return what the reader finds in a scalar at its place, or None where it would not take it."""
    opening, closing = ("[", "]\n") if flow else ("", "\n")
    try:
        data = YamlSource(f"{' ' * indent}k: {opening}{source}{closing}").data
    except SourceError:
        return None
    found = data.get("k") if isinstance(data, dict) and len(data) == 1 else None
    return (found[0] if isinstance(found, list) and len(found) == 1 else None) if flow else found


def with_words(source: str, style: str, words: str, indent: int, column: int, flow: bool) -> str | None:
    """Return the source of a scalar with only those words changed that differ, or None where its style cannot say them.

    `indent` is the column of its key or dash, `column` its own.
    """
    parts = pieces(source, style, indent)
    if not parts:
        return None
    said, (bare, tail) = "".join(part.said for part in parts), (words, "")
    if style and style in "|>":
        bare, tail = bare_of_ends(words)
    edited = edited_pieces(source, parts, said, bare, style, indent)
    if edited is None or grown(source, edited, column):
        return None
    edited = rebroken(source, edited, style, indent, column)
    if style and style in "|>":
        edited = with_tail(edited, tail, style)
    fits = style or (reads_as_text(words) and not (flow and "?" in words))
    return edited if fits and read_alone(edited, indent, flow) == words else None


def bare_of_ends(words: str) -> tuple[str, str]:
    """Part words from the line ends behind them."""
    bare = words.rstrip("\n")
    return bare, words[len(bare) :]


def with_tail(source: str, tail: str, style: str) -> str:
    """Return a block whose header keeps one line end behind its words, or none, as is wanted."""
    header = HEADER.match(source)
    one = "\n" if style == "|" else "\n\n"
    wanted = {"": "-", one: ""}.get(tail)
    if header is None or wanted is None or wanted == header["signs"].strip("0123456789"):
        return source
    if "+" in header["signs"] and tail:
        return source
    digit = header["signs"].strip("+-")
    return f"{source[0]}{digit}{wanted}{source[header.end('signs') :]}"


def grown(source: str, edited: str, column: int) -> bool:
    """Say whether a value on one line has grown so long that it is better written anew."""
    if "\n" in source or "\n" in edited:
        return False
    return column + len(edited) > TOO_LONG and len(edited) - len(source) > GROWN


def edited_pieces(source: str, parts: list[Piece], said: str, words: str, style: str, indent: int) -> str | None:
    """Return the source with the pieces of changed words replaced, or None where the new words do not fit in."""
    ends = list(accumulate(len(part.said) for part in parts))
    margin = continuation(source, indent)
    done, result = 0, list[str]()
    for change in changes(said, words):
        start, end, new = at_pieces(parts, ends, kept_line_ends(source, said, parts, ends, change))
        fitting = encoded(new, style, margin, "\n" in source)
        if fitting is None or start < done:
            return None
        result += source[done:start], fitting
        done = end
    return "".join([*result, source[done:]])


def kept_line_ends(source: str, said: str, parts: list[Piece], ends: list[int], change: TextEdit) -> TextEdit:
    """Move a cut that ends with a folded line end one space to the front, where the same can be cut so."""
    start, end, new = change
    if new or not 0 < start < end or said[start - 1] != " " or said[end - 1] != " ":
        return change
    before, last = (parts[bisect_left(ends, place)] for place in (start, end))
    if "\n" in source[last.start : last.end] and "\n" not in source[before.start : before.end]:
        return TextEdit(start - 1, end - 1, "")
    return change


def at_pieces(parts: list[Piece], ends: list[int], change: TextEdit) -> TextEdit:
    """Return a change of words as a change of the source, widened to whole pieces."""
    start, end, new = change
    if start == end:
        return insertion(parts, ends, start, new)
    first, last = bisect_right(ends, start), bisect_left(ends, end)
    before = parts[first].said[: start - (ends[first] - len(parts[first].said))]
    behind = parts[last].said[len(parts[last].said) - (ends[last] - end) :] if ends[last] > end else ""
    return TextEdit(parts[first].start, parts[last].end, before + new + behind)


def insertion(parts: list[Piece], ends: list[int], place: int, new: str) -> TextEdit:
    """Return words that are put in between two letters as a change of the source."""
    if place == 0:
        return TextEdit(parts[0].start, parts[0].start, new)
    before = bisect_left(ends, place)
    part = parts[before]
    if ends[before] == place:
        return TextEdit(part.end, part.end, new)
    cut = len(part.said) - (ends[before] - place)
    return TextEdit(part.start, part.end, part.said[:cut] + new + part.said[cut:])


def continuation(source: str, indent: int) -> str:
    """Return the spaces before a further line of a scalar."""
    found = re.compile(r"\n( *)[^ \n]").search(source)
    return found[1] if found else " " * (indent + 2)


def encoded(new: str, style: str, margin: str, several: bool) -> str | None:
    """Return new words as a scalar's style writes them, or None where it cannot."""
    if style == '"':
        return with_breaks(escaped(new), margin) if several else escaped(new).replace("\n", "\\n")
    if style == "'":
        new = new.replace("'", "''")
    if style == "|":
        return re.sub("\n(?=[^\n])", f"\n{margin}", new) + (margin if new.endswith("\n") else "")
    return with_breaks(new, margin) if several or "\n" not in new else None


def with_breaks(new: str, margin: str) -> str | None:
    """Write the blank lines of folded words, or return None where a line ends by itself."""
    runs = re.findall("\n+", new)
    if any(len(run) % 2 for run in runs):
        return None
    return re.sub("\n+", lambda run: "\n" * (len(run[0]) // 2 + 1) + margin, new)


def rebroken(source: str, edited: str, style: str, indent: int, column: int) -> str:
    """Return a scalar of several lines with those broken again that became too long."""
    if style == "|" or "\n" not in source:
        return edited
    before = source.split("\n")
    longest = max(column + len(before[0]), *(len(line) for line in before[1:]))
    held, margin = set(before), continuation(source, indent)
    lines: list[str] = []
    for place, line in enumerate(edited.split("\n")):
        shift = 0 if place else column
        if line in held or shift + len(line) <= max(longest, TOO_LONG):
            lines.append(line)
        else:
            lines += broken(line, max(longest, WIDTH), shift, margin, style)
    return "\n".join(lines)


def broken(line: str, width: int, shift: int, margin: str, style: str) -> list[str]:
    """Break a line at spaces where the reader folds it together again."""
    if style == ">" and line[len(margin) : len(margin) + 1] in (" ", "\t", ""):
        return [line]
    lines: list[str] = []
    start, least = 0, len(margin) + 1
    while len(line) - start + shift > width:
        place = fold_place(line, start + least, start + width - shift)
        if place < 0:
            break
        lines.append((margin if lines else "") + line[start:place])
        start, shift, least = place + 1, len(margin), 1
    return [*lines, (margin if lines else "") + line[start:]]


def fold_place(line: str, least: int, most: int) -> int:
    """Return the last space before a width, or the first behind it, at which a line can be folded; -1 for none."""
    place = most + 1
    while (place := line.rfind(" ", least, place)) >= 0:
        if can_fold(line, place):
            return place
    place = most
    while (place := line.find(" ", place + 1)) >= 0:
        if can_fold(line, place):
            return place
    return -1


def can_fold(line: str, place: int) -> bool:
    """Say whether a space can become a line end."""
    return line[place - 1] not in " \t\\" and line[place + 1 : place + 2] not in ("", " ", "\t", "#")
