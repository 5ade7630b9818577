"""The table of contents: as it reads now, and how an office program makes it again."""

from itertools import pairwise

from letters.document.blocks import (
    Block,
    Blocks,
    Box,
    Contents,
    Heading,
)
from letters.houses.measures import begins_a_page


def entry_template(level: int) -> str:
    """Return what a line of the contents is made of: a link over its words, dots and the number of its page."""
    return (
        f'<text:table-of-content-entry-template text:outline-level="{level}" text:style-name="Contents_20_{level}">'
        '<text:index-entry-link-start text:style-name="Index_20_Link"/><text:index-entry-text/>'
        '<text:index-entry-tab-stop style:type="right" style:leader-char="."/><text:index-entry-page-number/>'
        "<text:index-entry-link-end/></text:table-of-content-entry-template>"
    )


def index_source(level: int) -> str:
    """Return which headings stand in the contents at a level."""
    style = f'<text:index-source-style text:style-name="Heading_20_{level}"/>'
    return f'<text:index-source-styles text:outline-level="{level}">{style}</text:index-source-styles>'


def contents_heading(blocks: Blocks) -> str:
    """Return the id of the heading right before the contents, if there is one."""
    for before, block in pairwise(blocks):
        if isinstance(block, Contents) and isinstance(before, Heading):
            return before.id
    return ""


def headings_on_new_pages(blocks: Blocks) -> frozenset[str]:
    """Return the headings that begin a page: those of chapters, and the ones after the cover and the contents."""
    after = {block.id for before, block in pairwise(blocks) if isinstance(before, Contents) or is_cover(before)}
    return frozenset(after | {block.id for block in blocks if begins_a_page(block.id)})


def is_cover(block: Block) -> bool:
    """Say whether a block is the cover."""
    return isinstance(block, Box) and block.role == "cover"
