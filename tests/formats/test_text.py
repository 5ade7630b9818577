"""Plain text: a paragraph a line."""

from letters.formats.text import write
from tests.builders import letter, recommendation


def test_headings_are_underlined_and_lists_marked() -> None:
    text = write(letter(strengths=[{"text": "one\n\nmore", "points": ["two"]}]))
    assert "\n\nStrengths\n---------\n\n- one\n\n  more\n\n    - two\n\n" in text
    assert "Joint targeted area inspection of Exmere\n====" in text


def test_numbers_go_on_through_a_list() -> None:
    text = write(letter(main_findings=["one", "two"], layout={"main_findings": "numbered"}))
    assert "1. one\n\n2. two" in text


def test_footnotes_stand_at_the_end_by_number() -> None:
    text = write(letter(strengths=["one[^n]"], footnotes={"n": "A note."}))
    assert "- one[2]" in text
    assert text.endswith("[2] A note.\n\n[3] " + text.rsplit("[3] ", 1)[1])


def test_a_table_names_its_columns_and_keeps_rows_together() -> None:
    text = write(
        letter(layout={"recommendations": "table"}, recommendations=[recommendation("Act.", priority="priority")])
    )
    assert "Responsible body | Area for priority action\n\nExmere Safeguarding Children Partnership\nAct.\n\n" in text


def test_addressees_keep_their_lines_together_and_spaces_may_break() -> None:
    text = write(letter(addressees=[{"name": "A B", "role": "x"}, {"name": "C D", "role": "y"}]))
    assert "\n\nA B, x\nC D, y\n\n" in text
    assert "\xa0" not in text
