"""Read a round file with its inspections."""

from letters.findings.round_parsing import Members, parse_round
from letters.findings.rounds import RoundOfInspections
from letters.findings.source_file import SourceFile
from letters.verbs.steps import Step, log_step


def read_round(source: SourceFile, members: Members) -> RoundOfInspections:
    """Return the round of a file; raises InspectionFaults with every mistake in it and in its inspections."""
    log_step(Step.READ, source.name)
    return parse_round(source, members)
