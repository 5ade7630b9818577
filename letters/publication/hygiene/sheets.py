"""A style sheet -> what it hides (words in the colour of paper, tiny, clipped, off the page), and words of its own."""

import re
from collections.abc import Iterator

from letters.houses.colours import LEAST_CONTRAST, PAPER, contrast, hexadecimal

HIDDEN = "hidden content"
CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
CSS_AFTER = re.compile(r"(?<=\})[^{}]*:[^{}]*(?=\})")
"""What stands in a rule after a rule within it."""
CSS_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
CSS_COLOUR = re.compile(r"(?<![\w-])(?:color|-webkit-text-fill-color)\s*:\s*([^;}]+)", re.IGNORECASE)
CSS_GROUND = re.compile(r"(?<![\w-])background(?:-color)?\s*:\s*([^;}]+)", re.IGNORECASE)
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
OFF_SCREEN = re.compile(r"(?:^|,)\s*(?:\.skip\b[^,{]*|\.listed thead)$")
"""What is beside the page: the link that keyboards reach, and heads of columns that each cell of a list repeats."""
OTHER_COLOURS = re.compile(r"(?:hsla?|hwb|lab|lch|oklab|oklch|color|color-mix|light-dark)\(|rgba?\([^)]*(?:%|none)")
"""Colours that nothing here can measure: they are taken for that of paper."""
COLOUR_NAMES = re.compile(
    r"(?:white|snow|ivory|whitesmoke|ghostwhite|floralwhite|mintcream|azure|aliceblue|seashell|honeydew|linen|var\(--paper.*)"
)


def sheet_hides(css: str) -> Iterator[str]:
    """Yield what a style sheet hides, and the words that it prints itself."""
    css = CSS_COMMENT.sub(" ", css)
    if "\\" in CSS_STRING.sub("", css):
        yield HIDDEN
    rules = [(selector.strip(), f"{selector.strip()};{body}") for selector, body in CSS_RULE.findall(css)]
    rules += [("", body) for body in CSS_AFTER.findall(css)]
    for selector, body in rules:
        hidden = CSS_HIDES.search(body) is not None and not OFF_SCREEN.search(selector)
        if hidden or is_paper_coloured(selector, body, rules):
            yield HIDDEN
        if any(map(prints_words, CSS_WORDS.findall(body))):
            yield "words of a style sheet"


def prints_words(value: str) -> bool:
    """Say whether a value prints letters of its own, or an attribute; signs are no words.

    An address is printed beside its link, and the name of a column, which its head says too, before a cell.
    """
    strings = ["".join(found) for found in CSS_STRING.findall(value)]
    spoken = any(re.search(r"[^\W_]|\\\\", words) for words in strings)
    return spoken or re.search(r"(?<![\w-])attr\((?!href\b|data-column\b)", CSS_STRING.sub("", value)) is not None


def is_paper_coloured(selector: str, body: str, rules: list[tuple[str, str]]) -> bool:
    """Say whether a rule sets words in the paper's colour, with no other ground behind them."""
    if not any(map(is_light, CSS_COLOUR.findall(body))):
        return False
    grounds = [ground for other, said in rules if lies_behind(other, selector) for ground in CSS_GROUND.findall(said)]
    return all(is_light(ground) or "transparent" in ground for ground in grounds)


def lies_behind(other: str, selector: str) -> bool:
    """Say whether what one selector names may hold what another names, as `.site .banner` holds `.banner a`."""
    ways = [re.split(r"[\s>+~]+", re.sub(r":[\w-]+(?:\([^)]*\))?", "", words).strip()) for words in (other, selector)]
    return ways[0][-1] in ways[1]


def is_light(value: str) -> bool:
    """Say whether a colour of a style sheet is that of paper."""
    said = value.strip().removesuffix("!important").strip().lower()
    if COLOUR_NAMES.fullmatch(said) or OTHER_COLOURS.match(said):
        return True
    parts = re.fullmatch(r"rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+).*\)", said)
    colour = tuple(map(int, parts.groups())) if parts else hexadecimal(said.removeprefix("#"))
    return colour is not None and contrast(colour, PAPER) < LEAST_CONTRAST
