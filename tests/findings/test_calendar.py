"""Working days in England."""

from datetime import date

import pytest

from letters.findings.calendar import is_working_day, working_days_away


@pytest.mark.parametrize(
    "day", [date(2022, 9, 19), date(2022, 6, 3), date(2023, 5, 8), date(2024, 12, 25), date(2024, 7, 6)]
)
def test_weekends_and_bank_holidays_are_no_working_days_the_one_off_ones_too(day: date) -> None:
    assert not is_working_day(day)


def test_scottish_holidays_are_working_days_in_england() -> None:
    assert is_working_day(date(2024, 1, 2))


def test_seventy_working_days_pass_over_bank_holidays() -> None:
    assert working_days_away(date(2024, 7, 18), 70) == date(2024, 10, 25)


def test_working_days_count_backwards_too() -> None:
    assert working_days_away(date(2024, 5, 20), -10) == date(2024, 5, 3)


def test_no_days_away_is_the_day_itself() -> None:
    assert working_days_away(date(2024, 5, 18), 0) == date(2024, 5, 18)
