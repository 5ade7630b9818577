"""Findings as plain data for other programs."""

import csv
import json

import pytest

from letters.files.disk import load
from letters.findings.export import as_csv, as_data
from letters.findings.parsing import parse
from tests.builders import inspection, recommendation
from tests.conftest import INSPECTIONS, ROOT


@pytest.mark.parametrize("name", INSPECTIONS)
def test_an_exported_inspection_is_read_again_as_the_same(name: str) -> None:
    found = load(ROOT / "fixtures" / name / "inspection.yaml")
    assert parse(json.dumps(as_data(found), ensure_ascii=False)) == found


def test_every_finding_is_a_row_without_what_is_internal() -> None:
    found = inspection(
        strengths=[{"id": "S-1", "text": "one", "points": ["two"], "evidence": ["CT-04"], "note": "secret"}],
        recommendations=[recommendation("three", id="R-1", target=["council", "police"])],
        case_studies=[{"id": "C-1", "type": "place", "text": "four"}],
    )
    rows = list(csv.DictReader(as_csv(found).splitlines(keepends=True)))
    assert [(row["id"], row["kind"], row["text"]) for row in rows] == [
        ("S-1", "finding", "one\ntwo"),
        ("R-1", "recommendation", "three"),
        ("C-1", "case study", "four"),
    ]
    assert rows[1]["target"] == "council; police"
    assert "CT-04" not in as_csv(found)
    assert "secret" not in as_csv(found)


def test_no_cell_is_a_formula() -> None:
    rows = list(csv.DictReader(as_csv(inspection(strengths=["=1+1"])).splitlines()))
    assert rows[0]["text"] == "'=1+1"
