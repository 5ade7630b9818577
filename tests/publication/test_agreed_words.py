"""The words that are agreed to: those of the final letter, however far it has come; and where they moved."""

from datetime import date

import pytest

from letters.findings.inspection import Stage
from letters.houses.house import House
from letters.verbs.agree import agreed_words, moved_words
from tests import builders


@pytest.mark.parametrize("stage", list(Stage))
def test_every_stage_has_the_same_agreed_words(joint: House, stage: Stage) -> None:
    final = builders.inspection(strengths=["The patience that foster carers show."])
    assert agreed_words(final.model_copy(update={"stage": stage}), joint) == agreed_words(final, joint)


def test_the_places_whose_words_moved_are_named(joint: House) -> None:
    before = builders.inspection(strengths=[{"id": "S-01", "text": "The patience that foster carers show."}])
    after = before.model_copy(deep=True)
    after.strengths[0].text = "The kindness that foster carers show."  # type: ignore[union-attr]
    (moved,) = moved_words(before, after, joint)
    assert moved == (
        "S-01.text",
        "The patience that foster carers show.",
        "The kindness that foster carers show.",
    )


def test_another_day_moves_the_line_that_says_it(joint: House) -> None:
    before = builders.inspection()
    after = before.model_copy(deep=True)
    after.dates.letter = date(2024, 7, 12)
    assert [moved[1:] for moved in moved_words(before, after, joint)] == [
        ("11\N{NO-BREAK SPACE}July\N{NO-BREAK SPACE}2024", "12\N{NO-BREAK SPACE}July\N{NO-BREAK SPACE}2024")
    ]
