"""An inspection file in: every mistake is named with its line, its field and the likely remedy."""

from pathlib import Path

import pytest
from pytest_regressions.file_regression import FileRegressionFixture

from letters.composition.letter import compose
from letters.errors import InspectionFaults, LettersError
from letters.files.disk import load
from letters.findings.parsing import parse
from letters.houses.loading import house
from tests.conftest import ROOT

BROKEN = sorted((ROOT / "fixtures" / "broken").glob("*.yaml"))


def refusal(path: Path) -> str:
    """Return what a person is told of a broken file."""
    with pytest.raises(LettersError) as caught:
        compose(load(path), house("joint"))
    return str(caught.value).replace(f"{ROOT}/", "")


def test_every_broken_file_is_refused_in_words_a_person_can_act_on(file_regression: FileRegressionFixture) -> None:
    told = [f"{path.stem}\n    {refusal(path)}\n" for path in BROKEN]
    file_regression.check("\n".join(told), encoding="utf-8")


def test_every_mistake_of_a_file_is_named_at_once() -> None:
    text = (
        (ROOT / "fixtures/broken/unknown-field.yaml").read_text("utf-8").replace("letter: 2024-07-11", "letter: soon")
    )
    with pytest.raises(InspectionFaults) as caught:
        parse(text)
    assert [(fault.line, fault.field) for fault in caught.value.faults] == [
        (8, "dates.letter"),
        (18, "strengths[1].text"),
        (19, "strengths[1].txt"),
    ]


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(InspectionFaults, match=r"^nowhere.yaml: cannot be read: No such file"):
        load("nowhere.yaml")


def test_a_folder_is_not_an_inspection(tmp_path: Path) -> None:
    with pytest.raises(InspectionFaults, match="cannot be read: Is a directory"):
        load(tmp_path)


def test_a_blank_line_begins_a_paragraph_however_the_block_is_written() -> None:
    text = (ROOT / "fixtures/broken/no-email.yaml").read_text("utf-8") + "  email: a@b.example\n"
    folded = text.replace("text: Leaders know their services well.", "text: >-\n      One\n      line.\n\n      Two.")
    literal = text.replace("text: Leaders know their services well.", "text: |-\n      One\n      line.\n\n      Two.")
    letters = [compose(parse(version), house("joint")) for version in (folded, literal)]
    assert letters[0] == letters[1]


def test_internal_references_reach_no_document() -> None:
    found = load(ROOT / "fixtures/ansford/inspection.yaml")
    internal = [words for finding in found.all_findings() for words in finding.evidence]
    assert internal
    text = repr(compose(found, house("joint")))
    assert [words for words in internal if words in text] == []
