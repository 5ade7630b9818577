"""Why this area: reasons with their source and day, for leads alone; no document and no other page has them."""

from datetime import date
from uuid import UUID

from django.db import transaction

from letters.workspace.access import Access
from letters.workspace.events import canonical, record
from letters.workspace.models import SelectionNote, SelectionWhy
from letters.workspace.now import now, today
from letters.workspace.once import refuse_done, remember
from letters.workspace.refused import Refused
from letters.workspace.setting_aside import said_hash
from letters.workspace.typed import cleaned, on_one_line

MOST_SOURCE, LONGEST = 300, 20_000


def notes(access: Access) -> list[SelectionNote]:
    """Return why the area was chosen, as it was noted."""
    return list(SelectionNote.objects.filter(case=access.case).select_related("person"))


def note(
    access: Access, why: str, source: str, day: date | None, words: str, once: UUID | None, led_to: str
) -> SelectionNote:
    """Note a reason; raises Refused with what is wrong by field."""
    refuse_done(access.person, once)
    source, words = on_one_line(source), cleaned(words)
    faults = []
    if why not in SelectionWhy.values:
        faults.append(("why", "Choose what kind of reason it is."))
    if not source or len(source) > MOST_SOURCE:
        faults.append(("source", "Say where it is known from, in a line."))
    if day is None or day > today():
        faults.append(("day", "Choose the day of the source, which has passed."))
    if len(words) > LONGEST:
        faults.append(("note", "This is too long."))
    if faults or day is None:
        raise Refused(faults)
    with transaction.atomic():
        row = SelectionNote.objects.create(
            case=access.case, why=why, source=source, day=day, note=words, person=access.person, at=now()
        )
        remember(access.person, once, led_to)
        said = said_hash(canonical([why, source, str(day), words]))
        record(access.case, access.person, "selection_noted", "", {"said": said})
    return row
