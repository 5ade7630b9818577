"""Whatever four reviewers do to a draft, nothing of it is lost on the way home."""

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import letters
from letters.document.marks import Keeps, Mark, Marked, accepts, lines_of, marks_of, rejects, resolved, text_of
from letters.word.read import read
from tests.versions.edits import sized
from tests.versions.reviewers import Edit, Reviewer, edits, reviewed

Team = tuple[list[Edit], ...]
NAMES = ("Ann", "Ben", "Cy", "Di")
TEAMS = st.tuples(*(edits() for _ in NAMES))
ALONE = st.tuples(*(edits(("replace", "delete", "insert", "bold", "add", "part")) for _ in NAMES))


class Home:
    """What a merge of four copies came to."""

    def __init__(self, folder: Path, inspection: Path, team: Team, apart: bool) -> None:
        sent = read(next(inspection.parent.glob("sent/*.docx")).read_bytes(), "sent.docx")
        self.sent = sent.marked
        self.reviewers: list[Reviewer] = []
        self.copies: list[Marked] = []
        paths = [folder / f"{name}.docx" for name in NAMES]
        for place, (path, made) in enumerate(zip(paths, team, strict=True)):
            own = (lambda number, place=place: number % len(NAMES) == place) if apart else None
            data, reviewer = reviewed(sent, path.stem, made, own)
            path.write_bytes(data)
            self.reviewers.append(reviewer)
            self.copies.append(read(data, path.name).marked)
        ledger, combined = folder / "ledger.json", folder / "all.docx"
        letters.merge(inspection, paths, folder / "next.yaml", combined=combined, ledger=ledger)
        self.combined = read(combined.read_bytes(), "all.docx").marked
        self.ledger: dict[str, Any] = json.loads(ledger.read_text("utf-8"))
        self.found = letters.changes(inspection, paths)["changes"]


@pytest.fixture(scope="module")
def draft() -> Iterator[Path]:
    """An inspection file whose draft was sent."""
    with TemporaryDirectory() as name:
        path = Path(name, "inspection.yaml")
        inspection = sized(2).model_copy(update={"stage": "draft"})
        path.write_text(json.dumps(letters.export(inspection)), "utf-8")
        letters.send(path, Path(name, "out"))
        yield path


def texts(file: Marked, keeps: Keeps) -> list[str]:
    """Return the paragraphs of a body that have words, its changes accepted or rejected."""
    lines = lines_of(resolved(file.stories["body"], keeps))
    return [text_of(line).strip() for line in lines if text_of(line).strip()]


def signatures(file: Marked) -> set[tuple[str, str]]:
    """Return the author and time of every change in a file."""
    return {(mark.author, mark.when) for mark in marks_of(file.stories["body"])}


def marked_words(file: Marked, author: str) -> tuple[str, str]:
    """Return the words that an author put in and took out."""
    pieces = [piece for line in lines_of(file.stories["body"]) for piece in line.pieces]
    put = "".join(piece.text for piece in pieces if piece.inserted and piece.inserted.author == author)
    return put, "".join(piece.text for piece in pieces if piece.deleted and not piece.inserted)


@settings(max_examples=25, deadline=None)
@given(team=TEAMS)
def test_nothing_that_four_reviewers_did_is_lost(draft: Path, team: Team) -> None:
    with TemporaryDirectory() as name:
        home = Home(Path(name), draft, team, apart=False)
    rows = home.ledger["changes"]
    assert texts(home.combined, rejects) == texts(home.sent, rejects)
    assert [row["change"] for row in rows] == [row["change"] for row in home.found]
    assert all(row["fate"] for row in rows)
    told = {(row["author"], when) for row in rows for when in (row.get("when"), *row.get("also_when", ()))}
    assert set.union(*map(signatures, home.copies)) <= told
    hidden = {(row["author"], row.get("when")) for row in rows if row.get("agrees") or row.get("conflicts")}
    assert set.union(*map(signatures, home.copies)) <= signatures(home.combined) | hidden
    agreed = {(row["author"], row.get("when")) for row in rows if row.get("agrees")}
    agreed |= {(row["author"], row.get("when")) for row in rows if row["kind"] == "moved" and row.get("conflicts")}
    for copy, reviewer in zip(home.copies, home.reviewers, strict=True):
        put, gone = marked_words(home.combined, reviewer.name)
        for piece in (piece for line in lines_of(copy.stories["body"]) for piece in line.pieces):
            shown = piece.inserted is None or piece.inserted[:2] in agreed or piece.text in put
            assert shown
            assert not piece.deleted or piece.text in gone
        new = [row.get("after", "") for row in rows if row["author"] == f"{reviewer.name} (untracked)"]
        assert all(any(words in text for text in new) for words in reviewer.silent)


@settings(max_examples=20, deadline=None)
@given(team=TEAMS)
def test_every_comment_comes_home_in_its_thread(draft: Path, team: Team) -> None:
    with TemporaryDirectory() as name:
        home = Home(Path(name), draft, team, apart=False)
    by_number = {comment.id: comment for comment in home.combined.comments}
    placed = {
        name for line in lines_of(home.combined.stories["body"]) for piece in line.pieces for name in piece.comments
    }
    assert len(by_number) == len(home.ledger["comments"]) == sum(len(each.comments) for each in home.reviewers)
    assert placed == set(by_number)
    for reviewer in home.reviewers:
        for comment in reviewer.comments:
            held = next(found for found in home.combined.comments if found.text == comment.text)
            assert held[1:5] == comment[1:5]
            assert held.resolved == comment.resolved
            assert not comment.parent or by_number[held.parent].text == reviewer.comments[int(comment.parent)].text


@settings(max_examples=20, deadline=None)
@given(team=ALONE)
def test_accepting_one_reviewer_gives_her_copy(draft: Path, team: Team) -> None:
    with TemporaryDirectory() as name:
        home = Home(Path(name), draft, team, apart=True)
    for copy, reviewer in zip(home.copies, home.reviewers, strict=True):

        def hers(mark: Mark, names: tuple[str, ...] = (reviewer.name, f"{reviewer.name} (untracked)")) -> bool:
            return mark.author in names

        assert texts(home.combined, hers) == texts(copy, accepts)
