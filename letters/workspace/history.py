"""What happened in a case, in words."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from letters.workspace.access import Access
from letters.workspace.models import Event, Look, MadeBy, Person
from letters.workspace.now import now
from letters.workspace.roles import TITLES, Role

SAID = {
    "sent_for_review": "sent version {version} for review {subject}, with the checklist answered",
    "asked_more": "asked more people to answer review {subject}",
    "last_day_changed": "gave review {subject} another last day: {until}",
    "review_closed": "closed review {subject}",
    "copy_returned": "gave the copy {copy} back in review {subject}",
    "no_comments": "answered review {subject}: no comments ({of})",
    "change_decided": "decided on the change {change} of review {subject}: {verdict}",
    "comment_answered": "answered a comment in the copy {copy} of review {subject}",
    "copies_merged": "merged the copies of review {subject} into version {version}",
    "made_by_hand": "noted that version {version} makes a change of review {subject} by hand",
    "agreement_asked": "asked for agreement to version {version}",
    "agreed": "agreed for {inspectorate} to the words {words}",
    "agreement_taken_back": "took the agreement of {subject} back",
    "change_asked": "asked for a change for {subject}",
    "sent_to_area": "sent version {version} to the area for factual accuracy, as {subject}",
    "respondent_invited": "invited somebody in the area to answer {subject}",
    "coordinator_changed": "invited another coordinator for {subject}",
    "agency_invited": "an agency was invited by the coordinator of {subject}",
    "invitation_ended": "an invitation to answer {subject} was ended",
    "area_day_changed": "gave the area another last day for {subject}: {until}",
    "answers_closed": "closed the answers to {subject}",
    "late_answer_taken": "took the late answer {receipt} to {subject}",
    "answer_reopened": "opened the answer {receipt} to {subject} again",
    "respondent_signed_in": "somebody in the area signed in to {subject}",
    "answer_submitted": "an answer to {subject} was submitted: {receipt}",
    "point_decided": "decided on a point of {subject}: {verdict}",
    "accuracy_settled": "settled the answers to {subject}, in version {version}",
    "statement_asked": "asked for the written statement of action, as {subject}, by {until}",
    "statement_submitted": "a written statement was submitted: {receipt}",
    "statement_acknowledged": "acknowledged the written statement {receipt}",
    "statement_returned": "returned the written statement {receipt}: it does not reflect the findings",
    "progress_told": "the area told how far an action has come: {state}",
    "selection_noted": "noted why this area was chosen",
    "process_changed": "changed what documents are made from: {subject}",
    "document_made": "made document {subject}: {kind}",
    "document_sent": "noted that document {subject} was sent: {kind}, {on}",
    "publication_asked": "asked for publication {subject} ({act}, version {version}, {day})",
    "publication_confirmed": "confirmed publication {subject}",
    "publication_made": "made the pack of publication {subject}, from version {version}",
    "publication_failed": "could not make the pack of publication {subject}",
    "publication_tried_again": "tried publication {subject} again",
    "publication_called_off": "called publication {subject} off",
    "publication_placed": "entered where {inspectorate} has publication {subject}: {address}",
    "wish_answered": "answered what {subject} asked for",
    "files_erased": "erased drafts and returned files that were older than {years} years: {count}",
}
"""Events in words, with what their data say."""
AGAIN_SECONDS = 600
"""A draft that is looked at again within so long is one look."""


@dataclass(frozen=True)
class Happening:
    """One event as a person reads it."""

    at: datetime
    who: str
    what: str
    version: int | None
    seq: int
    hash: str


def visible_events(access: Access) -> QuerySet[Event]:
    """Return the events of a case that a person is shown."""
    rows = Event.objects.filter(chain=access.case.slug).select_related("person").order_by("-seq")
    if access.sees_all_events:
        return rows
    if access.roles & {Role.APPROVER}:
        return rows.filter(person__organisation=access.person.organisation)
    return rows.filter(person=access.person)


def happenings(events: QuerySet[Event] | list[Event]) -> Iterator[Happening]:
    """Yield events in words."""
    names = {str(pk): name for pk, name in Person.objects.values_list("pk", "name")}
    for event in events:
        data = json.loads(event.data)
        who = event.person.name if event.person else "The workspace"
        yield Happening(event.at, who, words(event, data, names), data.get("version"), event.seq, event.hash)


def words(event: Event, data: dict[str, str], names: dict[str, str]) -> str:
    """Say what an event was."""
    match event.verb:
        case "case_started":
            return "started the case"
        case "version_saved":
            return f"saved version {data['version']} ({MadeBy(data['made_by']).label}): {data['note']}"
        case "file_kept":
            return "gave a file, which was kept as it came"
        case "rule_set_aside":
            return f"set the rule {event.subject} aside{at(data)}"
        case "rule_set_aside_confirmed":
            return f"confirmed that the rule {event.subject} is set aside{at(data)}"
        case "rule_holds_again":
            return f"let the rule {event.subject} hold again{at(data)}"
        case "part_given":
            return f"gave {names.get(event.subject, 'somebody')} a part: {TITLES[Role(data['role'])].lower()}"
        case "part_ended":
            return f"ended the part of {names.get(event.subject, 'somebody')}: {TITLES[Role(data['role'])].lower()}"
    if event.verb in SAID:
        return SAID[event.verb].format(subject=event.subject, **data)
    return event.verb.replace("_", " ")


def at(data: dict[str, str]) -> str:
    """Say where something holds that does not hold everywhere."""
    return f" at {data['where']}" if data.get("where") else ""


def looked(access: Access, version: int, what: str) -> None:
    """Note that a person read or fetched a draft; reading it again soon is the same look."""
    last = Look.objects.filter(person=access.person, case=access.case, version=version, what=what).last()
    if last is None or (now() - last.at).total_seconds() > AGAIN_SECONDS:
        Look.objects.create(person=access.person, case=access.case, version=version, what=what, at=now())
