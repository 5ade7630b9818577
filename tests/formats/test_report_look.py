"""The look of a report: a cover, chapters that open, a matrix that is read at a glance, and pages without holes."""

import io
import re
from copy import deepcopy
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTTextLine

from letters.composition.report import compose_overview
from letters.document.blocks import Box, Chart, Document, Heading, Paragraph, Run, Runs, Table, plain
from letters.document.walk import every_block
from letters.files.rounds import load_round
from letters.formats.pdf.write import write, write_large_print
from letters.formats.text import write as as_text
from letters.houses.colours import PAPER, contrast, hexadecimal
from letters.houses.house import Look
from letters.houses.loading import house
from letters.houses.measures import are_readable, begins_a_page, column_room, has_room_for_marks
from letters.publication.uploads import data_files
from letters.word.write import write as write_word
from tests.builders import SMALLEST
from tests.conftest import ROUNDS, letter_of, report_of
from tests.reading import W, docx_part
from tests.rounds import SMALLEST_ROUND, asked, chapter, finding, write_yaml

HOUSES = ("joint", "ofsted", "cqc", "hmicfrs", "hmiprobation")
LONG = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
TEXT_TOP, TEXT_BOTTOM = 74, 777
"""Points from the top of a page to where its text begins and ends."""


class Line(NamedTuple):
    """A line of words on a page, and where it begins and ends, in points from the top."""

    top: float
    bottom: float
    words: str


def pages_of(data: bytes) -> list[list[Line]]:
    """Return the lines of each page of a PDF, from the top."""
    return [
        sorted(
            Line(page.height - line.y1, page.height - line.y0, line.get_text().replace("\xa0", " ").strip())
            for box in page
            if hasattr(box, "__iter__")
            for line in box
            if isinstance(line, LTTextLine)
        )
        for page in extract_pages(io.BytesIO(data))
    ]


def flow(page: list[Line]) -> list[Line]:
    """Return the lines between the running parts of a page."""
    return [line for line in page if line.bottom > TEXT_TOP - 4 and line.bottom < TEXT_BOTTOM + 4]


def said(page: list[Line]) -> str:
    """Return the words of a page."""
    return "\n".join(line.words for line in page)


def round_of(folder: Path, names: list[str], *items: Any, **fields: Any) -> Document:
    """Return the report of a round of areas with these names, each with a strength, and the first with a priority."""
    (folder / "areas").mkdir(parents=True)
    for number, name in enumerate(names):
        own = {"id": f"area{number}-2024", "area": {"name": name}}
        held: dict[str, Any] = {"strengths": [finding("S-01", "Nurses listen.", "health")]}
        if number == 0:
            held["recommendations"] = [asked("R-01", "The speed of visits.", "health", priority="priority")]
        write_yaml(folder / "areas" / f"area{number}.yaml", {**deepcopy(SMALLEST), **own, **held})
    data = {
        **deepcopy(SMALLEST_ROUND),
        "inspections": [{"file": f"areas/area{number}.yaml"} for number in range(len(names))],
        "findings": chapter(*items),
        "themes": {"health": "Health", "homes": "Homes"},
        **fields,
    }
    write_yaml(folder / "round.yaml", data)
    return compose_overview(load_round(folder / "round.yaml"), house("joint")).document


def table(document: Document, name: str) -> Table:
    """Return a table of a report by its id."""
    return next(block for block in document.blocks if isinstance(block, Table) and block.id == name)


def notes(document: Document) -> list[str]:
    """Return what is said below tables."""
    return [plain(b.runs) for b in document.blocks if isinstance(b, Paragraph) and b.role == "table-note"]


MATRIX = {"table": "matrix", "id": "it", "caption": "It"}


def test_each_value_of_the_matrix_is_a_mark_of_its_kind(tmp_path: Path) -> None:
    document = round_of(tmp_path, ["Ashby", "Birley"], MATRIX)
    (health, homes) = table(document, "it").rows
    assert [[block.role for block in cell if isinstance(block, Paragraph)] for cell in health[1:]] == [
        ["mark-strength", "mark-priority"],
        ["mark-strength"],
    ]
    assert [plain(block.runs) for cell in homes[1:] for block in cell if isinstance(block, Paragraph)] == ["–", "–"]


def test_a_dash_is_explained_where_it_stands(tmp_path: Path) -> None:
    document = round_of(tmp_path, ["Ashby", "Birley"], MATRIX)
    assert notes(document) == ["A dash (–) means that the letter has no finding on the theme."]


def test_heads_that_nobody_could_read_are_numbers_with_a_key(tmp_path: Path) -> None:
    document = round_of(tmp_path, ["Ashby", LONG], MATRIX)
    assert [plain(runs) for runs in table(document, "it").header] == ["Theme", "1", "2"]
    assert notes(document)[0] == f"Areas by the numbers of the columns: 1: Ashby; 2: {LONG}."


def test_a_matrix_whose_marks_would_not_fit_counts(tmp_path: Path) -> None:
    document = round_of(tmp_path, [f"Area {number}" for number in range(9)], MATRIX)
    assert [plain(runs) for runs in table(document, "it").header][1] == "Areas with a strength"


def test_marks_have_room_wherever_the_matrix_has_columns() -> None:
    words = ["Strength", "Priority action", "To improve"]
    rooms = {areas: has_room_for_marks(words, column_room(areas)) for areas in range(1, 40)}
    assert rooms[6]
    assert sorted(rooms.values(), reverse=True) == list(rooms.values())
    assert not rooms[9]
    assert are_readable(["Lindermouth", "St Neot’s & Ely"], column_room(6))
    assert not are_readable([LONG], column_room(2))
    assert not are_readable(["Bournebridge, Christmouth and Pooleham with the Isles of Little Tarn"], column_room(6))


def test_the_text_and_the_data_say_every_mark(tmp_path: Path) -> None:
    document = round_of(tmp_path, ["Ashby", "Birley"], MATRIX)
    assert "Health\nAshby: Strength\n  Priority action\nBirley: Strength" in as_text(document)
    (data,) = data_files(document, "x")
    assert b"Health,Strength; Priority action,Strength\r\n" in data.data


def test_a_figure_repeats_no_table_of_the_same_report(tmp_path: Path) -> None:
    drawn = {"chart": "agencies", "id": "drawn", "caption": "Drawn"}
    alone = round_of(tmp_path / "a", ["Ashby"], drawn)
    beside = round_of(tmp_path / "b", ["Ashby"], drawn, {"table": "agencies", "id": "told", "caption": "Told"})
    assert [b.id for b in alone.blocks if isinstance(b, Table)] == ["drawn-data"]
    assert [b.id for b in beside.blocks if isinstance(b, Table)] == ["told"]


def test_a_long_chart_says_which_table_has_its_data(tmp_path: Path) -> None:
    weeks = {"chart": "timeline", "id": "weeks", "caption": "Weeks"}
    told = {"table": "inspections", "id": "told", "caption": "Told"}
    document = round_of(tmp_path, [f"Area number {number} of the round" for number in range(8)], weeks, told)
    chart = next(block for block in document.blocks if isinstance(block, Chart))
    assert chart.alt.endswith("Table 1 has every day.")


def test_the_lists_of_the_executive_summary_are_its_key_findings(tmp_path: Path) -> None:
    document = round_of(tmp_path, ["Ashby"], "Words.", executive_summary=["First.", {"bullets": ["One.", "Two."]}])
    (box,) = (block for block in document.blocks if isinstance(block, Box) and block.role == "key-findings")
    assert len(box.blocks) == 2


def test_the_cover_says_what_who_and_when_and_nothing_else(round_name: str) -> None:
    cover, second, *_ = map(said, pages_of(write(report_of(round_name).document, house("joint"))))
    assert "Joint targeted area inspections on" in cover
    assert "A joint report by" in cover
    assert "Published" in cover
    assert "Summary" not in cover
    assert "Summary" in second


def test_every_page_but_the_cover_bears_the_title_and_its_chapter(round_name: str) -> None:
    document = report_of(round_name).document
    title = next(plain(b.runs) for b in every_block(document.blocks) if isinstance(b, Heading))
    pages = pages_of(write(document, house("joint")))[1:]
    heads = [said([line for line in page if line.bottom < 60]).replace("\n", " ") for page in pages]
    chapters = [head.replace(title, "").strip() for head in heads]
    assert all(title in head for head in heads)
    assert all(chapters)
    assert len(set(chapters)) > 5


@pytest.mark.parametrize("name", HOUSES)
def test_only_the_last_page_of_a_chapter_is_less_than_two_fifths_full(name: str, round_name: str) -> None:
    document = report_of(round_name).document
    headings = (block for block in document.blocks if isinstance(block, Heading) and begins_a_page(block.id))
    openings = {plain(heading.runs) for heading in headings}
    pages = [flow(page) for page in pages_of(write(document, house(name)))[1:]]
    full = [(max(line.bottom for line in page) - TEXT_TOP) / (TEXT_BOTTOM - TEXT_TOP) for page in pages]
    firsts = [page[0].words for page in pages]
    for share, following in zip(full[:-1], firsts[1:], strict=True):
        assert share >= 0.4 or any(following.startswith(heading[:30]) for heading in openings)


def boxes(document: Document, before: int, words: int) -> Document:
    """Return a letter with a box of so many words after some paragraphs."""
    inner = tuple(Paragraph(f"b.{number}", plain_runs("box " * 40), "case-study") for number in range(words // 40))
    blocks = [Paragraph(f"p.{number}", plain_runs("word " * 60)) for number in range(before)]
    return document.__class__(document.meta, document.letterhead, (*blocks, Box("b", inner, "case-study")), ())


def plain_runs(words: str) -> Runs:
    """Return words as runs."""
    return (Run(words.strip()),)


@pytest.mark.parametrize(("before", "words", "breaks"), [(8, 80, False), (4, 280, True)])
def test_a_box_is_whole_where_it_fits_and_breaks_where_it_would_leave_a_hole(
    before: int, words: int, breaks: bool
) -> None:
    document = boxes(report_of(ROUNDS[0]).document, before, words)
    first, second = map(flow, pages_of(write(document, house("joint"))))
    assert max(line.bottom for line in first) > 0.75 * TEXT_BOTTOM
    assert any(line.words.startswith("box") for line in first) is breaks
    assert any(line.words.startswith("box") for line in second)


@pytest.mark.parametrize("name", HOUSES)
def test_marks_are_told_apart_by_everybody(name: str) -> None:
    look = house(name).settings.report_look
    strength, priority = measured(look.mark_strength), measured(look.mark_priority)
    for one, other in ((strength, priority), (strength, PAPER), (priority, PAPER)):
        assert contrast(one, other) >= 3
    for words in (look.mark_priority, look.mark_improvement, look.accent):
        assert contrast(measured(words), PAPER) >= 4.5
    assert contrast(measured(look.ink), strength) >= 4.5


def measured(colour: str) -> tuple[int, ...]:
    """Return a colour as numbers."""
    found = hexadecimal(colour[1:])
    assert found is not None
    return found


def test_word_shows_marks_as_the_bullets_of_styles_and_no_words_of_their_own(tmp_path: Path) -> None:
    data = write_word(round_of(tmp_path, ["Ashby", "Birley"], MATRIX), house("joint"))
    body = docx_part(data, "word/document.xml")
    styles = [style.get(f"{W}val") for style in body.iter(f"{W}pStyle")]
    assert styles.count("MarkStrength") == 2
    assert styles.count("MarkPriority") == 1
    assert "✓" not in "".join(body.itertext())


def test_the_title_of_a_report_runs_in_word_too(tmp_path: Path) -> None:
    header = docx_part(write_word(round_of(tmp_path, ["Ashby"], "Words."), house("joint")), "word/header1.xml")
    said = "".join(header.itertext())
    assert "STYLEREF" in said
    assert len(re.sub(r"STYLEREF.*", "", said).strip()) > 3


def test_no_row_of_large_print_leaves_its_heading_alone() -> None:
    pages = list(map(said, pages_of(write_large_print(letter_of("cawdale"), house("joint")))))
    place = next(number for number, words in enumerate(pages) if "Areas for priority action" in words)
    assert "Responsible body" in pages[place]
    assert "NHS Eddenmoor" in pages[place]


def test_a_look_of_an_older_house_has_colours_for_marks() -> None:
    assert Look(accent="#123456").mark_strength


def test_word_counts_the_parts_of_a_chart_as_one_figure(tmp_path: Path) -> None:
    weeks = {"chart": "timeline", "id": "weeks", "caption": "Weeks"}
    agencies = {"chart": "agencies", "id": "who", "caption": "Who should act"}
    data = write_word(round_of(tmp_path, [f"Area {number}" for number in range(30)], weeks, agencies), house("joint"))
    body = docx_part(data, "word/document.xml")
    captions = [
        "".join(words.text or "" for words in paragraph.iter(f"{W}t"))
        for paragraph in body.iter(f"{W}p")
        if any("SEQ Figure" in (code.text or "") for code in paragraph.iter(f"{W}instrText"))
    ]
    assert captions == ["Figure 1: Weeks (part 1 of 3)", "Figure 2: Who should act"]
    said = "".join(words.text or "" for words in body.iter(f"{W}t"))
    assert "Figure 1: Weeks (part 3 of 3)" in said
