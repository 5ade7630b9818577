"""Processes beside the one that publishes: none outlives it, and none says a word when it is ended."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.conftest import ROOT

FILE = ROOT / "fixtures/ansford/inspection.yaml"
ENDED_SECONDS = 20


@pytest.fixture
def passing() -> Iterator[Path]:
    """A folder for what processes pass between them; its name is short, as sockets want it."""
    with TemporaryDirectory(prefix="letters-", dir="/tmp") as folder:
        yield Path(folder)


@contextmanager
def publishing(passing: Path, pack: Path) -> Iterator["subprocess.Popen[str]"]:
    """Publish a letter in a process group of its own, in which Ctrl-C has its usual meaning."""
    command = [sys.executable, "-m", "letters", "publish", "--draft", str(FILE), "-o", str(pack)]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=os.environ | {"TMPDIR": str(passing), "LETTERS_TEST_RUN": passing.name},
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    yield process
    process.kill()
    process.communicate()


def running(passing: Path) -> list[int]:
    """Return the processes that belong to a run."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            marked = f"LETTERS_TEST_RUN={passing.name}".encode() in (place / "environ").read_bytes()
            if marked and b") Z " not in (place / "stat").read_bytes():
                found.append(int(place.name))
        except OSError:
            continue
    return found


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL, signal.SIGINT])
@pytest.mark.parametrize("after", [0, 1.5])
def test_nothing_is_left_of_a_run_that_was_ended(
    passing: Path, tmp_path: Path, number: signal.Signals, after: float
) -> None:
    with publishing(passing, tmp_path / "pack") as process:
        begun = time.monotonic()
        while len(running(passing)) < 2 and time.monotonic() - begun < ENDED_SECONDS:
            time.sleep(0.02)
        time.sleep(after)
        (os.killpg if number is signal.SIGINT else os.kill)(process.pid, number)
        process.wait(ENDED_SECONDS)
        begun = time.monotonic()
        while running(passing) and time.monotonic() - begun < ENDED_SECONDS:
            time.sleep(0.1)
        assert running(passing) == []
        assert process.stdout
        if number is not signal.SIGKILL:
            assert "Traceback" not in process.stdout.read()
            assert list(passing.iterdir()) == []
    assert not (tmp_path / "pack").exists()


def test_where_no_process_can_be_started_this_one_does_the_work(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 120)
    deep.mkdir()
    script = "from letters.files.side_by_side import forking; print(forking())"
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=os.environ | {"TMPDIR": str(deep)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "None\n", done.stderr
