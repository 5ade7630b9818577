"""Word file -> the paragraphs, lists, headings, boxes and footnotes of an older letter, all its changes accepted."""

import re
from collections.abc import Iterable, Iterator

from letters.document.blocks import Run, Runs
from letters.document.marks import Grid, Line, Mark, Marked, Piece, Story, accepts, lines_of, resolved, text_of
from letters.importing.pdf_blocks import BULLET, LONGEST_HEADING, PAGE_NUMBER, without_start
from letters.importing.source import Kind, Source, SourceBlock
from letters.word.older import Styles, read_older

HEADING = re.compile(r"^heading\s?([1-6])$", re.IGNORECASE)
TITLED = re.compile(r"(?:heading|title)\d*$", re.IGNORECASE)
"""How the other styles end whose paragraphs are headings."""
NUMBERED_STYLE = re.compile(r"number", re.IGNORECASE)
CONTINUED = re.compile(r"^list\s?continue", re.IGNORECASE)
LISTED = re.compile(r"^list(?!.*continue)|bullet|^aufz", re.IGNORECASE)
DEEPER = re.compile(r"(?:bullet|list)\D*([2-9])$", re.IGNORECASE)
BORDERED = re.compile(r"<w:pBdr|<w:shd [^>]*w:fill=\"(?!auto|FFFFFF)[0-9A-Fa-f]{6}")
NUMBERED = re.compile(r'<w:numId w:val="([1-9]\d*)"')
NO_LIST = re.compile(r'<w:numId w:val="0"')
TYPED = re.compile(r"^\s*[-–•]\s+(?=\S)")
"""A bullet that somebody typed."""
HIDDEN, UNDERLINED = "<w:vanish", "<w:u "
LEVEL = re.compile(r'<w:ilvl w:val="(\d)"')
INDENT = re.compile(r'<w:ind\b[^>]*w:(?:left|start)="(\d+)"')
CASE = re.compile(r"case\s?study|practice\s?study|box", re.IGNORECASE)
NOTE = "note:"


def read_word(data: bytes, name: str) -> Source:
    """Return the letter in a Word file with every tracked change accepted; each change and comment is a remark.

    Raises UnreadableInput for what is no sound DOCX file, or not safe to open.
    """
    file, styles, unread = read_older(data, name)
    reader = WordReader(file.marked, styles)
    return Source(
        reader.blocks(), reader.notes(), [*remarks_of(file.marked), *reader.hidden], [*reader.running(), *unread]
    )


class WordReader:
    """Goes through the body of one Word file."""

    def __init__(self, marked: Marked, styles: Styles) -> None:
        self.hidden: list[str] = []
        """Words that the file hides from its readers."""
        self._styles = styles
        self._stories = {name: resolved(story, accepts) for name, story in marked.stories.items()}
        self._number = 0
        self._box = 0

    def blocks(self) -> list[SourceBlock]:
        """Return its paragraphs."""
        return [block for block in self._blocks(self._stories["body"]) if block.text]

    def running(self) -> list[str]:
        """Return the lines of running headers and footers."""
        texts = [
            " ".join("".join(run.text for run in self._runs(line.pieces)).split())
            for name, story in self._stories.items()
            if name.startswith("word/")
            for line in lines_of(story)
        ]
        return [text for text in dict.fromkeys(texts) if text and not PAGE_NUMBER.match(text)]

    def notes(self) -> dict[str, Runs]:
        """Return its footnotes."""
        found = {}
        for name, story in self._stories.items():
            if name.startswith(NOTE):
                runs = [run for line in lines_of(story) for run in (*self._runs(line.pieces), Run(" "))]
                found[note_name(name)] = tuple(runs[:-1])
        return found

    def _blocks(self, story: Story) -> Iterator[SourceBlock]:
        bordered = False
        for block in story:
            if isinstance(block, Grid):
                bordered = False
                yield from self._grid(block)
                continue
            is_bordered = bool(BORDERED.search(block.props) or CASE.search(block.style))
            self._box += is_bordered and not bordered
            bordered = is_bordered
            yield from self._line(block, self._box if is_bordered else 0)

    def _grid(self, grid: Grid) -> Iterator[SourceBlock]:
        """Yield the paragraphs of a table: a table of one cell is a box, and other cells stand side by side."""
        self._box += 1
        box = self._box
        for row in grid.rows:
            for column, cell in enumerate(row.cells):
                for line in lines_of(cell.story):
                    yield from self._line(line, box, column)

    def _line(self, line: Line, box: int, column: int = 0) -> Iterator[SourceBlock]:
        self._number += 1
        runs = self._runs(line.pieces)
        words = "".join(run.text for run in runs)
        if not words.strip():
            return
        kind, level = self._kind(line, runs, words)
        if kind is Kind.HEADING:
            runs = tuple(run._replace(strong=False) for run in runs)
        if kind is Kind.ENTRY and (typed := BULLET.match(words) or TYPED.match(words)):
            runs = without_start(runs, typed.end())
        texts = tuple(part.strip() for part in words.split("\n") if part.strip())
        runs = tuple(run._replace(text=run.text.replace("\n", " ").replace("\t", " ")) for run in runs)
        yield SourceBlock(
            kind,
            runs,
            f"paragraph {self._number}",
            level,
            box,
            texts,
            ordered=kind is Kind.ENTRY and self._is_ordered(line),
            continues=bool(CONTINUED.search(line.style)),
            column=column,
        )

    def _kind(self, line: Line, runs: Runs, words: str) -> tuple[Kind, int]:
        heading = HEADING.match(line.style)
        if heading:
            return Kind.HEADING, int(heading[1])
        if TITLED.search(line.style):
            return Kind.HEADING, 3 if CASE.search(line.style) else 1
        if LISTED.search(line.style) or self._list(line) or BULLET.match(words) or TYPED.match(words):
            return Kind.ENTRY, self._level(line)
        if self._looks_like_a_heading(line, runs) and len(words.split()) <= LONGEST_HEADING:
            return Kind.HEADING, self._styles.outline.get(line.style, 2)
        return Kind.PARAGRAPH, 1

    def _looks_like_a_heading(self, line: Line, runs: Runs) -> bool:
        spoken = [piece for piece in line.pieces if piece.text.strip() and not piece.object_key]
        is_set = line.style in self._styles.outline or line.style in self._styles.bold
        return is_set or all(piece.strong for piece in spoken) or all(UNDERLINED in piece.look for piece in spoken)

    def _list(self, line: Line) -> str:
        """Return the number of the list that a paragraph belongs to, by itself or by its style; empty where to none."""
        own = NUMBERED.search(line.props)
        return own[1] if own else "" if NO_LIST.search(line.props) else self._styles.lists.get(line.style, "")

    def _is_ordered(self, line: Line) -> bool:
        level = LEVEL.search(line.props)
        is_numbered = (self._list(line), level[1] if level else "0") in self._styles.ordered
        return is_numbered or bool(NUMBERED_STYLE.search(line.style))

    def _level(self, line: Line) -> int:
        named, numbered = DEEPER.search(line.style), LEVEL.search(line.props)
        level = int(named[1]) if named else 1 + int(numbered[1]) if numbered else 1
        return min(level, 2)

    def _runs(self, pieces: Iterable[Piece]) -> Runs:
        """Return pieces as runs; pictures and the like are no words."""
        out: list[Run] = []
        for piece in pieces:
            if piece.object_key.startswith(NOTE):
                out.append(Run("", note=note_name(piece.object_key)))
            elif not piece.object_key and HIDDEN in piece.look:
                self.hidden.append(f"hidden text, which no reader of the letter saw: “{piece.text.strip()}”")
            elif not piece.object_key:
                link = piece.link if piece.link.startswith(("http", "mailto:")) else ""
                out.append(Run(piece.text, piece.strong, piece.emphasis, link))
        return tuple(out)


def note_name(story: str) -> str:
    """Return the name of a footnote from its story's."""
    return f"note-{story.removeprefix(NOTE)}"


def remarks_of(marked: Marked) -> Iterator[str]:
    """Yield every tracked change and comment in words, with its author and date."""
    for story in marked.stories.values():
        yield from rows_changed(story)
        for line in lines_of(story):
            for piece in line.pieces:
                yield from (said for said in changes_of(piece))
            yield from (told(mark, f"{verb} a paragraph") for mark, verb in ends_of(line) if mark)
    for comment in marked.comments:
        state = " (resolved)" if comment.resolved else ""
        text = " ".join(comment.text.split())
        yield told(Mark(comment.author, comment.when), f"commented{state}: “{text}”")


def rows_changed(story: Story) -> Iterator[str]:
    """Yield every row of a table that was put in or taken out, with its words."""
    for block in story:
        for row in block.rows if isinstance(block, Grid) else ():
            words = " ".join(text_of(line) for cell in row.cells for line in lines_of(cell.story))
            for mark, verb in ((row.inserted, "inserted"), (row.deleted, "deleted")):
                if mark:
                    yield told(mark, f"{verb} a row of a table: “{' '.join(words.split())}”")
            for cell in row.cells:
                yield from rows_changed(cell.story)


def changes_of(piece: Piece) -> Iterator[str]:
    """Yield what was done to a piece, in words."""
    words = " ".join(piece.text.split()) or "a picture, note or space"
    for mark, verb in (
        (piece.inserted, "inserted"),
        (piece.deleted, "deleted"),
        (piece.changed, "changed the look of"),
    ):
        if mark:
            yield told(mark, f"{verb} “{words}”")


def ends_of(line: Line) -> tuple[tuple[Mark | None, str], ...]:
    """Return the marks of a paragraph's own end, with what each did."""
    return (line.inserted, "began"), (line.deleted, "joined the next to"), (line.changed, "changed the settings of")


def told(mark: Mark, what: str) -> str:
    """Return who did something, when, and what."""
    when = f" on {mark.when[:10]}" if mark.when else ""
    return f"{mark.author or 'an unknown author'}{when} {what}"
