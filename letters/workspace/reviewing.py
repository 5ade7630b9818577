"""The copies of a sending read: every change as a card that somebody decides on, in the order of the letter."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.utils import timezone

from letters.findings.source_file import SourceFile
from letters.verbs.changes import Reviews, SentInspection, read_reviews, sent_inspection
from letters.verbs.merge import resolution_of
from letters.versions.copies.changes import Change, Remark
from letters.versions.deciding.decisions import Decision as Held
from letters.versions.deciding.decisions import Decisions
from letters.versions.deciding.resolution import Resolution
from letters.versions.deciding.saying import said_of
from letters.workspace import blobs
from letters.workspace.artefacts import text_as_file
from letters.workspace.comparing import Piece
from letters.workspace.models import Answer, Blob, Decision, Return, Sending
from letters.workspace.reading import joint, text_by_hash
from letters.workspace.stages import copies_that_count

MOST_KEPT = 8
"""Sendings whose copies each process keeps read."""
IN_PART = ("words", "against", "paragraph")
"""Kinds of changes that can be accepted in part: those that put in words."""


@dataclass(frozen=True)
class Reviewed:
    """What was sent, with the copies that came back."""

    version: SentInspection
    found: Reviews


@dataclass(frozen=True)
class Comment:
    """A comment of a copy, with what a lead answered."""

    copy: Return
    number: int
    author: str
    when: str
    words: str
    unit: str
    answer: Answer | None

    @property
    def key(self) -> str:
        """What tells it from every other of its sending."""
        return f"{self.copy.name}-comment-{self.number}"


@dataclass(frozen=True)
class Card:
    """A change that somebody decides on; others that did the same are decided with it."""

    change: Change
    copies: tuple[Return, ...]
    """The copies that have it; the first is that of the change."""
    alike: tuple[Change, ...]
    """The same change in other copies."""
    pieces: tuple[Piece, ...]
    """The whole sentence, before and after."""
    disputes: tuple[tuple[str, str, str], ...]
    """Changes to the same words: the id, who made it and what it says."""
    comments: tuple[Comment, ...]
    state: str
    """open, accepted, rejected or in part."""
    decision: Decision | None
    earlier: Held | None
    """What was decided on the same change in a copy that this one replaces."""
    follows: bool
    """Whether what becomes of it follows from what was decided on another."""

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to decide."""
        return self.state == "open"

    @property
    def finding(self) -> str:
        """The finding that it is about."""
        return self.change.unit.partition(".")[0]

    @property
    def place(self) -> str:
        """The part of the inspection that its words come from."""
        return place_of_unit(self.change.unit)

    @property
    def day(self) -> date | None:
        """The day on which it was made, as its copy says."""
        try:
            moment = datetime.fromisoformat(self.change.hunk.mark.when)
            return timezone.localtime(moment).date() if moment.tzinfo else moment.date()
        except ValueError:
            return None

    @property
    def can_be_taken_in_part(self) -> bool:
        """Whether other words can be put in the place of those proposed."""
        return self.change.hunk.kind in IN_PART

    @property
    def authors(self) -> tuple[str, ...]:
        """Who made it, by the names in the files."""
        return tuple(dict.fromkeys(one.hunk.mark.author for one in (self.change, *self.alike)))


def place_of_unit(unit: str) -> str:
    """Return the part of an inspection that a block of its letter is made from: a finding, a person, a footnote."""
    first, _, second = unit.partition(".")
    return f"{first}.{second}" if first in ("signatory", "round") else first


def reviewed(sending: Sending) -> Reviewed:
    """Return the copies of a sending that count, read."""
    copies = tuple((copy.name, copy.file.blob_id) for copy in copies_that_count(sending) if copy.file)
    return read_copies(sending.version.text_id, sending.version.number, sending.file.blob_id, copies)


@lru_cache(maxsize=MOST_KEPT)
def read_copies(text: str, number: int, sent: str, copies: tuple[tuple[str, str], ...]) -> Reviewed:
    """Return copies read, by the hashes of everything that is read."""
    source = text_as_file(text_by_hash(text), number)
    kept = SourceFile(f"v{number}.docx", blobs.get(Blob(sha256=sent)))
    version = sent_inspection(source, joint(), kept)
    files = [SourceFile(f"{name}.docx", blobs.get(Blob(sha256=digest))) for name, digest in copies]
    return Reviewed(version, read_reviews(version, files))


def rows_of(sending: Sending) -> dict[str, Decision]:
    """Return the newest decision on each change of every copy of a sending, those taken back left out."""
    rows = Decision.objects.filter(copy__sending=sending).select_related("person").order_by("pk")
    newest = {row.change: row for row in rows}
    return {name: row for name, row in newest.items() if row.verdict != Decision.OPEN}


def decisions_of(rows: Mapping[str, Decision]) -> Decisions:
    """Return decisions as a merge takes them; those on copies that were replaced are offered, and do not hold."""
    return Decisions(decisions=[Held.model_validate(row.held) for row in rows.values()])


def cards(sending: Sending) -> list[Card]:
    """Return every change of a sending's copies, each with what becomes of it, in the order of the letter."""
    read, rows = reviewed(sending), rows_of(sending)
    resolution = resolution_of(read.found, decisions_of(rows))
    return list(cards_of(sending, read, resolution, rows))


def cards_of(sending: Sending, read: Reviewed, resolution: Resolution, rows: Mapping[str, Decision]) -> Iterator[Card]:
    """Yield the cards of copies that were read; a change that others made too has one card."""
    copies = {copy.name: copy for copy in copies_that_count(sending)}
    by_id = {change.id: change for change in read.found.changes}
    remarks = comments(sending, read)
    placed: set[str] = set()
    for change in read.found.changes:
        if change.id in placed:
            continue
        alike = tuple(by_id[name] for name in change.agrees if name in by_id and name not in placed)
        together = (change, *alike)
        placed |= {one.id for one in together}
        decided = next((rows[one.id] for one in together if one.id in resolution.decided and one.id in rows), None)
        yield Card(
            change,
            tuple(copies[one.review] for one in together),
            alike,
            tuple(sentence(read, change)),
            tuple(
                (name, by_id[name].hunk.mark.author, said_of(by_id[name]))
                for name in dict.fromkeys(name for one in together for name in one.conflicts)
                if name in by_id
            ),
            tuple(remark for remark, of in remarks if is_about(of, together)),
            state_of(together, resolution, decided),
            decided,
            next((resolution.before[one.id] for one in together if one.id in resolution.before), None),
            decided is None and bool(follows(together, resolution)),
        )


def state_of(together: Sequence[Change], resolution: Resolution, decided: Decision | None) -> str:
    """Return what becomes of a change: it is open until somebody decided on it, or on what it follows from."""
    if decided is not None:
        return {"accept": "accepted", "reject": "rejected", "part": "in part"}[decided.verdict]
    return follows(together, resolution) or "open"


def follows(together: Sequence[Change], resolution: Resolution) -> str:
    """Return what becomes of a change that nobody decided on, where that follows from what was decided on others."""
    rejected = {change.id for change in resolution.rejected}
    return "rejected" if all(change.id in rejected for change in together) else ""


def is_about(remark: Remark, together: Sequence[Change]) -> bool:
    """Say whether a comment stands at one of some changes: at its words, or in its paragraph."""
    if remark.change:
        return any(remark.change == change.id for change in together)
    return any(remark.line == change.hunk.line and remark.line >= 0 for change in together)


def comments(sending: Sending, read: Reviewed) -> list[tuple[Comment, Remark]]:
    """Return every comment of a sending's copies, with its answer and the place that it is about."""
    copies = {copy.name: copy for copy in copies_that_count(sending)}
    answers = {
        (row.copy_id, row.comment): row
        for row in Answer.objects.filter(copy__sending=sending).select_related("person").order_by("pk")
    }
    found = []
    for review in read.found.reviews:
        copy = copies[review.name]
        for number, remark in enumerate(review.remarks, start=1):
            held = remark.comment
            answer = answers.get((copy.pk, number))
            found.append((Comment(copy, number, held.author, held.when, held.text, remark.unit, answer), remark))
    return found


def lone_comments(sending: Sending) -> list[Comment]:
    """Return the comments that stand at no change."""
    read = reviewed(sending)
    return [
        comment
        for comment, remark in comments(sending, read)
        if not any(is_about(remark, [change]) for change in read.found.changes)
    ]


def sentence(read: Reviewed, change: Change) -> Iterator[Piece]:
    """Yield the whole sentence that a change stands in, with the change marked in it."""
    hunk = change.hunk
    words = read.found.sent.text(hunk.line)
    if hunk.kind != "words" or hunk.within or words[hunk.start : hunk.end] != change.before:
        yield from bare(change)
        return
    start, end = bounds(words, hunk.start, hunk.end)
    yield from spoken(words[start : hunk.start], "same")
    yield from spoken(change.before, "deleted")
    yield from spoken(change.after, "inserted")
    yield from spoken(words[hunk.end : end], "same")


def bare(change: Change) -> Iterator[Piece]:
    """Yield a change of which the whole says itself: a paragraph, a look, a move."""
    if change.hunk.kind == "removed":
        yield from spoken(change.before, "deleted")
    elif change.hunk.kind in ("paragraph", "table"):
        yield from spoken(change.after, "inserted")
    else:
        yield Piece(said_of(change), "same")


def spoken(words: str, kind: str) -> Iterator[Piece]:
    """Yield words as one piece; none where there are none."""
    if words:
        yield Piece(words, kind)


def bounds(words: str, first: int, last: int) -> tuple[int, int]:
    """Return where the sentences begin and end that a place in a paragraph stands in."""
    ends = [match.end() for match in re.finditer(r"[.!?][)’”\"']*\s+", words)]
    start = max((end for end in ends if end <= first), default=0)
    return start, min((end for end in ends if end >= last and end > first), default=len(words))
