"""Where each paragraph of the accepted letter belongs: to which finding, and to which of its fields."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from letters.document.blocks import Block, Heading, Item
from letters.versions.copies.changes import Sent
from letters.versions.merging.accepted import Accepted, Paragraph

FIELD = re.compile(
    r"^(?P<id>[A-Za-z][\w-]*)\.(?P<field>text|lead_in|introduction|heading|title|subtitle|pseudonym_note|target)(?:\.(?P<number>\d+))?$"
)
POINT = re.compile(r"^(?P<id>[A-Za-z][\w-]*)\.points\.(?P<place>\d+)(?:\.(?P<number>\d+))?$")
PERSON = re.compile(
    r"^(?P<who>(?:signatory\.)?[A-Za-z][\w-]*)\.(?P<field>line|address|name|title)(?:\.(?P<number>\d+))?$"
)
OTHER = re.compile(r"^(?P<what>round\.context|footnotes\.(?P<name>[\w-]+))(?:\.(?P<number>\d+))?$")
STANDING = re.compile(r"^(?P<name>[a-z][a-z0-9-]*)(?:\.(?P<number>\d+))?$")
UNNAMED = "standing-"
"""How a standing paragraph is called that its template gives no name."""
ENTRY = ("lead_in", "text", "points")
"""The fields of a finding whose paragraphs stand in a row."""
CONTINUED = "ListContinue"
"""How the styles begin of further paragraphs of a list's entry."""
AMONG_OWN_WORDS = "it is in the letter's standard wording; place it by hand"


class Problem(Exception):
    """What the inspection cannot take by itself: the changes, and what a person should do."""

    def __init__(self, changes: frozenset[str], reason: str) -> None:
        self.changes, self.reason = changes, reason
        super().__init__(reason)


class Home(NamedTuple):
    """A field of the inspection: what kind it is, whose it is, and which paragraph or point of it."""

    kind: str
    owner: str = ""
    number: int = 1

    @property
    def is_entry(self) -> bool:
        """Whether it is one of the paragraphs of a finding."""
        return self.kind in ENTRY


def home_of(unit: str) -> Home:
    """Return the field that a block was made from; `standing` where no field holds its words."""
    if found := FIELD.match(unit):
        return Home(found["field"], found["id"], int(found["number"] or 1))
    if found := POINT.match(unit):
        return Home("points", found["id"], int(found["place"]))
    if found := OTHER.match(unit):
        return Home("footnote" if found["name"] else "context", found["name"] or "", int(found["number"] or 1))
    if PERSON.match(unit):
        return Home("person", unit)
    found = STANDING.match(unit)
    if found and not unit.startswith(UNNAMED):
        return Home("wording", found["name"], int(found["number"] or 1))
    return Home("standing", unit)


@dataclass
class Assigned:
    """Where every paragraph belongs."""

    homes: list[Home]
    """For each paragraph of the accepted letter, in order."""
    models: dict[str, str] = field(default_factory=dict)
    """The finding that each new one is like; new ones are called +1, +2 and so on."""
    parted: set[str] = field(default_factory=set)
    """New findings that are the second half of another."""
    absorbed: dict[str, str] = field(default_factory=dict)
    """Findings that were joined to another."""
    problems: list[Problem] = field(default_factory=list)


class Assigner:
    """Goes through the accepted letter from its beginning; a new paragraph belongs where it stands."""

    def __init__(self, sent: Sent, accepted: Accepted, blocks: Mapping[str, Block]) -> None:
        self._sent, self._letter, self._blocks = sent, accepted.paragraphs, blocks
        self._styles: dict[tuple[str, str], str] = {}
        self._halves: dict[str, str] = {}
        """The second half of a finding that was parted: what followed the finding follows it."""
        self._in_table: set[str] = set()
        """Findings in a table."""
        bodies = {home_of(unit).owner for unit in sent.units if unit.endswith(".target")}
        for line, unit in zip(sent.lines, sent.units, strict=True):
            home = home_of(unit)
            self._styles.setdefault((home.owner, home.kind), line.style)
            if home.is_entry and home.owner in bodies:
                self._in_table.add(home.owner)
        self.out = Assigned([])

    def assigned(self) -> Assigned:
        """Return where every paragraph belongs."""
        for place, paragraph in enumerate(self._letter):
            try:
                home = self._home(place, paragraph)
            except Problem as problem:
                self.out.problems.append(problem)
                home = Home("standing")
            self.out.homes.append(home)
        return self.out

    def _home(self, place: int, paragraph: Paragraph) -> Home:
        before = self.out.homes[-1] if self.out.homes else Home("standing")
        if paragraph.is_new:
            return self._new(paragraph, before, self._following(place))
        home = self._owned(paragraph.lines[0])
        for line in paragraph.lines[1:]:
            self._join(paragraph, home, self._owned(line))
        if self._is_apart(paragraph, home, before):
            return self._another(home.owner, parted=True)
        if paragraph.moved:
            return self._moved(paragraph, home, before)
        if not paragraph.starts:
            return self._half(paragraph, home)
        return home

    def _owned(self, line: int) -> Home:
        """Return the field of a paragraph that was sent; a finding that was joined to another is that one."""
        home = home_of(self._sent.unit(line))
        owner = home.owner
        while owner in self.out.absorbed:
            owner = self.out.absorbed[owner]
        if home.kind == "points" or (home.kind == "text" and home.number > 1):
            owner = self._halves.get(owner, owner)
        return home._replace(owner=owner) if home.is_entry else home

    def _following(self, place: int) -> Home:
        """Return the field of the next paragraph that was sent."""
        for paragraph in self._letter[place + 1 :]:
            if not paragraph.is_new:
                return self._owned(paragraph.lines[0])
        return Home("standing")

    def _join(self, paragraph: Paragraph, home: Home, other: Home) -> None:
        """Take a paragraph that was joined to another: it is another finding, or the same text."""
        same = home.owner == other.owner and (home.kind == other.kind or (home.is_entry and other.is_entry))
        if same or (home.kind == other.kind == "wording"):
            return
        if not (home.is_entry and other.is_entry):
            reason = "the paragraphs come from different fields; join them by hand"
            raise Problem(paragraph.joins or paragraph.changes, reason)
        self.out.absorbed[other.owner] = home.owner

    def _is_apart(self, paragraph: Paragraph, home: Home, before: Home) -> bool:
        """Say whether a further paragraph of a finding no longer stands below it: it is a finding of its own now."""
        further = home.kind == "text" and any(
            held.kind == "text" and held.owner == home.owner for held in self.out.homes
        )
        return further and before.owner != home.owner and not (self._is_bullet(home) or self._is_study(home.owner))

    def _moved(self, paragraph: Paragraph, home: Home, before: Home) -> Home:
        """Return where a paragraph belongs that was moved: a point goes to the finding that it now stands under."""
        if not home.is_entry:
            reason = "the template or its data set its place; decide by hand what to do with it"
            raise Problem(frozenset({paragraph.moved}), reason)
        if self._is_study(home.owner) and (self._is_study(before.owner) or before.owner == home.owner):
            return Home("text", before.owner, 0)
        if home.kind != "points":
            return home
        if before.owner == home.owner:
            return home
        if before.is_entry and self._is_point(paragraph, before):
            return Home("points", before.owner, 0)
        raise Problem(frozenset({paragraph.moved}), f"it is only part of {home.owner}; move it by hand")

    def _half(self, paragraph: Paragraph, home: Home) -> Home:
        """Return where a further part of a paragraph belongs that was parted."""
        if home.kind in ("heading", "title", "person", "target"):
            raise Problem(paragraph.changes, "a heading or name must be one line; decide by hand what to do with it")
        if home.kind == "text" and self._is_bullet(home) and paragraph.styles[0] == self._style(home.owner, "text"):
            half = self._another(home.owner, parted=True)
            self._halves[home.owner] = half.owner
            return half
        return home._replace(number=0)

    def _new(self, paragraph: Paragraph, before: Home, after: Home) -> Home:
        """Return where a new paragraph belongs, by what stands before and after it and by its own style."""
        owner, style = before.owner, paragraph.styles[0]
        is_between = after.owner == owner and after.kind == before.kind == "text"
        if is_between and not self._is_point(paragraph, before):
            return before._replace(number=0)
        if before.kind == "points" or before.kind == "text":
            return self._below(paragraph, before, after)
        if before.kind == "lead_in" or (before.kind == "title" and after == Home("text", owner)):
            return Home("text" if before.kind == "title" else "lead_in", owner, 0)
        if after.kind in ("text", "lead_in") and after.number == 1 and style == self._style(after.owner, after.kind):
            return self._another(after.owner)
        if before.kind in ("introduction", "context") and style == self._style(owner, before.kind):
            return before._replace(number=0)
        if before.kind == "heading" and after.kind in ("introduction", "text") and not self._is_list(style):
            return Home("introduction", owner, 0)
        if before.kind == "wording" and style == self._style(owner, "wording") and not self._is_heading(owner):
            return before._replace(number=0)
        raise Problem(paragraph.changes, AMONG_OWN_WORDS)

    def _below(self, paragraph: Paragraph, before: Home, after: Home) -> Home:
        """Return where a new paragraph below a finding belongs: it is a point of it, or the next finding."""
        owner, style = before.owner, paragraph.styles[0]
        more = after.owner == owner and after.is_entry
        if self._is_point(paragraph, before):
            return Home("points", owner, 0)
        if self._is_study(owner) and (style == self._style(owner, "text") or style.startswith("List")):
            return Home("text", owner, 0)
        if before.kind == "text" and style.startswith(CONTINUED):
            return Home("text", owner, 0)
        if self._model(owner) in self._in_table:
            return Home("text", owner, 0) if before.kind == "text" else self._refused(paragraph)
        if style != self._style(owner, "text"):
            return self._refused(paragraph)
        if more:
            raise Problem(
                paragraph.changes,
                f"the points of {owner} that follow would move to the new one; assign them by hand",
            )
        return self._another(owner)

    def _refused(self, paragraph: Paragraph) -> Home:
        raise Problem(paragraph.changes, AMONG_OWN_WORDS)

    def _another(self, like: str, *, parted: bool = False) -> Home:
        """Return the home of a new finding that is like another."""
        name = f"+{len(self.out.models) + 1}"
        self.out.models[name] = self._model(like)
        self.out.parted |= {name} if parted else set()
        return Home("text", name)

    def _model(self, owner: str) -> str:
        return self.out.models.get(owner, owner)

    def _style(self, owner: str, kind: str) -> str:
        owner = self._model(owner)
        return self._styles.get((owner, kind)) or (self._styles.get((owner, "lead_in"), "") if kind == "text" else "")

    def _is_point(self, paragraph: Paragraph, before: Home) -> bool:
        """Say whether a paragraph is set as the points of the finding above it are."""
        style, lead = paragraph.styles[0], self._style(before.owner, "text")
        own = self._styles.get((self._model(before.owner), "points"))
        if self._is_study(before.owner) or style == lead:
            return False
        return style == own or (own is None and style.startswith("List") and not style.startswith(CONTINUED))

    def _is_study(self, owner: str) -> bool:
        return (owner, "title") in self._styles

    def _is_bullet(self, home: Home) -> bool:
        return isinstance(self._blocks.get(f"{home.owner}.text"), Item) and not self._is_study(home.owner)

    def _is_list(self, style: str) -> bool:
        return any(
            isinstance(self._blocks.get(unit), Item)
            for unit, line in zip(self._sent.units, self._sent.lines, strict=True)
            if line.style == style
        )

    def _is_heading(self, name: str) -> bool:
        return isinstance(self._blocks.get(name), Heading)
