"""A reviewer's file -> changes, each laid at its finding and field; nothing in it is left out."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from letters.document.marks import OBJECT, Comment, Line, Marked, Piece, Story, lines_of, merged, text_of
from letters.versions.copies.elsewhere import elsewhere, name_of
from letters.versions.copies.returned import Returned, ReturnedNotes
from letters.versions.edits import NEW, WHOLE, Edition, Hunk
from letters.versions.wording import END

HEADINGS = ("Heading", "Title")
LEAST_FOUND = 0.4
"""Share of the sent words, or of the sent paragraphs' anchors, that a copy of it still has, whatever a reviewer did."""
AROUND = 40
"""Letters shown before and after a change."""


@dataclass(frozen=True)
class Sent:
    """What was sent: its paragraphs in order, and the block that each was made from."""

    lines: tuple[Line, ...]
    units: tuple[str, ...]
    notes_from: int
    """Where the footnotes begin."""
    containers: tuple[int, ...] = ()
    """What each paragraph stands in: a cell, a note, or the text between two tables."""

    def heading(self, line: int) -> str:
        """Return the heading above a paragraph."""
        for place in range(min(line, len(self.lines) - 1), -1, -1):
            if self.lines[place].style.startswith(HEADINGS):
                return text_of(self.lines[place])
        return ""

    def unit(self, line: int) -> str:
        """Return the block that a paragraph was made from."""
        return self.units[line] if 0 <= line < len(self.units) else ""

    def text(self, line: int) -> str:
        """Return the words of a paragraph; none before the first."""
        return text_of(self.lines[line]) if 0 <= line < len(self.lines) else ""


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
    within: str = ""
    """The change that put in the paragraph that it stands in."""
    inside: str = ""
    """The change within whose new words its own were typed."""
    around: tuple[str, str] = ("", "")
    """The words before and after it in its paragraph."""


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
    change: str = ""
    """The change whose new words it is about."""


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
    edition: Edition = field(default_factory=Edition)
    """The words of every paragraph that it changed."""
    digest: str = ""
    """The SHA-256 of the copy."""


def sent_of(file: Marked, units: dict[str, str]) -> Sent:
    """Return what was sent; `units` gives the block by anchor, and by words."""
    body = list(lines_of(file.stories["body"]))
    notes = note_lines(file)
    lines = (*body, *notes)
    names = tuple(
        next((units[held.name] for held in line.anchors if held.name in units), units.get(text_of(line).strip(), ""))
        for line in lines
    )
    containers = [*containers_of(file.stories["body"])]
    first = max(containers, default=0) + 1
    return Sent(lines, names, len(body), (*containers, *range(first, first + len(notes))))


def containers_of(story: Story, first: int = 0) -> Iterator[int]:
    """Yield for each paragraph a number that it shares with those that it can be joined with."""
    number = first
    for block in story:
        if isinstance(block, Line):
            yield number
            continue
        for cell in (cell for row in block.rows for cell in row.cells):
            inner = [*containers_of(cell.story, number + 1)]
            yield from inner
            number = max([number + 1, *inner])
        number += 1


def note_lines(file: Marked) -> list[Line]:
    """Return the paragraphs of all footnotes, in order, without the space before their words."""
    return [line for name in file.stories if name.startswith("note:") for line in lines_of(file.stories[name])]


def review_of(sent: Sent, file: Marked, name: str, sent_file: Marked) -> tuple[Review, float]:
    """Return what one copy brings home, and how much of what was sent it still has: words or anchors, from 0 to 1."""
    body = Returned(list(sent.lines[: sent.notes_from]), file.stories["body"], name)
    known = notes_again(file, sent_file, body.notes())
    notes = ReturnedNotes(list(sent.lines[sent.notes_from :]), tuple(note_lines(known)), name)
    hunks = [*body.hunks(), *(shifted(hunk, sent.notes_from, len(body.hunks())) for hunk in notes.hunks())]
    review = Review(name, copy=file)
    review.edition = body.edition().joined_with(notes.edition().shifted(sent.notes_from, len(body.hunks())))
    ids = [f"{name}-{number}" for number in range(1, len(hunks) + 1)]
    for change, hunk in zip(ids, hunks, strict=True):
        review.changes.append(change_of(change, name, hunk, sent))
    review.changes = [with_rivals_within(change, ids) for change in review.changes]
    review.remarks = remarks_of(file, review, sent)
    review.elsewhere = elsewhere(sent_file, file, body.became() | raised(notes.became(), sent.notes_from), sent.lines)
    return review, max(body.found(), body.anchored())


def notes_again(file: Marked, sent_file: Marked, names: dict[str, str]) -> Marked:
    """Return the footnotes of a copy that were sent, in their order: programs number them anew."""
    sent = [name for name in sent_file.stories if name.startswith("note:")]
    held = {name: file.stories.get(names.get(name, "")) for name in sent}
    return Marked({name: story for name, story in held.items() if story is not None})


def raised(became: dict[int, tuple[Line, ...]], by: int) -> dict[int, tuple[Line, ...]]:
    """Return paragraphs under numbers raised by those of the body."""
    return {line + by: lines for line, lines in became.items()}


def shifted(hunk: Hunk, lines: int, edits: int) -> Hunk:
    """Return an edit of a footnote, with the numbers of its line and of other edits raised by those of the body."""
    return hunk._replace(
        line=hunk.line + lines,
        against=tuple(edit + edits for edit in hunk.against),
        within=hunk.within and hunk.within + edits,
        inside=hunk.inside and hunk.inside + edits,
        spots=tuple((line + lines, start, end) for line, start, end in hunk.spots),
    )


def with_rivals_within(change: Change, ids: list[str]) -> Change:
    """Return a change with those of its own copy that it takes words from, or stands in."""
    rivals = tuple(ids[edit - 1] for edit in change.hunk.against)
    within = ids[change.hunk.within - 1] if change.hunk.within else ""
    inside = ids[change.hunk.inside - 1] if change.hunk.inside else ""
    return replace(change, conflicts=rivals, within=within, inside=inside)


def change_of(name: str, review: str, hunk: Hunk, sent: Sent) -> Change:
    """Return a hunk as a person reads it."""
    after = "".join(piece.text for piece in hunk.pieces)
    if hunk.kind == "object":
        after = ", ".join(name_of(piece) for piece in hunk.pieces)
    if hunk.kind == "moved":
        after = f"moved after: {sent.text(hunk.target)[:60]}" if hunk.target >= 0 else "moved to the beginning"
    before = after if hunk.kind == "look" else hunk.taken
    around = around_of(sent.text(hunk.line), hunk.start, hunk.end)
    around = ("", "") if hunk.kind in (*WHOLE, *NEW) or hunk.within else around
    before, after = (words.replace(END, "").replace(OBJECT, "") for words in (before, after))
    return Change(name, review, hunk, sent.unit(hunk.line), sent.heading(hunk.line), before, after, around=around)


def around_of(text: str, start: int, end: int) -> tuple[str, str]:
    """Return the words before and after a place in a text."""
    return text[max(0, start - AROUND) : start], text[end : end + AROUND]


def remarks_of(file: Marked, review: Review, sent: Sent) -> list[Remark]:
    """Return the comments of a copy, each laid at the words that it is about."""
    spots: dict[str, tuple[int, int, int, int]] = {}
    for line, bits in sorted(review.edition.lines.items()):
        for bit in bits:
            for name in bit.piece.comments:
                first = spots.setdefault(name, (line, bit.start, bit.end, bit.put))
                if first[0] == line:
                    spots[name] = (line, first[1], max(first[2], bit.end), first[3] and bit.put)
    for place, above in ((review.edition.before, -1), (review.edition.after, 0)):
        for line, arrivals in place.items():
            for new in arrivals:
                for name in (name for bit in new.bits for name in bit.piece.comments):
                    spots.setdefault(name, (line + above, 0, 0, new.put))
    out = []
    for comment in file.comments:
        line, start, end, put = spots.get(comment.id, spots.get(comment.parent, (-1, 0, 0, 0)))
        change = f"{review.name}-{put}" if put else ""
        out.append(Remark(comment, review.name, line, sent.unit(line), start, end, change))
    return out


def match_reviews(reviews: list[Review]) -> list[Change]:
    """Return all changes in reading order, each with those of other reviewers that say the same or otherwise."""
    everything = [change for review in reviews for change in review.changes]
    by_line: dict[int, list[Change]] = {}
    for change in everything:
        for line in affected_paragraphs(change.hunk):
            by_line.setdefault(line, []).append(change)
    by_owner: dict[str, list[Change]] = {}
    for change in everything:
        if change.hunk.kind in ("removed", *NEW):
            by_owner.setdefault(owner_of(change), []).append(change)
    against = {(rival, change.id) for change in everything for rival in change.conflicts}
    out = []
    for change in everything:
        beside = [other for line in sorted(affected_paragraphs(change.hunk)) for other in by_line[line]]
        beside += by_owner.get(owner_of(change), []) if owner_of(change) else []
        near = {other.id: other for other in beside if are_rivals(change, other)}
        agrees = tuple(other.id for other in near.values() if is_agreed(change, other))
        conflicts = [other.id for other in near.values() if other.id not in agrees and clash(change, other)]
        conflicts += [other for rival, other in sorted(against) if rival == change.id]
        out.append(replace(change, conflicts=tuple(dict.fromkeys((*change.conflicts, *conflicts))), agrees=agrees))
    return sorted(out, key=lambda change: (change.hunk.line, change.hunk.start))


def affected_paragraphs(hunk: Hunk) -> set[int]:
    """Return the paragraphs that an edit is about: one that is joined is about the next one too."""
    lines = {hunk.line, *(line for line, _, _ in hunk.spots)}
    if hunk.kind == "joined":
        return lines | {hunk.line + 1}
    return lines | {hunk.target} if hunk.kind == "moved" else lines


def owner_of(change: Change) -> str:
    """Return the finding that a change is about; none for other words of the letter."""
    owner, _, field = change.unit.partition(".")
    return owner if field.startswith(("text", "points", "lead_in")) else ""


def are_rivals(one: Change, other: Change) -> bool:
    """Say whether two changes can stand against each other: those of two reviewers, in two copies or in one."""
    return one.id != other.id and (one.review != other.review or one.hunk.mark.author != other.hunk.mark.author)


def is_agreed(one: Change, other: Change) -> bool:
    """Say whether two reviewers did the same, each in her own copy."""
    return one.review != other.review and not one.within and not other.within and is_same(one.hunk, other.hunk)


def is_same(one: Hunk, other: Hunk) -> bool:
    """Say whether two reviewers did the same."""
    place = (one.kind, one.start, one.end, one.target, one.taken)
    return (
        place == (other.kind, other.start, other.end, other.target, other.taken)
        and one.line == other.line
        and not one.spots
        and not one.against
        and written(one.pieces) == written(other.pieces)
    )


def written(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Return what new words say and how they look, however they are cut into pieces and whoever put them in."""
    return merged(
        Piece(piece.text, "", piece.link, piece.object_key, None, piece.strong, piece.emphasis) for piece in pieces
    )


def clash(one: Change, other: Change) -> bool:
    """Say whether two reviewers did different things to the same words."""
    if one.within or other.within:
        return False
    first, second = one.hunk, other.hunk
    if first.spots or second.spots:
        return any(meet(a, b) for a in spots_of(first) for b in spots_of(second))
    if is_same(first, second) and one.review != other.review:
        return False
    kinds = {first.kind, second.kind}
    if ("joined" in kinds and first.line != second.line) or kinds & {*NEW} or "moved" in kinds:
        return across(one, other) or across(other, one)
    if kinds & {*WHOLE}:
        return first.line == second.line and ("removed" in kinds or kinds <= {*WHOLE, "joined"})
    if not kinds <= {"words", "look", "parted", "object", "against"}:
        return False
    at_one_point = first.start == second.start and first.end == second.end and one.review != other.review
    return at_one_point or meet(spots_of(first)[0], spots_of(second)[0])


def across(one: Change, other: Change) -> bool:
    """Say whether one change stands against another that is about a paragraph beside it.

    Two paragraphs cannot be joined where another reviewer takes out, moves or parts them; a point cannot be added to a
    finding that another reviewer withdraws; one paragraph moves to one place.
    """
    first, second = one.hunk, other.hunk
    if first.kind == "joined" and one.review != other.review:
        if second.kind in WHOLE and second.line in (first.line, first.line + 1):
            return True
        return (second.kind in NEW and second.line == first.line) or second.target == first.line
    if first.kind == "removed" and second.kind in NEW:
        return one.review != other.review and owner_of(one) == owner_of(other) != "" and first.style != second.style
    return first.line == second.line and {first.kind, second.kind} <= {*WHOLE, "joined"}


def spots_of(hunk: Hunk) -> tuple[tuple[int, int, int], ...]:
    """Return the places of an edit."""
    return hunk.spots or ((hunk.line, hunk.start, hunk.end),)


def meet(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    """Say whether two places have letters in common."""
    return one[0] == other[0] and one[1] < other[2] and other[1] < one[2]
