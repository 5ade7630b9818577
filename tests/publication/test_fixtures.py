"""The invented letter and the invented report to which everybody agreed can be published as the README says."""

from pathlib import Path

import pytest

from letters.files.packs import PublishOptions, publish
from letters.files.packs import verify as altered
from tests.conftest import ROOT

AGREED = ("fixtures/ansford/inspection.yaml", "fixtures/rounds/exploitation-and-missing-2026.yaml")


@pytest.mark.parametrize("name", AGREED)
def test_they_are_published_and_their_packs_are_whole(name: str, tmp_path: Path) -> None:
    made = publish(ROOT / name, PublishOptions(tmp_path / "pack", only=("txt",), art=ROOT / "styles/joint/art"))
    assert altered(made.pack) == []
    assert "recipients/index.html" in made.files
