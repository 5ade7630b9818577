"""Reads a pack, and replaces a folder in one step: a kill at any moment leaves the old one or the new one."""

import ctypes
import errno
import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from letters.errors import FormatFault, PackFault
from letters.files.disk import synced
from letters.publication.manifest import JSON_NAME, PAGE_NAME
from letters.publication.verification import EMPTY, LINK, TOO_LARGE, Pack, listed_files

ASIDE = ".aside-"
"""How the folder begins in which a pack is made, beside where it will stand."""
EXCHANGE, HERE = 2, -100
"""RENAME_EXCHANGE and AT_FDCWD of renameat2(2): two names change places in one step."""


LARGEST = 50_000_000
"""Bytes of the largest file that a pack can hold."""


def read_pack(folder: Path) -> Pack:
    """Return a pack: its manifest, the files that it lists, and the names of whatever else lies there.

    No file is read that the manifest does not list.
    """
    files: dict[str, bytes] = {}
    others: dict[str, str] = {}
    for path in folder.rglob("*"):
        if path.is_symlink() or not path.is_dir():
            others[path.relative_to(folder).as_posix()] = LINK if path.is_symlink() else "is not listed"
        elif not any(path.iterdir()):
            others[path.relative_to(folder).as_posix()] = EMPTY
    take(folder, JSON_NAME, files, others)
    take(folder, PAGE_NAME, files, others)
    for name in listed_files(files.get(JSON_NAME, b"")):
        if others.get(name) not in (LINK, EMPTY):
            take(folder, name, files, others)
    return Pack(str(folder), files, others)


def take(folder: Path, name: str, files: dict[str, bytes], others: dict[str, str]) -> None:
    """Read one file of a pack into `files`, or say in `others` why it is not there."""
    path = folder / name
    try:
        if path.stat().st_size > LARGEST:
            others[name] = TOO_LARGE
            return
        files[name] = path.read_bytes()
    except FileNotFoundError:
        return
    except OSError as error:
        others[name] = f"cannot be read: {error.strerror}"
    else:
        if not path.is_symlink():
            others.pop(name, None)


def put_folder(target: Path, files: Mapping[str, bytes]) -> None:
    """Put a folder of files at `target` in one step; what stood there before stays whole until then, and goes after.

    Raises PackFault where no folder can stand, FormatFault where the disk does not take it; nothing has changed then.
    """
    place = target.absolute()
    if place.name in ("", ".."):
        raise PackFault(f"{target}: letters cannot make a folder there. Choose another folder for the pack.")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with folder_aside(place) as aside:
            write_files(aside, files)
            swap(aside, place)
    except OSError as error:
        raise FormatFault(f"{target} cannot be written: {error.strerror}. Check the folder and the disk.") from None


@contextmanager
def folder_aside(target: Path) -> Iterator[Path]:
    """Hold a new folder beside a target, so that nobody sweeps it; at the end goes what bears its name then."""
    with ExitStack() as ending:
        with locked(target.parent):
            sweep(target)
            aside = target.with_name(f".{target.name}{ASIDE}{secrets.token_hex(4)}")
            aside.mkdir()
            ending.callback(shutil.rmtree, aside, ignore_errors=True)
            handle = os.open(aside, os.O_RDONLY)
            ending.callback(os.close, handle)
            fcntl.flock(handle, fcntl.LOCK_SH)
        yield aside


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder, and see that the disk has them."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
    for place in {folder, *(folder / above for name in files for above in Path(name).parents)}:
        synced(place)


def swap(aside: Path, target: Path) -> None:
    """Let the folder aside stand at the target, and what stood there be aside; one publisher at a time."""
    with locked(target.parent):
        if target.is_symlink() or (target.exists() and not target.is_dir()):
            raise PackFault(f"{target}: this is not a folder. Choose another folder for the pack.")
        turn = exchange if target.exists() else os.rename
        turn(aside, target)
        try:
            synced(target.parent)
        except OSError:
            turn(target, aside)
            raise


def exchange(one: Path, other: Path) -> None:
    """Let two names change places in one step (renameat2(2)); raises OSError where the disk cannot."""
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "renameat2"):
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    if libc.renameat2(HERE, os.fsencode(one), HERE, os.fsencode(other), EXCHANGE) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


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
    for left in sorted(target.parent.iterdir()):
        if left.name.startswith(f".{target.name}{ASIDE}"):
            with suppress(OSError):
                take_away(left)


def take_away(left: Path) -> None:
    """Take away a folder; raises OSError where somebody holds it, or it is no folder."""
    handle = os.open(left, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(left, ignore_errors=True)
    finally:
        os.close(handle)
