"""What a process document says beside the inspection: who checked, who agreed, what the area answered."""

from datetime import date

from pydantic import Field

from letters.findings.fields import Line, Part, Prose


class RuleSetAside(Part):
    """A rule that was set aside, and why."""

    rule: Line
    """Its code, such as V20."""
    where: str = ""
    """The place; the whole letter where it is empty."""
    reason: Prose
    """Why the letter is right all the same."""
    name: Line
    """Who set it aside."""


class Checklist(Part):
    """What was answered for before a version went out for review."""

    version: int = Field(ge=1)
    """The version that went out."""
    questions: list[Line]
    """What was confirmed."""
    name: Line
    """Who confirmed it."""
    on: date
    """When."""
    set_aside: list[RuleSetAside] = []
    """The rules that were set aside."""


class AgreementGiven(Part):
    """That an inspectorate agreed to words."""

    inspectorate: Line
    """Its name."""
    name: Line
    """Who agreed for it."""
    on: date
    """When."""
    version: int = Field(ge=1)
    """The version that it saw."""
    words: Line
    """The hash of the words."""
    stands: bool
    """Whether these are the words of the newest version, and nobody took the agreement back."""


class AreaPoint(Part):
    """A point of the area, with what became of it."""

    paragraph: int = Field(ge=1)
    """The number of the paragraph, as the draft shows it."""
    body: Line
    """Who made it."""
    kind: Line
    """What it says of the paragraph."""
    now: Prose
    """The words that were sent."""
    proposed: str = ""
    """The words that were proposed."""
    said: Prose
    """What is not accurate, and how that is known."""
    verdict: str = ""
    """What was decided, in words; empty while it is open."""
    words: str = ""
    """The words that the paragraph gets."""
    reason: str = ""
    """Why."""
    name: str = ""
    """Who decided."""


class Accuracy(Part):
    """Factual accuracy: what was asked, of whom, until when, and the points that came back."""

    body: Line
    """Who was asked, or whose points these are."""
    name: Line
    """The person."""
    sent: date
    """The day on which the draft was sent."""
    last_day: date
    """The last day for answers."""
    is_single: bool = True
    """Whether a coordinator answers for all."""
    points: list[AreaPoint] = []
    """In the order of the letter."""


class ProcessRecord(Part):
    """Everything that the documents of one inspection are made from, beside its file."""

    checklist: Checklist | None = None
    agreements: list[AgreementGiven] = []
    accuracy: Accuracy | None = None
