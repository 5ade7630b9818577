"""No publication leaks: what is planted where leaks come from is taken out, or refused, and then nothing is written."""

import base64
import re
import shutil
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject

from letters.errors import HouseFault, NotAllowed
from letters.files.packs import PublishOptions, publish
from letters.publication.hygiene.scan import leaks
from tests.conftest import INSPECTIONS, ROOT, ROUNDS, file_of, letter_of, report_file_of, report_of
from tests.publication.works import agreed, published, real_art, write_inspection

SECRET = "Wilhelmina"
"""A name that stands for everything that must not get out."""
WINDOWS, UNIX = rf"C:\Users\{SECRET}\letter.docx", f"/home/{SECRET}/letters"
PATH, NAME = "a file path from somebody’s computer", f"the name {SECRET}"
Change = Callable[[bytes], bytes]
case = pytest.param


def png(*chunks: tuple[bytes, bytes], after: bytes = b"") -> bytes:
    """Return a small PNG picture with more chunks before its end, and bytes after it."""
    stream = BytesIO()
    Image.new("RGB", (40, 20), "navy").save(stream, "PNG")
    whole = stream.getvalue()
    return whole[:-12] + b"".join(map(chunk, chunks)) + whole[-12:] + after


def chunk(named: tuple[bytes, bytes]) -> bytes:
    """Return one chunk of a PNG picture."""
    kind, body = named
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def jpeg(**said: Any) -> bytes:
    """Return a small JPEG picture."""
    stream = BytesIO()
    Image.new("RGB", (8, 8)).save(stream, "JPEG", **said)
    return stream.getvalue()


def photographed() -> bytes:
    """Return a JPEG picture that names who took it."""
    camera = Image.Exif()
    camera[0x013B] = SECRET
    return jpeg(exif=camera)


def address_of(data: bytes, kind: str) -> str:
    """Return a picture as an address that holds it."""
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


def put(old: str, new: str) -> Change:
    """Return a change that puts something in the place of what is there once or more."""

    def change(data: bytes) -> bytes:
        assert old.encode() in data, old
        return data.replace(old.encode(), new.encode(), 1)

    return change


def whole(new: str | bytes) -> Change:
    """Return a change that makes a part anew."""
    return lambda _: new if isinstance(new, bytes) else new.encode()


def changed_zip(data: bytes, changes: dict[str, Change]) -> bytes:
    """Return a package with some parts changed or added."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts.update({name: change(parts.get(name, b"")) for name, change in changes.items()})
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return stream.getvalue()


def readable(data: bytes, name: str) -> Iterator[bytes]:
    """Yield everything that can be read out of a file by whoever looks into it."""
    yield data
    if data.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(data)) as package:
            for inner in package.namelist():
                yield inner.encode()
                yield from readable(package.read(inner), inner)
    elif data.startswith(b"%PDF"):
        reader = PdfReader(BytesIO(data))
        yield "\n".join(page.extract_text() for page in reader.pages).encode()
        yield repr([reader.get_object(number) for number in range(1, len(reader.xref_objStm) + 1)]).encode()
        yield repr(reader.metadata).encode()
    for found in re.findall(rb"data:[\w/+-]+;base64,([\w+/=]+)", data):
        yield from readable(base64.b64decode(found), name)


def told(pack: Path, secret: str = SECRET) -> list[str]:
    """Return the files of a pack in which a secret can be read, in their names too."""
    spelled = (secret.encode(), secret.encode("utf-16-be"), secret.encode("utf-16-be").hex().encode())
    files = [path for path in sorted(pack.rglob("*")) if path.is_file()]
    assert files
    return [
        str(path.relative_to(pack))
        for path in files
        for said in [list(readable(path.read_bytes(), path.name))]
        if secret in str(path.relative_to(pack)) or any(each in part for part in said for each in spelled)
    ]


@dataclass
class Desk:
    """An agreed letter, and a house of one's own in which things can be planted before it is published."""

    folder: Path
    letter: Path
    art: Path

    @property
    def pack(self) -> Path:
        """Where the pack would stand."""
        return self.folder / "pack"

    def plant(self, name: str, change: Change) -> None:
        """Change one of the house's files."""
        path = self.folder / "styles/joint" / name
        if not path.parent.is_dir():
            shutil.copytree(ROOT / "styles/joint", path.parent)
        path.write_bytes(change(path.read_bytes()))

    def publish(self, *only: str) -> Path:
        """Publish the letter, and return its pack."""
        styles = self.folder / "styles"
        order = PublishOptions(self.pack, only=only, art=self.art, styles=styles if styles.is_dir() else None)
        return publish(self.letter, order).pack

    def refused(self, *only: str, error: type[Exception] = NotAllowed) -> str:
        """Return why publishing is refused, having seen that nothing was written."""
        with pytest.raises(error) as refusal:
            self.publish(*only)
        assert not self.pack.exists()
        assert [path.name for path in self.folder.iterdir() if path.name.startswith(".")] == []
        return str(refusal.value)


@pytest.fixture(scope="module")
def letter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The smallest letter, agreed by everybody."""
    return agreed(write_inspection(tmp_path_factory.mktemp("letter")))


@pytest.fixture
def desk(tmp_path: Path, letter: Path) -> Desk:
    """A desk with the smallest letter on it."""
    return Desk(tmp_path, letter, real_art(tmp_path))


@cache
def finished(suffix: str) -> bytes:
    """Return an invented letter in one format."""
    return file_of("ansford", suffix)


def found_in(name: str, data: bytes, author: str = "Ofsted") -> list[str]:
    """Return what the scan finds in a finished file."""
    return [leak.what for leak in leaks(name, data, (author,))]


# --- a house's Word frame

W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
EXTERNAL = '<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
PROPERTY = '<Properties xmlns="x"><property name="Reviewer"><lpwstr>{}</lpwstr></property></Properties>'
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
FOOTER, SETTINGS, BODY = "word/footer1.xml", "word/settings.xml", "word/document.xml"
RELATIONSHIPS = "word/_rels/document.xml.rels"


def typed(xml: str) -> dict[str, Change]:
    """Return the change of somebody who adds something to the frame's page."""
    return {BODY: put("<w:sectPr>", f"<w:p>{xml}</w:p><w:sectPr>")}


def below(xml: str) -> dict[str, Change]:
    """Return the change of somebody who adds something to the frame's footer."""
    return {FOOTER: put("</w:ftr>", f"<w:p>{xml}</w:p></w:ftr>")}


def set_to(xml: str) -> dict[str, Change]:
    """Return the change of somebody who sets something in Word's options."""
    return {SETTINGS: put("<w:defaultTabStop", f"{xml}<w:defaultTabStop")}


def leads(kind: str, target: str, part: str = RELATIONSHIPS) -> dict[str, Change]:
    """Return the change of somebody who makes a frame lead outside itself."""
    row = EXTERNAL.format(kind=kind, target=target)
    if part == RELATIONSHIPS:
        return {part: put("</Relationships>", row)}
    return {part: whole(f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{row}')}


def run(words: str, look: str = "") -> str:
    """Return a run of Word's."""
    return f"<w:r><w:rPr>{look}</w:rPr><w:t>{words}</w:t></w:r>"


CORE = "<cp:coreProperties xmlns:cp='c' xmlns:dc='d'><{0}>" + SECRET + "</{0}></cp:coreProperties>"
DESCRIBED = f'<w:r><w:drawing><wp:inline xmlns:wp="w"><wp:docPr id="1" name="x" descr="{WINDOWS}"/></wp:inline></w:drawing></w:r>'


@pytest.mark.parametrize(
    "changes",
    [
        case({"docProps/core.xml": whole(CORE.format("dc:creator"))}, id="author"),
        case({"docProps/core.xml": whole(CORE.format("cp:lastModifiedBy"))}, id="last modified by"),
        case({"docProps/app.xml": whole(f"<Properties><Company>{SECRET}</Company></Properties>")}, id="company"),
        case({"docProps/custom.xml": whole(PROPERTY.format(SECRET))}, id="custom property"),
        case({"docProps/thumbnail.jpeg": whole(photographed() + SECRET.encode())}, id="thumbnail"),
        case({"customXml/item1.xml": whole(f"<who>{SECRET}</who>")}, id="custom XML"),
        case({"word/comments.xml": whole(f"<w:comments xmlns:w='w'>{SECRET}</w:comments>")}, id="comments part"),
        case({"word/people.xml": whole(f"<people>{SECRET}</people>")}, id="people part"),
        case({"word/glossary/document.xml": whole(f"<glossary>{SECRET}</glossary>")}, id="glossary"),
        case({"word/webSettings.xml": whole(f"<web>{SECRET}</web>")}, id="web settings"),
        case({FOOTER: put("<w:p>", f'<w:p w:rsidR="{SECRET}">')}, id="revision id of a paragraph"),
        case(set_to(f'<w:rsids><w:rsid w:val="{SECRET}"/></w:rsids>'), id="revision ids of the file"),
        case(typed(f'<w:proofErr w:type="{SECRET}"/>'), id="spelling marks"),
        case({FOOTER: put("<w:p>", f'<w:p {W14} w14:paraId="{SECRET}">')}, id="paragraph id"),
        case(
            typed('<w:bookmarkStart w:id="77" w:name="_GoBack"/><w:bookmarkEnd w:id="77"/>'), id="last place of editing"
        ),
        case(typed(f'<w:bookmarkStart w:id="1" w:name="_s_{SECRET}"/><w:bookmarkEnd w:id="1"/>'), id="bookmark"),
        case(
            typed(
                f'<w:sdt><w:sdtPr><w:alias w:val="{SECRET}"/><w:tag w:val="{SECRET}"/></w:sdtPr>'
                f"<w:sdtContent>{run('Seen')}</w:sdtContent></w:sdt>"
            ),
            id="name of a content control",
        ),
        case(typed(f'<w:smartTag w:uri="x" w:element="{SECRET}">{run("Seen")}</w:smartTag>'), id="smart tag"),
        case(typed(f"<?editor {SECRET}?>"), id="instruction"),
        case({"word/theme/theme1.xml": put('name="Letters"', f'name="{SECRET}"')}, id="name of a theme"),
        case(
            {"word/numbering.xml": put("<w:multiLevelType", f'<w:nsid w:val="{SECRET}"/><w:multiLevelType')}, id="list"
        ),
        case({"word/styles.xml": put("<w:basedOn", f'<w:aliases w:val="{SECRET}"/><w:basedOn')}, id="alias of a style"),
    ],
)
def test_what_word_leaves_in_a_frame_is_taken_out(desk: Desk, changes: dict[str, Change]) -> None:
    desk.plant("frame.docx", lambda data: changed_zip(data, changes))
    assert told(desk.publish("docx")) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        case(typed(f'<w:ins w:id="1" w:author="{SECRET}">{run("x")}</w:ins>'), "tracked changes", id="insertion"),
        case(typed(f'<w:del w:id="1" w:author="{SECRET}"/>'), "tracked changes", id="deletion"),
        case(typed('<w:r><w:commentReference w:id="0"/></w:r>'), "comments", id="comment"),
        case(leads("image", f"file:///{WINDOWS}"), "outside the file", id="picture elsewhere"),
        case(leads("hyperlink", f"file://{UNIX}"), "outside the file", id="link to a file"),
        case(leads("attachedTemplate", WINDOWS, "word/_rels/settings.xml.rels"), "outside", id="template elsewhere"),
        case({"word/embeddings/oleObject1.bin": whole(SECRET)}, "objects", id="embedded object"),
        case({"word/vbaProject.bin": whole(SECRET)}, "macros", id="macros"),
        case({"word/activeX/activeX1.xml": whole(f"<x>{SECRET}</x>")}, "objects", id="control"),
    ],
)
def test_a_frame_that_cannot_be_used_is_refused_by_the_writer(
    desk: Desk, changes: dict[str, Change], said: str
) -> None:
    desk.plant("frame.docx", lambda data: changed_zip(data, changes))
    assert said in desk.refused("docx", error=HouseFault)


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        case(typed(run(SECRET, "<w:vanish/>")), "hidden text", id="hidden run"),
        case(typed(run(SECRET, '<w:specVanish w:val="on"/>')), "hidden text", id="hidden paragraph mark"),
        case(typed(run(SECRET, "<w:webHidden></w:webHidden>")), "hidden text", id="run hidden on the web"),
        case(set_to(f'<w:docVars><w:docVar w:name="x" w:val="{SECRET}"/></w:docVars>'), "variables", id="variable"),
        case(set_to('<w:attachedTemplate r:id="rId1"/>'), "an attached template", id="attached template"),
        case(set_to('<w:mailMerge><w:dataType w:val="native"/></w:mailMerge>'), "template", id="mail merge"),
        case(set_to('<w:documentProtection w:edit="comments"/>'), "tracking", id="protection"),
        case(set_to("<w:trackRevisions/>"), "tracking switched on", id="tracking switched on"),
        case(typed(f'<w:pPr><w:tblPrChange w:id="1" w:author="{SECRET}"/></w:pPr>'), "tracked", id="change of a look"),
        case(typed('<w:commentRangeStart w:id="0"/>'), "comments", id="range of a comment"),
        case(typed('<w:permStart w:id="1" w:edGrp="everyone"/>'), "editing marks", id="permission"),
        case(below(run(SECRET, '<w:color w:val="FFFFFF"/>')), "hidden", id="words in the paper's colour"),
        case(below(run(SECRET, '<w:color w:val="FDFDFD"/>')), "hidden", id="words in nearly that colour"),
        case(
            below(run(SECRET, '<w:color w:val="0B0C0C" w:themeColor="background1"/>')), "hidden", id="colour of a theme"
        ),
        case(
            below(run(SECRET, '<w:color w:val="102030"/><w:shd w:val="clear" w:fill="102030"/>')),
            "hidden",
            id="words in the colour of their ground",
        ),
        case(below(run(SECRET, '<w:sz w:val="2"/>')), "hidden", id="words too small to read"),
        case(below(run(SECRET, '<w:w w:val="1"/>')), "hidden", id="words without width"),
        case(
            below(f'<w:pPr><w:spacing w:line="20" w:lineRule="exact"/></w:pPr>{run(SECRET)}'),
            "hidden",
            id="clipped line",
        ),
        case(below(f'<w:pPr><w:ind w:left="-9000"/></w:pPr>{run(SECRET)}'), "hidden", id="words beside the page"),
        case(below(f'<w:pPr><w:framePr w:x="30000" w:y="1"/></w:pPr>{run(SECRET)}'), "hidden", id="frame off the page"),
        case(
            {"word/styles.xml": put("<w:rPr>", '<w:rPr><w:color w:val="FEFEFE"/>')},
            "hidden",
            id="a style in the paper's colour",
        ),
        case(
            {"word/header7.xml": whole(f"<w:hdr {WORD}><w:p>{run(SECRET)}</w:p></w:hdr>")}, "hidden", id="unused header"
        ),
        case(below('<w:fldSimple w:instr=" COMMENTS "/>'), "the field COMMENTS", id="field that prints a remark"),
        case(below('<w:fldSimple w:instr=" docproperty Reviewer "/>'), "the field docproperty", id="property"),
        case(
            below(
                '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> KEY</w:instrText></w:r>'
                '<w:r><w:instrText>WORDS </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
            ),
            "the field KEYWORDS",
            id="field in two pieces",
        ),
        case(typed('<w:altChunk r:id="rId1"/>'), "an embedded document", id="document within the document"),
        case(typed(f"<!-- {SECRET} -->"), "a comment in its XML", id="comment in the XML"),
        case(typed(DESCRIBED), PATH, id="path in words for a picture"),
        case(below(run(WINDOWS)), PATH, id="path in the footer"),
        case(below(f"{run('C:')}{run(chr(92) + 'Users')}"), PATH, id="path in pieces"),
        case(below(run("{% raw %}{{ who }}{% endraw %}")), "a template value", id="place that was not filled"),
        case(below(run("a\u200bb")), "invisible characters", id="character without width"),
        case(below("<w:r><w:instrText> FILENAME \\p </w:instrText></w:r>"), "name people or paths", id="file name"),
        case(below('<w:fldSimple w:instr=" AUTHOR "/>'), "name people or paths", id="author's name"),
        case(
            below('<w:fldSimple w:instr=" INCLUDEPICTURE &quot;x&quot; "/>'),
            "fields that load content",
            id="picture field",
        ),
        case(below('<w:fldSimple w:instr=" INCLUDETEXT x "/>'), "fields that load content", id="field that fetches"),
        case(
            below('<w:r><w:instrText>HYPERLINK "http://intranet/x"</w:instrText></w:r>'),
            "a link to http://intranet/x",
            id="link in a field",
        ),
        case({"word/printerSettings1.bin": whole(SECRET)}, "the part word/printer", id="printer"),
        case({"word/media/plan.emf": whole(SECRET)}, "the part word/media/plan.emf", id="picture of another kind"),
        case({"word/media/a.png": whole(png((b"tEXt", b"Author\0" + SECRET.encode())))}, "metadata", id="PNG remark"),
        case({"word/media/a.jpg": whole(photographed())}, "camera data", id="JPEG camera data"),
        case(typed(run(UNIX)), PATH, id="path in the frame's own words"),
    ],
)
def test_what_a_frame_would_give_away_holds_publication_back(desk: Desk, changes: dict[str, Change], what: str) -> None:
    desk.plant("frame.docx", lambda data: changed_zip(data, changes))
    assert re.search(rf"P7 \S+ contains .*{re.escape(what)}", desk.refused("docx"))


def test_white_words_on_a_dark_ground_hide_nothing(desk: Desk) -> None:
    band = (
        '<w:style w:type="table" w:styleId="Band"><w:name w:val="Band"/><w:tblStylePr w:type="firstRow">'
        '<w:rPr><w:color w:val="FFFFFF" w:themeColor="background1"/></w:rPr>'
        '<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="1B2F6B"/></w:tcPr></w:tblStylePr></w:style></w:styles>'
    )
    desk.plant("frame.docx", lambda data: changed_zip(data, {"word/styles.xml": put("</w:styles>", band)}))
    assert desk.publish("docx").is_dir()


# --- the house's pictures

REMARKS = {
    "tEXt": b"Author\0" + SECRET.encode(),
    "zTXt": b"Comment\0\0" + zlib.compress(SECRET.encode()),
    "iTXt": b"XML:com.adobe.xmp\0\0\0\0\0<x:xmpmeta>" + SECRET.encode(),
    "iCCP": SECRET.encode() + b"\0\0" + zlib.compress(b"profile"),
    "eXIf": b"MM\0*" + SECRET.encode(),
    "tIME": struct.pack(">H5B", 2024, 7, 1, 12, 0, 0),
    "prVW": SECRET.encode(),
    "caBX": SECRET.encode(),
}


@pytest.mark.parametrize("kind", REMARKS)
def test_remarks_in_the_houses_pictures_are_taken_out(desk: Desk, kind: str) -> None:
    (desk.art / "logos/ofsted.png").write_bytes(png((kind.encode(), REMARKS[kind])))
    pack = desk.publish("html", "docx", "odt")
    assert told(pack) == []
    assert told(pack, kind) == []


def test_what_follows_the_end_of_a_picture_is_taken_out(desk: Desk) -> None:
    (desk.art / "logos/ofsted.png").write_bytes(png(after=SECRET.encode()))
    assert told(desk.publish("html", "docx", "odt")) == []


@pytest.mark.parametrize(
    ("data", "what"),
    [
        *(case(png((kind.encode(), body)), "metadata in a picture", id=kind) for kind, body in REMARKS.items()),
        case(png(after=b"the picture before it was cut"), "data after the end", id="after the end"),
        case(photographed(), "camera data in a picture", id="EXIF"),
        case(jpeg(comment=SECRET.encode()), "metadata in a picture", id="JPEG comment"),
        case(
            b"\xff\xd8\xff\xe1\0\x22http://ns.adobe.com/xap/1.0/\0Ada" + jpeg()[2:], "metadata in a picture", id="XMP"
        ),
        case(b"\xff\xd8\xff\xed\0\x13Photoshop 3.0\0Ada" + jpeg()[2:], "metadata in a picture", id="IPTC"),
        case(b'<svg xmlns="s" sodipodi:docname="x"/>', "metadata in a picture", id="Inkscape's file name"),
        case(b"<svg><metadata>x</metadata></svg>", "metadata in a picture", id="SVG metadata"),
        case(b"<svg><!-- x --></svg>", "a comment", id="SVG comment"),
        case(b"<svg><script>x()</script></svg>", "a program", id="SVG program"),
        case(
            b'<svg><image href="https://exmere.example/x.png"/></svg>',
            "content loaded from elsewhere",
            id="SVG that fetches",
        ),
        case(f'<svg><path id="{UNIX}"/></svg>'.encode(), PATH, id="SVG path"),
        case(b'<svg><text display="none">x</text></svg>', "hidden content", id="SVG hidden words"),
        case(b"GIF89a", "in a format that cannot be checked", id="another kind"),
    ],
)
def test_a_finished_file_is_searched_for_what_its_pictures_say(data: bytes, what: str) -> None:
    page = f'<img alt="A logo" src="{address_of(data, "image/png")}">'
    assert [said for said in found_in("letter.html", page.encode()) if what in said]


def test_plain_pictures_say_nothing() -> None:
    drawn = b'<svg xmlns="http://www.w3.org/2000/svg"><title>A tree</title><use href="#leaf"/></svg>'
    for data in (png(), jpeg(), drawn):
        page = f'<img alt="A logo" src="{address_of(data, "image/png")}">'
        assert found_in("letter.html", page.encode()) == []


# --- the house's pages and style sheets

IN_BODY, IN_HEAD = "<main", "</head>"


def remark(css: bytes) -> bytes:
    """Return a style sheet with a remark in it."""
    return f"/* {SECRET} */\n".encode() + css


@pytest.mark.parametrize(
    ("name", "change", "kinds"),
    [
        case("site.html", put(IN_BODY, f"{{# {SECRET} #}}{IN_BODY}"), ("html",), id="remark in the site's frame"),
        case("site.css", remark, ("html",), id="remark in site.css"),
        case("web.css", remark, ("html",), id="remark in web.css"),
        case("print.css", remark, ("pdf",), id="remark in print.css"),
        case("frame.html", put(IN_BODY, f"<!-- {SECRET} -->{IN_BODY}"), ("pdf",), id="comment in the print frame"),
        case("frame.html", put(IN_BODY, f"<script>{SECRET}</script>{IN_BODY}"), ("pdf",), id="program in print"),
        case("frame.html", put(IN_BODY, f'<p style="display: none">{SECRET}</p>{IN_BODY}'), ("pdf",), id="undisplayed"),
        case(
            "frame.html",
            put(IN_BODY, f'<p style="visibility: hidden">{SECRET}</p>{IN_BODY}'),
            ("pdf",),
            id="invisible in print",
        ),
        case(
            "frame.html",
            put(IN_BODY, f'<img alt="x" src="{address_of(photographed(), "image/jpeg")}">{IN_BODY}'),
            ("pdf",),
            id="camera data in print",
        ),
    ],
)
def test_remarks_in_a_houses_pages_are_taken_out(desk: Desk, name: str, change: Change, kinds: tuple[str, ...]) -> None:
    desk.plant(name, change)
    assert told(desk.publish(*kinds)) == []


@pytest.mark.parametrize(
    ("name", "css", "kind"),
    [
        case("site.css", '@import "https://exmere.example/x.css";', "html", id="import"),
        case("web.css", "html { background: url(https://exmere.example/x.png) }", "html", id="background"),
        case("print.css", f"html {{ background: url(file://{UNIX}/x.png) }}", "pdf", id="file"),
        case("site.css", "</style><p>", "html", id="end of its element"),
    ],
)
def test_a_style_sheet_that_fetches_something_is_refused_by_the_writer(
    desk: Desk, name: str, css: str, kind: str
) -> None:
    desk.plant(name, lambda data: css.encode() + data)
    assert "loads content from elsewhere" in desk.refused(kind, error=HouseFault)


def data_in(data: bytes, kind: str) -> str:
    """Return a picture of a page."""
    return f'<img alt="x" src="{address_of(data, kind)}">'


@pytest.mark.parametrize(
    ("html", "what"),
    [
        case(f"<!-- {SECRET} -->", "a comment", id="comment"),
        case(f"<?php {SECRET} ?>", "a comment", id="instruction"),
        case(f"<![CDATA[{SECRET}]]>", "a comment", id="section of its own"),
        case('<img alt="x" src="data:image/png;base64,x">', "a picture in a format", id="garbled picture"),
        case(f"<style>/* {SECRET} */</style>", "a comment", id="remark in a style of its own"),
        case(f"<p hidden>{SECRET}</p>", "hidden content", id="hidden"),
        case(f'<p aria-hidden="true">{SECRET}</p>', "hidden content", id="hidden from screen readers"),
        case(f'<p style="display: none">{SECRET}</p>', "hidden content", id="not displayed"),
        case(f'<p style="color:transparent">{SECRET}</p>', "hidden content", id="transparent"),
        case(f"<details><summary>More</summary>{SECRET}</details>", "hidden content", id="closed details"),
        case(f'<p style="color: #fefefe">{SECRET}</p>', "hidden content", id="the paper's colour"),
        case(f'<p style="font-size: 1px">{SECRET}</p>', "hidden content", id="too small to read"),
        case(f'<p style="position: absolute; left: -9999px">{SECRET}</p>', "hidden content", id="beside the page"),
        case(f'<p style="clip-path: inset(50%)">{SECRET}</p>', "hidden content", id="clipped"),
        case(f'<p style="height: 1px; overflow: hidden">{SECRET}</p>', "hidden content", id="without height"),
        case(f'<p data-note="{SECRET}">x</p>', "the attribute data-note", id="data of a program"),
        case(f'<p x-owner="{SECRET}">x</p>', "the attribute x-owner", id="attribute that nobody knows"),
        case(f'<meta name="reviewed-by" content="{SECRET}">', "the entry reviewed-by", id="entry that nobody knows"),
        case(f"<template>{SECRET}</template>", "hidden content", id="template"),
        case("<script>track()</script>", "a program", id="script"),
        case('<script type="application/ld+json" src="x.js"></script>', "a program", id="script elsewhere"),
        case("<p onclick='track()'>x</p>", "a program", id="handler"),
        case('<a href="javascript:track()">x</a>', "a program", id="program in a link"),
        case('<p style="behavior: x">x</p>', "a program", id="program in a style"),
        case(
            "<img alt=x src=https://exmere.example/count.gif>", "content loaded from elsewhere", id="picture elsewhere"
        ),
        case('<img alt="x" srcset="x.png 2x">', "content loaded from elsewhere", id="picture beside the page"),
        case(
            '<link rel="stylesheet" href="https://exmere.example/x.css">',
            "content loaded from elsewhere",
            id="style elsewhere",
        ),
        case(
            '<svg><use href="https://exmere.example/x.svg#a"/></svg>',
            "content loaded from elsewhere",
            id="drawing elsewhere",
        ),
        case('<iframe title="x" srcdoc="x"></iframe>', "content loaded from elsewhere", id="frame"),
        case('<base href="https://exmere.example/">', "content loaded from elsewhere", id="base"),
        case('<meta http-equiv="refresh" content="0">', "content loaded from elsewhere", id="refresh"),
        case(
            "<p style='background: image-set(\"https://exmere.example/x\")'>x</p>",
            "content loaded from elsewhere",
            id="set",
        ),
        case(f'<form><input type="hidden" value="{SECRET}"></form>', "a form", id="form"),
        case(f"<ins>{SECRET}</ins>", "tracked changes", id="tracked insertion"),
        case("<p contenteditable>x</p>", "an editing mark", id="editable"),
        case('<p class="MsoNormal">x</p>', "an editing mark", id="pasted from Word"),
        case('<meta name="generator" content="Word 16">', "an editing mark", id="generator"),
        case(f'<meta name="author" content="{SECRET}">', NAME, id="author"),
        case(f'<meta property="article:author" content="{SECRET}">', NAME, id="author of an article"),
        case(f'<meta name="keywords" content="{UNIX}">', PATH, id="path in a keyword"),
        case('<a href="http://localhost:8000/">x</a>', "a link to http://localhost:8000/", id="this computer"),
        case(f'<a href="file://{UNIX}">x</a>', "a link to file://", id="file"),
        case('<a href="../drafts/x.html">x</a>', "a link to ../drafts/x.html", id="folder above"),
        case(f"<img alt='{WINDOWS}' src='{address_of(png(), 'image/png')}'>", PATH, id="path in words for a picture"),
        case(f'<p data-source="{UNIX}">x</p>', PATH, id="path in an attribute"),
        case(f"<svg><title>{WINDOWS}</title></svg>", PATH, id="path in the title of a drawing"),
        case("<p title=\"{{ '{{ who }}' }}\">x</p>", "a template value", id="place that was not filled"),
        case("<p>a\u202eb</p>", "invisible characters", id="turned direction"),
        case(data_in(photographed(), "image/jpeg"), "camera data in a picture", id="EXIF"),
    ],
)
def test_what_a_sites_frame_would_give_away_holds_publication_back(desk: Desk, html: str, what: str) -> None:
    desk.plant("site.html", put(IN_HEAD if html.startswith("<meta") else IN_BODY, f"{html}{IN_BODY}"))
    said = desk.refused("html")
    assert re.search(rf"P7 ofsted/\S+neglect\S+html contains {re.escape(what)}", said)
    assert re.search(rf"P7 recipients/index.html contains {re.escape(what)}", said)


@pytest.mark.parametrize(
    ("name", "css", "what"),
    [
        case("site.css", ".note { display: none }", "hidden content", id="display"),
        case("web.css", ".note { visibility: hidden }", "hidden content", id="visibility"),
        case("web.css", f'p::after {{ content: "{SECRET}" }}', "words of a style sheet", id="words"),
        case("web.css", "p::after { content: attr(data-numbered) }", "words of a style sheet", id="attribute"),
        case("site.css", ".note { color: white }", "hidden content", id="the paper's colour"),
        case("site.css", ".note { COLOR:/**/#FFF }", "hidden content", id="the paper's colour in capitals"),
        case("site.css", ".note { c\\6flor: #fff }", "hidden content", id="an escape"),
        case("site.css", ".note { color: hsl(0 0% 100%) }", "hidden content", id="a colour that is not measured"),
        case(
            "site.css", ".note { color: #fff; & b { margin: 0 } }", "hidden content", id="around a rule within a rule"
        ),
        case("site.css", ".note { & b { margin: 0 } color: #fff }", "hidden content", id="after a rule within a rule"),
        case("web.css", ".note { opacity: 0; }", "hidden content", id="opacity"),
        case("site.css", ".note { font-size: 0 }", "hidden content", id="no size"),
        case("site.css", ".note { width: expression(x()) }", "a program", id="program"),
        case("site.css", f'p::before {{ content: "{UNIX}" }}', PATH, id="path"),
        case("site.css", ".a { background: url(data:image/gif;base64,R0lG) }", "cannot be checked", id="picture"),
    ],
)
def test_what_a_sites_style_would_give_away_holds_publication_back(desk: Desk, name: str, css: str, what: str) -> None:
    desk.plant(name, lambda data: data + css.encode())
    assert re.search(rf"P7 ofsted/index.html contains .*{re.escape(what)}", desk.refused("txt"))


def test_a_sites_style_that_loads_something_is_refused_as_a_fault_of_the_house(desk: Desk) -> None:
    desk.plant("site.css", lambda data: data + b'.a { background: image-set("//exmere.example/x" 1x, "https://x") }')
    with pytest.raises(HouseFault, match="loads content from elsewhere"):
        desk.publish("txt")


def test_what_only_print_leaves_out_is_not_hidden(desk: Desk) -> None:
    desk.plant("site.css", lambda data: data + b"@media print { .a { display: none } .b { color: #000 } }")
    assert desk.publish("html").is_dir()


@pytest.mark.parametrize(
    ("name", "change", "kind", "what"),
    [
        case(
            "frame.html", put(IN_BODY, f'<a href="file://{UNIX}">x</a>{IN_BODY}'), "pdf", "a link to file:", id="link"
        ),
        case(
            "frame.html",
            put(IN_BODY, f'<img alt="C:\\Users’" src="{address_of(png(), "image/png")}">{IN_BODY}'),
            "pdf",
            PATH,
            id="path in words for a picture",
        ),
        case(
            "frame.html", put(IN_HEAD, f'<meta name="author" content="{SECRET}">{IN_HEAD}'), "pdf", SECRET, id="author"
        ),
        case(
            "frame.html", put(IN_HEAD, f'<meta name="keywords" content="x">{IN_HEAD}'), "pdf", "editing", id="keywords"
        ),
        case(
            "frame.html",
            put(IN_HEAD, f'<link rel="attachment" href="data:text/plain,{SECRET}">{IN_HEAD}'),
            "pdf",
            "an embedded file",
            id="attachment",
        ),
        case(
            "frame.html",
            put(IN_BODY, f'<p style="color: transparent">{SECRET}</p>{IN_BODY}'),
            "large-print",
            "hidden text",
            id="transparent words",
        ),
        case("print.css", lambda data: data + b"p { left: -9999px }", "pdf", "hidden content", id="beside the page"),
        case(
            "print.css",
            lambda data: data + f'h1 {{ bookmark-label: "{SECRET}" }}'.encode(),
            "pdf",
            "words of a style sheet",
            id="words of a bookmark",
        ),
        case("print.css", lambda data: data + b".x { color: #fff }", "pdf", "hidden content", id="the paper's colour"),
        case(
            "frame.html",
            put(IN_BODY, f'<p style="font: 1pt Arimo">{SECRET}</p>{IN_BODY}'),
            "pdf",
            "hidden content",
            id="too small to read",
        ),
        case("large-print.css", lambda data: data + f'p {{ content: "{UNIX}" }}'.encode(), "txt", PATH, id="path"),
        case("frame.html", put(IN_BODY, f"<p>{UNIX}</p>{IN_BODY}"), "txt", PATH, id="path in the frame's own words"),
        case("site.html", put(IN_BODY, f"<p>{UNIX}</p>{IN_BODY}"), "txt", PATH, id="path in the site's own words"),
    ],
)
def test_what_print_would_give_away_holds_publication_back(
    desk: Desk, name: str, change: Change, kind: str, what: str
) -> None:
    desk.plant(name, change)
    assert re.search(rf"P7 \S+ contains .*{re.escape(what)}", desk.refused(kind))


# --- the inspection

STRENGTH = "Records are kept and read."


def strength(text: str, **fields: Any) -> dict[str, Any]:
    """Return a letter's one strength."""
    return {"strengths": [{"id": "S-01", "text": text, **fields}]}


def why_not(folder: Path, *only: str, **fields: Any) -> str:
    """Return why an agreed letter is refused, having seen that nothing was written."""
    with pytest.raises(NotAllowed) as refusal:
        published(folder, *(only or ("txt",)), **fields)
    assert not (folder / "pack").exists()
    return str(refusal.value)


@pytest.mark.parametrize(
    "link",
    [
        case("http://localhost/log", id="this computer"),
        case("http://10.1.2.3/log", id="a number"),
        case("http://intranet/log", id="a host without a domain"),
        case("https://wiki.ofsted.internal/log", id="a private domain"),
        case("https://ada:secret@exmere.example/", id="a password"),
        case("https://exmere.example/C:%5CUsers", id="a path in an address"),
        case("mailto:ada@ofsted.local", id="a private mailbox"),
    ],
)
def test_a_link_that_readers_cannot_follow_holds_publication_back(tmp_path: Path, link: str) -> None:
    assert f"P9 “the log” links to {link}" in why_not(tmp_path, **strength(f"Read [the log]({link})."))


@pytest.mark.parametrize("link", [f"file://{UNIX}", "javascript:alert(1)"])
def test_what_was_meant_as_such_a_link_holds_publication_back_too(tmp_path: Path, link: str) -> None:
    assert "P9 “[the log](" in why_not(tmp_path, **strength(f"Read [the log]({link})."))


def test_the_address_of_the_page_itself_must_be_on_the_web(tmp_path: Path) -> None:
    assert "P9 the page links to http://localhost/x" in why_not(tmp_path, publication={"page": "http://localhost/x"})


def test_words_for_a_picture_that_are_a_path_hold_publication_back(tmp_path: Path) -> None:
    signed = [{"inspectorate": "ofsted", "name": WINDOWS, "title": ["National Director, Ofsted"]}]
    assert "P8 the alternative text of signatures/" in why_not(tmp_path, signatories=signed)


@pytest.mark.parametrize(
    "character",
    [
        case("\u200b", id="space without width"),
        case("\u2060", id="joiner of words"),
        case("\ufeff", id="byte order mark"),
        case("\u200d", id="joiner between letters"),
        case("\u200e", id="direction mark"),
        case("\u202e", id="turned direction"),
        case("\u2066", id="isolated direction"),
        case("\U000e0041", id="tag"),
        case("\U000e0100", id="selector that hides a byte"),
    ],
)
def test_characters_that_nobody_sees_hold_publication_back_in_every_format(tmp_path: Path, character: str) -> None:
    said = why_not(tmp_path, "txt", **strength(f"Records are{character} kept."))
    assert "P7 “" in said
    assert f"contains U+{ord(character):04X}, which is invisible" in said
    assert ".txt contains invisible characters" in said


QUOTED = (
    "Staff wrote “{{ name }}” for a name, kept records in C:\\Users or /home/records, and filed “<!-- x -->”, "
    "javascript:, DDE, @import, display: none and url(x) alike."
)


def test_words_that_readers_read_may_quote_anything(tmp_path: Path) -> None:
    headline = [{"id": "H-01", "text": QUOTED.replace("\\", "\\\\")}]
    said = {"rule": "V40", "reason": "The letter quotes a record.", "name": "Cy Example"}
    pack = published(tmp_path, headline_findings=headline, overrides=[said]).pack
    folder = pack / "ofsted"
    page = next(folder.glob("*neglect*.html")).read_text("utf-8")
    assert "kept records in C:\\Users or /home/records" in page
    assert "{{ name }}" in page
    assert "“{{ name }}”" in next(folder.glob("*.txt")).read_text("utf-8")


def test_a_title_that_holds_a_place_of_a_template_holds_publication_back(tmp_path: Path) -> None:
    said = why_not(tmp_path, area={"name": "{{ area }}", "urn": "80999"})
    assert "index.html contains a template value that was not filled in" in said


def test_an_address_with_a_folder_called_home_is_a_link_like_any_other(tmp_path: Path) -> None:
    words = strength("Read [the log](https://www.exmere.example/home/records).")
    assert published(tmp_path, "html", "docx", "odt", "pdf", **words).pack.is_dir()


def test_what_is_internal_reaches_no_file(tmp_path: Path) -> None:
    path = write_inspection(
        tmp_path / SECRET,
        **strength(STRENGTH, evidence=[f"{SECRET} 1"], note=f"{SECRET} 2", tags=[f"{SECRET} 3"]),
        withdrawn=[
            {
                "section": "strengths",
                "finding": {"id": "S-09", "text": f"{SECRET} 4", "note": f"{SECRET} 5"},
                "by": f"{SECRET} 6",
                "reason": f"{SECRET} 7",
            }
        ],
    )
    agreed(path)
    signed = re.sub(r"name: Ada Example\n(\s+agreed_on)", rf"name: {SECRET} 8\n\1", path.read_text("utf-8"))
    path.write_text(f"# {SECRET}\n{signed}", "utf-8")
    pack = publish(path, PublishOptions(tmp_path / "pack", art=real_art(tmp_path))).pack
    assert signed.count(SECRET) == 9
    assert told(pack) == []


def test_a_secret_would_be_seen_in_every_format(tmp_path: Path) -> None:
    pack = published(tmp_path, **strength(f"{SECRET} keeps records.")).pack
    assert {Path(name).suffix for name in told(pack)} >= {".html", ".pdf", ".docx", ".odt", ".txt"}


def test_no_file_knows_where_it_was_made(desk: Desk) -> None:
    desk.plant("site.css", lambda data: data)
    assert told(desk.publish(), desk.folder.name) == []
    assert told(desk.pack, str(ROOT)) == []


# --- finished files

XLSX = "word/embeddings/chart1.xlsx"


def workbook(**parts: str) -> bytes:
    """Return a workbook with some parts, by their names with a stroke for each double underscore."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, part in parts.items():
            package.writestr(f"{name.replace('__', '/')}{'' if name.endswith('.rels') else '.xml'}", part)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        case({"docProps/core.xml": put("Ofsted</dc:creator>", f"{SECRET}</dc:creator>")}, NAME, id="author"),
        case(
            {"docProps/core.xml": put("</cp:core", f"<cp:lastModifiedBy>{SECRET}</cp:lastModifiedBy></cp:core")},
            NAME,
            id="last modified by",
        ),
        case(
            {"docProps/core.xml": put("</cp:core", "<cp:revision>7</cp:revision></cp:core")}, "editing", id="revision"
        ),
        case({"docProps/core.xml": put("<dc:title>", f"<dc:title>{UNIX} ")}, PATH, id="path in the title"),
        case({"docProps/app.xml": whole(f"<P><Company>{SECRET}</Company></P>")}, "a company", id="company"),
        case({"docProps/custom.xml": put('name="InspectionId"', 'name="Who"')}, "the property Who", id="property"),
        case({"docProps/thumbnail.jpeg": whole(SECRET)}, "docProps/thumbnail.jpeg", id="thumbnail"),
        case({"customXml/item1.xml": whole("<x/>")}, "the part customXml/item1.xml", id="custom XML"),
        case({"word/comments.xml": whole("<x/>")}, "the part word/comments.xml", id="comments"),
        case({"word/people.xml": whole("<x/>")}, "the part word/people.xml", id="people"),
        case({BODY: put("<w:p>", '<w:p w:rsidR="00A1">')}, "revision ids", id="revision id"),
        case({BODY: put("<w:p>", f"<w:p><w:instrText>QUOTE {UNIX}</w:instrText>")}, PATH, id="path in a field"),
        case({BODY: put("<w:p>", '<w:p><w:proofErr w:type="x"/>')}, "editing marks", id="spelling mark"),
        case({BODY: put("<w:p>", "<w:p><w:ins w:id='1'/>")}, "tracked changes", id="insertion"),
        case({BODY: put("<w:p>", "<w:p><w:commentReference w:id='1'/>")}, "comments", id="comment"),
        case(leads("image", "https://exmere.example/x.png"), "content loaded from", id="picture elsewhere"),
        case(leads("hyperlink", "file:///x"), "a link to file:///x", id="link to a file"),
        case({RELATIONSHIPS: put('Target="styles.xml"', 'Target="file:///x"')}, PATH, id="part elsewhere"),
        case({XLSX: whole(workbook(docProps__core=CORE.format("dc:creator")))}, NAME, id="author of a workbook"),
        case({XLSX: whole(workbook(xl__workbook=f'<x url="{WINDOWS}"/>'))}, PATH, id="folder of a workbook"),
        case({XLSX: whole(workbook(xl__comments1="<x/>"))}, "xl/comments1.xml", id="comments of a workbook"),
        case(
            {XLSX: whole(workbook(**{"xl__x.rels": EXTERNAL.format(kind="externalLinkPath", target="x.xlsx")}))},
            "content loaded from x.xlsx",
            id="workbook elsewhere",
        ),
        case({XLSX: whole(workbook(docProps__app="<Company>x</Company>"))}, "a company", id="company of a workbook"),
        case({"word/afchunk.html": whole("<p>x</p>")}, "the part word/afchunk.html", id="page within the document"),
    ],
)
def test_a_finished_word_document_is_searched(changes: dict[str, Change], what: str) -> None:
    assert found_in("letter.docx", finished(".docx")) == []
    assert [said for said in found_in("letter.docx", changed_zip(finished(".docx"), changes)) if what in said]


IN_TEXT, IN_META = "<office:text>", "<office:meta>"


@pytest.mark.parametrize(
    ("part", "xml", "what"),
    [
        case("content.xml", f"<office:annotation>{SECRET}</office:annotation>", "comments", id="annotation"),
        case("content.xml", "<text:tracked-changes/>", "tracked changes", id="tracked changes"),
        case("content.xml", '<text:change-start text:change-id="1"/>', "tracked changes", id="place of a change"),
        case("content.xml", f"<text:hidden-text>{SECRET}</text:hidden-text>", "hidden text", id="hidden words"),
        case("content.xml", '<text:section text:display="none"/>', "hidden text", id="hidden section"),
        case("content.xml", f"<text:author-name>{SECRET}</text:author-name>", "name people", id="author's field"),
        case("content.xml", f"<text:file-name>{UNIX}</text:file-name>", "name people", id="file's name"),
        case("content.xml", "<script:event-listener/>", "programs", id="program"),
        case("content.xml", "<office:forms><form:form/></office:forms>", "a form", id="form"),
        case("content.xml", "<text:dde-connection-decls/>", "content loaded from elsewhere", id="data from elsewhere"),
        case("content.xml", f"<svg:desc>{WINDOWS}</svg:desc>", PATH, id="path in words for a picture"),
        case("content.xml", f'<text:p text:name="{UNIX}"/>', PATH, id="path in a name"),
        case("content.xml", '<text:a xlink:href="file:///x">x</text:a>', "a link to file:///x", id="link to a file"),
        case(
            "content.xml",
            '<draw:image xlink:href="http://exmere.example/x"/>',
            "content loaded from",
            id="picture elsewhere",
        ),
        case("content.xml", f"<!-- {SECRET} -->", "a comment in its XML", id="comment in the XML"),
        case("content.xml", "<text:p>a\u2062b</text:p>", "invisible characters", id="character without width"),
        case("meta.xml", f"<dc:creator>{SECRET}</dc:creator>", NAME, id="editor"),
        case("meta.xml", f"<meta:initial-creator>{SECRET}</meta:initial-creator>", NAME, id="author"),
        case("meta.xml", f"<meta:printed-by>{SECRET}</meta:printed-by>", "editing data", id="printed by"),
        case("meta.xml", "<meta:editing-cycles>9</meta:editing-cycles>", "editing data", id="editing cycles"),
        case("meta.xml", '<meta:template xlink:href="x.ott"/>', "editing data", id="template"),
        case("meta.xml", f"<dc:description>{SECRET}</dc:description>", "editing data", id="remarks"),
        case("meta.xml", '<meta:user-defined meta:name="Who"/>', "user data", id="user data"),
    ],
)
def test_a_finished_open_document_is_searched(part: str, xml: str, what: str) -> None:
    place = IN_TEXT if part == "content.xml" else IN_META
    data = changed_zip(finished(".odt"), {part: put(place, f"{place}{xml}")})
    assert found_in("letter.odt", finished(".odt")) == []
    assert [said for said in found_in("letter.odt", data) if what in said]


@pytest.mark.parametrize(
    "part",
    ["settings.xml", "Thumbnails/thumbnail.png", "Basic/script.xml", "Configurations2/x.xml", "Versions/Version1"],
)
def test_an_open_document_has_no_parts_but_its_own(part: str) -> None:
    data = changed_zip(finished(".odt"), {part: whole("<x/>")})
    assert found_in("letter.odt", data) == [f"the part {part}"]


def test_pictures_and_running_parts_of_an_open_document_are_searched() -> None:
    with_camera = changed_zip(finished(".odt"), {"Pictures/a.jpg": whole(photographed())})
    assert found_in("letter.odt", with_camera) == ["camera data in a picture"]
    footed = {"styles.xml": put("</office:master-styles>", f"<text:p>{UNIX}</text:p></office:master-styles>")}
    assert found_in("letter.odt", changed_zip(finished(".odt"), footed)) == [PATH]


def rewritten(change: Callable[[PdfWriter], object]) -> bytes:
    """Return an invented letter's PDF with something added."""
    writer = PdfWriter(clone_from=BytesIO(finished(".pdf")))
    change(writer)
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def entry(**fields: Any) -> DictionaryObject:
    """Return a dictionary of a PDF."""
    return DictionaryObject({NameObject(f"/{name}"): held(value) for name, value in fields.items()})


def held(value: Any) -> Any:
    """Return a value of a PDF: a word after a stroke is a name, and any other a text."""
    if isinstance(value, int):
        return NumberObject(value)
    if isinstance(value, str):
        return NameObject(value) if value.startswith("/") else TextStringObject(value)
    return value


def annotated(**fields: Any) -> Callable[[PdfWriter], object]:
    """Return the change of somebody who lays something over the first page."""
    return lambda writer: writer.pages[0].update(entry(Annots=ArrayObject([entry(Type="/Annot", **fields)])))


def in_catalogue(**fields: Any) -> Callable[[PdfWriter], object]:
    """Return the change of somebody who adds something to the whole file."""
    return lambda writer: writer._root_object.update(entry(**fields))


def described(**said: str) -> Callable[[PdfWriter], object]:
    """Return the change of somebody who fills in the file's properties."""
    return lambda writer: writer.add_metadata({f"/{name}": value for name, value in said.items()})


@pytest.mark.parametrize(
    ("change", "what"),
    [
        case(described(Author=SECRET), NAME, id="author"),
        case(described(Author=f"{SECRET} ŵ"), f"{NAME} ŵ", id="author with other letters"),
        case(described(Title=WINDOWS), PATH, id="path in the title"),
        case(described(Keywords=f"ŵ {UNIX}"), PATH, id="path in the keywords"),
        case(described(Subject="a\u200bb"), "invisible characters", id="character without width"),
        case(lambda writer: writer.add_attachment("x", b"x"), "an embedded file", id="embedded file"),
        case(in_catalogue(OpenAction=entry(S="/JavaScript", JS="x")), "a program", id="JavaScript"),
        case(in_catalogue(OpenAction=entry(S="/Launch")), "a program", id="launch"),
        case(in_catalogue(OpenAction=entry(S="/GoToR", F="x")), "content loaded from elsewhere", id="other file"),
        case(in_catalogue(AcroForm=entry(NeedAppearances=1)), "a form", id="form"),
        case(in_catalogue(OCProperties=entry(D=1)), "hidden text", id="layers"),
        case(in_catalogue(PieceInfo=entry(Word=1)), "editing data", id="editing data"),
        case(annotated(Subtype="/Text", Contents=SECRET), "comments", id="annotation"),
        case(annotated(Subtype="/Highlight"), "comments", id="highlight"),
        case(annotated(Subtype="/Widget"), "a form", id="field"),
        case(annotated(Subtype="/FileAttachment"), "an embedded file", id="attached file"),
        case(
            annotated(Subtype="/Link", A=entry(S="/URI", URI=f"file://{UNIX}")), "a link to file", id="link to a file"
        ),
        case(annotated(Subtype="/Link", A=entry(S="/URI", URI="http://[::1]/ŵ")), "a link to", id="this computer"),
        case(in_catalogue(ViewerPreferences=entry(Alt=f"ŵ {WINDOWS}")), PATH, id="path in words for a picture"),
    ],
)
def test_a_finished_pdf_is_searched(change: Callable[[PdfWriter], object], what: str) -> None:
    assert found_in("letter.pdf", rewritten(lambda _: None)) == []
    assert what in " ".join(found_in("letter.pdf", rewritten(change)))


@pytest.mark.parametrize(
    ("xmp", "what"),
    [
        case(f"<dc:creator><rdf:Seq><rdf:li>Ofsted</rdf:li><rdf:li>{SECRET}</rdf:li>", NAME, id="second author"),
        case("<xmpMM:History/><dc:creator>", "editing data", id="history"),
        case(f"<xmp:Label>{UNIX}</xmp:Label><dc:creator>", PATH, id="path"),
        case("<xmp:Label>a\u200bb</xmp:Label><dc:creator>", "invisible characters", id="character"),
    ],
)
def test_a_pdfs_metadata_is_searched(xmp: str, what: str) -> None:
    old = "<dc:creator><rdf:Seq><rdf:li>Ofsted</rdf:li>" if "Seq" in xmp else "<dc:creator>"
    assert what in found_in("letter.pdf", put(old, xmp)(finished(".pdf")))


def test_what_a_pdf_holds_packed_is_searched_too() -> None:
    assert b"/Author" not in finished(".pdf")
    assert found_in("letter.pdf", finished(".pdf"), "Somebody else") == ["the name Ofsted"]


def test_camera_data_in_a_finished_pdf_is_found() -> None:
    picture = b"<</Type /XObject>>\nstream\n" + photographed() + b"\nendstream"
    assert found_in("letter.pdf", finished(".pdf") + picture) == ["camera data in a picture"]


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        case("metadata.json", f'{{"creator": "{SECRET}"}}', NAME, id="name in a record"),
        case("metadata.json", f'{{"title": "{UNIX}"}}', PATH, id="path in a record"),
        case("metadata.json", f'{{"encoding": [{{"name": "{UNIX}"}}]}}', PATH, id="path in a list of a record"),
        case("metadata.json", '{"rights": "http://localhost/x"}', "a link to http://localhost/x", id="link"),
        case("metadata.json", "{", "a record that cannot be read", id="garbled record"),
        case("metadata.json", '{"x": ["a\u200bb"]}', "invisible characters", id="character in a record"),
        case("entry.atom", f"<title>{UNIX}</title>", PATH, id="path in an entry"),
        case("entry.atom", '<link href="file:///x"/>', "a link to file:///x", id="link of an entry"),
        case("entry.atom", "<!-- x -->", "a comment", id="comment in an entry"),
        case("entry.atom", "<summary>a\u200bb</summary>", "invisible characters", id="character in an entry"),
        case("letter.txt", "a\u200bb", "invisible characters", id="character in a text"),
        case(
            "letter.html",
            f'<script type="application/ld+json">{{"author": {{"name": "{SECRET}"}}}}</script>',
            NAME,
            id="author in a page's record",
        ),
        case("letter.zip", "", "unchecked content: files of this kind are not published", id="another kind"),
    ],
)
def test_what_goes_with_a_letter_is_searched(name: str, text: str, what: str) -> None:
    assert what in found_in(name, text.encode())


@pytest.mark.parametrize(
    ("name", "text"),
    [
        case("letter.txt", f"{WINDOWS} {{{{ x }}}} {UNIX}", id="text"),
        case("letter.brf", "A:\\B {{ }}", id="braille, whose signs mean something else"),
        case("metadata.json", f'{{"description": "{UNIX}", "rights": "https://exmere.example/home/x"}}', id="record"),
        case("entry.atom", f"<summary>{UNIX} {{{{ x }}}}</summary><link href='index.html'/>", id="entry"),
        case("letter.html", f"<p>{WINDOWS} &lt;!-- {{{{ x }}}}</p>", id="page"),
        case("letter.html", '<a href="letter.pdf">x</a><a href="#a">x</a>', id="links beside and within a page"),
    ],
)
def test_words_that_readers_read_are_no_leak(name: str, text: str) -> None:
    assert found_in(name, text.encode()) == []


@pytest.mark.parametrize("suffix", [".docx", ".odt", ".pdf", ".txt"])
@pytest.mark.parametrize("name", INSPECTIONS)
def test_no_invented_letter_gives_anything_away(name: str, suffix: str) -> None:
    if letter_of(name).draft is None:
        assert found_in(f"letter{suffix}", file_of(name, suffix), letter_of(name).meta.author) == []


@pytest.mark.parametrize("suffix", [".docx", ".odt", ".pdf", ".txt"])
@pytest.mark.parametrize("name", ROUNDS)
def test_no_invented_report_gives_anything_away(name: str, suffix: str) -> None:
    author = report_of(name).document.meta.author
    assert found_in(f"report{suffix}", report_file_of(name, suffix), author) == []
