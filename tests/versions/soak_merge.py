"""Thousands of rounds of review over whole letters: run by hand, it prints what came of them.

python -m tests.versions.soak_merge 5000
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from letters.files.disk import load
from tests.conftest import ROOT
from tests.versions.review_rounds import OUTCOMES, Sent, rounds, sent

LETTERS = ("ansford", "bellmoor", "cawdale", "dunmere", "eastholm", "farrowby", "greywick", "harcombe", "ingleby")
NAMES = ("Ann", "Ben", "Cy")


def drafts(folder: Path) -> list[Sent]:
    """Return the draft of every invented letter, sent."""
    return [sent(load(ROOT / "fixtures" / name / "inspection.yaml"), folder / name) for name in LETTERS]


def main(count: int) -> int:
    """Run the rounds; return 1 where the next letter differed in silence, or a merge was refused."""
    with TemporaryDirectory() as name:
        figures = rounds(drafts(Path(name)), range(count), lambda seed: NAMES[: 1 + seed % 3])
    for outcome in OUTCOMES:
        print(f"{outcome:8} {figures.counts[outcome]:6} {figures.counts[outcome] / count:7.2%}")
    wrong = [told for told in figures.told if not told.startswith("by hand")]
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5000))
