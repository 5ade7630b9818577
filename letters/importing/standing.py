"""The standing paragraphs of the template beside those of an older letter: which are worded otherwise, or left out."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from letters.document import markdown
from letters.document.blocks import Block, Document, Heading, Paragraph, Runs, plain
from letters.document.walk import every_block
from letters.importing.source import SourceBlock, normal

ALIKE = 0.25
"""How alike two paragraphs are, as a part of one, that say the same thing in other words."""
Wording = dict[str, str | None]


def standing_paragraphs(document: Document, after: str, before: str) -> list[Paragraph]:
    """Return the template's own paragraphs from one block to another, or to the next heading."""
    found: list[Paragraph] = []
    inside = False
    for block in every_block(document.blocks):
        if block.id == after:
            inside = True
        elif inside and (block.id == before or isinstance(block, Heading)):
            break
        elif inside and is_standing(block):
            assert isinstance(block, Paragraph)
            found.append(block)
    return found


def is_standing(block: Block) -> bool:
    """Say whether a block is a paragraph of the template that an inspection can word otherwise."""
    return isinstance(block, Paragraph) and not block.sources and not block.id.startswith(markdown.UNNAMED)


def aligned(ours: Sequence[Paragraph], theirs: Sequence[SourceBlock]) -> list[int | None]:
    """Return for each paragraph of theirs the place of ours that it stands for, in order; None where there is none."""
    scores = [[likeness(plain(own.runs), other.text) for other in theirs] for own in ours]
    best = [[0.0] * (len(theirs) + 1) for _ in range(len(ours) + 1)]
    for i in range(len(ours) - 1, -1, -1):
        for j in range(len(theirs) - 1, -1, -1):
            taken = scores[i][j] - ALIKE + best[i + 1][j + 1]
            best[i][j] = max(best[i + 1][j], best[i][j + 1], taken if scores[i][j] > ALIKE else 0.0)
    found: list[int | None] = [None] * len(theirs)
    i = j = 0
    while i < len(ours) and j < len(theirs):
        if scores[i][j] > ALIKE and best[i][j] == scores[i][j] - ALIKE + best[i + 1][j + 1]:
            found[j] = i
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def likeness(ours: str, theirs: str) -> float:
    """Return how alike two paragraphs are, from 0 to 1."""
    return SequenceMatcher(None, normal(ours).split(), normal(theirs).split(), autojunk=False).ratio()


def worded(
    ours: Sequence[Paragraph], theirs: Sequence[SourceBlock], *, keeps_rest: bool
) -> tuple[Wording, list[SourceBlock]]:
    """Return how the letter words the template's paragraphs, and what of it follows them and is none of theirs.

    Without `keeps_rest` whatever stands among or behind the template's paragraphs is worded with the one before it.
    """
    places = aligned(ours, theirs)
    if not ours:
        return {}, list(theirs)
    matched = [number for number, place in enumerate(places) if place is not None]
    end = (matched[-1] + 1 if matched else 0) if keeps_rest else len(theirs)
    said: dict[str, list[Runs]] = {own.id: [] for own in ours}
    first = next((place for place in places if place is not None), 0)
    at = ours[first].id if ours else ""
    for number, block in enumerate(theirs[:end]):
        place = places[number]
        at = ours[place].id if place is not None else at
        said[at].append(block.runs)
    return dict(differing(ours, said)), list(theirs[end:])


def differing(ours: Sequence[Paragraph], said: dict[str, list[Runs]]) -> Iterator[tuple[str, str | None]]:
    """Yield the paragraphs that the letter words otherwise than the template, or not at all."""
    for own in ours:
        runs = said[own.id]
        noted = [[run.note for run in held if run.note] for held in (own.runs, *runs)]
        same = len(runs) == 1 and normal(plain(runs[0])) == normal(plain(own.runs)) and bool(noted[0]) == bool(noted[1])
        if not runs:
            yield own.id, None
        elif not same:
            yield own.id, "\n\n".join(markdown.source(held).strip() for held in runs)
