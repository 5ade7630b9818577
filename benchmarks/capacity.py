"""What a workspace with many cases needs: disk, events, and the time of its pages, its proof and its copy.

python -m benchmarks.capacity [CASES ...]: fills a workspace on SQLite with so many cases, each saved twice, and prints
for each number what it takes on disk, the median of its first pages, and how long audit and backup take.
"""

import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.conftest import ROOT
from tests.web.served import Served, free_port, one_case

COUNTS = (100, 300, 1_000)
SAVES = 2
PAGES = ("/", "/cases/", "/rounds/", "/c/case-00001/", "/c/case-00001/history")
VIEWS = 9


def fill(data: str, first: int, last: int) -> None:
    """Start cases in a workspace, and save each a few times, as the forms do."""
    from letters.web.commands import opened

    opened(Path(data))
    from letters.findings.finding import findings_of
    from letters.workspace.models import MadeBy, Person
    from letters.workspace.reading import head_of, read_version
    from letters.workspace.saving import Change, save
    from letters.workspace.starting import start

    text = (ROOT / "fixtures/ansford/inspection.yaml").read_text("utf-8")
    quinn = Person.objects.get(email__startswith="quinn")
    for number in range(first, last):
        own = text.replace("id: ansford-2024", f"id: case-{number:05}")
        access, _ = start(quinn, own, Change(MadeBy.UPLOAD, "from a file", None, "/"))
        for turn in range(SAVES):
            head = head_of(access.case)
            wanted = read_version(head).inspection.model_copy(deep=True)
            next(findings_of(wanted.strengths)).text = f"The trust that workers earn, turn {turn} of case {number}."
            save(access, head.number, wanted, Change(MadeBy.FORM, "S-01", None, "/"))
            access.case.refresh_from_db()


def filled(served: Served, first: int, last: int) -> float:
    """Fill a workspace in a process of its own; return the milliseconds of one version."""
    begun = time.monotonic()
    call = f"from benchmarks.capacity import fill; fill({str(served.data)!r}, {first}, {last})"
    subprocess.run([sys.executable, "-c", call], env=served.environment, check=True)
    return 1000 * (time.monotonic() - begun) / ((last - first) * (SAVES + 1))


def size(folder: Path) -> float:
    """Return the megabytes of a folder's files."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def events(data: Path) -> int:
    """Return how many events a workspace has."""
    with closing(sqlite3.connect(data / "db.sqlite3")) as held:
        return int(held.execute("SELECT COUNT(*) FROM workspace_event").fetchone()[0])


def taken(served: Served, *arguments: object) -> float:
    """Return how many seconds a command of the workspace takes."""
    begun = time.monotonic()
    done = served.command("workspace", *arguments)
    assert done.returncode == 0, done.stderr
    return time.monotonic() - begun


def viewed(served: Served) -> list[float]:
    """Return the median milliseconds of each page."""
    served.start()
    try:
        quinn, found = served.visitor("quinn"), []
        for page in PAGES:
            times = []
            for _ in range(VIEWS):
                begun = time.monotonic()
                assert quinn.get(page).status_code == 200, page
                times.append(1000 * (time.monotonic() - begun))
            found.append(median(times))
        return found
    finally:
        served.stop()


def main() -> None:
    """Print the table."""
    counts = [int(given) for given in sys.argv[1:]] or list(COUNTS)
    print(
        f"{'cases':>6} {'events':>8} {'db MB':>7} {'files MB':>9} {'ms/version':>11} {'audit s':>8} {'backup s':>9}",
        *PAGES,
    )
    with TemporaryDirectory() as folder:
        place = Path(folder)
        served = Served(place / "data", free_port(), demo=one_case(place))
        served.start()
        served.stop()
        done = 0
        for count in counts:
            one = filled(served, done, count)
            done = count
            pages = viewed(served)
            audit, copy = taken(served, "audit"), taken(served, "backup", place / "copy")
            shutil.rmtree(place / "copy")
            database, files = (served.data / "db.sqlite3").stat().st_size / 1e6, size(served.data / "blobs")
            figures = (
                f"{count:6} {events(served.data):8} {database:7.1f} {files:9.1f} {one:11.0f} {audit:8.1f} {copy:9.1f}"
            )
            print(figures, *(f"{milliseconds:.0f} ms" for milliseconds in pages), flush=True)


if __name__ == "__main__":
    main()
