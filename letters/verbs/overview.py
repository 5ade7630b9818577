"""Make the report of a round: every format of it and the trace of what it rests on, or why it may not be made."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from letters.checks.issue import Issue
from letters.checks.report_rules import check_overview
from letters.composition.report import compose_overview
from letters.document.tracing import Report
from letters.errors import CompositionFault
from letters.findings.round_file import OverviewStage
from letters.findings.rounds import RoundOfInspections
from letters.formats.pages.trace import TraceSource, trace_data, trace_page
from letters.houses.house import House
from letters.verbs.compose import rendered
from letters.verbs.steps import Step, log_step

MOST_NAMED = 12
"""Inspections that a refusal names; of more it says how many there are."""


@dataclass(frozen=True)
class ReportMade:
    """A report that was made: its files by their suffixes, and what the rules found in it."""

    id: str
    files: dict[str, bytes]
    trace: dict[str, bytes]
    """The trace as a page and as JSON, by suffix, where it was asked for."""
    issues: tuple[Issue, ...]
    lines: tuple[int, ...]
    """The line of each issue in the round file."""


def make_overview(
    found: RoundOfInspections, house: House, suffixes: Iterable[str], *, draft: bool = False, trace: bool = False
) -> ReportMade:
    """Return the report of a round in the formats that are wanted.

    Raises CompositionFault where an inspection is not agreed and it is not a draft, or where a count in the prose is
    stale.
    """
    refuse_what_is_not_agreed(found, draft)
    log_step(Step.COMPOSE, found.name)
    report = compose_overview(found, house, draft=draft)
    log_step(Step.CHECK_PROSE, found.name)
    issues = check_overview(found, report, house)
    refuse_stale(found, report, issues)
    files = rendered(report.document, suffixes, house)
    lines = tuple(found.line_of(issue.path) for issue in issues)
    return ReportMade(found.overview.id, files, trace_files(found, report) if trace else {}, tuple(issues), lines)


def refuse_what_is_not_agreed(found: RoundOfInspections, draft: bool) -> None:
    """Raise CompositionFault naming every inspection that is not agreed, unless the report is a draft."""
    open_letters = [f"{member.name}: its letter is at stage {member.stage}, not final" for member in found.open_members]
    if open_letters and not draft:
        rest = len(open_letters) - MOST_NAMED
        more = f"\n… and {rest} more" if rest > 0 else ""
        raise CompositionFault(
            "\n".join(open_letters[:MOST_NAMED]) + f"{more}\n{found.name}: a report needs final letters."
            " Make them final first, or make a draft of the report with --draft."
        )


def refuse_stale(found: RoundOfInspections, report: Report, issues: list[Issue]) -> None:
    """Raise CompositionFault with every error that no one has set aside: a count that is not so is printed nowhere."""
    wrong = [issue for issue in issues if issue.is_error and issue.is_open]
    held_back = [issue for issue in wrong if issue.code == "O4" or is_final(found, report)]
    if held_back:
        raise CompositionFault("\n".join(issue_line(found, issue) for issue in held_back))


def is_final(found: RoundOfInspections, report: Report) -> bool:
    """Say whether the report bears no draft's marks."""
    return found.overview.stage is OverviewStage.FINAL and report.document.draft is None


def issue_line(found: RoundOfInspections, issue: Issue) -> str:
    """Return an issue as a line with its place in the round file."""
    return f"{found.name}:{found.line_of(issue.path)}: {issue.finding}: {issue.message}. {issue.remedy}"


def trace_files(found: RoundOfInspections, report: Report) -> dict[str, bytes]:
    """Return the trace of a report as a page and as JSON, by suffix."""
    wanted = {name for row in report.traced for name in row.sources}
    sources = {name: source_of(found, name) for name in sorted(wanted)}
    title = f"Findings behind: {found.overview.title}"
    data = json.dumps(trace_data(report.traced, sources), ensure_ascii=False, indent=1)
    return {".html": trace_page(title, report.traced, sources).encode(), ".json": f"{data}\n".encode()}


def source_of(found: RoundOfInspections, name: str) -> TraceSource:
    """Return a finding as the trace shows it."""
    finding = found.findings[name]
    member = found.members[finding.area]
    return TraceSource(member.area.name, " ".join(finding.text.split()), member.about.letter or "")
