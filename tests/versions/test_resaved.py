"""Redlines of copies that another program saved: what a reader gets is compared, not what the program wrote anew."""

import re
import shutil
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

import letters
import tests.office as libreoffice
from letters.cli import main
from letters.document.marks import is_marked, lines_of, marks_of
from letters.word.read import read
from tests.conftest import ROOT
from tests.versions.word_copies import APP, saved_by_word, with_parts, with_words

SAVES = {"libreoffice": libreoffice.round_trip, "odt": libreoffice.through_odt, "word": saved_by_word}
every_program = pytest.mark.parametrize("save", SAVES.values(), ids=SAVES)
Save = Callable[[bytes], bytes]


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The draft that was sent, with a table, notes, links, lists and logos."""
    folder = tmp_path_factory.mktemp("sent")
    text = (ROOT / "fixtures/cawdale/inspection.yaml").read_text("utf-8")
    text = re.sub(r"(?m)^stage: \w+", "stage: agreement", text)
    linked = "The [swift attendance](https://exmere.example/swift) of"
    (folder / "inspection.yaml").write_text(text.replace("The swift attendance of", linked), "utf-8")
    return letters.send(folder / "inspection.yaml", folder, "joint")


def redlined(sent: Path, copy: bytes, folder: Path, suffix: str = ".docx") -> int:
    """Write the redline between what was sent and a copy; return how many paragraphs changed."""
    (folder / "copy.docx").write_bytes(copy)
    return letters.redline(sent, folder / "copy.docx", folder / f"redline{suffix}", "joint")


def shown(folder: Path) -> list[tuple[str, str]]:
    """Return what the redline takes out and puts in, with the looks that were changed."""
    stories = read((folder / "redline.docx").read_bytes(), "redline.docx").marked.stories.values()
    lines = [line for story in stories for line in lines_of(story) if is_marked(line)]
    return [
        ("put" if piece.inserted else "gone" if piece.deleted else "look", piece.text)
        for line in lines
        for piece in line.pieces
        if piece.inserted or piece.deleted or piece.changed
    ]


@every_program
@pytest.mark.parametrize("suffix", [".docx", ".html"])
def test_an_unchanged_copy_says_that_nothing_has_changed(sent: Path, save: Save, suffix: str, tmp_path: Path) -> None:
    (tmp_path / "copy.docx").write_bytes(save(sent.read_bytes()))
    out = tmp_path / f"redline{suffix}"
    ran = CliRunner().invoke(main, ["redline", str(sent), str(tmp_path / "copy.docx"), "-o", str(out)])
    assert (ran.exit_code, ran.output) == (0, f"wrote {out}: nothing has changed\n")


def test_what_is_written_then_is_what_was_sent(sent: Path, tmp_path: Path) -> None:
    redlined(sent, libreoffice.through_odt(sent.read_bytes()), tmp_path)
    written, old = (read(path.read_bytes(), "") for path in (tmp_path / "redline.docx", sent))
    assert written.marked.stories["body"][0] == old.marked.stories["body"][0]
    assert written.parts["word/styles.xml"] == old.parts["word/styles.xml"]
    assert [mark for story in written.marked.stories.values() for mark in marks_of(story)] == []


@every_program
def test_only_the_words_that_changed_are_shown(sent: Path, save: Save, tmp_path: Path) -> None:
    edits = [libreoffice.Replace("respond quickly", "attend promptly")]
    copy = save(libreoffice.edit(sent.read_bytes(), edits, "Ann", tracked=False))
    assert redlined(sent, copy, tmp_path) == 1
    assert shown(tmp_path) == [("gone", "respond quickly"), ("put", "attend promptly")]


@every_program
def test_words_made_bold_are_shown(sent: Path, save: Save, tmp_path: Path) -> None:
    copy = save(libreoffice.edit(sent.read_bytes(), [libreoffice.Bold("respond quickly")], "Ann", tracked=False))
    assert redlined(sent, copy, tmp_path) == 1
    assert shown(tmp_path) == [("look", "respond quickly")]


@every_program
def test_a_paragraph_that_was_moved_is_one_move(sent: Path, save: Save, tmp_path: Path) -> None:
    move = libreoffice.MoveParagraph("The recording by police officers", after="The quality of the information that")
    assert redlined(sent, save(libreoffice.edit(sent.read_bytes(), [move], "Ann", tracked=False)), tmp_path) == 1


def without(pattern: str) -> Callable[[str, bytes], bytes]:
    """Return what takes the last place of a pattern out of the body."""

    def changed(name: str, part: bytes) -> bytes:
        found = list(re.finditer(pattern.encode(), part))
        return part[: found[-1].start()] + part[found[-1].end() :] if name == "word/document.xml" else part

    return changed


@pytest.mark.parametrize(
    "pattern",
    [r"<w:tr>(?:(?!<w:tr>).)*?</w:tr>", r"<w:r>(?:(?!<w:r>).)*?<w:footnoteReference[^>]*/></w:r>"],
    ids=["a table row", "a footnote"],
)
def test_what_was_taken_out_is_shown(sent: Path, pattern: str, tmp_path: Path) -> None:
    copy = saved_by_word(with_parts(sent.read_bytes(), without(pattern)))
    assert redlined(sent, copy, tmp_path) >= 1
    assert {kind for kind, _ in shown(tmp_path)} == {"gone"}


def test_a_link_that_leads_elsewhere_is_shown(sent: Path, tmp_path: Path) -> None:
    def elsewhere(name: str, part: bytes) -> bytes:
        return part.replace(b"https://exmere.example/swift", b"https://exmere.example/slow")

    assert redlined(sent, saved_by_word(with_parts(sent.read_bytes(), elsewhere)), tmp_path) == 1
    assert shown(tmp_path) == [("gone", "swift attendance"), ("put", "swift attendance")]


def test_a_bullet_that_became_a_heading_is_shown(sent: Path, tmp_path: Path) -> None:
    body = zipfile.ZipFile(sent).read("word/document.xml").decode()
    end = body.index("swift attendance")
    start = body.rindex("<w:p>", 0, end)
    settings = re.match(r"<w:p><w:pPr>.*?</w:pPr>", body[start:])
    assert settings
    old = body[start : body.index(" of", end)]
    heading = old.replace(settings[0], '<w:p><w:pPr><w:pStyle w:val="Heading3"/></w:pPr>')
    assert redlined(sent, saved_by_word(with_words(sent.read_bytes(), old, heading)), tmp_path) == 1


def with_logo(change: Callable[[Image.Image], Image.Image], **saved: int) -> Callable[[str, bytes], bytes]:
    """Return what changes the first logo."""

    def changed(name: str, part: bytes) -> bytes:
        if name != "word/media/logo1.png":
            return part
        out = BytesIO()
        change(Image.open(BytesIO(part)).convert("RGB")).save(out, "JPEG", **saved)
        return out.getvalue()

    return changed


def shrunk(logo: Image.Image) -> Image.Image:
    """Return a logo at half its points, as Word keeps it."""
    return logo.resize((logo.width // 2, logo.height // 2))


def dotted(logo: Image.Image) -> Image.Image:
    """Return a logo with a small dot in it."""
    logo.paste((200, 0, 0), (logo.width // 2, logo.height // 2, logo.width // 2 + 20, logo.height // 2 + 20))
    return logo


def test_a_logo_that_was_shrunk_and_compressed_is_the_same(sent: Path, tmp_path: Path) -> None:
    copy = saved_by_word(with_parts(sent.read_bytes(), with_logo(shrunk, quality=75)))
    assert redlined(sent, copy, tmp_path) == 0


def test_a_logo_with_a_new_dot_in_it_is_shown(sent: Path, tmp_path: Path) -> None:
    copy = saved_by_word(with_parts(sent.read_bytes(), with_logo(dotted, quality=95)))
    assert redlined(sent, copy, tmp_path) >= 1


def test_a_person_who_saved_a_copy_is_not_named_as_its_author(sent: Path, tmp_path: Path) -> None:
    def signed(name: str, part: bytes) -> bytes:
        return re.sub(rb"<dc:creator>[^<]*", b"<dc:creator>Di Person", part)

    edited = saved_by_word(with_words(sent.read_bytes(), "respond quickly", "attend promptly"))
    redlined(sent, with_parts(edited, signed), tmp_path, ".html")
    page = (tmp_path / "redline.html").read_text("utf-8")
    assert "Di Person" not in page
    assert "Ofsted" in page


def test_an_empty_row_that_was_put_in_is_a_change(sent: Path, tmp_path: Path) -> None:
    cell = "<w:tc><w:tcPr/><w:p/></w:tc>"

    def widened(name: str, part: bytes) -> bytes:
        row = f"<w:tr>{cell}{cell}</w:tr></w:tbl>".encode()
        return part.replace(b"</w:tbl>", row, 1) if name == "word/document.xml" else part

    copy = with_parts(sent.read_bytes(), widened, {"docProps/app.xml": APP})
    assert redlined(sent, copy, tmp_path) == 1
    assert redlined(sent, copy, tmp_path, ".html") == 1
    assert "Nothing has changed" not in (tmp_path / "redline.html").read_text("utf-8")


def test_a_copy_can_be_the_older_version(sent: Path, tmp_path: Path) -> None:
    shutil.copy(sent, tmp_path / "sent.docx")
    (tmp_path / "copy.docx").write_bytes(saved_by_word(sent.read_bytes()))
    assert letters.redline(tmp_path / "copy.docx", sent, tmp_path / "redline.docx", "joint") == 0
