"""The registers, held against the libraries that they were made from."""

from datetime import date, timedelta

import pytest
from faker.providers.person.en_GB import Provider
from holidays import country_holidays

from letters.findings import registers
from letters.findings.calendar import bank_holidays, customary_bank_holidays, is_working_day

YEARS = sorted(registers.registered_bank_holidays())
LAST_ANNOUNCED = 2026
"""A year whose days are all announced and known to the library; in later ones the register may have more."""


def test_the_register_has_every_year_in_which_joint_letters_are_written() -> None:
    assert list(range(2014, 2031)) == [year for year in YEARS if 2014 <= year <= 2030]
    assert list(range(YEARS[0], YEARS[-1] + 1)) == YEARS


@pytest.mark.parametrize("year", YEARS)
def test_the_register_has_every_bank_holiday_that_the_library_knows(year: int) -> None:
    known = country_holidays("GB", subdiv="ENG", years=year)
    assert {day for day in known if day.weekday() < 5} <= bank_holidays(year)


@pytest.mark.parametrize("year", [year for year in YEARS if year <= LAST_ANNOUNCED])
def test_every_day_of_a_year_is_what_the_library_says(year: int) -> None:
    known, first = country_holidays("GB", subdiv="ENG", years=year), date(year, 1, 1)
    days = [first + timedelta(days=count) for count in range(365)]
    ours = [day for day in days if not is_working_day(day)]
    assert ours == [day for day in days if day.weekday() >= 5 or day in known]


def test_every_day_of_the_register_is_a_weekday_in_the_line_of_its_year() -> None:
    listed = registers.data_of("bank-holidays")
    assert [day for year, days in listed.items() for day in days if day.year != year or day.weekday() >= 5] == []


@pytest.mark.parametrize("year", YEARS)
def test_only_proclaimed_days_part_from_the_days_of_custom(year: int) -> None:
    expected = {2011: 1, 2012: 3, 2020: 2, 2022: 4, 2023: 1}
    assert len(bank_holidays(year) ^ customary_bank_holidays(year)) == expected.get(year, 0)


@pytest.mark.parametrize("year", [*range(1978, YEARS[0]), *range(YEARS[-1] + 1, 2100)])
def test_a_year_that_has_no_line_has_the_days_of_custom_as_the_library_knows_them(year: int) -> None:
    one_off = {
        date(1981, 7, 29),
        date(1995, 5, 1),
        date(1995, 5, 8),
        date(1999, 12, 31),
        date(2002, 6, 3),
        date(2002, 6, 4),
    }
    known = {day for day in country_holidays("GB", subdiv="ENG", years=year) if day.weekday() < 5}
    assert (bank_holidays(year) ^ known) - one_off - {date(2002, 5, 27)} == set()


def test_the_register_has_every_first_name_that_the_library_knows() -> None:
    assert set(Provider.first_names) <= registers.first_names()


def test_a_name_that_is_also_a_word_is_known_as_both() -> None:
    assert "Grace" in registers.first_names() & registers.names_and_words()
