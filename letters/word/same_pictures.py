"""Which pictures of one file are those of another, saved anew: programs compress them again as they save."""

from io import BytesIO

from PIL import Image

from letters.word.word_file import Media

SIDE = 48
"""Points of a picture's side that are compared."""
UNLIKE = 32
"""Steps of 255 by which a point may differ: compressing or shrinking changes under half of that, a new dot most of it."""
LARGEST = 40_000_000
"""Points of the largest picture that is unpacked: a small file can hold one that fills the memory."""
BITMAPS = ("PNG", "JPEG", "GIF", "BMP", "TIFF")


def same_pictures(old: dict[str, Media], new: dict[str, Media]) -> dict[str, str]:
    """Return the old name of each new picture that only differs in how it is compressed."""
    olds = {name: points_of(media) for name, media in old.items()}
    return {
        name: other
        for name, media in new.items()
        if name not in old
        for other in [like(points_of(media), olds)]
        if other
    }


def like(points: bytes, others: dict[str, bytes]) -> str:
    """Return the picture that is most like one, if any is like it at all."""
    scored = [(difference(points, other), name) for name, other in others.items() if points and other]
    return min(scored)[1] if scored and min(scored)[0] <= UNLIKE else ""


def difference(one: bytes, other: bytes) -> int:
    """Return by how much the points of two pictures differ where they differ most."""
    return max(abs(a - b) for a, b in zip(one, other, strict=True))


def points_of(media: Media) -> bytes:
    """Return a picture on white as a few points; nothing for one that is no sound bitmap."""
    try:
        with Image.open(BytesIO(media.data), formats=BITMAPS) as picture:
            if picture.width * picture.height > LARGEST:
                return b""
            colours = picture.convert("RGBA")
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):
        return b""
    paper = Image.new("RGBA", colours.size, "white")
    return Image.alpha_composite(paper, colours).convert("RGB").resize((SIDE, SIDE)).tobytes()
