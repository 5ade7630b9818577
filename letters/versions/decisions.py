"""What was decided on each change: accepted, rejected or accepted in part, with a reason and a name."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from pydantic import ValidationError, model_validator

from letters.document.marks import Piece
from letters.errors import Fault, InspectionFaults
from letters.findings.text import Line, Part, Prose
from letters.findings.yaml_source import Source, SourceError
from letters.versions.changes import Change


class Verdict(StrEnum):
    """What is done with a change."""

    ACCEPT = "accept"
    REJECT = "reject"
    PART = "part"


class Decision(Part):
    """One decision."""

    change: Line
    """The change, by its id."""
    decision: Verdict
    """accept, reject or part."""
    text: Prose | None = None
    """With part: the words that stand instead of those proposed."""
    reason: Prose
    """Why."""
    name: Line
    """Who decided."""

    @model_validator(mode="after")
    def says_the_words(self) -> "Decision":
        if self.decision is Verdict.PART and self.text is None:
            raise ValueError("accepts in part and has no `text`; write the words that stand instead")
        return self


class Decisions(Part):
    """A file of decisions."""

    decisions: list[Decision] = []
    """The decisions, in any order."""


@dataclass(frozen=True)
class Settled:
    """Changes by what becomes of them."""

    accepted: list[Change]
    rejected: list[Change]
    open: list[Change]
    """Changes to words that others changed otherwise, and changes made with tracking off: somebody has to decide."""


def read_decisions(text: str, name: str) -> list[Decision]:
    """Return the decisions of a YAML file; raises InspectionFaults with the line of a mistake."""
    try:
        source = Source(text)
        return Decisions.model_validate(source.data or {}).decisions
    except SourceError as error:
        raise InspectionFaults([Fault(name, error.line, "", error.message, error.remedy)]) from None
    except ValidationError as error:
        faults = [
            Fault(name, source.line_of(detail["loc"]), ".".join(map(str, detail["loc"])), detail["msg"], DECISION_FORM)
            for detail in error.errors()
        ]
        raise InspectionFaults(faults) from None


DECISION_FORM = "A decision has change, decision (accept, reject or part), reason and name; part has text too."


def settled(changes: list[Change], decisions: list[Decision]) -> Settled:
    """Return changes by what becomes of them: without a decision, what is tracked and undisputed is accepted."""
    by_change = {decision.change: decision for decision in decisions}
    unknown = by_change.keys() - {change.id for change in changes}
    if unknown:
        names = ", ".join(sorted(unknown))
        raise InspectionFaults(
            [Fault("decisions", 0, names, "there is no such change", "`letters changes` lists them.")]
        )
    out = Settled([], [], [])
    taken: set[str] = set()
    for change in changes:
        decision = by_change.get(change.id)
        disputed = [other for other in change.conflicts if not is_rejected(by_change.get(other))]
        if taken & {*change.agrees}:
            continue
        if decision is None and (disputed or not change.hunk.tracked):
            out.open.append(change)
        elif change.hunk.kind == "against" or (decision is not None and decision.decision is Verdict.REJECT):
            out.rejected.append(change)
        else:
            refuse_both(change, taken)
            taken.add(change.id)
            out.accepted.append(in_part(change, decision))
    return out


def refuse_both(change: Change, taken: set[str]) -> None:
    """Raise InspectionFaults where a change to the same words is accepted already."""
    for other in taken & {*change.conflicts}:
        message = f"{other} and {change.id} give the same words something else, and both are accepted"
        raise InspectionFaults([Fault("decisions", 0, change.id, message, "Reject one, or accept one in part.")])


def is_rejected(decision: Decision | None) -> bool:
    """Say whether a change was decided against."""
    return decision is not None and decision.decision is Verdict.REJECT


def in_part(change: Change, decision: Decision | None) -> Change:
    """Return a change with the words that were decided on."""
    if decision is None or decision.decision is not Verdict.PART or decision.text is None:
        return change
    return replace(change, hunk=change.hunk._replace(pieces=(Piece(decision.text),)), after=decision.text)


def as_data(decisions: list[Decision]) -> dict[str, Any]:
    """Return decisions as the data of their file."""
    return {"decisions": [decision.model_dump(mode="json", exclude_none=True) for decision in decisions]}
