"""An inspection and the record of its process -> one of the documents around its letter."""

from collections.abc import Iterator, Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any

from letters.composition.slots import Group, SkeletonBlock, Slots
from letters.composition.template import letter_environment, parsed, render
from letters.composition.view import logos, participants_by_id
from letters.document.blocks import Block, Blocks, Document, Meta, Paragraph, Run, Runs, Table
from letters.errors import CompositionFault
from letters.findings.addressees import Addressee
from letters.findings.finding import Recommendation
from letters.findings.inspection import Inspection
from letters.findings.registers import InspectorateName
from letters.houses.house import House
from letters.houses.words import day
from letters.process.calls import name_of, out_of_order, planned_calls
from letters.process.days import days_of
from letters.process.fed_back import differences, said_of
from letters.process.kinds import KINDS, SAID_HEADINGS, missing, recipients
from letters.process.record import AuditedChild, Contact, Meeting, MeetingKind, ProcessRecord, Said

MEETINGS = {
    MeetingKind.SET_UP: "Set-up meeting",
    MeetingKind.KEY_MANAGERS: "Meeting with key managers",
    MeetingKind.KEEPING_IN_TOUCH: "Keeping in touch",
    MeetingKind.FEEDBACK: "Joint feedback meeting",
    MeetingKind.OTHER: "Meeting",
}
SAMPLES = {"up_to_5": "up to five", "from_6_to_10": "six to ten", "more_than_10": "more than ten"}
EMPTY = ""


class TableValue(Group):
    """Rows of words that a template sets as a table."""

    __slots__ = ("_caption", "_heads", "_rows")

    def __init__(self, caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        self._caption, self._heads, self._rows = caption, heads, rows

    def blocks(self, form: SkeletonBlock) -> Iterator[Block]:
        """Yield the table."""
        rows = tuple(tuple(cell(str(words)) for words in row) for row in self._rows)
        yield Table(form.id, str(self._caption), tuple(as_runs(str(head)) for head in self._heads), rows)


def cell(words: str) -> Blocks:
    """Return a cell with one paragraph."""
    return (Paragraph("", as_runs(words)),)


def as_runs(words: str) -> Runs:
    """Return words as runs; none where there are none."""
    return (Run(words),) if words else ()


def process_document(
    kind: str, inspection: Inspection, record: ProcessRecord, house: House, on: date, whom: str = ""
) -> Document:
    """Return a document of a kind, dated; `whom` says for whom, where there is one for each.

    Raises CompositionFault where there is no such kind, nobody of that id, or where the record lacks what it needs.
    """
    known = KINDS.get(kind)
    if known is None:
        raise CompositionFault(f"There is no document {kind!r}. The documents are {', '.join(KINDS)}.")
    lacking = list(missing(kind, inspection, record))
    if lacking:
        raise CompositionFault(f"{known.title}: there is nothing to say yet. Give {'; '.join(lacking)}.")
    refuse_nobody(kind, inspection, record, whom)
    slots = Slots({})
    compiled = letter_environment().get_template(f"process/{kind}.md")
    skeleton = parsed(render(compiled, {**context(inspection, record, on, whom), "_slots": slots}))
    return dressed(known.title, tuple(slots.fill(skeleton)), inspection, house, on)


def refuse_nobody(kind: str, inspection: Inspection, record: ProcessRecord, whom: str) -> None:
    """Raise CompositionFault where a document is for somebody and nobody, or somebody else, is named."""
    known = [name for name, _ in recipients(kind, inspection, record)]
    if known and whom not in known:
        what = KINDS[kind].whom
        said = f"there is no {what} {whom!r}" if whom else f"it is made for one {what}"
        raise CompositionFault(f"{KINDS[kind].title}: {said}. Name one with --for: {', '.join(known)}.")
    if whom and not known:
        raise CompositionFault(f"{KINDS[kind].title}: there is one for all. Leave --for out.")


def context(inspection: Inspection, record: ProcessRecord, on: date, whom: str) -> dict[str, Any]:
    """Return everything that the templates may name."""
    names = {agency.id: agency.name for agency in inspection.agencies}
    return {
        "kind": inspection.kind.value,
        "area": inspection.area.name,
        "theme": inspection.round.theme,
        "cohort": inspection.round.cohort or "",
        "partnership": inspection.partnership.name,
        "inspectorates": [called_in_a_sentence(held) for held in participants_by_id(inspection).values()],
        "lead": participants_by_id(inspection)[inspection.lead].name,
        "fieldwork": inspection.dates.fieldwork,
        "on": on,
        "version": str(inspection.version),
        "agencies": [agency.name for agency in inspection.agencies if agency.inspected],
        "days": {held.name: held for held in days_of(inspection, record.published, record.due)},
        "table": TableValue,
        "rows": rows_of(inspection, record, names),
        "record": record,
        "team": record.team,
        "contact": next((held for held in record.contacts if held.id == whom), None),
        "agency": names.get(whom, EMPTY),
        "inspectorate": name_of(inspection, whom) if whom in inspection.inspectorates else EMPTY,
        "addressee": next((as_reader(held) for held in inspection.addressees if held.id == whom), None),
        "audit": [audited(child, names) for child in record.audit],
        "set_up": meeting_of(record, MeetingKind.SET_UP),
        "feedback_meeting": meeting_of(record, MeetingKind.FEEDBACK),
        "said": said_by_kind(record.feedback.said if record.feedback else []),
        "said_of_agency": said_by_kind(said_of(whom, record)),
        "out_of_order": list(out_of_order(inspection, record)),
        "differences": list(differences(inspection, record)),
        "sample": SAMPLES[record.request.children.value] if record.request else EMPTY,
        "recommendations": recommendations_of(inspection, names),
        "next_steps": inspection.next_steps,
        "principal_authority": principal_authority(inspection, names),
        "checklist": record.checklist,
        "agreements": record.agreements,
        "accuracy": record.accuracy,
        "statement": record.statement,
    }


def rows_of(inspection: Inspection, record: ProcessRecord, names: dict[str, str]) -> dict[str, list[list[str]]]:
    """Return the rows of every table that a template may set."""
    people = {held.id: held for held in record.contacts}
    return {
        "calls_to_make": [
            [
                f"{call.contact.name}, {call.contact.body}",
                call.turn,
                call.inspectorate,
                number_of(call.contact),
            ]
            for call in planned_calls(inspection, record)
        ],
        "calls_made": [
            [
                called(people.get(held.contact), held.contact),
                f"{day(held.day)} {held.at}",
                held.by,
                yes(held.reached),
                held.note or EMPTY,
            ]
            for held in sorted(record.calls, key=lambda held: (held.day, held.at))
        ],
        "team": [[held.name, name_of(inspection, held.inspectorate), held.role] for held in record.team],
        "days": [
            [held.name, day(held.day) if held.day else "not yet known", with_source(held.counted, held.source)]
            for held in days_of(inspection, record.published, record.due)
        ],
        "meetings": [
            [
                f"{day(held.day)}, {hours(held)}",
                held.title or MEETINGS[held.kind],
                held.place or EMPTY,
                "; ".join(held.people),
            ]
            for held in sorted(record.meetings, key=lambda held: (held.day, held.at))
        ],
        "attendance": [
            [name, "yes" if name in meeting.present else EMPTY]
            for meeting in record.meetings
            if meeting.kind is MeetingKind.SET_UP
            for name in dict.fromkeys([*meeting.people, *meeting.present])
        ],
        "audited": [[name, EMPTY] for name in names.values()],
        "bearing": [
            [child.id, finding, words_of(inspection, finding), child.evaluation]
            for child in record.audit
            for finding in child.findings
        ],
    }


def called_in_a_sentence(held: InspectorateName) -> str:
    """Return the name of an inspectorate with its article."""
    return " ".join(filter(None, (held.article, held.name)))


def audited(child: AuditedChild, names: dict[str, str]) -> SimpleNamespace:
    """Return what agencies found in the case of a child, as templates show it."""
    said = [SimpleNamespace(agency=names.get(held.agency, held.agency), text=held.text) for held in child.contributions]
    return SimpleNamespace(id=child.id, said=said, evaluation=child.evaluation, learning=child.learning)


def called(contact: Contact | None, otherwise: str) -> str:
    """Return who was called."""
    return f"{contact.name}, {contact.body}" if contact else otherwise


def number_of(contact: Contact) -> str:
    """Return how somebody is reached."""
    return contact.telephone or contact.email or "not given"


def yes(held: bool) -> str:
    """Return whether something is so."""
    return "yes" if held else "no"


def with_source(counted: str, source: str) -> str:
    """Return what a day is counted from, and on whose authority."""
    return f"{counted} ({source})" if source else counted


def hours(meeting: Meeting) -> str:
    """Return when a meeting begins and ends."""
    return f"{meeting.at} to {meeting.until}" if meeting.until else meeting.at


def meeting_of(record: ProcessRecord, kind: MeetingKind) -> SimpleNamespace | None:
    """Return the first meeting of a kind, as templates show it."""
    for held in sorted(record.meetings, key=lambda held: (held.day, held.at)):
        if held.kind is kind:
            return SimpleNamespace(day=held.day, hours=hours(held), place=held.place or EMPTY, people=held.people)
    return None


def said_by_kind(said: Sequence[Said]) -> list[SimpleNamespace]:
    """Return what was said, under the heading of its kind."""
    groups = [(heading, [held for held in said if held.kind is kind]) for kind, heading in SAID_HEADINGS.items()]
    return [SimpleNamespace(heading=heading, said=held) for heading, held in groups if held]


def as_reader(addressee: Addressee) -> SimpleNamespace:
    """Return an addressee as a letter to him is headed."""
    place = [addressee.organisation] if addressee.organisation else []
    return SimpleNamespace(name=addressee.name, role=addressee.role, place=[*place, *addressee.postal_address])


def recommendations_of(inspection: Inspection, names: dict[str, str]) -> list[SimpleNamespace]:
    """Return every recommendation: its id, its words, and who should act on it."""
    found = []
    for _, entries in inspection.sections_of_findings():
        for entry in entries:
            if isinstance(entry, Recommendation):
                points = "; ".join(point.text.rstrip(".;") for point in entry.points)
                words = " ".join([entry.lead_in or EMPTY, entry.text or EMPTY, points])
                bodies = [names.get(name, name) for name in entry.target] if isinstance(entry.target, list) else []
                held = SimpleNamespace(id=entry.id, words=" ".join(words.split()), bodies="; ".join(bodies))
                found.append(held)
    return found


def words_of(inspection: Inspection, name: str) -> str:
    """Return the words of a finding by its id; that it is not there, where it is not."""
    for entry in inspection.all_findings():
        if entry.id == name:
            return " ".join((entry.text or EMPTY).split())
    return "not in the letter"


def principal_authority(inspection: Inspection, names: dict[str, str]) -> str:
    """Return who makes the written statement."""
    given = inspection.next_steps.principal_authority or EMPTY
    people = {held.id: held.organisation or held.name for held in inspection.addressees}
    return names.get(given) or people.get(given) or given or inspection.partnership.name


def dressed(title: str, blocks: Any, inspection: Inspection, house: House, on: date) -> Document:
    """Return blocks as a document with the letterhead and properties of an inspection's documents."""
    participants = participants_by_id(inspection)
    meta = Meta(
        identifier=inspection.id,
        title=f"{title}, {inspection.area.name}, {day(on)}",
        subject=inspection.round.theme,
        author=participants[inspection.lead].name,
        day=on,
        language=house.settings.language,
        version=inspection.version,
    )
    return Document(meta, logos(participants), blocks, ())
