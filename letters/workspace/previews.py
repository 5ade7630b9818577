"""What a finding would read like, and what the checks would say of it, before it is saved."""

from dataclasses import dataclass

from letters.document.blocks import Heading, Item, Paragraph, Runs
from letters.document.walk import every_block
from letters.findings.editing import EditFault, EditFaults, place_of, proved
from letters.findings.inspection import Inspection
from letters.verbs.check import checked
from letters.workspace.issues import Gate, Issue
from letters.workspace.reading import joint


@dataclass(frozen=True)
class Preview:
    """The paragraphs of one finding as its letter would have them, and the issues that are about it."""

    paragraphs: tuple[Runs, ...]
    issues: tuple[Issue, ...]
    faults: tuple[EditFault, ...]
    """What keeps it from being saved; there are no paragraphs then."""


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
    blocks = [block for block in every_block(document.blocks) if isinstance(block, Heading | Paragraph | Item)]
    return Preview(tuple(block.runs for block in blocks if name in block.sources), own, ())
