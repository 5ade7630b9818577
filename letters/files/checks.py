"""Checks many inspection files, and corrects one."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from letters.checks.issue import Gate, Issue
from letters.files.disk import read_source
from letters.files.houses import Look
from letters.files.workers import Each, in_workers
from letters.verbs.check import check_source, corrected


@dataclass(frozen=True, slots=True)
class Checked:
    """What the rules found in one inspection: its issues, each with its line, or why it could not be checked."""

    source: Path
    issues: tuple[Issue, ...] = ()
    lines: tuple[int, ...] = ()
    page: str = ""
    """The letter with its issues, where it was asked for."""
    fault: str = ""
    unreadable: bool = False


def check_all(
    look: Look, paths: list[Path], gate: str, jobs: int | None = None, *, with_page: bool = False
) -> Iterator[Checked]:
    """Check the letters of all inspections at a gate; yield what was found as each is finished."""
    yield from in_workers(Each(partial(check_one, look, gate, with_page), Checked), paths, jobs)


def check_one(look: Look, gate: str, with_page: bool, path: Path) -> Checked:
    """Check the letter of one inspection at a gate."""
    found = check_source(read_source(path), look.read_house(), Gate(gate), with_page=with_page)
    return Checked(path, found.issues, found.lines, found.page)


def mend(path: Path, look: Look) -> tuple[str, str]:
    """Return the text of an inspection file, and the same with every safe correction of style made."""
    source = read_source(path)
    return source.exact_text, corrected(source, look.read_house())
