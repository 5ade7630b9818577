"""Where the bytes of files are kept by their hash: in a folder, or in a bucket of an S3-compatible store."""

import os
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

from letters.errors import LettersError

SCHEME = "s3"


class Shelf(Protocol):
    """Keeps bytes by their hash; what is put is there whole or not at all."""

    def has(self, digest: str) -> bool:
        """Say whether the bytes of a hash are there."""

    def put(self, digest: str, data: bytes) -> None:
        """Keep bytes under their hash."""

    def get(self, digest: str) -> bytes | None:
        """Return the bytes of a hash; None where they are not there."""

    def delete(self, digest: str) -> None:
        """Delete the bytes of a hash, where they are there."""

    def every(self) -> Iterator[tuple[str, float]]:
        """Yield every hash with the time at which its bytes were put, in seconds since 1970."""


class FolderShelf:
    """A folder: each file in a subfolder by the first two digits of its hash."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _path(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest

    def has(self, digest: str) -> bool:
        """Say whether the bytes of a hash are there."""
        return self._path(digest).is_file()

    def put(self, digest: str, data: bytes) -> None:
        """Keep bytes under their hash, so that they are there whole whenever the power goes."""
        path = self._path(digest)
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

    def get(self, digest: str) -> bytes | None:
        """Return the bytes of a hash; None where they are not there."""
        path = self._path(digest)
        return path.read_bytes() if path.is_file() else None

    def delete(self, digest: str) -> None:
        """Delete the bytes of a hash, where they are there."""
        self._path(digest).unlink(missing_ok=True)

    def every(self) -> Iterator[tuple[str, float]]:
        """Yield every hash with the time at which its bytes were put; what a crash left half written too."""
        for path in sorted(self._folder.glob("*/*")):
            with suppress(FileNotFoundError):
                yield path.name, path.stat().st_mtime


class BucketShelf:
    """A bucket of an S3-compatible store, by django-storages: an object is there whole or not at all."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        given = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.scheme != SCHEME or not parts.netloc or set(given) - {"endpoint", "region"}:
            raise LettersError("LETTERS_FILES names no bucket. Write s3://BUCKET/FOLDER?endpoint=https://HOST.")
        try:
            from storages.backends.s3 import S3Storage
        except ImportError:
            raise LettersError(
                "Files in a bucket need more libraries. Install them: pip install 'letters[s3]'."
            ) from None
        self._storage: Any = S3Storage(
            bucket_name=parts.netloc,
            location=parts.path.strip("/"),
            endpoint_url=given.get("endpoint"),
            region_name=given.get("region"),
            default_acl=None,
            file_overwrite=True,
            querystring_auth=True,
        )

    def has(self, digest: str) -> bool:
        """Say whether the bytes of a hash are there."""
        return bool(self._storage.exists(name_of(digest)))

    def put(self, digest: str, data: bytes) -> None:
        """Keep bytes under their hash."""
        from django.core.files.base import File

        self._storage.save(name_of(digest), File(BytesIO(data)))

    def get(self, digest: str) -> bytes | None:
        """Return the bytes of a hash; None where they are not there."""
        try:
            with self._storage.open(name_of(digest)) as file:
                return bytes(file.read())
        except FileNotFoundError:
            return None

    def delete(self, digest: str) -> None:
        """Delete the bytes of a hash, where they are there."""
        self._storage.delete(name_of(digest))

    def every(self) -> Iterator[tuple[str, float]]:
        """Yield every hash with the time at which its bytes were put."""
        prefix = "/".join(filter(None, (self._storage.location, "")))
        for held in self._storage.bucket.objects.filter(Prefix=prefix):
            yield held.key.rpartition("/")[2], held.last_modified.timestamp()


def name_of(digest: str) -> str:
    """Return what the object of a hash is called in a bucket."""
    return f"{digest[:2]}/{digest}"


@cache
def shelf(address: str, folder: Path) -> Shelf:
    """Return the bucket of an address, or the folder where there is none."""
    return BucketShelf(address) if address else FolderShelf(folder)
