"""Templates of a house's own: a file takes the place of the shipped one of its path, and of nothing else."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from letters.cli import main
from letters.composition.letter import compose
from letters.document.walk import words
from letters.errors import HouseFault, TemplateFault
from letters.houses.loading import house
from tests.builders import inspection
from tests.conftest import ROOT

NEXT_STEPS = (ROOT / "templates/shared/next-steps.md").read_text("utf-8")


def folder_with(folder: Path, text: str) -> Path:
    """Return a folder of templates with one shared text."""
    (folder / "shared").mkdir(parents=True, exist_ok=True)
    (folder / "shared/next-steps.md").write_text(text, "utf-8")
    return folder


def letter_words(templates: Path) -> str:
    """Return the words of the smallest letter with templates of one's own."""
    return " ".join(words(compose(inspection(), house("joint", templates=templates))))


def test_a_text_of_ones_own_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    own = folder_with(tmp_path, NEXT_STEPS.replace("It will inform", "This plan will inform"))
    assert "This plan will inform" in letter_words(own)


def test_a_changed_text_is_seen_at_once(tmp_path: Path) -> None:
    letter_words(folder_with(tmp_path, NEXT_STEPS.replace("It will inform", "This plan will inform")))
    own = folder_with(tmp_path, NEXT_STEPS.replace("It will inform", "The plan informs"))
    assert "The plan informs" in letter_words(own)


def test_every_command_that_composes_takes_the_folder(tmp_path: Path) -> None:
    for name in ("compose", "check", "send", "changes", "merge", "redline", "agree", "publish"):
        assert "--templates" in CliRunner().invoke(main, [name, "--help"]).output


def test_the_command_line_composes_with_it(tmp_path: Path) -> None:
    own = folder_with(tmp_path / "own", NEXT_STEPS.replace("It will inform", "This plan will inform"))
    source = ROOT / "fixtures/ansford/inspection.yaml"
    out = tmp_path / "letter.txt"
    result = CliRunner().invoke(main, ["compose", str(source), "--templates", str(own), "-o", str(out)])
    assert (result.exit_code, "This plan will inform" in " ".join(out.read_text("utf-8").split())) == (0, True)


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(HouseFault, match="this folder of templates does not exist"):
        house("joint", templates=tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("text", "said"),
    [("{{ nobody }} \n", "nobody"), ("{% if %}", "next-steps.md"), ("\ue000", "marks a value")],
)
def test_a_garbled_text_is_said(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(TemplateFault, match=said):
        letter_words(folder_with(tmp_path, text))
