"""DOCX: real styles, real lists, real footnotes, clean properties, and a file that other programs accept."""

import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from openxml_audit import OpenXmlValidator

from letters.document.blocks import Document, Figure, plain
from letters.document.walk import every_block, outline, texts
from letters.errors import HouseFault, UnreadableInput
from letters.houses.house import House
from letters.houses.loading import house
from letters.word.write import write
from tests.builders import letter, recommendation
from tests.conftest import ROOT, letter_of
from tests.reading import W, docx_part

Written = Callable[[str, str], bytes]
PARTS = (
    "word/document.xml",
    "word/footnotes.xml",
    "word/header1.xml",
    "word/header2.xml",
    "word/footer1.xml",
    "word/footer2.xml",
)


def part(document: Document, name: str = "word/document.xml") -> ElementTree.Element:
    """Return one part of a letter's DOCX."""
    return docx_part(write(document, house("joint")), name)


def style_of(paragraph: ElementTree.Element) -> str:
    """Return the id of a paragraph's style."""
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else found.get(f"{W}val", "")


def words_of(paragraph: ElementTree.Element) -> str:
    """Return the words of a paragraph."""
    return "".join(text.text or "" for text in paragraph.iter(f"{W}t"))


def paragraphs(document: Document, style: str) -> list[ElementTree.Element]:
    """Return the paragraphs of one style."""
    return [paragraph for paragraph in part(document).iter(f"{W}p") if style_of(paragraph) == style]


@pytest.mark.parametrize("stage", ["final", "factual_accuracy"])
def test_no_part_breaks_the_schema(stage: str, tmp_path: Path) -> None:
    document = letter(
        stage=stage,
        strengths=[{"text": "one [link](https://a.example)[^n]", "points": ["two"]}],
        main_findings=["three"],
        layout={"main_findings": "numbered", "recommendations": "table", "signatures": "grid"},
        recommendations=[recommendation("Act.", priority="priority", points=["now"])],
        case_studies=[{"type": "place", "text": "A place."}],
        footnotes={"n": "A note."},
    )
    path = tmp_path / "letter.docx"
    path.write_bytes(write(document, house("joint")))
    assert [f"{error.part_uri}: {error.description}" for error in OpenXmlValidator().validate(path).errors] == []


def test_every_fixture_keeps_to_the_schema(fixture_name: str, written: Written, tmp_path: Path) -> None:
    path = tmp_path / "letter.docx"
    path.write_bytes(written(fixture_name, ".docx"))
    assert [f"{error.part_uri}: {error.description}" for error in OpenXmlValidator().validate(path).errors] == []


def test_headings_are_styles_with_the_levels_of_the_letter(fixture_name: str, written: Written) -> None:
    levels = {"Heading1": 1, "Heading2": 2, "Heading3": 3, "CaseStudyHeading": 3}
    found = [
        (levels[style_of(paragraph)], words_of(paragraph))
        for paragraph in docx_part(written(fixture_name, ".docx"), "word/document.xml").iter(f"{W}p")
        if style_of(paragraph) in levels
    ]
    assert found == outline(letter_of(fixture_name))


def test_no_paragraph_is_bold_to_look_like_a_heading(fixture_name: str, written: Written) -> None:
    body = docx_part(written(fixture_name, ".docx"), "word/document.xml")
    assert [words_of(run) for run in body.iter(f"{W}r") if run.find(f"{W}rPr/{W}b") is not None] == []


def test_no_empty_paragraph_makes_space(fixture_name: str, written: Written) -> None:
    body = docx_part(written(fixture_name, ".docx"), "word/document.xml")
    empty = [paragraph for paragraph in body.iter(f"{W}p") if not words_of(paragraph).strip()]
    blocks = list(next(body.iter(f"{W}body")))
    after_tables = [block for before, block in pairwise(blocks) if before.tag == f"{W}tbl"]
    assert all(paragraph in after_tables and line_height(paragraph) == "20" for paragraph in empty)


def line_height(paragraph: Element) -> str | None:
    """Return the height of a paragraph's lines, in twentieths of a point."""
    space = paragraph.find(f"{W}pPr/{W}spacing")
    return None if space is None else space.get(f"{W}line")


def test_points_are_at_the_second_level_of_the_list() -> None:
    document = letter(strengths=[{"text": "one\n\nmore", "points": ["two"]}])
    styles = [style_of(paragraph) for paragraph in part(document).iter(f"{W}p")]
    assert [style for style in styles if style.startswith("List")] == ["ListBullet", "ListContinue", "ListBullet2"]


def test_bullets_are_square_with_dashes_below() -> None:
    levels = part(letter(), "word/numbering.xml").iter(f"{W}lvlText")
    assert [level.get(f"{W}val") for level in levels][:2] == ["■", "–"]


def test_each_numbered_list_begins_at_one_and_keeps_its_number_when_others_come() -> None:
    extra = {"id": "extra", "after": "main_findings", "items": ["x"]}
    layout = {"main_findings": "numbered"}
    numbers = [
        {paragraph.find(f"{W}pPr/{W}numPr/{W}numId").get(f"{W}val") for paragraph in paragraphs(document, "ListNumber")}  # type: ignore[union-attr]
        for document in (
            letter(main_findings=["a", "b"], layout=layout),
            letter(main_findings=["a"], sections=[extra], layout=layout),
        )
    ]
    assert numbers[0] == numbers[1]
    nums = part(letter(main_findings=["a"], layout=layout), "word/numbering.xml").findall(f"{W}num")
    (own,) = (num for num in nums if num.get(f"{W}numId") in numbers[0])
    start = own.find(f"{W}lvlOverride/{W}startOverride")
    assert start is not None
    assert start.get(f"{W}val") == "1"


def test_footnotes_are_real_and_in_the_order_of_their_references() -> None:
    document = letter(
        strengths=["a[^one] b[^two]"],
        footnotes={"two": "Second.", "one": "First."},
        next_steps={"statement_required": False},
    )
    references = [note.get(f"{W}id") for note in part(document).iter(f"{W}footnoteReference")]
    notes = {
        note.get(f"{W}id"): words_of(note).strip() for note in part(document, "word/footnotes.xml").iter(f"{W}footnote")
    }
    assert [notes[number] for number in references if number][1:] == ["First.", "Second."]


def test_a_link_in_a_footnote_leads_somewhere() -> None:
    data = write(letter(strengths=["a[^n]"], footnotes={"n": "See [this](https://a.example/x)."}), house("joint"))
    assert [row.get("Target") for row in docx_part(data, "word/_rels/footnotes.xml.rels")] == ["https://a.example/x"]
    assert "https://a.example/x" not in [row.get("Target") for row in docx_part(data, "word/_rels/document.xml.rels")]


def test_a_table_repeats_its_header_row_and_says_what_it_holds() -> None:
    document = letter(
        layout={"recommendations": "table"}, recommendations=[recommendation("Act.", priority="priority")]
    )
    (table,) = part(document).iter(f"{W}tbl")
    assert table.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None
    assert len(table.findall(f"{W}tr/{W}trPr/{W}cantSplit")) == 2
    described = table.find(f"{W}tblPr/{W}tblDescription")
    assert described is not None
    assert described.get(f"{W}val") == "Table with the columns Responsible body and Area for priority action"


def test_a_row_that_is_long_may_go_on_over_the_page_and_a_short_one_stays_whole() -> None:
    said = [recommendation(words, priority="priority", id=f"R-0{n}") for n, words in enumerate(("Act.", "Act " * 300))]
    document = letter(layout={"recommendations": "table"}, recommendations=said)
    (table,) = part(document).iter(f"{W}tbl")
    kept = [row.find(f"{W}trPr/{W}cantSplit") is not None for row in table.findall(f"{W}tr")]
    assert kept == ([True, False] if len(kept) == 2 else [True, True, False])


def test_the_last_paragraph_stays_with_the_closing_words() -> None:
    body = list(part(letter()).iter(f"{W}p"))
    start = next(place for place, paragraph in enumerate(body) if words_of(paragraph) == "Yours sincerely")
    before = body[start - 1].find(f"{W}pPr")
    assert before is not None
    assert [child.tag for child in before][:3] == [f"{W}pStyle", f"{W}keepNext", f"{W}keepLines"]


def test_a_short_case_study_is_kept_together_and_a_long_one_may_break() -> None:
    for words, kept in ((50, True), (500, False)):
        document = letter(case_studies=[{"type": "place", "text": "word " * words + "\n\nend"}])
        first, last = paragraphs(document, "CaseStudy")
        assert (first.find(f"{W}pPr/{W}keepNext") is not None) is kept
        assert last.find(f"{W}pPr/{W}keepNext") is None


def test_the_sign_off_is_kept_with_yours_sincerely() -> None:
    body = list(part(letter()).iter(f"{W}p"))
    start = next(place for place, paragraph in enumerate(body) if words_of(paragraph) == "Yours sincerely")
    assert all(paragraph.find(f"{W}pPr/{W}keepNext") is not None for paragraph in body[start:-1])
    assert body[-1].find(f"{W}pPr/{W}keepNext") is None


def test_the_first_page_has_no_number_and_the_others_have() -> None:
    document = letter()
    assert part(document).find(f"{W}body/{W}sectPr/{W}titlePg") is not None
    fields = ["PAGE" in "".join(part(document, f"word/footer{number}.xml").itertext()) for number in (1, 2)]
    assert fields == [True, False]


def test_logos_have_alternative_texts_and_numbers_of_their_own() -> None:
    data = write(letter(), house("joint"))
    pictures = [
        shape
        for name in ("word/header1.xml", "word/header2.xml")
        for shape in docx_part(data, name).iter()
        if shape.tag.endswith("}docPr")
    ]
    assert {shape.get("descr") for shape in pictures} == {
        "Care Quality Commission",
        "Office for Standards in Education, Children’s Services and Skills",
    }
    assert len({shape.get("id") for shape in pictures}) == len(pictures)


def test_a_signature_picture_is_described_where_there_is_one(tmp_path: Path) -> None:
    (tmp_path / "signatures").mkdir()
    shutil.copy(ROOT / "styles/joint/art/logos/cqc.png", tmp_path / "signatures/cy-example.png")
    document = letter()
    figures = [block.alt for block in every_block(document.blocks) if isinstance(block, Figure)]
    body = docx_part(write(document, house("joint", art=tmp_path)), "word/document.xml")
    assert figures == ["Signature of Cy Example", "Signature of Di Example"]
    assert [shape.get("descr") for shape in body.iter() if shape.tag.endswith("}docPr")] == figures[:1]


def test_properties_come_from_the_letter_and_name_no_person(written: Written) -> None:
    core = docx_part(written("ansford", ".docx"), "docProps/core.xml")
    said = {element.tag.split("}")[1]: element.text for element in core}
    assert said["title"] == "Joint targeted area inspection of Ansford: serious youth violence"
    assert (said["creator"], said["language"], said["created"]) == ("Ofsted", "en-GB", "2024-07-11T00:00:00Z")
    assert "lastModifiedBy" not in said


def test_a_final_letter_carries_no_mark_of_editing(fixture_name: str, written: Written) -> None:
    with zipfile.ZipFile(BytesIO(written(fixture_name, ".docx"))) as package:
        xml = b"".join(package.read(name) for name in package.namelist() if name.endswith(".xml"))
        names = package.namelist()
    assert re.findall(rb"rsid|<w:ins |<w:del |<w:comment|Draft[WN]\w+\"/>|watermark", xml, re.IGNORECASE) == []
    assert [name for name in names if "comments" in name or "people" in name or "customXml" in name] == []


def test_a_draft_shows_watermark_version_and_paragraph_numbers() -> None:
    document = letter(stage="agreement", version=2, main_findings=["one", "two"])
    assert 'string="Draft for agreement"' in ElementTree.tostring(
        part(document, "word/header1.xml"), encoding="unicode"
    )
    assert "Draft for agreement, version 2" in "".join(part(document, "word/footer2.xml").itertext())
    numbered = [
        paragraph
        for paragraph in part(document).iter(f"{W}p")
        if (number := paragraph.find(f"{W}pPr/{W}numPr/{W}numId")) is not None
        and number.get(f"{W}val") in ("900", "901")
    ]
    counts = {
        number.find(f"{W}abstractNumId").get(f"{W}val")  # type: ignore[union-attr]
        for number in part(document, "word/numbering.xml").iter(f"{W}num")
        if number.get(f"{W}numId") in ("900", "901", "902")
    }
    assert len(numbered) > 3
    assert counts == {"900"}


def test_a_draft_has_tracking_on_an_anchor_at_every_block_and_a_list_of_its_blocks() -> None:
    document = letter(stage="draft", strengths=[{"id": "S-01", "text": "one", "points": ["two"]}])
    names = [mark.get(f"{W}name") for mark in part(document).iter(f"{W}bookmarkStart")]
    units = {unit.get("id"): unit.get("anchor") for unit in part(document, "customXml/item1.xml")}
    assert part(document, "word/settings.xml").find(f"{W}trackRevisions") is not None
    assert len(names) == len(set(names))
    assert {"S-01.text", "S-01.points.1", "opening"} <= units.keys()
    assert set(names) <= {*units.values()}


def test_a_final_letter_has_no_anchors_and_no_tracking() -> None:
    document = letter(stage="final")
    assert list(part(document).iter(f"{W}bookmarkStart")) == []
    assert part(document, "word/settings.xml").find(f"{W}trackRevisions") is None


def test_neighbouring_case_studies_are_two_boxes() -> None:
    document = letter(case_studies=[{"type": "place", "text": "one"}, {"type": "place", "text": "two"}])
    indents = [paragraph.find(f"{W}pPr/{W}ind") is None for paragraph in paragraphs(document, "CaseStudy")]
    assert indents[0] != indents[1]


def test_signatures_two_by_two_stand_side_by_side_in_their_order() -> None:
    people = [
        {"inspectorate": name, "name": f"A {name.title()}", "title": ["T"]} for name in ("ofsted", "cqc", "hmicfrs")
    ]
    document = letter(layout={"signatures": "grid"}, inspectorates=["ofsted", "cqc", "hmicfrs"], signatories=people)
    names = paragraphs(document, "SignatoryName")
    assert [words_of(name) for name in names] == ["A\xa0Ofsted", "A\xa0Cqc", "A\xa0Hmicfrs"]
    (table,) = part(document).iter(f"{W}tbl")
    rows = [[len(list(cell.iter(f"{W}p"))) for cell in row.iter(f"{W}tc")] for row in table.iter(f"{W}tr")]
    assert [len(row) for row in rows] == [2, 1]
    assert [span.get(f"{W}val") for span in table.iter(f"{W}gridSpan")] == ["2"]
    assert {line.get(f"{W}val") for lines in table.iter(f"{W}tblBorders") for line in lines} == {"nil"}
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in table.iter(f"{W}tr"))


def test_a_lone_logo_stands_at_the_right() -> None:
    head = part(
        letter(inspectorates=["ofsted"], signatories=[{"inspectorate": "ofsted", "name": "A B", "title": []}]),
        "word/header1.xml",
    )
    assert head.find(f"{W}p/{W}pPr/{W}jc[@{W}val='right']") is not None


def test_fonts_name_tahoma_first_and_a_free_face_for_it() -> None:
    fonts = part(letter(), "word/fontTable.xml")
    assert [font.get(f"{W}name") for font in fonts] == ["Tahoma"]
    assert [name.get(f"{W}val") for name in fonts.iter(f"{W}altName")] == ["Arimo"]


def word_like(frame: bytes) -> bytes:
    """Return a frame as Word saves it: revision ids, a place split over runs, comments, a thumbnail, people."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(frame)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            if name == "word/document.xml":
                text = text.replace("<w:p>", '<w:p w:rsidR="00AB12CD" w:rsidRDefault="00AB12CD">')
                text = text.replace(
                    "{{p body }}",
                    '{{p bo</w:t></w:r><w:proofErr w:type="spellStart"/><w:r w:rsidR="00AB12CD"><w:t>dy }}',
                )
            new.writestr(name, text)
        new.writestr("docProps/app.xml", "<Properties/>")
        new.writestr("word/people.xml", "<people>Jo Bloggs</people>")
    return stream.getvalue()


def framed(tmp_path: Path, frame: bytes) -> House:
    """Return a house with that frame."""
    (tmp_path / "own").mkdir()
    (tmp_path / "own/house.yaml").write_text("title: Own\nbased_on: joint\n")
    (tmp_path / "own/frame.docx").write_bytes(frame)
    return house("own", styles=tmp_path)


def test_a_frame_saved_by_word_makes_the_same_letter_without_its_traces(tmp_path: Path) -> None:
    plain_frame = house("joint").read("frame.docx").data
    document = letter(strengths=["one"])
    own, joint = write(document, framed(tmp_path, word_like(plain_frame))), write(document, house("joint"))
    assert ElementTree.tostring(docx_part(own, "word/document.xml")) == ElementTree.tostring(
        docx_part(joint, "word/document.xml")
    )
    assert b"Bloggs" not in own
    assert zipfile.ZipFile(BytesIO(own)).namelist() == zipfile.ZipFile(BytesIO(joint)).namelist()


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("word/document.xml", "{{p body }}", "", "no marker"),
        ("word/document.xml", "{{p date }}", "{{ date + }}", "a marker is not valid"),
        (
            "word/document.xml",
            "<w:body>",
            '<w:body><w:p><w:ins w:id="1" w:author="Jo Bloggs"/></w:p>',
            "tracked changes",
        ),
        ("word/document.xml", "{{p date }}", "{{ 1/0 }}", "division by zero"),
        ("word/document.xml", "{{p date }}", "{{ ().__class__ }}", "unsafe"),
        ("word/header1.xml", "{{p letterhead }}", "{{p letterhed }}", "'letterhed' is undefined"),
        ("word/styles.xml", 'w:val="List Bullet"', 'w:val="Punkte"', "no style 'list bullet'"),
        ("word/styles.xml", "<w:styles ", '<!DOCTYPE x [<!ENTITY a "b">]><w:styles ', "document type definition"),
        ("word/styles.xml", "</w:styles>", "", "not well-formed"),
        (
            "word/_rels/document.xml.rels",
            "</Relationships>",
            '<Relationship Id="x" Type="t" Target="https://a.example" TargetMode="External"/></Relationships>',
            "outside the file",
        ),
    ],
)
def test_a_frame_that_cannot_serve_is_refused_in_words(
    name: str, old: str, new: str, told: str, tmp_path: Path
) -> None:
    stream = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(house("joint").read("frame.docx").data)) as frame,
        zipfile.ZipFile(stream, "w") as changed,
    ):
        for member in frame.namelist():
            text = frame.read(member).decode()
            assert member != name or old in text
            changed.writestr(member, text.replace(old, new) if member == name else text)
    with pytest.raises(UnreadableInput, match=told):
        write(letter(strengths=["one"]), framed(tmp_path, stream.getvalue()))


def test_a_frame_with_macros_is_refused(tmp_path: Path) -> None:
    stream = BytesIO(house("joint").read("frame.docx").data)
    with zipfile.ZipFile(stream, "a") as package:
        package.writestr("word/vbaProject.bin", b"x")
    with pytest.raises(HouseFault, match="vbaProject"):
        write(letter(), framed(tmp_path, stream.getvalue()))


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every fixture's DOCX as LibreOffice prints it."""
    from tests.conftest import INSPECTIONS, file_of

    folder = tmp_path_factory.mktemp("libreoffice")
    for name in INSPECTIONS:
        (folder / f"{name}.docx").write_bytes(file_of(name, ".docx"))
    command = [
        "soffice",
        f"-env:UserInstallation=file://{folder}/user",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
    ]
    subprocess.run([*command, *map(str, sorted(folder.glob("*.docx")))], check=True, capture_output=True, timeout=240)
    return folder


def test_libreoffice_opens_every_letter_with_the_same_words(fixture_name: str, opened: Path) -> None:
    out = subprocess.run(
        ["pdftotext", "-raw", str(opened / f"{fixture_name}.pdf"), "-"], check=True, capture_output=True
    ).stdout.decode()
    printed = "".join(out.split())
    document = letter_of(fixture_name)
    missing = [plain(runs) for runs in texts(document) if not stands_in(plain(runs), printed)]
    assert missing == []


def stands_in(words: str, printed: str) -> bool:
    """Say whether words stand in a print; a page's end may come between any two of them."""
    tokens = words.split()
    halves = ["".join(tokens[start : start + 6]) for start in range(0, len(tokens), 6)]
    return sum(half in printed for half in halves) >= len(halves) - 2


def test_libreoffice_needs_about_as_many_pages_as_the_pdf(
    fixture_name: str, opened: Path, written: Written, tmp_path: Path
) -> None:
    (tmp_path / "ours.pdf").write_bytes(written(fixture_name, ".pdf"))
    pages = [
        int(
            re.findall(
                r"Pages: +(\d+)",
                subprocess.run(["pdfinfo", str(path)], check=True, capture_output=True, text=True).stdout,
            )[0]
        )
        for path in (tmp_path / "ours.pdf", opened / f"{fixture_name}.pdf")
    ]
    assert abs(pages[0] - pages[1]) <= max(1, pages[0] // 5)
