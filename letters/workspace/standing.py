"""The standing paragraphs of a letter: what each says, and what an inspection says instead."""

from typing import NamedTuple

from letters.workspace.reading import Reading


class StandingParagraph(NamedTuple):
    """A paragraph that the template has in every letter."""

    name: str
    words: str
    """As the template has it."""
    own: str
    """What this letter says instead; empty where it says the same."""
    left_out: bool


def paragraphs(read: Reading) -> list[StandingParagraph]:
    """Return the standing paragraphs of the letter of a version, in their order."""
    wording = read.inspection.wording
    return [
        StandingParagraph(name, words, wording.get(name) or "", name in wording and wording[name] is None)
        for name, words in read.standing.items()
    ]
