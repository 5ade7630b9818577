"""SVG drawings -> drawings that only draw: nothing that runs, loads, hides, or says who made them."""

import re
from math import isfinite
from typing import Any

from lxml import etree

from letters.errors import HouseFault
from letters.houses.drawing_names import RULE, URL, renamed

SVG = "http://www.w3.org/2000/svg"
XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
LARGEST = 2_000_000
"""Bytes of a drawing."""
HEIGHT = 480
"""Pixels of the picture that is made of a drawing, for formats that know none: print quality at the size of a logo."""
MOST_PIXELS = 10_000
"""On a side of a picture."""
DEEPEST = 60
"""Groups within groups, and elements within them."""
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
    r"|patternUnits|points|preserveAspectRatio|r|rx|ry|display|visibility|spreadMethod|stop-color|stop-opacity|stroke|stroke-[a-z]+|style"
    r"|class|transform|vector-effect|viewBox|width|x|x1|x2|y|y1|y2|href"
)
STYLED = re.compile(
    r"clip-path|clip-rule|color|display|fill|fill-opacity|fill-rule|isolation|mask|mix-blend-mode|opacity|overflow"
    r"|paint-order|stop-color|stop-opacity|stroke|stroke-[a-z]+|transform|vector-effect|visibility"
)
"""The properties of a style that draw."""
LOADS = re.compile(r"url\(\s*+[\"']?+\s*+(?!#)|@import|@font-face|expression\(|\\", re.IGNORECASE)
CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
LENGTH = re.compile(r"\s*([0-9.]+)\s*(?:px|pt|mm|cm|in)?\s*")


def cleaned(data: bytes, name: str) -> bytes:
    """Return an SVG drawing that only draws; raises HouseFault where that is not what it is."""
    root = tree_of(data, name)
    for element in list(root.iter()):
        clean_element(element, name)
    renamed(root, name)
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
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise HouseFault(f"{name}: this drawing is not valid SVG ({error.msg}). Save it again.") from None
    dtd = root.getroottree().docinfo.internalDTD
    if len(data) > LARGEST or (dtd is not None and dtd.entities()) or next(root.iter(etree.Entity), None) is not None:
        raise HouseFault(f"{name}: this drawing is too large or has entities. Save it as plain SVG.")
    if root.tag != f"{{{SVG}}}svg":
        raise HouseFault(f"{name}: this is XML, but no SVG drawing. Save it as SVG.")
    refuse_depth(root, name)
    return with_plain_names(root)


def refuse_depth(root: Any, name: str) -> None:
    """Raise HouseFault for a drawing that is nested so deeply that programs which draw it may break."""
    level, depth = [root], 0
    while level:
        level, depth = [child for element in level for child in element], depth + 1
        if depth > DEEPEST:
            raise HouseFault(f"{name}: the groups of this drawing are nested too deeply. Ungroup it.")


def with_plain_names(root: Any) -> Any:
    """Return a drawing whose elements have no prefix, as every program of ours reads them."""
    plain = etree.Element(root.tag, root.attrib, {None: SVG})
    plain.extend(list(root))
    prefixes = {element.prefix for element in plain.iter(f"{{{SVG}}}*") if element.prefix}
    if not prefixes:
        return plain
    named = "|".join(map(re.escape, sorted(prefixes)))
    return etree.fromstring(re.sub(rf"<(/?)(?:{named}):", r"<\1", etree.tostring(plain, encoding="unicode")))


def clean_element(element: Any, name: str) -> None:
    """Take out of a drawing what an element must not be or say."""
    tag = etree.QName(element)
    if tag.namespace == SVG and tag.localname in REFUSED:
        raise HouseFault(f"{name}: this drawing contains {REFUSED[tag.localname]}.")
    if tag.namespace != SVG or tag.localname not in DRAWN:
        take_out(element, name, harmless=tag.namespace != SVG or tag.localname in LEFT_OUT)
        return
    if tag.localname == "a":
        element.tag = f"{{{SVG}}}g"
    element.text = own_style(element.text or "", name) if tag.localname == "style" else None
    element.tail = None
    for key, value in list(element.attrib.items()):
        if key == "style":
            element.set(key, declarations(value))
        elif not stays(key, value, tag.localname):
            del element.attrib[key]
    if XLINK_HREF in element.attrib:
        element.set("href", element.attrib.pop(XLINK_HREF))
    if is_hidden(element) and element.getparent() is not None:
        leave_paints(element)


def own_style(text: str, name: str) -> str:
    """Return a style sheet of a drawing with plain declarations alone; raises HouseFault for more than rules."""
    text = CSS_COMMENT.sub("", text)
    if LOADS.search(text):
        raise HouseFault(f"{name}: this drawing's style loads something from elsewhere. Save it as plain SVG.")
    if re.search(r"[@\[\"'<]", re.sub(r"url\([^)]*\)|font-family:[^;}]*|'[^'{}]*'|\"[^\"{}]*\"", "", text)):
        raise HouseFault(f"{name}: this drawing's style has more than plain rules. Save it as plain SVG.")
    return RULE.sub(lambda rule: f"{rule[1]}{{{declarations(rule[2][1:-1])}}}", text)


def declarations(style: str) -> str:
    """Return those declarations of a style that draw and load nothing."""
    parts = (part.partition(":") for part in CSS_COMMENT.sub("", style).split(";"))
    named = ((key.strip(), value.strip()) for key, _, value in parts)
    return ";".join(f"{key}:{value}" for key, value in named if STYLED.fullmatch(key) and is_plain(value))


def is_plain(value: str) -> bool:
    """Say whether a value loads nothing and quotes nothing but a reference."""
    return LOADS.search(value) is None and not re.search(r"[\"']", URL.sub("", value))


def take_out(element: Any, name: str, *, harmless: bool) -> None:
    """Remove an element that draws nothing; raises HouseFault for one that nobody here knows."""
    if not harmless:
        tag = etree.QName(element).localname
        raise HouseFault(f"{name}: this drawing contains <{tag}>, which not every program draws. Save it as plain SVG.")
    if element.getparent() is not None:
        element.getparent().remove(element)


def leave_paints(element: Any) -> None:
    """Remove an element that is not drawn, but leave the colours and patterns in it, which others may use."""
    parent = element.getparent()
    paints = [part for part in element.iter() if etree.QName(part).localname in PAINTS]
    for part in paints:
        if part.getparent() not in paints:
            etree.SubElement(parent, f"{{{SVG}}}defs").append(part)
    parent.remove(element)


def is_hidden(element: Any) -> bool:
    """Say whether an element is not drawn: what is in an invisible group may be visible all the same."""
    said = f"{element.get('style', '')};display:{element.get('display', '')};visibility:{element.get('visibility', '')}"
    shown = r"display:\s*none|visibility:\s*hidden" if len(element) == 0 else r"display:\s*none"
    return etree.QName(element).localname not in PAINTS and re.search(shown, said) is not None


def stays(key: str, value: str, tag: str) -> bool:
    """Say whether an attribute draws: a plain one that loads nothing, or a link to a part of the drawing itself."""
    if key in (XLINK_HREF, "href"):
        return tag in ("use", "linearGradient", "radialGradient", "pattern") and value.startswith("#")
    return PLAIN_ATTRIBUTE.fullmatch(key) is not None and LOADS.search(value) is None


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
    if not (width > 0 and height > 0 and all(map(isfinite, (left, top, width, height)))):
        raise HouseFault(f"{name}: this drawing has no size. Save it with a viewBox.")
    if not 1 <= HEIGHT * width / height <= MOST_PIXELS:
        raise HouseFault(f"{name}: this drawing is {width:g} wide and {height:g} high: far too long for a picture.")
    return left, top, width, height
