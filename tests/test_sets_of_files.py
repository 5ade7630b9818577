"""Sets of files: killed at any step, all are old, or the next run makes all new and says so."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from letters.errors import FormatFault
from letters.files.disk import ASIDE, PLAN
from letters.files.sets import finish_sets, replace_files, state_of
from tests.soak_kills import faults

KILLED = """
import os, sys
from pathlib import Path
from letters.files import sets

steps = 0
def counted(name, call):
    def step(*given, **named):
        global steps
        steps += 1
        if steps == int(sys.argv[1]):
            os._exit(9)
        return call(*given, **named)
    return step
for name in ("replace", "open", "fsync", "unlink", "close"):
    setattr(os, name, counted(name, getattr(os, name)))
folder = Path(sys.argv[2])
sets.replace_files([(folder / "a.yaml", b"new a"), (folder / "b.json", b"new b"), (folder / "sub/c.docx", b"new c")])
"""
NAMES = ("a.yaml", "b.json", "sub/c.docx")


def old_set(folder: Path) -> Path:
    """Return a folder with an older set in it."""
    (folder / "sub").mkdir(parents=True)
    for name in NAMES:
        (folder / name).write_text(f"old {name}")
    return folder


def contents(folder: Path) -> list[str]:
    """Return whether each file of the set is old or new."""
    return [(folder / name).read_text().split()[0] for name in NAMES]


def killed_at(step: int, folder: Path) -> bool:
    """Write the set and be killed at a step; say whether there was such a step."""
    return subprocess.run([sys.executable, "-c", KILLED, str(step), str(folder)], check=False).returncode == 9


def test_a_kill_at_any_step_leaves_all_old_or_the_next_run_makes_all_new(tmp_path: Path) -> None:
    step, parted = 1, 0
    while killed_at(step, folder := old_set(tmp_path / str(step))):
        parted += len(set(contents(folder))) > 1
        finish_sets([folder / "a.yaml"])
        assert len(set(contents(folder))) == 1, step
        replace_files([(folder / name, b"next") for name in NAMES])
        assert contents(folder) == ["next"] * 3
        assert sorted(path.name for path in folder.rglob("*")) == ["a.yaml", "b.json", "c.docx", "sub"]
        step += 1
    assert step > 12
    assert parted > 1


def test_the_next_run_says_what_it_finished(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    step = next(n for n in range(1, 60) if killed_at(n, old_set(tmp_path / str(n))) and parted(tmp_path / str(n)))
    finish_sets([tmp_path / str(step) / "b.json"])
    assert "an earlier run was broken off before it had put" in caplog.text


def parted(folder: Path) -> bool:
    """Say whether a set is old and new at once."""
    return len(set(contents(folder))) > 1


def test_what_somebody_changed_since_is_left_as_it_is(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    step = next(n for n in range(1, 60) if killed_at(n, old_set(tmp_path / str(n))) and parted(tmp_path / str(n)))
    folder = tmp_path / str(step)
    (folder / "sub/c.docx").write_text("mine and longer")
    finish_sets([folder / "a.yaml"])
    assert (folder / "sub/c.docx").read_text() == "mine and longer"
    assert "run that command again" in caplog.text
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("plan", ["", "[", "{}", "[1]", '[{"aside": 1, "target": 2, "old": 3}]', "null"])
def test_a_plan_that_is_none_is_taken_away_and_harms_nothing(tmp_path: Path, plan: str) -> None:
    folder = old_set(tmp_path / "x")
    (folder / f"{PLAN}0123abcd").write_text(plan)
    finish_sets([folder / "a.yaml"])
    assert contents(folder) == ["old"] * 3


def test_a_forged_plan_moves_no_file_but_a_new_version_beside_it(tmp_path: Path) -> None:
    folder = old_set(tmp_path / "x")
    (tmp_path / "secret").write_text("secret")
    rows = [{"aside": str(tmp_path / "secret"), "target": str(folder / "a.yaml"), "old": state_of(folder / "a.yaml")}]
    (folder / f"{PLAN}0123abcd").write_text(json.dumps(rows))
    aside = folder / f".b.json{ASIDE}0123abcd"
    aside.write_text("theirs")
    aside.chmod(0o666)
    rows = [{"aside": str(aside), "target": str(folder / "b.json"), "old": state_of(folder / "b.json")}]
    (folder / f"{PLAN}89abcdef").write_text(json.dumps(rows))
    finish_sets([folder / "a.yaml"])
    assert contents(folder) == ["old"] * 3
    assert (tmp_path / "secret").read_text() == "secret"


def test_a_full_disk_leaves_the_set_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = old_set(tmp_path / "x")
    written = []

    def write(handle: int, data: bytes) -> int:
        written.append(data)
        if len(written) == 3:
            raise OSError(28, "No space left on device")
        return len(data)

    monkeypatch.setattr(os, "write", write)
    with pytest.raises(FormatFault, match=r"a\.yaml cannot be written: No space left on device"):
        replace_files([(folder / name, b"new") for name in NAMES])
    assert contents(folder) == ["old"] * 3
    assert [path.name for path in folder.rglob(".*")] == []


def test_a_verb_that_is_killed_at_any_step_leaves_old_or_new_and_nothing_stray() -> None:
    assert list(faults("send")) == []
