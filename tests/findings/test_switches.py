"""The open questions of the consultation: each switch works in both positions."""

from typing import Any

import pytest

from letters.document.blocks import Document, plain
from letters.document.walk import block_texts, outline, words
from letters.errors import CompositionFault
from letters.findings.timetable import timetable
from tests.builders import inspection, letter, recommendation

URGENT = recommendation("Urgent words.", priority="priority", id="R-1")
OTHER = recommendation("Other words.", id="R-2")


def headings(document: Document) -> list[str]:
    """Return the headings below the title."""
    return [text for level, text in outline(document) if level == 2]


def switched(switches: dict[str, Any], **fields: Any) -> Document:
    """Return a letter with strengths and recommendations, and these switches."""
    fields.setdefault("recommendations", [URGENT, OTHER])
    return letter(switches=switches, strengths=["A strength."], **fields)


def text_of(document: Document) -> str:
    """Return the words of a letter."""
    return " ".join(words(document))


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("prioritised", ["Area for priority action", "What needs to improve?", "Strengths", "Next steps"]),
        ("single_list", ["Recommendations", "Strengths", "Next steps"]),
    ],
)
def test_recommendations_stand_in_one_list_or_by_priority(mode: str, expected: list[str]) -> None:
    assert headings(switched({"recommendation_mode": mode})) == expected


@pytest.mark.parametrize(
    ("label", "one", "many"),
    [
        ("priority action", "Area for priority action", "Areas for priority action"),
        ("urgent action", "Area for urgent action", "Areas for urgent action"),
    ],
)
def test_the_heading_of_priority_actions_agrees_with_their_number(label: str, one: str, many: str) -> None:
    second = recommendation("More urgent words.", priority="priority")
    assert headings(switched({"priority_label": label}))[0] == one
    assert headings(switched({"priority_label": label}, recommendations=[URGENT, second]))[0] == many


@pytest.mark.parametrize(
    ("label", "heading"),
    [
        ("by template", "What needs to improve?"),
        ("areas for development", "Area for development"),
        ("areas for improvement", "Area for improvement"),
        ("what needs to improve?", "What needs to improve?"),
        ("recommendations", "Recommendation"),
    ],
)
def test_the_other_recommendations_go_by_the_chosen_label(label: str, heading: str) -> None:
    assert headings(switched({"improvement_label": label}))[1] == heading


@pytest.mark.parametrize(("nil", "says_so"), [(True, True), (False, False)])
def test_a_letter_without_priority_actions_says_so_where_it_should(nil: bool, says_so: bool) -> None:
    document = switched({"nil_priority_statement": nil}, recommendations=[OTHER])
    assert ("Areas for priority action" in headings(document)) is says_so
    assert ("We found no areas for priority action." in text_of(document)) is says_so


def test_the_nil_statement_is_silent_where_there_are_priority_actions() -> None:
    assert "We found no areas" not in text_of(switched({"nil_priority_statement": True}))


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("strengths_first", ["Strengths", "Area for priority action", "What needs to improve?"]),
        ("priority_first", ["Area for priority action", "What needs to improve?", "Strengths"]),
        ("by template", ["Area for priority action", "What needs to improve?", "Strengths"]),
    ],
)
def test_sections_stand_in_the_chosen_order(order: str, expected: list[str]) -> None:
    assert headings(switched({"section_order": order}))[:3] == expected


def test_the_form_of_2016_begins_with_strengths_by_itself() -> None:
    document = switched({"section_order": "by template"}, template="joint-2016")
    assert headings(document)[:3] == ["Key strength", "Area for priority action", "Area for improvement"]


@pytest.mark.parametrize(("kind", "template"), [("joint", "joint-2022"), ("single_agency", "single-agency")])
def test_the_kind_of_inspection_chooses_the_form(kind: str, template: str) -> None:
    assert inspection(kind=kind).template == template


def test_the_profile_chooses_the_form_of_joint_letters() -> None:
    assert inspection(profile="consultation-2015").template == "joint-2016"


@pytest.mark.parametrize(("regime", "number"), [("jar_2005", "SI 2005/1973"), ("jar_2015", "SI 2015/1792")])
def test_the_legal_footnote_cites_the_regulations_in_force(regime: str, number: str) -> None:
    notes = [plain(note.runs) for note in switched({"legal_regime": regime}).notes]
    assert [number in note for note in notes] == [False, True]


def test_the_regulations_of_2005_have_the_local_authority_lead_and_a_summary_for_children() -> None:
    document = switched({"legal_regime": "jar_2005"}, children_summary=["We looked at how you are kept safe."])
    assert "The local authority leads the response to this letter. Exmere Council should prepare" in text_of(document)
    assert "Summary for children and young people" in headings(document)


def test_under_the_regulations_of_2015_there_is_no_summary_for_children_unless_one_is_written() -> None:
    assert "Summary for children and young people" not in headings(switched({"legal_regime": "jar_2015"}))


@pytest.mark.parametrize(
    ("lead", "says"),
    [
        ("local_authority", "The local authority leads the response to this letter. Exmere Council"),
        ("determined_body", "We have determined that Exmere Council is the principal authority"),
    ],
)
def test_the_letter_says_who_leads_the_written_statement(lead: str, says: str) -> None:
    assert says in text_of(switched({"action_plan_lead": lead}))


def test_a_determined_body_has_to_be_named() -> None:
    with pytest.raises(CompositionFault, match=r"next_steps\.principal_authority is missing"):
        switched({"action_plan_lead": "determined_body"}, next_steps={"email": "a@b.example"})


@pytest.mark.parametrize(
    ("mode", "says"),
    [
        ("single_coordinated", "one answer for the whole partnership"),
        ("separate_each_agency", "Each agency may answer for itself"),
    ],
)
def test_a_draft_for_factual_accuracy_says_how_to_answer(mode: str, says: str) -> None:
    document = switched({"factual_accuracy_mode": mode}, stage="factual_accuracy")
    assert says in text_of(document)
    assert says not in text_of(switched({"factual_accuracy_mode": mode}, stage="final"))


@pytest.mark.parametrize("mode", ["single_coordinated", "separate_each_agency"])
@pytest.mark.parametrize(
    ("first", "who"),
    [
        ("lscb_chair", "chair of the local safeguarding children board"),
        ("dcs", "director of children’s services"),
        ("safeguarding_partners", "safeguarding partners"),
    ],
)
def test_whoever_is_told_first_coordinates_the_answer(mode: str, first: str, who: str) -> None:
    document = switched({"factual_accuracy_mode": mode, "first_notified": first}, stage="factual_accuracy")
    note = next(block for block in document.blocks if block.id.startswith("draft-note"))
    assert who in " ".join(plain(runs) for runs in block_texts([note]))


@pytest.mark.parametrize(
    ("first", "says"),
    [
        ("lscb_chair", "the chair of the safeguarding board first"),
        ("dcs", "director"),
        ("safeguarding_partners", "partners"),
    ],
)
def test_the_timetable_says_who_is_told_first(first: str, says: str) -> None:
    assert says in timetable(inspection(switches={"first_notified": first}))[0].detail


@pytest.mark.parametrize(("days", "notice"), [(8, "2024-05-08"), (10, "2024-05-03"), (0, "2024-05-20")])
def test_notice_is_given_that_many_working_days_before_fieldwork(days: int, notice: str) -> None:
    assert str(timetable(inspection(switches={"notice_days": days}))[0].day) == notice


@pytest.mark.parametrize(
    ("basis", "due"), [("receipt", "2024-10-10"), ("pre_publication", "2024-10-09"), ("publication", "2024-10-18")]
)
def test_the_deadline_runs_from_the_chosen_day(basis: str, due: str) -> None:
    dates = {
        "fieldwork": {"start": "2024-05-20", "end": "2024-05-24"},
        "letter": "2024-07-11",
        "received": "2024-07-03",
        "pre_published": "2024-07-02",
    }
    assert str(timetable(inspection(switches={"deadline_basis": basis}, dates=dates))[-1].day) == due


def test_the_two_profiles_answer_every_question() -> None:
    answers = [inspection(profile=name).switches for name in ("consultation-2015", "current-2024")]
    assert [switches.notice_days for switches in answers] == [8, 10]
    assert [str(switches.first_notified) for switches in answers] == ["lscb_chair", "safeguarding_partners"]


def test_an_inspection_overrides_one_switch_and_keeps_the_others() -> None:
    own = inspection(profile="consultation-2015", switches={"notice_days": 9}).switches
    assert (own.notice_days, str(own.first_notified)) == (9, "lscb_chair")
