"""Measures that a house's letters and reports have in common in every format: pages, pictures, tables and charts."""

from collections.abc import Mapping

from letters.houses.house import House, Look

SIGNATURE_HEIGHT = 36
"""Points."""
MANY_COLUMNS = 6
"""Columns from which a table is set in smaller type."""
WIDE_FIRST = 4
"""Columns from which the first, which names the rows, is half as wide again as each other."""
ON_A_NEW_PAGE = "method-heading"
"""The annex, which begins a page wherever it stands."""
CHART_WIDTH = 6.3
"""Inches: the width of the text."""
BAR_HEIGHT, AROUND_BARS = 0.42, 1.0
"""Inches of one bar of a chart with the space about it, and of everything above and below the bars."""
SMALLEST = 10
"""Points of the smallest words in a chart."""


def look_of(house: House, *, is_report: bool) -> Look:
    """Return the measures of a letter's or a report's pages."""
    return house.settings.report_look if is_report else house.settings.look


def frame_name(*, is_report: bool) -> str:
    """Return the name of the Word frame that a letter or a report is set in."""
    return "report.docx" if is_report else "frame.docx"


def word_styles(house: House, *, is_report: bool) -> Mapping[str, str]:
    """Return the Word style for every role that the blocks of a letter or a report can have."""
    return house.report_word_styles if is_report else house.word_styles


MOST_HEIGHT = 8.9
"""Inches of a chart at most, so that a page has room for its caption too."""


def chart_size(bars: int, text: float = SMALLEST) -> tuple[float, float]:
    """Return the width and height of a chart of some bars in points, whose words are of a size in points."""
    height = (AROUND_BARS + BAR_HEIGHT * bars) * text / SMALLEST
    return CHART_WIDTH * 72, min(height, MOST_HEIGHT) * 72
