"""Packages of parts: the same parts are the same bytes, and a package from elsewhere is opened with care."""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from letters.errors import UnreadableInput

LEVEL = 2
"""Of deflation: level 6 takes four times as long to save a tenth of a letter's ten kilobytes."""
SMALL = 2_048
"""Bytes below which a part is stored as it is: setting up deflation costs more than it saves."""
STORED, DEFLATED = 0, 8
MOST_PARTS = 2_000
MOST_BYTES = 60_000_000
"""Unpacked bytes of a whole package: a long letter has under two million."""
MOST_TIMES = 200
"""How many times larger than packed an XML part may be, beyond a megabyte: prose and its markup packs to a tenth."""
FIRST = "[Content_Types].xml"
DOS_EPOCH = 0x0021
"""1 January 1980, the earliest day a zip file can bear (APPNOTE 4.4.6)."""
PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
UNSAFE_NAME = re.compile(r"(^/)|(^|/)\.\.(/|$)|\\|:|[^\x20-\x7e]")


@dataclass(frozen=True, slots=True)
class Member:
    """One part of a package, packed already by a method of the zip format (APPNOTE 4.4.5)."""

    name: str
    check: int
    size: int
    packed: bytes
    method: int


def member(name: str, data: bytes) -> Member:
    """Pack a part: a small one is stored, any other deflated (RFC 1951)."""
    if len(data) < SMALL:
        return Member(name, zlib.crc32(data), len(data), data, STORED)
    return Member(name, zlib.crc32(data), len(data), zlib.compress(data, LEVEL, -15), DEFLATED)


def archive(members: Iterable[Member]) -> bytes:
    """Return a zip file of the parts, sorted, without times; the content types come first (ECMA-376 part 2, 10.2)."""
    body, directory, offset, count = [], [], 0, 0
    for part in sorted(members, key=lambda part: (part.name != FIRST, part.name)):
        name = part.name.encode("ascii")
        head = struct.pack(
            "<HHHHHIIIHH", 20, 0, part.method, 0, DOS_EPOCH, part.check, len(part.packed), part.size, len(name), 0
        )
        body += [b"PK\x03\x04", head, name, part.packed]
        directory += [b"PK\x01\x02", struct.pack("<H", 20), head, struct.pack("<HHHII", 0, 0, 0, 0, offset), name]
        offset += 4 + len(head) + len(name) + len(part.packed)
        count += 1
    listing = b"".join(directory)
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, len(listing), offset, 0)
    return b"".join([*body, listing, end])


def open_untrusted(data: bytes, name: str) -> dict[str, bytes]:
    """Return the parts of a package; raises UnreadableInput for bombs, odd names, and files that are no package."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            entries = package.infolist()
            unpacked = sum(entry.file_size for entry in entries)
            if len(entries) > MOST_PARTS or unpacked > MOST_BYTES or any(map(is_swollen, entries)):
                raise UnreadableInput(f"{name}: it unpacks to far more data than a letter needs. Is it the right file?")
            return {entry.filename: read_part(package, entry, name) for entry in entries if not entry.is_dir()}
    except (
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        ValueError,
        OSError,
        NotImplementedError,
        RuntimeError,
        EOFError,
    ):
        raise UnreadableInput(f"{name}: this is not a complete DOCX file. Save it again from Word as .docx.") from None


def parts_of(data: bytes) -> dict[str, bytes]:
    """Return the parts of a package of our own making."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def is_swollen(entry: zipfile.ZipInfo) -> bool:
    """Say whether a part is XML that holds hardly anything but repetitions."""
    is_large = entry.file_size > 1_000_000 and entry.filename.endswith((".xml", ".rels"))
    return is_large and entry.file_size > MOST_TIMES * entry.compress_size


def read_part(package: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> bytes:
    """Return the bytes of one part, however small it claims to be."""
    if UNSAFE_NAME.search(entry.filename):
        raise UnreadableInput(f"{name}: it has a part named {entry.filename!r}. Save it again from Word.")
    if entry.compress_type not in (STORED, DEFLATED):
        raise UnreadableInput(f"{name}: {entry.filename} is packed in a way that no DOCX is. Save it again from Word.")
    with package.open(entry) as stream:
        part = stream.read(entry.file_size + 1)
    if len(part) > entry.file_size:
        raise UnreadableInput(f"{name}: {entry.filename} is larger than it says. Save it again from Word.")
    return part


def parse(part: bytes, name: str) -> etree._Element:
    """Return the root of an XML part; no entity is resolved, nothing is fetched, a DTD is refused."""
    if b"<!DOCTYPE" in part:
        raise UnreadableInput(f"{name}: it contains a document type definition. Save it again from Word.")
    try:
        root = etree.fromstring(part, PARSER)
    except etree.XMLSyntaxError as error:
        raise UnreadableInput(f"{name}: this is not well-formed XML: {error}. Save it again from Word.") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableInput(f"{name}: it contains a document type definition. Save it again from Word.")
    return root
