"""Every screen on a desktop and on a phone, with script and without: axe finds nothing, and nothing is cut off."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from letters.workspace.sending import QUESTIONS
from tests.browser import Browser
from tests.conftest import ROOT
from tests.web.served import Served, Visitor, one_case, serving

CASE = "/c/ansford-2024"
SCREENS = (
    "/",
    "/cases/",
    "/cases/?q=nowhere",
    "/cases/new",
    "/cases/new/questions",
    "/help/",
    "/people/",
    "/people/1",
    "/publish/",
    "/rounds/",
    "/rounds/?name=Serious+youth+violence",
    "/practice/?kind=&q=trust",
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/sessions/",
    "/nowhere",
    *(
        f"{CASE}/{place}"
        for place in (
            "",
            "letter?gate=publication",
            "findings/",
            "findings/?agency=nobody",
            "findings/S-01",
            "findings/R-01",
            "findings/C-01",
            "findings/add/recommendations",
            "findings/S-01/withdraw",
            "details/",
            "details/area",
            "details/dates",
            "details/switches",
            "details/wording",
            "details/footnotes",
            "details/replace?words=Ansford&by=Exmere",
            "details/list/agencies/",
            "details/list/addressees/0",
            "file",
            "versions/",
            "compare?a=1&b=2",
            "checks/?gate=publication",
            "checks/set-aside?rule=V30&where=footnotes.needs",
            "people",
            "history",
            "reviews/",
            "reviews/send",
            "reviews/1/",
            "reviews/1/changes",
            "reviews/1/changes?show=all",
            "reviews/1/merge",
            "reviews/1/write/S-03",
            "reviews/2/",
            "reviews/2/merge",
            "agreement/",
            "publication/",
            "documents/",
            "documents/part/contacts",
            "documents/part/feedback",
            "documents/part/request",
            "documents/embargo-note",
            "documents/statement-template",
            "documents/notification",
            "statement/",
            "selection",
        )
    ),
)
REPORT = "/c/one-area-overview/report"
REPORTS = tuple(
    f"{REPORT}/{page}"
    for page in (
        *("", "text", "trace", "earlier", "practice", "details", "counts", "summary/", "summary/0", "summary/1"),
        *(f"summary/1?kind={kind}" for kind in ("bullets", "heading", "quote", "list", "example", "table", "chart")),
        *("../agreement/", "../publication/", "../versions/", "../compare?a=1&b=2", "../people", "../history"),
    )
)
"""The pages of a report."""
OUTSIDE = ("", "points/", "points/?paragraph=5", "points/1", "agencies", "check", "sent", "enter")
"""The pages of the outsiders' door."""
INSIDE = tuple(
    f"/c/bellmoor-2023/{page}" for page in ("accuracy/", "accuracy/send", "accuracy/1/", "accuracy/1/log", "agreement/")
)
"""What insiders see of a case that is with the area."""
BELLMOOR = (ROOT / "fixtures/bellmoor/inspection.yaml").read_text("utf-8")
FAULTY = (
    ("/cases/new", "form[action$=upload] button"),
    ("/cases/new/questions", "main form button"),
    (f"{CASE}/findings/add/strengths", "main form button"),
    (f"{CASE}/findings/S-01/withdraw", "main form button"),
    (f"{CASE}/people", "main > form button"),
    (f"{CASE}/checks/set-aside?rule=V30&where=x", "main form button"),
    (f"{CASE}/details/list/agencies/10", "main form button"),
    (f"{CASE}/reviews/send", "main form button"),
    (f"{CASE}/reviews/2/", "form[enctype] button"),
    (f"{CASE}/reviews/2/write/S-03", "main form button"),
    (f"{CASE}/publication/", "main form button"),
    (f"{CASE}/selection", "main form button"),
)
"""Forms that are sent empty, so that they come back with what is wrong."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A workspace with one case that has two versions."""
    place = tmp_path_factory.mktemp("screens")
    with serving(place / "data", demo=one_case(place)) as found:
        quinn = found.visitor("quinn")
        quinn.post(f"{CASE}/findings/S-01", text="The trust that workers earn.")
        reviewed_once(found, quinn)
        quinn.post(f"{CASE}/findings/S-02/withdraw", reason="It is said elsewhere.")
        send(quinn)
        yield found


def send(quinn: Visitor) -> None:
    """Send the newest version for review."""
    ticked = {f"check-{name}": "1" for name in QUESTIONS}
    last_day = (timezone.localdate() + timedelta(days=7)).isoformat()
    sent = quinn.post(f"{CASE}/reviews/send", organisations=["cqc", "hmicfrs"], last_day=last_day, **ticked)
    assert "was sent for review" in sent.text


def reviewed_once(served: Served, quinn: Visitor) -> None:
    """Let a review come back with a change, a comment and a file that is no copy, and merge a part of it."""
    send(quinn)
    cora, hamza = served.visitor("cora"), served.visitor("hamza")
    written = f"{CASE}/reviews/1/write"
    cora.post(f"{written}/S-03", text="The work of youth workers in hospitals.", remark="Can this be shorter?")
    quinn.post(f"{CASE}/reviews/1/changes", many="copy cqc", verdict="accept")
    quinn.post(f"{CASE}/reviews/1/merge")
    hamza.post(f"{written}/S-04", text="The scheme that children trust.", remark="Whose words?")
    hamza.post(f"{CASE}/reviews/1/", file=("letter.pdf", b"%PDF-1.7"))
    for name in ("cora", "petra"):
        served.visitor(name).post(f"{CASE}/agreement/change", page=f"{CASE}/agreement/", words="Say who did it.")


@pytest.fixture(scope="module")
def browser(served: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """The browser of the QA manager, signed in."""
    found = Browser(tmp_path_factory.mktemp("browser"))
    served.sign_in(found, "quinn")
    yield found
    found.close()


def faults_of(browser: Browser) -> list[str]:
    """Return what is wrong with the page that is shown."""
    wide = browser.overhang()
    return browser.faults() + ([f"{wide} pixels too wide"] if wide > 0 else [])


@pytest.mark.parametrize("scripts", [True, False], ids=["with script", "without script"])
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_on_any_screen(served: Served, browser: Browser, width: int, scripts: bool) -> None:
    wrong = {}
    for place in SCREENS:
        browser.visit(served.address + place, width, scripts=scripts)
        faults = faults_of(browser)
        if faults:
            wrong[place] = faults
    assert wrong == {}


@pytest.fixture(scope="module")
def report(served: Served) -> str:
    """The report of the round that the case belongs to, with a paragraph that says a stale count."""
    quinn = served.visitor("quinn")
    found = re.search(r'href="\?name=([^"]+)"', quinn.get("/rounds/").text)
    assert found
    here = f"/rounds/?name={found[1]}"
    name = re.search(r'name="round" value="([^"]+)"', quinn.get(here).text)
    assert name
    given = {"round": name[1], "title": "One area", "strapline": "What it did", "published": "2026-01-01"}
    assert "is started" in quinn.post("/rounds/report", page=here, **given, cases=["ansford-2024"]).text
    quinn.post(f"{REPORT}/counts", name="all", kind="strength", of="areas")
    assert "Saved" in quinn.post(f"{REPORT}/summary/0", kind="text", text="In [no area](count:all).").text
    return REPORT


@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_on_the_pages_of_a_report(served: Served, browser: Browser, report: str, width: int) -> None:
    wrong = {}
    for place in (*REPORTS, "/rounds/", "/rounds/?name=nothing"):
        browser.visit(served.address + place, width)
        assert "Page not found" not in " ".join(browser.words()), place
        faults = faults_of(browser)
        if faults:
            wrong[place] = faults
    assert wrong == {}


@pytest.fixture(scope="module")
def door(served: Served, browser: Browser) -> str:
    """The page of a chair in the area who made a point, for whom an agency made another; a browser is signed in."""
    quinn = served.visitor("quinn")
    given = quinn.post("/cases/new/upload", page="/cases/new", file=("b.yaml", BELLMOOR))
    assert "was started" in quinn.send(given.url.removeprefix(served.address), given.text, text=BELLMOOR).text
    case = "/c/bellmoor-2023"
    for name in ("hamza", "ines", "cora", "petra"):
        quinn.post(f"{case}/people", email=served.email(name), role="approver")
    quinn.post(f"{case}/people", email=served.email("ines"), role="fa_decider")
    here = f"{case}/agreement/"
    asked = quinn.post(f"{here}ask", page=here).text
    words = re.search(r"<code>(\w+)</code>", asked)
    assert words
    for name in ("hamza", "ines", "cora", "petra"):
        served.visitor(name).post(f"{here}agree", page=here, words=words[1], authorised="1")
    form = {"name": "Ada Lovage", "email": "ada@area.example", "body": "The partnership", "mode": "single"}
    assert "was sent to the area" in quinn.post(f"{case}/accuracy/send", **form, last_day="2040-01-31").text
    place = served.mailed("ada@area.example", r"/a/[0-9a-f]{32}/")
    ada = Visitor(served.address)
    ada.post(f"{place}enter", send="1")
    code = served.mailed("ada@area.example", r"\b\d{8}\b")
    ada.post(f"{place}enter", code=code)
    ada.post(f"{place}points/", paragraph="5", kind="wrong", proposed="Other words.", said="It was a Monday.")
    ada.post(f"{place}agencies", name="Pat", email="pat@area.example", body="The police")
    browser.visit(f"{served.address}{place}enter")
    browser.send("main form button")
    browser.fill(code=served.mailed("ada@area.example", r"\b\d{8}\b", code))
    browser.send("main form:last-of-type button")
    assert browser.address.endswith(place)
    return place


@pytest.mark.parametrize("scripts", [True, False], ids=["with script", "without script"])
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_at_the_outsiders_door(
    served: Served, browser: Browser, door: str, width: int, scripts: bool
) -> None:
    wrong = {}
    for place in [*(f"{door}{page}" for page in OUTSIDE), *INSIDE]:
        browser.visit(served.address + place, width, scripts=scripts)
        faults = faults_of(browser)
        if faults:
            wrong[place] = faults
    assert wrong == {}


def test_axe_finds_nothing_on_forms_of_the_door_that_came_back(served: Served, browser: Browser, door: str) -> None:
    wrong = {}
    for page in ("points/", "agencies"):
        browser.visit(f"{served.address}{door}{page}")
        browser.send("form[novalidate]:last-of-type button")
        faults = faults_of(browser)
        if faults or "Error: " not in browser.run("return document.title"):
            wrong[page] = faults or ["no error is said in the title"]
    assert wrong == {}


@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_on_forms_that_came_back(served: Served, browser: Browser, width: int) -> None:
    wrong = {}
    for place, button in FAULTY:
        browser.visit(served.address + place, width)
        browser.send(button)
        faults = faults_of(browser)
        if faults or "Error: " not in browser.run("return document.title"):
            wrong[place] = faults or ["no error is said in the title"]
    assert wrong == {}


@pytest.mark.parametrize("place", ["/accounts/login/", f"{CASE}/findings/", f"{CASE}/findings/S-01", f"{CASE}/checks/"])
def test_the_keyboard_reaches_everything_and_shows_where_it_is(served: Served, browser: Browser, place: str) -> None:
    browser.visit(served.address + place)
    stops = browser.stops()
    assert [fault for stop in stops for fault in stop.faults] == []


def test_no_screen_asks_for_anything_from_elsewhere(served: Served, browser: Browser) -> None:
    browser.visit(f"{served.address}{CASE}/letter")
    assert [address for address in browser.asked_for() if not address.startswith(served.address)] == []


def test_the_preview_follows_what_is_typed(served: Served, browser: Browser) -> None:
    browser.visit(f"{served.address}{CASE}/findings/S-03")
    browser.fill(text="The work that is done at the bedside and organized well.")
    browser.wait(
        "return document.getElementById('preview').textContent.includes('at the bedside and organized well')", 1.5
    )
    assert "V" in browser.run("return document.getElementById('preview').textContent")


def test_an_error_is_where_the_focus_is(served: Served, browser: Browser) -> None:
    browser.visit(f"{served.address}{CASE}/findings/S-01/withdraw")
    browser.send("main form button")
    assert browser.run("return document.activeElement.id") == "summary"


def test_pages_are_light(served: Served) -> None:
    static = ROOT / "letters/web/static/letters"
    assert sum(path.stat().st_size for path in static.glob("*.js")) < 15_000
    assert all(len(path.read_text().splitlines()) <= 40 for path in static.glob("*.js"))
    assert Path(static / "workspace.css").stat().st_size < 150_000
