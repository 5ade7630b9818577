"""A house's pictures: PNG, JPEG and SVG files -> their bytes, free of remarks, programs and what is loaded."""

import io
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from letters.errors import HouseFault
from letters.houses.drawings import MOST_PIXELS, cleaned, is_drawn_alike, rastered

if TYPE_CHECKING:
    from PIL.Image import Image

SUFFIXES = (".svg", ".png", ".jpg", ".jpeg")
"""What the files of pictures end in, the best first: a drawing is sharp at every size."""
PNG_DRAWS = (b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs", b"IDAT", b"IEND")
"""The parts of a PNG picture that draw it."""
ORIENTATION = 0x0112
TURNS = {
    2: "FLIP_LEFT_RIGHT",
    3: "ROTATE_180",
    4: "FLIP_TOP_BOTTOM",
    5: "TRANSPOSE",
    6: "ROTATE_270",
    7: "TRANSVERSE",
    8: "ROTATE_90",
}
"""What turns a picture upright, by how the camera was held."""
UNREADABLE = (OSError, ValueError, SyntaxError, EOFError)
"""What a broken picture raises."""
PNG_SIGNATURE, JPEG_SIGNATURE = b"\x89PNG\r\n\x1a\n", b"\xff\xd8"
OTHERS = {
    b"GIF8": "a GIF picture",
    b"RIFF": "a WebP picture",
    b"%PDF": "a PDF",
    b"%!PS": "an EPS drawing",
    b"BM": "a BMP picture",
    b"II*\0": "a TIFF picture",
    b"MM\0*": "a TIFF picture",
    b"8BPS": "a Photoshop file",
    b"\x1f\x8b": "a compressed file, such as SVGZ",
    b"PK\x03\x04": "an office file or an archive",
}
"""How other kinds of file begin, and what they are called."""
MOST_IN_ALL = 40_000_000
"""Pixels of a picture."""
REMEDY = "Save it as SVG, PNG or JPEG."


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: a PNG with its size in pixels, its drawing, and whether it stands in for a real one."""

    data: bytes
    width: int
    height: int
    placeholder: bool
    drawing: bytes = b""
    """The picture as SVG, where it is one that every program draws alike; formats that know drawings take it."""

    @classmethod
    def read(cls, path: Path, *, placeholder: bool) -> "Picture":
        """Read a picture; raises HouseFault for what is none, saying what it is."""
        data = path.read_bytes()
        drawing = b""
        if data.startswith(PNG_SIGNATURE) and len(data) >= 24:
            data = without_remarks(data, path)
        elif data.startswith(JPEG_SIGNATURE):
            data = png_of(data, path)
        elif is_drawing(data):
            clean = cleaned(data, str(path))
            data = rastered(clean, str(path))
            if is_blank(data):
                raise HouseFault(f"{path}: nothing is seen of this drawing. Save it as plain SVG, or as PNG.")
            drawing = clean if is_drawn_alike(clean) else b""
        else:
            raise HouseFault(f"{path}: this is {kind_of(data)}, not a picture that letters can use. {REMEDY}")
        width, height = struct.unpack(">II", data[16:24])
        if not (0 < width <= MOST_PIXELS and 0 < height <= MOST_PIXELS):
            raise HouseFault(f"{path}: {width} by {height} pixels cannot be right. Save it again, smaller.")
        return cls(data, width, height, placeholder, drawing)


def is_drawing(data: bytes) -> bool:
    """Say whether a file may be an SVG drawing: it is XML, in UTF-8 or UTF-16."""
    if data.startswith((b"\xff\xfe<", b"\xfe\xff\0<")):
        return True
    return data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def kind_of(data: bytes) -> str:
    """Return what a file that is no picture of ours is called."""
    return next((name for start, name in OTHERS.items() if data.startswith(start)), "a file of another kind")


def without_remarks(data: bytes, path: Path) -> bytes:
    """Return a PNG picture with what draws it alone: texts, times, profiles and camera data can name people."""
    read_whole(data, "PNG", path)
    kept, place = [PNG_SIGNATURE], len(PNG_SIGNATURE)
    while place + 12 <= len(data):
        length = int.from_bytes(data[place : place + 4], "big")
        chunk = data[place : place + 12 + length]
        if chunk[4:8] in PNG_DRAWS:
            kept.append(chunk)
        place += 12 + length
        if chunk[4:8] == b"IEND":
            return b"".join(kept)
    raise HouseFault(f"{path}: the picture ends too early. Save it again.")


def read_whole(data: bytes, kind: str, path: Path) -> "Image":
    """Return a picture of pixels read to its end; raises HouseFault where it cannot be, or is too large."""
    from PIL import Image

    try:
        with to_its_end(), Image.open(io.BytesIO(data), formats=[kind]) as found:
            if max(found.size) > MOST_PIXELS or found.width * found.height > MOST_IN_ALL:
                raise HouseFault(
                    f"{path}: {found.width} by {found.height} pixels is too large. Save it again, smaller."
                )
            found.load()
            return found.copy()
    except (*UNREADABLE, Image.DecompressionBombError):
        raise HouseFault(f"{path}: this {kind} picture cannot be read. Save it again.") from None


@contextmanager
def to_its_end() -> Iterator[None]:
    """Let a picture that ends too early be a fault, which WeasyPrint tells Pillow to overlook; and warn of nothing."""
    from PIL import ImageFile

    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with warnings.catch_warnings(action="ignore"):
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def png_of(data: bytes, path: Path) -> bytes:
    """Return a JPEG picture as PNG, upright, without camera data, remarks and profiles."""
    from PIL import Image

    found = read_whole(data, "JPEG", path)
    turned = TURNS.get(way_up(data), "")
    upright = (found.transpose(Image.Transpose[turned]) if turned else found).convert("RGB")
    bare = Image.new("RGB", upright.size)
    bare.paste(upright)
    stream = io.BytesIO()
    bare.save(stream, "PNG", optimize=False)
    return stream.getvalue()


def way_up(data: bytes) -> int:
    """Return how the camera was held, as EXIF says it (1 to 8); 1, upright, where what it says cannot be read."""
    from PIL import Image

    try:
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(data), formats=["JPEG"]) as found:
            return int(found.getexif().get(ORIENTATION, 1))
    except (*UNREADABLE, struct.error, TypeError, KeyError, IndexError, OverflowError):
        return 1


def is_blank(data: bytes) -> bool:
    """Say whether nothing of a picture is seen."""
    from PIL import Image

    with Image.open(io.BytesIO(data), formats=["PNG"]) as found:
        return found.convert("RGBA").getchannel("A").getextrema() == (0, 0)


def files_of(folder: Path, key: str) -> Iterator[Path]:
    """Yield the files of a folder that bear a picture's name, those that are pictures first."""
    place = folder / key
    yield from (path for suffix in SUFFIXES if (path := place.with_name(place.name + suffix)).is_file())
    if place.parent.is_dir():
        yield from sorted(path for path in place.parent.glob("*") if path.stem == place.name and path.is_file())


def has_any(folder: Path) -> bool:
    """Say whether a folder holds a picture."""
    return folder.is_dir() and any(path.suffix in SUFFIXES for path in folder.iterdir())
