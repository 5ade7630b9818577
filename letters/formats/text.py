"""Blocks -> plain text: a paragraph a line, so that it reflows in any reader and in braille software."""

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
from letters.document.walk import caption_runs
from letters.houses.words import NBSP

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
        paragraphs = list(self._blocks(self._document.blocks))
        if self._document.notes:
            paragraphs.append("Footnotes")
        paragraphs += [
            f"[{number}] {self._words(note.runs)}" for number, note in enumerate(self._document.notes, start=1)
        ]
        if self._document.draft:
            paragraphs.insert(0, self._document.draft.footer)
        return "\n\n".join(paragraphs).replace(NBSP, " ") + "\n"

    def _blocks(self, blocks: Iterable[Block]) -> Iterator[str]:
        for block in blocks:
            if isinstance(block, Box):
                yield from self._box(block)
            elif isinstance(block, Table):
                yield from self._table(block)
            elif isinstance(block, Heading):
                words = self._words(block.runs)
                yield f"{words}\n{'=-'[block.level > 1] * len(words)}"
            elif isinstance(block, Item):
                yield self._item(block)
            elif isinstance(block, Paragraph):
                yield self._words(block.runs)
            elif isinstance(block, Contents):
                yield "\n".join(f"{'  ' * (entry.level - 2)}{entry.text}" for entry in block.entries)
            elif isinstance(block, Chart):
                yield self._words(caption_runs(block))

    def _box(self, box: Box) -> Iterator[str]:
        """Yield a box's paragraphs; addressees and a signature keep their lines together."""
        if box.role in ("addressees", "signatory"):
            yield "\n".join(self._blocks(box.blocks))
        else:
            yield from self._blocks(box.blocks)

    def _item(self, item: Item) -> str:
        mark = BULLETS[min(item.level, 2)]
        if item.continues:
            mark = " " * len(mark)
        elif item.ordered:
            self._counts[item.list] = self._counts.get(item.list, 0) + 1
            mark = f"{self._counts[item.list]}. "
        return mark + self._words(item.runs)

    def _table(self, table: Table) -> Iterator[str]:
        """Yield a table row by row, each cell under the name of its column."""
        if table.label:
            yield self._words(caption_runs(table))
        yield " | ".join(self._words(runs) for runs in table.header)
        for row in table.rows:
            yield "\n".join(line for cell in row for line in self._cell(cell))

    def _cell(self, cell: Blocks) -> Iterator[str]:
        yield from self._blocks(block for block in cell if not isinstance(block, Figure))

    def _words(self, runs: Runs) -> str:
        return "".join(f"[{self._notes[run.note]}]" if run.note else run.text for run in runs)
