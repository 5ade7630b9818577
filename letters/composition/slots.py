"""How a value enters a template without ever becoming template text.

While a template is rendered, every value leaves a marker behind. The text is then parsed, and each marker becomes the
value's own runs or blocks; nothing in a value is ever read as template or as block Markdown.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from letters.document import markdown
from letters.document.blocks import Block, Blocks, Box, Heading, Item, Paragraph, Run, Runs, Sources, Table
from letters.document.markdown import UNNAMED
from letters.errors import TemplateFault

OPEN, CLOSE = "\ue000", "\ue001"
FOOTNOTE_ROLE = "footnote "
"""How the role of a box begins that holds a standing footnote; the footnote's name follows."""
FACT = re.compile(r"(?<!\{)\{([a-z_]+)\}(?!\})")
"""The name of a fact in words that replace a standing paragraph."""
MARKER = re.compile(f"{OPEN}(\\d+){CLOSE}")

SkeletonBlock = Heading | Paragraph | Item
"""The skeleton's block where a value stands: it says what the value's own blocks look like."""


class Shown:
    """What a template may look into: whatever has no underscore before its name."""

    __slots__ = ()


class Inline(Shown):
    """A value that becomes words within a paragraph."""

    __slots__ = ()

    def runs(self) -> Runs:
        """Return the value's words."""
        raise NotImplementedError

    def origins(self) -> Sources:
        """Return the sources that the words come from."""
        return ()


class Group(Shown):
    """A value that becomes blocks of its own."""

    __slots__ = ()

    def members(self) -> Sequence["Group"]:
        """Return its members, each of which fills a row of a table."""
        return [self]

    def blocks(self, form: SkeletonBlock) -> Iterator[Block]:
        """Yield its blocks in the form of the skeleton's block where it stands."""
        raise NotImplementedError


class Name(str):
    """A word of the template's own that may stand in a block's name."""

    __slots__ = ()


class Slots:
    """The values of one letter, in the order the template named them."""

    def __init__(self, wording: Mapping[str, str | None], facts: Mapping[str, str] | None = None) -> None:
        self.values: list[Any] = []
        self.placed: list[str] = []
        """The id of every block and the source of every line that a value became."""
        self.reached: set[str] = set()
        """Every source that reached the document."""
        self.wording = wording
        self._facts = facts or {}

    def put(self, value: Any) -> str:
        """Take a value and return the marker that stands for it."""
        if isinstance(value, Name):
            return str(value)
        if value is None or isinstance(value, date):
            raise TemplateFault(f"a template prints {value!r} unformatted. Use `| day` for a date, and test for none.")
        self.values.append(value)
        return f"{OPEN}{len(self.values) - 1}{CLOSE}"

    def fill(self, skeleton: Blocks, role: str = "body") -> Iterator[Block]:
        """Yield the skeleton's blocks with every marker replaced by its value."""
        for block in skeleton:
            if isinstance(block, Box) and block.role.removeprefix(FOOTNOTE_ROLE) in self.wording:
                yield self._other_footnote(block)
            elif isinstance(block, Box):
                yield Box(block.id, tuple(self.fill(block.blocks, block.role)), block.role)
            elif isinstance(block, Table):
                yield self._table(block)
            elif isinstance(block, Heading | Paragraph | Item):
                yield from self._text(in_role(block, role))

    def _text(self, block: SkeletonBlock) -> Iterator[Block]:
        if block.id in self.wording:
            self.reached.add(f"wording.{block.id}")
            yield from self._other_wording(block, self.wording[block.id])
        elif group := self._group(block.runs):
            yield from self._placed(group.blocks(block))
        else:
            runs, sources = self._inline(block.runs)
            name = sources[0] if sources and block.id.startswith(UNNAMED) else block.id
            yield remade(block, name, runs, sources)

    def _other_footnote(self, box: Box) -> Box:
        """Return the box of a standing footnote with the words that the inspection gives it."""
        name = box.role.removeprefix(FOOTNOTE_ROLE)
        self.reached.add(f"wording.{name}")
        runs = self._with_facts(markdown.inline(self.wording[name] or ""))
        return Box(box.id, (Paragraph(f"footnotes.{name}", runs, box.role, (f"wording.{name}",)),), box.role)

    def _other_wording(self, block: SkeletonBlock, text: str | None) -> Iterator[Block]:
        paragraphs = markdown.paragraphs(text) if text else []
        if isinstance(block, Heading) and text:
            paragraphs = [markdown.inline(text)]
        for number, runs in enumerate(paragraphs, start=1):
            name = block.id if number == 1 else f"{block.id}.{number}"
            yield remade(block, name, self._with_facts(runs), (f"wording.{block.id}",))

    def _with_facts(self, runs: Runs) -> Runs:
        """Return runs in which {deadline} and the like are the facts of this letter; other braces stay as they are."""
        return tuple(run._replace(text=FACT.sub(self._fact, run.text)) for run in runs)

    def _fact(self, found: re.Match[str]) -> str:
        return self._facts.get(found[1], found[0])

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
                    filled += [Run(part, run.strong, run.emphasis, run.link, run.note)] if part or run.note else []
                else:
                    filled += self._value_runs(self.values[int(part)], run, sources)
        self.placed += sources
        self.reached.update(sources)
        return joined(filled), tuple(sources)

    def _value_runs(self, value: Any, look: Run, sources: list[str]) -> Iterator[Run]:
        if isinstance(value, Group):
            raise TemplateFault("a template puts a group of findings inside a line. Put it on a separate line.")
        if not isinstance(value, Inline):
            yield Run(str(value), look.strong, look.emphasis, look.link)
            return
        sources += value.origins()
        for run in value.runs():
            yield Run(run.text, run.strong or look.strong, run.emphasis or look.emphasis, run.link, run.note)

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
            yield tuple(tuple(self._placed(member.blocks(Paragraph("", (), "table")))) for member in members)


def joined(runs: Iterable[Run]) -> Runs:
    """Return runs with neighbours of the same look made one."""
    out: list[Run] = []
    for run in runs:
        last = out[-1] if out else None
        if last and not run.note and not last.note and look_of(last) == look_of(run):
            out[-1] = Run(last.text + run.text, run.strong, run.emphasis, run.link)
        else:
            out.append(run)
    return tuple(out)


def look_of(run: Run) -> tuple[bool, bool, str]:
    """Return what a run looks like, whatever it says."""
    return run.strong, run.emphasis, run.link


def in_role(block: SkeletonBlock, role: str) -> SkeletonBlock:
    """Give a paragraph the role of the box around it."""
    return Paragraph(block.id, block.runs, role) if isinstance(block, Paragraph) and role != "body" else block


def remade(form: SkeletonBlock, name: str, runs: Runs, sources: Sources) -> SkeletonBlock:
    """Return a block of the same form with another id and other words."""
    if isinstance(form, Paragraph):
        return Paragraph(name, runs, form.role, sources)
    if isinstance(form, Heading):
        return Heading(name, runs, form.level, sources)
    return Item(name, runs, form.list, form.level, form.ordered, form.continues, sources)
