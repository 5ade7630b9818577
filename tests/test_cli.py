"""The command line: what it writes, what it says, and the codes it leaves with."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

import letters
from letters.cli import main
from letters.files import workers
from letters.files.disk import load
from letters.findings.parsing import parse as load_text
from letters.findings.starting import schema
from letters.findings.yaml_source import YamlSource
from tests.conftest import INSPECTIONS, ROOT

GOOD, OTHER = ROOT / "fixtures/dunmere/inspection.yaml", ROOT / "fixtures/harcombe/inspection.yaml"
BAD = ROOT / "fixtures/broken/unknown-field.yaml"
LOST = ROOT / "fixtures/broken/no-deadline.yaml"


def run(*arguments: object) -> Result:
    """Run the program."""
    return CliRunner(env={"COLUMNS": "110"}).invoke(main, [str(argument) for argument in arguments])


def test_a_folder_gets_all_four_formats(tmp_path: Path) -> None:
    result = run("compose", GOOD, "-o", tmp_path / "out")
    assert result.exit_code == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        f"dunmere-2023.{kind}" for kind in ("docx", "html", "pdf", "txt")
    ]
    assert result.output.count("wrote ") == 4
    assert "uses the free font Arimo" in result.output


@pytest.mark.parametrize("name", ["letter.docx", "letter.txt"])
def test_a_file_gets_the_format_that_its_suffix_names(name: str, tmp_path: Path) -> None:
    assert run("compose", GOOD, "-o", tmp_path / name).exit_code == 0
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_one_bad_inspection_does_not_stop_the_others(tmp_path: Path) -> None:
    result = run("compose", GOOD, BAD, OTHER, "-o", tmp_path)
    assert result.exit_code == 3
    assert len(list(tmp_path.glob("*.docx"))) == 2
    assert (
        "unknown-field.yaml:19: strengths[1].txt: there is no field 'txt' here. Did you mean 'text'?" in result.output
    )
    assert "2 of 3 letters written" in result.output


def test_workers_write_the_same_letters(tmp_path: Path) -> None:
    run("compose", GOOD, OTHER, "-o", tmp_path / "one", "--jobs", 1)
    assert run("compose", GOOD, OTHER, "-o", tmp_path / "two", "--jobs", 2).exit_code == 0
    files = [{path.name: path.read_bytes() for path in (tmp_path / folder).iterdir()} for folder in ("one", "two")]
    assert files[0] == files[1]


def test_workers_are_replaced_on_the_way_and_none_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "FILES_A_WORKER", 2)
    text = GOOD.read_text("utf-8")
    for number in range(9):
        (tmp_path / f"{number}.yaml").write_text(text.replace("id: dunmere-2023", f"id: copy-{number}", 1), "utf-8")
    paths = sorted(tmp_path.glob("*.yaml"))
    checked = list(letters.check_all(paths, jobs=2))
    assert sorted(outcome.source for outcome in checked) == paths


def test_two_inspections_of_one_id_are_not_written_over_each_other(tmp_path: Path) -> None:
    copy = tmp_path / "copy.yaml"
    shutil.copy(GOOD, copy)
    result = run("compose", GOOD, copy, "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert "copy.yaml: 'dunmere-2023' is also the id of" in result.output


def test_what_was_there_before_stays_when_a_letter_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "letter.docx").write_text("before")
    result = run("compose", LOST, "-o", tmp_path / "letter.docx")
    assert result.exit_code == 1
    assert "no-deadline.yaml: the deadline of the written statement runs from dates.received" in result.output
    assert (tmp_path / "letter.docx").read_text() == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["letter.docx"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["compose", GOOD, OTHER, "-o", "x.docx"], 2, "is one file, and there are 2 inspections"),
        (["compose", GOOD, "-o", "x.rtf"], 2, ".rtf is not a known format"),
        (["compose", "nowhere.yaml"], 3, "nowhere.yaml: cannot be read"),
        (["compose", GOOD, "--house", "nobody"], 3, "there is no house 'nobody'"),
        (["compose", GOOD, "--art", "nowhere"], 3, "this art folder does not exist"),
        (["compose"], 2, "Missing argument"),
        (["compose", GOOD, "-o", "/proc/nothing"], 1, "cannot be written"),
        (["new", "9"], 1, "cannot be an id"),
    ],
)
def test_a_mistake_is_said_in_words_and_never_as_a_traceback(arguments: list[object], code: int, said: str) -> None:
    result = run(*arguments)
    assert (result.exit_code, said in result.output) == (code, True), result.output
    assert "Traceback" not in result.output


def test_a_stage_can_be_chosen_for_one_run(tmp_path: Path) -> None:
    run("compose", GOOD, "-o", tmp_path / "a.txt", "--stage", "agreement")
    assert (tmp_path / "a.txt").read_text("utf-8").splitlines()[3].startswith("Draft for agreement, version")


def test_a_new_inspection_file_is_commented_and_makes_a_letter(tmp_path: Path) -> None:
    path = tmp_path / "northwold" / "inspection.yaml"
    assert run("new", path).exit_code == 0
    assert load(path).id == "northwold"
    assert path.read_text("utf-8").count("#") > 10
    assert run("compose", path, "-o", tmp_path / "letter.docx").exit_code == 0


def test_a_new_file_never_takes_the_place_of_another(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("mine")
    result = run("new", path)
    assert (result.exit_code, path.read_text()) == (1, "mine")
    assert "already exists" in result.output


def test_the_schema_in_the_repository_is_the_one_the_program_prints(tmp_path: Path) -> None:
    printed = run("schema")
    assert printed.exit_code == 0
    assert json.loads(printed.output) == schema() == json.loads((ROOT / "schema/inspection.json").read_text("utf-8"))
    assert run("schema", "-o", tmp_path / "s.json").exit_code == 0


@pytest.mark.parametrize("name", [*INSPECTIONS, "the smallest file of the README"])
def test_the_schema_takes_every_sound_file(name: str) -> None:
    if name in INSPECTIONS:
        text = (ROOT / "fixtures" / name / "inspection.yaml").read_text("utf-8")
    else:
        (text,) = re.findall(r"```yaml\n(id: .*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
        assert load_text(text).id == "exmere-2024"
    jsonschema.validate(json.loads(json.dumps(YamlSource(text).data, default=str)), schema())


def test_every_field_is_described_in_the_schema() -> None:
    found = schema()
    models = {"Inspection": found, **found["$defs"]}
    silent = [
        f"{name}.{field}"
        for name, model in models.items()
        for field, said in model.get("properties", {}).items()
        if "description" not in said and "$ref" not in said
    ]
    assert silent == []


def test_dates_and_houses_are_listed_for_people_and_programs() -> None:
    assert "notice" in run("dates", GOOD).output
    assert json.loads(run("dates", GOOD, "--json").output)[0]["step"] == "notice"
    assert "joint" in run("houses").output
    assert set(json.loads(run("houses", "--json").output)) == {"cqc", "hmicfrs", "hmiprobation", "joint", "ofsted"}


def test_every_verb_is_in_the_document_of_the_command_line() -> None:
    document = (ROOT / "docs/cli.md").read_text("utf-8")
    assert [name for name in main.commands if f"## letters {name}" not in document] == []
    options = [
        option
        for command in main.commands.values()
        for parameter in command.params
        for option in parameter.opts
        if option.startswith("--")
    ]
    assert [option for option in options if f"`{option}" not in document] == []


def test_check_prints_a_table_with_places_and_leaves_with_the_right_code(tmp_path: Path) -> None:
    assert run("check", GOOD).exit_code == 0
    bad = tmp_path / "bad.yaml"
    bad.write_text(
        GOOD.read_text("utf-8").replace("strengths:\n", "strengths:\n  - Leadership was judged to be inadequate.\n", 1),
        "utf-8",
    )
    result = run("check", bad)
    assert result.exit_code == 1
    assert "V7 error" in result.output
    assert "1 errors" in result.output


def test_check_speaks_json_and_writes_a_page(tmp_path: Path) -> None:
    noticed = ROOT / "fixtures/farrowby/inspection.yaml"
    rows = json.loads(run("check", noticed, "--gate", "publication", "--json").output)[str(noticed)]
    assert {"rule", "level", "finding", "field", "line", "message", "remedy"} <= set(rows[0])
    assert run("check", GOOD, "--html", tmp_path / "page.html").exit_code == 0
    assert "<h1>Checks of Joint targeted area inspection" in (tmp_path / "page.html").read_text("utf-8")


def test_the_page_of_checks_leads_to_the_first_error_that_is_open(tmp_path: Path) -> None:
    words = (ROOT / "fixtures/dunmere/inspection.yaml").read_text("utf-8")
    faulty = tmp_path / "inspection.yaml"
    faulty.write_text(words.replace("text: ", "text: TBC ", 3), "utf-8")
    run("check", faulty, "--gate", "publication", "--html", tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text("utf-8")
    assert '<a href="#first-error">Go to the first error</a>' in page
    first = page.index('<li id="first-error" class="open-error">')
    assert page.index('<li class="open-error">') > first
    assert page.count('id="first-error"') == 1


def test_check_goes_on_after_an_unreadable_file() -> None:
    result = run("check", GOOD, BAD, LOST)
    assert result.exit_code == 3
    assert "unknown-field.yaml:19" in result.output
    assert "V19 error" in result.output
    assert "0 errors" in result.output


def test_fix_shows_the_difference_and_asks_first(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    text = GOOD.read_text("utf-8").replace(
        "strengths:\n", "strengths:\n  - The care of of the carers.  # said on day two\n", 1
    )
    path.write_text(text, "utf-8")
    asked = CliRunner().invoke(main, ["check", str(path), "--fix"], input="n\n")
    assert re.search(r"^\+  - The care of the carers\. +# said on day two$", asked.output, re.MULTILINE)
    assert asked.output.count("\n-") == 1
    assert path.read_text("utf-8") == text
    assert run("check", path, "--fix", "--yes").exit_code == 0
    assert "  - The care of the carers." in path.read_text("utf-8")


def test_rules_are_listed_and_explained() -> None:
    assert run("rules").output.count("\n") == 61
    assert "70 working days" in run("rules", "V17").output
    assert json.loads(run("rules", "V17", "--json").output)[0]["rule"] == "V17"
    assert run("rules", "V99").exit_code == 2


def test_an_overview_is_written_with_its_trace_and_its_warnings_said(tmp_path: Path) -> None:
    path = ROOT / "fixtures/rounds/domestic-abuse-2025.yaml"
    result = run("overview", path, "-o", tmp_path / "report.txt", "--trace")
    assert result.exit_code == 0, result.output
    assert "cites findings" in result.output
    rows = json.loads((tmp_path / "domestic-abuse-2025-overview-trace.json").read_text("utf-8"))
    assert {"lesson", "count", "quotation", "list", "example", "table", "chart"} == {row["kind"] for row in rows}
    assert "It cites findings from one area only." in (tmp_path / "domestic-abuse-2025-overview-trace.html").read_text(
        "utf-8"
    )


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["overview", "nowhere.yaml"], 3, "cannot be read"),
        (["overview", GOOD], 3, "this is an inspection file and not a round"),
        (["overview", GOOD, "-o", "x.rtf"], 2, "is not a known format"),
        (["rules", "O4"], 0, "A proportion is written as a count"),
        (["rules", "P3"], 0, "Logos and signatures are real"),
        (["schema", "--of", "round"], 0, "strapline"),
    ],
)
def test_verbs_of_rounds_say_what_is_wrong(arguments: list[object], code: int, said: str) -> None:
    result = run(*arguments)
    assert (result.exit_code, said in result.output) == (code, True), result.output


def test_the_schema_of_rounds_in_the_repository_takes_every_round() -> None:
    found = json.loads((ROOT / "schema/round.json").read_text("utf-8"))
    assert found == json.loads(run("schema", "--of", "round").output)
    for path in (ROOT / "fixtures/rounds").glob("*.yaml"):
        jsonschema.validate(json.loads(json.dumps(YamlSource(path.read_text("utf-8")).data, default=str)), found)


@pytest.mark.parametrize("verb", [("rules",), ("check", GOOD, "--json"), ("schema",), ("--help",)])
def test_a_full_disk_behind_what_is_printed_gives_a_line(verb: tuple[object, ...]) -> None:
    command = [sys.executable, "-m", "letters", *map(str, verb)]
    with open("/dev/full", "w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert done.stderr == "what letters prints cannot be written: No space left on device. Send it somewhere else.\n"
