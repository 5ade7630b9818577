"""An older letter becomes an inspection file to start from: every word kept, every doubt said, nothing replaced."""

import re
from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import CliRunner, Result
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from pypdf import PdfWriter

from letters.cli import main
from letters.composition.letter import compose
from letters.document.walk import words as words_of
from letters.errors import LettersError
from letters.findings.finding import recommendations_of
from letters.findings.inspection import Inspection, Stage
from letters.findings.parsing import parse
from letters.formats.by_suffix import to_bytes
from letters.houses.loading import house
from letters.importing.pdf_blocks import Reader
from letters.importing.pdf_lines import Pages, Part, PrintedLine
from letters.verbs.import_letter import ImportedFile, import_letter
from tests.conftest import ROOT
from tests.office import round_trip

HOUSE = house("joint")
NAMES = sorted(path.parent.name for path in (ROOT / "fixtures").glob("*/inspection.yaml"))
UNSURE = "unsure"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def run(*arguments: object) -> Result:
    """Run the program."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def final(name: str) -> Inspection:
    """Return a fixture's inspection as it was published."""
    text = (ROOT / f"fixtures/{name}/inspection.yaml").read_text("utf-8")
    return parse(text).model_copy(update={"stage": Stage.FINAL})


def counted(inspection: Inspection) -> Counter[str]:
    """Return how often each word stands in a letter."""
    spoken = compose(inspection.model_copy(update={"stage": Stage.FINAL}), HOUSE)
    return Counter(re.findall(r"\w+", " ".join(words_of(spoken)).lower()))


def shape(inspection: Inspection) -> dict[str, int]:
    """Return how many findings each section has; standing words of the round are told from the letter's own by nobody."""
    found = {name: len(findings) for name, findings in inspection.sections_of_findings() if findings}
    found.pop("context", None)
    kinds = Counter(str(item.priority) for item in recommendations_of(inspection.recommendations))
    return {**found, **{f"of {kind}": count for kind, count in kinds.items()}}


def made(data: bytes, name: str) -> ImportedFile:
    """Import a letter."""
    return import_letter(data, name, HOUSE)


@pytest.mark.parametrize("suffix", [".pdf", ".docx"])
@pytest.mark.parametrize("name", NAMES)
def test_a_letter_of_ours_comes_back_with_every_word_and_every_finding(name: str, suffix: str) -> None:
    before = final(name)
    after = parse(made(to_bytes(compose(before, HOUSE), suffix, HOUSE), f"letter{suffix}").text)
    assert counted(before) - counted(after) == Counter()
    assert shape(after) == shape(before)


@pytest.mark.parametrize("name", ["ansford", "eastholm"])
def test_so_does_one_that_libreoffice_has_saved(name: str) -> None:
    before = final(name)
    after = parse(made(round_trip(to_bytes(compose(before, HOUSE), ".docx", HOUSE)), "letter.docx").text)
    assert counted(before) - counted(after) == Counter()
    assert shape(after) == shape(before)


def typed(*extra: str) -> WordDocument:
    """Return a letter as somebody types it: bold lines for headings, bullets of Word's own, one cell for a box."""
    letter = docx.Document()
    for line in ("11 July 2024", "Ada Lindqvist, Director of Children’s Services, Exmere Council", "Dear colleagues"):
        letter.add_paragraph(line)
    bold(letter, "Joint targeted area inspection of Exmere")
    letter.add_paragraph(
        "This letter summarises the findings of the joint targeted area inspection (JTAI) of the multi-agency "
        "response to neglect in Exmere. It took place from 3 to 7 June 2024, and inspectors came from Ofsted and the "
        "Care Quality Commission."
    )
    letter.add_paragraph("We thank everyone who spoke to us.")
    bold(letter, "Strengths")
    letter.add_paragraph("The patience of foster carers.", style="List Bullet")
    letter.add_paragraph("The voice of children, in:", style="List Bullet")
    letter.add_paragraph("meetings", style="List Bullet 2")
    bold(letter, "What needs to improve?")
    letter.add_paragraph("The timeliness of decisions.", style="List Bullet")
    cell = letter.add_table(1, 1).cell(0, 0)
    cell.paragraphs[0].add_run("Practice study: highly effective practice").bold = True
    cell.add_paragraph("One child was heard early.")
    cell.add_paragraph("The name is a pseudonym.")
    for line in extra:
        letter.add_paragraph(line)
    bold(letter, "Next steps")
    letter.add_paragraph("Exmere Council should prepare a written statement of proposed action.")
    letter.add_paragraph("It should send it to statements@exmere.example by 17 October 2024.")
    letter.add_paragraph("Yours sincerely")
    letter.add_paragraph("Cyrus Okafor CBE\nNational Director, Ofsted")
    letter.add_paragraph("Dee Marlow\nChief Inspector, Care Quality Commission")
    return letter


def bold(letter: WordDocument, words: str) -> None:
    """Add a line in bold."""
    letter.add_paragraph().add_run(words).bold = True


def saved(letter: WordDocument) -> bytes:
    """Return the bytes of a Word file."""
    stream = BytesIO()
    letter.save(stream)
    return stream.getvalue()


def test_a_letter_that_somebody_typed_is_read_by_its_looks() -> None:
    found = parse(made(saved(typed()), "typed.docx").text)
    assert (found.area.name, found.round.theme, found.inspectorates) == ("Exmere", "neglect", ["ofsted", "cqc"])
    assert found.dates.fieldwork.model_dump(mode="json") == {"start": "2024-06-03", "end": "2024-06-07"}
    assert [(who.name, who.role, who.organisation) for who in found.addressees] == [
        ("Ada Lindqvist", "Director of Children’s Services", "Exmere Council")
    ]
    assert [(who.inspectorate, who.name, who.honours) for who in found.signatories] == [
        ("ofsted", "Cyrus Okafor", "CBE"),
        ("cqc", "Dee Marlow", None),
    ]
    assert [[point.text for point in strength.points] for strength in found.strengths] == [[], ["meetings"]]  # type: ignore[union-attr]
    assert (found.case_studies[0].type, found.case_studies[0].text) == (
        "highly_effective",
        "One child was heard early.",
    )
    assert found.case_studies[0].pseudonym_note == "The name is a pseudonym."
    assert found.next_steps.model_dump(mode="json", exclude_none=True)["deadline"] == "2024-10-17"
    assert [item.text for item in found.summary] == ["We thank everyone who spoke to us."]  # type: ignore[union-attr]


def test_standing_words_that_the_letter_words_otherwise_name_their_facts() -> None:
    found = parse(made(saved(typed()), "typed.docx").text)
    assert "{email} by {deadline}" in (found.wording["statement-deadline"] or "")


def test_every_doubt_stands_above_its_field_and_is_said_with_its_line() -> None:
    made_of_it = made(saved(typed()), "typed.docx")
    lines = made_of_it.text.splitlines()
    assert made_of_it.unsure
    for number, what in made_of_it.unsure:
        assert lines[number - 2].strip() == f"# {UNSURE}: {what}"


def test_a_sentence_that_has_no_place_is_listed_at_the_end() -> None:
    letter = typed()
    letter.add_paragraph("If you have a complaint, write to us.")
    text = made(saved(letter), "typed.docx").text
    assert text.rpartition("have no place above:")[2] == "\n# - If you have a complaint, write to us.\n"


def test_tracked_changes_are_accepted_and_each_is_listed_with_its_author() -> None:
    letter = typed("The change is slow.")
    paragraph = next(held for held in letter.paragraphs if held.text.startswith("The change"))
    run = paragraph.runs[0]._r
    marks = {"id": "9", "author": "Jo Bell", "date": "2024-06-20T09:00:00Z"}
    inserted = run.makeelement(qn("w:ins"), {qn(f"w:{name}"): value for name, value in marks.items()})
    run.addprevious(inserted)
    inserted.append(run)
    letter.add_comment(letter.paragraphs[5].runs, text="Who?", author="Kim Lowe", initials="KL")
    found = made(saved(letter), "typed.docx")
    assert "The change is slow." in found.text
    assert "# - Jo Bell on 2024-06-20 inserted “The change is slow.”" in found.text.splitlines()
    assert any("Kim Lowe" in remark and "commented: “Who?”" in remark for remark in found.remarks)


def test_numbered_paragraphs_stay_numbered() -> None:
    letter = typed()
    place = next(held for held in letter.paragraphs if held.text == "Next steps")
    for line in ("Main findings", "1. Leaders act.", "2. Staff listen.", "3. Children are seen."):
        place.insert_paragraph_before("").add_run(line).bold = line == "Main findings"
    found = parse(made(saved(letter), "typed.docx").text)
    assert found.layout.main_findings == "numbered"
    assert [item.text for item in found.main_findings] == ["Leaders act.", "Staff listen.", "Children are seen."]  # type: ignore[union-attr]


def test_what_is_no_letter_is_refused_in_words(tmp_path: Path) -> None:
    for name, data, why in (
        ("x.pdf", b"hello", "this is not a PDF"),
        ("x.pdf", b"%PDF-1.7\nbroken", "cannot be read"),
        ("x.docx", b"hello", "x.docx: "),
        ("x.odt", b"PK", ".odt cannot be imported"),
        ("x.docx", saved(docx.Document()), "there are no words in it"),
    ):
        with pytest.raises(LettersError, match=re.escape(why)):
            made(data, name)


def test_a_pdf_with_pictures_alone_says_so() -> None:
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    page = BytesIO()
    writer.write(page)
    with pytest.raises(LettersError, match="there are no words in it, only pictures"):
        made(page.getvalue(), "scan.pdf")


def test_the_program_writes_a_new_file_and_never_over_one(tmp_path: Path) -> None:
    letter, out = tmp_path / "old.docx", tmp_path / "inspection.yaml"
    letter.write_bytes(saved(typed()))
    done = run("import", letter, "-o", out)
    assert done.exit_code == 0
    assert done.output.startswith(f"wrote {out}\n{out}:")
    assert run("check", out).exit_code == 0
    out.write_text("mine", "utf-8")
    assert run("import", letter, "-o", out).exit_code == 1
    assert out.read_text("utf-8") == "mine"


def xml(text: str) -> Any:
    """Return an element of WordprocessingML."""
    return parse_xml(
        f'<w:p xmlns:w="{W}" xmlns:m="{M}" xmlns:mc="{MC}" xmlns:v="urn:schemas-microsoft-com:vml">{text}</w:p>'
    )


HIDING_PLACES = {
    "the result of a field": '<w:fldSimple w:instr="DATE"><w:r><w:t>WORDS</w:t></w:r></w:fldSimple>',
    "a formula": "<m:oMath><m:r><m:t>WORDS</m:t></m:r></m:oMath>",
    "a choice for newer programs": "<mc:AlternateContent><mc:Choice Requires='x'><w:r><w:t>WORDS</w:t></w:r></mc:Choice>"
    "<mc:Fallback><w:r><w:t>older</w:t></w:r></mc:Fallback></mc:AlternateContent>",
    "a text box": "<w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>WORDS</w:t></w:r></w:p>"
    "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>",
    "a word with its reading": "<w:r><w:ruby><w:rt><w:r><w:t>above</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>WORDS</w:t></w:r>"
    "</w:rubyBase></w:ruby></w:r>",
    "a content control": "<w:sdt><w:sdtContent><w:r><w:t>WORDS</w:t></w:r></w:sdtContent></w:sdt>",
}


@pytest.mark.parametrize("place", HIDING_PLACES)
def test_words_are_read_wherever_word_keeps_them(place: str) -> None:
    letter = typed("We met families.")
    paragraph = next(held for held in letter.paragraphs if held.text == "We met families.")
    paragraph._p.addnext(xml(HIDING_PLACES[place].replace("WORDS", "seventeen of them")))
    assert "seventeen of them" in made(saved(letter), "typed.docx").text.partition("have no place above")[0]


def test_running_lines_are_listed_and_hidden_text_is_a_remark() -> None:
    letter = typed("Seen words. ")
    letter.sections[0].header.paragraphs[0].text = "Published at Exmere"
    paragraph = next(held for held in letter.paragraphs if held.text.startswith("Seen"))
    paragraph.add_run("Secret words.").font.hidden = True
    found = made(saved(letter), "typed.docx")
    assert "# - Published at Exmere" in found.text.splitlines()
    assert "hidden text, which no reader of the letter saw: “Secret words.”" in found.remarks
    assert "Secret words" not in found.text.partition("# The Word file held")[0]


@pytest.mark.parametrize("day", ["18 JULY 2024", "18 Jul 2024", "18/07/2024", "July 18, 2024", "18th July 2024"])
def test_the_day_is_read_however_it_is_written(day: str) -> None:
    letter = typed()
    letter.paragraphs[0].text = day
    assert parse(made(saved(letter), "typed.docx").text).dates.letter.isoformat() == "2024-07-18"


def test_the_day_and_address_of_the_statement_are_those_beside_it() -> None:
    letter = typed()
    end = next(held for held in letter.paragraphs if held.text.startswith("It should send"))
    end.text = (
        "Please acknowledge this letter by 1 August 2024 to enquiries@exmere.example. Exmere Council should send the "
        "written statement to statements@exmere.example by no later than Friday 25 Oct 2024."
    )
    found = made(saved(letter), "typed.docx")
    steps = parse(found.text).next_steps
    assert (str(steps.deadline), steps.email) == ("2024-10-25", "statements@exmere.example")
    assert any("also give enquiries@exmere.example" in what for _, what in found.unsure)


def test_a_letter_without_an_address_is_imported_and_says_so() -> None:
    letter = typed()
    end = next(held for held in letter.paragraphs if held.text.startswith("It should send"))
    end.text = "It should send it by 17 October 2024."
    found = made(saved(letter), "typed.docx")
    assert any("no address for the statement was found" in what for _, what in found.unsure)


def test_a_heading_that_opens_no_known_section_is_doubted() -> None:
    letter = typed()
    place = next(held for held in letter.paragraphs if held.text == "What needs to improve?")
    place.insert_paragraph_before("").add_run("Leadership").bold = True
    place.insert_paragraph_before("Leaders are new.")
    found = made(saved(letter), "typed.docx")
    assert any("no section of letters has this heading" in what for _, what in found.unsure)


def test_one_urgent_finding_is_not_taken_for_there_being_none() -> None:
    letter = typed()
    place = next(held for held in letter.paragraphs if held.text == "Strengths")
    place.insert_paragraph_before("").add_run("Areas for priority action").bold = True
    place.insert_paragraph_before("We found no assurance that children at home are seen, and this must change now.")
    found = parse(made(saved(letter), "typed.docx").text)
    assert [str(item.priority) for item in recommendations_of(found.recommendations)] == ["priority", "improvement"]


def test_a_table_of_bodies_gives_each_recommendation_its_agency() -> None:
    letter = typed()
    place = next(held for held in letter.paragraphs if held.text == "The timeliness of decisions.")
    table = letter.add_table(2, 2)
    for cell, words in zip(
        table._cells, ("Recommendation", "Agency", "Train all staff.", "Exmere Police"), strict=True
    ):
        cell.text = words
    place._p.addnext(table._tbl)
    found = parse(made(saved(letter), "typed.docx").text)
    assert [
        (agency.name, item.text)
        for agency, item in zip(found.agencies, recommendations_of(found.recommendations[1:]), strict=True)
    ] == [("Exmere Police", "Train all staff.")]


def test_signs_that_no_document_can_hold_are_left_out() -> None:
    found = parse(made(saved(typed("Leaders\u2028act\u007f.")), "typed.docx").text)
    assert found.strengths


def test_lines_that_run_along_are_told_from_lines_of_the_text() -> None:
    pages = [
        ["Exmere", *["Leaders act."] * 3],
        ["Exmere", "It has not improved.", *["They act."] * 3],
        ["Exmere", "Staff listen."],
    ]
    found = Reader(Pages(842.0, [line for page, held in enumerate(pages, 1) for line in printed(page, held)])).source()
    assert (found.aside, sum("not improved" in block.text for block in found.blocks)) == (["Exmere"], 1)


def printed(page: int, lines: list[str]) -> list[PrintedLine]:
    """Return lines as they stand on a page, from its top."""
    part = [Part(words, False, False, 12.0, False) for words in lines]
    return [PrintedLine(page, 70, 300, 800 - 15 * place, 812 - 15 * place, [held]) for place, held in enumerate(part)]
