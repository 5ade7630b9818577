"""Proof before release: what a file says when its changes are accepted or rejected, held against what it should say."""

from collections.abc import Iterator
from difflib import SequenceMatcher

from letters.document.marks import OBJECT, Grid, Keeps, Line, Mark, Marked, Piece, Story, lines_of, marks_of, resolved
from letters.document.marks import text_of as words_of
from letters.versions.changes import Change, Review, Sent
from letters.versions.combined import can_stand
from letters.versions.returned import WHOLE, plain

REACHING = (*WHOLE, "joined")
"""Kinds of edits that reach beyond the words of one paragraph."""
Signature = tuple[str, str]
"""Author and time."""


def differences(file: Marked, wanted: Marked, keeps: Keeps) -> list[str]:
    """Return where a file, its changes accepted or rejected by `keeps`, is not what is wanted."""
    found: list[str] = []
    got_notes, wanted_notes = notes_of(file, keeps), notes_of(wanted, keeps)
    for name in [name for name in {**file.stories, **wanted.stories} if not name.startswith("note:")]:
        got = list(prints(resolved(file.stories.get(name, ()), keeps), got_notes))
        want = list(prints(resolved(wanted.stories.get(name, ()), keeps), wanted_notes))
        found += [f"{name}, paragraph {place + 1}" for place in unlike(got, want)]
    return found


def unlike(got: list[object], want: list[object]) -> list[int]:
    """Return the places where two lists differ."""
    longest = max(len(got), len(want))
    return [place for place in range(longest) if got[place : place + 1] != want[place : place + 1]]


def notes_of(file: Marked, keeps: Keeps) -> dict[str, object]:
    """Return what each footnote says, by its number."""
    return {
        name: tuple(prints(resolved(story, keeps), {}))
        for name, story in file.stories.items()
        if name.startswith("note:")
    }


def prints(story: Story, notes: dict[str, object]) -> Iterator[object]:
    """Yield what of each block must be the same: words, looks, links, things, settings and anchors."""
    for block in story:
        if isinstance(block, Line):
            names = sorted({held.name for held in block.anchors})
            yield block.props, names, [seen(piece, notes) for piece in together(block.pieces)]
        else:
            yield block.props, [list(row_prints(block, place, notes)) for place in range(len(block.rows))]


def row_prints(grid: Grid, place: int, notes: dict[str, object]) -> Iterator[object]:
    """Yield what of a row must be the same."""
    row = grid.rows[place]
    yield row.props
    for cell in row.cells:
        yield cell.props, list(prints(cell.story, notes))


def seen(piece: Piece, notes: dict[str, object]) -> tuple[object, ...]:
    """Return what of a piece must be the same; a footnote is its words, whatever its number."""
    return piece.text, piece.look, piece.link, notes.get(piece.thing, piece.thing)


def together(pieces: tuple[Piece, ...]) -> list[Piece]:
    """Return pieces with neighbours of one look made one, whoever commented on them."""
    out: list[Piece] = []
    for piece in pieces:
        last = out[-1] if out else None
        if last and not (last.thing or piece.thing) and (last.look, last.link) == (piece.look, piece.link):
            out[-1] = last._replace(text=last.text + piece.text)
        else:
            out.append(piece)
    return out


def lost(file: Marked, changes: list[Change]) -> list[str]:
    """Return which changes a combined file does not show: words, author and time of each have to be in it."""
    stories = [story for name, story in file.stories.items() if not name.startswith("word/")]
    held = {signature(mark) for story in stories for mark in marks_of(story)}
    put, gone = by_signature(stories)
    taken = "".join(taken_out(line) for story in stories for line in lines_of(story))
    found = []
    for change in changes:
        own = signature(change.hunk.mark)
        words = [
            (signature(piece.inserted or change.hunk.mark), piece.text)
            for piece in change.hunk.pieces
            if can_stand(piece)
        ]
        if change.hunk.kind == "against":
            shown = all(text in gone.get(own, "") for _, text in words)
        elif change.hunk.kind in ("words", "paragraph", "table"):
            shown = all(text in put.get(key, "") for key, text in words) and change.before in gone.get(own, "")
        else:
            shown = own in held and (change.hunk.kind not in WHOLE or change.before in taken)
        if not shown:
            found.append(f"change {change.id} is not in it")
    return found


def taken_out(line: Line) -> str:
    """Return the sent words of a paragraph that anybody took out."""
    return "".join(piece.text for piece in line.pieces if piece.deleted and not piece.inserted)


def by_signature(stories: list[Story]) -> tuple[dict[Signature, str], dict[Signature, str]]:
    """Return the words that each author put in and took out at each time."""
    put: dict[Signature, str] = {}
    gone: dict[Signature, str] = {}
    for piece in (piece for story in stories for line in lines_of(story) for piece in line.pieces):
        for mark, held in ((piece.inserted, put), (piece.deleted, gone)):
            if mark:
                held[signature(mark)] = held.get(signature(mark), "") + piece.text
    return put, gone


def signature(mark: Mark) -> Signature:
    """Return who and when."""
    return mark.author, mark.when


def one_reviewer(file: Marked, sent: Sent, review: Review, others: list[Change], hidden: set[str]) -> list[str]:
    """Return where a combined file, one reviewer's changes alone accepted, does not say what her copy says.

    Paragraphs in which her changes meet those of others are left out, and so is what no other file can hold.
    """
    own = {signature(mark) for story in review.copy.stories.values() for mark in marks_of(story)}
    own |= {signature(change.hunk.mark) for change in review.changes}
    wanted = [text for text, _ in paragraphs(review.copy, lambda mark: True)]
    got = paragraphs(file, lambda mark: signature(mark) in own)
    marks = marks_of_lines(sent, contested(review, others, hidden, own))
    found = []
    for tag, a, b, c, d in SequenceMatcher(None, wanted, [text for text, _ in got], autojunk=False).get_opcodes():
        near = {*wanted[a:b], *(sign for text, names in got[max(c - 1, 0) : d + 1] for sign in (text, *names))}
        if tag != "equal" and not near & marks:
            words = [*wanted[a:b], *(text for text, _ in got[c:d])][0]
            found.append(f"accepting {review.name} alone does not give that copy at {words[:40]!r}")
    return found


def contested(review: Review, others: list[Change], hidden: set[str], own: set[Signature]) -> set[int]:
    """Return the paragraphs in which a reviewer's changes meet those of others, or cannot be told from theirs."""
    touched = {line for change in others for line in reach(change)}
    whole = {line for change in others if change.hunk.kind in REACHING for line in reach(change)}
    found: set[int] = set()
    for change in review.changes:
        meets = reach(change) & (touched if change.hunk.kind in REACHING else whole)
        if change.conflicts or change.id in hidden or meets or not all(map(can_stand, change.hunk.pieces)):
            found |= reach(change)
    shared = (change for change in others if signature(change.hunk.mark) in own)
    return found | {line for change in shared for line in reach(change)}


def marks_of_lines(sent: Sent, numbers: set[int]) -> set[str]:
    """Return what paragraphs that were sent are known by: their anchors and their words."""
    lines = [sent.lines[number] for number in numbers if 0 <= number < len(sent.lines)]
    return {held.name for line in lines for held in line.anchors} | {seen_words(line) for line in lines}


def seen_words(line: Line) -> str:
    """Return the words of a paragraph as they are held against another's."""
    return plain(words_of(line)).replace(OBJECT, "").strip()


def reach(change: Change) -> set[int]:
    """Return the paragraphs that a change may alter: one that is taken away or joined alters the next one, too."""
    hunk = change.hunk
    lines = {hunk.line, hunk.line + 1} if hunk.kind in REACHING else {hunk.line}
    return lines | {hunk.target, hunk.target + 1} if hunk.kind == "moved" else lines


def paragraphs(file: Marked, keeps: Keeps) -> list[tuple[str, frozenset[str]]]:
    """Return the words and anchors of every paragraph of a file that has words, its changes accepted or rejected."""
    stories = (story for name, story in file.stories.items() if not name.startswith("word/"))
    lines = (line for story in stories for line in lines_of(resolved(story, keeps)))
    held = ((seen_words(line), line) for line in lines)
    return [(text, frozenset(anchor.name for anchor in line.anchors)) for text, line in held if text]
