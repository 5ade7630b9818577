"""The documents around a letter: each says what it is made from, and nothing in a value becomes anything but words."""

from datetime import date

import pytest
from pytest_regressions.file_regression import FileRegressionFixture

from letters.document.blocks import Document, Table
from letters.document.walk import every_block, texts
from letters.errors import CompositionFault, InspectionFaults
from letters.findings.inspection import Inspection, Kind
from letters.findings.parsing import parse
from letters.houses.loading import house
from letters.process.kinds import recipients
from letters.process.record import (
    Accuracy,
    AgreementGiven,
    AreaPoint,
    Checklist,
    ProcessRecord,
    RuleSetAside,
    StatementAnswer,
)
from letters.verbs.compose import rendered
from letters.verbs.process import KINDS, document, process_warnings, read_record
from tests.conftest import ROOT

DAY = date(2024, 6, 20)
OF_THE_FILE = {"statement_required", "recommendations"}
"""What documents need of the inspection file and not of the record."""
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
WEEK = read_record((ROOT / "fixtures/ansford/process.yaml").read_text("utf-8"), "process.yaml")
ANSWERS = ProcessRecord(
    checklist=Checklist(
        version=3,
        questions=["Every finding rests on evidence.", "Nobody can be recognised."],
        name="Quinn Marlowe",
        day=DAY,
        set_aside=[RuleSetAside(rule="V20", where="S-01", reason="It is a name.", name="Quinn Marlowe")],
    ),
    agreements=[
        AgreementGiven(inspectorate="Ofsted", name="Ines", day=DAY, version=3, words="1a2b3c", stands=True),
        AgreementGiven(inspectorate="CQC", name="Cora", day=DAY, version=2, words="9f8e7d", stands=False),
    ],
    accuracy=Accuracy(
        body="Ansford Safeguarding Children Partnership",
        name="Ada Lovage",
        sent=DAY,
        last_day=date(2024, 7, 3),
        points=[POINT, POINT.model_copy(update={"paragraph": 15, "verdict": "Not accepted", "words": ""})],
    ),
)


RECORD = WEEK.model_copy(update={name: getattr(ANSWERS, name) for name in ("checklist", "agreements", "accuracy")})
"""Everything that happened around one letter."""


def record_for(kind: str) -> ProcessRecord:
    """Return the record for a kind: a statement is either acknowledged or returned."""
    if kind != "statement-acknowledgement":
        return RECORD
    return RECORD.model_copy(update={"statement": StatementAnswer(received=date(2024, 10, 9))})


def made_of(kind: str, inspection: Inspection, record: ProcessRecord | None = None) -> Document:
    """Return a document of a kind, for the first of those for whom there is one each."""
    held = record or record_for(kind)
    whom = [name for name, _ in recipients(kind, inspection, held)]
    return document(kind, inspection, held, HOUSE, DAY, whom[0] if whom else "")


def text_of(made: Document) -> str:
    """Return a document as plain text."""
    return rendered(made, [".txt"], HOUSE)[".txt"].decode()


@pytest.fixture(scope="module")
def inspection() -> Inspection:
    """An inspection whose letter has documents around it."""
    return parse((ROOT / "fixtures/ansford/inspection.yaml").read_text("utf-8"))


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_reads_like_this(kind: str, inspection: Inspection, file_regression: FileRegressionFixture) -> None:
    file_regression.check(text_of(made_of(kind, inspection)), extension=".txt", encoding="utf-8")


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_is_made_in_every_format_and_the_same_twice(kind: str, inspection: Inspection) -> None:
    made = [made_of(kind, inspection) for _ in range(2)]
    suffixes = [".docx", ".html", ".odt", ".txt", ".pdf"]
    first, second = (rendered(one, suffixes, HOUSE) for one in made)
    assert first == second


@pytest.mark.parametrize("kind", [name for name, held in KINDS.items() if {*held.needs} - OF_THE_FILE])
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


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("of", Kind)
def test_each_kind_of_inspection_has_its_documents(kind: str, of: Kind, inspection: Inspection) -> None:
    said = text_of(made_of(kind, inspection.model_copy(update={"kind": of})))
    assert ("section 20(1)(b)" in said) <= (of is Kind.SECRETARIES_OF_STATE)
    assert ("15A" in said) <= (of is Kind.SINGLE_AGENCY)
    if of is Kind.SINGLE_AGENCY:
        assert "oint targeted area inspection" not in said


def test_the_notice_says_the_law_of_its_kind(inspection: Inspection) -> None:
    laws = {
        Kind.JOINT: "section 20 of the Children Act 2004",
        Kind.SECRETARIES_OF_STATE: "section 20(1)(b) of the Children Act 2004",
        Kind.SINGLE_AGENCY: "section 136 of the Education and Inspections Act 2006",
    }
    for of, law in laws.items():
        words = " ".join(text_of(made_of("notification", inspection.model_copy(update={"kind": of}))).split())
        assert law in words


@pytest.mark.parametrize("kind", KINDS)
def test_every_table_has_a_caption_and_heads(kind: str, inspection: Inspection) -> None:
    tables = [block for block in every_block(made_of(kind, inspection).blocks) if isinstance(block, Table)]
    assert all(table.caption and all(table.header) for table in tables)
    assert all(len(row) == len(table.header) for table in tables for row in table.rows)


def test_a_document_for_one_names_whom_it_can_be_for(inspection: Inspection) -> None:
    with pytest.raises(CompositionFault, match=r"made for one contact\. Name one with --for: chair"):
        document("notification", inspection, RECORD, HOUSE, DAY)
    with pytest.raises(CompositionFault, match="no agency 'nobody'"):
        document("agency-feedback", inspection, RECORD, HOUSE, DAY, "nobody")
    with pytest.raises(CompositionFault, match="there is one for all"):
        document("call-script", inspection, RECORD, HOUSE, DAY, "chair")


def test_feedback_for_an_agency_has_its_own_and_the_partnership_s_and_no_other_agency_s(inspection: Inspection) -> None:
    said = text_of(document("agency-feedback", inspection, RECORD, HOUSE, DAY, "police"))
    assert "risk at night" in said
    assert "own data" in said
    assert "Children trust the workers" not in said


def test_no_child_has_a_name_in_an_audit() -> None:
    with pytest.raises(InspectionFaults, match="audit"):
        read_record("audit:\n  - {id: Josh, evaluation: Help came late.}\n", "process.yaml")


def test_a_process_file_that_is_wrong_is_named_line_by_line() -> None:
    text = "team:\n  - {name: Ada, inspectorate: ofsted}\nmeetings:\n  - {kind: party, day: 2024-05-20, at: 9.30}\n"
    with pytest.raises(InspectionFaults) as wrong:
        read_record(text, "process.yaml")
    assert {(fault.line, fault.field) for fault in wrong.value.faults} == {
        (4, "meetings[1].kind"),
        (4, "meetings[1].at"),
    }


def test_what_was_fed_back_is_held_against_the_letter(inspection: Inspection) -> None:
    told = [words for words in process_warnings(inspection, RECORD) if words.startswith("V36")]
    assert any("S-02 is a strength in the letter and was not said" in words for words in told)
    assert any(
        "R-02 was fed back as an area for improvement and is an area for priority action" in words for words in told
    )
    assert not any("S-01" in words or "Z-99" in words for words in told)
    assert not any(words.startswith("V36") for words in process_warnings(inspection, ProcessRecord()))


def test_a_call_out_of_order_is_named(inspection: Inspection) -> None:
    told = process_warnings(inspection, RECORD)
    assert "Siân Trewhitt was called at 09:00 before anybody was reached who should have been told first." in told
    assert "Dr Helena Quarrington was not called." in told
    assert not any("Tomas Ivey" in words for words in told)
