"""The parts of a letter: its head, opening, sections, next steps and end."""

import re
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from letters.document.blocks import Run
from letters.importing.facts import day_of_letter
from letters.importing.source import Kind, SourceBlock, normal

CLOSING = re.compile(
    r"^(?:yours (?:sincerely|faithfully|truly)|(?:with )?(?:kind|best) (?:regards|wishes))[,.]?$", re.IGNORECASE
)
DEAR = re.compile(r"^dear\b", re.IGNORECASE)
TITLE = re.compile(r"\binspection\b", re.IGNORECASE)
HEADS = (
    ("context", re.compile(r"^(?:context|background)$")),
    (
        "headline_findings",
        re.compile(
            r"^(?:headline|overall|summary of|overview of)(?: the)? findings$|^(?:executive )?summary$|^headlines$"
        ),
    ),
    (
        "strengths",
        re.compile(r"^(?:key |main |areas of )?strengths?(?: of .{1,60})?$|^what (?:is working|works) well\??$"),
    ),
    (
        "priority",
        re.compile(
            r"^(?:key )?(?:area|areas|area\(s\)) for (?:priority|urgent) (?:action|actions|improvement)$"
            r"|^(?:priority|urgent) actions?$"
        ),
    ),
    (
        "improvement",
        re.compile(
            r"^(?:key )?(?:area|areas|area\(s\)) (?:for|of|requiring) (?:improvement|improvements|development)$"
            r"|^what needs to improve\??$"
        ),
    ),
    ("recommendations", re.compile(r"^(?:key )?recommendations?$")),
    ("main_findings", re.compile(r"^(?:main|detailed|key|our|the|inspection)? ?findings(?: in detail| in full)?$")),
    ("children_summary", re.compile(r"summary for children|children.s summary|for children and young people$")),
    ("next_steps", re.compile(r"^next steps?(?: for .{1,60})?$|^what happens next\??$")),
    ("recipients", re.compile(r"^recipients$")),
)
"""How the heading of each section is worded, in small letters."""
NUMBERED = re.compile(r"^\d{1,2}(?:\.\d{1,2})?[.)]?\s+")
LONGEST_HEAD = 10
"""Words of the heading of a section."""
STUDY = re.compile(r"^(?:case|practice) (?:study|example)", re.IGNORECASE)


LONGEST_DAY = 40
OF_A_LETTERHEAD = re.compile(
    r"\b(?:T|F|E|Tel|Telephone|Fax|Ref|Our ref|Reference|Our reference|Your reference|Email|Web|www)\b\s*[:.]|www\.|@|"
    r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\b(?:Street|Road|Lane|Gate|Avenue|House|Floor)$",
)
"""What stands in the letterhead, and in no line of an addressee."""


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
    for block in in_rows(blocks[: dear if dear is not None else title or 0]):
        is_day = day_of_letter(block.text) is not None and len(block.text) < LONGEST_DAY
        if parts.day is None and is_day:
            parts.day = block
        elif OF_A_LETTERHEAD.search(block.text) or (
            not any(sign in block.text for sign in ",\n") and len(block.lines) < 2
        ):
            parts.before.append(block)
        else:
            parts.addressees.append(block.as_paragraph())
    start = 0
    if dear is not None:
        parts.salutation = blocks[dear].as_paragraph()
        start = dear + 1
    if title is not None:
        end = title + 1
        while end < len(blocks) and blocks[end].is_heading and not section_name(blocks[end]) and not blocks[end].box:
            end += 1
        parts.title = joined(blocks[title:end])
        parts.before += blocks[start:title]
        start = end
    return start


def is_addressed(block: SourceBlock) -> bool:
    """Say whether a paragraph above the greeting can name addressees, and is no part of the letterhead."""
    return OF_A_LETTERHEAD.search(block.text) is None and ("," in block.text or len(block.lines) > 1)


def in_rows(blocks: list[SourceBlock]) -> list[SourceBlock]:
    """Return paragraphs with those that stand side by side made one line, such as a name and a role in two cells."""
    out: list[SourceBlock] = []
    for block in blocks:
        if block.column and out:
            words = f"{out[-1].text.rstrip(',')}, {block.text}"
            out[-1] = replace(out[-1], runs=(Run(words),), lines=(words,))
        else:
            out.append(block)
    return out


def joined(blocks: list[SourceBlock]) -> SourceBlock:
    """Return the lines of a title as one."""
    words = " ".join(block.text for block in blocks)
    return replace(blocks[0], runs=(Run(words),)) if len(blocks) > 1 else blocks[0]


def is_title(block: SourceBlock, place: int, dear: int | None) -> bool:
    """Say whether a paragraph is the letter's title: the first heading that speaks of an inspection."""
    is_near = dear is None or dear < place <= dear + 4
    return block.is_heading and is_near and bool(TITLE.search(block.text)) and section_name(block) == ""


def body(parts: Parts, blocks: list[SourceBlock]) -> None:
    """Share the text out to opening and sections by their headings."""
    held: SectionPart | None = None
    for block, after in zip_longest(blocks, blocks[1:]):
        name = "" if after and after.column else section_name(block)
        if name:
            held = SectionPart(name, block)
            parts.sections.append(held)
        elif held is None:
            parts.opening.append(block)
        else:
            held.blocks.append(block)


def section_name(block: SourceBlock) -> str:
    """Return the section that a heading opens; empty where it opens none that letters have.

    A short line with the very words of a heading is one, whatever its looks; a number before it counts for nothing.
    """
    words = NUMBERED.sub("", normal(block.text)).rstrip(": ")
    if block.kind is Kind.ENTRY or block.column or len(words.split()) > LONGEST_HEAD or STUDY.match(block.text):
        return ""
    return next((name for name, pattern in HEADS if pattern.search(words)), "")
