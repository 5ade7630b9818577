"""What the program knows by itself: its rules, its schemas, the file to start from; and an inspection as data."""

from typing import Any

from letters.checks import rulebook, texts
from letters.checks.rule import Rule
from letters.findings import export, starting
from letters.findings.inspection import Inspection
from letters.findings.timetable import Step
from letters.findings.timetable import timetable as steps_of


def rules() -> list[Rule]:
    """Return the rules that checks apply to letters, in order."""
    return list(rulebook.book().values())


def other_rules() -> dict[str, str]:
    """Return the titles of the rules of reports and of publication, by their codes."""
    return {**texts.REPORTS, **texts.PUBLICATION}


def schema() -> dict[str, Any]:
    """Return the JSON Schema of inspection files (draft 2020-12)."""
    return starting.schema()


def round_schema() -> dict[str, Any]:
    """Return the JSON Schema of round files (draft 2020-12)."""
    return starting.round_schema()


def start(inspection_id: str) -> str:
    """Return the text of a commented inspection file to start from."""
    return starting.text(inspection_id)


def timetable(inspection: Inspection) -> list[Step]:
    """Return the days of an inspection: notice, fieldwork, factual accuracy, written statement."""
    return steps_of(inspection)


def export_data(inspection: Inspection) -> dict[str, Any]:
    """Return an inspection as JSON data that can be read again."""
    return export.as_data(inspection)


def export_csv(inspection: Inspection) -> str:
    """Return the findings and recommendations of an inspection as CSV, a row each."""
    return export.as_csv(inspection)
