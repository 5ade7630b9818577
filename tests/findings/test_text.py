"""What text an inspection may hold."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.findings.fields import refuse_uncarriable


@pytest.mark.parametrize(
    "text", ["a\x00", "\x1b[0m", "a\x0bb", "\r\n", "\x85", "\ufffe", "\U0001ffff", "\ufdd0", "\ud800"]
)
def test_a_character_that_xml_cannot_hold_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"character \d+ is U\+[0-9A-F]{4}"):
        refuse_uncarriable(text)


@pytest.mark.parametrize("text", ["tab\tand\nline", "é ŵ ŷ", "😀", "\u200b\u200d\u202e", "שלום", "\ue000", "\xa0"])
def test_odd_but_carriable_text_is_kept(text: str) -> None:
    assert refuse_uncarriable(text) == text


@given(st.text())
def test_what_passes_holds_no_control_character(text: str) -> None:
    try:
        kept = refuse_uncarriable(text)
    except ValueError:
        return
    assert all(unicodedata.category(character) not in ("Cc", "Cs") or character in "\n\t" for character in kept)
