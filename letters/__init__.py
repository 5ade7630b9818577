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
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from letters.batch import Checked, Job, Outcome
    from letters.checks.issue import Issue
    from letters.checks.rule import Rule
    from letters.document.blocks import Document
    from letters.findings.inspection import Inspection
    from letters.findings.timetable import Step
    from letters.houses.house import House
    from letters.overviews import OverviewMade
    from letters.packs import Pack
    from letters.publication.publishing import Order, Published
    from letters.reviews import Ask, Merged

    __version__: str

__all__ = [
    "agree",
    "changes",
    "check",
    "check_all",
    "compose",
    "compose_all",
    "export",
    "export_csv",
    "house",
    "house_titles",
    "load",
    "mend",
    "merge",
    "overview",
    "publish",
    "publish_all",
    "redline",
    "replace_text",
    "round_schema",
    "rules",
    "schema",
    "send",
    "start",
]
__all__ += ["timetable", "verify", "withdraw", "write"]


def __getattr__(name: str) -> str:
    """Return the version, which is said in pyproject.toml alone and looked up only when it is asked for."""
    if name != "__version__":
        raise AttributeError(f"module 'letters' has no attribute {name!r}")
    from importlib.metadata import version

    return version("letters")


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


def check(inspection: Inspection, house: House, gate: str = "draft") -> list[Issue]:
    """Return what a careful quality-assurance manager would notice at a gate, the worst first.

    Gates: draft, agreement, factual_accuracy, publication. Overrides of the inspection are among the issues and say so.
    """
    from letters import batch
    from letters.checks import gates
    from letters.checks.issue import Gate

    return gates.check(inspection, batch.letter_or_reason(inspection, house), house, Gate(gate))


def write(document: Document, path: Path | str, house: House) -> None:
    """Write a document as .docx, .pdf, .html or .txt, whole or not at all."""
    from pathlib import Path

    from letters.formats import by_suffix

    by_suffix.write(document, Path(path), house)


def compose_all(job: Job, paths: list[Path], jobs: int | None = None) -> Iterator[Outcome]:
    """Write the letters of many inspections; yields what became of each, in the order they are finished."""
    from letters import batch

    return batch.compose_all(job, paths, jobs)


def check_all(job: Job, paths: list[Path], gate: str, jobs: int | None = None, **options: bool) -> Iterator[Checked]:
    """Take the letters of many inspections through a gate; yields what was found in each as it is finished."""
    from letters import batch
    from letters.checks.issue import Gate

    return batch.check_all(job, paths, Gate(gate), jobs, **options)


def mend(path: Path, house: str = "joint") -> tuple[str, str]:
    """Return the text of an inspection file, and the same with every safe correction of style made."""
    from letters import batch

    return batch.mend(path, house)


def replace_text(path: Path, text: str) -> None:
    """Put text in a file's place in one step."""
    from letters.formats import files

    files.replace_file(path, text.encode())


def send(inspection: Path, folder: Path, house: str = "joint", *, protect: bool = False) -> Path:
    """Write the draft of an inspection file for review, keep its bytes in `sent/` beside it, and return its path."""
    from letters import reviews

    return reviews.send(inspection, folder, house, protect)


def changes(sent: Path, reviewed: list[Path], house: str = "joint") -> dict[str, Any]:
    """Return what reviewed copies of a draft changed, as plain data: changes, comments, and what is elsewhere."""
    from letters import reviews
    from letters.versions.ledger import reviews_as_data

    return reviews_as_data(*reviews.changes(sent, reviewed, house))


def merge(
    inspection: Path,
    reviewed: list[Path],
    out: Path,
    house: str = "joint",
    *,
    combined: Path | None = None,
    ledger: Path | None = None,
    decisions: Path | None = None,
    ask: Ask | None = None,
    take_over: bool = False,
    accept_copies: Sequence[str] = (),
    reason: str = "",
    name: str = "",
) -> Merged:
    """Merge reviewed copies of a draft into the next inspection file; raises VersionFault where one answers none.

    `take_over` lets decisions hold that were made before on another copy with the same changes. Everything in the
    copies `accept_copies` is accepted, by `name` and for `reason`.
    """
    from letters import reviews

    return reviews.merge(
        inspection,
        reviewed,
        out,
        house,
        combined_out=combined,
        ledger=ledger,
        decisions_path=decisions,
        ask=ask,
        take_over=take_over,
        whole=[reviews.whole_copy(copy, reason, name) for copy in accept_copies],
    )


def redline(
    old: Path,
    new: Path,
    out: Path,
    house: str = "joint",
    *,
    author: str | None = None,
    when: str | None = None,
    ledger: Path | None = None,
) -> int:
    """Write the redline from one version to another as .docx, .html or .pdf; returns how many paragraphs changed."""
    from letters import redlines

    return redlines.redline(old, new, out, house, author, when, ledger)


def overview(path: Path, out: Path, house: House, *, draft: bool = False, trace: bool = False) -> OverviewMade:
    """Write the report of a round of inspections; raises CompositionFault where one is not agreed or a count stale."""
    from letters import overviews

    return overviews.make_overview(path, out, house, draft=draft, trace=trace)


def agree(path: Path, inspectorate: str, name: str, on: date) -> str:
    """Enter that an inspectorate agrees to the words of an inspection or round file as they are; return their hash."""
    from letters.publication import agreeing

    return agreeing.agree(path, inspectorate, name, on)


def publish(path: Path, order: Order) -> Published:
    """Make the pack of an inspection or round file; raises NotAllowed with every reason why it may not be published."""
    from letters.publication import publishing

    return publishing.publish(path, order)


def publish_all(order: Order, paths: list[Path], jobs: int | None = None, cluster: str | None = None) -> Iterator[Pack]:
    """Make the packs of many files; yields what became of each as it is finished."""
    from letters import packs

    return packs.publish_all(order, paths, jobs, cluster)


def verify(pack: Path) -> list[str]:
    """Return everything in which a pack is not what its manifest says; nothing where it is whole."""
    from letters.publication import proving

    return proving.altered(pack)


def withdraw(pack: Path, on: date, reason: str, styles: Path | None = None) -> Published:
    """Put pages that say so in the place of everything that a pack published."""
    from letters.publication import publishing

    return publishing.withdraw(pack, on, reason, styles)


def rules() -> list[Rule]:
    """Return the rules that `check` holds letters to, in order."""
    from letters.checks import rulebook

    return list(rulebook.book().values())


def titles_of_other_rules() -> dict[str, str]:
    """Return the rules of reports and those of the gate to publication, by their codes."""
    from letters.checks.overview import TITLES
    from letters.publication.gate import REASONS

    return {**TITLES, **REASONS}


def house_titles(styles: Path | str | None = None) -> dict[str, str]:
    """Return the title of every house by its name."""
    from pathlib import Path

    from letters.houses import shelf

    return shelf.titles(Path(styles) if styles else None)


def export(inspection: Inspection) -> dict[str, Any]:
    """Return an inspection as JSON data that `load` reads again."""
    from letters.findings import export as data

    return data.as_data(inspection)


def export_csv(inspection: Inspection) -> str:
    """Return the findings and recommendations of an inspection as CSV, a row each."""
    from letters.findings import export as data

    return data.as_csv(inspection)


def schema() -> dict[str, Any]:
    """Return the JSON Schema of inspection files (draft 2020-12)."""
    from letters.findings import starting

    return starting.schema()


def round_schema() -> dict[str, Any]:
    """Return the JSON Schema of round files (draft 2020-12)."""
    from letters.findings import starting

    return starting.round_schema()


def start(inspection_id: str) -> str:
    """Return the text of a commented inspection file to start from."""
    from letters.findings import starting

    return starting.text(inspection_id)


def timetable(inspection: Inspection) -> list[Step]:
    """Return the days of an inspection: notice, fieldwork, factual accuracy, written statement."""
    from letters.findings import timetable as days

    return days.timetable(inspection)
