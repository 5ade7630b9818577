"""The invented rounds: every inspection in them could be published, and their tags are one list a round."""

from pathlib import Path

import pytest

from letters.checks.gates import check
from letters.checks.issue import Gate
from letters.files.disk import load
from letters.houses.loading import house
from letters.verbs.check import letter_or_reason
from tests.conftest import ROOT

FILES = sorted((ROOT / "fixtures/rounds").glob("*/*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_inspection_of_a_round_passes_the_gate_to_publication(path: Path) -> None:
    found, joint = load(path), house("joint")
    issues = check(found, letter_or_reason(found, joint), joint, Gate.PUBLICATION)
    assert [f"{issue.code} {issue.finding}: {issue.message}" for issue in issues if issue.level == "error"] == []


@pytest.mark.parametrize("folder", sorted({path.parent for path in FILES}), ids=lambda folder: folder.name)
def test_the_inspections_of_a_round_share_its_theme_and_a_short_list_of_tags(folder: Path) -> None:
    inspections = [load(path) for path in sorted(folder.glob("*.yaml"))]
    tags = {tag for found in inspections for finding in found.all_findings() for tag in finding.tags}
    assert len({found.round.theme for found in inspections}) == 1
    assert len(inspections) == 6
    assert 10 <= len(tags) <= 20
