"""What people in the area answer: points at paragraphs, or that nothing is inaccurate, submitted once."""

import secrets
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from letters.errors import LettersError
from letters.workspace import outbox
from letters.workspace.access import NoSuchCase
from letters.workspace.events import record
from letters.workspace.models import (
    Case,
    Mode,
    Person,
    Point,
    PointKind,
    Respondent,
    Sending,
    StoredFile,
    Submission,
    Version,
)
from letters.workspace.now import now, today
from letters.workspace.numbered import Numbered, paragraphs
from letters.workspace.refused import Refused
from letters.workspace.saving import locked
from letters.workspace.setting_aside import said_hash
from letters.workspace.to_area import Invited, end_invitation, invited_before, page_of, put_respondent
from letters.workspace.typed import cleaned
from letters.workspace.uploads import keep

EVIDENCE = "evidence"
"""The purpose of files that people in the area give."""
LONGEST = 20_000
MOST_POINTS = 500
SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""What receipts are made of: nothing that can be taken for something else."""


def paragraph_numbered(version: Version, number: int) -> Numbered:
    """Return a paragraph of the draft by its number; raises Refused where there is none."""
    found = next((held for held in paragraphs(version) if held.number == number and number), None)
    if found is None:
        raise Refused([("paragraph", "Give the number of a paragraph, as the draft shows it.")])
    return found


@dataclass(frozen=True)
class Said:
    """A point as somebody writes it."""

    paragraph: int
    kind: str
    proposed: str
    said: str
    evidence: tuple[str, bytes] | None = None
    """A file's name and bytes."""


def standing_submission(respondent: Respondent) -> Submission | None:
    """Return what somebody submitted, where it was not reopened."""
    return respondent.submissions.filter(reopened_at=None).last()


def refuse_submitted(respondent: Respondent) -> None:
    """Raise LettersError where somebody, or her coordinator, submitted already, or the answers are settled."""
    if standing_submission(respondent):
        raise LettersError("You have submitted your answer. Ask the inspectorates if it has to be opened again.")
    if respondent.invited_by is not None and standing_submission(respondent.invited_by):
        raise LettersError(
            "The answer of the area is submitted already, so yours cannot become a part of it any more. "
            "Ask your coordinator: the inspectorates can open it again."
        )
    if respondent.sending.settled_at:
        raise LettersError("The inspectorates have decided on the answers, so nothing can be added.")


def own_points(respondent: Respondent) -> list[Point]:
    """Return the points that somebody wrote, in the order of the letter."""
    return list(respondent.points.select_related("evidence"))


def point_of(respondent: Respondent, pk: int) -> Point:
    """Return a point of somebody's own; raises NoSuchCase for another's."""
    found = respondent.points.filter(pk=pk).select_related("evidence__blob").first()
    if found is None:
        raise NoSuchCase(pk)
    return found


def put_point(respondent: Respondent, said: Said, old: Point | None = None) -> Point:
    """Keep a point, or another wording of one; raises Refused with what is wrong by field."""
    refuse_submitted(respondent)
    held = paragraph_numbered(respondent.sending.version, said.paragraph)
    proposed, why = cleaned(said.proposed), cleaned(said.said)
    faults = []
    if said.kind not in PointKind.values:
        faults.append(("kind", "Choose what kind of point it is."))
    if not why:
        faults.append(("said", "Say what is not accurate, and how that is known."))
    if len(why) > LONGEST or len(proposed) > LONGEST:
        faults.append(("said", "This is longer than a point can be. Give it as a file."))
    if old is None and respondent.points.count() >= MOST_POINTS:
        faults.append(("", f"There can be {MOST_POINTS} points. Put several into one."))
    if faults:
        raise Refused(faults)
    sending = respondent.sending
    kept = keep(None, sending.case, EVIDENCE, *said.evidence) if said.evidence else old.evidence if old else None
    with transaction.atomic():
        point = turn_at(respondent, old) or said_before(respondent, held, said.kind, proposed, why) or Point()
        point.respondent = respondent
        point.place, point.paragraph, point.kind = held.place, held.number, said.kind
        point.now, point.said, point.evidence, point.at = held.words, why, kept, now()
        point.proposed = "" if proposed == held.words else proposed
        point.save()
    return point


def said_before(respondent: Respondent, held: Numbered, kind: str, proposed: str, why: str) -> Point | None:
    """Return the point that says just this already: a form that is sent twice makes one."""
    words = "" if proposed == held.words else proposed
    return respondent.points.filter(paragraph=held.number, kind=kind, proposed=words, said=why).first()


def turn_at(respondent: Respondent, point: Point | None = None) -> Point | None:
    """Wait for the turn to change an answer, and return a point as it is now; refuses what is submitted by then."""
    locked(respondent.sending.case)
    respondent.sending.refresh_from_db(fields=["closed_at", "settled_at", "last_day"])
    refuse_submitted(respondent)
    return point_of(respondent, point.pk) if point else None


def drop_point(respondent: Respondent, pk: int) -> None:
    """Take a point out that is not submitted; one that was decided on before stays on record."""
    with transaction.atomic():
        turn_at(respondent)
        point = point_of(respondent, pk)
        if point.verdicts.exists():
            point.dropped_at = now()
            point.save(update_fields=["dropped_at"])
        else:
            point.delete()


def new_receipt() -> str:
    """Return a receipt that nobody can guess, to be read out or copied by hand."""
    return "-".join("".join(secrets.choice(SIGNS) for _ in range(4)) for _ in range(3))


def is_late(sending: Sending) -> bool:
    """Say whether an answer would come late now."""
    return sending.closed_at is not None or today() > sending.last_day


def submit(respondent: Respondent, *, nothing: bool, by: Person | None = None) -> Submission:
    """Submit an answer once; raises Refused where it says neither points nor that nothing is inaccurate.

    `by` is the lead who enters it for somebody who cannot use her page.
    """
    sending = respondent.sending
    with transaction.atomic():
        case = locked(sending.case)
        sending.refresh_from_db()
        before = standing_submission(respondent)
        if before:
            return before
        refuse_submitted(respondent)
        points = Point.objects.filter(own_or_taken(respondent))
        if nothing and points.exists():
            raise Refused([("nothing", "You wrote points. Take them out first, or submit them.")])
        if not nothing and not points.exists():
            raise Refused([("nothing", "Write points, or confirm that nothing is inaccurate.")])
        late = is_late(sending)
        receipt = new_receipt()
        row = Submission.objects.create(
            respondent=respondent, receipt=receipt, at=now(), is_late=late, is_taken=not late
        )
        respondent.points.filter(submitted_in=None).update(submitted_in=row)
        digest = said_hash("\n".join(f"{held.paragraph} {held.proposed} {held.said}" for held in points.order_by("pk")))
        data = {
            "respondent": respondent.pk,
            "receipt": receipt,
            "points": points.count(),
            "words": digest,
            "late": late,
        }
        record(case, by, "answer_submitted", str(sending.number), data)
        tell_coordinator(respondent)
    return row


def own_or_taken(respondent: Respondent) -> Q:
    """Return what the answer of somebody holds: her own points; a coordinator's, those of her agencies too."""
    own = Q(respondent=respondent)
    if not respondent.is_coordinator:
        return own
    submitted = Q(respondent__invited_by=respondent, left_out="") & ~Q(submitted_in=None)
    return own | submitted


def tell_coordinator(respondent: Respondent) -> None:
    """Tell the coordinator that an agency answered her."""
    by = respondent.invited_by
    if by is not None and by.revoked_at is None:
        outbox.put(
            by.email,
            "An agency has answered you",
            f"Dear {by.name}",
            f"An agency that you invited has answered. Your page shows what it says:\n{page_of(by)}",
        )


def invite_agency(respondent: Respondent, invited: Invited) -> Respondent:
    """Invite an agency, which answers to its coordinator alone; raises Refused."""
    refuse_submitted(respondent)
    faults = [*invited.faults(), *invited_before(respondent.sending, invited)]
    sending = respondent.sending
    if not respondent.is_coordinator or sending.mode != Mode.SINGLE:
        faults.append(("", "Only the coordinator invites agencies."))
    if faults:
        raise Refused(faults)
    with transaction.atomic():
        agency = put_respondent(sending, invited, by=respondent)
        data = {"respondent": agency.pk, "by": respondent.pk}
        record(sending.case, None, "agency_invited", str(sending.number), data)
    return agency


def agencies_of(respondent: Respondent) -> list[Respondent]:
    """Return the agencies that a coordinator invited."""
    return list(respondent.invited.filter(revoked_at=None).prefetch_related("submissions", "points__evidence"))


def revoke_agency(respondent: Respondent, pk: int) -> None:
    """End the invitation of an agency; what it submitted to the coordinator stays."""
    agency = respondent.invited.filter(pk=pk, revoked_at=None).first()
    if agency is None:
        raise NoSuchCase(pk)
    with transaction.atomic():
        end_invitation(agency)
        case: Case = respondent.sending.case
        record(case, None, "invitation_ended", str(respondent.sending.number), {"respondent": pk})


def agency_points(respondent: Respondent) -> list[Point]:
    """Return the points that agencies submitted to their coordinator, in the order of the letter."""
    rows = Point.objects.filter(respondent__invited_by=respondent).exclude(submitted_in=None)
    return list(rows.select_related("respondent", "evidence").order_by("paragraph", "pk"))


def leave_out(respondent: Respondent, pk: int, reason: str) -> None:
    """Leave an agency's point out of the coordinator's answer, with a reason; without one, take it in."""
    with transaction.atomic():
        turn_at(respondent)
        rows = Point.objects.filter(respondent__invited_by=respondent, pk=pk).exclude(submitted_in=None)
        if not rows.update(left_out=cleaned(reason)):
            raise NoSuchCase(pk)


def evidence_of(respondent: Respondent, pk: int) -> StoredFile:
    """Return the evidence of a point that somebody may fetch: her own, and a coordinator her agencies'."""
    rows = Point.objects.filter(Q(respondent=respondent) | Q(respondent__invited_by=respondent) & ~Q(submitted_in=None))
    point = rows.filter(pk=pk).exclude(evidence=None).select_related("evidence__blob").first()
    if point is None or point.evidence is None:
        raise NoSuchCase(pk)
    return point.evidence
