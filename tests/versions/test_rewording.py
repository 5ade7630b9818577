"""Other words for a paragraph: what stays keeps its look and its footnotes, and nothing else looks like what it is not."""

import pytest

from letters.document.marks import Piece
from letters.versions.wording import reworded

NOTE = Piece("\N{OBJECT REPLACEMENT CHARACTER}", "reference", object_key="note:1")
WORDS = (Piece("This depends on"), NOTE, Piece(" old rules."))


def said(pieces: tuple[Piece, ...]) -> list[str]:
    """Return pieces as words, with what is no word in brackets and what has a look in stars."""
    return [
        f"[{piece.object_key}]" if piece.object_key else f"*{piece.text}*" if piece.look else piece.text
        for piece in pieces
    ]


@pytest.mark.parametrize(
    ("new", "found"),
    [
        ("This rests on old rules.", ["This rests on", "[note:1]", " old rules."]),
        ("Nothing of it is left", ["Nothing of it is left", "[note:1]"]),
        ("This depends on old rules. More.", ["This depends on", "[note:1]", " old rules. More."]),
        ("", ["[note:1]"]),
    ],
)
def test_a_footnote_stays_where_it_stood_and_is_never_lost(new: str, found: list[str]) -> None:
    assert said(reworded(WORDS, new)) == found


def test_a_footnote_s_own_number_stays_before_its_words() -> None:
    assert said(reworded((NOTE, Piece("The rules of 2015.")), "The rules of 2016.")) == [
        "[note:1]",
        "The rules of 2016.",
    ]


def test_a_look_does_not_spread_to_words_that_had_none() -> None:
    held = (Piece("Midmarch", "italic"), Piece(" Police hold much."))
    assert said(reworded(held, "Midmarch Police hold little.")) == ["*Midmarch*", " Police hold little."]
    assert said(reworded(held, "Midmarsh Police hold much.")) == ["*Midmarsh*", " Police hold much."]


def test_spaces_at_which_no_line_breaks_stay() -> None:
    held = (Piece("By 10\N{NO-BREAK SPACE}October."),)
    assert said(reworded(held, "By 10 October at noon.")) == ["By 10\N{NO-BREAK SPACE}October at noon."]


def test_a_link_whose_words_change_leads_nowhere_any_more() -> None:
    held = (Piece("Write to "), Piece("a@b.example", "link", "mailto:a@b.example"), Piece(" now."))
    assert not any(piece.link for piece in reworded(held, "Write to x@y.example now."))
    assert [piece.link for piece in reworded(held, "Write soon to a@b.example now.")].count("mailto:a@b.example") == 1
