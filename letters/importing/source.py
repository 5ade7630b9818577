"""What an older letter holds, whatever file it came in: its paragraphs in reading order, its footnotes, its remarks."""

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum

from letters.document.blocks import Run, Runs, plain
from letters.findings.fields import is_uncarriable

Path = tuple[str | int, ...]


class Doubts(list[tuple[Path, str]]):
    """What the importer was not sure of, by the place in the data."""

    def add(self, path: Path, what: str) -> None:
        """Note a doubt about a place."""
        self.append((path, what))


class Kind(StrEnum):
    """What a paragraph of an older letter is, as far as its looks say."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ENTRY = "entry"


@dataclass(frozen=True)
class SourceBlock:
    """One paragraph of an older letter."""

    kind: Kind
    runs: Runs
    place: str
    """Where it stands, for people: a page of a PDF, a paragraph of a Word file."""
    level: int = 1
    """Of a heading, 1 is the largest; of an entry of a list, 1 is the outermost."""
    box: int = 0
    """The number of the box around it; 0 where there is none."""
    lines: tuple[str, ...] = ()
    """Its lines, as they are broken on the page; a line that is set in begins with a space."""
    ordered: bool = False
    """Whether an entry of a list has a number, and no bullet."""
    continues: bool = False
    """Whether it is a further paragraph of the entry before it."""
    column: int = 0
    """The number of the column it stands in where paragraphs stand side by side."""

    @property
    def text(self) -> str:
        """Its words, white space as one space."""
        return " ".join(plain(self.runs).split())

    @property
    def is_heading(self) -> bool:
        """Whether it is a heading."""
        return self.kind is Kind.HEADING

    def as_paragraph(self) -> "SourceBlock":
        """Return it as a paragraph."""
        return replace(self, kind=Kind.PARAGRAPH, level=1)


@dataclass
class Source:
    """An older letter as it was read."""

    blocks: list[SourceBlock]
    footnotes: dict[str, Runs] = field(default_factory=dict)
    """The words of each footnote, by the name that the runs refer to it by."""
    remarks: list[str] = field(default_factory=list)
    """Tracked changes and comments that the file held, each with its author and date."""
    aside: list[str] = field(default_factory=list)
    """Words beside the letter: running lines, and what could not be read."""


def carriable(source: Source) -> Source:
    """Return a letter without the characters that no document can hold."""

    def clean(text: str) -> str:
        return text if text.isprintable() else "".join(" " if is_uncarriable(sign) else sign for sign in text)

    def cleaned(runs: Runs) -> Runs:
        return tuple(run._replace(text=clean(run.text)) for run in runs)

    blocks = [replace(block, runs=cleaned(block.runs), lines=tuple(map(clean, block.lines))) for block in source.blocks]
    notes = {name: cleaned(runs) for name, runs in source.footnotes.items()}
    aside, remarks = list(map(clean, source.aside)), list(map(clean, source.remarks))
    return Source([block for block in blocks if block.text], notes, remarks, aside)


def with_notes_once(source: Source) -> Source:
    """Return a letter that refers to each footnote once; where its number comes again, it stands in brackets."""
    seen: set[str] = set()

    def settled(run: Run) -> Run:
        if not run.note:
            return run
        if run.note in source.footnotes and run.note not in seen:
            seen.add(run.note)
            return run
        return Run(f"[{run.note.rpartition('-')[2]}]")

    blocks = [replace(block, runs=tuple(map(settled, block.runs))) for block in source.blocks]
    return replace(source, blocks=blocks)


def normal(words: str) -> str:
    """Return words as they are compared: straight signs, single spaces, no case."""
    for typographic, plain_sign in (("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'), ("\u2011", "-"), ("\u00ad", "")):
        words = words.replace(typographic, plain_sign)
    return " ".join(re.sub(r"[\u00a0\u2007\u202f]", " ", words).lower().split())
