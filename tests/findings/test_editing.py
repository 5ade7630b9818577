"""An inspection changed by hand: what is set, added, moved, withdrawn, brought back and replaced."""

import pytest

from letters.errors import LettersError
from letters.findings import editing
from letters.findings.editing import EditFaults, NoSuchEntry
from letters.findings.inspection import Inspection
from tests import builders


@pytest.fixture
def found() -> Inspection:
    """An inspection with three strengths, one of them with a footnote, and a recommendation that rests on one."""
    return builders.inspection(
        strengths=[
            {"id": "S-01", "text": "The patience of carers."},
            {"id": "S-02", "text": "The help that is given early.[^early]"},
            {"id": "S-03", "text": "The visits that carers make."},
        ],
        recommendations=[builders.recommendation("The timeliness of visits.", id="R-01", findings=["S-02"])],
        footnotes={"early": "Before a child is known to the council."},
    )


def names(inspection: Inspection, section: str) -> list[str]:
    """Return the ids of the findings of a section."""
    return [place.entry.id for place in editing.places(inspection) if place.section == section]


def test_a_new_finding_has_the_next_id_in_the_manner_of_its_section(found: Inspection) -> None:
    assert editing.add(found, "strengths", {"text": "Their kindness."}) == "S-04"
    assert names(editing.proved(found), "strengths") == ["S-01", "S-02", "S-03", "S-04"]


def test_a_new_finding_can_follow_another(found: Inspection) -> None:
    editing.add(found, "strengths", {"text": "Their kindness."}, after="S-01")
    assert names(found, "strengths") == ["S-01", "S-04", "S-02", "S-03"]


def test_no_new_finding_takes_the_id_of_a_withdrawn_one(found: Inspection) -> None:
    editing.withdraw(found, "S-03", "Quinn", "Said elsewhere.")
    assert editing.free_id(found, "strengths") == "S-04"


def test_a_finding_moves_until_the_end_of_its_list(found: Inspection) -> None:
    assert editing.move(found, "S-02", -1)
    assert names(found, "strengths") == ["S-02", "S-01", "S-03"]
    assert not editing.move(found, "S-02", -1)


def test_a_withdrawn_finding_takes_its_footnote_along_and_what_refers_to_it_lets_go(found: Inspection) -> None:
    editing.withdraw(found, "S-02", "Quinn", "Said elsewhere.")
    after = editing.proved(found)
    assert after.footnotes == {}
    assert [entry.findings for entry in after.recommendations] == [[]]  # type: ignore[union-attr]
    assert after.withdrawn[0].footnotes == {"early": "Before a child is known to the council."}


def test_bringing_back_undoes_a_withdrawal(found: Inspection) -> None:
    editing.withdraw(found, "S-02", "Quinn", "Said elsewhere.")
    editing.bring_back(found, "S-02")
    after = editing.proved(found)
    assert names(after, "strengths") == ["S-01", "S-03", "S-02"]
    assert list(after.footnotes) == ["early"]
    assert after.withdrawn == []


def test_the_last_finding_of_a_group_takes_its_heading_along() -> None:
    group = {"heading": "Early help", "items": [{"id": "M-01", "text": "Help comes early."}]}
    found = builders.inspection(main_findings=[group])
    editing.withdraw(found, "M-01", "Quinn", "")
    assert found.main_findings == []
    assert found.withdrawn[0].group == "Early help"


def test_a_finding_that_is_not_there_is_named(found: Inspection) -> None:
    with pytest.raises(NoSuchEntry, match="S-09"):
        editing.place_of(found, "S-09")


def test_everything_that_cannot_be_so_is_said_with_its_place(found: Inspection) -> None:
    editing.set_fields(editing.place_of(found, "S-01").entry, {"text": None, "agencies": ["nobody"]})
    with pytest.raises(EditFaults) as raised:
        editing.proved(found)
    assert [fault.path for fault in raised.value.faults] == [("strengths", 0, "text")]
    assert "empty" in raised.value.faults[0].message


def test_references_are_proved_too(found: Inspection) -> None:
    editing.set_fields(editing.place_of(found, "S-01").entry, {"agencies": ["nobody"]})
    with pytest.raises(EditFaults, match="nobody"):
        editing.proved(found)


def test_words_are_found_whole_and_with_their_capitals(found: Inspection) -> None:
    places = editing.occurrences(found, "carers")
    assert [place.path for place in places] == [("strengths", 0, "text"), ("strengths", 2, "text")]
    assert editing.occurrences(found, "carer") == []
    assert editing.occurrences(found, "Carers") == []


def test_words_are_replaced_at_the_chosen_places_alone(found: Inspection) -> None:
    assert editing.replace(found, "carers", "foster carers", {(("strengths", 2, "text"), 0)}) == 1
    assert [entry.text for entry in found.strengths] == [  # type: ignore[union-attr]
        "The patience of carers.",
        "The help that is given early.[^early]",
        "The visits that foster carers make.",
    ]


def test_ids_and_references_are_no_words(found: Inspection) -> None:
    assert editing.occurrences(found, "S-02") == []
    assert editing.occurrences(found, "council") == [
        editing.Occurrence(("footnotes", "early"), "Before a child is known to the ", "council", ".")
    ]


def test_the_last_finding_of_an_own_section_is_not_withdrawn_alone() -> None:
    extra = {"id": "voices", "after": "strengths", "items": [{"id": "X-01", "text": "Children were heard."}]}
    with pytest.raises(LettersError, match="section voices"):
        editing.withdraw(builders.inspection(sections=[extra]), "X-01", "Quinn", "")
