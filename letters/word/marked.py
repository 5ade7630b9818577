"""Lines with marks -> WordprocessingML: native insertions, deletions, moves and changes of look, and comments."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from itertools import count, groupby

from letters.document.marks import Anchor, Grid, Line, Mark, Piece, Row, Story, lines_of
from letters.word.stories import BESIDE_RUNS

TARGET = re.compile(r'(r:(?:id|embed|link)|\w+:(?:embed|id|link))="(image|link|nothing):([^"]*)"')
DRAWING_NUMBER = re.compile(r'(<(?:\w+:)?(?:docPr|cNvPr) (?:[^>]*? )?id=")\d+(")')
OWN_NUMBER = re.compile(
    r'(<w:(?:ins|del|moveFrom|moveTo|rPrChange|pPrChange|bookmarkStart|bookmarkEnd)\b[^>]*? w:id=")[^"]*(")'
)
"""The numbers of marks within a thing such as a text box: they count with all others of the file."""
COMMENT_ANCHORS = re.compile(r"<w:comment(?:RangeStart|RangeEnd|Reference)\b[^>]*/>")
SPLIT = re.compile("([\t\n])")
Fate = tuple[Mark | None, Mark | None]


@dataclass
class Targets:
    """What one part leads to: links and pictures, each under the id of its relationship."""

    links: dict[str, str] = field(default_factory=dict)
    images: dict[str, str] = field(default_factory=dict)

    def link(self, address: str) -> str:
        """Return the id of the relationship to an address."""
        return self.links.setdefault(address, f"rIdL{len(self.links) + 1}")

    def image(self, key: str) -> str:
        """Return the id of the relationship to a picture."""
        return self.images.setdefault(key, f"rIdI{len(self.images) + 1}")


class MarkedWriter:
    """Writes the stories of one file; every id in it comes from one count."""

    def __init__(self) -> None:
        self.ids = count(1)
        self._drawings = count(1)
        self._notes: set[str] = set()
        self.targets = Targets()
        self.copies: dict[str, str] = {}
        """Footnotes whose reference stands a second time, by their new number: one went where another came."""
        self._open: list[str] = []
        self._last: dict[str, int] = {}
        self._place = 0

    def story(self, story: Story) -> str:
        """Return the XML of a story."""
        self._last = {
            comment: place
            for place, piece in enumerate(piece for line in lines_of(story) for piece in line.pieces)
            for comment in piece.comments
        }
        self._place = 0
        return "".join(self._blocks(story))

    def _blocks(self, story: Story) -> Iterator[str]:
        moving: tuple[str, str, int] | None = None
        for block in story:
            move = move_of(block) if isinstance(block, Line) else None
            if moving and (move is None or moving[:2] != move[:2]):
                yield f'<w:{moving[0]}RangeEnd w:id="{moving[2]}"/>'
                moving = None
            start = ""
            if move and moving is None:
                moving = (move[0], move[1], next(self.ids))
                start = f'<w:{move[0]}RangeStart w:id="{moving[2]}" w:name="{escape(move[1])}"{signed(move[2])}/>'
            yield self._line(block, start) if isinstance(block, Line) else self._grid(block)
        if moving:
            yield f'<w:{moving[0]}RangeEnd w:id="{moving[2]}"/>'

    def _line(self, line: Line, start: str) -> str:
        ends = "".join(self._bare(name, *fate) for fate, name in end_marks(line))
        ends = f"<w:rPr>{ends}</w:rPr>" if ends else ""
        change = ""
        if line.changed:
            change = f"<w:pPrChange{self._signed(line.changed)}><w:pPr>{line.was}</w:pPr></w:pPrChange>"
        kept = [held for held in line.anchors if not (held.inserted or held.deleted)]
        numbers = [next(self.ids) for _ in kept]
        opened = "".join(
            f'<w:bookmarkStart w:id="{number}" w:name="{held.name}"/>'
            for number, held in zip(numbers, kept, strict=True)
        )
        closed = "".join(f'<w:bookmarkEnd w:id="{number}"/>' for number in numbers)
        words = "".join(self._runs([held for held in line.anchors if held not in kept], line.pieces))
        settings = f"<w:pPr>{line.props}{ends}{line.section}{change}</w:pPr>"
        if within := moved_within(line):
            half, name, mark = within
            number = next(self.ids)
            start += f'<w:{half}RangeStart w:id="{number}" w:name="{escape(name)}"{signed(mark)}/>'
            closed += f'<w:{half}RangeEnd w:id="{number}"/>'
        return f"<w:p>{settings}{start}{opened}{words}{closed}</w:p>"

    def _bare(self, tag: str, mark: Mark) -> str:
        return f"<w:{tag}{self._signed(mark)}/>"

    def _signed(self, mark: Mark) -> str:
        return f' w:id="{next(self.ids)}"{signed(mark)}'

    def _runs(self, anchors: list[Anchor], pieces: tuple[Piece, ...]) -> Iterator[str]:
        """Yield anchors and pieces, each run of one link, one fate and one set of comments under one roof."""
        first = (pieces[0].inserted, pieces[0].deleted) if pieces and not pieces[0].link else None
        lead = ""
        for fate, group in groupby(anchors, key=lambda held: (held.inserted, held.deleted)):
            points = "".join(map(self._point, group))
            if fate == first:
                lead += points
            else:
                yield self._under(fate, points)
        for (link, comments), run in groupby(pieces, key=lambda piece: (piece.link, piece.comments)):
            held = list(run)
            yield from self._opened(comments)
            inner = "".join(self._fates(held, lead))
            yield self._linked(link, inner) if link else inner
            lead = ""
            self._place += len(held)
            yield from self._closed(comments)

    def _point(self, held: Anchor) -> str:
        number = next(self.ids)
        return f'<w:bookmarkStart w:id="{number}" w:name="{held.name}"/><w:bookmarkEnd w:id="{number}"/>'

    def _opened(self, comments: tuple[str, ...]) -> Iterator[str]:
        for comment in comments:
            if comment not in self._open:
                self._open.append(comment)
                yield f'<w:commentRangeStart w:id="{comment}"/>'

    def _closed(self, comments: tuple[str, ...]) -> Iterator[str]:
        for comment in [*self._open]:
            if self._last.get(comment, -1) < self._place:
                self._open.remove(comment)
                yield f'<w:commentRangeEnd w:id="{comment}"/><w:r><w:commentReference w:id="{comment}"/></w:r>'

    def _fates(self, pieces: list[Piece], lead: str) -> Iterator[str]:
        for fate, group in groupby(pieces, key=lambda piece: (piece.inserted, piece.deleted)):
            yield self._under(fate, lead + "".join(self._piece(piece) for piece in group))
            lead = ""

    def _under(self, fate: Fate, inner: str) -> str:
        """Return XML within the marks of who took it out and who put it in."""
        inserted, deleted = fate
        if deleted:
            tag = "moveFrom" if deleted.move else "del"
            inner = f"<w:{tag}{self._signed(deleted)}>{inner}</w:{tag}>"
        if inserted:
            tag = "moveTo" if inserted.move else "ins"
            inner = f"<w:{tag}{self._signed(inserted)}>{inner}</w:{tag}>"
        return inner

    def _linked(self, link: str, inner: str) -> str:
        if link.startswith("#"):
            return f'<w:hyperlink w:anchor="{escape(link[1:])}" w:history="1">{inner}</w:hyperlink>'
        return f'<w:hyperlink r:id="{self.targets.link(link)}" w:history="1">{inner}</w:hyperlink>'

    def _piece(self, piece: Piece) -> str:
        look = piece.look
        if piece.changed:
            look += f"<w:rPrChange{self._signed(piece.changed)}><w:rPr>{piece.was}</w:rPr></w:rPrChange>"
        look = f"<w:rPr>{look}</w:rPr>" if look else ""
        gone = piece.deleted is not None and not piece.deleted.move
        if piece.object_key.startswith("note:"):
            return (
                f'<w:r>{look}<w:footnoteReference w:id="{self._note(piece.object_key.removeprefix("note:"))}"/></w:r>'
            )
        if piece.object_key.startswith(BESIDE_RUNS):
            return self._thing(piece)
        if piece.object_key:
            xml = self._thing(piece)
            return f"<w:r>{look}{xml.replace('w:instrText', 'w:delInstrText') if gone else xml}</w:r>"
        return f"<w:r>{look}{''.join(text_elements(piece.text, 'delText' if gone else 't'))}</w:r>"

    def _note(self, number: str) -> str:
        """Return the number of a footnote's reference; no two references share one."""
        if number in self._notes:
            copy = str(10_000 + len(self.copies))
            self.copies[copy] = number
            return copy
        self._notes.add(number)
        return number

    def _thing(self, piece: Piece) -> str:
        xml = TARGET.sub(self._target, COMMENT_ANCHORS.sub("", str(piece.content)))
        xml = OWN_NUMBER.sub(lambda found: f"{found[1]}{next(self.ids)}{found[2]}", xml)
        return DRAWING_NUMBER.sub(lambda found: f"{found[1]}{next(self._drawings)}{found[2]}", xml)

    def _target(self, found: re.Match[str]) -> str:
        if found[2] == "nothing":
            return ""
        held = self.targets.image(found[3]) if found[2] == "image" else self.targets.link(found[3])
        return f'{found[1]}="{held}"'

    def _grid(self, grid: Grid) -> str:
        props = grid.props
        if grid.changed:
            old = re.search(r"<w:tblPr\b.*?</w:tblPr>", grid.was, re.DOTALL)
            change = f"<w:tblPrChange{self._signed(grid.changed)}>{old[0] if old else '<w:tblPr/>'}</w:tblPrChange>"
            props = props.replace("</w:tblPr>", f"{change}</w:tblPr>", 1)
        return f"<w:tbl>{props}{''.join(map(self._row, grid.rows))}</w:tbl>"

    def _row(self, row: Row) -> str:
        marks = self._bare("ins", row.inserted) if row.inserted else ""
        marks += self._bare("del", row.deleted) if row.deleted else ""
        cells = "".join(
            f"<w:tc><w:tcPr>{cell.props}</w:tcPr>{''.join(self._blocks(cell.story))}</w:tc>" for cell in row.cells
        )
        return f"<w:tr><w:trPr>{row.props}{marks}</w:trPr>{cells}</w:tr>"


def end_marks(line: Line) -> Iterator[tuple[tuple[Mark], str]]:
    """Yield the marks of a paragraph's end with their elements, in the order of CT_ParaRPr."""
    if line.inserted:
        yield (line.inserted,), "moveTo" if line.inserted.move else "ins"
    if line.deleted:
        yield (line.deleted,), "moveFrom" if line.deleted.move else "del"


def move_of(line: Line) -> tuple[str, str, Mark] | None:
    """Return the move that a paragraph is part of: which half, its name, and who moved it."""
    if line.deleted and line.deleted.move:
        return "moveFrom", line.deleted.move, line.deleted
    if line.inserted and line.inserted.move:
        return "moveTo", line.inserted.move, line.inserted
    return None


def moved_within(line: Line) -> tuple[str, str, Mark] | None:
    """Return the move of a paragraph in a row that was moved: its words move, its end stays with its row."""
    if line.deleted or line.inserted or not line.pieces:
        return None
    first = line.pieces[0]
    if first.deleted and first.deleted.move:
        return "moveFrom", first.deleted.move, first.deleted
    return ("moveTo", first.inserted.move, first.inserted) if first.inserted and first.inserted.move else None


def signed(mark: Mark) -> str:
    """Return who and when as attributes."""
    when = f' w:date="{escape(mark.when)}"' if mark.when else ""
    return f' w:author="{escape(mark.author)}"{when}'


def text_elements(words: str, tag: str) -> Iterator[str]:
    """Yield the elements of a run's words; white space is kept."""
    for part in SPLIT.split(words):
        if part == "\t":
            yield "<w:tab/>"
        elif part == "\n":
            yield "<w:br/>"
        elif part:
            text = escape(part, quote=False)
            kept = ' xml:space="preserve"' if part.strip() != part else ""
            yield f"<w:{tag}{kept}>{text}</w:{tag}>"
