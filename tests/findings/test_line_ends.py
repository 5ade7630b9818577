"""Line ends and the byte order mark of a file: it is read whatever they are, and written with its own."""

from datetime import date
from pathlib import Path

import pytest

from letters.files.checks import mend
from letters.files.disk import read_source
from letters.files.houses import Look
from letters.files.packs import agree
from letters.findings.finding import Finding
from letters.findings.line_ends import ExactText
from letters.findings.parsing import parse
from letters.findings.rewriting import rewrite
from tests.findings.test_one_word import HEAD

TEXT = (
    HEAD
    + "strengths:\n  # one\n  - id: S-01\n    text: >-\n      One the the\n      word.\n  # two\n  - id: S-02\n    text: Two.\n"
)
WAYS = {"CRLF": ("", "\r\n"), "BOM": ("\ufeff", "\n"), "both": ("\ufeff", "\r\n")}


@pytest.fixture(params=WAYS)
def exact(request: pytest.FixtureRequest) -> str:
    """A file as some editor saved it."""
    mark, line_end = WAYS[request.param]
    return mark + TEXT.replace("\n", line_end)


def test_a_file_says_the_same_however_its_lines_end(exact: str) -> None:
    assert parse(exact) == parse(TEXT)


def test_entries_come_go_and_move_with_the_line_ends_of_the_file(exact: str) -> None:
    found = parse(exact)
    found.strengths.reverse()
    found.strengths.append(Finding(id="S-03", text="New words " * 20 + "end."))
    plain = rewrite(TEXT, found)
    mark, line_end = exact[: exact.startswith("\ufeff")], "\r\n" if "\r" in exact else "\n"
    assert rewrite(exact, found) == mark + plain.replace("\n", line_end)


def test_lines_that_did_not_change_keep_their_ends_where_a_file_mixes_them() -> None:
    mixed = (
        TEXT.replace("version: 1", "version: 1 \r")
        .replace(" \r   #", "   #")
        .replace("One the the\n", "One the the\r\n")
    )
    found = parse(mixed)
    found.version = 2
    assert rewrite(mixed, found) == mixed.replace("version: 1", "version: 2")


def test_a_file_with_nothing_but_marks_has_its_places() -> None:
    text = ExactText("\ufeffa\r\nb\nc\r\n")
    assert text.read == "a\nb\nc\n"
    assert [text.exact[text.place(place)] for place in range(5)] == ["a", "\r", "b", "\n", "c"]
    assert text.with_edits([(2, 3, "x\ny")]) == "\ufeffa\r\nx\r\ny\nc\r\n"


def test_a_file_is_read_exactly_or_as_it_is_parsed(exact: str, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(exact.encode())
    assert (read_source(path).exact_text, read_source(path).text) == (exact, TEXT)


def test_agreeing_keeps_every_line_end(exact: str, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(exact.encode())
    agree(path, "ofsted", "Ada Example", date(2024, 7, 10))
    after = path.read_bytes().decode()
    assert after.startswith(exact)
    added = after.removeprefix(exact)
    assert added.count("\r\n") == ("\r" in exact) * added.count("\n") > -1


def test_corrections_keep_every_line_end(exact: str, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(exact.encode())
    assert mend(path, Look()) == (exact, exact.replace("the the", "the"))
