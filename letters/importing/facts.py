"""The facts of an older letter that its sentences say: area, theme, days, inspectorates, partnership, next steps."""

import re
from calendar import month_name
from collections.abc import Iterator
from datetime import date, timedelta

from letters.importing.people import INSPECTORATES

MONTHS = list(month_name)[1:]
MONTH = "|".join(MONTHS)
DAY = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+({MONTH})\s+(\d{{4}})\b")
PERIOD = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+({MONTH}))?(?:\s+(\d{{4}}))?\s*(?:to|and|until|[-–])\s*"
    rf"(?:the\s+)?(\d{{1,2}})(?:st|nd|rd|th)?\s+({MONTH})\s+(\d{{4}})\b"
)
YEARLESS = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+({MONTH}))?\s*(?:to|and|until|[-–])\s*(?:the\s+)?"
    rf"(\d{{1,2}})(?:st|nd|rd|th)?\s+({MONTH})\b(?!\s+\d)"
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
TEAM = re.compile(r"^The inspection team of \w+ was (.+?)\.?$")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PRINCIPAL = (
    re.compile(r"determined that (.+?) (?:is|are) (?:to be )?the principal authority"),
    re.compile(r"([^.]+?) (?:is|are) the principal authority"),
    re.compile(r"([^.]+?) should (?:now )?(?:prepare|produce|make|lead)\b[^.]*(?:written )?statement"),
)
LONGEST_AUTHORITY = 160
"""Letters: what is longer is a sentence of its own and no body's name."""


def days_in(text: str) -> list[date]:
    """Return the days that a text says in words, in order."""
    return [day for found in DAY.finditer(text) if (day := as_day(found[1], found[2], found[3]))]


def as_day(day: str, month: str, year: str) -> date | None:
    """Return a day; None where the calendar has none."""
    try:
        return date(int(year), MONTHS.index(month) + 1, int(day))
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


def email_in(text: str) -> str:
    """Return the address for the statement; empty where the text has none."""
    found = EMAIL.search(text)
    return found[0].rstrip(".") if found else ""


def deadline_in(text: str) -> date | None:
    """Return the last day for the statement: the one that follows `by`, or the only one."""
    found = re.search(rf"\bby (?:no later than |the )?({DAY.pattern})", text)
    days = days_in(found[1]) if found else days_in(text)
    return days[0] if days else None
