"""Every save is a new version: of the newest one, with what others saved meanwhile joined in field by field."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from pydantic import ValidationError

from letters.errors import LettersError
from letters.findings.editing import EditFault, EditFaults, proved
from letters.findings.inspection import Inspection
from letters.findings.joining import Clash, Keys, joined
from letters.findings.parsing import parse
from letters.findings.rewriting import plain, rewrite
from letters.workspace import blobs
from letters.workspace.access import Access
from letters.workspace.events import record
from letters.workspace.models import Blob, Case, MadeBy, Once, Version
from letters.workspace.now import now
from letters.workspace.reading import ENGINE, head_of, read_text, text_of

YAML = "application/yaml"
TRIES = 2
"""How often a save is prepared without holding anybody up; then it waits for its turn, and is prepared in it."""


class Clashed(LettersError):
    """Fields that somebody else changed meanwhile, each in another way; nothing was saved."""

    def __init__(self, clashes: list[Clash], head: int) -> None:
        self.clashes, self.head = clashes, head
        super().__init__("Somebody else changed the same words meanwhile.")


class DoneAlready(LettersError):
    """A form that was done before: pressing twice does it once."""

    def __init__(self, led_to: str) -> None:
        self.led_to = led_to
        super().__init__("This was done already.")


@dataclass(frozen=True)
class Change:
    """What a save is, beside its words."""

    made_by: MadeBy
    note: str
    """What was done, in words that hold nothing of the draft."""
    once: UUID | None
    led_to: str
    """Where the person is led afterwards."""


@dataclass(frozen=True)
class Saved:
    """What became of a save."""

    number: int
    is_new: bool
    """Whether there is a new version: saving what is there already makes none."""
    joined_with: int
    """How many versions others had saved meanwhile."""


def save(
    access: Access, base: int, wanted: Inspection, change: Change, chosen: Mapping[Keys, Any] | None = None
) -> Saved:
    """Make the next version of a case: version `base` changed so that it says `wanted`.

    What others saved since `base` stays. Raises Clashed where they changed the same fields in other ways and `chosen`
    does not say which it shall be, EditFaults where the result is no inspection, DoneAlready for a form done before.
    """
    refuse_done(access, change.once)
    for _ in range(TRIES):
        head = head_of(access.case)
        text = text_on_head(access.case, base, head, wanted, chosen or {})
        saved = put_version(access, head, text, change, head.number - base)
        if saved:
            return saved
    with transaction.atomic():
        head = head_of(locked(access.case))
        text = text_on_head(access.case, base, head, wanted, chosen or {})
        return put_in_turn(access, head, text, change, head.number - base)


def save_text(access: Access, base: Version, text: str, change: Change) -> Saved:
    """Make the next version of a case of a text as it is; raises LettersError where somebody saved meanwhile."""
    refuse_done(access, change.once)
    saved = put_version(access, base, text, change)
    if saved is None:
        raise LettersError("Somebody else saved meanwhile.")
    return saved


def text_on_head(case: Case, base: int, head: Version, wanted: Inspection, chosen: Mapping[Keys, Any]) -> str:
    """Return the text of the newest version changed so that it says what is wanted too."""
    if base == head.number:
        return rewrite(text_of(head), proved(wanted))
    started = parse(text_of(case.versions.get(number=base)))
    theirs = parse(text_of(head))
    value, clashes = joined(plain(started), plain(wanted), plain(theirs), chosen)
    if clashes:
        raise Clashed(clashes, head.number)
    return rewrite(text_of(head), proved(read_plain(value)))


def read_plain(value: Any) -> Inspection:
    """Return an inspection of plain data; raises EditFaults where two changes together make none."""
    try:
        return Inspection.model_validate(value)
    except ValidationError as error:
        faults = [EditFault((), str(detail["msg"]), "Look at both versions.") for detail in error.errors()]
        raise EditFaults(faults) from None


def put_version(access: Access, head: Version, text: str, change: Change, joined_with: int = 0) -> Saved | None:
    """Store a text as the version after `head`; return None where another came first."""
    blobs.put(text.encode(), YAML)
    read_text(text, head.number + 1)
    with transaction.atomic():
        if locked(access.case).head != head.number:
            return None
        return put_in_turn(access, head, text, change, joined_with)


def put_in_turn(access: Access, head: Version, text: str, change: Change, joined_with: int) -> Saved:
    """Store a text as the version after the newest one of a case that is locked; the same text makes none."""
    blob = blobs.put(text.encode(), YAML)
    is_new = blob.sha256 != head.text_id
    if is_new:
        add_version(access, locked(access.case), blob, text, change)
    remember(access, change)
    return Saved(head.number + is_new, is_new, joined_with)


def add_version(access: Access, case: Case, blob: Blob, text: str, change: Change) -> Version:
    """Add the next version of a case that is locked."""
    number = case.head + 1
    found = read_text(text, number)
    version = Version.objects.create(
        case=case,
        number=number,
        text=blob,
        words=found.words,
        engine=ENGINE,
        made_by=change.made_by,
        note=change.note,
        person=access.person,
        at=now(),
    )
    describe(case, found.inspection)
    case.head = number
    case.save()
    data = {"version": number, "made_by": change.made_by.value, "text": blob.sha256, "words": found.words}
    record(case, access.person, "version_saved", f"v{number}", {**data, "note": change.note})
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


def refuse_done(access: Access, once: UUID | None) -> None:
    """Raise DoneAlready for a form that was done before."""
    done = Once.objects.filter(key=once, person=access.person).first() if once else None
    if done:
        raise DoneAlready(done.led_to)


def remember(access: Access, change: Change) -> None:
    """Remember that a form was done; raises DoneAlready where it was done at the same moment."""
    if change.once is None:
        return
    try:
        with transaction.atomic():
            Once.objects.create(key=change.once, person=access.person, led_to=change.led_to, at=now())
    except IntegrityError:
        raise DoneAlready(change.led_to) from None
