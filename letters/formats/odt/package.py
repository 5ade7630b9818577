"""The package of an OpenDocument text: its parts in one file, their list, and what its properties say."""

import re
import zipfile
from collections.abc import Iterable, Mapping
from html import escape
from io import BytesIO

from letters.document.blocks import Meta
from letters.errors import FormatFault
from letters.formats.odt.lengths import NAMESPACES, OASIS

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML file can hold (XML 1.0, 2.2)."""


def package(parts: Mapping[str, bytes]) -> bytes:
    """Return a zip file of the parts, sorted, without times; the media type comes first (ODF 1.2, part 3, 3.3)."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in [("mimetype", MEDIA_TYPE.encode()), *sorted(parts.items())]:
            entry = zipfile.ZipInfo(name)
            entry.create_system = 0
            packed = name.endswith(".xml")
            entry.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
            archive.writestr(entry, data, compresslevel=6)
    return stream.getvalue()


def manifest(parts: Iterable[str]) -> bytes:
    """Return the list of the parts (ODF 1.2, part 3, 4)."""
    kinds = {".xml": "text/xml", ".png": "image/png"}
    rows = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kinds[name[-4:]]}"/>'
        for name in sorted(parts)
    )
    whole = f'<manifest:file-entry manifest:full-path="/" manifest:version="1.2" manifest:media-type="{MEDIA_TYPE}"/>'
    names = f'xmlns:manifest="{OASIS}:manifest:1.0" manifest:version="1.2"'
    return f"{XML_HEAD}<manifest:manifest {names}>{whole}{rows}</manifest:manifest>".encode()


def meta_part(meta: Meta) -> str:
    """Return meta.xml: never a person's name, never the clock."""
    stamp = f"{meta.day.isoformat()}T00:00:00"
    own = {"InspectionId": meta.identifier, "LetterVersion": str(meta.version)}
    named = "".join(
        f'<meta:user-defined meta:name="{name}" meta:value-type="string">{escape(value)}</meta:user-defined>'
        for name, value in own.items()
    )
    return (
        f'<office:document-meta {NAMESPACES} office:version="1.2"><office:meta>'
        f"<dc:title>{escape(meta.title)}</dc:title><dc:subject>{escape(meta.subject)}</dc:subject>"
        f"<meta:initial-creator>{escape(meta.author)}</meta:initial-creator><dc:creator>{escape(meta.author)}</dc:creator>"
        f"<meta:creation-date>{stamp}</meta:creation-date><dc:date>{stamp}</dc:date>"
        f"<dc:language>{escape(meta.language)}</dc:language>{named}</office:meta></office:document-meta>"
    )


def xml_part(text: str) -> bytes:
    """Return a part as a file holds it; raises FormatFault for a character that none can hold."""
    found = ILLEGAL.search(text)
    if found:
        before = re.sub("<[^>]*>", " ", text[: found.start()])[-40:].strip()
        code = f"U+{ord(found[0]):04X}"
        raise FormatFault(
            f"after “{before}” there is {code}, which an OpenDocument file cannot contain. Remove it from the text."
        )
    return f"{XML_HEAD}{text}".encode()
