"""The rules over reports: each speaks where it should, and is quiet where all is well."""

from pathlib import Path
from typing import Any

import pytest

from letters.checks.issue import Issue, Level
from letters.checks.report_rules import check_overview
from letters.composition.report import compose_overview
from letters.errors import CompositionFault
from letters.files.overviews import overview
from letters.houses.loading import house
from tests.rounds import chapter, finding, loaded, write_round

HEALTH = {area: {"strengths": [finding("S-01", "Nurses listen.", "health")]} for area in ("ashby", "birley")}
HEALTH |= {"corby": {"strengths": [finding("S-01", "Teachers listen.", "schools")]}}
COUNTS = {"nurses": {"kind": "strength", "tags": ["health"]}}
BOTH = ["ashby/S-01", "birley/S-01"]


def issues(folder: Path, **fields: Any) -> list[Issue]:
    """Return the issues of a report."""
    found = loaded(folder, HEALTH, **fields)
    return check_overview(found, compose_overview(found, house("joint")), house("joint"))


def said(folder: Path, **fields: Any) -> list[tuple[str, str]]:
    """Return the codes and places of the issues of a report."""
    return [(issue.code, issue.finding) for issue in issues(folder, **fields)]


def test_a_sound_report_has_no_issue(tmp_path: Path) -> None:
    lesson = {"text": "In [two of the three areas](count:nurses), nurses listen.", "rests_on": BOTH}
    assert said(tmp_path, counts=COUNTS, findings=chapter(lesson)) == []


@pytest.mark.parametrize(
    "text",
    [
        "In most areas, nurses listen.",
        "Nurses listen in two of the three areas.",
        "All three areas do.",
        "Every area does.",
        "None of the areas does.",
        "Two of the three did.",
        "Two letters say so.",
    ],
)
def test_a_proportion_typed_by_hand_is_warned_of(tmp_path: Path, text: str) -> None:
    assert said(tmp_path, summary=[text]) == [("O4", "summary[1].text")]


@pytest.mark.parametrize("text", ["Most children were seen.", "Nurses cover several schools.", "The area is large."])
def test_other_quantities_are_left_alone(tmp_path: Path, text: str) -> None:
    assert said(tmp_path, summary=[text]) == []


def test_a_lesson_from_one_area_alone_is_flagged(tmp_path: Path) -> None:
    lesson = {"text": "Nurses listen.", "rests_on": ["ashby/S-01"]}
    assert said(tmp_path, findings=chapter(lesson)) == [("O7", "findings[1].items[1]")]


def test_a_lesson_that_rests_on_nothing_is_flagged(tmp_path: Path) -> None:
    assert said(tmp_path, findings=chapter("Nurses listen.")) == [("O7", "findings[1].items[1]")]


def test_a_count_that_nothing_says_and_a_table_that_nothing_refers_to_are_flagged(tmp_path: Path) -> None:
    table = {"table": "scopes", "id": "it", "caption": "It"}
    assert said(tmp_path, counts=COUNTS, introduction=[table]) == [("O2", "counts.nurses"), ("O2", "introduction[1]")]


def test_a_list_that_takes_no_finding_is_an_error(tmp_path: Path) -> None:
    wanted = {"kind": "strength", "tags": ["health"], "scopes": ["leadership"]}
    assert said(tmp_path, introduction=[{"list": wanted, "introduction": "They say:"}]) == [("O2", "introduction[1]")]


def test_a_tag_that_no_finding_bears_is_taken_for_a_slip(tmp_path: Path) -> None:
    found = issues(
        tmp_path, counts={"it": {"kind": "strength", "tags": ["helth"]}}, summary=["In [no area](count:it)."]
    )
    assert [(issue.code, issue.remedy) for issue in found] == [("O3", "Did you mean health?")]


def test_a_theme_spelt_otherwise_in_an_area_is_noticed(tmp_path: Path) -> None:
    assert said(tmp_path, themes={"Health": "Health", "schools": "Schools"})[0][0] == "O3"


def test_an_area_without_such_a_section_is_not_counted_unseen(tmp_path: Path) -> None:
    found = loaded(tmp_path, {"ashby": HEALTH["ashby"]}, counts=COUNTS, summary=["In [one area](count:nurses)."])
    made = compose_overview(found, house("joint"))
    assert [issue.message for issue in check_overview(found, made, house("joint"))] == [
        "birley, corby has no strengths, so it cannot be counted"
    ]


def test_the_findings_behind_a_count_do_not_hide_that_a_lesson_rests_on_one_area(tmp_path: Path) -> None:
    text = "In [two of the three areas](count:nurses), nurses listen. In Ashby they act."
    assert said(tmp_path, counts=COUNTS, findings=chapter({"text": text, "rests_on": ["ashby/S-01"]})) == [
        ("O7", "findings[1].items[1]")
    ]


def test_a_practice_example_without_a_name_does_not_tell_it_in_its_text(tmp_path: Path) -> None:
    study = {"case_studies": [{"id": "C-01", "type": "highly_effective", "text": "Exmere Council heard a boy."}]}
    found = loaded(tmp_path, {"ashby": study}, introduction=[{"example": "ashby/C-01", "named": False}])
    made = compose_overview(found, house("joint"))
    assert [issue.code for issue in check_overview(found, made, house("joint"))] == ["O6"]


def test_a_term_of_the_glossary_that_nothing_uses_is_noticed(tmp_path: Path) -> None:
    assert said(tmp_path, glossary={"scrutineer": "Somebody from outside."}) == [("O2", "glossary.scrutineer")]


def test_an_area_is_named_only_where_its_letter_is_published(tmp_path: Path) -> None:
    study = {"case_studies": [{"id": "C-01", "type": "highly_effective", "text": "A boy was heard."}]}
    found = loaded(
        tmp_path,
        {"ashby": study},
        inspections=[{"file": "areas/ashby.yaml"}],
        findings=chapter({"example": "ashby/C-01"}),
    )
    made = compose_overview(found, house("joint"))
    assert [issue.code for issue in check_overview(found, made, house("joint"))] == ["O6"]


def test_an_acronym_is_explained_in_a_bracket_or_the_glossary(tmp_path: Path) -> None:
    assert said(tmp_path, summary=["The ICB pays."]) == [("V26", "summary[1].text")]
    assert said(tmp_path / "2", summary=["The integrated care board (ICB) pays. The ICB decides."]) == []
    assert said(tmp_path / "3", summary=["The ICB pays."], glossary={"ICB": "Integrated care board."}) == []


def test_the_prose_keeps_the_rules_of_every_letter(tmp_path: Path) -> None:
    found = said(tmp_path, summary=["Practice was judged to be inadequate.", "Nurses listen listen.", "XX"])
    assert {code for code, _ in found} == {"V1", "V7", "V26", "V29"}


def test_a_warning_is_set_aside_with_a_reason_and_a_name(tmp_path: Path) -> None:
    override = {"rule": "O7", "where": "findings[1].items[1]", "reason": "It is known.", "name": "Ada Example"}
    found = issues(tmp_path, findings=chapter("Nurses listen."), overrides=[override])
    assert [issue.overridden for issue in found] == ["It is known. (Ada Example)"]


def test_a_stale_count_stops_the_report_and_nothing_is_written(tmp_path: Path) -> None:
    path = write_round(tmp_path, HEALTH, counts=COUNTS, summary=["In [all three areas](count:nurses), nurses listen."])
    with pytest.raises(CompositionFault) as caught:
        overview(path, tmp_path / "out", house("joint"))
    assert "summary[1].text: the count nurses says “all three areas”" in str(caught.value)
    assert "two of the three areas" in str(caught.value)
    assert not (tmp_path / "out").exists()


def test_letters_that_are_not_agreed_stop_the_report_unless_it_is_a_draft(tmp_path: Path) -> None:
    path = write_round(tmp_path, {"birley": {"stage": "agreement"}})
    with pytest.raises(CompositionFault) as caught:
        overview(path, tmp_path / "out", house("joint"))
    assert "areas/birley.yaml: its letter is at stage agreement, not final" in str(caught.value)
    made = overview(path, tmp_path / "out.html", house("joint"), draft=True)
    assert "Draft, version 1" in made.written[0].read_text()


def test_an_error_of_the_rules_stops_a_final_report_and_not_a_draft(tmp_path: Path) -> None:
    path = write_round(tmp_path, summary=["Practice was judged to be inadequate."])
    with pytest.raises(CompositionFault, match="graded judgement"):
        overview(path, tmp_path / "out", house("joint"))
    made = overview(path, tmp_path / "out.txt", house("joint"), draft=True)
    assert [issue.level for issue in made.issues if issue.code == "V7"] == [Level.ERROR]
