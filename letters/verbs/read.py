"""Read an inspection file, or a round file with its inspections."""

from letters.findings import parsing, round_parsing
from letters.findings.inspection import Inspection
from letters.findings.round_parsing import Members
from letters.findings.rounds import RoundOfInspections
from letters.findings.source_file import SourceFile
from letters.verbs.steps import Step, log_step


def read_inspection(source: SourceFile) -> Inspection:
    """Return the inspection of a file; raises InspectionFaults with every mistake, its line and its remedy."""
    log_step(Step.READ, source.name)
    return parsing.parse(source.text, source.name)


def read_round(source: SourceFile, members: Members) -> RoundOfInspections:
    """Return the round of a file; raises InspectionFaults with every mistake in it and in its inspections."""
    log_step(Step.READ, source.name)
    return round_parsing.parse_round(source, members)
