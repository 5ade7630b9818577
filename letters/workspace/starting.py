"""A new case: from an inspection file, an older letter, or the answers to five questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError, transaction

from letters.errors import LettersError
from letters.findings.area import Fieldwork
from letters.findings.calendar import working_days_away
from letters.findings.editing import proved
from letters.findings.fields import stem_of
from letters.findings.parsing import parse
from letters.findings.registers import inspectorates
from letters.findings.rewriting import rewrite
from letters.findings.starting import text as starter
from letters.workspace import blobs
from letters.workspace.access import Access, NoSuchCase, case_for
from letters.workspace.events import record
from letters.workspace.models import Case, Part, Person, StoredFile
from letters.workspace.now import now
from letters.workspace.once import refuse_done, remember
from letters.workspace.roles import Act, Role
from letters.workspace.saving import YAML, Change, add_version
from letters.workspace.uploads import without_claims

STARTER = "Exampleton"
"""What the file to start from calls the area."""
LETTER_DAYS = 34
"""Working days from the end of fieldwork to the letter, as most of those published have it."""
RECEIVED_BEFORE = timedelta(days=8)
"""How long before the letter's date the area usually receives it."""


class TakenId(LettersError):
    """An inspection whose id another case has."""

    def __init__(self, slug: str, *, may_see: bool) -> None:
        self.slug, self.may_see = slug, may_see
        super().__init__(f"There is a case with the id {slug} already. Give this inspection another `id:`.")


@dataclass(frozen=True)
class Answers:
    """The answers to the five questions."""

    area: str
    theme: str
    first_day: date
    last_day: date
    inspectorates: Sequence[str]
    lead: str


def from_questions(answers: Answers) -> str:
    """Return the text of an inspection file to start from, with the answers in it."""
    text = starter(id_for(answers.area, answers.first_day))
    inspection = parse(text)
    inspection.area.name = inspection.area.short = inspection.area.legal = answers.area
    inspection.round.theme = answers.theme
    inspection.round.response = f"the multi-agency response to {answers.theme}"
    inspection.round.deep_dive = f"the response to {answers.theme}"
    for agency in inspection.agencies:
        agency.name = agency.name.replace(STARTER, answers.area)
    for person in inspection.addressees:
        person.organisation = person.organisation and person.organisation.replace(STARTER, answers.area)
    inspection.partnership.name = f"{answers.area} Safeguarding Children Partnership"
    dates = inspection.dates
    dates.fieldwork = Fieldwork.model_construct(start=answers.first_day, end=answers.last_day)
    dates.notified = working_days_away(answers.first_day, -inspection.switches.notice_days)
    dates.letter = working_days_away(answers.last_day, LETTER_DAYS)
    dates.received = dates.letter - RECEIVED_BEFORE
    inspection.inspectorates = [*answers.inspectorates]
    inspection.lead = answers.lead
    inspection.signatories = [held for held in inspection.signatories if held.inspectorate in answers.inspectorates]
    return rewrite(text, proved(inspection))


def id_for(area: str, day: date) -> str:
    """Return the id of an inspection: its area and year."""
    words = stem_of(area)
    stem = words if words[:1].isalpha() else f"area-{words}".strip("-")
    return f"{stem[:27].strip('-')}-{day.year}"


def known_inspectorates() -> dict[str, str]:
    """Return the inspectorates that can take part: their ids and the names they have now."""
    return {name: body.names[-1].name for name, body in inspectorates().items()}


def start(person: Person, text: str, change: Change, given: StoredFile | None = None) -> tuple[Access, list[str]]:
    """Start a case with the text of an inspection file; return it with what the file said that is not believed.

    `given` is the file that the text comes from, where somebody gave one.
    The person who starts it leads it. Raises InspectionFaults, and TakenId where another case has its id.
    """
    kept, said = without_claims(text)
    inspection = parse(kept)
    case = Case(slug=inspection.id, created_at=now())
    refuse_done(person, change.once)
    refuse_taken(person, inspection.id)
    blob = blobs.put(kept.encode(), YAML)
    try:
        with transaction.atomic():
            case.save(force_insert=True)
            Part.objects.create(case=case, person=person, role=Role.LEAD, since=now())
            record(
                case,
                person,
                "case_started",
                case.slug,
                {"not_believed": len(said), "given": given.pk if given else None},
            )
            access = Access(case, person, frozenset({Role.LEAD}))
            add_version(access, case, blob, kept, change)
            remember(person, change.once, change.led_to)
    except IntegrityError:
        refuse_taken(person, inspection.id)
        raise
    return access, said


def refuse_taken(person: Person, slug: str) -> None:
    """Raise TakenId where a case has an id, in any case of letters."""
    taken = Case.objects.filter(slug__iexact=slug).first()
    if taken is None:
        return
    try:
        case_for(person, taken.slug, Act.READ)
    except NoSuchCase:
        raise TakenId(slug, may_see=False) from None
    raise TakenId(taken.slug, may_see=True)
