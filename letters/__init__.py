"""letters: structured inspection findings in, published letters out.

    house = letters.house("joint")
    found = letters.load("fixtures/ansford/inspection.yaml")
    letter = letters.compose(found, house)
    letters.write(letter, "ansford.docx", house)

Every function raises a LettersError whose text says where, what and what to do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from letters.batch import Job, Outcome
    from letters.document.blocks import Document
    from letters.findings.inspection import Inspection
    from letters.findings.timetable import Step
    from letters.houses.house import House

__version__ = "0.1.0"
__all__ = ["compose", "compose_all", "house", "house_titles", "load", "schema", "start", "timetable", "write"]


def house(name: str, *, art: Path | str | None = None, styles: Path | str | None = None) -> House:
    """Return the house of that name; `art` holds real logos and signatures, `styles` holds more houses."""
    from pathlib import Path

    from letters.houses import shelf

    return shelf.house(name, art=Path(art) if art else None, styles=Path(styles) if styles else None)


def load(path: Path | str) -> Inspection:
    """Read an inspection file; raises InspectionFaults with every mistake, its line and its remedy."""
    from letters.findings import files

    return files.load(path)


def compose(inspection: Inspection, house: House) -> Document:
    """Return the letter of an inspection; every finding stands in it once, or CompositionFault is raised."""
    from letters.composition import letter

    return letter.compose(inspection, house)


def write(document: Document, path: Path | str, house: House) -> None:
    """Write a document as .docx, .pdf, .html or .txt, whole or not at all."""
    from pathlib import Path

    from letters.formats import by_suffix

    by_suffix.write(document, Path(path), house)


def compose_all(job: Job, paths: list[Path], jobs: int | None = None) -> Iterator[Outcome]:
    """Write the letters of many inspections; yields what became of each, in the order they are finished."""
    from letters import batch

    return batch.compose_all(job, paths, jobs)


def house_titles(styles: Path | str | None = None) -> dict[str, str]:
    """Return the title of every house by its name."""
    from pathlib import Path

    from letters.houses import shelf

    return shelf.titles(Path(styles) if styles else None)


def schema() -> dict[str, Any]:
    """Return the JSON Schema of inspection files (draft 2020-12)."""
    from letters.findings import starting

    return starting.schema()


def start(inspection_id: str) -> str:
    """Return the text of a commented inspection file to start from."""
    from letters.findings import starting

    return starting.text(inspection_id)


def timetable(inspection: Inspection) -> list[Step]:
    """Return the days of an inspection: notice, fieldwork, factual accuracy, written statement."""
    from letters.findings import timetable as days

    return days.timetable(inspection)
