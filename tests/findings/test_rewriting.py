"""An inspection file back out: comments, order and untouched lines stay."""

from difflib import unified_diff

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.files.disk import load
from letters.findings.finding import Finding
from letters.findings.inspection import Inspection
from letters.findings.parsing import parse
from letters.findings.rewriting import rewrite
from tests.conftest import INSPECTIONS, ROOT

COMMENTED = """\
# The letter about Exmere.
id: exmere
area: {name: Exmere}   # a small place
round: {theme: neglect}
partnership: {name: Exmere Safeguarding Children Partnership}
dates:
  fieldwork: {start: 2024-05-20, end: 2024-05-24}
  letter: 2024-07-11
inspectorates: [ofsted]
addressees:
  - {name: Ada Example, role: Chair}
signatories:
  - {inspectorate: ofsted, name: Cy Example, title: [Director]}
strengths:
  # from the second day
  - id: S-01
    text: >-
      The care that foster carers take, and the patience that they show when a child tells them
      that something is wrong.
  - id: S-02
    text: 'Words in quotes: kept.'
# last things
next_steps: {statement_required: false}
"""


def changes(before: str, after: str) -> list[str]:
    """Return the lines that were taken away and added."""
    lines = unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return [line for line in lines if line[:1] in "+-" and not line.startswith(("---", "+++"))]


def test_a_file_that_says_it_already_comes_back_as_it_is() -> None:
    assert rewrite(COMMENTED, parse(COMMENTED)) == COMMENTED


@pytest.mark.parametrize("name", INSPECTIONS)
def test_every_invented_inspection_comes_back_as_it_is(name: str) -> None:
    path = ROOT / "fixtures" / name / "inspection.yaml"
    assert rewrite(path.read_text("utf-8"), load(path)) == path.read_text("utf-8")


def test_one_changed_word_changes_one_finding_only() -> None:
    found = parse(COMMENTED)
    second = found.strengths[1]
    assert isinstance(second, Finding)
    second.text = "Words in quotes: changed."
    assert changes(COMMENTED, rewrite(COMMENTED, found)) == [
        "-    text: 'Words in quotes: kept.'",
        "+    text: 'Words in quotes: changed.'",
    ]


def test_long_new_text_is_wrapped_and_long_old_lines_are_left() -> None:
    text = COMMENTED.replace("name: Ada Example", f"name: Ada {'Example ' * 20}".rstrip())
    found = parse(text)
    found.strengths.append(Finding(id="S-03", text="word " * 60 + "end"))
    after = rewrite(text, found)
    assert parse(after) == found
    assert [line for line in changes(text, after) if line.startswith("-")] == []
    assert max(len(line) for line in changes(text, after)) < 110


def test_a_new_finding_is_written_below_the_others_and_comments_stay() -> None:
    found = parse(COMMENTED)
    found.strengths.append(Finding(id="S-03", text="A new strength."))
    after = rewrite(COMMENTED, found)
    assert parse(after) == found
    assert "# from the second day" in after
    assert "# a small place" in after
    assert "# last things" in after


def test_findings_change_places_without_losing_their_words() -> None:
    found = parse(COMMENTED)
    found.strengths.reverse()
    assert parse(rewrite(COMMENTED, found)) == found


def test_a_switch_that_differs_is_written_alone() -> None:
    found = parse(COMMENTED)
    found.switches.notice_days = 9
    assert changes(COMMENTED, rewrite(COMMENTED, found)) == ["+switches:", "+  notice_days: 9"]


texts = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn")), min_size=1).filter(
    lambda text: text.strip() == text
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(texts, min_size=1, max_size=3).map("\n\n".join), max_size=4))
def test_whatever_text_is_written_is_read_again(strengths: list[str]) -> None:
    found = parse(COMMENTED)
    found.strengths = [Finding(id=f"N-{number}", text=text) for number, text in enumerate(strengths)]
    again: Inspection = parse(rewrite(COMMENTED, found))
    assert again == found
