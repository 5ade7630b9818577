"""An older letter as it was read -> the data of an inspection file, with what the importer was not sure of."""

from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from letters.composition.letter import compose
from letters.document.blocks import Document
from letters.errors import LettersError
from letters.findings.inspection import Inspection
from letters.houses.house import House
from letters.importing.about import About
from letters.importing.findings import Findings
from letters.importing.own_words import OwnWords
from letters.importing.parts import taken_apart
from letters.importing.proof import left_over
from letters.importing.source import Doubts, Source, carriable, with_notes_once

LONGEST_PARAGRAPH = 20_000
"""Characters; what is longer was never broken into paragraphs."""


@dataclass
class Imported:
    """The data of an inspection file, made of an older letter."""

    data: dict[str, Any]
    doubts: Doubts
    left: list[str]
    """Sentences of the letter that have no place in the data."""
    remarks: list[str]
    """Tracked changes and comments that the file held."""


def imported(source: Source, house: House) -> Imported:
    """Return an older letter as the data of an inspection file; raises LettersError where it is no letter at all."""
    source = with_notes_once(carriable(source))
    if not source.blocks:
        raise LettersError("there are no words in it. Give a letter with text.")
    for block in source.blocks:
        if len(block.text) > LONGEST_PARAGRAPH:
            raise LettersError(f"{block.place}: a paragraph of {len(block.text):,} characters is no finding. Split it.")
    try:
        return made(source, house)
    except ValidationError as error:
        detail = error.errors()[0]
        where = ".".join(map(str, detail["loc"]))
        raise LettersError(f"its words do not fit an inspection file: {where} {detail['msg'].lower()}.") from None


def made(source: Source, house: House) -> Imported:
    """Return a letter as data: its facts and findings, then the template's own words as it has them, then the proof."""
    parts, doubts = taken_apart(source.blocks), Doubts()
    findings, words = Findings(parts, doubts), OwnWords(parts, source.footnotes)
    data = About(source.blocks, parts, doubts).data()
    findings.take(data)
    words.keep_notes(data, {})
    data = in_order(data)
    words.word(data, composed(data, house))
    findings.doubt_headings(data)
    left = left_over(source, parts, composed(data, house))
    return Imported(in_order(data), doubts, left, source.remarks)


def composed(data: dict[str, Any], house: House) -> Document:
    """Return the letter of the data, as a draft: its address may still be missing."""
    return compose(Inspection.model_validate({**data, "stage": "draft"}), house)


def in_order(data: dict[str, Any]) -> dict[str, Any]:
    """Return data with the fields in the order of an inspection file."""
    return {name: data[name] for name in Inspection.model_fields if name in data}
