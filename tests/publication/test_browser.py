"""Published pages in a real browser: nothing for a judge to find, in every house, look and width, and by keyboard."""

import base64
import re
import shutil
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from selenium.webdriver.common.keys import Keys

from letters.files.packs import PublishOptions, publish
from tests import browser as browsers
from tests.browser import LOOKS, Browser, contrast, luminance
from tests.conftest import ROOT
from tests.publication.works import agreed, real_art

FOLDERS = {
    "joint": "recipients",
    "ofsted": "ofsted",
    "cqc": "cqc",
    "hmicfrs": "hmicfrs",
    "hmiprobation": "hmiprobation",
}
INSPECTORATES = ("ofsted", "cqc", "hmicfrs", "hmiprobation")
PAGES = (*(f"letter of {house}" for house in FOLDERS), "report", "index", "index of a report", "manifest")
NARROW, PAPER = 320, 643
"""CSS pixels of a small screen, or of a large one at 400%; and of A4 within margins of 2 cm."""
SCREENS = (NARROW, 641, 1024, 1217)
"""The narrow one, and those just after which the pages are laid out otherwise."""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One browser for every test here."""
    found = Browser(tmp_path_factory.mktemp("profile"))
    yield found
    found.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The pages of a letter and of a report, as they are published."""
    folder = tmp_path_factory.mktemp("published")
    shutil.copytree(ROOT / "fixtures", folder / "fixtures")
    letter = put(folder, "fixtures/cawdale/inspection.yaml", "letter")
    report = put(folder, "fixtures/rounds/exploitation-and-missing-2026.yaml", "report")
    letters = {f"letter of {house}": document_page(letter / name) for house, name in FOLDERS.items()}
    indexes = {"index": letter / "cqc/index.html", "index of a report": report / "hmicfrs/index.html"}
    return {**letters, **indexes, "report": document_page(report / "cqc"), "manifest": letter / "manifest.html"}


def put(folder: Path, source: str, name: str) -> Path:
    """Publish a file as a page with plain text beside it, and return its pack."""
    path = agreed(folder / source, *INSPECTORATES)
    return publish(path, PublishOptions(folder / name, only=("html", "txt"), art=real_art(folder))).pack


def document_page(folder: Path) -> Path:
    """Return the page of the document that a folder of a pack holds."""
    return next(page for page in sorted(folder.glob("*.html")) if page.name not in ("index.html", "body.html"))


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """A page in which everything is wrong that the tests here look for."""
    page = tmp_path / "wrong.html"
    page.write_text(
        '<!DOCTYPE html><html lang="en"><head><title>Wrong</title><style>a:focus { outline: none; }</style></head><body>'
        '<main><h1>One</h1><h3>Three</h3><p style="color: #aaa; background: #fff">Pale words.</p><img src="data:,">'
        '<p style="height: 1.2em; overflow: hidden">Words that need more than a line when they are spaced out. And more.</p>'
        '<p style="width: 700px">Wide.</p><div style="display: flex; flex-direction: column-reverse">'
        '<p>Written first.</p><p>Written second.</p></div><p><a href="#x">One</a> <a href="#y" tabindex="1">Two</a></p>'
        '<img src="http://127.0.0.1:9/mark.png" alt="Mark"></main></body></html>'
    )
    return page


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_in_any_look(name: str, look: str, browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages[name], look)
    assert browser.faults() == []


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_on_a_narrow_screen(name: str, browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages[name], width=NARROW)
    assert browser.faults() == []


def test_axe_finds_what_is_wrong(browser: Browser, wrong: Path) -> None:
    browser.open(wrong)
    found = {fault.partition(":")[0] for fault in browser.faults()}
    assert {"color-contrast", "image-alt", "heading-order"} <= found


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_for_nothing_from_anywhere(name: str, browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages[name])
    assert browser.asked_for() == []


def test_a_page_that_asks_for_something_is_caught(browser: Browser, wrong: Path) -> None:
    browser.open(wrong)
    assert browser.asked_for() == ["http://127.0.0.1:9/mark.png"]


@pytest.mark.parametrize(("medium", "width"), [*(("screen", width) for width in SCREENS), ("print", PAPER)])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_wider_than_the_screen_or_a_sheet_of_paper(
    name: str, medium: str, width: int, browser: Browser, pages: dict[str, Path]
) -> None:
    browser.open(pages[name], width=width, medium=medium)
    assert browser.overhang() == 0


@pytest.mark.parametrize("width", [NARROW, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_wider_spacing_of_text_loses_nothing(name: str, width: int, browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages[name], width=width)
    assert (browser.lost_with_wider_spacing(), browser.overhang()) == ([], 0)


def test_a_page_that_is_too_wide_or_cuts_words_off_is_caught(browser: Browser, wrong: Path) -> None:
    browser.open(wrong, width=NARROW)
    assert browser.overhang() > 0
    assert any("more than a line" in element for element in browser.lost_with_wider_spacing())


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", ["letter of ofsted", "letter of joint", "index", "manifest"])
def test_everything_is_reached_by_tab_in_order_and_seen(
    name: str, look: str, browser: Browser, pages: dict[str, Path]
) -> None:
    browser.open(pages[name], look)
    stops = browser.stops()
    assert [stop.number for stop in stops] == list(range(len(stops)))
    assert [fault for stop in stops for fault in stop.faults] == []
    assert 'class="skip"' in stops[0].markup


def test_everything_in_a_report_is_reached_by_tab_in_order_and_seen(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["report"], "dark", NARROW)
    stops = browser.stops()
    assert [stop.number for stop in stops] == list(range(len(stops)))
    assert [fault for stop in stops for fault in stop.faults] == []


def test_a_focus_that_is_not_seen_or_jumps_about_is_caught(browser: Browser, wrong: Path) -> None:
    browser.open(wrong)
    stops = browser.stops()
    assert [stop.number for stop in stops] == [1, 0]
    assert all(any("no outline" in fault for fault in stop.faults) for stop in stops)


@pytest.mark.parametrize("name", ["letter of cqc", "report", "manifest"])
def test_the_skip_link_leads_past_everything_before_the_document(
    name: str, browser: Browser, pages: dict[str, Path]
) -> None:
    browser.open(pages[name])
    browser.press(Keys.TAB)
    browser.press(Keys.ENTER)
    assert browser.run("return document.activeElement.id") == "main"


def test_what_is_wider_than_the_screen_scrolls_with_the_keyboard(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["manifest"], width=NARROW)
    browser.run("document.querySelector('.wide').focus()")
    browser.press(Keys.ARROW_RIGHT)
    browser.press(Keys.ARROW_RIGHT)
    assert browser.run("return new Promise(done => setTimeout(() => done(document.activeElement.scrollLeft), 100))") > 0


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_the_same_words_without_styles(name: str, browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages[name])
    styled = browser.words()
    browser.without_styles()
    assert len(styled) > 50
    assert browser.words() == styled


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_shown_from_top_to_bottom_as_it_is_written(
    name: str, browser: Browser, pages: dict[str, Path]
) -> None:
    browser.open(pages[name], width=NARROW)
    assert browser.steps_back_up() == []


def test_a_page_that_is_shown_in_another_order_is_caught(browser: Browser, wrong: Path) -> None:
    browser.open(wrong, width=NARROW)
    assert "Written second." in browser.steps_back_up()


def test_the_dark_look_is_dark(browser: Browser, pages: dict[str, Path]) -> None:
    ground = "return getComputedStyle(document.documentElement).backgroundColor"
    browser.open(pages["index"], "light")
    light = browser.run(ground)
    browser.open(pages["index"], "dark")
    assert (luminance(light) > 0.9, luminance(browser.run(ground)) < 0.01) == (True, True)


@pytest.mark.parametrize("house", [name for name in FOLDERS if name != "joint"])
@pytest.mark.parametrize("look", ["light", "dark"])
def test_the_banner_has_the_house_s_colour_in_the_light_and_in_the_dark(
    house: str, look: str, browser: Browser, pages: dict[str, Path]
) -> None:
    browser.open(pages[f"letter of {house}"], look)
    banner = "getComputedStyle(document.querySelector('.banner"
    wanted = browser.run("return getComputedStyle(document.documentElement).getPropertyValue('--house').trim()")
    ground, ink = browser.run(f"return [{banner}')).backgroundColor, {banner} a')).color]")
    assert "rgb({}, {}, {})".format(*bytes.fromhex(wanted[1:])) == ground
    assert contrast(ink, ground) >= 7


def test_the_pages_of_the_recipients_bear_nobody_else_s_banner(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["letter of joint"])
    assert browser.run("return document.querySelectorAll('.banner').length") == 0


@pytest.mark.parametrize("look", LOOKS)
def test_a_chart_keeps_its_white_ground_and_dark_words(look: str, browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["report"], look)
    ground = browser.run("return getComputedStyle(document.querySelector('.chart img')).backgroundColor")
    assert ground == "rgb(255, 255, 255)"
    for drawing in drawings(browser):
        words = re.findall(r"<text\b[^>]*>", drawing)
        fills = {found[1] for tag in words if (found := re.search(r'fill="(#\w+)"', tag))} or {"#000000"}
        assert all(contrast(rgb(fill), ground) >= 7 for fill in fills if fill != "#ffffff")


@pytest.mark.parametrize("width", [320, 375, 1280])
def test_a_chart_s_words_can_be_read_on_any_screen(width: int, browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["report"], width=width)
    shown = browser.run("return [...document.querySelectorAll('.chart img')].map(i => i.getBoundingClientRect().width)")
    for drawing, wide in zip(drawings(browser), shown, strict=True):
        own = float(re.search(r'viewBox="0 0 ([\d.]+)', drawing)[1])  # type: ignore[index]
        sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)px"', drawing)]
        assert min(sizes) * wide / own >= 9
        assert wide <= width


def test_a_matrix_is_a_list_by_theme_on_a_narrow_screen(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["report"], width=NARROW)
    assert browser.overhang() == 0
    named = browser.run(
        "return [...document.querySelectorAll('.listed td')].map("
        "td => [td.dataset.column, getComputedStyle(td, '::before').content, td.getBoundingClientRect().right])"
    )
    assert len(named) > 50
    assert all(content == f'"{column}"' and right <= NARROW for column, content, right in named)


def test_a_mark_of_the_matrix_has_a_sign_and_a_ground_and_its_words(browser: Browser, pages: dict[str, Path]) -> None:
    for look in ("light", "dark", "forced colours"):
        browser.open(pages["report"], look)
        seen = browser.run(
            "return [...document.querySelectorAll('[class^=mark-]')].map(p => [p.className, p.textContent.trim(),"
            " p.querySelector('img').alt, getComputedStyle(p).backgroundColor, getComputedStyle(p).color])"
        )
        grounds = {name: ground for name, _, _, ground, _ in seen}
        assert len(set(grounds.values())) == 3
        assert all(words and not alt and contrast(ink, ground) >= 4.5 for _, words, alt, ground, ink in seen)
        pairs = combinations(grounds.values(), 2)
        assert all(contrast(one, other) >= 3 for one, other in pairs)


def drawings(browser: Browser) -> list[str]:
    """Return the drawings of the charts that the screen shows."""
    addresses = browser.run("return [...document.querySelectorAll('.chart img')].map(image => image.currentSrc)")
    return [base64.b64decode(address.partition(",")[2]).decode() for address in addresses]


def rgb(colour: str) -> str:
    """Return a colour as a browser says it."""
    return f"rgb({int(colour[1:3], 16)}, {int(colour[3:5], 16)}, {int(colour[5:7], 16)})"


def test_a_machine_without_chromium_is_told_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(pytest.fail.Exception, match="apt-get install chromium chromium-driver"):
        browsers.program("chromium")
