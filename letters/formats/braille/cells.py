"""Runs -> cells: unified English contracted braille by liblouis.

A paragraph is translated all at once, so that no contraction is lost. The cells are those of North American ASCII
braille (BRF). What the table does not know is spelt by its Unicode name as a
transcriber's note; a character that has no name is a FormatFault.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from itertools import groupby
from typing import Any, NamedTuple

from letters.document.blocks import Document, Run, Runs, plain
from letters.document.walk import texts
from letters.errors import FormatFault, ToolMissing

BINDING = "/usr/lib/python3/dist-packages/louis/__init__.py"
"""Where Debian keeps the binding: plain ctypes, so that any Python 3 can load it."""
TABLES = ["en-us-brf.dis", "en-ueb-g2.ctb"]
STOPS = ".,;:?!"
ITALIC, BOLD, TRANSCRIBER = 1, 4, 16
"""What liblouis calls the looks that it has indicators for."""
REFERENCE, REFERENCE_NUMBER = "²", "#B"
"""Stands for the number of a footnote while its paragraph is translated, and what is then put for its own."""
ADDRESS = re.compile(r"^(https?://|mailto:)(.*?)/?$", re.IGNORECASE)
BETWEEN_NUMBERS = re.compile(r"(?<=\d) (?=\d)")
GROUPED = re.compile(r"(?<!\d)(?<!\d )\d{1,3}(?: \d{3})+(?!\d| \d)")
"""A number whose digits stand in groups of three."""
INVISIBLE = re.compile("[\N{VARIATION SELECTOR-1}-\N{VARIATION SELECTOR-16}]")


class Sign(NamedTuple):
    """A character to translate and its look; the reference to a footnote has its number."""

    character: str
    look: int = 0
    note: int = 0


@cache
def liblouis() -> Any:
    """Return Debian's binding of liblouis; raises ToolMissing where it or its tables are not installed."""
    loader = SourceFileLoader("louis", BINDING)
    spec = spec_from_loader("louis", loader)
    try:
        louis: Any = module_from_spec(spec) if spec else None
        loader.exec_module(louis)
        louis.checkTable(TABLES)
    except (OSError, RuntimeError) as error:
        remedy = "Install it: apt-get install liblouis20 liblouis-data python3-louis"
        raise ToolMissing(f"braille needs liblouis, which is not on this machine ({error}). {remedy}.") from None
    return louis


class Translator:
    """Translates the runs of one document: it knows the numbers of its footnotes and its outer quotation marks."""

    def __init__(self, document: Document) -> None:
        self._notes = {note.id: number for number, note in enumerate(document.notes, start=1)}
        words = "".join(plain(runs) for runs in texts(document))
        singles, doubles = words.count("‘"), words.count("“")
        is_first = words.find("‘") < words.find("“")
        self._has_single_quotes = singles > doubles or (singles == doubles and is_first)

    def cells(self, *parts: Runs, look: int = 0) -> str:
        """Return a paragraph in braille; each part of it says for itself whether its looks carry meaning."""
        signs = with_stops(squeezed(sign for part in parts for sign in self._signs(part, look)))
        return " ".join(filter(None, map(self._translated, apart(signs))))

    def _translated(self, signs: Sequence[Sign]) -> str:
        text, looks = "".join(sign.character for sign in signs), [sign.look for sign in signs]
        if not text:
            return ""
        louis = liblouis()
        cells, sources, _, _ = louis.translate(TABLES, text, typeform=looks if any(looks) else None)
        found = groupby(zip(cells, sources, strict=True), key=lambda pair: pair[1])
        return "".join(
            self._written(signs[source], "".join(cell for cell, _ in group)) for source, group in found
        ).strip()

    def _written(self, sign: Sign, cells: str) -> str:
        """Return cells with a footnote's own number, and outer quotation marks in one cell, inner in two (UEB 7.6)."""
        if sign.note:
            return cells.replace(REFERENCE_NUMBER, numeral(sign.note))
        if self._has_single_quotes and sign.character in "‘’":
            return cells.replace(",8", "8").replace(",0", "0")
        if self._has_single_quotes and sign.character in '“”"':
            return cells.replace("8", "^8").replace("0", "^0")
        return cells

    def _signs(self, runs: Runs, look: int) -> Iterator[Sign]:
        has_looks = is_meant(runs)
        for link, group in groupby(runs, key=lambda run: run.link):
            held = tuple(group)
            for run in held:
                own = look or (look_of(run) if has_looks else 0)
                if run.note:
                    yield Sign(REFERENCE, note=self._notes[run.note])
                else:
                    yield from spelt(run.text, own)
            yield from spelt(address(link, plain(held)), look)


def apart(signs: Sequence[Sign]) -> Iterator[Sequence[Sign]]:
    """Yield signs in parts: two numbers beside each other would become one (UEB 6.6), unless they are one in groups."""
    text = "".join(sign.character for sign in signs)
    grouped = [found.span() for found in GROUPED.finditer(text)]
    start = 0
    for found in BETWEEN_NUMBERS.finditer(text):
        if not any(first < found.start() < last for first, last in grouped):
            yield signs[start : found.start()]
            start = found.end()
    yield signs[start:]


def look_of(run: Run) -> int:
    """Return the look of a run as liblouis takes it."""
    return BOLD * run.strong + ITALIC * run.emphasis


def is_meant(runs: Runs) -> bool:
    """Return whether looks tell words of a paragraph from others; one that all of it has is layout (UEB 9)."""
    return len({look_of(run) for run in runs if run.text.strip()}) > 1


def address(link: str, words: str) -> str:
    """Return the address that a link leads to, in brackets, where its words are others."""
    held = ADDRESS.match(link)
    said = ADDRESS.sub(r"\2", words.strip()).removesuffix("/")
    return f" ({held[2]})" if held and held[2].casefold() != said.casefold() else ""


def spelt(text: str, look: int) -> Iterator[Sign]:
    """Yield the characters of a text, and the names of those that braille has no sign for."""
    text = INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    named = False
    for place, character in enumerate(text):
        if character.isspace() or is_known(character):
            named = False
            yield Sign(character, look)
        elif unicodedata.category(character) != "Cf":
            around = text[max(0, place - 20) : place + 20]
            yield from (Sign(letter, TRANSCRIBER) for letter in f"{' ' * named}{name_of(character, around)}")
            named = True


@cache
def is_known(character: str) -> bool:
    """Return whether the table has cells for a character."""
    louis = liblouis()
    cells: str = louis.translateString(TABLES, character, mode=louis.noUndefined)
    return unicodedata.category(character) != "Cf" and cells.strip() != "" and cells.isascii()


def name_of(character: str, around: str) -> str:
    """Return the name of a character in words; raises FormatFault where it has none."""
    name = unicodedata.name(character, "").lower()
    if not name:
        raise FormatFault(
            f"braille has no sign for U+{ord(character):04X}, in “{around}”, and Unicode has no name for it."
            " Use another character."
        )
    return name


def squeezed(signs: Iterable[Sign]) -> list[Sign]:
    """Return signs with one plain space between words and none around them."""
    kept: list[Sign] = []
    for sign in signs:
        if not sign.character.isspace():
            kept.append(sign)
        elif kept and kept[-1].character != " ":
            kept.append(sign._replace(character=" "))
    return kept[:-1] if kept and kept[-1].character == " " else kept


def with_stops(signs: Iterable[Sign]) -> list[Sign]:
    """Return signs with each stop in the look of the word before it: in print nobody can tell."""
    found: list[Sign] = []
    for sign in signs:
        look = found[-1].look & (ITALIC | BOLD) if found and sign.character in STOPS else 0
        found.append(sign._replace(look=sign.look or look))
    return found


def numeral(number: int) -> str:
    """Return a number in UEB: the numeric indicator, and digits as the letters A to J."""
    return "#" + str(number).translate(str.maketrans("1234567890", "ABCDEFGHIJ"))
