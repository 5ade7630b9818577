"""Sends a version to reviewers: the very Word file that each gets, who is asked, and until when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from letters.errors import LettersError
from letters.verbs.send import send
from letters.workspace import blobs, outbox
from letters.workspace.access import Access, NoSuchCase
from letters.workspace.artefacts import TYPES, as_file, letter_of
from letters.workspace.events import record
from letters.workspace.issues import Gate, issues_of_version
from letters.workspace.models import Asked, Body, Organisation, Part, Person, Purpose, Sending, StoredFile, Version
from letters.workspace.now import now, today
from letters.workspace.once import refuse_done, remember
from letters.workspace.reading import head_of, joint
from letters.workspace.refused import Refused
from letters.workspace.roles import ACTS, Act, Role
from letters.workspace.saving import locked
from letters.workspace.stages import settle

QUESTIONS = {
    "tone": "The letter speaks to the area’s leaders plainly and fairly, and grades nothing.",
    "balance": "Strengths and areas for improvement have the weight that the evidence gives them.",
    "evidence": "Every finding rests on evidence that was recorded in the week.",
    "agencies": "Each recommendation names the agencies that can act on it.",
    "anonymity": "Somebody who did not write the letter has read it for anything by which a child or family is known.",
}
"""What a person answers for before a version goes out; the checks of the rule book are beside it."""


@dataclass(frozen=True)
class Order:
    """What a lead fills in to send a version."""

    base: int
    people: tuple[str, ...]
    """Keys of people."""
    organisations: tuple[str, ...]
    """Ids of inspectorates in the register."""
    last_day: date | None
    ticked: tuple[str, ...]
    once: UUID | None
    led_to: str


def send_for_review(access: Access, order: Order) -> Sending:
    """Send the newest version for review, and keep the Word file that goes out byte for byte.

    Raises Refused with everything that holds it back, DoneAlready for a form done before.
    """
    refuse_done(access.person, order.once)
    case = access.case
    version = head_of(case)
    people, bodies = chosen(access, order)
    faults = [*faults_of(access, order), *([] if people or bodies else [("people", "Choose who is asked.")])]
    if faults or order.last_day is None:
        raise Refused(faults)
    letter_of(version, joint())
    draft = send(as_file(version), joint())
    blob = blobs.put(draft.data, TYPES["docx"])
    with transaction.atomic():
        case = locked(case)
        if case.head != version.number:
            raise Refused([("", f"Somebody saved version {case.head} meanwhile. Look at it, then send it.")])
        kept = StoredFile.objects.create(
            blob=blob, case=case, person=access.person, purpose="sent", name=draft.file_name, at=now()
        )
        sending = Sending.objects.create(
            case=case,
            number=case.sendings.count() + 1,
            purpose=Purpose.REVIEW,
            version=version,
            file=kept,
            last_day=order.last_day,
            person=access.person,
            at=now(),
        )
        for person in people:
            Asked.objects.create(sending=sending, person=person, organisation=person.organisation)
        for body in bodies:
            Asked.objects.create(sending=sending, organisation=body)
        tell_asked(access, sending, people, bodies)
        remember(access.person, order.once, order.led_to)
        data = {"version": version.number, "file": blob.sha256, "checklist": [*QUESTIONS], "until": str(order.last_day)}
        record(case, access.person, "sent_for_review", str(sending.number), data)
        settle(case)
    return sending


def tell_asked(access: Access, sending: Sending, people: Iterable[Person], bodies: Iterable[Organisation]) -> None:
    """Tell everybody who was asked by name, or is of an inspectorate that was."""
    wanted, asked = set(people), set(bodies)
    found = [person for person in can_be_asked(access)[0] if person in wanted or person.organisation in asked]
    outbox.tell(found, "You are asked to review a letter", f"Copies are wanted by {sending.last_day:%d %B %Y}.")


def faults_of(access: Access, order: Order) -> Iterable[tuple[str, str]]:
    """Yield what holds a version back from being sent."""
    case = access.case
    version = head_of(case)
    if order.base != version.number:
        yield "", f"Somebody saved version {version.number} meanwhile. Look at it, then send it."
    for name, question in QUESTIONS.items():
        if name not in order.ticked:
            yield f"check-{name}", f"Confirm before it goes out: {question}"
    errors = sum(issue.is_error and issue.is_open for issue in issues_of_version(case, version, Gate.AGREEMENT))
    if errors:
        what = "1 error holds" if errors == 1 else f"{errors} errors hold"
        yield "", f"{what} the letter back from agreement. Put right what the page Checks lists, or set it aside."
    earlier = (
        case.sendings.filter(purpose=Purpose.REVIEW, version__words=version.words).exclude(version__words="").first()
    )
    if earlier:
        yield (
            "",
            (
                f"These words were sent in review {earlier.number} already, as version {earlier.version.number}. "
                "Ask more people to join that review."
            ),
        )
    if order.last_day is None:
        yield "last_day", "Choose the last day for copies."
    elif order.last_day < today():
        yield "last_day", "Choose a last day that has not passed."


def chosen(access: Access, order: Order) -> tuple[list[Person], list[Organisation]]:
    """Return the people and inspectorates that were chosen, of those who can be asked."""
    people, bodies = can_be_asked(access)
    return (
        [person for person in people if str(person.pk) in order.people],
        [body for body in bodies if body.register_id in order.organisations],
    )


def can_be_asked(access: Access) -> tuple[list[Person], list[Organisation]]:
    """Return who can answer what is sent: the people of the case who review, and their inspectorates."""
    roles = [role for role in Role if Act.REVIEW in ACTS[role]]
    parts = Part.objects.filter(case=access.case, until=None, role__in=roles, person__is_active=True)
    found = {part.person: part.person.organisation for part in parts.select_related("person__organisation")}
    people = sorted(found, key=lambda person: person.name)
    bodies = sorted({body for body in found.values() if body.kind == Body.INSPECTORATE}, key=lambda body: body.name)
    return people, bodies


def sendings_of(access: Access, purpose: Purpose) -> list[Sending]:
    """Return what was sent for a purpose in a case, the newest first."""
    return list(access.case.sendings.filter(purpose=purpose).select_related("version", "person"))


def sending_numbered(access: Access, number: int, purpose: Purpose = Purpose.REVIEW) -> Sending:
    """Return what was sent for a purpose under a number; raises NoSuchCase where there is nothing."""
    rows = Sending.objects.select_related("version", "file__blob", "person", "case")
    found = rows.filter(case=access.case, number=number, purpose=purpose).first()
    if found is None:
        raise NoSuchCase(number)
    return found


def ask_more(access: Access, sending: Sending, people: Iterable[str], organisations: Iterable[str]) -> int:
    """Ask more people and inspectorates to answer; return how many were not asked before."""
    order = Order(0, tuple(people), tuple(organisations), None, (), None, "")
    wanted_people, bodies = chosen(access, order)
    with transaction.atomic():
        new = [
            Asked.objects.create(sending=sending, person=person, organisation=person.organisation)
            for person in wanted_people
            if not sending.asked.filter(person=person).exists()
        ]
        new += [
            Asked.objects.create(sending=sending, organisation=body)
            for body in bodies
            if not sending.asked.filter(person=None, organisation=body).exists()
        ]
        if not new:
            raise LettersError("Choose somebody who was not asked yet.")
        named = [asked.person for asked in new if asked.person]
        tell_asked(access, sending, named, [asked.organisation for asked in new if not asked.person])
        record(access.case, access.person, "asked_more", str(sending.number), {"asked": len(new)})
    return len(new)


def change_last_day(access: Access, sending: Sending, day: date | None) -> None:
    """Give reviewers another last day; a review that was closed is open again."""
    if day is None or day < today():
        raise LettersError("Choose a last day that has not passed.")
    with transaction.atomic():
        locked(access.case)
        sending.last_day, sending.closed_at = day, None
        sending.save(update_fields=["last_day", "closed_at"])
        record(access.case, access.person, "last_day_changed", str(sending.number), {"until": day.isoformat()})
        settle(access.case)


def close(access: Access, sending: Sending) -> None:
    """Stop waiting for copies; one that comes all the same is still taken."""
    with transaction.atomic():
        locked(access.case)
        sending.refresh_from_db(fields=["closed_at"])
        if sending.closed_at is None:
            sending.closed_at = now()
            sending.save(update_fields=["closed_at"])
            record(access.case, access.person, "review_closed", str(sending.number))
            settle(access.case)


def was_sent(access: Access, number: str) -> bool:
    """Say whether a version was sent for review, to be read by all who review."""
    is_number = number.isdecimal() and len(number) < 9
    rows = access.case.sendings.filter(purpose=Purpose.REVIEW)
    return is_number and access.may(Act.REVIEW) and rows.filter(version__number=int(number)).exists()


def open_review(access: Access, version: Version) -> Sending | None:
    """Return the review in which a version still waits for copies, where the person can answer it."""
    if not access.may(Act.REVIEW):
        return None
    return access.case.sendings.filter(purpose=Purpose.REVIEW, version=version, closed_at=None).first()
