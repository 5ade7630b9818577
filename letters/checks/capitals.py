"""Capitalised words of a text, those that follow each other together, and what each word can be."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from letters.checks.name_patterns import (
    CAMEL,
    CAPITAL,
    FUNCTION_WORDS,
    NAME_CAMEL,
    OPENED,
    POSSESSIVE,
    SENTENCE_START,
)
from letters.findings import registers

REACH = 200
"""How many characters before a word its patterns look at: the longest looks at a few words of a clause."""
NEAR = 12
"""How many signs and spaces can stand between two sentences."""
LAST_WORD = re.compile(r"([\w-]+) [‘“\"']?$")
LONGEST_WORD = 40


class Run(NamedTuple):
    """Capitalised words that follow each other: where they begin and end, and whether they begin a sentence."""

    words: tuple[str, ...]
    start: int
    end: int
    begins: bool
    """Whether a sentence begins with them, so that their first capital says nothing."""

    @property
    def text(self) -> str:
        """The words as they are written."""
        return " ".join(self.words)


def runs_of(text: str) -> Iterator[Run]:
    """Yield the capitalised words of a text, those that follow each other together."""
    held: list[re.Match[str]] = []
    for match in CAPITAL.finditer(text):
        if not match[0][:1].isupper():
            continue
        if held and text[held[-1].end() : match.start()] != " ":
            yield run_of(text, held)
            held = []
        held.append(match)
    if held:
        yield run_of(text, held)


def run_of(text: str, words: list[re.Match[str]]) -> Run:
    """Return words as a run."""
    start = words[0].start()
    before = text[max(0, start - NEAR) : start]
    begins = SENTENCE_START.search(before) is not None or OPENED.search(before) is not None
    return Run(tuple(word[0] for word in words), start, words[-1].end(), begins)


def bare(word: str) -> str:
    """Return a word without the sign of a possessive."""
    return POSSESSIVE.sub("", word)


def words_before(text: str, place: int) -> str:
    """Return what stands before a place, as far back as any pattern looks."""
    return text[max(0, place - REACH) : place]


def last_word(text: str) -> str:
    """Return the last word before a place, in lower case; nothing where a sign stands between."""
    found = LAST_WORD.search(text[-LONGEST_WORD:])
    return found[1].lower() if found else ""


def speaks_of_a_thing(after: str) -> bool:
    """Say whether what follows a word speaks of it as of a thing."""
    return re.match(r"^[^.;]{0,60}\bits\b", after) is not None


def is_never_a_name(word: str) -> bool:
    """Say whether a word is one that begins sentences and is called to nobody: an article, a conjunction, an adverb."""
    small = word.lower()
    return small in FUNCTION_WORDS or (small.endswith("ly") and is_ordinary(word) and not is_first_name(word))


def is_sign(word: str) -> bool:
    """Say whether a word is an abbreviation, a brand or a single letter by its capitals."""
    if len(word.replace(".", "").strip()) < 2 or re.match(r"^I[’']|^[A-Z]-[a-z]", word):
        return True
    return (word.isupper() and "-" not in word) or (CAMEL.search(word) is not None and not NAME_CAMEL.search(word))


@cache
def is_ordinary(word: str) -> bool:
    """Say whether a word is one of the language, which is written small within a sentence."""
    small = word.lower()
    parts = small.replace("’", "'").split("-")
    return all(part in registers.words() or part.removesuffix("s") in registers.words() for part in parts)


def is_first_name(word: str) -> bool:
    """Say whether a word, or the first part of a double name, is a first name that lists have."""
    first = word.split("-")[0]
    return first in registers.first_names() or first in registers.names_and_words()
