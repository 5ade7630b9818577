"""Charts of any length and with any names: parted where they are long, a table where there is nothing to draw."""

import pytest

from letters.composition.aggregates import Bars, Rows
from letters.composition.entries import has_bars, parts_of, reach_of
from letters.document.blocks import Chart, Series
from letters.formats.charts import drawing_settings, drawn, svg
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
    element = svg(Chart("c", "Figure 1", "Caption", "alt", "bars", (name,), (Series("Number", (1,)),), 1), Look())
    assert f">{name.replace('&', '&amp;').replace('<', '&lt;')}</text>" in element


def of(values: tuple[int, ...], reach: int, name: str = "Area") -> Chart:
    """Return a chart, or a part of one, of some values."""
    names = tuple(f"{name} {number}" for number in range(len(values)))
    return Chart("c", "Figure 1", "Caption", "alt", "bars", names, (Series("Number", values),), reach)


def test_the_parts_of_a_chart_have_one_scale() -> None:
    scales = [drawn(part, Look()).axes[0].get_xlim() for part in (of((10, 10), 10), of((1, 1), 10))]
    assert scales[0] == scales[1]
    assert reach_of(bars(3, 10)) == 10


@pytest.mark.parametrize("size", [11, 17, 18])
@pytest.mark.parametrize(
    "name", ["North and West of the Vale " * 8, "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch", "x" * 90]
)
def test_no_name_of_a_bar_takes_more_than_half_of_a_chart(
    name: str, size: float, recwarn: pytest.WarningsRecorder
) -> None:
    look = Look(text_size=size)
    with drawing_settings(look):
        figure = drawn(of((3, 2, 1), 3, name.strip()), look)
        figure.draw_without_rendering()
    assert figure.axes[0].get_position().width > 0.5
    labels = [label.get_window_extent() for label in figure.axes[0].get_yticklabels()]
    assert min(label.x0 for label in labels) >= 0
    assert not recwarn.list
