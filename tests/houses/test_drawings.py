"""Logos and signatures as SVG, PNG and JPEG: drawn as they are, and clean of whoever made them."""

import io
import re
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageFile, PngImagePlugin

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
        "Drawn by Planted",
        "<g>Planted</g>",
        '<path d="M0 0" class="Planted" style="fill:red;/* Planted */-inkscape-font-specification:\'Planted\'"/>',
        "<style>.Planted { fill: red; font-family: 'Planted' }</style>",
        '<g visibility="hidden" onload="Planted()" data-author="Planted"/>',
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
        ('<g id="a"><use href="#a"/></g>', "refers to itself"),
        ('<clipPath id="a" clip-path="url(#b)"/><clipPath id="b" clip-path="url(#a)"/>', "refers to itself"),
        (f"{'<g>' * 250}{'</g>' * 250}", "nested too deeply"),
        ("<style>@media print { .a { fill: red } }</style>", "more than plain rules"),
        ("<g>A&nbsp;B</g>", "not valid SVG"),
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
        f"<svg {SVG.replace('0 0 120 60', '0 0 1000000 1')}/>",
        f"<svg {SVG.replace('0 0 120 60', '0 0 1 1000000')}/>",
        f"<svg {SVG.replace('0 0 120 60', '0 0 1e999 1e999')}/>",
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd">'
        + INKED.replace("<rect", "<title>A&nbsp;B</title><rect"),
        INKED.replace("<rect", '<rect opacity="0"'),
    ],
    ids=["entities", "cut short", "no size", "no width", "another root", "long", "high", "infinite", "a DTD", "blank"],
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


def test_a_drawing_that_is_hidden_as_a_whole_is_cleaned_like_others(tmp_path: Path) -> None:
    root = f'<svg {SVG} visibility="hidden" onload="planted()" data-author="Planted">'
    drawing = read(tmp_path, f'{root}<rect visibility="visible" width="120" height="60"/></svg>').drawing
    assert b"lanted" not in drawing


@pytest.mark.parametrize(
    "fill",
    [
        """<rect width="120" height="60" fill="url('#it')"/>""",
        '<rect width="120" height="60" fill="url( #it )"/>',
        """<style>.big { fill: url("#it") }</style><rect class="big" width="120" height="60"/>""",
        '<style>#all { fill: url(#it) }</style><rect id="all" width="120" height="60"/>',
        '<rect id="fab" width="120" height="60" fill="url(#it)"/><rect width="1" height="1" fill="#fab"/>',
    ],
)
@pytest.mark.parametrize("name", ["a", "Dégradé_sans_nom"])
def test_colours_stay_as_they_were_however_they_are_referred_to(tmp_path: Path, fill: str, name: str) -> None:
    hidden = f'<g style="display:none"><linearGradient id="{name}"><stop stop-color="#f00"/></linearGradient></g>'
    assert colour(read(tmp_path, f"<svg {SVG}>{hidden}{fill.replace('#it', f'#{name}')}</svg>")) == (255, 0, 0)


def test_a_colour_that_looks_like_a_name_stays(tmp_path: Path) -> None:
    picture = read(tmp_path, f'<svg {SVG}><rect id="fab" width="120" height="60" fill="#fab"/><use href="#fab"/></svg>')
    assert colour(picture) == (0xFF, 0xAA, 0xBB)


@pytest.mark.parametrize(
    "data",
    [
        INKED.encode("utf-16"),
        f"<!-- {'x' * 5000} -->{INKED}".encode(),
        INKED.replace("xmlns=", "xmlns:s=").replace("<", "<s:").replace("<s:/", "</s:").encode(),
    ],
    ids=["UTF-16", "a long comment", "a prefix"],
)
def test_a_drawing_is_known_however_it_is_written(tmp_path: Path, data: bytes) -> None:
    assert colour(read(tmp_path, data)) == (0x12, 0x34, 0x56)


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


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    """Return a PNG picture with more chunks before its end."""
    stream = io.BytesIO()
    Image.new("RGB", (30, 10)).save(stream, "PNG")
    data = stream.getvalue()
    more = [
        len(held).to_bytes(4, "big") + name + held + zlib.crc32(name + held).to_bytes(4, "big") for name, held in chunks
    ]
    return data[:-12] + b"".join(more) + data[-12:]


def test_a_png_picture_keeps_only_what_draws_it(tmp_path: Path) -> None:
    data = read(tmp_path, png((b"caBX", b"Planted"), (b"prVW", b"Planted")), "ofsted.png").data
    assert b"Planted" not in data
    assert not list(picture_leaks(data))


@pytest.mark.parametrize("cut", ["no pixels", "half the pixels", "other pixels"])
def test_a_png_picture_that_cannot_be_drawn_is_refused(
    tmp_path: Path, cut: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    stream = io.BytesIO()
    Image.linear_gradient("L").save(stream, "PNG")
    data = stream.getvalue()
    begin, end = data.index(b"IDAT") - 4, len(data) - 12
    broken = {
        "no pixels": data[:begin] + data[end:],
        "half the pixels": data[: (begin + end) // 2],
        "other pixels": data[: begin + 8] + bytes(reversed(data[begin + 8 : end])) + data[end:],
    }
    with pytest.raises(HouseFault, match="PNG picture cannot be read"):
        read(tmp_path, broken[cut], "ofsted.png")


def test_a_picture_is_read_though_its_camera_data_are_broken(tmp_path: Path, recwarn: pytest.WarningsRecorder) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    stream = io.BytesIO()
    Image.new("RGB", (300, 100), (20, 40, 60)).save(stream, "JPEG", exif=exif)
    data = stream.getvalue().replace(b"\x01\x12\x00\x03", b"\x01\x12\x00\x0c")
    assert read(tmp_path, data, "ofsted.jpg").width in (100, 300)
    assert not recwarn.list


@pytest.mark.parametrize(
    ("start", "said"),
    [
        (b"GIF89a", "a GIF picture"),
        (b"RIFF....WEBP", "a WebP picture"),
        (b"%PDF-1.7", "a PDF"),
        (b"BM", "a BMP picture"),
        (b"\x1f\x8b\x08", "SVGZ"),
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
