"""Ways through a document."""

from letters.document.blocks import Heading, plain
from letters.document.walk import find, outline, words
from tests.builders import letter, recommendation

LETTER = letter(
    strengths=["The patience of *carers*.[^n]"],
    recommendations=[recommendation("Act at once.", priority="priority", id="R-1")],
    layout={"recommendations": "table"},
    footnotes={"n": "As seen."},
)


def test_words_run_through_boxes_and_tables_and_end_with_the_footnotes() -> None:
    found = " ".join(words(LETTER))
    assert (
        found.index("Ada Example")
        < found.index("Act at once.")
        < found.index("patience of carers.")
        < found.index("As seen.")
    )


def test_the_outline_has_every_heading_with_its_level() -> None:
    assert outline(LETTER)[0] == (1, "Joint targeted area inspection of Exmere")
    assert (2, "Strengths") in outline(LETTER)


def test_a_block_is_found_by_its_id() -> None:
    found = find(LETTER, "strengths-heading")
    assert isinstance(found, Heading)
    assert plain(found.runs) == "Strengths"
    assert find(LETTER, "nothing") is None
