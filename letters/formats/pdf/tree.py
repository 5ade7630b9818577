"""Laid-out pages -> the tree that a screen reader reads: one node an HTML element, however often it was broken."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from xml.etree.ElementTree import Element

from letters.errors import FormatFault

Box: TypeAlias = Any
"""A box of WeasyPrint's, which has no types."""

Value: TypeAlias = str | int | list[str] | list[float]

SVG = "{http://www.w3.org/2000/svg}"
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
KINDS = {tag: tag.upper() for tag in (*HEADINGS, "p", "tr", "th", "td")}
KINDS |= dict.fromkeys(("div", "main", "header", "footer", "nav", "figure", "address", "li", "dt", "dd"), "Div")
KINDS |= {"section": "Sect", "aside": "Sect", "article": "Art", "blockquote": "BlockQuote", "pre": "P"}
KINDS |= {"ul": "L", "ol": "L", "dl": "L", "q": "Quote", "code": "Code"}
KINDS |= {"table": "Table", "thead": "THead", "tbody": "TBody", "tfoot": "TFoot"}
KINDS |= {"caption": "Caption", "figcaption": "Caption"}
"""What an element is in a PDF; one that is not here adds nothing to the element around it."""

LINES = {"TOCI": "Reference"} | dict.fromkeys(("Document", "Art", "Sect", "Div", "BlockQuote"), "P")
"""What holds words that stand by themselves in an element which may hold none."""

INLINE = frozenset(["Span", "Link", "Reference", "Note", "Quote", "Code"])
NUMBERING = {"circle": "Circle", "square": "Square", "decimal": "Decimal", "none": "None"}
NUMBERING |= {
    f"{case.lower()}-{name.lower()}": case + name for case in ("Upper", "Lower") for name in ("Alpha", "Roman")
}


@dataclass(slots=True, eq=False)
class Node:
    """A structure element: its kind, the HTML element that it stands for, and what is in it in reading order."""

    kind: str
    element: Element | None = None
    parent: "Node | None" = None
    language: str = ""
    alt: str = ""
    id: str = ""
    attributes: dict[str, Value] = field(default_factory=dict)
    kids: list["Node | Box"] = field(default_factory=list)

    def add(self, kind: str, element: Element | None = None) -> "Node":
        """Add an element at the end, in a line of its own where it needs one, and return it."""
        home = self.line() if kind in INLINE else self
        node = Node(kind, element, home)
        home.kids.append(node)
        return node

    def line(self) -> "Node":
        """Return what words that come next belong in."""
        if self.kind not in LINES:
            return self
        last = self.kids[-1] if self.kids else None
        if isinstance(last, Node) and last.element is None:
            return last
        self.kids.append(line := Node(LINES[self.kind], None, self))
        return line

    def nodes(self) -> Iterator["Node"]:
        """Yield this element and every one in it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.nodes()

    def name(self) -> str:
        """Return what a link is called: its words, or those that stand for the pictures in it."""
        return words(self.element) or " ".join(node.alt for node in self.nodes() if node.alt)

    def spoken(self) -> str:
        """Return the language that the words in it are in."""
        return self.language or (self.parent.spoken() if self.parent else "")


class Tree:
    """Reads laid-out pages; `owners` knows every box with content that is read, and any other is decoration."""

    def __init__(self, pages: Iterable[Box]) -> None:
        self.root = Node("Document")
        self.owners: dict[Box, Node] = {}
        self.links: dict[Box, Node] = {}
        self.running: dict[Box, str] = {}
        """The running heads and feet: each box with what it is."""
        self._nodes: dict[tuple[Element, str], Node] = {}
        for page in pages:
            self._page(page)

    def _page(self, page: Box) -> None:
        for box in page.children:
            keyword = getattr(box, "at_keyword", "")
            if not keyword:
                self._box(box, self.root, page)
            else:
                self._run(box, "Header" if keyword.startswith("@top") else "Footer")

    def _run(self, box: Box, kind: str) -> None:
        """Remember a running head or foot; refuse what PDF/UA-1 has no place for in one."""
        box = placed_box(box)
        if box.link or box.element_tag in HEADINGS:
            what = "a link" if box.link else "a heading"
            raise FormatFault(
                f"a page header or footer contains {what}, “{words(box.element)}”: PDF/UA-1 cannot tag it there."
                " Use plain words in frame.html, or move it into the letter."
            )
        self.running[box] = kind
        for child in box.children:
            self._run(child, kind)

    def _box(self, box: Box, parent: Node, page: Box) -> None:
        box = placed_box(box)
        if hasattr(box, "replacement"):
            self._picture(box, parent, page)
        elif hasattr(box, "text"):
            self._text(box, parent)
        elif not box.is_leader and not self._repeated(box):
            node = self._node(box, parent)
            for child in box.children:
                self._box(child, node, page)

    def _text(self, box: Box, parent: Node) -> None:
        if not box.text.isspace():
            line = parent.line()
            line.kids.append(box)
            self.owners[box] = line

    def _repeated(self, box: Box) -> bool:
        """Say whether it was read on an earlier page: the head or foot of a table, or what is on every page."""
        every_page = box.style["position"] == "fixed" or getattr(box, "is_header", 0) or getattr(box, "is_footer", 0)
        return bool(every_page) and (box.element, box.element_tag) in self._nodes

    def _picture(self, box: Box, parent: Node, page: Box) -> None:
        if alt := alternative(box):
            figure = parent.add("Figure", box.element)
            figure.alt = alt
            figure.attributes["BBox"] = bounds(box, page)
            figure.kids.append(box)
            self.owners[box] = figure
            if parent.kind == "Link":
                self.links[box] = parent

    def _node(self, box: Box, parent: Node) -> Node:
        """Return the node of the element that a box is of, made where this is its first box."""
        if box.element is None:
            return parent
        key = (box.element, box.element_tag)
        if key not in self._nodes:
            self._nodes[key] = self._made(box, parent)
        node = self._nodes[key]
        if node.kind == "Link" and box.link:
            self.links[box] = node
        return node

    def _made(self, box: Box, parent: Node) -> Node:
        element, (tag, _, pseudo) = box.element, box.element_tag.partition("::")
        if pseudo:
            return self._pseudo(element, pseudo, parent)
        language = element.get("lang", "")
        if tag == "html":
            self.root.language = language
            return parent
        foreign = language if language != parent.spoken() else ""
        kind = kind_of(box, parent) or (foreign and plain_kind(box))
        if not kind:
            return parent
        node = item(element, parent, box.style) if kind == "LI" else parent.add(kind, element)
        node.language = foreign
        if kind == "THead":
            to_the_front(node, parent)
        return node

    def _pseudo(self, element: Element, pseudo: str, parent: Node) -> Node:
        """Return where generated words belong; a footnote's call also makes the place of its note."""
        if pseudo == "footnote-call":
            reference = parent.add("Reference", element)
            self._nodes[element, element.tag] = note = parent.add("Note", element)
            note.language = element.get("lang", "")
            return reference
        if pseudo == "footnote-marker":
            return parent.add("Lbl", element)
        return label(parent, element) if pseudo == "marker" else parent


def to_the_front(head: Node, table: Node) -> None:
    """Put the head of a table before its rows: one that fits on a later page only is drawn after the first of them."""
    table.kids.remove(head)
    rows = (place for place, kid in enumerate(table.kids) if isinstance(kid, Node) and kid.kind in ("TBody", "TFoot"))
    table.kids.insert(next(rows, len(table.kids)), head)


def placed_box(box: Box) -> Box:
    """Return the box itself where another keeps its place in the flow."""
    return getattr(box, "_box", box)


def words(element: Element | None) -> str:
    """Return the words of an element, with one space between them."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def alternative(box: Box) -> str:
    """Return the words that stand for a picture, none where it is decoration; raises FormatFault where nobody said."""
    element: Element = box.element
    if "::" in box.element_tag or element.get("aria-hidden") == "true":
        return ""
    said = element.findtext(f"{SVG}title") or element.get("aria-label") or element.get("alt")
    if said is None:
        raise FormatFault(
            f"a picture ({element.tag.removeprefix(SVG)}) has no alternative text."
            ' Add an alt attribute (for an svg, a title). Use alt="" for decoration.'
        )
    return said.strip()


def bounds(box: Box, page: Box) -> list[float]:
    """Return where a picture is, in points from the bottom left of its page."""
    left, top, bottom = box.content_box_x(), box.content_box_y(), page.margin_height()
    corners = (left, bottom - top - box.height, left + box.width, bottom - top)
    return [round(pixels * 0.75, 2) for pixels in corners]


def kind_of(box: Box, parent: Node) -> str:
    """Return what an element is among those around it, nothing where it adds nothing."""
    if box.link:
        return "Link"
    kind = KINDS.get(box.element_tag, "")
    if kind == "L" and in_contents(parent):
        return "TOC"
    if box.element_tag in ("li", "dt", "dd"):
        return {"L": "LI", "TOC": "TOCI"}.get(parent.kind, kind)
    return kind


def in_contents(node: Node | None) -> bool:
    """Say whether a list here is one of contents: it stands in a nav of that class."""
    while node and not (node.element is not None and node.element.tag == "nav"):
        node = node.parent
    return node is not None and node.element is not None and "contents" in node.element.get("class", "").split()


def plain_kind(box: Box) -> str:
    """Return what an element is that only says which language its words are in."""
    return "Span" if box.style["display"][0] == "inline" else "Div"


def item(element: Element, parent: Node, style: Any) -> Node:
    """Add an item to a list, and return the part of it that its words belong in."""
    begun = element.tag == "dd" and bool(parent.kids)
    held = parent.kids[-1] if begun else parent.add("LI", element)
    if element.tag == "dt":
        return held.add("Lbl", element)
    if element.tag == "li":
        parent.attributes.setdefault("ListNumbering", numbering(style["list_style_type"], parent.element))
    return next((kid for kid in held.kids if kid.kind == "LBody"), None) or held.add("LBody", element)


def numbering(style: Any, element: Element | None) -> str:
    """Return the name of a list's marks; a mark that PDF has no name for counts as the usual one."""
    usual = "Decimal" if element is not None and element.tag == "ol" else "Disc"
    return NUMBERING.get(style, usual) if isinstance(style, str) else usual


def label(parent: Node, element: Element) -> Node:
    """Add the mark of an item before its words."""
    holder = parent.parent if parent.kind == "LBody" and parent.parent else parent
    holder.kids.insert(0, mark := Node("Lbl", element, holder))
    return mark
