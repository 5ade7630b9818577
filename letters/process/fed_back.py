"""What was said at the joint feedback meeting, held against the letter (rule V36)."""

from collections.abc import Iterator
from dataclasses import dataclass

from letters.findings.finding import Finding, Priority, Recommendation
from letters.findings.inspection import Inspection
from letters.process.record import ProcessRecord, Said, SaidKind

CODE = "V36"
KINDS = {
    SaidKind.STRENGTH: "a strength",
    SaidKind.PRIORITY: "an area for priority action",
    SaidKind.IMPROVEMENT: "an area for improvement",
}


@dataclass(frozen=True)
class Difference:
    """One way in which a letter is not what was fed back."""

    finding: str
    """The finding, by its id."""
    message: str
    remedy: str


def differences(inspection: Inspection, record: ProcessRecord) -> Iterator[Difference]:
    """Yield each strength and recommendation that is new since the meeting, gone, or put otherwise.

    Nothing is said where nothing is recorded of the meeting, nor of a change that the record gives the reason of.
    """
    if record.feedback is None:
        return
    said = {held.finding: held for held in record.feedback.said}
    now = kinds_of(inspection)
    for name, kind in now.items():
        held = said.get(name)
        if held is None:
            message = f"{name} is {KINDS[kind]} in the letter and was not said at the feedback meeting"
            yield Difference(name, message, "Tell the area why, or record that it was said.")
        elif held.kind is not kind and held.changed is None:
            message = f"{name} was fed back as {KINDS[held.kind]} and is {KINDS[kind]} in the letter"
            yield Difference(name, message, "Record why it changed.")
    for held in record.feedback.said:
        if held.finding not in now and held.changed is None:
            message = f"{held.finding} was fed back as {KINDS[held.kind]} and is not in the letter"
            yield Difference(held.finding, message, "Record why it changed, or bring it back.")


def kinds_of(inspection: Inspection) -> dict[str, SaidKind]:
    """Return the strengths and recommendations of a letter by their ids, each with how it is put."""
    found: dict[str, SaidKind] = {}
    for section, entries in inspection.sections_of_findings():
        for entry in entries:
            if section == "strengths" and isinstance(entry, Finding):
                found[entry.id or ""] = SaidKind.STRENGTH
            elif isinstance(entry, Recommendation):
                is_urgent = entry.priority is Priority.PRIORITY
                found[entry.id or ""] = SaidKind.PRIORITY if is_urgent else SaidKind.IMPROVEMENT
    return found


def said_of(agency: str, record: ProcessRecord) -> list[Said]:
    """Return what was said of an agency, and of the whole partnership."""
    said = record.feedback.said if record.feedback else []
    return [held for held in said if not held.agencies or agency in held.agencies]
