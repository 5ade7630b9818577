"""What becomes of the area's points: a verdict with a reason for each, then the next version and the outcome."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC
from uuid import UUID

from django.db import transaction

from letters.document.marks import Mark
from letters.errors import LettersError
from letters.findings.editing import places
from letters.findings.inspection import Inspection, Stage
from letters.findings.rewriting import plain
from letters.findings.source_file import SourceFile
from letters.verbs.changes import read_reviews, sent_inspection
from letters.verbs.merge import merge, resolution_of
from letters.verbs.propose import answered_copy
from letters.versions.deciding.decisions import Decisions
from letters.workspace import blobs, outbox
from letters.workspace.access import Access
from letters.workspace.artefacts import text_as_file
from letters.workspace.events import record
from letters.workspace.merging import Item, items_of, put_by_hand, saved_with
from letters.workspace.models import (
    Case,
    MadeBy,
    Mode,
    Person,
    Point,
    Respondent,
    Sending,
    Submission,
    Verdict,
    Version,
)
from letters.workspace.now import now
from letters.workspace.numbered import area_letter, paragraphs
from letters.workspace.once import refuse_done, remember
from letters.workspace.reading import joint, read_version, text_of
from letters.workspace.reviewing import place_of_unit
from letters.workspace.roles import Act
from letters.workspace.saving import Change, Saved, locked
from letters.workspace.setting_aside import said_hash
from letters.workspace.stages import settle
from letters.workspace.to_area import page_of
from letters.workspace.typed import cleaned

VERDICTS = {"accept": "Accepted", "part": "Accepted in part", "reject": "Not accepted"}


@dataclass(frozen=True)
class Weighed:
    """A point of the area with what was decided on it, and what stands against it."""

    point: Point
    verdict: Verdict | None
    against: tuple[Point, ...]
    """Points of others on the same paragraph that propose other words."""
    submission: Submission

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to decide."""
        return self.verdict is None

    @property
    def finding(self) -> str:
        """The part of the inspection that the paragraph comes from."""
        return place_of_unit(self.point.place)


def standing_submissions(sending: Sending) -> list[Submission]:
    """Return the answers that reached the inspectorates and count: in single mode, that of the coordinator."""
    rows = Submission.objects.filter(respondent__sending=sending, reopened_at=None, is_taken=True)
    if sending.mode == Mode.SINGLE:
        rows = rows.filter(respondent__invited_by=None)
    return list(rows.select_related("respondent"))


def counted_points(sending: Sending) -> list[tuple[Point, Submission]]:
    """Return the points that count, each with the answer that it came in, in the order of the letter."""
    found: list[tuple[Point, Submission]] = []
    for submission in standing_submissions(sending):
        rows = list(submission.points.select_related("respondent", "evidence"))
        if submission.respondent.is_coordinator:
            agencies = Point.objects.filter(respondent__invited_by=submission.respondent, left_out="")
            agencies = agencies.exclude(submitted_in=None).filter(submitted_in__at__lte=submission.at)
            rows += list(agencies.select_related("respondent", "evidence"))
        found += [(point, submission) for point in rows]
    return sorted(found, key=lambda pair: (pair[0].paragraph, pair[0].pk))


def weighed(sending: Sending) -> list[Weighed]:
    """Return every point that counts with its verdict, in the order of the letter."""
    found = counted_points(sending)
    rows = Verdict.objects.filter(point__in=[point.pk for point, _ in found]).select_related("person").order_by("pk")
    said = {point.pk: about(point) for point, _ in found}
    newest = {row.point_id: row for row in rows if row.about == said[row.point_id]}
    return [
        Weighed(
            point,
            newest.get(point.pk),
            tuple(other for other, _ in found if stands_against(point, other)),
            submission,
        )
        for point, submission in found
    ]


def about(point: Point) -> str:
    """Return the hash of what a point says: one that was opened again and worded anew is decided on anew."""
    return said_hash("\n".join((point.place, point.kind, point.proposed, point.said, str(point.evidence_id))))


def stands_against(point: Point, other: Point) -> bool:
    """Say whether another's point on the same paragraph proposes other words."""
    if point.pk == other.pk or point.place != other.place or point.respondent_id == other.respondent_id:
        return False
    return point.proposed != other.proposed


def authors_of(case: Case, place: str) -> set[Person]:
    """Return who wrote a finding here: whoever saved a version in which it says something else than in the one before.

    The first version has no author: what it says was written before it came here.
    """
    found: set[Person] = set()
    before: object = None
    for version in case.versions.select_related("person").order_by("number"):
        held = words_of(read_version(version).inspection, place)
        if version.number > 1 and held != before:
            found.add(version.person)
        before = held
    return found


def words_of(inspection: Inspection, place: str) -> object:
    """Return what a finding says; nothing where there is none."""
    return next((plain(held.entry) for held in places(inspection) if held.entry.id == place), None)


def decide(
    access: Access,
    sending: Sending,
    pk: int,
    verdict: str,
    words: str,
    reason: str,
    *,
    seen: str = "",
    once: UUID | None = None,
    led_to: str = "",
) -> Verdict:
    """Decide on a point; raises LettersError where it cannot be, or where somebody else decided meanwhile."""
    refuse_done(access.person, once)
    words, reason = cleaned(words), cleaned(reason)
    with transaction.atomic():
        locked(access.case)
        sending.refresh_from_db()
        rows = weighed(sending)
        held = next((row for row in rows if row.point.pk == pk), None)
        refuse_decision(access, sending, held, verdict, words, reason)
        assert held, "what is refused above has no point"
        if held.verdict and str(held.verdict.pk) != seen:
            raise LettersError(f"{held.verdict.person.name} decided on this point meanwhile. Look at it again.")
        taken = {"accept": held.point.proposed, "part": words}.get(verdict, "")
        refuse_two_wordings(rows, held, taken)
        row = Verdict.objects.create(
            point=held.point,
            verdict=verdict,
            words=taken,
            reason=reason,
            about=about(held.point),
            person=access.person,
            at=now(),
        )
        remember(access.person, once, led_to)
        data = {"point": pk, "verdict": verdict, "words": said_hash(f"{taken}\n{reason}")}
        record(access.case, access.person, "point_decided", str(sending.number), data)
    return row


def refuse_decision(
    access: Access, sending: Sending, held: Weighed | None, verdict: str, words: str, reason: str
) -> None:
    """Raise LettersError where a verdict cannot be given."""
    if held is None or not access.may(Act.DECIDE):
        raise LettersError("This point does not count, or not any more. Look at the list again.")
    if sending.settled_at:
        raise LettersError("The answers are settled. What is to change now changes in the letter’s forms.")
    if verdict not in VERDICTS:
        raise LettersError("Choose what becomes of the point.")
    if not reason:
        raise LettersError("Give the reason: whoever made the point is shown it.")
    if verdict == "part" and not words:
        raise LettersError("Write the words that the paragraph gets.")
    if access.person in authors_of(access.case, held.finding):
        raise LettersError(f"You wrote {held.finding}, so somebody else has to decide on this point.")


def refuse_two_wordings(rows: Iterable[Weighed], held: Weighed, taken: str) -> None:
    """Raise LettersError where a paragraph would get two wordings."""
    for row in rows:
        other = row.verdict
        if row.point.pk == held.point.pk or row.point.place != held.point.place or other is None:
            continue
        if taken and other.words and other.words != taken:
            raise LettersError(
                f"Other words for paragraph {held.point.paragraph} were accepted from {row.point.respondent.body}. "
                "Accept one point, or take this one in part with words for both."
            )


def held_back(sending: Sending) -> list[str]:
    """Return what holds the answers back from being settled."""
    found = []
    if sending.closed_at is None:
        found.append("The answers are still open. Close them first.")
    for respondent in opened_again(sending):
        found.append(
            f"The answer of {respondent.body} was opened again and has not come back. "
            "Wait for it, or end the invitation: then what it said before does not count."
        )
    left = sum(row.is_open for row in weighed(sending))
    if left:
        found.append("1 point has no verdict yet." if left == 1 else f"{left} points have no verdict yet.")
    return found


def opened_again(sending: Sending) -> list[Respondent]:
    """Return who was to change an answer to the inspectorates and has not submitted it once more."""
    rows = sending.respondents.filter(revoked_at=None).exclude(submissions=None).distinct()
    if sending.mode == Mode.SINGLE:
        rows = rows.filter(invited_by=None)
    return [row for row in rows if not row.submissions.filter(reopened_at=None).exists()]


def finish(access: Access, sending: Sending, once: UUID | None, led_to: str) -> Saved | None:
    """Settle the answers: what was accepted makes the next version, and everybody who answered gets the outcome.

    Returns what was saved, where words changed. Raises LettersError with everything that holds it back.
    """
    refuse_done(access.person, once)
    with transaction.atomic():
        case = locked(access.case)
        sending.refresh_from_db()
        if sending.settled_at:
            raise LettersError("These answers are settled already.")
        faults = held_back(sending)
        if faults:
            raise LettersError("\n".join(faults))
        rows = weighed(sending)
        saved, items = version_of(access, sending, rows, once, led_to)
        put_by_hand(sending, items)
        sending.settled_at = now()
        sending.save()
        if saved is None:
            remember(access.person, once, led_to)
        data = {"points": len(rows), "version": saved.number if saved else case.head}
        record(case, access.person, "accuracy_settled", str(sending.number), data)
        for submission in standing_submissions(sending):
            for respondent in with_agencies(submission.respondent):
                tell_outcome(respondent)
        settle(case)
    return saved


def with_agencies(respondent: Respondent) -> list[Respondent]:
    """Return somebody who answered, and the agencies that answered to her."""
    agencies = respondent.invited.filter(submissions__reopened_at=None).exclude(submissions=None).distinct()
    return [held for held in (respondent, *agencies) if held.revoked_at is None]


def tell_outcome(respondent: Respondent) -> None:
    """Tell somebody that the outcome of her answer is there."""
    outbox.put(
        respondent.email,
        "What became of your points on factual accuracy",
        f"Dear {respondent.name}",
        f"The inspectorates have decided on every point. Your page shows what became of yours:\n{page_of(respondent)}",
    )


def version_of(
    access: Access, sending: Sending, rows: list[Weighed], once: UUID | None, led_to: str
) -> tuple[Saved | None, list[Item]]:
    """Save what was accepted as the next version, through the same merge as reviewed copies; return what is by hand."""
    when = now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    words: dict[str, tuple[str, Mark]] = {}
    items = []
    for row in rows:
        verdict = row.verdict
        if verdict is None or verdict.verdict == "reject":
            continue
        if verdict.words:
            words[row.point.place] = (verdict.words, Mark(row.point.respondent.body, when))
        else:
            what = f"Paragraph {row.point.paragraph}, {row.point.respondent.body}: {row.point.said} ({verdict.reason})"
            items.append(Item("", row.finding, what))
    if not words:
        return None, items
    source = text_as_file(text_of(sending.version), sending.version.number, Stage.FACTUAL_ACCURACY)
    kept = SourceFile(sending.file.name, blobs.get(sending.file.blob))
    copy = answered_copy(kept, area_letter(sending.version), words)
    version = sent_inspection(source, joint(), kept)
    found = read_reviews(version, [SourceFile("area.docx", copy)])
    made = merge(version, found, joint(), resolution_of(found, Decisions()))
    change = Change(MadeBy.ACCURACY, f"factual accuracy: {len(words)} accepted", once, led_to)
    saved, clashes = saved_with(access, sending.version, text_of(sending.version), made.inspection_text, change)
    return saved, [*items, *items_of(made, clashes)]


def outcome(respondent: Respondent) -> list[Weighed]:
    """Return what became of the points of somebody and of her agencies; nothing before the answers are settled."""
    if respondent.sending.settled_at is None:
        return []
    rows = weighed(respondent.sending)
    mine = {respondent.pk, *respondent.invited.values_list("pk", flat=True)}
    return [row for row in rows if row.point.respondent_id in mine]


def left_out_of(respondent: Respondent) -> list[Point]:
    """Return the points of an agency that its coordinator did not take into the answer of the area."""
    rows = respondent.points.exclude(submitted_in=None).exclude(left_out="")
    return list(rows.order_by("paragraph", "pk"))


def words_now(place: str, newest: Version) -> str:
    """Return what a paragraph says in a version; nothing where it is gone."""
    return next((held.words for held in paragraphs(newest) if held.place == place), "")


def left_out(sending: Sending) -> list[Point]:
    """Return the points of agencies that their coordinator left out of her answer: to be read, and not decided on."""
    rows = Point.objects.filter(respondent__sending=sending).exclude(submitted_in=None).exclude(left_out="")
    return list(rows.select_related("respondent").order_by("paragraph", "pk"))


def log(sending: Sending) -> list[tuple[Weighed, list[Verdict]]]:
    """Return every point that counts with every verdict that was given on it, the oldest first."""
    rows = weighed(sending)
    given: dict[int, list[Verdict]] = {}
    points = [row.point.pk for row in rows]
    for verdict in Verdict.objects.filter(point__in=points).select_related("person").order_by("pk"):
        given.setdefault(verdict.point_id, []).append(verdict)
    return [(row, given.get(row.point.pk, [])) for row in rows]
