"""An inspection file -> the Word file of its letter, and which block each of its paragraphs was made from."""

from functools import lru_cache
from pathlib import Path

from letters.composition.letter import compose
from letters.document.blocks import Document, Heading, Item, Paragraph, plain
from letters.document.walk import every_block
from letters.findings.files import load
from letters.findings.inspection import Inspection
from letters.houses.house import House
from letters.houses.shelf import house
from letters.word.drafts import anchor
from letters.word.read import WordFile, read
from letters.word.write import write


def composed(path: Path, house_name: str) -> tuple[WordFile, dict[str, str]]:
    """Return the letter of an inspection file as a Word file, and its blocks by their texts and anchors."""
    document = compose(load(path), chosen(house_name))
    return read(write(document, chosen(house_name)), str(path)), block_names(document)


@lru_cache(maxsize=8)
def chosen(name: str) -> House:
    """Return the house of that name."""
    return house(name)


def block_names(document: Document) -> dict[str, str]:
    """Return the id of each block by its anchor, and by its words where no other block has the same."""
    found: dict[str, str] = {}
    for block in every_block(document.blocks):
        if isinstance(block, Heading | Paragraph | Item):
            found[anchor(block.id)] = block.id
            found.setdefault(plain(block.runs), block.id)
    for note in document.notes:
        found[anchor(f"footnotes.{note.id}")] = f"footnotes.{note.id}"
    return found


def letter_of(inspection: Inspection, house_name: str) -> tuple[Document, bytes]:
    """Return the letter of an inspection, and the same as the bytes of a Word file."""
    document = compose(inspection, chosen(house_name))
    return document, write(document, chosen(house_name))
