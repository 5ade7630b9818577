"""Lines with marks -> a page: every change in its place, inline or side by side, and a summary by finding."""

import re
from itertools import groupby

from letters.document.marks import Grid, Line, Marked, Story, count_changed, is_marked, lines_of
from letters.formats.pages.redline_summary import RedlinePage, Spot, spots_of, summary
from letters.formats.pages.redline_words import marked_words, unseen
from letters.formats.pages.shell import working_page

__all__ = ["RedlinePage", "redline_page"]

STYLE = """\
@page { size: A4 landscape; margin: 18mm; }
body { font: 1.05rem/1.5 Arimo, Arial, Helvetica, sans-serif; color: #0b0c0c; }
main { max-width: 76rem; margin: 0 auto; padding: 1rem; }
ins { background: #d9f2df; color: #004d1a; text-decoration: underline; }
del { background: #fbe0e0; color: #7a0010; text-decoration: line-through; }
ins.moved, del.moved { background: #e3e6f8; color: #1d2a80; text-decoration-style: double; }
.relooked { border-bottom: 2px dotted #6b3fa0; }
.line { margin: 0 0 0.7rem; }
.deep { margin-left: 1.5rem; }
.line, ul, h3, h4, h5, h6, summary { max-width: 46rem; }
summary { color: #40484d; cursor: pointer; margin: 0 0 0.7rem; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; white-space: nowrap; }
.summary tr { break-inside: avoid; }
.summary sup { font-size: 0.7rem; color: #1d2a80; }
.summary p { margin: 0 0 0.4rem; }
.summary a { color: inherit; text-decoration: none; }
.summary a:hover, .summary a:focus { outline: 2px solid #1d2a80; }
.back { font-size: 0.7rem; vertical-align: super; padding: 0 0.15rem; color: #1d2a80; }
.note { font-size: 0.85rem; color: #40484d; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
th, td { overflow-wrap: anywhere; border: 1px solid #b1b4b6; padding: 0.4rem; text-align: left; vertical-align: top; }
"""
BULLET = re.compile(r"^List\D*(\d?)", re.IGNORECASE)
HEADING = re.compile(r"^Heading ?(\d)|^Title$|^(CaseStudyHeading)$", re.IGNORECASE)
FOLDED = 4
"""Paragraphs without a change, one after the other, from which they can be folded away."""
STORIES = {"note": "Footnotes", "word/header": "Heads of pages", "word/footer": "Feet of pages"}
"""What the parts of a file beside its body are called, by how their names begin."""


def redline_page(marked: Marked, about: RedlinePage) -> str:
    """Return the page of a file with marks; it asks for nothing from anywhere."""
    spots = spots_of(marked, about)
    shown = InPlace(spots)
    moved = [block for _, story in parts_of(marked) for block in story if changed(block)]
    parts = (
        f"<p>{counted(count_changed(marked))}</p>",
        f"<h2>Summary</h2>\n{summary(spots)}",
        f"<h2>All changes in their places</h2>\n{''.join(shown.part(*part) for part in parts_of(marked))}",
        f"<h2>Side by side</h2>\n{side_by_side(moved)}",
    )
    return working_page(about.title, STYLE, "\n".join(parts))


def parts_of(marked: Marked) -> list[tuple[str, Story]]:
    """Return the body of a file, and what changed beside it: what each part is called, and its blocks."""
    found: list[tuple[str, Story]] = [("", marked.stories.get("body", ()))]
    for start, title in STORIES.items():
        names = [name for name in marked.stories if name.startswith(start)]
        blocks = tuple(block for name in names for block in marked.stories[name] if changed(block))
        found += [(title, blocks)] if blocks else []
    return found


def counted(number: int) -> str:
    """Say how many paragraphs changed."""
    if number == 0:
        return "Nothing has changed."
    paragraphs = f"{number} changed paragraph{'s' if number > 1 else ''}"
    return f"{paragraphs}. Inserted words are underlined, deleted words struck through."


def changed(block: Line | Grid) -> bool:
    """Say whether anything in a block changed."""
    if isinstance(block, Line):
        return is_marked(block)
    rows = any(row.inserted or row.deleted for row in block.rows)
    return bool(block.changed) or rows or any(is_marked(line) for line in lines_of((block,)))


class InPlace:
    """Shows a letter with its changes in the text; from each, a number leads back to the summary."""

    def __init__(self, spots: list[Spot]) -> None:
        self._changes = {id(spot.line): spot.changes for spot in spots}
        self._last = max((number for spot in spots for number in spot.changes), default=0)

    def part(self, title: str, story: Story) -> str:
        """Return a part of a file; what did not change in it can be folded away."""
        head = f"<h3>{title}</h3>\n" if title else ""
        pieces = []
        for is_changed, group in groupby(story, key=changed):
            blocks = tuple(group)
            inner = self.story(blocks)
            if not is_changed and len(blocks) >= FOLDED:
                inner = f"<details open>\n<summary>{len(blocks)} unchanged paragraphs</summary>\n{inner}</details>\n"
            pieces.append(inner)
        return head + "".join(pieces)

    def story(self, story: Story) -> str:
        """Return blocks with their changes in the text; neighbouring entries of a list share its element."""
        found = []
        for is_list, group in groupby(
            story, key=lambda block: isinstance(block, Line) and bool(BULLET.match(block.style))
        ):
            inner = "".join(self._line(block) if isinstance(block, Line) else self._grid(block) for block in group)
            found.append(f"<ul>\n{inner}</ul>\n" if is_list else inner)
        return "".join(found)

    def _grid(self, grid: Grid) -> str:
        rows = "".join(
            f"<tr>{''.join(f'<td>{self.story(cell.story)}</td>' for cell in row.cells)}</tr>\n" for row in grid.rows
        )
        return f"<table>\n<tbody>\n{rows}</tbody>\n</table>\n"

    def _line(self, line: Line) -> str:
        changes = self._changes.get(id(line), {})
        starts = {within.start: number for number, within in changes.items()}
        ends = {within.stop - 1 if within else len(line.pieces) - 1: number for number, within in changes.items()}
        words = "".join(
            f"{place_of(starts.get(place))}{marked_words(piece)}{self._ways_from(ends.get(place))}"
            for place, piece in enumerate(line.pieces)
        )
        words = words or "".join(f"{place_of(number)}{self._ways_from(number)}" for number in changes)
        tag, look = tag_of(line)
        return f"<{tag}{look}>{words}{end_of(line)}</{tag}>\n"

    def _ways_from(self, number: int | None) -> str:
        """Return the links from a change: to the one before, back to the summary, and to the next."""
        if not number:
            return ""
        before = way(f"change-{number - 1}", "‹", "previous change") if number > 1 else ""
        after = way(f"change-{number + 1}", "›", "next change") if number < self._last else ""
        return f"{before}{back_from(number)}{after}"


def place_of(number: int | None) -> str:
    """Return the mark that the summary leads to."""
    return f'<span id="change-{number}"></span>' if number else ""


def back_from(number: int | None) -> str:
    """Return the link from a change back to the summary."""
    if not number:
        return ""
    return (
        f'<a class="back" href="#summary-{number}">{unseen("back to change ")}{number}{unseen(" in the summary")}</a>'
    )


def way(target: str, sign: str, words: str) -> str:
    """Return a small link to another change."""
    return f'<a class="back" href="#{target}" aria-label="{words}">{sign}</a>'


def tag_of(line: Line) -> tuple[str, str]:
    """Return the element of a line, and its look: headings stand below those of the page itself."""
    heading, bullet = HEADING.match(line.style), BULLET.match(line.style)
    if heading:
        return f"h{min(6, int(heading[1] or (3 if heading[2] else 1)) + 2)}", ""
    if bullet:
        return "li", ' class="deep"' if bullet[1] not in ("", "1") else ""
    return "p", ' class="line"'


def end_of(line: Line) -> str:
    """Return a sign for the end of a paragraph that came or went alone."""
    whole = all(piece.inserted if line.inserted else piece.deleted for piece in line.pieces)
    if whole or not (line.inserted or line.deleted):
        return ""
    tag, words = ("ins", "paragraph begins") if line.inserted else ("del", "paragraph ended")
    return f'<{tag} title="{words}">¶</{tag}>'


def side_by_side(blocks: list[Line | Grid]) -> str:
    """Return a table of what changed, the old words at the left and the new at the right."""
    if not blocks:
        return "<p>Nothing to show.</p>"
    lines = [line for block in blocks for line in lines_of((block,)) if is_marked(line)]
    rows = "".join(f"<tr><td>{side(line, old=True)}</td><td>{side(line, old=False)}</td></tr>\n" for line in lines)
    head = '<th scope="col">Old version</th><th scope="col">New version</th>'
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"


def side(line: Line, *, old: bool) -> str:
    """Return a paragraph as one of the versions has it, its changes marked."""
    pieces = (piece for piece in line.pieces if not (piece.inserted if old else piece.deleted))
    return "".join(marked_words(piece) for piece in pieces)
