"""What is not kept: too many files of one person, and what a virus scanner refuses or cannot look at."""

import socket
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from letters.workspace import uploads
from letters.workspace.models import Blob, Person, StoredFile
from letters.workspace.scanning import Unscanned, threat_in
from letters.workspace.uploads import NotKept, keep
from tests.web.conftest import TEXT, person

Scanner = Callable[[bytes], list[bytes]]


@pytest.fixture
def scanner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scanner:
    """Sets a scanner that gives one answer as clamd does; what it is sent stands in the list returned."""

    def answering(answer: bytes) -> list[bytes]:
        place = str(tmp_path / "clamd.ctl")
        listening = socket.socket(socket.AF_UNIX)
        listening.bind(place)
        listening.listen(1)
        got: list[bytes] = []
        threading.Thread(target=answer_one, args=(listening, answer, got), daemon=True).start()
        monkeypatch.setenv("LETTERS_CLAMD", place)
        return got

    return answering


def answer_one(listening: socket.socket, answer: bytes, got: list[bytes]) -> None:
    """Read one file as INSTREAM sends it, and answer."""
    connection = listening.accept()[0]
    with listening, connection, connection.makefile("rb") as stream:
        assert stream.read(10) == b"zINSTREAM\0"
        data = b""
        while size := int.from_bytes(stream.read(4), "big"):
            data += stream.read(size)
        got.append(data)
        connection.sendall(answer)


def test_a_scanner_is_sent_the_whole_file(scanner: Scanner) -> None:
    got = scanner(b"stream: OK\0")
    data = bytes(range(256)) * 1000
    assert threat_in(data) == ""
    assert got == [data]


def test_what_a_scanner_finds_is_named_and_not_kept(lead: Person, scanner: Scanner) -> None:
    scanner(b"stream: Win.Test.EICAR_HDB-1 FOUND\0")
    with pytest.raises(NotKept, match=r"found Win\.Test\.EICAR_HDB-1"):
        keep(lead, None, "start", "letter.docx", b"bad")
    assert not StoredFile.objects.exists()
    assert not Blob.objects.exists()


@pytest.mark.parametrize("answer", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: OK and more\0"])
def test_without_a_verdict_nothing_is_kept(lead: Person, scanner: Scanner, answer: bytes) -> None:
    scanner(answer)
    with pytest.raises(NotKept, match="does not answer"):
        keep(lead, None, "start", "letter.docx", b"anything")


@pytest.mark.parametrize("place", ["/nowhere/clamd.ctl", "localhost:1", "localhost", "localhost:x"])
def test_a_scanner_that_cannot_be_reached_lets_nothing_through(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LETTERS_CLAMD", place)
    with pytest.raises(Unscanned, match="Try again"):
        threat_in(b"anything")


def test_one_person_cannot_fill_the_disk_and_another_is_not_hindered(
    lead: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MOST_IN_AN_HOUR", 2)
    for number in range(2):
        keep(lead, None, "start", "file.yaml", b"id: x%d" % number)
    with pytest.raises(NotKept, match="2 files within an hour"):
        keep(lead, None, "start", "file.yaml", b"id: y")
    keep(person("hamza", "hmicfrs"), None, "start", "file.yaml", b"id: y")


@pytest.mark.parametrize("place", ["/cases/new/upload", "/c/ansford-2024/file"])
def test_the_page_says_why_a_file_was_not_kept(place: str, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LETTERS_CLAMD", "/nowhere/clamd.ctl")
    answer = client.post(place, {"file": SimpleUploadedFile("inspection.yaml", TEXT.encode())})
    assert answer.status_code == 422
    assert "The virus scanner of this workspace does not answer" in answer.content.decode()
