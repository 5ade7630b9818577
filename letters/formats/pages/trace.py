"""What a report rests on -> a page and JSON: every lesson, count, table and chart with its findings."""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any, NamedTuple

from letters.document.tracing import TraceEntry
from letters.formats.pages.shell import working_page

STYLE = """\
body { font: 1.05rem/1.5 Arial, Helvetica, sans-serif; color: #0b0c0c; margin: 0; }
main { max-width: 60rem; margin: 0 auto; padding: 1rem; }
section { border-top: 1px solid #b1b4b6; padding: 0.5rem 0; }
h2 { font-size: 1.1rem; margin: 0.5rem 0; }
.alone { border-left: 6px solid #946200; padding-left: 0.8rem; }
li { margin-bottom: 0.3rem; overflow-wrap: anywhere; }
"""


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
    """Return the trace as a page; what rests on one area alone is marked and said."""
    alone = sum(support(row) == "one area alone" for row in traced)
    summary = f"{len(traced)} entries; {alone} cite findings from one area only."
    body = "\n".join(section(number, row, sources) for number, row in enumerate(traced, start=1))
    return working_page(title, STYLE, f"<p>{escape(summary)}</p>\n{body}")


def section(number: int, row: TraceEntry, sources: Mapping[str, TraceSource]) -> str:
    """Return one entry of the page."""
    alone = support(row) == "one area alone"
    mark = ' class="alone"' if alone else ""
    note = "<p><strong>It cites findings from one area only.</strong></p>\n" if alone else ""
    found = "".join(items(row, sources))
    behind = f"<ul>\n{found}</ul>" if found else "<p>It cites no findings.</p>"
    head = f'<h2 id="entry-{number}">{number}. {escape(row.kind.capitalize())}</h2>'
    return f"<section{mark}>\n{head}\n<p>{escape(row.words)}</p>\n{note}{behind}\n</section>"


def items(row: TraceEntry, sources: Mapping[str, TraceSource]) -> Iterator[str]:
    """Yield the findings behind one entry."""
    for name in row.sources:
        area, words, letter = sources[name]
        place = f'<a href="{escape(letter)}">{escape(area)}</a>' if letter else escape(area)
        yield f"<li>{place}, {escape(name.partition('/')[2])}: {escape(words)}</li>\n"
