"""Findings for themselves and in their groups again: nothing is lost, and groups are known whoever renames them."""

import pytest

from letters.files.disk import load
from letters.findings.flattening import flattened, unflattened
from letters.findings.rewriting import plain
from tests.conftest import INSPECTIONS, ROOT


@pytest.mark.parametrize("name", INSPECTIONS)
def test_every_file_comes_back_as_it_was(name: str) -> None:
    value = plain(load(ROOT / "fixtures" / name / "inspection.yaml"))
    assert unflattened(flattened(value, value)) == {key: held for key, held in value.items() if held != []}


def test_a_group_keeps_its_key_when_its_heading_or_its_first_finding_changes() -> None:
    base = {"strengths": [{"heading": "A", "items": [{"id": "S-01"}, {"id": "S-02"}]}]}
    renamed = {"strengths": [{"heading": "B", "items": [{"id": "S-02"}, {"id": "S-03"}]}]}
    keys = [flattened(side, base)["strengths"]["groups"][0]["id"] for side in (base, renamed)]
    assert keys == ["group of S-01", "group of S-01"]
