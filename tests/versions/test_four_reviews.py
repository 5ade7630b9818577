"""Four reviewed copies of one draft, as LibreOffice, an ODT round trip, tracking off and Word would return them."""

import json
import re
import zipfile
from pathlib import Path

import pytest
from pytest_regressions.data_regression import DataRegressionFixture

import letters
import tests.office as libreoffice
from letters.document.marks import Marked, lines_of, marks_of, text_of
from letters.files.disk import load
from letters.word.read import read
from tests.conftest import ROOT

FOLDER = ROOT / "fixtures/returned"
COPIES = sorted(FOLDER.glob("*.docx"))


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the merge of all four."""
    folder = tmp_path_factory.mktemp("merged")
    letters.merge(
        FOLDER / "cawdale.yaml",
        COPIES,
        folder / "next.yaml",
        combined=folder / "all.docx",
        ledger=folder / "ledger.json",
    )
    return folder


def combined(folder: Path) -> Marked:
    """Return the combined file as lines."""
    return read((folder / "all.docx").read_bytes(), "all.docx").marked


def test_everything_that_came_home(data_regression: DataRegressionFixture) -> None:
    data_regression.check(letters.changes(FOLDER / "cawdale.yaml", COPIES))


def test_every_inserted_and_deleted_word_is_in_the_combined_file(merged: Path) -> None:
    body = combined(merged).stories["body"]
    shown = [piece for line in lines_of(body) for piece in line.pieces]
    put = "".join(piece.text for piece in shown if piece.inserted)
    gone = "".join(piece.text for piece in shown if piece.deleted)
    for row in letters.changes(FOLDER / "cawdale.yaml", COPIES)["changes"]:
        if row["kind"] in ("words", "paragraph", "removed"):
            assert row["after"] in put
            assert row["before"] in gone


def test_every_author_and_date_is_in_the_combined_file(merged: Path) -> None:
    held = {(mark.author, mark.when) for story in combined(merged).stories.values() for mark in marks_of(story)}
    for row in letters.changes(FOLDER / "cawdale.yaml", COPIES)["changes"]:
        assert (row["author"], row["when"]) in held


def test_threads_answers_and_resolved_comments_stay(merged: Path) -> None:
    comments = {comment.text: comment for comment in combined(merged).comments}
    question = comments["The evidence is about attendance, not response."]
    assert comments["Agreed."].parent == question.id
    assert comments["Agreed."].author == "Ofsted reviewer"
    assert comments["The force calls it a queue."].resolved
    assert question.when == "2024-11-20T10:10:00Z"


def test_libreoffice_rejecting_all_gives_what_was_sent(merged: Path) -> None:
    sent = next((FOLDER / "sent").glob("*.docx")).read_bytes()
    rejected = libreoffice.words(libreoffice.reject_all((merged / "all.docx").read_bytes()))
    # LibreOffice 7.4 loses footnotes on saving where a comment stands between two of them.
    assert rejected[:-2] == libreoffice.words(sent)[:-2]


def test_the_ledger_counts_every_change(merged: Path) -> None:
    rows = json.loads((merged / "ledger.json").read_text("utf-8"))["changes"]
    fates = [row["fate"] for row in rows]
    assert len(rows) == 12
    assert (fates.count("accepted"), fates.count("open")) == (9, 3)


def test_the_next_draft_says_what_was_accepted(merged: Path) -> None:
    after = load(merged / "next.yaml")
    letter = letters.compose(after, letters.house("joint"))
    words = " ".join(text for text in map(str, letter.blocks))
    for accepted in ("attend promptly", "a queue of notifications", "librarians notice", "Each finding concerns"):
        assert accepted in words
    assert "persistence of health visitors" in words
    assert "opening" in after.wording


def test_the_same_copies_give_the_same_bytes(merged: Path, tmp_path: Path) -> None:
    letters.merge(FOLDER / "cawdale.yaml", COPIES, tmp_path / "next.yaml", combined=tmp_path / "all.docx")
    assert (tmp_path / "all.docx").read_bytes() == (merged / "all.docx").read_bytes()
    assert (tmp_path / "next.yaml").read_bytes() == (merged / "next.yaml").read_bytes()


def test_anchors_gone_the_words_show_the_way(tmp_path: Path) -> None:
    bare = tmp_path / "ofsted.docx"
    with zipfile.ZipFile(FOLDER / "ofsted.docx") as package, zipfile.ZipFile(bare, "w") as out:
        for name in package.namelist():
            data = package.read(name)
            if name == "word/document.xml":
                data = re.sub(rb"<w:bookmark(?:Start|End)\b[^>]*/>", b"", data)
            if not name.startswith("customXml"):
                out.writestr(name, data)
    kept = letters.changes(FOLDER / "cawdale.yaml", [FOLDER / "ofsted.docx"])["changes"]
    found = letters.changes(FOLDER / "cawdale.yaml", [bare])["changes"]
    assert [(row["unit"], row["kind"], row["after"]) for row in found] == [
        (row["unit"], row["kind"], row["after"]) for row in kept
    ]


def test_a_redline_can_be_what_was_sent(tmp_path: Path) -> None:
    text = (FOLDER / "cawdale.yaml").read_text("utf-8")
    later = tmp_path / "later.yaml"
    later.write_text(text.replace("version: 5", "version: 6").replace("with candour", "openly"), "utf-8")
    letters.redline(FOLDER / "cawdale.yaml", later, tmp_path / "redline.docx", author="Ofsted")
    data = (tmp_path / "redline.docx").read_bytes()
    replies = [libreoffice.Replace("swift attendance", "prompt attendance")]
    (tmp_path / "reply.docx").write_bytes(libreoffice.edit(data, replies, "Di Reviewer"))
    found = letters.changes(tmp_path / "redline.docx", [tmp_path / "reply.docx"])
    assert [(row["before"], row["after"], row["author"]) for row in found["changes"]] == [
        ("swift attendance", "prompt attendance", "Di Reviewer")
    ]


def test_a_paragraph_of_the_combined_file_names_no_paragraph_twice(merged: Path) -> None:
    body = combined(merged).stories["body"]
    texts = [text_of(line) for line in lines_of(body) if not line.deleted and not line.inserted and text_of(line)]
    assert len([text for text in texts if "tenacity" in text]) == 1


def test_the_redline_of_a_merge_names_who_made_each_change(merged: Path, tmp_path: Path) -> None:
    path = tmp_path / "redline.docx"
    letters.redline(FOLDER / "cawdale.yaml", merged / "next.yaml", path, ledger=merged / "ledger.json")
    body = read(path.read_bytes(), "redline.docx").marked.stories["body"]
    pieces = [piece for line in lines_of(body) for piece in line.pieces]
    authors = {piece.text: piece.inserted.author for piece in pieces if piece.inserted}
    assert authors["attend promptly"] == "HMICFRS reviewer"
    assert authors["Each"] == "CQC reviewer"
