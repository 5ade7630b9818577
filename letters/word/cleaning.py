"""A part of a frame -> the same part without what prints nothing and can name somebody."""

import re

from lxml import etree

from letters.word.names import W
from letters.word.package import parse

EDITING_MARKS = re.compile(
    rb' w:rsid\w*="[^"]*"| w14:(?:paraId|textId)="[^"]*"|<w:proofErr [^>]*/>|<w:rsids>.*?</w:rsids>'
    rb"|<w:lastRenderedPageBreak/>|<w1[45]:docId [^>]*/>",
    re.DOTALL,
)
"""What Word writes at every save, about who worked where."""
NAMES = re.compile(
    rb"<\?(?!xml )|<w:(?:sdt|smartTag|customXml|aliases|bookmarkStart|nsid|tmpl)\b"
    rb"|<a:(?:theme|clrScheme|fontScheme|fmtScheme|extLst|custClrLst|objectDefaults)\b|:docPr |:cNvPr "
)
"""Where a part may name something that no reader reads."""
LISTS = b"<w:name "
WRAPPERS = tuple(f"{W}{name}" for name in ("sdt", "sdtContent", "smartTag", "customXml"))
"""What stands around words, and names them for programs."""
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
DROPPED = (
    *(f"{W}{name}" for name in ("sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "aliases", "nsid", "tmpl")),
    f"{W}bookmarkStart",
    f"{W}bookmarkEnd",
    *(f"{DRAWING}{name}" for name in ("extLst", "custClrLst", "objectDefaults", "extraClrSchemeLst")),
)
SCHEMES = tuple(f"{DRAWING}{name}" for name in ("theme", "clrScheme", "fontScheme", "fmtScheme"))
NAME = "Letters"
"""What a theme and its schemes are called."""


def without_names(part: bytes, name: str) -> bytes:
    """Return a part without revision ids, bookmarks, instructions, and names of content controls and themes.

    Everything that is taken out prints nothing, so that the page stays as it is. `name` is what faults call the part.
    """
    bare = EDITING_MARKS.sub(b"", part)
    if not name.endswith(".xml") or not (NAMES.search(bare) or (name.endswith("numbering.xml") and LISTS in bare)):
        return bare
    root = parse(bare, name)
    tree = root.getroottree()
    for instruction in tree.xpath("//processing-instruction()"):
        drop(instruction)
    for element in list(root.iter(etree.Element)):
        clean(element)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def clean(element: etree._Element) -> None:
    """Take what names something out of one element, or the element itself out of its parent."""
    if element.tag in DROPPED or (element.tag == f"{W}name" and is_list(element.getparent())):
        drop(element)
    elif element.tag in WRAPPERS:
        unwrap(element)
    elif element.tag in SCHEMES:
        element.set("name", NAME)
    elif etree.QName(element).localname in ("docPr", "cNvPr"):
        element.set("name", f"{NAME} {element.get('id', '')}".strip())
        element.attrib.pop("title", None)


def is_list(element: etree._Element | None) -> bool:
    """Say whether an element is a list's definition, whose name nobody reads; the name of a style is its key."""
    return element is not None and element.tag == f"{W}abstractNum"


def drop(element: etree._Element) -> None:
    """Take an element out, and leave what follows it where it was."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)


def unwrap(element: etree._Element) -> None:
    """Put what is in an element in its place."""
    parent = element.getparent()
    if parent is None:
        return
    place = parent.index(element)
    for child in reversed(list(element)):
        parent.insert(place + 1, child)
    drop(element)
