"""Files of people: nothing that was there is lost, and a file stays the file that it was."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import letters
from letters.cli import main
from letters.errors import FormatFault, LettersError, VersionFault
from letters.files.disk import ASIDE, replace_file, replace_unchanged
from tests.conftest import ROOT

CAWDALE = ROOT / "fixtures/returned/cawdale.yaml"
AGREE = """
import sys
from datetime import date
from pathlib import Path
import letters
letters.agree(Path(sys.argv[1]), sys.argv[2], "Ada Example", date(2025, 1, 1))
"""


@pytest.fixture
def inspection(tmp_path: Path) -> Path:
    """An inspection file of its own."""
    return Path(shutil.copy(CAWDALE, tmp_path / "i.yaml"))


def run(*arguments: object) -> str:
    """Return what the command line says."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments]).output


def test_inspectorates_that_agree_at_once_lose_nothing(inspection: Path) -> None:
    names = ("ofsted", "cqc", "hmicfrs", "hmiprobation")
    running = [subprocess.Popen([sys.executable, "-c", AGREE, str(inspection), name]) for name in names * 3]
    assert [process.wait() for process in running] == [0] * 3 * len(names)
    agreed = {agreement.inspectorate for agreement in letters.load(inspection).agreements}
    assert agreed == set(names)


def test_a_file_keeps_its_mode_and_its_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.yaml", tmp_path / "link.yaml"
    real.write_text("old")
    real.chmod(0o600)
    link.symlink_to(real)
    replace_file(link, b"new")
    assert (link.is_symlink(), real.read_text(), real.stat().st_mode & 0o777) == (True, "new", 0o600)


def test_what_a_killed_writer_left_is_taken_away_and_nothing_else(tmp_path: Path) -> None:
    stray, other = tmp_path / f".a.yaml{ASIDE}0123abcd", tmp_path / f".a.yaml{ASIDE}notes"
    stray.write_text("confidential")
    other.write_text("kept by hand")
    replace_file(tmp_path / "a.yaml", b"new")
    assert sorted(path.name for path in tmp_path.iterdir()) == [f".a.yaml{ASIDE}notes", "a.yaml"]


def test_a_file_that_cannot_be_written_stays_and_leaves_nothing_beside(tmp_path: Path) -> None:
    with pytest.raises(FormatFault, match="cannot be written"):
        replace_file(Path("/proc/x/y"), b"new")
    assert list(tmp_path.iterdir()) == []


def test_a_text_that_somebody_saved_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("saved by a colleague")
    assert not replace_unchanged(path, "as it was read", "corrected")
    assert path.read_text() == "saved by a colleague"


@pytest.mark.parametrize(
    "arguments",
    [
        ("compose", "i.yaml", "-o", "i.yaml"),
        ("check", "i.yaml", "--html", "i.yaml"),
        ("schema", "-o", "i.yaml"),
        ("redline", "sent/d.docx", "i.yaml", "-o", "sent/d.docx"),
        ("merge", "i.yaml", "back.docx", "-o", "i.yaml"),
        ("merge", "i.yaml", "back.docx", "-o", "n.yaml", "--combined", "back.docx"),
        ("merge", "i.yaml", "back.docx", "-o", "n.yaml", "--ledger", "sent/d.docx"),
        ("merge", "i.yaml", "back.docx", "-o", "n.yaml", "--decisions", "i.yaml"),
        ("send", "i.yaml", "-o", "sent"),
    ],
    ids=lambda arguments: " ".join(arguments),
)
def test_no_output_lands_on_an_input(
    arguments: tuple[str, ...], inspection: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(inspection.parent)
    letters.send(inspection, inspection.parent)
    draft = next(inspection.parent.glob("cawdale*.docx"))
    draft.rename("back.docx")
    shutil.copy("back.docx", "sent/d.docx")
    before = {path: path.read_bytes() for path in inspection.parent.rglob("*") if path.is_file()}
    result = CliRunner().invoke(main, list(arguments))
    assert result.exit_code != 0
    assert {path: path.read_bytes() for path in before} == before


def test_a_draft_in_which_somebody_worked_is_not_sent_over(inspection: Path) -> None:
    draft = letters.send(inspection, inspection.parent / "out")
    draft.write_bytes(b"somebody's work")
    with pytest.raises(VersionFault, match="--force"):
        letters.send(inspection, inspection.parent / "out")
    assert draft.read_bytes() == b"somebody's work"
    letters.send(inspection, inspection.parent / "out", force=True)
    assert draft.read_bytes() != b"somebody's work"


def test_composing_twice_asks_nothing_and_a_reviewed_file_is_kept(inspection: Path) -> None:
    out = inspection.parent / "letter.docx"
    assert "wrote" in run("compose", inspection, "-o", out)
    assert "wrote" in run("compose", inspection, "-o", out)
    shutil.copy(ROOT / "fixtures/returned/cqc.docx", out)
    assert "has tracked changes or comments" in run("compose", inspection, "-o", out)
    assert out.read_bytes() == (ROOT / "fixtures/returned/cqc.docx").read_bytes()
    assert "wrote" in run("compose", inspection, "-o", out, "--force")


def test_a_next_file_that_somebody_changed_after_the_merge_is_kept(tmp_path: Path) -> None:
    source = Path(shutil.copy(ROOT / "fixtures/returned/cawdale.yaml", tmp_path / "i.yaml"))
    copy, out, ledger = ROOT / "fixtures/returned/cqc.docx", tmp_path / "next.yaml", tmp_path / "ledger.json"
    letters.merge(source, [copy], out, ledger=ledger)
    letters.merge(source, [copy], out, ledger=ledger)
    out.write_text(out.read_text("utf-8") + "# by hand\n", "utf-8")
    with pytest.raises(LettersError, match="changed after the merge"):
        letters.merge(source, [copy], out, ledger=ledger)
    assert out.read_text("utf-8").endswith("# by hand\n")


def test_a_new_file_has_the_mode_that_new_files_have(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        replace_file(tmp_path / "a.txt", b"new")
    finally:
        os.umask(mask)
    assert (tmp_path / "a.txt").stat().st_mode & 0o777 == 0o640


def test_what_is_made_of_a_private_file_is_no_less_private(inspection: Path) -> None:
    inspection.chmod(0o600)
    draft = letters.send(inspection, inspection.parent / "out")
    assert draft.stat().st_mode & 0o077 == 0


def test_a_merge_does_not_write_over_another_inspection(tmp_path: Path) -> None:
    source = Path(shutil.copy(ROOT / "fixtures/returned/cawdale.yaml", tmp_path / "i.yaml"))
    other = Path(shutil.copy(ROOT / "fixtures/ansford/inspection.yaml", tmp_path / "ansford.yaml"))
    with pytest.raises(VersionFault, match="no earlier result of this merge"):
        letters.merge(source, [ROOT / "fixtures/returned/cqc.docx"], other)
    assert other.read_bytes() == (ROOT / "fixtures/ansford/inspection.yaml").read_bytes()
