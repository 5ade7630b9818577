"""Check an inspection and its letter at a gate, and make the corrections that are safe."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from letters.checks.corrections import corrected as with_corrections
from letters.checks.gates import check
from letters.checks.issue import Gate, Issue
from letters.checks.places import issues_by_block
from letters.composition import letter
from letters.document.blocks import Document
from letters.errors import CompositionFault
from letters.findings.inspection import Inspection
from letters.findings.parsing import dotted, parse, parse_with_lines
from letters.findings.rewriting import rewrite
from letters.findings.source_file import SourceFile
from letters.formats.pages.check import CheckRow, check_page
from letters.houses.house import House
from letters.verbs.steps import Step, log_step


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What the rules found in one inspection: its issues, the line of each, and the letter with them as a page."""

    issues: tuple[Issue, ...]
    lines: tuple[int, ...]
    page: str
    """Empty where it was not asked for, or where there is no letter to show."""


def check_source(source: SourceFile, house: House, gate: Gate, *, with_page: bool = False) -> CheckResult:
    """Return what the rules of a gate find in an inspection file; raises InspectionFaults where it cannot be read."""
    log_step(Step.READ, source.name)
    inspection, yaml = parse_with_lines(source.text, source.name)
    document, issues = checked(inspection, house, gate)
    page = page_of(document, issues) if with_page and not isinstance(document, str) else ""
    return CheckResult(tuple(issues), tuple(yaml.line_of(issue.path) for issue in issues), page)


def check_inspection(inspection: Inspection, house: House, gate: str) -> list[Issue]:
    """Return what the rules of a gate find in an inspection and its letter, the errors first."""
    return checked(inspection, house, Gate(gate))[1]


def checked(inspection: Inspection, house: House, gate: Gate) -> tuple[Document | str, list[Issue]]:
    """Return the letter of an inspection, or why it cannot be composed, and what the rules of a gate find."""
    log_step(Step.CHECK_FACTS, inspection.id)
    document = letter_or_reason(inspection, house)
    if not isinstance(document, str):
        log_step(Step.CHECK_PROSE, inspection.id)
    return document, check(inspection, document, house, gate, letter.standing_letter(inspection, house))


def letter_or_reason(inspection: Inspection, house: House) -> Document | str:
    """Return the letter of an inspection, or why it cannot be composed."""
    log_step(Step.COMPOSE, inspection.id)
    try:
        return letter.compose(inspection, house)
    except CompositionFault as fault:
        return str(fault).rstrip(".")


def corrected(source: SourceFile, house: House) -> str:
    """Return the exact text of an inspection file with every safe correction of style made."""
    text = source.exact_text
    inspection = parse(text, source.name)
    issues = check_inspection(inspection, house, Gate.DRAFT)
    return rewrite(text, with_corrections(inspection, issues), source.name)


def page_of(document: Document, issues: list[Issue]) -> str:
    """Return the letter as a page with each issue below the block that it is about."""
    rows = {name: [row_of(issue) for issue in held] for name, held in issues_by_block(document, issues).items()}
    return check_page(document, rows)


def row_of(issue: Issue) -> CheckRow:
    """Return an issue as a row of the page of checks."""
    words = f"{issue.finding}: {issue.message}. {issue.overridden or issue.remedy}"
    return CheckRow(issue.words, f"{issue.code} {issue.level}", words, issue.is_error, not issue.is_open)


def issue_rows(issues: Iterable[Issue], lines: Sequence[int]) -> list[dict[str, Any]]:
    """Return issues as plain data; `lines` gives the line of each in the file."""
    return [
        {
            "rule": issue.code,
            "level": issue.level.value,
            "finding": issue.finding,
            "field": dotted(issue.path),
            "line": lines[place],
            "message": issue.message,
            "remedy": issue.remedy,
            "words": issue.words,
            "overridden": issue.overridden or None,
        }
        for place, issue in enumerate(issues)
    ]
