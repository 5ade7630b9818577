"""Which pictures of one file are those of another, saved anew: programs compress them again as they save."""

from io import BytesIO

from PIL import Image, UnidentifiedImageError

from letters.formats.docx.read import Media

SIDE = 24
"""Points of a picture's side that are compared."""
UNLIKE = 12
"""Steps of 255 that no point may differ by on average: compressing again changes a few, another picture many."""


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


def difference(one: bytes, other: bytes) -> float:
    """Return by how much the points of two pictures differ on average."""
    return sum(abs(a - b) for a, b in zip(one, other, strict=True)) / len(one)


def points_of(media: Media) -> bytes:
    """Return a picture on white as a few points; nothing for one that is no bitmap."""
    try:
        picture = Image.open(BytesIO(media.data)).convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return b""
    paper = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(paper, picture).convert("RGB").resize((SIDE, SIDE)).tobytes()
