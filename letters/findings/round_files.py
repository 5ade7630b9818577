"""A round file in, with its inspections: every mistake in them named with its file, line and remedy."""

from pathlib import Path

from letters.errors import Fault, InspectionFaults
from letters.findings.files import dotted, load, read_text, source_of, validated
from letters.findings.overview import Overview
from letters.findings.references import Mistake
from letters.findings.round_mistakes import mistakes
from letters.findings.rounds import Member, RoundOfInspections, member_of


def load_round(path: Path) -> RoundOfInspections:
    """Read a round file and its inspections; raises InspectionFaults with everything that is wrong in them."""
    source = source_of(read_text(path), str(path))
    overview = validated(Overview, source, str(path))
    members = read_members(path, overview)
    found = RoundOfInspections(path, overview, members, source)
    wrong = list(mistakes(found))
    if wrong:
        raise InspectionFaults([fault_at(found, mistake) for mistake in wrong])
    return found


def parse_round_file(text: str, name: str) -> Overview:
    """Read a round file by itself, without its inspections; raises InspectionFaults."""
    return validated(Overview, source_of(text, name), name)


def fault_at(found: RoundOfInspections, mistake: Mistake) -> Fault:
    """Lay a mistake at its line of the round file."""
    line = found.line_of(mistake.path)
    return Fault(str(found.path), line, dotted(mistake.path), mistake.message, mistake.remedy)


def read_members(path: Path, overview: Overview) -> dict[str, Member]:
    """Return the inspections by key, in the order of the file; what is wrong in any is raised together."""
    members: dict[str, Member] = {}
    faults: list[Fault] = []
    for about in overview.inspections:
        try:
            members.setdefault(about.key, member_of(about, load(path.parent / about.file)))
        except InspectionFaults as error:
            faults += error.faults
    if faults:
        raise InspectionFaults(faults)
    return members
