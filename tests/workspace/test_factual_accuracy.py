"""Factual accuracy: agreed words alone go out, everybody answers for herself and once, and each point is decided."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from letters.errors import LettersError
from letters.workspace import answering, door, outbox, to_area, verdicts
from letters.workspace.access import Access, NoSuchCase
from letters.workspace.agreeing import ask
from letters.workspace.answering import Said, agency_points, invite_agency, put_point, submit
from letters.workspace.keeping import verify
from letters.workspace.merging import tick_off
from letters.workspace.models import (
    ByHand,
    Case,
    Event,
    Mail,
    Mode,
    Person,
    Point,
    Respondent,
    Sending,
    Stage,
    Submission,
    Version,
)
from letters.workspace.now import today
from letters.workspace.numbered import paragraphs
from letters.workspace.people import invite
from letters.workspace.reading import head_of
from letters.workspace.refused import Refused
from letters.workspace.roles import Role
from letters.workspace.to_area import Invited, Order, send_to_area, usual_last_day
from tests.web.conftest import person, seen_by
from tests.workspace.test_agreement import BODIES, agreed
from tests.workspace.test_saving import saved, words_of

CHAIR = Invited("Ada Lovage", "chair@partnership.example", "Ansford Safeguarding Children Partnership")
POLICE = Invited("Pat Constable", "pat@police.example", "Midmarch Police")
HEALTH = Invited("Hal Nightingale", "hal@health.example", "Ansford Hospitals")


@pytest.fixture
def agreed_case(access: Access) -> Access:
    """A case whose words every inspectorate agreed to."""
    ask(access, 1, None, "/")
    for body in BODIES:
        somebody = person("approver", body)
        invite(access, somebody.email, Role.APPROVER)
        agreed(seen_by(somebody))
    return access


@pytest.fixture
def decider(access: Access) -> Access:
    """Somebody who decides on points and wrote nothing."""
    somebody = person("decider")
    invite(access, somebody.email, Role.FA_DECIDER)
    return seen_by(somebody)


def order(access: Access, mode: str = Mode.SINGLE, invited: Invited = CHAIR) -> Order:
    """Return what a lead fills in to send the newest version to the area."""
    return Order(head_of(access.case).number, mode, usual_last_day(), invited, None, "/")


def sent(access: Access, mode: str = Mode.SINGLE, invited: Invited = CHAIR) -> tuple[Sending, Respondent]:
    """Send the newest version to the area, and return it with who is asked first."""
    sending = send_to_area(access, order(access, mode, invited))
    return sending, sending.respondents.get()


def at(sending: Sending, place: str) -> int:
    """Return the number of a paragraph of the draft."""
    return next(held.number for held in paragraphs(sending.version) if held.place == place)


def point(respondent: Respondent, place: str, old: str, new: str, said: str = "The record says so.") -> Point:
    """Let somebody propose other words in a paragraph."""
    number = at(respondent.sending, place)
    words = next(held.words for held in paragraphs(respondent.sending.version) if held.number == number)
    assert old in words
    return put_point(respondent, Said(number, "wrong", words.replace(old, new), said))


def stage(access: Access) -> str:
    """Return how far a case has come."""
    return Case.objects.get(pk=access.case.pk).stage


class TestSending:
    """The letter goes to the area."""

    def test_nothing_is_sent_unless_every_inspectorate_agrees_to_the_very_words(
        self, access: Access, agreed_case: Access
    ) -> None:
        saved(access, "S-01", "The trust that workers earn.")
        with pytest.raises(Refused, match="agrees to these very words"):
            send_to_area(access, order(access))
        assert not Sending.objects.exists()
        assert not Mail.objects.filter(to=CHAIR.email).exists()

    def test_nothing_is_sent_before_anybody_agreed(self, access: Access) -> None:
        with pytest.raises(Refused, match="agrees to these very words"):
            send_to_area(access, order(access))

    def test_everything_that_is_missing_is_said_at_once(self, agreed_case: Access) -> None:
        empty = replace(order(agreed_case), mode="", last_day=None, coordinator=Invited("", "nowhere", ""))
        with pytest.raises(Refused) as refused:
            send_to_area(agreed_case, empty)
        assert {name for name, _ in refused.value.faults} == {"mode", "last_day", "name", "body", "email"}

    def test_the_day_of_sending_is_the_first_of_ten_working_days(self) -> None:
        assert usual_last_day() > today() + timedelta(days=10)

    def test_an_invitation_says_nothing_of_area_theme_or_words(self, agreed_case: Access) -> None:
        sent(agreed_case)
        assert outbox.deliver() == 1
        said = " ".join(f"{held.to} {held.subject} {held.body}" for held in mail.outbox)
        assert CHAIR.email in said
        assert not any(word in said for word in ("Ansford", "ansford", "violence", "trust"))
        assert set(Mail.objects.values_list("body", flat=True)) == {""}

    def test_one_draft_at_a_time_is_with_the_area(self, agreed_case: Access) -> None:
        sent(agreed_case)
        with pytest.raises(Refused, match="with the area already"):
            sent(agreed_case)
        assert stage(agreed_case) == Stage.ACCURACY

    def test_without_a_mail_server_nothing_is_sent(self, agreed_case: Access, settings: Any) -> None:
        settings.LETTERS = replace(settings.LETTERS, is_demo=False)
        with pytest.raises(Refused, match="no mail server"):
            sent(agreed_case)


class TestDoor:
    """Somebody in the area comes in."""

    def code(self) -> str:
        """Return the code of the newest mail."""
        return str(re.search(r"\d{8}", Mail.objects.latest("pk").body)[0])  # type: ignore[index]

    def test_a_code_opens_once(self, agreed_case: Access) -> None:
        _, chair = sent(agreed_case)
        door.send_code(chair)
        code = self.code()
        door.sign_in(chair, f" {code[:4]} {code[4:]} ")
        with pytest.raises(LettersError, match="too old, was used"):
            door.sign_in(chair, code)

    def test_a_wrong_code_is_tried_five_times_at_most(self, agreed_case: Access) -> None:
        _, chair = sent(agreed_case)
        door.send_code(chair)
        code = self.code()
        wrong = "00000000" if code != "00000000" else "11111111"
        for _ in range(door.MOST_TRIES):
            with pytest.raises(LettersError, match="not the code"):
                door.sign_in(chair, wrong)
        with pytest.raises(LettersError, match="tried too often"):
            door.sign_in(chair, code)

    def test_a_code_of_one_person_opens_nobody_elses_page(self, agreed_case: Access) -> None:
        _, chair = sent(agreed_case)
        police = invite_agency(chair, POLICE)
        door.send_code(police)
        code = self.code()
        door.send_code(chair)
        with pytest.raises(LettersError, match="not the code"):
            door.sign_in(chair, code)

    def test_few_codes_are_sent_in_an_hour(self, agreed_case: Access) -> None:
        _, chair = sent(agreed_case)
        for _ in range(door.MOST_CODES):
            door.send_code(chair)
        with pytest.raises(LettersError, match="Too many codes"):
            door.send_code(chair)

    def test_an_ended_invitation_opens_nothing(self, agreed_case: Access) -> None:
        sending, chair = sent(agreed_case)
        assert door.respondent_with(chair.key) == chair
        to_area.revoke(agreed_case, sending, chair.pk)
        for key in (chair.key, "0" * 32, "", "x" * 5000):
            with pytest.raises(NoSuchCase):
                door.respondent_with(key)


class TestAnswering:
    """The area answers."""

    def test_an_answer_is_submitted_once_with_a_receipt(self, agreed_case: Access) -> None:
        _, chair = sent(agreed_case)
        point(chair, "S-01.text", "relationships of trust", "bonds of trust")
        row = submit(chair, nothing=False)
        assert re.fullmatch(r"\w{4}-\w{4}-\w{4}", row.receipt)
        assert submit(chair, nothing=False) == row
        with pytest.raises(LettersError, match="have submitted"):
            point(chair, "S-02.text", "swift", "slow")

    def test_nothing_is_inaccurate_is_an_answer_and_silence_is_none(self, agreed_case: Access) -> None:
        _, chair = sent(agreed_case)
        with pytest.raises(Refused, match="Write points, or confirm"):
            submit(chair, nothing=False)
        assert submit(chair, nothing=True).points.count() == 0

    def test_both_at_once_is_asked_again(self, agreed_case: Access) -> None:
        _, chair = sent(agreed_case)
        point(chair, "S-01.text", "relationships of trust", "bonds of trust")
        with pytest.raises(Refused, match="You wrote points"):
            submit(chair, nothing=True)

    def test_what_is_wrong_with_a_point_is_said_by_field(self, agreed_case: Access) -> None:
        _, chair = sent(agreed_case)
        with pytest.raises(Refused) as refused:
            put_point(chair, Said(1, "judgement", "", " "))
        assert [name for name, _ in refused.value.faults] == ["kind", "said"]
        with pytest.raises(Refused, match="number of a paragraph"):
            put_point(chair, Said(9999, "wrong", "", "It is."))

    def test_a_coordinator_sees_what_agencies_submitted_and_leaves_out_what_she_does_not_take(
        self, agreed_case: Access
    ) -> None:
        sending, chair = sent(agreed_case)
        police, health = invite_agency(chair, POLICE), invite_agency(chair, HEALTH)
        first = point(police, "S-01.text", "relationships of trust", "bonds of trust")
        assert agency_points(chair) == []
        submit(police, nothing=False)
        second = point(health, "S-01.text", "relationships of trust", "ties of trust")
        submit(health, nothing=False)
        assert agency_points(chair) == [first, second]
        answering.leave_out(chair, first.pk, "Health knows it better.")
        submit(chair, nothing=False)
        assert [row.point for row in verdicts.weighed(sending)] == [second]

    def test_an_agency_sees_no_point_of_another_and_of_no_coordinator(self, agreed_case: Access) -> None:
        _, chair = sent(agreed_case)
        police, health = invite_agency(chair, POLICE), invite_agency(chair, HEALTH)
        held = put_point(police, Said(3, "wrong", "", "It was otherwise.", ("note.txt", b"evidence")))
        submit(police, nothing=False)
        for other in (health,):
            assert answering.own_points(other) == []
            assert agency_points(other) == []
            with pytest.raises(NoSuchCase):
                answering.point_of(other, held.pk)
            with pytest.raises(NoSuchCase):
                answering.evidence_of(other, held.pk)
        assert answering.evidence_of(chair, held.pk) == held.evidence

    def test_only_a_coordinator_invites_agencies(self, agreed_case: Access) -> None:
        _, chair = sent(agreed_case)
        police = invite_agency(chair, POLICE)
        with pytest.raises(Refused, match="Only the coordinator"):
            invite_agency(police, HEALTH)

    def test_where_each_answers_alone_the_lead_invites_and_contradictions_are_shown_to_her(
        self, agreed_case: Access
    ) -> None:
        sending, police = sent(agreed_case, Mode.SEPARATE, POLICE)
        health = to_area.invite(agreed_case, sending, HEALTH)
        first = point(police, "S-01.text", "relationships of trust", "bonds of trust")
        second = point(health, "S-01.text", "relationships of trust", "ties of trust")
        for respondent in (police, health):
            submit(respondent, nothing=False)
        assert [(row.point, row.against) for row in verdicts.weighed(sending)] == [
            (first, (second,)),
            (second, (first,)),
        ]

    def test_a_late_answer_is_marked_and_counts_once_the_lead_takes_it(self, agreed_case: Access) -> None:
        sending, chair = sent(agreed_case)
        point(chair, "S-01.text", "relationships of trust", "bonds of trust")
        to_area.close(agreed_case, sending)
        chair.refresh_from_db()
        row = submit(chair, nothing=False)
        assert (row.is_late, verdicts.weighed(sending)) == (True, [])
        to_area.take_late(agreed_case, sending, row.pk)
        assert len(verdicts.weighed(sending)) == 1

    def test_an_answer_is_opened_again_by_the_lead_alone_and_both_stay(self, agreed_case: Access) -> None:
        sending, chair = sent(agreed_case)
        held = point(chair, "S-01.text", "relationships of trust", "bonds of trust")
        row = submit(chair, nothing=False)
        to_area.reopen(agreed_case, sending, row.pk)
        answering.drop_point(chair, held.pk)
        again = submit(chair, nothing=True)
        assert again.receipt != row.receipt
        assert Submission.objects.count() == 2

    def test_another_coordinator_takes_over_what_agencies_answered(self, agreed_case: Access) -> None:
        sending, chair = sent(agreed_case)
        police = invite_agency(chair, POLICE)
        held = point(police, "S-01.text", "relationships of trust", "bonds of trust")
        submit(police, nothing=False)
        other = to_area.replace_coordinator(agreed_case, sending, Invited("New Chair", "new@partnership.example", "P"))
        with pytest.raises(NoSuchCase):
            door.respondent_with(chair.key)
        assert agency_points(other) == [held]


class TestDeciding:
    """Each point gets a verdict, and what is accepted becomes a version."""

    @pytest.fixture
    def answered(self, agreed_case: Access) -> tuple[Sending, Point, Point]:
        """A draft that came back with two points: one with words, one without."""
        sending, chair = sent(agreed_case)
        first = point(chair, "S-01.text", "relationships of trust", "bonds of trust")
        second = put_point(chair, Said(at(sending, "S-02.text"), "missing", "", "The night team is missing."))
        submit(chair, nothing=False)
        to_area.close(agreed_case, sending)
        return sending, first, second

    def test_every_point_needs_a_verdict_with_a_reason(
        self, agreed_case: Access, decider: Access, answered: tuple[Sending, Point, Point]
    ) -> None:
        sending, first, second = answered
        with pytest.raises(LettersError, match="Give the reason"):
            verdicts.decide(decider, sending, first.pk, "accept", "", " ")
        verdicts.decide(decider, sending, first.pk, "accept", "", "The record says so.")
        with pytest.raises(LettersError, match="1 point has no verdict"):
            verdicts.finish(agreed_case, sending, None, "/")
        assert stage(agreed_case) == Stage.DECIDING
        verdicts.decide(decider, sending, second.pk, "reject", "", "It was not so in the week.")
        verdicts.finish(agreed_case, sending, None, "/")

    def test_what_is_accepted_becomes_a_version_and_agreements_fall_where_words_changed(
        self, agreed_case: Access, decider: Access, answered: tuple[Sending, Point, Point]
    ) -> None:
        sending, first, second = answered
        verdicts.decide(decider, sending, first.pk, "accept", "", "The record says so.")
        verdicts.decide(decider, sending, second.pk, "accept", "", "Say it in its own words.")
        saved_one = verdicts.finish(agreed_case, sending, None, "/")
        assert saved_one
        assert saved_one.number == 2
        assert words_of(head_of(agreed_case.case), "S-01").startswith("The bonds of trust")
        (item,) = ByHand.objects.all()
        assert (item.place, "night team" in item.what) == ("S-02", True)
        assert stage(agreed_case) == Stage.AGREEMENT

    def test_a_footnote_is_answered_like_a_paragraph(self, agreed_case: Access, decider: Access) -> None:
        saved_note = head_of(agreed_case.case)
        sending, chair = sent(agreed_case)
        place = next(held.place for held in paragraphs(saved_note) if held.place.startswith("footnotes.needs"))
        words = next(held.words for held in paragraphs(saved_note) if held.place == place)
        held = point(chair, place, words.split()[0], "Otherwise")
        assert held.now == words
        submit(chair, nothing=False)
        to_area.close(agreed_case, sending)
        verdicts.decide(decider, sending, held.pk, "accept", "", "The record says so.")
        verdicts.finish(agreed_case, sending, None, "/")
        newest = head_of(agreed_case.case)
        assert next(held.words for held in paragraphs(newest) if held.place == place).startswith("Otherwise")

    def test_where_nothing_is_accepted_the_words_stay_and_agreements_stand(
        self, agreed_case: Access, decider: Access, answered: tuple[Sending, Point, Point]
    ) -> None:
        sending, first, second = answered
        for held in (first, second):
            verdicts.decide(decider, sending, held.pk, "reject", "", "It was not so.")
        assert verdicts.finish(agreed_case, sending, None, "/") is None
        assert head_of(agreed_case.case).number == 1
        assert stage(agreed_case) == Stage.FINAL

    def test_who_wrote_the_finding_does_not_decide_on_it(self, access: Access, agreed_case: Access) -> None:
        before = words_of(Version.objects.get(number=1), "S-01")
        writer = person("writer")
        invite(access, writer.email, Role.LEAD)
        invite(access, writer.email, Role.FA_DECIDER)
        saved(seen_by(writer), "S-01", "Other words.")
        saved(access, "S-01", before, base=2)
        sending, chair = sent(agreed_case)
        held = point(chair, "S-01.text", "relationships of trust", "bonds of trust")
        submit(chair, nothing=False)
        with pytest.raises(LettersError, match="You wrote S-01"):
            verdicts.decide(seen_by(writer), sending, held.pk, "accept", "", "Because.")

    def test_a_paragraph_does_not_get_two_wordings(self, agreed_case: Access, decider: Access) -> None:
        sending, police = sent(agreed_case, Mode.SEPARATE, POLICE)
        health = to_area.invite(agreed_case, sending, HEALTH)
        first = point(police, "S-01.text", "relationships of trust", "bonds of trust")
        second = point(health, "S-01.text", "relationships of trust", "ties of trust")
        for respondent in (police, health):
            submit(respondent, nothing=False)
        verdicts.decide(decider, sending, first.pk, "accept", "", "The record says so.")
        with pytest.raises(LettersError, match="accepted from Midmarch Police"):
            verdicts.decide(decider, sending, second.pk, "accept", "", "So does this one.")

    def test_a_verdict_that_somebody_gave_meanwhile_is_shown_first(
        self, agreed_case: Access, decider: Access, answered: tuple[Sending, Point, Point]
    ) -> None:
        sending, first, _ = answered
        row = verdicts.decide(decider, sending, first.pk, "accept", "", "The record says so.")
        with pytest.raises(LettersError, match="decided on this point meanwhile"):
            verdicts.decide(decider, sending, first.pk, "reject", "", "No.")
        verdicts.decide(decider, sending, first.pk, "reject", "", "No.", seen=str(row.pk))
        assert verdicts.weighed(sending)[0].verdict != row

    def test_a_verdict_holds_for_the_words_that_it_was_given_on_alone(
        self, agreed_case: Access, decider: Access
    ) -> None:
        sending, chair = sent(agreed_case)
        held = point(chair, "S-01.text", "relationships of trust", "bonds of trust")
        row = submit(chair, nothing=False)
        verdicts.decide(decider, sending, held.pk, "accept", "", "The record says so.")
        to_area.reopen(agreed_case, sending, row.pk)
        said = Said(held.paragraph, "wrong", "Something else entirely.", "Now it is otherwise.")
        put_point(chair, said, answering.point_of(chair, held.pk))
        submit(chair, nothing=False)
        assert [weighed.is_open for weighed in verdicts.weighed(sending)] == [True]

    def test_nobody_agrees_while_an_accepted_point_is_still_to_be_made_by_hand(
        self, agreed_case: Access, decider: Access, answered: tuple[Sending, Point, Point]
    ) -> None:
        sending, first, second = answered
        verdicts.decide(decider, sending, first.pk, "reject", "", "It was not so.")
        verdicts.decide(decider, sending, second.pk, "accept", "", "Say it in its own words.")
        verdicts.finish(agreed_case, sending, None, "/")
        assert stage(agreed_case) == Stage.AGREEMENT
        approver = Person.objects.get(email="approver@cqc.example")
        with pytest.raises(Refused, match="by hand"):
            agreed(seen_by(approver))
        with pytest.raises(Refused, match="by hand"):
            sent(agreed_case)
        with pytest.raises(LettersError, match="No version was saved since"):
            tick_off(agreed_case, sending, ByHand.objects.get().pk)
        tick_off(agreed_case, sending, ByHand.objects.get().pk, "It says so three lines further on.")
        assert stage(agreed_case) == Stage.FINAL

    def test_everybody_who_answered_is_shown_the_outcome_and_told_of_it(
        self, agreed_case: Access, decider: Access
    ) -> None:
        sending, chair = sent(agreed_case)
        police = invite_agency(chair, POLICE)
        held = point(police, "S-01.text", "relationships of trust", "bonds of trust")
        submit(police, nothing=False)
        submit(chair, nothing=False)
        to_area.close(agreed_case, sending)
        assert verdicts.outcome(chair) == []
        verdicts.decide(decider, sending, held.pk, "reject", "", "It was not so in the week.")
        before = Mail.objects.count()
        verdicts.finish(agreed_case, sending, None, "/")
        for respondent in (chair, police):
            fresh = Respondent.objects.get(pk=respondent.pk)
            (row,) = verdicts.outcome(fresh)
            assert row.verdict
            assert row.verdict.reason == "It was not so in the week."
        assert Mail.objects.count() == before + 2

    def test_the_record_proves_the_answers_and_holds_no_words_of_them(
        self, agreed_case: Access, decider: Access, answered: tuple[Sending, Point, Point]
    ) -> None:
        sending, first, second = answered
        verdicts.decide(decider, sending, first.pk, "part", "The ties of Xanadu.", "Because of Zanzibar.")
        verdicts.decide(decider, sending, second.pk, "reject", "", "Because of Quito.")
        assert list(verify(agreed_case.case.slug)) == []
        data = " ".join(Event.objects.values_list("data", flat=True))
        assert not any(word in data for word in ("Xanadu", "Zanzibar", "Quito", "night", "bonds"))
        Submission.objects.all().update(receipt="AAAA-BBBB-CCCC")
        assert any("answers of the area" in words for words in verify(agreed_case.case.slug))


def test_a_lead_who_left_out_nothing_sends_it_once(agreed_case: Access, lead: Person) -> None:
    sending, _ = sent(agreed_case)
    assert sending.person == lead
    assert outbox.deliver() == 1
    assert outbox.deliver() == 0
