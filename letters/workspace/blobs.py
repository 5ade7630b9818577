"""Files by the hash of their bytes: whole and kept before any row names them."""

from collections.abc import Iterator
from hashlib import sha256
from time import time

from django.conf import settings

from letters.errors import LettersError
from letters.workspace.models import Blob, Erased
from letters.workspace.shelves import Shelf, shelf

FOLDER = "blobs"
"""The folder of a workspace in which files are kept, where no bucket keeps them."""
UNNAMED_SECONDS = 7 * 24 * 60 * 60
"""How old a file that no row names has to be before it is swept away: one that is just being put is younger."""


class LostFile(LettersError):
    """A file that a row names and that is not there, or is another one than it was."""


class ErasedFile(LostFile):
    """A file that was erased on purpose, since nobody may keep it any longer; its row and its hash stay."""


def kept() -> Shelf:
    """Return where the files of this workspace are kept."""
    held: Shelf = shelf(settings.LETTERS.files, settings.LETTERS.data / FOLDER)
    return held


def put(data: bytes, media_type: str) -> Blob:
    """Put bytes where files are kept, and return the row that names them; the same bytes twice are one file and row.

    They are put again where they are there: their age keeps them from being swept away before a row names them.
    """
    digest = sha256(data).hexdigest()
    kept().put(digest, data)
    blob, _ = Blob.objects.get_or_create(sha256=digest, defaults={"size": len(data), "media_type": media_type})
    return blob


def get(blob: Blob) -> bytes:
    """Return the bytes of a file; raises LostFile where they are not those that were put."""
    data = kept().get(blob.sha256)
    if data is None and Erased.objects.filter(blob=blob.sha256).exists():
        raise ErasedFile("This was erased, since it is older than drafts are kept.")
    if data is None:
        raise LostFile(f"The file {blob.sha256[:12]} is missing. Restore it from a backup.")
    if sha256(data).hexdigest() != blob.sha256:
        raise LostFile(f"The file {blob.sha256[:12]} was changed where it is kept. Restore it from a backup.")
    return data


def damaged(rows: Iterator[Blob]) -> Iterator[str]:
    """Yield what is wrong with each file that is not as it was put."""
    for blob in rows:
        try:
            get(blob)
        except ErasedFile:
            continue
        except LostFile as fault:
            yield str(fault)


def sweep(now: float | None = None) -> int:
    """Delete files that no row names and that are old enough; return how many."""
    gone, limit = 0, (time() if now is None else now) - UNNAMED_SECONDS
    for digest, at in kept().every():
        if at < limit and not Blob.objects.filter(sha256=digest).exists():
            kept().delete(digest)
            gone += 1
    return gone
