"""Drives a headless LibreOffice as a reviewer would: opens a DOCX, changes it, and saves it again.

One LibreOffice starts when a test first needs it, with a profile of its own, and ends with the tests.
"""

import atexit
import json
import os
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer
from typing import Any, NamedTuple

PYTHON = "/usr/bin/python3"
MACRO = Path(__file__).with_name("office_macro.py")
PATIENCE = 120


class Replace(NamedTuple):
    """Puts other words in the place of some."""

    find: str
    replace: str


class Delete(NamedTuple):
    """Deletes some words."""

    find: str


class InsertAfter(NamedTuple):
    """Inserts words after some."""

    find: str
    text: str


class AddParagraphAfter(NamedTuple):
    """Adds a paragraph of the same style after the one with some words."""

    find: str
    text: str


class DeleteParagraph(NamedTuple):
    """Deletes the paragraph with some words."""

    find: str


class Bold(NamedTuple):
    """Makes some words bold."""

    find: str


class MoveParagraph(NamedTuple):
    """Cuts the paragraph with some words and pastes it after the one with others."""

    find: str
    after: str


class Comment(NamedTuple):
    """Comments on some words."""

    find: str
    text: str


Edit = Replace | Delete | InsertAfter | AddParagraphAfter | DeleteParagraph | Bold | MoveParagraph | Comment


class Office:
    """The one running LibreOffice, behind Debian's Python, with a folder that holds its profile and the files."""

    def __init__(self) -> None:
        if not Path(PYTHON).exists():
            raise RuntimeError(f"{PYTHON} is missing: apt-get install python3 python3-uno")
        self.folder = TemporaryDirectory(prefix="letters-office-")
        self.process = subprocess.Popen(
            [PYTHON, str(MACRO), self.folder.name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        atexit.register(self.close)
        self.reply()

    def kill(self) -> None:
        """End by force what is left of LibreOffice and its Python."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def reply(self) -> Any:
        """Return the next answer, or raise what went wrong."""
        assert self.process.stdout
        timer = Timer(PATIENCE, self.kill)
        timer.start()
        line = self.process.stdout.readline()
        timer.cancel()
        if not line:
            raise RuntimeError(f"LibreOffice ended, or took over {PATIENCE} seconds")
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise RuntimeError(f"LibreOffice: {answer['error']}")
        return answer["answer"]

    def ask(self, do: str, source: bytes, suffix: str = "docx", **details: Any) -> Any:
        """Have something done with a file and return the answer."""
        assert self.process.stdin
        path = Path(self.folder.name, f"source.{suffix}")
        path.write_bytes(source)
        print(json.dumps({"do": do, "source": str(path), **details}), file=self.process.stdin, flush=True)
        return self.reply()

    def write(self, do: str, source: bytes, suffix: str = "docx", to: str = "docx", **details: Any) -> bytes:
        """Have something done with a file and return the file that comes of it."""
        target = Path(self.folder.name, f"target.{to}")
        self.ask(do, source, suffix, target=str(target), **details)
        return target.read_bytes()

    def close(self) -> None:
        """End LibreOffice by ending its Python's input, by force if that is not enough, and remove the folder."""
        assert self.process.stdin
        assert self.process.stdout
        with suppress(BrokenPipeError):
            self.process.stdin.close()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(30)
        self.kill()
        self.process.wait()
        self.process.stdout.close()
        self.folder.cleanup()


@cache
def office() -> Office:
    """Return the one LibreOffice, started if it is not."""
    return Office()


def accept_all(docx: bytes) -> bytes:
    """Return a DOCX with all its tracked changes accepted."""
    return office().write("AcceptAllTrackedChanges", docx)


def reject_all(docx: bytes) -> bytes:
    """Return a DOCX with all its tracked changes rejected."""
    return office().write("RejectAllTrackedChanges", docx)


def words(docx: bytes) -> list[str]:
    """Return the text of each paragraph of the body and its tables, then of the footnotes, without tracked deletions."""
    found: list[str] = office().ask("words", docx)
    return found


def round_trip(docx: bytes) -> bytes:
    """Return a DOCX as it is after it was opened and saved."""
    return office().write("save", docx)


def as_odt(docx: bytes) -> bytes:
    """Return a DOCX saved as ODT."""
    return office().write("save", docx, to="odt")


def through_odt(docx: bytes) -> bytes:
    """Return a DOCX as it is after it was saved as ODT and that was saved as DOCX."""
    return office().write("save", as_odt(docx), suffix="odt")


def edit(docx: bytes, edits: Sequence[Edit], author: str, tracked: bool = True) -> bytes:
    """Return a DOCX edited by an author; each `find` must stand once in the words shown, within one paragraph."""
    sent = [{"kind": type(each).__name__, **each._asdict()} for each in edits]
    return office().write("edit", docx, edits=sent, author=author, tracked=tracked)
