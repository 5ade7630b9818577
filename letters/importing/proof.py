"""The proof that nothing of an older letter was dropped: what the composed letter does not say is named."""

import re
from collections import Counter

from letters.document.blocks import Document, plain
from letters.document.walk import texts
from letters.importing.parts import Parts
from letters.importing.people import addressee_lines
from letters.importing.source import Source, SourceBlock, normal

WORD = re.compile(r"\w+")
SENTENCE = re.compile(r"(?<=[.!?:;])\s+")


def left_over(source: Source, parts: Parts, document: Document) -> list[str]:
    """Return the sentences of the letter that the composed one does not have, or not as often."""
    composed = bare(" ".join(plain(runs) for runs in texts(document)))
    lines = [line for block in source.blocks for line in lines_of(block, parts)]
    lines += [" ".join(plain(runs).split()) for runs in source.footnotes.values()]
    sentences = [part for line in lines for part in SENTENCE.split(line) if bare(part).strip()]
    said = Counter(bare(part) for runs in texts(document) for part in SENTENCE.split(plain(runs)))
    wanted = Counter(map(bare, sentences))
    doubtful = [words for words, count in wanted.items() if said[words] < count]
    whole = bare(" ".join(lines)) if doubtful else ""
    missing = {words for words in doubtful if composed.count(words) < whole.count(words)}
    found = {bare(part): part for part in sentences if bare(part) in missing}
    aside = [line for line in source.aside if bare(line).strip() and bare(line) not in composed]
    return [part for part in found.values() if not is_numbering(part)] + aside


def lines_of(block: SourceBlock, parts: Parts) -> list[str]:
    """Return the lines of a paragraph that has a person on each, and any other paragraph as one."""
    is_address = any(block.runs == held.runs for held in parts.addressees)
    return addressee_lines(block) if is_address else [block.text]


def is_numbering(part: str) -> bool:
    """Say whether a part of a line is only the number of its paragraph, which the composed letter prints by itself."""
    return bool(re.fullmatch(r"\d{1,3}[.)]", part))


def bare(words: str) -> str:
    """Return words as the proof compares them: no case and no signs."""
    return f" {' '.join(WORD.findall(normal(words)))} "
