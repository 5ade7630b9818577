"""Sends the agreed letter to the area for factual accuracy: the very words agreed, to people at named addresses."""

import secrets
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from letters.errors import LettersError
from letters.findings.calendar import working_days_away
from letters.findings.inspection import Stage
from letters.verbs.agree import agreed_words
from letters.verbs.send import send
from letters.workspace import blobs, outbox
from letters.workspace.access import Access, NoSuchCase
from letters.workspace.agreeing import held_back
from letters.workspace.artefacts import TYPES, text_as_file
from letters.workspace.events import record
from letters.workspace.models import Case, Mode, Point, Purpose, Respondent, Sending, StoredFile, Submission, Version
from letters.workspace.now import now, today
from letters.workspace.once import refuse_done, remember
from letters.workspace.reading import head_of, joint, read_version, text_of
from letters.workspace.refused import Refused
from letters.workspace.saving import locked
from letters.workspace.sending import sending_numbered
from letters.workspace.stages import all_agree, is_agreement_asked, settle
from letters.workspace.typed import on_one_line

DAYS = 10
"""Working days that the area has, the day of sending being the first."""
MOST_NAME = 200
STATEMENT = "You are asked for a written statement of action"
INVITATION = "You are asked to check a draft letter for factual accuracy"


@dataclass(frozen=True)
class Invited:
    """Somebody to invite."""

    name: str
    email: str
    body: str
    """What she answers for."""

    def faults(self) -> list[tuple[str, str]]:
        """Return what is wrong with it, by field."""
        found = []
        if not on_one_line(self.name) or len(self.name) > MOST_NAME:
            found.append(("name", "Give the name of the person."))
        if not on_one_line(self.body) or len(self.body) > MOST_NAME:
            found.append(("body", "Say what she answers for, such as the safeguarding partnership."))
        try:
            validate_email(self.email.strip())
        except ValidationError:
            found.append(("email", "Give her address, such as name@example.org."))
        return found


@dataclass(frozen=True)
class Order:
    """What a lead fills in to send the letter to the area."""

    base: int
    mode: str
    last_day: date | None
    coordinator: Invited
    """In separate mode, the first who is asked."""
    once: UUID | None
    led_to: str


def usual_last_day() -> date:
    """Return the last day that the area usually has, were the letter sent today."""
    return working_days_away(today(), DAYS - 1)


def send_to_area(access: Access, order: Order) -> Sending:
    """Send the newest version to the area, where all agreements stand on its very words.

    Raises Refused with everything that holds it back, DoneAlready for a form done before.
    """
    refuse_done(access.person, order.once)
    with transaction.atomic():
        case = locked(access.case)
        head = head_of(case)
        faults = faults_of(case, head, order)
        if faults or order.last_day is None:
            raise Refused(faults)
        draft = send(text_as_file(text_of(head), head.number, Stage.FACTUAL_ACCURACY), joint())
        blob = blobs.put(draft.data, TYPES["docx"])
        kept = StoredFile.objects.create(
            blob=blob, case=case, person=access.person, purpose="sent", name=draft.file_name, at=now()
        )
        sending = Sending.objects.create(
            case=case,
            number=case.sendings.count() + 1,
            purpose=Purpose.ACCURACY,
            mode=order.mode,
            version=head,
            file=kept,
            last_day=order.last_day,
            person=access.person,
            at=now(),
        )
        data = {"version": head.number, "words": head.words, "file": blob.sha256, "until": str(order.last_day)}
        record(case, access.person, "sent_to_area", str(sending.number), data | {"mode": order.mode})
        is_single = order.mode == Mode.SINGLE
        put_respondent(sending, order.coordinator, is_coordinator=is_single)
        remember(access.person, order.once, order.led_to)
        settle(case)
    return sending


def faults_of(case: Case, head: Version, order: Order) -> list[tuple[str, str]]:
    """Return what holds a letter back from being sent to the area."""
    found = []
    if order.base != head.number:
        found.append(("", f"Somebody saved version {head.number} meanwhile. Look at it, then send it."))
    if not all_agree(case) or agreed_words(read_version(head).inspection, joint()) != head.words:
        found.append(("", "Not every inspectorate agrees to these very words. The page Agreement says who does not."))
    if not is_agreement_asked(case):
        found.append(("", "A review began since agreement was asked for. Finish it, and ask for agreement again."))
    if case.wishes.filter(answered_at=None).exists():
        found.append(("", "An approver asks for a change. Answer that on the page Agreement first."))
    found += [("", words) for words in held_back(case, head)]
    if case.sendings.filter(purpose=Purpose.ACCURACY, settled_at=None).exists():
        found.append(("", "A draft is with the area already. Settle its answers first."))
    if not outbox.can_mail():
        found.append(("", "Invitations go by mail, and no mail server is set. Ask whoever runs the workspace."))
    if order.mode not in Mode.values:
        found.append(("mode", "Choose who answers."))
    if order.last_day is None or order.last_day < today():
        found.append(("last_day", "Choose a last day that has not passed."))
    return found + order.coordinator.faults()


def invited_before(sending: Sending, invited: Invited) -> list[tuple[str, str]]:
    """Return that somebody is invited already, as a fault of the form; a form that is sent twice invites once."""
    rows = sending.respondents.filter(email=invited.email.strip().lower(), revoked_at=None)
    if rows.filter(body=on_one_line(invited.body)).exists():
        return [("email", "She is invited already.")]
    return []


def put_respondent(
    sending: Sending, invited: Invited, *, is_coordinator: bool = False, by: Respondent | None = None
) -> Respondent:
    """Invite somebody, in the transaction that the invitation belongs to."""
    respondent = Respondent.objects.create(
        sending=sending,
        key=secrets.token_hex(16),
        email=invited.email.strip().lower(),
        name=on_one_line(invited.name),
        body=on_one_line(invited.body),
        is_coordinator=is_coordinator,
        invited_by=by,
        at=now(),
    )
    outbox.put(
        respondent.email,
        *invitation(respondent),
        f"Open this page. You are sent a code each time, so that nobody else can:\n{page_of(respondent)}",
        "Do not pass this mail on: the page is yours alone.",
    )
    return respondent


def invitation(respondent: Respondent) -> tuple[str, str, str]:
    """Return the subject of an invitation, its salutation, and what is asked by when."""
    sending, dear = respondent.sending, f"Dear {respondent.name}"
    day = f"{sending.last_day:%d %B %Y}"
    if sending.purpose == Purpose.STATEMENT:
        return STATEMENT, dear, f"You are asked for the written statement of action of {respondent.body} by {day}."
    return INVITATION, dear, f"You are asked to check a draft letter for factual accuracy by {day}."


def page_of(respondent: Respondent) -> str:
    """Return the address of the page of somebody in the area."""
    return outbox.address_of(f"/a/{respondent.key}/")


def invite(access: Access, sending: Sending, invited: Invited) -> Respondent:
    """Invite one more agency, where each answers by itself; raises Refused."""
    faults = [*invited.faults(), *invited_before(sending, invited)]
    if sending.mode != Mode.SEPARATE:
        faults.append(("", "The coordinator invites the agencies, since she answers for all."))
    if faults:
        raise Refused(faults)
    with transaction.atomic():
        respondent = put_respondent(sending, invited)
        record(access.case, access.person, "respondent_invited", str(sending.number), {"respondent": respondent.pk})
    return respondent


def revoke(access: Access, sending: Sending, pk: int) -> None:
    """End an invitation: its address is dead at once; what was submitted stays."""
    with transaction.atomic():
        respondent = sending.respondents.filter(pk=pk, revoked_at=None).first()
        if respondent is None:
            raise LettersError("This invitation has ended already.")
        end_invitation(respondent)
        record(access.case, access.person, "invitation_ended", str(sending.number), {"respondent": pk})


def end_invitation(respondent: Respondent) -> None:
    """Note that an invitation ended."""
    respondent.revoked_at = now()
    respondent.save()
    respondent.codes.all().delete()


def replace_coordinator(access: Access, sending: Sending, invited: Invited) -> Respondent:
    """Invite another coordinator in the place of the one there is; the agencies that were invited stay."""
    faults = invited.faults()
    if sending.mode != Mode.SINGLE:
        faults.append(("", "There is no coordinator where each agency answers by itself."))
    if faults:
        raise Refused(faults)
    with transaction.atomic():
        locked(access.case)
        earlier = list(sending.respondents.filter(is_coordinator=True))
        if any(held.submissions.filter(reopened_at=None).exists() for held in earlier):
            raise LettersError(
                "The coordinator has submitted the answer, and it counts. Open it again first, if another is to answer."
            )
        for old in earlier:
            if old.revoked_at is None:
                end_invitation(old)
        respondent = put_respondent(sending, invited, is_coordinator=True)
        sending.respondents.filter(invited_by__in=earlier).update(invited_by=respondent)
        Point.objects.filter(respondent__in=earlier, submitted_in=None).update(respondent=respondent)
        record(access.case, access.person, "coordinator_changed", str(sending.number), {"respondent": respondent.pk})
    return respondent


def refuse_settled(case: Case, sending: Sending) -> None:
    """Wait for the turn to change what was sent; raises LettersError where its answers are settled by then."""
    locked(case)
    sending.refresh_from_db(fields=["last_day", "closed_at", "settled_at"])
    if sending.settled_at:
        raise LettersError("The answers are settled, so nothing of this can change any more.")


def change_last_day(access: Access, sending: Sending, day: date | None) -> None:
    """Give the area another last day; answers that were closed are open again."""
    if day is None or day < today():
        raise LettersError("Choose a last day that has not passed.")
    with transaction.atomic():
        refuse_settled(access.case, sending)
        sending.last_day, sending.closed_at = day, None
        sending.save(update_fields=["last_day", "closed_at"])
        record(access.case, access.person, "area_day_changed", str(sending.number), {"until": day.isoformat()})
        settle(access.case)


def close(access: Access, sending: Sending) -> None:
    """Close the answers: what comes later is marked late, and counts once the lead takes it."""
    with transaction.atomic():
        refuse_settled(access.case, sending)
        if sending.closed_at is None:
            sending.closed_at = now()
            sending.save(update_fields=["closed_at"])
            record(access.case, access.person, "answers_closed", str(sending.number))
            settle(access.case)


def take_late(access: Access, sending: Sending, pk: int) -> None:
    """Let an answer count that came late."""
    with transaction.atomic():
        row = Submission.objects.filter(respondent__sending=sending, pk=pk, is_taken=False).first()
        if row is None or sending.settled_at:
            raise LettersError("This answer cannot be taken any more, or counts already.")
        row.is_taken = True
        row.save()
        record(access.case, access.person, "late_answer_taken", str(sending.number), {"receipt": row.receipt})


def reopen(access: Access, sending: Sending, pk: int) -> None:
    """Let somebody change an answer that she submitted; she submits it once more."""
    with transaction.atomic():
        row = Submission.objects.filter(respondent__sending=sending, pk=pk, reopened_at=None).first()
        if row is None or sending.settled_at:
            raise LettersError("This answer cannot be reopened.")
        by = row.respondent.invited_by
        if by is not None and by.submissions.filter(reopened_at=None).exists():
            raise LettersError(f"The answer of {by.body} holds this one. Open that one first, then this one.")
        row.reopened_at = now()
        row.save()
        row.points.update(submitted_in=None)
        data = {"receipt": row.receipt, "respondent": row.respondent_id}
        record(access.case, access.person, "answer_reopened", str(sending.number), data)
        outbox.put(
            row.respondent.email,
            "Your answer on factual accuracy is open again",
            f"Dear {row.respondent.name}",
            f"You can change your answer and submit it again:\n{page_of(row.respondent)}",
        )


def accuracy_numbered(access: Access, number: int) -> Sending:
    """Return what was sent to the area under a number; raises NoSuchCase where there is nothing."""
    return sending_numbered(access, number, Purpose.ACCURACY)


def respondent_numbered(sending: Sending, given: str) -> Respondent:
    """Return somebody who was asked, by the key of her row; raises NoSuchCase where there is nobody."""
    is_number = given.isdecimal() and len(given) < 12
    found = sending.respondents.filter(pk=int(given)).first() if is_number else None
    if found is None:
        raise NoSuchCase(given)
    return found
