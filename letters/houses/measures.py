"""Measures that a house's letters and reports have in common in every format: pages, pictures, tables and charts."""

from collections.abc import Iterable, Mapping

from letters.houses.house import House, Look
from letters.houses.widths import lines_of, width_of

SIGNATURE_HEIGHT = 36
"""Points."""
MANY_COLUMNS = 6
"""Columns from which a table is set in smaller type."""
WIDE_FIRST = 4
"""Columns from which the first, which names the rows, is wider than each other."""
FIRST_SHARE = 1.4
"""How much wider it is."""
TEXT_WIDTH = 453.5
"""Points between the margins of a page of A4: 2.5 cm on both sides."""
SMALL, SMALL_HEAD = 8.5, 8
"""Points of the words in a table of many columns, and of the heads of its columns."""
CELL_PADDING = 6
"""Points between the words of a narrow cell and its neighbours, on both sides together."""
SIGN_WIDTH = 7
"""Points of the sign before a mark of the matrix."""
ON_A_NEW_PAGE = frozenset(
    f"{name}-heading" for name in ("executive-summary", "introduction", "recommendations", "method")
)
CHAPTER = "chapter-"
"""The headings of a report that begin a page wherever they stand, and how the ids of its chapters' begin."""
CHART_WIDTH = 6.3
"""Inches: the width of the text."""
BAR_HEIGHT, THIN_BAR, AROUND_BARS = 0.42, 0.3, 1.0
"""Inches of one bar of a chart with the space about it, of one of many bars, and of everything around the bars."""
MANY_BARS, MOST_BARS = 8, 14
"""Bars from which they are thinner, and those that a chart has at most: half a page of them; a longer one is parted."""
SMALLEST = 10
"""Points of the smallest words in a chart."""


def look_of(house: House, *, is_report: bool) -> Look:
    """Return the measures of a letter's or a report's pages."""
    return house.settings.report_look if is_report else house.settings.look


def begins_a_page(heading: str) -> bool:
    """Say whether the heading of that id begins a page wherever it stands."""
    return heading in ON_A_NEW_PAGE or heading.startswith(CHAPTER)


def frame_name(*, is_report: bool) -> str:
    """Return the name of the Word frame that a letter or a report is set in."""
    return "report.docx" if is_report else "frame.docx"


def word_styles(house: House, *, is_report: bool) -> Mapping[str, str]:
    """Return the Word style for every role that the blocks of a letter or a report can have."""
    return house.report_word_styles if is_report else house.word_styles


MOST_LINES = 3
"""Lines of the head of a narrow column."""


def column_room(others: int) -> float:
    """Return the points that words have in each column beside the first."""
    return TEXT_WIDTH / (others + FIRST_SHARE) - CELL_PADDING


def are_readable(heads: Iterable[str], room: float) -> bool:
    """Say whether the heads of narrow columns can be read: no word is torn, and none is a tower of lines."""
    return all(0 < lines_of(head, SMALL_HEAD, room) <= MOST_LINES for head in heads)


def has_room_for_marks(marks: Iterable[str], room: float) -> bool:
    """Say whether a narrow column has room for the longest word of its marks with the sign before it."""
    longest = max((width_of(word, SMALL) for mark in marks for word in mark.split()), default=0)
    return longest + SIGN_WIDTH <= room


MOST_HEIGHT = 8.9
"""Inches of a chart at most, so that a page has room for its caption too."""


def chart_size(bars: int, text: float = SMALLEST) -> tuple[float, float]:
    """Return the width and height of a chart of some bars in points, whose words are of a size in points."""
    height = (AROUND_BARS + (THIN_BAR if bars > MANY_BARS else BAR_HEIGHT) * bars) * text / SMALLEST
    return CHART_WIDTH * 72, min(height, MOST_HEIGHT) * 72
