"""What changed in the words of a paragraph: whole words, and as few changes as a reader would have made."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

from letters.document.marks import Mark, Piece, merged

END = "\u2029"
"""Stands in a text for the end of a paragraph within it."""
TOKEN = re.compile(r"\w+(?:['’.\-\u2011]\w+)*|[^\S\u2029]+|.", re.DOTALL)
SLIGHT = 3
"""Letters of what stays between two larger changes and is taken into them: it would only be confetti."""


class TextEdit(NamedTuple):
    """From `old[a:b]` to `new[c:d]`, in characters; equal where `same`."""

    same: bool
    a: int
    b: int
    c: int
    d: int


def changes(old: str, new: str, marks: tuple[list[str], list[str]] | None = None) -> list[TextEdit]:
    """Return what leads from one text to another, in order; `marks` tell words apart that only look alike."""
    if old == new and marks is None:
        return [TextEdit(True, 0, len(old), 0, len(new))] if old else []
    olds, news = TOKEN.findall(old), TOKEN.findall(new)
    old_keys, new_keys = (keyed(olds, marks[0]), keyed(news, marks[1])) if marks else (olds, news)
    starts, ends = offsets(olds), offsets(news)
    found = [
        TextEdit(tag == "equal", starts[a], starts[b], ends[c], ends[d])
        for tag, a, b, c, d in SequenceMatcher(None, old_keys, new_keys, autojunk=False).get_opcodes()
    ]
    return readable(found, old)


def keyed(tokens: list[str], marks: list[str]) -> list[str]:
    """Return tokens with what is special about any of their characters."""
    found, place = [], 0
    for token in tokens:
        special = "".join(dict.fromkeys(marks[place : place + len(token)]))
        found.append(f"{token}\0{special}" if special else token)
        place += len(token)
    return found


def offsets(tokens: list[str]) -> list[int]:
    """Return where each token begins, and where the last one ends."""
    found = [0]
    for token in tokens:
        found.append(found[-1] + len(token))
    return found


def readable(found: list[TextEdit], old: str) -> list[TextEdit]:
    """Return changes with slight islands between them taken in, and neighbours made one."""
    out: list[TextEdit] = []
    for place, change in enumerate(found):
        last = place == len(found) - 1
        if change.same and out and not last and is_slight(old[change.a : change.b], out[-1], found[place + 1]):
            change = change._replace(same=False)
        if out and out[-1].same == change.same:
            out[-1] = TextEdit(change.same, out[-1].a, change.b, out[-1].c, change.d)
        else:
            out.append(change)
    return out


def is_slight(island: str, before: TextEdit, after: TextEdit) -> bool:
    """Say whether what stays between two changes is too little for a reader to hold on to."""
    if END in island:
        return False
    words = island.strip()
    if not words:
        return True
    around = min(weight(before), weight(after))
    return len(words) <= SLIGHT and around > 2 * len(words) and " " not in words


def weight(change: TextEdit) -> int:
    """Return how many characters a change is about."""
    return max(change.b - change.a, change.d - change.c)


def marked(old: tuple[Piece, ...], new: tuple[Piece, ...], mark: Mark) -> tuple[Piece, ...]:
    """Return pieces that say both: rejected they are the old ones, accepted the new."""
    if [piece[:4] for piece in old] == [piece[:4] for piece in new]:
        return new
    before, after = "".join([piece.text for piece in old]), "".join([piece.text for piece in new])
    out: list[Piece] = []
    for change in changes(before, after, special(old, new)):
        taken, given = cut(old, change.a, change.b), cut(new, change.c, change.d)
        if change.same:
            out += relooked(taken, given, mark)
        else:
            out += [piece._replace(deleted=mark) for piece in taken]
            out += [piece._replace(inserted=mark) for piece in given]
    return merged(out)


def special(old: tuple[Piece, ...], new: tuple[Piece, ...]) -> tuple[list[str], list[str]] | None:
    """Return what makes each character more than a letter, or None where nothing does."""
    if not any(piece.link or piece.object_key for piece in (*old, *new)):
        return None
    return kinds(old), kinds(new)


def kinds(pieces: tuple[Piece, ...]) -> list[str]:
    """Return for each character where it leads and what it stands for."""
    return [piece.link + piece.object_key for piece in pieces for _ in piece.text]


def reworded(old: tuple[Piece, ...], new: str) -> tuple[Piece, ...]:
    """Return pieces that say other words.

    What stays keeps its look, and what is no word, such as the number of a footnote, stays where it stood. New words
    look like those that they replace; a link whose words change is none any more.
    """
    words = tuple(piece for piece in old if not piece.object_key)
    things, before = things_by_place(old), "".join(piece.text for piece in words)
    out = list(things.pop(0, ()))
    for change in changes(spaced(before), spaced(new)):
        ends = sorted(place for place in things if change.a < place <= change.b)
        if change.same:
            for start, end in pairwise([change.a, *ends, change.b]):
                out += [*cut(words, start, end), *things.pop(end, ())]
            continue
        if change.d > change.c:
            out.append(look_for(cut(words, change.a, change.b), out, words)._replace(text=new[change.c : change.d]))
        for end in ends:
            out += things.pop(end)
    whole = {(piece.link, piece.text) for piece in old}
    return merged(
        [piece if not piece.link or (piece.link, piece.text) in whole else Piece(piece.text) for piece in out]
    )


def look_for(replaced: list[Piece], before: list[Piece], words: tuple[Piece, ...]) -> Piece:
    """Return a piece that looks as new words should: like what they replace, or like what stands before or after."""
    near = replaced[:1] or [piece for piece in before if not piece.object_key][-1:] or list(words[:1])
    return near[0] if near and not near[0].link else Piece("")


def things_by_place(pieces: tuple[Piece, ...]) -> dict[int, list[Piece]]:
    """Return what is no word, by how many characters of words stand before it."""
    found: dict[int, list[Piece]] = {}
    place = 0
    for piece in pieces:
        if piece.object_key:
            found.setdefault(place, []).append(piece)
        else:
            place += len(piece.text)
    return found


def spaced(text: str) -> str:
    """Return words as they compare: people do not type spaces at which no line breaks."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def cut(pieces: tuple[Piece, ...], start: int, end: int) -> list[Piece]:
    """Return the pieces between two characters."""
    out, place = [], 0
    for piece in pieces:
        first, last = max(start - place, 0), min(end - place, len(piece.text))
        if first < last:
            out.append(piece._replace(text=piece.text[first:last]) if last - first < len(piece.text) else piece)
        place += len(piece.text)
    return out


def relooked(old: list[Piece], new: list[Piece], mark: Mark) -> Iterator[Piece]:
    """Yield the new pieces of words that stay; where their look changed they say what it was."""
    looks = [piece.look for piece in old for _ in piece.text]
    place = 0
    for piece in new:
        start = 0
        while start < len(piece.text):
            was, end = looks[place + start], start
            while end < len(piece.text) and looks[place + end] == was:
                end += 1
            part = piece if end - start == len(piece.text) else piece._replace(text=piece.text[start:end])
            yield part if was == piece.look else part._replace(was=was, changed=mark)
            start = end
        place += len(piece.text)


def likeness(old: str, new: str) -> float:
    """Return how alike two texts are by their words, from 0 to 1."""
    if old == new:
        return 1.0
    return overlap(counted(old), counted(new))


def counted(text: str) -> dict[str, int]:
    """Return how often each word occurs in a text."""
    found: dict[str, int] = {}
    for word in text.split():
        found[word] = found.get(word, 0) + 1
    return found


def overlap(old: dict[str, int], new: dict[str, int]) -> float:
    """Return the share of words that two texts have in common (Dice's coefficient)."""
    size = sum(old.values()) + sum(new.values())
    common = sum(min(count, new[word]) for word, count in old.items() if word in new)
    return 2 * common / size if size else 1.0
