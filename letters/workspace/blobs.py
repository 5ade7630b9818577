"""Files by the hash of their bytes: whole and on disk before any row names them."""

import os
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from time import time
from uuid import uuid4

from django.conf import settings

from letters.errors import LettersError
from letters.workspace.models import Blob

UNNAMED_SECONDS = 7 * 24 * 60 * 60
"""How old a file that no row names has to be before it is swept away: one that is just being put is younger."""


class LostFile(LettersError):
    """A file that a row names and that is not there, or is another one than it was."""


def folder() -> Path:
    """Return the folder that files are in."""
    place: Path = settings.LETTERS.data / "blobs"
    return place


def path_of(digest: str) -> Path:
    """Return where a file is."""
    return folder() / digest[:2] / digest


def put(data: bytes, media_type: str) -> Blob:
    """Put bytes on disk, and return the row that names them; the same bytes twice are one file and one row."""
    digest = sha256(data).hexdigest()
    path = path_of(digest)
    if not path.is_file():
        write(path, data)
    blob, _ = Blob.objects.get_or_create(sha256=digest, defaults={"size": len(data), "media_type": media_type})
    return blob


def write(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all, whenever the power goes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    passing = path.with_name(f".{uuid4().hex}")
    try:
        with passing.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        passing.rename(path)
    finally:
        passing.unlink(missing_ok=True)
    for parent in (path.parent, path.parent.parent):
        held = os.open(parent, os.O_RDONLY)
        try:
            os.fsync(held)
        finally:
            os.close(held)


def get(blob: Blob) -> bytes:
    """Return the bytes of a file; raises LostFile where they are not those that were put."""
    path = path_of(blob.sha256)
    data = path.read_bytes() if path.is_file() else None
    if data is None:
        raise LostFile(f"The file {blob.sha256[:12]} is missing. Restore it from a backup.")
    if sha256(data).hexdigest() != blob.sha256:
        raise LostFile(f"The file {blob.sha256[:12]} was changed on disk. Restore it from a backup.")
    return data


def damaged(rows: Iterator[Blob]) -> Iterator[str]:
    """Yield what is wrong with each file that is not as it was put."""
    for blob in rows:
        try:
            get(blob)
        except LostFile as fault:
            yield str(fault)


def sweep(now: float | None = None) -> int:
    """Delete files that no row names and that are old enough; return how many."""
    gone, limit = 0, (time() if now is None else now) - UNNAMED_SECONDS
    for path in folder().glob("*/*"):
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < limit and not Blob.objects.filter(sha256=path.name).exists():
                path.unlink()
                gone += 1
    return gone
