"""Entries come, go and change places: each takes its own comment along, and no other."""

import pytest

from letters.errors import InspectionFaults
from letters.findings.finding import Finding, FindingGroup, Point
from letters.findings.inspection import Inspection
from letters.findings.parsing import parse
from letters.findings.publishing import Agreement
from letters.findings.rewriting import rewrite
from tests.findings.test_one_word import HEAD

FOUR = """\
# What is good
strengths:   # four of them
  # S-1 was agreed on 3 June
  - id: S-1
    text: One.   # as said
    evidence: [CT-1]
  # still to be checked
  - id: S-2
    # the words of the lead
    text: >-
      Two.
  - {id: S-3, text: Three.}   # short
  # the fourth came late
  - text: Four.
    id: S-4
  # nothing more

# What is not
"""


def text_of(strengths: str) -> str:
    """Return a file with some strengths before everything else."""
    return strengths + HEAD


def after(text: str, found: Inspection) -> str:
    """Return a file rewritten, and read it again."""
    changed = rewrite(text, found)
    assert parse(changed) == found
    return changed


def without(text: str, *lines: str) -> str:
    """Return a text without some of its lines."""
    return "".join(line for line in text.splitlines(keepends=True) if line.strip() not in lines)


@pytest.mark.parametrize(
    ("place", "gone"),
    [
        (0, ["# S-1 was agreed on 3 June", "- id: S-1", "text: One.   # as said", "evidence: [CT-1]"]),
        (1, ["# still to be checked", "- id: S-2", "# the words of the lead", "text: >-", "Two."]),
        (2, ["- {id: S-3, text: Three.}   # short"]),
        (3, ["# the fourth came late", "- text: Four.", "id: S-4"]),
    ],
)
def test_an_entry_goes_with_its_comment_and_no_other(place: int, gone: list[str]) -> None:
    text = text_of(FOUR)
    found = parse(text)
    del found.strengths[place]
    assert after(text, found) == without(text, *gone)


def test_a_comment_that_introduces_several_entries_stays() -> None:
    text = text_of("strengths:\n  # from the second day\n  - id: S-1\n    text: One.\n  - id: S-2\n    text: Two.\n")
    found = parse(text)
    del found.strengths[0]
    assert after(text, found) == without(text, "- id: S-1", "text: One.")


def test_blank_lines_part_entries_as_before() -> None:
    text = text_of("strengths:\n- id: S-1\n  text: One.\n\n- id: S-2\n  text: Two.\n\n- id: S-3\n  text: Three.\n\n")
    found = parse(text)
    middle = found.strengths.pop(1)
    assert after(text, found) == text.replace("\n- id: S-2\n  text: Two.\n", "")
    found.strengths.append(Finding(id="S-4", text="Four."))
    assert "\n\n- id: S-3\n  text: Three.\n\n- id: S-4\n  text: Four.\n\n" in after(text, found)
    found.strengths.insert(0, middle)
    assert after(text, found).startswith("strengths:\n- id: S-2\n  text: Two.\n\n- id: S-1\n")


def test_an_entry_moves_with_its_comment_byte_for_byte() -> None:
    text = text_of(FOUR)
    found = parse(text)
    found.strengths.insert(0, found.strengths.pop(3))
    own = "  # the fourth came late\n  - text: Four.\n    id: S-4\n"
    assert after(text, found) == text.replace(own, "").replace("  # S-1 was", f"{own}  # S-1 was")


def test_an_entry_that_moves_and_changes_keeps_its_comment() -> None:
    text = text_of(FOUR)
    found = parse(text)
    found.strengths.reverse()
    last = found.strengths[-1]
    assert isinstance(last, Finding)
    last.text = "Other words."
    again = after(text, found)
    assert (
        "  # S-1 was agreed on 3 June\n  - id: S-1\n    text: Other words.   # as said\n    evidence: [CT-1]\n" in again
    )
    assert [line for line in text.splitlines() if "#" in line and line not in again and "as said" not in line] == []


@pytest.mark.parametrize(
    ("style", "added"),
    [
        ("strengths:\n- id: S-1\n  text: One.\n", "- id: N-1\n  text: New.\n"),
        ("strengths:\n    -   id: S-1\n        text: One.\n", "    -   id: N-1\n        text: New.\n"),
        ("strengths:\n  - {id: S-1, text: One.}   # c\n", "  - {id: N-1, text: New.}\n"),
    ],
)
def test_an_entry_is_added_as_the_others_stand(style: str, added: str) -> None:
    found = parse(text_of(style))
    found.strengths.append(Finding(id="N-1", text="New."))
    assert after(text_of(style), found) == text_of(style + added)


def test_long_words_are_added_as_a_folded_block() -> None:
    text = text_of(FOUR)
    found = parse(text)
    found.strengths.insert(1, Finding(id="N-1", text="Some words " * 20 + "end.\n\nMore words."))
    assert "  - id: N-1\n    text: >-\n      Some words" in after(text, found)


@pytest.mark.parametrize(
    "empty", ["", "strengths: []\n", "strengths: []   # none yet\n", "strengths:   # none yet\n  []\n"]
)
@pytest.mark.parametrize("line_end", ["\n", ""])
def test_a_first_entry_is_added(empty: str, line_end: str) -> None:
    text = HEAD + empty.removesuffix("\n") + line_end
    found = parse(text)
    found.strengths.append(Finding(id="S-1", text="One."))
    again = after(text, found)
    assert "\n  - id: S-1\n    text: One." in again
    assert again.count("#") == text.count("#")


def test_the_last_entry_leaves_an_empty_list() -> None:
    text = text_of("strengths:   # none yet\n  - id: S-1\n    text: One.\n")
    found = parse(text)
    found.strengths.clear()
    assert after(text, found) == text_of("strengths: []   # none yet\n")


BRACKETS = """\
strengths:
  - id: S-1
    text: One.
    evidence: [CT-1, 'CT-2',   # two
      CT-3]
    tags: [
      home,   # the first
      school,
      police   # the last
    ]
"""


@pytest.mark.parametrize(
    ("tags", "written"),
    [
        (["home", "police"], BRACKETS.replace("      school,\n", "")),
        (["home", "school"], BRACKETS.replace("      police   # the last\n", "")),
        (
            ["home", "school", "police", "car"],
            BRACKETS.replace("police ", "police, ").replace("last\n", "last\n      car\n"),
        ),
        (["home", "car", "school", "police"], BRACKETS.replace("first\n", "first\n      car,\n")),
        (["car", "home", "school", "police"], BRACKETS.replace("tags: [\n", "tags: [\n      car,\n")),
    ],
)
def test_lists_in_brackets_keep_their_lines(tags: list[str], written: str) -> None:
    found = parse(text_of(BRACKETS))
    entry = found.strengths[0]
    assert isinstance(entry, Finding)
    entry.tags = tags
    assert after(text_of(BRACKETS), found) == text_of(written)


def test_in_brackets_a_new_first_entry_stays_when_the_first_one_goes() -> None:
    text = text_of("strengths: [\n    {id: S-1, text: One.},   # gone\n    {id: S-2, text: Two.},\n  ]\n")
    found = parse(text)
    found.strengths = [Finding(id="S-3", text="Three."), found.strengths[1]]
    assert "\n    {id: S-3, text: Three.},\n    {id: S-2, text: Two.},\n  ]\n" in after(text, found)


def test_in_braces_a_field_comes_as_the_last_one_goes() -> None:
    text = text_of("strengths: [{id: S-1, text: One.,\n    note: Gone. }]\n")
    found = parse(text)
    entry = found.strengths[0]
    assert isinstance(entry, Finding)
    entry.note, entry.impact = None, "Come."
    assert after(text, found) == text_of("strengths: [{id: S-1, text: One., impact: Come.,\n    }]\n")


def test_a_key_alone_in_brackets_takes_braces_for_another() -> None:
    text = text_of("strengths: [\n    text: One.   # kept\n  ]\n")
    found = parse(text)
    entry = found.strengths[0]
    assert isinstance(entry, Finding)
    entry.note = "Come."
    assert after(text, found) == text_of("strengths: [\n    {text: One., note: Come.}   # kept\n  ]\n")


def test_a_note_comes_and_goes() -> None:
    text = text_of(FOUR)
    found = parse(text)
    entry, short = found.strengths[0], found.strengths[2]
    assert isinstance(entry, Finding)
    assert isinstance(short, Finding)
    entry.note, short.note = "Ask again.", "Ask: twice."
    again = after(text, found)
    assert "    evidence: [CT-1]\n    note: Ask again.\n" in again
    assert '  - {id: S-3, text: Three., note: "Ask: twice."}   # short\n' in again
    entry.note, short.note, entry.evidence = None, None, []
    assert after(again, found) == text.replace("[CT-1]", "[]")


def test_an_id_worked_out_from_its_place_is_written_only_where_it_would_change() -> None:
    text = text_of(
        "strengths:\n# one\n- One.\n# two\n- Two\n  words.\n- heading: Homes\n  items:\n  - >-\n    Three.\n"
    )
    found = parse(text)
    found.strengths.insert(1, Finding(id="N-1", text="New."))
    again = after(text, found)
    assert "# one\n- One.\n- id: N-1\n  text: New.\n# two\n- id: strengths-2\n  text: Two\n    words.\n" in again
    assert "  - id: strengths-3\n    text: >-\n      Three.\n" in again


def test_a_bare_section_becomes_a_list() -> None:
    text = text_of("strengths: Words that\n  go on.   # said twice\n")
    found = parse(text)
    found.strengths.append(Finding(id="N-1", text="New."))
    assert after(text, found) == text_of(
        "strengths:   # said twice\n  - Words that\n    go on.\n  - id: N-1\n    text: New.\n"
    )


def test_points_stay_bare_beside_each_other() -> None:
    text = text_of("strengths:\n- id: S-1\n  text: One.\n  points:\n  - a point   # said\n")
    found = parse(text)
    entry = found.strengths[0]
    assert isinstance(entry, Finding)
    entry.points += [Point(text="another: point")]
    assert after(text, found) == text.replace("# said\n", '# said\n  - "another: point"\n')


def test_a_group_keeps_its_heading_and_its_entries_change() -> None:
    text = text_of(
        "strengths:\n- heading: Homes   # h\n  items:\n  - {id: S-1, text: One.}\n  # two\n  - {id: S-2, text: Two.}\n"
    )
    found = parse(text)
    group = found.strengths[0]
    assert isinstance(group, FindingGroup)
    group.heading = "Homes and schools"
    del group.items[1]
    written = text.replace("Homes ", "Homes and schools ").replace("  # two\n  - {id: S-2, text: Two.}\n", "")
    assert after(text, found) == written


def test_the_person_who_signs_is_changed_in_place() -> None:
    text = text_of("").replace(
        "[{inspectorate: ofsted, name: Cy", "\n  # the director\n  - {inspectorate: ofsted, name: Cy"
    )
    text = text.replace("[Director]}]", "[Director]}   # since May")
    found = parse(text)
    found.signatories[0].name = "Di Example"
    assert after(text, found) == text.replace("Cy Example", "Di Example")


def test_a_second_agreement_keeps_every_comment_and_a_third_takes_the_place_of_the_first() -> None:
    text = HEAD.replace("[ofsted]", "[ofsted, cqc]") + (
        "agreements:   # by mail\n  # Ada was asked twice\n  - inspectorate: ofsted\n    name: Ada Example\n"
        "    on: 2024-07-09   # late\n    words: 0000000000000000000f   # by hand\n# the end\n"
    )
    found = parse(text)
    found.agreements.append(Agreement(inspectorate="cqc", name="Di Example", agreed_on="2024-07-10", words="1" * 20))  # type: ignore[arg-type]
    second = after(text, found)
    new = f'  - inspectorate: cqc\n    name: Di Example\n    agreed_on: 2024-07-10\n    words: "{"1" * 20}"\n'
    assert second == text.replace("# the end\n", f"{new}# the end\n")
    old = found.agreements.pop(0)
    found.agreements.append(old.model_copy(update={"words": "a" * 20}))
    assert after(second, found).count("#") == second.count("#")


def test_what_cannot_be_said_names_its_field_and_line() -> None:
    found = parse(HEAD)
    found.area.name = "Otherton"
    with pytest.raises(InspectionFaults) as caught:
        rewrite(HEAD, found, "x.yaml")
    (fault,) = caught.value.faults
    assert (fault.file, fault.line, fault.field) == ("x.yaml", 3, "area.legal")
    assert fault.message == "letters cannot change it without losing something"


def test_an_anchor_goes_when_its_words_become_a_mapping() -> None:
    text = text_of("strengths:\n- One.\n- &two  Two\n   words.   # c\n")
    found = parse(text)
    del found.strengths[0]
    assert after(text, found) == text_of("strengths:\n- id: strengths-2\n  text: Two\n     words.   # c\n")
