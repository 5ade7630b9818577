"""What a finding would read like, and what the checks would say of it, before it is saved."""

from collections.abc import Sequence
from dataclasses import dataclass

from letters.document.blocks import Document, Heading, Item, Paragraph, Runs
from letters.document.walk import every_block
from letters.findings.editing import EditFault, EditFaults, place_of, proved
from letters.findings.inspection import Inspection
from letters.verbs.check import checked
from letters.workspace.issues import Gate, Issue
from letters.workspace.reading import Reading, joint


@dataclass(frozen=True)
class Preview:
    """The paragraphs of one finding as its letter would have them, and the issues that are about it."""

    paragraphs: tuple[Runs, ...]
    issues: tuple[Issue, ...]
    faults: tuple[EditFault, ...]
    """What keeps it from being saved; there are no paragraphs then."""


def as_saved(read: Reading, name: str, issues: Sequence[Issue]) -> Preview:
    """Return what a finding of a version reads like, with those of its issues that are about it."""
    own = tuple(issue for issue in issues if issue.finding == name)
    return Preview(said_of(read.letter, name), own, ()) if isinstance(read.letter, Document) else Preview((), own, ())


def preview(wanted: Inspection, name: str) -> Preview:
    """Return what a finding of a changed inspection would read like."""
    try:
        inspection = proved(wanted)
    except EditFaults as error:
        return Preview((), (), tuple(error.faults))
    place_of(inspection, name)
    document, issues = checked(inspection, joint(), Gate.DRAFT)
    own = tuple(issue for issue in issues if issue.finding == name)
    if isinstance(document, str):
        return Preview((), own, (EditFault((), document, ""),))
    return Preview(said_of(document, name), own, ())


def said_of(document: Document, name: str) -> tuple[Runs, ...]:
    """Return the paragraphs of a letter that a finding's words stand in."""
    blocks = (block for block in every_block(document.blocks) if isinstance(block, Heading | Paragraph | Item))
    return tuple(block.runs for block in blocks if name in block.sources)
