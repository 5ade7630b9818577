"""What was decided on each change: accepted, rejected or accepted in part, with a reason and a name.

A decision names the change by its words and the copy by its hash: for another copy it never holds by itself.
"""

from enum import StrEnum
from typing import Any

import yaml
from pydantic import Field, ValidationError, model_validator

from letters.errors import Fault, InspectionFaults
from letters.findings.fields import Line, Part, Prose
from letters.findings.yaml_source import SourceError, YamlSource
from letters.versions.copies.changes import Change, Review

SHORTEST_HASH = 12
"""Digits of a copy's SHA-256 that tell it from every other."""
DECISION_FORM = (
    "A decision has change, copy, decision (accept, reject or part), reason and name; part has text too. "
    "If FILE does not exist, `letters merge --decisions FILE` writes it to fill in."
)


class Verdict(StrEnum):
    """What is done with a change."""

    ACCEPT = "accept"
    REJECT = "reject"
    PART = "part"


class Decision(Part):
    """One decision."""

    change: Line
    """The change, by its id."""
    copy_hash: Line | None = Field(default=None, alias="copy")
    """The copy that the change stands in: the SHA-256 of its bytes, or the first digits of it."""
    place: str = ""
    """The finding and field that it is about."""
    author: str = ""
    """Who made it."""
    before: str | None = None
    """The words that it takes out."""
    after: str | None = None
    """The words that it puts in."""
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
            raise ValueError("accepts in part but has no `text`; write the words to use instead")
        return self

    @property
    def names_its_change(self) -> bool:
        """Whether it says more of its change than a number, which another change has in another copy."""
        return self.copy_hash is not None or self.before is not None or self.after is not None

    def is_about(self, change: Change) -> bool:
        """Say whether it is about just these words of this author at this place."""
        words = (self.place, self.author, self.before or "", self.after or "")
        return words == (change.unit, change.hunk.mark.author, change.before, change.after)

    def is_of(self, digest: str) -> bool:
        """Say whether it was made on the copy of this hash."""
        held = (self.copy_hash or "").lower()
        return len(held) >= SHORTEST_HASH and digest.startswith(held)


class CopyDecision(Part):
    """One decision on a whole copy: everything in it is accepted, also what was made with tracking off."""

    review: Line
    """The copy, by its name."""
    copy_hash: Line | None = Field(default=None, alias="copy")
    """The SHA-256 of its bytes, or the first digits of it."""
    decision: Verdict = Verdict.ACCEPT
    """accept."""
    reason: Prose
    """Why."""
    name: Line
    """Who decided."""


class Decisions(Part):
    """A file of decisions."""

    decisions: list[Decision] = []
    """The decisions, in any order."""
    copies: list[CopyDecision] = []
    """Decisions on whole copies."""


def read_decisions(text: str, name: str) -> Decisions:
    """Return the decisions of a YAML file; raises InspectionFaults with the line of a mistake.

    Everything in it is text: a reason may be `no`. What says no decision yet is left out.
    """
    try:
        source = YamlSource(text)
    except SourceError as error:
        raise InspectionFaults([Fault(name, error.line, "", error.message, error.remedy)]) from None
    data = as_text(source.data, yaml.load(text, yaml.BaseLoader)) or {}
    data = {key: rows or [] for key, rows in data.items()} if isinstance(data, dict) else data
    places = decided_rows(data)
    try:
        return Decisions.model_validate(data)
    except ValidationError as error:
        faults = [fault_of(detail, source, places, name) for detail in error.errors()]
        raise InspectionFaults(faults) from None


def as_text(data: Any, literal: Any) -> Any:
    """Return data in which every value that is no text is the text that stands in the file."""
    if isinstance(data, dict) and isinstance(literal, dict):
        return {key: as_text(value, literal.get(key)) for key, value in data.items()}
    if isinstance(data, list) and isinstance(literal, list):
        return [as_text(value, other) for value, other in zip(data, literal, strict=True)]
    return data if isinstance(data, str) else literal


def decided_rows(data: Any) -> list[int]:
    """Take out of a file's data the rows that say no decision yet; return where the others stood."""
    rows = data.get("decisions") if isinstance(data, dict) else None
    if not isinstance(rows, list):
        return []
    kept = [place for place, row in enumerate(rows) if not isinstance(row, dict) or row.get("decision") != ""]
    data["decisions"] = [rows[place] for place in kept]
    return kept


def fault_of(detail: Any, source: YamlSource, places: list[int], name: str) -> Fault:
    """Return a mistake in a decision, at its line and in the order of the file."""
    path = detail["loc"]
    if path[:1] == ("decisions",) and len(path) > 1 and path[1] < len(places):
        path = ("decisions", places[path[1]], *path[2:])
    steps = [f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path]
    return Fault(name, source.line_of(path), "".join(steps).removeprefix("."), detail["msg"], DECISION_FORM)


def decision_on(change: Change, review: Review, verdict: str, reason: str, name: str, text: str | None) -> Decision:
    """Return a decision that names the change by its words and the copy by its hash."""
    return Decision.model_validate(
        {
            "change": change.id,
            "copy": review.digest[:SHORTEST_HASH],
            "place": change.unit,
            "author": change.hunk.mark.author,
            "before": change.before,
            "after": change.after,
            "decision": verdict,
            "reason": reason,
            "name": name,
            "text": text,
        }
    )
