"""The style sheet: the build gives the very bytes that are committed, without what belongs to GOV.UK alone."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT

STATIC = ROOT / "letters/web/static/letters"


def test_the_build_gives_the_committed_bytes(tmp_path: Path) -> None:
    if shutil.which("npm") is None:
        pytest.fail("npm is not on this machine. apt-get install npm.", pytrace=False)
    shutil.copytree(ROOT / "tools/static", tmp_path / "static", ignore=shutil.ignore_patterns("node_modules"))
    shutil.copy(ROOT / "tools/build-static.sh", tmp_path)
    subprocess.run(["sh", str(tmp_path / "build-static.sh"), str(tmp_path / "made.css")], check=True)
    assert (tmp_path / "made.css").read_bytes() == (STATIC / "workspace.css").read_bytes()


def test_the_style_sheet_has_neither_the_face_nor_the_crown_and_fetches_nothing() -> None:
    css = (STATIC / "workspace.css").read_text("utf-8")
    assert [word for word in ("GDS Transport", "@font-face", "crown", "crest", "url(", "@import") if word in css] == []


def test_the_licence_lies_beside_it() -> None:
    assert "MIT License" in (STATIC / "LICENSE.txt").read_text("utf-8")
