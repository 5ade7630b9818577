"""What people in the area and reviewers said, and what was decided on it, is in the letter, listed, or said to be neither."""

import pytest

from letters.document.blocks import Document
from letters.errors import LettersError
from letters.findings import editing
from letters.workspace import agreeing, answering, deciding, merging, returning, sending, to_area, verdicts
from letters.workspace.access import Access
from letters.workspace.answering import Said, put_point, submit
from letters.workspace.keeping import verify
from letters.workspace.models import ByHand, MadeBy, Person, Point, Respondent, Sending, Submission, Verdict
from letters.workspace.numbered import paragraphs
from letters.workspace.people import invite
from letters.workspace.process_documents import LEFT_OUT, accuracy_of, enter_form
from letters.workspace.reading import head_of, read_version
from letters.workspace.refused import Refused
from letters.workspace.returning import Given
from letters.workspace.reviewing import cards
from letters.workspace.roles import Role
from letters.workspace.saving import Change, save
from letters.workspace.to_area import Invited
from letters.workspace.waiting import answers_awaited, waiting
from tests.web.conftest import person, seen_by
from tests.workspace.reviews import TRUST, copy_of, given
from tests.workspace.reviews import sent as sent_for_review
from tests.workspace.test_factual_accuracy import (
    POLICE,
    agreed_case,
    decider,
    order,
    point,
    sent,
)
from tests.workspace.test_saving import words_of

__all__ = ["agreed_case", "decider"]
OTHER = Invited("Nora Next", "nora@partnership.example", "Ansford Safeguarding Children Partnership")


def reworded(respondent: Respondent, place: str) -> Point:
    """Let somebody propose another third word in a paragraph."""
    held = next(one for one in paragraphs(respondent.sending.version) if one.place == place)
    words = held.words.split(" ")
    return put_point(respondent, Said(held.number, "wrong", " ".join([*words[:2], "Changed", *words[3:]]), "It is so."))


def letter_of(access: Access) -> Document:
    """Return the letter of the newest version."""
    found = read_version(head_of(access.case)).letter
    assert isinstance(found, Document)
    return found


def settled(access: Access, decider: Access, draft: Sending) -> None:
    """Close the answers, accept every point and settle."""
    to_area.close(access, draft)
    for row in verdicts.weighed(draft):
        verdicts.decide(decider, draft, row.point.pk, "accept", "", "It is so.")
    verdicts.finish(access, draft, None, "/")


class TestAcceptedWords:
    """Words that the area proposed and that were accepted."""

    @pytest.mark.parametrize("place", ["H-02.text", "opening", "principal-authority", "footnotes.needs"])
    def test_a_paragraph_with_a_footnote_keeps_it(self, agreed_case: Access, decider: Access, place: str) -> None:
        draft, chair = sent(agreed_case)
        before = [note.id for note in letter_of(agreed_case).notes]
        reworded(chair, place)
        submit(chair, nothing=False)
        settled(agreed_case, decider, draft)
        after = letter_of(agreed_case)
        assert [note.id for note in after.notes] == before
        assert "Changed" in " ".join(held.words for held in paragraphs(head_of(agreed_case.case)))

    def test_emphasis_does_not_spread(self, agreed_case: Access, decider: Access) -> None:
        wanted = read_version(head_of(agreed_case.case)).inspection.model_copy(deep=True)
        entry = editing.place_of(wanted, "S-01").entry
        first, _, rest = entry.text.partition(" ")
        entry.text = f"*{first}* {rest}"
        save(agreed_case, 1, wanted, Change(MadeBy.FORM, "emphasis", None, "/"))
        draft, chair = sent(agreed_case)
        reworded(chair, "S-01.text")
        submit(chair, nothing=False)
        settled(agreed_case, decider, draft)
        assert words_of(head_of(agreed_case.case), "S-01").startswith(f"*{first}* ")


class TestTheAnswerOfTheArea:
    """Points of agencies, whatever becomes of the coordinator."""

    def test_an_agency_does_not_answer_into_the_void(self, agreed_case: Access) -> None:
        _, chair = sent(agreed_case)
        police = answering.invite_agency(chair, POLICE)
        submit(chair, nothing=True)
        with pytest.raises(LettersError, match="submitted already"):
            point(police, "S-01.text", *TRUST)
        with pytest.raises(LettersError, match="submitted already"):
            submit(police, nothing=True)

    def test_an_agency_s_answer_is_opened_again_only_after_that_of_the_area(self, agreed_case: Access) -> None:
        draft, chair = sent(agreed_case)
        police = answering.invite_agency(chair, POLICE)
        point(police, "S-01.text", *TRUST)
        own, whole = submit(police, nothing=False), submit(chair, nothing=False)
        with pytest.raises(LettersError, match="Open that one first"):
            to_area.reopen(agreed_case, draft, own.pk)
        to_area.reopen(agreed_case, draft, whole.pk)
        to_area.reopen(agreed_case, draft, own.pk)
        submit(police, nothing=False)
        submit(chair, nothing=False)
        assert len(verdicts.weighed(draft)) == 1

    @pytest.mark.parametrize("ended", [True, False])
    def test_another_coordinator_takes_over_agencies_and_points(self, agreed_case: Access, ended: bool) -> None:
        draft, chair = sent(agreed_case)
        police = answering.invite_agency(chair, POLICE)
        point(police, "S-01.text", *TRUST)
        submit(police, nothing=False)
        point(chair, "S-02.text", " and ", " or ")
        if ended:
            to_area.revoke(agreed_case, draft, chair.pk)
        other = to_area.replace_coordinator(agreed_case, draft, OTHER)
        assert [held.body for held in answering.agencies_of(other)] == [POLICE.body]
        submit(other, nothing=False)
        assert len(verdicts.weighed(draft)) == 2

    def test_a_coordinator_whose_answer_counts_is_not_replaced(self, agreed_case: Access) -> None:
        draft, chair = sent(agreed_case)
        point(chair, "S-01.text", *TRUST)
        submit(chair, nothing=False)
        with pytest.raises(LettersError, match="it counts"):
            to_area.replace_coordinator(agreed_case, draft, OTHER)

    def test_nothing_is_settled_while_an_answer_is_open_again(self, agreed_case: Access) -> None:
        draft, chair = sent(agreed_case)
        point(chair, "S-01.text", *TRUST)
        row = submit(chair, nothing=False)
        to_area.reopen(agreed_case, draft, row.pk)
        to_area.close(agreed_case, draft)
        assert any("opened again" in said for said in verdicts.held_back(draft))

    def test_an_agency_is_told_of_a_point_that_was_left_out(self, agreed_case: Access, decider: Access) -> None:
        draft, chair = sent(agreed_case)
        police = answering.invite_agency(chair, POLICE)
        held = point(police, "S-01.text", *TRUST)
        submit(police, nothing=False)
        answering.leave_out(chair, held.pk, "Health knows it better.")
        submit(chair, nothing=True)
        settled(agreed_case, decider, draft)
        police.sending.refresh_from_db()
        record = accuracy_of(draft, police, verdicts.outcome(police))
        assert record.accuracy
        (said,) = record.accuracy.points
        assert (said.verdict, said.reason) == (LEFT_OUT, "Health knows it better.")

    def test_a_point_that_was_decided_on_can_be_taken_out_and_stays_on_record(
        self, agreed_case: Access, decider: Access
    ) -> None:
        draft, chair = sent(agreed_case)
        held = point(chair, "S-01.text", *TRUST)
        row = submit(chair, nothing=False)
        verdicts.decide(decider, draft, held.pk, "accept", "", "It is so.")
        to_area.reopen(agreed_case, draft, row.pk)
        answering.drop_point(chair, held.pk)
        assert not answering.own_points(chair)
        assert Verdict.objects.get().point_id == held.pk
        assert list(verify(agreed_case.case.slug)) == []

    def test_a_form_is_not_entered_over_what_somebody_began_or_submitted(self, agreed_case: Access) -> None:
        draft, chair = sent(agreed_case)
        point(chair, "S-01.text", *TRUST)
        with pytest.raises(LettersError, match="begun to answer"):
            enter_form(agreed_case, draft, chair.pk, "form.docx", b"")
        submit(chair, nothing=False)
        with pytest.raises(LettersError, match="submitted her answer already"):
            enter_form(agreed_case, draft, chair.pk, "form.docx", b"")
        assert Submission.objects.count() == 1

    def test_a_form_that_is_sent_twice_makes_one_point_and_one_invitation(self, agreed_case: Access) -> None:
        draft, chair = sent(agreed_case)
        for _ in range(2):
            point(chair, "S-01.text", *TRUST)
        assert len(answering.own_points(chair)) == 1
        answering.invite_agency(chair, POLICE)
        with pytest.raises(Refused, match="invited already"):
            answering.invite_agency(chair, POLICE)
        assert draft.respondents.count() == 2

    def test_signs_that_no_file_can_carry_are_taken_out_as_they_come(self, agreed_case: Access) -> None:
        _, chair = sent(agreed_case)
        held = put_point(chair, Said(3, "wrong", "", "X\x0bY\x02Z\u2028end"))
        assert held.said == "X\nYZ\nend"
        with pytest.raises(Refused):
            answering.invite_agency(chair, Invited("\x02", "a@b.example", "Police"))


class TestWhatLeadsOutOfOrder:
    """What must not happen while something else is open."""

    def test_nothing_goes_to_the_area_while_a_review_is_open(self, agreed_case: Access) -> None:
        sent_for_review(agreed_case)
        with pytest.raises(Refused, match="review began"):
            to_area.send_to_area(agreed_case, order(agreed_case))

    def test_nothing_goes_to_the_area_while_an_approver_asks_for_a_change(self, agreed_case: Access) -> None:
        approver = seen_by(agreed_case.case.parts.filter(role=Role.APPROVER).first().person)  # type: ignore[union-attr]
        agreeing.wish(approver, "S-01", "Say who did it.", None, "/")
        agreeing.agree(approver, head_of(agreed_case.case).words, is_authorised=True, once=None, led_to="/")
        with pytest.raises(Refused, match="asks for a change"):
            to_area.send_to_area(agreed_case, order(agreed_case))

    def test_an_old_page_undoes_nothing_that_happened_since(self, agreed_case: Access, decider: Access) -> None:
        draft, chair = sent(agreed_case)
        old = Sending.objects.get(pk=draft.pk)
        submit(chair, nothing=True)
        settled(agreed_case, decider, draft)
        with pytest.raises(LettersError, match="settled"):
            to_area.change_last_day(agreed_case, old, draft.last_day)
        assert Sending.objects.get(pk=draft.pk).settled_at is not None


@pytest.fixture
def reviewer(access: Access) -> Person:
    """Somebody of CQC who reviews."""
    found = person("rita", "cqc")
    invite(access, found.email, Role.REVIEWER)
    return found


@pytest.fixture
def reviewed(access: Access, reviewer: Person) -> Sending:
    """A review to which one copy with one change came back."""
    review = sent_for_review(access, "cqc")
    given(review, reviewer, copy_of(review, {"S-01": TRUST}))
    return review


class TestDecisionsOnCopies:
    """What is decided is what the next version says, whenever it is decided."""

    def decided(self, access: Access, review: Sending, verdict: str, reason: str = "", **more: str) -> None:
        """Decide on the one change."""
        (card,) = cards(review)
        seen = str(card.decision.pk) if card.decision else ""
        deciding.decide(access, review, card.change.id, verdict, reason, **{"seen": seen, **more})  # type: ignore[arg-type]

    def test_a_decision_that_changes_after_the_merge_waits_for_another_merge(
        self, access: Access, reviewed: Sending
    ) -> None:
        self.decided(access, reviewed, "accept")
        merging.make_version(access, reviewed, None, "/")
        self.decided(access, reviewed, "reject", "No, after all.")
        assert "Decide on copies in review 1" in [row.what for row in waiting(access.person)]
        merging.make_version(access, Sending.objects.get(), None, "/")
        assert TRUST[0] in words_of(head_of(access.case), "S-01")

    def test_the_same_decision_once_more_asks_for_no_merge(self, access: Access, reviewed: Sending) -> None:
        self.decided(access, reviewed, "accept")
        merging.make_version(access, reviewed, None, "/")
        self.decided(access, reviewed, "accept")
        assert not Sending.objects.get().is_unmerged
        with pytest.raises(LettersError, match="Nothing was merged"):
            merging.make_version(access, Sending.objects.get(), None, "/")

    def test_two_leads_who_write_other_words_do_not_overwrite_each_other(
        self, access: Access, reviewed: Sending
    ) -> None:
        self.decided(access, reviewed, "part", "Plainer.", text="ties of trust")
        with pytest.raises(deciding.DecidedMeanwhile):
            self.decided(access, reviewed, "part", "Plainer.", text="links of trust", seen="")
        self.decided(access, reviewed, "accept")
        self.decided(access, reviewed, "accept", seen="")

    def test_a_finding_that_was_withdrawn_meanwhile_is_named_without_what_is_internal(
        self, access: Access, reviewed: Sending
    ) -> None:
        wanted = read_version(head_of(access.case)).inspection.model_copy(deep=True)
        editing.withdraw(wanted, "S-01", "Quinn", "It is said elsewhere.")
        save(access, 1, wanted, Change(MadeBy.FORM, "withdrew S-01", None, "/"))
        self.decided(access, reviewed, "accept")
        merging.make_version(access, reviewed, None, "/")
        (item,) = ByHand.objects.all()
        assert item.place == "S-01"
        assert item.what.startswith("S-01 was withdrawn since it was sent.")
        assert "object at" not in item.what
        assert "evidence" not in item.what

    def test_a_stale_page_does_not_hide_a_copy_that_came(self, access: Access, reviewer: Person) -> None:
        review = sent_for_review(access, "cqc")
        old = Sending.objects.get(pk=review.pk)
        given(review, reviewer, copy_of(review, {"S-01": TRUST}))
        sending.close(access, old)
        assert Sending.objects.get().is_unmerged


class TestCopies:
    """Which copies count."""

    def test_a_replaced_copy_does_not_come_back(self, access: Access, reviewer: Person) -> None:
        review = sent_for_review(access, "cqc")
        first, second = copy_of(review, {"S-01": TRUST}), copy_of(review, {"S-02": (" and ", " or ")})
        old = given(review, reviewer, first)
        given(review, reviewer, second, replaces=old)
        with pytest.raises(LettersError, match="newer copy replaced it"):
            given(review, reviewer, first)
        third = copy_of(review, {"S-03": (" of ", " for ")})
        with pytest.raises(LettersError, match="was replaced already"):
            given(review, reviewer, third, replaces=old)

    def test_a_copy_that_a_lead_enters_answers_for_whom_it_is_of(self, access: Access, reviewer: Person) -> None:
        review = sent_for_review(access, "cqc")
        review.asked.model.objects.create(sending=review, person=reviewer, organisation=reviewer.organisation)
        whole = Given(reviewer.organisation, None)
        returning.give_copy(access, review, whole, "copy.docx", copy_of(review, {"S-01": TRUST}))
        assert all(row.is_answered for row in answers_awaited(review))
