"""Blocks -> plain text that can be read by ear: title first, short lines, each cell with the name of its column."""

import textwrap
from collections.abc import Iterable, Iterator

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
    Runs,
    Table,
)
from letters.document.walk import caption_runs, every_block
from letters.houses.words import NBSP

WIDTH = 76
"""Characters of a line: what a terminal shows, and a reader of the screen reads, without losing the place."""
BULLETS = ("", "- ", "    - ")


def write(document: Document) -> str:
    """Return a document as plain text in UTF-8; no byte of it depends on a house's look."""
    return Writer(document).text()


class Writer:
    """Writes one document; it counts the items of numbered lists on its way through the blocks."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._notes = {note.id: number for number, note in enumerate(document.notes, start=1)}
        self._counts: dict[str, int] = {}

    def text(self) -> str:
        """Return the whole text."""
        meta = self._document.meta
        paragraphs = [] if self._opens_with_its_title() else [f"{wrapped(meta.title)}\n{wrapped(meta.author)}"]
        if self._document.draft:
            paragraphs.append(wrapped(self._document.draft.footer))
        paragraphs += self._blocks(self._document.blocks)
        if self._document.notes:
            paragraphs.append(underlined("Footnotes", 2))
        paragraphs += [
            wrapped(self._words(note.runs), f"[{number}] ") for number, note in enumerate(self._document.notes, start=1)
        ]
        return "\n\n".join(paragraphs) + "\n"

    def _opens_with_its_title(self) -> bool:
        """Say whether the first block is the title itself, as in a report."""
        first = next((block for block in every_block(self._document.blocks) if not isinstance(block, Box)), None)
        return isinstance(first, Heading) and first.level == 1

    def _blocks(self, blocks: Iterable[Block]) -> Iterator[str]:
        for block in blocks:
            if isinstance(block, Box):
                yield from self._box(block)
            elif isinstance(block, Table):
                yield from self._table(block)
            elif isinstance(block, Heading):
                yield underlined(self._words(block.runs), block.level)
            elif isinstance(block, Item):
                yield self._item(block)
            elif isinstance(block, Paragraph):
                yield wrapped(self._words(block.runs))
            elif isinstance(block, Contents):
                yield "\n".join(wrapped(entry.text, "  " * (entry.level - 2)) for entry in block.entries)
            elif isinstance(block, Chart):
                yield wrapped(self._words(caption_runs(block)))

    def _box(self, box: Box) -> Iterator[str]:
        """Yield a box's paragraphs; addressees and a signature keep their lines together."""
        if box.role in ("addressees", "signatory"):
            yield "\n".join(wrapped(words, then="  ") for words in map(self._line, box.blocks) if words)
        else:
            yield from self._blocks(box.blocks)

    def _line(self, block: Block) -> str:
        return self._words(block.runs) if isinstance(block, Paragraph | Item | Heading) else ""

    def _item(self, item: Item) -> str:
        mark = BULLETS[min(item.level, 2)]
        if item.continues:
            mark = " " * len(mark)
        elif item.ordered:
            self._counts[item.list] = self._counts.get(item.list, 0) + 1
            mark = f"{self._counts[item.list]}. "
        return wrapped(self._words(item.runs), mark)

    def _table(self, table: Table) -> Iterator[str]:
        """Yield a table row by row, each cell after the name of its column; what names a row stands alone."""
        if table.label:
            yield wrapped(self._words(caption_runs(table)))
        heads = [self._words(runs) for runs in table.header]
        for row in table.rows:
            lines: list[str] = []
            for place, (head, cell) in enumerate(zip(heads, row, strict=True)):
                lines += self._cell("" if table.row_headers and place == 0 else head, cell)
            yield "\n".join(lines)

    def _cell(self, head: str, cell: Blocks) -> Iterator[str]:
        """Yield the lines of a cell: the name of its column stands before the first of its paragraphs."""
        held = [block for block in cell if not isinstance(block, Figure)]
        for place, block in enumerate(held):
            if place == 0 and isinstance(block, Paragraph):
                yield wrapped(self._words(block.runs), f"{head}: " if head else "", then="  ")
            else:
                yield from (textwrap.indent(text, "  ") for text in self._blocks([block]))

    def _words(self, runs: Runs) -> str:
        words = "".join(f"[{self._notes[run.note]}]" if run.note else run.text for run in runs)
        return words.replace(NBSP, " ")


def wrapped(words: str, mark: str = "", then: str | None = None) -> str:
    """Return a paragraph in lines of one width; `mark` stands before the first, and as much room before the others."""
    after = " " * len(mark) if then is None else then
    return textwrap.fill(
        words, WIDTH, initial_indent=mark, subsequent_indent=after, break_long_words=False, break_on_hyphens=False
    )


def underlined(words: str, level: int) -> str:
    """Return a heading with a line of signs below it."""
    lines = wrapped(words)
    return f"{lines}\n{'=-'[level > 1] * max(map(len, lines.splitlines()))}"
