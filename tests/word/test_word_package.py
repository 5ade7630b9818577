"""Packages: the same parts are the same bytes, and a package from elsewhere is opened with care."""

import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.errors import UnreadableInput
from letters.word.package import archive, member, open_untrusted, parse

names = st.text("abc/._", min_size=1, max_size=12)


@given(st.dictionaries(names, st.binary(max_size=5000)))
def test_what_is_packed_is_what_another_program_unpacks(parts: dict[str, bytes]) -> None:
    data = archive([member(name, part) for name, part in parts.items()])
    with zipfile.ZipFile(BytesIO(data)) as package:
        assert package.testzip() is None
        assert {name: package.read(name) for name in package.namelist()} == parts


def test_parts_are_sorted_with_the_content_types_first() -> None:
    data = archive([member(name, b"x") for name in ("word/b.xml", "_rels/.rels", "[Content_Types].xml", "word/a.xml")])
    assert zipfile.ZipFile(BytesIO(data)).namelist() == [
        "[Content_Types].xml",
        "_rels/.rels",
        "word/a.xml",
        "word/b.xml",
    ]


def zipped(name: str, data: bytes, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip file of one part."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", method) as package:
        package.writestr(name, data)
    return stream.getvalue()


@pytest.mark.parametrize("name", ["../x", "/etc/passwd", "a/../../b", "C:\\x", "a\\b"])
def test_a_part_whose_name_climbs_is_refused(name: str) -> None:
    data = zipped("a" * len(name), b"x").replace(b"a" * len(name), name.encode())
    with pytest.raises(UnreadableInput, match="it has a part named"):
        open_untrusted(data, "x.docx")


def test_a_bomb_is_refused_before_it_goes_off() -> None:
    with pytest.raises(UnreadableInput, match="unpacks to far more"):
        open_untrusted(zipped("word/document.xml", bytes(210_000_000)), "x.docx")


@pytest.mark.parametrize(
    "data",
    [b"", b"PK", b"\xd0\xcf\x11\xe0 an old .doc", zipped("a", b"abc" * 100)[:-30]],
    ids=["nothing", "a beginning", "an old .doc", "an archive cut short"],
)
def test_what_is_no_whole_package_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(UnreadableInput, match=r"x.docx: this is not a complete DOCX file. Save it again from Word"):
        open_untrusted(data, "x.docx")


@pytest.mark.parametrize(
    "part",
    [b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', b"<a><b></a>", b"", b"<a>&b;</a>"],
)
def test_xml_with_entities_or_errors_is_refused(part: bytes) -> None:
    with pytest.raises(UnreadableInput):
        parse(part, "part")
