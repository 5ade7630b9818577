"""What a picture carries beside what it shows: remarks, cameras, places, programs, whatever follows its end."""

import re
from collections.abc import Iterator

from letters.publication.hygiene.patterns import unread_words

PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8"
SHOWN = frozenset(
    (
        b"IHDR",
        b"PLTE",
        b"IDAT",
        b"IEND",
        b"tRNS",
        b"cHRM",
        b"gAMA",
        b"sBIT",
        b"sRGB",
        b"bKGD",
        b"pHYs",
        b"hIST",
    )
)
"""The chunks of a PNG picture that say how it looks; any other can name people, places, times and programs."""
END_OF_PNG = b"IEND\xaeB`\x82"
START_OF_SCAN, COMMENT = 0xDA, 0xFE
APPLICATION = range(0xE0, 0xF0)
"""The markers of a JPEG picture's application data (T.81, B.1.1.3)."""
LOOKS = (b"JFIF\0", b"ICC_PROFILE\0", b"Adobe")
"""The application data that says how a picture looks."""
DRAWN = {
    "a comment": rb"<!--",
    "metadata in a picture": rb"<metadata\b|\b(?:sodipodi|inkscape|serif|sketch):|<rdf:RDF\b|<i:pgf\b",
    "a program": rb"<script\b|\son\w+\s*=|javascript:",
    "content loaded from elsewhere": (
        rb"<!DOCTYPE|<!ENTITY|<\?xml-stylesheet|href\s*=\s*[\"'](?!#|data:)|url\(\s*[\"']?(?![\"'\s]|#|data:)"
    ),
    "hidden content": rb"<foreignObject\b|display\s*[:=]\s*[\"']?none|visibility\s*[:=]\s*[\"']?hidden",
}


def picture_leaks(data: bytes) -> Iterator[str]:
    """Yield what a picture carries and must not; a kind that cannot be looked into is a leak itself."""
    if data.startswith(PNG):
        yield from png_leaks(data)
    elif data.startswith(JPEG):
        yield from jpeg_leaks(data)
    elif b"<svg" in data[:4_000]:
        yield from (what for what, mark in DRAWN.items() if re.search(mark, data))
        yield from unread_words(data.decode("utf-8", "replace"))
    else:
        yield "a picture in a format that cannot be checked"


def png_leaks(data: bytes) -> Iterator[str]:
    """Yield remarks in a PNG picture, and anything after its end."""
    if chunk_types(data) - SHOWN:
        yield "metadata in a picture"
    if not data.endswith(END_OF_PNG):
        yield "data after the end of a picture"


def chunk_types(data: bytes) -> set[bytes]:
    """Return the kinds of chunk in a PNG picture, up to its end."""
    found, place = set(), len(PNG)
    while place + 8 <= len(data) and b"IEND" not in found:
        found.add(data[place + 4 : place + 8])
        place += 12 + int.from_bytes(data[place : place + 4], "big")
    return found


def jpeg_leaks(data: bytes) -> Iterator[str]:
    """Yield remarks and camera data in a JPEG picture."""
    for marker, body in segments(data):
        if marker == COMMENT or (marker in APPLICATION and not body.startswith(LOOKS)):
            yield "camera data in a picture" if body.startswith(b"Exif") else "metadata in a picture"


def segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the marker and the bytes of each segment of a JPEG picture, up to the picture itself."""
    place = len(JPEG)
    while place + 4 <= len(data) and data[place] == 0xFF and data[place + 1] != START_OF_SCAN:
        length = int.from_bytes(data[place + 2 : place + 4], "big")
        yield data[place + 1], data[place + 4 : place + 2 + length]
        place += 2 + max(2, length)
