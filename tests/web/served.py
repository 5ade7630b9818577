"""A workspace that is served as people serve it, and people who use it over HTTP: no part of it is in this process."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

import requests

from tests.browser import Browser
from tests.conftest import ROOT

PASSWORDS = re.compile(r"^\s*(\S+@\S+)\s+(\S+)\s", re.MULTILINE)
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
ONCE = re.compile(r'name="once" value="([^"]+)"')
BASE = re.compile(r'name="base" value="([^"]+)"')
SIGNS = re.compile(r'name="(sign-\d+)" value="([^"]+)"')
START_SECONDS = 60
PG = Path("/usr/lib/postgresql")


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


@dataclass
class Served:
    """A workspace at an address, with the passwords of its people."""

    data: Path
    port: int
    database: str = ""
    demo: Path | None = ROOT / "fixtures"
    """The inspections that it begins with; without any, it is a real one that knows nobody."""
    settings: dict[str, str] = field(default_factory=dict)
    process: "subprocess.Popen[str] | None" = None
    passwords: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Where it is reached."""
        return f"http://localhost:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """The environment of its processes."""
        held = {name: value for name, value in os.environ.items() if not name.startswith(("LETTERS_", "DJANGO"))}
        return held | self.settings | ({"LETTERS_DATABASE": self.database} if self.database else {})

    def command(self, *arguments: object) -> "subprocess.CompletedProcess[str]":
        """Run a command of the workspace, and return what it said."""
        command = [sys.executable, "-m", "letters", *map(str, arguments), "--data", str(self.data)]
        return subprocess.run(command, capture_output=True, text=True, env=self.environment, check=False, timeout=120)

    def start(self) -> float:
        """Serve it, and return after how many seconds its first page was there."""
        log = self.data.with_suffix(".log")
        command = [sys.executable, "-m", "letters", "serve", "--data", str(self.data), "--port", str(self.port)]
        command += ["--demo", str(self.demo)] if self.demo else []
        begun = time.monotonic()
        with log.open("a") as out:
            self.process = subprocess.Popen(
                command, stdout=out, stderr=out, env=self.environment, start_new_session=True, text=True
            )
        while time.monotonic() - begun < START_SECONDS:
            if self.process.poll() is not None:
                raise AssertionError(log.read_text())
            try:
                requests.get(f"{self.address}/health", timeout=2)
                break
            except requests.ConnectionError:
                time.sleep(0.1)
        self.passwords |= dict(PASSWORDS.findall(log.read_text()))
        return time.monotonic() - begun

    def stop(self) -> None:
        """End it as an operator does."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(40)

    def kill(self) -> None:
        """End every process of it at once, as a power cut does."""
        for pid in self.family():
            with suppress(ProcessLookupError):
                os.kill(pid, 9)
        if self.process:
            self.process.wait(20)

    def family(self) -> list[int]:
        """Return the processes of the workspace: the parent and everything that it started."""
        if self.process is None:
            return []
        found, known = [self.process.pid], parents()
        for pid in found:
            found += [child for child, parent in known.items() if parent == pid]
        return found

    def email(self, name: str) -> str:
        """Return the address of somebody by the beginning of it."""
        return next(email for email in self.passwords if email.startswith(name))

    def sign_in(self, browser: Browser, name: str) -> None:
        """Sign somebody in with a browser."""
        email = self.email(name)
        browser.visit(f"{self.address}/accounts/login/")
        browser.fill(login=email, password=self.passwords[email])
        browser.send("main form button")

    def mailed(self, to: str, pattern: str, but: str = "") -> str:
        """Return what a mail to somebody says, once it is in the folder of a demo; `but` is what an older one said."""
        begun = time.monotonic()
        while time.monotonic() - begun < START_SECONDS:
            kept = sorted((self.data / "mail").glob("*"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
            for text in (path.read_text() for path in kept):
                found = re.search(pattern, text)
                if f"To: {to}" in text and found and found[0] != but:
                    return found[0]
            time.sleep(0.1)
        raise AssertionError(f"no mail to {to} has {pattern}")

    def visitor(self, name: str) -> "Visitor":
        """Return somebody who signed in."""
        email = self.email(name)
        visitor = Visitor(self.address)
        visitor.post("/accounts/login/", login=email, password=self.passwords[email])
        return visitor


def parents() -> dict[int, int]:
    """Return the parent of each process."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = path.read_text()
        except OSError:
            continue
        found[int(path.parent.name)] = int(text.rpartition(")")[2].split()[1])
    return found


class Visitor:
    """The browser of one person, without script."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.session = requests.Session()

    def get(self, path: str) -> requests.Response:
        """Open a page."""
        return self.session.get(self.address + path, timeout=60)

    def post(self, path: str, page: str = "", **fields: Any) -> requests.Response:
        """Fill in the form of a page (or of `path` itself) and send it; files are given as bytes."""
        opened = self.get(page or path).text
        return self.send(path, opened, **fields)

    def send(self, path: str, opened: str, **fields: Any) -> requests.Response:
        """Send the form of a page that was opened before, and open the page that it leads to."""
        return self.sent(path, opened, fields, follow=True)

    def sent(self, path: str, opened: str, fields: dict[str, Any], *, follow: bool) -> requests.Response:
        """Send the form of a page that was opened before; return its answer, or the page that it leads to."""
        found = {"csrfmiddlewaretoken": TOKEN, "once": ONCE, "base": BASE}
        hidden = {name: match[1] for name, pattern in found.items() if (match := pattern.search(opened))}
        hidden |= dict(SIGNS.findall(opened))
        files = {name: value for name, value in fields.items() if isinstance(value, tuple)}
        data = {**hidden, **{name: value for name, value in fields.items() if name not in files}}
        headers = {"Referer": self.address + path, "Origin": self.address}
        where = self.address + path
        return self.session.post(where, data, files=files or None, headers=headers, timeout=120, allow_redirects=follow)


def one_case(place: Path, name: str = "ansford") -> Path:
    """Make a folder with one inspection of the fixtures for a demo to begin with, and return it."""
    (place / f"cases/{name}").mkdir(parents=True)
    text = (ROOT / f"fixtures/{name}/inspection.yaml").read_text("utf-8")
    (place / f"cases/{name}/inspection.yaml").write_text(text)
    return place / "cases"


def all_at_once(work: Callable[[Visitor, int], None], people: Sequence[Visitor]) -> None:
    """Let each of some people work at the same time, told by a number, and wait for all."""
    threads = [Thread(target=work, args=(visitor, number)) for number, visitor in enumerate(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@contextmanager
def serving(
    place: Path, database: str = "", demo: Path | None = ROOT / "fixtures", **settings: str
) -> Iterator[Served]:
    """Serve a workspace for a while."""
    served = Served(place, free_port(), database, demo, settings)
    served.start()
    try:
        yield served
    finally:
        served.stop()


@contextmanager
def postgres() -> Iterator[str]:
    """Run a PostgreSQL server of Debian's package for a while, without systemd; yields the address of a database."""
    programs, port = max(PG.glob("*/bin")), free_port()
    become = ["runuser", "-u", "postgres", "--"]
    with TemporaryDirectory(prefix="letters-") as place:
        shutil.chown(place, "postgres")
        data = Path(place) / "data"
        control = [*become, str(programs / "pg_ctl"), "-D", str(data), "-w", "-l", f"{place}/log"]
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={place}"
        run([*become, str(programs / "initdb"), "-D", str(data), "-A", "trust", "-U", "letters"])
        run([*control, "-o", options, "start"])
        try:
            yield f"postgres://letters@127.0.0.1:{port}/postgres"
        finally:
            run([*control, "-m", "fast", "stop"])


def database_of(kind: str) -> AbstractContextManager[str]:
    """Return the address of a database for a while: none for SQLite, or that of a PostgreSQL server."""
    return postgres() if kind == "postgres" else nullcontext("")


def run(command: list[str]) -> None:
    """Run a program that goes on in the background and may keep its streams."""
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "stdin": subprocess.DEVNULL}
    subprocess.run(command, check=True, cwd="/", **quiet)
