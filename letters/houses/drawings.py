"""SVG drawings -> drawings that only draw: nothing that runs, loads, hides, or says who made them."""

import re
from typing import Any

from lxml import etree

from letters.errors import HouseFault

SVG = "http://www.w3.org/2000/svg"
XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
LARGEST = 2_000_000
"""Bytes of a drawing."""
HEIGHT = 480
"""Pixels of the picture that is made of a drawing, for formats that know none: print quality at the size of a logo."""
SHAPES = ("path", "rect", "circle", "ellipse", "line", "polyline", "polygon")
PAINTS = ("linearGradient", "radialGradient", "stop", "pattern", "clipPath", "mask", "style")
DRAWN = frozenset([*SHAPES, *PAINTS, "svg", "g", "defs", "symbol", "use", "switch", "a"])
"""The elements that draw, and those that hold or colour what is drawn."""
LEFT_OUT = frozenset(
    ("title", "desc", "metadata", "script", "set", "view", "cursor", "animate", "animateMotion", "animateTransform")
)
"""The elements that draw nothing: without them the picture is the same."""
REFUSED = {
    "text": "text, which every program sets in another font. Convert its text to paths",
    "image": "a picture of pixels. Save that as PNG, or trace it",
    "foreignObject": "a page. Keep drawings only",
    "filter": "a filter, which not every program draws. Flatten it",
}
PLAIN_ATTRIBUTE = re.compile(
    r"clip-path|clip-rule|clipPathUnits|color|cx|cy|d|fill|fill-opacity|fill-rule|fx|fy|gradientTransform|gradientUnits"
    r"|height|id|mask|maskUnits|maskContentUnits|offset|opacity|overflow|pathLength|patternContentUnits|patternTransform"
    r"|patternUnits|points|preserveAspectRatio|r|rx|ry|spreadMethod|stop-color|stop-opacity|stroke|stroke-[a-z]+|style"
    r"|class|transform|vector-effect|viewBox|width|x|x1|x2|y|y1|y2|href"
)
LOADS = re.compile(r"url\(\s*[\"']?(?!#)|@import|@font-face|expression\(|\\", re.IGNORECASE)
CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
LENGTH = re.compile(r"\s*([0-9.]+)\s*(?:px|pt|mm|cm|in)?\s*")


def cleaned(data: bytes, name: str) -> bytes:
    """Return an SVG drawing that only draws; raises HouseFault where that is not what it is."""
    root = tree_of(data, name)
    for element in list(root.iter()):
        clean_element(element, name)
    rename(root)
    left, top, width, height = box_of(root, name)
    for size in ("width", "height", "x", "y"):
        root.attrib.pop(size, None)
    root.set("viewBox", f"{left:g} {top:g} {width:g} {height:g}")
    root.set("width", f"{width:g}")
    root.set("height", f"{height:g}")
    etree.cleanup_namespaces(root)
    return bytes(etree.tostring(root))


def rastered(drawing: bytes, name: str) -> bytes:
    """Return a cleaned drawing as a PNG picture; raises HouseFault without the program that makes it."""
    try:
        import resvg_py
    except ImportError:
        raise HouseFault(
            f"{name}: Word and OpenDocument need this drawing as a picture, which resvg makes."
            " Install it with `pip install 'letters[svg]'`, or save the drawing as PNG."
        ) from None
    try:
        return bytes(resvg_py.svg_to_bytes(svg_string=drawing.decode(), height=HEIGHT, skip_system_fonts=True))
    except ValueError as error:
        raise HouseFault(f"{name}: this drawing cannot be drawn ({error}). Save it again as SVG or PNG.") from None


def is_drawn_alike(drawing: bytes) -> bool:
    """Say whether every program draws a cleaned drawing alike; WeasyPrint leaves gradients of other units out."""
    fills = re.findall(rb"<(?:linearGradient|radialGradient|pattern|mask)\b[^>]*>", drawing)
    return all(b"Gradient " in fill and b'"userSpaceOnUse"' in fill for fill in fills)


def tree_of(data: bytes, name: str) -> Any:
    """Return the root of a drawing; entities and anything outside the file are never read."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    if len(data) > LARGEST or b"<!ENTITY" in data:
        raise HouseFault(f"{name}: this drawing is too large or has entities. Save it as plain SVG.")
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise HouseFault(f"{name}: this drawing is not valid SVG ({error.msg}). Save it again.") from None
    if root.tag != f"{{{SVG}}}svg":
        raise HouseFault(f"{name}: this is XML, but no SVG drawing. Save it as SVG.")
    return etree.fromstring(etree.tostring(root))


def clean_element(element: Any, name: str) -> None:
    """Take out of a drawing what an element must not be or say."""
    tag = etree.QName(element)
    if tag.namespace == SVG and tag.localname in REFUSED:
        raise HouseFault(f"{name}: this drawing contains {REFUSED[tag.localname]}.")
    if tag.namespace != SVG or tag.localname not in DRAWN or is_hidden(element):
        take_out(element, name, harmless=tag.namespace != SVG or tag.localname in LEFT_OUT or is_hidden(element))
        return
    if tag.localname == "a":
        element.tag = f"{{{SVG}}}g"
    for key, value in list(element.attrib.items()):
        if not stays(key, value, tag.localname):
            del element.attrib[key]
    if XLINK_HREF in element.attrib:
        element.set("href", element.attrib.pop(XLINK_HREF))
    if tag.localname == "style":
        element.text = CSS_COMMENT.sub("", element.text or "")
        if LOADS.search(element.text):
            raise HouseFault(f"{name}: this drawing's style loads something from elsewhere. Save it as plain SVG.")


def take_out(element: Any, name: str, *, harmless: bool) -> None:
    """Remove an element that draws nothing; raises HouseFault for one that nobody here knows."""
    if not harmless:
        tag = etree.QName(element).localname
        raise HouseFault(f"{name}: this drawing contains <{tag}>, which not every program draws. Save it as plain SVG.")
    if element.getparent() is not None:
        element.getparent().remove(element)


def is_hidden(element: Any) -> bool:
    """Say whether an element is not drawn."""
    said = f"{element.get('style', '')};display:{element.get('display', '')};visibility:{element.get('visibility', '')}"
    return re.search(r"display:\s*none|visibility:\s*hidden", said) is not None


def stays(key: str, value: str, tag: str) -> bool:
    """Say whether an attribute draws: a plain one that loads nothing, or a link to a part of the drawing itself."""
    if key in (XLINK_HREF, "href"):
        return tag in ("use", "linearGradient", "radialGradient", "pattern") and value.startswith("#")
    return PLAIN_ATTRIBUTE.fullmatch(key) is not None and LOADS.search(value) is None


def rename(root: Any) -> None:
    """Give the parts of a drawing names that say nothing, and leave those out that nothing refers to."""
    whole = etree.tostring(root).decode()
    names: dict[str, str] = {}
    for element in root.iter():
        own = element.attrib.pop("id", None)
        if own and re.search(rf"#{re.escape(own)}(?![\w.-])", whole):
            names[own] = f"p{len(names) + 1}"
            element.set("id", names[own])
    for element in root.iter():
        for key, value in element.attrib.items():
            element.set(key, referring(value, names))
        if etree.QName(element).localname == "style":
            element.text = referring(element.text or "", names)


def referring(value: str, names: dict[str, str]) -> str:
    """Return a value whose references lead to the new names."""
    return re.sub(r"#([\w.:-]+)", lambda found: f"#{names.get(found[1], found[1])}", value)


def box_of(root: Any, name: str) -> tuple[float, float, float, float]:
    """Return the left, top, width and height of a drawing, in its own units."""
    numbers = re.findall(r"[-+]?[0-9.]+(?:[eE][-+]?\d+)?", root.get("viewBox", ""))
    sizes = [LENGTH.fullmatch(root.get(side, "")) for side in ("width", "height")]
    if not numbers and all(sizes):
        numbers = ["0", "0", *(size[1] for size in sizes if size)]
    try:
        left, top, width, height = map(float, numbers)
    except ValueError:
        raise HouseFault(f"{name}: this drawing does not say its size. Save it with a viewBox.") from None
    if not (width > 0 and height > 0):
        raise HouseFault(f"{name}: this drawing has no size. Save it with a viewBox.")
    return left, top, width, height
