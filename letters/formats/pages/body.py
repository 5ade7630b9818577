"""A document -> its body alone, for content systems that have a page of their own: no frame, no style, no script."""

from html import escape

from letters.document.blocks import Block, Chart, Document, Figure, Heading
from letters.formats.pages.letter import WebWriter
from letters.formats.pages.site import draft_mark
from letters.houses.house import House


def body_page(document: Document, house: House) -> str:
    """Return the words of a document as HTML for the body of another page; pictures are the other page's own."""
    writer = BodyWriter(document, house)
    words = "".join(writer.blocks(document.blocks))
    return f"{draft_mark(document)}{words}{writer.endnotes()}"


class BodyWriter(WebWriter):
    """Writes blocks whose headings begin one level lower, since the page around them has the title."""

    def _block(self, block: Block) -> str:
        if isinstance(block, Heading):
            return super()._block(block._replace(level=min(block.level + 1, 6)))
        if isinstance(block, Figure):
            return ""
        if isinstance(block, Chart):
            said = escape(f"{block.label}: {block.caption}. {block.alt}", quote=False)
            return f'<p id="{escape(block.id)}">{said}</p>\n'
        return super()._block(block)
