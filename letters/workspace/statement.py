"""The written statement of action: asked of the principal authority, answered by recommendation, read and followed."""

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from letters.errors import LettersError
from letters.findings.calendar import STATEMENT_DAYS, working_days_away
from letters.findings.timetable import statement as statement_due
from letters.process.documents import recommendations_of
from letters.process.record import ProcessRecord, StatementAnswer
from letters.process.statement_form import FIELDS, OVERSIGHT, FilledAction, day_in
from letters.verbs.compose import rendered
from letters.verbs.process import document, fixed_words
from letters.workspace import outbox
from letters.workspace.access import Access, NoSuchCase
from letters.workspace.answering import new_receipt, standing_submission
from letters.workspace.events import canonical, record
from letters.workspace.models import (
    Action,
    Milestone,
    Progress,
    Purpose,
    Respondent,
    Sending,
    StatementReply,
    StoredFile,
    Submission,
    Version,
)
from letters.workspace.now import now, today
from letters.workspace.once import refuse_done, remember
from letters.workspace.process_facts import keep_record, kept_record, record_of
from letters.workspace.reading import joint, read_version
from letters.workspace.refused import Refused
from letters.workspace.saving import locked
from letters.workspace.sending import sending_numbered
from letters.workspace.setting_aside import said_hash
from letters.workspace.stages import is_published, published_last, settle
from letters.workspace.to_area import Invited, end_invitation, invited_before, page_of, put_respondent
from letters.workspace.typed import cleaned, on_one_line
from letters.workspace.uploads import WORD, NotTaken, in_own_process, keep, media_type

SUBMITTED = "statement-submitted"
"""The purpose of the file that keeps what a statement said when it was submitted."""
GONE = "The letter has no such recommendation any more."
FORM, KIND = "statement", "statement-template"
"""The purpose of statements that come back as files, and the document that they are filled in on."""
LONGEST, MOST_LEAD, MOST_ACTIONS, MOST_DAYS = 20_000, 300, 300, 3 * 366
TEXTS = ("what", "lead", "contributors", "measure", "oversight")
NEEDED = {
    "what": "Say what will be done.",
    "lead": "Say which agency leads it.",
    "by_when": "Choose the day by which it is done.",
    "measure": "Say how you will know that it works.",
}
"""What every action has to say before a statement is submitted."""


@dataclass(frozen=True)
class Recommended:
    """A recommendation of the published letter, with the actions that answer it."""

    id: str
    words: str
    bodies: str
    actions: tuple[Action, ...]


def usual_day(version: Version) -> date:
    """Return the day on which a statement is due, as the letter counts it."""
    return statement_due(read_version(version).inspection).day or working_days_away(today(), STATEMENT_DAYS)


def ask(access: Access, invited: Invited, last_day: date | None, once: UUID | None, led_to: str) -> Sending:
    """Ask the principal authority for its statement; raises Refused with everything that holds it back."""
    refuse_done(access.person, once)
    with transaction.atomic():
        case = locked(access.case)
        last = published_last(case)
        faults = list(invited.faults())
        if last is None or not is_published(case) or last.day > today():
            raise Refused([("", "The letter is not published yet. The statement is asked for once it is.")])
        if not read_version(last.version).inspection.next_steps.statement_required:
            faults.append(("", "The letter says that no written statement is required."))
        if case.sendings.filter(purpose=Purpose.STATEMENT).exists():
            faults.append(("", "The statement is asked for already."))
        if not outbox.can_mail():
            faults.append(("", "Invitations go by mail, and no mail server is set. Ask whoever runs the workspace."))
        faults += [("last_day", words) for words in [fault_of_day(last_day)] if words]
        if faults or last_day is None:
            raise Refused(faults)
        kept = StoredFile.objects.create(
            blob=last.version.text, case=case, person=access.person, purpose="sent", name="published.yaml", at=now()
        )
        sending = Sending.objects.create(
            case=case,
            number=case.sendings.count() + 1,
            purpose=Purpose.STATEMENT,
            version=last.version,
            file=kept,
            last_day=last_day,
            person=access.person,
            at=now(),
        )
        data = {"version": last.version.number, "file": kept.blob_id, "until": str(last_day)}
        record(case, access.person, "statement_asked", str(sending.number), data)
        put_respondent(sending, invited)
        remember(access.person, once, led_to)
        settle(case)
    return sending


def fault_of_day(day: date | None) -> str:
    """Say what is wrong with a last day; nothing where it is one."""
    if day is None or day < today():
        return "Choose a day that has not passed."
    return "This day is years away. Check the year." if day > today() + timedelta(days=MOST_DAYS) else ""


def replace(access: Access, sending: Sending, invited: Invited) -> Respondent:
    """Ask somebody else for the statement; what was written stays, and the address of the one before is dead."""
    faults = [*invited.faults(), *invited_before(sending, invited)]
    if faults:
        raise Refused(faults)
    with transaction.atomic():
        locked(access.case)
        earlier = list(sending.respondents.all())
        if any(standing_submission(held) for held in earlier):
            raise Refused([("", "The statement is submitted. Return it first, if somebody else is to write it.")])
        for old in earlier:
            if old.revoked_at is None:
                end_invitation(old)
        respondent = put_respondent(sending, invited)
        Action.objects.filter(respondent__in=earlier).update(respondent=respondent)
        record(access.case, access.person, "respondent_invited", str(sending.number), {"respondent": respondent.pk})
    return respondent


def change_day(access: Access, sending: Sending, day: date | None) -> None:
    """Give the area another day for its statement."""
    fault = fault_of_day(day)
    if fault or day is None:
        raise Refused([("last_day", fault)])
    with transaction.atomic():
        locked(access.case)
        sending.refresh_from_db(fields=["settled_at"])
        if sending.settled_at:
            raise Refused([("", "The statement is acknowledged, so there is no day any more.")])
        Sending.objects.filter(pk=sending.pk).update(last_day=day)
        record(access.case, access.person, "area_day_changed", str(sending.number), {"until": str(day)})


def authority_of(sending: Sending) -> Respondent:
    """Return who is asked for the statement now; the last one where nobody is."""
    return sending.respondents.filter(revoked_at=None).last() or sending.respondents.latest("pk")


def statement_of(access: Access) -> Sending | None:
    """Return what was asked of the principal authority; none where nothing was."""
    return access.case.sendings.filter(purpose=Purpose.STATEMENT).select_related("version", "case").first()


def numbered(access: Access, number: int) -> Sending:
    """Return what was asked under a number; raises NoSuchCase where there is nothing."""
    return sending_numbered(access, number, Purpose.STATEMENT)


def recommended(respondent: Respondent) -> list[Recommended]:
    """Return the recommendations of the letter as it is published now, each with the actions that answer it.

    Actions for a recommendation that a correction took out come last.
    """
    inspection = read_version(version_of(respondent.sending)).inspection
    names = {agency.id: agency.name for agency in inspection.agencies}
    held = list(respondent.actions.exclude(recommendation="").prefetch_related("progress"))
    found = [
        Recommended(str(one.id), one.words, one.bodies, tuple(row for row in held if row.recommendation == one.id))
        for one in recommendations_of(inspection, names)
    ]
    known = {one.id for one in found}
    gone = dict.fromkeys(row.recommendation for row in held if row.recommendation not in known)
    return found + [
        Recommended(name, GONE, "", tuple(row for row in held if row.recommendation == name)) for name in gone
    ]


def version_of(sending: Sending) -> Version:
    """Return the version that a statement answers: the one that is published now."""
    last = published_last(sending.case)
    return last.version if last else sending.version


def overseen(respondent: Respondent) -> str:
    """Return how the partnership oversees all of it."""
    row = respondent.actions.filter(recommendation="").first()
    return row.what if row else ""


def refuse_submitted(respondent: Respondent) -> None:
    """Raise LettersError where a statement was submitted and not returned."""
    if standing_submission(respondent):
        raise LettersError("You have submitted the statement. The inspectorates can return it to you.")
    if not is_published(respondent.sending.case):
        raise LettersError("The letter is withdrawn for now. You are told when it is clear what becomes of it.")


def put_action(respondent: Respondent, recommendation: str, given: Mapping[str, Any], pk: int = 0) -> Action:
    """Keep an action, or another wording of one; raises Refused with what is wrong by field."""
    words = {name: cleaned(str(given.get(name) or "")) for name in TEXTS}
    words["lead"] = on_one_line(words["lead"])
    if any(len(held) > LONGEST for held in words.values()) or len(words["lead"]) > MOST_LEAD:
        raise Refused([("what", "This is longer than an action can be. Put it into several.")])
    if recommendation not in {held.id for held in recommended(respondent)}:
        raise NoSuchCase(recommendation)
    with transaction.atomic():
        locked(respondent.sending.case)
        refuse_submitted(respondent)
        if not pk and respondent.actions.count() >= MOST_ACTIONS:
            raise Refused([("", f"There can be {MOST_ACTIONS} actions.")])
        when = given.get("by_when")
        row = action_of(respondent, pk) if pk else same_action(respondent, recommendation, words, when)
        row = row or Action(respondent=respondent)
        row.recommendation, row.by_when, row.at = recommendation, when, now()
        for name, held in words.items():
            setattr(row, name, held)
        row.save()
    return row


def same_action(
    respondent: Respondent, recommendation: str, words: Mapping[str, str], when: date | None
) -> Action | None:
    """Return the action that says just this already: a form that is sent twice makes one."""
    return respondent.actions.filter(recommendation=recommendation, by_when=when, **words).first()


def action_of(respondent: Respondent, pk: int) -> Action:
    """Return an action of somebody's own; raises NoSuchCase for another's."""
    found = respondent.actions.filter(pk=pk).exclude(recommendation="").first()
    if found is None:
        raise NoSuchCase(pk)
    return found


def drop_action(respondent: Respondent, pk: int) -> None:
    """Take an action out that is not submitted."""
    with transaction.atomic():
        locked(respondent.sending.case)
        refuse_submitted(respondent)
        row = action_of(respondent, pk)
        row.delete()


def put_overseen(respondent: Respondent, words: str) -> None:
    """Keep how the partnership oversees all of it; raises Refused where that is too long."""
    words = cleaned(words)
    if len(words) > LONGEST:
        raise Refused([("overseen", f"This can have {LONGEST:,} characters. Say it in fewer.")])
    with transaction.atomic():
        locked(respondent.sending.case)
        refuse_submitted(respondent)
        respondent.actions.filter(recommendation="").delete()
        if words:
            Action.objects.create(respondent=respondent, what=words, at=now())


def lacking(respondent: Respondent) -> list[tuple[str, str]]:
    """Return what a statement lacks before it can be submitted: the recommendation, and what to do."""
    found = []
    for held in recommended(respondent):
        if held.words == GONE:
            found.append((held.id, f"{held.id}: the letter has no such recommendation any more. Take its actions out."))
            continue
        if not held.actions:
            found.append((held.id, f"{held.id}: no action answers it yet."))
        for row in held.actions:
            found += [(held.id, f"{held.id}: {said}") for name, said in NEEDED.items() if not getattr(row, name)]
    return found


def submit(respondent: Respondent) -> Submission:
    """Submit a statement once; raises Refused with what it lacks."""
    sending = respondent.sending
    with transaction.atomic():
        case = locked(sending.case)
        before = standing_submission(respondent)
        if before:
            return before
        faults = lacking(respondent)
        if faults:
            raise Refused(faults)
        receipt = new_receipt()
        row = Submission.objects.create(
            respondent=respondent, receipt=receipt, at=now(), is_late=today() > sending.last_day
        )
        respondent.actions.update(submitted_in=row)
        keep(None, case, SUBMITTED, f"statement-{receipt}.txt", as_text(respondent).encode())
        data = {"respondent": respondent.pk, "receipt": receipt, "words": digest_of(respondent), "late": row.is_late}
        record(case, None, "statement_submitted", str(sending.number), data)
        settle(case)
    return row


def as_text(respondent: Respondent) -> str:
    """Return everything that a statement says, as text."""
    lines = []
    for held in recommended(respondent):
        lines += [f"{held.id}: {held.words}", ""]
        for row in held.actions:
            by_when = f"{row.by_when:%d %B %Y}" if row.by_when else ""
            said = (row.what, row.lead, row.contributors, by_when, row.measure, row.oversight)
            lines += [*(f"{label}: {words}" for label, words in zip(FIELDS, said, strict=True)), ""]
    return "\n".join([*lines, f"{OVERSIGHT}: {overseen(respondent)}", ""])


def submitted_files(sending: Sending) -> list[StoredFile]:
    """Return each statement as it was submitted, the oldest first."""
    return list(StoredFile.objects.filter(case=sending.case, purpose=SUBMITTED, at__gte=sending.at).order_by("pk"))


def digest_of(respondent: Respondent) -> str:
    """Return the hash of what a statement says."""
    rows = respondent.actions.values_list("recommendation", "by_when", *TEXTS).order_by("recommendation", "pk")
    return said_hash(canonical([[str(value) for value in row] for row in rows]))


def newest_submission(sending: Sending) -> Submission | None:
    """Return the statement that was submitted last."""
    return Submission.objects.filter(respondent__sending=sending).select_related("respondent").last()


def replies(sending: Sending) -> list[StatementReply]:
    """Return what was answered to statements, the newest first."""
    rows = StatementReply.objects.filter(submission__respondent__sending=sending)
    return list(rows.select_related("submission", "person").order_by("-pk"))


def reply(
    access: Access,
    sending: Sending,
    shortcomings: str,
    again_by: date | None,
    once: UUID | None,
    led_to: str,
    *,
    returned: bool,
) -> None:
    """Acknowledge a statement, or return it with each way in which it does not reflect the findings, a line each.

    Raises Refused where there is none to answer, no reason to return it, or no day for another one.
    """
    refuse_done(access.person, once)
    lines = [line.strip() for line in cleaned(shortcomings).split("\n") if line.strip()] if returned else []
    if returned and not lines:
        raise Refused([("shortcomings", "Say in what it does not reflect the findings.")])
    with transaction.atomic():
        case = locked(access.case)
        sending.refresh_from_db()
        row = newest_submission(sending)
        if row is None or row.reopened_at or row.replies.exists():
            raise Refused([("", "There is no statement to answer, or it was answered already.")])
        if lines and fault_of_day(again_by):
            raise Refused([("again_by", fault_of_day(again_by))])
        answer = StatementAnswer(received=row.at.date(), shortcomings=lines, again_by=again_by if lines else None)
        told = record_of(case).model_copy(update={"statement": answer, "due": sending.last_day})
        StatementReply.objects.create(
            submission=row,
            shortcomings=lines,
            again_by=again_by if lines else None,
            record=keep_record(told),
            person=access.person,
            at=now(),
        )
        if lines and again_by:
            row.reopened_at = now()
            row.save(update_fields=["reopened_at"])
            row.actions.update(submitted_in=None)
            Sending.objects.filter(pk=sending.pk).update(last_day=again_by)
        else:
            Sending.objects.filter(pk=sending.pk).update(settled_at=now(), closed_at=now())
        verb = "statement_returned" if lines else "statement_acknowledged"
        record(
            case,
            access.person,
            verb,
            str(sending.number),
            {"receipt": row.receipt, "words": said_hash("\n".join(lines))},
        )
        tell_answer(row.respondent, returned=bool(lines))
        remember(access.person, once, led_to)
        settle(case)


def tell_answer(respondent: Respondent, *, returned: bool) -> None:
    """Tell the principal authority what became of its statement."""
    said = "It is returned to you, with reasons." if returned else "It is acknowledged."
    outbox.put(
        respondent.email,
        "Your written statement of action",
        f"Dear {respondent.name}",
        f"{said} Your page says more:\n{page_of(respondent)}",
    )


def tell_progress(respondent: Respondent, pk: int, state: str, note: str) -> Progress:
    """Keep how far an action has come, once the statement is acknowledged; raises Refused where it says nothing."""
    row = action_of(respondent, pk)
    if respondent.sending.settled_at is None:
        raise LettersError("Progress is told once the statement is acknowledged.")
    if state not in Milestone.values:
        raise Refused([(f"state-{pk}", "Choose how far it has come.")])
    note = cleaned(note)
    if len(note) > LONGEST:
        raise Refused([(f"note-{pk}", f"This can have {LONGEST:,} characters. Say it in fewer.")])
    with transaction.atomic():
        case = locked(respondent.sending.case)
        last = row.progress.last()
        if last and (last.state, last.note) == (state, note):
            return last
        held = Progress.objects.create(action=row, state=state, note=note, at=now())
        data = {"action": pk, "state": state, "note": said_hash(note)}
        record(case, None, "progress_told", str(respondent.sending.number), data)
    return held


def form_file(sending: Sending) -> bytes:
    """Return the form of the statement as a Word file."""
    return rendered(form_of(sending), [".docx"], joint())[".docx"]


def form_of(sending: Sending) -> Any:
    """Return the form of the statement."""
    record = ProcessRecord(due=sending.last_day)
    return document(KIND, read_version(version_of(sending)).shown, record, joint(), sending.at.date())


def take_form(respondent: Respondent, name: str, data: bytes) -> tuple[int, Sequence[str]]:
    """Keep a statement that came back as a Word file, and take its actions over.

    Returns how many actions are new, and the words in it that could not be placed. Raises LettersError where it cannot
    be read.
    """
    refuse_submitted(respondent)
    sending = respondent.sending
    keep(None, sending.case, FORM, name, data)
    if media_type(data) != WORD:
        raise NotTaken("This is not a Word file. It was kept; save the form as .docx, and give that.")
    held = {
        "name": name,
        "data": b64encode(data).decode(),
        "recommendations": [one.id for one in recommended(respondent)],
        "fixed": fixed_words(form_of(sending)),
    }
    answer: dict[str, Any] = in_own_process(FORM, json.dumps(held).encode())
    if answer.get("faults"):
        raise NotTaken(str(answer["faults"][0]))
    before, unplaced = respondent.actions.count(), list(answer["unplaced"])
    with transaction.atomic():
        for found in (FilledAction(*action) for action in answer["actions"]):
            when = day_in(found.by_when)
            if found.by_when and when is None:
                unplaced.append(f"{found.recommendation}, by when: {found.by_when}")
            try:
                put_action(respondent, found.recommendation, {**found._asdict(), "by_when": when})
            except Refused as fault:
                raise NotTaken(f"Nothing was taken over. {found.recommendation}: {fault}") from None
        said = overseen(respondent)
        if answer["overseen"] and answer["overseen"] not in said:
            put_overseen(respondent, "\n".join(filter(None, (said, answer["overseen"]))))
    return respondent.actions.count() - before, unplaced


def reply_file(access: Access, sending: Sending, pk: int, suffix: str) -> bytes:
    """Return the letter that acknowledges a statement or returns it; raises NoSuchCase where there is none."""
    row = next((held for held in replies(sending) if held.pk == pk), None)
    if row is None:
        raise NoSuchCase(pk)
    kind = "statement-returned" if row.shortcomings else "statement-acknowledgement"
    held = kept_record(row.record) if row.record else ProcessRecord()
    made = document(kind, read_version(sending.version).shown, held, joint(), row.at.date())
    return rendered(made, [f".{suffix}"], joint())[f".{suffix}"]


def is_waiting(sending: Sending) -> bool:
    """Say whether a statement waits for an answer of the inspectorates."""
    row = newest_submission(sending)
    return row is not None and row.reopened_at is None and not row.replies.exists()
