"""The form of a written statement of action as it comes back from Word: each action by its recommendation."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from letters.document.marks import Grid, Line, Marked, text_of
from letters.errors import UnreadableInput
from letters.process.form import every_grid, plain, words_of

FIELDS = {
    "What will be done": "what",
    "Lead agency": "lead",
    "Who contributes": "contributors",
    "By when": "by_when",
    "How you will know that it works": "measure",
    "Who oversees it": "oversight",
}
"""The rows of the table of an action, and what each gives."""
OVERSIGHT = "How the partnership oversees it"
DAYS = ("%d %B %Y", "%d %b %Y", "%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y")
"""How people write a day."""


class FilledAction(NamedTuple):
    """An action as somebody wrote it into the form."""

    recommendation: str
    what: str
    lead: str
    contributors: str
    by_when: str
    measure: str
    oversight: str


class FilledStatement(NamedTuple):
    """What a statement that came back says."""

    actions: tuple[FilledAction, ...]
    overseen: str
    """How the partnership oversees it."""
    unplaced: tuple[str, ...]
    """Words in it that are no part of the form and could not be placed."""


def read_statement(file: Marked, recommendations: Sequence[str], fixed: Iterable[str]) -> FilledStatement:
    """Return what a statement that came back says; what changed in it counts as accepted.

    `recommendations` are the ids of those in the letter, `fixed` everything else that stands in the form. Raises
    UnreadableInput where it is not the form.
    """
    body = file.stories["body"]
    grids = list(every_grid(body))
    of_actions = [grid for grid in grids if head_of(grid) in recommendations]
    if not of_actions:
        raise UnreadableInput("This is not the form of the statement: its tables are missing. Use the form itself.")
    texts = {plain(words) for words in fixed}
    actions, unplaced, overseen = [], [], []
    for grid in grids:
        if grid in of_actions:
            found, left = action_in(grid)
            actions += [found] if found else []
            unplaced += left
        else:
            overseen += list(answers_in(grid, texts))
    lines = [text_of(block).strip() for block in body if isinstance(block, Line)]
    unplaced += [line for line in lines if line and plain(line) not in texts]
    return FilledStatement(tuple(actions), "\n".join(overseen), tuple(unplaced))


def head_of(grid: Grid) -> str:
    """Return the words of the first cell of a table."""
    return words_of(grid.rows[0].cells[0].story).strip() if grid.rows and grid.rows[0].cells else ""


def action_in(grid: Grid) -> tuple[FilledAction | None, list[str]]:
    """Return the action of a table, where it says one, and the words in it that could not be placed."""
    found: dict[str, str] = {}
    unplaced: list[str] = []
    for row in grid.rows[1:]:
        cells = [words_of(held.story) for held in row.cells]
        name = FIELDS.get(plain(cells[0])) if len(cells) == 2 else None
        if name is None or name in found:
            unplaced += [words for words in cells if words]
        else:
            found[name] = cells[1]
    if not any(found.get(name) for name in FIELDS.values() if name != "lead"):
        return None, unplaced
    return FilledAction(head_of(grid), *(found.get(name, "") for name in FIELDS.values())), unplaced


def answers_in(grid: Grid, fixed: set[str]) -> Iterator[str]:
    """Yield the answers in a table of questions, each behind its question."""
    for row in grid.rows[1:]:
        cells = [words for held in row.cells if (words := words_of(held.story))]
        if any(plain(words) not in fixed for words in cells):
            yield ": ".join(cells)


def day_in(words: str) -> date | None:
    """Return the day that somebody wrote, where it is one."""
    for form in DAYS:
        try:
            return datetime.strptime(" ".join(words.split()), form).date()
        except ValueError:
            continue
    return None
