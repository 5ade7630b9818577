"""Writes the report of a round file."""

from dataclasses import dataclass
from pathlib import Path

from letters.checks.issue import Issue
from letters.files.letters import targets_of
from letters.files.placing import refuse_a_persons, refuse_targets
from letters.files.rounds import load_round
from letters.files.sets import replace_files
from letters.houses.house import House
from letters.verbs.overview import make_overview


@dataclass(frozen=True)
class OverviewWritten:
    """A report that was written: its files, and what the rules found in it."""

    written: tuple[Path, ...]
    issues: tuple[Issue, ...]
    lines: tuple[int, ...]
    """The line of each issue in the round file."""


def overview(path: Path, out: Path, house: House, *, draft: bool = False, trace: bool = False) -> OverviewWritten:
    """Write the report of a round into `out`: a folder for the usual formats, or a file whose suffix names one."""
    found = load_round(path)
    targets = targets_of(out, found.overview.id)
    refuse_targets([path, *(path.parent / member.about.file for member in found.members.values())], targets)
    refuse_a_persons(targets, force=False)
    made = make_overview(found, house, [target.suffix for target in targets], draft=draft, trace=trace)
    writes = [(target, made.files[target.suffix]) for target in targets]
    folder = targets[0].parent
    writes += [(folder / f"{made.id}-trace{suffix}", data) for suffix, data in made.trace.items()]
    replace_files(writes)
    return OverviewWritten(tuple(target for target, _ in writes), made.issues, made.lines)
