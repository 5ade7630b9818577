"""The facts of an older letter that its sentences say: area, theme, days, inspectorates, partnership, next steps."""

import re
from calendar import month_name
from collections.abc import Iterator
from datetime import date, timedelta

from letters.findings.area import plausible
from letters.importing.people import INSPECTORATES

MONTHS = list(month_name)[1:]
MONTH_WORD = "|".join([*MONTHS, *(month[:3] for month in MONTHS), *(month.upper() for month in MONTHS), "Sept"])
WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?"
DAY = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+({MONTH_WORD})\.?,?\s+(\d{{4}})\b")
OTHER_DAYS = (
    re.compile(r"\b(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>\d{4})\b"),
    re.compile(rf"\b(?P<month>{MONTH_WORD})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,\s+(?P<year>\d{{4}})\b"),
)
"""Other ways of writing a day, which only the date of a letter has."""
PERIOD = re.compile(
    rf"\b{WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+({MONTH_WORD}))?(?:\s+(\d{{4}}))?\s*(?:to|and|until|[-–])\s*"
    rf"(?:the\s+)?{WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th)?\s+({MONTH_WORD})\s+(\d{{4}})\b"
)
YEARLESS = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+({MONTH_WORD}))?\s*(?:to|and|until|[-–])\s*(?:the\s+)?"
    rf"(\d{{1,2}})(?:st|nd|rd|th)?\s+({MONTH_WORD})\b(?!\s+\d)"
)
OF_AREA = re.compile(
    r"\b(?:in|of|across|for)\s+((?:the\s+)?[A-ZÀ-Þ][\w’'&-]*(?:,?\s+(?:and|of|upon|on|the|under|with|[A-ZÀ-Þ][\w’'&-]*))*)\s*$"
)
RESPONSE = re.compile(
    r"inspection(?: \(JTAI\))? of ((?:the )?(?:multi-agency |partnership |effectiveness of )?"
    r"(?:response|services|work|arrangements|identification|help|support)\b.+?) (?:in|across) (?:the )?[A-ZÀ-Þ]"
)
THEME = re.compile(
    r"^(?:the )?(?:(?:multi-agency|partnership) )?"
    r"(?:response|services|arrangements|help|support|work) (?:to|for|on|with) "
)
DEEP_DIVE = re.compile(r"focus(?:ed)? on ((?:the )?(?:response|experiences?|help|support|identification)\b[^.]+)")
PARTNERSHIP = re.compile(
    r"\b((?:[A-ZÀ-Þ][\w’'&-]*(?: and| of| upon)? )+(?:Local )?Safeguarding "
    r"(?:Children(?:’s|s’|'s)?|Board|Partnership)(?: (?:Partnership|Board|Committee))?)(?: \(([A-Z]{3,7})\))?"
)
BY_A_DAY = re.compile(rf"\bby (?:no later than |the )?{WEEKDAY}(?:the )?{DAY.pattern[2:]}")
TEAM = re.compile(r"^The inspection team of \w+ was (.+?)\.?$")
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,6}")
PRINCIPAL = (
    re.compile(r"determined that (.{3,400}?) (?:is|are) (?:to be )?the principal authority"),
    re.compile(r"(?:^|(?<=[.]\s))([^.]{3,400}?) (?:is|are) the principal authority"),
    re.compile(
        r"(?:^|(?<=[.]\s))([^.]{3,160}?) should (?:now )?(?:prepare|produce|make|lead|coordinate)\b"
        r"[^.]{0,120}?statement"
    ),
)
LONGEST_AUTHORITY = 160
"""Letters: what is longer is a sentence of its own and no body's name."""


def days_in(text: str) -> list[date]:
    """Return the days that a text says in words, in order."""
    return [day for found in DAY.finditer(text) if (day := as_day(found[1], found[2], found[3]))]


def day_of_letter(text: str) -> date | None:
    """Return the day that a line says, however it is written; 3/7/2024 is 3 July."""
    found = next((found for pattern in OTHER_DAYS if (found := pattern.search(text))), None)
    return next(iter(days_in(text)), None) or (as_day(found["day"], found["month"], found["year"]) if found else None)


def as_day(day: str, month: str, year: str) -> date | None:
    """Return a day; None where the calendar has none, or no letter could have it."""
    number = int(month) if month.isdecimal() else 1 + [name[:3] for name in MONTHS].index(month[:3].capitalize())
    try:
        return plausible(date(int(year), number, int(day)))
    except ValueError:
        return None


def period_in(text: str) -> tuple[date, date] | None:
    """Return the first period that a text says."""
    for found in PERIOD.finditer(text):
        day, month, year, last_day, last_month, last_year = found.groups()
        start = as_day(day, month or last_month, year or last_year)
        end = as_day(last_day, last_month, last_year)
        if start and end and start <= end:
            return start, end
    return None


def more_periods_in(text: str) -> bool:
    """Say whether a text gives more than one period."""
    return len({found[0] for found in PERIOD.finditer(text)}) > 1


def period_without_year(text: str, year: int) -> tuple[date, date] | None:
    """Return the first period that a text says without its year, in the year of the letter."""
    found = YEARLESS.search(text)
    if not found:
        return None
    day, month, last_day, last_month = found.groups()
    start, end = as_day(day, month or last_month, str(year)), as_day(last_day, last_month, str(year))
    return (start, end) if start and end and start <= end else None


def working_week_before(day: date) -> tuple[date, date]:
    """Return Monday and Friday of the week that a day is in."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=4)


def area_in(title: str, opening: str) -> str:
    """Return the area that a letter is about, from its title; empty where it says none."""
    for text in (title, *re.split(r"(?<=[.])\s", opening)):
        bare = re.sub(r"[\s.]+$", "", re.split(r"\s+(?:between|from|which|took)\s", text)[0])
        if found := OF_AREA.search(bare):
            return found[1].removeprefix("the ").strip()
    return ""


def response_in(title: str, opening: str) -> str:
    """Return what was inspected, as the letter's sentence says it; empty where it says nothing."""
    for text in (opening, f"{title} "):
        if found := RESPONSE.search(text):
            return found[1].strip()
    found = re.search(r"inspection of (.+) (?:in|across) [A-ZÀ-Þ]", title)
    return found[1] if found else ""


def theme_of(response: str) -> str:
    """Return the theme of a round from what was inspected."""
    return THEME.sub("", response)


def deep_dive_in(opening: str) -> str:
    """Return the focus of the deep dive, as the letter's sentence says it; empty where it says none."""
    found = DEEP_DIVE.search(opening)
    return found[1].strip() if found else ""


def inspectorates_in(text: str) -> list[str]:
    """Return the inspectorates that a text names, in the register's order."""
    named = {name for name, pattern in INSPECTORATES if pattern.search(text)}
    return [name for name in ("ofsted", "cqc", "hmicfrs", "hmiprobation") if name in named]


def partnership_in(texts: Iterator[str]) -> tuple[str, str]:
    """Return the name and abbreviation of the partnership that a letter names first; empty where it names none."""
    for text in texts:
        if found := PARTNERSHIP.search(text):
            return re.sub(r"^(?:The|Dear|In|Of|And) ", "", found[1]).strip(), found[2] or ""
    return "", ""


def principal_authority_in(text: str) -> str:
    """Return the body that is to make the statement; empty where the text says none."""
    for pattern in PRINCIPAL:
        if found := pattern.search(text):
            body = found[1].strip().rstrip(",")
            if len(body) <= LONGEST_AUTHORITY:
                return body[:1].lower() + body[1:] if body.startswith("The ") else body
    return ""


def of_the_statement(text: str) -> list[str]:
    """Return the sentences of the next steps that speak of the statement, or all where none does."""
    sentences = re.split(r"(?<=[.])\s+(?=[A-Z])", text)
    return [sentence for sentence in sentences if "statement" in sentence] or sentences


def emails_in(text: str) -> list[str]:
    """Return the addresses for the statement, each once; one that a sentence names beside the statement comes first."""
    near = [found[0].rstrip(".") for sentence in of_the_statement(text) for found in EMAIL.finditer(sentence)]
    return list(dict.fromkeys([*near, *(found[0].rstrip(".") for found in EMAIL.finditer(text))]))


def deadlines_in(text: str) -> list[date]:
    """Return the days that may be the last for the statement: those that follow `by` first."""
    near = " ".join(of_the_statement(text))
    behind_by = [day for found in BY_A_DAY.finditer(near) if (day := as_day(found[1], found[2], found[3]))]
    return list(dict.fromkeys([*behind_by, *days_in(near)])) or days_in(text)
