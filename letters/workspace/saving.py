"""Every save is a new version: of the newest one, with what others saved meanwhile joined in field by field."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from pydantic import ValidationError

from letters.errors import InspectionFaults, LettersError
from letters.findings.editing import LISTS, EditFault, EditFaults, free_id, ids_of, lead_back, places, proved
from letters.findings.finding import CaseStudy, Recommendation
from letters.findings.flattening import every_finding, flattened, unflattened
from letters.findings.inspection import Inspection
from letters.findings.joining import Clash, Keys, joined, name_of
from letters.findings.parsing import parse
from letters.findings.rewriting import plain, rewrite
from letters.workspace import blobs
from letters.workspace.access import Access
from letters.workspace.events import record
from letters.workspace.jobs import later
from letters.workspace.models import Blob, Case, MadeBy, Version, VersionMember
from letters.workspace.now import now
from letters.workspace.once import refuse_done, remember
from letters.workspace.reading import ENGINE, head_of, read_text, read_version, text_of, work_out
from letters.workspace.rights import refuse_foreign
from letters.workspace.stages import settle

YAML = "application/yaml"
TRIES = 2
"""How often a save is prepared without holding anybody up; then it waits for its turn, and is prepared in it."""


class Clashed(LettersError):
    """Fields that somebody else changed meanwhile, each in another way; nothing was saved."""

    def __init__(self, clashes: list[Clash], head: int) -> None:
        self.clashes, self.head = clashes, head
        super().__init__("Somebody else changed the same words meanwhile.")


@dataclass(frozen=True)
class Change:
    """What a save is, beside its words."""

    made_by: MadeBy
    note: str
    """What was done, in words that hold nothing of the draft."""
    once: UUID | None
    led_to: str
    """Where the person is led afterwards."""

    def with_ids(self, renamed: Mapping[str, str]) -> "Change":
        """Return the change with other ids for what it names."""
        note, led_to = self.note, self.led_to
        for old, new in renamed.items():
            note, led_to = (re.sub(rf"\b{re.escape(old)}\b", new, words) for words in (note, led_to))
        return replace(self, note=note, led_to=led_to)


@dataclass(frozen=True)
class Saved:
    """What became of a save."""

    number: int
    is_new: bool
    """Whether there is a new version: saving what is there already makes none."""
    joined_with: int
    """How many versions others had saved meanwhile."""
    led_to: str = ""
    """Where the person is led."""


def save(
    access: Access,
    base: int,
    wanted: Inspection,
    change: Change,
    chosen: Mapping[Keys, Any] | None = None,
    started: Inspection | None = None,
) -> Saved:
    """Make the next version of a case: version `base` changed so that it says `wanted`.

    What others saved since `base` stays. `started` is what was changed, where it is another text than version `base`.
    Raises Clashed where they changed the same fields in other ways and `chosen`
    does not say which it shall be, EditFaults where the result is no inspection, DoneAlready for a form done before.
    """
    refuse_done(access.person, change.once)
    started = started or read_version(access.case.versions.get(number=base)).inspection
    for _ in range(TRIES):
        head = head_of(access.case)
        text, renamed = text_on_head(access, started, head, wanted, chosen or {})
        saved = put_version(access, head, text, change.with_ids(renamed), head.number - base)
        if saved:
            return saved
    with transaction.atomic():
        case = locked(access.case)
        head = head_of(case)
        text, renamed = text_on_head(access, started, head, wanted, chosen or {})
        blob = blobs.put(text.encode(), YAML)
        return put_in_turn(access, case, head, blob, text, change.with_ids(renamed), head.number - base)


def save_text(access: Access, base: Version, text: str, change: Change) -> Saved:
    """Make the next version of a case of a text as it is; raises LettersError where somebody saved meanwhile."""
    refuse_done(access.person, change.once)
    refuse_foreign(access, read_version(base).inspection, parse(text))
    saved = put_version(access, base, text, change)
    if saved is None:
        raise LettersError("Somebody else saved meanwhile.")
    return saved


def text_on_head(
    access: Access, started: Inspection, head: Version, wanted: Inspection, chosen: Mapping[Keys, Any]
) -> tuple[str, dict[str, str]]:
    """Return the text of the newest version changed so that it says what is wanted too, and the ids that changed.

    A finding that is new on both sides under one id is two findings: ours gets another id.
    """
    theirs = read_version(head).inspection
    renamed: dict[str, str] = {}
    result = proved(wanted)
    if plain(started) != plain(theirs):
        result, renamed = renumbered(started, result, theirs)
        value, clashes = joined_files(started, result, theirs, chosen)
        if clashes:
            raise Clashed(clashes, head.number)
        result = proved(brought_back(with_newest_words(value, plain(theirs)), chosen))
    refuse_foreign(access, theirs, result)
    try:
        return rewrite(text_of(head), result), renamed
    except InspectionFaults as error:
        raise EditFaults([EditFault((), fault.message, fault.remedy) for fault in error.faults]) from None


def renumbered(started: Inspection, wanted: Inspection, theirs: Inspection) -> tuple[Inspection, dict[str, str]]:
    """Return an inspection in which nothing new has an id that somebody else gave to something new meanwhile."""
    old, taken = ids_of(started), ids_of(theirs)
    after = wanted.model_copy(deep=True)
    same = {place.entry.id: plain(place.entry) for place in places(theirs)}
    renamed: dict[str, str] = {}
    for place in places(after):
        name = place.entry.id
        if name in taken and name not in old and same.get(name) != plain(place.entry):
            both = theirs.model_copy(deep=True)
            place.entry.id = renamed[name] = free_id(both, place.section, ids_of(after))
    before_by_id = {place.entry.id: place.entry for place in places(started)}
    for place in places(after):
        before = before_by_id.get(place.entry.id)
        known = set(getattr(before, "findings", []))
        if isinstance(place.entry, Recommendation):
            place.entry.findings = [name if name in known else renamed.get(name, name) for name in place.entry.findings]
        if isinstance(place.entry, CaseStudy) and place.entry.after != getattr(before, "after", None):
            place.entry.after = renamed.get(place.entry.after or "", place.entry.after)
    for person in after.addressees:
        if person.id in taken and person.id not in old:
            number = 1
            while f"addressee-{number}" in taken | ids_of(after):
                number += 1
            person.id = renamed[person.id] = f"addressee-{number}"
    return after, renamed


def with_newest_words(value: dict[str, Any], theirs: dict[str, Any]) -> dict[str, Any]:
    """Return plain data in which what is withdrawn is kept with the words that it had last."""
    newest = {name_of(one): one for _, one in every_finding(theirs)}
    kept = []
    for held in value.get("withdrawn", []):
        kind = next((name for name in ("finding", "recommendation", "case_study") if held.get(name)), "")
        own = newest.get(name_of(held)) if kind else None
        kept.append({**held, kind: own} if own else held)
    return {**value, "withdrawn": kept} if kept else value


def joined_files(
    started: Inspection, mine: Inspection, theirs: Inspection, chosen: Mapping[Keys, Any]
) -> tuple[dict[str, Any], list[Clash]]:
    """Return two changes of one file in one, as plain data, and the fields that both changed.

    A finding that one withdrew and the other moved is such a field too.
    """
    base = plain(started)
    first, second, third = (flattened(side, base) for side in (base, plain(mine), plain(theirs)))
    value, clashes = joined(first, second, third, chosen)
    value = unflattened(value)
    named = {name for keys in (*chosen, *(clash.keys for clash in clashes)) for name in keys}
    for name in doubled(value):
        if name not in named:
            clashes.append(Clash((WITHDRAWN, name), HERE, *sides_of(name, mine)))
    return value, clashes


WITHDRAWN, HERE = "withdrawn", "in the letter"


def sides_of(name: str, mine: Inspection) -> tuple[str, str]:
    """Return what each of two people did with a finding that one withdrew and the other moved."""
    by_me = any(name == name_of(held) for held in plain(mine).get(WITHDRAWN, []))
    return (WITHDRAWN, HERE) if by_me else (HERE, WITHDRAWN)


def doubled(value: dict[str, Any]) -> set[str]:
    """Return the findings that plain data has both in the letter and withdrawn."""
    there = {str(name_of(one)) for _, one in every_finding(value)}
    return {str(name_of(held)) for held in value.get(WITHDRAWN, [])} & there


def brought_back(value: dict[str, Any], chosen: Mapping[Keys, Any]) -> Inspection:
    """Return an inspection in which no finding is both in the letter and withdrawn.

    Whoever keeps a finding brings it back, with its footnotes and with what referred to it; where it was chosen to be
    withdrawn, it goes from the letter.
    """
    twice = doubled(value)
    gone = {name for name in twice if chosen.get((WITHDRAWN, name)) == WITHDRAWN}
    kept = [held for held in value.get(WITHDRAWN, []) if name_of(held) in twice - gone]
    rest = [held for held in value.get(WITHDRAWN, []) if name_of(held) not in twice - gone]
    data = without_entries({**value, **({WITHDRAWN: rest} if WITHDRAWN in value else {})}, gone)
    inspection = read_plain(data)
    for held in kept:
        for note, words in held.get("footnotes", {}).items():
            inspection.footnotes.setdefault(note, words)
        lead_back(inspection, str(name_of(held)), list(held.get("referred_by", [])))
    return inspection


def without_entries(value: dict[str, Any], names: set[str]) -> dict[str, Any]:
    """Return plain data without some findings."""
    if not names:
        return value
    found = dict(value)
    for name in LISTS:
        kept = []
        for entry in value.get(name, []):
            items = [one for one in entry.get("items", [entry]) if name_of(one) not in names]
            if items:
                kept.append({**entry, "items": items} if "items" in entry else entry)
        if name in value:
            found[name] = kept
    return found


def read_plain(value: Any) -> Inspection:
    """Return an inspection of plain data; raises EditFaults where two changes together make none."""
    try:
        return Inspection.model_validate(value)
    except ValidationError as error:
        faults = [EditFault((), str(detail["msg"]), "Look at both versions.") for detail in error.errors()]
        raise EditFaults(faults) from None


def put_version(access: Access, head: Version, text: str, change: Change, joined_with: int = 0) -> Saved | None:
    """Store a text as the version after `head`; return None where another came first."""
    blob = blobs.put(text.encode(), YAML)
    work_out(text, head.number + 1)
    with transaction.atomic():
        case = locked(access.case)
        if case.head != head.number:
            return None
        return put_in_turn(access, case, head, blob, text, change, joined_with)


def put_in_turn(
    access: Access, case: Case, head: Version, blob: Blob, text: str, change: Change, joined_with: int
) -> Saved:
    """Store a text as the version after the newest one of a case that is locked; the same text makes none."""
    is_new = blob.sha256 != head.text_id
    if is_new:
        add_version(access, case, blob, text, change)
    remember(access.person, change.once, change.led_to)
    return Saved(head.number + is_new, is_new, joined_with, change.led_to)


def add_version(access: Access, case: Case, blob: Blob, text: str, change: Change) -> Version:
    """Add the next version of a case that is locked."""
    found = read_text(text, case.head + 1)
    describe(case, found.inspection)
    return next_version(access, case, blob, found.words, change, {})


def next_version(
    access: Access, case: Case, blob: Blob, words: str, change: Change, rests_on: Mapping[str, Version]
) -> Version:
    """Store the next version of a case that is locked and described, with the letters that a report rests on."""
    number = case.head + 1
    version = Version.objects.create(
        case=case,
        number=number,
        text=blob,
        words=words,
        engine=ENGINE,
        made_by=change.made_by,
        note=change.note,
        person=access.person,
        at=now(),
    )
    VersionMember.objects.bulk_create(
        VersionMember(version=version, file=file, letter=letter) for file, letter in rests_on.items()
    )
    case.head, case.errors = number, None
    case.save()
    later("letters.workspace.lists.count_errors", case.pk)
    data = {"version": number, "made_by": change.made_by.value, "text": blob.sha256, "words": words}
    named = {file: f"{letter.case.slug} v{letter.number}" for file, letter in rests_on.items()}
    more = {"rests_on": named} if named else {}
    record(case, access.person, "version_saved", f"v{number}", {**data, "note": change.note, **more})
    settle(case)
    return version


def describe(case: Case, inspection: Inspection) -> None:
    """Give a case what lists show of it."""
    case.letter_day = inspection.dates.letter
    case.title, case.theme = inspection.area.name[:400], inspection.round.theme[:400]
    case.kind, case.round_name = inspection.kind.value, (inspection.round.name or "")[:200]


def locked(case: Case) -> Case:
    """Return a case as it is now, locked until the transaction ends; SQLite locks the whole database by itself."""
    rows = Case.objects.select_for_update() if connection.features.has_select_for_update else Case.objects
    return rows.get(pk=case.pk)
