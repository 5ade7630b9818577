"""What only a draft for review carries: hidden bookmarks at every block, paragraph numbers, tracking switched on."""

import re
from collections.abc import Iterable
from hashlib import sha256
from html import escape, unescape

from letters.document.blocks import Meta
from letters.word.names import OFFICE, PACKAGE_RELATIONSHIPS, RELATIONSHIP_NS, XML_HEAD

DATA = "urn:letters:draft"
"""The namespace of the custom XML part."""
OWN_DATA = "customXml/item1.xml"
OWN_DATA_PROPERTIES = "customXml/itemProps1.xml"
OWN_DATA_RELATIONSHIPS = "customXml/_rels/item1.xml.rels"
ITEM_ID = "{6C657474-6572-7300-8000-64726166740A}"
AFTER_TRACKING = (
    rb"<w:(?:autoFormatOverride|styleLockTheme|styleLockQFSet|defaultTabStop|autoHyphenation|hyphenationZone"
    rb"|evenAndOddHeaders|characterSpacingControl|footnotePr|endnotePr|compat|themeFontLang|decimalSymbol)\b"
)
"""What may follow the tracking of changes in settings.xml (ISO 29500-1, 17.15.1.78)."""
ANCHOR = "_s_"
"""How a hidden bookmark begins; Word hides every name that begins with an underscore."""
LONGEST_READABLE = 26
"""Letters of a block's id that its bookmark shows; Word's names have 40 at most."""
COUNT = 900
"""The abstract numbering that counts a draft's paragraphs."""
LABELS = {"body": "%1", "bullet-1": "■ %1", "bullet-2": "– %1"}
"""What stands before a paragraph of each kind."""
INSTANCES = {kind: COUNT + place for place, kind in enumerate(LABELS)}
DRAFT_NUMBERED = {
    kind: f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>' for kind, number in INSTANCES.items()
}
"""The numPr of each kind of paragraph: kinds share one count, so that every paragraph has a number of its own."""
INDENTS = {"body": "", "bullet-1": (425, 369), "bullet-2": (794, 369)}


def anchor(block_id: str) -> str:
    """Return the name of the bookmark at a block: readable, within Word's 40 letters, one for each id."""
    readable = re.sub(r"[^A-Za-z0-9]", "_", block_id)[:LONGEST_READABLE]
    return f"{ANCHOR}{readable}_{sha256(block_id.encode()).hexdigest()[:6]}"


def level(kind: str) -> str:
    """Return the level that numbers paragraphs of a kind."""
    indent = INDENTS[kind]
    place = f'<w:pPr><w:ind w:left="{indent[0]}" w:hanging="{indent[1]}"/></w:pPr>' if indent else ""
    return (
        f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:suff w:val="space"/>'
        f'<w:lvlText w:val="{LABELS[kind]}"/><w:lvlJc w:val="left"/>{place}'
        '<w:rPr><w:b w:val="0"/><w:i w:val="0"/><w:color w:val="595959"/><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr></w:lvl>'
    )


def numbered_draft(numbering: bytes) -> bytes:
    """Return numbering.xml with the numbers of a draft's paragraphs."""
    abstract = f'<w:abstractNum w:abstractNumId="{COUNT}"><w:multiLevelType w:val="singleLevel"/>{level("body")}</w:abstractNum>'
    numbers = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{COUNT}"/>'
        f'<w:lvlOverride w:ilvl="0">{level(kind)}</w:lvlOverride></w:num>'
        for kind, number in INSTANCES.items()
    )
    whole = numbering.replace(b"<w:num ", f"{abstract}<w:num ".encode(), 1)
    return whole.replace(b"</w:numbering>", f"{numbers}</w:numbering>".encode())


def tracking(settings: bytes, protect: bool = False) -> bytes:
    """Return settings.xml with tracked changes on; with `protect`, nothing but tracked changes can be made."""
    marks = "<w:trackRevisions/>"
    if protect:
        marks += '<w:documentProtection w:edit="trackedChanges" w:enforcement="1"/>'
    bare = re.sub(rb"<w:(?:trackRevisions|documentProtection)\b[^>]*/>", b"", settings)
    return re.sub(AFTER_TRACKING, lambda found: marks.encode() + found[0], bare, count=1)


def own_data(meta: Meta, units: Iterable[str]) -> bytes:
    """Return the custom XML part: which version this is, and the block behind each hidden bookmark."""
    rows = "".join(f'<unit anchor="{anchor(unit)}" id="{escape(unit)}"/>' for unit in units)
    head = f'inspection="{escape(meta.identifier)}" version="{meta.version}"'
    return f'{XML_HEAD}<letter xmlns="{DATA}" {head}>{rows}</letter>'.encode()


def with_rivals(part: bytes, rivals: Iterable[dict[str, str]]) -> bytes:
    """Return the custom XML part of a combined file: with the changes whose words another reviewer changed too.

    Word shows the words that two took out as taken out by one of them.
    """
    rows = "".join(f"<rival {' '.join(map(attribute, rival.items()))}/>" for rival in rivals)
    return re.sub(rb"(?:<rival [^>]*/>)*</letter>", lambda _: f"{rows}</letter>".encode(), part)


def attribute(pair: tuple[str, str]) -> str:
    """Return a name and a value as an attribute."""
    return f'{pair[0]}="{escape(pair[1])}"'


def rivals_in(parts: dict[str, bytes]) -> list[dict[str, str]]:
    """Return the changes that a combined file says beside what Word shows."""
    found = re.findall(r"<rival ([^>]*)/>", own_part(parts).decode("utf-8", "replace"))
    return [{key: unescape(value) for key, value in re.findall(r'(\w+)="([^"]*)"', row)} for row in found]


def own_part(parts: dict[str, bytes]) -> bytes:
    """Return the custom XML part of a draft; nothing where a program dropped it."""
    held = (part for name, part in parts.items() if name.startswith("customXml/item"))
    return next((part for part in held if f'"{DATA}"'.encode() in part and b"<letter" in part), b"")


def with_own_data(content_types: bytes) -> bytes:
    """Return [Content_Types].xml with the properties of the custom XML part."""
    kind = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
    entry = f'<Override PartName="/{OWN_DATA_PROPERTIES}" ContentType="{kind}"/>'.encode()
    return content_types.replace(b"</Types>", entry + b"</Types>")


def own_data_properties() -> tuple[bytes, bytes]:
    """Return the properties of the custom XML part, and the relationships that lead to them."""
    held = (
        f'{XML_HEAD}<ds:datastoreItem ds:itemID="{ITEM_ID}" xmlns:ds="{OFFICE}/customXml">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{DATA}"/></ds:schemaRefs></ds:datastoreItem>'
    )
    row = f'<Relationship Id="rId1" Type="{RELATIONSHIP_NS}/customXmlProps" Target="itemProps1.xml"/>'
    return held.encode(), f'{XML_HEAD}<Relationships xmlns="{PACKAGE_RELATIONSHIPS}">{row}</Relationships>'.encode()


def units_of(parts: dict[str, bytes]) -> dict[str, str]:
    """Return the block behind each hidden bookmark, as the custom XML part of a draft says it."""
    found = re.findall(r'anchor="([^"]*)" id="([^"]*)"', own_part(parts).decode("utf-8", "replace"))
    return {name: unescape(unit) for name, unit in found}
