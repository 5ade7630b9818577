"""The response form: out to the area, filled in with another program, and back with every point."""

from collections.abc import Sequence
from datetime import date

import pytest

import tests.office as libreoffice
from letters.errors import UnreadableInput
from letters.findings.parsing import parse
from letters.houses.loading import house
from letters.process.form import FilledForm, FormPoint, Row
from letters.verbs.compose import rendered
from letters.verbs.process import FormFacts, filled_form, fixed_words, response_form
from tests.conftest import ROOT
from tests.versions.word_copies import with_parts

HOUSE = house("joint")
ROWS = tuple(Row(number, f"Paragraph {number} says how agencies work together.") for number in range(1, 31))
INSPECTION = parse((ROOT / "fixtures/ansford/inspection.yaml").read_text("utf-8"))
FORM = response_form(INSPECTION, FormFacts(ROWS, date(2024, 6, 20), date(2024, 7, 3)), HOUSE)
DOCX = rendered(FORM, [".docx"], HOUSE)[".docx"]


def back(data: bytes, rows: Sequence[Row] = ROWS) -> FilledForm:
    """Return what a form that came back says."""
    return filled_form(data, "form.docx", rows, fixed_words(FORM))


def with_cells(data: bytes, paragraph: int, *words: str) -> bytes:
    """Return a form in which the cells beside a paragraph have words, as a person types them."""

    def changed(name: str, part: bytes) -> bytes:
        if name != "word/document.xml":
            return part
        text = part.decode()
        at = text.index(f"Paragraph {paragraph} says")
        head, rest = text[:at], text[at:]
        for said in words:
            start = rest.index("<w:tc>")
            end = rest.index("</w:p>", start)
            typed = f'<w:r><w:t xml:space="preserve">{said}</w:t></w:r>' if said else ""
            head, rest = head + rest[:end] + typed, rest[end:]
            close = rest.index("</w:tc>") + len("</w:tc>")
            head, rest = head + rest[:close], rest[close:]
        return (head + rest).encode()

    return with_parts(data, changed)


FILLED = with_cells(with_cells(DOCX, 4, "A", "It says otherwise.", "The log says so."), 12, "c", "", "The night team.")
POINTS = (
    FormPoint(4, "wrong", "It says otherwise.", "The log says so."),
    FormPoint(12, "missing", "", "The night team."),
)


def test_an_empty_form_has_no_point_and_nothing_that_could_not_be_placed() -> None:
    assert back(DOCX) == FilledForm((), nothing=False, unplaced=())


def test_what_was_written_beside_a_paragraph_is_a_point() -> None:
    assert back(FILLED) == FilledForm(POINTS, nothing=False, unplaced=())


@pytest.mark.parametrize("way", [libreoffice.round_trip, libreoffice.through_odt], ids=["docx", "odt"])
def test_a_form_comes_back_whole_through_libreoffice(way: object) -> None:
    assert back(way(FILLED)) == FilledForm(POINTS, nothing=False, unplaced=())  # type: ignore[operator]


def test_yes_says_that_nothing_is_inaccurate() -> None:
    def changed(name: str, part: bytes) -> bytes:
        return part.replace("–".encode(), b"yes", 1) if name == "word/document.xml" else part

    assert back(with_parts(DOCX, changed)).nothing


def test_a_kind_that_nobody_knows_is_kept_with_the_words() -> None:
    found = back(with_cells(DOCX, 4, "Hm", "", "The log says so."))
    assert found.points == (FormPoint(4, "inaccurate", "", "Hm\nThe log says so."),)


def test_words_elsewhere_are_listed_and_not_lost() -> None:
    def changed(name: str, part: bytes) -> bytes:
        if name != "word/document.xml":
            return part
        return part.replace(b"<w:body>", b"<w:body><w:p><w:r><w:t>Please ring me.</w:t></w:r></w:p>", 1)

    assert back(with_parts(DOCX, changed)).unplaced == ("Please ring me.",)


def test_a_paragraph_that_was_changed_in_the_form_is_listed() -> None:
    def changed(name: str, part: bytes) -> bytes:
        return part.replace(b"Paragraph 7 says how", b"Paragraph 7 says where", 1)

    assert back(with_parts(DOCX, changed)).unplaced == ("Paragraph 7: Paragraph 7 says where agencies work together.",)


@pytest.mark.parametrize("other", ["99. Paragraph 99 says", "12. Something else, of another draft, was said"])
def test_a_row_of_no_paragraph_is_listed_and_becomes_no_point_on_another(other: str) -> None:
    def changed(name: str, part: bytes) -> bytes:
        return part.replace(b"12. Paragraph 12 says", other.encode(), 1)

    found = back(with_parts(FILLED, changed))
    assert "The night team." in found.unplaced or POINTS[1] in found.points
    assert {point.paragraph for point in found.points} <= {4, 12}
    assert found.points[0] == POINTS[0]


def test_a_row_that_was_renumbered_by_hand_is_about_the_paragraph_of_its_words() -> None:
    def changed(name: str, part: bytes) -> bytes:
        return part.replace(b"12. Paragraph 12 says", b"3. Paragraph 12 says", 1)

    assert back(with_parts(FILLED, changed)).points == POINTS


def test_the_form_of_another_draft_is_refused() -> None:
    with pytest.raises(UnreadableInput, match="another draft"):
        back(FILLED, ROWS[:5])


@pytest.mark.parametrize(
    ("kind", "said"), [("C - missing info", "C - missing info\nIt is so."), ("Actually", "Actually\nIt is so.")]
)
def test_words_in_the_column_of_kinds_are_said_and_not_lost(kind: str, said: str) -> None:
    found = back(with_cells(DOCX, 4, kind, "", "It is so."))
    assert found.points == (FormPoint(4, "inaccurate", "", said),)


@pytest.mark.parametrize("kind", ["B", "b", " (b) ", "B."])
def test_a_lone_letter_is_a_kind_however_it_is_set(kind: str) -> None:
    assert back(with_cells(DOCX, 4, kind, "", "It is so.")).points == (FormPoint(4, "inaccurate", "", "It is so."),)


def test_yes_elsewhere_says_nothing_of_the_draft() -> None:
    found = back(with_cells(DOCX, 4, "A", "", "yes"))
    assert not found.nothing

    def changed(name: str, part: bytes) -> bytes:
        if name != "word/document.xml":
            return part
        return part.replace(b"<w:body>", b"<w:body><w:p><w:r><w:t>Yes</w:t></w:r></w:p>", 1)

    found = back(with_parts(DOCX, changed))
    assert (found.nothing, found.unplaced) == (False, ("Yes",))


def test_another_word_file_is_no_form() -> None:
    letter = (ROOT / "fixtures/returned/cqc.docx").read_bytes()
    with pytest.raises(UnreadableInput, match="not the response form"):
        back(letter)
