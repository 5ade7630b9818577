"""What people typed and could not be saved: kept until they decide."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from letters.findings.inspection import Inspection
from letters.findings.joining import Clash, Keys, joined
from letters.findings.rewriting import plain
from letters.workspace.access import Access
from letters.workspace.models import MadeBy, Person, Unsaved
from letters.workspace.now import now
from letters.workspace.reading import head_of, read_version
from letters.workspace.saving import Change, Saved, save

MINE, THEIRS, WRITE = "mine", "theirs", "write"


def keep_fields(person: Person, path: str, fields: Mapping[str, list[str]]) -> Unsaved:
    """Keep the fields of a form that could not be taken, such as one sent after the session had ended."""
    return Unsaved.objects.create(person=person, path=path[:400], fields={"form": dict(fields)}, at=now())


def kept_fields(person: Person, key: str) -> dict[str, list[str]]:
    """Return the fields of a form that were kept for a person, or none."""
    try:
        row = Unsaved.objects.filter(person=person, key=UUID(key)).first()
    except ValueError:
        return {}
    found: dict[str, list[str]] = row.fields.get("form", {}) if row else {}
    return found


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
    return Unsaved.objects.create(person=access.person, path=change.led_to[:400], fields=fields, at=now())


def clash_of(access: Access, key: UUID) -> Unsaved | None:
    """Return a change that was kept for a person in a case."""
    row = Unsaved.objects.filter(person=access.person, key=key).first()
    return row if row and row.fields.get("case") == access.case.slug else None


def clashes(access: Access, row: Unsaved) -> list[Clash]:
    """Return in what a kept change stands against the case as it is now."""
    wanted = Inspection.model_validate(row.fields["wanted"])
    base = read_version(access.case.versions.get(number=row.fields["base"])).inspection
    theirs = read_version(head_of(access.case)).inspection
    return joined(plain(base), plain(wanted), plain(theirs))[1]


def resolve(access: Access, row: Unsaved, answers: Mapping[Keys, Any], once: UUID | None) -> Saved:
    """Save a kept change with what was chosen at each clash; raises Clashed where others changed more meanwhile."""
    held = row.fields
    wanted = Inspection.model_validate(held["wanted"])
    change = Change(MadeBy(held["made_by"]), held["note"], once, held["led_to"])
    saved = save(access, held["base"], wanted, change, answers)
    row.delete()
    return saved


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
