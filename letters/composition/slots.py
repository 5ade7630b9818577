"""How a value enters a template without ever becoming template text.

While a template is rendered, every value leaves a marker behind. The text is then parsed, and each marker becomes the
value's own runs or blocks; nothing in a value is ever read as template or as block Markdown.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Protocol, runtime_checkable

from letters.document import markdown
from letters.document.blocks import Block, Blocks, Box, Figure, Heading, Item, Paragraph, Run, Runs, Sources, Table
from letters.document.markdown import UNNAMED
from letters.errors import TemplateFault

OPEN, CLOSE = "\ue000", "\ue001"
MARKER = re.compile(f"{OPEN}(\\d+){CLOSE}")

Form = Heading | Paragraph | Item
"""The skeleton's block where a value stands: it says what the value's own blocks look like."""


@runtime_checkable
class Inline(Protocol):
    """A value that becomes words within a paragraph."""

    sources: Sources

    def runs(self) -> Runs:
        """Return the value's words."""


@runtime_checkable
class Group(Protocol):
    """A value that becomes blocks of its own."""

    def members(self) -> list["Group"]:
        """Return its members, each of which fills a row of a table."""

    def blocks(self, form: Form) -> Iterator[Block]:
        """Yield its blocks in the form of the skeleton's block where it stands."""


class Name(str):
    """A word of the template's own that may stand in a block's name."""

    __slots__ = ()


class Slots:
    """The values of one letter, in the order the template named them."""

    def __init__(self, wording: Mapping[str, str | None]) -> None:
        self.values: list[Any] = []
        self.placed: list[str] = []
        """The id of every block and the source of every line that a value became."""
        self.reached: set[str] = set()
        """Every source that reached the document."""
        self.wording = wording

    def put(self, value: Any) -> str:
        """Take a value and return the marker that stands for it."""
        if isinstance(value, Name):
            return str(value)
        if value is None or isinstance(value, date):
            raise TemplateFault(f"a template prints {value!r} as it is. Print a date with `| day`, and test for none.")
        self.values.append(value)
        return f"{OPEN}{len(self.values) - 1}{CLOSE}"

    def fill(self, skeleton: Blocks, role: str = "body") -> Iterator[Block]:
        """Yield the skeleton's blocks with every marker replaced by its value."""
        for block in skeleton:
            if isinstance(block, Box):
                yield Box(block.id, tuple(self.fill(block.blocks, block.role)), block.role)
            elif isinstance(block, Table):
                yield self._table(block)
            elif not isinstance(block, Figure):
                yield from self._text(in_role(block, role))

    def _text(self, block: Form) -> Iterator[Block]:
        if block.id in self.wording:
            self.reached.add(f"wording.{block.id}")
            yield from self._other_wording(block, self.wording[block.id])
        elif group := self._group(block.runs):
            yield from self._placed(group.blocks(block))
        else:
            runs, sources = self._inline(block.runs)
            name = sources[0] if sources and block.id.startswith(UNNAMED) else block.id
            yield replace(block, id=name, runs=runs, sources=sources)

    def _other_wording(self, block: Form, text: str | None) -> Iterator[Block]:
        for number, runs in enumerate(markdown.paragraphs(text) if text else (), start=1):
            name = block.id if number == 1 else f"{block.id}.{number}"
            yield replace(block, id=name, runs=runs, sources=(f"wording.{block.id}",))

    def _group(self, runs: Runs) -> Group | None:
        """Return the group that these runs consist of, if they are the marker of one."""
        found = MARKER.fullmatch(runs[0].text) if len(runs) == 1 else None
        value = self.values[int(found[1])] if found else None
        return value if isinstance(value, Group) else None

    def _placed(self, blocks: Iterator[Block]) -> Iterator[Block]:
        for block in blocks:
            self.placed.append(block.id)
            self.reached.update(block.sources)
            yield block

    def _inline(self, runs: Runs) -> tuple[Runs, Sources]:
        if not any(OPEN in run.text for run in runs):
            return runs, ()
        filled: list[Run] = []
        sources: list[str] = []
        for run in runs:
            for place, part in enumerate(MARKER.split(run.text)):
                if place % 2 == 0:
                    filled += [replace(run, text=part)] if part or run.note else []
                else:
                    filled += self._value_runs(self.values[int(part)], run, sources)
        self.placed += sources
        self.reached.update(sources)
        return joined(filled), tuple(sources)

    def _value_runs(self, value: Any, look: Run, sources: list[str]) -> Iterator[Run]:
        if isinstance(value, Group):
            raise TemplateFault("a template sets a group of findings within a line. Give it a line of its own.")
        if not isinstance(value, Inline):
            yield replace(look, text=str(value))
            return
        sources += value.sources
        for run in value.runs():
            yield replace(run, strong=run.strong or look.strong, emphasis=run.emphasis or look.emphasis)

    def _table(self, table: Table) -> Table:
        header = tuple(self._inline(runs)[0] for runs in table.header)
        rows = tuple(filled for row in table.rows for filled in self._rows(row))
        caption = " ".join("".join(run.text for run in runs) for runs in header[-1:])
        return Table(table.id, caption, header, rows)

    def _rows(self, row: tuple[Blocks, ...]) -> Iterator[tuple[Blocks, ...]]:
        """Fill a row once for each member of the groups that stand in its cells."""
        forms = [cell[0] for cell in row]
        groups = [self._group(form.runs) for form in forms if isinstance(form, Paragraph)]
        cells = [group.members() for group in groups if group]
        for members in zip(*cells, strict=True):
            yield tuple(
                tuple(self._placed(member.blocks(Paragraph("", (), "table")))) for member in members
            )


def joined(runs: Iterable[Run]) -> Runs:
    """Return runs with neighbours of the same look made one."""
    out: list[Run] = []
    for run in runs:
        last = out[-1] if out else None
        if last and not run.note and run == replace(last, text=run.text):
            out[-1] = replace(last, text=last.text + run.text)
        else:
            out.append(run)
    return tuple(out)


def in_role(block: Form, role: str) -> Form:
    """Give a paragraph the role of the box around it."""
    return replace(block, role=role) if isinstance(block, Paragraph) and role != "body" else block
