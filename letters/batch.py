"""Many inspections -> their letters, each by itself: one that fails does not stop the others."""

import os
import re
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path

from letters.composition.letter import compose
from letters.errors import LettersError, UnreadableInput
from letters.findings.files import load
from letters.findings.inspection import Stage
from letters.formats.by_suffix import SUFFIXES, write
from letters.houses.house import House
from letters.houses.shelf import house

FEWEST_FOR_A_POOL = 4
"""Starting workers costs more than they save on fewer letters than this."""
LETTERS_A_WORKER = 300
"""Letters after which a worker is replaced by a fresh one, so that memory stays flat."""
ID_LINE = re.compile(r"^id:[ \t]*['\"]?([A-Za-z][\w-]*)", re.MULTILINE)


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
    workers = jobs or (os.cpu_count() or 1 if len(paths) >= FEWEST_FOR_A_POOL else 1)
    if workers == 1:
        yield from (compose_one(job, path) for path in paths)
        return
    context = get_context("forkserver")
    context.set_forkserver_preload(["letters.batch", "letters.formats.html", "letters.formats.docx.write"])
    with ProcessPoolExecutor(workers, context, max_tasks_per_child=LETTERS_A_WORKER) as pool:
        for done in as_completed([pool.submit(compose_one, job, path) for path in paths]):
            yield done.result()


def compose_one(job: Job, path: Path) -> Outcome:
    """Write the letter of one inspection."""
    try:
        inspection = load(path)
        if job.stage:
            inspection.stage = Stage(job.stage)
        look = chosen_house(job)
        letter = compose(inspection, look)
        targets = [job.out] if job.out.suffix in SUFFIXES else [job.out / f"{inspection.id}{s}" for s in SUFFIXES]
        for target in targets:
            write(letter, target, look)
    except LettersError as error:
        where = "" if isinstance(error, UnreadableInput) else f"{path}: "
        return Outcome(path, fault=f"{where}{error}", unreadable=isinstance(error, UnreadableInput))
    return Outcome(path, tuple(targets))


@lru_cache(maxsize=8)
def chosen_house(job: Job) -> House:
    """Return the house of a job; a worker reads it once."""
    return house(job.house, art=job.art, styles=job.styles)


def doubled_ids(paths: list[Path]) -> dict[Path, Outcome]:
    """Return what is wrong with inspections whose letters would be written over another's."""
    first: dict[str, Path] = {}
    doubled: dict[Path, Outcome] = {}
    for path in paths:
        found = id_in(path)
        if found is None:
            continue
        other = first.setdefault(found, path)
        if other != path:
            fault = f"{path}: {found!r} is the id of {other} too. Give each inspection an id of its own."
            doubled[path] = Outcome(path, fault=fault)
    return doubled


def id_in(path: Path) -> str | None:
    """Return the id that an inspection file gives, or None where it cannot be seen at a glance."""
    try:
        found = ID_LINE.search(path.read_text("utf-8", errors="replace"))
    except OSError:
        return None
    return found[1] if found else None
