"""The letter of an inspection as a Word file, with the block that each of its paragraphs was made from."""

from letters.composition.letter import compose
from letters.document.blocks import Document, Heading, Item, Paragraph, plain
from letters.document.walk import every_block
from letters.findings.inspection import Inspection
from letters.houses.house import House
from letters.verbs.steps import Step, log_step
from letters.word.drafts import anchor
from letters.word.write import write


def word_letter(inspection: Inspection, house: House) -> tuple[Document, bytes]:
    """Return the letter of an inspection, and the same as the bytes of a Word file."""
    log_step(Step.COMPOSE, inspection.id)
    document = compose(inspection, house)
    log_step(Step.WRITE, ".docx")
    return document, write(document, house)


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
