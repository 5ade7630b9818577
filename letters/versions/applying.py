"""Accepted changes -> the next inspection: each goes to the field that its words came from."""

import re
from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from letters.document import markdown
from letters.document.blocks import Run, Runs
from letters.document.marks import Piece, text_of
from letters.findings.finding import CaseStudy, Finding, FindingGroup, Point, Recommendation, RecommendationGroup
from letters.findings.inspection import Inspection, Withdrawn
from letters.findings.references import mistakes
from letters.versions.changes import Change, Sent
from letters.versions.returned import bared
from letters.versions.wording import END, cut

FIELD = re.compile(
    r"^(?P<id>[A-Za-z][\w-]*)\.(?P<field>text|lead_in|introduction|heading|title|pseudonym_note)(?:\.(?P<number>\d+))?$"
)
POINT = re.compile(r"^(?P<id>[A-Za-z][\w-]*)\.points\.(?P<place>\d+)(?:\.(?P<number>\d+))?$")
PERSON = re.compile(r"^(?P<who>addressee-\d+|signatory\.[\w-]+)\.(?P<field>line|name|title)(?:\.(?P<number>\d+))?$")
OTHER = re.compile(r"^(?P<what>round\.context|footnotes\.(?P<name>[\w-]+))(?:\.(?P<number>\d+))?$")
STANDING = re.compile(r"^(?P<name>[a-z][a-z0-9-]*)(?:\.(?P<number>\d+))?$")
PARTS = re.compile(r"\n[ \t]*\n\s*")
PREFIX = re.compile(r"^(.*?)(\d+)$")
NOT_SO = "the inspection file cannot hold it so; change it by hand"
Entry = Finding | Recommendation | CaseStudy


class Unsettled(Exception):
    """A change that no field can take by itself; a person settles it."""


class Applier:
    """Makes accepted changes in a copy of an inspection; what it cannot make it says."""

    def __init__(self, inspection: Inspection, sent: Sent, notes: Sequence[str]) -> None:
        self.inspection = inspection.model_copy(deep=True)
        self.unsettled: list[tuple[Change, str]] = []
        self._sent, self._notes = sent, notes
        self._section_of = {entry.id: name for name, entries in inspection.sections_of_findings() for entry in entries}

    def apply(self, changes: list[Change]) -> Inspection:
        """Return the inspection with the changes made: words first, for what follows shifts places."""
        by_line: dict[int, list[Change]] = {}
        for change in changes:
            if change.hunk.kind in ("words", "look", "parted"):
                by_line.setdefault(change.hunk.line, []).append(change)
        for line in sorted(by_line, reverse=True):
            self._attempt(by_line[line], self._reworded)
        for change in changes:
            if change.hunk.kind == "table":
                self.unsettled.append(
                    (change, "it stands in a table or row that was put in; say by hand what becomes of it")
                )
        ways = {"joined": self._joined, "paragraph": self._added, "moved": self._moved, "removed": self._removed}
        for kind, way in ways.items():
            for change in reversed([change for change in changes if change.hunk.kind == kind]):
                self._attempt([change], way)
        return self.inspection

    def _attempt(self, changes: list[Change], way: Any) -> None:
        """Make changes, or leave everything as it was and say why they cannot be made."""
        before = self.inspection.model_copy(deep=True)
        try:
            way(changes)
            refuse_unsound(self.inspection)
        except (Unsettled, ValidationError, LookupError, AttributeError) as reason:
            self.inspection = before
            why = (
                str(reason)
                if isinstance(reason, Unsettled)
                else "the inspection file cannot hold it so; change it by hand"
            )
            self.unsettled += [(change, why) for change in changes]

    def _reworded(self, changes: list[Change]) -> None:
        line = self._sent.lines[changes[0].hunk.line]
        pieces = line.pieces
        for change in sorted(changes, key=lambda change: (change.hunk.start, change.hunk.end), reverse=True):
            pieces = edited(pieces, change)
        texts = [markdown.source(self._runs(part)).strip() for part in split_at_ends(pieces)]
        self._set(changes[0].unit, [text for text in texts if text])

    def _runs(self, pieces: list[Piece]) -> Runs:
        """Return pieces as runs; the number of a footnote becomes its name again."""
        return tuple(
            Run("", note=self._note(piece.thing))
            if piece.thing
            else Run(piece.text, piece.strong, piece.emphasis, piece.link)
            for piece in pieces
            if not piece.thing or piece.thing.startswith("note:")
        )

    def _note(self, thing: str) -> str:
        number = thing.removeprefix("note:")
        place = int(number) - 1 if number.isdecimal() else -1
        if not 0 <= place < len(self._notes):
            raise Unsettled("it holds a new footnote; add it under `footnotes:` and refer to it in the text")
        return self._notes[place]

    def _set(self, unit: str, texts: list[str]) -> None:
        """Put new texts where a block's words came from."""
        whole = "\n\n".join(texts)
        if found := FIELD.match(unit):
            self._set_field(found, whole)
        elif found := POINT.match(unit):
            points = self._entry(found["id"]).points  # type: ignore[union-attr]
            place = int(found["place"]) - 1
            points[place] = Point(text=replaced(points[place].text, found["number"], whole))
        elif found := OTHER.match(unit):
            self._set_other(found, whole)
        elif PERSON.match(unit):
            self._set_person(unit, literal(whole))
        elif unit.startswith("standing-") or not STANDING.match(unit):
            raise Unsettled("no field of the inspection holds these words; change what they are made from by hand")
        else:
            self._set_wording(unit, whole)

    def _set_field(self, found: re.Match[str], whole: str) -> None:
        entry, name = self._entry(found["id"]), found["field"]
        if name in ("heading", "introduction"):
            group = self._group(found["id"])
            setattr(
                group,
                name,
                literal(whole) if name == "heading" else replaced(group.introduction or "", found["number"], whole),
            )
            return
        if name == "title":
            entry.title = literal(whole)  # type: ignore[union-attr]
            return
        if isinstance(entry, Finding) and entry.impact and name == "text":
            if whole.endswith(entry.impact):
                whole = whole[: -len(entry.impact)].rstrip()
            elif is_last(entry.text, found["number"]):
                entry.impact = None
        setattr(entry, name, replaced(getattr(entry, name) or "", found["number"], whole))

    def _set_other(self, found: re.Match[str], whole: str) -> None:
        if found["name"]:
            if found["name"] not in self.inspection.footnotes:
                raise Unsettled("it is a footnote of the template; give it other words there")
            self.inspection.footnotes[found["name"]] = whole
            return
        self.inspection.round.context = replaced(self.inspection.round.context or "", found["number"], whole)

    def _set_wording(self, unit: str, whole: str) -> None:
        """Word a standing paragraph anew on this letter; the lead is asked to agree by a rule."""
        found = STANDING.match(unit)
        name = found["name"] if found else unit
        before = self.inspection.wording.get(name)
        self.inspection.wording[name] = replaced(before, found["number"], whole) if before and found else whole

    def _set_person(self, unit: str, whole: str) -> None:
        """Change one field of a person, where the change lies within it."""
        found = PERSON.match(unit)
        assert found
        before = next(
            text_of(line) for line, held in zip(self._sent.lines, self._sent.units, strict=True) if held == unit
        )
        person = self._person(found["who"])
        if found["field"] == "title":
            person.title[int(found["number"] or 1) - 1] = whole
            return
        for name in ("name", "honours", "qualifier", "role", "organisation"):
            value = getattr(person, name, None)
            if not value:
                continue
            head, _, tail = before.replace("\u00a0", " ").partition(value)
            now = whole.replace("\u00a0", " ")
            if tail + head and now.startswith(head) and now.endswith(tail) and len(now) > len(head) + len(tail):
                setattr(person, name, now[len(head) : len(now) - len(tail)].strip())
                return
        raise Unsettled("it is about more than one field of a person; change them by hand")

    def _person(self, who: str) -> Any:
        if who.startswith("signatory."):
            return next(held for held in self.inspection.signatories if f"signatory.{held.inspectorate}" == who)
        return next(held for held in self.inspection.addressees if held.id == who)

    def _added(self, changes: list[Change]) -> None:
        """Put a new paragraph where it belongs: a point, a finding of the same list, a paragraph of the same text."""
        change = changes[0]
        words = markdown.source(self._runs(list(change.hunk.pieces))).strip()
        unit = change.unit or self._sent.unit(change.hunk.line)
        point, owner = POINT.match(unit), owner_of(unit)
        if change.hunk.style in ("ListBullet2",) and owner:
            points = self._entry(owner).points  # type: ignore[union-attr]
            points.insert(int(point["place"]) if point else 0, Point(text=words))
        elif owner and isinstance(self._entry(owner), CaseStudy):
            study = self._entry(owner)
            study.text = f"{study.text}\n\n{words}"
        elif owner and not unit.endswith((".heading", ".title", ".target")):
            self._insert(owner, words, after=True)
        elif following := owner_of(self._sent.unit(change.hunk.line + 1)):
            self._insert(following, words, after=False)
        elif STANDING.match(unit) and not unit.startswith("standing-") and change.hunk.style == self._style(change):
            held = self.inspection.wording.get(unit) or markdown.source(
                self._runs(list(self._sent.lines[change.hunk.line].pieces))
            )
            self.inspection.wording[unit] = f"{held}\n\n{words}"
        else:
            raise Unsettled("it stands among the letter's own words; say by hand where it belongs")

    def _style(self, change: Change) -> str:
        return self._sent.lines[change.hunk.line].style

    def _insert(self, owner: str, words: str, *, after: bool) -> None:
        """Put a new finding into the list of another; a recommendation takes its bodies and its priority."""
        items, place = self._place(owner)
        model = items[place]
        name = self._free(owner)
        if isinstance(model, Recommendation):
            new: Entry = Recommendation(
                id=name, priority=model.priority, target=model.target, scope=model.scope, text=words
            )
        elif isinstance(model, Finding):
            new = Finding(id=name, scope=model.scope, text=words)
        else:
            raise Unsettled("it stands among case studies; say by hand where it belongs")
        items.insert(place + after, new)

    def _free(self, like: str) -> str:
        """Return an id in the manner of another that no finding has."""
        found = PREFIX.match(like)
        stem, width = (found[1], len(found[2])) if found else (f"{like}-", 1)
        taken = {entry.id for entry in self.inspection.all_findings()}
        number = 1
        while f"{stem}{number:0{width}}" in taken:
            number += 1
        return f"{stem}{number:0{width}}"

    def _removed(self, changes: list[Change]) -> None:
        """Withdraw a finding, or take out a point, a paragraph or a standing one."""
        change = changes[0]
        unit = change.unit
        point, found = POINT.match(unit), FIELD.match(unit)
        if point:
            del self._entry(point["id"]).points[int(point["place"]) - 1]  # type: ignore[union-attr]
        elif (
            found and found["field"] == "text" and not found["number"] and not more_paragraphs(self._entry(found["id"]))
        ):
            self._withdraw(found["id"], change)
        elif found and found["field"] in ("text", "lead_in", "introduction"):
            self._without_paragraph(found)
        elif unit and STANDING.match(unit) and not unit.startswith("standing-"):
            self.inspection.wording[unit] = None
        else:
            raise Unsettled("taking it out is a matter of the inspection's data; change them by hand")

    def _without_paragraph(self, found: re.Match[str]) -> None:
        entry = self._entry(found["id"])
        parts = PARTS.split((getattr(entry, found["field"]) or "").strip())
        del parts[int(found["number"] or 1) - 1]
        setattr(entry, found["field"], "\n\n".join(parts) or None)

    def _withdraw(self, name: str, change: Change) -> None:
        items, place = self._place(name)
        if len(items) == 1 and any(getattr(group, "items", None) is items for group in self._groups()):
            raise Unsettled("it is the last of its group; take the group out by hand")
        entry = items.pop(place)
        self._forget(name)
        section = self._section_of[name]
        kinds: dict[type, str] = {Finding: "finding", Recommendation: "recommendation", CaseStudy: "case_study"}
        fields: dict[str, Any] = {kinds[type(entry)]: entry}
        self.inspection.withdrawn.append(
            Withdrawn(section=section, by=change.hunk.mark.author or change.review, **fields)
        )

    def _forget(self, name: str) -> None:
        """Take a withdrawn finding out of what refers to it."""
        for finding in self.inspection.all_findings():
            if isinstance(finding, Recommendation) and name in finding.findings:
                finding.findings = [other for other in finding.findings if other != name]
            if isinstance(finding, CaseStudy) and finding.after == name:
                finding.after = None

    def _moved(self, changes: list[Change]) -> None:
        """Put a finding at its new place; under another heading of recommendations it takes that one's priority."""
        change = changes[0]
        found, target = FIELD.match(change.unit), self._target(change)
        if not found or found["number"] or not target:
            raise Unsettled("it is only part of a finding, or moved among the letter's own words; move it by hand")
        items, place = self._place(found["id"])
        entry = items[place]
        neighbour = self._entry(target[0])
        if type(entry) is not type(neighbour):
            kinds = (type(entry).__name__.lower(), type(neighbour).__name__.lower())
            raise Unsettled(f"a {kinds[0]} cannot become a {kinds[1]} by itself; say by hand")
        if len(items) == 1 and items is not self._place(target[0])[0]:
            raise Unsettled("it is the last of its group; move it by hand")
        items.pop(place)
        goal, at = self._place(target[0])
        if isinstance(entry, Recommendation) and isinstance(neighbour, Recommendation):
            entry.priority = neighbour.priority
        goal.insert(at + target[1], entry)

    def _target(self, change: Change) -> tuple[str, bool] | None:
        """Return the finding that a moved one now stands beside, and whether after it."""
        line = change.hunk.target
        owner = owner_of(self._sent.unit(line))
        if owner and not self._sent.unit(line).endswith((".heading", ".title")):
            return owner, True
        following = owner_of(self._sent.unit(line + 1))
        return (following, False) if following else None

    def _joined(self, changes: list[Change]) -> None:
        """Join two paragraphs of one text, or a finding with the next one, which is then withdrawn."""
        change = changes[0]
        first, second = FIELD.match(change.unit), FIELD.match(self._sent.unit(change.hunk.line + 1))
        if not first or not second or first["field"] != "text" or second["field"] != "text":
            raise Unsettled("the paragraphs come from different fields; join them by hand")
        if first["id"] == second["id"]:
            entry = self._entry(first["id"])
            parts = PARTS.split(entry.text or "")
            place = int(first["number"] or 1) - 1
            parts[place : place + 2] = [" ".join(parts[place : place + 2])]
            entry.text = "\n\n".join(parts)
            return
        entry, other = self._entry(first["id"]), self._entry(second["id"])
        entry.text = f"{entry.text} {other.text}"
        self._withdraw(second["id"], change)

    def _entry(self, name: str) -> Entry:
        found = next((entry for entry in self.inspection.all_findings() if entry.id == name), None)
        if found is None:
            raise Unsettled(f"there is no finding {name} any more")
        return found

    def _groups(self) -> list[FindingGroup | RecommendationGroup]:
        lists = [self.inspection.summary, self.inspection.context, self.inspection.headline_findings]
        lists += [self.inspection.strengths, self.inspection.main_findings, self.inspection.children_summary]
        every: list[Any] = [*(entry for held in lists for entry in held), *self.inspection.recommendations]
        every += [entry for section in self.inspection.sections for entry in section.items]
        return [entry for entry in every if isinstance(entry, FindingGroup | RecommendationGroup)]

    def _group(self, first: str) -> Any:
        found = next((group for group in self._groups() if any(item.id == first for item in group.items)), None)
        if found is None:
            raise Unsettled(f"{first} stands in no group of its own")
        return found

    def _place(self, name: str) -> tuple[list[Any], int]:
        """Return the list that a finding stands in, and where."""
        fields = ("summary", "context", "headline_findings", "strengths", "main_findings", "children_summary")
        lists: list[list[Any]] = [getattr(self.inspection, field) for field in fields]
        lists += [self.inspection.recommendations, self.inspection.case_studies]
        lists += [section.items for section in self.inspection.sections]
        lists += [group.items for group in self._groups()]
        for held in lists:
            for place, entry in enumerate(held):
                if getattr(entry, "id", None) == name:
                    return held, place
        raise Unsettled(f"there is no finding {name} any more")


def refuse_unsound(inspection: Inspection) -> None:
    """Raise where an inspection is not one that could be read again."""
    found = mistakes(Inspection.model_validate(inspection.model_dump(exclude_defaults=True)))
    if found:
        raise Unsettled(f"then {found[0].message}; change it by hand")


def owner_of(unit: str) -> str:
    """Return the finding that a block belongs to."""
    found = FIELD.match(unit) or POINT.match(unit)
    return found["id"] if found else ""


def replaced(text: str, number: str | None, whole: str) -> str:
    """Return a text with one of its paragraphs replaced."""
    parts = PARTS.split(text.strip())
    parts[int(number or 1) - 1 : int(number or 1)] = [whole]
    return "\n\n".join(part for part in parts if part)


def is_last(text: str, number: str | None) -> bool:
    """Say whether a paragraph is the last of a text."""
    return len(PARTS.split(text.strip())) == int(number or 1)


def more_paragraphs(entry: Entry) -> bool:
    """Say whether the text of a finding has more than one paragraph."""
    return len(PARTS.split((entry.text or "").strip())) > 1


def literal(text: str) -> str:
    """Return words of a field that knows no Markdown."""
    return "".join(run.text for run in markdown.inline(text))


def edited(pieces: tuple[Piece, ...], change: Change) -> tuple[Piece, ...]:
    """Return the pieces of a paragraph with one change made."""
    hunk, length = change.hunk, sum(len(piece.text) for piece in pieces)
    before, after = cut(pieces, 0, hunk.start), cut(pieces, hunk.end, length)
    if hunk.kind == "parted":
        return (*before, Piece(END), *after)
    if hunk.kind == "look":
        look = hunk.pieces[0]
        held = cut(pieces, hunk.start, hunk.end)
        return (
            *before,
            *(piece._replace(strong=look.strong, emphasis=look.emphasis, link=look.link) for piece in held),
            *after,
        )
    return (*before, *(bared(piece) for piece in hunk.pieces), *after)


def split_at_ends(pieces: tuple[Piece, ...]) -> list[list[Piece]]:
    """Return the pieces of each paragraph."""
    out: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece.text == END:
            out.append([])
        else:
            out[-1].append(piece)
    return out
