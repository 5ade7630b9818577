"""Reports of rounds of 6 to 6,000 inspections: time and memory by number, and their PDF against bare WeasyPrint.

python -m benchmarks.overview_scale [COUNT...]
"""

import re
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import yaml

import letters
from benchmarks.pdf_speed import bare, ours
from benchmarks.timing import line
from letters.composition.report import compose_overview
from letters.document.blocks import Document
from letters.files.rounds import load_round
from letters.formats.by_suffix import to_bytes
from letters.formats.pages.letter import print_page

ROUND = Path("fixtures/rounds/exploitation-and-missing-2026.yaml")
COUNTS = (6, 60, 600, 6_000)
WITH_PDF = 600
"""The largest round of which the PDF is written here."""


def many(folder: Path, count: int) -> Path:
    """Write a round of that many inspections: the invented ones again and again, each with a name of its own."""
    source = yaml.safe_load(ROUND.read_text("utf-8"))
    real = [about["file"] for about in source["inspections"]]
    members = []
    for number in range(count):
        file = ROUND.parent / real[number % len(real)]
        name = f"area{number}"
        text = re.sub(r"^id: .*$", f"id: {name}", file.read_text("utf-8"), count=1, flags=re.MULTILINE)
        (folder / f"{name}.yaml").write_text(text, "utf-8")
        members.append({"file": f"{name}.yaml", "tracked": 6, "sampled": 20})
    kept = ("id", "title", "strapline", "theme", "period", "published", "inspectorates", "themes")
    report = {key: source[key] for key in kept}
    tables = ("matrix", "agencies", "scopes", "priorities", "inspections", "samples")
    entries = [{"table": kind, "id": kind, "caption": kind} for kind in tables]
    entries += [{"chart": kind, "id": f"{kind}-chart", "caption": kind} for kind in ("agencies", "scopes")]
    counts = {tag: {"kind": "strength", "tags": [tag]} for tag in source["themes"]}
    path = folder / "round.yaml"
    whole = {**report, "stage": "final", "inspections": members, "counts": counts, "introduction": entries}
    path.write_text(yaml.safe_dump(whole, allow_unicode=True, sort_keys=False), "utf-8")
    return path


def measured(count: int) -> None:
    """Print the times and the memory of one round."""
    house = letters.house("joint")
    with tempfile.TemporaryDirectory() as name:
        path = many(Path(name), count)
        start = time.perf_counter()
        found = load_round(path)
        read = time.perf_counter() - start
        report = compose_overview(found, house)
        composed = time.perf_counter() - start - read
        said = f"{count:6} inspections: read {read:7.2f} s ({read / count * 1000:5.2f} ms each), composed {composed:6.2f} s"
        if count <= WITH_PDF:
            start = time.perf_counter()
            to_bytes(report.document, ".pdf", house)
            said += f", PDF {time.perf_counter() - start:6.2f} s"
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{said}, {memory:5.0f} MB", flush=True)


def long_report() -> Document:
    """Return the invented report with its chapters told twice, without tables and footnotes: about 50 pages."""
    found = load_round(ROUND)
    again = [
        chapter.model_copy(update={"id": f"{chapter.id}-2", "items": list(filter(can_stand_twice, chapter.items))})
        for chapter in found.overview.findings
    ]
    overview = found.overview.model_copy(update={"findings": [*found.overview.findings, *again]})
    return compose_overview(replace(found, overview=overview), letters.house("joint")).document


def can_stand_twice(entry: object) -> bool:
    """Say whether an entry has neither a name nor a footnote of its own."""
    return not hasattr(entry, "id") and "[^" not in str(entry)


def main() -> None:
    """Print times and memory by number, each number in a process of its own, then the PDF against its peer."""
    for count in COUNTS:
        subprocess.run([sys.executable, "-m", "benchmarks.overview_scale", str(count)], check=True)
    page = print_page(long_report(), letters.house("joint"))
    mine, peer = ours(page) * 1000, bare(page) * 1000
    print(line("PDF of a long report", mine, peer, ">= 1"))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        for wanted in sys.argv[1:]:
            measured(int(wanted))
    else:
        main()
