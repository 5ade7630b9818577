"""Braille: BRF pages as a braille reader expects them, and the words of the letter when they are read back.

The cells that a test expects are written out in ASCII braille, by the rules of Unified English Braille.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from letters.document.blocks import (
    Block,
    Box,
    Chart,
    Contents,
    Document,
    Draft,
    Entry,
    Figure,
    Footnote,
    Heading,
    Item,
    Meta,
    Paragraph,
    Run,
    Runs,
    Table,
    plain,
)
from letters.document.walk import block_texts, every_block, words
from letters.errors import FormatFault, ToolMissing
from letters.formats.braille import cells as braille_page
from letters.formats.braille.cells import TABLES, Translator, liblouis
from letters.formats.braille.pages import wrapped
from letters.formats.braille.write import write
from tests.builders import letter
from tests.conftest import ROOT, letter_of

META = Meta("id", "A letter", "subject", "Ofsted", date(2024, 7, 11), "en-GB", 1)
NUMBERS = str.maketrans("ABCDEFGHIJ", "1234567890")


def said(words: str, strong: bool = False, emphasis: bool = False, link: str = "") -> Runs:
    """Return words as one run."""
    return (Run(words, strong, emphasis, link),)


def paragraph(words: str, name: str = "p", role: str = "body") -> Paragraph:
    """Return a paragraph of one run."""
    return Paragraph(name, said(words), role)


def document(*blocks: Block, notes: tuple[Footnote, ...] = (), draft: Draft | None = None) -> Document:
    """Return a document of these blocks."""
    return Document(META, (), blocks, notes, draft)


def pages(brf: bytes) -> list[list[str]]:
    """Return the lines of every page."""
    return [page.split("\r\n")[:-1] for page in brf.decode("ascii").split("\f")]


def written(held: Document, print_pages: Mapping[str, int] | None = None) -> list[str]:
    """Return the lines of the first page after the title page, without its last line and the blank ones before it."""
    page = pages(write(held, print_pages or {}))[1][:-1]
    return "\n".join(page).rstrip("\n").split("\n")


def lines(*blocks: Block, notes: tuple[Footnote, ...] = ()) -> list[str]:
    """Return the lines of a page with these blocks."""
    return written(document(*blocks, notes=notes))


def test_a_page_has_25_lines_of_no_more_than_40_cells(fixture_letter: Document) -> None:
    made = pages(write(fixture_letter, {}))
    assert {len(page) for page in made} == {25}
    assert max(len(line) for page in made for line in page) <= 40


def test_no_character_is_outside_ascii_braille(fixture_letter: Document) -> None:
    brf = write(fixture_letter, {})
    assert {byte for byte in brf if not 0x20 <= byte <= 0x5F} == {0x0C, 0x0D, 0x0A}
    assert brf.count(b"\r") == brf.count(b"\n") == brf.count(b"\r\n")
    assert brf.endswith(b"\r\n")


def test_every_page_has_its_number_at_the_right_of_its_last_line(fixture_letter: Document) -> None:
    last = [page[-1] for page in pages(write(fixture_letter, {}))]
    assert {len(line) for line in last} == {40}
    assert [int(line.strip().removeprefix("#").translate(NUMBERS)) for line in last] == list(range(1, len(last) + 1))


def test_the_number_of_page_ten_is_written_with_one_numeric_indicator() -> None:
    long = document(*(paragraph("one", str(number), "date") for number in range(200)))
    assert pages(write(long, {}))[9][-1] == " " * 37 + "#AJ"


@pytest.mark.parametrize("before", [20, 21, 22, 23, 24])
def test_a_heading_never_ends_a_page(before: int) -> None:
    filling = [paragraph("one", str(number), "date") for number in range(before)]
    made = pages(write(document(*filling, Heading("h", said("Context"), 2), paragraph("two")), {}))
    page, place = next((page, page.index("    ,3TEXT")) for page in made if "    ,3TEXT" in page)
    assert page[place + 1] == "  TWO"
    assert made.index(page) == (1 if before + 3 <= 24 else 2)


def test_no_page_begins_with_a_blank_line(fixture_letter: Document) -> None:
    assert [page[0] for page in pages(write(fixture_letter, {})) if not page[0].strip()] == []


def test_the_same_document_is_the_same_bytes_in_every_process() -> None:
    code = "import sys; from tests.conftest import letter_of; from letters.formats.braille.write import write;"
    code += "sys.stdout.buffer.write(write(letter_of('dunmere'), {'title': 1}))"
    made = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=ROOT,
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert made == {write(letter_of("dunmere"), {"title": 1})}


def test_the_title_page_says_what_it_is_and_that_nobody_has_proofread_it() -> None:
    held = replace(document(paragraph("x")), letterhead=(Figure("logo", "logo", "Ofsted", "logo"),))
    assert pages(write(held, {}))[0][:10] == [
        "                 ,A LR",
        "",
        "                  ,(/$",
        "",
        "            #AA ,JULY #BJBD",
        "",
        "      @.<,? IS A TRANSCRIP;N 9TO 3TRACT$",
        "    ,UNIFI$ ,5GLI% ,BRL T 0 MADE BY",
        "    MA*9E4 ,NOBODY HAS PRO(R1D X4@.>",
        "      @.<,LOGOS3 ,(/$4@.>",
    ]


def test_a_draft_says_so_on_its_title_page_and_on_the_last_line_of_every_page() -> None:
    made = pages(write(document(paragraph("x"), draft=Draft("Draft", "Draft, version 2")), {}))
    assert made[0][6:10] == ["                 ,DRAFT", "", "            ,DRAFT1 V].N #B", ""]
    assert [page[-1].split() for page in made] == [[",DRAFT", "#A"], [",DRAFT", "#B"]]


def test_the_longest_mark_of_a_letter_has_room_beside_two_print_pages() -> None:
    held = document(paragraph("x", "a"), paragraph("y", "b"), draft=Draft("Draft for factual accuracy", "Draft"))
    assert pages(write(held, {"a": 11, "b": 12}))[1][-1] == "#AA-#AB    ,DRAFT = FACTUAL A3URACY   #B"


def test_a_final_letter_bears_no_mark() -> None:
    assert pages(write(document(paragraph("x")), {}))[1][-1].split() == ["#B"]


def test_a_picture_is_its_words_as_a_transcribers_note() -> None:
    assert lines(Figure("f", "x", "Signature of Di Example", "signature")) == ["      @.<,SIGNATURE ( ,DI ,EXAMPLE@.>"]


def test_a_picture_without_words_is_left_out() -> None:
    assert lines(paragraph("one"), Figure("f", "x", "", "rule"), paragraph("two")) == ['  "O', "  TWO"]


def test_a_chart_is_its_caption_and_what_it_shows() -> None:
    chart = Chart("c", "Figure 1", "Needs", "Bar chart.", "bars", ("a",), (), 1)
    assert lines(chart) == ["      ,FIGURE #A3 ,NE$S", "      @.<,B> *>T4@.>"]


def test_the_print_page_is_shown_where_it_turns_and_at_the_left_of_the_last_line() -> None:
    held = document(paragraph("one", "a"), paragraph("two", "b"), paragraph("three", "c"))
    page = pages(write(held, {"a": 11, "b": 12, "c": 12}))[1]
    assert page[:4] == ['  "O', '                 "3#AB', "  TWO", "  ?REE"]
    assert page[-1] == "#AA-#AB" + " " * 31 + "#B"


def test_a_print_page_that_does_not_turn_is_shown_at_the_left_alone() -> None:
    assert pages(write(document(paragraph("one", "a")), {"a": 3}))[1][-1] == "#C" + " " * 36 + "#B"


def test_a_box_that_begins_a_page_begins_on_the_print_page_of_its_first_words() -> None:
    filling = [paragraph("one", str(number), "date") for number in range(24)]
    box = Box("b", (paragraph("two", "c"), paragraph("three", "d")), "case-study")
    made = pages(write(document(*filling, box), {"0": 1, "c": 1, "d": 2}))
    assert made[2][0] == "7" * 40
    assert made[2][-1].startswith("#A-#B ")


def test_print_pages_turn_within_boxes_and_tables() -> None:
    table = Table("t", "", (said("Head"),), (((paragraph("x", "r1"),),), ((paragraph("z", "r2"),),)))
    held = document(paragraph("one", "a"), Box("b", (paragraph("two", "c"),), "case-study"), table)
    found = written(held, {"a": 1, "b": 1, "c": 2, "r1": 2, "r2": 3})
    assert [line.strip() for line in found if '"3' in line] == ['"3#B', '"3#C']
    assert found[-1] == ",H1D3 ;Z"


def test_the_line_of_a_print_page_stands_with_what_begins_it() -> None:
    filling = [paragraph("one", str(number), "date") for number in range(23)]
    made = pages(write(document(*filling, paragraph("two", "p")), {"0": 1, "p": 2}))
    assert made[1][23] == ""
    assert made[2][:2] == ['                  "3#B', "  TWO"]


def test_without_print_pages_none_is_spoken_of() -> None:
    brf = write(document(paragraph("one", "a"), paragraph("two", "b")), {})
    assert b'"3' not in brf
    assert b"PR9T" not in brf
    assert b"PR9T PAGES" in write(document(paragraph("one", "a")), {"a": 1})


def test_words_are_contracted_and_capitals_marked() -> None:
    assert lines(paragraph("The Care Quality Commission (CQC) and the MPs.")) == [
        '  ,! ,C>E ,QUAL;Y ,COMMIS.N "<,,CQC"> &',
        "! ,,MP,'S4",
    ]


def test_numbers_have_one_indicator_and_carry_their_signs() -> None:
    assert lines(paragraph("From 20 to 24 May 2024: 1,500 children, 3.5%, £20.")) == [
        "  ,F #BJ TO #BD ,MAY #BJBD3 #A1EJJ *N1",
        "#C4E.01 @L#BJ4",
    ]


@pytest.mark.parametrize(
    ("words", "cells"),
    [
        ("‘safe’", "8SAFE0"),
        ("‘he said “no” twice’", "8HE SD ^8NO^0 TWICE0"),
        ("the agencies’ ‘plan’ for children’s needs", "! AG5CIES' 8PLAN0 = *N'S NE$S"),
        ("“safe”", "8SAFE0"),
        ("“he said ‘no’ twice”", "8HE SD ,8NO,0 TWICE0"),
    ],
)
def test_outer_quotation_marks_have_one_cell_and_inner_ones_two(words: str, cells: str) -> None:
    assert lines(paragraph(words)) == [f"  {cells}"]


def test_looks_are_shown_where_they_tell_words_from_others() -> None:
    runs = (
        Run("In "),
        Run("Working together to safeguard", emphasis=True),
        Run(", it is "),
        Run("not", strong=True),
        Run(" so."),
    )
    assert lines(Paragraph("p", runs)) == ["  ,9 .7,\"W+ TGR TO SAFEGU>D1.' X IS ^1N", "S4"]


def test_the_end_of_a_look_keeps_its_sign_before_a_reference_and_a_quotation_mark() -> None:
    act = Paragraph("a", (Run("See the "), Run("Children Act", emphasis=True), Run("", note="n"), Run(".")))
    quoted = Paragraph("b", (Run("See "), Run("‘the Act 2004’", emphasis=True), Run(" too")))
    capitals = Paragraph("c", (Run("NEVER EVER AGAIN"), Run("", note="n")))
    assert lines(act, quoted, capitals, notes=(Footnote("n", said("Note")),)) == [
        "  ,SEE ! .1,*N .1,ACT.';9#A4",
        "      ;9#A ,NOTE",
        "  ,SEE .78! ,ACT #BJJD0.' TOO",
        '  ,,,N"E "E AGA9;9#A,\'',
    ]


def test_looks_that_a_whole_paragraph_has_are_layout_and_left_out() -> None:
    assert lines(Heading("h", said("Context", strong=True), 2), Paragraph("p", said("Not so.", emphasis=True))) == [
        "    ,3TEXT",
        "  ,N S4",
    ]


def test_lines_are_broken_at_spaces_and_run_over_into_cell_1() -> None:
    assert lines(paragraph("professional " * 5)) == ["  PR(ES.NAL PR(ES.NAL PR(ES.NAL", "PR(ES.NAL PR(ES.NAL"]


def test_a_word_longer_than_a_line_is_parted_with_a_hyphen_and_never_within_a_sign() -> None:
    first, second = lines(paragraph("x" * 36 + "1234" + "x" * 10))
    assert first == "  " + "X" * 36 + "-"
    assert second == "#ABCD" + "X" * 10


def test_spaces_that_may_not_break_in_print_are_spaces_and_soft_hyphens_nothing() -> None:
    assert lines(paragraph("11\xa0July\u2003 2024 pro\xadfit\u200b.")) == ["  #AA ,JULY #BJBD PR(IT4"]


@pytest.mark.parametrize(
    ("words", "cells"),
    [
        ("seen 😀 here", 'SE5 @.<GR9N+ FACE@.> "H'),
        ("中", "@.<CJK UNIFI$ IDEOGRAPH-#D;E#B;D@.>"),
        ("Ж.", "@.<CYRILLIC CAPITAL LR ZHE@.>4"),
        ("Siân ŵ", ",SI^%AN ^%W"),
        ("Sia\u0302n", ",SI^%AN"),
    ],
)
def test_what_braille_has_no_sign_for_is_spelt_as_a_transcribers_note(words: str, cells: str) -> None:
    assert " ".join(line.strip() for line in lines(paragraph(words))) == cells


def test_a_character_without_a_name_is_refused_with_its_place() -> None:
    with pytest.raises(FormatFault, match=r"no sign for U\+E000, in “the odd \ue000 mark”"):
        write(document(paragraph("the odd \ue000 mark")), {})


def test_headings_are_centred_in_cell_5_and_in_cell_7_below_a_blank_line() -> None:
    made = lines(
        paragraph("one"),
        Heading("1", said("Findings"), 1),
        Heading("2", said("Strengths"), 2),
        Heading("3", said("Leaders"), 3),
        paragraph("two"),
    )
    assert made == ['  "O', "", "                 ,F9D+S", "", "    ,/R5G?S", "", "      ,L1D]S", "  TWO"]


def test_a_long_heading_keeps_its_place_and_a_centred_one_leaves_three_cells() -> None:
    long = said("Multi-agency arrangements that protect children at risk")
    made = lines(Heading("1", long, 1), Heading("2", long, 2))
    assert made == [
        "    ,MULTI-AG5CY >RANGE;TS T PROTECT",
        "               *N AT RISK",
        "",
        "    ,MULTI-AG5CY >RANGE;TS T PROTECT *N",
        "    AT RISK",
    ]


def test_lists_hang_and_a_point_hangs_within_its_item() -> None:
    made = lines(
        Item("a", said("Leaders know the children whom they help."), "l"),
        Item("b", said("They listen to those children and to their parents."), "l", level=2),
        Item("c", said("A further paragraph of the point."), "l", level=2, continues=True),
        Item("d", said("A further paragraph of the item that goes on."), "l", continues=True),
    )
    assert made == [
        '_4 ,L1D]S "K ! *N :OM !Y HELP4',
        "  _4 ,!Y LI/5 TO ^? *N & TO _! P>5TS4",
        "      ,A FUR!R P>AGRAPH ( ! PO9T4",
        "    ,A FUR!R P>AGRAPH ( ! ITEM T GOES",
        "  ON4",
    ]


def test_numbered_lists_keep_their_numbers_and_go_on_after_a_box() -> None:
    made = lines(
        Item("a", said("one"), "l", ordered=True),
        Item("b", said("more"), "l", ordered=True, continues=True),
        Box("x", (paragraph("a study"),), "quotation"),
        Item("c", said("two"), "l", ordered=True),
        Item("d", said("three"), "m", ordered=True),
    )
    assert made == ['#A4 "O', "    M", "", "  A /UDY", "", "#B4 TWO", "#A4 ?REE"]


def test_a_case_study_stands_between_box_lines_with_its_heading_directly_below_the_first() -> None:
    made = lines(
        paragraph("one"),
        Box("b", (Heading("h", said("A child"), 3), paragraph("two")), "case-study"),
        paragraph("three"),
    )
    assert made == ['  "O', "", "7" * 40, "      ,A *", "  TWO", "G" * 40, "", "  ?REE"]


@pytest.mark.parametrize("before", range(17, 24))
def test_a_box_line_never_stands_alone_on_a_page(before: int) -> None:
    filling = [paragraph("one", str(number), "date") for number in range(before)]
    made = pages(write(document(*filling, Box("b", (paragraph("two"), paragraph("three")), "case-study")), {}))
    top = next(page for page in made if "7" * 40 in page)
    end = next(page for page in made if "G" * 40 in page)
    assert top[top.index("7" * 40) + 1] == "  TWO"
    assert end[end.index("G" * 40) - 1] == "  ?REE"


def test_addressees_and_signatures_are_written_line_by_line() -> None:
    signatory = Box(
        "s",
        (paragraph("Di Example", role="signatory-name"), paragraph("Chief Inspector", role="signatory-title")),
        "signatory",
    )
    made = lines(
        Box("d", (paragraph("11 July 2024", role="date"),), "date"),
        Box(
            "a",
            (
                paragraph("Ada Example, Director of Children’s Services", role="addressees"),
                paragraph("Cy", role="addressees"),
            ),
            "addressees",
        ),
        signatory,
    )
    assert made == [
        "#AA ,JULY #BJBD",
        "",
        ",ADA ,EXAMPLE1 ,DIRECTOR ( ,*N'S",
        "  ,S]VICES",
        ",CY",
        "",
        ",DI ,EXAMPLE",
        ",*IEF ,9SPECTOR",
    ]


def test_a_footnote_follows_its_paragraph_with_its_number() -> None:
    runs = (Run("Seen"), Run("", note="n"), Run(" and heard."))
    notes = (Footnote("n", said("A note that is long enough to run over into another line.")),)
    assert lines(Paragraph("a", runs), paragraph("two"), notes=notes) == [
        "  ,SE5;9#A & HE>D4",
        "      ;9#A ,A NOTE T IS L;G 5 TO RUN OV]",
        "    9TO ANO!R L9E4",
        "  TWO",
    ]


def test_a_footnote_is_told_once_where_two_paragraphs_refer_to_it() -> None:
    block = Paragraph("a", (Run("Seen."), Run("", note="n")))
    made = lines(block, block._replace(id="b"), notes=(Footnote("n", said("Note")),))
    assert made == ["  ,SE54;9#A", "      ;9#A ,NOTE", "  ,SE54;9#A"]


def test_a_link_is_its_words_and_its_address_where_that_differs() -> None:
    runs = (
        *said("the guide", link="https://www.gov.uk/guidance/"),
        *said(", "),
        *said("www.gov.uk", link="https://www.gov.uk/"),
        *said(" or "),
        *said("a@b.uk", link="mailto:a@b.uk"),
        *said(" or "),
        *said("us", link="mailto:a@b.uk"),
    )
    assert lines(Paragraph("p", runs)) == [
        '  ! GUIDE "<WWW4GOV4UK_/GUID.E">1',
        'WWW4GOV4UK OR A@AB4UK OR U "<A@AB4UK">',
    ]


TABLES_ARE = [
    "      @.<,TABLES >E SET \\ R[ BY R[3 F/ !",
    "    H1DS ( ! COLUMNS1 !N EA* R[1 ) ! H1D",
    "    ( ! COLUMN 2F EA* 5TRY4@.>",
]


def test_a_table_is_set_out_row_by_row_and_the_first_says_so() -> None:
    table = Table(
        "t",
        "Needs",
        (said("Area"), said("Seen"), said("Heard")),
        ((cell("Ashby"), cell("4"), cell("5")),),
        label="Table 1",
        row_headers=True,
    )
    made = lines(table, table._replace(id="u", label="Table 2"))
    assert made == [
        "      ,TABLE #A3 ,NE$S",
        *TABLES_ARE,
        ",>EA2 ,SE52 ,HE>D",
        ",A%BY3 ,SE53 #D2 ,HE>D3 #E",
        "",
        "      ,TABLE #B3 ,NE$S",
        ",>EA2 ,SE52 ,HE>D",
        ",A%BY3 ,SE53 #D2 ,HE>D3 #E",
    ]


def test_a_row_without_a_name_says_the_head_of_each_column_and_an_empty_cell_is_a_dash() -> None:
    table = Table("t", "", (said("Body"), said("Action")), ((cell("Council"), ()),))
    assert lines(table) == [*TABLES_ARE, ",BODY2 ,AC;N", ",BODY3 ,C\\NCIL2 ,AC;N3 ,-"]


def test_a_cell_of_several_blocks_keeps_them_apart() -> None:
    action = (paragraph("This includes:"), Item("i", said("planning"), "l"))
    table = Table("t", "", (said("Body"), said("Action")), ((cell("Council"), action),))
    assert lines(table)[3:] == [",BODY2 ,AC;N", ",BODY3 ,C\\NCIL", ",AC;N3 ,? 9CLUDES3", "  _4 PLANN+"]


def test_a_cell_of_an_item_or_a_picture_is_written_as_those_are() -> None:
    item = Item("i", said("planning"), "l", ordered=True)
    picture = Figure("f", "x", "A tick", "mark")
    table = Table("t", "", (said("Body"), said("Action")), ((cell("Council"), (item,)), ((picture,), cell("x"))))
    assert lines(table)[4:] == [
        ",BODY3 ,C\\NCIL",
        ",AC;N3 #A4 PLANN+",
        ",BODY3",
        "      @.<,A TICK@.>",
        ",AC;N3 ;X",
    ]


def cell(words: str) -> tuple[Block, ...]:
    """Return a cell of one paragraph."""
    return (paragraph(words, role="table"),)


def test_the_contents_lead_to_the_braille_pages_of_the_headings() -> None:
    entries = (Entry("a", "Findings", 2), Entry("b", "Children whom nobody had been expecting to find", 3))
    filling = tuple(paragraph("one", str(number), "date") for number in range(240))
    held = document(
        Contents("c", entries),
        Heading("a", said("Findings"), 2),
        *filling,
        Heading("b", said("Whom"), 3),
        paragraph("x"),
    )
    made = pages(write(held, {}))
    assert made[1][:3] == [
        ',F9D+S """""""""""""""""""""""""""""" #B',
        "  ,*N :OM NOBODY _H BE5 EXPECT+",
        '      TO F9D """"""""""""""""""""""" #AB',
    ]
    assert "      ,:OM" in made[11]


def test_liblouis_is_on_this_machine() -> None:
    liblouis()


def test_without_liblouis_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(braille_page, "BINDING", str(tmp_path / "louis.py"))
    liblouis.cache_clear()
    with pytest.raises(ToolMissing, match=r"^braille needs liblouis.*apt-get install liblouis20 [^\n]*$"):
        write(document(paragraph("x")), {})
    liblouis.cache_clear()


def test_a_document_in_another_language_is_refused() -> None:
    held = replace(document(paragraph("x")), meta=replace(META, language="cy"))
    with pytest.raises(FormatFault, match="in 'cy'"):
        write(held, {})


ADDED = re.compile("<<(.*?)>>")
INDICATORS = re.compile(r"[.^][17]|[.^]'|;9#[A-J]+")
MISREAD = {
    "en": "enough",
    "chn;": "children;",
    "befhand;": "beforehand;",
    "x;": "it;",
    "Hm": "HM",
}
"""Words that liblouis reads back wrongly from braille that is right."""


def test_the_words_come_back_in_order(fixture_letter: Document) -> None:
    """Nothing is added but the marks of items, and in tables the heads before entries and the signs between them."""
    expected = as_brailled(fixture_letter)
    assert ADDED.sub("", expected).split() == words(fixture_letter)
    read = read_back(write(fixture_letter, {}))
    assert [alike(word) for word in read] == [alike(word) for word in ADDED.sub(r"\1", expected).split()]


def as_brailled(held: Document) -> str:
    """Return the words of a document in the order of `words`; what its braille says beside them stands in << >>."""
    counts: dict[str, int] = {}
    inside = {
        id(block) for table in every_block(held.blocks) if isinstance(table, Table) for block in every_block((table,))
    }
    parts = []
    for block in every_block(held.blocks):
        if isinstance(block, Table):
            parts.append(as_rows(block))
        elif id(block) not in inside and not isinstance(block, Box):
            parts.append(marked(block, counts))
    return "\n".join((*parts, *(plain(note.runs) for note in held.notes)))


def marked(block: Block, counts: dict[str, int]) -> str:
    """Return the words of a block, after the mark of an item."""
    text = " ".join(map(plain, block_texts([block])))
    if not isinstance(block, Item) or block.continues:
        return text
    counts[block.list] = counts.get(block.list, 0) + 1
    return f"<<{counts[block.list]}.>> {text}" if block.ordered else f"<<•>> {text}"


def as_rows(table: Table) -> str:
    """Return the words of a table that has no label: its heads, and each entry after the head of its column."""
    heads = [plain(head) for head in table.header]
    parts = ["<<;>> ".join(heads)]
    for row in table.rows:
        entries = [
            f"<<{head}:>> " + " ".join(marked(block, {}) for block in entry)
            for head, entry in zip(heads, row, strict=True)
        ]
        parts.append(("\n" if any(len(entry) > 1 for entry in row) else "<<;>> ").join(entries))
    return "\n".join(parts)


def read_back(brf: bytes) -> list[str]:
    """Return the words that liblouis reads in a letter's pages, those of its footnotes last."""
    body: list[str] = []
    notes: list[str] = []
    into = body
    for line in (line for page in pages(brf)[1:] for line in page[:-1]):
        begins = line.startswith("      ;9#")
        into = notes if begins or (into is notes and re.match(r" {4}\S", line)) else body
        if line not in ("", "7" * 40, "G" * 40):
            into.append(line.strip())
    return [word for part in (body, notes) for word in back_translated(" ".join(part))]


def back_translated(cells: str) -> Iterator[str]:
    """Yield the words of cells without what a transcriber says, references and the indicators of looks."""
    cells = INDICATORS.sub("", re.sub(r"@\.<.*?@\.>", "", cells))
    text: str = liblouis().backTranslateString(TABLES, " ".join(cells.split()))
    yield from text.replace("\uf32b", "ing").split()


def alike(word: str) -> str:
    """Return a word without what braille does not tell or liblouis does not read back: forms of quotes and dashes."""
    word = re.sub('[‘’“”"]', "'", word).replace("—", "–")
    return MISREAD.get(word, re.sub(r"(?<=[A-Z])'S$", "'s", word))


@pytest.mark.parametrize(
    ("words", "cells"),
    [
        ("In 2023 15 children", ",9 #BJBC #AE *N"),
        ("at SW1A 2AA now", "AT ,,SW#A,A #B,,AA N["),
        ("at ZZ1 1AA now", "AT ,,ZZ#A #A,,AA N["),
        ("12 000 homes", '#AB"JJJ HOMES'),
        ("\N{SNOWMAN}\N{COMET}", "@.<SN[MAN COMET@.>"),
    ],
)
def test_numbers_and_names_that_stand_beside_each_other_stay_two(words: str, cells: str) -> None:
    assert Translator(letter()).cells((Run(words),)) == cells


def test_an_address_is_divided_after_a_sign_and_without_a_hyphen() -> None:
    address = "firstname.middlename.lastname@very-long-partnership.example.org"
    lines = wrapped(Translator(letter()).cells((Run(f"Write to {address}"),)), 1, 1)
    assert len(lines) > 2
    assert "".join(lines[1:]).replace(" ", "") == Translator(letter()).cells((Run(address),)).replace(" ", "")
    assert all(line.endswith(("4", "-", "_/", "@A")) for line in lines[1:-1])
