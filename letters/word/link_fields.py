"""Links that Word keeps as fields: their words lead somewhere, and the signs of the field are no things of their own."""

import re
from collections.abc import Iterator

from letters.document.marks import Piece

KIND = re.compile(r'fldCharType="(begin|separate|end)"')
INSTRUCTION = re.compile(r"<(?:\w+:)?(?:instrText|delInstrText)\b[^>]*>([^<]*)<")
ADDRESS = re.compile(r'^\s*HYPERLINK\s+(?:\\l\s+)?"([^"]*)"')


def with_links(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Return pieces in which the words of HYPERLINK fields are links (ISO 29500-1, 17.16.5.25); other fields stay."""
    if not any(kind_of(piece) == "begin" for piece in pieces):
        return pieces
    return tuple(unfolded(pieces))


def unfolded(pieces: tuple[Piece, ...]) -> Iterator[Piece]:
    """Yield pieces, those of a link's field without its signs; fields that have fields in them stay as they are."""
    place = 0
    while place < len(pieces):
        end = end_of(pieces, place) if kind_of(pieces[place]) == "begin" else 0
        address = address_of(pieces[place:end])
        if not address:
            yield pieces[place]
            place += 1
            continue
        shows = False
        for piece in pieces[place : end + 1]:
            if shows and not piece.object_key:
                yield piece._replace(link=address)
            shows = shows or kind_of(piece) == "separate"
        place = end + 1


def end_of(pieces: tuple[Piece, ...], start: int) -> int:
    """Return where the field ends that begins at a piece; 0 where it does not, or has another within."""
    for place in range(start + 1, len(pieces)):
        kind = kind_of(pieces[place])
        if kind in ("begin", "end"):
            return place if kind == "end" else 0
    return 0


def address_of(pieces: tuple[Piece, ...]) -> str:
    """Return where the field of some pieces leads; nothing where it is no link."""
    words = "".join(found[1] for piece in pieces if (found := INSTRUCTION.search(str(piece.content or ""))))
    found = ADDRESS.match(words.replace("&quot;", '"').replace("&amp;", "&"))
    return found[1] if found else ""


def kind_of(piece: Piece) -> str:
    """Return which sign of a field a piece is."""
    found = KIND.search(str(piece.content)) if piece.object_key.startswith("fldChar:") else None
    return found[1] if found else ""
