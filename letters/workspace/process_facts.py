"""What documents around a letter are made from, part by part: who is called, who comes, what was said."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from pydantic import ValidationError

from letters.process.record import ContactRole, MeetingKind, ProcessRecord, SaidKind, Sample
from letters.workspace import blobs
from letters.workspace.access import Access
from letters.workspace.events import canonical, record
from letters.workspace.models import Blob, Case, ProcessFact
from letters.workspace.now import now
from letters.workspace.once import refuse_done, remember
from letters.workspace.refused import Refused
from letters.workspace.saving import locked
from letters.workspace.setting_aside import said_hash

RECORD = "application/json"

__all__ = ["ContactRole", "MeetingKind", "SaidKind", "Sample"]

PARTS = {
    "contacts": ("contacts",),
    "team": ("team",),
    "meetings": ("meetings",),
    "calls": ("calls",),
    "request": ("request",),
    "audit": ("audit",),
    "feedback": ("feedback",),
    "practical": ("sharing", "complaints", "enquiries"),
}
"""The fields of the record that each part holds."""
Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Unfit:
    """A value that a part cannot have: the way to it, and why."""

    path: Path
    message: str


class UnfitPart(Refused):
    """A part that was not saved; nothing changed."""

    def __init__(self, found: tuple[Unfit, ...]) -> None:
        self.found = found
        super().__init__([("", one.message) for one in found])


def facts_of(case: Case) -> dict[str, ProcessFact]:
    """Return the newest of each part that was filled in."""
    return {row.part: row for row in ProcessFact.objects.filter(case=case).select_related("person")}


def record_of(case: Case) -> ProcessRecord:
    """Return the record of the process of a case."""
    return record_from(facts_of(case))


def record_from(facts: Mapping[str, ProcessFact]) -> ProcessRecord:
    """Return the record that parts make together."""
    data: dict[str, Any] = {}
    for row in facts.values():
        data |= row.data
    return ProcessRecord.model_validate(data)


def keep_record(held: ProcessRecord) -> Blob:
    """Keep a record of the process as a document was made from it."""
    return blobs.put(held.model_dump_json(exclude_none=True, exclude_defaults=True).encode(), RECORD)


def kept_record(blob: Blob) -> ProcessRecord:
    """Return the record of the process that a document was made from."""
    return ProcessRecord.model_validate_json(blobs.get(blob))


def audited(case: Case, finding: str) -> list[tuple[str, str]]:
    """Return what the joint audit agreed on about the children whose cases bear on a finding: internal."""
    return [(child.id, child.evaluation) for child in record_of(case).audit if finding in child.findings]


def save_part(
    access: Access, part: str, data: Mapping[str, Any], seen: str, once: UUID | None, led_to: str
) -> ProcessFact:
    """Save a part; `seen` is the key of the one that the form was opened on.

    Raises UnfitPart with what cannot be so, Refused where somebody saved the part meanwhile.
    """
    refuse_done(access.person, once)
    held = {name: data.get(name) for name in PARTS[part] if data.get(name) not in (None, [], "")}
    fit = fitting(held)
    with transaction.atomic():
        case = locked(access.case)
        facts = facts_of(case)
        before = facts.get(part)
        if before is not None and str(before.pk) != seen:
            raise Refused([("", f"{before.person.name} changed this meanwhile. Open the page anew in another window.")])
        refuse_unknown_contacts(part, fit, record_from(facts))
        kept = fit.model_dump(mode="json", include=set(held), exclude_none=True, exclude_defaults=True)
        row = ProcessFact.objects.create(case=case, part=part, data=kept, person=access.person, at=now())
        record(case, access.person, "process_changed", part, {"data": said_hash(canonical(kept))})
        remember(access.person, once, led_to)
    return row


def refuse_unknown_contacts(part: str, new: ProcessRecord, held: ProcessRecord) -> None:
    """Raise Refused where the log of calls would name somebody who is no contact."""
    contacts = new.contacts if part == "contacts" else held.contacts
    calls = new.calls if part == "calls" else held.calls
    known = {one.id for one in contacts}
    lost = {call.contact for call in calls} - known if part in ("contacts", "calls") else set()
    names = sorted(one.name for one in held.contacts if one.id in lost)
    if names:
        raise Refused([("", f"{', '.join(names)} is in the log of calls, so the contact has to stay.")])
    if lost:
        raise Refused([("", "Choose whom each call was made to.")])


def fitting(data: Mapping[str, Any]) -> ProcessRecord:
    """Return data as a record; raises UnfitPart with everything that cannot be so."""
    try:
        return ProcessRecord.model_validate(data)
    except ValidationError as error:
        raise UnfitPart(tuple(Unfit(detail["loc"], message_of(detail)) for detail in error.errors())) from None


def message_of(detail: Any) -> str:
    """Say what a value should be."""
    kind = detail["type"]
    if kind == "value_error":
        message = str(detail["ctx"]["error"])
        return f"{message[:1].upper()}{message[1:]}."
    known = {
        "missing": "Enter it.",
        "enum": "Choose one.",
        "string_pattern_mismatch": "Enter it on one line, as the hint says where there is one.",
        "date_from_datetime_parsing": "Choose a day.",
        "date_type": "Choose a day.",
        "date_parsing": "Choose a day.",
    }
    return known.get(kind, "This cannot be so.")
