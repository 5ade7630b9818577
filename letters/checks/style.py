"""The rule of house style: spelling and punctuation, with the corrections that are safe to make."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from letters.checks.case import Text, Written
from letters.checks.issue import Correction, Gate, Violation
from letters.checks.prose import is_quoted
from letters.checks.rule import rule

MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
LINK = re.compile(r"\]\([^)]*\)|https?://\S+|\S+@\S+")


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip of style: what it looks like, what is wrong, and how to put it right where that is safe."""

    pattern: re.Pattern[str]
    message: str
    remedy: str
    mend: Callable[[re.Match[str]], str] | None = None
    signs: tuple[str, ...] = ()
    """Signs of which a text has one wherever it has such a slip; looking for them first spares most searches."""


SURELY_DOUBLED = r"(?:the|a|an|of|and|for|with|from|their|these)"
"""Words that English never says twice in a row: of others it can be meant, as in "that that"."""
APOSTROPHE_FIRST = r"(?=(?:\d\ds?\b|tis\b|twas\b|til\b|cause\b|em\b|ere\b|ave\b|im\b|ello\b|n[’']))"
"""What an apostrophe stands before, and no quotation mark: '90s, 'tis, rock 'n' roll."""
NAMED_RANGE = re.compile(
    r"\b(?:service|team|pathway|strateg|plan\b|plans\b|programme|framework|hub|nursing|policy|vision|model|review|report|"
    r"project|offer|prospectus|charter|pilot|clinic)",
    re.IGNORECASE,
)
"""What is called by a range of years or ages: its name is not put otherwise."""


def repeated_once(found: re.Match[str]) -> str:
    """Return a repeated word once."""
    return found[1]


SLIPS = (
    Slip(
        re.compile(r"\b(e\.?g\.?|i\.?e\.?|etc\.?)(?=[\s,;)]|$)"),
        "is an abbreviation",
        "Write for example, that is, or the rest of the list.",
    ),
    Slip(re.compile(r"(?<=[a-z]) & (?=[a-z])"), "is used for “and” in a sentence", "Write and.", signs=("&",)),
    Slip(
        re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)(?= {MONTH}\b(?! [A-Z]))"),
        "is an ordinal in a date",
        "Write only the number.",
        lambda found: found[1],
    ),
    Slip(
        re.compile(r"\b((?:19|20)\d\d) ?[–-] ?((?:19|20)\d\d)\b"),
        "is a range with a dash",
        "Write to.",
        lambda found: f"{found[1]} to {found[2]}",
        ("–", "-"),
    ),
    Slip(
        re.compile(r"\b((19|20)\d\d)[–-](\d\d)(?![\d–-])"),
        "is a range with a dash",
        "Write to.",
        lambda found: f"{found[1]} to {found[2]}{found[3]}",
        ("–", "-"),
    ),
    Slip(
        re.compile(rf"\b(\d{{1,2}}) ?[–-] ?(\d{{1,2}})(?= {MONTH})"),
        "is a range with a dash",
        "Write to.",
        lambda found: f"{found[1]} to {found[2]}",
        ("–", "-"),
    ),
    Slip(
        re.compile(r"(?<![\d–-])(?<!\d )(\d{1,3}) ?– ?(\d{1,3})(?![\d–-])(?! \d)"),
        "is a range with a dash",
        "Write to.",
        lambda found: f"{found[1]} to {found[2]}",
        ("–", "-"),
    ),
    Slip(
        re.compile(rf"\b({SURELY_DOUBLED})[ \n]+\1\b(?!-)", re.IGNORECASE),
        "is repeated",
        "Write it once.",
        repeated_once,
    ),
    Slip(
        re.compile(rf"\b(?!{SURELY_DOUBLED}\b)([A-Za-z]+)[ \n]+\1\b(?!-)"),
        "is repeated",
        "Write it once, or override this rule where it is meant.",
    ),
    Slip(re.compile(r"(?<=\S)  +(?=\S)"), "is a double space", "Write one space.", lambda found: " ", ("  ",)),
    Slip(
        re.compile(r"(?<=\w) +(?=[,;](?:\s|$))"),
        "comes before a comma",
        "Remove the space.",
        lambda found: "",
        (" ,", " ;"),
    ),
    Slip(
        re.compile(r"(?<![.…])\.\.(?!\.)|,,|;;|\.,|,\.(?=\s|$)"),
        "is double punctuation",
        "Keep one mark.",
        signs=("..", ",,", ";;", ".,", ",."),
    ),
    Slip(
        re.compile(rf"(?<![\w'’])'{APOSTROPHE_FIRST}"),
        "is a straight apostrophe",
        "Write ’.",
        lambda found: "’",
        ("'",),
    ),
    Slip(
        re.compile(r"(?<=[\w.,!?…])(?<!\d)'(?!')|(?<=\d)'(?=s\b)"),
        "is a straight apostrophe",
        "Write ’.",
        lambda found: "’",
        ("'",),
    ),
    Slip(
        re.compile(rf"(?<![\w.,!?…'])'(?!{APOSTROPHE_FIRST[3:-1]})(?=\w)"),
        "is a straight quotation mark",
        "Write ‘.",
        lambda found: "‘",
        ("'",),
    ),
    Slip(re.compile(r'(?<!\S)"(?=\S)'), "is a straight quotation mark", "Write ‘.", lambda found: "“", ('"',)),
    Slip(re.compile(r'(?<=\S)(?<!\d)"'), "is a straight quotation mark", "Write ’.", lambda found: "”", ('"',)),
)
HEAVY = ("is repeated", "is double punctuation")
"""Slips that hold the door at publication; the others only ask for a look."""


@rule("V29", needs_letter=True)
def house_style(case: Written) -> Iterator[Violation]:
    other_spellings = spellings_of(case)
    for text in case.texts:
        for slip in SLIPS:
            yield from slips(text, slip)
        yield from spellings(other_spellings, text)
        if text.path[-1] in ("heading", "title") and text.words.endswith("."):
            yield Violation(text.path, "a heading ends with a full stop", "Remove it.", text.words)


def slips(text: Text, slip: Slip) -> Iterator[Violation]:
    """Yield one kind of slip in one text; a slip that is safe to mend brings the whole text mended."""
    for found in places(slip, text.raw):
        shown = found[0].strip() or "  "
        correction = None
        if slip.mend:
            correction = Correction(text.path, text.raw, mended(text.raw), *found.span(), slip.mend(found))
        heavy = Gate.PUBLICATION if slip.message in HEAVY else None
        yield Violation(text.path, f"“{shown}” {slip.message}", slip.remedy, found[0], correction, heavy)


def places(slip: Slip, raw: str) -> Iterator[re.Match[str]]:
    """Yield where a slip stands in a text, outside addresses, unless it is meant."""
    if slip.signs and not any(sign in raw for sign in slip.signs):
        return
    candidates = list(slip.pattern.finditer(raw))
    hidden = [found.span() for found in LINK.finditer(raw)] if candidates else []
    for found in candidates:
        if not any(start <= found.start() < end for start, end in hidden) and not is_meant(found, slip, raw):
            yield found


@lru_cache(maxsize=1024)
def mended(raw: str) -> str:
    """Return a text with every slip mended that is safe to mend."""
    for slip in SLIPS:
        if slip.mend:
            for found in reversed(list(places(slip, raw))):
                raw = raw[: found.start()] + slip.mend(found) + raw[found.end() :]
    return raw


def is_meant(found: re.Match[str], slip: Slip, raw: str) -> bool:
    """Say whether what looks like a slip is meant: had had, a list of initials, a name."""
    if slip.message == "is repeated":
        return found[1].lower() in ("had",) or (found[1][0].isupper() and found[1] != "The") or "\n\n" in found[0]
    if slip.message == "is a range with a dash":
        return names_something(found, raw)
    if "“and”" in slip.message:
        return is_quoted(raw[: found.start()])
    return slip.message == "is a double space" and raw[: found.start()].endswith("\n")


def names_something(found: re.Match[str], raw: str) -> bool:
    """Say whether a range is part of the name of a service or of a published plan."""
    before, after = raw[max(0, found.start() - 40) : found.start()], raw[found.end() : found.end() + 30]
    last = re.search(r"([\w’]+) (?:(?:for|of|from) )?$", before)
    return NAMED_RANGE.search(" ".join([last[1] if last else "", "|", *after.split()[:3]])) is not None


def spellings_of(case: Written) -> dict[str, str]:
    """Return the spellings to look for and what the house writes: its own, and those that this letter mixes."""
    letter = case.letter.lower()
    mixed = {
        other: ours
        for ours, *others in case.house_words.one_way
        for other in others
        if other in letter and re.search(whole(ours), letter) and re.search(whole(other), letter)
    }
    return {**case.house_words.spellings, **mixed}


def spellings(others: dict[str, str], text: Text) -> Iterator[Violation]:
    """Yield words that the house spells otherwise."""
    for other, ours in others.items():
        if other in text.words:
            for found in re.finditer(whole(other), text.words):
                if ours == "%" and not re.search(r"\d ?$", text.words[: found.start()]):
                    continue
                yield Violation(text.path, f"the house writes “{ours}” for “{found[0]}”", f"Write {ours}.", found[0])


def whole(words: str) -> str:
    """Return a pattern for words that are not part of others."""
    return rf"(?<![\w-]){re.escape(words)}(?![\w-])"
