"""OpenDocument text: every word, real structure, nothing hidden, and a file that other programs take for what it is."""

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from openxml_audit import FileFormat, OdfValidator

from letters.document.blocks import (
    Block,
    Box,
    Chart,
    Contents,
    Document,
    Draft,
    Entry,
    Footnote,
    Heading,
    Item,
    Meta,
    Paragraph,
    Run,
    Series,
    Table,
    plain,
)
from letters.document.walk import outline, texts, words
from letters.errors import FormatFault
from letters.formats.odt.write import write
from letters.houses.loading import house
from tests import office
from tests.builders import letter, recommendation
from tests.composition.test_letter import HOSTILE
from tests.conftest import ROOT, letter_of

OASIS = "urn:oasis:names:tc:opendocument:xmlns"
TEXT, STYLE, TABLE = f"{{{OASIS}:text:1.0}}", f"{{{OASIS}:style:1.0}}", f"{{{OASIS}:table:1.0}}"
DRAW, SVG, META = f"{{{OASIS}:drawing:1.0}}", f"{{{OASIS}:svg-compatible:1.0}}", f"{{{OASIS}:meta:1.0}}"
FO, OFFICE = f"{{{OASIS}:xsl-fo-compatible:1.0}}", f"{{{OASIS}:office:1.0}}"
DC, XLINK = "{http://purl.org/dc/elements/1.1/}", "{http://www.w3.org/1999/xlink}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
PARAGRAPHS = (f"{TEXT}p", f"{TEXT}h")
FULL: dict[str, Any] = {
    "strengths": [{"text": "one [link](https://a.example/?a=1&b=2) *em* **strong**[^n]", "points": ["two"]}],
    "main_findings": [{"id": "M-1", "text": "a"}, {"id": "M-2", "text": "b", "points": ["c"]}],
    "case_studies": [{"type": "place", "text": "A place.", "after": "M-1"}],
    "recommendations": [recommendation("Act.", priority="priority", points=["now"])],
    "footnotes": {"n": "A note."},
}
"""A letter that has everything a letter can have, but for what its layout says."""


@cache
def file_of(name: str) -> bytes:
    """Return the letter of an invented inspection as ODT."""
    return write(letter_of(name), house("joint"))


def part(data: bytes, name: str = "content.xml") -> Element:
    """Return the root of one part."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        return ElementTree.fromstring(package.read(name))


def body(document: Document) -> Element:
    """Return the content of a document's file."""
    return part(write(document, house("joint")))


def text_of(element: Element) -> str:
    """Return the words of a paragraph without its footnotes and the words that stand for its pictures."""
    found = element.text or ""
    for child in element:
        if child.tag == f"{TEXT}s":
            found += " " * int(child.get(f"{TEXT}c", "1"))
        elif child.tag == f"{TEXT}tab":
            found += "\t"
        elif child.tag not in (f"{TEXT}note", f"{DRAW}frame"):
            found += text_of(child)
        found += child.tail or ""
    return found


def paragraphs(element: Element) -> Iterator[Element]:
    """Yield the paragraphs of the text in order, without those of its footnotes."""
    for child in element:
        if child.tag in PARAGRAPHS:
            yield child
        elif child.tag != f"{TEXT}note":
            yield from paragraphs(child)


def odt_words(data: bytes) -> list[str]:
    """Return the words of a file: its text, then its footnotes."""
    content = part(data)
    found = [word for paragraph in paragraphs(content) for word in text_of(paragraph).split()]
    for note in content.iter(f"{TEXT}note-body"):
        found += [word for paragraph in paragraphs(note) for word in text_of(paragraph).split()]
    return found


def style_of(content: Element, element: Element) -> str:
    """Return the name that people see of an element's style, or of the one that it differs from in some property."""
    name = element.get(f"{TEXT}style-name", "")
    own = content.find(f"{OFFICE}automatic-styles/{STYLE}style[@{STYLE}name='{name}']")
    parent = own.get(f"{STYLE}parent-style-name", name) if own is not None else name
    return parent.replace("_20_", " ")


def property_of(content: Element, element: Element, name: str) -> str:
    """Return a property that an element's own style gives it."""
    style = content.find(
        f".//{STYLE}style[@{STYLE}name='{element.get(f'{TEXT}style-name')}']/{STYLE}paragraph-properties"
    )
    return style.get(f"{FO}{name}", "") if style is not None else ""


def outline_of(content: Element) -> list[tuple[int, str]]:
    """Return the level and the words of every heading."""
    return [(int(heading.get(f"{TEXT}outline-level", "")), text_of(heading)) for heading in content.iter(f"{TEXT}h")]


def faults(data: bytes, folder: Path) -> list[str]:
    """Return what breaks the schema of ODF 1.2, or leads to nothing within the file."""
    path = folder / "letter.odt"
    path.write_bytes(data)
    validator = OdfValidator(FileFormat.ODF_1_2, relaxng_validation=True, require_schema_routes=False)
    return [
        f"{error.part_uri}: {error.description}"
        for error in validator.validate(path).errors
        if error.severity.name == "ERROR"
    ]


def made_of(*blocks: Block, notes: tuple[Footnote, ...] = (), draft: Draft | None = None, **meta: Any) -> Document:
    """Return a document of these blocks without a letterhead."""
    facts = Meta("r-1", "A report", "What it is about", "Ofsted", date(2026, 7, 16), "en-GB", 1)
    return Document(replace(facts, **meta), (), blocks, notes, draft)


def said(words: str, name: str = "", role: str = "body", **run: Any) -> Paragraph:
    """Return a paragraph of one run."""
    return Paragraph(name, (Run(words, **run),), role)


def table(columns: int = 2, **fields: Any) -> Table:
    """Return a numbered table of one row."""
    header = tuple((Run(f"column {number}"),) for number in range(columns))
    row = tuple((said(f"cell {number}", f"t.{number}", "table"),) for number in range(columns))
    return Table(**{"id": "t", "caption": "Counts", "header": header, "rows": (row,), "label": "Table 1", **fields})


CHART = Chart("c", "Figure 1", "Weeks", "Two bars: three and four.", "bars", ("a", "b"), (Series("weeks", (3, 4)),), 4)


def report() -> Document:
    """Return a small report with everything that a letter has not."""
    return made_of(
        Box(
            "cover",
            (Heading("title", (Run("A report"),), 1), Box("s", (said("And why", role="strapline"),), "strapline")),
            "cover",
        ),
        Heading("contents-heading", (Run("Contents"),), 2),
        Contents("contents", (Entry("one", "One", 2), Entry("two", "Two", 3))),
        Heading("one", (Run("One"),), 2),
        Paragraph("p", (Run("See "), Run("Table 1", target="t"), Run(" and "), Run("Figure 1", target="c"), Run("."))),
        table(row_headers=True),
        Heading("two", (Run("Two"),), 3),
        CHART,
        Box("q", (said("‘Words.’", role="quotation"), said("Letter to A", role="quotation-source")), "quotation"),
        Box("k", (said("In a box that nobody knows", role="key-message"),), "key-message"),
    )


def test_it_says_the_words_of_the_letter(fixture_name: str) -> None:
    assert odt_words(file_of(fixture_name)) == words(letter_of(fixture_name))


def test_libreoffice_reads_the_words_of_the_letter(fixture_name: str) -> None:
    read: list[str] = office.office().ask("words", file_of(fixture_name), suffix="odt")
    assert " ".join(read).split() == words(letter_of(fixture_name))


def test_it_says_the_words_of_a_report() -> None:
    assert odt_words(write(report(), house("joint"))) == words(report())


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_finding_is_the_words_it_is(text: str) -> None:
    document = letter(strengths=[text], footnotes={"n": text}, main_findings=["x[^n]"], area={"name": text})
    assert odt_words(write(document, house("joint"))) == words(document)


def test_every_space_and_no_break_space_is_kept() -> None:
    runs = (Run("  two"), Run(" before "), Run("  and", strong=True), Run("   three; 20\N{NO-BREAK SPACE}May"))
    document = made_of(Paragraph("p", runs), said(" one"))
    assert [text_of(each) for each in paragraphs(body(document))] == [plain(runs), " one"]
    read: list[str] = office.office().ask("words", write(document, house("joint")), suffix="odt")
    assert read == [plain(runs), " one"]


def test_a_character_that_no_file_can_hold_is_refused_by_its_place() -> None:
    with pytest.raises(FormatFault, match=r"after “finding one” there is U\+000C"):
        write(made_of(said("finding one\f")), house("joint"))


def test_every_fixture_keeps_to_the_schema(fixture_name: str, tmp_path: Path) -> None:
    assert faults(file_of(fixture_name), tmp_path) == []


@pytest.mark.parametrize("signatures", ["grid", "stack"])
@pytest.mark.parametrize("stage", ["final", "factual_accuracy"])
def test_every_kind_of_letter_keeps_to_the_schema(stage: str, signatures: str, tmp_path: Path) -> None:
    layout = {"main_findings": "numbered", "recommendations": "table", "signatures": signatures}
    assert faults(write(letter(stage=stage, layout=layout, **FULL), house("joint")), tmp_path) == []


def test_a_report_keeps_to_the_schema(tmp_path: Path) -> None:
    assert faults(write(report(), house("joint")), tmp_path) == []


def test_headings_are_those_of_the_letter(fixture_name: str) -> None:
    assert outline_of(part(file_of(fixture_name))) == outline(letter_of(fixture_name))


def test_headings_have_the_styles_that_office_programs_know() -> None:
    content = body(letter(**FULL))
    styles = {(style_of(content, heading), heading.get(f"{TEXT}outline-level")) for heading in content.iter(f"{TEXT}h")}
    assert styles == {("Heading 1", "1"), ("Heading 2", "2"), ("Case study heading", "3")}


def test_the_style_of_a_heading_has_its_level_in_the_outline() -> None:
    styles = part(file_of("ansford"), "styles.xml").iter(f"{STYLE}style")
    levels = {style.get(f"{STYLE}display-name"): style.get(f"{STYLE}default-outline-level") for style in styles}
    assert [levels[f"Heading {level}"] for level in (1, 2, 3)] == ["1", "2", "3"]


def test_every_style_that_is_used_is_there(fixture_name: str) -> None:
    assert styles_missing(file_of(fixture_name)) == set()


def test_every_style_that_a_report_uses_is_there() -> None:
    assert styles_missing(write(report(), house("joint"))) == set()


def styles_missing(data: bytes) -> set[str]:
    """Return the names of styles that are used in a file and are not in it."""
    parts = [part(data), part(data, "styles.xml")]
    elements = [element for root in parts for element in root.iter()]
    there = {element.get(f"{STYLE}name") for element in elements}
    used = {value for element in elements for name, value in element.items() if name.endswith("style-name")}
    return used - there


def test_no_paragraph_is_empty(fixture_name: str) -> None:
    for name in ("content.xml", "styles.xml"):
        found = [each for each in part(file_of(fixture_name), name).iter() if each.tag in PARAGRAPHS]
        assert [each for each in found if not text_of(each).strip() and each.find(f"{DRAW}frame") is None] == []


def test_a_paragraph_without_words_is_none() -> None:
    assert [text_of(each) for each in paragraphs(body(made_of(said("one"), said(""), Paragraph("p", ()))))] == ["one"]


def test_points_are_a_list_within_their_item() -> None:
    content = body(letter(strengths=[{"text": "one", "points": ["two"]}, "three"]))
    first, second = content.findall(f"{OFFICE}body/{OFFICE}text/{TEXT}list/{TEXT}list-item")
    assert [text_of(each) for each in first.findall(f"{TEXT}p")] == ["one"]
    assert [text_of(each) for each in first.findall(f"{TEXT}list/{TEXT}list-item/{TEXT}p")] == ["two"]
    assert [text_of(each) for each in second] == ["three"]
    assert [style_of(content, each) for each in paragraphs(first)] == ["List Bullet 1", "List Bullet 2"]


def test_a_further_paragraph_stays_where_it_is_in_its_item() -> None:
    one, two = Item("1", (Run("one"),), "l"), Item("2", (Run("two"),), "l", 2)
    more = Item("3", (Run("more"),), "l", continues=True)
    lists = list(body(made_of(one, two, more)).iter(f"{TEXT}list"))
    assert [child.tag for child in lists[0][0]] == [f"{TEXT}p", f"{TEXT}list", f"{TEXT}p"]
    assert [text_of(each) for each in paragraphs(lists[0])] == ["one", "two", "more"]


def test_a_numbered_list_goes_on_after_a_case_study() -> None:
    first, second = numbered_lists(body(letter(layout={"main_findings": "numbered"}, **FULL)))
    assert [text_of(next(paragraphs(each))) for each in (first, second)] == ["a", "b"]
    assert first.get(f"{TEXT}continue-list") is None
    assert second.get(f"{TEXT}continue-list") == first.get(XML_ID)


def test_each_numbered_list_begins_at_one() -> None:
    one, two = Item("1", (Run("a"),), "l", ordered=True), Item("2", (Run("b"),), "m", ordered=True)
    lists = numbered_lists(body(made_of(one, two)))
    assert [each.get(f"{TEXT}continue-list") for each in lists] == [None, None]


def test_bullets_between_numbers_of_one_list_do_not_number_it_anew() -> None:
    kinds = (True, False, True)
    items = [Item(str(place), (Run("x"),), "l", ordered=ordered) for place, ordered in enumerate(kinds)]
    first, second = numbered_lists(body(made_of(*items)))
    assert second.get(f"{TEXT}continue-list") == first.get(XML_ID)


def numbered_lists(content: Element) -> list[Element]:
    """Return the numbered lists."""
    return [each for each in content.iter(f"{TEXT}list") if each.get(f"{TEXT}style-name") == "Numbers"]


def test_a_table_has_a_header_row_that_repeats() -> None:
    act = recommendation("Act.", priority="priority")
    (found,) = body(letter(layout={"recommendations": "table"}, recommendations=[act])).iter(f"{TABLE}table")
    (header,) = found.findall(f"{TABLE}table-header-rows/{TABLE}table-row")
    assert [text_of(each) for each in paragraphs(header)] == ["Responsible body", "Area for priority action"]
    assert [text_of(each) for each in paragraphs(found)][-1] == "Act."


def test_a_numbered_table_has_its_caption_above_it_and_its_name_in_it() -> None:
    content = body(made_of(table()))
    caption, found = content.findall(f"{OFFICE}body/{OFFICE}text/*")
    assert (style_of(content, caption), text_of(caption)) == ("Caption", "Table 1: Counts")
    assert found.findtext(f"{TABLE}title") == "Counts"
    assert found.findtext(f"{TABLE}desc") == "Table with the columns column 0 and column 1"


def test_the_column_that_names_the_rows_is_a_header() -> None:
    content = body(made_of(table(row_headers=True)))
    (found,) = content.iter(f"{TABLE}table")
    assert len(found.findall(f"{TABLE}table-header-columns/{TABLE}table-column")) == 1
    assert [style_of(content, each) for each in paragraphs(found)][2:] == ["Table Row Heading", "Table Contents"]
    assert body(made_of(table())).find(f".//{TABLE}table-header-columns") is None


@pytest.mark.parametrize("columns", [2, 3, 4, 7])
def test_the_columns_of_a_table_fill_the_width_of_the_text(columns: int) -> None:
    content = body(made_of(table(columns, row_headers=True)))
    looks = {each.get(f"{STYLE}name"): each for each in content.iter(f"{STYLE}style")}
    used = [looks[each.get(f"{TABLE}style-name")][0] for each in content.iter(f"{TABLE}table-column")]
    widths = [float(each.get(f"{STYLE}column-width", "").removesuffix("cm")) for each in used]
    assert len(widths) == columns
    assert sum(widths) == pytest.approx(16, abs=0.01)


def test_a_table_of_many_columns_is_set_in_smaller_type() -> None:
    content = body(made_of(table(6)))
    styles = {style_of(content, each) for each in paragraphs(next(content.iter(f"{TABLE}table")))}
    assert styles == {"Table Heading small", "Table Contents small"}


def test_every_picture_has_words_that_stand_for_it(fixture_name: str) -> None:
    document = letter_of(fixture_name)
    header = next(part(file_of(fixture_name), "styles.xml").iter(f"{STYLE}header"))
    said_of = [frame.findtext(f"{SVG}title") for frame in header.iter(f"{DRAW}frame")]
    assert said_of == [figure.alt for figure in document.letterhead]


def test_the_letterhead_is_on_every_page_and_the_page_number_on_all_but_the_first() -> None:
    first, following = part(file_of("ansford"), "styles.xml").iter(f"{STYLE}master-page")
    assert first.get(f"{STYLE}name") == "Standard"
    assert first.get(f"{STYLE}next-style-name") == following.get(f"{STYLE}name")
    assert [len(list(page.iter(f"{DRAW}frame"))) for page in (first, following)] == [4, 4]
    assert [len(list(page.iter(f"{TEXT}page-number"))) for page in (first, following)] == [0, 1]


def test_logos_fit_between_the_margins() -> None:
    frames = part(file_of("ansford"), "styles.xml").iter(f"{DRAW}frame")
    widths = [float(frame.get(f"{SVG}width", "").removesuffix("cm")) for frame in frames]
    assert sum(widths[:4]) < 16


def test_a_signature_picture_is_described_where_there_is_one(tmp_path: Path) -> None:
    (tmp_path / "signatures").mkdir()
    shutil.copy(ROOT / "styles/joint/art/logos/cqc.png", tmp_path / "signatures/cy-example.png")
    data = write(letter(), house("joint", art=tmp_path))
    (frame,) = part(data).iter(f"{DRAW}frame")
    assert frame.findtext(f"{SVG}title") == "Signature of Cy Example"
    image = frame.find(f"{DRAW}image")
    assert image is not None
    with zipfile.ZipFile(BytesIO(data)) as package:
        assert image.get(f"{XLINK}href") in package.namelist()
    assert list(body(letter()).iter(f"{DRAW}frame")) == []


def test_a_name_below_a_signature_needs_no_room_to_sign_in(tmp_path: Path) -> None:
    (tmp_path / "signatures").mkdir()
    shutil.copy(ROOT / "styles/joint/art/logos/cqc.png", tmp_path / "signatures/cy-example.png")
    content = part(write(letter(), house("joint", art=tmp_path)))
    names = [each for each in paragraphs(content) if style_of(content, each) == "Signatory name"]
    assert [property_of(content, each, "margin-top") for each in names] == ["2pt", ""]


def test_a_chart_is_a_picture_below_its_caption_with_what_it_shows_in_words() -> None:
    content = body(made_of(CHART))
    caption, picture = paragraphs(content)
    assert text_of(caption) == "Figure 1: Weeks"
    (frame,) = picture.iter(f"{DRAW}frame")
    assert (frame.findtext(f"{SVG}title"), frame.findtext(f"{SVG}desc")) == ("Figure 1", CHART.alt)
    assert frame.get(f"{SVG}width") == "16.000cm"


def test_signatures_are_kept_together() -> None:
    content = body(letter(layout={"signatures": "stack"}))
    found = list(paragraphs(content))
    start = next(place for place, each in enumerate(found) if style_of(content, each) == "Closing")
    kept = [property_of(content, each, "keep-with-next") for each in found[start:]]
    assert len(kept) > 3
    assert kept == ["always"] * (len(kept) - 1) + [""]


def test_signatures_side_by_side_are_cells_of_one_row_without_lines() -> None:
    content = body(letter(layout={"signatures": "grid"}))
    (table,) = (each for each in content.iter(f"{TABLE}table") if "Unruled" in each.get(f"{TABLE}style-name", ""))
    (row,) = table.iter(f"{TABLE}table-row")
    names = [
        [text_of(each).split() for each in paragraphs(cell) if style_of(content, each) == "Signatory name"]
        for cell in row.iter(f"{TABLE}table-cell")
    ]
    assert names == [[["Cy", "Example"]], [["Di", "Example"]]]


def test_the_closing_words_take_the_last_item_of_a_list_with_them() -> None:
    document = made_of(
        *(Item(f"a.{number}", (Run(f"item {number}"),), "a") for number in (1, 2)),
        Box("sign-off", (said("Yours sincerely", role="sign-off"),), "sign-off"),
    )
    content = body(document)
    kept = [property_of(content, each, "keep-with-next") for each in paragraphs(content)]
    assert kept[:2] == ["", "always"]


def test_a_case_study_has_one_frame_and_is_apart_from_the_next() -> None:
    study = Box("k", (Heading("h", (Run("A study"),), 3), said("words", role="case-study")), "case-study")
    content = body(made_of(study, study, study))
    margins = [property_of(content, each, "margin-left") for each in paragraphs(content)]
    assert [style_of(content, each) for each in paragraphs(content)][:2] == ["Case study heading", "Case study"]
    assert margins == ["", "", "0.32cm", "0.32cm", "", ""]


def test_quotations_and_unknown_roles_have_a_style() -> None:
    content = body(report())
    styles = {text_of(each): style_of(content, each) for each in paragraphs(content)}
    assert styles["‘Words.’"] == "Quotations"
    assert styles["Letter to A"] == "Quotation source"
    assert styles["And why"] == "Subtitle"
    assert styles["In a box that nobody knows"] == "Text body"


def test_text_in_a_box_has_the_look_of_the_box() -> None:
    content = body(made_of(Box("k", (said("words"),), "quotation")))
    assert [style_of(content, each) for each in paragraphs(content)] == ["Quotations"]


def test_a_link_leads_where_it_says() -> None:
    (link,) = [each for each in body(letter(**FULL)).iter(f"{TEXT}a") if text_of(each) == "link"]
    assert link.get(f"{XLINK}href") == "https://a.example/?a=1&b=2"


def test_words_of_several_looks_that_lead_to_one_place_are_one_link() -> None:
    runs = (Run("see "), Run("the ", link="https://a.example"), Run("law", emphasis=True, link="https://a.example"))
    (link,) = body(made_of(Paragraph("p", runs))).iter(f"{TEXT}a")
    assert text_of(link) == "the law"


def test_references_and_contents_lead_to_bookmarks() -> None:
    content = body(report())
    marks = {each.get(f"{TEXT}name") for each in content.iter(f"{TEXT}bookmark-start")}
    assert marks == {each.get(f"{TEXT}name") for each in content.iter(f"{TEXT}bookmark-end")}
    assert {str(each.get(f"{XLINK}href")).removeprefix("#") for each in content.iter(f"{TEXT}a")} == marks
    assert marks == {"one", "two", "t", "c"}


def test_a_reference_to_nothing_is_words() -> None:
    (paragraph,) = paragraphs(body(made_of(said("Table 9", target="nothing"))))
    assert (paragraph.text, len(paragraph)) == ("Table 9", 0)


def test_the_contents_are_made_anew_from_the_same_headings() -> None:
    content = body(report())
    (contents,) = content.iter(f"{TEXT}table-of-content")
    lines = [(style_of(content, each), text_of(each)) for each in paragraphs(contents)]
    assert lines == [("Contents 2", "One\t"), ("Contents 3", "Two\t")]
    sources = [each.get(f"{TEXT}style-name") for each in contents.iter(f"{TEXT}index-source-style")]
    assert sources == ["Heading_20_2", "Heading_20_3"]
    pages = [each.get(f"{TEXT}ref-name") for each in contents.iter(f"{TEXT}bookmark-ref")]
    assert pages == ["one", "two"]


def test_contents_and_what_follows_them_begin_a_page() -> None:
    content = body(report())
    heading, following = [each for each in content.iter(f"{TEXT}h") if text_of(each) in ("Contents", "One")]
    assert style_of(content, heading) == "Contents Heading"
    assert property_of(content, following, "break-before") == "page"


def test_footnotes_are_notes_in_order(fixture_name: str) -> None:
    document = letter_of(fixture_name)
    notes = list(part(file_of(fixture_name)).iter(f"{TEXT}note"))
    numbers = [note.findtext(f"{TEXT}note-citation") for note in notes]
    assert numbers == [str(number) for number in range(1, len(document.notes) + 1)]
    said_in = [text_of(next(paragraphs(note[1]))) for note in notes]
    assert said_in == [plain(note.runs) for note in document.notes]
    assert sum(1 for runs in texts(document) for run in runs if run.note) == len(notes)


def test_the_properties_are_those_of_the_letter() -> None:
    meta, facts = part(file_of("ansford"), "meta.xml"), letter_of("ansford").meta
    found = {element.tag: element.text for element in meta[0]}
    assert found[f"{DC}title"] == facts.title
    assert found[f"{DC}subject"] == facts.subject
    assert found[f"{DC}language"] == facts.language
    assert found[f"{META}initial-creator"] == found[f"{DC}creator"] == "Ofsted"
    assert found[f"{META}creation-date"] == found[f"{DC}date"] == "2024-07-11T00:00:00"
    own = {each.get(f"{META}name"): each.text for each in meta.iter(f"{META}user-defined")}
    assert own == {"InspectionId": "ansford-2024", "LetterVersion": "4"}


def test_no_file_says_what_made_it_or_where(fixture_name: str) -> None:
    with zipfile.ZipFile(BytesIO(file_of(fixture_name))) as package:
        held = b"".join(package.read(name) for name in package.namelist() if name.endswith(".xml"))
    for mark in (b"generator", b"printed-by", b"/work", b"/home", b"/tmp", b".yaml", b"file:"):
        assert mark not in held


@pytest.mark.parametrize(
    ("language", "is_said_as"), [("en-GB", ("en", "GB")), ("cy", ("cy", "none")), ("cy-GB", ("cy", "GB"))]
)
def test_the_text_is_in_the_language_of_the_document(language: str, is_said_as: tuple[str, str]) -> None:
    data = write(made_of(said("Llythyr"), language=language), house("joint"))
    default = part(data, "styles.xml").find(f".//{STYLE}default-style/{STYLE}text-properties")
    assert default is not None
    assert (default.get(f"{FO}language"), default.get(f"{FO}country")) == is_said_as
    assert part(data, "meta.xml").findtext(f".//{DC}language") == language


def test_paragraphs_leave_no_line_alone() -> None:
    default = part(file_of("ansford"), "styles.xml").find(f".//{STYLE}default-style/{STYLE}paragraph-properties")
    assert default is not None
    assert (default.get(f"{FO}widows"), default.get(f"{FO}orphans")) == ("2", "2")


def test_the_look_is_that_of_the_house() -> None:
    ofsted = house("ofsted")
    styles = part(write(letter("ofsted"), ofsted), "styles.xml")
    heading = styles.find(f".//{STYLE}style[@{STYLE}name='Heading']/{STYLE}text-properties")
    assert heading is not None
    assert heading.get(f"{FO}color") == ofsted.settings.look.accent


def test_a_draft_says_so_on_every_page_and_a_final_letter_nowhere() -> None:
    draft = letter(stage="draft")
    assert draft.draft
    styles = part(write(draft, house("joint")), "styles.xml")
    for page in styles.iter(f"{STYLE}master-page"):
        header, footer = page.findall(f"{STYLE}*")
        assert text_of(header[0]) == draft.draft.watermark
        assert text_of(footer[0]).startswith(draft.draft.footer)
    assert draft.draft.footer not in "".join(part(write(letter(), house("joint")), "styles.xml").itertext())


def test_a_draft_has_no_hidden_bookmarks() -> None:
    assert list(body(letter(stage="draft")).iter(f"{TEXT}bookmark-start")) == []


def test_the_media_type_comes_first_as_it_is_and_the_parts_have_no_times() -> None:
    data = file_of("ansford")
    assert data[30:77] == b"mimetypeapplication/vnd.oasis.opendocument.text"
    with zipfile.ZipFile(BytesIO(data)) as package:
        entries = package.infolist()
        listed = part(data, "META-INF/manifest.xml")
    names = [entry.filename for entry in entries]
    assert names[1:] == sorted(names[1:])
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    paths = {entry.get(f"{{{OASIS}:manifest:1.0}}full-path") for entry in listed}
    assert paths == {"/", *names} - {"mimetype", "META-INF/manifest.xml"}


PROGRAM = """
import hashlib, sys
from pathlib import Path
from letters.composition.letter import compose
from letters.files.disk import load
from letters.formats.odt.write import write
from letters.houses.loading import house
print(hashlib.sha256(write(compose(load(Path(sys.argv[1])), house("joint")), house("joint"))).hexdigest())
"""


def test_two_processes_in_two_time_zones_write_the_same_bytes() -> None:
    said_by = set()
    for zone, seed in (("Pacific/Auckland", "1"), ("America/Los_Angeles", "2")):
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "LC_ALL": "C"}
        command = [sys.executable, "-c", PROGRAM, str(ROOT / "fixtures/cawdale/inspection.yaml")]
        said_by.add(subprocess.run(command, env=environment, check=True, capture_output=True).stdout)
    assert len(said_by) == 1


def test_a_report_is_the_same_bytes_again() -> None:
    assert write(report(), house("joint")) == write(report(), house("joint"))
