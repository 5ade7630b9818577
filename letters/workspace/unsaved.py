"""What people typed and could not be saved: kept until they decide."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from django.db.models import QuerySet

from letters.findings.inspection import Inspection
from letters.findings.joining import Clash, Keys
from letters.workspace.access import Access
from letters.workspace.models import MadeBy, Person, Unsaved
from letters.workspace.now import now
from letters.workspace.reading import head_of, read_version
from letters.workspace.saving import Change, Saved, joined_files, renumbered, save

MINE, THEIRS, WRITE = "mine", "theirs", "write"


def keep_fields(person: Person, path: str, fields: Mapping[str, list[str]]) -> Unsaved:
    """Keep the fields of a form that could not be taken, such as one sent after the session had ended."""
    return Unsaved.objects.create(person=person, path=path[:400], fields={"form": dict(fields)}, at=now())


def of_person(person: Person) -> QuerySet[Unsaved]:
    """Return everything that was kept for a person, the newest first."""
    return Unsaved.objects.filter(person=person).order_by("-at")


def kept_form(person: Person, key: UUID) -> Unsaved | None:
    """Return a form that was kept for a person; none where there is none, or where it is a clash."""
    row = Unsaved.objects.filter(person=person, key=key).first()
    return row if row and "form" in row.fields else None


def clash_page(row: Unsaved) -> str:
    """Return the case of a kept change that somebody else's stands against; empty for a form."""
    return str(row.fields.get("case", ""))


def keep_clash(access: Access, base: int, wanted: Inspection, change: Change) -> Unsaved:
    """Keep a change that somebody else's change stands against."""
    fields = {
        "wanted": wanted.model_dump(mode="json", exclude_defaults=True, warnings=False),
        "base": base,
        "made_by": change.made_by.value,
        "note": change.note,
        "led_to": change.led_to,
        "case": access.case.slug,
    }
    held = {"path": change.led_to[:400], "fields": fields, "at": now()}
    key = change.once or uuid4()
    return Unsaved.objects.get_or_create(key=key, person=access.person, defaults=held)[0]


def clash_of(access: Access, key: UUID) -> Unsaved | None:
    """Return a change that was kept for a person in a case."""
    row = Unsaved.objects.filter(person=access.person, key=key).first()
    return row if row and row.fields.get("case") == access.case.slug else None


def clashes(access: Access, row: Unsaved) -> list[Clash]:
    """Return in what a kept change stands against the case as it is now."""
    wanted = Inspection.model_validate(row.fields["wanted"])
    base = read_version(access.case.versions.get(number=row.fields["base"])).inspection
    theirs = read_version(head_of(access.case)).inspection
    return joined_files(base, renumbered(base, wanted, theirs)[0], theirs, {})[1]


def resolve(access: Access, row: Unsaved, answers: Mapping[Keys, Any], once: UUID | None) -> Saved:
    """Save a kept change with what was chosen at each clash; raises Clashed where others changed more meanwhile."""
    held = row.fields
    wanted = Inspection.model_validate(held["wanted"])
    change = Change(MadeBy(held["made_by"]), held["note"], once, held["led_to"])
    saved = save(access, held["base"], wanted, change, answers)
    row.delete()
    return saved


def sign(clash: Clash) -> str:
    """Return what tells a clash from every other one: its place, and what each side says there."""
    return sha256(repr(clash).encode()).hexdigest()[:16]


def answer(clash: Clash, choice: str, written: str) -> Any:
    """Return the value that somebody chose at a clash."""
    if choice == THEIRS:
        return clash.theirs
    return written if choice == WRITE and is_words(clash) else clash.mine


def is_words(clash: Clash) -> bool:
    """Say whether a clash is about words, which can be written anew."""
    return any(isinstance(side, str) for side in (clash.mine, clash.theirs))


def label(clash: Clash) -> tuple[str, ...]:
    """Return what a clash is about: the finding or part, and its field."""
    return clash.keys[-2:]
