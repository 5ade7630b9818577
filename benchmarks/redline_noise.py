"""Tracked changes: ours against Docxodus on the same pairs of versions, both held to an independent judge.

python -m benchmarks.redline_noise [PAIRS] [--seed N] [--judge FILE] [--peers FOLDER] [--peer-only] [--no-times]
"""

import argparse
import importlib.util
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import letters
from benchmarks.timing import line
from letters.findings.inspection import Inspection
from tests.versions.edits import edited, pairs, sized, sized_pairs

JUDGE = Path("/work/shared/tools/redline_check.py")
PEERS = Path("/tmp/peers")
PEER_PACKAGE = "python-redlines[docxodus]==2.0.0"
FIND_PEER = "from python_redlines.engines import DocxodusEngine; print(DocxodusEngine().extracted_binaries_path)"
ROUNDS = 5
TIMED_PAGES = (8, 60)
SIZED_SHARE = 10
"""For so many pairs of the fixtures there is one more of each size."""
PATIENCE = 120
"""Seconds after which a redline counts as none."""

Redliner = Callable[[Path, Path, Path], list[str]]
"""Gives the command line that writes the redline of two files to a third."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the judge says of one redline: the aspects that are wrong, or why there is none, and how much it marks."""

    wrong: tuple[str, ...]
    revisions: int = 0
    characters: int = 0
    """Characters inserted and deleted; moved ones are not among them."""
    moved: int = 0
    """Characters moved."""

    @property
    def marked(self) -> int:
        """Every character that bears a mark: what came, what went, and what is elsewhere."""
        return self.characters + self.moved

    @property
    def exact(self) -> bool:
        """Whether accepting everything gives the newer version and rejecting everything the older."""
        return not self.wrong


@dataclass(frozen=True, slots=True)
class Judged:
    """One pair of versions with the verdicts on both redlines; ours is None where only the peer was run."""

    name: str
    kind: str
    ours: Verdict | None
    peer: Verdict


def ours(old: Path, new: Path, redline: Path) -> list[str]:
    """Return our command line."""
    return [str(Path(sys.executable).with_name("letters")), "redline", str(old), str(new), "-o", str(redline)]


def docxodus(folder: Path) -> Redliner:
    """Return the peer's command line: the program that its Python package unpacks and runs; installs it if need be."""
    python = folder / "venv" / "bin" / "python"
    if not python.exists():
        venv.create(folder / "venv", with_pip=True)
    found = subprocess.run([python, "-c", FIND_PEER], capture_output=True, text=True)
    if found.returncode:
        subprocess.run([python, "-m", "pip", "install", "-q", PEER_PACKAGE], check=True)
        found = subprocess.run([python, "-c", FIND_PEER], check=True, capture_output=True, text=True)
    program = found.stdout.strip()
    return lambda old, new, redline: [program, str(old), str(new), str(redline), "--author=Redline"]


def judge_of(path: Path) -> Any:
    """Return the judge as a module."""
    spec = importlib.util.spec_from_file_location("redline_check", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} is no Python file. Name the judge with --judge.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(redliner: Redliner, old: Path, new: Path, redline: Path) -> str:
    """Write a redline; return why there is none, or nothing."""
    redline.unlink(missing_ok=True)
    try:
        done = subprocess.run(redliner(old, new, redline), capture_output=True, text=True, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        return f"took longer than {PATIENCE} seconds"
    if done.returncode or not redline.exists():
        return (done.stderr.strip() or done.stdout.strip() or "wrote nothing").splitlines()[-1]
    return ""


def verdict(judge: Any, redliner: Redliner, old: Path, new: Path, redline: Path) -> Verdict:
    """Return the judge's verdict on one redline."""
    if failure := run(redliner, old, new, redline):
        return Verdict((failure,))
    result = judge.check(str(old), str(new), str(redline))
    accepted, rejected = judge.summarise(result)
    wrong = [*(f"accept {name}" for name in accepted), *(f"reject {name}" for name in rejected)]
    wrong += [f"schema: {message[:80]}" for message in result.get("xsd_new") or ()]
    stats = result["stats"]
    wrong += [f"{stats[kind]} {kind}" for kind in ("dup_ids", "missing_id") if stats[kind]] + stats["warnings"]
    revisions = sum(stats[kind] for kind in judge.REV)
    return Verdict(tuple(wrong), revisions, stats["ins_chars"] + stats["del_chars"], stats["moved_chars"])


def judged(options: argparse.Namespace, peer: Redliner, folder: Path) -> list[Judged]:
    """Return the verdicts on every pair, and print what is wrong as it is found."""
    house, judge = letters.house("joint"), judge_of(options.judge)
    old, new, redline = (folder / name for name in ("old.docx", "new.docx", "redline.docx"))
    found = []
    sizes = sized_pairs(options.pairs // SIZED_SHARE, options.seed)
    for number, (kind, older, newer) in enumerate(chain(pairs(options.pairs, options.seed), sizes), start=1):
        for path, inspection in ((old, older), (new, newer)):
            letters.write(letters.compose(inspection, house), path, house)
        mine = None if options.peer_only else verdict(judge, ours, old, new, redline)
        pair = Judged(f"{number} {older.id} ({older.stage})", kind, mine, verdict(judge, peer, old, new, redline))
        found.append(pair)
        for who, what in (("ours", pair.ours), ("peer", pair.peer)):
            if what and not what.exact:
                print(f"not exact: {who} {pair.name} {kind}: {', '.join(what.wrong)}", flush=True)
    return found


def report(found: list[Judged]) -> None:
    """Print how many are exact, and the ratios over the pairs that both get exact."""
    peer = [pair for pair in found if pair.peer.exact]
    print(f"exact: peer {len(peer)} of {len(found)}")
    if any(pair.ours for pair in found):
        print(f"exact: ours {sum(pair.ours is not None and pair.ours.exact for pair in found)} of {len(found)}")
        peer = [pair for pair in peer if pair.ours and pair.ours.exact]
        print(f"over the {len(peer)} pairs that both get exact, ours / peer:")
    kinds: dict[str, list[Judged]] = defaultdict(list)
    for pair in peer:
        kinds[pair.kind].append(pair)
    for kind in sorted(kinds):
        print(totals(kind, kinds[kind]))
    print(totals("in all", peer))


def totals(name: str, found: list[Judged]) -> str:
    """Return one line: what both mark and the ratios, or what the peer marks where it was run alone."""
    columns = []
    for amount in ("revisions", "marked", "characters", "moved"):
        mine = sum(getattr(pair.ours, amount) for pair in found if pair.ours)
        peer = sum(getattr(pair.peer, amount) for pair in found)
        alone = not any(pair.ours for pair in found)
        columns.append(f"{amount} {peer:6}" if alone else f"{amount} {mine:6} / {peer:6} = {ratio(mine, peer)}")
    return f"{name:28} {'   '.join(columns)}"


def ratio(mine: int, peer: int) -> str:
    """Return a ratio of two totals; there is none to nothing."""
    return f"{mine / peer:5.2f}" if peer else "    -"


def median_milliseconds(redliner: Redliner, old: Path, new: Path, redline: Path) -> float:
    """Return the milliseconds of the whole command line: the median of the rounds, after one that warms up."""
    times = []
    for _ in range(ROUNDS + 1):
        start = time.perf_counter()
        if failure := run(redliner, old, new, redline):
            raise SystemExit(f"no redline to time: {failure}")
        times.append(time.perf_counter() - start)
    return statistics.median(times[1:]) * 1000


def versions(pages: int) -> tuple[Inspection, Inspection]:
    """Return two versions of a letter of a size, between which a team made six edits."""
    older = newer = sized(pages)
    kinds = ("one_word", "sentence_added", "sentence_removed", "finding_added", "finding_moved", "point_added")
    for seed, kind in enumerate(kinds):
        newer = edited(newer, kind, seed)
    return older, newer


def times(options: argparse.Namespace, peer: Redliner, folder: Path) -> None:
    """Print the time of both command lines."""
    house = letters.house("joint")
    old, new, redline = (folder / name for name in ("old.docx", "new.docx", "redline.docx"))
    for pages in TIMED_PAGES:
        for path, inspection in zip((old, new), versions(pages), strict=True):
            letters.write(letters.compose(inspection, house), path, house)
        theirs = median_milliseconds(peer, old, new, redline)
        if options.peer_only:
            print(f"redline of {pages} pages, command line: peer {theirs:.0f} ms")
        else:
            mine = median_milliseconds(ours, old, new, redline)
            print(line(f"redline of {pages} pages, command line", mine, theirs, ">= 3"))


def arguments() -> argparse.Namespace:
    """Return what was asked for on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("pairs", type=int, nargs="?", default=60, help="how many pairs of versions")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--judge", type=Path, default=JUDGE, help="the judge's Python file")
    parser.add_argument("--peers", type=Path, default=PEERS, help="where the peer is installed")
    parser.add_argument("--peer-only", action="store_true", help="leave our own redline out")
    parser.add_argument("--no-times", action="store_true", help="leave the times out")
    return parser.parse_args()


def main() -> None:
    """Print exact counts, noise and times."""
    options = arguments()
    peer = docxodus(options.peers)
    with tempfile.TemporaryDirectory() as folder:
        report(judged(options, peer, Path(folder)))
        if not options.no_times:
            times(options, peer, Path(folder))


if __name__ == "__main__":
    main()
