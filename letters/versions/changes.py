"""A reviewer's file -> changes, each laid at its finding and field; nothing in it is left out."""

import re
from dataclasses import dataclass, field, replace

from letters.document.marks import Comment, Line, Marked, Piece, lines_of, merged, text_of
from letters.versions.returned import WHOLE, Hunk, Returned, plain

HEADINGS = ("Heading", "Title")
LEAST_FOUND = 0.4
"""Share of the sent words that a copy of it still has, whatever a reviewer did."""


@dataclass(frozen=True)
class Sent:
    """What was sent: its paragraphs in order, and the block that each was made from."""

    lines: tuple[Line, ...]
    units: tuple[str, ...]
    notes_from: int
    """Where the footnotes begin."""

    def heading(self, line: int) -> str:
        """Return the heading above a paragraph."""
        for place in range(min(line, len(self.lines) - 1), -1, -1):
            if self.lines[place].style.startswith(HEADINGS):
                return text_of(self.lines[place])
        return ""

    def unit(self, line: int) -> str:
        """Return the block that a paragraph was made from."""
        return self.units[line] if 0 <= line < len(self.units) else ""


@dataclass(frozen=True)
class Change:
    """One edit of one reviewer."""

    id: str
    review: str
    """The reviewed copy that it stands in."""
    hunk: Hunk
    unit: str
    """The finding and field, such as S-03.text; empty where it belongs to none."""
    heading: str
    before: str
    after: str
    conflicts: tuple[str, ...] = ()
    """The changes of others to the same words."""
    agrees: tuple[str, ...] = ()
    """The same change by others."""


@dataclass(frozen=True)
class Remark:
    """A comment with the place that it is about."""

    comment: Comment
    review: str
    line: int
    unit: str
    start: int = 0
    end: int = 0
    """The words of the paragraph that it is about, as they were sent; none where it is about all or about new ones."""


@dataclass
class Review:
    """Everything that one reviewed copy brings home."""

    name: str
    changes: list[Change] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    """What stands in running headers and footers or is no paragraph: listed, for a person to settle."""
    copy: Marked = field(default_factory=lambda: Marked({}))
    """The copy itself, which a combined file is proved against."""


def sent_of(file: Marked, units: dict[str, str]) -> Sent:
    """Return what was sent; `units` gives the block by anchor, and by words."""
    body = list(lines_of(file.stories["body"]))
    notes = note_lines(file)
    lines = (*body, *notes)
    names = tuple(
        next((units[held.name] for held in line.anchors if held.name in units), units.get(text_of(line).strip(), ""))
        for line in lines
    )
    return Sent(lines, names, len(body))


def note_lines(file: Marked) -> list[Line]:
    """Return the paragraphs of all footnotes, in order, without the space before their words."""
    return [line for name in file.stories if name.startswith("note:") for line in lines_of(file.stories[name])]


def review_of(sent: Sent, file: Marked, name: str, sent_file: Marked) -> tuple[Review, float]:
    """Return what one copy brings home, and the share of the sent words that it still has."""
    body = Returned(list(sent.lines[: sent.notes_from]), file.stories["body"], name)
    notes = Returned(list(sent.lines[sent.notes_from :]), tuple(note_lines(file)), name)
    shifted = (hunk._replace(line=hunk.line + sent.notes_from) for hunk in notes.hunks())
    review = Review(name, copy=file)
    for number, hunk in enumerate([*body.hunks(), *shifted], start=1):
        review.changes.append(change_of(f"{name}-{number}", name, hunk, sent))
    spots = body.comment_spots()
    spots |= {key: (line + sent.notes_from, a, b) for key, (line, a, b) in notes.comment_spots().items()}
    for comment in file.comments:
        line, start, end = spots.get(comment.id, spots.get(comment.parent, (-1, 0, 0)))
        review.remarks.append(Remark(comment, name, line, sent.unit(line), start, end))
    review.elsewhere = elsewhere(sent_file, file)
    return review, body.found()


def change_of(name: str, review: str, hunk: Hunk, sent: Sent) -> Change:
    """Return a hunk as a person reads it."""
    text = text_of(sent.lines[hunk.line]) if hunk.line >= 0 else ""
    before = text[hunk.start : hunk.end] if hunk.kind not in ("paragraph", "table") else ""
    after = "".join(piece.text for piece in hunk.pieces)
    if hunk.kind == "against":
        before, after = after, ""
    if hunk.kind == "moved":
        after = (
            f"moved after: {text_of(sent.lines[hunk.target])[:60]}" if hunk.target >= 0 else "moved to the beginning"
        )
    return Change(name, review, hunk, sent.unit(hunk.line), sent.heading(hunk.line), before, after)


def elsewhere(sent: Marked, file: Marked) -> list[str]:
    """Return what a copy has, or lacks, in its running parts, and the pictures and other things that came into it."""
    running = [{running_words(line) for line in running_lines(held)} - {""} for held in (sent, file)]
    found = [f"running header or footer: {text!r} is new" for text in sorted(running[1] - running[0])]
    found += [f"running header or footer: {text!r} is gone" for text in sorted(running[0] - running[1])]
    known = {piece.thing for piece in things_of(sent)}
    found += [
        f"{name_of(piece)} was put in: {words_in(piece)!r}" for piece in things_of(file) if piece.thing not in known
    ]
    lines = (line for story in file.stories.values() for line in lines_of(story))
    found += [
        f"settings of a paragraph changed by {line.changed.author}: {text_of(line)[:60]!r}"
        for line in lines
        if line.changed
    ]
    return found


def things_of(file: Marked) -> list[Piece]:
    """Return what is no word in the body of a file; references to footnotes are told with their footnotes."""
    pieces = (piece for line in lines_of(file.stories["body"]) for piece in line.pieces)
    return [piece for piece in pieces if piece.thing and not piece.thing.startswith("note:")]


def name_of(piece: Piece) -> str:
    """Return what a thing is called."""
    kind = piece.thing.removeprefix("beside:").partition(":")[0]
    names = {"drawing": "a picture", "pict": "a picture or text box", "AlternateContent": "a picture or text box"}
    return names.get(kind, f"a thing of the kind {kind}")


def words_in(piece: Piece) -> str:
    """Return the words within a thing."""
    return " ".join(re.sub(r"<[^>]*>", " ", str(piece.content)).split())


def running_words(line: Line) -> str:
    """Return the words of a running header or footer; the page's own number is not among them."""
    return re.sub(r"[\ufffc\s\d]*\ufffc[\ufffc\s\d]*$", "", plain(text_of(line))).strip()


def running_lines(file: Marked) -> list[Line]:
    """Return the paragraphs of running headers and footers."""
    return [line for name, story in file.stories.items() if name.startswith("word/") for line in lines_of(story)]


def held_together(reviews: list[Review]) -> list[Change]:
    """Return all changes in reading order, each with those of other reviewers that say the same or otherwise."""
    everything = [change for review in reviews for change in review.changes]
    by_line: dict[int, list[Change]] = {}
    for change in everything:
        by_line.setdefault(change.hunk.line, []).append(change)
    out = []
    for change in everything:
        others = [other for other in by_line[change.hunk.line] if are_rivals(change, other)]
        agrees = tuple(other.id for other in others if is_same(change.hunk, other.hunk))
        conflicts = tuple(other.id for other in others if is_otherwise(change.hunk, other.hunk))
        out.append(replace(change, conflicts=conflicts, agrees=agrees))
    return sorted(out, key=lambda change: (change.hunk.line, change.hunk.start))


def are_rivals(one: Change, other: Change) -> bool:
    """Say whether two changes can stand against each other: those of two reviewers, or one that takes out another."""
    apart = {one.hunk.kind, other.hunk.kind}
    return one.review != other.review or (one.id != other.id and "against" in apart and len(apart) > 1)


def is_same(one: Hunk, other: Hunk) -> bool:
    """Say whether two reviewers did the same."""
    place = (one.kind, one.start, one.end, one.target) == (other.kind, other.start, other.end, other.target)
    return place and written(one.pieces) == written(other.pieces)


def written(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Return what new words say and how they look, however they are cut into pieces and whoever put them in."""
    return merged(
        Piece(piece.text, "", piece.link, piece.thing, None, piece.strong, piece.emphasis) for piece in pieces
    )


def is_otherwise(one: Hunk, other: Hunk) -> bool:
    """Say whether two reviewers did different things to the same words."""
    if is_same(one, other):
        return False
    if "against" in (one.kind, other.kind):
        return [piece.text for piece in one.pieces] == [piece.text for piece in other.pieces]
    kinds = {one.kind, other.kind}
    if kinds & {*WHOLE}:
        if kinds & {"paragraph", "table"}:
            return False
        return "removed" in kinds or kinds <= {*WHOLE, "joined"}
    if kinds <= {"words", "look"}:
        at_one_point = one.start == other.start and one.end == other.end
        return at_one_point or (one.start < other.end and other.start < one.end)
    return False
