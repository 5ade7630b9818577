"""The calls of the day of notice: who is called first, by whom, and whether that order was kept."""

from collections.abc import Container, Iterator
from dataclasses import dataclass

from letters.findings.area import AgencyType
from letters.findings.inspection import Inspection
from letters.findings.registers import inspectorates
from letters.findings.switches import FirstNotified
from letters.process.record import Contact, ContactRole, ProcessRecord

FIRST = {
    FirstNotified.LSCB_CHAIR: (ContactRole.CHAIR,),
    FirstNotified.DCS: (ContactRole.DCS,),
    FirstNotified.SAFEGUARDING_PARTNERS: (ContactRole.PARTNER,),
}
"""Who is called first, as the inspection's option says."""
INSTEAD = {ContactRole.BUSINESS_MANAGER: ContactRole.CHAIR}
"""Who is called only where another cannot be reached."""
AFTER = "immediately after"
TURNS = ("first", "first, where the chair cannot be reached", AFTER, "where the chair cannot be reached")
"""When somebody is called, by the turn."""
INSPECTED_BY = {
    AgencyType.HEALTH_COMMISSIONER: "cqc",
    AgencyType.HEALTH_PROVIDER: "cqc",
    AgencyType.PRIMARY_CARE: "cqc",
    AgencyType.PUBLIC_HEALTH: "cqc",
    AgencyType.POLICE: "hmicfrs",
    AgencyType.PCC: "hmicfrs",
    AgencyType.PROBATION: "hmiprobation",
    AgencyType.YOUTH_JUSTICE: "hmiprobation",
}
"""The inspectorate that calls an agency of a kind; the lead calls the others."""


@dataclass(frozen=True)
class PlannedCall:
    """A call to make, in its turn."""

    contact: Contact
    inspectorate: str
    """The name of the inspectorate that calls."""
    turn: str
    """When: one of TURNS."""


def planned_calls(inspection: Inspection, record: ProcessRecord) -> list[PlannedCall]:
    """Return the calls in the order in which they are made."""
    first = FIRST[inspection.switches.first_notified]
    held = [contact for contact in record.contacts if contact.role is not ContactRole.REQUESTER]
    order = sorted(held, key=lambda contact: turn_of(contact, first))
    return [planned(inspection, contact, TURNS[turn_of(contact, first)]) for contact in order]


def turn_of(contact: Contact, first: Container[ContactRole]) -> int:
    """Return in which turn somebody is called; a business manager's comes right behind the chair's."""
    is_first = contact.role in first or (contact.role in INSTEAD and INSTEAD[contact.role] in first)
    return (0 if is_first else 2) + (contact.role in INSTEAD)


def planned(inspection: Inspection, contact: Contact, turn: str) -> PlannedCall:
    """Return the call to one contact."""
    return PlannedCall(contact, name_of(inspection, caller(inspection, contact)), turn)


def caller(inspection: Inspection, contact: Contact) -> str:
    """Return the inspectorate that calls a contact, by its id: its own where it takes part, or else the lead."""
    kind = next((agency.type for agency in inspection.agencies if agency.id == contact.agency), None)
    wanted = contact.inspectorate or (INSPECTED_BY.get(kind, "") if kind else "")
    return wanted if wanted in inspection.inspectorates else inspection.lead


def name_of(inspection: Inspection, inspectorate: str) -> str:
    """Return what an inspectorate was called at the time of the inspection."""
    known = inspectorates().get(inspectorate)
    return known.on(inspection.dates.letter).name if known else inspectorate


def out_of_order(inspection: Inspection, record: ProcessRecord) -> Iterator[str]:
    """Yield what was not kept of the order of the calls."""
    first = {call.contact.id for call in planned_calls(inspection, record) if call.turn in TURNS[:2]}
    names = {contact.id: contact.name for contact in record.contacts}
    made = sorted(record.calls, key=lambda call: (call.day, call.at))
    reached = [call for call in made if call.reached]
    firsts = [call for call in reached if call.contact in first]
    for call in made:
        if call.contact not in first and not any((one.day, one.at) <= (call.day, call.at) for one in firsts):
            who = names.get(call.contact, call.contact)
            yield f"{who} was called at {call.at} before anybody was reached who should have been told first."
    called = {call.contact for call in made}
    for contact in record.contacts:
        if (
            made
            and contact.id not in called
            and contact.role not in (ContactRole.REQUESTER, ContactRole.BUSINESS_MANAGER)
        ):
            yield f"{contact.name} was not called."
