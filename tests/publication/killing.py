"""Runs that put a folder and say how far they are, so that a test can kill them before, during and after a swap."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from statistics import median

from tests.conftest import ROOT

BEFORE, DURING, TURNED, AFTER = "before the swap", "in the swap", "in the swap, after the exchange", "after the swap"
STARTED, DONE, ENDED = "at the start", "done", ""
PARTS = {b"s": STARTED, b"b": BEFORE, b"d": DURING, b"x": TURNED, b"a": AFTER, b"z": DONE, b"e": ENDED}
NURSERY = """
import os, sys, time
from pathlib import Path
from letters.files import folders

write_files, swap, exchange, unlink = folders.write_files, folders.swap, folders.exchange, os.unlink
tell = lambda part: os.write(1, part)
folders.write_files = lambda *given: (tell(b"b"), write_files(*given))
folders.swap = lambda *given: (tell(b"d"), swap(*given), tell(b"a"))
folders.exchange = lambda *given: (time.sleep(0.002), exchange(*given), tell(b"x"), time.sleep(0.002))
os.unlink = lambda *given, **named: (time.sleep(0.0002), unlink(*given, **named))
paths = [Path(path) for path in sys.argv[1:]]
{prepared}
while os.read(0, 1):
    child = os.fork()
    if not child:
        tell(b"%9ds" % os.getpid())
        {work}
        tell(b"z")
        os._exit(0)
    os.read(0, 1)
    os.waitpid(child, 0)
    tell(b"e")
"""
"""A program each run of which is a process of its own that says which part of its work begins.

An exchange and the clearing after it are over in a moment: they wait a little, so that kills meet them half-way.
"""
PUT = NURSERY.format(
    prepared="""
source, target = paths
files = {str(path.relative_to(source)): path.read_bytes() for path in source.rglob("*") if path.is_file()}
""",
    work="folders.put_folder(target, files)",
)
PUBLISH = NURSERY.format(
    prepared="""
from letters.files.packs import PublishOptions, publish
file, pack, art = paths
""",
    work='publish(file, PublishOptions(pack, only=("txt", "html"), art=art))',
)


class Nursery:
    """Starts runs of a program, follows them and kills them."""

    def __init__(self, running: subprocess.Popen[bytes]) -> None:
        assert running.stdin
        assert running.stdout
        self._asking, self._hearing = running.stdin.fileno(), running.stdout.fileno()

    @contextmanager
    def run(self) -> Iterator[int]:
        """Start a run and give its process id, which stays its own until the end."""
        os.write(self._asking, b"+")
        yield int(os.read(self._hearing, 9))
        os.write(self._asking, b"-")

    def part(self) -> str:
        """Wait until the run begins another part of its work, and say which."""
        return PARTS[os.read(self._hearing, 1)]

    def paces(self, runs: int = 5) -> dict[str, float]:
        """Return how many seconds each part of the work takes, by the middle one of runs that nobody kills."""
        found = [self.stamps() for _ in range(runs + 1)]
        spans = pairwise(found[-1])
        return {part: median(stamps[end] - stamps[part] for stamps in found[1:]) for part, end in spans}

    def stamps(self) -> dict[str, float]:
        """Return when each part of the work begins in a run that nobody kills."""
        found = {}
        with self.run():
            while DONE not in found:
                found[self.part()] = time.perf_counter()
        assert self.part() == ENDED
        return found

    def killed(self, aim: str, delay: float) -> str:
        """Kill a run some seconds after a part of its work begins, and return in which part the kill met it."""
        with self.run() as process:
            while (met := self.part()) != aim:
                pass
            time.sleep(delay)
            os.kill(process, signal.SIGKILL)
        while (part := self.part()) != ENDED:
            met = part
        return met


@contextmanager
def nursery(program: str, *arguments: Path) -> Iterator[Nursery]:
    """Start a program that starts runs; it ends with the block."""
    command = [sys.executable, "-c", program, *map(str, arguments)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0) as running:
        yield Nursery(running)
