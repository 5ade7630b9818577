"""Lines with marks -> a page: every change in its place, inline or side by side, and a summary by finding."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import NamedTuple

from letters.document.marks import OBJECT, Grid, Line, Mark, Marked, Piece, Story, is_marked, lines_of, text_of

PAGE = """<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
@page {{ size: A4 landscape; margin: 18mm; }}
body {{ font: 1.05rem/1.5 Arimo, Arial, Helvetica, sans-serif; color: #0b0c0c; }}
main {{ max-width: 76rem; margin: 0 auto; padding: 1rem; }}
ins {{ background: #d9f2df; color: #004d1a; text-decoration: underline; }}
del {{ background: #fbe0e0; color: #7a0010; text-decoration: line-through; }}
ins.moved, del.moved {{ background: #e3e6f8; color: #1d2a80; text-decoration-style: double; }}
.relooked {{ border-bottom: 2px dotted #6b3fa0; }}
.line {{ margin: 0 0 0.7rem; }}
.bullet {{ margin-left: 1.5rem; }}
.note {{ font-size: 0.85rem; color: #40484d; }}
table {{ border-collapse: collapse; width: 100%; table-layout: fixed; }}
th, td {{ overflow-wrap: anywhere; border: 1px solid #b1b4b6; padding: 0.4rem; text-align: left; vertical-align: top; }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
<p>{count}</p>
<h2>Summary</h2>
{summary}
<h2>All changes in their places</h2>
{inline}
<h2>Side by side</h2>
{sides}
</main>
</body>
</html>
"""
HEADING = re.compile(r"^(?:Heading|Title)", re.IGNORECASE)
BULLET = re.compile(r"^List", re.IGNORECASE)


class Spot(NamedTuple):
    """One changed paragraph: under which heading, what it was made from, and its line."""

    heading: str
    name: str
    line: Line


@dataclass(frozen=True)
class RedlinePage:
    """What a page of changes needs beside them: its title, and the finding behind each text or anchor."""

    title: str
    findings: dict[str, str]


def redline_page(marked: Marked, about: RedlinePage) -> str:
    """Return the page of a file with marks; it asks for nothing from anywhere."""
    spots = list(spots_of(marked, about))
    blocks = [block for name in marked.stories for block in marked.stories[name] if changed(block) or name == "body"]
    return PAGE.format(
        title=escape(about.title),
        count=counted(len(spots)),
        summary=summary(spots),
        inline="".join(map(inline_block, blocks)),
        sides=side_by_side([block for block in blocks if changed(block)]),
    )


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


def spots_of(marked: Marked, about: RedlinePage) -> Iterator[Spot]:
    """Yield every changed paragraph with the heading above it."""
    for name, story in marked.stories.items():
        heading = {"body": "Beginning of the letter"}.get(
            name, "Footnotes" if name.startswith("note:") else "Running header and footer"
        )
        for line in lines_of(story):
            if HEADING.match(line.style) and not line.deleted:
                heading = text_of(line)
            if is_marked(line):
                yield Spot(heading, source_of(line, about), line)


def source_of(line: Line, about: RedlinePage) -> str:
    """Return the finding that a line was made from, as far as it is known."""
    known = [about.findings[held.name] for held in line.anchors if held.name in about.findings]
    before = "".join(piece.text for piece in line.pieces if not piece.inserted)
    after = "".join(piece.text for piece in line.pieces if not piece.deleted)
    return (known or [about.findings.get(after) or about.findings.get(before) or ""])[0]


def summary(spots: list[Spot]) -> str:
    """Return a table of what changed: where, in which finding, how, and who."""
    if not spots:
        return ""
    rows = "".join(
        f"<tr><td>{escape(spot.heading)}</td><td>{escape(spot.name)}</td><td>{escape(kind_of(spot.line))}</td>"
        f"<td>{escape(excerpt(spot.line))}</td><td>{escape(', '.join(authors(spot.line)))}</td></tr>\n"
        for spot in spots
    )
    head = "".join(f'<th scope="col">{words}</th>' for words in ("Section", "Finding", "Change", "Words", "By"))
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"


def kind_of(line: Line) -> str:
    """Say in a word or two what happened to a paragraph."""
    mark = line.inserted or line.deleted
    if mark and mark.move:
        return "moved here" if line.inserted else "moved away"
    if line.inserted and all(piece.inserted for piece in line.pieces):
        return "added"
    if line.deleted and all(piece.deleted for piece in line.pieces):
        return "removed"
    if mark:
        return "parted" if line.inserted else "joined with the next"
    if any(piece.inserted or piece.deleted for piece in line.pieces):
        return "words changed"
    return "look changed"


def excerpt(line: Line) -> str:
    """Return the first words of a paragraph."""
    words = text_of(line).replace(OBJECT, "")
    return words if len(words) <= 90 else f"{words[:90].rsplit(' ', 1)[0]} …"


def authors(line: Line) -> list[str]:
    """Return who changed a paragraph."""
    marks = [line.inserted, line.deleted, line.changed]
    marks += [mark for piece in line.pieces for mark in (piece.inserted, piece.deleted, piece.changed)]
    return list(dict.fromkeys(mark.author for mark in marks if mark))


def inline_block(block: Line | Grid) -> str:
    """Return a block with its changes in the text."""
    if isinstance(block, Line):
        words = "".join(map(inline_piece, block.pieces))
        return f'<p class="{class_of(block)}">{words}{end_of(block)}</p>\n'
    rows = "".join(
        f"<tr>{''.join(f'<td>{inline_story(cell.story)}</td>' for cell in row.cells)}</tr>\n" for row in block.rows
    )
    return f"<table>\n<tbody>\n{rows}</tbody>\n</table>\n"


def inline_story(story: Story) -> str:
    """Return blocks with their changes in the text."""
    return "".join(map(inline_block, story))


def class_of(line: Line) -> str:
    """Return what kind of paragraph a line is, for its look."""
    return "line bullet" if BULLET.match(line.style) else "line"


def end_of(line: Line) -> str:
    """Return a sign for the end of a paragraph that came or went alone."""
    whole = all(piece.inserted if line.inserted else piece.deleted for piece in line.pieces)
    if whole or not (line.inserted or line.deleted):
        return ""
    tag, words = ("ins", "paragraph begins") if line.inserted else ("del", "paragraph ended")
    return f'<{tag} title="{words}">¶</{tag}>'


def inline_piece(piece: Piece) -> str:
    """Return words with who put them in or took them out."""
    words = looked(piece)
    if piece.changed:
        words = f'<span class="relooked" title="look changed by {escape(piece.changed.author)}">{words}</span>'
    if piece.deleted:
        words = f"<del{told(piece.deleted)}>{words}</del>"
    return f"<ins{told(piece.inserted)}>{words}</ins>" if piece.inserted else words


def looked(piece: Piece) -> str:
    """Return words in their look; what is no word is named."""
    words = escape(piece.text, quote=False) if not piece.thing else named_thing(piece.thing)
    words = f"<em>{words}</em>" if piece.emphasis else words
    words = f"<strong>{words}</strong>" if piece.strong else words
    return (
        f'<a href="{escape(piece.link)}">{words}</a>'
        if piece.link.startswith(("https://", "http://", "mailto:"))
        else words
    )


def named_thing(thing: str) -> str:
    """Return a name for what is no word."""
    kind = thing.removeprefix("beside:").partition(":")[0]
    names = {"note": "footnote", "drawing": "picture", "pict": "picture", "footnoteRef": ""}
    name = names.get(kind, "field" if kind.startswith(("fld", "instr")) else kind)
    return f'<span class="note">[{name}]</span>' if name else ""


def told(mark: Mark) -> str:
    """Return who and when as attributes."""
    moved = ' class="moved"' if mark.move else ""
    when = f' datetime="{escape(mark.when)}"' if mark.when else ""
    return f'{moved}{when} title="{escape(mark.author)}"'


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
    return "".join(inline_piece(piece) for piece in pieces)
