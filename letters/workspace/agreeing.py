"""Agreement: each inspectorate agrees to words, and to no others; other words let every agreement fall at once."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from letters.findings.inspection import Inspection
from letters.findings.registers import inspectorates
from letters.verbs.agree import MovedWords, agreed_words
from letters.workspace import outbox
from letters.workspace.access import Access
from letters.workspace.events import record
from letters.workspace.issues import Gate, issues_of_version
from letters.workspace.models import Agreement, Case, Part, Person, Purpose, Version, Wish
from letters.workspace.now import now
from letters.workspace.once import refuse_done, remember
from letters.workspace.reading import head_of, joint, moved_places, read_version, taking_part
from letters.workspace.refused import Refused
from letters.workspace.reports.reading import moved_in_report, read_report
from letters.workspace.roles import Role
from letters.workspace.saving import locked
from letters.workspace.setting_aside import said_hash
from letters.workspace.stages import all_agree, given, is_agreement_asked, left_by_hand, settle
from letters.workspace.typed import cleaned

__all__ = ["all_agree", "is_agreement_asked"]


class MovedOn(Refused):
    """Words that are no longer those that the page showed; nothing was agreed."""

    def __init__(self, shown: Version | None) -> None:
        self.shown = shown
        super().__init__([("", "The words are no longer those that you were shown. Look at what changed first.")])


@dataclass(frozen=True)
class Standing:
    """Where one inspectorate stands: whether it agrees to the words as they are now."""

    inspectorate: str
    name: str
    agreement: Agreement | None
    """What it agreed to last, also where that fell."""
    stands: bool
    moved: tuple[MovedWords, ...]
    """The words that changed since it agreed."""
    only_days: bool
    """Whether nothing but days changed since."""
    wishes: tuple[Wish, ...]
    """The changes that it asks for and that nobody answered."""

    @property
    def fell(self) -> bool:
        """Whether it agreed, and to other words."""
        return self.agreement is not None and not self.stands


def standings(case: Case) -> list[Standing]:
    """Return where each inspectorate stands that takes part."""
    head = head_of(case)
    held = given(case)
    names, on = taking_part(head)
    known = inspectorates()
    wishes = list(Wish.objects.filter(case=case, answered_at=None).select_related("person").order_by("pk"))
    found = []
    for name in names:
        agreement = held.get(name)
        stands = agreement is not None and bool(head.words) and agreement.words == head.words
        moved: list[MovedWords] = []
        only_days = False
        if agreement is not None and not stands:
            moved, only_days = moved_since(agreement.version, head)
        own = tuple(wish for wish in wishes if wish.inspectorate == name)
        title = known[name].on(on).name if name in known else name
        found.append(Standing(name, title, agreement, stands, tuple(moved), only_days, own))
    return found


def moved_since(agreed: Version, head: Version) -> tuple[list[MovedWords], bool]:
    """Return the words that differ between an agreed version and the newest one, and whether nothing but days does."""
    if head.case.is_report:
        return moved_in_report(agreed, head), False
    before, after = read_version(agreed).inspection, read_version(head).inspection
    moved = moved_places(before, after)
    return moved, bool(moved) and differ_in_days_alone(before, after)


def answered_wishes(case: Case) -> list[Wish]:
    """Return the changes that approvers asked for and that were answered, the newest first."""
    rows = Wish.objects.filter(case=case).exclude(answered_at=None).select_related("person", "answered_by")
    return list(rows.order_by("-pk"))


def differ_in_days_alone(before: Inspection, after: Inspection) -> bool:
    """Say whether two letters would say the same if their days were the same."""
    return agreed_words(after.model_copy(update={"dates": before.dates}), joint()) == agreed_words(before, joint())


def writers_of_words(case: Case) -> set[Person]:
    """Return who wrote the newest version, and who wrote the first one that has its words."""
    rows = case.versions.select_related("person").order_by("-number")
    head = rows[0]
    first = head
    for version in rows:
        if version.words != head.words:
            break
        first = version
    return {head.person, first.person}


def may_agree(access: Access) -> str:
    """Say why a person cannot agree to the words as they are now; nothing where she can."""
    head = head_of(access.case)
    if access.inspectorate not in taking_part(head)[0]:
        return "Your inspectorate takes no part in this."
    if not is_agreement_asked(access.case):
        return "The lead has not asked for agreement yet."
    if access.case.sendings.filter(purpose=Purpose.REVIEW, is_unmerged=True).exists():
        return "Copies came back, or decisions changed, that no merge has taken in. The words are not yet final."
    if left_by_hand(access.case):
        return "Changes that were accepted are still to be made by hand. The words are not yet those to agree to."
    if access.person in writers_of_words(access.case):
        return "You wrote these words, so another approver of your inspectorate has to agree to them."
    return ""


def ask(access: Access, base: int, once: UUID | None, led_to: str) -> None:
    """Ask every inspectorate that takes part for its agreement; raises Refused with what holds it back."""
    refuse_done(access.person, once)
    with transaction.atomic():
        case = locked(access.case)
        head = head_of(case)
        if base != head.number:
            raise Refused([("", f"Somebody saved version {head.number} meanwhile. Look at it, then ask.")])
        if is_agreement_asked(case):
            raise Refused([("", "Agreement is asked for already.")])
        faults = [("", words) for words in held_back(case, head)]
        if faults:
            raise Refused(faults)
        case.sendings.filter(purpose=Purpose.REVIEW, closed_at=None).update(closed_at=now())
        record(case, access.person, "agreement_asked", f"v{head.number}", {"version": head.number, "words": head.words})
        names, _ = taking_part(head)
        approvers = Part.objects.filter(case=case, until=None, role=Role.APPROVER, person__is_active=True)
        of_those = approvers.filter(person__organisation__register_id__in=names).select_related("person")
        outbox.tell(
            [part.person for part in of_those],
            "You are asked to agree to a letter",
            "Its words are ready for agreement.",
        )
        remember(access.person, once, led_to)
        settle(case)


def held_back(case: Case, head: Version) -> list[str]:
    """Return what holds a letter back from agreement."""
    found = []
    if not head.words:
        what = "Report" if case.is_report else "Letter"
        found.append(f"The {what.lower()} cannot be composed. The page {what} says why.")
    issues = issues_of_version(case, head, Gate.AGREEMENT)
    errors = sum(issue.is_error and issue.is_open for issue in issues)
    if errors:
        what = "1 error is" if errors == 1 else f"{errors} errors are"
        page = "Overview" if case.is_report else "Checks"
        aside = "" if case.is_report else ", or set it aside"
        found.append(f"{what} open. Put right what the page {page} lists{aside}.")
    if case.is_report:
        found += [f"{area} has a letter that is not agreed to yet." for area in read_report(head).open_areas]
    for sending in case.sendings.filter(purpose=Purpose.REVIEW, is_unmerged=True):
        found.append(f"Copies came back in review {sending.number} that are not merged. Decide on them first.")
    left = left_by_hand(case)
    if left:
        what = "1 change is" if len(left) == 1 else f"{len(left)} changes are"
        found.append(f"{what} still to be made by hand after review {left[0].sending.number}.")
    return found


def agree(access: Access, words: str, *, is_authorised: bool, once: UUID | None, led_to: str) -> Agreement:
    """Agree for one's inspectorate to the words that the page showed.

    Raises MovedOn where the newest version has other words, Refused where the person cannot agree.
    """
    refuse_done(access.person, once)
    with transaction.atomic():
        case = locked(access.case)
        head = head_of(case)
        if not words or words != head.words:
            raise MovedOn(case.versions.filter(words=words).exclude(words="").last())
        fault = may_agree(access)
        if fault:
            raise Refused([("", fault)])
        if not is_authorised:
            raise Refused([("authorised", "Confirm that you are authorised to agree for your inspectorate.")])
        row = Agreement.objects.create(
            case=case,
            inspectorate=access.inspectorate,
            person=access.person,
            version=head,
            words=words,
            at=now(),
        )
        remember(access.person, once, led_to)
        data = {"inspectorate": access.inspectorate, "words": words, "version": head.number}
        record(case, access.person, "agreed", access.inspectorate, data)
        settle(case)
    return row


def take_back(access: Access, once: UUID | None, led_to: str) -> None:
    """Take the agreement of one's inspectorate back."""
    refuse_done(access.person, once)
    with transaction.atomic():
        case = locked(access.case)
        row = given(case).get(access.inspectorate)
        if row is None:
            raise Refused([("", "Your inspectorate has not agreed, so there is nothing to take back.")])
        row.taken_back_at = now()
        row.save()
        remember(access.person, once, led_to)
        record(case, access.person, "agreement_taken_back", access.inspectorate, {"words": row.words})
        settle(case)


def wish(access: Access, finding: str, words: str, once: UUID | None, led_to: str) -> Wish:
    """Ask for a change before agreeing; an agreement that stands is taken back by it."""
    refuse_done(access.person, once)
    words = cleaned(words)
    if not words:
        raise Refused([("words", "Say what should change.")])
    with transaction.atomic():
        case = locked(access.case)
        head = head_of(case)
        if access.inspectorate not in taking_part(head)[0]:
            raise Refused([("", "Your inspectorate takes no part in this.")])
        known = set() if case.is_report else {entry.id for entry in read_version(head).inspection.all_findings()}
        row = Wish.objects.create(
            case=case,
            inspectorate=access.inspectorate,
            person=access.person,
            version=head,
            finding=finding if finding in known else "",
            words=words,
            at=now(),
        )
        old = given(case).get(access.inspectorate)
        if old is not None:
            old.taken_back_at = now()
            old.save()
        remember(access.person, once, led_to)
        data = {"words": said_hash(words), "version": head.number, "took_back": old is not None}
        record(case, access.person, "change_asked", access.inspectorate, data)
        settle(case)
    return row


def answer_wish(access: Access, pk: int, words: str, once: UUID | None, led_to: str) -> None:
    """Say what became of a change that an approver asked for."""
    refuse_done(access.person, once)
    words = cleaned(words)
    if not words:
        raise Refused([(f"answer-{pk}", "Say what became of it: the approver is shown it.")])
    with transaction.atomic():
        row = Wish.objects.filter(case=access.case, pk=pk, answered_at=None).first()
        if row is None:
            raise Refused([("", "This was answered already.")])
        row.answer, row.answered_by, row.answered_at = words, access.person, now()
        row.save()
        remember(access.person, once, led_to)
        record(access.case, access.person, "wish_answered", row.inspectorate, {"words": said_hash(words)})
