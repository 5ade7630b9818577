"""Which entry of a ledger explains which words of a redline."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from letters.document.marks import Mark

WORD = re.compile(r"\w+|[^\w\s]")


class Entry(NamedTuple):
    """One accepted change of a ledger: the words before and after, who made it when, and the sent words around it."""

    before: str
    after: str
    mark: Mark
    kind: str = "words"
    around: tuple[str, str] = ("", "")

    def is_at(self, place: "Place") -> bool:
        """Say whether a paragraph is the one that was changed: the ledger has words around, or the words themselves."""
        before, after = self.around
        if before.strip() or after.strip():
            around = (before + self.before, self.before + after)
            return any(beside.strip() and words in place.was for beside, words in zip(self.around, around, strict=True))
        sides = ((self.before, place.was or place.now), (self.after, place.now))
        return any(is_within(words, text) or is_within(text, words) for words, text in sides)

    def side(self, *, new: bool, moved: bool) -> str:
        """Return the words that it took out or put in; those that moved are its words before and after."""
        if moved:
            return f"{self.before} {self.after}"
        return self.after if new else self.before


class Place(NamedTuple):
    """A paragraph of a redline as it was and as it is now."""

    was: str
    now: str


class Explained(NamedTuple):
    """Some words, and who changed them where that is known."""

    words: str
    mark: Mark | None


class Span(NamedTuple):
    """Words of a text, by number, that an entry explains."""

    start: int
    end: int
    mark: Mark


class Ledger:
    """The accepted changes of a merge."""

    def __init__(self, entries: list[Entry]) -> None:
        self._entries = entries

    def explained(self, text: str, place: Place, *, new: bool, moved: bool = False) -> list[Explained]:
        """Return a text of a paragraph in parts, each with who changed it."""
        words = list(WORD.finditer(text))
        plain = [found[0] for found in words]
        sides = [(tokens(entry.side(new=new, moved=moved)), entry.mark) for entry in self._at(place)]
        spans = [span for side, mark in sides for span in spans_of(plain, side, mark)]
        return list(parted(text, words, without_rivals(spans)))

    def relooked(self, text: str, place: Place) -> Mark | None:
        """Return who gave some words of a paragraph another look."""
        looks = [entry for entry in self._at(place) if entry.kind == "look"]
        return one({entry.mark for entry in looks if is_within(text, entry.before)})

    def ended(self, place: Place) -> Mark | None:
        """Return who parted or joined a paragraph at its end."""
        ends = [entry for entry in self._entries if entry.kind in ("parted", "joined")]
        was = place.was.rstrip()
        return one({entry.mark for entry in ends if was and was.endswith(entry.around[0].strip())})

    def _at(self, place: Place) -> list[Entry]:
        return [entry for entry in self._entries if entry.is_at(place)]


def is_within(words: str, text: str) -> bool:
    """Say whether words stand in a text, whole words and in their order."""
    return bool(places(tokens(words), tokens(text)))


def tokens(text: str) -> list[str]:
    """Return the words and signs of a text."""
    return WORD.findall(text)


def places(words: list[str], within: list[str]) -> list[int]:
    """Return where words stand in others, one after the other."""
    size = len(words)
    return [start for start in range(len(within) - size + 1) if size and within[start : start + size] == words]


def spans_of(words: list[str], side: list[str], mark: Mark) -> Iterator[Span]:
    """Yield which words an entry explains: all of them, its own among them, or those where the two overlap."""
    if places(words, side):
        yield Span(0, len(words), mark)
        return
    found = places(side, words)
    yield from (Span(start, start + len(side), mark) for start in found)
    if found:
        return
    for size in range(min(len(words), len(side)) - 1, 0, -1):
        if words[:size] == side[-size:]:
            yield Span(0, size, mark)
            return
        if words[-size:] == side[:size]:
            yield Span(len(words) - size, len(words), mark)
            return


def without_rivals(spans: list[Span]) -> list[Span]:
    """Return spans that do not overlap, the longest first; words that two people may have changed are nobody's."""
    chosen: list[Span] = []
    taken: set[int] = set()
    for span in sorted(spans, key=lambda span: (span.start - span.end, span.start)):
        own = set(range(span.start, span.end))
        if own & taken:
            continue
        taken |= own
        rivals = {other.mark for other in spans if other[:2] == span[:2]}
        mark = one(rivals)
        chosen += [span._replace(mark=mark)] if mark else []
    return sorted(chosen)


def one(marks: set[Mark]) -> Mark | None:
    """Return the one author of some marks, with the date where it is one too."""
    if len(marks) == 1:
        return next(iter(marks))
    authors = {mark.author for mark in marks}
    return Mark(authors.pop()) if len(authors) == 1 else None


def parted(text: str, words: list[re.Match[str]], spans: list[Span]) -> Iterator[Explained]:
    """Yield a text in parts, each with its author; white space between two goes with the later."""
    start = 0
    for span in spans:
        first, end = words[span.start].start(), words[span.end - 1].end()
        if text[start:first].strip():
            yield Explained(text[start:first], None)
            start = first
        yield Explained(text[start:end], span.mark)
        start = end
    if start == 0 or text[start:].strip():
        yield Explained(text[start:], None)
    elif start < len(text):
        yield Explained(text[start:], spans[-1].mark)
