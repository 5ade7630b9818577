"""Houses are data: found, read, laid over one another, and added without a line of Python."""

import re
import shutil
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import pytest

from letters.composition.letter import compose
from letters.errors import HouseFault
from letters.files.disk import load
from letters.formats.by_suffix import to_bytes
from letters.houses.loading import house, house_names
from tests.conftest import ROOT


def test_the_five_houses_are_there() -> None:
    assert house_names() == ["cqc", "hmicfrs", "hmiprobation", "joint", "ofsted"]


@pytest.mark.parametrize("name", ["cqc", "hmicfrs", "hmiprobation", "joint", "ofsted"])
def test_every_house_sets_a_letter_in_every_format(name: str) -> None:
    letter = compose(load(ROOT / "fixtures/dunmere/inspection.yaml"), house(name))
    accent = house(name).settings.look.accent
    assert accent in to_bytes(letter, ".html", house(name)).decode()
    with zipfile.ZipFile(BytesIO(to_bytes(letter, ".docx", house(name)))) as package:
        assert accent[1:].upper() in package.read("word/styles.xml").decode()
    assert to_bytes(letter, ".pdf", house(name)).startswith(b"%PDF")


def test_a_house_takes_from_the_one_it_is_based_on_what_it_has_not() -> None:
    assert house("cqc").read("print.css") == house("joint").read("print.css")
    assert house("cqc").settings.look.text_size == house("joint").settings.look.text_size


def test_an_unknown_house_is_named_with_those_there_are() -> None:
    with pytest.raises(HouseFault, match=r"there is no house 'ofstead'\. The houses are cqc, .*ofsted"):
        house("ofstead")


@pytest.mark.parametrize("name", ["../joint", "joint/../joint", "", "/etc"])
def test_a_name_never_climbs_out_of_the_shelf(name: str) -> None:
    with pytest.raises(HouseFault, match="there is no house"):
        house(name)


def test_a_new_house_is_a_folder_as_its_document_shows(tmp_path: Path) -> None:
    """Does what docs/a-new-house.md says, with the very house.yaml that stands there."""
    document = (ROOT / "docs/a-new-house.md").read_text("utf-8")
    (settings,) = re.findall(r"```yaml\n(title: .*?)```", document, re.DOTALL)
    folder = tmp_path / "estyn"
    folder.mkdir()
    (folder / "house.yaml").write_text(settings, "utf-8")
    shutil.copy(ROOT / "styles/joint/frame.docx", folder)
    (folder / "print.css").write_text((ROOT / "styles/joint/print.css").read_text("utf-8"), "utf-8")
    new = house("estyn", styles=tmp_path)
    letter = compose(load(ROOT / "fixtures/dunmere/inspection.yaml"), new)
    assert "#7a1f5c" in to_bytes(letter, ".html", new).decode()
    assert to_bytes(letter, ".docx", new).startswith(b"PK")
    assert to_bytes(letter, ".pdf", new).startswith(b"%PDF")


def test_real_art_is_taken_from_a_folder_at_run_time(tmp_path: Path) -> None:
    (tmp_path / "logos").mkdir()
    shutil.copy(ROOT / "styles/joint/art/logos/cqc.png", tmp_path / "logos/ofsted.png")
    picture, other = house("joint", art=tmp_path).picture("logos/ofsted"), house("joint").picture("logos/ofsted")
    assert picture is not None
    assert other is not None
    assert (picture.placeholder, other.placeholder) == (False, True)
    assert picture.data == (tmp_path / "logos/ofsted.png").read_bytes()


def test_a_picture_brings_no_remarks_with_it(tmp_path: Path) -> None:
    data = (ROOT / "styles/joint/art/logos/cqc.png").read_bytes()
    remark = b"Author\x00Jane Bloggs C:\\Users\\jane"
    chunk = len(remark).to_bytes(4, "big") + b"tEXt" + remark + zlib.crc32(b"tEXt" + remark).to_bytes(4, "big")
    (tmp_path / "logos").mkdir()
    (tmp_path / "logos/cqc.png").write_bytes(data[:33] + chunk + data[33:])
    picture = house("joint", art=tmp_path).picture("logos/cqc")
    assert picture is not None
    assert picture.data == data


def test_art_that_is_no_picture_is_refused(tmp_path: Path) -> None:
    (tmp_path / "logos").mkdir()
    (tmp_path / "logos/ofsted.png").write_text("<svg/>")
    with pytest.raises(HouseFault, match="no SVG drawing"):
        house("joint", art=tmp_path).picture("logos/ofsted")


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ("titel: X", "titel"),
        ("title: X\nlook: {accent: red}", "look.accent"),
        ("title: X\nbased_on: nowhere", "there is no house 'nowhere'"),
        ("title: X\nbased_on: bad", "leads back to the same house"),
        ("[", "this is not YAML"),
        ("title: " + "[" * 100_000, "nested too deeply"),
        ("title: X\nlook: {logo_height: 0}", "look.logo_height"),
        ("title: X\nlook: {web_fonts: 'x; } @import url(//e.example)'}", "look.web_fonts"),
        ("- x", "this is not a house"),
    ],
)
def test_a_garbled_house_is_refused_in_words(settings: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad/house.yaml").write_text(settings)
    with pytest.raises(HouseFault, match=re.escape(told)):
        house("bad", styles=tmp_path)
