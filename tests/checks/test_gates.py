"""Gates, overrides, corrections and reports."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.checks.corrections import corrected
from letters.checks.gates import UNMATCHED, check
from letters.checks.handbook import END, handbook
from letters.checks.issue import Gate, Issue, Level
from letters.checks.rulebook import book
from letters.composition.letter import compose
from letters.errors import HouseFault
from letters.findings.finding import Finding
from letters.findings.inspection import Inspection
from letters.findings.parsing import parse
from letters.findings.rewriting import rewrite
from letters.houses.loading import house
from letters.terminal import summary, table
from letters.verbs.check import check_inspection, issue_rows, page_of
from tests.builders import inspection, recommendation
from tests.conftest import ROOT

GRADED = "Leadership was judged to be inadequate."


def issues(gate: Gate = Gate.DRAFT, **fields: Any) -> list[Issue]:
    """Return the issues of the smallest inspection with other fields."""
    found = inspection(**fields)
    return check(found, compose(found, house("joint")), house("joint"), gate)


def of(code: str, found: list[Issue]) -> list[Issue]:
    """Return the issues of one rule."""
    return [issue for issue in found if issue.code == code]


def test_later_gates_are_stricter() -> None:
    levels = [of("V1", issues(gate, strengths=["The area(s) of work."]))[0].level for gate in Gate]
    assert levels == [Level.WARNING, Level.ERROR, Level.ERROR, Level.ERROR]


def test_some_rules_speak_only_when_their_time_has_come() -> None:
    assert [bool(of("V20", issues(gate))) for gate in Gate] == [False, False, True, True]


def test_a_doubled_word_holds_the_door_at_publication() -> None:
    levels = [of("V29", issues(gate, strengths=["The the care that carers take."]))[0].level for gate in Gate]
    assert levels == [Level.WARNING] * 3 + [Level.ERROR]


def test_the_worst_comes_first() -> None:
    levels = [issue.level for issue in issues(Gate.PUBLICATION, main_findings=[GRADED])]
    assert levels == sorted(levels, key=lambda level: level is not Level.ERROR)


def test_an_issue_says_where_it_is() -> None:
    (issue,) = of("V7", issues(main_findings=[{"id": "M-7", "text": GRADED}]))
    assert (issue.finding, issue.path, issue.words) == ("M-7", ("main_findings", 0, "text"), "judged to be inadequate")


def test_an_override_sets_its_rule_aside_and_is_listed() -> None:
    override = {"rule": "V7", "where": "M-7", "reason": "Quoted from an earlier report.", "name": "Ada Example"}
    found = issues(main_findings=[{"id": "M-7", "text": GRADED}, {"id": "M-8", "text": GRADED}], overrides=[override])
    assert [issue.overridden for issue in of("V7", found)] == ["Quoted from an earlier report. (Ada Example)", ""]
    assert "1 overridden" in summary(found)


def test_an_override_that_matches_nothing_is_a_warning() -> None:
    override = {"rule": "V17", "reason": "No longer needed.", "name": "Ada Example"}
    (issue,) = of(UNMATCHED, issues(overrides=[override]))
    assert (issue.level, issue.message) == (Level.WARNING, "the override of V17 matches no issue")


COMMENTED = (ROOT / "fixtures/broken/no-email.yaml").read_text("utf-8") + "  email: a@b.example  # the mailbox\n"


@pytest.mark.parametrize(
    ("slip", "right"),
    [
        ("The the care that carers take.", "The care that carers take."),
        ("Two  spaces.", "Two spaces."),
        ("The child's 'safe place' is known.", "The child’s ‘safe place’ is known."),
        ("It began on 3rd May 2024.", "It began on 3 May 2024."),
        ("From 3-5 May and in 2015-16.", "From 3 to 5 May and in 2015 to 2016."),
        ("Carers , too.", "Carers, too."),
    ],
)
def test_safe_corrections_are_made_in_the_file_and_comments_stay(slip: str, right: str) -> None:
    text = COMMENTED.replace("Leaders know their services well.", f'"{slip}"')
    found = parse(text)
    after = rewrite(text, corrected(found, check(found, compose(found, house("joint")), house("joint"))))
    assert right in after
    assert "# the mailbox" in after
    assert parse(after).main_findings[0].text == right  # type: ignore[union-attr]


@pytest.mark.parametrize("meant", ["They had had enough.", "See [it](https://a.example/x-1-2--3) now.", "It’s ‘so’."])
def test_what_is_meant_is_left_alone(meant: str) -> None:
    found = inspection(main_findings=[meant])
    entry = corrected(found, check(found, compose(found, house("joint")), house("joint"))).main_findings[0]
    assert isinstance(entry, Finding)
    assert entry.text == meant


def test_an_overridden_slip_is_not_corrected() -> None:
    override = {"rule": "V29", "where": "M-1", "reason": "A quotation.", "name": "Ada Example"}
    found = inspection(main_findings=[{"id": "M-1", "text": "that that"}], overrides=[override])
    entry = corrected(found, check(found, compose(found, house("joint")), house("joint"))).main_findings[0]
    assert isinstance(entry, Finding)
    assert entry.text == "that that"


def test_the_page_marks_the_words_and_lists_the_issue_below_them() -> None:
    found = inspection(main_findings=[{"id": "M-7", "text": f"{GRADED} <b>"}])
    letter = compose(found, house("joint"))
    shown = page_of(letter, check(found, letter, house("joint")))
    assert "Leadership was <mark>judged to be inadequate</mark>. &lt;b&gt;" in shown
    assert shown.index("<mark>judged") < shown.index("<strong>V7 error</strong> M-7")


def test_the_table_and_the_data_give_the_line() -> None:
    found = issues(main_findings=[{"id": "M-7", "text": GRADED}])
    lines = [27] * len(found)
    assert "line 27" in table("file.yaml", found, lines, 120)
    assert issue_rows(found, lines)[0]["line"] == 27


def test_the_handbook_in_docs_is_the_one_the_rules_make() -> None:
    written = (ROOT / "docs/rules.md").read_text("utf-8")
    assert written.partition(END)[0] == handbook().partition(END)[0]


odd = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1, max_size=80).filter(
    lambda text: text.strip()
)
pieces = st.sampled_from(
    [
        "(",
        ")",
        "[",
        "ABC",
        "(ABC)",
        "Josh, aged 14",
        "judged to be good",
        "’s",
        "‘",
        "943 476 5919",
        "that that",
        "1–2 May",
        " ",
        ".",
        "A. B.",
        "(s)",
        "**",
        "_",
        "é",
        "№",
        "𝒳",
    ]
)


@settings(max_examples=120, deadline=None)
@given(
    st.lists(st.one_of(odd, pieces), min_size=1, max_size=12)
    .map("".join)
    .filter(lambda text: text.strip() and "[^" not in text)
)
def test_no_rule_breaks_on_odd_text(text: str) -> None:
    found: Inspection = inspection(
        strengths=[text],
        headline_findings=[text],
        main_findings=[text],
        recommendations=[recommendation(text, target=["police"], priority="priority")],
        case_studies=[{"type": "place", "text": text}],
    )
    letter = compose(found, house("joint"))
    noticed = check(found, letter, house("joint"), Gate.PUBLICATION)
    assert page_of(letter, noticed)
    assert corrected(found, noticed)
    assert {issue.code for issue in noticed} <= {*book(), UNMATCHED}


AGREED = """
- paragraph: purpose
  words: This letter sets out
    what inspectors found in {area}.
  theme: neglect
  reason: The round has a purpose of its own.
  name: Ada Example, Ofsted
"""


def found_with(templates: Path, wording: str, **fields: Any) -> list[str]:
    """Return what V39 says of the purpose of a letter worded otherwise, with a folder of templates."""
    worded = inspection(wording={"purpose": wording}, **fields)
    issues = check_inspection(worded, house("joint", templates=templates), Gate.PUBLICATION)
    return [issue.finding for issue in issues if issue.code == "V39"]


def test_one_agreement_of_the_lead_covers_a_paragraph_in_a_whole_round(tmp_path: Path) -> None:
    (tmp_path / "agreed-wording.yaml").write_text(AGREED, "utf-8")
    assert found_with(tmp_path, "This letter sets out what inspectors\nfound in {area}.") == []
    assert found_with(tmp_path, "This letter sets out everything.") == ["wording.purpose"]
    other = {"name": "Another", "theme": "exploitation"}
    assert found_with(tmp_path, "This letter sets out what inspectors found in {area}.", round=other) == [
        "wording.purpose"
    ]


def test_an_agreed_wording_that_cannot_be_read_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "agreed-wording.yaml").write_text("- {paragraph: purpose, words: x}", "utf-8")
    with pytest.raises(HouseFault, match=r"agreed-wording\.yaml: .*reason.*See docs/a-new-template\.md"):
        found_with(tmp_path, "x")


def test_standing_words_are_compared_where_a_footnote_belongs_to_the_wording() -> None:
    worded = inspection(wording={"purpose": "Other words.[^n]"}, footnotes={"n": "A note."})
    codes = {issue.code for issue in check_inspection(worded, house("joint"), Gate.PUBLICATION)}
    assert "V39" in codes
