"""Findings as plain data for other programs: JSON of the whole inspection, CSV of its findings and recommendations."""

import csv
from io import StringIO
from typing import Any

from letters.findings.finding import CaseStudy, Finding, Recommendation
from letters.findings.inspection import Inspection

COLUMNS = ("id", "section", "kind", "priority", "target", "scope", "agencies", "inspectorates", "tags", "text")
INTERNAL = {"evidence", "note"}
FORMULA = ("=", "+", "-", "@", "\t")
"""How a cell begins that a spreadsheet would take for a formula."""


def as_data(inspection: Inspection) -> dict[str, Any]:
    """Return the whole inspection, internal notes too, as JSON data that `load` reads again."""
    return inspection.model_dump(mode="json", exclude_defaults=True)


def as_csv(inspection: Inspection) -> str:
    """Return a row for every finding, recommendation and case study, without evidence references and notes."""
    stream = StringIO()
    writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for section, findings in inspection.sections_of_findings():
        for finding in findings:
            writer.writerow({name: safe(cell) for name, cell in row(section, finding).items()})
    return stream.getvalue()


def row(section: str, finding: Finding | Recommendation | CaseStudy) -> dict[str, str]:
    """Return the cells of one finding; lists are joined by semicolons, paragraphs and points by line breaks."""
    data = finding.model_dump(mode="json", exclude=INTERNAL)
    points = [point["text"] for point in data.get("points", [])]
    words = [data.get("lead_in"), data.get("text"), data.get("impact"), *points]
    cells = {name: data.get(name) or "" for name in COLUMNS}
    joined = {name: "; ".join(cell) if isinstance(cell, list) else str(cell) for name, cell in cells.items()}
    kind = {Recommendation: "recommendation", CaseStudy: "case study"}.get(type(finding), "finding")
    return {**joined, "section": section, "kind": kind, "text": "\n".join(filter(None, words))}


def safe(cell: str) -> str:
    """Return a cell that a spreadsheet takes for words."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
