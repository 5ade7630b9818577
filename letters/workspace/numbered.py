"""The letter as the area is shown it, its paragraphs numbered in reading order."""

from dataclasses import dataclass
from functools import lru_cache

from letters.document.blocks import Document, Heading, Item, Paragraph, Run, Runs, plain
from letters.document.walk import every_block
from letters.findings.inspection import Stage
from letters.verbs.compose import compose
from letters.workspace.models import Version
from letters.workspace.reading import joint, read_version

NOTES_LEVEL = 2


def area_letter(version: Version) -> Document:
    """Return the letter of a version as the area is shown it, with what it says at that stage."""
    return compose(read_version(version).shown, joint(), stage=Stage.FACTUAL_ACCURACY)


@dataclass(frozen=True)
class Numbered:
    """A paragraph of the draft as the area is shown it."""

    place: str
    """The id of its block."""
    number: int
    """Its number; 0 for a heading, which has none."""
    level: int
    """The level of a heading; 0 for others."""
    runs: Runs
    is_item: bool
    starts: int = 0
    """Where its own words start: behind the number of a footnote."""

    @property
    def words(self) -> str:
        """Its words."""
        return plain(self.runs)[self.starts :]


def paragraphs(version: Version) -> tuple[Numbered, ...]:
    """Return the paragraphs of the draft in reading order, numbered; built from the letter alone."""
    return paragraphs_of(version.text_id, version.number, version.pk)


@lru_cache(maxsize=32)
def paragraphs_of(text: str, number: int, pk: int) -> tuple[Numbered, ...]:
    """Return the paragraphs of the draft of a version, by its text and number."""
    letter = area_letter(Version.objects.get(pk=pk))
    found, count = [], 0
    for block in every_block(letter.blocks):
        if not isinstance(block, Heading | Paragraph | Item) or not plain(block.runs).strip():
            continue
        is_heading = isinstance(block, Heading)
        count += not is_heading
        level = block.level if isinstance(block, Heading) else 0
        found.append(Numbered(block.id, 0 if is_heading else count, level, block.runs, isinstance(block, Item)))
    if letter.notes:
        found.append(Numbered("", 0, NOTES_LEVEL, (Run("Footnotes"),), is_item=False))
    for number, note in enumerate(letter.notes, start=1):
        runs = (Run(f"{number} "), *note.runs)
        found.append(Numbered(f"footnotes.{note.id}", count + number, 0, runs, is_item=False, starts=len(f"{number} ")))
    return tuple(found)


def note_numbers(version: Version) -> dict[str, int]:
    """Return the number of each footnote of the draft."""
    notes = [held.place for held in paragraphs(version) if held.place.startswith("footnotes.")]
    return {place.removeprefix("footnotes."): number for number, place in enumerate(notes, start=1)}
