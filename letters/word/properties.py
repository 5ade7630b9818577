"""The properties of a DOCX file, all from the letter's data: never a person's name, never the clock."""

import re
from html import escape, unescape

from letters.document.blocks import Meta
from letters.word.names import CORE, CORE_PROPERTIES, CUSTOM, CUSTOM_PROPERTIES, VARIANT_TYPES, XML_HEAD

FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The id that every custom property bears (ECMA-376 part 1, 22.3)."""


def core(meta: Meta) -> bytes:
    """Return docProps/core.xml (Dublin Core; ECMA-376 part 2, clause 11)."""
    stamp = f"{meta.day.isoformat()}T00:00:00Z"
    return (
        f'{XML_HEAD}<cp:coreProperties xmlns:cp="{CORE_PROPERTIES}" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(meta.title)}</dc:title><dc:subject>{escape(meta.subject)}</dc:subject>"
        f"<dc:creator>{escape(meta.author)}</dc:creator><dc:identifier>{escape(meta.identifier)}</dc:identifier>"
        f"<dc:language>{escape(meta.language)}</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{stamp}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{stamp}</dcterms:modified></cp:coreProperties>'
    ).encode()


def custom(meta: Meta) -> bytes:
    """Return docProps/custom.xml: which inspection and which version this is."""
    values = {"InspectionId": meta.identifier, "LetterVersion": str(meta.version)}
    rows = "".join(
        f'<property fmtid="{FORMAT_ID}" pid="{number}" name="{name}"><vt:lpwstr>{escape(value)}</vt:lpwstr></property>'
        for number, (name, value) in enumerate(values.items(), start=2)
    )
    return f'{XML_HEAD}<Properties xmlns="{CUSTOM_PROPERTIES}" xmlns:vt="{VARIANT_TYPES}">{rows}</Properties>'.encode()


def read_back(parts: dict[str, bytes]) -> dict[str, str]:
    """Return the properties of a file by their local names: creator, modified, InspectionId, LetterVersion and others."""
    core = parts.get(CORE, b"").decode("utf-8", "replace")
    custom = parts.get(CUSTOM, b"").decode("utf-8", "replace")
    found = re.findall(r"<(?:\w+:)?(\w+)(?: [^>]*)?>([^<]*)</", core)
    found += re.findall(r'name="(\w+)"[^>]*>\s*<vt:lpwstr>([^<]*)</', custom)
    return {name: unescape(value) for name, value in found}
