"""Which block of a letter each issue is about."""

from letters.checks.issue import Issue
from letters.document.blocks import Block, Box, Document, Figure, Heading, Item, Paragraph, Runs, plain
from letters.document.walk import every_block

NO_BLOCK = ""
"""The key of the issues that belong to no block."""


def issues_by_block(document: Document, issues: list[Issue]) -> dict[str, list[Issue]]:
    """Return the issues by the id of the block that each is about; those about no block are under NO_BLOCK."""
    left = list(issues)
    found: dict[str, list[Issue]] = {}
    for block in every_block(document.blocks):
        own = [issue for issue in left if belongs(issue, block)]
        if own:
            left = [issue for issue in left if issue not in own]
            found.setdefault(block.id, []).extend(own)
    return {NO_BLOCK: left, **found} if left else found


def belongs(issue: Issue, block: Block) -> bool:
    """Say whether an issue is about a block: the finding's own, and the words in it where the issue names some."""
    if isinstance(block, Box | Figure) or issue.finding not in block.sources:
        return False
    words = issue.words.strip()
    return not words or words in plain(runs_of(block))


def runs_of(block: Block) -> Runs:
    """Return the runs of a block that has some."""
    return block.runs if isinstance(block, Heading | Paragraph | Item) else ()
