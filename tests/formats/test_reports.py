"""Reports: the same words in every format, and what only reports have - contents, captions, references, charts."""

import re
import subprocess
import zipfile
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import page
import pytest
from openxml_audit import OpenXmlValidator

from letters.document.blocks import Chart, Contents, Document, Heading, Series, Table
from letters.document.walk import every_block, words
from letters.formats import charts
from letters.formats.pages.letter import web_page
from letters.houses import measures
from letters.houses.loading import house
from letters.word.fields import heading_bookmark
from tests.conftest import ROUNDS, report_file_of, report_of
from tests.reading import W, docx_part, docx_words, expected_text_words, html_words, text_words

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
BARS = Chart(
    "by",
    "Figure 1",
    "By agency",
    "Police: 3",
    "bars",
    ("Police & co", "Health"),
    (Series("Priority", (3, 0)), Series("Other", (1, 4))),
    4,
)
WEEKS = Chart(
    "weeks",
    "Figure 2",
    "Weeks",
    "Ashby",
    "periods",
    ("Ashby",),
    (Series("2024-05-20", (0,)), Series("Fieldwork", (5,))),
    5,
)
LOOK = house("joint").settings.report_look


def document(name: str) -> Document:
    """Return an invented report."""
    return report_of(name).document


def test_docx_says_the_words_of_the_report(round_name: str) -> None:
    assert docx_words(report_file_of(round_name, ".docx")) == words(document(round_name))


def test_html_says_the_words_of_the_report(round_name: str) -> None:
    assert html_words(report_file_of(round_name, ".html").decode()) == words(document(round_name))


def test_text_says_the_words_of_the_report(round_name: str) -> None:
    said = report_file_of(round_name, ".txt").decode()
    assert text_words(said, document(round_name)) == expected_text_words(document(round_name))


def test_pdf_is_valid_and_as_long_as_such_reports_are(round_name: str, tmp_path: Path) -> None:
    data = report_file_of(round_name, ".pdf")
    assert page.validate_pdf_bytes(data, profile=page.ValidationProfile.PDF_UA_1).is_compliant
    (tmp_path / "report.pdf").write_bytes(data)
    said = subprocess.run(["pdfinfo", "report.pdf"], cwd=tmp_path, check=True, capture_output=True, text=True).stdout
    pages = re.search(r"Pages: +(\d+)", said)
    assert pages is not None
    assert 20 <= int(pages[1]) <= 40


def test_docx_is_valid(round_name: str, tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(report_file_of(round_name, ".docx"))
    result = OpenXmlValidator().validate(str(path))
    assert [str(error) for error in result.errors] == []


@pytest.mark.parametrize("suffix", [".docx", ".html", ".txt"])
def test_the_same_report_is_the_same_bytes(suffix: str) -> None:
    from letters.formats.by_suffix import to_bytes

    assert to_bytes(document(ROUNDS[0]), suffix, house("joint")) == report_file_of(ROUNDS[0], suffix)


def test_word_has_a_real_field_of_contents_whose_entries_lead_to_headings(round_name: str) -> None:
    body = docx_part(report_file_of(round_name, ".docx"), "word/document.xml")
    codes = [code.text or "" for code in body.iter(f"{W}instrText")]
    assert sum(code.startswith(" TOC ") for code in codes) == 1
    named = {mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")}
    links = {link.get(f"{W}anchor") for link in body.iter(f"{W}hyperlink") if link.get(f"{W}anchor")}
    contents = next(block for block in document(round_name).blocks if isinstance(block, Contents))
    assert links == {heading_bookmark(entry.target) for entry in contents.entries}
    assert links <= named
    assert {code.split()[1] for code in codes if code.startswith(" PAGEREF ")} == links


def test_word_counts_tables_and_figures_and_refers_to_them(round_name: str) -> None:
    body = docx_part(report_file_of(round_name, ".docx"), "word/document.xml")
    codes = [(code.text or "").split() for code in body.iter(f"{W}instrText")]
    named = {mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")}
    labels = [b.label for b in every_block(document(round_name).blocks) if isinstance(b, Table | Chart) and b.label]
    counted = [label for label in labels if re.fullmatch(r"\w+ \d+", label)]
    assert [code[1] for code in codes if code[0] == "SEQ"] == [label.split()[0] for label in counted]
    references = {code[1] for code in codes if code[0] == "REF"}
    assert references
    assert references <= named


def test_bookmarks_and_drawings_have_ids_of_their_own(round_name: str) -> None:
    body = docx_part(report_file_of(round_name, ".docx"), "word/document.xml")
    for tag in (f"{W}bookmarkStart", "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"):
        ids = [element.get(f"{W}id") or element.get("id") for element in body.iter(tag)]
        assert len(ids) == len(set(ids))


def test_word_charts_are_native_with_their_data_and_words_that_stand_for_them(round_name: str) -> None:
    data = report_file_of(round_name, ".docx")
    drawn = [block for block in document(round_name).blocks if isinstance(block, Chart)]
    with zipfile.ZipFile(BytesIO(data)) as package:
        names = package.namelist()
        body = package.read("word/document.xml").decode()
    for number, chart in enumerate(drawn, start=1):
        part = docx_part(data, f"word/charts/chart{number}.xml")
        shown = [value.text for series in part.iter(f"{C}ser") for value in series.iterfind(f"{C}cat//{C}v")]
        assert shown[: len(chart.categories)] == list(chart.categories)
        assert f"word/embeddings/chart{number}.xlsx" in names
        assert f'descr="{chart.alt.split(".")[0]}' in body


def test_a_drawing_bears_its_words_and_ids_of_its_own() -> None:
    first, second = charts.svg(BARS, LOOK), charts.svg(WEEKS, LOOK)
    assert '<title id="by-title">Police: 3</title>' in first
    ids = re.findall(r'\bid="([^"]+)"', first + second)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'(?:url\(#|href="#)([^")]+)', first)) <= set(ids)
    assert "<style" not in first
    assert "style=" not in first
    assert "Police &amp; co" in first


def test_colour_never_tells_alone() -> None:
    drawing = charts.svg(BARS, LOOK)
    assert "<pattern" in drawing
    assert [number for number in ("3", "1", "4") if f">{number}</text>" not in drawing] == []


def test_a_picture_of_a_chart_is_of_print_quality_and_says_nothing_of_its_maker() -> None:
    data = charts.png(WEEKS, LOOK)
    width = int.from_bytes(data[16:20], "big")
    assert width == round(measures.CHART_WIDTH * 300)
    assert b"tEXt" not in data
    assert data == charts.png(WEEKS, LOOK)


def test_the_page_is_whole_in_itself_and_its_references_lead_somewhere(round_name: str) -> None:
    text = web_page(document(round_name), house("joint"))
    ids = set(re.findall(r'\bid="([^"]+)"', text))
    assert set(re.findall(r'href="#([^"]+)"', text)) <= ids
    assert re.findall(r'(?:src|href)="(?!data:|#|https://|mailto:)', text) == []
    assert text.count("<h1") == 1


def test_headings_skip_no_level(round_name: str) -> None:
    levels = [block.level for block in every_block(document(round_name).blocks) if isinstance(block, Heading)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_table_of_data_names_its_rows_and_columns(round_name: str) -> None:
    text = web_page(document(round_name), house("joint"))
    for table in re.findall(r"<table id=.*?</table>", text, re.DOTALL):
        rows = re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)
        assert rows[0].count('<th scope="col">') == len(re.findall("<t[hd]", rows[0]))
        assert all(row.startswith('<th scope="row">') for row in rows[1:])
        assert "<caption" in table
