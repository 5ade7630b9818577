"""A real browser, headless: it opens finished pages, and says what a person would meet and what a judge would find.

Debian's chromium is driven by its own driver; axe-core lies beside this file. Nothing is fetched.
"""

import json
import re
import shutil
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from selenium.common.exceptions import WebDriverException
from selenium.webdriver import Chrome, ChromeOptions, ChromeService
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.common.virtual_authenticator import VirtualAuthenticatorOptions
from selenium.webdriver.remote.command import Command
from selenium.webdriver.support.wait import WebDriverWait

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-smooth-scrolling",
)
AXE = Path(__file__).with_name("axe") / "axe.min.js"
"""axe-core of Deque Systems, under the Mozilla Public License 2.0, as it was published."""
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
HEIGHT = 900
LOOKS = {
    "light": {"prefers-color-scheme": "light", "forced-colors": "none"},
    "dark": {"prefers-color-scheme": "dark", "forced-colors": "none"},
    "forced colours": {"prefers-color-scheme": "dark", "forced-colors": "active"},
}
LOCAL = ("file:", "data:", "blob:", "about:", "chrome:")
"""How the address of something begins that is on this machine, or in the page."""

MARK = "document.documentElement.dataset.seen = ''"
ANOTHER = "return !('seen' in document.documentElement.dataset) && document.readyState === 'complete'"
"""Whether the page shown is another than the one that was marked, and whole."""
AUDIT = """
const [rules, done] = arguments;
axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations'], preload: false}).then(
  found => done(found.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${rule.help}: ${node.html}`))),
  error => done([`axe failed: ${error}`]));
"""
SPACING = """
const sheet = document.createElement('style');
sheet.textContent = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
  p { margin-bottom: 2em !important; }`;
document.head.append(sheet);
"""
LOST = """
return [...document.querySelectorAll('body *:not(svg, svg *)')].filter(element => {
  const style = getComputedStyle(element);
  const high = element.scrollHeight > element.clientHeight + 2, wide = element.scrollWidth > element.clientWidth + 2;
  const cuts = /hidden|clip/.test(style.overflowX + style.overflowY), scrolls = /auto|scroll/.test(style.overflowY);
  return element.textContent.trim() && !element.closest('.listed thead') && !/inline|none|contents/.test(style.display)
    && ((high && !scrolls) || (wide && cuts));
}).map(element => element.outerHTML.slice(0, 120));
"""
STOPS = """
const stops = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea:not([hidden]), summary, [tabindex="0"]')]
  .filter(element => element.checkVisibility());
stops.forEach((stop, number) => stop.dataset.stop = number);
return stops.length;
"""
FOCUSED = """
const labelled = box => {
  const sign = getComputedStyle(box.labels[0], '::before');
  return sign.boxShadow === 'none' ? 0 : parseFloat(sign.outlineWidth);
};
const element = document.activeElement, style = getComputedStyle(element), place = element.getBoundingClientRect();
return {
  number: Number(element.dataset.stop ?? -1), markup: element.outerHTML.slice(0, 120),
  outline: element.matches('[type=checkbox], [type=radio]') ? labelled(element) : style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
  seen: place.width > 0 && place.bottom > 0 && place.top < innerHeight && place.right > 0 && place.left < innerWidth,
  ink: style.color, ground: style.backgroundColor, words: element.matches('a'),
};
"""
TOPS = """
const blocks = [...document.querySelectorAll('p, li, h1, h2, h3, dt, dd, caption, figcaption')];
return blocks.filter(element => !element.closest('tr')).map(element => {
  const words = document.createRange();
  words.selectNodeContents(element);
  return [words.getBoundingClientRect().top, element.textContent.trim().slice(0, 60)];
}).filter(([top, words]) => words);
"""


class Stop(NamedTuple):
    """Where the Tab key leads: its number in the order of the page, and how it looks with the focus on it."""

    number: int
    markup: str
    outline: float
    seen: bool
    ink: str
    ground: str
    words: bool

    @property
    def faults(self) -> list[str]:
        """What keeps a person from seeing where they are."""
        wrong = {
            "has no outline": self.outline < 2,
            "is out of sight": not self.seen,
            "has words of low contrast": self.words and contrast(self.ink, self.ground) < 4.5,
        }
        return [f"{self.markup} {what}" for what, is_so in wrong.items() if is_so]


class Browser:
    """One chromium, with a profile of its own."""

    def __init__(self, profile: Path) -> None:
        options = ChromeOptions()
        options.binary_location = program("chromium")
        options.set_capability("goog:loggingPrefs", {"performance": "ALL"})
        for flag in (*FLAGS, f"--user-data-dir={profile}"):
            options.add_argument(flag)
        self._driver = Chrome(options, ChromeService(program("chromedriver")))

    def close(self) -> None:
        """End it."""
        self._driver.quit()

    def open(self, page: Path, look: str = "light", width: int = 1280, medium: str = "screen") -> None:
        """Open a page in a look, on a screen or paper of a width in CSS pixels."""
        features = [{"name": name, "value": value} for name, value in LOOKS[look].items()]
        self._tell("Emulation.setEmulatedMedia", media=medium, features=features)
        self._tell("Emulation.setDeviceMetricsOverride", width=width, height=HEIGHT, deviceScaleFactor=1, mobile=False)
        self._events()
        self._driver.get(page.as_uri())

    def visit(self, address: str, width: int = 1280, *, scripts: bool = True) -> None:
        """Open an address on a screen of a width in CSS pixels, with or without scripts."""
        self._tell("Emulation.setScriptExecutionDisabled", value=not scripts)
        self._tell("Emulation.setDeviceMetricsOverride", width=width, height=HEIGHT, deviceScaleFactor=1, mobile=False)
        self._events()
        self._driver.get(address)
        self._tell("Emulation.setScriptExecutionDisabled", value=False)

    def fill(self, **fields: str) -> None:
        """Type words into the fields of the page, by their names."""
        for name, words in fields.items():
            field = self._driver.find_element("name", name)
            field.clear()
            field.send_keys(words)

    def send(self, selector: str) -> None:
        """Press a button that leads to another page, and wait for that page."""
        self.run(MARK)
        self._driver.find_element("css selector", selector).click()
        self._wait_for_another_page()

    def with_passkeys(self) -> None:
        """Give the browser a device that holds passkeys, and whose owner says yes to everything."""
        options = VirtualAuthenticatorOptions()
        options.protocol = VirtualAuthenticatorOptions.Protocol.CTAP2
        options.transport = VirtualAuthenticatorOptions.Transport.INTERNAL
        options.has_resident_key = options.has_user_verification = options.is_user_verified = True
        self._driver.add_virtual_authenticator(options)

    def wait(self, script: str, seconds: float) -> None:
        """Wait until a script in the page returns something true; raises TimeoutException where it does not in time."""
        WebDriverWait(self._driver, seconds, 0.05).until(lambda driver: driver.execute_script(script))

    @property
    def address(self) -> str:
        """The address of the page that is shown."""
        return str(self._driver.current_url)

    def run(self, script: str) -> Any:
        """Return what a script in the page returns."""
        return self._driver.execute_script(script)

    def faults(self) -> list[str]:
        """Return what axe finds against WCAG 2.2 A and AA, and against best practice."""
        self._driver.execute_script(Path(str(AXE)).read_text("utf-8"))
        found: list[str] = self._driver.execute_async_script(AUDIT, RULES)
        return found

    def asked_for(self) -> list[str]:
        """Return every address beyond this machine that the page asked for."""
        requests = (event for event in self._events() if event["method"] == "Network.requestWillBeSent")
        sent = [event["params"]["request"]["url"] for event in requests]
        return [address for address in sent if not address.startswith(LOCAL)]

    def overhang(self) -> int:
        """Return by how many pixels the page is wider than the room that it has."""
        return int(self.run("const page = document.scrollingElement; return page.scrollWidth - page.clientWidth"))

    def lost_with_wider_spacing(self) -> list[str]:
        """Return the elements whose words are cut off or laid over others with the spacing of WCAG 1.4.12."""
        self.run(SPACING)
        found: list[str] = self.run(LOST)
        return found

    def press(self, key: str) -> None:
        """Press a key."""
        ActionChains(self._driver, duration=0).send_keys(key).perform()

    def type(self, words: str) -> None:
        """Type words in place of those in the field that has the focus."""
        self.run("document.activeElement.select()")
        ActionChains(self._driver, duration=0).send_keys(words).perform()

    def leave(self, key: str) -> None:
        """Press a key that leads to another page, and wait for that page."""
        self.run(MARK)
        self.press(key)
        self._wait_for_another_page()

    def _wait_for_another_page(self) -> None:
        # While one page goes and the next comes, the driver may answer with any error.
        WebDriverWait(self._driver, 30, 0.05, (WebDriverException,)).until(
            lambda driver: driver.execute_script(ANOTHER)
        )

    def stops(self) -> list[Stop]:
        """Return where the Tab key leads, from the top of the page, as often as the page has something to reach."""
        return [self._next_stop() for _ in range(self.run(STOPS))]

    def words(self) -> list[str]:
        """Return the words that are shown, in the order in which they are written."""
        return str(self.run("return document.body.innerText")).split()

    def without_styles(self) -> None:
        """Take every style away."""
        self.run("document.querySelectorAll('style, link').forEach(sheet => sheet.remove())")

    def steps_back_up(self) -> list[str]:
        """Return the words that stand above those written before them."""
        tops = self.run(TOPS)
        return [words for (before, _), (top, words) in pairwise(tops) if top < before - 2]

    def _events(self) -> list[Any]:
        """Return what the browser has done since it was last asked."""
        rows = self._driver.execute(Command.GET_LOG, {"type": "performance"})["value"]
        return [json.loads(row["message"])["message"] for row in rows]

    def _next_stop(self) -> Stop:
        self.press(Keys.TAB)
        return Stop(**self.run(FOCUSED))

    def _tell(self, command: str, **details: Any) -> None:
        self._driver.execute_cdp_cmd(command, details)


def program(name: str) -> str:
    """Return the path of a program; a test that needs one fails where it is missing, with the way to get it."""
    path = shutil.which(name)
    if path is None:
        pytest.fail(f"{name} is not on this machine. apt-get install chromium chromium-driver.", pytrace=False)
    return path


def contrast(one: str, other: str) -> float:
    """Return the contrast between two colours as a browser writes them (WCAG 2.2, 'contrast ratio')."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Return how light a colour is (WCAG 2.2, 'relative luminance')."""
    shares = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
