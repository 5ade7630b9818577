"""What has happened already in some cases of a demo, so that every page has something to show."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from letters.errors import LettersError
from letters.workspace import agreeing, answering, publishing, sending, to_area, verdicts
from letters.workspace.access import Access, case_for
from letters.workspace.models import Mode, Person, Sending
from letters.workspace.now import today
from letters.workspace.people import invite
from letters.workspace.proposing import propose
from letters.workspace.reading import head_of, read_version
from letters.workspace.roles import Act, Role

CHAIR = ("Ada Lovage", "ada@partnership.example")
INSPECTORATES = 4
"""How many take part in a case that can have one of these lives: the people of the demo are of four."""
DAYS = 7


@dataclass(frozen=True)
class Cast:
    """A case as its lead sees it, and the people of the demo: of the lead inspectorate two, of each other one."""

    lead: Access
    people: Sequence[Person]

    def seen_by(self, number: int, act: Act) -> Access:
        """Return the case as one of the people sees it."""
        return case_for(self.people[number], self.lead.case.slug, act)


def begin(accesses: Sequence[Access], people: Sequence[Person]) -> None:
    """Let some cases begin somewhere else than at their first version; one that cannot stays as it is."""
    fitting = [
        access
        for access in accesses[1:]
        if len(read_version(head_of(access.case)).inspection.inspectorates) == INSPECTORATES
    ]
    for access, live in zip(fitting, LIVES, strict=False):
        with suppress(LettersError):
            live(Cast(access, people))


def in_review(cast: Cast) -> None:
    """A version is with two inspectorates, and one of them has answered."""
    last_day = today() + timedelta(days=DAYS)
    order = sending.Order(cast.lead.case.head, (), ("cqc", "hmicfrs"), last_day, tuple(sending.QUESTIONS), None, "/")
    sent = sending.send_for_review(cast.lead, order)
    finding = read_version(sent.version).inspection.strengths[0]
    words = f"{getattr(finding, 'text', '').rstrip('.')}, in every agency."
    propose(
        cast.seen_by(2, Act.REVIEW),
        sent,
        str(getattr(finding, "id", "")),
        {"text": words},
        "Did all of us see it?",
        None,
        "/",
    )


def in_agreement(cast: Cast) -> None:
    """Agreement is asked for, and one inspectorate has given it."""
    agreeing.ask(cast.lead, head_of(cast.lead.case).number, None, "/")
    agree(cast, 2)


def agree(cast: Cast, number: int) -> None:
    """Let one of the people agree for her inspectorate."""
    words = head_of(cast.lead.case).words
    agreeing.agree(cast.seen_by(number, Act.AGREE), words, is_authorised=True, once=None, led_to="/")


def with_area(cast: Cast) -> Sending:
    """Everybody has agreed, and the letter is with the area."""
    for number in (1, 3):
        invite(cast.lead, cast.people[number].email, Role.APPROVER)
    invite(cast.lead, cast.people[1].email, Role.FA_DECIDER)
    agreeing.ask(cast.lead, head_of(cast.lead.case).number, None, "/")
    for number in (1, 2, 3, 4):
        agree(cast, number)
    head = head_of(cast.lead.case)
    partnership = read_version(head).inspection.partnership.name
    invited = to_area.Invited(*CHAIR, partnership)
    order = to_area.Order(head.number, Mode.SINGLE, to_area.usual_last_day(), invited, None, "/")
    return to_area.send_to_area(cast.lead, order)


def to_be_published(cast: Cast) -> None:
    """The area found nothing inaccurate, and publication waits for a second person."""
    sent = with_area(cast)
    answering.submit(sent.respondents.get(), nothing=True)
    to_area.close(cast.lead, sent)
    verdicts.finish(cast.lead, sent, None, "/")
    for number, role in ((2, Role.PUBLISHER), (3, Role.PUBLISHER)):
        invite(cast.lead, cast.people[number].email, role)
    head = head_of(cast.lead.case)
    day = max(today(), read_version(head).inspection.dates.letter)
    publishing.ask(cast.lead, publishing.Order(head.number, "publish", day, "", "", None, "/"))


LIVES: tuple[Callable[[Cast], object], ...] = (in_review, in_agreement, with_area, to_be_published)
