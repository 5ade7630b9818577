"""Logos and signatures as SVG, PNG and JPEG: drawn as they are, and clean of whoever made them."""

import io
import re
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from letters.errors import HouseFault
from letters.houses.loading import house
from letters.houses.pictures import Picture
from letters.publication.hygiene.pictures import picture_leaks

SVG = 'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 60"'
INKED = f'<svg {SVG}><rect width="120" height="60" fill="#123456"/></svg>'


def read(folder: Path, data: bytes | str, name: str = "ofsted.svg") -> Picture:
    """Return a file of a house's art as a picture."""
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return Picture.read(path, placeholder=False)


def colour(picture: Picture) -> tuple[int, ...]:
    """Return the colour of a picture's middle."""
    with Image.open(io.BytesIO(picture.data)) as found:
        return found.convert("RGB").getpixel((found.width // 2, found.height // 2))  # type: ignore[return-value]


def test_a_drawing_is_kept_as_one_and_drawn_for_formats_that_know_none(tmp_path: Path) -> None:
    picture = read(tmp_path, INKED)
    assert b"<rect" in picture.drawing
    assert picture.width == 2 * picture.height
    assert colour(picture) == (0x12, 0x34, 0x56)


@pytest.mark.parametrize(
    "planted",
    [
        "<!-- Jane Planted -->",
        "<?app Planted?>",
        "<metadata>Planted</metadata>",
        "<title>Planted</title>",
        "<desc>Planted</desc>",
        "<script>Planted()</script>",
        '<g id="Planted"/>',
        '<g data-name="Planted"/>',
        '<g onclick="Planted()"/>',
        '<g xmlns:i="http://example.org/i" i:label="Planted"/>',
        '<i:pgf xmlns:i="http://example.org/i">Planted</i:pgf>',
        '<a href="https://planted.example/"><path d="M0 0"/></a>',
        "<style>/* Planted */ .a { fill: #123456 }</style>",
        '<g display="none"><path d="M0 0" class="Planted"/></g>',
        '<g style="display: none" class="Planted"/>',
    ],
)
def test_what_draws_nothing_is_taken_out(tmp_path: Path, planted: str) -> None:
    picture = read(tmp_path, INKED.replace("</svg>", f"{planted}</svg>"))
    assert not re.search(rb"planted", picture.drawing, re.IGNORECASE)
    assert not list(picture_leaks(picture.drawing))
    assert colour(picture) == (0x12, 0x34, 0x56)


@pytest.mark.parametrize(
    ("planted", "said"),
    [
        ("<text>Ofsted</text>", "contains text"),
        ('<image href="data:image/png;base64,AAAA"/>', "a picture of pixels"),
        ("<foreignObject/>", "a page"),
        ("<filter/>", "a filter"),
        ("<hatch/>", "<hatch>"),
        ("<style>@import 'https://example.org/x.css';</style>", "loads something"),
        ("<style>.a { fill: url(https://example.org/x) }</style>", "loads something"),
    ],
)
def test_what_would_be_drawn_another_way_elsewhere_is_refused_by_name(tmp_path: Path, planted: str, said: str) -> None:
    with pytest.raises(HouseFault, match=said):
        read(tmp_path, INKED.replace("</svg>", f"{planted}</svg>"))


@pytest.mark.parametrize(
    "data",
    [
        '<!DOCTYPE svg [<!ENTITY a "b">]>' + INKED,
        INKED[:-8],
        '<svg xmlns="http://www.w3.org/2000/svg"><rect width="1" height="1"/></svg>',
        f"<svg {SVG.replace('0 0 120 60', '0 0 0 60')}/>",
        "<html><svg/></html>",
    ],
    ids=["entities", "cut short", "no size", "no width", "another root"],
)
def test_what_is_no_drawing_is_refused_in_words(tmp_path: Path, data: str) -> None:
    with pytest.raises(HouseFault, match="drawing"):
        read(tmp_path, data)


def test_names_within_a_drawing_say_nothing_and_still_lead_to_their_parts(tmp_path: Path) -> None:
    parts = (
        '<clipPath id="janes-clip"><rect width="60" height="60"/></clipPath><g id="nobody" clip-path="url(#janes-clip)">'
        '<path id="mark" d="M0 0H9V9Z"/></g><use href="#mark" x="9"/>'
    )
    drawing = read(tmp_path, INKED.replace("</svg>", f"{parts}</svg>")).drawing.decode()
    assert 'id="p1"' in drawing
    assert 'clip-path="url(#p1)"' in drawing
    assert 'href="#p2"' in drawing
    assert "jane" not in drawing
    assert "nobody" not in drawing


def test_a_gradient_that_a_pdf_would_lose_goes_as_a_picture(tmp_path: Path) -> None:
    fill = '<defs><linearGradient id="a"><stop stop-color="#f00"/></linearGradient></defs><rect width="120" height="60" fill="url(#a)"/>'
    picture = read(tmp_path, f"<svg {SVG}>{fill}</svg>")
    assert not picture.drawing
    assert colour(picture) == (255, 0, 0)


def test_a_jpeg_picture_is_upright_and_without_its_camera(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x013B], exif[0x0112] = "Jane Planted", 6
    stream = io.BytesIO()
    Image.new("RGB", (300, 100), (20, 40, 60)).save(stream, "JPEG", exif=exif, comment=b"Planted")
    picture = read(tmp_path, stream.getvalue(), "ofsted.jpg")
    assert (picture.width, picture.height) == (100, 300)
    assert b"Planted" not in picture.data
    assert not list(picture_leaks(picture.data))


def test_a_png_picture_loses_its_texts_and_profile(tmp_path: Path) -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "Planted", zip=True)
    info.add_itxt("Title", "Planted")
    stream = io.BytesIO()
    Image.new("RGB", (30, 10)).save(stream, "PNG", pnginfo=info, icc_profile=b"Planted")
    assert not list(picture_leaks(read(tmp_path, stream.getvalue(), "ofsted.png").data))


@pytest.mark.parametrize(
    ("start", "said"),
    [
        (b"GIF89a", "a GIF picture"),
        (b"RIFF....WEBP", "a WebP picture"),
        (b"%PDF-1.7", "a PDF"),
        (b"BM", "a BMP picture"),
    ],
)
def test_a_logo_of_another_kind_is_named_for_what_it_is(tmp_path: Path, start: bytes, said: str) -> None:
    (tmp_path / "logos").mkdir()
    (tmp_path / "logos" / "ofsted.img").write_bytes(start + b"\0" * 64)
    with pytest.raises(HouseFault, match=said):
        house("joint", art=tmp_path).picture("logos/ofsted")


def test_a_drawing_comes_before_a_picture_of_the_same_name(tmp_path: Path) -> None:
    (tmp_path / "logos").mkdir()
    (tmp_path / "logos" / "ofsted.svg").write_text(INKED)
    (tmp_path / "logos" / "ofsted.png").write_bytes(b"")
    picture = house("joint", art=tmp_path).needed_picture("logos/ofsted")
    assert picture.drawing
    assert not picture.placeholder
