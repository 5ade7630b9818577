"""The paragraphs and lists of a section -> findings, groups and case studies, as an inspection file has them."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from letters.document import markdown
from letters.importing.parts import STUDY, SectionPart
from letters.importing.source import Kind, SourceBlock

PSEUDONYM = re.compile(
    r"pseudonym|names? (?:has|have|is|are|was|were) (?:been )?(?:changed|not)|not (?:his|her|their|the \w+) real name",
    re.IGNORECASE,
)
NUMBER = re.compile(r"^(\d{1,3})[.)]\s+")
FEWEST_NUMBERED = 3
LONGEST_NOTE = 200
"""Letters of a sentence that says that names are invented."""
PREFIXES = {
    "summary": "O",
    "context": "K",
    "headline_findings": "H",
    "strengths": "S",
    "priority": "P",
    "improvement": "R",
    "recommendations": "R",
    "main_findings": "M",
    "children_summary": "Y",
}
"""How the ids of each section's findings begin."""
OF_BODIES = re.compile(r"\b(?:agenc(?:y|ies)|bod(?:y|ies)|responsib\w+|lead|owner|who)\b")
LONGEST_HEAD = 6
"""Words of the head of a column."""
LISTS = ("strengths", "priority", "improvement", "recommendations")
"""Sections whose entries are bullets."""
PRIORITIES = {"priority": "priority", "improvement": "improvement", "recommendations": "unprioritised"}


@dataclass
class Sections:
    """What the sections of a letter hold, by the fields of an inspection file."""

    fields: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    studies: list[dict[str, Any]] = field(default_factory=list)
    doubts: list[tuple[tuple[str | int, ...], str]] = field(default_factory=list)
    """Places of the file with what the importer was not sure of."""
    numbered: bool = False
    """Whether the main findings are numbered paragraphs."""
    in_bullets: bool = False
    """Whether the main findings are bullets, or numbered as a list."""
    in_tables: set[str] = field(default_factory=set)
    """Sections that this letter has as tables with the bodies that should act."""
    in_paragraphs: set[str] = field(default_factory=set)
    """Sections of bullets that this letter has as paragraphs."""
    _counts: Counter[str] = field(default_factory=Counter)

    def next_id(self, section: str) -> str:
        """Return the id of the next entry of a section."""
        self._counts[PREFIXES[section]] += 1
        return f"{PREFIXES[section]}-{self._counts[PREFIXES[section]]:02d}"

    def take(self, part: SectionPart) -> None:
        """Add the entries of one section."""
        maker = EntryMaker(self, part.name)
        before, table, after = table_apart(part.blocks) if part.name in PRIORITIES else (part.blocks, [], [])
        for block_list in boxes_apart(before):
            maker.take_all(block_list)
        for bodies, words in rows_of(table):
            maker.take_row(bodies, words)
        for block_list in boxes_apart(after):
            maker.take_all(block_list)
        maker.finish(part)


def table_apart(blocks: list[SourceBlock]) -> tuple[list[SourceBlock], list[SourceBlock], list[SourceBlock]]:
    """Return what stands before a table, in it and after it; a table has paragraphs side by side."""
    beside = [place for place, block in enumerate(blocks) if block.column]
    if not beside:
        return blocks, [], []
    start = max(0, beside[0] - 1)
    return blocks[:start], blocks[start : beside[-1] + 1], blocks[beside[-1] + 1 :]


def rows_of(table: list[SourceBlock]) -> Iterator[tuple[str, list[SourceBlock]]]:
    """Yield the rows of a table of bodies and recommendations, without its heads, whichever column is the first."""
    rows: list[list[SourceBlock]] = []
    for block in table:
        if not rows or (not block.column and any(held.column for held in rows[-1])):
            rows.append([])
        rows[-1].append(block)
    heads = [block.text.lower() for block in rows[0]] if rows and is_head(rows[0]) else []
    bodies_last = len(heads) > 1 and OF_BODIES.search(heads[-1]) is not None and OF_BODIES.search(heads[0]) is None
    for row in rows[1:] if heads else rows:
        bodies = [block.text for block in row if bool(block.column) == bodies_last]
        words = [block for block in row if bool(block.column) != bodies_last]
        if words:
            yield " ".join(bodies), words


def is_head(row: list[SourceBlock]) -> bool:
    """Say whether a row names the columns of its table."""
    return all(len(block.text.split()) <= LONGEST_HEAD for block in row) and (
        all(block.is_heading for block in row) or any(OF_BODIES.search(block.text.lower()) for block in row)
    )


def boxes_apart(blocks: list[SourceBlock]) -> Iterator[list[SourceBlock]]:
    """Yield the paragraphs in runs: those of one box together, those between boxes together.

    A heading that begins like a case study's opens a box even where none is drawn, up to the next heading.
    """
    run: list[SourceBlock] = []
    box: int | None = None
    drawn_by_words = False
    for block in blocks:
        if block.box:
            number, drawn_by_words = block.box, False
            opens = begins_another(run, block)
        elif STUDY.match(block.text) and (block.is_heading or len(block.text.split()) < 12):
            number, drawn_by_words, opens = -1, True, True
        else:
            drawn_by_words = drawn_by_words and not block.is_heading
            number, opens = (-1 if drawn_by_words else 0), False
        goes_on = box not in (0, None) and number > 0 and bool(run) and continues_box(run, block)
        if run and (opens or (number != box and not goes_on)):
            yield run
            run = []
        run.append(
            block
            if number == block.box
            else SourceBlock(block.kind, block.runs, block.place, block.level, 1, block.lines)
        )
        box = number
    if run:
        yield run


def begins_another(run: list[SourceBlock], block: SourceBlock) -> bool:
    """Say whether a heading within a box opens another box: the one above has its words, and a title like this one."""
    has_words = any(not held.is_heading for held in run)
    same = bool(run) and run[0].is_heading and run[0].level == block.level
    return block.is_heading and has_words and (same or STUDY.match(block.text) is not None)


def continues_box(run: list[SourceBlock], block: SourceBlock) -> bool:
    """Say whether a box goes on at the top of the next page: what follows has no title of its own."""
    return bool(run[0].box) and run[-1].place != block.place and not block.is_heading


@dataclass
class EntryMaker:
    """Makes the entries of one section."""

    out: Sections
    name: str
    entries: list[dict[str, Any]] = field(default_factory=list)
    group: dict[str, Any] | None = None
    last: dict[str, Any] | None = None
    waiting: list[str] = field(default_factory=list)
    """Case studies that stood before any entry of the section."""

    @property
    def is_list(self) -> bool:
        """Whether the section's entries are bullets."""
        return self.name in LISTS

    def take_all(self, blocks: list[SourceBlock]) -> None:
        """Add a box, or the paragraphs between two boxes."""
        if blocks[0].box:
            self.study(blocks)
        else:
            for block in blocks:
                self.take(block)

    def take_row(self, bodies: str, words: list[SourceBlock]) -> None:
        """Add one row of a table: the bodies that should act, and the recommendation."""
        self.out.in_tables.add(self.name)
        self._add(markdown.source(words[0].runs).strip(), words[0])
        assert self.last is not None
        self.last["target"] = bodies or "partnership"
        for block in words[1:]:
            text = markdown.source(block.runs).strip()
            if block.kind is Kind.ENTRY:
                self.last.setdefault("points", []).append({"text": text})
            else:
                self.last["text"] += f"\n\n{text}"

    def take(self, block: SourceBlock) -> None:
        """Add one paragraph, entry or heading."""
        text = markdown.source(block.runs).strip()
        if block.continues and self.last is not None:
            further = self.last["points"][-1] if self.last.get("points") else self.last
            further["text"] += f"\n\n{text}"
        elif block.kind is Kind.HEADING:
            self.group = {"heading": block.text, "items": []}
            self.entries.append(self.group)
            self.last = None
        elif block.kind is Kind.ENTRY and self.last is not None and self._takes_points(block):
            self.last.setdefault("points", []).append({"text": text})
        elif block.kind is Kind.PARAGRAPH and self.is_list and self._introduces():
            assert self.group is not None
            self.group["introduction"] = "\n\n".join(filter(None, (self.group.get("introduction"), text)))
        else:
            self._add(text, block)

    def _takes_points(self, block: SourceBlock) -> bool:
        """Say whether an entry of a list is a point of the last finding: it is set in, or that was the list's lead."""
        assert self.last is not None
        if block.level > 1 or self.last.get("leads"):
            return True
        return not self.is_list and not self.last.get("was_entry")

    def _introduces(self) -> bool:
        """Say whether a paragraph stands between the heading of a group and its first bullet."""
        return self.group is not None and not self.group["items"]

    def _add(self, text: str, block: SourceBlock) -> None:
        entry: dict[str, Any] = {"id": self.out.next_id(self.name)}
        if self.name in PRIORITIES:
            entry |= {"priority": PRIORITIES[self.name], "target": "partnership"}
        entry["text"] = text
        entry["was_entry"] = block.kind is Kind.ENTRY
        entry["ordered"] = block.ordered
        entry["leads"] = block.kind is Kind.PARAGRAPH and text.rstrip().endswith(":")
        (self.group["items"] if self.group is not None else self.entries).append(entry)
        self.last = entry

    def study(self, blocks: list[SourceBlock]) -> None:
        """Add a case study."""
        if not any(block.kind is not Kind.HEADING for block in blocks):
            for block in blocks:
                self.take(block)
            return
        study = study_of(blocks, f"C-{len(self.out.studies) + 1:02d}")
        if self.last is not None:
            study["after"] = self.last["id"]
        self.out.studies.append(study)

    def finish(self, part: SectionPart) -> None:
        """Put the section's entries where an inspection file has them."""
        items = [item for entry in self.entries for item in entry.get("items", [entry])]
        if part.name == "main_findings":
            self.out.numbered = unnumbered(items) or any(item.get("ordered") for item in items)
            self.out.in_bullets = bool(items) and all(item.get("was_entry") for item in items)
        self.entries = [self._filled(entry) for entry in self.entries]
        if (
            part.name not in self.out.in_tables
            and self.is_list
            and items
            and not any(item.get("was_entry") for item in items)
        ):
            self.out.in_paragraphs.add(part.name)
        for item in items:
            item.pop("was_entry", None)
            item.pop("leads", None)
            item.pop("ordered", None)
        where = "recommendations" if self.name in PRIORITIES else self.name
        self.out.fields.setdefault(where, []).extend(self.entries)
        for study in self.out.studies:
            if items and study.get("after") == items[-1]["id"] and part.name in (*LISTS, "main_findings"):
                study["after"] = part.name
            study.setdefault("after", part.name)

    def _filled(self, entry: dict[str, Any]) -> dict[str, Any]:
        """Return an entry; a heading that nothing follows is one in its own words, and so are words below it alone."""
        if entry.get("items") != []:
            return entry
        introduction = entry.pop("introduction", None)
        filled: dict[str, Any] = {"id": self.out.next_id(self.name)}
        if self.name in PRIORITIES:
            filled |= {"priority": PRIORITIES[self.name], "target": "partnership"}
        filled["text"] = introduction or entry["heading"]
        return {**entry, "items": [filled]} if introduction else filled


def unnumbered(items: list[dict[str, Any]]) -> bool:
    """Take the numbers off findings that are numbered from 1 without a gap; say whether they were."""
    found = [NUMBER.match(item["text"]) for item in items]
    if len(items) < FEWEST_NUMBERED or not all(held and int(held[1]) == n for n, held in enumerate(found, start=1)):
        return False
    for item in items:
        item["text"] = NUMBER.sub("", item["text"])
    return True


def study_of(blocks: list[SourceBlock], name: str) -> dict[str, Any]:
    """Return a case study: its titles, its text with its lists, and the note on invented names."""
    heads: list[SourceBlock] = []
    rest = list(blocks)
    while (
        rest and len(heads) < 2 and len(rest) > 1 and (rest[0].is_heading or (not heads and STUDY.match(rest[0].text)))
    ):
        heads.append(rest.pop(0))
    study: dict[str, Any] = {"id": name, "type": type_of(heads[0].text if heads else "")}
    if heads:
        study["title"] = heads[0].text
    if len(heads) > 1:
        study["subtitle"] = heads[1].text
    note = rest[-1] if len(rest) > 1 and is_note(rest[-1]) else None
    parts = ((block.kind is Kind.ENTRY, markdown.source(block.runs).strip()) for block in rest if block is not note)
    study["text"] = markdown.boxed_text(parts)
    if note:
        study["pseudonym_note"] = markdown.source(note.runs).strip()
    return study


def is_note(block: SourceBlock) -> bool:
    """Say whether a paragraph says that names are invented."""
    return len(block.text) <= LONGEST_NOTE and PSEUDONYM.search(block.text) is not None


def type_of(title: str) -> str:
    """Return the type of a case study from its title."""
    words = title.lower()
    for name, signs in (
        ("priority", ("priority", "urgent")),
        ("improvement", ("improve", "develop")),
        ("highly_effective", ("effective", "good", "strength")),
    ):
        if any(sign in words for sign in signs):
            return name
    return "place"
