"""What waits for a person: reviews, agreements, and what a lead has to do."""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from letters.workspace.access import acting, running
from letters.workspace.agreeing import writers_of_words
from letters.workspace.lists import MOST_COUNTED, count_errors
from letters.workspace.models import (
    Asked,
    ByHand,
    Case,
    PackState,
    Person,
    Publication,
    PublicationAct,
    Purpose,
    Return,
    Sending,
    SetAside,
    Stage,
    Wish,
)
from letters.workspace.now import today
from letters.workspace.placing import for_publisher
from letters.workspace.reading import TWO_PEOPLE, head_of, taking_part
from letters.workspace.roles import Act, Role
from letters.workspace.stages import given
from letters.workspace.statement import is_waiting
from letters.workspace.verdicts import weighed


@dataclass(frozen=True)
class Waiting:
    """Something that waits for a person."""

    case: Case
    what: str
    page: str
    """The page of the case on which it is done."""
    number: int | None = None
    """The review that it belongs to."""
    until: date | None = None

    @property
    def is_late(self) -> bool:
        """Whether its day has passed."""
        return self.until is not None and self.until < today()


def waiting(person: Person) -> list[Waiting]:
    """Return what waits for a person, what has a day first, the soonest before the others."""
    found = [
        *reviews_waiting(person),
        *agreements_waiting(person),
        *points_waiting(person),
        *publications_waiting(person),
        *statements_waiting(person),
        *waiting_for_lead(person),
    ]
    return sorted(found, key=lambda row: (row.until is None, row.until or date.max))


def reviews_waiting(person: Person) -> Iterator[Waiting]:
    """Yield the reviews that wait for a copy of a person, or of somebody of her inspectorate."""
    mine = Q(asked__person=person) | Q(asked__person=None, asked__organisation=person.organisation)
    rows = Sending.objects.filter(mine, closed_at=None, case__in=acting(person, Act.REVIEW)).distinct()
    for sending in rows.select_related("case", "version"):
        own = [one for one in answers_awaited(sending) if is_asked(one.asked, person)]
        if not all(one.is_answered for one in own):
            what = f"Review version {sending.version.number}"
            yield Waiting(sending.case, what, "review", sending.number, sending.last_day)


def is_asked(asked: Asked, person: Person) -> bool:
    """Say whether a person is asked, by her name or as one of her inspectorate."""
    return asked.person == person or (asked.person is None and asked.organisation == person.organisation)


@dataclass(frozen=True)
class Awaited:
    """Somebody who was asked to review, and whether there is an answer."""

    asked: Asked
    returns: tuple[Return, ...]

    @property
    def is_answered(self) -> bool:
        """Whether there is an answer: a copy, or that there are no comments."""
        return bool(self.returns)


def answers_awaited(sending: Sending) -> list[Awaited]:
    """Return everybody who was asked to review, each with what came back."""
    returns = [
        row
        for row in Return.objects.filter(sending=sending, fault="").select_related("person", "organisation", "file")
        if row.file_id is None or not row.replaced_by.exists()
    ]
    found = []
    named = {held.person_id for held in sending.asked.exclude(person=None)}
    for asked in sending.asked.select_related("person", "organisation").order_by("pk"):
        own = [row for row in returns if answers(row, asked, named)]
        found.append(Awaited(asked, tuple(own)))
    return found


def answers(row: Return, asked: Asked, named: Container[int | None]) -> bool:
    """Say whether an answer is that of somebody who was asked; a lead may have entered it for her inspectorate."""
    if asked.person is None or row.person_id not in named:
        return row.organisation_id == asked.organisation_id
    return row.person_id == asked.person_id


def agreements_waiting(person: Person) -> Iterator[Waiting]:
    """Yield the letters that wait for the agreement of a person's inspectorate."""
    rows = acting(person, Act.AGREE).filter(stage=Stage.AGREEMENT)
    for case in rows:
        head = head_of(case)
        own = given(case).get(person.organisation.register_id)
        if person.organisation.register_id not in taking_part(head)[0]:
            continue
        if (own is None or own.words != head.words) and person not in writers_of_words(case):
            asked = case.wishes.filter(inspectorate=person.organisation.register_id, answered_at=None).exists()
            if not asked:
                yield Waiting(case, f"Agree to version {head.number}{' again' if own else ''}", "agreement")


def accuracy_waiting(sending: Sending) -> Iterator[Waiting]:
    """Yield what a lead has to do with answers of the area: close them after the last day, then settle them."""
    if sending.closed_at is None and sending.last_day < today():
        yield Waiting(sending.case, "Close the answers of the area", "answers", sending.number, sending.last_day)
    elif sending.closed_at is not None:
        yield Waiting(sending.case, "Settle the answers of the area", "answers", sending.number)


def points_waiting(person: Person) -> Iterator[Waiting]:
    """Yield the drafts whose points wait for a verdict of somebody who decides."""
    deciding = acting(person, Act.DECIDE)
    rows = Sending.objects.filter(case__in=deciding, purpose=Purpose.ACCURACY, settled_at=None)
    for sending in rows.exclude(closed_at=None).select_related("case"):
        left = sum(row.is_open for row in weighed(sending))
        if left:
            what = "1 point" if left == 1 else f"{left} points"
            yield Waiting(sending.case, f"Decide on {what} of the area", "answers", sending.number)


def publications_waiting(person: Person) -> Iterator[Waiting]:
    """Yield what a person has to confirm, to try again or to put on the site of her inspectorate."""
    rows = Publication.objects.select_related("case", "version")
    for row in rows.filter(case__in=acting(person, Act.CONFIRM), state=PackState.ASKED).exclude(person=person):
        yield Waiting(row.case, f"Confirm: {row.what.lower()}", "publication", until=row.day)
    for row in rows.filter(case__in=acting(person, Act.LEAD), state=PackState.FAILED):
        yield Waiting(row.case, "See why nothing was published", "publication", until=row.day)
    publishing = Case.objects.filter(pk__in=running(person).filter(role=Role.PUBLISHER).values("case"))
    for row, site in for_publisher(publishing, person.organisation):
        if site.placing is None:
            what = (
                "Take the letter from your site"
                if row.act == PublicationAct.WITHDRAW
                else "Put the letter on your site"
            )
            yield Waiting(row.case, what, "pack", row.number, row.day)


def statements_waiting(person: Person) -> Iterator[Waiting]:
    """Yield the written statements that a lead has to read, and those that are late."""
    rows = Sending.objects.filter(case__in=acting(person, Act.LEAD), purpose=Purpose.STATEMENT, settled_at=None)
    for sending in rows.select_related("case"):
        if is_waiting(sending):
            yield Waiting(sending.case, "Read the written statement of action", "statement")
        elif sending.last_day < today():
            yield Waiting(sending.case, "Ask where the written statement is", "statement", until=sending.last_day)


def waiting_for_lead(person: Person) -> Iterator[Waiting]:
    """Yield what waits for a lead: errors that hold a letter back, copies to decide on, wishes to answer."""
    leads = acting(person, Act.LEAD)
    for case in leads.filter(errors=None)[:MOST_COUNTED]:
        count_errors(case.pk)
    for case in leads.exclude(errors=0).exclude(errors=None):
        yield Waiting(
            case,
            f"Put {case.errors} error{'s' if case.errors != 1 else ''} right before agreement",
            "report" if case.is_report else "checks",
        )
    rows = SetAside.objects.filter(case__in=leads, rule__in=TWO_PEOPLE, second=None, ended_at=None)
    for row in rows.exclude(person=person).select_related("case"):
        yield Waiting(row.case, f"Confirm that {row.rule} is set aside", "checks")
    unmerged = Sending.objects.filter(case__in=leads, purpose=Purpose.REVIEW, is_unmerged=True)
    for sending in unmerged.select_related("case"):
        yield Waiting(sending.case, f"Decide on copies in review {sending.number}", "decisions", sending.number)
    for item in ByHand.objects.filter(sending__case__in=leads, done_in=None).select_related("sending__case"):
        number = item.sending.number
        if item.sending.purpose == Purpose.ACCURACY:
            yield Waiting(item.sending.case, "Make what the area was right about by hand", "answers", number)
        else:
            yield Waiting(item.sending.case, f"Make a change of review {number} by hand", "merge", number)
    for sending in Sending.objects.filter(case__in=leads, purpose=Purpose.ACCURACY, settled_at=None).select_related(
        "case"
    ):
        yield from accuracy_waiting(sending)
    for held in Wish.objects.filter(case__in=leads, answered_at=None).select_related("case"):
        yield Waiting(held.case, f"Answer what {held.inspectorate} asks for", "agreement")
