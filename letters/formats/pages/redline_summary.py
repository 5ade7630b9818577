"""Lines with marks -> a table of what changed: where, how, by whom, and the words around each change."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape

from letters.document.marks import (
    NOBODY,
    Line,
    Mark,
    Marked,
    Piece,
    is_left_behind,
    is_marked,
    lines_of,
    move_within,
    text_of,
)
from letters.formats.pages.redline_words import marked_words

HEADING = re.compile(r"^(?:Heading|Title)", re.IGNORECASE)
AROUND = 40
"""Letters shown at either side of a change."""
LONGEST = 240
"""Letters shown of one stretch that was put in or taken out."""


@dataclass(frozen=True)
class RedlinePage:
    """What a page of changes needs beside them: its title, and the finding behind each text or anchor."""

    title: str
    findings: dict[str, str]


@dataclass
class Spot:
    """One changed paragraph: under which heading, what it was made from, and where each of its changes stands."""

    heading: str
    name: str
    line: Line
    changes: dict[int, range] = field(default_factory=dict)
    """The pieces of each change, by the change's number; of one that is about no words, none."""
    left: Line | None = None
    """The old place of a paragraph that moved."""


def spots_of(marked: Marked, about: RedlinePage) -> list[Spot]:
    """Return every changed paragraph, one that moved once; their changes are numbered through."""
    spots: list[Spot] = []
    left = [line for story in marked.stories.values() for line in lines_of(story) if is_left_behind(line)]
    count = 0
    for heading, line in headed_lines(marked):
        if is_marked(line) and not is_left_behind(line):
            changes = dict(enumerate(stretches(line) or [range(0)], start=count + 1))
            count += len(changes)
            spots.append(Spot(heading, source_of(line, about), line, changes, left_of(line, left)))
    return spots


def headed_lines(marked: Marked) -> Iterator[tuple[str, Line]]:
    """Yield every paragraph with the heading above it."""
    for name, story in marked.stories.items():
        heading = {"body": "Beginning of the letter"}.get(
            name, "Footnotes" if name.startswith("note:") else "Running header and footer"
        )
        for line in lines_of(story):
            if HEADING.match(line.style) and not line.deleted:
                heading = text_of(line)
            yield heading, line


def left_of(line: Line, left: list[Line]) -> Line | None:
    """Return the old place of a paragraph that moved, and take it from those that are left."""
    move = line.inserted.move if line.inserted else move_within(line)
    for place, old in enumerate(left):
        if move and move == (old.deleted.move if old.deleted else move_within(old)):
            return left.pop(place)
    return None


def source_of(line: Line, about: RedlinePage) -> str:
    """Return the finding that a line was made from, as far as it is known."""
    known = [about.findings[held.name] for held in line.anchors if held.name in about.findings]
    before = "".join(piece.text for piece in line.pieces if not piece.inserted)
    after = "".join(piece.text for piece in line.pieces if not piece.deleted)
    return (known or [about.findings.get(after) or about.findings.get(before) or ""])[0]


def stretches(line: Line) -> list[range]:
    """Return the pieces of each change of a line; changes with few words between them are shown as one."""
    found: list[range] = []
    for place, piece in enumerate(line.pieces):
        if not (piece.inserted or piece.deleted or piece.changed):
            continue
        between = sum(len(other.text) for other in line.pieces[found[-1].stop : place]) if found else 0
        if found and between <= AROUND:
            found[-1] = range(found[-1].start, place + 1)
        else:
            found.append(range(place, place + 1))
    return found


def summary(spots: list[Spot]) -> str:
    """Return a table of what changed: where, in which finding, how, and who."""
    if not spots:
        return ""
    rows = "".join(
        f"<tr><td>{escape(spot.heading)}</td><td>{escape(spot.name)}</td><td>{escape(kind_of(spot.line))}</td>"
        f"<td>{contexts(spot)}</td><td>{escape(', '.join(authors(spot)))}</td></tr>\n"
        for spot in spots
    )
    names = (("Section", 16), ("Finding", 12), ("Change", 10), ("Words", 50), ("By", 12))
    head = "".join(f'<th scope="col" style="width: {width}%">{words}</th>' for words, width in names)
    return f'<table class="summary">\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n'


def kind_of(line: Line) -> str:
    """Say in a word or two what happened to a paragraph."""
    mark = line.inserted or line.deleted
    if (mark and mark.move) or move_within(line):
        return "moved here"
    if line.inserted and all(piece.inserted for piece in line.pieces):
        return "added"
    if line.deleted and all(piece.deleted for piece in line.pieces):
        return "removed"
    if mark:
        return "parted" if line.inserted else "joined with the next"
    if any(piece.inserted or piece.deleted for piece in line.pieces):
        return "words changed"
    return "look changed"


def contexts(spot: Spot) -> str:
    """Return the words around each change of a paragraph, each a link to its place."""
    own = [
        f'<a id="summary-{number}" href="#change-{number}"><sup>{number}</sup> {context(spot.line, within)}</a>'
        for number, within in spot.changes.items()
    ]
    return "".join(f"<p>{words}</p>" for words in [*own, *taken_on_the_way(spot.left)])


def taken_on_the_way(left: Line | None) -> Iterator[str]:
    """Yield the words around what was taken out of a paragraph that moved: they stand at its old place alone."""
    pieces = [
        piece._replace(deleted=None) if piece.deleted and piece.deleted.move else piece
        for piece in (left.pieces if left else ())
    ]
    old = Line(tuple(pieces))
    yield from (context(old, within) for within in stretches(old))


def context(line: Line, within: range) -> str:
    """Return what was struck and put in, with some words before and after; a change of no words shows its paragraph."""
    pieces = line.pieces
    if not within:
        return "".join(marked_words(piece, linked=False) for piece in start_of(pieces, 2 * AROUND)) or "empty paragraph"
    before, after = end_of(pieces[: within.start], AROUND), start_of(pieces[within.stop :], AROUND)
    middle = (part for piece in pieces[within.start : within.stop] for part in start_of((piece,), LONGEST))
    return "".join(marked_words(piece, linked=False) for piece in (*before, *middle, *after))


def start_of(pieces: tuple[Piece, ...], letters: int) -> Iterator[Piece]:
    """Yield the first words of pieces, cut at a word."""
    for piece in pieces:
        text = piece.text
        if len(text) <= letters:
            yield piece
            letters -= len(text)
            continue
        kept = text[:letters].rpartition(" ")[0]
        yield piece._replace(text=f"{kept} …")
        return


def end_of(pieces: tuple[Piece, ...], letters: int) -> list[Piece]:
    """Return the last words of pieces, cut at a word."""
    held: list[Piece] = []
    for piece in reversed(pieces):
        text = piece.text
        if len(text) > letters:
            kept = text[len(text) - letters :].partition(" ")[2]
            return [piece._replace(text=f"… {kept}"), *held]
        held.insert(0, piece)
        letters -= len(text)
    return held


def authors(spot: Spot) -> list[str]:
    """Return who changed a paragraph, as far as it is known."""
    found: list[Mark | None] = []
    for line in (spot.line, spot.left):
        found += [line.inserted, line.deleted, line.changed] if line else []
        found += [mark for piece in (line.pieces if line else ()) for mark in marks_of_piece(piece)]
    return list(dict.fromkeys(mark.author for mark in found if mark and mark.author != NOBODY))


def marks_of_piece(piece: Piece) -> Iterable[Mark | None]:
    """Return what happened to a piece."""
    return piece.inserted, piece.deleted, piece.changed
