"""A round file is refused for everything in it that leads nowhere, each with its line and its remedy."""

from pathlib import Path
from typing import Any

import pytest

from letters.errors import InspectionFaults
from letters.files.rounds import load_round
from tests.rounds import chapter, finding, loaded, write_round

NURSES = {"ashby": {"strengths": [finding("S-01", "Nurses listen to children, and act.", "health")]}}


def faults(folder: Path, **fields: Any) -> list[str]:
    """Return what is wrong with the smallest round with other fields."""
    path = write_round(folder, NURSES, **fields)
    with pytest.raises(InspectionFaults) as caught:
        load_round(path)
    return [str(fault).removeprefix(f"{folder}/") for fault in caught.value.faults]


def test_a_round_keeps_of_each_inspection_what_a_report_needs(tmp_path: Path) -> None:
    found = loaded(tmp_path, NURSES)
    assert list(found.members) == ["ashby", "birley", "corby"]
    assert found.findings["ashby/S-01"].text == "Nurses listen to children, and act."
    assert found.findings["ashby/S-01"].tags == {"health"}


def test_a_finding_that_no_inspection_has_is_named_with_the_nearest_one(tmp_path: Path) -> None:
    said = faults(tmp_path, findings=chapter({"text": "Nurses listen.", "rests_on": ["ashby/S-02"]}))
    assert said == [
        "round.yaml:32: findings[1].items[1].rests_on[1]: there is no finding 'ashby/S-02' in this round."
        " Did you mean ashby/S-01?"
    ]


def test_quoted_words_are_the_letters_own(tmp_path: Path) -> None:
    assert (
        "these words are not in ashby/S-01"
        in faults(tmp_path, findings=chapter({"quote": "ashby/S-01", "words": "Nurses listened"}))[0]
    )


def test_a_practice_example_is_a_case_study(tmp_path: Path) -> None:
    assert "ashby/S-01 is not a case study" in faults(tmp_path, findings=chapter({"example": "ashby/S-01"}))[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("See [@matrix].", "there is no table or chart 'matrix'"),
        ("In [two areas](count:nurses), nurses listen.", "there is no count 'nurses'"),
        ("A note.[^act]", "there is no footnote 'act'"),
    ],
)
def test_what_prose_names_is_there(tmp_path: Path, text: str, said: str) -> None:
    assert said in faults(tmp_path, summary=[text])[0]


def test_the_theme_is_that_of_every_inspection(tmp_path: Path) -> None:
    assert (
        "areas/ashby.yaml has the theme 'neglect', but the round has 'exploitation'"
        in faults(tmp_path, theme="exploitation")[0]
    )


def test_the_period_is_that_of_the_fieldwork(tmp_path: Path) -> None:
    said = faults(tmp_path, period={"start": "2024-05-01", "end": "2024-05-24"})
    assert said[0].endswith("Write {start: 2024-05-20, end: 2024-05-24}.")


def test_a_report_does_not_come_before_its_letters(tmp_path: Path) -> None:
    assert "the last letter is dated 2024-07-11" in faults(tmp_path, published="2024-07-01")[0]


@pytest.mark.parametrize("name", ["../secret.yaml", "/etc/passwd", "areas/../../x.yaml"])
def test_an_inspection_lies_in_the_rounds_own_folder(tmp_path: Path, name: str) -> None:
    assert "is not valid here" in faults(tmp_path, inspections=[{"file": name}])[0]


def test_mistakes_of_an_inspection_are_told_with_its_own_name_and_line(tmp_path: Path) -> None:
    path = write_round(tmp_path)
    (tmp_path / "areas" / "birley.yaml").write_text("id: birley\n")
    with pytest.raises(InspectionFaults) as caught:
        load_round(path)
    assert {fault.file for fault in caught.value.faults} == {str(tmp_path / "areas" / "birley.yaml")}


def test_an_addendum_says_what_it_adds_to(tmp_path: Path) -> None:
    assert "an addendum must name its report under `adds_to`" in faults(tmp_path, kind="addendum")[0]
