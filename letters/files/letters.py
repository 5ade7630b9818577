"""Writes the letters of many inspection files."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from letters.document.blocks import Document
from letters.files.disk import load, replace_file
from letters.files.ids import doubled_ids
from letters.files.placing import refuse_a_persons, refuse_targets
from letters.files.sets import replace_files
from letters.files.workers import Each, in_workers
from letters.findings.inspection import Stage
from letters.formats.by_suffix import SUFFIXES, WRITERS
from letters.houses.house import House
from letters.houses.loading import house
from letters.verbs.compose import compose, rendered


@dataclass(frozen=True, slots=True)
class Job:
    """How letters are to be written: where to, in which house, and at which stage."""

    out: Path
    """A folder for all formats, or one file whose suffix names its format."""
    house: str
    stage: str | None = None
    art: Path | None = None
    styles: Path | None = None
    templates: Path | None = None
    force: bool = False
    """Whether a Word file is replaced although it has tracked changes or comments in it."""

    def read_house(self) -> House:
        """Return the house that it names, as its files are now."""
        return house(self.house, art=self.art, styles=self.styles, templates=self.templates)


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
    yield from (Outcome(path, fault=fault) for path, fault in doubled.items())
    rest = [path for path in paths if path not in doubled]
    yield from in_workers(Each(partial(compose_one, job), Outcome), rest, jobs)


def compose_one(job: Job, path: Path) -> Outcome:
    """Write the letter of one inspection."""
    inspection, look = load(path), job.read_house()
    letter = compose(inspection, look, stage=Stage(job.stage) if job.stage else None)
    targets = targets_of(job.out, inspection.id)
    refuse_targets([path], targets)
    refuse_a_persons(targets, force=job.force)
    made = rendered(letter, [target.suffix for target in targets], look)
    replace_files([(target, made[target.suffix]) for target in targets])
    return Outcome(path, tuple(targets))


def targets_of(out: Path, name: str) -> list[Path]:
    """Return the files to write: the one that was named, or one of each usual format in a folder."""
    return [out] if out.suffix in WRITERS else [out / f"{name}{suffix}" for suffix in SUFFIXES]


def write(document: Document, path: Path | str, house: House) -> None:
    """Write a document in the format of a file's suffix, completely or not at all."""
    target = Path(path)
    replace_file(target, rendered(document, [target.suffix], house)[target.suffix])
