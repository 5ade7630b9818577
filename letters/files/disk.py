"""Reads the files that a person names, and puts a file in its place in one step, as the file that it was."""

import errno
import fcntl
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from letters.errors import Fault, FormatFault, InspectionFaults, UnreadableInput
from letters.findings.inspection import Inspection
from letters.findings.source_file import SourceFile
from letters.verbs.read import read_inspection

ASIDE = ".aside-"
"""What stands between the name of a file and eight hexadecimal digits while it is being written."""
PLAN = ".letters-set-"
"""How the name of a plan begins that says which new files belong in place; eight hexadecimal digits follow."""
LARGEST = 200_000_000
"""Bytes of a file that is read whole."""
EVERYONE = 0o666


def read_source(path: Path | str) -> SourceFile:
    """Return an inspection or round file; raises InspectionFaults where it cannot be read."""
    try:
        return SourceFile(str(path), bytes_of(Path(path)))
    except OSError as error:
        raise InspectionFaults([unreadable(str(path), error)]) from None


def read_word_file(path: Path) -> SourceFile:
    """Return a Word file or ledger; raises UnreadableInput where it cannot be read."""
    try:
        return SourceFile(str(path), bytes_of(path))
    except OSError as error:
        raise UnreadableInput(f"{path}: cannot be read: {error.strerror}. Check the name of the file.") from None


def bytes_of(path: Path) -> bytes:
    """Return the bytes of a file; raises OSError for what is none, such as a pipe, and for what is too large."""
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    with os.fdopen(handle, "rb") as file:
        found = os.fstat(handle)
        if stat.S_ISDIR(found.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if not stat.S_ISREG(found.st_mode):
            raise OSError(errno.EINVAL, "it is no file but a pipe or a device", str(path))
        if found.st_size > LARGEST:
            raise OSError(errno.EFBIG, f"it is larger than {LARGEST // 1_000_000} MB", str(path))
        return file.read()


def unreadable(name: str, error: OSError) -> Fault:
    """Return the fault that a file cannot be read."""
    return Fault(name, 0, "", f"cannot be read: {error.strerror}", "Check the name of the file.")


def load(path: Path | str) -> Inspection:
    """Read an inspection file; raises InspectionFaults with everything that is wrong in it."""
    return read_inspection(read_source(path))


def replace_file(path: Path, data: bytes, model: Path | None = None) -> None:
    """Put `data` at `path` in one step: what was there stays complete until the new file is.

    A link is followed to its file; the file keeps its mode, and its owner where that may be set; a new one has no wider
    a mode than `model`, the file that it was made from. What writers that were
    killed left beside it is taken away. Raises FormatFault where the disk does not take it.
    """
    try:
        target = Path(os.path.realpath(path))
        target.parent.mkdir(parents=True, exist_ok=True)
        sweep(target)
        with file_aside(target) as (aside, handle):
            write_all(handle, data)
            keep_owner_and_mode(target, handle, model)
            os.replace(aside, target)
        synced(target.parent)
    except OSError as error:
        raise FormatFault(f"{path} cannot be written: {error.strerror}. Check the folder.") from None


@contextmanager
def file_aside(target: Path) -> Iterator[tuple[Path, int]]:
    """Hold a new file beside a target that nobody else can read; it is gone at the end."""
    aside, handle = new_aside(target)
    try:
        yield aside, handle
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
        os.close(handle)


def new_aside(target: Path) -> tuple[Path, int]:
    """Return a new file beside a target that nobody else can read, open and locked."""
    aside = target.with_name(f".{target.name}{ASIDE}{secrets.token_hex(4)}")
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    fcntl.flock(handle, fcntl.LOCK_EX)
    return aside, handle


def write_all(handle: int, data: bytes) -> None:
    """Write bytes to an open file, and see that the disk has them."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]
    os.fsync(handle)


def keep_owner_and_mode(target: Path, handle: int, model: Path | None) -> None:
    """Give a new file the mode and the owner of the one it replaces, or no wider a mode than its model has."""
    try:
        old = target.stat()
    except FileNotFoundError:
        widest = model.stat().st_mode if model else EVERYONE
        os.fchmod(handle, EVERYONE & widest & ~umask())
        return
    with suppress(PermissionError):
        os.fchown(handle, old.st_uid, old.st_gid)
    os.fchmod(handle, old.st_mode & 0o7777)


def umask() -> int:
    """Return the rights that new files are not given; it can only be read by setting it."""
    found = os.umask(0o077)
    os.umask(found)
    return found


def sweep(target: Path) -> None:
    """Take away what writers that were killed left beside a file; who still writes holds a lock on it.

    What a plan of a set speaks of is left for the run that finishes it.
    """
    if next(target.parent.glob(f"{PLAN}*"), None):
        return
    for left in target.parent.glob(f".{glob_literal(target.name)}{ASIDE}{'[0-9a-f]' * 8}"):
        with suppress(OSError):
            handle = os.open(left, os.O_RDONLY | os.O_NOFOLLOW)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                left.unlink()
            finally:
                os.close(handle)


def glob_literal(name: str) -> str:
    """Return a name as a pattern that matches nothing else."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in name)


def synced(folder: Path) -> None:
    """See that the disk knows what is in a folder."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def locked_file(path: Path) -> Iterator[None]:
    """Hold a file while it is read, changed and replaced: others who do so wait, and then read what was written.

    Raises InspectionFaults where it cannot be read.
    """
    try:
        handle = held(path)
    except OSError as error:
        raise InspectionFaults([unreadable(str(path), error)]) from None
    try:
        yield
    finally:
        os.close(handle)


def held(path: Path) -> int:
    """Return an open file that is locked and still the one at its path."""
    while True:
        handle = os.open(path, os.O_RDONLY)
        fcntl.flock(handle, fcntl.LOCK_EX)
        if os.fstat(handle).st_ino == path.stat().st_ino:
            return handle
        os.close(handle)


def replace_unchanged(path: Path, before: str, after: str) -> bool:
    """Replace a text if the file still says what it said; say whether it did."""
    with locked_file(path):
        if read_source(path).exact_text != before:
            return False
        replace_file(path, after.encode())
    return True


def create_file(path: Path, text: str) -> None:
    """Write a new file; raises FormatFault where there is one already, or the disk does not take it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise FormatFault(f"{path} already exists. Give another name.") from None
    except OSError as error:
        raise FormatFault(f"{path} cannot be written: {error.strerror}. Check the folder.") from None
