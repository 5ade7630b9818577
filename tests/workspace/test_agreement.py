"""Agreement is to words and to no others: when they change it falls at once, and nothing is agreed unseen."""

from datetime import timedelta
from uuid import uuid4

import pytest

from letters.workspace import agreeing
from letters.workspace.access import Access
from letters.workspace.agreeing import MovedOn, agree, all_agree, answer_wish, ask, standings, take_back, wish
from letters.workspace.models import Agreement, Case, MadeBy, Mail, Person, Stage, Version
from letters.workspace.once import DoneAlready
from letters.workspace.people import invite
from letters.workspace.reading import head_of, read_version
from letters.workspace.refused import Refused
from letters.workspace.roles import Act, Role
from letters.workspace.saving import Change, save
from letters.workspace.waiting import waiting
from tests.web.conftest import person, seen_by
from tests.workspace.reviews import TRUST, copy_of, given, sent
from tests.workspace.test_saving import saved, words_of

BODIES = ("ofsted", "cqc", "hmicfrs", "hmiprobation")


@pytest.fixture
def approvers(access: Access) -> dict[str, Access]:
    """An approver of each inspectorate, and the case as she sees it."""
    found = {}
    for body in BODIES:
        somebody = person("approver", body)
        invite(access, somebody.email, Role.APPROVER)
        found[body] = seen_by(somebody)
    return found


def asked(access: Access) -> None:
    """Ask for agreement to the newest version."""
    ask(access, head_of(access.case).number, None, "/")


def agreed(approver: Access, words: str = "") -> Agreement:
    """Agree to the newest words, or to others that a page showed."""
    shown = words or head_of(approver.case).words
    return agree(approver, shown, is_authorised=True, once=None, led_to="/")


def all_agreed(access: Access, approvers: dict[str, Access]) -> None:
    """Let every inspectorate agree to the newest words."""
    asked(access)
    for approver in approvers.values():
        agreed(approver)


def stage(access: Access) -> str:
    """Return how far a case has come."""
    return Case.objects.get(pk=access.case.pk).stage


def states(access: Access) -> dict[str, str]:
    """Return where each inspectorate stands."""
    return {
        held.inspectorate: "stands" if held.stands else "fell" if held.fell else "open"
        for held in standings(access.case)
    }


def test_nobody_agrees_before_the_lead_asks(approvers: dict[str, Access]) -> None:
    with pytest.raises(Refused, match="not asked"):
        agreed(approvers["cqc"])


def test_all_agree_once_every_inspectorate_that_takes_part_does(access: Access, approvers: dict[str, Access]) -> None:
    asked(access)
    assert stage(access) == Stage.AGREEMENT
    for number, approver in enumerate(approvers.values(), start=1):
        assert not all_agree(access.case)
        agreed(approver)
        assert sum(held.stands for held in standings(access.case)) == number
    assert all_agree(access.case)
    assert stage(access) == Stage.AGREED


def test_other_words_let_every_agreement_fall_at_once_and_say_where(
    access: Access, approvers: dict[str, Access]
) -> None:
    all_agreed(access, approvers)
    saved(access, "S-01", words_of(Version.objects.get(number=1), "S-01").replace(*TRUST))
    assert set(states(access).values()) == {"fell"}
    assert stage(access) == Stage.AGREEMENT
    (moved,) = standings(access.case)[0].moved
    assert moved.place == "S-01.text"
    assert "relationships of trust" in moved.before
    assert "bonds of trust" in moved.after


def test_a_version_with_the_same_words_lets_nothing_fall(access: Access, approvers: dict[str, Access]) -> None:
    all_agreed(access, approvers)
    wanted = read_version(head_of(access.case)).inspection.model_copy(deep=True)
    next(wanted.all_findings()).note = "Seen by the team only."
    save(access, 1, wanted, Change(MadeBy.FORM, "a note", None, "/"))
    assert head_of(access.case).number == 2
    assert all_agree(access.case)


def test_words_that_come_back_stand_again(access: Access, approvers: dict[str, Access]) -> None:
    all_agreed(access, approvers)
    before = words_of(Version.objects.get(number=1), "S-01")
    saved(access, "S-01", "The trust that workers earn.")
    assert not all_agree(access.case)
    saved(access, "S-01", before, base=2)
    assert all_agree(access.case)


def test_where_only_days_changed_it_says_so(access: Access, approvers: dict[str, Access]) -> None:
    all_agreed(access, approvers)
    wanted = read_version(head_of(access.case)).inspection.model_copy(deep=True)
    wanted.dates.letter += timedelta(days=1)
    save(access, 1, wanted, Change(MadeBy.FORM, "dates", None, "/"))
    assert all(held.fell and held.only_days for held in standings(access.case))
    saved(access, "S-01", "The trust that workers earn.", base=2)
    assert not any(held.only_days for held in standings(access.case))


def test_words_that_moved_on_while_the_page_was_open_are_not_agreed_to(
    access: Access, approvers: dict[str, Access]
) -> None:
    asked(access)
    shown = head_of(access.case).words
    saved(access, "S-01", "The trust that workers earn.")
    with pytest.raises(MovedOn) as moved:
        agreed(approvers["cqc"], shown)
    assert moved.value.shown == Version.objects.get(number=1)
    assert not Agreement.objects.exists()


def test_nobody_agrees_to_words_that_she_wrote_herself(access: Access, approvers: dict[str, Access]) -> None:
    writer = approvers["cqc"]
    invite(access, writer.person.email, Role.LEAD)
    writer = seen_by(writer.person)
    saved(writer, "S-01", "The trust that workers earn.")
    asked(access)
    with pytest.raises(Refused, match="You wrote these words"):
        agreed(writer)
    wanted = read_version(head_of(access.case)).inspection.model_copy(deep=True)
    next(wanted.all_findings()).note = "Somebody else saves the same words."
    save(access, 2, wanted, Change(MadeBy.FORM, "a note", None, "/"))
    with pytest.raises(Refused, match="You wrote these words"):
        agreed(writer)


def test_an_inspectorate_that_takes_no_part_does_not_agree(access: Access) -> None:
    stranger = person("approver", "cqc")
    invite(access, stranger.email, Role.APPROVER)
    wanted = read_version(head_of(access.case)).inspection.model_copy(deep=True)
    wanted.inspectorates = [name for name in wanted.inspectorates if name != "cqc"]
    wanted.signatories = [held for held in wanted.signatories if held.inspectorate != "cqc"]
    for entry in wanted.all_findings():
        entry.inspectorates = [name for name in entry.inspectorates if name != "cqc"]
    save(access, 1, wanted, Change(MadeBy.FORM, "three inspectorates", None, "/"))
    with pytest.raises(Refused, match="takes no part"):
        agreed(seen_by(stranger))


def test_without_saying_that_she_is_authorised_nobody_agrees(access: Access, approvers: dict[str, Access]) -> None:
    asked(access)
    with pytest.raises(Refused, match="authorised"):
        agree(approvers["cqc"], head_of(access.case).words, is_authorised=False, once=None, led_to="/")


def test_an_agreement_is_taken_back_and_the_row_stays(access: Access, approvers: dict[str, Access]) -> None:
    all_agreed(access, approvers)
    take_back(approvers["cqc"], None, "/")
    assert states(access)["cqc"] == "open"
    assert Agreement.objects.filter(inspectorate="cqc").exclude(taken_back_at=None).count() == 1
    with pytest.raises(Refused, match="nothing to take back"):
        take_back(approvers["cqc"], None, "/")


def test_who_asks_for_a_change_does_not_agree_meanwhile_and_is_shown_the_answer(
    access: Access, approvers: dict[str, Access], lead: Person
) -> None:
    all_agreed(access, approvers)
    held = wish(approvers["hmicfrs"], "S-01", "Say who earned the trust.", None, "/")
    assert not all_agree(access.case)
    assert [row.what for row in waiting(lead) if "asks for" in row.what] != []
    assert waiting(approvers["hmicfrs"].person) == []
    answer_wish(access, held.pk, "Done in version 2.", None, "/")
    assert [row.what for row in waiting(approvers["hmicfrs"].person)] == ["Agree to version 1"]
    with pytest.raises(Refused, match="answered already"):
        answer_wish(access, held.pk, "Once more.", None, "/")


def test_agreement_is_not_asked_for_while_copies_are_undecided(access: Access, approvers: dict[str, Access]) -> None:
    sending = sent(access, "cqc")
    given(sending, approvers["cqc"].person, copy_of(sending, {"S-01": TRUST}))
    with pytest.raises(Refused, match="not merged"):
        asked(access)


def test_a_new_review_ends_the_asking(access: Access, approvers: dict[str, Access]) -> None:
    asked(access)
    saved(access, "S-01", "The trust that workers earn.")
    sent(access, "cqc")
    assert stage(access) == Stage.REVIEW
    with pytest.raises(Refused, match="not asked"):
        agreed(approvers["cqc"])


def test_agreeing_twice_with_one_form_is_agreeing_once(access: Access, approvers: dict[str, Access]) -> None:
    asked(access)
    key, words = uuid4(), head_of(access.case).words
    agree(approvers["cqc"], words, is_authorised=True, once=key, led_to="/there")
    with pytest.raises(DoneAlready):
        agree(approvers["cqc"], words, is_authorised=True, once=key, led_to="/there")
    assert Agreement.objects.count() == 1


def test_an_approver_sees_what_waits_for_her_inspectorate(access: Access, approvers: dict[str, Access]) -> None:
    asked(access)
    assert [row.what for row in waiting(approvers["cqc"].person)] == ["Agree to version 1"]
    agreed(approvers["cqc"])
    assert waiting(approvers["cqc"].person) == []
    saved(access, "S-01", "The trust that workers earn.")
    assert [row.what for row in waiting(approvers["cqc"].person)] == ["Agree to version 2 again"]


def test_approvers_are_told_by_mail_once_agreement_is_asked_for(access: Access, approvers: dict[str, Access]) -> None:
    asked(access)
    told = set(Mail.objects.values_list("to", flat=True))
    assert told == {approver.person.email for approver in approvers.values()}
    assert not any("nsford" in f"{mail.subject} {mail.body}" for mail in Mail.objects.all())


def test_a_lead_who_approves_nothing_does_not_agree(access: Access) -> None:
    assert not access.may(Act.AGREE)
    assert agreeing.may_agree(access) != ""
