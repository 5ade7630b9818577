"""How a house says a share of the areas, a number, and a number that is too small to be shown."""

import re
from collections.abc import Iterator

from letters.houses.house import HouseWords
from letters.houses.words import number

NO_THING = (
    r"(?:half|halves|thirds?|quarters?|(?:four|fif|six|seven|eigh|nin|ten)ths?|per|times|in|out|or|to|and|of|hundred"
    r"|thousand|dozen)\b"
)
"""What makes another number of a number that it follows."""


def ways(count: int, whole: int, words: HouseWords, thing: str = "area", things: str = "areas") -> list[str]:
    """Return every way in which the house says `count` of `whole`, the plainest first."""
    return list(dict.fromkeys(shares(count, whole, words, thing, things)))


def shares(count: int, whole: int, words: HouseWords, thing: str, things: str) -> Iterator[str]:
    """Yield the ways of saying a share."""
    if count == 0:
        yield from (f"none of the {number(whole)} {things}", f"no {thing}", f"no {things}", "none")
        return
    if count == whole:
        yield from (f"all {number(whole)} {things}", f"all {things}", f"every {thing}")
        yield from (f"each of the {number(whole)} {things}", f"all {number(whole)}")
    else:
        yield f"{number(count)} of the {number(whole)} {things}"
        yield from called(100 * count / whole, words, things)
        yield f"{number(count)} of the {number(whole)}"
    yield from (f"{number(count)} {thing if count == 1 else things}", number(count))
    if whole >= words.percentages_from:
        yield from (f"{round(100 * count / whole)}% of {things}", f"{round(100 * count / whole)}%")


def called(share: float, words: HouseWords, things: str) -> Iterator[str]:
    """Yield what the house calls a share in per cent."""
    found = next((held for held in words.proportions if share >= held.least), None)
    if found:
        yield found.words.replace("{things}", things)


def agrees(said: str, wanted: list[str]) -> bool:
    """Say whether words say a quantity in one of the ways wanted; a sentence may begin with them."""
    return any(said in (way, way[:1].upper() + way[1:]) for way in wanted)


def agrees_with_number(said: str, count: int) -> bool:
    """Say whether words are a number, as the house writes it, and what is counted."""
    first = number(count)
    found = re.match(rf"(?:{first}|{first.capitalize()})(?: (?!{NO_THING})\w|$)", said)
    return found is not None


def shown(count: int, words: HouseWords) -> str:
    """Return a number of children, or that it is smaller than what is shown."""
    return f"{count:,}" if count >= words.least_shown or count == 0 else f"fewer than {number(words.least_shown)}"
