"""Names in prose, measured: boxes and findings with planted names and without, of two writers."""

import re
from collections.abc import Callable
from typing import Any

import pytest
import yaml

from letters.checks.names import names_are_invented, names_in_box, names_in_findings
from tests.conftest import ROOT

PROSE: dict[str, Any] = {
    name: yaml.load((ROOT / f"fixtures/names/{name}.yaml").read_text("utf-8"), yaml.CSafeLoader)
    for name in ("boxes", "fresh")
}
BODIES = ["Ansford", "Northmere", "Brindle Valley"]
Reader = Callable[[str, list[str]], list[str]]


def curly(text: str) -> str:
    """Return a text with the apostrophes that a letter prints."""
    return re.sub(r"(?<=\w)'(?=\w)", "’", text)


def recall(prose: str, kind: str, read: Reader) -> float:
    """Return the share of planted names that are found."""
    planted = [(item, curly(name)) for item in PROSE[prose][kind] for name in item["names"]]
    found = [any(name in said or said in name for said in read(curly(item["text"]), BODIES)) for item, name in planted]
    return sum(found) / len(found)


def false_names(prose: str, kind: str, read: Reader) -> float:
    """Return how many words a text are taken for names where there is none."""
    texts = [item if isinstance(item, str) else item["text"] for item in PROSE[prose][kind]]
    return sum(len(read(curly(text), BODIES)) for text in texts) / len(texts)


@pytest.mark.parametrize("prose", PROSE)
def test_names_planted_in_boxes_are_found(prose: str) -> None:
    assert recall(prose, "planted", names_in_box) >= 0.95


@pytest.mark.parametrize("prose", PROSE)
def test_names_planted_in_findings_are_found(prose: str) -> None:
    assert recall(prose, "findings", names_in_findings) >= 0.95


@pytest.mark.parametrize("prose", PROSE)
def test_a_box_without_a_name_is_seldom_suspected(prose: str) -> None:
    assert false_names(prose, "clean", names_in_box) <= 0.1


@pytest.mark.parametrize("prose", PROSE)
def test_a_finding_without_a_name_is_seldom_suspected(prose: str) -> None:
    assert false_names(prose, "clean_findings", names_in_findings) <= 0.03


@pytest.mark.parametrize(
    "said",
    [
        "Leo is not his real name.",
        "All names have been changed.",
        "The names in this letter are invented.",
        "Names have been altered to protect the children.",
        "‘Amira’ is a pseudonym.",
        "We have changed the children’s names.",
    ],
)
def test_a_sentence_that_says_that_the_names_are_invented_is_the_note(said: str) -> None:
    assert names_are_invented(f"Leo told his teacher. {said}")


@pytest.mark.parametrize("said", ["The child’s real name was on the record.", "The school changed its name."])
def test_other_sentences_about_names_are_no_note(said: str) -> None:
    assert not names_are_invented(said)
