"""Ways through a document: every block, every word, the outline, one block by its id."""

from collections.abc import Iterable, Iterator
from hashlib import sha256

from letters.document.blocks import (
    Block,
    Blocks,
    Box,
    Chart,
    Contents,
    Document,
    Figure,
    Heading,
    Run,
    Runs,
    Table,
    plain,
)


def every_block(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks in reading order, each box and table before what is in it."""
    for block in blocks:
        yield block
        if isinstance(block, Box):
            yield from every_block(block.blocks)
        elif isinstance(block, Table):
            for row in block.rows:
                for cell in row:
                    yield from every_block(cell)


LONGEST_WHOLE = 120
"""Words of a cell in a row that stays on one page: a third of it, and half of it in the narrowest column."""


def may_break(row: tuple[Blocks, ...], longest: int = LONGEST_WHOLE) -> bool:
    """Say whether a row is so long that it goes on to the next page instead of leaving a hole, or losing words."""
    return any(word_count(cell) > longest for cell in row)


def texts(document: Document) -> Iterator[Runs]:
    """Yield the runs of every block in reading order, then those of the footnotes."""
    return (runs for _, runs in texts_by_place(document))


def texts_by_place(document: Document) -> Iterator[tuple[str, Runs]]:
    """Yield the runs of every block with its id, in reading order, then those of the footnotes with theirs."""
    for block in every_block(document.blocks):
        yield from ((block.id, runs) for runs in own_texts(block))
    for note in document.notes:
        yield f"footnotes.{note.id}", note.runs


def words_by_place(document: Document) -> dict[str, str]:
    """Return the words of a document by the block or footnote that they stand in, in reading order."""
    said: dict[str, str] = {}
    for place, runs in texts_by_place(document):
        said[place] = f"{said[place]} {plain(runs)}" if place in said else plain(runs)
    return said


def block_texts(blocks: Iterable[Block]) -> Iterator[Runs]:
    """Yield the runs of every block in reading order."""
    for block in every_block(blocks):
        yield from own_texts(block)


def own_texts(block: Block) -> Iterator[Runs]:
    """Yield the runs of a block without those of the blocks in it."""
    if isinstance(block, Table):
        yield from (caption_runs(block), *block.header) if block.label else block.header
    elif isinstance(block, Chart):
        yield caption_runs(block)
    elif isinstance(block, Contents):
        yield from ((Run(entry.text),) for entry in block.entries)
    elif not isinstance(block, Box | Figure):
        yield block.runs


def caption_runs(block: Table | Chart) -> Runs:
    """Return the words above a numbered table or chart."""
    return (Run(f"{block.label}: {block.caption}"),)


def word_count(blocks: Iterable[Block]) -> int:
    """Return about how many words are in blocks: the spaces, and one a block."""
    return sum(1 + plain(runs).count(" ") for runs in block_texts(blocks))


def words(document: Document) -> list[str]:
    """Return every word of a document in reading order, footnotes last."""
    return [word for runs in texts(document) for word in plain(runs).split()]


def words_hash(document: Document) -> str:
    """Return the first 20 hexadecimal digits of the SHA-256 of a document's words: the words that are agreed to."""
    return sha256(" ".join(words(document)).encode()).hexdigest()[:20]


def outline(document: Document) -> list[tuple[int, str]]:
    """Return the level and the words of every heading."""
    headings = (block for block in every_block(document.blocks) if isinstance(block, Heading))
    return [(heading.level, plain(heading.runs)) for heading in headings]


def what_columns(table: Table) -> str:
    """Return what a table says of its columns to those who do not see it."""
    return f"Table with the columns {' and '.join(plain(runs) for runs in table.header)}"


def find(document: Document, block_id: str) -> Block | None:
    """Return the block of that id, or None."""
    return next((block for block in every_block(document.blocks) if block.id == block_id), None)
