"""Printed lines -> the paragraphs, lists, headings, boxes and footnotes that they were broken from."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import pairwise

from letters.document.blocks import Run, Runs
from letters.importing.pdf_lines import Pages, Part, PrintedLine, pages_of
from letters.importing.source import Kind, Source, SourceBlock

BULLET = re.compile(
    r"^\s*-[ \t\xa0]{2,}|^\s*[◼■▪•●○◦–−▫➢✓\u2023\uf0a7\uf0b7\uf06e\uf0fc]\s+|^\s*[\uf000-\uf0ff]\s*|^o\s{2,}"
)
ALONE = re.compile(r"^\s*(?:\d{1,3}[.)]|-|[◼■▪•●○◦–−▫➢✓\u2023\uf000-\uf0ff]|o)\s*$")
GREETING = re.compile(r"^\s*dear\b", re.IGNORECASE)
PAGE_NUMBER = re.compile(r"^\s*(?:page\s*)?\d{1,3}(?:\s*of\s*\d{1,3})?\s*$", re.IGNORECASE)
NOTE_NUMBER = re.compile(r"^\s*(\d{1,2})\s*")
MARGIN = 72.0
"""Points at the top and the bottom of a page where running lines stand."""
SMALLER = 1.0
"""Points by which a footnote is smaller than the text."""
PITCH = 1.28
"""Distances of lines, as a part of the usual one, that lie within one paragraph."""
ASIDE = 4.0
"""Points between two left edges that are not the same."""
SHORTEST_GAP = 60.0
"""Points that are free at the right of the last line of a paragraph, mostly."""
ENDS = (".", "!", "?", ":", ";", "”", "’", ")")
SENTENCE_ENDS = re.compile(r"[.!?:;][”’)\]]*$")
LONGEST_HEADING = 25
"""Words."""


def read_pdf(data: bytes, name: str) -> Source:
    """Return the letter in a PDF; raises UnreadableInput where there is none to read."""
    return Reader(pages_of(data, name)).source()


@dataclass
class Held:
    """A paragraph while its lines are gathered."""

    lines: list[PrintedLine]
    kind: Kind
    left: float
    """Where its words begin: of an entry of a list, behind the bullet."""
    bullet: float = 0.0
    """Where its bullet stands."""
    column: int = 0
    continues: bool = False
    """Whether it is a further paragraph of the entry before it."""


@dataclass
class Reader:
    """Goes through the lines of one PDF."""

    pages: Pages
    held: list[Held] = field(default_factory=list)
    notes: dict[str, list[PrintedLine]] = field(default_factory=dict)
    aside: list[str] = field(default_factory=list)

    def source(self) -> Source:
        """Return the letter."""
        lines = self._body_lines()
        self._size = usual(line.size for line in lines)
        self._pitch = self._usual_pitch(lines)
        self._right = max((line.right for line in lines), default=0.0)
        lines = self._without_notes(lines)
        for row in map(numbers_joined, rows(lines)):
            for column, line in enumerate(row):
                self._take(line, column if len(row) > 1 else self._column_of(line))
        bullets = sorted({round(block.bullet) for block in self.held if block.kind is Kind.ENTRY})
        levels = levels_of(bullets)
        blocks = [self._block(block, levels) for block in self.held]
        notes = {name: self._runs(held) for name, held in self.notes.items()}
        return Source([block for block in blocks if block.text], notes, aside=self.aside)

    def _body_lines(self) -> list[PrintedLine]:
        """Return the lines without page numbers and what runs along on every page, which is kept aside."""
        height = self.pages.height
        edge = [line for line in self.pages.lines if line.bottom > height - MARGIN or line.top < MARGIN]
        at = Counter((words_alike(line), round(line.bottom)) for line in edge)
        last = max(line.page for line in self.pages.lines)
        running = {key for key, count in at.items() if count >= max(3, last - 1)}
        numbers = {id(line) for line in edge if PAGE_NUMBER.match(line.text) and self._is_at_the_edge(line)}
        dropped = [line for line in edge if (words_alike(line), round(line.bottom)) in running]
        self.aside = list(dict.fromkeys(line.text.strip() for line in dropped if not PAGE_NUMBER.match(line.text)))
        away = numbers | {id(line) for line in dropped}
        return [line for line in self.pages.lines if id(line) not in away]

    def _is_at_the_edge(self, line: PrintedLine) -> bool:
        """Say whether a line is the first or last of its page, and stands apart from the text."""
        of_page = [other for other in self.pages.lines if other.page == line.page and other is not line]
        below = [line.bottom - other.bottom for other in of_page if other.bottom < line.bottom]
        above = [other.bottom - line.bottom for other in of_page if other.bottom > line.bottom]
        return not below or not above or min(below) > 2 * line.size or min(above) > 2 * line.size

    def _usual_pitch(self, lines: list[PrintedLine]) -> float:
        gaps = [
            round(above.bottom - below.bottom, 1)
            for above, below in pairwise(lines)
            if above.page == below.page and abs(above.left - below.left) < ASIDE and above.bottom > below.bottom
        ]
        return usual(gap for gap in gaps if gap < 2.2 * self._size) or 1.2 * self._size

    def _without_notes(self, lines: list[PrintedLine]) -> list[PrintedLine]:
        """Take the footnotes out: smaller lines at the foot of a page, from one that begins with a raised number."""
        kept: list[PrintedLine] = []
        for page in dict.fromkeys(line.page for line in lines):
            of_page = [line for line in lines if line.page == page]
            foot = len(of_page)
            while foot and of_page[foot - 1].size <= self._size - SMALLER:
                foot -= 1
            small = of_page[foot:]
            start = next((place for place, line in enumerate(small) if begins_note(line)), len(small))
            kept += of_page[:foot] + small[:start]
            name = ""
            for line in small[start:]:
                if begins_note(line):
                    number = NOTE_NUMBER.match(line.text)
                    name = f"note-{number[1]}" if number else name
                self.notes.setdefault(name, []).append(line)
        return kept

    def _column_of(self, line: PrintedLine) -> int:
        """Return the column of a line that stands alone: that of the paragraph right above it with the same edge."""
        for block in reversed(self.held[-4:]):
            above = block.lines[-1]
            if block.column and above.page == line.page and abs(above.left - line.left) < ASIDE:
                return block.column
        return 0

    def _take(self, line: PrintedLine, column: int) -> None:
        last = next((block for block in reversed(self.held[-6:]) if block.column == column), None)
        bullet = BULLET.match(line.text)
        if bullet:
            self.held.append(Held([line], Kind.ENTRY, self._behind(line, bullet[0]), line.left, column))
        elif last and self._continues(last, line):
            last.lines.append(line)
            if last.kind is Kind.ENTRY and len(last.lines) == 2:
                last.left = line.left
        else:
            kind = Kind.HEADING if line.strong or (line.emphasis and line.size > self._size) else Kind.PARAGRAPH
            continues = kind is Kind.PARAGRAPH and last is not None and self._is_further(last, line)
            bullet_place = last.bullet if last and continues else 0.0
            self.held.append(Held([line], kind, line.left, bullet_place, column, continues))

    def _is_further(self, block: Held, line: PrintedLine) -> bool:
        """Say whether a line begins a further paragraph of the entry above: it is set in like the words of that."""
        is_entry = block.kind is Kind.ENTRY or block.continues
        return is_entry and abs(block.left - line.left) < ASIDE and block.lines[-1].box == line.box

    def _behind(self, line: PrintedLine, bullet: str) -> float:
        return line.left + (line.right - line.left) * len(bullet) / max(1, len(line.text))

    def _continues(self, block: Held, line: PrintedLine) -> bool:
        """Say whether a line belongs to the paragraph that is gathered."""
        above = block.lines[-1]
        if (block.kind is Kind.HEADING) != (line.strong and block.kind is Kind.HEADING) or above.box != line.box:
            return self._crosses(block, above, line) and block.kind is not Kind.HEADING and not line.strong
        if abs(above.size - line.size) > SMALLER or GREETING.match(above.text) or (line.strong and not above.strong):
            return False
        if above.page != line.page:
            return self._crosses(block, above, line)
        if above.bottom - line.bottom > PITCH * self._pitch:
            return False
        return block.kind is not Kind.ENTRY or line.left > block.bullet + ASIDE

    def _crosses(self, block: Held, above: PrintedLine, line: PrintedLine) -> bool:
        """Say whether a paragraph goes on at the top of the next page."""
        if above.page == line.page or bool(above.box) != bool(line.box) or line.strong != above.strong:
            return False
        if block.kind is Kind.ENTRY:
            return line.left > block.bullet + ASIDE
        if block.kind is Kind.PARAGRAPH and abs(line.left - block.lines[-1].left) > ASIDE:
            return False
        starts_small = line.text.lstrip()[:1].islower()
        is_open = not SENTENCE_ENDS.search(above.text.rstrip())
        return starts_small or (is_open and self._right - above.right < 2 * SHORTEST_GAP)

    def _block(self, held: Held, levels: dict[int, int]) -> SourceBlock:
        first = held.lines[0]
        runs = self._runs(held.lines)
        kind, level = held.kind, 1
        if kind is Kind.ENTRY:
            runs = without_bullet(runs)
            level = levels[round(held.bullet)]
        elif kind is Kind.HEADING:
            words = "".join(run.text for run in runs).split()
            if len(words) > LONGEST_HEADING:
                kind = Kind.PARAGRAPH
            else:
                runs = tuple(run._replace(strong=False) for run in runs)
                level = 1 if first.size > self._size + SMALLER else 2
        edge = min(line.left for line in held.lines)
        lines = tuple((" " if line.left > edge + ASIDE else "") + line.text.strip() for line in held.lines)
        place = f"page {first.page}"
        return SourceBlock(kind, runs, place, level, first.box, lines, continues=held.continues, column=held.column)

    def _runs(self, lines: list[PrintedLine]) -> Runs:
        """Return lines as one paragraph; raised numbers refer to the footnotes that the letter has."""
        out: list[Run] = []
        for place, line in enumerate(lines):
            if out and place:
                out = [*out, Run(" ")] if out[-1].note else [*out[:-1], out[-1]._replace(text=joint(out[-1].text))]
            for number, part in enumerate(line.parts):
                is_own = number == 0 and begins_note(line) and any(line in held for held in self.notes.values())
                if is_own:
                    part = part._replace(text=NOTE_NUMBER.sub("", part.text), raised=False)
                out += self._part(part)
        return spaced(out)

    def _part(self, part: Part) -> list[Run]:
        name = f"note-{part.text.strip()}"
        if part.raised and part.text.strip().isdecimal() and name in self.notes:
            return [Run("", note=name), *([Run(" ")] if part.text[-1:].isspace() else [])]
        return [part.run()]


def words_alike(line: PrintedLine) -> str:
    """Return the words of a line with every number alike."""
    return re.sub(r"\d+", "0", line.text.strip())


def rows(lines: list[PrintedLine]) -> Iterable[list[PrintedLine]]:
    """Yield lines from top to bottom; those that stand side by side together."""
    row: list[PrintedLine] = []
    for line in lines:
        beside = row and row[0].page == line.page and abs(row[0].bottom - line.bottom) < row[0].size / 3
        if row and not (beside and line.left > row[-1].right):
            yield row
            row = []
        row.append(line)
    if row:
        yield row


def numbers_joined(row: list[PrintedLine]) -> list[PrintedLine]:
    """Return a row in which a number or bullet that stands apart from its words is one line with them."""
    first = row[0]
    if len(row) < 2 or not ALONE.match(first.text):
        return row
    second = row[1]
    gap = first.parts[-1]._replace(text=first.parts[-1].text.rstrip() + "  ")
    whole = replace(second, left=first.left, parts=[*first.parts[:-1], gap, *second.parts])
    return [whole, *row[2:]]


def begins_note(line: PrintedLine) -> bool:
    """Say whether a line is the first of a footnote."""
    first = line.parts[0]
    return first.raised and first.text.strip()[:1].isdecimal()


def levels_of(bullets: list[int]) -> dict[int, int]:
    """Return the level of a list for each place where its bullets stand."""
    found: dict[int, int] = {}
    level, before = 0, -1000
    for place in bullets:
        level += place - before > ASIDE
        found[place] = min(level, 2)
        before = place
    return found


def without_bullet(runs: Runs) -> Runs:
    """Return the words of an entry of a list without its bullet."""
    found = BULLET.match("".join(run.text for run in runs))
    return without_start(runs, found.end() if found else 0)


def without_start(runs: Runs, away: int) -> Runs:
    """Return runs without their first characters."""
    out = []
    for run in runs:
        cut = min(away, len(run.text))
        away -= cut
        out.append(run._replace(text=run.text[cut:]))
    return tuple(run for run in out if run.text or run.note)


def joint(words: str) -> str:
    """Return words with what stands between them and the next line: nothing after a hyphen or within an address."""
    bare = words.rstrip()
    last = bare.rsplit(" ", 1)[-1]
    if bare.endswith(("-", "\u2011")) and not bare.endswith(" -"):
        return bare
    if bare.endswith(("/", "=", "&", "@")) and re.search(r"https?:|www\.|@", last):
        return bare
    return f"{bare} "


def spaced(runs: list[Run]) -> Runs:
    """Return runs with single spaces, the looks of spaces alone left away, and neighbours of one look made one."""
    out: list[Run] = []
    for run in runs:
        if out and not run.note and not run.text.strip():
            out[-1] = out[-1]._replace(text=out[-1].text + run.text) if not out[-1].note else out[-1]
            out += [Run(run.text)] if out[-1].note else []
            continue
        if out and not run.note and not out[-1].note and run[1:] == out[-1][1:]:
            out[-1] = out[-1]._replace(text=out[-1].text + run.text)
        elif run.text or run.note:
            out.append(run)
    return tuple(run._replace(text=re.sub(r"\s+", " ", run.text)) for run in out)


def usual(values: Iterable[float]) -> float:
    """Return the value that occurs most."""
    counted = Counter(values)
    return counted.most_common(1)[0][0] if counted else 0.0
