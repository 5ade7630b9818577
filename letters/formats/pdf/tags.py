"""Tags of a PDF: the tree that is read of its pages goes into it in place of WeasyPrint's own.

WeasyPrint tags each piece of a broken element by itself (docs/adr/0007). Two of its private names are replaced while
one of our files is being written, and put back: `weasyprint.pdf.add_tags` and `Stream.marked`. They are those of the
whole process, so `write.py` lets one thread at a time come here.
"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pydyf  # type: ignore[import-untyped]

from letters.errors import FormatFault
from letters.formats.pdf.cells import announce
from letters.formats.pdf.tree import HEADINGS, Box, Node, Tree, Value, placed_box, words

OWNERS = {"L": "List", "TH": "Table", "TD": "Table", "Figure": "Layout"}
KEPT = frozenset(["Document", "TR", "TH", "TD"])
"""What stays where it is even if nothing is in it, so that a table keeps its shape and a file its root."""

SPOKEN = frozenset([*(heading.upper() for heading in HEADINGS), "P", "Caption"])
"""What is never without words on a page."""

UA_SCHEMA = b"""\
<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="" pdfuaid:part="1" />\
<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"\
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"\
 rdf:about=""><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Part of ISO 14289 that the file keeps to</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""
"""What a PDF/A file says of its claim to be PDF/UA-1, and of the words it makes that claim in."""


def read_tree(document: Any) -> Tree:
    """Return what is to be read of a laid-out document; raises FormatFault where it cannot be tagged."""
    tree = Tree(page._page_box for page in document.pages)
    if not tree.root.language:
        raise FormatFault("the page does not say its language. Give the html element of frame.html a lang.")
    for number, node in enumerate(list(tree.root.nodes()), start=1):
        if node.kind == "Table":
            announce(node, f"table-{number:05}")
        elif node.kind == "Note":
            node.id = f"note-{number:05}"
    return tree


@contextmanager
def our_tags(weasyprint: Any, document: Any) -> Iterator[None]:
    """Let WeasyPrint write a laid-out document with our tags in place of its own."""
    tree = read_tree(document)
    for page in document.pages:
        page.links = [link for link in page.links if named(tree.links.get(placed_box(link[-1])))]
    stream = weasyprint.pdf.stream.Stream

    def add_tags(pdf: Any, document: Any, version: object, streams: Sequence[Any]) -> None:
        Tagger(pdf, tree, streams).write(document.pages)

    marked = marking(tree, stream.marked)
    with replaced(weasyprint.pdf, "add_tags", add_tags), replaced(stream, "marked", marked):
        yield


def named(link: Node | None) -> bool:
    """Say whether a link is read and has words: one in a repeated head, or around nothing, leads nowhere."""
    return link is not None and bool(link.name())


@contextmanager
def replaced(holder: Any, name: str, ours: object) -> Iterator[None]:
    """Put a name of ours in the place of another, for a while."""
    theirs = getattr(holder, name)
    setattr(holder, name, ours)
    try:
        yield
    finally:
        setattr(holder, name, theirs)


def marking(tree: Tree, theirs: Any) -> Any:
    """Return a `Stream.marked` that marks what is not read as decoration."""

    def marked(stream: Any, box: Box, tag: str) -> AbstractContextManager[None]:
        if stream.extra.get("Subtype") == "/Form":
            raise FormatFault("words in a separate layer cannot be tagged. Remove opacity from print.css.")
        if box in tree.owners:
            ours: AbstractContextManager[None] = theirs(stream, box, tag)
            return ours
        return decoration(stream, tree.running.get(box, ""))

    return marked


@contextmanager
def decoration(stream: Any, running: str) -> Iterator[None]:
    """Mark what is drawn meanwhile as decoration: a running head or foot, or nothing of the kind."""
    kind = {"Type": "/Pagination", "Subtype": f"/{running}"} if running else {"Type": "/Layout"}
    stream.begin_marked_content("Artifact", pydyf.Dictionary(kind))
    yield
    stream.end_marked_content()


def finish(document: Any, pdf: Any) -> None:
    """Make a PDF/A file PDF/UA-1 too: it says so in words that need no unpacking, and no picture is smoothed."""
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    metadata.stream = [part.replace(b"</rdf:RDF>", UA_SCHEMA + b"</rdf:RDF>") for part in metadata.stream]
    metadata.compress = False
    for entry in pdf.objects:
        if isinstance(entry, pydyf.Stream) and "Interpolate" in entry.extra:
            entry.extra["Interpolate"] = "false"


class Tagger:
    """Writes one tree into one PDF."""

    def __init__(self, pdf: Any, tree: Tree, streams: Sequence[Any]) -> None:
        self._pdf, self._tree, self._pages = pdf, tree, pdf.page_references
        self._marks = {
            box: (page, mark["mcid"]) for page, held in enumerate(streams) for box, mark in held._tags.items()
        }
        self._parents: list[list[bytes]] = [[b""] * len(held._tags) for held in streams]
        self._annotations: dict[Node, list[tuple[int, Any]]] = {}
        self._linked: list[bytes] = []
        self._ids: dict[str, bytes] = {}

    def write(self, pages: Sequence[Any]) -> None:
        """Write the whole tree, and the ways from the content of the pages back into it."""
        for number, page in enumerate(pages):
            for *_, box in page.links:
                if box.link_annotation:
                    self._annotations.setdefault(self._tree.links[placed_box(box)], []).append(
                        (number, box.link_annotation)
                    )
        self._refuse_lost_words()
        root = self._added({"Type": "/StructTreeRoot"})
        root["K"] = pydyf.Array(self._element(self._tree.root, root))
        root["ParentTree"] = self._added({"Nums": pydyf.Array(self._numbers())}).reference
        root["ParentTreeNextKey"] = len(self._parents) + len(self._linked)
        if self._ids:
            names = (part for name in sorted(self._ids) for part in (pydyf.String(name), self._ids[name]))
            root["IDTree"] = self._added({"Names": pydyf.Array(names)}).reference
        self._pdf.catalog["StructTreeRoot"] = root.reference
        self._pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
        self._pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})

    def _refuse_lost_words(self) -> None:
        """Raise FormatFault where something with words has no place on a page: a reader would not hear of it."""
        for node in self._tree.root.nodes():
            if node.kind in SPOKEN and words(node.element).strip() and not self._filled(node):
                raise FormatFault(f"the PDF would not read out “{words(node.element)[:60]}”. Please report this.")

    def _added(self, values: dict[str, object]) -> Any:
        entry = pydyf.Dictionary(values)
        self._pdf.add_object(entry)
        return entry

    def _numbers(self) -> Iterator[object]:
        """Yield the elements of each page's content, then that of each link."""
        for page, owners in enumerate(self._parents):
            yield from (page, pydyf.Array(owners))
        for number, owner in enumerate(self._linked, start=len(self._parents)):
            yield from (number, owner)

    def _element(self, node: Node, parent: Any) -> list[bytes]:
        """Write a node and what is in it; return its reference, or none where nothing of it is on a page."""
        if not self._filled(node):
            return []
        element = self._added({"Type": "/StructElem", "S": f"/{node.kind}", "P": parent.reference})
        pages = [self._marks[kid][0] for kid in node.kids if kid in self._marks]
        if pages:
            element["Pg"] = self._pages[pages[0]]
        self._describe(node, element)
        kids: list[object] = []
        for kid in node.kids:
            kids += self._element(kid, element) if isinstance(kid, Node) else self._content(kid, pages, element)
        kids += [self._reference(node, element, *held) for held in self._annotations.get(node, ())]
        element["K"] = pydyf.Array(kids)
        return [element.reference]

    def _filled(self, node: Node) -> bool:
        """Say whether anything of a node is on a page."""
        own = node.kind in KEPT or node in self._annotations
        return own or any(self._filled(kid) if isinstance(kid, Node) else kid in self._marks for kid in node.kids)

    def _describe(self, node: Node, element: Any) -> None:
        """Say what a node is beside its kind."""
        for key, value in (("Lang", node.language), ("Alt", node.alt), ("ID", node.id)):
            if value:
                element[key] = pydyf.String(value)
        if node.id:
            self._ids[node.id] = element.reference
        if node.attributes:
            values = {name: written(value) for name, value in node.attributes.items()}
            element["A"] = pydyf.Dictionary({"O": f"/{OWNERS[node.kind]}", **values})

    def _content(self, box: Box, pages: list[int], element: Any) -> list[object]:
        """Return the place of words or of a picture in the content of a page."""
        if box not in self._marks:
            return []
        page, number = self._marks[box]
        self._parents[page][number] = element.reference
        if page == pages[0]:
            return [number]
        return [pydyf.Dictionary({"Type": "/MCR", "Pg": self._pages[page], "MCID": number})]

    def _reference(self, node: Node, element: Any, page: int, annotation: Any) -> object:
        """Return a reference to the place of a link on a page, which gets the words of the link."""
        annotation["Contents"] = pydyf.String(node.name())
        annotation["StructParent"] = len(self._parents) + len(self._linked)
        self._linked.append(element.reference)
        return pydyf.Dictionary({"Type": "/OBJR", "Pg": self._pages[page], "Obj": annotation.reference})


def written(value: Value) -> object:
    """Return the value of an attribute as a PDF has it."""
    if isinstance(value, str):
        return f"/{value}"
    if isinstance(value, int):
        return value
    return pydyf.Array(pydyf.String(part) if isinstance(part, str) else part for part in value)
