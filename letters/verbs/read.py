"""Read an inspection file."""

from letters.findings import parsing
from letters.findings.inspection import Inspection
from letters.findings.source_file import SourceFile
from letters.verbs.steps import Step, log_step


def read_inspection(source: SourceFile) -> Inspection:
    """Return the inspection of a file; raises InspectionFaults with every mistake, its line and its remedy."""
    log_step(Step.READ, source.name)
    return parsing.parse(source.text, source.name)
