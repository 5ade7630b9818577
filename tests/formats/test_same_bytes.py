"""The same inspection gives the same bytes: in two processes, two time zones, two folders, whatever Python hashes."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

PROGRAM = """
import sys, hashlib, letters
from pathlib import Path
house = letters.house("joint")
letter = letters.compose(letters.load(sys.argv[1]), house)
for suffix in (".docx", ".pdf", ".html", ".txt", ".odt", ".brf"):
    letters.write(letter, Path("letter" + suffix), house)
    print(suffix, hashlib.sha256(Path("letter" + suffix).read_bytes()).hexdigest())
"""


@pytest.mark.parametrize("fixture", ["ansford", "eastholm"])
def test_two_processes_in_two_time_zones_write_the_same_bytes(fixture: str, tmp_path: Path) -> None:
    path = ROOT / "fixtures" / fixture / "inspection.yaml"
    said = []
    for zone, seed, folder in (("Pacific/Auckland", "1", "a"), ("America/Los_Angeles", "2", "b")):
        (tmp_path / folder).mkdir()
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "LC_ALL": "C"}
        run = subprocess.run(
            [sys.executable, "-c", PROGRAM, str(path)],
            cwd=tmp_path / folder,
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        )
        said.append(run.stdout)
    assert said[0] == said[1]
    assert len(said[0].splitlines()) == 6


def test_one_process_writes_the_same_bytes_again(joint: object) -> None:
    from tests.conftest import file_of, letter_of

    again = {suffix: hashlib.sha256(written_anew(suffix)).digest() for suffix in (".docx", ".pdf", ".html")}
    assert again == {suffix: hashlib.sha256(file_of("dunmere", suffix)).digest() for suffix in again}
    assert letter_of("dunmere")


def written_anew(suffix: str) -> bytes:
    """Return a fixture's letter, loaded, composed and written again."""
    from letters.composition.letter import compose
    from letters.files.disk import load
    from letters.formats.by_suffix import to_bytes
    from letters.houses.loading import house

    return to_bytes(compose(load(ROOT / "fixtures/dunmere/inspection.yaml"), house("joint")), suffix, house("joint"))
