"""The story of a QA manager by Tab, Enter and typing alone: she signs in, changes a finding, and reads it in the letter."""

from collections.abc import Iterator

import pytest
from selenium.webdriver.common.keys import Keys

from letters.workspace.sending import QUESTIONS
from tests.browser import Browser
from tests.web.served import Served, one_case, serving

MOST_STOPS = 150


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A workspace with one case."""
    place = tmp_path_factory.mktemp("keyboard")
    with serving(place / "data", demo=one_case(place)) as found:
        yield found


def to(browser: Browser, what: str) -> None:
    """Press Tab until the focus is on a link, button or field of that name."""
    named = "return (document.activeElement.labels?.[0] ?? document.activeElement).textContent.trim()"
    for _ in range(MOST_STOPS):
        browser.press(Keys.TAB)
        if str(browser.run(named)).startswith(what):
            return
    raise AssertionError(f"Tab does not lead to {what}")


def follow(browser: Browser, what: str) -> None:
    """Go to a link or button by Tab, and press Enter."""
    to(browser, what)
    browser.leave(Keys.ENTER)


def test_a_finding_is_changed_and_read_with_the_keyboard_alone(served: Served, browser: Browser) -> None:
    email = served.email("quinn")
    browser.visit(f"{served.address}/accounts/login/")
    to(browser, "Email")
    browser.type(email)
    to(browser, "Password")
    browser.type(served.passwords[email])
    follow(browser, "Sign in")
    follow(browser, "Ansford")
    follow(browser, "Letter")
    follow(browser, "• The work of hospital-based youth workers")
    to(browser, "Text")
    browser.type("The care of youth workers at the bedside.")
    follow(browser, "Save")
    assert "Saved as version 2." in " ".join(browser.words())
    assert "The care of youth workers at the bedside." in " ".join(browser.words())
    follow(browser, "Versions")
    follow(browser, "What changed")
    assert "hospital-based" in " ".join(browser.words())
    follow(browser, "Sign out")
    assert browser.address.endswith("/accounts/login/")


def test_a_version_is_sent_decided_on_and_merged_with_the_keyboard_alone(served: Served, browser: Browser) -> None:
    served.sign_in(browser, "quinn")
    browser.visit(f"{served.address}/c/ansford-2024/")
    follow(browser, "Reviews")
    follow(browser, "Send version")
    for question in QUESTIONS.values():
        to(browser, question)
        browser.press(Keys.SPACE)
    to(browser, "Care Quality Commission")
    browser.press(Keys.SPACE)
    to(browser, "Last day")
    browser.press("12312030")
    follow(browser, "Send for review")
    assert "was sent for review." in " ".join(browser.words())
    review_in_the_browser(served)
    follow(browser, "Reviews")
    follow(browser, "Review 1")
    follow(browser, "Decide on the changes")
    while "Every change is decided." not in " ".join(browser.words()):
        follow(browser, "Accept change")
    follow(browser, "Merge")
    follow(browser, "Make the next version")
    assert "Saved as version" in " ".join(browser.words())
    follow(browser, "Agreement")
    follow(browser, "Ask for agreement")
    assert "Agreement is asked for." in " ".join(browser.words())


def review_in_the_browser(served: Served) -> None:
    """Let a reviewer propose words."""
    cora = served.visitor("cora")
    done = cora.post("/c/ansford-2024/reviews/1/write/S-04", text="The scheme that children say they trust.")
    assert "What you wrote is in your copy." in done.text


def test_a_reviewer_answers_and_an_approver_agrees_with_the_keyboard_alone(
    served: Served, tmp_path_factory: pytest.TempPathFactory
) -> None:
    browser = Browser(tmp_path_factory.mktemp("petra"))
    try:
        served.sign_in(browser, "petra")
        browser.visit(f"{served.address}/")
        follow(browser, "Agree to version")
        to(browser, "I am authorised")
        browser.press(Keys.SPACE)
        follow(browser, "Agree")
        assert "Your inspectorate agrees to these words." in " ".join(browser.words())
        follow(browser, "Reviews")
        follow(browser, "Review 1")
        follow(browser, "I have no comments")
        assert "no comments" in " ".join(browser.words())
    finally:
        browser.close()


def test_two_browsers_change_the_same_words_and_the_second_one_chooses(
    served: Served, tmp_path_factory: pytest.TempPathFactory
) -> None:
    browsers = [Browser(tmp_path_factory.mktemp(name)) for name in ("quinn", "ines")]
    try:
        for browser, name in zip(browsers, ("quinn", "ines"), strict=True):
            served.sign_in(browser, name)
            browser.visit(f"{served.address}/c/ansford-2024/findings/S-05")
            browser.fill(text=f"What {name} wrote.")
        first, second = browsers
        first.send("#finding .govuk-button")
        second.send("#finding .govuk-button")
        assert "Somebody changed the same words" in " ".join(second.words())
        second.run("document.getElementById('theirs-0').click()")
        second.send("main form button")
        second.visit(f"{served.address}/c/ansford-2024/letter")
        assert "What quinn wrote." in " ".join(second.words())
        assert "What ines wrote." not in " ".join(second.words())
    finally:
        for browser in browsers:
            browser.close()
