"""Puts a whole folder in a folder's place in one step: a kill at any moment leaves the old one or the new one."""

import ctypes
import errno
import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from letters.errors import FormatFault, PackFault

ASIDE = ".aside-"
"""How the folder begins in which a pack is made, beside where it will stand."""
EXCHANGE, HERE = 2, -100
"""RENAME_EXCHANGE and AT_FDCWD of renameat2(2): two names change places in one step."""


def put_folder(target: Path, files: Mapping[str, bytes]) -> None:
    """Put a folder of files at `target` in one step; what stood there before stays whole until then, and goes after.

    Raises FormatFault where the disk does not take it; nothing of it is left behind then.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        aside, handle = begun(target)
    except OSError as error:
        raise FormatFault(f"{target} cannot be written: {error.strerror}. Check the folder.") from None
    try:
        write_files(aside, files)
        swap(aside, target)
    except OSError as error:
        raise FormatFault(f"{target} cannot be written: {error.strerror}. Check the folder and the disk.") from None
    finally:
        shutil.rmtree(aside, ignore_errors=True)
        os.close(handle)


def begun(target: Path) -> tuple[Path, int]:
    """Return a new folder beside a target, and the hold on it that shows others somebody is at work there."""
    with locked(target.parent):
        sweep(target)
        aside = target.with_name(f".{target.name}{ASIDE}{secrets.token_hex(4)}")
        aside.mkdir()
        handle = os.open(aside, os.O_RDONLY)
        fcntl.flock(handle, fcntl.LOCK_SH)
    return aside, handle


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder, and see that the disk has them."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
    for place in {folder, *((folder / name).parent for name in files)}:
        synced(place)


def synced(folder: Path) -> None:
    """See that the disk knows what is in a folder."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def swap(aside: Path, target: Path) -> None:
    """Let the folder aside stand at the target, and what stood there be aside; one publisher at a time."""
    with locked(target.parent):
        if target.is_symlink() or (target.exists() and not target.is_dir()):
            raise PackFault(f"{target}: this is no folder. Name another place for the pack.")
        if not target.exists():
            os.rename(aside, target)
        elif exchange(aside, target) != 0:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
        synced(target.parent)


def exchange(one: Path, other: Path) -> int:
    """Let two names change places in one step (renameat2(2)); return 0, or set errno."""
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "renameat2"):
        ctypes.set_errno(errno.ENOSYS)
        return -1
    result: int = libc.renameat2(HERE, os.fsencode(one), HERE, os.fsencode(other), EXCHANGE)
    return result


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a folder, waiting for whoever holds it."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def sweep(target: Path) -> None:
    """Take away what publishers that were killed left beside a target."""
    for left in target.parent.glob(f".{target.name}{ASIDE}*"):
        with suppress(OSError):
            handle = os.open(left, os.O_RDONLY | os.O_DIRECTORY)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(left, ignore_errors=True)
            finally:
                os.close(handle)
