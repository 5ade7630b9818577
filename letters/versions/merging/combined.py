"""All reviewers' changes on what was sent, as one story: each change keeps its author, its date and its comments."""

from collections.abc import Collection, Iterator
from itertools import count

from letters.document.marks import Anchor, Comment, Grid, Line, Mark, Marked, Piece, Row, Story, lines_of, merged
from letters.versions.copies.changes import Change, Remark, Review, Sent
from letters.versions.edits import WHOLE
from letters.versions.merging.notes import NEW_NOTE, new_thing
from letters.versions.merging.weaving import Strip, Weaver, Word

FIRST_NEW_NOTE = 20_000
"""The number of the first footnote that a reviewer put in; those that were sent have the first numbers."""
BOLD, ITALIC = "<w:b/>", "<w:i/>"


class Combiner:
    """Writes the woven letter as lines with marks, in the order and the tables in which it was sent."""

    def __init__(self, sent: Sent, weaver: Weaver, changes: list[Change]) -> None:
        self._sent, self._weaver = sent, weaver
        self._changes = {change.id: change for change in changes}
        self._next = 0
        self.notes: dict[str, str] = {}
        """What the combined file calls each footnote that a reviewer put in."""

    def story(self, story: Story, start: int) -> Story:
        """Return a story with the changes on it; `start` is the number of its first paragraph."""
        self._next = start
        out: list[Line | Grid] = [*map(self._line, self._weaver.around(-1))] if start == 0 else []
        for block in story:
            out += self._block(block)
        return tuple(out)

    def _block(self, block: Line | Grid) -> Iterator[Line | Grid]:
        if isinstance(block, Grid):
            yield block._replace(rows=tuple(self._row(row) for row in block.rows))
            return
        number, self._next = self._next, self._next + 1
        yield from map(self._line, self._weaver.around(number))

    def _row(self, row: Row) -> Row:
        cells = (
            cell._replace(story=tuple(made for block in cell.story for made in self._block(block)))
            for cell in row.cells
        )
        return row._replace(cells=tuple(cells))

    def _line(self, strip: Strip) -> Line:
        """Return one paragraph with its marks."""
        moving = self._moving(strip.moved)
        pieces = merged(self._piece(word, strip, moving) for word in strip.words if can_stand(word))
        inserted, deleted = moving or self._mark(strip.put), self._mark(strip.gone)
        if strip.left:
            deleted = self._moving(strip.left)
        if strip.put and moving:
            inserted = self._mark(strip.put)
        sent = self._sent.lines[strip.line] if strip.line >= 0 else None
        return Line(
            pieces,
            self._anchors(strip, sent, moving, deleted),
            strip.style,
            self._props(strip),
            inserted,
            deleted,
            section=sent.section if sent and strip.ends_line and not strip.left and not moving else "",
        )

    def _anchors(
        self, strip: Strip, sent: Line | None, moving: Mark | None, deleted: Mark | None
    ) -> tuple[Anchor, ...]:
        """Return the anchors of the first part of a paragraph that was sent."""
        if sent is None or strip.left or strip.opened:
            return ()
        gone = deleted if strip.gone and self._changes[strip.gone].hunk.kind in WHOLE else None
        return tuple(Anchor(held.name, inserted=moving, deleted=gone) for held in sent.anchors)

    def _piece(self, word: Word, strip: Strip, moving: Mark | None) -> Piece:
        """Return words with their marks; of a paragraph that was moved, the sent words are what moved."""
        piece = word.piece
        gone = self._moving(strip.left) if strip.left else self._gone(word)
        if word.put:
            piece = self._with_note(word, piece)
            put = piece.inserted if piece.inserted and piece.inserted.author else self._changes[word.put].hunk.mark
            piece = piece._replace(look=own_look(piece), inserted=put._replace(move=""), was="", changed=None)
        else:
            piece = piece._replace(inserted=moving)
            if word.look and word.relook:
                piece = relooked(piece, word.relook, self._changes[word.look].hunk.mark)
        return piece._replace(deleted=gone)

    def _with_note(self, word: Word, piece: Piece) -> Piece:
        """Return the reference to a footnote that a reviewer put in, under a number that no other has."""
        if not piece.object_key.startswith("note:"):
            return piece
        name = self.notes.setdefault(
            new_thing(word.put.rpartition("-")[0], piece), f"note:{FIRST_NEW_NOTE + len(self.notes)}"
        )
        return piece._replace(object_key=name)

    def _gone(self, word: Word) -> Mark | None:
        mark = self._mark(word.gone)
        return mark._replace(move="") if mark else None

    def _mark(self, change: str) -> Mark | None:
        return self._changes[change].hunk.mark._replace(move="") if change else None

    def _moving(self, change: str) -> Mark | None:
        """Return the mark of a move, under a name of its own; one without a date is no move in Word."""
        mark = self._mark(change)
        return mark._replace(move=change if mark.when else "") if mark else None

    def _props(self, strip: Strip) -> str:
        """Return the settings of a paragraph; a new one has those of a sent one of its style."""
        if strip.line >= 0 and not strip.moved:
            return strip.props
        same = (line.props for line in self._sent.lines if line.style == strip.style)
        return next(same, self._sent.lines[0].props)


def can_stand(word: Word) -> bool:
    """Say whether what a reviewer put in can stand in another file."""
    return not word.put or can_be_shown(word.piece)


def can_be_shown(piece: Piece) -> bool:
    """Say whether another file can show a thing: words, pictures, text boxes and footnotes, and not what it embeds."""
    kind = piece.object_key.removeprefix("beside:").partition(":")[0]
    return not piece.object_key or kind in (
        "note",
        "drawing",
        "AlternateContent",
        "pict",
        "fldSimple",
        "ruby",
        "oMath",
        "oMathPara",
    )


def own_look(piece: Piece) -> str:
    """Return the look of words that a reviewer put in: what they mean, not the settings of her program."""
    return (BOLD if piece.strong else "") + (ITALIC if piece.emphasis else "")


def relooked(piece: Piece, now: Piece, mark: Mark) -> Piece:
    """Return a piece with a change of look marked."""
    rest = piece.look.replace(BOLD, "").replace(ITALIC, "")
    style, _, after = rest.rpartition("/>") if rest.startswith("<w:rStyle") else ("", "", rest)
    new = f"{style}/>{own_look(now)}{after}" if style else own_look(now) + after
    return piece._replace(look=new, was=piece.look, changed=mark)


def combined(file: Marked, sent: Sent, changes: list[Change], reviews: list[Review], hidden: Collection[str]) -> Marked:
    """Return the sent file with every comment of every review, and every change but the hidden ones."""
    numbers = comment_numbers(reviews)
    shown = {change.id for change in changes} - {*hidden}
    weaver = Weaver(sent, reviews, shown, comments=numbers)
    stories = woven(file, sent, weaver, changes)
    remarks = [remark for review in reviews for remark in review.remarks]
    unplaced = [remark for remark in remarks if numbers[remark.review, remark.comment.id] not in placed(stories)]
    if unplaced:
        weaver.about = about(unplaced, numbers)
        stories = woven(file, sent, weaver, changes)
    return Marked(stories, tuple(renumbered(remark, numbers) for remark in remarks))


def woven(file: Marked, sent: Sent, weaver: Weaver, changes: list[Change]) -> dict[str, Story]:
    """Return the body and the footnotes of a file with what a weaver shows; other stories as they are."""
    combiner = Combiner(sent, weaver, changes)
    stories, start = {}, sent.notes_from
    for name, story in file.stories.items():
        stories[name] = story
        if name == "body":
            stories[name] = combiner.story(story, 0)
        elif name.startswith("note:"):
            stories[name] = combiner.story(story, start)
            start += len(story)
    return stories | new_stories(combiner.notes, weaver.reviews, sent)


def new_stories(notes: dict[str, str], reviews: list[Review], sent: Sent) -> dict[str, Story]:
    """Return the footnotes that reviewers put in, under the numbers that the combined file gives them."""
    copies = {review.name: review.copy for review in reviews}
    found: dict[str, Story] = {}
    for object_key, name in notes.items():
        review, _, number = object_key.removeprefix(NEW_NOTE).rpartition(":")
        story = copies[review].stories.get(f"note:{number}", ())
        lines = [line._replace(anchors=(), changed=None, was="") for line in lines_of(story)]
        like = next(iter(sent.lines[sent.notes_from :]), None)
        found[name] = tuple(line._replace(props=like.props) if like else line for line in lines)
    return found


def placed(stories: dict[str, Story]) -> set[str]:
    """Return the comments that are about words of some stories."""
    lines = (line for story in stories.values() for line in lines_of(story))
    return {name for line in lines for piece in line.pieces for name in piece.comments}


def about(remarks: list[Remark], numbers: dict[tuple[str, str], str]) -> dict[int, list[tuple[int, int, str]]]:
    """Return what comments are about that no word of the file has: their paragraph or its words, or the first one."""
    found: dict[int, list[tuple[int, int, str]]] = {}
    for remark in remarks:
        spot = (remark.start, remark.end) if remark.start < remark.end else (0, 0)
        found.setdefault(max(remark.line, 0), []).append((*spot, numbers[remark.review, remark.comment.id]))
    return found


def comment_numbers(reviews: list[Review]) -> dict[tuple[str, str], str]:
    """Return for each comment, by its copy and its number there, a number that no other comment has."""
    free = count(1)
    return {(review.name, remark.comment.id): str(next(free)) for review in reviews for remark in review.remarks}


def renumbered(remark: Remark, numbers: dict[tuple[str, str], str]) -> Comment:
    """Return a comment under its new number; an answer follows its question."""
    parent = numbers.get((remark.review, remark.comment.parent), "")
    return remark.comment._replace(id=numbers[remark.review, remark.comment.id], parent=parent)
