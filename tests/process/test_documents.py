"""The documents around a letter: each says what it is made from, and nothing in a value becomes anything but words."""

from datetime import date

import pytest
from pytest_regressions.file_regression import FileRegressionFixture

from letters.document.walk import texts
from letters.errors import CompositionFault
from letters.findings.inspection import Inspection
from letters.findings.parsing import parse
from letters.houses.loading import house
from letters.process.record import (
    Accuracy,
    AgreementGiven,
    AreaPoint,
    Checklist,
    ProcessRecord,
    RuleSetAside,
)
from letters.verbs.compose import rendered
from letters.verbs.process import KINDS, document
from tests.conftest import ROOT

DAY = date(2024, 6, 20)
HOUSE = house("joint")
POINT = AreaPoint(
    paragraph=12,
    body="Midmarch Police",
    kind="A fact, name or title is wrong",
    now="Officers attend within the hour.",
    proposed="Officers attend within two hours.",
    said="The log of that week says two hours.",
    verdict="Accepted",
    words="Officers attend within two hours.",
    reason="The log says so.",
    name="Ines Hartley",
)
RECORD = ProcessRecord(
    checklist=Checklist(
        version=3,
        questions=["Every finding rests on evidence.", "Nobody can be recognised."],
        name="Quinn Marlowe",
        on=DAY,
        set_aside=[RuleSetAside(rule="V20", where="S-01", reason="It is a name.", name="Quinn Marlowe")],
    ),
    agreements=[
        AgreementGiven(inspectorate="Ofsted", name="Ines", on=DAY, version=3, words="1a2b3c", stands=True),
        AgreementGiven(inspectorate="CQC", name="Cora", on=DAY, version=2, words="9f8e7d", stands=False),
    ],
    accuracy=Accuracy(
        body="Ansford Safeguarding Children Partnership",
        name="Ada Lovage",
        sent=DAY,
        last_day=date(2024, 7, 3),
        points=[POINT, POINT.model_copy(update={"paragraph": 15, "verdict": "Not accepted", "words": ""})],
    ),
)


@pytest.fixture(scope="module")
def inspection() -> Inspection:
    """An inspection whose letter has documents around it."""
    return parse((ROOT / "fixtures/ansford/inspection.yaml").read_text("utf-8"))


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_reads_like_this(kind: str, inspection: Inspection, file_regression: FileRegressionFixture) -> None:
    made = document(kind, inspection, RECORD, HOUSE, DAY)
    file_regression.check(rendered(made, [".txt"], HOUSE)[".txt"].decode(), extension=".txt", encoding="utf-8")


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_is_made_in_every_format_and_the_same_twice(kind: str, inspection: Inspection) -> None:
    made = [document(kind, inspection, RECORD, HOUSE, DAY) for _ in range(2)]
    suffixes = [".docx", ".html", ".odt", ".txt", ".pdf"]
    first, second = (rendered(one, suffixes, HOUSE) for one in made)
    assert first == second


@pytest.mark.parametrize("kind", KINDS)
def test_without_what_it_is_made_from_there_is_none(kind: str, inspection: Inspection) -> None:
    with pytest.raises(CompositionFault, match="nothing to say yet"):
        document(kind, inspection, ProcessRecord(), HOUSE, DAY)


def test_a_document_that_nobody_knows_is_named_with_those_there_are(inspection: Inspection) -> None:
    with pytest.raises(CompositionFault, match="qa-checklist"):
        document("poem", inspection, RECORD, HOUSE, DAY)


@pytest.mark.parametrize(
    "words", ["# Heading", "- item", "1. item", "[^note] *strong*", "x {#evil}", "{{ area }}", "| a | b |", "<b>x</b>"]
)
def test_what_people_wrote_stays_words(inspection: Inspection, words: str) -> None:
    assert RECORD.accuracy
    accuracy = RECORD.accuracy.model_copy(update={"points": [POINT.model_copy(update={"said": words})]})
    made = document("accuracy-log", inspection, ProcessRecord(accuracy=accuracy), HOUSE, DAY)
    said = ["".join(run.text for run in runs) for runs in texts(made)]
    assert f"Why: {words}" in said


def test_an_outcome_names_nobody_of_the_inspectorates(inspection: Inspection) -> None:
    made = document("accuracy-outcome", inspection, RECORD, HOUSE, DAY)
    assert "Ines" not in rendered(made, [".txt"], HOUSE)[".txt"].decode()
