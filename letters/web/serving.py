"""Runs a workspace: makes its folder, then keeps a web server and a worker running under one parent."""

import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from time import monotonic, sleep
from types import FrameType

from letters.errors import LettersError

SHARED = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs")
"""File systems over a network, on which SQLite loses what several processes write."""
STOP_SECONDS = 30
SOONEST_RESTART = 2.0
"""Seconds between two starts of a worker that keeps ending."""
LOOK_SECONDS = 0.2
NICE = 15
"""How far the worker stands back behind the pages."""
AUTOGROUP = Path("/proc/self/autogroup")
"""Where Linux keeps how far a session stands back (sched(7), autogroup)."""
HOURLY = ("letters.workspace.reminding.remind", "letters.workspace.outbox.deliver")
"""What the worker does every hour: reminders, and mail that could not be sent before."""


@dataclass(frozen=True)
class Service:
    """Where a workspace is, and where it listens."""

    data: Path
    host: str
    port: int
    is_demo: bool = False

    def prepare(self) -> None:
        """Make the folder and its secret, and tell this process and those that it starts of them."""
        if self.is_demo and self.host not in ("127.0.0.1", "localhost"):
            raise LettersError("The demo listens on 127.0.0.1 alone, since its passwords were printed.")
        os.umask(0o077)
        self.data.mkdir(parents=True, exist_ok=True)
        refuse_shared(self.data)
        make_secret(self.data / "secret.key")
        rmtree(self.data / "cache", ignore_errors=True)
        os.environ["LETTERS_DATA"] = str(self.data.absolute())
        os.environ.setdefault("LETTERS_ORIGIN", f"http://localhost:{self.port}")
        if self.is_demo:
            os.environ["LETTERS_DEMO"] = "1"
        set_up()

    def commands(self) -> tuple[list[str], list[str]]:
        """Return the commands of the web server and of the worker."""
        web = [sys.executable, "-m", "gunicorn", "letters.web.wsgi:application", "--preload"]
        web += ["--bind", f"{self.host}:{self.port}", "--workers", "2", "--worker-class", "gthread", "--threads", "4"]
        web += ["--keep-alive", "75", "--timeout", "120", "--graceful-timeout", "20", "--log-level", "warning"]
        return web, [sys.executable, "-m", "letters.web.worker"]


def stand_back() -> None:
    """Leave the processors to the pages: where Linux shares them out by session, the session stands back too."""
    os.nice(NICE)
    with suppress(OSError):
        AUTOGROUP.write_text(str(NICE))


def set_up() -> None:
    """Make Django ready in this process."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "letters.web.settings")
    import django

    django.setup()


def migrate() -> None:
    """Bring the tables to what this release needs."""
    from django.core.management import call_command
    from django.db import DatabaseError

    from letters.workspace.jobs import every_hour

    try:
        call_command("migrate", verbosity=0, interactive=False)
        for task in HOURLY:
            every_hour(task)
    except DatabaseError as error:
        raise LettersError(f"The database cannot be used: {error}. Check LETTERS_DATABASE.") from None


def refuse_shared(place: Path) -> None:
    """Raise LettersError for a folder on a network, where SQLite cannot be trusted."""
    if os.environ.get("LETTERS_DATABASE"):
        return
    mounts = [line.split() for line in Path("/proc/mounts").read_text("utf-8").splitlines()]
    fitting = [(len(parts[1]), parts[2]) for parts in mounts if place.absolute().is_relative_to(parts[1])]
    if fitting and max(fitting)[1] in SHARED:
        raise LettersError(f"{place} is on a network ({max(fitting)[1]}). Use a local disk, or PostgreSQL.")


def make_secret(path: Path) -> None:
    """Make the key that signs cookies, readable by its owner alone, where there is none."""
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(50))


def run(service: Service, say: Callable[[str], None]) -> int:
    """Run a workspace until it is told to stop; return the exit code."""
    web_command, worker_command = service.commands()
    stopping: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        stopping.append(number)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    web = subprocess.Popen(web_command, start_new_session=True)
    worker, started = subprocess.Popen(worker_command, start_new_session=True), monotonic()
    say(f"letters is at {os.environ['LETTERS_ORIGIN']}")
    try:
        while not stopping and web.poll() is None:
            if worker.poll() is not None and monotonic() - started > SOONEST_RESTART:
                worker, started = subprocess.Popen(worker_command, start_new_session=True), monotonic()
            sleep(LOOK_SECONDS)
    finally:
        ended = web.poll()
        for child in (web, worker):
            finish(child)
    return 0 if stopping else ended or 1


def finish(child: "subprocess.Popen[bytes]") -> None:
    """End a process and wait for it."""
    if child.poll() is None:
        child.terminate()
    try:
        child.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
