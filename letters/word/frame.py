"""Fills the places of a house's frame.docx: the letterhead, the body and the running marks.

The places are read once a house; what is made of them is compiled once, so that a letter costs only its own words.
"""

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import jinja2
import jinja2.sandbox
from lxml import etree
from markupsafe import Markup

from letters.errors import HouseFault
from letters.houses.house import Asset, House
from letters.word.cleaning import without_names
from letters.word.names import (
    CONTENT_TYPES,
    CORE,
    CUSTOM,
    DOCUMENT,
    DOCUMENT_RELATIONSHIPS,
    FOOTNOTES,
    NUMBERING,
    OFFICE,
    PACKAGE_RELATIONSHIPS,
    PACKAGE_RELS,
    PROPERTY_PARTS,
    SETTINGS,
    STYLES,
    XML_HEAD,
    W,
)
from letters.word.package import Member, member, open_untrusted, parse
from letters.word.places import lifted

NEEDED = (CONTENT_TYPES, DOCUMENT, STYLES, SETTINGS, NUMBERING, FOOTNOTES, DOCUMENT_RELATIONSHIPS)
FRAME_ERRORS = (jinja2.TemplateError, ArithmeticError, LookupError, TypeError, ValueError)
"""What a place can go wrong with: a word nobody knows, and the sums that somebody wrote into it."""
TRACKED = re.compile(rb"<w:(?:ins|del|moveFrom|moveTo|rPrChange|pPrChange|commentReference)\b")
RUNNING = re.compile(r"^word/(header|footer)\d*\.xml$")
LEFT_BEHIND = re.compile(r"^(docProps/|customXml/|word/(comments|people|webSettings|glossary/))")
LAST_SECTION = re.compile(r"<w:sectPr\b(?:(?!<w:sectPr\b).)*</w:sectPr>(?=\s*</w:body>)", re.DOTALL)


@dataclass(frozen=True)
class Frame:
    """A frame ready to be filled: its places as compiled templates, every part as it stands, and packed."""

    parts: Mapping[str, bytes]
    members: Mapping[str, Member]
    places: Mapping[str, jinja2.Template]
    styles: Mapping[str, str]
    """The id of each style by its name in lower case."""
    section: str
    """The sectPr of its page."""
    boxes: frozenset[str]
    """The roles that have a place of their own."""

    def style(self, name: str) -> str:
        """Return the id of the style of that name; raises HouseFault where the frame has none."""
        try:
            return self.styles[name]
        except KeyError:
            raise HouseFault(
                f"frame.docx has no style {name!r}. Add it in Word, or name another in house.yaml."
            ) from None

    def fill(self, part: str, **values: str) -> bytes:
        """Return a part with WordprocessingML in its places."""
        marked = {name: Markup(value) for name, value in values.items()}
        try:
            return self.places[part].render(marked).encode()
        except FRAME_ERRORS as error:
            raise HouseFault(f"frame.docx, {part}: {error}. Delete that marker, or use one that exists.") from None


def frame_of(house: House, name: str = "frame.docx") -> Frame:
    """Return a frame of a house; one that has not changed is not read again."""
    return read_frame(house.read(name))


@lru_cache(maxsize=32)
def read_frame(asset: Asset) -> Frame:
    """Return a frame from its file; raises HouseFault where it does not fit."""
    path = asset.name
    parts = {
        name: without_names(data, f"{path}: {name}")
        for name, data in open_untrusted(asset.data, path).items()
        if not LEFT_BEHIND.match(name)
    }
    for name, data in parts.items():
        if name.endswith((".xml", ".rels")):
            parse(data, f"{path}: {name}")
    refuse_unfit(parts, path)
    places, section = compiled_places(parts, path)
    boxes = re.findall(r"\{\{\s*(\w+)\s*\}\}", lifted(decoded(parts[DOCUMENT], path)))
    parts = {**parts, CONTENT_TYPES: own_content_types(parts), PACKAGE_RELS: own_relationships()}
    parts[DOCUMENT_RELATIONSHIPS] = whole_relationships(parts)
    return Frame(
        parts,
        {name: member(name, data) for name, data in parts.items()},
        places,
        style_ids(parts[STYLES], path),
        section,
        frozenset(name.replace("_", "-") for name in boxes) - {"body"},
    )


def refuse_unfit(parts: Mapping[str, bytes], path: str) -> None:
    """Raise HouseFault where a frame lacks a part, or carries macros, controls or anything fetched from elsewhere."""
    for name in NEEDED:
        if name not in parts:
            raise HouseFault(f"{path}: it has no {name}. Start one with tools/new_frame.py.")
    for name, data in parts.items():
        if name.endswith(("vbaProject.bin", ".ocx")) or "/activeX/" in name or "/embeddings/" in name:
            raise HouseFault(f"{path}: it contains {name}. Save the frame as .docx without macros and objects.")
        if name.endswith(".rels") and any(entry.get("TargetMode") == "External" for entry in parse(data, name)):
            raise HouseFault(f"{path}: {name} points outside the file. Remove links and linked pictures.")
        if name.startswith("word/") and TRACKED.search(data):
            raise HouseFault(
                f"{path}: {name} contains tracked changes or comments. Accept or reject them all, and save."
            )
    if b"macroEnabled" in parts[CONTENT_TYPES] or b"vbaProject" in parts[CONTENT_TYPES]:
        raise HouseFault(f"{path}: it contains macros. Save the frame as .docx without them.")


def decoded(part: bytes, path: str) -> str:
    """Return a part as text; raises HouseFault where it is not UTF-8."""
    try:
        return part.decode()
    except UnicodeDecodeError:
        raise HouseFault(f"{path}: a part is not UTF-8. Save the frame again from Word.") from None


def compiled_places(parts: Mapping[str, bytes], path: str) -> tuple[dict[str, jinja2.Template], str]:
    """Return the parts that have places, compiled, and the sectPr of the page."""
    environment = jinja2.sandbox.ImmutableSandboxedEnvironment(undefined=jinja2.StrictUndefined, autoescape=True)
    prepared = {name: lifted(decoded(parts[name], path)) for name in parts if RUNNING.match(name) or name == DOCUMENT}
    found = LAST_SECTION.search(prepared[DOCUMENT])
    if found is None or not re.search(r"\{\{\s*body\s*\}\}", prepared[DOCUMENT]):
        raise HouseFault(f"{path}: it has no marker {{{{p body }}}}, or no page. Start one with tools/new_frame.py.")
    prepared[DOCUMENT] = LAST_SECTION.sub("{{ section }}", prepared[DOCUMENT])
    try:
        return {name: environment.from_string(xml) for name, xml in prepared.items()}, found[0]
    except jinja2.TemplateSyntaxError as error:
        raise HouseFault(f"{path}: a marker is not valid: {error.message}. Delete it and type it again.") from None


def style_ids(part: bytes, path: str) -> dict[str, str]:
    """Return the id of every style by its name in lower case, as Word compares names."""
    return {
        str(name.get(f"{W}val")).lower(): str(style.get(f"{W}styleId"))
        for style in parse(part, f"{path}: word/styles.xml").iter(f"{W}style")
        if (name := style.find(f"{W}name")) is not None
    }


def own_content_types(parts: Mapping[str, bytes]) -> bytes:
    """Return [Content_Types].xml without the parts left behind, and with those that every letter has."""
    root = parse(parts[CONTENT_TYPES], CONTENT_TYPES)
    for entry in list(root):
        name = (entry.get("PartName") or "").lstrip("/")
        if name and name not in parts:
            root.remove(entry)
    namespace = etree.QName(root).namespace
    if not any(entry.get("Extension") == "png" for entry in root):
        root.insert(0, root.makeelement(f"{{{namespace}}}Default", {"Extension": "png", "ContentType": "image/png"}))
    for name, content_type in PROPERTY_PARTS.items():
        root.append(root.makeelement(f"{{{namespace}}}Override", {"PartName": f"/{name}", "ContentType": content_type}))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def whole_relationships(parts: Mapping[str, bytes]) -> bytes:
    """Return the document's relationships without those to parts that were left behind."""
    root = parse(parts[DOCUMENT_RELATIONSHIPS], DOCUMENT_RELATIONSHIPS)
    for entry in list(root):
        target = posixpath.normpath(posixpath.join("word", entry.get("Target") or ""))
        if target.lstrip("/") not in parts:
            root.remove(entry)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def own_relationships() -> bytes:
    """Return the package's relationships: the document and its properties."""
    targets = (
        (f"{OFFICE}/relationships/officeDocument", DOCUMENT),
        (f"{PACKAGE_RELATIONSHIPS}/metadata/core-properties", CORE),
        (f"{OFFICE}/relationships/custom-properties", CUSTOM),
    )
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'{XML_HEAD}<Relationships xmlns="{PACKAGE_RELATIONSHIPS}">{rows}</Relationships>'.encode()
