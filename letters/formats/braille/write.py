"""Blocks -> braille: a document in unified English contracted braille, as a BRF file.

Layout is British where the UK Association for Accessible Formats says how (Guiding Principles for the Presentation of
Braille, B004, 2016): a title page that says what the transcription is; where the print page turns, its number on a
line of its own, centred behind dots 5, 25; a footnote after the paragraph that refers to it; tables row by row. Where
B004 leaves it open, it is that of BANA's Braille Formats (2016): headings centred, in cell 5 and in cell 7, box lines
of dots 2356 above and 1245 below, notes in 7-5, guide dots. The last line of a page has its print pages at the left
and its own number at the right. Italics and bold are shown where they tell words of a paragraph from others (UEB 9),
not where all of it has them, as in a heading.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from letters.document.blocks import (
    Block,
    Blocks,
    Box,
    Chart,
    Contents,
    Document,
    Figure,
    Heading,
    Item,
    Paragraph,
    Run,
    Runs,
    Table,
)
from letters.document.walk import block_texts, caption_runs
from letters.errors import FormatFault
from letters.formats.braille.cells import TRANSCRIBER, Translator, numeral
from letters.formats.braille.pages import WIDTH, Line, as_brf, centred, led, paged, wrapped
from letters.houses.words import day

BOX_TOP, BOX_END = "7" * WIDTH, "G" * WIDTH
PAGE_TURN = '"3'
ROOM_FOR_PAGE = 7
"""Cells at the end of a line of the contents that no words stand in: a page number, a space and a guide dot."""
NARROW, WIDE, LIST = (3, 1), (7, 5), (1, 3)
"""Where a paragraph, a note and a line of an address begin, and where they go on."""
Row: TypeAlias = Sequence[tuple[Runs, Blocks]]
"""The entries of a table's row, each with the head of its column; the name of a row has none."""
NOTHING = (Paragraph("", (Run("–"),)),)
"""What an empty cell says."""
LINE_ROLES = ("addressees", "cover-facts", "date", "salutation", "sign-off", "strapline")
UNPROOFED = (
    "This is a transcription into contracted Unified English Braille that was made by machine. Nobody has proofread it."
)
PAGE_NUMBERS = (
    "The last line of each page has the numbers of the print pages at the left and of the braille page at the right."
)
ROW_BY_ROW = (
    "Tables are set out row by row: first the heads of the columns, then each row, with the head of the column"
    " before each entry."
)


def write(document: Document, print_pages: Mapping[str, int]) -> bytes:
    """Return a document as BRF; `print_pages` says on which page of the PDF each block begins, by its id, or nothing.

    Raises ToolMissing without liblouis, and FormatFault for what unified English braille cannot say.
    """
    if not document.meta.language.lower().startswith("en"):
        raise FormatFault(f"braille is written for English; this document is in {document.meta.language!r}.")
    pages = pages_of(document, print_pages, {})
    if document.is_report:
        pages = pages_of(document, print_pages, places(pages))
    mark = Translator(document).cells((Run(document.draft.watermark),)) if document.draft else ""
    return as_brf(pages, mark)


def pages_of(document: Document, print_pages: Mapping[str, int], numbers: Mapping[str, int]) -> list[list[Line]]:
    """Return the pages of a document; `numbers` are those that its contents lead to, and alter no line's length."""
    writer = Writer(document, print_pages, numbers)
    return paged(list(writer.title_page())) + paged(list(apart(writer.body())))


def places(pages: Iterable[Iterable[Line]]) -> dict[str, int]:
    """Return the braille page on which each heading begins, by its id."""
    return {line.begins: number for number, page in enumerate(pages, start=1) for line in page if line.begins}


def apart(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield lines without a second blank one in succession."""
    was_blank = True
    for line in lines:
        if line.cells or not was_blank:
            yield line
        was_blank = not line.cells


class Writer:
    """Writes the lines of one document; it knows the print page it is on, and what its reader has been told."""

    def __init__(self, document: Document, print_pages: Mapping[str, int], numbers: Mapping[str, int]) -> None:
        self._document, self._print_pages, self._numbers = document, print_pages, numbers
        self._translator = Translator(document)
        self._notes = {note.id: note for note in document.notes}
        self._counts: dict[str, int] = {}
        self._print_page = 0
        self._told: set[str] = set()

    def title_page(self) -> Iterator[Line]:
        """Yield what identifies the document, and what a reader has to know of the transcription."""
        meta, draft = self._document.meta, self._document.draft
        marks = (draft.watermark, draft.footer) if draft else ()
        for words in (meta.title, meta.author, day(meta.day), *marks):
            yield from map(Line, centred(self._translator.cells((Run(words),))))
            yield Line()
        yield from self._transcriber(UNPROOFED)
        if self._print_pages:
            yield from self._transcriber(PAGE_NUMBERS)
        if self._document.letterhead:
            yield from self._transcriber(f"Logos: {'; '.join(logo.alt for logo in self._document.letterhead)}.")

    def body(self) -> Iterator[Line]:
        """Yield the lines of the document itself."""
        yield from self._blocks(self._document.blocks)
        yield from self._footnotes(self._notes)

    def _blocks(self, blocks: Iterable[Block]) -> Iterator[Line]:
        for block in blocks:
            yield from self._turn(block.id)
            yield from self._block(block)

    def _block(self, block: Block) -> Iterator[Line]:
        if isinstance(block, Heading):
            return self._heading(block)
        if isinstance(block, Item):
            return self._item(block)
        if isinstance(block, Box):
            return self._box(block)
        if isinstance(block, Table):
            return self._table(block)
        if isinstance(block, Chart):
            return self._chart(block)
        if isinstance(block, Contents):
            return self._contents(block)
        if isinstance(block, Figure):
            return self._transcriber(block.alt)
        return self._paragraph(block)

    def _turn(self, block_id: str) -> Iterator[Line]:
        """Yield the line that says which print page begins, where a further one does."""
        before, page = self._print_page, self._print_pages.get(block_id, 0)
        self._print_page = max(before, page)
        if 0 < before < page:
            yield from self._lines(centred(PAGE_TURN + numeral(page)), is_kept=True)

    def _lines(self, lines: Iterable[str], is_kept: bool = False, begins: str = "") -> Iterator[Line]:
        return (Line(cells, is_kept, self._print_page, begins) for cells in lines)

    def _said(self, place: tuple[int, int], *parts: Runs, is_kept: bool = False) -> Iterator[Line]:
        """Yield a paragraph, and after it the footnotes that it is the first to refer to."""
        cells = self._translator.cells(*parts)
        yield from self._lines(wrapped(cells, *place) if cells else (), is_kept)
        yield from self._footnotes(run.note for runs in parts for run in runs if run.note)

    def _footnotes(self, names: Iterable[str]) -> Iterator[Line]:
        for name in names:
            if name not in self._told:
                self._told.add(name)
                yield from self._said(WIDE, (Run("", note=name), Run(" ")), self._notes[name].runs)

    def _transcriber(self, words: str) -> Iterator[Line]:
        """Yield words that the document itself does not say, as a transcriber's note."""
        if words:
            yield from self._lines(wrapped(self._translator.cells((Run(words),), look=TRANSCRIBER), *WIDE))

    def _heading(self, heading: Heading) -> Iterator[Line]:
        cells, is_top = self._translator.cells(heading.runs), heading.level == 1
        cell = 5 if heading.level == 2 else 7
        yield Line(is_kept=True)
        yield from self._lines(centred(cells) if is_top else wrapped(cells, cell, cell), True, heading.id)
        if is_top:
            yield Line(is_kept=True)
        yield from self._footnotes(run.note for run in heading.runs if run.note)

    def _paragraph(self, paragraph: Paragraph) -> Iterator[Line]:
        is_line = paragraph.role in LINE_ROLES or paragraph.role.startswith("signatory")
        return self._said(LIST if is_line else NARROW, paragraph.runs)

    def _item(self, item: Item) -> Iterator[Line]:
        first = 2 * item.level - 1
        place = (first + 4, first + 2) if item.continues else (first, first + 2)
        return self._said(place, self._mark(item), item.runs)

    def _mark(self, block: Paragraph | Item) -> Runs:
        """Return what stands before the words of an item."""
        if isinstance(block, Paragraph) or block.continues:
            return ()
        if not block.ordered:
            return (Run("• "),)
        self._counts[block.list] = self._counts.get(block.list, 0) + 1
        return (Run(f"{self._counts[block.list]}. "),)

    def _box(self, box: Box) -> Iterator[Line]:
        """Yield a box's blocks, those of a case study between box lines."""
        yield Line()
        if box.role == "case-study":
            yield from self._lines([BOX_TOP], is_kept=True)
            inner = trimmed(list(apart(self._blocks(box.blocks))))
            yield from (*inner[:-1], *(line._replace(is_kept=True) for line in inner[-1:]))
            yield from self._lines([BOX_END])
        else:
            yield from self._blocks(box.blocks)
        yield Line()

    def _chart(self, chart: Chart) -> Iterator[Line]:
        yield Line(is_kept=True)
        yield from self._said(WIDE, caption_runs(chart), is_kept=True)
        yield from self._transcriber(chart.alt)

    def _table(self, table: Table) -> Iterator[Line]:
        """Yield a table row by row; the first of a document says what every table is like."""
        yield Line(is_kept=True)
        if table.label:
            yield from self._said(WIDE, caption_runs(table), is_kept=True)
        if ROW_BY_ROW not in self._told:
            self._told.add(ROW_BY_ROW)
            yield from self._transcriber(ROW_BY_ROW)
        heads = [without_looks(runs) for runs in table.header]
        yield from self._said(LIST, *heads_in_line(heads), is_kept=True)
        for row in table.rows:
            named = [(), *heads[1:]] if table.row_headers else heads
            yield from self._row(list(zip([*named, *[()] * len(row)], row, strict=False)), table.row_headers)
        yield Line()

    def _row(self, row: Row, is_named: bool) -> Iterator[Line]:
        """Yield a row as one paragraph, or a paragraph a block where one of its cells is more than a paragraph."""
        if any(len(cell) > 1 or not isinstance(block, Paragraph) for _, cell in row for block in cell):
            for head, cell in row:
                yield from self._cell((*head, *colon_after(head)), cell or NOTHING)
        else:
            names = (block.id for _, cell in row for block in cell)
            yield from self._turn(next((name for name in names if name in self._print_pages), ""))
            yield from self._said(LIST, *row_in_line(row, is_named))

    def _cell(self, head: Runs, cell: Blocks) -> Iterator[Line]:
        for place, block in enumerate(cell):
            yield from self._turn(block.id)
            before, cells = ((), (3, 5)) if place else (head, LIST)
            if isinstance(block, Paragraph | Item):
                yield from self._said(cells, before, self._mark(block), block.runs)
            else:
                yield from self._said(LIST, before)
                yield from self._block(block)

    def _contents(self, contents: Contents) -> Iterator[Line]:
        top = min((entry.level for entry in contents.entries), default=0)
        for entry in contents.entries:
            first, number = 2 * (entry.level - top) + 1, self._numbers.get(entry.target, 0)
            cells = self._translator.cells((Run(entry.text),))
            *before, last = wrapped(cells, first, first + 4, WIDTH - ROOM_FOR_PAGE)
            yield from self._lines(before, is_kept=True)
            yield from self._lines([led(last, numeral(number)) if number else last])


def heads_in_line(heads: Sequence[Runs]) -> Iterator[Runs]:
    """Yield the heads of a table's columns with semicolons between them."""
    for place, head in enumerate(heads):
        yield (Run("; " if place else ""),)
        yield head


def row_in_line(row: Row, is_named: bool) -> Iterator[Runs]:
    """Yield a row's entries, each after the head of its column; a named row begins with its name."""
    for place, (head, cell) in enumerate(row):
        joint = ": " if is_named and place == 1 else "; "
        yield (Run(joint if place else ""),)
        yield from (head, colon_after(head))
        yield next(block_texts(cell or NOTHING), ())


def colon_after(head: Runs) -> Runs:
    """Return what stands between the head of a column and an entry."""
    return (Run(": "),) if head else ()


def without_looks(runs: Runs) -> Runs:
    """Return runs that look like the words around them."""
    return tuple(run._replace(strong=False, emphasis=False) for run in runs)


def trimmed(lines: list[Line]) -> list[Line]:
    """Return lines without the blank ones at their end."""
    while lines and not lines[-1].cells:
        lines.pop()
    return lines
