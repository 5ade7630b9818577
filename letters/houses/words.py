"""How a house says dates, periods, lists and small numbers."""

from collections.abc import Sequence
from datetime import date

NBSP = "\N{NO-BREAK SPACE}"
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]


def unbroken(words: str) -> str:
    """Return words that no line may part."""
    return words.replace(" ", NBSP)


def day(when: date) -> str:
    """Return a date as 18 July 2024, without an ordinal."""
    return unbroken(f"{when.day} {MONTHS[when.month - 1]} {when.year}")


def day_without(when: date, other: date) -> str:
    """Return a date without the month and year that it shares with a later one."""
    if when.year != other.year:
        return day(when)
    return str(when.day) if when.month == other.month else unbroken(f"{when.day} {MONTHS[when.month - 1]}")


def period(start: date, end: date, joiner: str = "to") -> str:
    """Return the days from start to end as 20 to 24 May 2024; `joiner` is the word between them."""
    if start == end:
        return day(end)
    return f"{day_without(start, end)}{NBSP}{joiner}{NBSP}{day(end)}"


def listed(members: Sequence[str], joiner: str = "and") -> str:
    """Return a list as a, b and c."""
    if len(members) < 2:
        return "".join(members)
    return f"{', '.join(members[:-1])} {joiner} {members[-1]}"


def number(count: int) -> str:
    """Return a count in words up to nine, in figures above."""
    return NUMBERS[count] if 0 <= count < len(NUMBERS) else f"{count:,}"


def capital(words: str) -> str:
    """Return words with the first letter a capital, as a sentence begins."""
    return words[:1].upper() + words[1:]
