"""Plain text, as it is heard: title and publisher first, short lines, each cell after the name of its column."""

import re

from letters.document.blocks import Table, plain
from letters.document.walk import every_block
from letters.formats.text import WIDTH, write
from tests.builders import letter, recommendation
from tests.conftest import letter_of


def test_headings_are_underlined_and_lists_marked() -> None:
    text = write(letter(strengths=[{"text": "one\n\nmore", "points": ["two"]}]))
    assert "\n\nStrengths\n---------\n\n- one\n\n  more\n\n    - two\n\n" in text
    assert "Joint targeted area inspection of Exmere\n====" in text


def test_title_and_publisher_come_first() -> None:
    assert write(letter()).startswith("Joint targeted area inspection of Exmere: neglect\nOfsted\n\n11 July 2024\n\n")


def test_no_line_is_longer_than_a_reader_follows_but_a_word_that_is() -> None:
    address = f"https://exmere.example/{'x' * 80}"
    text = write(
        letter(strengths=["word " * 100 + address], main_findings=[{"text": "a " * 90, "points": ["b " * 90]}])
    )
    assert [line for line in text.splitlines() if len(line) > WIDTH] == [f"  {address}"]


def test_numbers_go_on_through_a_list() -> None:
    text = write(letter(main_findings=["one", "two"], layout={"main_findings": "numbered"}))
    assert "1. one\n\n2. two" in text


def test_footnotes_stand_at_the_end_by_number() -> None:
    text = write(letter(strengths=["one[^n]"], footnotes={"n": "A note."}))
    assert "- one[2]" in text
    assert "\n\n[2] A note.\n\n[3] " in text


def test_a_table_names_the_column_of_every_cell() -> None:
    text = write(
        letter(layout={"recommendations": "table"}, recommendations=[recommendation("Act.", priority="priority")])
    )
    assert "\n\nResponsible body: Exmere Safeguarding Children Partnership\nArea for priority action: Act.\n\n" in text


def test_a_table_can_be_read_back_into_its_cells() -> None:
    document = letter_of("cawdale")
    table = next(block for block in every_block(document.blocks) if isinstance(block, Table))
    heads = [plain(runs) for runs in table.header]
    pattern = re.compile(rf"^{heads[0]}: (.*?)^{heads[1]}: (.*?)(?:\n\n)", re.MULTILINE | re.DOTALL)
    read = [
        tuple(" ".join(cell.replace("  - ", "").split()) for cell in row) for row in pattern.findall(write(document))
    ]
    cells = [tuple(" ".join(plain(block.runs) for block in cell) for cell in row) for row in table.rows]  # type: ignore[union-attr]
    assert read == cells


def test_addressees_keep_their_lines_together_and_spaces_may_break() -> None:
    text = write(letter(addressees=[{"name": "A B", "role": "x"}, {"name": "C D", "role": "y"}]))
    assert "\n\nA B, x\nC D, y\n\n" in text
    assert "\xa0" not in text
