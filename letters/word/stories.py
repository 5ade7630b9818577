"""One story of a Word file -> lines with marks: its paragraphs, tables, frames and tracked changes."""

import hashlib
import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from letters.document.marks import OBJECT, Anchor, Cell, Grid, Line, Mark, Piece, Row, Story, merged
from letters.errors import UnreadableInput
from letters.word.drafts import ANCHOR
from letters.word.elements import DRAWN_IDS, drawn_words, inner, is_on, raw, raw_without, words_of
from letters.word.link_fields import with_links
from letters.word.names import (
    RELATIONSHIP_NS,
    W,
)
from letters.word.word_file import WordFile

R = f"{{{RELATIONSHIP_NS}}}"


COPIED = re.compile(r"(?<=_[0-9a-f]{6})_Cop.*$")
"""What LibreOffice puts behind a bookmark's name where it writes its paragraph twice; names end at 40 letters."""
INSERTS, DELETES = (f"{W}ins", f"{W}moveTo"), (f"{W}del", f"{W}moveFrom")
WRAPPERS = tuple(f"{W}{name}" for name in ("smartTag", "customXml", "sdtContent", "dir", "bdo"))


UNSEEN = tuple(f"{W}{name}" for name in ("rPr", "lastRenderedPageBreak", "annotationRef"))


BESIDE_RUNS = "beside:"
"""Begins what a thing is that stands among runs, and not in one."""


SETTINGS = (f"{W}pPr", f"{W}sdtPr", f"{W}sdtEndPr")


MARK_NAMES = {"ins", "del", "moveFrom", "moveTo", "rPrChange"}


class Known(NamedTuple):
    """What the stories of a file refer to: the looks of its character styles, and the words of its endnotes."""

    looks: dict[str, str]
    endnotes: dict[str, str]


def story_of(file: WordFile, part: str, container: etree._Element | None, known: Known) -> Story:
    """Return what is in a container (body, cell, footnote, header) as lines and tables."""
    if container is None:
        raise UnreadableInput(f"{file.name}: {part} has no body. Save it again from Word.")
    return StoryReader(known).story(container)


class StoryReader:
    """Reads the lines of one story; names and comments that are open go from line to line."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._moves: dict[str, str] = {}
        self._comments: list[str] = []
        self._anchors: list[Anchor] = []
        self._unplaced: list[str] = []
        """Comments that are about a point and not about words."""
        self._placed: set[str] = set()

    def story(self, container: etree._Element) -> Story:
        """Return the lines and tables in a container."""
        return tuple(self._blocks(container, None, None))

    def _blocks(self, container: etree._Element, inserted: Mark | None, deleted: Mark | None) -> Iterator[Line | Grid]:
        for child in container:
            if child.tag == f"{W}p":
                for frame in frames_of(child):
                    yield from self._blocks(frame, inserted, deleted)
                yield self._line(child, inserted, deleted)
            elif child.tag == f"{W}tbl":
                yield self._grid(child)
            elif child.tag == f"{W}sdt":
                yield from self._content(child, inserted, deleted)
            elif child.tag in INSERTS:
                yield from self._blocks(child, self._mark(child), deleted)
            elif child.tag in DELETES:
                yield from self._blocks(child, inserted, self._mark(child))
            elif child.tag == f"{W}customXml":
                yield from self._blocks(child, inserted, deleted)
            else:
                self._ranged(child, inserted, deleted)

    def _content(self, control: etree._Element, inserted: Mark | None, deleted: Mark | None) -> Iterator[Line | Grid]:
        content = control.find(f"{W}sdtContent")
        if content is not None:
            yield from self._blocks(content, inserted, deleted)

    def _ranged(self, element: etree._Element, inserted: Mark | None, deleted: Mark | None) -> bool:
        """Take the start or end of a range: a bookmark, a comment, a move; say whether it was one."""
        name = etree.QName(element).localname if isinstance(element.tag, str) else ""
        if name == "bookmarkStart":
            if str(element.get(f"{W}name")).startswith(ANCHOR):
                anchor = COPIED.sub("", str(element.get(f"{W}name")))
                self._anchors.append(Anchor(anchor, inserted, deleted))
        elif name in ("moveFromRangeStart", "moveToRangeStart"):
            self._moves[name[:-10]] = str(element.get(f"{W}name"))
        elif name in ("moveFromRangeEnd", "moveToRangeEnd"):
            self._moves.pop(name[:-8], None)
        elif name == "commentRangeStart":
            self._comments.append(str(element.get(f"{W}id")))
            self._placed.add(str(element.get(f"{W}id")))
        elif name == "commentRangeEnd":
            self._comments = [comment for comment in self._comments if comment != element.get(f"{W}id")]
        else:
            return name in ("bookmarkEnd", "proofErr", "permStart", "permEnd")
        return True

    def _mark(self, element: etree._Element) -> Mark:
        name = etree.QName(element).localname
        move = self._moves.get(name) or "move" if name.startswith("move") else ""
        return Mark(str(element.get(f"{W}author", "")), str(element.get(f"{W}date", "")), move)

    def _line(self, paragraph: etree._Element, inserted: Mark | None, deleted: Mark | None) -> Line:
        settings = paragraph.find(f"{W}pPr")
        pieces = merged(with_links(tuple(self._pieces(paragraph, Piece("")))))
        if self._unplaced and pieces:
            last = pieces[-1]
            pieces = (*pieces[:-1], last._replace(comments=(*last.comments, *self._unplaced)))
            self._unplaced = []
        anchors, self._anchors = tuple(self._anchors), []
        line = Line(pieces, anchors, inserted=inserted, deleted=deleted)
        return line if settings is None else self._with_settings(line, settings)

    def _with_settings(self, line: Line, settings: etree._Element) -> Line:
        style, end, before, section = (settings.find(f"{W}{name}") for name in ("pStyle", "rPr", "pPrChange", "sectPr"))
        line = line._replace(
            style=str(style.get(f"{W}val")) if style is not None else "",
            props=inner(settings, {"rPr", "sectPr", "pPrChange"}),
            section=raw(section) if section is not None else "",
        )
        if before is not None:
            old = before.find(f"{W}pPr")
            line = line._replace(was=inner(old, set()) if old is not None else "", changed=self._mark(before))
        for child in end if end is not None else ():
            if child.tag in INSERTS:
                line = line._replace(inserted=self._mark(child))
            elif child.tag in DELETES:
                line = line._replace(deleted=self._mark(child))
        return line

    def _pieces(self, parent: etree._Element, state: Piece) -> Iterator[Piece]:
        for child in parent:
            tag = child.tag
            if tag == f"{W}r":
                yield from self._run(child, state)
            elif tag in INSERTS:
                yield from self._pieces(child, state._replace(inserted=self._mark(child)))
            elif tag in DELETES:
                yield from self._pieces(child, state._replace(deleted=self._mark(child)))
            elif tag == f"{W}hyperlink":
                yield from self._pieces(child, state._replace(link=address_of(child)))
            elif tag == f"{W}sdt" or tag in WRAPPERS:
                yield from self._pieces(child, state)
            elif not isinstance(tag, str) or tag in SETTINGS or self._ranged(child, state.inserted, state.deleted):
                continue
            else:
                object_key = self._thing(child, state)
                yield object_key._replace(object_key=f"{BESIDE_RUNS}{object_key.object_key}")

    def _run(self, run: etree._Element, state: Piece) -> Iterator[Piece]:
        state = state._replace(comments=tuple(self._comments))
        properties = run.find(f"{W}rPr")
        if properties is not None:
            state = self._with_look(state, properties)
        for child in run:
            tag = child.tag
            if tag in (f"{W}t", f"{W}delText"):
                yield state._replace(text=words_of(child))
            elif tag == f"{W}tab":
                yield state._replace(text="\t")
            elif tag == f"{W}br" and child.get(f"{W}type", "textWrapping") == "textWrapping":
                yield state._replace(text="\n")
            elif tag == f"{W}noBreakHyphen":
                yield state._replace(text="\u2011")
            elif tag == f"{W}commentReference":
                self._unplaced += [str(child.get(f"{W}id"))] if child.get(f"{W}id") not in self._placed else []
            elif isinstance(tag, str) and tag not in UNSEEN and not is_frame(child):
                yield self._thing(child, state)

    def _with_look(self, state: Piece, properties: etree._Element) -> Piece:
        """Return a piece with the look of a run's properties; w:link's style and bold need no other reader."""
        look = inner(properties, MARK_NAMES)
        state = state._replace(look=look)
        if "<w:b" in look or "<w:i" in look or "<w:rStyle" in look:
            style = properties.find(f"{W}rStyle")
            named = self._known.looks.get(str(style.get(f"{W}val")), "") if style is not None else ""
            state = state._replace(
                strong=is_on(properties.find(f"{W}b"), named == "strong"),
                emphasis=is_on(properties.find(f"{W}i"), named == "emphasis"),
            )
        before = properties.find(f"{W}rPrChange")
        if before is not None:
            old = before.find(f"{W}rPr")
            state = state._replace(was=inner(old, set()) if old is not None else "", changed=self._mark(before))
        return state

    def _thing(self, element: etree._Element, state: Piece) -> Piece:
        """Return what is no word: what makes two of them the same leaves out the numbers that each file gives anew."""
        name = etree.QName(element).localname
        xml = raw(element)
        if name == "footnoteReference":
            return state._replace(text=OBJECT, object_key=f"note:{element.get(f'{W}id')}", content=xml)
        if name == "endnoteReference":
            words = self._known.endnotes.get(str(element.get(f"{W}id")), "")
            return state._replace(text=OBJECT, object_key=f"{name}:{words}", content=xml)
        key = DRAWN_IDS.sub(drawn_words, xml)
        object_key = f"{name}:{hashlib.sha256(key.encode()).hexdigest()[:16]}"
        return state._replace(text=OBJECT, object_key=object_key, content=xml)

    def _grid(self, table: etree._Element) -> Grid:
        settings, columns = table.find(f"{W}tblPr"), table.find(f"{W}tblGrid")
        before, old = table.find(f"{W}tblPr/{W}tblPrChange"), table.find(f"{W}tblPr/{W}tblPrChange/{W}tblPr")
        widths = raw(columns) if columns is not None else ""
        rows = tuple(self._row(row) for row in rows_of(table))
        if before is None:
            return Grid(rows, (raw(settings) if settings is not None else "") + widths)
        was = (raw(old) if old is not None else "") + widths
        return Grid(rows, raw_without(settings, f"{W}tblPrChange") + widths, was, self._mark(before))

    def _row(self, row: etree._Element) -> Row:
        settings = row.find(f"{W}trPr")
        inserted = deleted = None
        if settings is not None:
            for child in settings:
                inserted = self._mark(child) if child.tag == f"{W}ins" else inserted
                deleted = self._mark(child) if child.tag == f"{W}del" else deleted
        cells = list(cells_of(row))
        return Row(
            tuple(self._cell(cell) for cell in cells),
            inner(settings, {"ins", "del", "trPrChange"}) if settings is not None else "",
            inserted,
            deleted,
        )

    def _cell(self, cell: etree._Element) -> Cell:
        settings = cell.find(f"{W}tcPr")
        props = inner(settings, {"cellIns", "cellDel", "tcPrChange"}) if settings is not None else ""
        return Cell(tuple(self._blocks(cell, None, None)), props)


def frames_of(paragraph: etree._Element) -> list[etree._Element]:
    """Return what text boxes hold that were paragraphs of ours: OpenDocument makes boxes of framed paragraphs."""
    boxes = paragraph.iterfind(f".//{W}txbxContent") if paragraph.find(f".//{W}txbxContent") is not None else ()
    return [box for box in boxes if not is_second_reading(box) and is_ours(box)]


def is_frame(element: etree._Element) -> bool:
    """Say whether something in a run is a text box of paragraphs of ours."""
    box = element.find(f".//{W}txbxContent")
    return box is not None and is_ours(box)


def is_ours(box: etree._Element) -> bool:
    """Say whether a text box holds a paragraph that was sent."""
    return any(str(mark.get(f"{W}name")).startswith(ANCHOR) for mark in box.iterfind(f".//{W}bookmarkStart"))


def is_second_reading(box: etree._Element) -> bool:
    """Say whether a text box is the one for programs that do not know the first (ISO 29500-3, 10.2)."""
    return any(etree.QName(parent).localname == "Fallback" for parent in box.iterancestors())


def rows_of(table: etree._Element) -> Iterator[etree._Element]:
    """Yield the rows of a table, those in controls too."""
    return children_of(table, f"{W}tr")


def cells_of(row: etree._Element) -> Iterator[etree._Element]:
    """Yield the cells of a row, those in controls too."""
    return children_of(row, f"{W}tc")


def children_of(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Yield the children of one kind, as if no content control or custom XML stood around them."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml"):
            yield from children_of(child, tag)


def address_of(link: etree._Element) -> str:
    """Return where a link leads; `#name` is a place in the file itself."""
    target = str(link.get(f"{R}id") or "")
    anchor = link.get(f"{W}anchor")
    return target.removeprefix("link:") + (f"#{anchor}" if anchor else "")
