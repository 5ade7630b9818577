"""Word -> lines with tracked changes and comments; what no line can hold stays a thing, with its own XML."""

import hashlib
import posixpath
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from html import escape
from typing import NamedTuple

from lxml import etree

from letters.document.marks import OBJECT, Anchor, Cell, Grid, Line, Mark, Marked, Piece, Row, Story, merged
from letters.errors import UnreadableInput
from letters.word.comments import comments_of
from letters.word.drafts import ANCHOR
from letters.word.link_fields import with_links
from letters.word.names import (
    DOCUMENT,
    ENDNOTES,
    FOOTNOTES,
    RELATIONSHIP_NS,
    STYLES,
    W,
)
from letters.word.package import open_untrusted, parse

R = f"{{{RELATIONSHIP_NS}}}"
STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (b"http://purl.oclc.org/ooxml/officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)
"""The namespaces of ISO 29500 Strict, and what the rest of the world writes instead."""
INSERTS, DELETES = (f"{W}ins", f"{W}moveTo"), (f"{W}del", f"{W}moveFrom")
WRAPPERS = tuple(f"{W}{name}" for name in ("smartTag", "customXml", "sdtContent", "dir", "bdo"))
UNSEEN = tuple(f"{W}{name}" for name in ("rPr", "lastRenderedPageBreak", "annotationRef"))
BESIDE_RUNS = "beside:"
"""Begins what a thing is that stands among runs, and not in one."""
SETTINGS = (f"{W}pPr", f"{W}sdtPr", f"{W}sdtEndPr")
MARK_NAMES = {"ins", "del", "moveFrom", "moveTo", "rPrChange"}
DRAWN_IDS = re.compile(r"<(?:\w+:)?(?:docPr|cNvPr) [^>]*?>")
RUNNING = re.compile(r"^word/(header|footer)\d*\.xml$")
OLD_WORD = b"\xd0\xcf\x11\xe0"
COPIED = re.compile(r"(?<=_[0-9a-f]{6})_Cop.*$")
"""What LibreOffice puts behind a bookmark's name where it writes its paragraph twice; names end at 40 letters."""
MACROS = re.compile(r"vbaProject|\.ocx$|/activeX/")


class Known(NamedTuple):
    """What the stories of a file refer to: the looks of its character styles, and the words of its endnotes."""

    looks: dict[str, str]
    endnotes: dict[str, str]


@dataclass(frozen=True)
class Media:
    """A picture of a file: its bytes, and the end of its name."""

    data: bytes
    suffix: str


@dataclass
class WordFile:
    """A DOCX file read: its parts as they were, its stories as lines, its pictures by what they hold."""

    name: str
    parts: dict[str, bytes]
    marked: Marked
    roots: dict[str, etree._Element] = field(default_factory=dict)
    media: dict[str, Media] = field(default_factory=dict)


def read(data: bytes, name: str) -> WordFile:
    """Return a DOCX file as lines; raises UnreadableInput for what is no sound DOCX file, or not safe to open."""
    if data[:4] == OLD_WORD:
        raise UnreadableInput(
            f"{name}: this is an old Word file, or one with a password. Save it from Word as .docx, without a password."
        )
    parts = open_untrusted(data, name)
    if DOCUMENT not in parts:
        other = "an OpenDocument file" if b"opendocument" in parts.get("mimetype", b"") else "no Word document"
        raise UnreadableInput(f"{name}: this is {other}. Save it as .docx, then try again.")
    refuse_unsafe(parts, name)
    file = WordFile(name, {part: transitional(held) for part, held in parts.items()}, Marked({}))
    stories = dict(stories_of(file))
    file.marked = Marked(stories, comments_of(file.parts, name))
    return file


def transitional(part: bytes) -> bytes:
    """Return a part in the namespaces that the rest of the world writes."""
    if b"purl.oclc.org/ooxml" in part:
        for strict, usual in STRICT:
            part = part.replace(strict, usual)
    return part


def refuse_unsafe(parts: dict[str, bytes], name: str) -> None:
    """Raise UnreadableInput for macros, controls, and anything but a link that is fetched from elsewhere."""
    for part, held in parts.items():
        if MACROS.search(part) or (part == "[Content_Types].xml" and b"macroEnabled" in held):
            raise UnreadableInput(f"{name}: it carries macros or controls. Save it as .docx without them.")
        if part.endswith(".rels") and b"External" in held:
            for entry in parse(held, f"{name}: {part}"):
                kind = posixpath.basename(entry.get("Type") or "")
                if entry.get("TargetMode") == "External" and kind != "hyperlink":
                    raise UnreadableInput(
                        f"{name}: its {kind} lies outside the file. Embed it or remove it in Word, and save again."
                    )


def stories_of(file: WordFile) -> Iterator[tuple[str, Story]]:
    """Yield the body, every footnote by its number, and the running headers and footers."""
    known = Known(looks_of_styles(file), endnotes_of(file))
    yield "body", story_of(file, DOCUMENT, root_of(file, DOCUMENT).find(f"{W}body"), known)
    if FOOTNOTES in file.parts:
        for note in root_of(file, FOOTNOTES).iterfind(f"{W}footnote"):
            if note.get(f"{W}type", "normal") == "normal":
                yield f"note:{note.get(f'{W}id')}", story_of(file, FOOTNOTES, note, known)
    for part in sorted(filter(RUNNING.match, file.parts)):
        yield part, story_of(file, part, root_of(file, part), known)


def root_of(file: WordFile, part: str) -> etree._Element:
    """Return the root of a part, in which what relationships lead to stands in the place of their ids."""
    if part not in file.roots:
        file.roots[part] = parse(file.parts[part], f"{file.name}: {part}")
        resolve_relationships(file, part, file.roots[part])
    return file.roots[part]


def resolve_relationships(file: WordFile, part: str, root: etree._Element) -> None:
    """Put `link:address` or `image:hash` in the place of every relationship's id but those of headers and footers."""
    folder, base = posixpath.split(part)
    held = file.parts.get(f"{folder}/_rels/{base}.rels")
    known = {entry.get("Id"): entry for entry in parse(held, f"{file.name}: {part}")} if held else {}
    for element in root.iter():
        if not isinstance(element.tag, str) or element.tag in (f"{W}headerReference", f"{W}footerReference"):
            continue
        for key, value in element.attrib.items():
            if str(key).startswith(R) and value:
                element.set(key, target_of(file, folder, known.get(str(value))))


def target_of(file: WordFile, folder: str, entry: etree._Element | None) -> str:
    """Return what a relationship leads to, as it is written in a line."""
    if entry is None:
        return "nothing:"
    target = entry.get("Target") or ""
    if entry.get("TargetMode") == "External":
        return f"link:{target}"
    path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
    if not (entry.get("Type") or "").endswith("/image") or path not in file.parts:
        return "nothing:"
    data = file.parts[path]
    key = hashlib.sha256(data).hexdigest()[:16]
    file.media[key] = Media(data, posixpath.splitext(path)[1])
    return f"image:{key}"


def looks_of_styles(file: WordFile) -> dict[str, str]:
    """Return the character styles that are strong or emphasised, by id."""
    if STYLES not in file.parts:
        return {}
    found = {}
    for style in parse(file.parts[STYLES], f"{file.name}: {STYLES}").iterfind(f"{W}style"):
        name = style.find(f"{W}name")
        if style.get(f"{W}type") == "character" and name is not None:
            found[str(style.get(f"{W}styleId"))] = str(name.get(f"{W}val")).lower()
    return found


def endnotes_of(file: WordFile) -> dict[str, str]:
    """Return the words of every endnote by its number; no letter has one, and a reviewer may put one in."""
    if ENDNOTES not in file.parts:
        return {}
    notes = parse(file.parts[ENDNOTES], f"{file.name}: {ENDNOTES}").iterfind(f"{W}endnote")
    return {
        str(note.get(f"{W}id")): " ".join("".join(text.text or "" for text in note.iter(f"{W}t")).split())
        for note in notes
    }


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
                thing = self._thing(child, state)
                yield thing._replace(thing=f"{BESIDE_RUNS}{thing.thing}")

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
            return state._replace(text=OBJECT, thing=f"note:{element.get(f'{W}id')}", content=xml)
        if name == "endnoteReference":
            words = self._known.endnotes.get(str(element.get(f"{W}id")), "")
            return state._replace(text=OBJECT, thing=f"{name}:{words}", content=xml)
        key = DRAWN_IDS.sub(drawn_words, xml)
        thing = f"{name}:{hashlib.sha256(key.encode()).hexdigest()[:16]}"
        return state._replace(text=OBJECT, thing=thing, content=xml)

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
    for child in table:
        if child.tag == f"{W}tr":
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml"):
            yield from rows_of(child)


def cells_of(row: etree._Element) -> Iterator[etree._Element]:
    """Yield the cells of a row, those in controls too."""
    for child in row:
        if child.tag == f"{W}tc":
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml"):
            yield from cells_of(child)


def address_of(link: etree._Element) -> str:
    """Return where a link leads; `#name` is a place in the file itself."""
    target = str(link.get(f"{R}id") or "")
    anchor = link.get(f"{W}anchor")
    return target.removeprefix("link:") + (f"#{anchor}" if anchor else "")


def words_of(text: etree._Element) -> str:
    """Return the words of a w:t; white space at its ends counts only where it says so."""
    words = text.text or ""
    if text.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve":
        return words
    return words.strip(" \t\r\n")


def is_on(toggle: etree._Element | None, otherwise: bool) -> bool:
    """Say whether a toggle property is on (ISO 29500-1, 17.17.4)."""
    return otherwise if toggle is None else str(toggle.get(f"{W}val", "true")) in ("true", "1", "on")


def inner(element: etree._Element, without: set[str]) -> str:
    """Return the children of a property element as XML, in WordprocessingML's own namespace."""
    return "".join([written(child) for child in element if is_own(child) and local(child) not in without])


def is_own(element: etree._Element) -> bool:
    """Say whether an element is WordprocessingML's own."""
    return isinstance(element.tag, str) and element.tag.startswith(W)


def local(element: etree._Element) -> str:
    """Return the local name of an element."""
    return str(element.tag).rpartition("}")[2]


def written(element: etree._Element) -> str:
    """Return a property as XML with the prefix w and without any other namespace's attributes."""
    attributes = "".join(
        [
            f' w:{str(key)[len(W) :]}="{escape(str(value))}"'
            for key, value in element.attrib.items()
            if str(key).startswith(W)
        ]
    )
    name = str(element.tag)[len(W) :]
    within = inner(element, set()) if len(element) else ""
    return f"<w:{name}{attributes}>{within}</w:{name}>" if within else f"<w:{name}{attributes}/>"


def raw(element: etree._Element) -> str:
    """Return an element as XML with its own namespaces, ready to stand in any part."""
    return etree.tostring(element, encoding="unicode", with_tail=False)


def raw_without(element: etree._Element | None, tag: str) -> str:
    """Return an element as XML without its children of a tag."""
    copied = deepcopy(element)
    if copied is None:
        return ""
    for child in copied.findall(tag):
        copied.remove(child)
    return raw(copied)


def drawn_words(tag: re.Match[str]) -> str:
    """Return what a picture's own numbers and names leave: the words that stand for it."""
    found = re.search(r'descr="([^"]*)"', tag[0])
    return f"<{found[1] if found else ''}>"
