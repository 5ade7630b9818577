"""A round file -> its report in every format, and the trace of what it rests on, refused where it may not be made."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from letters.checks.issue import Issue, Level
from letters.checks.overview import Checked, check_overview
from letters.composition.overview import Report, compose_overview
from letters.errors import CompositionFault
from letters.findings.overview import OverviewStage
from letters.findings.round_files import load_round
from letters.findings.rounds import RoundOfInspections
from letters.formats.by_suffix import SUFFIXES, WRITERS, to_bytes
from letters.formats.files import replace_file
from letters.formats.trace_page import Source, trace_data, trace_page
from letters.houses.house import House


@dataclass(frozen=True)
class OverviewMade:
    """A report that was made: its files, and what the rules found in it."""

    written: tuple[Path, ...]
    issues: tuple[Issue, ...]
    lines: tuple[int, ...]
    """The line of each issue in the round file."""


def make_overview(path: Path, out: Path, house: House, *, draft: bool = False, trace: bool = False) -> OverviewMade:
    """Write the report of a round into `out`: a folder for every format, or a file whose suffix names one.

    Raises CompositionFault, and writes nothing, where an inspection is not agreed and it is not a draft, or where a
    count in the prose is stale.
    """
    found = load_round(path)
    refuse_what_is_not_agreed(found, draft)
    report = compose_overview(found, house, draft=draft)
    issues = issues_of(found, report, house)
    refuse_stale(found, report, issues)
    name = found.overview.id
    targets = [out] if out.suffix in WRITERS else [out / f"{name}{suffix}" for suffix in SUFFIXES]
    made = [(target, to_bytes(report.document, target.suffix, house)) for target in targets]
    if trace:
        made += traces(found, report, (out.parent if out.suffix in WRITERS else out) / f"{name}-trace")
    for target, data in made:
        replace_file(target, data)
    lines = tuple(found.line_of(issue.path) for issue in issues)
    return OverviewMade(tuple(target for target, _ in made), tuple(issues), lines)


def issues_of(found: RoundOfInspections, report: Report, house: House) -> list[Issue]:
    """Return what the rules find in a report."""
    case = Checked(found, report.document, report.traced, report.stale, report.unused)
    return check_overview(case, house)


def refuse_what_is_not_agreed(found: RoundOfInspections, draft: bool) -> None:
    """Raise CompositionFault naming every inspection that is not agreed, unless the report is a draft."""
    open_letters = [
        f"{found.path.parent / member.about.file}: its letter is at the stage {member.stage}"
        for member in found.open_members
    ]
    if open_letters and not draft:
        more = f"\n… and {len(open_letters) - 12} more" if len(open_letters) > 12 else ""
        raise CompositionFault(
            "\n".join(open_letters[:12]) + f"{more}\n{found.path}: a report draws on agreed letters."
            " Agree them first, or make a draft of the report with --draft."
        )


def refuse_stale(found: RoundOfInspections, report: Report, issues: list[Issue]) -> None:
    """Raise CompositionFault with every error that no one has set aside: a count that is not so is printed nowhere."""
    wrong = [issue for issue in issues if issue.level is Level.ERROR and issue.stands]
    held_back = [issue for issue in wrong if issue.code == "O4" or is_final(found, report)]
    if held_back:
        raise CompositionFault("\n".join(said_at(found, issue) for issue in held_back))


def is_final(found: RoundOfInspections, report: Report) -> bool:
    """Say whether the report bears no draft's marks."""
    return found.overview.stage is OverviewStage.FINAL and report.document.draft is None


def said_at(found: RoundOfInspections, issue: Issue) -> str:
    """Return an issue as a line with its place in the round file."""
    return f"{found.path}:{found.line_of(issue.path)}: {issue.finding}: {issue.message}. {issue.remedy}"


def traces(found: RoundOfInspections, report: Report, stem: Path) -> Iterator[tuple[Path, bytes]]:
    """Yield the trace of a report as a page and as JSON."""
    wanted = {name for row in report.traced for name in row.sources}
    sources = {name: source_of(found, name) for name in sorted(wanted)}
    title = f"What it rests on: {found.overview.title}"
    yield stem.with_name(f"{stem.name}.html"), trace_page(title, report.traced, sources).encode()
    data = json.dumps(trace_data(report.traced, sources), ensure_ascii=False, indent=1)
    yield stem.with_name(f"{stem.name}.json"), f"{data}\n".encode()


def source_of(found: RoundOfInspections, name: str) -> Source:
    """Return a finding as the trace shows it."""
    held = found.findings[name]
    member = found.members[held.area]
    return Source(member.area.name, " ".join(held.text.split()), member.about.letter or "")
