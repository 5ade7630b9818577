"""Working days in England, by the bank holidays of registers/bank-holidays.yaml; custom fills years outside it."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache, lru_cache

from letters.findings.area import Dates
from letters.findings.registers import registered_bank_holidays
from letters.findings.switches import DeadlineBasis

STATEMENT_DAYS = 70
"""Working days to make the written statement, from receipt of the report (SI 2015/1792, explanatory note)."""


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """Return the bank holidays of England on weekdays of a year: the registered ones, or else the customary ones."""
    return registered_bank_holidays().get(year) or customary_bank_holidays(year)


def customary_bank_holidays(year: int) -> frozenset[date]:
    """Return the bank holidays of a year without those that are proclaimed.

    The Banking and Financial Dealings Act 1971, schedule 1, and New Year's Day and the early May holiday as they are
    proclaimed every year since 1978.
    """
    easter = easter_sunday(year)
    new_year, *_ = weekdays_from(date(year, 1, 1))
    christmas, boxing, *_ = weekdays_from(date(year, 12, 25))
    early_may, *_ = (day for day in weekdays_from(date(year, 5, 1)) if day.weekday() == 0)
    moving = easter - timedelta(days=2), easter + timedelta(days=1), last_monday(year, 5), last_monday(year, 8)
    return frozenset((new_year, *moving, early_may, christmas, boxing))


def weekdays_from(day: date) -> list[date]:
    """Return the weekdays of the seven days that begin with `day`."""
    week = (day + timedelta(days=count) for count in range(7))
    return [day for day in week if day.weekday() < 5]


def last_monday(year: int, month: int) -> date:
    """Return the last Monday of a month of 31 days."""
    last = date(year, month, 31)
    return last - timedelta(days=last.weekday())


def easter_sunday(year: int) -> date:
    """Return Easter Sunday (the anonymous Gregorian algorithm; Meeus, Astronomical Algorithms, chapter 8)."""
    golden, century, within = year % 19, year // 100, year % 100
    proemptosis = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - proemptosis + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (within // 4) - epact - within % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def is_working_day(day: date) -> bool:
    """Say whether a day is neither at a weekend nor a bank holiday in England."""
    return day.weekday() < 5 and day not in bank_holidays(day.year)


def working_days_from(start: date, step: int) -> Iterator[date]:
    """Yield the working days after `start`, or before it where `step` is -1."""
    day = start
    while True:
        day += timedelta(days=step)
        if is_working_day(day):
            yield day


@lru_cache(maxsize=1024)
def working_days_away(start: date, count: int) -> date:
    """Return the working day `count` working days after `start`, or before it where `count` is negative."""
    days = working_days_from(start, 1 if count > 0 else -1)
    return [next(days) for _ in range(abs(count))][-1] if count else start


def basis_date(dates: Dates, basis: DeadlineBasis) -> date | None:
    """Return the day from which the statement's working days run, or None where it is not known yet."""
    match basis:
        case DeadlineBasis.RECEIPT:
            return dates.received
        case DeadlineBasis.PRE_PUBLICATION:
            return dates.pre_published
    return dates.published or dates.letter
