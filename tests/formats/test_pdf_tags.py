"""The tags of a PDF: they say what the page says, each thing once, and all else is decoration."""

import re
from collections.abc import Iterator
from importlib.metadata import version
from inspect import signature
from itertools import chain

import page
import pytest

from letters.document.blocks import Document
from letters.errors import FormatFault
from letters.formats.pages.letter import print_page
from letters.formats.pdf import write as pdf
from letters.houses.loading import house
from tests.builders import letter, recommendation
from tests.conftest import letter_of, report_file_of, report_of
from tests.tags import Piece, Tag, TaggedPdf, said_by_html, said_by_pdf, squeezed

REPORTS = ["domestic-abuse-2025", "exploitation-and-missing-2026"]
HOUSES = ["cqc", "hmicfrs", "hmiprobation", "joint", "ofsted"]
PIXEL = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'%3E%3C/svg%3E"
MANY = "".join(f"<tr><th scope='row'>row {n}</th><td>cell {n}</td></tr>" for n in range(60))
TWO_LEVELS = """
<table><thead>
<tr><th rowspan="2" scope="col">Agency</th><th colspan="2" scope="colgroup">Judgement</th><th rowspan="2" scope="col">Total</th></tr>
<tr><th scope="col">Good</th><th scope="col">Weak</th></tr></thead>
<tbody><tr><th scope="row">Police</th><td>1</td><td>2</td><td>3</td></tr>
<tr><th scope="row" rowspan="2">Council</th><td>4</td><td>5</td><td>9</td></tr><tr><td>6</td><td>7</td><td>13</td></tr>
</tbody></table>"""


def printed(body: str, css: str = "") -> bytes:
    """Return a page of that body as PDF."""
    style = f"@page {{ size: 12cm 9cm }} body {{ font-family: Arimo }} {css}"
    return pdf.printed(
        f"<!DOCTYPE html><html lang='en-GB'><title>A page</title><style>{style}</style><body>{body}</body></html>"
    )


def tags(body: str, css: str = "") -> Tag:
    """Return the tags of a page of that body."""
    return TaggedPdf(printed(body, css)).root


def faults(data: bytes) -> list[str]:
    """Return the rules of PDF/UA-1 and PDF/A-3a that a PDF breaks."""
    profiles = (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A)
    found = [fault for profile in profiles for fault in page.validate_pdf_bytes(data, profile=profile).failures]
    return [str(fault) for fault in found if "STREAM-LENGTH" not in fault.rule_id or not lengths_hold(data)]


def lengths_hold(data: bytes) -> bool:
    """Say whether each stream is as long as it says; the judge takes a last byte 0D for the end of a line."""
    streams = re.finditer(rb"/Length (\d+)[^\n]*>>\nstream\n", data)
    return all(data[found.end() + int(found[1]) :].startswith(b"\nendstream\n") for found in streams)


def decorations(data: bytes) -> Iterator[Piece]:
    """Yield every piece of every page that is not read."""
    yield from chain.from_iterable(TaggedPdf(data).artifacts())


def shape(tag: Tag) -> str:
    """Return the kinds of an element and of those in it, as `L(LI(Lbl LBody))`."""
    inner = " ".join(map(shape, tag.children()))
    return f"{tag.kind}({inner})" if inner else tag.kind


def announced(table: Tag) -> dict[str, list[str]]:
    """Return the words of the headers that are announced with each cell, by the cell's words."""
    names = {cell.id: cell.words for cell in table.all("TH")}
    return {
        cell.words: [names[str(name)] for name in cell.attributes.get("/Headers", [])] for cell in table.all("TH", "TD")
    }


def test_the_tags_of_a_letter_say_what_its_page_says(fixture_name: str) -> None:
    assert_parity(letter_of(fixture_name), "joint")


@pytest.mark.parametrize("name", HOUSES)
def test_the_tags_of_a_letter_say_what_its_page_says_in_every_house(name: str) -> None:
    assert_parity(letter_of("cawdale"), name)


@pytest.mark.parametrize("name", REPORTS)
def test_the_tags_of_a_report_say_what_its_page_says(name: str) -> None:
    assert_parity(report_of(name).document, "joint")


def test_the_tags_of_a_draft_say_what_its_page_says_with_the_numbers_of_its_paragraphs() -> None:
    strength = {"text": "one[^n]", "points": ["two", "three"]}
    document = letter(stage="factual_accuracy", strengths=[strength], footnotes={"n": "A note."})
    assert_parity(document, "joint")


def assert_parity(document: Document, house_name: str) -> None:
    """Hold the tags of a letter against its print page."""
    shown = print_page(document, house(house_name))
    data = pdf.render(shown, house(house_name))
    assert said_by_pdf(data) == said_by_html(shown)
    read = TaggedPdf(data)
    assert (read.unread(), read.unmarked(), read.strays()) == ([], [], [])


def test_the_reader_of_tags_sees_a_tag_that_is_wrong() -> None:
    shown = print_page(letter_of("cawdale"), house("joint"))
    other = re.sub(r"<h2 ([^>]*)>(.*?)</h2>", r"<h3 \1>\2</h3>", shown, count=1)
    assert said_by_pdf(pdf.render(other, house("joint"))).headings != said_by_html(shown).headings


def test_a_head_that_fits_on_a_later_page_only_stands_before_the_rows_and_heads_them() -> None:
    tall = "<tr><td>one</td><td style='height: 15cm'>two</td></tr>"
    css = "@page { size: 10cm 16cm; margin: 0.4cm } tr { break-inside: avoid } th { height: 1cm }"
    rows = f"<thead><tr><th>A</th><th>B</th></tr></thead><tbody>{tall}<tr><td>three</td><td>four</td></tr></tbody>"
    table = tags(f"<table>{rows}</table>", css).the("Table")
    assert [kid.kind for kid in table.children()] == ["THead", "TBody"]


def test_the_running_feet_of_a_letter_are_its_page_numbers_and_nothing_else_is_hidden(fixture_name: str) -> None:
    read = TaggedPdf(pdf.write(letter_of(fixture_name), house("joint")))
    feet = ["".join(piece.words for piece in map(words, pieces)) for pieces in map(footers, read.artifacts())]
    assert feet == ["", *map(str, range(2, len(feet) + 1))]
    heads = {cell.words for cell in read.root.all("TH")}
    assert {squeezed("".join(piece.words)) for piece in others(read)} <= {"", *heads}


def test_the_running_feet_of_a_draft_say_that_it_is_one() -> None:
    document = letter(stage="factual_accuracy")
    assert document.draft
    read = TaggedPdf(pdf.write(document, house("joint")))
    footer, mark = squeezed(document.draft.footer), squeezed(document.draft.watermark)
    assert all(words(piece).words for pieces in map(footers, read.artifacts()) for piece in pieces)
    assert {words(piece).words for piece in footers(read.artifacts()[0])} == {footer}
    assert {squeezed("".join(piece.words)) for piece in others(read)} <= {"", mark}


def words(piece: Piece) -> Tag:
    """Return a piece of decoration as an element with its words."""
    return Tag("Artifact", kids=list(piece.words))


def footers(pieces: list[Piece]) -> list[Piece]:
    """Return the running feet among the decoration of a page."""
    return [piece for piece in pieces if piece.properties.get("/Subtype") == "/Footer"]


def others(read: TaggedPdf) -> list[Piece]:
    """Return the decoration that is no running foot."""
    return [piece for pieces in read.artifacts() for piece in pieces if piece not in footers(pieces)]


def test_a_cell_is_announced_with_the_headers_above_and_before_it_however_they_span() -> None:
    table = tags(TWO_LEVELS).the("Table")
    assert announced(table) == {
        "Agency": [],
        "Judgement": [],
        "Total": [],
        "Good": ["Judgement"],
        "Weak": ["Judgement"],
        "Police": ["Agency"],
        "1": ["Judgement", "Good", "Police"],
        "2": ["Judgement", "Weak", "Police"],
        "3": ["Total", "Police"],
        "Council": ["Agency"],
        "4": ["Judgement", "Good", "Council"],
        "5": ["Judgement", "Weak", "Council"],
        "9": ["Total", "Council"],
        "6": ["Judgement", "Good", "Council"],
        "7": ["Judgement", "Weak", "Council"],
        "13": ["Total", "Council"],
    }


def test_a_header_further_down_replaces_the_one_that_stood_over_the_same_columns() -> None:
    rows = "<tr><th scope=col>A<tr><td>1<tr><th scope=col>B<tr><td>2"
    assert announced(tags(f"<table>{rows}</table>").the("Table")) == {"A": [], "1": ["A"], "B": [], "2": ["B"]}


def test_every_header_says_whether_it_heads_a_column_or_a_row_and_what_it_spans() -> None:
    cells = {cell.words: cell.attributes for cell in tags(TWO_LEVELS).all("TH")}
    assert {words: str(held["/Scope"]) for words, held in cells.items()} == {
        **dict.fromkeys(["Agency", "Judgement", "Total", "Good", "Weak"], "/Column"),
        **dict.fromkeys(["Police", "Council"], "/Row"),
    }
    spans = {words: (held.get("/ColSpan", 1), held.get("/RowSpan", 1)) for words, held in cells.items()}
    assert spans["Judgement"] == (2, 1)
    assert spans["Agency"] == spans["Council"] == (1, 2)
    assert spans["Good"] == (1, 1)


def test_headers_that_do_not_say_what_they_head_are_judged_by_their_neighbours() -> None:
    table = tags("<table><thead><tr><td><th>A<th>B<tbody><tr><th>x<td>1<td>2</table>").the("Table")
    assert {cell.words: str(cell.attributes["/Scope"]) for cell in table.all("TH")} == {
        **dict.fromkeys("AB", "/Column"),
        "x": "/Row",
    }
    assert announced(table)["2"] == ["B", "x"]


def test_what_a_page_break_parts_is_one_element() -> None:
    lines = " ".join(f"word{n}" for n in range(400))
    items = "".join(f"<li>item {n}</li>" for n in range(40))
    data = printed(f"<p>{lines}</p><ul>{items}</ul><table><thead><tr><th>A<th>B<tbody>{MANY}</table>")
    read = TaggedPdf(data)
    assert len(read.pages) > 5
    assert [tag.kind for tag in read.root.children()] == ["P", "L", "Table"]
    assert read.root.the("P").words == squeezed(lines)
    assert len(read.root.all("LI")) == 40
    assert faults(data) == []


def test_a_repeated_head_of_a_table_is_read_once() -> None:
    data = printed(f"<table><thead><tr><th>Name<th>Value<tbody>{MANY}</table>")
    root = TaggedPdf(data).root
    assert len(root.all("THead")) == 1
    assert [cell.words for cell in root.the("THead").all("TH")] == ["Name", "Value"]
    repeats = [squeezed("".join(piece.words)) for piece in decorations(data)]
    assert repeats.count("Name") == repeats.count("Value") == len(TaggedPdf(data).pages) - 1


def test_a_link_in_a_repeated_head_leads_somewhere_once() -> None:
    data = printed(f"<table><thead><tr><th>Name<th><a href='https://a.example'>Value</a><tbody>{MANY}</table>")
    assert [tag.targets for tag in TaggedPdf(data).root.all("Link")] == [["Value"]]
    assert faults(data) == []


def test_a_footnote_is_a_note_where_it_is_referred_to() -> None:
    css = ".f { float: footnote } .f::footnote-marker { content: counter(footnote) }"
    data = printed("<p>one<span class='f'>A note.</span> two</p><p>three<span class='f'>Another.</span></p>", css)
    root = TaggedPdf(data).root
    assert [shape(tag) for tag in root.children()] == ["P(Reference Note(Lbl))"] * 2
    assert root.words == "one11Anote.twothree22Another."
    assert [tag.the("Lbl").words for tag in root.all("Note")] == ["1", "2"]
    assert len({tag.id for tag in root.all("Note")} - {""}) == 2
    assert faults(data) == []


def test_running_heads_and_page_numbers_are_decoration_of_their_kind() -> None:
    css = "@page { @top-left { content: 'Head' } @bottom-right { content: counter(page) } }"
    data = printed("<p>one</p><p style='break-before: page'>two</p>", css)
    assert TaggedPdf(data).root.words == "onetwo"
    told = [(str(piece.properties["/Subtype"]), "".join(piece.words)) for piece in decorations(data)]
    assert told == [("/Header", "Head"), ("/Footer", "1"), ("/Header", "Head"), ("/Footer", "2")]
    assert {str(piece.properties["/Type"]) for piece in decorations(data)} == {"/Pagination"}


@pytest.mark.parametrize(
    ("inner", "what"), [("<a href='https://a.example'>Go</a>", "a link, “Go”"), ("<h2>Big</h2>", "a heading, “Big”")]
)
def test_a_link_or_a_heading_in_a_running_head_is_refused(inner: str, what: str) -> None:
    css = "@page { @top-left { content: element(head) } } header { position: running(head) }"
    with pytest.raises(FormatFault, match=f"a page header or footer contains {what}: .* move it into the letter"):
        printed(f"<header>{inner}</header><p>words</p>", css)


def test_a_picture_that_is_decoration_is_not_read() -> None:
    data = printed(f"<p>one</p><p><img alt='' src=\"{PIXEL}\"></p><svg width='5' height='5' aria-hidden='true'></svg>")
    assert shape(TaggedPdf(data).root) == "Document(P)"
    assert faults(data) == []


def test_a_picture_has_its_words_and_its_place_in_points() -> None:
    svg = "<svg width='40' height='20'><title>A chart</title><rect width='40' height='20'/></svg>"
    data = printed(f"<p><img alt='A pixel' src=\"{PIXEL}\"></p>{svg}", "@page { margin: 0 } body, p { margin: 0 }")
    figures = TaggedPdf(data).root.all("Figure")
    assert [figure.alt for figure in figures] == ["A pixel", "A chart"]
    left, bottom, right, top = map(float, figures[1].attributes["/BBox"])
    assert (left, right - left, top - bottom) == (0, 30, 15)
    assert 200 < bottom < top < 9 / 2.54 * 72
    assert faults(data) == []


@pytest.mark.parametrize("inner", [f'<img src="{PIXEL}">', "<svg width='5' height='5'></svg>"])
def test_a_picture_without_words_is_refused(inner: str) -> None:
    with pytest.raises(FormatFault, match=r"a picture \((img|svg)\) has no alternative text"):
        printed(f"<p>{inner}</p>")


def test_a_figure_keeps_its_caption_beside_the_words_for_its_picture() -> None:
    body = (
        "<figure><figcaption>Figure 1: counts</figcaption><svg width='5' height='5'><title>Three</title></svg></figure>"
    )
    assert shape(tags(body)) == "Document(Div(Caption Figure))"
    assert faults(printed(body)) == []


def test_words_in_another_language_say_so() -> None:
    body = (
        "<p>one <span lang='cy'>dau</span> <em lang='en-GB'>three</em></p><p lang='cy'>pedwar <b lang='cy'>pump</b></p>"
    )
    root = tags(body)
    assert [(tag.kind, tag.language, tag.words) for tag in root.all() if tag.language] == [
        ("Document", "en-GB", "onedauthreepedwarpump"),
        ("Span", "cy", "dau"),
        ("P", "cy", "pedwarpump"),
    ]


def test_a_page_that_does_not_say_its_language_is_refused() -> None:
    with pytest.raises(FormatFault, match="the page does not say its language"):
        pdf.printed("<title>A page</title><p>words</p>")


def test_a_link_is_called_by_its_words_also_where_a_line_ends_in_it() -> None:
    inner = "a <strong>very</strong> long name for a place that needs more than one line of this narrow page"
    data = printed(f"<p>See <a href='https://a.example/x'>{inner}</a> and <a href='#x'>here</a>.</p><p id='x'>x</p>")
    link, other = TaggedPdf(data).root.all("Link")
    assert set(link.targets) == {re.sub("</?strong>", "", inner)}
    assert 2 <= len(link.targets) <= 3
    assert other.targets == ["here"]
    assert shape(TaggedPdf(data).root) == "Document(P(Link Link) P)"
    assert faults(data) == []


def test_a_link_that_is_a_picture_is_called_by_the_words_for_it() -> None:
    data = printed(f"<p><a href='https://a.example'><img alt='Home' src=\"{PIXEL}\"></a></p>")
    assert set(TaggedPdf(data).root.the("Link").targets) == {"Home"}
    assert faults(data) == []


def test_a_link_around_nothing_leads_nowhere() -> None:
    data = printed("<p><a href='https://a.example'></a>words</p>")
    assert shape(TaggedPdf(data).root) == "Document(P)"
    assert faults(data) == []


def test_a_page_without_words_keeps_to_both() -> None:
    assert faults(printed("")) == []


def test_a_list_of_contents_is_one_also_where_it_has_levels() -> None:
    inner = "<li><a href='#a'>One</a><ol><li><a href='#b'>Deep</a></li></ol></li><li><a href='#c'>Two</a></li>"
    body = f"<nav class='contents'><h1>Contents</h1><ol>{inner}</ol></nav><p id='a'>a<p id='b'>b<p id='c'>c"
    data = printed(body, "body { font-size: 8pt } a::after { content: ' ' target-counter(attr(href), page) }")
    deep = "TOC(TOCI(Lbl Reference(Link)))"
    expected = f"Div(H1 TOC(TOCI(Lbl Reference(Link) {deep}) TOCI(Lbl Reference(Link))))"
    root = TaggedPdf(data).root
    assert shape(root.children()[0]) == expected
    assert [(tag.words, tag.targets) for tag in root.all("Link")] == [
        ("One1", ["One"]),
        ("Deep1", ["Deep"]),
        ("Two1", ["Two"]),
    ]
    assert faults(data) == []


@pytest.mark.parametrize(
    ("list_", "marks"),
    [
        ("<ol><li>x</ol>", "Decimal"),
        ("<ol type='a' style='list-style: lower-alpha'><li>x</ol>", "LowerAlpha"),
        ("<ul><li>x</ul>", "Disc"),
        ("<ul style='list-style: \"–\"'><li>x</ul>", "Disc"),
        ("<ul style='list-style: none'><li>x</ul>", "None"),
    ],
)
def test_a_list_says_what_marks_its_items_have(list_: str, marks: str) -> None:
    assert str(tags(list_).the("L").attributes["/ListNumbering"]) == f"/{marks}"


def test_a_list_within_an_item_is_part_of_it() -> None:
    assert shape(tags("<ul><li>one<ul><li>two</ul><li>three</ul>").all("L")[0]) == (
        "L(LI(Lbl LBody(L(LI(Lbl LBody)))) LI(Lbl LBody))"
    )


def test_a_list_of_terms_pairs_each_with_what_is_said_of_it() -> None:
    data = printed("<dl><dt>one<dd>first<dd>more<dt>two<dd>second</dl>")
    assert shape(TaggedPdf(data).root.the("L")) == "L(LI(Lbl LBody) LI(Lbl LBody))"
    assert faults(data) == []


def test_lines_and_looks_make_no_elements() -> None:
    body = "<p>one <strong>two</strong> <em>three</em> <span>four</span><br>five <time>six</time></p>"
    assert shape(tags(body)) == "Document(P)"


def test_parts_of_a_page_are_what_they_are() -> None:
    body = "<article><section><h2>A</h2><blockquote><p>said</p></blockquote></section><div>words <p>p</p> more</div></article>"
    assert shape(tags(body)) == "Document(Art(Sect(H2 BlockQuote(P)) Div(P P P)))"


def test_a_table_has_its_parts_and_keeps_its_empty_cells() -> None:
    rows = "<caption>Counts</caption><thead><tr><th>A<th>B<tbody><tr><td><td>2<tfoot><tr><td>x<td>y"
    data = printed(f"<table>{rows}</table>")
    assert shape(TaggedPdf(data).root.the("Table")) == (
        "Table(Caption THead(TR(TH TH)) TBody(TR(TD TD)) TFoot(TR(TD TD)))"
    )
    assert faults(data) == []


def test_the_dots_that_lead_to_a_page_number_are_not_read() -> None:
    data = printed("<p class='x'>One</p>", ".x::after { content: leader('.') '7' }")
    assert TaggedPdf(data).root.words == "One7"
    assert TaggedPdf(data).unmarked() == []


def test_words_on_every_page_are_read_once() -> None:
    data = printed("<div style='position: fixed; bottom: 0'>always</div><p>a</p><p style='break-before: page'>b</p>")
    assert TaggedPdf(data).root.words == "alwaysab"


def test_a_form_field_of_a_page_is_no_field_of_the_pdf() -> None:
    data = printed("<p><label>Name <input name='n'></label></p>")
    assert "/AcroForm" not in TaggedPdf(data).catalog
    assert faults(data) == []


def test_words_that_cannot_be_tagged_are_refused() -> None:
    with pytest.raises(FormatFault, match=r"Remove opacity from print\.css"):
        printed("<p style='opacity: 0.5'>pale</p>")


def test_a_letter_keeps_to_pdf_ua_1_and_pdf_a_3a_at_once(fixture_name: str) -> None:
    assert faults(pdf.write(letter_of(fixture_name), house("joint"))) == []


@pytest.mark.parametrize("name", HOUSES)
def test_a_letter_of_every_house_keeps_to_both(name: str) -> None:
    assert faults(pdf.write(letter_of("cawdale"), house(name))) == []


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_keeps_to_both(name: str) -> None:
    assert faults(report_file_of(name, ".pdf")) == []


def test_a_draft_and_a_table_keep_to_both() -> None:
    entry = recommendation("one\n\nmore", priority="priority", points=["two\n\nmore", "three"])
    document = letter(
        stage="factual_accuracy", strengths=["one"], recommendations=[entry], layout={"recommendations": "table"}
    )
    assert faults(pdf.write(document, house("joint"))) == []


def test_the_judge_sees_a_pdf_that_claims_neither() -> None:
    assert faults(pdf.renderer().HTML(string="<p>words").write_pdf()) != []


def test_a_pdf_says_what_it_is_without_being_unpacked() -> None:
    data = printed("<h1>One</h1><p>words</p>")
    read = TaggedPdf(data)
    assert b'pdfuaid:part="1"' in data
    assert b'pdfaid:part="3" pdfaid:conformance="A"' in data
    assert read.catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert (read.catalog["/Lang"], read.reader.metadata and read.reader.metadata.title) == ("en-GB", "A page")
    assert [entry["/Title"] for entry in read.reader.outline] == ["One"]  # type: ignore[call-overload]


def test_an_id_leads_to_the_element_that_has_it() -> None:
    tree = TaggedPdf(printed(TWO_LEVELS)).catalog["/StructTreeRoot"]
    names = list(tree["/IDTree"]["/Names"])
    assert names[::2] == sorted(names[::2])
    assert {str(element["/ID"]) for element in names[1::2]} == set(map(str, names[::2]))


def test_the_same_page_makes_the_same_bytes() -> None:
    shown = print_page(letter_of("cawdale"), house("joint"))
    assert pdf.render(shown, house("joint")) == pdf.render(shown, house("joint"))


def test_the_renderer_is_itself_again_when_a_pdf_is_written_or_refused() -> None:
    weasyprint = pdf.renderer()
    before = (weasyprint.pdf.add_tags, weasyprint.pdf.stream.Stream.marked)
    printed("<p>words</p>")
    with pytest.raises(FormatFault):
        printed("<p style='opacity: 0.5'>pale</p>")
    assert (weasyprint.pdf.add_tags, weasyprint.pdf.stream.Stream.marked) == before


@pytest.mark.parametrize(("name", "pinned"), [("weasyprint", "70.0"), ("pydyf", "0.13.0")])
def test_the_renderer_is_the_one_whose_private_names_are_replaced(name: str, pinned: str) -> None:
    assert version(name) == pinned, (
        f"{name} is {version(name)}, and letters/formats/pdf_tags.py replaces private names of {pinned}:"
        " read them again in the new version, then change the version here."
    )


def test_the_private_names_that_are_replaced_are_what_they_were() -> None:
    weasyprint = pdf.renderer()
    stream = weasyprint.pdf.stream.Stream
    names = {
        "weasyprint.pdf.add_tags": [*signature(weasyprint.pdf.add_tags).parameters],
        "Stream.marked": [*signature(stream.marked).parameters],
    }
    assert names == {
        "weasyprint.pdf.add_tags": ["pdf", "document", "pdf_version", "page_streams"],
        "Stream.marked": ["self", "box", "tag"],
    }, "WeasyPrint has changed what letters/formats/pdf_tags.py replaces: read it again there."
    laid = weasyprint.HTML(string="<p>words").render(font_config=pdf.fonts()).pages[0]
    assert hasattr(laid, "_page_box"), "WeasyPrint's pages have no _page_box: letters/formats/pdf_tags.py reads it."
    assert hasattr(laid._page_box, "link_annotation"), (
        "WeasyPrint's boxes have no link_annotation: pdf_tags.py needs it."
    )
