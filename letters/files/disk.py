"""Reads the files that a person names, and puts a file in its place in one step."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from letters.errors import Fault, FormatFault, InspectionFaults, UnreadableInput
from letters.findings.inspection import Inspection
from letters.findings.source_file import SourceFile
from letters.verbs.read import read_inspection


def read_source(path: Path | str) -> SourceFile:
    """Return an inspection or round file; raises InspectionFaults where it cannot be read."""
    try:
        return SourceFile(str(path), Path(path).read_bytes())
    except OSError as error:
        raise InspectionFaults([unreadable(str(path), error)]) from None


def read_word_file(path: Path) -> SourceFile:
    """Return a Word file or ledger; raises UnreadableInput where it cannot be read."""
    try:
        return SourceFile(str(path), path.read_bytes())
    except OSError as error:
        raise UnreadableInput(f"{path}: cannot be read: {error.strerror}. Check the name of the file.") from None


def unreadable(name: str, error: OSError) -> Fault:
    """Return the fault that a file cannot be read."""
    return Fault(name, 0, "", f"cannot be read: {error.strerror}", "Check the name of the file.")


def load(path: Path | str) -> Inspection:
    """Read an inspection file; raises InspectionFaults with everything that is wrong in it."""
    return read_inspection(read_source(path))


def replace_file(path: Path, data: bytes) -> None:
    """Put `data` at `path` in one step: a file that was there before stays complete until the new one is."""
    aside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside.write_bytes(data)
        os.replace(aside, path)
    except OSError as error:
        raise FormatFault(f"{path} cannot be written: {error.strerror}. Check the folder.") from None
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)


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
