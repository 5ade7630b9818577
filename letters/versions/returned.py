"""A reviewed copy held against what was sent: every edit as a hunk at its place in the paragraphs that were sent."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from letters.document.marks import Grid, Line, Mark, Marked, Piece, Row, Story, lines_of, merged, text_of
from letters.versions import alignment
from letters.versions.alignment import Unit
from letters.versions.wording import changes

UNTRACKED = " (untracked)"
"""Ends the name of a reviewer whose edit bears no mark: it was made with tracking off."""
WHOLE = ("removed", "moved")
"""Kinds of edits that take a whole paragraph away from its place."""


class Hunk(NamedTuple):
    """One edit at one place: words `start` to `end` of a line that was sent, and what stands there instead."""

    kind: str
    """words, look, paragraph (new, after the line), table (the same, in a table or row that was put in), removed,
    against (another's new words taken out again), moved (to after the line `target`), parted or joined."""
    line: int
    start: int
    end: int
    pieces: tuple[Piece, ...]
    mark: Mark
    tracked: bool = True
    style: str = ""
    props: str = ""
    target: int = -1
    at: int = 0
    """Before which letter of the line it stands, where a new paragraph, or one that was moved, parts that line."""


class Segment(NamedTuple):
    """A paragraph of a reviewed copy within one that was sent: its pieces, and the mark of its end where it is new."""

    line: Line
    pieces: tuple[Piece, ...]
    end: Mark | None
    in_table: bool


@dataclass
class Original:
    """One paragraph as it was before any tracked change, and the paragraphs that it became."""

    segments: list[Segment] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words before any tracked change."""
        return "".join(piece.text for part in self.segments for piece in part.pieces if not piece.inserted)

    @property
    def names(self) -> frozenset[str]:
        """Its anchors."""
        return frozenset(held.name for part in self.segments for held in part.line.anchors if not held.inserted)

    @property
    def gone(self) -> Mark | None:
        """Who took out its end."""
        return self.segments[-1].line.deleted


def flattened(story: Story, row: Row | None = None) -> Iterator[tuple[Line, bool]]:
    """Yield every paragraph of a story, and whether it stands in a table; a row's fate is that of all that is in it."""
    for block in story:
        if isinstance(block, Grid):
            for inner in block.rows:
                for cell in inner.cells:
                    yield from flattened(cell.story, inner)
        elif row and (row.inserted or row.deleted):
            yield with_fate(block, row), True
        else:
            yield block, row is not None


def with_fate(line: Line, row: Row) -> Line:
    """Return a paragraph of a row that came or went."""
    pieces = tuple(
        piece._replace(inserted=piece.inserted or row.inserted, deleted=piece.deleted or row.deleted)
        for piece in line.pieces
    )
    return line._replace(pieces=pieces, deleted=line.deleted or row.deleted)


def originals(lines: Iterator[tuple[Line, bool]]) -> Iterator[Original]:
    """Yield the paragraphs that were there before any tracked change."""
    held = Original()
    for line, in_table in lines:
        held.segments.append(Segment(line, line.pieces, line.inserted, in_table))
        if line.inserted is None:
            yield held
            held = Original()
    if held.segments:
        yield held


def all_lines(file: Marked) -> list[tuple[str, Line]]:
    """Return every paragraph of a file with the story it stands in, the body first."""
    return [(name, line) for name, story in file.stories.items() for line in lines_of(story)]


class Returned:
    """Lays the edits of one reviewed copy on the paragraphs of one story that was sent."""

    def __init__(self, sent: list[Line], story: Story, reviewer: str) -> None:
        self._sent = sent
        self._texts = [text_of(line) for line in sent]
        self._came = list(originals(flattened(story)))
        self._untracked = Mark(reviewer + UNTRACKED)
        olds = [
            Unit(text, frozenset(a.name for a in line.anchors), "line")
            for text, line in zip(self._texts, sent, strict=True)
        ]
        news = [Unit(came.text, came.names, "line") for came in self._came]
        self._pairs = alignment.pairs(olds, news)

    def found(self) -> float:
        """Return the share of the sent words that are in this copy, wherever they stand."""
        words = sum(map(len, self._texts)) or 1
        kept = sum(len(self._texts[a]) for a, b in self._pairs.items() if self._texts[a] == self._came[b].text)
        return kept / words

    def hunks(self) -> list[Hunk]:
        """Return every edit in reading order."""
        places = {b: a for a, b in self._pairs.items()}
        out: list[Hunk] = []
        for a in range(len(self._sent)):
            if a not in self._pairs and self._texts[a].strip():
                out.append(self._removed(a, self._untracked, tracked=False))
        kept = alignment.in_place(self._pairs, {a: len(self._texts[a]) + 1 for a in self._pairs})
        before = -1
        for b, came in enumerate(self._came):
            if b not in places:
                out += self._new_lines(came, before)
                continue
            a = places[b]
            if a not in kept and before != a - 1 and alignment.is_a_move(self._unit(a), self._unit(a)):
                out.append(self._removed(a, self._untracked, tracked=False)._replace(kind="moved", target=before))
            else:
                before = a
            out += (hunk for hunk in self._edits(a, came) if not is_nothing(hunk))
        return moved(out, self._texts)

    def comment_spots(self) -> dict[str, tuple[int, int, int]]:
        """Return the paragraph that each comment is about, and from where to where its sent words are in it."""
        places = {b: a for a, b in self._pairs.items()}
        found: dict[str, tuple[int, int, int]] = {}
        before = -1
        for b, came in enumerate(self._came):
            before = places.get(b, before)
            where = mapped(came.text, self._texts[before]) if b in places else []
            place = 0
            for piece in (piece for part in came.segments for piece in part.pieces):
                after = place + (0 if piece.inserted else len(piece.text))
                start, end = (where[place], where[after]) if where else (0, 0)
                for comment in piece.comments:
                    line, first, last = found.get(comment, (before, start, end))
                    found[comment] = (line, first, max(last, end) if line == before else last)
                place = after
        return found

    def _unit(self, a: int) -> Unit:
        return Unit(self._texts[a], frozenset(), "line")

    def _removed(self, a: int, mark: Mark, *, tracked: bool) -> Hunk:
        return Hunk("removed", a, 0, len(self._texts[a]), (), mark, tracked)

    def _new_lines(self, came: Original, before: int) -> Iterator[Hunk]:
        """Yield what nobody marked as new, and is."""
        for part in came.segments:
            pieces = bare(part.pieces)
            if pieces:
                mark = part.end or next((piece.inserted for piece in part.pieces if piece.inserted), None)
                yield Hunk(
                    "table" if part.in_table else "paragraph",
                    before,
                    0,
                    0,
                    pieces,
                    mark or self._untracked,
                    mark is not None,
                    part.line.style,
                    part.line.props,
                )

    def _edits(self, a: int, came: Original) -> Iterator[Hunk]:
        """Yield the edits of one paragraph that was sent."""
        where = mapped(came.text, self._texts[a])
        yield from self._silent(a, came)
        worded = [any(piece.text.strip() for piece in part.pieces if not piece.inserted) for part in came.segments]
        place = 0
        half: Segment | None = None
        for number, part in enumerate(came.segments):
            if part.pieces and len(worded) > 1 and not worded[number]:
                at = where[place] if half and any(worded[number:]) else 0
                yield from self._new_within(a if half else a - 1, at, part, came.segments[number - 1].end)
            else:
                if half and half.end and worded[number]:
                    mark, line = half.end, part.line
                    yield Hunk("parted", a, where[place], where[place], (), mark, True, line.style, line.props)
                yield from self._words(a, part.pieces, place, where)
                half = part if worded[number] else half
            place += sum(len(piece.text) for piece in part.pieces if not piece.inserted)
        if plain(came.text) == plain(self._texts[a]):
            yield from self._silent_looks(a, came)
        if came.gone:
            yield Hunk("joined", a, len(self._texts[a]), len(self._texts[a]), (), came.gone)

    def _new_within(self, line: int, at: int, part: Segment, before: Mark | None) -> Iterator[Hunk]:
        """Yield a new paragraph that stands after a line or, with `at`, within it."""
        mark, kind = part.end or before or self._untracked, "table" if part.in_table else "paragraph"
        pieces = merged(bared(piece)._replace(inserted=piece.inserted) for piece in part.pieces)
        yield Hunk(kind, line, 0, 0, pieces, mark, True, part.line.style, part.line.props, at=at)
        against = next((piece.deleted for piece in part.pieces if piece.deleted), None)
        if against:
            yield Hunk("against", line, 0, 0, pieces, against)

    def _silent(self, a: int, came: Original) -> Iterator[Hunk]:
        """Yield what was changed in a paragraph with tracking off; what was then taken out with a mark is no change."""
        sent, text = self._texts[a], came.text
        if plain(sent) == plain(text):
            return
        pieces = [piece for part in came.segments for piece in part.pieces if not piece.inserted]
        stands = [piece.deleted is None for piece in pieces for _ in piece.text]
        for change in changes(sent, text):
            if not change.same and plain(sent[change.a : change.b]) != plain(text[change.c : change.d]):
                new = "".join(
                    letter for place, letter in enumerate(text[change.c : change.d], change.c) if stands[place]
                )
                if new or change.a < change.b:
                    words = (Piece(new),) if new else ()
                    yield Hunk("words", a, change.a, change.b, words, self._untracked, tracked=False)

    def _silent_looks(self, a: int, came: Original) -> Iterator[Hunk]:
        """Yield what was given another look, or another link, with tracking off."""
        pieces = [piece for part in came.segments for piece in part.pieces if not piece.inserted]
        sent = [seen(piece) for piece in self._sent[a].pieces for _ in piece.text]
        place = 0
        for piece in pieces:
            for start, end in stretches(sent[place : place + len(piece.text)], seen(piece)):
                untouched = not (piece.deleted or piece.changed or piece.thing)
                if untouched and piece.text[start:end].strip():
                    new = bared(piece)._replace(text=piece.text[start:end])
                    yield Hunk("look", a, place + start, place + end, (new,), self._untracked, tracked=False)
            place += len(piece.text)

    def _words(self, a: int, pieces: tuple[Piece, ...], place: int, where: list[int]) -> Iterator[Hunk]:
        """Yield the tracked changes of words and looks; what one author did at one place is one edit."""
        held: Hunk | None = None
        for piece in pieces:
            length = 0 if piece.inserted else len(piece.text)
            both = piece.inserted and piece.deleted
            if both and piece.inserted != piece.deleted and piece.deleted and piece.inserted:
                place_there = where[place]
                yield Hunk("words", a, place_there, place_there, (bared(piece),), piece.inserted)
                yield Hunk("against", a, place_there, place_there, (bared(piece),), piece.deleted)
                continue
            mark = piece.deleted or piece.inserted
            if mark is None or both:
                if held:
                    yield held
                held = None
                if piece.changed and mark is None:
                    yield Hunk("look", a, where[place], where[place + length], (piece,), piece.changed)
            else:
                new = () if piece.deleted else (bared(piece)._replace(inserted=piece.inserted),)
                if held and continues(held, piece):
                    held = held._replace(
                        end=max(held.end, where[place + length]),
                        pieces=(*held.pieces, *new),
                        mark=piece.deleted or held.mark,
                    )
                else:
                    if held:
                        yield held
                    held = Hunk("words", a, where[place], where[place + length], new, mark)
            place += length
        if held:
            yield held


def seen(piece: Piece) -> tuple[bool, bool, str]:
    """Return how words look, as far as Markdown can say it."""
    return piece.strong, piece.emphasis, piece.link


def stretches(looks: list[tuple[bool, bool, str]], look: tuple[bool, bool, str]) -> Iterator[tuple[int, int]]:
    """Yield from where to where letters look otherwise than they do now."""
    start = 0
    for differs, group in groupby(looks, key=lambda before: before != look):
        end = start + len(list(group))
        if differs:
            yield start, end
        start = end


def is_nothing(hunk: Hunk) -> bool:
    """Say whether an edit takes out no word that was sent and puts none in: what it took out came with tracking off."""
    return hunk.kind == "words" and hunk.start == hunk.end and not hunk.pieces


def continues(held: Hunk, piece: Piece) -> bool:
    """Say whether a piece belongs to the edit before it: one author's, and taken out at one time.

    What was put in keeps a time of its own, so that an edit over the turn of a minute stays one.
    """
    if piece.deleted is None:
        return piece.inserted is not None and piece.inserted.author == held.mark.author
    return piece.deleted == held.mark or (held.start == held.end and piece.deleted.author == held.mark.author)


def mapped(text: str, sent: str) -> list[int]:
    """Return for each place in a text the place in what was sent."""
    if text == sent:
        return list(range(len(sent) + 1))
    where = [0] * (len(text) + 1)
    for change in changes(sent, text):
        for offset in range(change.d - change.c + 1):
            where[change.c + offset] = min(change.a + offset, change.b)
    return where


def plain(text: str) -> str:
    """Return a text without what programs change by themselves: kinds of spaces and hyphens."""
    return text.replace("\u00a0", " ").replace("\u2011", "-")


def bare(pieces: Iterator[Piece] | tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Return pieces without marks."""
    return merged(bared(piece) for piece in pieces if not piece.deleted)


def bared(piece: Piece) -> Piece:
    """Return a piece without marks."""
    return piece._replace(inserted=None, deleted=None, was="", changed=None, comments=())


def moved(hunks: list[Hunk], texts: list[str]) -> list[Hunk]:
    """Return hunks in which a paragraph that was taken out whole is removed, or moved where it was put in elsewhere.

    A move stands where the paragraph arrived, so that what came after one paragraph keeps its order.
    """
    hunks = removed(hunks, texts)
    gone = {index: hunk for index, hunk in enumerate(hunks) if hunk.kind == "removed"}
    out: list[Hunk | None] = list(hunks)
    for index, hunk in enumerate(hunks):
        if hunk.kind not in ("paragraph", "table"):
            continue
        words = plain("".join(piece.text for piece in hunk.pieces)).strip()
        for place, source in gone.items():
            same = plain(texts[source.line]).strip() == words and source.mark.author == hunk.mark.author
            if same and len(words) >= alignment.SHORTEST_MOVED:
                out[index] = source._replace(
                    kind="moved", target=hunk.line, at=hunk.at, mark=hunk.mark, style=hunk.style
                )
                out[place] = None
                del gone[place]
                break
    return [hunk for hunk in out if hunk is not None]


def removed(hunks: list[Hunk], texts: list[str]) -> list[Hunk]:
    """Return hunks in which the whole words of a paragraph, with its end or the end before it, are one removal."""
    ends = {hunk.line: hunk.mark.author for hunk in hunks if hunk.kind == "joined"}
    reworded = {hunk.line for hunk in hunks if hunk.kind == "words" and hunk.pieces}
    whole = {
        hunk.line: hunk
        for hunk in hunks
        if hunk.kind == "words" and not hunk.pieces and hunk.start == 0 and hunk.end == len(texts[hunk.line]) > 0
        if hunk.line not in reworded
        if {ends.get(line, hunk.mark.author) for line in (hunk.line - 1, hunk.line)} == {hunk.mark.author}
    }
    taken = set()
    out = []
    for hunk in hunks:
        if hunk.kind == "words" and whole.get(hunk.line) is hunk:
            taken.add(hunk.line if hunk.line in ends else hunk.line - 1)
            out.append(hunk._replace(kind="removed"))
        else:
            out.append(hunk)
    return [hunk for hunk in out if not (hunk.kind == "joined" and hunk.line in taken)]
