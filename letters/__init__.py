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

    from letters.checks.issue import Issue
    from letters.checks.rule import Rule
    from letters.document.blocks import Document
    from letters.files.checks import Checked
    from letters.files.documents import DocumentWritten
    from letters.files.letters import Outcome
    from letters.files.overviews import OverviewWritten
    from letters.files.packs import PackOutcome, Published
    from letters.files.reviews import MergeWritten
    from letters.findings.inspection import Inspection
    from letters.findings.timetable import Step
    from letters.houses.house import House
    from letters.verbs.changes import Reviews
    from letters.verbs.import_letter import ImportedFile
    from letters.versions.deciding.decisions import Decision
    from letters.versions.deciding.resolution import Resolution

    __version__: str

__all__ = [
    "agree",
    "changes",
    "check",
    "check_all",
    "compose",
    "compose_all",
    "correct",
    "create_file",
    "document",
    "export",
    "export_csv",
    "house",
    "house_titles",
    "import_letter",
    "keep_answers",
    "load",
    "mend",
    "merge",
    "open_changes",
    "overview",
    "publish",
    "publish_all",
    "redline",
    "round_schema",
    "rules",
    "schema",
    "send",
    "start",
]
__all__ += ["put_text", "timetable", "verify", "verify_against", "withdraw", "write"]


def __getattr__(name: str) -> str:
    """Return the version, which is said in pyproject.toml alone and looked up only when it is asked for."""
    if name != "__version__":
        raise AttributeError(f"module 'letters' has no attribute {name!r}")
    from importlib.metadata import version

    return version("letters")


def house(
    name: str,
    *,
    art: Path | str | None = None,
    styles: Path | str | None = None,
    templates: Path | str | None = None,
) -> House:
    """Return the house of that name.

    Folders: `art` holds real logos and signatures, `styles` more houses, `templates` letter templates of one's own.
    """
    from letters.files import houses

    return houses.house(name, art, styles, templates)


def load(path: Path | str) -> Inspection:
    """Read an inspection file; raises InspectionFaults with every mistake, its line and its remedy."""
    from letters.files import disk

    return disk.load(path)


def compose(inspection: Inspection, house: House) -> Document:
    """Return the letter of an inspection; every finding is in it once, or CompositionFault is raised."""
    from letters.verbs import compose as verb

    return verb.compose(inspection, house)


def check(inspection: Inspection, house: House, gate: str = "draft") -> list[Issue]:
    """Return what a careful quality-assurance manager would notice at a gate, the worst first.

    Gates: draft, agreement, factual_accuracy, publication. Overrides of the inspection are among the issues and say so.
    """
    from letters.verbs import check as verb

    return verb.check_inspection(inspection, house, gate)


def write(document: Document, path: Path | str, house: House) -> None:
    """Write a document as .docx, .pdf, .html, .txt, .odt or .brf, completely or not at all."""
    from letters.files import letters as files

    files.write(document, path, house)


def compose_all(
    paths: list[Path],
    out: Path,
    house: str = "joint",
    *,
    stage: str | None = None,
    art: Path | None = None,
    styles: Path | None = None,
    templates: Path | None = None,
    jobs: int | None = None,
    force: bool = False,
) -> Iterator[Outcome]:
    """Write the letters of many inspections; yields what became of each, in the order they are finished."""
    from letters.files import letters as files

    return files.compose_all(files.Job(out, house, stage, art, styles, templates, force), paths, jobs)


def check_all(
    paths: list[Path],
    gate: str = "draft",
    house: str = "joint",
    *,
    styles: Path | None = None,
    templates: Path | None = None,
    jobs: int | None = None,
    with_page: bool = False,
) -> Iterator[Checked]:
    """Check the letters of many inspections at a gate; yields what was found in each as it is finished."""
    from letters.files import checks, houses

    return checks.check_all(houses.Look(house, styles, templates), paths, gate, jobs, with_page=with_page)


def mend(path: Path, house: str = "joint", *, templates: Path | None = None) -> tuple[str, str]:
    """Return the text of an inspection file, and the same with every safe correction of style made."""
    from letters.files import checks, houses

    return checks.mend(path, houses.Look(house, templates=templates))


def put_text(path: Path, text: str, *, inputs: Sequence[Path] = (), suffixes: tuple[str, ...] = ()) -> None:
    """Write a text in one step; raises LettersError where the file is an input, a folder, or has another suffix."""
    from letters.files import disk, placing

    placing.refuse_targets(inputs, [path], suffixes=suffixes)
    disk.replace_file(path, text.encode())


def correct(path: Path, before: str, after: str) -> bool:
    """Replace a file's text if it still says what it said before; say whether it did."""
    from letters.files import disk

    return disk.replace_unchanged(path, before, after)


def create_file(path: Path, text: str) -> None:
    """Write a new file; raises FormatFault where there is one already."""
    from letters.files import disk

    disk.create_file(path, text)


def send(
    inspection: Path,
    folder: Path,
    house: str = "joint",
    *,
    templates: Path | None = None,
    protect: bool = False,
    force: bool = False,
) -> Path:
    """Write the draft of an inspection file for review, keep its bytes in `sent/` beside it, and return its path."""
    from letters.files import houses, reviews

    return reviews.send(inspection, folder, houses.Look(house, templates=templates), protect=protect, force=force)


def changes(sent: Path, reviewed: list[Path], house: str = "joint", *, templates: Path | None = None) -> dict[str, Any]:
    """Return what reviewed copies of a draft changed, as plain data: changes, comments, and what is elsewhere."""
    from letters.files import houses, reviews

    return reviews.changes(sent, reviewed, houses.Look(house, templates=templates)).as_data()


def open_changes(
    inspection: Path,
    reviewed: list[Path],
    house: str = "joint",
    *,
    templates: Path | None = None,
    decisions: Path | None = None,
    take_over: bool = False,
    accept_copies: Sequence[str] = (),
    reason: str = "",
    name: str = "",
) -> tuple[Reviews, Resolution]:
    """Return what reviewed copies of a draft bring home, and which changes are open: `merge` takes the answers."""
    from letters.files import houses, reviews

    whole = reviews.whole_copies(accept_copies, reason, name)
    look = houses.Look(house, templates=templates)
    return reviews.open_changes(inspection, reviewed, decisions, look, take_over=take_over, accepted_copies=whole)


def keep_answers(path: Path | None, answers: Sequence[Decision], found: Reviews, resolution: Resolution) -> None:
    """Add answers to a file of decisions as they are given; without a path, do nothing."""
    from letters.files import reviews

    reviews.keep_answers(path, answers, found, resolution)


def merge(
    inspection: Path,
    reviewed: list[Path],
    out: Path,
    house: str = "joint",
    *,
    templates: Path | None = None,
    combined: Path | None = None,
    ledger: Path | None = None,
    decisions: Path | None = None,
    answers: Sequence[Decision] = (),
    take_over: bool = False,
    accept_copies: Sequence[str] = (),
    reason: str = "",
    name: str = "",
    force: bool = False,
) -> MergeWritten:
    """Merge reviewed copies of a draft into the next inspection file; raises VersionFault where one answers none.

    `answers` are decisions beside those of the file `decisions`. `take_over` accepts decisions that were made before
    on another copy with the same changes. Everything in the copies `accept_copies` is accepted, by `name` and for
    `reason`. With `force`, a file is replaced although somebody changed it.
    """
    from letters.files import houses, reviews

    whole = reviews.whole_copies(accept_copies, reason, name)
    files = reviews.MergeFiles(out, combined, ledger, decisions)
    return reviews.merge(
        inspection,
        reviewed,
        files,
        houses.Look(house, templates=templates),
        answers=answers,
        take_over=take_over,
        accepted_copies=whole,
        force=force,
    )


def redline(
    old: Path,
    new: Path,
    out: Path,
    house: str = "joint",
    *,
    templates: Path | None = None,
    author: str | None = None,
    when: str | None = None,
    ledger: Path | None = None,
) -> int:
    """Write the redline from one version to another as .docx, .html or .pdf; returns how many paragraphs changed."""
    from letters.files import houses, redlines

    return redlines.redline(old, new, out, houses.Look(house, templates=templates), author, when, ledger)


def overview(path: Path, out: Path, house: House, *, draft: bool = False, trace: bool = False) -> OverviewWritten:
    """Write the report of a round of inspections; raises CompositionFault where one is not agreed or a count stale."""
    from letters.files import overviews

    return overviews.overview(path, out, house, draft=draft, trace=trace)


def document(
    kind: str, path: Path, out: Path, house: House, on: date, *, process: Path | None = None, whom: str = ""
) -> DocumentWritten:
    """Write a document around a letter, such as the notice; raises CompositionFault where something is missing.

    `process` is a file of contacts, team, meetings and the like; `whom` says for whom, where there is one for each.
    """
    from letters.files import documents

    return documents.write_document(kind, path, out, house, on, process=process, whom=whom)


def agree(path: Path, inspectorate: str, name: str, on: date, *, templates: Path | None = None) -> str:
    """Enter that an inspectorate agrees to the words of an inspection or round file as they are; return their hash."""
    from letters.files import packs

    return packs.agree(path, inspectorate, name, on, templates)


def publish(path: Path, out: Path, **options: Any) -> Published:
    """Make the pack of an inspection or round file; raises NotAllowed with every reason why it may not be published.

    Options: on (the day), only (formats), art, styles, templates, corrects (the pack that this one replaces) and note.
    """
    from letters.files import packs

    return packs.publish(path, packs.PublishOptions(out, **options))


def publish_all(
    paths: list[Path], out: Path, *, jobs: int | None = None, cluster: str | None = None, **options: Any
) -> Iterator[PackOutcome]:
    """Make the packs of many files, with the options of `publish`; yields what became of each as it is finished."""
    from letters.files import packs

    return packs.publish_all(packs.PublishOptions(out, **options), paths, jobs, cluster)


def verify(pack: Path) -> list[str]:
    """Return everything in which a pack is not what its manifest says; nothing where it is whole."""
    from letters.files import packs

    return packs.verify(pack)


def verify_against(pack: Path, file: Path, **options: Any) -> list[str]:
    """Return everything in which a pack is not what a file makes; `art`, `styles` and `templates` as for publishing."""
    from letters.files import packs

    return packs.verify_against(pack, file, packs.PublishOptions(pack, **options))


def withdraw(pack: Path, on: date, reason: str, styles: Path | None = None, *, replaced_by: str = "") -> Published:
    """Replace everything that a pack published with a notice that it was withdrawn; every page keeps its address."""
    from letters.files import packs

    return packs.withdraw(pack, on, reason, styles, replaced_by)


def rules() -> list[Rule]:
    """Return the rules that `check` applies to letters, in order."""
    from letters.verbs import reference

    return reference.rules()


def titles_of_other_rules() -> dict[str, str]:
    """Return the rules of reports and those of the gate to publication, by their codes."""
    from letters.verbs import reference

    return reference.other_rules()


def house_titles(styles: Path | str | None = None) -> dict[str, str]:
    """Return the title of every house by its name."""
    from letters.files import houses

    return houses.titles(styles)


def export(inspection: Inspection) -> dict[str, Any]:
    """Return an inspection as JSON data that `load` reads again."""
    from letters.verbs import reference

    return reference.export_data(inspection)


def export_csv(inspection: Inspection) -> str:
    """Return the findings and recommendations of an inspection as CSV, a row each."""
    from letters.verbs import reference

    return reference.export_csv(inspection)


def schema() -> dict[str, Any]:
    """Return the JSON Schema of inspection files (draft 2020-12)."""
    from letters.verbs import reference

    return reference.schema()


def round_schema() -> dict[str, Any]:
    """Return the JSON Schema of round files (draft 2020-12)."""
    from letters.verbs import reference

    return reference.round_schema()


def import_letter(path: Path, out: Path, house: str = "joint", *, templates: Path | None = None) -> ImportedFile:
    """Write the inspection file of an older letter, .docx or .pdf, to `out`; return what a person should look at."""
    from letters.files import houses, older_letters

    return older_letters.import_letter(path, out, houses.Look(house, templates=templates))


def start(inspection_id: str) -> str:
    """Return the text of a commented inspection file to start from."""
    from letters.verbs import reference

    return reference.start(inspection_id)


def timetable(inspection: Inspection) -> list[Step]:
    """Return the days of an inspection: notice, fieldwork, factual accuracy, written statement."""
    from letters.verbs import reference

    return reference.timetable(inspection)
