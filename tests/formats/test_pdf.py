"""PDF: tagged, PDF/UA-1, in our own fonts, with nothing fetched and nothing missing."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import page
import pytest

from letters.document.walk import outline
from letters.errors import FormatFault
from letters.formats.pages.letter import print_page
from letters.formats.pdf import write as pdf
from letters.houses.loading import house
from tests.builders import letter, recommendation
from tests.composition.test_letter import HOSTILE
from tests.conftest import letter_of
from tests.reading import expected_pdf_text, pdf_text

Written = Callable[[str, str], bytes]
LEAST_BEFORE_CLOSING = 5
"""Words on a page before "Yours sincerely": the last paragraph, or the last entry of the recipients."""


def poppler(program: str, data: bytes, tmp_path: Path, *options: str) -> str:
    """Return what one of poppler's programs says of a PDF."""
    path = tmp_path / "letter.pdf"
    path.write_bytes(data)
    output = [] if program == "pdfinfo" else ["-"] if program == "pdftotext" else []
    return subprocess.run([program, *options, str(path), *output], check=True, capture_output=True, text=True).stdout


def test_the_pdf_keeps_to_pdf_ua_1(fixture_name: str, written: Written) -> None:
    assert ua_failures(written(fixture_name, ".pdf")) == []


@pytest.mark.parametrize("name", ["cqc", "hmicfrs", "hmiprobation", "ofsted"])
def test_the_pdf_of_every_house_keeps_to_pdf_ua_1(name: str) -> None:
    assert ua_failures(pdf.write(letter_of("cawdale"), house(name))) == []


def test_a_draft_keeps_to_pdf_ua_1() -> None:
    assert ua_failures(pdf.write(letter(stage="factual_accuracy", strengths=["one"]), house("joint"))) == []


@pytest.mark.parametrize("layout", ["bullets", "table"])
def test_points_of_two_paragraphs_keep_to_pdf_ua_1(layout: str) -> None:
    entry = recommendation("one\n\nmore", priority="priority", points=["two\n\nmore", "three"])
    assert (
        ua_failures(pdf.write(letter(recommendations=[entry], layout={"recommendations": layout}), house("joint")))
        == []
    )


def test_the_judge_of_pdf_ua_sees_a_pdf_that_is_not_tagged() -> None:
    untagged = pdf.renderer().HTML(string="<p>words").write_pdf()
    assert ua_failures(untagged) != []


def ua_failures(data: bytes) -> list[str]:
    """Return the rules of PDF/UA-1 that a PDF breaks."""
    report = page.validate_pdf_bytes(data, profile=page.ValidationProfile.PDF_UA_1)
    return [str(failure) for failure in report.failures]


def test_it_has_the_title_language_and_author_of_the_letter(written: Written, tmp_path: Path) -> None:
    said = poppler("pdfinfo", written("ansford", ".pdf"), tmp_path)
    assert re.search(r"^Title: +Joint targeted area inspection of Ansford: serious youth violence$", said, re.MULTILINE)
    assert re.search(r"^Author: +Ofsted$", said, re.MULTILINE)
    assert re.search(r"^Tagged: +yes$", said, re.MULTILINE)


def test_its_headings_have_the_levels_of_the_letter(fixture_name: str, written: Written, tmp_path: Path) -> None:
    said = poppler("pdfinfo", written(fixture_name, ".pdf"), tmp_path, "-struct")
    assert [int(level) for level in re.findall(r"^ *H(\d) ", said, re.MULTILINE)] == [
        level for level, _ in outline(letter_of(fixture_name))
    ]


def test_only_our_fonts_are_in_it(fixture_name: str, written: Written, tmp_path: Path) -> None:
    rows = poppler("pdffonts", written(fixture_name, ".pdf"), tmp_path).splitlines()[2:]
    assert {re.sub(r"^[A-Z]{6}\+|-.*", "", row.split()[0]) for row in rows} <= {"Arimo", "DejaVu", "Noto"}
    assert all(row.split()[-5] == "yes" for row in rows)


def test_the_first_page_has_no_number_and_the_second_has(written: Written, tmp_path: Path) -> None:
    pages = poppler("pdftotext", written("ansford", ".pdf"), tmp_path).split("\f")
    last_lines = [text.rstrip().splitlines()[-1] for text in pages[:3]]
    assert last_lines[0] != "1"
    assert last_lines[1:] == ["2", "3"]


def test_the_sign_off_is_never_parted_from_yours_sincerely(fixture_name: str, written: Written, tmp_path: Path) -> None:
    pages = poppler("pdftotext", written(fixture_name, ".pdf"), tmp_path).split("\f")
    (closing,) = (text for text in pages if "Yours sincerely" in text)
    sign_off = closing[closing.index("Yours sincerely") :]
    for block in letter_of(fixture_name).blocks[-1].blocks[-1].blocks:  # type: ignore[union-attr]
        assert block.blocks[-2].runs[0].text.split()[0] in sign_off  # type: ignore[union-attr]


def test_the_closing_words_never_begin_a_page(fixture_name: str, written: Written, tmp_path: Path) -> None:
    pages = poppler("pdftotext", written(fixture_name, ".pdf"), tmp_path, "-layout").split("\f")
    (closing,) = (text for text in pages if "Yours sincerely" in text)
    assert len(closing[: closing.index("Yours sincerely")].split()) >= LEAST_BEFORE_CLOSING


@pytest.mark.parametrize("rows", [1, 3])
def test_a_tall_row_goes_on_over_the_page_under_its_headings(rows: int, tmp_path: Path) -> None:
    tall = [
        recommendation(f"Row {row}. " + "Word by word. " * 400, priority="priority", id=f"R-0{row}")
        for row in range(1, rows + 1)
    ]
    document = letter(layout={"recommendations": "table"}, recommendations=tall)
    pages = poppler("pdftotext", pdf.write(document, house("joint")), tmp_path, "-layout").split("\f")
    covered = [text for text in pages if "Word by word" in text]
    assert len(covered) > rows
    assert all("Responsible body" in text for text in covered)
    (first,) = (text for text in pages if re.search(r"^Areas? for priority action", text, re.MULTILINE))
    assert "Row 1." in first
    assert sum(len(re.findall(r"\bWord\b", text)) for text in covered) == 400 * rows


@pytest.mark.parametrize("text", [text for text in HOSTILE if not text.startswith("\ue000")])
def test_a_hostile_finding_is_read_as_the_words_it_is(text: str, tmp_path: Path) -> None:
    document = letter(strengths=[text])
    data = pdf.write(document, house("joint"))
    assert ua_failures(data) == []
    read, expected = pdf_text(data, document, tmp_path), expected_pdf_text(document)
    invisible = str.maketrans("", "", "\u200b\u200d")
    assert sorted(read.translate(invisible)) == sorted(expected.translate(invisible))


@pytest.mark.parametrize(
    ("text", "told"), [("a 中 b", r"no font in styles/fonts has 中 \(U\+4E2D\), in “a 中 b”"), ("\ue000", r"U\+E000")]
)
def test_a_character_without_a_glyph_is_refused_rather_than_printed_as_a_box(text: str, told: str) -> None:
    with pytest.raises(FormatFault, match=told):
        pdf.write(letter(strengths=[text]), house("joint"))


@pytest.mark.parametrize("address", ["https://a.example/x.png", "file:///etc/passwd", "http://169.254.169.254/"])
def test_nothing_is_fetched_while_a_page_is_printed(address: str) -> None:
    broken = print_page(letter(), house("joint")).replace("<article>", f'<article><img alt="x" src="{address}">')
    with pytest.raises(FormatFault, match="a letter cannot load content from elsewhere"):
        pdf.render(broken, house("joint"))


def test_a_warning_of_the_renderer_is_a_fault() -> None:
    broken = print_page(letter(), house("joint")).replace("<article>", '<article style="nonsense: 1">')
    with pytest.raises(FormatFault, match="the PDF would be invalid: Ignored `nonsense: 1`"):
        pdf.render(broken, house("joint"))
