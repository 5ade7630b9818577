"""People at once in the workspace, on both databases, beside a bare Django page of the same size, in one run.

python -m benchmarks.web_speed [PEOPLE] [SECONDS]: each person opens a page every one to three seconds and saves a finding
one time in ten. Prints the median, p95 and p99 in milliseconds of pages, of saves, and of the first view of what was
saved, which checks it anew; and what went wrong. Then once more while the worker makes one pack after the other.
"""

import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

import requests

from tests.conftest import ROOT
from tests.web.served import Served, Visitor, free_port, postgres, serving

COPIES = 40
"""Cases that people work in, as the plan measured it."""
PAGES = (
    *("", "letter", "findings/", "findings/S-03", "checks/", "versions/", "history", "details/"),
    *("reviews/", "reviews/send", "agreement/", "accuracy/"),
    *("publication/", "statement/", "documents/", "selection"),
)
SHARE_OF_SAVES = 0.1
PACK_SECONDS = 5
"""How often another pack is asked for."""
BARE = """\
import sys
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path
PAGE = open({page!r}, "rb").read()
settings.configure(SECRET_KEY="bare", ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__)
urlpatterns = [path("", lambda request: HttpResponse(PAGE))]
application = get_wsgi_application()
"""
Times = list[tuple[str, float, bool]]


def copies(folder: Path) -> Path:
    """Return a folder with many copies of one inspection, each of another area."""
    text = (ROOT / "fixtures/ansford/inspection.yaml").read_text("utf-8")
    for number in range(COPIES):
        place = folder / f"case-{number:02}"
        place.mkdir(parents=True)
        (place / "inspection.yaml").write_text(text.replace("id: ansford-2024", f"id: case-{number:02}"))
    return folder


def person(visitor: Visitor, seconds: float, number: int, found: Times) -> None:
    """Use the workspace as one person does."""
    chance, end = random.Random(number), time.monotonic() + seconds
    while time.monotonic() < end:
        time.sleep(chance.uniform(1, 3))
        if chance.random() < SHARE_OF_SAVES:
            place = f"/c/{case(chance)}/findings/M-{1 + number % 12:02}"
            opened = visitor.get(place).text
            begun = time.monotonic()
            answer = visitor.sent(place, opened, {"text": f"Said by {number} at {begun:.0f}."}, follow=False)
            found.append(("save", time.monotonic() - begun, answer.status_code == 302))
            begun = time.monotonic()
            answer = visitor.get(answer.headers["Location"])
            found.append(("view", time.monotonic() - begun, answer.status_code in (200, 409)))
        else:
            begun = time.monotonic()
            answer = visitor.get(f"/c/{case(chance)}/{chance.choice(PAGES)}")
            found.append(("page", time.monotonic() - begun, answer.status_code == 200))


def case(chance: random.Random) -> str:
    """Return the id of one of the cases."""
    return f"case-{chance.randrange(COPIES):02}"


def reader(address: str, seconds: float, number: int, found: Times) -> None:
    """Open the bare page as one person does."""
    chance, end, session = random.Random(number), time.monotonic() + seconds, requests.Session()
    while time.monotonic() < end:
        time.sleep(chance.uniform(1, 3))
        begun = time.monotonic()
        good = session.get(address).status_code == 200
        found.append(("bare", time.monotonic() - begun, good))


def at_once(people: int, one: Callable[[int, Times], None]) -> Times:
    """Let people do something at once, and return how long each step took."""
    found: Times = []
    threads = [Thread(target=one, args=(number, found)) for number in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


@contextmanager
def bare(page: bytes, place: Path) -> Iterator[str]:
    """Serve a page by Django and nothing else, with as many processes and threads; yields its address."""
    (place / "page.html").write_bytes(page)
    (place / "bare.py").write_text(BARE.format(page=str(place / "page.html")))
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "bare:application", "--bind", f"127.0.0.1:{port}", "--workers", "2"]
    command += ["--worker-class", "gthread", "--threads", "4", "--keep-alive", "75", "--log-level", "error"]
    with subprocess.Popen(command, cwd=place) as process:
        time.sleep(2)
        try:
            yield f"http://127.0.0.1:{port}/"
        finally:
            process.terminate()


def share(values: list[float], part: float) -> float:
    """Return the value below which a share of values lies."""
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


def told(name: str, found: Times) -> float:
    """Print what one kind of step took, and return its p95 in seconds."""
    for kind in dict.fromkeys(kind for kind, _, _ in found):
        taken = [seconds for other, seconds, _ in found if other == kind]
        wrong = sum(not good for other, _, good in found if other == kind)
        parts = "  ".join(
            f"{label} {1000 * share(taken, part):6.0f}"
            for label, part in (("median", 0.5), ("p95", 0.95), ("p99", 0.99))
        )
        print(f"{name:10} {kind:5} {len(taken):5} times  {parts} ms  {wrong} wrong")
    return share([seconds for _, seconds, _ in found], 0.95)


def lived(served: Served, people: int, seconds: float) -> Times:
    """Return how long each step of people took in a workspace."""
    names = ("quinn", "ines")
    visitors = [served.visitor(names[number]) for number in range(2)]
    for visitor in visitors:
        for number in range(COPIES):
            visitor.get(f"/c/case-{number:02}/letter")
    kept = [visitor.session.cookies for visitor in visitors]

    def one(number: int, found: Times) -> None:
        visitor = Visitor(served.address)
        visitor.session.cookies.update(kept[number % 2])
        person(visitor, seconds, number, found)

    return at_once(people, one)


@contextmanager
def packs_wanted(served: Served) -> Iterator[None]:
    """Let the worker make one pack after the other meanwhile."""
    quinn, ended = served.visitor("quinn"), Event()

    def ask() -> None:
        for number in range(COPIES):
            quinn.get(f"/c/case-{number:02}/publication/draft")
            if ended.wait(PACK_SECONDS):
                return

    thread = Thread(target=ask)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def main() -> None:
    """Print the table."""
    people, seconds = (int(given) for given in (sys.argv[1:] + ["50", "30"][len(sys.argv) - 1 :])[:2])
    with TemporaryDirectory() as folder:
        place = Path(folder)
        cases = copies(place / "cases")
        with serving(place / "sqlite", demo=cases) as served:
            page = served.visitor("quinn").get("/c/case-00/letter").content
            sqlite = told("SQLite", lived(served, people, seconds))
            with packs_wanted(served):
                busy = told("with packs", lived(served, people, seconds))
        with postgres() as database, serving(place / "postgres", database, cases) as served:
            other = told("PostgreSQL", lived(served, people, seconds))
        with bare(page, place) as address:
            peer = told("bare", at_once(people, lambda number, found: reader(address, seconds, number, found)))
    print(f"p95 while packs are made: {busy / sqlite:.2f} times that without")
    print(f"p95 against the bare page: SQLite {sqlite / peer:.2f}, PostgreSQL {other / peer:.2f} times")


if __name__ == "__main__":
    main()
