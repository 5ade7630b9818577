"""The documents around a letter: what each is called, for whom it is, and what it cannot be made without."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from letters.findings.inspection import Inspection
from letters.process.record import MeetingKind, ProcessRecord, SaidKind

Need = Callable[[Inspection, ProcessRecord], bool]
NEEDS: dict[str, tuple[Need, str]] = {
    "contacts": (lambda inspection, record: bool(record.contacts), "contacts: whom to call and write to"),
    "team": (lambda inspection, record: bool(record.team), "team: the inspectors"),
    "calls": (lambda inspection, record: bool(record.calls), "calls: those that were made"),
    "request": (lambda inspection, record: record.request is not None, "request: what the agencies are asked for"),
    "audit": (lambda inspection, record: bool(record.audit), "audit: what the agencies found together"),
    "set_up": (lambda inspection, record: has_meeting(record, MeetingKind.SET_UP), "meetings: the set-up meeting"),
    "feedback_meeting": (
        lambda inspection, record: has_meeting(record, MeetingKind.FEEDBACK),
        "meetings: the joint feedback meeting",
    ),
    "meetings": (lambda inspection, record: bool(record.meetings), "meetings: those of the week"),
    "feedback": (lambda inspection, record: record.feedback is not None, "feedback: what was said at the meeting"),
    "checklist": (lambda inspection, record: record.checklist is not None, "checklist: what was confirmed"),
    "agreements": (lambda inspection, record: bool(record.agreements), "agreements: who agreed to which words"),
    "accuracy": (lambda inspection, record: record.accuracy is not None, "accuracy: what the area was asked"),
    "statement": (
        lambda inspection, record: record.statement is not None,
        "statement: what became of the written statement",
    ),
    "statement_required": (
        lambda inspection, record: inspection.next_steps.statement_required,
        "next_steps in the inspection file: that a written statement is required",
    ),
    "recommendations": (
        lambda inspection, record: bool(list(inspection.recommendations)),
        "recommendations in the inspection file",
    ),
}
"""What documents are made from: whether it is there, and what to call it where it is missing."""


@dataclass(frozen=True)
class Kind:
    """A kind of document."""

    title: str
    needs: tuple[str, ...] = ()
    whom: str = ""
    """For whom one is made: contact, agency, inspectorate or addressee; empty where there is one for all."""


KINDS = {
    "call-script": Kind("Call script for the day of notice", ("contacts",)),
    "call-log": Kind("Log of calls", ("contacts", "calls")),
    "notification": Kind("Confirmation of notice", ("contacts", "team"), "contact"),
    "information-request": Kind("Request for information and a joint audit", ("request",)),
    "audit-form": Kind("Joint audit: return form", ("request",)),
    "audit-summary": Kind("Joint audit: summary", ("audit",)),
    "week-timetable": Kind("Timetable of the inspection", ("meetings",)),
    "set-up-agenda": Kind("Set-up meeting: agenda and attendance", ("set_up", "team")),
    "feedback-agenda": Kind("Joint feedback meeting: agenda", ("feedback_meeting",)),
    "feedback-summary": Kind("Joint feedback meeting: summary", ("feedback",)),
    "agency-feedback": Kind("Feedback for one agency", ("feedback",), "agency"),
    "qa-checklist": Kind("Quality assurance checklist", ("checklist",)),
    "agreement-record": Kind("Record of agreement", ("agreements",)),
    "accuracy-letter": Kind("Factual accuracy: covering letter", ("accuracy",)),
    "accuracy-outcome": Kind("Factual accuracy: outcome", ("accuracy",)),
    "accuracy-log": Kind("Factual accuracy: decision log", ("accuracy",)),
    "pre-publication-letter": Kind("Pre-publication copy: covering letter", (), "addressee"),
    "embargo-note": Kind("Embargo note"),
    "statement-template": Kind("Written statement of action: form", ("statement_required", "recommendations")),
    "statement-acknowledgement": Kind("Written statement of action: acknowledgement", ("statement",)),
    "statement-returned": Kind("Written statement of action: does not reflect the findings", ("statement",)),
    "web-notice": Kind("Web notice", (), "inspectorate"),
}
"""The documents that templates make, in the order in which they are needed; `form.py` makes the response form."""


def missing(kind: str, inspection: Inspection, record: ProcessRecord) -> Iterator[str]:
    """Yield what a document of a kind cannot be made without and is not there, by what it is called."""
    for need in KINDS[kind].needs:
        is_there, called = NEEDS[need]
        if not is_there(inspection, record):
            yield called
    answer = record.statement
    if answer and kind == "statement-returned" and not answer.shortcomings:
        yield "statement.shortcomings: in what it does not reflect the findings"
    if answer and kind == "statement-acknowledgement" and answer.shortcomings:
        yield "a statement without shortcomings: this one is returned and not acknowledged"


def recipients(kind: str, inspection: Inspection, record: ProcessRecord) -> list[tuple[str, str]]:
    """Return for whom a document of a kind can be made: the id of each and what it is called."""
    match KINDS[kind].whom:
        case "contact":
            return [(held.id, f"{held.name}, {held.body}") for held in record.contacts]
        case "agency":
            return [(held.id, held.name) for held in inspection.agencies]
        case "addressee":
            return [(str(held.id), f"{held.name}, {held.role}") for held in inspection.addressees]
        case "inspectorate":
            return [(name, name) for name in inspection.inspectorates]
    return []


def has_meeting(record: ProcessRecord, kind: MeetingKind) -> bool:
    """Say whether a meeting of a kind is recorded."""
    return any(meeting.kind is kind for meeting in record.meetings)


SAID_HEADINGS = {
    SaidKind.STRENGTH: "Strengths",
    SaidKind.PRIORITY: "Areas for priority action",
    SaidKind.IMPROVEMENT: "Areas for improvement",
}
