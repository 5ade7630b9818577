"""Cells -> lines -> pages: 40 cells by 25 lines, a BRF file."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from letters.formats.braille.cells import numeral

WIDTH, HEIGHT = 40, 25
GUIDE_DOT = '"'
SIGN = re.compile(r'#[A-J14]{1,20}|[@^_".;,]{0,3}.')
"""What no line may part within a word: a number, or a cell with those that modify it."""
OF_AN_ADDRESS = re.compile(r"_/|@A|WWW4")
"""Cells that no word has: a slash, an at sign, the beginning of a website's name."""
AFTER_A_SIGN = re.compile(r".*?(?:_/|@A|4|-|$)(?!$)|.+$")


class Line(NamedTuple):
    """A line of braille: a kept one stands on the page of the next, and one may begin the block of an id."""

    cells: str = ""
    is_kept: bool = False
    print_page: int = 0
    begins: str = ""


def wrapped(cells: str, first: int, runover: int, width: int = WIDTH) -> list[str]:
    """Return a paragraph's lines, broken at spaces; `first` and `runover` are the cells that they begin in, from 1."""
    lines, line, room = [], " " * (first - 1), width - max(first, runover) + 1
    for part in (part for word in cells.split(" ") for part in parted(word, room)):
        joint = "" if line.isspace() or not line else " "
        if len(line) + len(joint) + len(part) > width:
            lines.append(line)
            line, joint = " " * (runover - 1), ""
        line += joint + part
    return [*lines, line]


def parted(word: str, room: int) -> list[str]:
    """Return a word, or its parts with hyphens where it is longer than a line."""
    if len(word) <= room:
        return [word]
    if OF_AN_ADDRESS.search(word):
        return parted_address(word, room)
    parts = [""]
    for sign in SIGN.findall(word):
        if len(parts[-1]) + len(sign) >= room:
            parts[-1] += "-"
            parts.append("")
        parts[-1] += sign
    return parts


def parted_address(word: str, room: int) -> list[str]:
    """Return an address of the web or of mail in parts that end with a sign, and no hyphen (UEB 10.12.3)."""
    parts = [""]
    for piece in AFTER_A_SIGN.findall(word):
        for cells in (piece,) if len(piece) <= room else SIGN.findall(piece):
            if len(parts[-1]) + len(cells) > room:
                parts.append("")
            parts[-1] += cells
    return [part for part in parts if part]


def centred(cells: str) -> list[str]:
    """Return lines in the middle of the page, with three cells or more free at either side."""
    return [" " * ((WIDTH - len(line)) // 2) + line for line in wrapped(cells, 1, 1, WIDTH - 6)]


def led(words: str, number: str) -> str:
    """Return a line of the contents: its words, guide dots and the number at the right."""
    gap = WIDTH - len(words) - len(number) - 2
    return f"{words} {(GUIDE_DOT if gap > 1 else ' ') * gap} {number}"


def paged(lines: Sequence[Line]) -> list[list[Line]]:
    """Return lines on pages: kept ones stand together, no page begins with a blank line, and the last line is free."""
    pages: list[list[Line]] = [[]]
    for group in kept_together(lines):
        if len(pages[-1]) + len(group) > HEIGHT - 1:
            pages.append([])
        for line in group:
            if len(pages[-1]) == HEIGHT - 1:
                pages.append([])
            if line.cells or pages[-1]:
                pages[-1].append(line)
    return [page for page in pages if page]


def kept_together(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the groups of lines that no page parts."""
    group: list[Line] = []
    for line in lines:
        group.append(line)
        if not line.is_kept:
            yield group
            group = []
    if group:
        yield group


def as_brf(pages: Sequence[Sequence[Line]], mark: str) -> bytes:
    """Return pages as a BRF file; a draft's mark stands between the numbers in the last line, if there is room."""
    return "\f".join(as_page(page, number, mark) for number, page in enumerate(pages, start=1)).encode("ascii")


def as_page(page: Sequence[Line], number: int, mark: str) -> str:
    """Return the lines of a page, and the last with its print pages at the left and its own number at the right."""
    left, right = print_pages(page), numeral(number)
    gap = WIDTH - len(left) - len(right)
    last = left + (mark if len(mark) < gap - 1 else "").center(gap) + right
    blanks = [""] * (HEIGHT - 1 - len(page))
    return "".join(f"{line}\r\n" for line in (*(line.cells for line in page), *blanks, last))


def print_pages(page: Sequence[Line]) -> str:
    """Return the print pages that a braille page has words of, as one number or the first and the last."""
    numbers = [line.print_page for line in page if line.print_page]
    if not numbers:
        return ""
    first, last = numbers[0], numbers[-1]
    return numeral(first) if first == last else f"{numeral(first)}-{numeral(last)}"
