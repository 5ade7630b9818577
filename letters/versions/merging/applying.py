"""The accepted letter -> the next inspection: every paragraph goes back to the field that it belongs to.

Fields are set from all their paragraphs at once, in the order in which the accepted letter has them. What no field can
hold is a problem, with the changes that it comes from and what a person should do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from letters.document.blocks import Block
from letters.findings.finding import CaseStudy, Finding, Point, Recommendation
from letters.findings.inspection import Inspection
from letters.findings.references import FOOTNOTE, mistakes
from letters.versions.copies.changes import Change, Sent
from letters.versions.merging.accepted import Accepted, Paragraph
from letters.versions.merging.entries import Entries, Entry, set_text
from letters.versions.merging.field_words import FieldWords, literal
from letters.versions.merging.homes import CONTINUED, PERSON, Assigned, Assigner, Home, Problem, home_of
from letters.versions.merging.naming import spots_of_person
from letters.versions.merging.notes import NewNote


@dataclass(frozen=True)
class Applied:
    """What came of laying the accepted letter back: the inspection, and what it cannot take."""

    inspection: Inspection
    problems: list[Problem]


@dataclass(frozen=True)
class Origin:
    """What the letter that was sent was made from."""

    inspection: Inspection
    sent: Sent
    blocks: Mapping[str, Block]
    """The blocks of the letter, by their ids."""
    notes: Sequence[str]
    """The names of its footnotes, in order."""


class Applier:
    """Lays one accepted letter back into a copy of the inspection."""

    def __init__(self, origin: Origin, letter: Accepted, changes: Mapping[str, Change], notes: list[NewNote]) -> None:
        self._origin, self._letter, self._changes = origin, letter, changes
        self._sent = origin.sent
        self._text = FieldWords(origin.inspection, origin.sent, origin.notes, notes)
        self.inspection = origin.inspection.model_copy(deep=True)
        self.problems: list[Problem] = []
        self._lines: dict[Home, list[int]] = {}
        """The paragraphs that each field was sent as."""
        for line, unit in enumerate(self._sent.units):
            home = home_of(unit)
            self._lines.setdefault(Home(home.kind, home.owner), []).append(line)

    def applied(self) -> Applied:
        """Return the inspection that says the accepted letter; what has no place is told first."""
        given = Assigner(self._sent, self._letter, self._origin.blocks).assigned()
        if given.problems:
            return Applied(self.inspection, given.problems)
        held: dict[Home, list[Paragraph]] = {}
        for paragraph, home in zip(self._letter.paragraphs, given.homes, strict=True):
            held.setdefault(Home(home.kind, home.owner), []).append(paragraph)
        entries = Entries(self.inspection, self._origin.inspection)
        self._findings(given, held, entries)
        for home in [*self._lines, *(home for home in held if home not in self._lines)]:
            if not home.is_entry and self._is_touched(home, held.get(home, [])):
                self._attempt(lambda home=home: self._field(home, held.get(home, []), entries))
        self._attempt(lambda: self._notes(entries))
        return Applied(self.inspection, self.problems)

    def _attempt(self, step: Any) -> None:
        try:
            step()
        except Problem as problem:
            self.problems.append(problem)

    def _is_touched(self, home: Home, now: list[Paragraph]) -> bool:
        """Say whether a field's paragraphs are other than those that were sent."""
        lines = [line for paragraph in now for line in paragraph.lines]
        return lines != self._lines.get(home, []) or any(paragraph.changes for paragraph in now)

    def _blame(self, home: Home, now: list[Paragraph]) -> frozenset[str]:
        """Return the changes that made a field what it is."""
        found = [paragraph.changes for paragraph in now]
        found += [self._letter.vanished.get(line, frozenset()) for line in self._lines.get(home, [])]
        return frozenset().union(*found)

    # Findings.

    def _findings(self, given: Assigned, held: dict[Home, list[Paragraph]], entries: Entries) -> None:
        owners = [home.owner for home in [*self._lines, *held] if home.is_entry]
        parts = {
            owner: {kind: held.get(Home(kind, owner), []) for kind in ("lead_in", "text", "points")}
            for owner in dict.fromkeys(owners)
        }
        for owner, own in parts.items():
            touched = [kind for kind, now in own.items() if self._is_touched(Home(kind, owner), now)]
            if touched and owner not in given.absorbed:
                self._attempt(
                    lambda owner=owner, own=own, touched=touched: self._finding(owner, own, touched, given, entries)
                )
        for second, first in given.absorbed.items():
            self._attempt(lambda first=first, second=second: self._absorb(first, second, entries))
        self._attempt(lambda: self._order(given, entries))

    def _finding(
        self, owner: str, own: dict[str, list[Paragraph]], touched: list[str], given: Assigned, entries: Entries
    ) -> None:
        """Set the fields of one finding, or withdraw it where nothing of it is left."""
        blame = frozenset().union(*(self._blame(Home(kind, owner), now) for kind, now in own.items()))
        if not any(own.values()):
            self._refuse_hidden(owner)
            self._withdraw(owner, blame, entries)
            return
        entry = self._made(owner, given, entries) if owner.startswith("+") else entries.of(owner)
        if (not own["text"] and not isinstance(entry, Recommendation)) or not (own["text"] or own["lead_in"]):
            raise Problem(blame, lost_lead(owner, len(own["points"])))
        if isinstance(entry, Recommendation) and not own["text"] and not own["points"]:
            raise Problem(blame, f"{owner} has a lead-in but no other words: add words or withdraw it")
        for kind in touched:
            if kind == "points":
                entry.points = self._points(own["points"])  # type: ignore[union-attr]
            elif kind == "lead_in":
                entry.lead_in = self._text.prose(Home("lead_in", owner), own["lead_in"]) or None  # type: ignore[union-attr]
            else:
                self._set_text(owner, entry, own["text"])

    def _set_text(self, owner: str, entry: Entry, now: list[Paragraph]) -> None:
        """Set the text of a finding; its impact stays a field of its own while it ends the last paragraph."""
        whole = self._text.prose(Home("text", owner), now)
        if isinstance(entry, Finding):
            set_text(entry, whole, entry.impact)
        else:
            entry.text = whole

    def _points(self, now: list[Paragraph]) -> list[Point]:
        """Return the points of a finding: paragraphs of one point stay one, and every bullet begins another."""
        bullets: list[tuple[int, list[Paragraph]]] = []
        for paragraph in now:
            number = home_of(self._sent.unit(paragraph.lines[0])).number if paragraph.lines else 0
            if bullets and bullets[-1][0] == number > 0 and paragraph.styles[0].startswith(CONTINUED):
                bullets[-1][1].append(paragraph)
            else:
                bullets.append((number, [paragraph]))
        return [Point(text="\n\n".join(self._text.words(paragraph) for paragraph in held)) for _, held in bullets]

    def _made(self, owner: str, given: Assigned, entries: Entries) -> Entry:
        """Return a new finding like the one that it stands beside; the half of another rests on the same evidence."""
        like = given.models[owner]
        return entries.add(owner, like, is_half=owner in given.parted)

    def _refuse_hidden(self, owner: str) -> None:
        """Raise where words of a finding went into a paragraph that is not its own."""
        lines = {line for home, held in self._lines.items() if home.is_entry and home.owner == owner for line in held}
        for paragraph in self._letter.paragraphs:
            if lines & {*paragraph.lines}:
                reason = f"words of {owner} are now in another paragraph; assign them by hand"
                raise Problem(paragraph.joins or paragraph.changes, reason)

    def _withdraw(self, owner: str, blame: frozenset[str], entries: Entries) -> None:
        """Take a finding out of the letter, and keep it whole."""
        changes = [self._changes[name] for name in sorted(blame) if name in self._changes]
        taken = [change for change in changes if change.hunk.kind == "removed"] or changes
        bare = {
            home.owner
            for home, lines in self._lines.items()
            if home.kind == "heading" and all(line in self._letter.vanished for line in lines)
        }
        entries.withdraw(owner, taken[0].hunk.mark.author or taken[0].review, blame, bare)

    def _absorb(self, first: str, second: str, entries: Entries) -> None:
        """Give a finding everything that the one joined to it had."""
        lines = {line for home, sent in self._lines.items() if home.owner == second for line in sent}
        joined = [paragraph for paragraph in self._letter.paragraphs if lines & {*paragraph.lines[1:]}]
        blame = frozenset().union(*(paragraph.joins or paragraph.changes for paragraph in joined))
        by = [self._changes[name].hunk.mark.author or self._changes[name].review for name in sorted(blame)]
        entries.absorb(first, second, by[0], blame)

    def _order(self, given: Assigned, entries: Entries) -> None:
        """Put moved and new findings where the accepted letter has them."""
        order: list[tuple[str, Paragraph]] = []
        for paragraph, home in zip(self._letter.paragraphs, given.homes, strict=True):
            if home.is_entry and not (order and order[-1][0] == home.owner):
                order.append((home.owner, paragraph))
            elif not home.is_entry and home.kind != "target":
                order.append(("", paragraph))
        seen: set[str] = set()
        for owner, paragraph in order:
            if owner and owner in seen:
                self._scattered(owner, paragraph, given)
            seen.add(owner)
        moved = {owner for owner, paragraph in order if owner and (owner.startswith("+") or paragraph.moved)}
        settled = {owner for owner, _ in order if owner and owner not in moved}
        for place, (owner, paragraph) in enumerate(order):
            if owner not in moved:
                continue
            before = order[place - 1][0] if place else ""
            after = next((name for name, _ in order[place + 1 :] if name in settled), "")
            changes = paragraph.changes if owner.startswith("+") else frozenset({paragraph.moved})
            self._attempt(
                lambda owner=owner, before=before, after=after, changes=changes: entries.place(
                    owner, before, after, changes
                )
            )
            settled.add(owner)

    def _scattered(self, owner: str, paragraph: Paragraph, given: Assigned) -> None:
        """Raise where the paragraphs of a finding no longer stand together."""
        own = [
            held.changes
            for held, home in zip(self._letter.paragraphs, given.homes, strict=True)
            if home.owner == owner and home.is_entry
        ]
        moved = frozenset(
            held.moved for held, home in zip(self._letter.paragraphs, given.homes, strict=True) if home.owner == owner
        ) - {""}
        blame = moved or frozenset().union(*own) or paragraph.changes
        raise Problem(blame, f"the paragraphs of {owner} would be separated; place them by hand")

    # Everything else.

    def _field(self, home: Home, now: list[Paragraph], entries: Entries) -> None:
        """Set one field that is no paragraph of a finding."""
        blame = self._blame(home, now)
        match home.kind:
            case "wording":
                self._set_wording(home.owner, now)
            case "context":
                self.inspection.round.context = self._text.prose(Home("context", ""), now) or None
            case "footnote":
                self._set_footnote(home.owner, now, blame)
            case "person":
                self._set_person(home.owner, now, blame)
            case "heading" | "introduction":
                self._set_group(home, now, blame, entries)
            case "title" | "subtitle" | "pseudonym_note":
                self._set_study(home, now, blame, entries)
            case "target":
                if now or entries.has(home.owner):
                    raise Problem(blame, "the bodies that should act are data; change `target:` by hand")
            case _:
                reason = "no field of the inspection contains these words; change the data they come from by hand"
                raise Problem(blame, reason)

    def _set_wording(self, name: str, now: list[Paragraph]) -> None:
        """Word a standing paragraph anew on this letter; the lead is asked to agree by a rule."""
        self.inspection.wording[name] = self._text.prose(Home("wording", name), now) or None

    def _set_footnote(self, name: str, now: list[Paragraph], blame: frozenset[str]) -> None:
        if not now:
            return
        if name not in self.inspection.footnotes:
            raise Problem(blame, "it is a footnote of the template; reword it there")
        self.inspection.footnotes[name] = " ".join(self._text.words(paragraph) for paragraph in now)

    def _set_group(self, home: Home, now: list[Paragraph], blame: frozenset[str], entries: Entries) -> None:
        group = entries.group_of(home.owner)
        if group is None:
            if not now:
                return
            raise Problem(
                blame, f"nothing is left under this heading of {home.owner}; decide by hand what to do with it"
            )
        if home.kind == "introduction":
            group.introduction = self._text.prose(Home("introduction", home.owner), now) or None
        elif len(now) == 1:
            group.heading = literal(self._text.words(now[0]))
        else:
            raise Problem(blame, "there are findings under this heading, which must be one line; change it by hand")

    def _set_study(self, home: Home, now: list[Paragraph], blame: frozenset[str], entries: Entries) -> None:
        if not entries.has(home.owner):
            if not now:
                return
            raise Problem(blame, f"{home.owner} has a title but no text: remove the title too, or add text")
        study = entries.of(home.owner)
        assert isinstance(study, CaseStudy)
        if home.kind == "pseudonym_note":
            study.pseudonym_note = self._text.prose(Home("pseudonym_note", home.owner), now) or None
        elif home.kind == "subtitle" and len(now) < 2:
            study.subtitle = literal(self._text.words(now[0])) if now else None
        elif len(now) == 1:
            study.title = literal(self._text.words(now[0]))
        else:
            raise Problem(blame, f"{home.owner} needs a title of one line; add one by hand")

    def _set_person(self, unit: str, now: list[Paragraph], blame: frozenset[str]) -> None:
        """Change one field of a person, where the change lies within it."""
        found = PERSON.match(unit)
        assert found
        if len(now) != 1:
            raise Problem(blame, "named people are data; change them by hand")
        person, after = self._person(found["who"]), literal(self._text.words(now[0])).replace("\u00a0", " ")
        before = self._sent.text(self._lines[Home("person", unit)][0]).replace("\u00a0", " ")
        for spot in spots_of_person(person, found["field"], int(found["number"] or 1), before):
            words = spot.words(before, after)
            if words:
                spot.put(words)
                return
        raise Problem(blame, "it affects more than one field of a person; change them by hand")

    def _person(self, who: str) -> Any:
        if who.startswith("signatory."):
            return next(held for held in self.inspection.signatories if f"signatory.{held.inspectorate}" == who)
        return next(held for held in self.inspection.addressees if held.id == who)

    def _notes(self, entries: Entries) -> None:
        """Let footnotes go with what refers to them: those of a withdrawn finding are kept with it."""
        for note in self._text.new_notes.values():
            if note.used:
                self.inspection.footnotes[note.name] = note.text
        used = {name for text in entries.texts() for name in FOOTNOTE.findall(text)}
        for name in [*self.inspection.footnotes]:
            if name not in used:
                words = self.inspection.footnotes.pop(name)
                entries.keep_note(name, words)


def lost_lead(owner: str, points: int) -> str:
    """Say what a finding needs whose first sentence is gone."""
    many = "its point" if points == 1 else f"its {points} points"
    return f"{owner} has lost its lead sentence but not {many}: add a lead sentence or withdraw it"


def unsound(inspection: Inspection) -> str:
    """Return why an inspection could not be read again; nothing where it could."""
    try:
        found = mistakes(Inspection.model_validate(inspection.model_dump(exclude_defaults=True)))
    except ValidationError as error:
        detail = error.errors()[0]
        return f"it would make {'.'.join(map(str, detail['loc']))} invalid: {detail['msg'].lower()}"
    return f"then {found[0].message}" if found else ""
