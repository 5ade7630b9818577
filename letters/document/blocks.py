"""What a document is made of: blocks of flat runs, each with an id and the sources it came from.

Blocks are named tuples, not data classes: a letter has hundreds, and they are made in a third of the time.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple, TypeAlias

Sources: TypeAlias = tuple[str, ...]


class Run(NamedTuple):
    """Words of one look; with `note`, the place where the footnote of that id is referred to."""

    text: str
    strong: bool = False
    emphasis: bool = False
    link: str = ""
    note: str = ""
    target: str = ""
    """The id of the block of this document that it leads to."""


Runs: TypeAlias = tuple[Run, ...]


class Heading(NamedTuple):
    """A heading of level 1 to 6."""

    id: str
    runs: Runs
    level: int
    sources: Sources = ()


class Paragraph(NamedTuple):
    """A paragraph; its role says what part it plays in the letter."""

    id: str
    runs: Runs
    role: str = "body"
    sources: Sources = ()


class Item(NamedTuple):
    """An item of the list named `list`; `continues` marks a further paragraph of the item before."""

    id: str
    runs: Runs
    list: str
    level: int = 1
    ordered: bool = False
    continues: bool = False
    sources: Sources = ()


class Figure(NamedTuple):
    """A picture by its key in the house's art, and the words that stand for it."""

    id: str
    image: str
    alt: str
    role: str
    sources: Sources = ()


class Table(NamedTuple):
    """A table with one header row; a cell holds blocks. One that has a label shows it with its caption."""

    id: str
    caption: str
    header: tuple[Runs, ...]
    rows: tuple[tuple["Blocks", ...], ...]
    sources: Sources = ()
    label: str = ""
    """What cross-references call it, such as 'Table 1'."""
    row_headers: bool = False
    """Whether the first cell of each row names the row."""


class Series(NamedTuple):
    """One quantity of a chart: its name, and a value for each of the chart's categories."""

    name: str
    values: tuple[int, ...]


class Chart(NamedTuple):
    """A chart of counts, or of periods; the table of its data stands beside it as a block of its own."""

    id: str
    label: str
    """What cross-references call it, such as 'Figure 1'."""
    caption: str
    alt: str
    """What it shows, in words."""
    kind: Literal["bars", "periods"]
    """Stacked bars, or a bar from one day to another; `periods` has the series start and length, in days."""
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    reach: int
    """Where its scale ends: the longest bar, or the last day, of the whole chart of which it may be a part."""
    sources: Sources = ()


class Entry(NamedTuple):
    """A line of the contents: the heading that it leads to."""

    target: str
    text: str
    level: int


class Contents(NamedTuple):
    """The contents of a report."""

    id: str
    entries: tuple[Entry, ...]
    sources: Sources = ()


class Box(NamedTuple):
    """Blocks that belong together: a case study, the addressees, the sign-off."""

    id: str
    blocks: "Blocks"
    role: str
    sources: Sources = ()


Block: TypeAlias = Heading | Paragraph | Item | Figure | Table | Box | Chart | Contents
Blocks: TypeAlias = tuple[Block, ...]


class Footnote(NamedTuple):
    """A footnote; the run with its id in `note` refers to it."""

    id: str
    runs: Runs
    sources: Sources = ()


@dataclass(frozen=True, slots=True)
class Meta:
    """What the properties of every file made from a document say."""

    identifier: str
    title: str
    subject: str
    author: str
    day: date
    language: str
    version: int


@dataclass(frozen=True, slots=True)
class Draft:
    """The marks that a draft shows and a final letter does not."""

    watermark: str
    footer: str
    for_review: bool = True
    """Whether reviewers write in it; one that is only to be looked at has no tracked changes and no hidden anchors."""


@dataclass(frozen=True, slots=True)
class Document:
    """A letter: its blocks in reading order, its footnotes in the order of their references."""

    meta: Meta
    letterhead: tuple[Figure, ...]
    blocks: Blocks
    notes: tuple[Footnote, ...]
    draft: Draft | None = None

    @property
    def is_for_review(self) -> bool:
        """Whether reviewers write in it."""
        return self.draft is not None and self.draft.for_review

    @property
    def is_report(self) -> bool:
        """Whether it is long enough to have contents: a report, and not a letter."""
        return any(isinstance(block, Contents) for block in self.blocks)


def plain(runs: Iterable[Run]) -> str:
    """Return the words of runs without their looks."""
    return "".join(run.text for run in runs)
