"""The kinds of text an inspection holds, and the characters that no document can carry."""

import re
import unicodedata
from collections.abc import Container
from itertools import chain, count
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

LONGEST_TEXT = 40_000
"""Characters of one text: the longest finding that was published has 3,000."""
ALLOWED_CONTROLS = "\n\t"


def refuse_uncarriable(text: str) -> str:
    """Return `text`, or raise ValueError naming its first control character, surrogate or noncharacter.

    XML 1.0 (section 2.2) cannot hold them, and a word processor drops them with what follows.
    """
    if text.isprintable():
        return text
    for place, character in enumerate(text, start=1):
        if is_uncarriable(character):
            raise ValueError(f"character {place} is U+{ord(character):04X}, which documents cannot contain; delete it")
    return text


def is_uncarriable(character: str) -> bool:
    """Say whether a character is a control character, a line separator, a lone surrogate or a noncharacter."""
    if unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp"):
        return character not in ALLOWED_CONTROLS
    return ord(character) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(character) <= 0xFDEF


def refuse_empty(text: str) -> str:
    """Return `text`, or raise ValueError where it holds no word."""
    if not text.strip():
        raise ValueError("is empty; write its text, or leave the field out")
    return text


def refuse_endless(text: str) -> str:
    """Return `text`, or raise ValueError where it is longer than any finding could be."""
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"is {len(text):,} characters long; one text can have {LONGEST_TEXT:,}. Split it")
    return text


Prose = Annotated[str, AfterValidator(refuse_endless), AfterValidator(refuse_uncarriable), AfterValidator(refuse_empty)]
"""Words in the small Markdown of findings: *emphasis*, **strong**, [link](https://...), [^footnote]."""

Line = Annotated[Prose, StringConstraints(strip_whitespace=True, pattern=r"^[^\n]+$")]
"""Literal words on one line; nothing in them is Markdown."""

Identifier = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,31}$")]
"""A short name of letters, digits, hyphens and underscores that begins with a letter."""


def stem_of(words: str) -> str:
    """Return words as an identifier may begin: small letters, digits and hyphens; empty where they have none."""
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")


def free_name(stem: str, taken: Container[str]) -> str:
    """Return a name that is not taken: the stem itself, or with the first number from 2 that makes it another."""
    names = chain([stem], (f"{stem}-{number}" for number in count(2)))
    return next(name for name in names if name not in taken)


class Part(BaseModel):
    """What every part of an inspection file shares: unknown fields are mistakes, types are strict."""

    model_config = ConfigDict(extra="forbid", defer_build=True)
