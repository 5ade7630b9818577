"""How a house says dates, periods, lists and small numbers."""

from datetime import date

import pytest

from letters.houses.words import capital, day, listed, number, period


def test_a_date_has_no_ordinal_and_does_not_break() -> None:
    assert day(date(2024, 7, 8)) == "8\xa0July\xa02024"


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (date(2024, 5, 20), date(2024, 5, 24), "20 to 24 May 2024"),
        (date(2024, 9, 30), date(2024, 10, 4), "30 September to 4 October 2024"),
        (date(2024, 12, 30), date(2025, 1, 3), "30 December 2024 to 3 January 2025"),
    ],
)
def test_a_period_says_month_and_year_once(start: date, end: date, said: str) -> None:
    assert period(start, end).replace("\xa0", " ") == said


@pytest.mark.parametrize(
    ("members", "said"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_a_list_ends_with_and(members: list[str], said: str) -> None:
    assert listed(members) == said


@pytest.mark.parametrize(("count", "said"), [(0, "no"), (3, "three"), (9, "nine"), (10, "10"), (1200, "1,200")])
def test_small_numbers_are_words(count: int, said: str) -> None:
    assert number(count) == said


def test_a_sentence_begins_with_a_capital_and_keeps_the_rest() -> None:
    assert capital("the NHS") == "The NHS"
