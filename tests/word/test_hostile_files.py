"""Files that come in from outside: each unsound one is refused in a line, quickly."""

import time
import zipfile
from io import BytesIO

import pytest

from letters.errors import UnreadableInput
from letters.houses.loading import house
from letters.word.read import read
from letters.word.write import write
from tests.builders import letter

LONGEST = 1.0
"""Seconds in which a bad file is refused."""
SENT = write(letter(stage="draft"), house("joint"))


def changed(**parts: bytes | None) -> bytes:
    """Return a draft with parts put in or taken out; in a name, __ stands for a slash and _ for a dot."""
    names = {name.replace("__", "/").replace("_", "."): data for name, data in parts.items()}
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(SENT)) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in package.namelist():
            if name not in names:
                target.writestr(name, package.read(name))
        for name, data in names.items():
            if data is not None:
                target.writestr(name, data)
    return out.getvalue()


def document(body: bytes) -> bytes:
    """Return a document part with that body."""
    space = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return b'<w:document xmlns:w="' + space + b'">' + body + b"</w:document>"


NESTED = b"<w:sdt><w:sdtContent>" * 3000 + b"<w:p/>" + b"</w:sdtContent></w:sdt>" * 3000
ENTITY = b'<!DOCTYPE w:document [<!ENTITY a "aaaaaaaaaa">]>' + document(b"<w:body><w:p/></w:body>")
OUTSIDE = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
    b'Target="https://evil.example/x.png" TargetMode="External"/></Relationships>'
)
BAD = {
    "cut off": SENT[: len(SENT) // 2],
    "empty": b"",
    "a text": b"My comments are below.",
    "an old Word file": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000),
    "a zip bomb": changed(word__media__a_png=bytes(250_000_000)),
    "a bomb of paragraphs": changed(word__document_xml=document(b"<w:body>" + b"<w:p/>" * 5_000_000 + b"</w:body>")),
    "a document type definition": changed(word__document_xml=ENTITY),
    "nested controls": changed(word__document_xml=document(b"<w:body>" + NESTED + b"</w:body>")),
    "no body": changed(word__document_xml=document(b"")),
    "no document": changed(word__document_xml=None),
    "macros": changed(word__vbaProject_bin=b"macro"),
    "a picture elsewhere": changed(word___rels__document_xml_rels=OUTSIDE),
}


@pytest.mark.parametrize("name", BAD)
def test_an_unsound_file_is_refused_in_under_a_second_and_says_what_to_do(name: str) -> None:
    before = time.perf_counter()
    with pytest.raises(UnreadableInput, match=r"^odd\.docx: ") as refusal:
        read(BAD[name], "odd.docx")
    assert time.perf_counter() - before < LONGEST
    assert any(word in str(refusal.value) for word in ("Save", "save", "right file", "Embed"))
