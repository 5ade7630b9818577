"""The file to start from: what its first check says, and what its comments become; and the README's smallest one."""

import re

import yaml

from letters.checks.issue import Gate
from letters.composition.letter import compose
from letters.findings.inspection import Stage
from letters.findings.parsing import parse
from letters.findings.starting import text
from letters.houses.loading import house
from letters.verbs.check import check_inspection
from tests.conftest import ROOT

COMMENTED = re.compile(r"(?m)^( *)# ( *(?:- |  |case_studies:))")


def test_its_first_check_asks_for_nothing_but_real_words_and_names() -> None:
    issues = check_inspection(parse(text("ansford-2026")), house("joint"), Gate.DRAFT)
    assert {issue.code for issue in issues} == {"V1"}
    assert {"Write your own.", "Write the real one, wherever it stands."} == {issue.remedy for issue in issues}


def test_each_name_of_the_starter_is_named_once() -> None:
    issues = check_inspection(parse(text("ansford-2026")), house("joint"), Gate.AGREEMENT)
    assert [issue.words for issue in issues if "stands for a real name" in issue.message] == [
        "Exampleton",
        "@example.org",
        "Exampleshire",
    ]
    assert all(issue.is_error for issue in issues if issue.code == "V1")


def test_its_comments_are_a_case_study_a_priority_action_with_a_lead_in_and_a_group() -> None:
    head, name, findings = text("ansford-2026").partition("headline_findings:")
    found = parse(head + name + COMMENTED.sub(r"\1\2", findings))
    assert [study.pseudonym_note for study in found.case_studies] == ["All names are invented."]
    assert {item.id for item in found.all_findings()} >= {"P-01", "M-02", "C-01"}
    assert compose(found.model_copy(update={"stage": Stage.FINAL}), house("joint"))


def test_the_smallest_file_of_the_readme_passes_the_gate_to_publication() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    smallest = next(block for block in re.findall(r"```yaml\n(.*?)```", readme, re.DOTALL) if "signatories" in block)
    assert yaml.safe_load(smallest)["id"]
    issues = check_inspection(parse(smallest), house("joint"), Gate.PUBLICATION)
    assert [issue for issue in issues if issue.is_error] == []
