"""Charts of any length and with any names: parted where they are long, a table where there is nothing to draw."""

import pytest

from letters.composition.aggregates import Bars, Rows
from letters.composition.entries import has_bars, parts_of
from letters.document.blocks import Chart, Series
from letters.formats.charts import svg
from letters.houses.house import Look
from letters.houses.measures import MOST_BARS, MOST_HEIGHT, chart_size


def bars(count: int, value: int = 1) -> Bars:
    """Return the data of a chart of some areas."""
    names = tuple(f"Area {number}" for number in range(count))
    rows = Rows(("Area", "Number"), tuple((name, str(value)) for name in names), ())
    return Bars("bars", names, (Series("Number", (value,) * count),), rows, "words")


@pytest.mark.parametrize("count", [1, 2, 16, 17, 30, 40])
def test_a_long_chart_comes_in_parts_that_fit_a_page_and_lose_nothing(count: int) -> None:
    parts = parts_of(bars(count))
    assert [name for part in parts for name in part.categories] == list(bars(count).categories)
    assert sum(len(part.series[0].values) for part in parts) == count
    assert all(1 <= len(part.categories) <= MOST_BARS for part in parts)
    assert max(len(part.categories) for part in parts) - min(len(part.categories) for part in parts) <= 1


@pytest.mark.parametrize("text", [10, 12, 18, 24])
def test_no_chart_is_higher_than_a_page(text: float) -> None:
    assert chart_size(MOST_BARS, text)[1] <= MOST_HEIGHT * 72


@pytest.mark.parametrize("data", [bars(0), bars(3, 0)])
def test_a_chart_without_data_draws_nothing(data: Bars) -> None:
    assert not has_bars(data)


@pytest.mark.parametrize("name", ["Cost $5 and $6 Vale", "A_b^c", "St Neot’s & Ely", "a < b", r"\frac{1}{2}", "Ŵ"])
def test_every_sign_of_a_label_is_text(name: str) -> None:
    drawn = svg(Chart("c", "Figure 1", "Caption", "alt", "bars", (name,), (Series("Number", (1,)),)), Look())
    assert f">{name.replace('&', '&amp;').replace('<', '&lt;')}</text>" in drawn
