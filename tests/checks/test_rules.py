"""Every rule against its pairs: texts that must fire and near misses that must not."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from letters.checks.issue import Gate
from letters.checks.rule import number_of
from letters.checks.rulebook import CHAPTERS, book
from letters.findings.inspection import Inspection
from letters.findings.yaml_source import YamlSource
from letters.houses.loading import house
from letters.verbs.check import check_inspection
from tests.builders import inspection, recommendation
from tests.conftest import ROOT

PAIRS = sorted((ROOT / "fixtures/rules").glob("V*.yaml"), key=lambda path: number_of(path.stem))
NOT_JUDGED = {
    "V9": "the word good alone is never flagged: V7 and V8 hold it in their near misses",
    "V36": "an inspection file holds no feedback summary to compare the letter with",
}


def cases(kind: str) -> list[Any]:
    """Return the cases of one kind of every rule."""
    found = []
    for path in PAIRS:
        for number, case in enumerate(YamlSource(path.read_text("utf-8")).data[kind], start=1):
            found.append(pytest.param(path.stem, case, id=f"{path.stem}-{number}"))
    return found


def built(case: dict[str, Any]) -> Inspection:
    """Return the inspection of a case."""
    if "fields" in case:
        return inspection(**{**case["fields"], **padding(case)})
    section, text = case.get("in", "main_findings"), case["text"]
    entries: dict[str, Any] = {
        "recommendations": [recommendation(text)],
        "case_studies": [{"id": "C-1", "type": "highly_effective", "text": text}],
        "footnotes": {"n": text},
    }
    extra = {"main_findings": ["Words.[^n]"]} if section == "footnotes" else {}
    return inspection(**{section: entries.get(section, [text])}, **extra)


def padding(case: dict[str, Any]) -> dict[str, Any]:
    """Return words that make a letter as long as letters are, where a case counts its parts."""
    return (
        {"summary": ["word " * 30 + "."] * 100}
        if "strengths" in case["fields"] and "headline_findings" in case["fields"]
        else {}
    )


def fired(found: Inspection) -> set[str]:
    """Return the codes of the rules that fire."""
    return {issue.code for issue in check_inspection(found, house("joint"), Gate.PUBLICATION)}


@pytest.mark.parametrize(("code", "case"), cases("fires"))
def test_it_fires(code: str, case: dict[str, Any]) -> None:
    assert code in fired(built(case))


@pytest.mark.parametrize(("code", "case"), cases("passes"))
def test_a_near_miss_passes(code: str, case: dict[str, Any]) -> None:
    assert code not in fired(built(case))


def test_every_rule_is_in_the_book_or_says_why_not() -> None:
    last = max(map(number_of, book()))
    assert set(book()) | set(NOT_JUDGED) == {f"V{number}" for number in range(1, last + 1)}


def test_every_module_of_rules_is_a_chapter_of_the_book() -> None:
    modules = {path.stem for path in (ROOT / "letters/checks").glob("*.py") if "@rule(" in path.read_text("utf-8")}
    assert {chapter.__name__.rpartition(".")[2] for chapter in CHAPTERS} == modules


@pytest.mark.parametrize("path", PAIRS, ids=lambda path: path.stem)
def test_pairs_have_only_the_keys_that_the_guide_names(path: Path) -> None:
    data = YamlSource(path.read_text("utf-8")).data
    assert {key for kind in data.values() for case in kind for key in case} <= {"text", "in", "fields", "because"}


@pytest.mark.parametrize("code", book())
def test_every_rule_has_three_texts_and_three_near_misses(code: str) -> None:
    pairs = yaml.safe_load((ROOT / "fixtures/rules" / f"{code}.yaml").read_text("utf-8"))
    assert len(pairs["fires"]) >= 3
    assert len(pairs["passes"]) >= 3
    assert Path(f"{code}.yaml").stem == code
