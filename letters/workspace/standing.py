"""The standing paragraphs of a letter: what each says, and what an inspection says instead."""

from typing import NamedTuple

from letters.composition.letter import standing_paragraphs
from letters.findings.inspection import Inspection
from letters.workspace.reading import joint


class StandingParagraph(NamedTuple):
    """A paragraph that the template has in every letter."""

    name: str
    words: str
    """As the template has it."""
    own: str
    """What this letter says instead; empty where it says the same."""
    left_out: bool


def paragraphs(inspection: Inspection) -> list[StandingParagraph]:
    """Return the standing paragraphs of the letter of an inspection, in their order."""
    wording = inspection.wording
    return [
        StandingParagraph(name, words, wording.get(name) or "", name in wording and wording[name] is None)
        for name, words in standing_paragraphs(inspection, joint()).items()
    ]
