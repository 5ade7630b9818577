"""The verbs publish, verify, withdraw and agree: what they write, what they say, and the codes they leave with."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from letters.cli import main
from letters.files.packs import verify as altered
from letters.formats.braille import cells as braille_page
from tests.publication.works import agreed, published, real_art, write_inspection
from tests.rounds import write_round

COMMENTED = """# The letter to Exmere.
stage: final
id: smallest  # once and for all
signatories:
  # Ofsted signs first.
  - {inspectorate: ofsted, name: Cy Example, title: ["National Director, Ofsted"]}
  - {inspectorate: cqc, name: Di Example, title: ["Deputy Chief Inspector, CQC"]}
inspectorates: [ofsted, cqc]
area: {name: Exmere, urn: "80999"}
round: {theme: neglect}
partnership: {name: Exmere Safeguarding Children Partnership}
dates:
  fieldwork: {start: 2024-05-20, end: 2024-05-24}
  letter: 2024-07-11
  received: 2024-07-03
addressees:
  - {name: Ada Example, role: Director of Children’s Services}
strengths:
  - The patience that foster carers show.  # said on day two
next_steps: {principal_authority: Exmere Council, email: statements@exmere.example}
"""


def run(*arguments: object) -> Result:
    """Run the program; what it says is never a traceback."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an inspection that may be published, its art and its pack."""
    published(tmp_path, "txt")
    return tmp_path


def test_publish_says_what_stands_where(folder: Path) -> None:
    file = folder / "inspection.yaml"
    result = run("publish", file, "-o", folder / "new", "--art", folder / "art", "--only", "txt", "--only", "html")
    assert (result.exit_code, result.stdout) == (0, f"published {file} as {folder / 'new'} (25 files)\n")
    assert altered(folder / "new") == []


def test_publish_takes_a_round_too(tmp_path: Path) -> None:
    path, art = write_round(tmp_path), real_art(tmp_path)
    for name in ("ofsted", "cqc"):
        given = ("--inspectorate", name, "--name", "Ada Example", "--on", "2024-12-01")
        assert run("agree", path, *given).exit_code == 0
    result = run("publish", path, "-o", tmp_path / "pack", "--art", art, "--only", "txt")
    assert (result.exit_code, altered(tmp_path / "pack")) == (0, [])


def test_publish_says_what_it_could_not_make(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(braille_page, "BINDING", "/nowhere/louis.py")
    given = ("-o", folder / "pack", "--art", folder / "art", "--only", "brf", "--only", "txt", "--jobs", "1")
    monkeypatch.setattr(braille_page, "liblouis", braille_page.liblouis.__wrapped__)
    result = run("publish", folder / "inspection.yaml", *given)
    assert result.exit_code == 0
    (line,) = [line for line in result.output.splitlines() if line.startswith("not made: ")]
    assert "Install it: apt-get install liblouis20" in line


def test_publish_gives_every_reason_at_once_and_leaves_with_one(tmp_path: Path) -> None:
    path = write_inspection(tmp_path, stage="draft")
    result = run("publish", path, "-o", tmp_path / "pack")
    assert result.exit_code == 1
    for said in ("P1 it is a draft", "P3 logos/", "P4 ofsted has not agreed", "P4 cqc has not agreed"):
        assert said in result.output
    assert not (tmp_path / "pack").exists()


def test_publish_of_many_goes_on_and_leaves_with_the_worst_code(tmp_path: Path) -> None:
    paths = [agreed(write_inspection(tmp_path / name, id=name)) for name in ("ashby", "birley", "corby")]
    paths[1].write_text("id: [")
    result = run("publish", *paths, "-o", tmp_path / "packs", "--art", real_art(tmp_path), "--only", "txt", "--jobs", 1)
    assert result.exit_code == 3
    assert result.output.count("\npublished ") == 2
    assert "2 of 3 packs published" in result.output
    assert "birley/inspection.yaml:" in result.output


def test_publish_corrects_a_pack(folder: Path) -> None:
    path = agreed(write_inspection(folder, strengths=[{"id": "S-01", "text": "The great patience of foster carers."}]))
    given = ("-o", folder / "pack", "--art", folder / "art", "--only", "txt", "--on", "2024-08-01")
    refused = run("publish", path, *given, "--corrects", folder / "pack")
    assert (refused.exit_code, "--note is empty." in refused.output) == (1, True)
    assert run("publish", path, *given, "--corrects", folder / "pack", "--note", "One word.").exit_code == 0
    (text,) = (folder / "pack/cqc").glob("*.txt")
    assert "Amended on 1 August 2024: One word." in text.read_text("utf-8").replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ("publish nowhere.yaml -o x", 3, "nowhere.yaml: cannot be read: No such file or directory"),
        ("publish . -o x", 3, ".: cannot be read: Is a directory"),
        ("publish inspection.yaml", 2, "Missing option '-o'"),
        ("publish inspection.yaml -o x --on soon", 2, "'soon' is not a date. Write it as 2024-07-11."),
        ("publish inspection.yaml -o x --on 2024-02-30", 2, "'2024-02-30' is not a date"),
        ("publish inspection.yaml -o x --on 2024-06-20 --art art", 1, "P5 20"),
        ("publish inspection.yaml -o x --only rtf", 2, "'rtf' is not one of"),
        ("publish inspection.yaml -o x --art nowhere", 3, "nowhere: this art folder does not exist"),
        ("publish inspection.yaml -o . --art art", 3, ". contains files that are not part of a pack"),
        ("publish inspection.yaml -o art/logos --art art", 3, "art/logos contains files that are not part of a pack"),
        ("publish inspection.yaml -o inspection.yaml --only txt --art art", 3, "inspection.yaml: this is not a folder"),
        ("publish inspection.yaml -o /proc/x --only txt --art art", 1, "/proc/x cannot be written"),
        ("publish inspection.yaml -o x --corrects nowhere --note x", 3, "nowhere/manifest.json: cannot be read"),
        ("publish inspection.yaml other.yaml -o x --corrects pack", 2, "--corrects replaces one pack"),
        ("verify nowhere", 3, "nowhere/manifest.json: cannot be read"),
        ("verify inspection.yaml", 3, "cannot be read: Not a directory"),
        ("verify garbled", 3, "garbled/manifest.json: this is not a manifest. Publish the pack again."),
        ("withdraw garbled --on 2024-08-01 --reason x", 3, "this is not a manifest"),
        ("withdraw nowhere --on 2024-08-01 --reason x", 3, "cannot be read"),
        ("withdraw pack --on yesterday --reason x", 2, "'yesterday' is not a date"),
        ("withdraw pack --on 2024-01-01 --reason x", 1, "Give a later day with --on."),
        ("withdraw pack --on 2024-08-01", 2, "Missing option '--reason'"),
        ("agree nowhere.yaml --inspectorate cqc --name A --on 2024-07-01", 3, "nowhere.yaml: cannot be read"),
        ("agree . --inspectorate cqc --name A --on 2024-07-01", 3, "Is a directory"),
        (
            "agree inspection.yaml --inspectorate hmicfrs --name A --on 2024-07-01",
            1,
            "'hmicfrs' is not one of the inspectorates",
        ),
        (
            "agree inspection.yaml --inspectorate nobody --name A --on 2024-07-01",
            1,
            "'nobody' is not one of the inspectorates. They are ofsted, cqc.",
        ),
        ("agree inspection.yaml --inspectorate cqc --name A --on 2024-13-01", 2, "'2024-13-01' is not a date"),
    ],
)
def test_a_mistake_is_said_in_words_and_changes_nothing(
    arguments: str, code: int, said: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "garbled").mkdir()
    (folder / "garbled/manifest.json").write_text("{")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    monkeypatch.chdir(folder)
    result = run(*arguments.split())
    assert (result.exit_code, said in result.output) == (code, True), result.output
    assert "Traceback" not in result.output
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_verify_leaves_with_one_where_something_was_altered(folder: Path) -> None:
    pack = folder / "pack"
    assert (run("verify", pack).exit_code, run("verify", pack).output) == (0, f"{pack} is complete and unaltered\n")
    (pack / "words.txt").write_text("Other words.")
    result = run("verify", pack)
    assert (result.exit_code, result.output) == (1, f"{pack}: words.txt was altered\n{pack} is not as published\n")
    spoken = run("verify", pack, "--json")
    assert spoken.exit_code == 1
    assert json.loads(spoken.output) == {"pack": str(pack), "whole": False, "altered": ["words.txt was altered"]}


def test_withdraw_leaves_a_pack_that_verifies(folder: Path) -> None:
    result = run("withdraw", folder / "pack", "--on", "2024-08-01", "--reason", "It named a child.")
    assert (result.exit_code, result.output) == (0, f"withdrew {folder / 'pack'}\n")
    assert "It named a child." in (folder / "pack/ofsted/index.html").read_text("utf-8")
    assert run("verify", folder / "pack").exit_code == 0


def test_agree_keeps_comments_and_order_and_adds_what_was_agreed(tmp_path: Path) -> None:
    path = tmp_path / "inspection.yaml"
    path.write_text(COMMENTED, "utf-8")
    result = run("agree", path, "--inspectorate", "cqc", "--name", "Di Example", "--on", "2024-07-10")
    text = path.read_text("utf-8")
    assert result.exit_code == 0
    assert text.startswith(COMMENTED)
    added = text.removeprefix(COMMENTED)
    (words,) = [word for word in result.output.split() if len(word) == 20]
    assert (
        added.split()
        == f"agreements: - inspectorate: cqc name: Di Example agreed_on: 2024-07-10 words: {words}".split()
    )


def test_agreeing_again_takes_the_place_of_the_earlier_agreement(tmp_path: Path) -> None:
    path = tmp_path / "inspection.yaml"
    path.write_text(COMMENTED, "utf-8")
    for name, day in (("cqc", "2024-07-09"), ("ofsted", "2024-07-09"), ("cqc", "2024-07-10")):
        run("agree", path, "--inspectorate", name, "--name", "Di Example", "--on", day)
    text = path.read_text("utf-8")
    assert (
        text.count("inspectorate: cqc\n"),
        text.count("agreed_on: 2024-07-09"),
        text.count("agreed_on: 2024-07-10"),
    ) == (1, 1, 1)
    assert text.startswith(COMMENTED)
