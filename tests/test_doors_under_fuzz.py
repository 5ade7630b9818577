"""Every door, with whatever may come through it: a sentence and an exit code, and never an exception."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from letters.cli import main
from tests.conftest import ROOT

SOURCE, COPY = ROOT / "fixtures/returned/cawdale.yaml", ROOT / "fixtures/returned/cqc.docx"
ROUNDS = settings(
    max_examples=int(os.environ.get("LETTERS_FUZZ_ROUNDS", "25")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
ROW = st.dictionaries(
    st.sampled_from(
        ["change", "author", "before", "after", "when", "fate", "around", "kind", "decision", "reason", "copy"]
    ),
    VALUES,
    max_size=8,
)
MANIFEST = st.dictionaries(
    st.sampled_from(
        ["identifier", "title", "version", "published", "state", "words", "source", "inspectorates", "files", "page",
         "amended", "withdrawn", "agreed", "set aside", "missing", "made by"]
    ),
    VALUES,
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with an inspection file and a reviewed copy."""
    place = tmp_path_factory.mktemp("doors")
    shutil.copy(SOURCE, place / "i.yaml")
    shutil.copy(COPY, place / "back.docx")
    yield place
    shutil.rmtree(place, ignore_errors=True)


def sound(*arguments: object) -> None:
    """Run a command, and see that it ends with an exit code and words of its own."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    raised = result.exception
    assert raised is None or isinstance(raised, SystemExit), f"{type(raised).__name__}: {raised}"
    assert "the program failed on it" not in result.output
    assert len(result.output.splitlines()) < 300


@ROUNDS
@given(text=st.text(max_size=200) | st.binary(max_size=200).map(lambda data: data.decode("latin-1")))
def test_any_text_as_an_inspection(folder: Path, text: str) -> None:
    (folder / "x.yaml").write_text(text, "utf-8", errors="surrogateescape")
    for arguments in (("check", folder / "x.yaml"), ("overview", folder / "x.yaml", "-o", folder / "o.txt")):
        sound(*arguments)


@ROUNDS
@given(rows=st.lists(ROW, max_size=3) | VALUES)
def test_any_ledger(folder: Path, rows: Any) -> None:
    (folder / "l.json").write_text(json.dumps({"changes": rows}))
    sound("redline", folder / "i.yaml", folder / "i.yaml", "-o", folder / "r.docx", "--ledger", folder / "l.json")


@ROUNDS
@given(rows=st.lists(ROW, max_size=3) | VALUES)
def test_any_decisions(folder: Path, rows: Any) -> None:
    (folder / "d.yaml").write_text(json.dumps({"decisions": rows}))
    arguments = (
        "merge",
        folder / "i.yaml",
        folder / "back.docx",
        "-o",
        folder / "n.yaml",
        "--decisions",
        folder / "d.yaml",
    )
    sound(*arguments, "--force")


@ROUNDS
@given(manifest=MANIFEST | VALUES)
def test_any_manifest(folder: Path, manifest: Any) -> None:
    pack = folder / "pack"
    pack.mkdir(exist_ok=True)
    (pack / "manifest.json").write_text(json.dumps(manifest))
    sound("verify", pack)
    sound("withdraw", pack, "--on", "2024-08-01", "--reason", "x")


@ROUNDS
@given(place=st.floats(0, 1), value=st.integers(0, 255), length=st.integers(1, 8))
def test_a_copy_with_broken_bytes(folder: Path, place: float, value: int, length: int) -> None:
    data = bytearray(COPY.read_bytes())
    start = int(place * (len(data) - length))
    data[start : start + length] = bytes([value]) * length
    (folder / "b.docx").write_bytes(bytes(data))
    sound("changes", folder / "i.yaml", folder / "b.docx")


@ROUNDS
@given(
    name=st.text(max_size=20).filter(lambda text: "\0" not in text and not text.startswith("-")),
    day=st.text(max_size=12).filter(lambda text: "\0" not in text and not text.startswith("-"))
    | st.sampled_from(["9999-12-31", "0001-01-01", "2024-02-30"]),
)
def test_any_option(folder: Path, name: str, day: str) -> None:
    shutil.copy(ROOT / "fixtures/cawdale/inspection.yaml", folder / "a.yaml")
    sound("agree", folder / "a.yaml", "--inspectorate", "cqc", "--name", name, "--on", day)
    sound("agree", folder / "a.yaml", "--inspectorate", "cqc", "--name", name, "--on", "2024-07-11")
    sound("rules", name)
    sound("publish", folder / "a.yaml", "-o", folder / "p", "--on", day, "--only", "txt")


@pytest.fixture(scope="module")
def letters_of_old(folder: Path) -> dict[str, bytes]:
    """An older letter as PDF and as Word file."""
    for suffix in (".pdf", ".docx"):
        sound("compose", ROOT / "fixtures/dunmere/inspection.yaml", "-o", folder / f"old{suffix}")
    return {suffix: (folder / f"old{suffix}").read_bytes() for suffix in (".pdf", ".docx")}


@ROUNDS
@given(
    suffix=st.sampled_from([".pdf", ".docx"]),
    places=st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=6)), max_size=12),
    end=st.floats(0.2, 1),
)
def test_any_older_letter(
    folder: Path, letters_of_old: dict[str, bytes], suffix: str, places: list[tuple[float, bytes]], end: float
) -> None:
    data = bytearray(letters_of_old[suffix])
    for place, other in places:
        start = int(place * (len(data) - 6))
        data[start : start + len(other)] = other
    old, new = folder / f"broken{suffix}", folder / "new.yaml"
    old.write_bytes(data[: int(end * len(data))] if end < 0.6 else data)
    new.unlink(missing_ok=True)
    sound("import", old, "-o", new)
