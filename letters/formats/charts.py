"""One chart's data -> a drawing for pages and a picture for files that hold none; matplotlib draws.

Colour never tells alone: the second series is hatched, and every bar bears its number.
"""

import re
from datetime import date, timedelta
from functools import cache
from html import escape
from io import BytesIO
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from letters import resources
from letters.document.blocks import Chart
from letters.errors import libraries_missing
from letters.houses.house import Look
from letters.houses.measures import AROUND_BARS, SMALLEST, chart_size
from letters.houses.words import MONTHS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FACE = "Arimo"
DOTS_AN_INCH = 300
ROOM_BEYOND = 1.05
"""Of the longest bar: how far a scale goes."""
THICKNESS = 0.62
"""Of a bar, of the space it has."""
MIDDLING = 14
"""Points of words from which the names of the series stand one below the other."""
NARROW, NAMED_BAR = 3.6, 0.55
"""Inches: the width of a chart for a narrow screen, and the height of one of its bars with its name above it."""
MANY_MONTHS, FEW_MONTHS = 8, 4
"""Months that a timeline names, and those that one on a narrow screen or in large print names."""
LONGEST_NARROW = 46
"""Letters of a name above a bar."""
THINNEST = 0.006
"""Of the whole width: a bar of a week is seen even on a line of years."""
HATCHES = ("", "///", "...")
GROUNDS = ("", "#ffffff", "#ffffff")
"""The grounds of the hatched series; the first is filled with the house's accent."""
LONGEST_LABEL = 34


def svg(chart: Chart, look: Look, *, fonts: str = FACE) -> str:
    """Return a chart as an SVG element whose title is what it shows; `fonts` are the faces to set it in."""
    with drawing_settings(look):
        return embedded(element_of(drawn(chart, look)), chart, fonts)


def narrow_svg(chart: Chart, look: Look, *, fonts: str = FACE) -> str:
    """Return a chart as an SVG element for a narrow screen: the name of each bar stands above it."""
    with drawing_settings(look):
        return embedded(element_of(stacked(chart, look)), chart._replace(id=f"{chart.id}-narrow"), fonts)


def element_of(figure: "Figure") -> str:
    """Return a drawing as an SVG element, the same bytes every time."""
    stream = BytesIO()
    figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
    text = stream.getvalue().decode()
    return text[text.index("<svg") :]


def png(chart: Chart, look: Look) -> bytes:
    """Return a chart as a PNG picture of print quality (300 dots an inch)."""
    stream = BytesIO()
    with drawing_settings(look):
        drawn(chart, look).savefig(stream, format="png", dpi=DOTS_AN_INCH, metadata={"Software": None})
    return stream.getvalue()


def text_size(look: Look) -> float:
    """Return the size of a chart's words: a little smaller than those around it."""
    return max(SMALLEST, look.text_size - 1)


def embedded(element: str, chart: Chart, fonts: str) -> str:
    """Return an SVG element that can stand in a page beside others: its own ids, no style of its own, a title."""
    element = re.sub(r"<metadata>.*?</metadata>|<style\b.*?</style>|<!--.*?-->", "", element, flags=re.DOTALL)
    element = re.sub(r'\bid="([^"]+)"', rf'id="{chart.id}-\1"', element)
    element = re.sub(r'(url\(#|href="#)', rf"\g<1>{chart.id}-", element)
    element = re.sub(r' style="([^"]*)"', lambda found: attributes(found[1], fonts), element)
    head, _, rest = element.partition(">")
    head = re.sub(r' (?:width|height|version|xmlns:xlink|xmlns)="[^"]*"', "", head)
    name = f"{chart.id}-title"
    title = f'<title id="{name}">{escape(chart.alt)}</title>'
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f'{head} {names} role="img" aria-labelledby="{name}">{title}{rest}'.replace("\n", " ").strip()


def attributes(style: str, fonts: str) -> str:
    """Return a style as attributes of its element, which a page's own rules and readers take for what they are."""
    found = dict(part.strip().split(": ", 1) for part in style.split(";") if ": " in part)
    if "font" in found:
        found |= {"font-size": found.pop("font").split()[0], "font-family": fonts}
    return "".join(f' {name}="{escape(value)}"' for name, value in found.items())


@cache
def plotting() -> Any:
    """Return matplotlib, told of our face; raises FormatFault where it is not installed."""
    try:
        import matplotlib
        from matplotlib import font_manager
    except ImportError as error:
        raise libraries_missing(error) from None
    for path in sorted(resources.fonts().glob(f"{FACE}-*.ttf")):
        font_manager.fontManager.addfont(str(path))
    return matplotlib


def drawing_settings(look: Look) -> Any:
    """Return the settings of a drawing: our face, text as text, the same bytes every time."""
    settings = {"font.family": FACE, "font.size": text_size(look), "svg.fonttype": "none", "svg.hashsalt": "letters"}
    return plotting().rc_context(
        {**settings, "hatch.linewidth": 0.8, "axes.unicode_minus": False, "text.parse_math": False}
    )


def drawn(chart: Chart, look: Look) -> "Figure":
    """Return a chart drawn."""
    from matplotlib.figure import Figure

    plotting()
    width, height = chart_size(len(chart.categories), text_size(look))
    figure = Figure(figsize=(width / 72, height / 72), layout="constrained")
    axes = figure.subplots()
    (draw_periods if chart.kind == "periods" else draw_bars)(axes, chart, look)
    axes.set_yticks(range(len(chart.categories)), [wrapped(name, look) for name in chart.categories])
    axes.invert_yaxis()
    leave_bare(axes)
    return figure


def stacked(chart: Chart, look: Look) -> "Figure":
    """Return a chart drawn for a narrow screen."""
    from matplotlib.figure import Figure

    plotting()
    bars = len(chart.categories)
    figure = Figure(figsize=(NARROW, AROUND_BARS + NAMED_BAR * bars), layout="constrained")
    axes = figure.subplots()
    (draw_periods if chart.kind == "periods" else draw_bars)(axes, chart, look)
    axes.set_yticks([])
    left = axes.get_xlim()[0]
    for place, name in enumerate(chart.categories):
        axes.text(left, place - THICKNESS / 2 - 0.03, shortened(name), va="bottom", ha="left")
    axes.set_ylim(bars - 0.5, -0.75)
    leave_bare(axes)
    return figure


def leave_bare(axes: "Axes") -> None:
    """Leave of the frame of a chart the line alone at which its bars begin."""
    axes.tick_params(length=0)
    for side in ("top", "right", "bottom"):
        axes.spines[side].set_visible(False)


def draw_bars(axes: "Axes", chart: Chart, look: Look) -> None:
    """Draw stacked bars, each with its number, and the names of the series above them."""
    places, starts = range(len(chart.categories)), [0] * len(chart.categories)
    for number, series in enumerate(chart.series):
        fill = GROUNDS[number % 3] or look.accent
        ways: dict[str, Any] = {
            "color": fill,
            "edgecolor": look.accent,
            "hatch": HATCHES[number % 3],
            "label": series.name,
        }
        bars = axes.barh(places, series.values, THICKNESS, starts, **ways)
        labels = [str(value) if value else "" for value in series.values]
        ground = {"facecolor": "#ffffff", "edgecolor": "none", "pad": 2} if number else None
        axes.bar_label(bars, labels, label_type="center", color=look.ink if number else "#ffffff", bbox=ground)
        starts = [start + value for start, value in zip(starts, series.values, strict=True)]
    axes.set_xticks([])
    axes.set_xlim(0, chart.reach * ROOM_BEYOND)
    columns = len(chart.series) if text_size(look) < MIDDLING and not is_narrow(axes) else 1
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=columns, frameon=False, borderaxespad=0)


def draw_periods(axes: "Axes", chart: Chart, look: Look) -> None:
    """Draw a bar from the first day of each period to its last, along the months."""
    first = date.fromisoformat(chart.series[0].name)
    starts, lengths = chart.series[0].values, chart.series[1].values
    last = chart.reach
    seen = [max(length, last * THINNEST) for length in lengths]
    axes.barh(range(len(starts)), seen, THICKNESS, starts, color=look.accent)
    has_little_room = is_narrow(axes) or text_size(look) >= MIDDLING
    months = month_starts(first, last, FEW_MONTHS if has_little_room else MANY_MONTHS)
    axes.set_xticks([place for place, _ in months], [words for _, words in months])
    axes.grid(axis="x", color="#b1b4b6", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.set_xlim(months[0][0], last + 3)


def is_narrow(axes: "Axes") -> bool:
    """Say whether a chart is drawn for a narrow screen."""
    return bool(axes.get_figure(root=True).get_figwidth() <= NARROW)  # type: ignore[union-attr]


def month_starts(first: date, days: int, most: int) -> "list[tuple[int, str]]":
    """Return the first of each month from `first` on, as days from it and in words; about `most` of them."""
    found, day = [], first.replace(day=1)
    while (day - first).days <= days:
        found.append(((day - first).days, f"{MONTHS[day.month - 1][:3]} {day.year}"))
        day = (day + timedelta(days=32)).replace(day=1)
    return found[:: max(1, -(-len(found) // most))]


def shortened(name: str) -> str:
    """Return a name that fits on the line above a bar; the table has it whole."""
    return name if len(name) <= LONGEST_NARROW else f"{name[: LONGEST_NARROW - 1].rstrip()}…"


def wrapped(words: str, look: Look) -> str:
    """Return the name of a bar in at most two lines, for which bars leave room; the table has a longer one whole."""
    letters = int(LONGEST_LABEL * SMALLEST / text_size(look))
    middle = words.rfind(" ", 0, len(words) // 2 + 6)
    halves = [words[:middle], words[middle + 1 :]]
    if len(words) > letters and middle > 0 and all(len(half) <= letters for half in halves):
        return "\n".join(halves)
    first, *others = wrap(words, letters)
    second = f"{others[0][: letters - 1].rstrip()}…" if len(others) > 1 else "".join(others)
    return f"{first}\n{second}" if second else first
