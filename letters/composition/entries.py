"""The author's entries -> blocks: prose with its counts, quotations, lists, practice examples, tables and charts."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from letters.composition.aggregates import Aggregates, Bars, Cell, Rows
from letters.composition.counting import Counted, counted, selected
from letters.composition.report_form import ReportData, line
from letters.composition.slots import Group, SkeletonBlock
from letters.composition.values import numbered
from letters.document import markdown
from letters.document.blocks import (
    Block,
    Blocks,
    Box,
    Chart,
    Contents,
    Heading,
    Item,
    Paragraph,
    Run,
    Runs,
    Table,
    plain,
)
from letters.document.tracing import StaleCount, Steps, TraceEntry
from letters.findings.round_file import (
    Bullets,
    ChartHere,
    ChartKind,
    FindingList,
    Lesson,
    PracticeExample,
    Quotation,
    Subheading,
    TableHere,
    TableKind,
)
from letters.findings.rounds import Member, RoundFinding, RoundOfInspections
from letters.houses.house import HouseWords
from letters.houses.measures import MOST_BARS
from letters.houses.words import day, period

KEY_FINDINGS = "executive-summary."
"""How the names of the entries begin whose lists are the report's key findings."""
TWINS: dict[ChartKind, TableKind] = {
    "agencies": "agencies",
    "scopes": "scopes",
    "priorities": "priorities",
    "timeline": "inspections",
}
"""The table that has what a chart shows."""
OWN_LABEL = re.compile(r"(?:practice|case) (?:study|example)", re.IGNORECASE)
"""How the title of a case study begins that says itself what it is."""


@dataclass
class EntryComposer:
    """Makes the blocks of one report; it numbers tables and charts, and notes what everything rests on."""

    found: RoundOfInspections
    form: ReportData
    words: HouseWords
    traced: list[TraceEntry] = field(default_factory=list)
    stale: list[StaleCount] = field(default_factory=list)
    """Counts that the prose says otherwise than the data."""
    used: set[str] = field(default_factory=set)
    """The counts that the prose says."""
    labels: dict[str, str] = field(default_factory=dict)
    """What cross-references call each table and chart."""

    def __post_init__(self) -> None:
        self._aggregates = Aggregates(self.found, self.form, self.words)
        self._counts: dict[str, Counted] = {}
        entries = [entry for _, entry in self.found.overview.entries()]
        tables = [entry for entry in entries if isinstance(entry, TableHere)]
        charts = [entry for entry in entries if isinstance(entry, ChartHere)]
        self.labels |= {table.id: f"{self.form.table} {number}" for number, table in enumerate(tables, start=1)}
        self.labels |= {chart.id: f"{self.form.figure} {number}" for number, chart in enumerate(charts, start=1)}
        self._tables = {table.table: self.labels[table.id] for table in tables}

    def blocks(self, entries: Sequence[Any], path: Steps, name: str) -> Iterator[Block]:
        """Yield the blocks of a section's entries; their ids begin with its name."""
        for place, entry in enumerate(entries):
            yield from MAKERS[type(entry)](self, entry, (*path, place), f"{name}.{place + 1}")

    def lesson(self, entry: Lesson, path: Steps, name: str) -> Iterator[Block]:
        """Yield the paragraphs of a lesson."""
        for number, (runs, sources) in enumerate(self._lesson_runs(entry, path), start=1):
            yield Paragraph(numbered(name, number), runs, sources=sources)

    def items(self, entries: Sequence[Lesson], path: Steps, name: str) -> Iterator[Block]:
        """Yield lessons as a list."""
        for place, entry in enumerate(entries):
            own = f"{name}.{place + 1}"
            for number, (runs, sources) in enumerate(self._lesson_runs(entry, (*path, place)), start=1):
                yield Item(numbered(own, number), runs, name, continues=number > 1, sources=sources)

    def bullets(self, entry: Bullets, path: Steps, name: str) -> Iterator[Block]:
        """Yield a list of the author's; in the executive summary it is the key findings, which stand out."""
        items = self.items(entry.bullets, (*path, "bullets"), name)
        if name.startswith(KEY_FINDINGS):
            yield Box(name, tuple(items), "key-findings")
        else:
            yield from items

    def subheading(self, entry: Subheading, path: Steps, name: str) -> Iterator[Block]:
        """Yield a heading within a section."""
        yield Heading(name, (Run(entry.heading),), 3)

    def quotation(self, entry: Quotation, path: Steps, name: str) -> Iterator[Block]:
        """Yield words of a letter, and which letter."""
        held = self.found.findings[entry.quote]
        texts = (
            [markdown.inline(entry.words)]
            if entry.words
            else markdown.paragraphs("\n\n".join((held.text, *held.points)))
        )
        quoted = [
            Paragraph(f"{name}.{number}", runs, "quotation", (held.reference,))
            for number, runs in enumerate(in_marks([without_notes(runs) for runs in texts]), start=1)
        ]
        area = self.found.members[held.area].area.name
        source = (Run(line(self.form.quotation, area=area)),)
        self._trace(path, "quotation", " ".join(map(words_of, quoted)), (held.reference,))
        yield Box(
            name, (*quoted, Paragraph(f"{name}.source", source, "quotation-source")), "quotation", (held.reference,)
        )

    def finding_list(self, entry: FindingList, path: Steps, name: str) -> Iterator[Block]:
        """Yield findings in their own words, each after the name of its area."""
        introduction = markdown.report_paragraphs(entry.introduction) if entry.introduction else []
        for number, runs in enumerate(introduction, start=1):
            settled = tuple(self._settled(run, (*path, "introduction")) for run in runs)
            yield Paragraph(numbered(f"{name}.introduction", number), settled)
        found = list(selected(self.found, entry.list))
        self._trace(path, "list", entry.introduction or "", tuple(held.reference for held in found))
        for held in found:
            yield from self._listed(held, f"{name}.{held.area}.{held.id}", name)

    def _listed(self, held: RoundFinding, name: str, list_name: str) -> Iterator[Block]:
        area = self.found.members[held.area].area
        for number, runs in enumerate(markdown.paragraphs(held.text), start=1):
            before = (Run(f"{area.short or area.name}: ", strong=True),) if number == 1 else ()
            runs = (*before, *without_notes(runs))
            yield Item(numbered(name, number), runs, list_name, continues=number > 1, sources=(held.reference,))
        for place, point in enumerate(held.points, start=1):
            runs = without_notes(markdown.inline(point))
            yield Item(f"{name}.points.{place}", runs, list_name, level=2, sources=(held.reference,))

    def example(self, entry: PracticeExample, path: Steps, name: str) -> Iterator[Block]:
        """Yield a case study in a box, with the letter that it is from where the area may be named."""
        held = self.found.findings[entry.example]
        title = entry.title or held.title
        title = title if OWN_LABEL.match(title) else line(self.form.example, title=title)
        inner: list[Block] = [Heading(f"{name}.title", (Run(title),), 3)]
        for number, (is_entry, runs) in enumerate(map(markdown.boxed, markdown.boxed_parts(held.text)), start=1):
            own, words = f"{name}.{number}", without_notes(runs)
            if is_entry:
                inner.append(Item(own, words, name, sources=(held.reference,)))
            else:
                inner.append(Paragraph(own, words, "case-study", (held.reference,)))
        if entry.named:
            member = self.found.members[held.area]
            source = line(self.form.example_source, area=member.area.name)
            runs = (Run(source, link=member.about.letter or ""),)
            inner.append(Paragraph(f"{name}.source", runs, "case-study"))
        self._trace(path, "example", title, (held.reference,))
        yield Box(name, tuple(inner), "case-study", (held.reference,))

    def table(self, entry: TableHere, path: Steps, name: str) -> Iterator[Block]:
        """Yield a numbered table of the round's data, and below it what its heads and dashes stand for."""
        rows = self._with_a_row(self._aggregates.table(entry.table))
        self._trace(path, "table", entry.caption, rows.sources)
        yield table_of(entry.id, self.labels[entry.id], entry.caption, rows)
        yield from notes_of(entry.id, rows)

    def chart(self, entry: ChartHere, path: Steps, name: str) -> Iterator[Block]:
        """Yield a numbered chart of the round's data, and the data as a table where no other table has them."""
        label, twin = self.labels[entry.id], self._tables.get(TWINS[entry.chart], "")
        bars = self._aggregates.chart(entry.chart, twin or self.form.table_below)
        self._trace(path, "chart", entry.caption, bars.table.sources)
        if not has_bars(bars):
            yield table_of(entry.id, label, entry.caption, self._with_a_row(bars.table))
            return
        parts = parts_of(bars)
        for number, part in enumerate(parts, start=1):
            caption = line(self.form.part, caption=entry.caption, number=number, count=len(parts))
            name = entry.id if number == 1 else f"{entry.id}-{number}"
            yield chart_of(name, label, caption if len(parts) > 1 else entry.caption, part, reach_of(bars))
        if not twin:
            data = line(self.form.data, figure=label[:1].lower() + label[1:])
            yield table_of(f"{entry.id}-data", data, entry.caption, bars.table)
            yield from notes_of(f"{entry.id}-data", bars.table)

    def _with_a_row(self, rows: Rows) -> Rows:
        """Return a table with a row that says so where it has nothing to count."""
        if rows.rows:
            return rows
        return rows._replace(rows=((self.form.none, *["0"] * (len(rows.columns) - 1)),))

    def _lesson_runs(self, entry: Lesson, path: Steps) -> Iterator[tuple[Runs, tuple[str, ...]]]:
        """Yield the runs of each paragraph of a lesson, with the findings that it and its counts rest on."""
        texts = markdown.report_paragraphs(entry.text)
        behind = [*entry.rests_on]
        for runs in texts:
            behind += [held.reference for name in counts_in(runs) for held in self._count(name).sources]
        sources = tuple(dict.fromkeys(behind))
        words = " ".join(plain(runs) for runs in texts)
        self.traced.append(TraceEntry(path, "lesson", words, sources, tuple(entry.rests_on)))
        for runs in texts:
            yield tuple(self._settled(run, (*path, "text")) for run in runs), sources

    def _settled(self, run: Run, path: Steps) -> Run:
        """Return a run whose count, if it is one, was held against the data."""
        if not run.link.startswith(markdown.COUNT):
            return run
        name = run.link.removeprefix(markdown.COUNT)
        count = self._count(name)
        if not count.is_said_by(run.text, self.words):
            message = f"the count {name} says “{run.text}”, which does not match the inspections"
            self.stale.append(StaleCount(path, message, f"It should be {count.should_be(self.words)}."))
        self._trace(path[:-1], "count", run.text, tuple(held.reference for held in count.sources))
        return run._replace(link="")

    def _count(self, name: str) -> Counted:
        self.used.add(name)
        if name not in self._counts:
            self._counts[name] = counted(self.found, name, self.found.overview.counts[name])
        return self._counts[name]

    def _trace(self, path: Steps, kind: str, words: str, sources: tuple[str, ...]) -> None:
        self.traced.append(TraceEntry(path, kind, words, sources))


def counts_in(runs: Runs) -> Iterator[str]:
    """Yield the name of every count in a paragraph."""
    for run in runs:
        if run.link.startswith(markdown.COUNT):
            yield run.link.removeprefix(markdown.COUNT)


def without_notes(runs: Runs) -> Runs:
    """Return the words of a letter without its footnotes, which the report has not."""
    return tuple(run for run in runs if not run.note)


def in_marks(texts: list[Runs]) -> list[Runs]:
    """Return paragraphs between quotation marks: double ones where there are single ones within."""
    inside = any("‘" in plain(runs) for runs in texts)
    start, end = ("“", "”") if inside else ("‘", "’")
    quoted = [*texts]
    quoted[0] = (Run(start), *quoted[0])
    quoted[-1] = (*quoted[-1], Run(end))
    return quoted


def words_of(paragraph: Paragraph) -> str:
    """Return the words of a paragraph."""
    return plain(paragraph.runs)


def table_of(name: str, label: str, caption: str, rows: Rows) -> Table:
    """Return rows of words as a table whose first column names the rows."""
    header = tuple((Run(column),) for column in rows.columns)
    cells = tuple(
        tuple(cell_of(f"{name}.{row}.{column}", cell) for column, cell in enumerate(line, start=1))
        for row, line in enumerate(rows.rows, start=1)
    )
    return Table(name, caption, header, cells, rows.sources, label, row_headers=True)


def cell_of(name: str, cell: Cell) -> Blocks:
    """Return the paragraphs of a cell: its words, or one for each of its marks."""
    if isinstance(cell, str):
        return (Paragraph(name, (Run(cell),), "table"),)
    return tuple(
        Paragraph(numbered(name, number), (Run(mark.words),), f"mark-{mark.kind}")
        for number, mark in enumerate(cell, start=1)
    )


def notes_of(name: str, rows: Rows) -> Iterator[Paragraph]:
    """Yield what is said below a table."""
    for number, words in enumerate(rows.notes, start=1):
        yield Paragraph(numbered(f"{name}.note", number), (Run(words),), "table-note")


def has_bars(bars: Bars) -> bool:
    """Say whether a chart has anything to draw."""
    return bool(bars.table.rows) and (bars.kind == "periods" or any(any(series.values) for series in bars.series))


def parts_of(bars: Bars) -> list[Bars]:
    """Return the data of a chart in parts of about the same length, each of which a page has room for."""
    count = len(bars.categories)
    number = -(-count // MOST_BARS)
    ends = [count * part // number for part in range(number + 1)]
    return [
        bars._replace(
            categories=bars.categories[start:end],
            series=tuple(series._replace(values=series.values[start:end]) for series in bars.series),
        )
        for start, end in pairwise(ends)
    ]


def reach_of(bars: Bars) -> int:
    """Return the longest bar of a chart, or the last day of its periods, so that all its parts have one scale."""
    return max(map(sum, zip(*(series.values for series in bars.series), strict=True)))


def chart_of(name: str, label: str, caption: str, bars: Bars, reach: int) -> Chart:
    """Return the data of a chart, or of a part of one, as a block."""
    return Chart(name, label, caption, bars.words, bars.kind, bars.categories, bars.series, reach, bars.table.sources)


MAKERS: dict[type, Callable[[EntryComposer, Any, Steps, str], Iterator[Block]]] = {
    Lesson: EntryComposer.lesson,
    Bullets: EntryComposer.bullets,
    Subheading: EntryComposer.subheading,
    Quotation: EntryComposer.quotation,
    FindingList: EntryComposer.finding_list,
    PracticeExample: EntryComposer.example,
    TableHere: EntryComposer.table,
    ChartHere: EntryComposer.chart,
}


@dataclass(frozen=True, slots=True)
class EntriesValue(Group):
    """The entries of one section."""

    maker: EntryComposer
    entries: Sequence[Any]
    path: Steps
    name: str

    def blocks(self, form: SkeletonBlock) -> Iterator[Block]:
        yield from self.maker.blocks(self.entries, self.path, self.name)


@dataclass(frozen=True, slots=True)
class RecommendationsValue(Group):
    """Recommendations to one body, as a list."""

    maker: EntryComposer
    entries: Sequence[Lesson]
    path: Steps
    name: str

    def blocks(self, form: SkeletonBlock) -> Iterator[Block]:
        yield from self.maker.items(self.entries, self.path, self.name)


@dataclass(frozen=True, slots=True)
class ContentsValue(Group):
    """The place of the contents, which are known when everything else is."""

    def blocks(self, form: SkeletonBlock) -> Iterator[Block]:
        yield Contents("contents", ())


@dataclass(frozen=True, slots=True)
class AreasValue(Group):
    """The areas of the round with their weeks and letters."""

    areas: Sequence[Member]
    form: ReportData

    def blocks(self, form: SkeletonBlock) -> Iterator[Block]:
        for member in self.areas:
            weeks = period(member.fieldwork.start, member.fieldwork.end)
            letter = line(self.form.letter, day=day(member.letter_day))
            runs = (Run(f"{member.area.name}, {weeks}: "), Run(letter, link=member.about.letter or ""))
            yield Item(f"areas.{member.key}", runs, "areas")


@dataclass(frozen=True, slots=True)
class GlossaryValue(Group):
    """The terms that the report uses, with what they mean."""

    terms: Sequence[tuple[str, str]]
    form: ReportData

    def blocks(self, form: SkeletonBlock) -> Iterator[Block]:
        header = ((Run(self.form.columns.term),), (Run(self.form.columns.meaning),))
        rows = tuple(
            (
                (Paragraph(f"glossary.{number}.term", (Run(term),), "table"),),
                (Paragraph(f"glossary.{number}", markdown.inline(meaning), "table"),),
            )
            for number, (term, meaning) in enumerate(self.terms, start=1)
        )
        yield Table("glossary", self.form.columns.term, header, rows, row_headers=True)
