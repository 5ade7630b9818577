"""The findings of an inspection while accepted changes are laid back: set, added, withdrawn, joined and ordered."""

import re
from collections.abc import Iterator
from typing import Any

from letters.document import markdown
from letters.findings.finding import CaseStudy, Finding, FindingGroup, Recommendation, RecommendationGroup
from letters.findings.inspection import Inspection, Withdrawn
from letters.findings.references import FOOTNOTE, takes_footnotes, walk
from letters.versions.merging.homes import Problem

Entry = Finding | Recommendation | CaseStudy
Group = FindingGroup | RecommendationGroup
SECTIONS = ("summary", "context", "headline_findings", "strengths", "main_findings", "children_summary")
PREFIX = re.compile(r"^(.*?)(\d+)$")
Change = frozenset[str]


class Entries:
    """Every finding, recommendation and case study by its id; new ones by the name that they have so far."""

    def __init__(self, inspection: Inspection, before: Inspection) -> None:
        self._inspection, self._before = inspection, before
        self._section_of = {entry.id: name for name, held in inspection.sections_of_findings() for entry in held}
        self._ids: dict[str, str] = {}
        """The id of each new finding."""
        self._new: dict[str, Entry] = {}
        self._groups = {item.id: group for group in self._every_group() for item in group.items[:1]}
        """The groups by the finding that each began with."""
        self._withdrawn: dict[str, Withdrawn] = {}
        self._taken = {str(value).lower() for path, value in walk(before) if path[-1:] == ("id",)}

    def has(self, name: str) -> bool:
        """Say whether a finding is still in the letter."""
        return any(entry.id == name for entry in self._inspection.all_findings())

    def of(self, name: str) -> Entry:
        """Return a finding."""
        if name in self._new:
            return self._new[name]
        return next(entry for entry in self._inspection.all_findings() if entry.id == name)

    def group_of(self, first: str) -> Group | None:
        """Return the group that began with a finding; None where it has gone."""
        group = self._groups.get(first)
        return group if group is not None and any(held is group for held in self._every_group()) else None

    def add(self, name: str, like: str, *, is_half: bool) -> Entry:
        """Return a new finding like another; a recommendation takes its bodies and its priority."""
        before = next(entry for entry in self._before.all_findings() if entry.id == like)
        model = self.of(like) if self.has(like) else before
        fields: dict[str, Any] = {"id": self._free(like), "scope": model.scope, "text": "…"}
        if is_half:
            fields |= {key: [*getattr(model, key)] for key in ("agencies", "inspectorates", "tags", "evidence")}
        if isinstance(model, Recommendation):
            rests = [*model.findings] if is_half else []
            new: Entry = Recommendation(**fields, priority=model.priority, target=model.target, findings=rests)
        else:
            new = Finding(**fields)
        self._new[name], self._ids[name] = new, new.id
        return new

    def _free(self, like: str) -> str:
        """Return an id in the manner of another that nothing has, and no withdrawn finding ever had."""
        found = PREFIX.match(like)
        stem, width = (found[1], len(found[2])) if found else (f"{like}-", 1)
        taken = self._taken | {name.lower() for name in self._ids.values()}
        number = 1
        while f"{stem}{number:0{width}}".lower() in taken:
            number += 1
        return f"{stem}{number:0{width}}"

    def place(self, name: str, before: str, after: str, changes: Change) -> None:
        """Put a moved or new finding after the one that it now follows, or before the next one."""
        entry = self._take(name, changes)
        neighbour = next((other for other in (before, after) if other and self._is_like(entry, other)), "")
        if not neighbour:
            kind = KINDS[type(entry)]
            raise Problem(changes, f"there is no other {kind} beside it there; place it by hand")
        items, place = self._place(neighbour)
        other = self.of(neighbour)
        if isinstance(entry, Recommendation) and isinstance(other, Recommendation):
            entry.priority = other.priority
        items.insert(place + (neighbour == before), entry)

    def _is_like(self, entry: Entry, other: str) -> bool:
        known = other in self._new or self.has(other)
        return known and type(self.of(other)) is type(entry)

    def _take(self, name: str, changes: Change) -> Entry:
        """Return a new finding, or one that is taken from its place."""
        if name in self._new:
            return self._new[name]
        items, place = self._place(name)
        if len(items) == 1 and self._group_with(items):
            raise Problem(changes, f"{name} is the last of its group; move it by hand, with or without its heading")
        entry: Entry = items.pop(place)
        return entry

    def withdraw(self, name: str, by: str, changes: Change, bare: set[str]) -> None:
        """Take a finding out of the letter; what it said is kept, and what refers to it lets go of it.

        A group goes with its last finding where its heading went too: `bare` names the first findings of such groups.
        """
        items, place = self._place(name)
        section = next((held for held in self._inspection.sections if held.items is items), None)
        if section and len(items) == 1:
            raise Problem(
                changes, f"{name} is the last finding of the section {section.id}; remove the section by hand"
            )
        group = self._group_with(items)
        heading = None
        if group and len(items) == 1:
            first = next((held for held, known in self._groups.items() if known is group), name)
            if first not in bare or group.introduction:
                reason = f"{name} is the last finding under its heading; remove the heading too, or keep one finding"
                raise Problem(changes, reason)
            heading = group.heading
            self._drop(group)
        self._let_go(name, items, place)
        if not (group and len(items) == 1):
            items.pop(place)
        self._keep(name, by, None, heading)

    def _keep(self, name: str, by: str, reason: str | None, heading: str | None) -> None:
        """Keep a finding as it was before, under `withdrawn`."""
        entry = next(held for held in self._before.all_findings() if held.id == name)
        fields: dict[str, Any] = {KINDS[type(entry)].replace(" ", "_"): entry.model_copy(deep=True)}
        kept = Withdrawn(section=self._section_of[name], by=by, reason=reason, group=heading, **fields)
        self._withdrawn[name] = kept
        self._inspection.withdrawn.append(kept)

    def _let_go(self, name: str, items: list[Any], place: int) -> None:
        """Take a withdrawn finding out of what refers to it; a case study after it stays where it stands."""
        before = items[place - 1].id if place and not isinstance(items[place - 1], Group) else None
        self._lead(name, None, before)

    def _lead(self, name: str, to: str | None, study_after: str | None) -> None:
        """Lead what refers to a finding to another one, or to none."""
        for finding in [*self._inspection.all_findings(), *self._new.values()]:
            if isinstance(finding, Recommendation) and name in finding.findings:
                found = [to if other == name else other for other in finding.findings]
                finding.findings = [*dict.fromkeys(other for other in found if other)]
            if isinstance(finding, CaseStudy) and finding.after == name:
                finding.after = to or study_after
        headlines = self._inspection.publication.headlines
        if name in headlines:
            found = [to if other == name else other for other in headlines]
            self._inspection.publication.headlines = [*dict.fromkeys(other for other in found if other)]

    def absorb(self, first: str, second: str, by: str, changes: Change) -> None:
        """Give a finding everything that the one joined to it had; what refers to the second is led to the first."""
        entry, other = self.of(first), self.of(second)
        if type(entry) is not type(other) or isinstance(entry, CaseStudy):
            raise Problem(changes, f"{first} and {second} are of different kinds; join them by hand")
        for key in (
            "agencies",
            "inspectorates",
            "tags",
            "evidence",
            *(["findings"] * isinstance(entry, Recommendation)),
        ):
            setattr(entry, key, [*dict.fromkeys((*getattr(entry, key), *getattr(other, key)))])
        entry.scope = entry.scope or other.scope
        entry.note = "\n\n".join(filter(None, (entry.note, other.note))) or None
        if isinstance(entry, Recommendation) and isinstance(other, Recommendation) and entry.target != other.target:
            both = [held for held in (entry.target, other.target) if isinstance(held, list)]
            merged = [*dict.fromkeys(body for held in both for body in held)]
            entry.target = merged if len(both) == 2 else "partnership"
        if isinstance(entry, Finding) and isinstance(other, Finding):
            set_text(entry, entry.text, other.impact)
        items, place = self._place(second)
        self._lead(second, first, first)
        if len(items) == 1 and self._group_with(items):
            raise Problem(changes, f"{second} is the last of its group; join it by hand")
        items.pop(place)
        self._keep(second, by, f"Joined to {first}.", None)

    def keep_note(self, name: str, words: str) -> None:
        """Keep a footnote with the withdrawn finding that referred to it; else it goes with what referred to it."""
        for kept in self._withdrawn.values():
            entry = kept.finding or kept.recommendation or kept.case_study
            if any(name in FOOTNOTE.findall(value) for _, value in walk(entry) if isinstance(value, str)):
                kept.footnotes[name] = words

    def texts(self) -> Iterator[str]:
        """Yield every text of the inspection that can refer to a footnote."""
        for path, value in walk(self._inspection):
            if isinstance(value, str) and path[0] not in ("footnotes", "withdrawn") and takes_footnotes(path):
                yield value

    def _every_group(self) -> list[Group]:
        held = [*(entry for field in SECTIONS for entry in getattr(self._inspection, field))]
        held += self._inspection.recommendations
        held += [entry for section in self._inspection.sections for entry in section.items]
        return [entry for entry in held if isinstance(entry, Group)]

    def _lists(self) -> list[list[Any]]:
        lists: list[list[Any]] = [getattr(self._inspection, field) for field in SECTIONS]
        lists += [self._inspection.recommendations, self._inspection.case_studies]
        lists += [section.items for section in self._inspection.sections]
        return lists

    def _group_with(self, items: list[Any]) -> Group | None:
        return next((group for group in self._every_group() if group.items is items), None)

    def _drop(self, group: Group) -> None:
        for held in self._lists():
            held[:] = [entry for entry in held if entry is not group]

    def _place(self, name: str) -> tuple[list[Any], int]:
        """Return the list that a finding stands in, and where."""
        name = self._ids.get(name, name)
        for held in [*self._lists(), *(group.items for group in self._every_group())]:
            for place, entry in enumerate(held):
                if getattr(entry, "id", None) == name:
                    return held, place
        raise Problem(frozenset(), f"finding {name} no longer exists")


def set_text(finding: Finding, whole: str, impact: str | None) -> None:
    """Set the text of a finding; the impact stays a field of its own while it ends the last paragraph."""
    finding.text, finding.impact = whole, None
    for tail in (impact, markdown.source(markdown.inline(impact)).strip()) if impact else ():
        before = whole.removesuffix(tail)
        head = before.rstrip(" ")
        if whole.endswith(tail) and head != before and head and not head.endswith("\n"):
            finding.text, finding.impact = head, impact
            return


KINDS: dict[type, str] = {Finding: "finding", Recommendation: "recommendation", CaseStudy: "case study"}
"""What each kind of entry is called."""
