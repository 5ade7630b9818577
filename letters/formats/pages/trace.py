"""What a report rests on -> a page and JSON: every lesson, count, table and chart with its findings."""

import re
from collections.abc import Callable, Iterator, Mapping
from html import escape
from textwrap import shorten
from typing import Any, NamedTuple

from letters.document.tracing import TraceEntry
from letters.formats.pages.shell import working_page

STYLE = """\
body { font: 1.05rem/1.5 Arial, Helvetica, sans-serif; color: #0b0c0c; margin: 0; }
main { max-width: 60rem; margin: 0 auto; padding: 1rem; }
h2 { font-size: 1.3rem; margin: 1.5rem 0 0.5rem; }
fieldset { border: 1px solid #b1b4b6; padding: 0.5rem 1rem; }
fieldset label { display: inline-block; margin: 0.2rem 1rem 0.2rem 0; }
details { border-top: 1px solid #b1b4b6; padding: 0.5rem 0; overflow-wrap: anywhere; }
details.alone { border-left: 6px solid #946200; padding-left: 0.8rem; }
summary { cursor: pointer; }
details li { margin-bottom: 0.3rem; }
.nothing { display: none; }
"""
AREA_STYLE = """\
main:has(#area-{n}:checked) details:not(.area-{n}) {{ display: none; }}
main:has(#area-{n}:checked) section:not(:has(.area-{n})) .nothing {{ display: block; }}
"""
"""What one area's button in the filter hides; without it, in an old browser or on paper, everything is shown."""


class Group(NamedTuple):
    """One part of the page: its heading, and which entries belong to it."""

    name: str
    heading: str
    takes: Callable[[TraceEntry], bool]


def of_kind(kind: str) -> Callable[[TraceEntry], bool]:
    """Return what takes the entries of a kind."""
    return lambda row: row.kind == kind


def lessons_on(wanted: str) -> Callable[[TraceEntry], bool]:
    """Return what takes the lessons with a support."""
    return lambda row: row.kind == "lesson" and support(row) == wanted


GROUPS = (
    Group("one-area", "Lessons that rest on one area", lessons_on("one area alone")),
    Group("several-areas", "Lessons that rest on several areas", lessons_on("several areas")),
    Group("no-findings", "Paragraphs that cite no findings", lessons_on("none")),
    Group("counts", "Counts", of_kind("count")),
    Group("quotations", "Quotations", of_kind("quotation")),
    Group("examples", "Practice examples", of_kind("example")),
    Group("lists", "Lists", of_kind("list")),
    Group("tables", "Tables", of_kind("table")),
    Group("charts", "Charts", of_kind("chart")),
)
"""The parts of the page, what has to be looked at first at the top."""
BEGINNING = 140
"""Characters of an entry that are shown while it is folded."""
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


class TraceSource(NamedTuple):
    """One finding behind a report: the name of its area, its words, and where its letter is published."""

    area: str
    words: str
    letter: str


def trace_data(traced: tuple[TraceEntry, ...], sources: Mapping[str, TraceSource]) -> list[dict[str, Any]]:
    """Return the trace as plain data, a row for each thing that the report says."""
    return [
        {
            "number": number,
            "kind": row.kind,
            "where": list(row.path),
            "words": row.words,
            "areas": list(row.areas),
            "support": support(row),
            "findings": [{"finding": name, **sources[name]._asdict()} for name in row.sources],
        }
        for number, row in enumerate(traced, start=1)
    ]


def support(row: TraceEntry) -> str:
    """Say how a thing is supported: by several areas, by one alone, by none."""
    return "none" if not row.sources else "one area alone" if len(row.areas) == 1 else "several areas"


def trace_page(title: str, traced: tuple[TraceEntry, ...], sources: Mapping[str, TraceSource]) -> str:
    """Return the trace as a page: its contents, a filter by area, and the lessons that rest on one area first."""
    alone = sum(support(row) == "one area alone" for row in traced)
    names = {source.partition("/")[0]: sources[source].area for row in traced for source in row.sources}
    areas = dict(sorted(names.items(), key=lambda area: area[1]))
    parts = [part(group, traced, sources, list(areas)) for group in GROUPS if any(map(group.takes, traced))]
    body = "\n".join(
        (
            f"<p>{len(traced)} entries; {alone} cite findings from one area only.</p>",
            contents(traced),
            area_filter(areas, traced),
            *parts,
        )
    )
    style = STYLE + "".join(AREA_STYLE.format(n=number) for number in range(1, len(areas) + 1))
    return working_page(title, style, body)


def contents(traced: tuple[TraceEntry, ...]) -> str:
    """Return links to the parts of the page, with how much stands in each."""
    counted = ((group, sum(map(group.takes, traced))) for group in GROUPS)
    links = "".join(
        f'<li><a href="#{group.name}">{group.heading}</a> ({many})</li>\n' for group, many in counted if many
    )
    return f'<nav aria-label="Contents">\n<ul>\n{links}</ul>\n</nav>'


def area_filter(areas: Mapping[str, str], traced: tuple[TraceEntry, ...]) -> str:
    """Return a button for each area, which leaves the entries that rest on it."""
    buttons = "".join(
        f'<label><input type="radio" name="area" id="area-{number}"> '
        f"{escape(name)} ({sum(area in row.areas for row in traced)})</label>\n"
        for number, (area, name) in enumerate(areas.items(), start=1)
    )
    every = '<label><input type="radio" name="area" id="area-0" checked> Every area</label>\n'
    return f"<fieldset>\n<legend>Show what rests on</legend>\n{every}{buttons}</fieldset>"


def part(group: Group, traced: tuple[TraceEntry, ...], sources: Mapping[str, TraceSource], areas: list[str]) -> str:
    """Return one part of the page, with its entries in the order of the report."""
    lessons = {row.path: (number, row.words) for number, row in enumerate(traced, start=1) if row.kind == "lesson"}
    entries = "\n".join(
        entry(number, row, sources, areas, lessons.get(row.path))
        for number, row in enumerate(traced, start=1)
        if group.takes(row)
    )
    nothing = '<p class="nothing">Nothing here rests on this area.</p>'
    head = f'<h2 id="{group.name}">{group.heading}</h2>'
    return f'<section aria-labelledby="{group.name}">\n{head}\n{nothing}\n{entries}\n</section>'


def entry(
    number: int,
    row: TraceEntry,
    sources: Mapping[str, TraceSource],
    areas: list[str],
    lesson: tuple[int, str] | None,
) -> str:
    """Return one entry of the page, folded; a lesson on one area lies open, a count stands with its sentence."""
    alone = support(row) == "one area alone"
    marks = " ".join([*(["alone"] if alone else []), *(f"area-{areas.index(area) + 1}" for area in row.areas)])
    opened = " open" if alone and row.kind == "lesson" else ""
    note = "<p><strong>It cites findings from one area only.</strong></p>\n" if alone else ""
    place = sentence(row, *lesson) if lesson and row.kind == "count" else ""
    found = "".join(items(row, sources))
    behind = f"<ul>\n{found}</ul>" if found else "<p>It cites no findings.</p>"
    begun = shorten(row.words, BEGINNING, placeholder=" …")
    whole = f"<p>{escape(row.words)}</p>\n" if begun.endswith("…") else ""
    head = f"<summary>{number}. {escape(begun)} <small>({extent(row)})</small></summary>"
    return f'<details id="entry-{number}" class="{marks}"{opened}>\n{head}\n{whole}{note}{place}{behind}\n</details>'


def sentence(row: TraceEntry, number: int, words: str) -> str:
    """Return the sentence of a lesson that says a count, with a link to the lesson."""
    said = next((found for found in SENTENCE_END.split(words) if row.words in found), words)
    return f'<p>It stands in <a href="#entry-{number}">entry {number}</a>: “{escape(said)}”</p>\n'


def extent(row: TraceEntry) -> str:
    """Say how many findings of how many areas are behind an entry."""
    if not row.sources:
        return "no findings"
    many, areas = len(row.sources), len(row.areas)
    return f"{many} finding{'s' if many > 1 else ''} from {areas} area{'s' if areas > 1 else ''}"


def items(row: TraceEntry, sources: Mapping[str, TraceSource]) -> Iterator[str]:
    """Yield the findings behind one entry."""
    for name in row.sources:
        area, words, letter = sources[name]
        place = f'<a href="{escape(letter)}">{escape(area)}</a>' if letter else escape(area)
        yield f"<li>{place}, {escape(name.partition('/')[2])}: {escape(words)}</li>\n"
