"""Proof before release: what a file says when its changes are accepted or rejected, held against what it should say."""

from collections.abc import Iterator
from difflib import SequenceMatcher

from letters.document.marks import (
    Grid,
    Keeps,
    Line,
    Mark,
    Marked,
    Piece,
    Story,
    accepts,
    lines_of,
    marks_of,
    rejects,
    resolved,
)
from letters.versions.copies.changes import Change, Review, Sent
from letters.versions.copies.elsewhere import quoted
from letters.versions.copies.originals import plain
from letters.versions.edits import WHOLE
from letters.versions.merging.accepted import accepted_letter
from letters.versions.merging.combined import can_be_shown
from letters.versions.merging.weaving import Weaver
from letters.versions.wording import END

Signature = tuple[str, str]
"""Author and time."""


def differences(file: Marked, wanted: Marked, keeps: Keeps) -> list[str]:
    """Return where a file, its changes accepted or rejected by `keeps`, is not what is wanted."""
    found: list[str] = []
    got_notes, wanted_notes = notes_of(file, keeps), notes_of(wanted, keeps)
    for name in [name for name in {**file.stories, **wanted.stories} if not name.startswith("note:")]:
        got = list(fingerprints(resolved(file.stories.get(name, ()), keeps), got_notes))
        want = list(fingerprints(resolved(wanted.stories.get(name, ()), keeps), wanted_notes))
        found += [f"{name}, paragraph {place + 1}" for place in unlike(got, want)]
    return found


def unlike(got: list[object], want: list[object]) -> list[int]:
    """Return the places where two lists differ."""
    longest = max(len(got), len(want))
    return [place for place in range(longest) if got[place : place + 1] != want[place : place + 1]]


def notes_of(file: Marked, keeps: Keeps) -> dict[str, object]:
    """Return what each footnote says, by its number."""
    return {
        name: tuple(fingerprints(resolved(story, keeps), {}))
        for name, story in file.stories.items()
        if name.startswith("note:")
    }


def fingerprints(story: Story, notes: dict[str, object]) -> Iterator[object]:
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
        yield cell.props, list(fingerprints(cell.story, notes))


def seen(piece: Piece, notes: dict[str, object]) -> tuple[object, ...]:
    """Return what of a piece must be the same; a footnote is its words, whatever its number."""
    return piece.text, piece.look, piece.link, notes.get(piece.object_key, piece.object_key)


def together(pieces: tuple[Piece, ...]) -> list[Piece]:
    """Return pieces with neighbours of one look made one, whoever commented on them."""
    out: list[Piece] = []
    for piece in pieces:
        last = out[-1] if out else None
        if last and not (last.object_key or piece.object_key) and (last.look, last.link) == (piece.look, piece.link):
            out[-1] = last._replace(text=last.text + piece.text)
        else:
            out.append(piece)
    return out


def not_shown(file: Marked, changes: list[Change]) -> set[str]:
    """Return which changes a combined file does not show: words, author and time of each have to be in it."""
    stories = [story for name, story in file.stories.items() if not name.startswith("word/")]
    held = {signature(mark) for story in stories for mark in marks_of(story)}
    put = by_signature(stories)
    taken = "".join(taken_out(line) for story in stories for line in lines_of(story))
    found = set()
    for change in changes:
        own = signature(change.hunk.mark)
        words = [(signature(piece.inserted or change.hunk.mark), piece) for piece in change.hunk.pieces]
        kind = change.hunk.kind
        if kind in (*WHOLE, "words", "against", "parted"):
            shown = own in held or bool(words)
            shown = shown and (kind in WHOLE or is_taken(change.hunk.taken, taken))
        else:
            shown = own in held
        if kind in ("words", "paragraph", "table", "against", "parted"):
            shown = shown and all(can_be_shown(piece) and piece.text in put.get(key, "") for key, piece in words)
        if not shown:
            found.add(change.id)
    return found


def is_taken(words: str, gone: str) -> bool:
    """Say whether every part of some words was taken out; the end of a paragraph parts them."""
    return all(part in gone for part in words.split(END) if part.strip())


def unlike_letter(file: Marked, before: Marked, sent: Sent, reviews: list[Review], shown: list[Change]) -> set[str]:
    """Return the changes at which a combined file does not say what was sent, or what accepting them all gives."""
    ids = {change.id for change in shown}
    wanted = accepted_letter(Weaver(sent, reviews, ids), sent)
    texts = [seen_text(paragraph.pieces) for paragraph in wanted.paragraphs]
    file = Marked({name: story for name, story in file.stories.items() if name in before.stories})
    got = [*texts_of(file, accepts)]
    found: set[str] = set()
    for tag, a, b, _, _ in SequenceMatcher(None, texts, got, autojunk=False).get_opcodes():
        if tag != "equal":
            near = wanted.paragraphs[max(a - 1, 0) : b + 1]
            found |= frozenset().union(*(paragraph.changes for paragraph in near)) or ids
    if [*texts_of(file, rejects)] != [*texts_of(before, rejects)]:
        places = unlike([*texts_of(file, rejects)], [*texts_of(before, rejects)])
        found |= {change.id for change in shown if change.hunk.line + 1 >= places[0]} or ids
    return found


def unlike_copy(review: Review, sent: Sent) -> list[str]:
    """Return where a copy reads otherwise than what was sent with all its changes made: nothing, or a fault of ours."""
    ids = {change.id for change in review.changes}
    letter = accepted_letter(Weaver(sent, [review], ids), sent)
    body = [held for held in letter.paragraphs if not held.lines or held.lines[0] < sent.notes_from]
    notes = [held for held in letter.paragraphs if held.lines and held.lines[0] >= sent.notes_from]
    got = [text for paragraph in body if (text := seen_text(paragraph.pieces))]
    want = [*texts_of(Marked({"body": review.copy.stories["body"]}), accepts)]
    matcher = SequenceMatcher(None, want, got, autojunk=False)
    odd = [" / ".join(want[a:b]) or got[c] for tag, a, b, c, _ in matcher.get_opcodes() if tag != "equal"]
    known = {*texts_of(review.copy, accepts)}
    odd += [text for held in notes if (text := seen_text(held.pieces)) not in known]
    return [f"compare this by hand, because letters could not separate its changes: {quoted(text)}" for text in odd]


def texts_of(file: Marked, keeps: Keeps) -> Iterator[str]:
    """Yield the words of every paragraph of the body and the footnotes, its changes accepted or rejected."""
    for name, story in file.stories.items():
        if not name.startswith("word/"):
            for line in lines_of(resolved(story, keeps)):
                text = seen_text(line.pieces)
                if text:
                    yield text


def seen_text(pieces: tuple[Piece, ...]) -> str:
    """Return the words of pieces, white space as one space, without what is no word."""
    return " ".join(plain("".join(piece.text for piece in pieces if not piece.object_key)).split())


def taken_out(line: Line) -> str:
    """Return the words of a paragraph that anybody took out."""
    return "".join(piece.text for piece in line.pieces if piece.deleted)


def by_signature(stories: list[Story]) -> dict[Signature, str]:
    """Return the words that each author put in at each time."""
    put: dict[Signature, str] = {}
    for piece in (piece for story in stories for line in lines_of(story) for piece in line.pieces):
        if piece.inserted:
            put[signature(piece.inserted)] = put.get(signature(piece.inserted), "") + piece.text
    return put


def signature(mark: Mark) -> Signature:
    """Return who and when."""
    return mark.author, mark.when
