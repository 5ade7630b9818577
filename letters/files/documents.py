"""Writes a document around a letter from an inspection file and a process file."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from letters.files.disk import load, read_source
from letters.files.letters import targets_of
from letters.files.placing import refuse_a_persons, refuse_targets
from letters.files.sets import replace_files
from letters.houses.house import House
from letters.verbs.compose import rendered
from letters.verbs.process import ProcessRecord, document, process_warnings, read_record


@dataclass(frozen=True)
class DocumentWritten:
    """A document that was written: its files, and what of the process is not as it should be."""

    written: tuple[Path, ...]
    warnings: tuple[str, ...]


def write_document(
    kind: str, path: Path, out: Path, house: House, on: date, *, process: Path | None = None, whom: str = ""
) -> DocumentWritten:
    """Write a document into `out`: a folder for the usual formats, or a file whose suffix names one."""
    inspection, record = load(path), ProcessRecord()
    if process is not None:
        source = read_source(process)
        record = read_record(source.text, source.name)
    made = document(kind, inspection, record, house, on, whom)
    targets = targets_of(out, "-".join(filter(None, (inspection.id, kind, whom))))
    refuse_targets([path, *([process] if process else [])], targets)
    refuse_a_persons(targets, force=False)
    data = rendered(made, [target.suffix for target in targets], house)
    replace_files([(target, data[target.suffix]) for target in targets])
    return DocumentWritten(tuple(targets), tuple(process_warnings(inspection, record, kind)))
