"""Reads the files that a person names, and puts a file in its place in one step."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from letters.errors import Fault, FormatFault, InspectionFaults, UnreadableInput
from letters.findings.inspection import Inspection
from letters.findings.round_parsing import Members, is_round, member_names
from letters.findings.rounds import RoundOfInspections
from letters.findings.source_file import SourceFile
from letters.verbs.read import read_inspection, read_round


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


def load_round(path: Path) -> RoundOfInspections:
    """Read a round file and its inspections; raises InspectionFaults with everything that is wrong in them."""
    source = read_source(path)
    return read_round(source, members_beside(path, source))


def members_of(path: Path, source: SourceFile) -> Members:
    """Return the inspections of a round file, and none of an inspection file."""
    return members_beside(path, source) if is_round(source) else {}


def members_beside(path: Path, source: SourceFile) -> Members:
    """Return the inspections that a round file names, from its folder; what cannot be read is a Fault."""
    return {name: member(path.parent / name) for name in member_names(source)}


def member(path: Path) -> SourceFile | Fault:
    """Return one inspection of a round, or why it cannot be read."""
    try:
        return SourceFile(str(path), path.read_bytes())
    except OSError as error:
        return unreadable(str(path), error)


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
        raise FormatFault(f"{path} is there already. Give another name.") from None
    except OSError as error:
        raise FormatFault(f"{path} cannot be written: {error.strerror}. Check the folder.") from None
