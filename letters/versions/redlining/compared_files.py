"""Two whole files -> one with marks: every story compared, footnotes by their words."""

from itertools import count

from letters.document.marks import Cell, Line, Mark, Marked, Piece, Row, Story, lines_of, text_of
from letters.versions import alignment
from letters.versions.alignment import Unit
from letters.versions.redlining.compare import Comparison


def compare_files(old: Marked, new: Marked, mark: Mark) -> Marked:
    """Return one file that says both: its body, its running headers and footers, and its footnotes."""
    old = with_numbers_of(old, new)
    comparison = Comparison(mark)
    stories = {
        name: comparison.story(old.stories.get(name, ()), new.stories.get(name, ()))
        for name in [*new.stories, *(name for name in old.stories if name not in new.stories)]
        if name in new.stories or name.startswith("note:")
    }
    return Marked(stories)


def with_numbers_of(old: Marked, new: Marked) -> Marked:
    """Return the old file with its footnotes numbered as in the new one; what went has a number that is free."""
    olds = [name for name in old.stories if name.startswith("note:")]
    news = [name for name in new.stories if name.startswith("note:")]
    found = alignment.pairs(
        *([story_unit(file.stories[name]) for name in names] for file, names in ((old, olds), (new, news)))
    )
    free = count(5_000)
    names = {name: news[found[place]] if place in found else f"note:{next(free)}" for place, name in enumerate(olds)}
    return Marked({names.get(name, name): renamed(story, names) for name, story in old.stories.items()})


def story_unit(story: Story) -> Unit:
    """Return what a footnote is aligned by."""
    lines = list(lines_of(story))
    names = frozenset(held.name for line in lines for held in line.anchors)
    return Unit("\n".join(map(text_of, lines)), names, "note")


def renamed(story: Story, names: dict[str, str]) -> Story:
    """Return a story whose references to footnotes have other numbers."""
    return tuple(
        block._replace(pieces=tuple(with_name(piece, names) for piece in block.pieces))
        if isinstance(block, Line)
        else block._replace(rows=tuple(renamed_row(row, names) for row in block.rows))
        for block in story
    )


def renamed_row(row: Row, names: dict[str, str]) -> Row:
    """Return a row whose references to footnotes have other numbers."""
    return row._replace(cells=tuple(Cell(renamed(cell.story, names), cell.props) for cell in row.cells))


def with_name(piece: Piece, names: dict[str, str]) -> Piece:
    """Return a piece with another number where it refers to a footnote."""
    return piece._replace(object_key=names[piece.object_key]) if piece.object_key in names else piece
