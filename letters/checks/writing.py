"""Rules over the writing itself: dates in the words, spelling, brackets, and what was left over from other programs."""

import re
from collections.abc import Iterator
from datetime import date
from difflib import SequenceMatcher
from functools import cache

from letters.checks.case import CheckContext, Text
from letters.checks.issue import Gate, Path, Violation
from letters.checks.rule import rule
from letters.findings import registers
from letters.findings.calendar import is_working_day
from letters.findings.timetable import timetable

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
MONTH = rf"(?:{'|'.join(MONTHS)})"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WITH_WEEKDAY = re.compile(
    rf"\b({'|'.join(WEEKDAYS)}),? (?:the )?(\d{{1,2}})(?:st|nd|rd|th)? (?:of )?({MONTH})(?:,? (\d{{4}}))?"
)
SHORT_YEAR = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)? {MONTH} [’']?\d\d\b(?!\d|[:.]\d)|\b\d{{1,2}}[/.]\d{{1,2}}[/.]\d\d\b(?!\d)|\b{MONTH} [’']\d\d\b"
)
NO_YEAR = re.compile(rf"(?<!\d )\b(\d{{1,2}})(?:st|nd|rd|th)? ({MONTH})\b(?!,? \d{{4}}| [’']?\d\d\b)")
YEAR_FOLLOWS = re.compile(rf"^[^.;]{{0,40}}?\b(?:to|and|until|or|,|–|-) ?(?:\d{{1,2}} )?{MONTH},? \d{{4}}")
FULL_DATE = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)? ({MONTH}) (\d{{4}})\b")
PERIOD = re.compile(
    rf"\b(\d{{1,2}})(?: ({MONTH}))?(?: (\d{{4}}))? ?(?:to|and|until|–|-) ?(\d{{1,2}}) ({MONTH}) (\d{{4}})\b"
)
OF_FIELDWORK = re.compile(r"\binspect\w*|\bfieldwork\b|\bon[- ]site\b|\bvisited\b", re.IGNORECASE)
SMALL_WORD = re.compile(r"(?<![\w’'.@/&-])[a-zà-ÿ]{4,}(?![\w’'@/&]|\.[a-z]|-)")
ADDRESS = re.compile(r"(?<!\S)\S*(?:@|://|www\.|\.(?:uk|com|org|net)\b)\S*")
PREFIXES = (
    "un",
    "re",
    "over",
    "under",
    "multi",
    "non",
    "mis",
    "pre",
    "post",
    "co",
    "anti",
    "sub",
    "inter",
    "self",
    "micro",
    "out",
    "cross",
)
OFFICES = (
    "Health and Care", "Health and Social Care", "Divisional Director", "Chief Executive", "Chief Constable",
    "Director of Children’s Services", "Police and Crime Commissioner", "Integrated Care Board", "Head of Service",
    "Independent Scrutineer", "Independent Chair", "Probation Delivery Unit", "Regional Probation Director",
    "National Director", "Chief Inspector", "Clinical Commissioning Group", "Foundation Trust", "Safeguarding Children",
    "Safeguarding Children Partnership", "Youth Justice Service", "Youth Offending Service", "Social Care", "Chief Officer",
    "Accountable Officer", "Chief Nurse", "Children’s Services", "Fire and Rescue", "Community Safety", "Borough Council",
    "County Council", "City Council", "Metropolitan Borough Council", "Council", "Constabulary", "Regulation and Social Care",
)  # fmt: skip
OFFICE_LIKENESS = 0.84
OPENING, CLOSING = "([", ")]"
BRACKET = re.compile(r"[()]")
ENUMERATED = re.compile(r"(?:^|[\s(])(?:\d{1,2}|[a-z]|[ivx]{1,4})$|[:;]-?$")
"""What stands before a closing bracket that closes none: the number of a list's entry, or a smiley."""
EMPHASIS = re.compile(
    r"(?<![\w\\*])\*{1,3}(?=[^\s*\d])|(?<=[^\s*\\\d])\*{1,3}(?![\w*])|(?<!\w)__(?=\w)|(?<=\w)__(?!\w)"
)


@rule("V41")
def days_and_dates(case: CheckContext) -> Iterator[Violation]:
    for text in case.texts:
        yield from wrong_weekdays(case, text)
        for found in FULL_DATE.finditer(text.words):
            if day_of(found[1], found[2], found[3]) is None:
                yield Violation(text.path, f"there is no {found[0]}", "Correct the date.", found[0])
        for found in SHORT_YEAR.finditer(text.words):
            yield Violation(text.path, f"“{found[0]}” has a year of two figures", "Write all four.", found[0])
        for found in NO_YEAR.finditer(text.words):
            if not YEAR_FOLLOWS.match(text.words[found.end() :]):
                yield Violation(text.path, f"“{found[0]}” has no year", "Add it.", found[0])
        if OF_FIELDWORK.search(text.words):
            yield from other_fieldwork(case, text)
        if text.section == "wording":
            yield from other_dates(case, text)


def wrong_weekdays(case: CheckContext, text: Text) -> Iterator[Violation]:
    """Find weekdays that are not those of their dates; a date without a year is in the year of fieldwork."""
    for found in WITH_WEEKDAY.finditer(text.words):
        day = day_of(found[2], found[3], found[4] or str(case.inspection.dates.fieldwork.start.year))
        if day and WEEKDAYS[day.weekday()] != found[1]:
            message = f"“{found[0]}” was a {WEEKDAYS[day.weekday()]}"
            yield Violation(text.path, message, "Correct the day or the date.", found[0])


def other_fieldwork(case: CheckContext, text: Text) -> Iterator[Violation]:
    """Find dates of fieldwork in the words that are not those of the file."""
    days = case.inspection.dates.fieldwork
    for found in PERIOD.finditer(text.words):
        first = day_of(found[1], found[2] or found[5], found[3] or found[6])
        last = day_of(found[4], found[5], found[6])
        near = first and last and abs((first - days.start).days) <= 31 and (last - first).days <= 31
        if near and (first, last) != (days.start, days.end):
            message = f"“{found[0]}” is not the fieldwork of {days.start:%-d %B} to {days.end:%-d %B %Y}"
            yield Violation(text.path, message, "Correct it here or under `dates:`.", found[0], None, Gate.AGREEMENT)


def other_dates(case: CheckContext, text: Text) -> Iterator[Violation]:
    """Find dates in a reworded standing paragraph that no date of the file is."""
    known = known_days(case)
    for found in FULL_DATE.finditer(text.words):
        day = day_of(found[1], found[2], found[3])
        if day and day not in known and abs((day - case.inspection.dates.letter).days) < 400:
            message = f"“{found[0]}” is none of the days of this inspection"
            yield Violation(text.path, message, "Correct it here or in the file.", found[0], None, Gate.AGREEMENT)


def known_days(case: CheckContext) -> set[date]:
    """Return every day that the file gives or that follows from it."""
    dates = case.inspection.dates
    given = [dates.notified, dates.letter, dates.received, dates.pre_published, dates.published]
    given += [dates.fieldwork.start, dates.fieldwork.end, *(step.day for step in timetable(case.inspection))]
    return {day for day in given if day}


def day_of(day: str, month: str, year: str) -> date | None:
    """Return a date, or None where there is no such day."""
    try:
        return date(int(year), MONTHS.index(month) + 1, int(day))
    except ValueError:
        return None


@rule("V42")
def working_days(case: CheckContext) -> Iterator[Violation]:
    dates = case.inspection.dates
    for name, day in (("letter", dates.letter), ("received", dates.received), ("published", dates.published)):
        if day and not is_working_day(day):
            said = f"{day:%A %-d %B %Y} is a weekend or bank holiday"
            yield Violation(("dates", name), said, "Check the date; letters leave on working days.")
    if not is_working_day(dates.fieldwork.start):
        said = f"fieldwork begins on {dates.fieldwork.start:%A %-d %B %Y}, a weekend or bank holiday"
        yield Violation(("dates", "fieldwork", "start"), said, "Check the date.")


@rule("V43")
def spelling(case: CheckContext) -> Iterator[Violation]:
    seen: set[str] = set()
    own = {word.lower() for name in (*case.names_of_bodies, *case.people) for word in re.findall(r"\w+", name)}
    for text in case.texts:
        for found in SMALL_WORD.finditer(ADDRESS.sub(lambda address: " " * len(address[0]), text.words)):
            word = found[0]
            if word not in seen and word not in own and not is_spelt(word):
                seen.add(word)
                yield Violation(text.path, f"“{word}” is in no British dictionary", "Check its spelling.", word)
    for path, words in offices(case):
        for said, right in misspelt_offices(words):
            yield Violation(path, f"“{said}” may be meant for “{right}”", "Check its spelling.", said)


@cache
def is_spelt(word: str) -> bool:
    """Say whether a word, or what is left of it without a prefix or an ending, is in the dictionary."""
    known = registers.words()
    if word in known:
        return True
    if any(word.startswith(prefix) and word.removeprefix(prefix).lstrip("-") in known for prefix in PREFIXES):
        return True
    if word.endswith("ies") and f"{word[:-3]}y" in known:
        return True
    return any(
        word.endswith(ending) and word.removesuffix(ending) in known for ending in ("s", "es", "ly", "ed", "d", "ness")
    )


def offices(case: CheckContext) -> Iterator[tuple[Path, str]]:
    """Yield the fields that name offices and bodies."""
    found = case.inspection
    yield from ((("agencies", place, "name"), agency.name) for place, agency in enumerate(found.agencies))
    for place, who in enumerate(found.addressees):
        named = ("role", who.role), ("organisation", who.organisation)
        yield from ((("addressees", place, field), words) for field, words in named if words)
    for place, signatory in enumerate(found.signatories):
        yield from ((("signatories", place, "title"), line) for line in signatory.title)
    yield ("partnership", "name"), found.partnership.name


def misspelt_offices(words: str) -> Iterator[tuple[str, str]]:
    """Yield words that are nearly an office, with the office."""
    tokens = re.findall(r"[\w’'&]+", words)
    for office in OFFICES:
        count = len(office.split())
        for place in range(len(tokens) - count + 1):
            said = " ".join(tokens[place : place + count])
            if said[0] == office[0] and said != office and is_nearly(said, office):
                yield said, office


def is_nearly(said: str, office: str) -> bool:
    """Say whether words differ from an office by a slip, and are not the same with other endings or capitals."""
    one, other = said.lower().replace("'", "’").replace("&", "and"), office.lower()
    if one == other or one.rstrip("s") == other.rstrip("s") or one in OTHER_OFFICES:
        return False
    likeness = SequenceMatcher(None, one, other)
    # The two quick ratios are bounds from above, and spare nearly every comparison.
    return all(ratio() > OFFICE_LIKENESS for ratio in (likeness.real_quick_ratio, likeness.quick_ratio, likeness.ratio))


OTHER_OFFICES = frozenset(office.lower() for office in OFFICES) | frozenset(
    (
        "councillor",
        "councils",
        "regional director",
        "divisional directors",
        "national directors",
        "chief inspectors",
        "social work",
    )
)


@rule("V44")
def nothing_left_over(case: CheckContext) -> Iterator[Violation]:
    for text in case.texts:
        if unbalanced := unbalanced_bracket(text.words):
            yield Violation(text.path, f"“{unbalanced}” has a bracket without its other half", "Add it.", unbalanced)
        has_signs = ("*" in text.words or "__" in text.words) and "\\*" not in text.raw
        for found in EMPHASIS.finditer(text.words) if has_signs else ():
            around = text.words[max(0, found.start() - 12) : found.end() + 12].strip()
            yield Violation(
                text.path, f"“{around}” has signs of emphasis in it", "Close the emphasis, or take them out.", around
            )
    title = next((text for text in case.texts if text.path == ("wording", "title")), None)
    names = [name for name in (case.inspection.area.name, case.inspection.area.short) if name]
    if title and not any(name in title.words for name in names):
        yield Violation(title.path, "the title does not name the area", f"Name {names[0]} in it.", title.words)


def unbalanced_bracket(words: str) -> str:
    """Return the words around the first bracket that is not closed or was not opened; smileys and lists aside."""
    opened: list[int] = []
    for found in BRACKET.finditer(words):
        place = found.start()
        if found[0] == "(":
            opened.append(place)
        elif opened:
            opened.pop()
        elif not ENUMERATED.search(words[max(0, place - 10) : place]):
            return words[max(0, place - 20) : place + 1].strip()
    return words[opened[0] : opened[0] + 20].strip() if opened else ""
