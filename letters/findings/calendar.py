"""Working days in England, by the bank holidays of a kept library."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache, lru_cache

from letters.findings.area import Dates
from letters.findings.switches import DeadlineBasis

STATEMENT_DAYS = 70
"""Working days to make the written statement, from receipt of the report (SI 2015/1792, explanatory note)."""


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """Return the bank holidays of England in a year, the one-off ones too."""
    from holidays import country_holidays

    return frozenset(country_holidays("GB", subdiv="ENG", years=year))


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
