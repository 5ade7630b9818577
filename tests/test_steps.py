"""The steps that the log names are those of docs/architecture.md, in their order."""

import logging
import re

import pytest

import letters
from letters.verbs.steps import Step
from tests.conftest import ROOT


def test_the_steps_of_the_log_are_those_of_the_architecture() -> None:
    text = (ROOT / "docs/architecture.md").read_text("utf-8")
    assert re.findall(r"^(\d)\. \*\*(.*?)\*\*", text, re.MULTILINE) == [tuple(step.split(" ", 1)) for step in Step]


def test_a_check_logs_its_steps_in_order_and_no_words_of_the_letter(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "letters")
    list(letters.check_all([ROOT / "fixtures/ansford/inspection.yaml"]))
    said = [record.getMessage() for record in caplog.records if record.name == "letters"]
    assert [line.partition(":")[0] for line in said] == [
        "1 Read the findings",
        "2 Check the facts",
        "3 Compose",
        "4 Check prose and shape",
    ]
    assert {line.partition(": ")[2] for line in said[1:]} == {"ansford-2024"}
