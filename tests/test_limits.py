"""The guard: a letter that would never end, or takes all memory, ends in a line and stops no other letter."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from letters.limits import TooMuch, limited_time
from tests.conftest import ROOT

DUNMERE, GREYWICK = ROOT / "fixtures/dunmere/inspection.yaml", ROOT / "fixtures/greywick/inspection.yaml"
ENDLESS = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}\n"
HUGE = "{% set x = 'ab' * 90000 %}{% set y = (x * 90000) %}{{ y | length }}\n"


def templates(folder: Path, form: str, text: str) -> Path:
    """Return a folder of templates whose letter of one form does something hostile first."""
    shutil.copytree(ROOT / f"templates/{form}", folder / form)
    letter = folder / form / "letter.md"
    letter.write_text(text + letter.read_text("utf-8"), "utf-8")
    return folder


def run(*arguments: object, **limits: str) -> subprocess.CompletedProcess[str]:
    """Run the program in a process of its own, with other limits."""
    command = [sys.executable, "-m", "letters", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, **limits}, check=False)


def test_a_letter_that_never_ends_is_stopped_with_a_line(tmp_path: Path) -> None:
    own = templates(tmp_path / "own", "joint-2022", ENDLESS)
    started = time.monotonic()
    done = run("compose", DUNMERE, "-o", tmp_path / "out", "--templates", own, LETTERS_SECONDS="2")
    assert time.monotonic() - started < 30
    assert done.returncode == 1
    assert done.stderr.startswith(f"{DUNMERE}: it took more than 2 seconds of processor time, so letters stopped.")
    assert not (tmp_path / "out").exists()


def test_the_other_letters_of_a_batch_are_written(tmp_path: Path) -> None:
    own = templates(tmp_path / "own", "joint-2022", ENDLESS)
    eastholm = ROOT / "fixtures/eastholm/inspection.yaml"
    out = tmp_path / "out"
    done = run("compose", DUNMERE, eastholm, "-o", out, "--templates", own, "--jobs", 2, LETTERS_SECONDS="6")
    assert f"{DUNMERE}: it took more than 6 seconds" in done.stderr
    assert "1 of 2 letters written" in done.stderr
    assert sorted(path.suffix for path in out.iterdir()) == [".docx", ".html", ".pdf", ".txt"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_letter_that_takes_all_memory_is_stopped_with_a_line(tmp_path: Path, jobs: int) -> None:
    own = templates(tmp_path / "own", "joint-2022", HUGE)
    files = [DUNMERE, ROOT / "fixtures/eastholm/inspection.yaml"]
    done = run("compose", *files, "-o", tmp_path / "out", "--templates", own, "--jobs", jobs, LETTERS_MEMORY_MB="1500")
    assert f"{DUNMERE}: it needed more than 1,500 MB of memory, so letters stopped." in done.stderr
    assert "1 of 2 letters written" in done.stderr


def test_a_worker_that_is_killed_harms_its_own_file_alone(tmp_path: Path) -> None:
    program = """
import os, sys
from pathlib import Path
from letters.files.workers import Each, in_workers

def call(path):
    return os._exit(1) if path.name == "bad" else path.name

def failed(path, fault, unreadable):
    return f"{path.name}: failed"

if __name__ == "__main__":
    names = ["a", "bad", "b", "c"]
    print(sorted(in_workers(Each(call, failed), [Path(name) for name in names], 2)))
"""
    (tmp_path / "killing.py").write_text(program)
    done = subprocess.run([sys.executable, tmp_path / "killing.py"], capture_output=True, text=True, check=False)
    assert done.stdout == "['a', 'b', 'bad: failed', 'c']\n"


def test_time_around_a_limit_goes_on_after_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LETTERS_SECONDS", "1")
    with limited_time():
        with limited_time():
            pass
        with pytest.raises(TooMuch):
            use_up()


def use_up() -> None:
    """Take all the time there is."""
    while True:
        pass
