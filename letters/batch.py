"""Many inspections -> their letters, each by itself: one that fails does not stop the others."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from letters.composition.letter import compose
from letters.document.blocks import Document
from letters.errors import CompositionFault, LettersError, UnreadableInput
from letters.findings.files import load, parse_with_lines, read_exactly, read_text
from letters.findings.inspection import Inspection, Stage
from letters.findings.yaml_source import Source, SourceError
from letters.formats.by_suffix import SUFFIXES, WRITERS, to_bytes
from letters.formats.files import replace_file
from letters.houses.house import House
from letters.houses.shelf import house

if TYPE_CHECKING:
    from letters.checks.issue import Gate, Issue

Result = TypeVar("Result")

FEWEST_FOR_A_POOL = 4
"""Starting workers costs more than they save on fewer letters than this."""
LETTERS_A_WORKER = 300
"""Letters after which workers are replaced, so that memory stays flat; the pool's own way can hang in Python 3.11."""


@dataclass(frozen=True, slots=True)
class Job:
    """How letters are to be written: where to, in which house, and at which stage."""

    out: Path
    """A folder for all formats, or one file whose suffix names its format."""
    house: str
    stage: str | None = None
    art: Path | None = None
    styles: Path | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one inspection: the files written, or what was wrong."""

    source: Path
    written: tuple[Path, ...] = ()
    fault: str = ""
    unreadable: bool = False


def compose_all(job: Job, paths: list[Path], jobs: int | None = None) -> Iterator[Outcome]:
    """Write the letters of all inspections; yield what became of each as it is finished."""
    doubled = doubled_ids(paths)
    yield from doubled.values()
    paths = [path for path in paths if path not in doubled]
    yield from in_workers(partial(compose_one, job), paths, jobs)


def in_workers(call: Callable[[Path], Result], paths: list[Path], jobs: int | None) -> Iterator[Result]:
    """Yield what a call returns for each path, from as many processes as are worth their start."""
    workers = jobs or (os.cpu_count() or 1 if len(paths) >= FEWEST_FOR_A_POOL else 1)
    if workers == 1:
        yield from map(call, paths)
        return
    from concurrent.futures import ProcessPoolExecutor, as_completed
    from multiprocessing import get_context

    context = get_context("forkserver")
    context.set_forkserver_preload(["letters.batch", "letters.formats.html", "letters.word.write"])
    for start in range(0, len(paths), workers * LETTERS_A_WORKER):
        with ProcessPoolExecutor(workers, context) as pool:
            share = paths[start : start + workers * LETTERS_A_WORKER]
            for done in as_completed([pool.submit(call, path) for path in share]):
                yield done.result()


def compose_one(job: Job, path: Path) -> Outcome:
    """Write the letter of one inspection."""
    try:
        inspection = load(path)
        if job.stage:
            inspection.stage = Stage(job.stage)
        look = chosen_house(job)
        letter = compose(inspection, look)
        targets = [job.out] if job.out.suffix in WRITERS else [job.out / f"{inspection.id}{s}" for s in SUFFIXES]
        made = [(target, to_bytes(letter, target.suffix, look)) for target in targets]
        for target, data in made:
            replace_file(target, data)
    except LettersError as error:
        where = "" if isinstance(error, UnreadableInput) else f"{path}: "
        return Outcome(path, fault=f"{where}{error}", unreadable=isinstance(error, UnreadableInput))
    except Exception as error:
        return Outcome(path, fault=unforeseen(path, error))
    return Outcome(path, tuple(targets))


def unforeseen(path: Path, error: Exception) -> str:
    """Say that the program itself failed on one file, so that the others are still written."""
    return f"{path}: the program failed on it ({type(error).__name__}: {str(error)[:200]}). Report this with the file."


@dataclass(frozen=True, slots=True)
class Checked:
    """What the rules found in one inspection: its issues, each with its line, or why it could not be checked."""

    source: Path
    issues: "tuple[Issue, ...]" = ()
    lines: tuple[int, ...] = ()
    page: str = ""
    """The letter with its issues, where it was asked for."""
    fault: str = ""
    unreadable: bool = False


def check_all(
    job: Job, paths: list[Path], gate: "Gate", jobs: int | None = None, *, with_page: bool = False
) -> Iterator[Checked]:
    """Take the letters of all inspections through a gate; yield what was found as each is finished."""
    yield from in_workers(partial(check_one, job, gate, with_page), paths, jobs)


def check_one(job: Job, gate: "Gate", with_page: bool, path: Path) -> Checked:
    """Take the letter of one inspection through a gate."""
    from letters.checks.gates import check
    from letters.checks.report import page

    try:
        inspection, source = parse_with_lines(read_text(path), str(path))
        look = chosen_house(job)
        letter = letter_or_reason(inspection, look)
    except LettersError as error:
        where = "" if isinstance(error, UnreadableInput) else f"{path}: "
        return Checked(path, fault=f"{where}{error}", unreadable=isinstance(error, UnreadableInput))
    except Exception as error:
        return Checked(path, fault=unforeseen(path, error))
    issues = check(inspection, letter, look, gate)
    lines = tuple(source.line_of(issue.path) for issue in issues)
    return Checked(path, tuple(issues), lines, "" if isinstance(letter, str) or not with_page else page(letter, issues))


def letter_or_reason(inspection: Inspection, look: House) -> Document | str:
    """Return the letter of an inspection, or why it cannot be composed."""
    try:
        return compose(inspection, look)
    except CompositionFault as fault:
        return str(fault).rstrip(".")


def mend(path: Path, house_name: str = "joint") -> tuple[str, str]:
    """Return the text of an inspection file, and the same with every safe correction of style made."""
    from letters.checks.corrections import corrected
    from letters.checks.gates import check
    from letters.checks.issue import Gate
    from letters.findings.rewriting import rewrite

    text = read_exactly(path)
    inspection = parse_with_lines(text, str(path))[0]
    look = house(house_name)
    issues = check(inspection, letter_or_reason(inspection, look), look, Gate.DRAFT)
    return text, rewrite(text, corrected(inspection, issues), str(path))


@lru_cache(maxsize=8)
def chosen_house(job: Job) -> House:
    """Return the house of a job; a worker reads it once."""
    return house(job.house, art=job.art, styles=job.styles)


def doubled_ids(paths: list[Path]) -> dict[Path, Outcome]:
    """Return what is wrong with inspections whose letters would be written over another's."""
    first: dict[str, Path] = {}
    doubled: dict[Path, Outcome] = {}
    for path in paths if len(paths) > 1 else ():
        found = id_in(path)
        if found is None:
            continue
        other = first.setdefault(found, path)
        if other != path:
            fault = f"{path}: {found!r} is the id of {other} too. Give each inspection an id of its own."
            doubled[path] = Outcome(path, fault=fault)
    return doubled


def id_in(path: Path) -> str | None:
    """Return the id that an inspection file gives, or None where it cannot be read; composing it tells why."""
    try:
        data = Source(read_text(path)).data
    except (UnreadableInput, SourceError):
        return None
    found = data.get("id") if isinstance(data, dict) else None
    return found if isinstance(found, str) else None
