"""What a reader gets of a Word file: its lines piece for piece, without what a program writes anew as it saves.

Spacing, fonts, list numbers, widths, languages and the numbers of pictures go; words, looks that mean something, the
kinds of paragraphs, links, notes, fields, pictures and the shape of tables stay.
"""

import re
from collections.abc import Iterator, Mapping

from letters.document.marks import UNREAD, Cell, Grid, Line, Marked, Piece, Row, Story, lines_of, merged
from letters.word.link_fields import INSTRUCTION, kind_of
from letters.word.stories import BESIDE_RUNS

KINDS = re.compile(r"^(?:Heading\d|List)")
NUMBERED = re.compile(r'<w:numId w:val="[1-9]')
LEVEL = re.compile(r'<w:ilvl w:val="(\d+)"')
SIMPLE = re.compile(r'\binstr="([^"]*)"')
LOOKS = re.compile(
    r'<w:(u|strike|dstrike|highlight|vertAlign|caps|smallCaps|vanish)\b(?: [^>]*?w:val="([^"]*)")?[^>]*>'
)
SWITCH = "\\"
"""Begins how a field is to look, such as \\* MERGEFORMAT."""
OFF = ("none", "0", "false", "off", "baseline")
SPANS = re.compile(r'<w:(gridSpan|vMerge)\b(?: w:val="([^"]*)")?/>')
DRAWN = re.compile(r'="image:([^"]*)"|\bdescr="([^"]*)"|\bstring="([^"]*)"|<(?:w|a):t\b[^>]*>([^<]*)<')
DRAWN_NAME = ("", "picture", "described", "words", "words")
DRAWINGS = ("drawing", "pict", "object", "AlternateContent")


def as_read(marked: Marked, pictures: Mapping[str, str]) -> Marked:
    """Return a file as a reader gets it; `pictures` has the other name of each picture that only looks like another."""
    reading = Reading(marked, pictures)
    return Marked({name: reading.story(story) for name, story in marked.stories.items()})


class Reading:
    """Takes from the stories of one file what no reader sees."""

    def __init__(self, marked: Marked, pictures: Mapping[str, str]) -> None:
        self._pictures = pictures
        self._notes: dict[str, str] = {}
        self._notes = {name: self._said(story) for name, story in marked.stories.items() if name.startswith("note:")}

    def story(self, story: Story) -> Story:
        """Return a story as a reader gets it."""
        return tuple(self._line(block) if isinstance(block, Line) else self._grid(block) for block in story)

    def _said(self, story: Story) -> str:
        """Return what a footnote says."""
        pieces = (merged(line.pieces) for line in lines_of(self.story(story)))
        return repr([[piece[:4] for piece in held] for held in pieces])

    def _grid(self, grid: Grid) -> Grid:
        return Grid(tuple(map(self._row, grid.rows)))

    def _row(self, row: Row) -> Row:
        return Row(tuple(Cell(self.story(cell.story), spans_of(cell.props)) for cell in row.cells))

    def _line(self, line: Line) -> Line:
        return Line(tuple(self._pieces(line.pieces)), line.anchors, line.style, kind_of_line(line))

    def _pieces(self, pieces: tuple[Piece, ...]) -> Iterator[Piece]:
        shown = False
        for piece in pieces:
            sign = kind_of(piece)
            shown = sign == "separate" or (shown and sign != "end")
            if sign or shown:
                yield Piece(piece.text, object_key=UNREAD)
            else:
                yield Piece(piece.text, look_of(piece), piece.link, self._thing(piece) if piece.object_key else "")

    def _thing(self, piece: Piece) -> str:
        """Return what a thing is to a reader."""
        kind, xml = piece.object_key.removeprefix(BESIDE_RUNS).partition(":")[0], str(piece.content or "")
        if kind in DRAWINGS:
            return f"drawn: {'; '.join(self._drawn(xml))}"
        if kind in ("instrText", "delInstrText", "fldSimple"):
            found = INSTRUCTION.search(xml) or SIMPLE.search(xml)
            return f"field: {' '.join(found[1].partition(SWITCH)[0].split()) if found else ''}"
        if kind == "note":
            return f"note: {self._notes.get(piece.object_key, '')}"
        return kind if kind == "footnoteRef" else piece.object_key

    def _drawn(self, xml: str) -> list[str]:
        """Return the pictures and words of a drawing, each once."""
        found = [(DRAWN_NAME[hit.lastindex or 0], hit[hit.lastindex or 0]) for hit in DRAWN.finditer(xml)]
        named = [f"{what} {self._pictures.get(name, name)}" for what, name in found if name.strip()]
        return list(dict.fromkeys(named))


def kind_of_line(line: Line) -> str:
    """Return what kind of paragraph a reader sees: a heading or one of a list by its style, a numbered one, or none."""
    if KINDS.match(line.style):
        return line.style
    level = LEVEL.search(line.props)
    return f"numbered {level[1]}" if level and NUMBERED.search(line.props) else ""


def look_of(piece: Piece) -> str:
    """Return the looks that mean something; a link is underlined by its style or by itself."""
    if piece.object_key.startswith(("note:", "footnoteRef")):
        return ""
    found = [name if value in (None, "1", "true", "on") else f"{name} {value}" for name, value in looks_on(piece.look)]
    found += ["strong"] * piece.strong + ["emphasis"] * piece.emphasis
    return " ".join(sorted(set(found) - ({"u single"} if piece.link else set())))


def looks_on(look: str) -> list[tuple[str, str | None]]:
    """Return the looks that are switched on, with their values."""
    return [(hit[1], hit[2]) for hit in LOOKS.finditer(look) if hit[2] not in OFF]


def spans_of(props: str) -> str:
    """Return over how many columns and rows a cell goes."""
    found = ((hit[1], hit[2]) for hit in SPANS.finditer(props))
    return " ".join(f"{name} {value or 'continue'}" for name, value in found if (name, value) != ("gridSpan", "1"))
