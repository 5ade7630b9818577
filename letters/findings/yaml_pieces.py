"""What each stretch of a scalar's source says: words, escapes, folded line ends and blank lines, one by one."""

import re
from collections.abc import Iterator
from typing import NamedTuple

QUOTED = re.compile(
    r"""(?P<joined>\\\n[ \t]*(?P<blank>(?:\n[ \t]*)*))
    |(?P<fold>[ \t]*\n[ \t\n]*)
    |\\(?:x(?P<x>[0-9A-Fa-f]{2})|u(?P<u>[0-9A-Fa-f]{4})|U(?P<U>[0-9A-Fa-f]{8})|(?P<sign>.))
    |(?P<letters>[ \t]+|[^\\ \t\n]+)""",
    re.VERBOSE,
)
BARE = re.compile(r"[ \t]*\n[ \t\n]*|[ \t]+|[^ \t\n]+")
SINGLE = re.compile(r"[ \t]*\n[ \t\n]*|[ \t]+|''|[^' \t\n]+")
WORDS = re.compile(r" +|[^ ]+")
SIGNS = dict(zip("0abtnvfreN_LP", "\0\a\b\t\n\v\f\r\x1b\x85\xa0\u2028\u2029", strict=True))
"""What an escape of one letter stands for."""
HEADER = re.compile(r"[|>](?P<signs>[-+0-9]*)[^\n]*")


class Piece(NamedTuple):
    """A stretch of source, and what the reader makes of it."""

    start: int
    end: int
    said: str


def pieces(source: str, style: str, indent: int) -> list[Piece]:
    """Return the pieces of a scalar's source in order; `indent` is the column of its key or dash.

    The last line ends of a block are none of them.
    """
    if style and style in "|>":
        return list(block_pieces(source, style, indent))
    if style == '"':
        return list(escaped_pieces(source))
    return list(bare_pieces(source, style))


def folded_breaks(breaks: int) -> str:
    """Say what a folded line end says, with `breaks` line ends in it: a space, or blank lines."""
    return "\n\n" * (breaks - 1) if breaks > 1 else " "


def bare_pieces(source: str, style: str) -> Iterator[Piece]:
    """Yield the pieces of bare words, or of words in single quotes."""
    quote = len(style)
    for found in (SINGLE if style else BARE).finditer(source, quote, len(source) - quote):
        breaks = found[0].count("\n")
        yield Piece(*found.span(), folded_breaks(breaks) if breaks else found[0].replace("''", quote * "'" or "''"))


def escaped_pieces(source: str) -> Iterator[Piece]:
    """Yield the pieces of words in double quotes."""
    newline = "\n\n" if "\n" in source else "\n"
    for found in QUOTED.finditer(source, 1, len(source) - 1):
        match found.lastgroup:
            case "joined":
                said = newline * found["blank"].count("\n")
            case "fold":
                said = folded_breaks(found[0].count("\n"))
            case "sign":
                said = SIGNS.get(found["sign"], found["sign"])
            case "letters":
                said = found[0]
            case code:
                said = chr(int(found[code or "x"], 16))
        yield Piece(*found.span(), newline if said == "\n" else said)


class Row(NamedTuple):
    """A line of a block that holds words: where they begin and end, and how many blank lines stand above."""

    start: int
    end: int
    blank: int


def block_pieces(source: str, style: str, indent: int) -> Iterator[Piece]:
    """Yield the pieces of a block, word by word and line end by line end."""
    before: Row | None = None
    for row in rows(source, indent):
        start = before.end if before else line_above(source, row)
        said = between(source, before, row, style)
        if said or before:
            yield Piece(start, row.start, said)
        yield from (Piece(*found.span(), found[0]) for found in WORDS.finditer(source, row.start, row.end))
        before = row


def line_above(source: str, row: Row) -> int:
    """Return where the first line of a block begins, with the blank lines above its words."""
    return source.index("\n") + 1 if row.blank else row.start


def between(source: str, before: Row | None, row: Row, style: str) -> str:
    """Say what stands between two lines of a block."""
    newline = "\n" if style == "|" else "\n\n"
    if before is None:
        return newline * row.blank
    further = any(source[place] in " \t" for place in (before.start, row.start))
    if style == "|" or further:
        return newline * (row.blank + 1)
    return newline * row.blank if row.blank else " "


def rows(source: str, indent: int) -> Iterator[Row]:
    """Yield the lines of a block that hold words."""
    margin = margin_of(source, indent)
    place = source.find("\n") + 1 or len(source)
    blank = 0
    while place < len(source):
        end = source.find("\n", place)
        end = end if end >= 0 else len(source)
        start = min(place + margin, end)
        if source[place:start].strip(" ") or start == end:
            blank += 1
        else:
            yield Row(start, end, blank)
            blank = 0
        place = end + 1


def margin_of(source: str, indent: int) -> int:
    """Return the column at which the lines of a block begin."""
    header = HEADER.match(source)
    for sign in header["signs"] if header else "":
        if sign.isdigit():
            return indent + int(sign)
    first = re.compile(r"\n( *)[^ \n]").search(source)
    return len(first[1]) if first else 0
