"""The response form for factual accuracy: a Word file with every paragraph, out to the area and back."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from difflib import SequenceMatcher
from hashlib import sha256
from typing import NamedTuple

from letters.document.blocks import Blocks, Document, Heading, Paragraph, Run, Table
from letters.document.marks import Grid, Line, Marked, Story, lines_of, text_of
from letters.errors import UnreadableInput
from letters.findings.inspection import Inspection
from letters.houses.house import House
from letters.houses.words import day
from letters.process.documents import dressed

TITLE = "Factual accuracy: response form"
COLUMNS = ("Paragraph", "A, B or C", "Words that it should have", "What is not accurate, and how you know")
NUMBERED = re.compile(r"^(\d{1,4})\.\s*(.*)$", re.DOTALL)
"""A paragraph in the form: its number and its words."""
"""The heads of the table, by which it is found again whatever a program did to the file."""
POINTS = "Points by paragraph"
NOTHING = "Write “yes” here if nothing in the draft is inaccurate"
LETTER = re.compile(r"\W*([ABCabc])\W*")
"""What stands in the column of kinds: a letter, and nothing else."""
REFERENCE = re.compile(r"Reference of this form: ([0-9A-F]{8})")
NEAR = 0.6
"""How like a paragraph of the draft the words of a row have to be, to be about that paragraph."""
YES = ("yes", "y")
NO_ANSWER = "–"
"""What stands beside the place for the answer."""
KINDS = {"A": "wrong", "B": "inaccurate", "C": "missing"}
GUIDE = (
    "A: a fact, name or title is wrong. B: information is inaccurate. C: information is missing.",
    "Write beside the paragraph that a point is about. Leave the others empty, and the first column as it is.",
    "Evidence should be of the time of the inspection. Name no child.",
)


class Row(NamedTuple):
    """A paragraph of the draft: its number and words."""

    number: int
    words: str


class FormPoint(NamedTuple):
    """A point as somebody wrote it into the form."""

    paragraph: int
    kind: str
    proposed: str
    said: str


class FilledForm(NamedTuple):
    """What a form that came back says."""

    points: tuple[FormPoint, ...]
    nothing: bool
    """Whether it says that nothing is inaccurate."""
    unplaced: tuple[str, ...]
    """Words in it that are no part of the form and could not be placed."""


def form_document(rows: Iterable[Row], inspection: Inspection, house: House, sent: date, last_day: date) -> Document:
    """Return the form: what is asked, a field for “nothing”, and a row for each paragraph of the draft."""
    blocks: list[Heading | Paragraph | Table] = [Heading("form", (Run(TITLE),), 1)]
    rows = tuple(rows)
    intro = (*introduction(inspection, last_day), f"Reference of this form: {reference(rows)}")
    blocks += [text(f"intro-{place}", words) for place, words in enumerate(intro)]
    blocks.append(
        Table("nothing", "Nothing is inaccurate", (runs(NOTHING), runs("Your answer")), ((cell(NO_ANSWER), cell("")),))
    )
    blocks.append(Heading("points-heading", (Run(POINTS),), 2))
    body = tuple((cell(f"{row.number}. {row.words}"), cell(""), cell(""), cell("")) for row in rows)
    blocks.append(Table("points", POINTS, tuple(runs(head) for head in COLUMNS), body))
    return dressed(TITLE, tuple(blocks), inspection, house, sent)


def introduction(inspection: Inspection, last_day: date) -> tuple[str, ...]:
    """Return what stands above the tables."""
    return (
        f"Draft letter on the joint targeted area inspection of {inspection.area.name}, version {inspection.version}.",
        f"Please send this form back by {day(last_day)}.",
        *GUIDE,
    )


def runs(words: str) -> tuple[Run, ...]:
    """Return words as runs; none where there are none."""
    return (Run(words),) if words else ()


def cell(words: str) -> Blocks:
    """Return a cell with one paragraph."""
    return (Paragraph("", runs(words)),)


def text(name: str, words: str) -> Paragraph:
    """Return a paragraph."""
    return Paragraph(name, runs(words))


def read_form(file: Marked, rows: Sequence[Row], fixed: Iterable[str]) -> FilledForm:
    """Return what a form that came back says; what changed in it counts as accepted.

    `rows` are the paragraphs of the draft, `fixed` everything that stands in the form beside them. Raises
    UnreadableInput where it is not the form.
    """
    body = file.stories["body"]
    grids = list(every_grid(body))
    table = next((grid for grid in grids if is_points(grid)), None)
    if table is None:
        raise UnreadableInput("This is not the response form: its table of paragraphs is missing. Use the form itself.")
    refuse_other_draft(body, grids, rows)
    known = {row.number: row for row in rows}
    points: list[FormPoint] = []
    unplaced: list[str] = []
    for row in table.rows[1:]:
        cells = [words_of(held.story) for held in row.cells]
        held = row_in(cells, known)
        if held is None:
            unplaced += [words for words in cells if words]
            continue
        if any(cells[1:]):
            points.append(point_of(held.number, *cells[1:]))
        if plain(cells[0]) != plain(f"{held.number}. {held.words}"):
            unplaced.append(f"Paragraph {held.number}: {cells[0].partition('.')[2].strip()}")
    answer = next((grid for grid in grids if is_nothing(grid)), None)
    said = answer_of(answer) if answer else ""
    others = [line for block in body if isinstance(block, Line) for line in [text_of(block).strip()] if line]
    others += [words for grid in grids if grid is not table for words in cells_of(grid)]
    is_yes = said.strip(" .!").casefold() in YES
    texts = {plain(words) for words in fixed} | ({plain(said)} if is_yes else set())
    unplaced += [words for words in others if plain(words) not in texts]
    return FilledForm(tuple(points), is_yes, tuple(unplaced))


def refuse_other_draft(body: Story, grids: Iterable[Grid], rows: Sequence[Row]) -> None:
    """Raise UnreadableInput for the form of another draft, by the reference that it bears."""
    lines = [text_of(block) for block in body if isinstance(block, Line)]
    found = next((match[1] for line in lines if (match := REFERENCE.search(line))), "")
    if found and found != reference(rows):
        raise UnreadableInput("This is the form of another draft. Use the form of the draft that you were sent.")


def reference(rows: Iterable[Row]) -> str:
    """Return what tells the form of a draft from that of every other one."""
    words = "\n".join(f"{row.number} {plain(row.words)}" for row in rows)
    return sha256(words.encode()).hexdigest()[:8].upper()


def row_in(cells: Sequence[str], known: Mapping[int, Row]) -> Row | None:
    """Return the paragraph that a row is about: by its words, or by its number where its words are near those."""
    found = NUMBERED.match(cells[0]) if len(cells) == len(COLUMNS) else None
    if found is None:
        return None
    same = [row for row in known.values() if plain(row.words) == plain(found[2])]
    by_number = known.get(int(found[1]))
    if by_number in same or len(same) == 1:
        return by_number if by_number in same else same[0]
    if by_number is None:
        return None
    likeness = SequenceMatcher(None, plain(by_number.words), plain(found[2]), autojunk=False).ratio()
    return by_number if likeness >= NEAR else None


def point_of(number: int, kind: str, proposed: str, said: str) -> FormPoint:
    """Return the point of a row; what stands in the column of kinds beside a letter is a part of what is said."""
    letter = LETTER.fullmatch(kind)
    words = said if letter or not kind else "\n".join(filter(None, (kind, said)))
    return FormPoint(number, KINDS[letter[1].upper()] if letter else "inaccurate", proposed, words)


def is_nothing(grid: Grid) -> bool:
    """Say whether a table is that in which one answers that nothing is inaccurate."""
    return bool(grid.rows) and plain(words_of(grid.rows[0].cells[0].story)) == plain(NOTHING)


def answer_of(grid: Grid) -> str:
    """Return what stands in the place for the answer, or beside it."""
    cells = [words_of(held.story) for row in grid.rows[1:] for held in row.cells]
    return next((words for words in cells if words and words != NO_ANSWER), "")


def every_grid(story: Story) -> Iterator[Grid]:
    """Yield every table of a story."""
    for block in story:
        if isinstance(block, Grid):
            yield block


def is_points(grid: Grid) -> bool:
    """Say whether a table is that of the paragraphs, by its heads."""
    heads = [plain(words_of(held.story)) for held in grid.rows[0].cells] if grid.rows else []
    return heads == [plain(words) for words in COLUMNS]


def cells_of(grid: Grid) -> Iterator[str]:
    """Yield the words of each cell that has some."""
    for row in grid.rows:
        for held in row.cells:
            if words := words_of(held.story):
                yield words


def words_of(story: Story) -> str:
    """Return the words of a cell, a line for each paragraph."""
    return "\n".join(filter(None, (text_of(line).strip() for line in lines_of(story))))


def plain(words: str) -> str:
    """Return words as they compare: other programs change spaces."""
    return " ".join(words.split())
