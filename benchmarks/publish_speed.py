"""Packs: one against the sum of its renderings, and many in two processes against one after the other.

python -m benchmarks.publish_speed [PACKS]
"""

import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from letters.files.packs import PublishOptions, agree, houses_by_folder, publication_in, publish, publish_all
from letters.houses.loading import house
from letters.publication.end_matter import published_document
from letters.publication.renderings import KINDS, Renderings
from letters.verbs.publish import publishers

FIXTURE = Path("fixtures/ansford/inspection.yaml")
ART = Path("styles/joint/art")
AGREED = date(2024, 7, 10)
ONLY = ("html", "docx", "txt", "pdf")
"""The formats of each of many packs."""


def seconds(call: Callable[[], object]) -> float:
    """Return how long a call takes."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def agreed(folder: Path, count: int) -> list[Path]:
    """Write inspections to which everybody has agreed."""
    folder.mkdir(parents=True)
    text = FIXTURE.read_text("utf-8")
    paths = []
    for number in range(count):
        path = folder / f"area{number}.yaml"
        path.write_text(re.sub(r"^id: .*$", f"id: area-{number}", text, count=1, flags=re.MULTILINE), "utf-8")
        for name in ("ofsted", "cqc", "hmicfrs", "hmiprobation"):
            agree(path, name, "Ada Example", AGREED)
        paths.append(path)
    return paths


def renderings(path: Path, order: PublishOptions) -> None:
    """Render every format for every house, and nothing else."""
    work = publication_in(path, house("joint", art=ART))
    for found in houses_by_folder(publishers(work), order.art, order.styles).values():
        Renderings(published_document(work, found), found).all("it", KINDS)


def one(folder: Path) -> None:
    """Print a whole pack against the sum of its renderings."""
    (path,) = agreed(folder / "one", 1)
    order = PublishOptions(folder / "pack", art=ART)
    publish(path, order)
    parts = min(seconds(lambda: renderings(path, order)) for _ in range(3))
    whole = min(seconds(lambda: publish(path, order)) for _ in range(3))
    beside = replace(order, processes=2)
    two = min(seconds(lambda: publish(path, beside)) for _ in range(3))
    print(
        f"one pack, all formats, five folders: its renderings {parts:.2f} s; on one processor {whole:.2f} s, ratio {whole / parts:.2f} (wanted <= 1.3);"
        f" on two {two:.2f} s, ratio {two / parts:.2f} (wanted <= 0.75)"
    )


def many(folder: Path, count: int) -> None:
    """Print many packs in two processes against one after the other."""
    paths = agreed(folder / "many", count)
    times = {}
    for jobs in (1, 2):
        out = folder / f"packs{jobs}"
        job = PublishOptions(out, only=ONLY, art=ART)
        times[jobs] = seconds(lambda job=job, jobs=jobs: list(publish_all(job, paths, jobs)))  # type: ignore[misc]
        assert len(list(out.iterdir())) == count
        shutil.rmtree(out)
    print(
        f"{count} packs: one after the other {times[1]:.1f} s, two at a time {times[2]:.1f} s, ratio {times[1] / times[2]:.2f} (wanted >= 1.6)"
    )


def main() -> None:
    """Print both."""
    with tempfile.TemporaryDirectory() as name:
        one(Path(name))
        many(Path(name), int(sys.argv[1]) if len(sys.argv) > 1 else 100)


if __name__ == "__main__":
    main()
