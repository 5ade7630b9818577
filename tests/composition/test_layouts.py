"""Strengths and recommendations as bullets or as paragraphs: the same words, and every finding once."""

import pytest

from letters.composition.letter import compose
from letters.document.blocks import Item, Paragraph
from letters.document.walk import every_block, words
from letters.houses.loading import house
from tests.builders import inspection, recommendation

FOUND = {"strengths": ["The patience of carers."], "recommendations": [recommendation("The timeliness of decisions.")]}


@pytest.mark.parametrize(("given", "kind"), [("bullets", Item), ("paragraphs", Paragraph)])
def test_strengths_and_recommendations_are_set_as_the_file_says(given: str, kind: type) -> None:
    found = inspection(layout={"strengths": given, "recommendations": given}, **FOUND)
    blocks = {block.id: block for block in every_block(compose(found, house("joint")).blocks)}
    named = [name for name in blocks if name.endswith(".text")]
    assert len(named) == 2
    assert {type(blocks[name]) for name in named} == {kind}


def test_the_words_are_the_same_either_way() -> None:
    said = [
        " ".join(
            words(compose(inspection(layout={"strengths": given, "recommendations": given}, **FOUND), house("joint")))
        )
        for given in ("bullets", "paragraphs")
    ]
    assert said[0] == said[1]
