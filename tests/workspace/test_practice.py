"""What published letters say is found by words, theme, scope and agency; nothing that is not public is."""

from datetime import timedelta

import pytest

from letters.workspace import placing, practice, rounds, selecting
from letters.workspace.access import Access
from letters.workspace.keeping import verify
from letters.workspace.models import LetterEntry
from letters.workspace.now import today
from letters.workspace.numbered import paragraphs
from letters.workspace.practice import Sought, search
from letters.workspace.reading import head_of
from letters.workspace.refused import Refused
from tests.web.conftest import CASE, person, signed_in
from tests.workspace.test_agreement import approvers
from tests.workspace.test_publication import all_agreed_again, art, done, quickly, ready, second
from tests.workspace.test_saving import saved

__all__ = ["approvers", "art", "quickly", "second"]


@pytest.fixture
def published(access: Access, second: Access, approvers: dict[str, Access]) -> Access:
    """A case whose letter is published."""
    ready(access, approvers)
    done(access, second)
    return access


def found(**sought: str) -> list[str]:
    """Return the findings that fit."""
    return [row.finding for row in search(Sought(**sought))]


def test_nothing_of_a_draft_is_found(access: Access) -> None:
    assert found() == []


def test_every_finding_of_a_published_letter_is_found_once_with_its_paragraph(published: Access) -> None:
    entries = list(LetterEntry.objects.all())
    assert len({row.finding for row in entries}) == len(entries) > 30
    places = {held.number: held.place for held in paragraphs(head_of(published.case))}
    assert all(places[row.paragraph].startswith(f"{row.finding}.") for row in entries)


def test_a_word_is_found_in_another_form_and_by_its_beginning(published: Access) -> None:
    assert "S-01" in found(words="relationships trust")
    assert "S-01" in found(words="relationship")
    assert "S-01" in found(words="relation tru")
    assert found(words="relationships zebra") == []


@pytest.mark.parametrize("words", ['"', "'; DROP TABLE x", "* OR", "(", "a:b", "\\", "-x", "NEAR(", "²"])
def test_signs_that_a_search_could_take_for_its_own_do_nothing(published: Access, words: str) -> None:
    assert isinstance(found(words=words), list)


def test_good_practice_is_strengths_and_highly_effective_case_studies(published: Access) -> None:
    assert {row.kind for row in search(Sought(kind="good"))} <= {"strength", "highly_effective"}
    assert set(found(kind="strength")) < set(found())


def test_a_kind_of_agency_finds_what_is_about_it_and_what_is_for_all(published: Access) -> None:
    police = found(agency="police", kind="priority")
    assert "R-02" in police
    assert "R-01" in police
    assert "R-07" not in found(agency="police", kind="improvement")


def test_a_correction_takes_the_place_of_what_it_corrects_and_a_withdrawal_takes_all(
    published: Access, second: Access, approvers: dict[str, Access]
) -> None:
    saved(published, "S-01", "The patience that workers have.")
    all_agreed_again(published, approvers)
    done(published, second, "amend", "The first strength was put right.")
    assert "S-01" in found(words="patience")
    assert "S-01" not in found(words="relationships trust")
    done(published, second, "withdraw", "A court ordered it.")
    assert found() == []


def test_a_round_shows_its_cases_and_only_those_that_one_may_see(published: Access) -> None:
    (member,) = rounds.members(published.person, "Serious youth violence")
    assert member.publication is not None
    assert member.counts["priority"] == 2
    stranger = person("stranger")
    assert rounds.names(stranger) == []
    assert rounds.members(stranger, "Serious youth violence") == []
    assert "Ansford" not in signed_in(stranger).get("/rounds/?name=Serious+youth+violence").content.decode()


def test_a_letter_is_found_from_the_day_of_its_publication(
    access: Access, second: Access, approvers: dict[str, Access], monkeypatch: pytest.MonkeyPatch
) -> None:
    ready(access, approvers)
    done(access, second, later=30)
    assert found() == []
    monkeypatch.setattr(practice, "today", lambda: today() + timedelta(days=30))
    assert len(found()) > 30


def test_the_newest_address_is_given(published: Access) -> None:
    row = published.case.publications.get()
    for name in ("wrong", "right"):
        placing.place(published, row, "cqc", f"https://{name}.example/a", None, "/")
    assert practice.addresses(list(LetterEntry.objects.all())) == {row.pk: "https://right.example/a"}


def test_why_an_area_was_chosen_is_seen_by_leads_alone_and_is_in_nothing_that_is_made(
    access: Access, second: Access, approvers: dict[str, Access]
) -> None:
    selecting.note(access, "incidents", "Ulaanbaatar serious incident", today(), "Xanadu", None, "/")
    with pytest.raises(Refused, match="has passed"):
        selecting.note(access, "reviews", "A review", today() + timedelta(days=1), "", None, "/")
    approver = signed_in(approvers["cqc"].person)
    assert approver.get(f"/c/{CASE}/selection").status_code == 404
    lead = signed_in(access.person)
    assert "Ulaanbaatar" in lead.get(f"/c/{CASE}/selection").content.decode()
    assert "Ulaanbaatar" not in lead.get(f"/c/{CASE}/history").content.decode()
    ready(access, approvers)
    row = done(access, second)
    from letters.workspace.packing import pack_of

    assert not any(b"Ulaanbaatar" in data or b"Xanadu" in data for data in pack_of(row).files.values())
    assert list(verify(CASE)) == []
    assert practice.themes() == ["serious youth violence"]
