"""Reads one file from standard input and answers in JSON: a process of its own, for files that may be hostile."""

import json
import sys
from base64 import b64decode
from typing import Any

from letters.errors import InspectionFaults, LettersError
from letters.findings.parsing import parse
from letters.findings.source_file import SourceFile

REVIEW, FORM, STATEMENT = "review", "form", "statement"
"""What the command line says where a reviewer's copy, a response form or a written statement is read."""


def main() -> None:
    """Read the file of the suffix that the command line names, or a reviewer's copy; write what it says, or faults."""
    kind, data = sys.argv[1], sys.stdin.buffer.read()
    known = {REVIEW: reviewed_copy, FORM: response_form, STATEMENT: written_statement}
    print(json.dumps(known[kind](json.loads(data)) if kind in known else answer(kind, data)))


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


def reviewed_copy(held: dict[str, Any]) -> dict[str, Any]:
    """Return what a reviewer's copy brings home, or why it cannot be taken and what it says that it is a copy of."""
    from letters.houses.loading import house
    from letters.verbs.changes import read_reviews, sent_inspection
    from letters.word.properties import read_back
    from letters.word.read import read

    text, sent, copy = (b64decode(held[key]) for key in ("text", "sent", "copy"))
    told: dict[str, str] = {}
    try:
        told = read_back(read(copy, held["name"]).parts)
        kept = SourceFile(f"v{held['version']}.docx", sent)
        version = sent_inspection(SourceFile(f"v{held['version']}.yaml", text), house("joint"), kept)
        found = read_reviews(version, [SourceFile(held["name"], copy)])
    except LettersError as error:
        number = told.get("LetterVersion", "")
        known = {"inspection": told.get("InspectionId", ""), "of_version": number if number.isdecimal() else ""}
        return {"faults": [str(error)], **known}
    review = found.reviews[0]
    return {
        "changes": len(review.changes),
        "untracked": sum(not change.hunk.tracked for change in review.changes),
        "comments": len(review.remarks),
        "elsewhere": review.elsewhere,
        "people": sorted({change.hunk.mark.author for change in review.changes}),
    }


def response_form(held: dict[str, Any]) -> dict[str, Any]:
    """Return what a response form that came back says, or why it cannot be read."""
    from letters.verbs.process import Row, filled_form

    rows = [Row(number, words) for number, words in held["rows"]]
    try:
        found = filled_form(b64decode(held["data"]), held["name"], rows, held["fixed"])
    except LettersError as error:
        return {"faults": [str(error)]}
    return {"points": [list(point) for point in found.points], "nothing": found.nothing, "unplaced": found.unplaced}


def written_statement(held: dict[str, Any]) -> dict[str, Any]:
    """Return what a written statement that came back says, or why it cannot be read."""
    from letters.verbs.process import filled_statement

    try:
        found = filled_statement(b64decode(held["data"]), held["name"], held["recommendations"], held["fixed"])
    except LettersError as error:
        return {"faults": [str(error)]}
    actions = [list(action) for action in found.actions]
    return {"actions": actions, "overseen": found.overseen, "unplaced": found.unplaced}


if __name__ == "__main__":
    main()
