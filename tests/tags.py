"""What a PDF's tags say, and what the page that it was made from says, in the same terms.

The PDF is read with pypdf and none of the program's own means: structure tree, marked content, and each font's map to
Unicode. White space is left out: where a line ends, a PDF has none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from typing import Any, NamedTuple

from lxml import html
from pypdf import PdfReader
from pypdf.generic import ContentStream

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


class Said(NamedTuple):
    """What a reader is told, in reading order."""

    words: str
    headings: list[tuple[int, str]]
    lists: list[list[tuple[str, str]]]
    """The items of each list: the number of one that has numbers, and its words."""
    tables: list[list[tuple[str, str, set[str]]]]
    """The cells of each table: what kind, its words, and the words of the headers announced with it."""
    alternatives: list[str]
    links: list[str]
    notes: list[str]
    languages: list[tuple[str, str]]


def squeezed(words: str) -> str:
    """Return words without white space."""
    return "".join(words.split())


@dataclass(eq=False)
class Tag:
    """A structure element as the PDF has it."""

    kind: str
    language: str = ""
    alt: str = ""
    id: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)
    kids: list["Tag | str"] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)
    """What each link on a page that is part of it says of itself."""
    parents: list[int] = field(default_factory=list)
    """The number by which each of those leads back to its element."""
    places: list[tuple[int, int]] = field(default_factory=list)
    """The pages and marks of the content that is directly in it."""
    number: int = 0
    """The number of its object in the file."""

    @property
    def words(self) -> str:
        """The words in it without white space."""
        return "".join(squeezed(kid) if isinstance(kid, str) else kid.words for kid in self.kids)

    def all(self, *kinds: str) -> list["Tag"]:
        """Return every element in it of some kinds, or every one, in reading order."""
        return [tag for tag in self._every() if not kinds or tag.kind in kinds]

    def the(self, kind: str) -> "Tag":
        """Return the one element in it of a kind."""
        (tag,) = self.all(kind)
        return tag

    def children(self) -> list["Tag"]:
        """Return the elements directly in it."""
        return [kid for kid in self.kids if isinstance(kid, Tag)]

    def _every(self) -> Iterator["Tag"]:
        yield self
        for kid in self.children():
            yield from kid._every()


class Piece(NamedTuple):
    """A marked piece of a page's content: its tag, what it says of itself, and its words."""

    tag: str
    properties: dict[str, Any]
    words: list[str]


class TaggedPdf:
    """The tags of one PDF and the content that they mark."""

    def __init__(self, data: bytes) -> None:
        self.reader = PdfReader(BytesIO(data), strict=True)
        self.catalog: Any = self.reader.trailer["/Root"]
        self._fonts: dict[int, dict[str, str]] = {}
        self.pages = [list(self._pieces(page)) for page in self.reader.pages]
        self._marked = [
            {int(piece.properties["/MCID"]): "".join(piece.words) for piece in pieces if "/MCID" in piece.properties}
            for pieces in self.pages
        ]
        self._numbers = {page.indirect_reference.idnum: n for n, page in enumerate(self.reader.pages)}  # type: ignore[union-attr]

    @cached_property
    def root(self) -> Tag:
        """The one element that all others are in."""
        return self._tag(self.catalog["/StructTreeRoot"]["/K"][0].get_object())

    def artifacts(self) -> list[list[Piece]]:
        """Return what of each page is not read aloud."""
        return [[piece for piece in pieces if piece.tag == "/Artifact"] for pieces in self.pages]

    def unmarked(self) -> list[str]:
        """Return words that are neither tagged nor called decoration."""
        return [word for pieces in self.pages for piece in pieces if not piece.tag for word in piece.words]

    def unread(self) -> list[str]:
        """Return the marked words of every page that no element has."""
        read = {place for tag in self.root.all() for place in tag.places}
        return [words for n, held in enumerate(self._marked) for mark, words in held.items() if (n, mark) not in read]

    def strays(self) -> list[str]:
        """Return the kind of every element that its content, or a link that is part of it, does not lead back to."""
        numbers = list(self.catalog["/StructTreeRoot"]["/ParentTree"]["/Nums"])
        owners = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
        return [tag.kind for tag in self.root.all() if any(back != tag.number for back in self._back(tag, owners))]

    def _back(self, tag: Tag, owners: dict[int, Any]) -> Iterator[int]:
        """Yield the number of the element that each piece of a tag leads to."""
        for page, mark in tag.places:
            yield (
                owners[int(str(self.reader.pages[page]["/StructParents"]))].get_object()[mark].indirect_reference.idnum
            )
        for parent in tag.parents:
            yield owners[parent].get_object().indirect_reference.idnum

    def _tag(self, entry: Any) -> Tag:
        attributes = dict(entry.get("/A", {}))
        text = {key: str(entry.get(key, "")) for key in ("/Lang", "/Alt", "/ID")}
        tag = Tag(str(entry["/S"])[1:], text["/Lang"], text["/Alt"], text["/ID"], attributes)
        tag.number = entry.indirect_reference.idnum
        kids = entry.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            self._kid(tag, kid.get_object(), entry)
        return tag

    def _kid(self, tag: Tag, kid: Any, entry: Any) -> None:
        if isinstance(kid, int) or kid.get("/Type") == "/MCR":
            page = self._numbers[(entry if isinstance(kid, int) else kid).raw_get("/Pg").idnum]
            mark = int(kid if isinstance(kid, int) else kid["/MCID"])
            tag.kids.append(self._marked[page][mark])
            tag.places.append((page, mark))
        elif kid.get("/Type") == "/OBJR":
            tag.targets.append(str(kid["/Obj"].get("/Contents", "")))
            tag.parents.append(int(kid["/Obj"]["/StructParent"]))
        else:
            tag.kids.append(self._tag(kid))

    def _pieces(self, page: Any) -> Iterator[Piece]:
        """Yield the marked pieces of a page in the order they are drawn, and what is not marked as a piece without tag."""
        loose = Piece("", {}, [])
        yield loose
        yield from self._drawn(page.get_contents(), page["/Resources"], [loose])

    def _drawn(self, stream: Any, resources: Any, stack: list[Piece]) -> Iterator[Piece]:
        font: dict[str, str] = {}
        for operands, operator in ContentStream(stream, self.reader).operations:
            if operator in (b"BMC", b"BDC"):
                stack = [*stack, Piece(str(operands[0]), dict(operands[1]) if operator == b"BDC" else {}, [])]
                yield stack[-1]
            elif operator == b"EMC":
                stack = stack[:-1]
            elif operator == b"Tf":
                font = self._font(resources["/Font"].raw_get(operands[0]))
            elif operator in (b"Tj", b"TJ"):
                shown = operands[0] if operator == b"TJ" else operands
                stack[-1].words.extend(said(part, font) for part in shown if isinstance(part, bytes | str))
            elif operator == b"Do":
                thing = resources["/XObject"][operands[0]].get_object()
                if thing["/Subtype"] == "/Form":
                    yield from self._drawn(thing, thing["/Resources"], stack)

    def _font(self, reference: Any) -> dict[str, str]:
        if reference.idnum not in self._fonts:
            self._fonts[reference.idnum] = unicode_map(
                reference.get_object()["/ToUnicode"].get_data().decode("latin-1")
            )
        return self._fonts[reference.idnum]


def unicode_map(cmap: str) -> dict[str, str]:
    """Return the words of each glyph, by its number of four hexadecimal digits."""
    assert "beginbfrange" not in cmap
    blocks = re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL)
    pairs = re.findall(r"<(\w{4})>\s*<(\w+)>", "".join(blocks))
    return {glyph.lower(): bytes.fromhex(words).decode("utf-16-be") for glyph, words in pairs}


def said(glyphs: bytes | str, font: dict[str, str]) -> str:
    """Return the words of a string of glyphs."""
    raw = glyphs if isinstance(glyphs, bytes) else glyphs.original_bytes  # type: ignore[attr-defined]
    return "".join(font[raw[place : place + 2].hex()] for place in range(0, len(raw), 2))


def said_by_pdf(data: bytes) -> Said:
    """Return what the tags of a PDF tell a reader."""
    root = TaggedPdf(data).root
    cells = {tag.id: tag for tag in root.all("TH")}
    return Said(
        words_without_marks(root),
        [(int(tag.kind[1]), tag.words) for tag in root.all(*(name.upper() for name in HEADINGS))],
        [[item_said(item, tag) for item in tag.children()] for tag in root.all("L")],
        [[cell_said(cell, cells) for cell in tag.all("TH", "TD")] for tag in root.all("Table")],
        [tag.alt for tag in root.all("Figure")],
        [squeezed(tag.targets[0]) for tag in root.all("Link") if called_by_its_words(tag)],
        [tag.words for tag in root.all("Note")],
        [(tag.language, words_without_marks(tag)) for tag in root.all() if tag.language],
    )


def called_by_its_words(link: Tag) -> bool:
    """Say whether a link is called by its words everywhere; in contents, a page follows them."""
    (name,) = set(map(squeezed, link.targets))
    return link.words.startswith(name) and link.words.removeprefix(name).isdigit() == (link.words != name)


def words_without_marks(tag: Tag) -> str:
    """Return the words of an element without the bullets and numbers of the items in it, or the pages of contents."""
    if tag.kind == "Reference" and tag.all("Link"):
        return "".join(squeezed(link.targets[0]) for link in tag.all("Link"))
    return "".join(
        squeezed(kid) if isinstance(kid, str) else words_without_marks(kid)
        for kid in tag.kids
        if not (tag.kind == "LI" and isinstance(kid, Tag) and kid.kind == "Lbl")
    )


def item_said(item: Tag, list_: Tag) -> tuple[str, str]:
    """Return the number of an item, if its list has numbers, and its words."""
    label, body = item.children()
    assert (item.kind, label.kind, body.kind) == ("LI", "Lbl", "LBody")
    numbered = list_.attributes["/ListNumbering"] == "/Decimal"
    return label.words if numbered else "", words_without_marks(body)


def cell_said(cell: Tag, cells: dict[str, Tag]) -> tuple[str, str, set[str]]:
    """Return what is told with a cell of a table."""
    headers = {cells[str(name)].words for name in cell.attributes.get("/Headers", [])}
    return cell.kind, words_without_marks(cell), headers


class SaidByHtml:
    """What a print page says, read from its elements; a footnote is read where it is referred to, after its number."""

    def __init__(self, page: str) -> None:
        self._root: Any = html.document_fromstring(page)
        body: Any = self._root.find("body")
        for letterhead in self._root.iterfind(".//header[@class='letterhead']"):
            letterhead.drop_tree()
        for title in self._root.iterfind(".//svg/title"):
            picture: Any = title.getparent()
            picture.set("data-title", title.text)
            title.drop_tree()
        for number, note in enumerate(self._root.iterfind(".//span[@class='footnote']"), start=1):
            note.text = f"{number}{number}{note.text or ''}"
        if "draft" in (body.get("class") or "").split():
            for number, part in enumerate(self._root.xpath("//*[@data-numbered]"), start=1):
                part.text = f"{number}{part.text or ''}"

    def said(self) -> Said:
        """Return what the page tells a reader."""
        body = self._root.find("body")
        return Said(
            self._words(body),
            [(int(part.tag[1]), self._words(part)) for part in body.iter(*HEADINGS)],
            [list(self._items(part)) for part in body.xpath(".//*[self::ul or self::ol][not(ancestor::nav)]")],
            [list(self._cells(part)) for part in body.iter("table")],
            [part.get("alt") or part.get("data-title") for part in body.iter("img", "svg") if part.get("alt") != ""],
            [self._words(part) for part in body.iter("a")],
            [re.sub(r"^\d", "", self._words(part)) for part in body.iterfind(".//span[@class='footnote']")],
            [(self._root.get("lang"), self._words(body))]
            + [(part.get("lang"), self._words(part)) for part in body.iter() if part.get("lang")],
        )

    def _words(self, part: Any) -> str:
        return squeezed("".join(part.itertext()))

    def _items(self, part: Any) -> Iterator[tuple[str, str]]:
        for number, item in enumerate(part.iterfind("li"), start=int(part.get("start", 1))):
            yield f"{number}." if part.tag == "ol" else "", self._words(item)

    def _cells(self, table: Any) -> Iterator[tuple[str, str, set[str]]]:
        """Yield the cells of a table without spans: the headers of one are those above it and those before it."""
        above: dict[int, str] = {}
        for row in table.iter("tr"):
            before: set[str] = set()
            for column, cell in enumerate(row):
                assert not {"rowspan", "colspan"} & set(cell.keys())
                words, scope = self._words(cell), cell.get("scope")
                yield cell.tag.upper(), words, before | ({above[column]} if column in above else set())
                above |= {column: words} if scope == "col" else {}
                before |= {words} if scope == "row" else set()


def said_by_html(page: str) -> Said:
    """Return what a print page tells a reader."""
    return SaidByHtml(page).said()
