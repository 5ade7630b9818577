"""Reviews: what goes out is kept, what comes back is told at once, and nothing that anybody wrote is lost."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from letters.document.marks import Mark
from letters.errors import LettersError
from letters.verbs.read_word import holds_review
from letters.workspace import blobs, deciding, merging
from letters.workspace.access import Access
from letters.workspace.models import ByHand, Case, Decision, Event, Mail, Person, Return, Stage, Version
from letters.workspace.now import today
from letters.workspace.proposing import propose
from letters.workspace.reading import head_of, read_version
from letters.workspace.refused import Refused
from letters.workspace.returning import Given, NotWord, give_copy, no_comments
from letters.workspace.reviewing import cards, lone_comments
from letters.workspace.roles import Role
from letters.workspace.sending import QUESTIONS, change_last_day, close, send_for_review
from letters.workspace.stages import copies_that_count
from letters.workspace.waiting import waiting
from tests.web.conftest import seen_by
from tests.workspace.reviews import TRUST, copy_of, given, order, sent
from tests.workspace.test_saving import saved, words_of

Give = Callable[[Role, str], Person]


@pytest.fixture
def reviewer(taking_part: Give) -> Person:
    """A reviewer of the Care Quality Commission."""
    return taking_part(Role.REVIEWER, "cqc")


@pytest.fixture
def other(taking_part: Give) -> Person:
    """An approver of HMI Constabulary, who reviews too."""
    return taking_part(Role.APPROVER, "hmicfrs")


def stage(access: Access) -> str:
    """Return how far a case has come."""
    return Case.objects.get(pk=access.case.pk).stage


class TestSending:
    """A version goes out."""

    def test_what_is_sent_is_kept_and_is_the_letter_of_its_version(self, access: Access) -> None:
        sending = sent(access)
        data = blobs.get(sending.file.blob)
        assert sending.file.name == "ansford-2024-v1.docx"
        assert not holds_review(data)
        assert copies_that_count(sending).count() == 0

    @pytest.mark.parametrize("left", QUESTIONS)
    def test_every_question_of_the_checklist_is_answered_first(self, access: Access, left: str) -> None:
        ticked = tuple(name for name in QUESTIONS if name != left)
        with pytest.raises(Refused) as refused:
            send_for_review(access, replace(order(access, "ofsted"), ticked=ticked))
        assert [name for name, _ in refused.value.faults] == [f"check-{left}"]

    def test_everything_that_is_missing_is_said_at_once(self, access: Access) -> None:
        empty = replace(order(access), ticked=(), last_day=None)
        with pytest.raises(Refused) as refused:
            send_for_review(access, empty)
        assert {name for name, _ in refused.value.faults} == {
            "people",
            "last_day",
            *(f"check-{name}" for name in QUESTIONS),
        }

    def test_a_letter_with_errors_at_the_gate_of_agreement_is_not_sent(self, access: Access) -> None:
        saved(access, "S-01", "Sgt Brown helped TBC.")
        access.case.refresh_from_db()
        with pytest.raises(Refused, match="error"):
            send_for_review(access, order(access, "ofsted"))

    def test_the_same_words_are_not_sent_under_two_numbers(self, access: Access) -> None:
        sent(access)
        saved(access, "S-01", "Other words.")
        saved(access, "S-01", words_of(access.case.versions.get(number=1), "S-01"), base=2)
        with pytest.raises(Refused, match="sent in review 1 already"):
            sent(access)

    def test_a_version_that_somebody_saved_meanwhile_is_looked_at_first(self, access: Access) -> None:
        early = order(access, "ofsted")
        saved(access, "S-01", "The trust that workers earn.")
        access.case.refresh_from_db()
        with pytest.raises(Refused, match="saved version 2 meanwhile"):
            send_for_review(access, early)

    def test_it_waits_for_everybody_of_an_inspectorate_until_one_answers(
        self, access: Access, reviewer: Person, taking_part: Give
    ) -> None:
        second = taking_part(Role.WRITER, "cqc")
        sending = sent(access, "cqc")
        assert [row.what for row in waiting(second)] == ["Review version 1"]
        no_comments(seen_by(reviewer), sending, Given(reviewer.organisation))
        assert list(waiting(second)) == []

    def test_those_who_are_asked_are_told_by_mail_without_a_word_of_the_case(
        self, access: Access, reviewer: Person, other: Person
    ) -> None:
        sent(access, "cqc")
        (mail,) = Mail.objects.all()
        assert mail.to == reviewer.email
        assert "by" in mail.body
        assert not any(word in f"{mail.subject} {mail.body}" for word in ("ansford", "Ansford", "violence"))

    def test_a_day_that_has_passed_is_no_last_day(self, access: Access) -> None:
        sending = sent(access)
        with pytest.raises(LettersError, match="not passed"):
            change_last_day(access, sending, today() - timedelta(days=1))
        change_last_day(access, sending, today() + timedelta(days=9))
        sending.refresh_from_db()
        assert sending.last_day == today() + timedelta(days=9)

    def test_a_closed_review_waits_for_nobody_and_takes_what_still_comes(
        self, access: Access, reviewer: Person
    ) -> None:
        sending = sent(access, "cqc")
        close(access, sending)
        assert (list(waiting(reviewer)), stage(access)) == ([], Stage.DRAFTING)
        assert given(sending, reviewer, copy_of(sending, {"S-01": TRUST})).fault == ""


class TestCopies:
    """Copies come back."""

    def test_a_reviewer_is_told_at_once_what_is_in_her_copy(self, access: Access, reviewer: Person) -> None:
        sending = sent(access, "cqc")
        copy = given(sending, reviewer, copy_of(sending, {"S-01": TRUST}, remarks={"S-02": "Is this so?"}))
        found = {name: copy.found[name] for name in ("changes", "comments", "untracked", "elsewhere")}
        assert found == {"changes": 1, "comments": 1, "untracked": 0, "elsewhere": []}
        assert (copy.name, copy.fault) == ("cqc", "")

    def test_a_pdf_is_kept_and_named_for_what_it_is(self, access: Access, reviewer: Person) -> None:
        sending = sent(access, "cqc")
        with pytest.raises(NotWord, match="it is a PDF"):
            given(sending, reviewer, b"%PDF-1.7 and more")
        kept = Return.objects.get()
        assert kept.file
        assert blobs.get(kept.file.blob) == b"%PDF-1.7 and more"
        assert list(copies_that_count(sending)) == []

    def test_a_damaged_file_is_kept_and_not_taken(self, access: Access, reviewer: Person) -> None:
        sending = sent(access, "cqc")
        copy = given(sending, reviewer, b"PK\x03\x04 and nothing of a Word file")
        assert copy.fault
        assert list(copies_that_count(sending)) == []

    def test_a_copy_of_another_version_says_where_it_belongs(self, access: Access, reviewer: Person) -> None:
        first = sent(access, "cqc")
        old = copy_of(first, {"S-01": TRUST})
        saved(access, "S-02", "Strong partnership at every level.")
        second = sent(access, "cqc")
        assert "Give it in review 1" in given(second, reviewer, old).fault

    def test_the_same_file_twice_counts_once(self, access: Access, reviewer: Person) -> None:
        sending = sent(access, "cqc")
        data = copy_of(sending, {"S-01": TRUST})
        assert given(sending, reviewer, data) == given(sending, reviewer, data)
        assert copies_that_count(sending).count() == 1

    def test_a_second_copy_is_a_further_reviewers_unless_its_sender_says_otherwise(
        self, access: Access, reviewer: Person
    ) -> None:
        sending = sent(access, "cqc")
        first = given(sending, reviewer, copy_of(sending, {"S-01": TRUST}))
        given(sending, reviewer, copy_of(sending, {"S-02": (" and ", " or ")}, "Ben"))
        assert [copy.name for copy in copies_that_count(sending)] == ["cqc", "cqc.2"]
        given(sending, reviewer, copy_of(sending, {"S-03": (" and ", " or ")}), replaces=first)
        assert [copy.name for copy in copies_that_count(sending)] == ["cqc.2", "cqc.3"]

    def test_nobodys_copy_replaces_another_persons(self, access: Access, reviewer: Person, taking_part: Give) -> None:
        sending = sent(access, "cqc")
        first = given(sending, reviewer, copy_of(sending, {"S-01": TRUST}))
        colleague = taking_part(Role.WRITER, "cqc")
        with pytest.raises(LettersError, match="gave yourself"):
            given(sending, colleague, copy_of(sending, {"S-02": (" and ", " or ")}), replaces=first)

    def test_nobody_answers_for_another_inspectorate_but_the_lead(
        self, access: Access, reviewer: Person, other: Person, lead: Person
    ) -> None:
        sending = sent(access, "cqc")
        data = copy_of(sending, {"S-01": TRUST})
        with pytest.raises(LettersError, match="own inspectorate"):
            give_copy(seen_by(reviewer), sending, Given(other.organisation), "copy.docx", data)
        assert give_copy(seen_by(lead), sending, Given(other.organisation), "copy.docx", data).name == "hmicfrs"

    def test_what_is_written_in_the_browser_is_a_copy_with_tracked_changes_and_comments(
        self, access: Access, reviewer: Person
    ) -> None:
        sending = sent(access, "cqc")
        hers = seen_by(reviewer)
        propose(hers, sending, "S-01", {"text": "The trust that workers earn."}, "Shorter.", None, "/")
        copy = propose(hers, sending, "S-02", {}, "Who says so?", None, "/")
        assert (copy.found["comments"], copy.is_written_here) == (2, True)
        assert [held.name for held in copies_that_count(sending)] == [copy.name]
        said = [card.authors for card in cards(sending)]
        assert said
        assert set(said) == {(reviewer.name,)}
        assert [comment.words for comment in lone_comments(sending)] == ["Who says so?"]

    def test_what_was_written_in_the_browser_can_be_taken_back(self, access: Access, reviewer: Person) -> None:
        sending = sent(access, "cqc")
        hers = seen_by(reviewer)
        propose(hers, sending, "S-01", {"text": "The trust that workers earn."}, "", None, "/")
        before = words_of(sending.version, "S-01")
        copy = propose(hers, sending, "S-01", {"text": before}, "", None, "/")
        assert copy.found["changes"] == 0
        assert cards(sending) == []


def decided(access: Access, sending: object, change: str, verdict: str, reason: str = "", text: str = "") -> None:
    """Decide on a change."""
    deciding.decide(access, sending, change, verdict, reason, text)  # type: ignore[arg-type]


class TestDeciding:
    """A lead decides."""

    def test_a_card_has_the_whole_sentence_before_and_after(self, access: Access, reviewer: Person) -> None:
        sending = sent(access, "cqc")
        given(sending, reviewer, copy_of(sending, {"S-01": TRUST}))
        (card,) = cards(sending)
        before = "".join(piece.words for piece in card.pieces if piece.kind != "inserted")
        after = "".join(piece.words for piece in card.pieces if piece.kind != "deleted")
        assert before.startswith("The relationships of trust")
        assert before.endswith(".")
        assert after.startswith("The bonds of trust")
        assert card.is_open

    def test_the_same_change_of_two_reviewers_is_one_card(
        self, access: Access, reviewer: Person, other: Person
    ) -> None:
        sending = sent(access, "cqc", "hmicfrs")
        given(sending, reviewer, copy_of(sending, {"S-01": TRUST}))
        given(sending, other, copy_of(sending, {"S-01": TRUST}, "Ben"))
        (card,) = cards(sending)
        assert card.authors == ("Ann", "Ben")
        decided(access, sending, card.change.id, "reject", "Trust is the word of the framework.")
        assert [held.state for held in cards(sending)] == ["rejected"]

    def test_two_changes_to_the_same_words_are_not_both_accepted(
        self, access: Access, reviewer: Person, other: Person
    ) -> None:
        sending = sent(access, "cqc", "hmicfrs")
        given(sending, reviewer, copy_of(sending, {"S-01": TRUST}))
        given(sending, other, copy_of(sending, {"S-01": ("relationships of trust", "ties of trust")}, "Ben"))
        first, second = cards(sending)
        assert first.disputes
        assert second.disputes
        decided(access, sending, first.change.id, "accept")
        with pytest.raises(LettersError, match="both are accepted"):
            decided(access, sending, second.change.id, "accept")
        decided(access, sending, second.change.id, "reject", "The other is plainer.")
        assert [card.state for card in cards(sending)] == ["accepted", "rejected"]

    def test_a_change_is_rejected_or_taken_in_part_with_a_reason(self, access: Access, reviewer: Person) -> None:
        sending = sent(access, "cqc")
        given(sending, reviewer, copy_of(sending, {"S-01": TRUST}))
        (card,) = cards(sending)
        for verdict in ("reject", "part"):
            with pytest.raises(LettersError, match="reason"):
                decided(access, sending, card.change.id, verdict, " ", "ties")
        decided(access, sending, card.change.id, "part", "Plainer.", "ties")
        assert [held.state for held in cards(sending)] == ["in part"]
        merging.make_version(access, sending, None, "/")
        assert words_of(head_of(access.case), "S-01").startswith("The ties of trust")

    def test_a_decision_is_taken_back_and_the_record_keeps_both(self, access: Access, reviewer: Person) -> None:
        sending = sent(access, "cqc")
        given(sending, reviewer, copy_of(sending, {"S-01": TRUST}))
        (card,) = cards(sending)
        decided(access, sending, card.change.id, "accept")
        held = cards(sending)[0].decision
        assert held
        deciding.decide(access, sending, card.change.id, "open", "", seen=str(held.pk))
        assert cards(sending)[0].is_open
        assert Decision.objects.count() == 2

    def test_another_decision_that_was_made_meanwhile_is_shown_first(self, access: Access, reviewer: Person) -> None:
        sending = sent(access, "cqc")
        given(sending, reviewer, copy_of(sending, {"S-01": TRUST}))
        (card,) = cards(sending)
        decided(access, sending, card.change.id, "accept")
        with pytest.raises(deciding.DecidedMeanwhile):
            decided(access, sending, card.change.id, "reject", "No.")
        assert cards(sending)[0].state == "accepted"

    def test_what_was_decided_on_a_replaced_copy_is_offered_and_does_not_hold_by_itself(
        self, access: Access, reviewer: Person
    ) -> None:
        sending = sent(access, "cqc")
        first = given(sending, reviewer, copy_of(sending, {"S-01": TRUST}))
        decided(access, sending, "cqc-1", "reject", "Trust is the word of the framework.")
        both = {"S-01": TRUST, "H-02": ("respond quickly", "attend promptly")}
        both = {name: pair for name, pair in both.items() if pair[0] in words_of(sending.version, name)}
        given(sending, reviewer, copy_of(sending, {**both, "S-02": (" and ", " or ")}), replaces=first)
        assert all(card.is_open for card in cards(sending))
        assert deciding.take_over(access, sending) == 1
        states = {card.finding: card.state for card in cards(sending)}
        assert states["S-01"] == "rejected"
        assert states["S-02"] == "open"

    def test_a_decision_on_a_copy_that_was_replaced_meanwhile_is_refused(
        self, access: Access, reviewer: Person
    ) -> None:
        sending = sent(access, "cqc")
        first = given(sending, reviewer, copy_of(sending, {"S-01": TRUST}))
        given(sending, reviewer, copy_of(sending, {"S-02": (" and ", " or ")}), replaces=first)
        with pytest.raises(LettersError, match="gave another one"):
            decided(access, sending, "cqc-1", "accept")

    def test_all_undisputed_changes_of_a_copy_are_decided_at_once(
        self, access: Access, reviewer: Person, other: Person
    ) -> None:
        sending = sent(access, "cqc", "hmicfrs")
        given(sending, reviewer, copy_of(sending, {"S-01": TRUST, "S-02": (" and ", " or ")}))
        given(sending, other, copy_of(sending, {"S-01": ("relationships of trust", "ties of trust")}, "Ben"))
        count = deciding.decide_on_all(
            access, sending, lambda card: not card.disputes and card.copies[0].name == "cqc", "accept", ""
        )
        assert count == 1
        assert sorted(card.state for card in cards(sending)) == ["accepted", "open", "open"]

    def test_a_comment_is_answered_and_its_reviewer_is_shown_the_answer(self, access: Access, reviewer: Person) -> None:
        sending = sent(access, "cqc")
        given(sending, reviewer, copy_of(sending, {}, remarks={"S-02": "Is this so?"}))
        deciding.answer(access, sending, "cqc", 1, "Yes: two records say it.")
        (comment,) = lone_comments(sending)
        assert comment.answer
        assert comment.answer.words == "Yes: two records say it."
        with pytest.raises(LettersError, match="no such comment"):
            deciding.answer(access, sending, "cqc", 2, "Yes.")


class TestMerging:
    """The next version is made."""

    def test_nothing_is_merged_while_a_change_is_undecided(self, access: Access, reviewer: Person) -> None:
        sending = sent(access, "cqc")
        with pytest.raises(LettersError, match="No copy came back"):
            merging.make_version(access, sending, None, "/")
        given(sending, reviewer, copy_of(sending, {"S-01": TRUST}))
        with pytest.raises(LettersError, match="1 change is undecided"):
            merging.make_version(access, sending, None, "/")
        assert head_of(access.case).number == 1

    def test_a_merge_makes_the_next_version_and_what_others_saved_meanwhile_stays(
        self, access: Access, reviewer: Person
    ) -> None:
        sending = sent(access, "cqc")
        given(sending, reviewer, copy_of(sending, {"S-01": TRUST}))
        saved(access, "S-02", "Strong partnership at every level.")
        decided(access, sending, "cqc-1", "accept")
        assert merging.make_version(access, sending, None, "/").number == 3
        head = head_of(access.case)
        assert words_of(head, "S-01").startswith("The bonds of trust")
        assert words_of(head, "S-02") == "Strong partnership at every level."
        assert ByHand.objects.count() == 0

    def test_words_that_somebody_changed_meanwhile_stand_and_the_accepted_change_is_left_for_a_person(
        self, access: Access, reviewer: Person
    ) -> None:
        sending = sent(access, "cqc")
        given(sending, reviewer, copy_of(sending, {"S-01": TRUST}))
        saved(access, "S-01", "The trust that workers earn.")
        decided(access, sending, "cqc-1", "accept")
        merging.make_version(access, sending, None, "/")
        assert words_of(head_of(access.case), "S-01") == "The trust that workers earn."
        (item,) = ByHand.objects.all()
        assert item.place == "S-01"
        assert "bonds of trust" in item.what
        saved(access, "S-01", "The bonds of trust that workers earn.", base=head_of(access.case).number)
        merging.tick_off(access, sending, item.pk)
        item.refresh_from_db()
        assert item.done_in == head_of(access.case)

    def test_a_copy_that_comes_after_the_merge_is_merged_too_and_undoes_nothing(
        self, access: Access, reviewer: Person, other: Person
    ) -> None:
        sending = sent(access, "cqc", "hmicfrs")
        given(sending, reviewer, copy_of(sending, {"S-01": TRUST}))
        decided(access, sending, "cqc-1", "accept")
        merging.make_version(access, sending, None, "/")
        saved(access, "S-01", "The bonds that workers earn.", base=2)
        given(sending, other, copy_of(sending, {"S-02": (" and ", " or ")}, "Ben"))
        sending.refresh_from_db()
        assert sending.is_unmerged
        decided(access, sending, "hmicfrs-1", "accept")
        merging.make_version(access, sending, None, "/")
        head = head_of(access.case)
        assert words_of(head, "S-01") == "The bonds that workers earn."
        assert words_of(head, "S-02") != words_of(Version.objects.get(number=1), "S-02")
        assert ByHand.objects.count() == 0

    def test_only_a_lead_merges(self, access: Access, reviewer: Person, taking_part: Give) -> None:
        sending = sent(access, "cqc")
        given(sending, reviewer, copy_of(sending, {"S-01": TRUST}))
        decided(access, sending, "cqc-1", "accept")
        writer = taking_part(Role.WRITER, "cqc")
        with pytest.raises(LettersError):
            merging.make_version(seen_by(writer), sending, None, "/")
        assert head_of(access.case).number == 1

    def test_no_event_of_a_review_holds_words_of_the_letter_or_of_a_reviewer(
        self, access: Access, reviewer: Person
    ) -> None:
        sending = sent(access, "cqc")
        given(sending, reviewer, copy_of(sending, {"S-01": TRUST}, remarks={"S-02": "Zanzibar."}))
        decided(access, sending, "cqc-1", "part", "Because of Xanadu.", "Yonder")
        deciding.answer(access, sending, "cqc", 1, "Answered in Quito.")
        merging.make_version(access, sending, None, "/")
        data = " ".join(Event.objects.values_list("data", flat=True))
        assert not any(word in data for word in ("bonds", "Zanzibar", "Xanadu", "Yonder", "Quito"))


def test_the_words_of_a_reviewer_stay_hers(access: Access, reviewer: Person) -> None:
    sending = sent(access, "cqc")
    propose(seen_by(reviewer), sending, "S-01", {"text": "The trust that workers earn."}, "", None, "/")
    marks: set[Mark] = {card.change.hunk.mark for card in cards(sending)}
    assert {mark.author for mark in marks} == {reviewer.name}
    assert read_version(sending.version).inspection.id == "ansford-2024"
