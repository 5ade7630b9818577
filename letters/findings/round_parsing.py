"""A round file in, with its inspections: every mistake in them named with its file, line and remedy."""

from collections.abc import Mapping

from letters.errors import Fault, InspectionFaults
from letters.findings.parsing import dotted, parse, source_of, validated
from letters.findings.references import Mistake
from letters.findings.round_file import Overview
from letters.findings.round_mistakes import mistakes
from letters.findings.rounds import Member, RoundOfInspections, member_of
from letters.findings.source_file import SourceFile
from letters.findings.yaml_source import YamlSource

Members = Mapping[str, SourceFile | Fault]
"""The inspections of a round by the names in its round file; a Fault stands for one that cannot be read."""


def is_round(source: SourceFile) -> bool:
    """Say whether a file lists inspections, as a round file does; raises InspectionFaults where it is neither."""
    return "inspections" in source_of(source.text, source.name).data


def member_names(source: SourceFile) -> list[str]:
    """Return the names of the inspections in a round file, each relative to its folder; raises InspectionFaults."""
    return [about.file for about in parse_round_file(source.text, source.name).inspections]


def parse_round(source: SourceFile, members: Members) -> RoundOfInspections:
    """Read a round file with its inspections; raises InspectionFaults with everything that is wrong in them."""
    yaml = source_of(source.text, source.name)
    overview = validated(Overview, yaml, source.name)
    found = RoundOfInspections(source.name, overview, read_members(overview, members), yaml)
    wrong = list(mistakes(found))
    if wrong:
        raise InspectionFaults([fault_at(found, mistake) for mistake in wrong])
    return found


def refuse_inspection(yaml: YamlSource, name: str) -> None:
    """Raise InspectionFaults where a file is an inspection and no round."""
    if "inspections" not in yaml.data and "signatories" in yaml.data:
        remedy = "Name a round file, which lists its inspections under `inspections:`."
        raise InspectionFaults([Fault(name, 1, "", "this is an inspection file and not a round", remedy)])


def parse_round_file(text: str, name: str) -> Overview:
    """Read a round file by itself, without its inspections; raises InspectionFaults."""
    yaml = source_of(text, name)
    refuse_inspection(yaml, name)
    return validated(Overview, yaml, name)


def fault_at(found: RoundOfInspections, mistake: Mistake) -> Fault:
    """Return a mistake with its line in the round file."""
    line = found.line_of(mistake.path)
    return Fault(found.name, line, dotted(mistake.path), mistake.message, mistake.remedy)


def read_members(overview: Overview, members: Members) -> dict[str, Member]:
    """Return the inspections by key, in the order of the file; what is wrong in any is raised together."""
    found: dict[str, Member] = {}
    faults: list[Fault] = []
    for about in overview.inspections:
        given = members[about.file]
        if isinstance(given, Fault):
            faults.append(given)
            continue
        try:
            found.setdefault(about.key, member_of(about, parse(given.text, given.name), given.name))
        except InspectionFaults as error:
            faults += error.faults
    if faults:
        raise InspectionFaults(faults)
    return found
