"""The parts of a letter: its head, opening, sections, next steps and end."""

import re
from dataclasses import dataclass, field

from letters.importing.facts import DAY
from letters.importing.source import SourceBlock, normal

CLOSING = re.compile(r"^yours (?:sincerely|faithfully|truly)\b", re.IGNORECASE)
DEAR = re.compile(r"^dear\b", re.IGNORECASE)
TITLE = re.compile(r"\binspection\b", re.IGNORECASE)
HEADS = (
    ("context", re.compile(r"^(?:context|background)$")),
    (
        "headline_findings",
        re.compile(r"^(?:headline|overall|summary of|overview of) findings$|^(?:summary|headlines)$"),
    ),
    ("strengths", re.compile(r"^(?:key |areas of )?strengths?$|^what is working well\??$")),
    (
        "priority",
        re.compile(r"^(?:key )?(?:area|areas|area\(s\)) for (?:priority|urgent) (?:action|actions|improvement)$"),
    ),
    (
        "improvement",
        re.compile(
            r"^(?:key )?(?:area|areas|area\(s\)) (?:for|of|requiring) (?:improvement|improvements|development)$"
            r"|^what needs to improve\??$"
        ),
    ),
    ("recommendations", re.compile(r"^(?:key )?recommendations?$")),
    ("main_findings", re.compile(r"^(?:main|detailed|key|our|the|inspection)? ?findings$")),
    ("children_summary", re.compile(r"summary for children|children.s summary|for children and young people$")),
    ("next_steps", re.compile(r"^next steps?$|^what happens next\??$")),
    ("recipients", re.compile(r"^recipients$")),
)
"""How the heading of each section is worded, in small letters."""
STUDY = re.compile(r"^(?:case|practice) (?:study|example)", re.IGNORECASE)


@dataclass
class SectionPart:
    """One section of a letter: which it is, its heading, and what stands below."""

    name: str
    heading: SourceBlock | None
    blocks: list[SourceBlock] = field(default_factory=list)


@dataclass
class Parts:
    """A letter taken apart."""

    before: list[SourceBlock] = field(default_factory=list)
    """What stands before the letter itself and is none of the following."""
    day: SourceBlock | None = None
    addressees: list[SourceBlock] = field(default_factory=list)
    salutation: SourceBlock | None = None
    title: SourceBlock | None = None
    opening: list[SourceBlock] = field(default_factory=list)
    sections: list[SectionPart] = field(default_factory=list)
    closing: SourceBlock | None = None
    signatures: list[SourceBlock] = field(default_factory=list)

    def section(self, name: str) -> SectionPart | None:
        """Return the section of that name."""
        return next((part for part in self.sections if part.name == name), None)

    @property
    def order(self) -> list[str]:
        """The names of its sections in order."""
        return [part.name for part in self.sections]


def taken_apart(blocks: list[SourceBlock]) -> Parts:
    """Return the parts of a letter."""
    parts = Parts()
    end = next((place for place, block in enumerate(blocks) if CLOSING.match(block.text)), len(blocks))
    if end < len(blocks):
        parts.closing = blocks[end].as_paragraph()
        parts.signatures = blocks[end + 1 :]
    start = head(parts, blocks[:end])
    body(parts, blocks[start:end])
    return parts


def head(parts: Parts, blocks: list[SourceBlock]) -> int:
    """Take date, addressees, greeting and title from the beginning; return where the letter's text begins."""
    dear = next((place for place, block in enumerate(blocks[:60]) if DEAR.match(block.text)), None)
    title = next((place for place, block in enumerate(blocks) if is_title(block, place, dear)), None)
    for block in blocks[: dear if dear is not None else title or 0]:
        found = DAY.search(block.text)
        if parts.day is None and found and len(block.text) < 2 * len(found[0]):
            parts.day = block
        elif parts.day is None and not block.text.count(","):
            parts.before.append(block)
        else:
            parts.addressees.append(block.as_paragraph())
    start = 0
    if dear is not None:
        parts.salutation = blocks[dear].as_paragraph()
        start = dear + 1
    if title is not None:
        parts.title = blocks[title]
        parts.before += blocks[start:title]
        start = title + 1
    return start


def is_title(block: SourceBlock, place: int, dear: int | None) -> bool:
    """Say whether a paragraph is the letter's title: the first heading that speaks of an inspection."""
    is_near = dear is None or dear < place <= dear + 4
    return block.is_heading and is_near and bool(TITLE.search(block.text)) and section_name(block) == ""


def body(parts: Parts, blocks: list[SourceBlock]) -> None:
    """Share the text out to opening and sections by their headings."""
    held: SectionPart | None = None
    for block in blocks:
        name = section_name(block)
        if name:
            held = SectionPart(name, block)
            parts.sections.append(held)
        elif held is None:
            parts.opening.append(block)
        else:
            held.blocks.append(block)


def section_name(block: SourceBlock) -> str:
    """Return the section that a heading opens; empty where it opens none that letters have."""
    words = normal(block.text).rstrip(": ")
    is_head = block.is_heading and not block.box and not block.column and not STUDY.match(block.text)
    return next((name for name, pattern in HEADS if is_head and pattern.search(words)), "")
