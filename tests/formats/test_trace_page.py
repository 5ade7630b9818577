"""The page that shows what a report rests on."""

from pathlib import Path

import pytest
from lxml import html

from letters.document.tracing import TraceEntry
from letters.formats.pages.trace import TraceSource, trace_page
from tests.browser import Browser

LONG = "A lesson with many words. " * 20
TRACED = (
    TraceEntry(("findings", 0), "lesson", "Calls were slow. Five areas had a form.", ("a/S-01", "b/S-01")),
    TraceEntry(("findings", 0), "count", "Five areas", ("a/S-01", "b/S-01")),
    TraceEntry(("findings", 1), "lesson", LONG.strip(), ("b/S-01",)),
    TraceEntry(("findings", 2), "lesson", "This was a hard year.", ()),
    *(
        TraceEntry(("findings", 3), kind, f"Words of a {kind} <b>", ("a/S-01",))
        for kind in ("quotation", "example", "list", "table", "chart")
    ),
)
SOURCES = {
    "a/S-01": TraceSource("Ashby", "Officers came.", "https://letters.example/ashby"),
    "b/S-01": TraceSource("Birley & Coast", "Nurses asked.", ""),
}


def shown() -> html.HtmlElement:
    return html.document_fromstring(trace_page("Findings behind: a report", TRACED, SOURCES))


def words_of(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_every_entry_stands_on_the_page_once_and_whole() -> None:
    entries = shown().findall(".//details")
    assert sorted(entry.get("id", "") for entry in entries) == [f"entry-{number}" for number in range(1, 10)]
    for entry in entries:
        row = TRACED[int(entry.get("id", "").removeprefix("entry-")) - 1]
        assert row.words in words_of(entry)


def test_lessons_on_one_area_come_first_and_lie_open() -> None:
    first, *others = shown().findall(".//details")
    assert (first.get("id"), "open" in first.attrib) == ("entry-3", True)
    assert "It cites findings from one area only." in words_of(first)
    assert not any("open" in entry.attrib for entry in others)


def test_the_contents_lead_to_every_part_and_say_how_much_stands_there() -> None:
    page = shown()
    links = page.findall(".//nav//li")
    assert words_of(links[0]) == "Lessons that rest on one area (1)"
    assert page.xpath("//nav//a/@href") == [f"#{name}" for name in page.xpath("//h2/@id")]


def test_a_count_stands_with_the_sentence_that_says_it() -> None:
    count = shown().get_element_by_id("entry-2")
    assert "It stands in entry 1: “Five areas had a form.”" in words_of(count)
    assert count.xpath(".//p/a/@href") == ["#entry-1"]


@pytest.mark.parametrize("width", [1280, 320])
def test_choosing_an_area_leaves_what_rests_on_it(tmp_path: Path, browser: Browser, width: int) -> None:
    path = tmp_path / "trace.html"
    path.write_text(trace_page("Findings behind: a report", TRACED, SOURCES), "utf-8")
    browser.open(path, width=width)
    seen = "return [...document.querySelectorAll('details')].filter(e => e.offsetHeight).map(e => e.id)"
    assert (len(browser.run(seen)), browser.faults(), browser.overhang()) == (9, [], 0)
    browser.run("document.querySelector('#area-2').click()")
    assert browser.run(seen) == ["entry-3", "entry-1", "entry-2"]
    empty = "return [...document.querySelectorAll('.nothing')].filter(e => e.offsetHeight).length"
    assert browser.run(empty) == 6
