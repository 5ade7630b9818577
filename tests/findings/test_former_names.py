"""Names and words that YAML readers take for something else: none is in our files, and the old one is still read."""

from typing import Any

import pytest
import yaml
from ruamel.yaml import YAML

from letters.errors import InspectionFaults
from letters.findings.parsing import parse
from letters.findings.rewriting import rewrite, rewrite_round
from letters.findings.round_parsing import parse_round_file
from letters.findings.starting import round_schema, schema, text
from letters.findings.yaml_writing import reads_as_text
from tests.conftest import ROOT
from tests.findings.test_one_word import HEAD

SOUND = [path for path in sorted((ROOT / "fixtures").rglob("*.yaml")) if path.parent.name != "broken"]
AGREED = "agreements:\n  - inspectorate: ofsted\n    name: Ada Example\n    on: 2024-07-09   # by mail\n    words: 0000000000000000000f\n"


@pytest.mark.parametrize("path", SOUND, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_two_readers_of_two_versions_of_yaml_read_every_fixture_alike(path: Any) -> None:
    written = path.read_text("utf-8")
    assert repr(yaml.safe_load(written)) == repr(YAML(typ="safe", pure=True).load(written))


def test_two_readers_read_the_file_to_start_from_alike() -> None:
    written = text("exmere")
    assert repr(yaml.safe_load(written)) == repr(YAML(typ="safe", pure=True).load(written))


def names(schema: Any) -> set[str]:
    """Return the names of fields and the words that they can have in a schema."""
    if isinstance(schema, list):
        return {name for held in schema for name in names(held)}
    if not isinstance(schema, dict):
        return set()
    own = {*schema.get("properties", {}), *schema.get("enum", []), schema.get("const")}
    return {name for name in own if isinstance(name, str)} | {name for held in schema.values() for name in names(held)}


@pytest.mark.parametrize("schema", [schema(), round_schema()], ids=["inspection", "round"])
def test_every_name_and_word_of_a_schema_is_text_to_every_reader(schema: dict[str, Any]) -> None:
    assert [name for name in sorted(names(schema)) if not reads_as_text(name)] == []


def test_the_former_name_of_a_field_is_read_and_stays_in_its_file() -> None:
    found = parse(HEAD + AGREED)
    assert found.agreements[0].agreed_on.isoformat() == "2024-07-09"
    found.agreements[0].agreed_on = found.agreements[0].agreed_on.replace(day=10)
    assert rewrite(HEAD + AGREED, found) == HEAD + AGREED.replace("07-09", "07-10")


def test_a_field_under_both_its_names_is_refused() -> None:
    with pytest.raises(InspectionFaults) as caught:
        parse(HEAD + AGREED.replace("    words", "    agreed_on: 2024-07-10\n    words"))
    (fault,) = caught.value.faults
    assert (fault.line, fault.field) == (15, "agreements[1]")
    assert fault.message == "`on` is the old name of `agreed_on`, and the file gives both"
    assert fault.remedy == "Keep `agreed_on`."


def test_a_mistake_under_the_former_name_has_its_line() -> None:
    with pytest.raises(InspectionFaults) as caught:
        parse(HEAD + AGREED.replace("2024-07-09", "soon"))
    assert [(fault.line, fault.field) for fault in caught.value.faults] == [(17, "agreements[1].on")]


def test_a_round_file_is_edited_where_it_changes() -> None:
    path = ROOT / "fixtures/rounds/exploitation-and-missing-2026.yaml"
    written = path.read_text("utf-8").replace("agreed_on:", "on:")
    found = parse_round_file(written, str(path))
    old = found.agreements.pop(0)
    found.agreements.append(old.model_copy(update={"words": "f" * 20}))
    again = rewrite_round(written, found)
    assert parse_round_file(again, str(path)) == found
    assert sorted(again.splitlines()) == sorted(written.replace(old.words, "f" * 20, 1).splitlines())
