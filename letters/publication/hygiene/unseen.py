"""What is on a page and nobody sees: words in the paper's colour, too small, clipped, beside the page, or generated.

A house's frames and style sheets are looked at as they are: what they hide looks like the letter's own afterwards.
"""

import re
from collections.abc import Iterator

from lxml import etree

from letters.word.names import DOCUMENT, DOCUMENT_RELATIONSHIPS, SETTINGS, W
from letters.word.package import parse

HIDDEN = "hidden content"
LEAST_CONTRAST = 1.5
"""Below it, no reader tells the words from their ground (WCAG 2.2 asks for 4.5)."""
SMALLEST = 8
"""Half-points: four points, half the size of the smallest footnote."""
NARROWEST = 20
"""Per cent of a letter's width."""
LOWEST = 80
"""Twentieths of a point of a line or row that cuts off what does not fit."""
BESIDE = (-1500, 17_000)
"""Twentieths of a point from a margin, beyond which a page of A4 has ended."""
AWAY = (-1_500_000, 10_700_000)
"""The same in English Metric Units."""
PAPER = (255, 255, 255)
LIGHT_THEME = ("background1", "light1", "background2", "light2")
RUNNING = re.compile(r"word/(?:header|footer)\d*\.xml")
SHAPE_MARKS = re.compile(
    r"visibility\s*:\s*hidden|display\s*:\s*none|(?:margin-)?(?:left|top)\s*:\s*-\d{3,}|(?:width|height)\s*:\s*0(?![.\d])"
)
CSS_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
CSS_COLOUR = re.compile(r"(?<![\w-])(?:color|-webkit-text-fill-color)\s*:\s*([^;}]+)")
CSS_GROUND = re.compile(r"(?<![\w-])background(?:-color)?\s*:\s*([^;}]+)")
CSS_HIDES = re.compile(
    r"(?<![\w-])(?:left|top|right|bottom|text-indent|margin(?:-\w+)?|translate[XY]?\()\s*:?\s*-\d{3,}"
    r"|(?<![\w-])font(?:-size)?\s*:[^;}]*?(?<![\d.])(?:[0-3](?:\.\d+)?(?:px|pt)|0*\.[0-3]\d*(?:em|rem)|[0-3]?\d%)"
    r"|(?<![\w-])font-size\s*:\s*0(?![.\d])"
    r"|(?<![\w-])clip(?:-path)?\s*:|(?<![\w-])(?:max-)?(?:height|width)\s*:\s*[01](?:px|pt|em|rem|%)?\s*(?:[;}]|$)"
    r"|scale[XY]?\(\s*0|(?<![\w-])opacity\s*:\s*0?\.[01]|(?<![\w-])filter\s*:\s*[^;}]*opacity|content-visibility\s*:"
    r"|visibility\s*:\s*collapse|text-security\s*:|rotate[XY]\(\s*90|(?<![\w-])mask(?:-image)?\s*:",
    re.IGNORECASE,
)
CSS_WORDS = re.compile(
    r"(?<![\w-])(?:content|bookmark-label|string-set|quotes)\s*:\s*((?:\"[^\"]*\"|'[^']*'|[^;}\"'])*)"
)
CSS_STRING = re.compile(r"\"([^\"]*)\"|'([^']*)'")
OFF_SCREEN = re.compile(r"(?:^|,)\s*\.skip\b[^,{]*$")
"""The link that keyboards reach, which is beside the page until it has the focus."""
COLOUR_NAMES = re.compile(
    r"(?:white|snow|ivory|whitesmoke|ghostwhite|floralwhite|mintcream|azure|aliceblue|seashell|honeydew|linen|var\(--paper.*)"
)


def frame_hides(part: bytes, name: str) -> Iterator[str]:
    """Yield what the looks in a part of a Word frame hide (ISO 29500-1, 17.3)."""
    for element in parse(part, name).iter(etree.Element):
        if hides(element):
            yield HIDDEN


def unshown_parts(parts: dict[str, bytes]) -> Iterator[str]:
    """Yield the headers and footers of a frame that have words and stand on no page (ISO 29500-1, 17.10)."""
    body, settings = parts.get(DOCUMENT, b""), parts.get(SETTINGS, b"")
    switched_on = {"default": True, "first": b"<w:titlePg" in body, "even": b"<w:evenAndOddHeaders" in settings}
    references = re.findall(rb"<w:(?:header|footer)Reference\b[^>]*>", body)
    shown = {
        identifier[1]
        for reference in map(bytes.decode, references)
        if (identifier := re.search(r'r:id="([^"]*)"', reference))
        and (kind := re.search(r'w:type="(\w+)"', reference))
        and switched_on.get(kind[1])
    }
    relationships = parse(parts.get(DOCUMENT_RELATIONSHIPS, b"<none/>"), DOCUMENT_RELATIONSHIPS)
    targets = {f"word/{row.get('Target')}" for row in relationships if row.get("Id") in shown}
    for name, part in parts.items():
        if RUNNING.fullmatch(name) and name not in targets and "".join(parse(part, name).itertext()).strip():
            yield name


def hides(element: etree._Element) -> bool:
    """Say whether one look leaves the words that have it without a reader."""
    tag = str(element.tag).removeprefix(W)
    said = {etree.QName(key).localname: str(value) for key, value in element.attrib.items()}
    if tag == "color":
        return is_unseen(element, said)
    if tag in ("sz", "szCs"):
        return number(said.get("val")) < SMALLEST
    if tag == "w":
        return number(said.get("val")) < NARROWEST
    if tag in ("spacing", "trHeight"):
        exact = "exact" in (said.get("lineRule"), said.get("hRule"))
        return exact and number(said.get("line", said.get("val"))) < LOWEST
    if tag in ("ind", "framePr"):
        return any(outside(said.get(side), BESIDE) for side in ("left", "start", "firstLine", "x", "y"))
    return hides_drawing(etree.QName(element).localname, said, element.text or "")


def hides_drawing(tag: str, said: dict[str, str], words: str) -> bool:
    """Say whether a drawing is switched off, beside the page or without a size."""
    if tag == "posOffset":
        return outside(words, AWAY)
    if tag == "docPr":
        return said.get("hidden") in ("1", "true", "on")
    return tag in ("shape", "rect", "textbox", "line") and SHAPE_MARKS.search(said.get("style", "")) is not None


def is_unseen(element: etree._Element, said: dict[str, str]) -> bool:
    """Say whether the colour of words is that of their ground."""
    if said.get("themeColor") in LIGHT_THEME:
        colour: tuple[int, ...] | None = PAPER
    else:
        colour = hexadecimal(said.get("val", ""))
    return colour is not None and contrast(colour, ground_of(element)) < LEAST_CONTRAST


def ground_of(element: etree._Element) -> tuple[int, ...]:
    """Return the colour behind words: that of the nearest shading of the run, paragraph, cell or style."""
    for above in (element.getparent(), *element.iterancestors(f"{W}r", f"{W}p", f"{W}tc", f"{W}style")):
        shading = [] if above is None else [found for found in above.iter(f"{W}shd") if found is not element]
        for shade in shading[:1]:
            return hexadecimal(shade.get(f"{W}fill") or "") or PAPER
    return PAPER


def hexadecimal(words: str) -> tuple[int, ...] | None:
    """Return the red, green and blue of a colour, or None for what is none."""
    if len(words) in (3, 4) and re.fullmatch(r"[0-9A-Fa-f]+", words):
        words = "".join(2 * letter for letter in words[:3])
    if not re.fullmatch(r"[0-9A-Fa-f]{6}(?:[0-9A-Fa-f]{2})?", words):
        return None
    return tuple(int(words[place : place + 2], 16) for place in (0, 2, 4))


def contrast(first: tuple[int, ...], second: tuple[int, ...]) -> float:
    """Return the contrast of two colours, from 1 to 21 (WCAG 2.2, relative luminance)."""
    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: tuple[int, ...]) -> float:
    """Return how light a colour is, from 0 to 1."""
    linear = [part / 12.92 if (part := each / 255) <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for each in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def number(words: str | None) -> float:
    """Return a measure as a number; what is none hides nothing."""
    return float(words) if words and re.fullmatch(r"-?\d+(?:\.\d+)?", words) else float("inf")


def outside(words: str | None, page: tuple[int, int]) -> bool:
    """Say whether a place is beyond a page."""
    place = number(words)
    return place != float("inf") and not page[0] < place < page[1]


def sheet_hides(css: str) -> Iterator[str]:
    """Yield what a style sheet hides, and the words that it prints itself."""
    rules = [(selector.strip(), body) for selector, body in CSS_RULE.findall(css)]
    for selector, body in rules:
        hidden = CSS_HIDES.search(body) is not None and not OFF_SCREEN.search(selector)
        if hidden or is_paper_coloured(selector, body, rules):
            yield HIDDEN
        if any(map(prints_words, CSS_WORDS.findall(body))):
            yield "words of a style sheet"


def prints_words(value: str) -> bool:
    """Say whether a value prints letters of its own, or an attribute other than an address; signs are no words."""
    strings = ["".join(found) for found in CSS_STRING.findall(value)]
    spoken = any(re.search(r"[^\W_]|\\\\", words) for words in strings)
    return spoken or re.search(r"(?<![\w-])attr\((?!href\b)", CSS_STRING.sub("", value)) is not None


def is_paper_coloured(selector: str, body: str, rules: list[tuple[str, str]]) -> bool:
    """Say whether a rule sets words in the paper's colour, with no other ground behind them."""
    if not any(map(is_light, CSS_COLOUR.findall(body))):
        return False
    grounds = [ground for other, said in rules if lies_behind(other, selector) for ground in CSS_GROUND.findall(said)]
    return not any(not is_light(ground) and "transparent" not in ground for ground in grounds)


def lies_behind(other: str, selector: str) -> bool:
    """Say whether what one selector names may hold what another names, as `.site .banner` holds `.banner a`."""
    ways = [re.split(r"[\s>+~]+", re.sub(r":[\w-]+(?:\([^)]*\))?", "", words).strip()) for words in (other, selector)]
    return ways[0][-1] in ways[1]


def is_light(value: str) -> bool:
    """Say whether a colour of a style sheet is that of paper."""
    said = value.strip().removesuffix("!important").strip().lower()
    if COLOUR_NAMES.fullmatch(said):
        return True
    parts = re.fullmatch(r"rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+).*\)", said)
    colour = tuple(map(int, parts.groups())) if parts else hexadecimal(said.removeprefix("#"))
    return colour is not None and contrast(colour, PAPER) < LEAST_CONTRAST
