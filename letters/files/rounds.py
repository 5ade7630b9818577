"""Reads a round file with the inspections that it names."""

from pathlib import Path

from letters.errors import Fault
from letters.files.disk import read_source, unreadable
from letters.findings.round_parsing import Members, is_round, member_names
from letters.findings.rounds import RoundOfInspections
from letters.findings.source_file import SourceFile
from letters.verbs.read_round import read_round


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
