"""The tables and charts of a report, made from the data of its round."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Literal, NamedTuple, TypeAlias

from letters.composition.report_form import ReportData, line
from letters.document.blocks import Series
from letters.findings.finding import Priority
from letters.findings.round_file import ChartKind, TableKind
from letters.findings.rounds import Member, RoundFinding, RoundOfInspections
from letters.houses.house import HouseWords
from letters.houses.measures import are_readable, column_room, has_room_for_marks
from letters.houses.quantities import shown
from letters.houses.words import NBSP, day, number, period

LONGEST_ALT = 250
"""Letters of the words that stand for a chart: a screen reader reads them in one go."""


class Mark(NamedTuple):
    """A value that is seen at a glance: its kind, which has a sign and a tint, and its words."""

    kind: str
    words: str


Cell: TypeAlias = str | tuple[Mark, ...]


class Rows(NamedTuple):
    """A table of words: its columns, and its rows, whose first cell names the row."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    sources: tuple[str, ...]
    """The findings that it counts."""
    notes: tuple[str, ...] = ()
    """What has to be said below it: what its heads and dashes stand for."""


class Bars(NamedTuple):
    """The data of a chart, and the same as a table."""

    kind: Literal["bars", "periods"]
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    table: Rows
    words: str
    """The data as a sentence, for those who do not see the chart."""


class Aggregates:
    """Makes the tables and charts of one round."""

    def __init__(self, found: RoundOfInspections, form: ReportData, words: HouseWords) -> None:
        self._round, self._form, self._words = found, form, words
        self._members = list(found.members.values())

    def table(self, kind: TableKind) -> Rows:
        """Return a table by its kind."""
        return TABLES[kind](self)

    def chart(self, kind: ChartKind, data_in: str) -> Bars:
        """Return the data of a chart by its kind; `data_in` says where its data stand as a table."""
        return self.timeline(data_in) if kind == "timeline" else self._bars(self.table(kind), data_in)

    def matrix(self) -> Rows:
        """Return themes by areas: what each area has as a strength, and what it has to improve."""
        room = column_room(len(self._members))
        if not has_room_for_marks(self._form.marks.model_dump().values(), room):
            return self._counted_matrix()
        names = [member.area.short or member.area.name for member in self._members]
        if len({*names}) < len(names):
            names = [member.area.name for member in self._members]
        heads = names if are_readable(names, room) else [str(place) for place in range(1, len(names) + 1)]
        key = "; ".join(f"{head}: {name}" for head, name in zip(heads, names, strict=True))
        rows = tuple(
            (label, *(self._cell(tag, member) for member in self._members))
            for tag, label in self._round.overview.themes.items()
        )
        notes = () if heads == names else (line(self._form.key, key=key),)
        return Rows(
            (self._form.columns.theme, *heads),
            rows,
            self._tagged(),
            (*notes, *self._dash_note(rows, self._form.dashes.matrix)),
        )

    def _cell(self, tag: str, member: Member) -> Cell:
        kinds = {kind_of(held) for held in member.held if tag in held.tags}
        marks = tuple(Mark(kind, words) for kind, words in self._form.marks.model_dump().items() if kind in kinds)
        return marks or self._form.nothing

    def _dash_note(self, rows: Iterable[tuple[Cell, ...]], words: str) -> tuple[str, ...]:
        """Return what a dash stands for, where a table has one."""
        return (words,) if any(self._form.nothing in row for row in rows) else ()

    def _counted_matrix(self) -> Rows:
        columns = self._form.columns
        names = (columns.theme, columns.areas_strength, columns.areas_recommendation, columns.areas_priority)
        wanted = ({"strength"}, {"priority", "improvement"}, {"priority"})
        areas: dict[tuple[str, str], set[str]] = {}
        for member in self._members:
            for held in member.held:
                for tag in held.tags:
                    areas.setdefault((tag, kind_of(held)), set()).add(member.key)
        rows = [
            (label, *(str(len(set().union(*(areas.get((tag, kind), ()) for kind in kinds)))) for kinds in wanted))
            for tag, label in self._round.overview.themes.items()
        ]
        return Rows(names, tuple(rows), self._tagged())

    def _tagged(self) -> tuple[str, ...]:
        """Return the strengths and recommendations that bear a tag of the report's themes."""
        themes = set(self._round.overview.themes)
        return tuple(held.reference for held in self._held() if kind_of(held) and not held.tags.isdisjoint(themes))

    def _held(self) -> Iterable[RoundFinding]:
        return (held for member in self._members for held in member.held)

    def agencies(self) -> Rows:
        """Return the recommendations by type of agency; one to several agencies counts for each."""
        labels = self._form.agencies
        found = [(held, kind) for held in self._held() if held.section == "recommendations" for kind in held.agencies]
        pairs = [(labels[kind], held) for held, kind in found]
        return self._by(self._form.columns.agency, list(labels.values()), pairs)

    def scopes(self) -> Rows:
        """Return the recommendations by scope area."""
        labels = self._form.scopes
        pairs = [
            (labels[held.scope.value if held.scope else "none"], held)
            for held in self._held()
            if held.section == "recommendations"
        ]
        return self._by(self._form.columns.scope, list(labels.values()), pairs)

    def _by(self, first: str, order: Sequence[str], pairs: list[tuple[str, RoundFinding]]) -> Rows:
        """Return how many areas for priority action and for improvement there are in each group that has any."""
        counts = Counter((label, held.priority == Priority.PRIORITY) for label, held in pairs)
        rows = [
            (label, str(counts[label, True]), str(counts[label, False]))
            for label in dict.fromkeys(order)
            if counts[label, True] or counts[label, False]
        ]
        columns = (first, self._form.columns.priority, self._form.columns.improvement)
        return Rows(columns, tuple(rows), tuple(dict.fromkeys(held.reference for _, held in pairs)))

    def priorities(self) -> Rows:
        """Return the areas for priority action of each area, with their themes."""
        columns, themes = self._form.columns, self._round.overview.themes
        rows, sources = [], []
        for member in self._members:
            held = [one for one in member.held if one.priority == Priority.PRIORITY]
            sources += [one.reference for one in held]
            named = [label for tag, label in themes.items() if any(tag in one.tags for one in held)]
            rows.append((member.area.name, str(len(held)), "; ".join(named) or self._form.nothing))
        notes = self._dash_note(rows, self._form.dashes.priorities)
        return Rows((columns.area, columns.priority, columns.themes), tuple(rows), tuple(sources), notes)

    def inspections(self) -> Rows:
        """Return when each area was inspected, and when its letter was written."""
        columns = self._form.columns
        rows = [
            (
                member.area.name,
                allow_breaks(period(member.fieldwork.start, member.fieldwork.end)),
                allow_breaks(day(member.letter_day)),
            )
            for member in self._members
        ]
        return Rows((columns.area, columns.fieldwork, columns.letter), tuple(rows), ())

    def samples(self) -> Rows:
        """Return how many children each inspection looked at; numbers that could tell who they are do not show."""
        columns = self._form.columns
        tracked = self._covered([member.about.tracked for member in self._members])
        sampled = self._covered([member.about.sampled for member in self._members])
        names = [*(member.area.name for member in self._members), columns.total]
        rows = tuple(zip(names, tracked, sampled, strict=True))
        return Rows(
            (columns.area, columns.tracked, columns.sampled), rows, (), self._dash_note(rows, self._form.dashes.samples)
        )

    def _covered(self, numbers: list[int | None]) -> list[str]:
        """Return numbers of children and their sum as words.

        A small number is covered; where it is the only one, the next smallest is covered too, or it could be worked
        out from the sum.
        """
        small = [place for place, held in enumerate(numbers) if held and held < self._words.least_shown]
        if len(small) == 1:
            rest = [place for place, held in enumerate(numbers) if held and place not in small]
            small += sorted(rest, key=lambda place: numbers[place] or 0)[:1]
        covered = line(self._form.covered, least=number(self._words.least_shown))
        said = [
            self._form.nothing if held is None else covered if place in small else f"{held:,}"
            for place, held in enumerate(numbers)
        ]
        known = all(held is not None for held in numbers)
        return [*said, shown(sum(held or 0 for held in numbers), self._words) if known else self._form.nothing]

    def _bars(self, rows: Rows, data_in: str) -> Bars:
        """Return a table of numbers as the data of stacked bars; a column without a number is left to the table."""
        told = [[cell for cell in row if isinstance(cell, str)] for row in rows.rows]
        places = [place for place, name in enumerate(rows.columns) if place and all(r[place].isdigit() for r in told)]
        categories = tuple(row[0] for row in told)
        series = tuple(Series(rows.columns[place], tuple(int(row[place]) for row in told)) for place in places)
        said = "; ".join(
            f"{row[0]}: {', '.join(f'{rows.columns[place]} {row[place]}' for place in places)}" for row in told
        )
        words = line(self._form.bar_chart, data=said)
        if len(words) > LONGEST_ALT:
            totals = sorted((sum(held.values[place] for held in series), name) for place, name in enumerate(categories))
            ends = {"longest": f"{totals[-1][1]} ({totals[-1][0]})", "shortest": f"{totals[0][1]} ({totals[0][0]})"}
            words = line(self._form.long_bar_chart, count=len(categories), data_in=data_in, **ends)
        return Bars("bars", categories, series, rows, words)

    def timeline(self, data_in: str) -> Bars:
        """Return the weeks of fieldwork one after the other; `data_in` says where every day of them stands."""
        columns = self._form.columns
        weeks = [(member.area.name, member.fieldwork.start, member.fieldwork.end) for member in self._members]
        first = min(start for _, start, _ in weeks)
        rows = tuple((name, allow_breaks(day(start)), allow_breaks(day(end))) for name, start, end in weeks)
        series = (
            Series(first.isoformat(), tuple((start - first).days for _, start, _ in weeks)),
            Series(columns.fieldwork, tuple((end - start).days + 1 for _, start, end in weeks)),
        )
        said = "; ".join(f"{name}: {line(self._form.from_to, start=start, end=end)}" for name, start, end in rows)
        table = Rows((columns.area, columns.first_day, columns.last_day), rows, ())
        words = line(self._form.period_chart, data=said)
        if len(words) > LONGEST_ALT:
            last = day(max(end for _, _, end in weeks))
            words = line(self._form.long_period_chart, count=len(weeks), start=day(first), end=last, data_in=data_in)
        return Bars("periods", tuple(name for name, _, _ in rows), series, table, words)


def allow_breaks(words: str) -> str:
    """Return words that a line may part: a cell is often narrower than a date."""
    return words.replace(NBSP, " ")


def kind_of(held: RoundFinding) -> str:
    """Return strength, priority or improvement, or nothing for what is neither strength nor recommendation."""
    if held.section == "strengths":
        return "strength"
    if held.section != "recommendations":
        return ""
    return "priority" if held.priority == Priority.PRIORITY else "improvement"


TABLES: dict[TableKind, Callable[[Aggregates], Rows]] = {
    "matrix": Aggregates.matrix,
    "agencies": Aggregates.agencies,
    "scopes": Aggregates.scopes,
    "priorities": Aggregates.priorities,
    "inspections": Aggregates.inspections,
    "samples": Aggregates.samples,
}
