"""HTML: one file that asks for nothing, with headings, lists, tables and notes that are what they look like."""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest

from letters.document.walk import outline
from letters.formats.pages.frame import css_string
from letters.formats.pages.letter import web_page
from letters.houses.loading import house
from tests.builders import letter, recommendation
from tests.composition.test_letter import HOSTILE
from tests.conftest import letter_of
from tests.reading import html_words

Written = Callable[[str, str], bytes]
VOID = ("meta", "img", "link", "br")


def body(**fields: Any) -> str:
    """Return the article of a letter's page."""
    page = web_page(letter(**fields), house("joint"))
    return page[page.index("<article>") : page.index("</article>")]


class Balance(HTMLParser):
    """Finds elements that are closed in another order than they were opened."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(tag)


def test_every_element_is_closed_where_it_should_be(fixture_name: str, written: Written) -> None:
    reader = Balance()
    reader.feed(written(fixture_name, ".html").decode())
    assert (reader.faults, reader.open) == ([], [])


def test_the_page_asks_for_nothing_from_anywhere(fixture_name: str, written: Written) -> None:
    page = written(fixture_name, ".html").decode()
    asked = re.findall(
        r'(?:src|srcset|data|poster)="(?!data:)[^"]*"|<(?:link|script|iframe|object)\b|@import|url\((?!"?data:)', page
    )
    assert asked == []


def test_no_id_is_given_twice_and_every_link_within_leads_somewhere(fixture_name: str, written: Written) -> None:
    page = written(fixture_name, ".html").decode()
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert [target for target in re.findall(r'href="#([^"]+)"', page) if target not in ids] == []


def test_headings_are_those_of_the_letter(fixture_name: str, written: Written) -> None:
    page = written(fixture_name, ".html").decode()
    article = page[page.index("<article>") : page.index("</article>")]
    levels = [int(level) for level in re.findall(r"<h(\d)", article)]
    assert levels == [level for level, _ in outline(letter_of(fixture_name))]


def test_points_are_a_list_within_their_item() -> None:
    assert re.search(
        r"<li>\s*<span[^>]*>one</span>\s*<ul>\s*<li><span[^>]*>two</span></li>\s*</ul>\s*</li>",
        body(strengths=[{"text": "one", "points": ["two"]}]),
    )


def test_a_numbered_list_goes_on_after_a_case_study() -> None:
    page = body(
        layout={"main_findings": "numbered"},
        main_findings=[{"id": "M-1", "text": "a"}, {"id": "M-2", "text": "b"}],
        case_studies=[{"type": "place", "text": "x", "after": "M-1"}],
    )
    assert re.findall(r"<ol[^>]*>", page) == ["<ol>", '<ol start="2">']


def test_a_table_has_header_cells_for_its_columns() -> None:
    page = body(layout={"recommendations": "table"}, recommendations=[recommendation("Act.", priority="priority")])
    assert '<th scope="col">Responsible body</th><th scope="col">Area for priority action</th>' in page


def test_a_footnote_leads_there_and_back() -> None:
    page = web_page(letter(strengths=["one[^n]"], footnotes={"n": "A note."}), house("joint"))
    assert 'href="#note-2" role="doc-noteref" aria-label="Footnote 2"' in page
    assert '<li id="note-2"><span class="note">A note.</span> <a href="#reference-2" role="doc-backlink"' in page


def test_a_case_study_is_a_section_named_by_its_heading() -> None:
    page = body(case_studies=[{"id": "C", "type": "place", "text": "x"}])
    assert '<section class="case-study together" aria-labelledby="C.title">' in page
    assert '<h3 id="C.title">' in page


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_finding_is_the_words_it_is(text: str) -> None:
    page = web_page(
        letter(strengths=[text], footnotes={"n": text}, main_findings=["x[^n]"], area={"name": text}), house("joint")
    )
    reader = Balance()
    reader.feed(page)
    assert (reader.faults, reader.open) == ([], [])
    assert "".join(html_words(page)).count("".join(text.split())) >= 4


def test_words_in_a_style_sheet_cannot_leave_it() -> None:
    assert css_string('a"</style><b>\\') == '"a\\22 \\3c \\2f style\\3e \\3c b\\3e \\5c "'


def test_a_draft_says_so_on_the_page() -> None:
    page = web_page(letter(stage="draft"), house("joint"))
    assert '<p class="draft-mark" role="note">Draft, version 1' in page
    assert "draft-mark" not in web_page(letter(), house("joint")).split("</style>")[1]
