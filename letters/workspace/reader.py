"""Reads one file from standard input and answers in JSON: a process of its own, for files that may be hostile."""

import json
import sys
from typing import Any

from letters.errors import InspectionFaults, LettersError
from letters.findings.parsing import parse
from letters.findings.source_file import SourceFile


def main() -> None:
    """Read the file of the suffix that the command line names; write what it says, or its faults."""
    suffix, data = sys.argv[1], sys.stdin.buffer.read()
    print(json.dumps(answer(suffix, data)))


def answer(suffix: str, data: bytes) -> dict[str, Any]:
    """Return the text of an inspection file or of an older letter, or the faults that keep it from being one."""
    name = f"your file{'' if suffix == '.yaml' else suffix}"
    try:
        return inspection_file(name, data) if suffix == ".yaml" else older_letter(name, data)
    except InspectionFaults as error:
        return {"faults": [list(fault) for fault in error.faults]}
    except LettersError as error:
        return {"faults": [[name, 0, "", str(error), ""]]}


def inspection_file(name: str, data: bytes) -> dict[str, Any]:
    """Return the exact text of an inspection file that can be read."""
    source = SourceFile(name, data)
    parse(source.text, name)
    return {"text": source.exact_text}


def older_letter(name: str, data: bytes) -> dict[str, Any]:
    """Return the inspection file of an older letter, and what a person should look at."""
    from letters.houses.loading import house
    from letters.verbs.import_letter import import_letter

    found = import_letter(data, name, house("joint"))
    return {"text": found.text, "unsure": [list(place) for place in found.unsure]}


if __name__ == "__main__":
    main()
