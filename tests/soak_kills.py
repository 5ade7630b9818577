"""Kills at every step at the disk of every verb that writes: python -m tests.soak_kills [VERB...].

A verb runs in a process that dies at its first, second, third, ... step. After each, every file that it writes must be as
it was or as it will be; after the next run all are as they will be, and nothing stray is left.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import ROOT

KILLED = """
import os, sys
step, steps = int(sys.argv[1]), 0
def counted(call):
    def counting(*given, **named):
        global steps
        steps += 1
        if steps == step:
            os._exit(9)
        return call(*given, **named)
    return counting
for name in ("replace", "rename", "fsync", "unlink", "mkdir", "rmdir", "write", "fchmod"):
    setattr(os, name, counted(getattr(os, name)))
sys.argv = ["letters", *sys.argv[2:]]
from letters.cli import main
main()
"""
CAWDALE, RETURNED = ROOT / "fixtures/returned/cawdale.yaml", ROOT / "fixtures/returned"
ART = ROOT / "styles/joint/art"
MOST_STEPS = 3_000


def verbs(place: Path) -> dict[str, list[str]]:
    """Return the arguments of every verb that writes, in a folder that `prepared` has laid out."""
    copy, out = str(place / "cawdale.yaml"), str(place / "out")
    reviewed = [str(place / f"{name}.docx") for name in ("cqc", "ofsted")]
    merged = ["-o", f"{out}/next.yaml", "--ledger", f"{out}/ledger.json", "--combined", f"{out}/all.docx", "--force"]
    return {
        "compose": ["compose", copy, "-o", out, "--force"],
        "send": ["send", copy, "-o", out, "--force"],
        "merge": ["merge", copy, *reviewed, *merged],
        "agree": ["agree", copy, "--inspectorate", "ofsted", "--name", "Ada Example", "--on", "2025-02-01"],
        "fix": ["check", copy, "--fix", "--yes"],
        "redline": ["redline", copy, str(place / "other.yaml"), "-o", f"{out}/redline.html"],
        "publish": ["publish", str(place / "ansford.yaml"), "-o", f"{out}/pack", "--art", str(ART), "--only", "txt"],
    }


def prepared(place: Path) -> Path:
    """Lay out the files that the verbs read."""
    for source in (CAWDALE, RETURNED / "cqc.docx", RETURNED / "ofsted.docx"):
        shutil.copy(source, place)
    shutil.copytree(RETURNED / "sent", place / "sent")
    text = CAWDALE.read_text("utf-8")
    (place / "other.yaml").write_text(text.replace("children", "babies"), "utf-8")
    (place / "cawdale.yaml").write_text(text.replace("Babies", "Babies  ", 1), "utf-8")
    shutil.copy(ROOT / "fixtures/ansford/inspection.yaml", place / "ansford.yaml")
    return place


def states(place: Path) -> dict[str, bytes]:
    """Return every file that is no temporary one."""
    paths = ((path.relative_to(place), path) for path in place.rglob("*") if path.is_file())
    return {str(name): path.read_bytes() for name, path in paths if not any(part[0] == "." for part in name.parts)}


def strays(place: Path) -> list[str]:
    """Return what a run left beside its files."""
    return [str(path.relative_to(place)) for path in place.rglob(".*")]


def run(step: int, arguments: list[str]) -> int:
    """Run a verb that is killed at a step, and return how it ended."""
    return subprocess.run(
        [sys.executable, "-c", KILLED, str(step), *arguments], capture_output=True, check=False
    ).returncode


def new_folder(path: Path) -> Path:
    """Return a new folder, by the name that links do not change."""
    path.mkdir()
    return path.resolve()


def faults(verb: str) -> Iterator[str]:
    """Yield what is wrong after a kill at any step of a verb."""
    with tempfile.TemporaryDirectory() as folder:
        whole = prepared(new_folder(Path(folder, "whole")))
        before = states(whole)
        run(0, verbs(whole)[verb])
        after = {name: data.replace(str(whole).encode(), b"PLACE") for name, data in states(whole).items()}
        for step in range(1, MOST_STEPS):
            place = prepared(new_folder(Path(folder, str(step))))
            if run(step, verbs(place)[verb]) != 9:
                return
            for name, data in states(place).items():
                said = data.replace(str(place).encode(), b"PLACE")
                if said not in (before.get(name), after.get(name)):
                    yield f"{verb}, step {step}: {name} is neither old nor new"
            run(0, verbs(place)[verb])
            end = {name: data.replace(str(place).encode(), b"PLACE") for name, data in states(place).items()}
            if verb not in ("agree", "fix") and end != after:
                yield f"{verb}, step {step}: {sorted(name for name in {*end, *after} if end.get(name) != after.get(name))} after the next run"
            if strays(place):
                yield f"{verb}, step {step}: {strays(place)} left"
            shutil.rmtree(place)
        yield f"{verb}: more than {MOST_STEPS} steps"


def main() -> None:
    """Print what is wrong; end with 1 where anything is."""
    found = 0
    for verb in sys.argv[1:] or list(verbs(Path())):
        for fault in faults(verb):
            print(fault, flush=True)
            found += 1
        print(f"{verb}: done", flush=True)
    sys.exit(found > 0)


if __name__ == "__main__":
    main()
