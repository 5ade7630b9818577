"""What a process document says beside the inspection: whom to call, who comes, what was said, agreed and answered."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from letters.findings.area import Day
from letters.findings.fields import Identifier, Line, Part, Prose
from letters.findings.parsing import data_as, validated

Time = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
"""A time of day, such as 09:30."""
Email = Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
"""An e-mail address."""
ChildId = Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,3}-?[0-9]{1,4}$")]
"""What a child is called: letters and a number such as A-1, so that no name can stand there."""


class ContactRole(StrEnum):
    """Why somebody is called or written to."""

    CHAIR = "chair"
    BUSINESS_MANAGER = "business_manager"
    DCS = "dcs"
    PARTNER = "partner"
    AGENCY = "agency"
    REQUESTER = "requester"


class Contact(Part):
    """Somebody in the area who is called and written to."""

    id: Identifier
    """A name to refer to the contact by."""
    role: ContactRole
    """chair, business_manager, dcs, partner, agency, or requester: a Secretary of State who asked for it."""
    name: Line
    """The name of the person."""
    body: Line
    """What the person leads."""
    agency: Identifier | None = None
    """The agency of the inspection file that this is."""
    inspectorate: Identifier | None = None
    """The inspectorate that calls; left out, the one that inspects such agencies."""
    telephone: Line | None = None
    """The number that is called."""
    email: Email | None = None
    """The address that is written to."""


class TeamMember(Part):
    """An inspector of the team."""

    name: Line
    """The name."""
    inspectorate: Identifier
    """The inspectorate, by its id."""
    role: Line = "inspector"
    """The part in the team, such as lead inspector."""


class MeetingKind(StrEnum):
    """What a meeting of the week is for."""

    SET_UP = "set_up"
    KEY_MANAGERS = "key_managers"
    KEEPING_IN_TOUCH = "keeping_in_touch"
    FEEDBACK = "feedback"
    OTHER = "other"


class Meeting(Part):
    """A meeting of the week of fieldwork, or before it."""

    kind: MeetingKind
    """set_up, key_managers, keeping_in_touch, feedback or other."""
    title: Line | None = None
    """What it is called, where its kind does not say so."""
    day: Day
    """The day."""
    at: Time
    """When it begins."""
    until: Time | None = None
    """When it ends."""
    place: Line | None = None
    """Where it is, or how it is joined."""
    people: list[Line] = []
    """Who takes part."""
    present: list[Line] = []
    """Who was there."""

    @model_validator(mode="after")
    def ends_after_it_begins(self) -> "Meeting":
        if self.until is not None and self.until <= self.at:
            raise ValueError("the meeting ends before it begins; give the times in their order")
        return self


class Call(Part):
    """A telephone call that was made."""

    contact: Identifier
    """Who was called, by the id of the contact."""
    day: Day
    """The day."""
    at: Time
    """The time."""
    by: Line
    """Who called."""
    reached: bool
    """Whether the person was spoken to."""
    note: Prose | None = None
    """What was said."""


class Sample(StrEnum):
    """How many children the joint audit looks at."""

    UP_TO_5 = "up_to_5"
    FROM_6_TO_10 = "from_6_to_10"
    MORE_THAN_10 = "more_than_10"


class AuditRequest(Part):
    """What the agencies are asked for before fieldwork."""

    children: Sample
    """up_to_5, from_6_to_10 or more_than_10."""
    criteria: list[Prose]
    """Which children are chosen."""
    return_by: Day
    """The day by which the audit is back."""
    return_to: Line
    """Where it is sent, safely."""
    information: list[Prose] = []
    """What else is asked for."""


class Contribution(Part):
    """What one agency says of a child's case."""

    agency: Identifier
    """The agency, by its id in the inspection file."""
    text: Prose
    """What it says."""


class AuditedChild(Part):
    """What the agencies found together in the case of one child, who has no name here."""

    id: ChildId
    """Letters and a number, such as A-1."""
    contributions: list[Contribution] = []
    """What each agency says."""
    evaluation: Prose
    """What they agree on."""
    learning: list[Prose] = []
    """What they learn from it."""
    findings: list[Identifier] = []
    """The findings that it bears on, by their ids."""


class SaidKind(StrEnum):
    """How a finding was put at the feedback meeting."""

    STRENGTH = "strength"
    PRIORITY = "priority"
    IMPROVEMENT = "improvement"


class Said(Part):
    """A finding that was said at the joint feedback meeting to be in the letter."""

    finding: Identifier
    """The finding, by its id in the inspection file."""
    kind: SaidKind
    """strength, priority or improvement."""
    words: Prose
    """What was said."""
    evidence: Prose | None = None
    """What it rests on, in words."""
    agencies: list[Identifier] = []
    """The agencies that it is about; left out, the whole partnership."""
    changed: Prose | None = None
    """Why the letter says otherwise, where it does."""


class Feedback(Part):
    """What was said at the joint feedback meeting."""

    said: list[Said]
    """In the order in which it was said."""
    heard: list[Line] = []
    """Who heard it."""


class StatementAnswer(Part):
    """What the inspectorates answer to a written statement."""

    received: Day
    """When it came."""
    shortcomings: list[Prose] = []
    """In what it does not reflect the findings; left out, it is acknowledged."""
    again_by: Day | None = None
    """The day by which it is asked for anew."""


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
    day: date
    """When."""
    set_aside: list[RuleSetAside] = []
    """The rules that were set aside."""


class AgreementGiven(Part):
    """That an inspectorate agreed to words."""

    inspectorate: Line
    """Its name."""
    name: Line
    """Who agreed for it."""
    day: date
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

    contacts: list[Contact] = []
    """Whom to call and write to."""
    team: list[TeamMember] = []
    """The inspectors, the lead inspector first."""
    meetings: list[Meeting] = []
    """The meetings of the week, in any order."""
    calls: list[Call] = []
    """The calls that were made, in their order."""
    request: AuditRequest | None = None
    """What the agencies are asked for."""
    audit: list[AuditedChild] = []
    """What they found together."""
    feedback: Feedback | None = None
    """What was said on the last day."""
    sharing: Prose | None = None
    """How information is shared safely."""
    complaints: Prose | None = None
    """How to complain; left out, by writing to the lead inspectorate."""
    enquiries: Line | None = None
    """Whom to ask: a name with a number or an address."""
    published: Day | None = None
    """The day on which the letter was published, where it was."""
    due: Day | None = None
    """The day on which the written statement is due, where it was agreed otherwise than counted."""
    statement: StatementAnswer | None = None
    """What became of the written statement."""
    checklist: Checklist | None = None
    agreements: list[AgreementGiven] = []
    accuracy: Accuracy | None = None


def read_record(text: str, name: str) -> ProcessRecord:
    """Return a process file; raises InspectionFaults with every mistake at its line."""
    return validated(ProcessRecord, data_as(text, name, "a process file", "Begin with `contacts:` or `team:`."), name)
