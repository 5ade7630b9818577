"""Where files are kept: a folder or a bucket, whole or not at all, and proved in either."""

import subprocess
import sys
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
import requests
from pytest_django import Settings

from letters.errors import LettersError
from letters.web.environment import Environment
from letters.workspace import blobs
from letters.workspace.shelves import BucketShelf, FolderShelf, Shelf, shelf
from tests.web.served import free_port

BUCKET = "letters-test"
DATA = b"Words of a draft."
DIGEST = sha256(DATA).hexdigest()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of the tests that speaks S3, with a bucket in it; yields its address."""
    port = free_port()
    log = tmp_path_factory.mktemp("store") / "log"
    with log.open("w") as out:
        command = [sys.executable, "-m", "moto.server", "-p", str(port)]
        server = subprocess.Popen(command, stdout=out, stderr=out)
    address = f"http://127.0.0.1:{port}"
    for _ in range(300):
        try:
            requests.put(f"{address}/{BUCKET}", timeout=2)
            break
        except requests.ConnectionError:
            assert server.poll() is None, log.read_text()
            time.sleep(0.1)
    yield address
    server.terminate()
    server.wait(20)


@pytest.fixture(params=["folder", "bucket"])
def kept(request: pytest.FixtureRequest, tmp_path: Path, store: str, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """Each kind of place for files."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    if request.param == "folder":
        return FolderShelf(tmp_path / "files")
    return BucketShelf(f"s3://{BUCKET}/{tmp_path.name}?endpoint={store}&region=eu-west-2")


def test_what_is_put_is_there_until_it_is_deleted(kept: Shelf) -> None:
    assert not kept.has(DIGEST)
    assert kept.get(DIGEST) is None
    before = time.time()
    for _ in range(2):
        kept.put(DIGEST, DATA)
    assert kept.has(DIGEST)
    assert kept.get(DIGEST) == DATA
    ((name, at),) = kept.every()
    assert name == DIGEST
    assert abs(at - before) < 60
    kept.delete(DIGEST)
    kept.delete(DIGEST)
    assert list(kept.every()) == []


@pytest.mark.parametrize(
    "address", ["http://host/bucket", "s3:///folder", "s3://bucket?endpoint=https://x&key=secret", "bucket"]
)
def test_an_address_that_names_no_bucket_is_refused(address: str) -> None:
    with pytest.raises(LettersError, match="LETTERS_FILES names no bucket"):
        BucketShelf(address)


def test_a_workspace_whose_files_are_in_a_bucket_is_proved_copied_and_swept(
    workspace: Path, store: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("LETTERS_FILES", f"s3://{BUCKET}/{workspace.name}?endpoint={store}&region=eu-west-2")
    shelf.cache_clear()
    held = blobs.put(DATA, "text/plain")
    assert blobs.get(held) == DATA
    assert not (workspace / "blobs").exists()
    assert list(blobs.damaged(iter([held]))) == []
    blobs.kept().put(held.sha256, b"other words")
    assert "was changed where it is kept" in next(blobs.damaged(iter([held])))
    blobs.kept().delete(held.sha256)
    assert "is missing" in next(blobs.damaged(iter([held])))
    blobs.kept().put("ab" + "0" * 62, b"left behind")
    assert blobs.sweep(time.time() + blobs.UNNAMED_SECONDS + 60) == 1
    shelf.cache_clear()


def test_the_environment_names_the_bucket(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LETTERS_FILES", "s3://bucket/folder")
    assert Environment.read().files == "s3://bucket/folder"
    monkeypatch.delenv("LETTERS_FILES")
    assert Environment.read().files == ""
