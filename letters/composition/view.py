"""What a letter's template sees of an inspection: its facts, its people and its sections, ready to be set."""

from collections.abc import Collection, Mapping
from datetime import date
from types import SimpleNamespace
from typing import Any

from letters.composition.sections import Section, SectionMaker
from letters.composition.template import FormData
from letters.composition.values import AddresseesValue, Linked, ProseValue, RecipientsValue, SignaturesValue
from letters.document.blocks import Figure
from letters.errors import CompositionFault
from letters.findings.area import AUTHORITIES, AgencyType
from letters.findings.finding import Finding, Priority, Recommendation
from letters.findings.inspection import Inspection, Stage
from letters.findings.registers import InspectorateName, inspectorates
from letters.findings.switches import ActionPlanLead, LegalRegime, RecommendationMode, SectionOrder
from letters.findings.timetable import statement
from letters.houses.words import day, listed, number, period, unbroken

NO_ADDRESS_YET = "[the address is still to be given]"
"""What a draft has in the place of the address for the written statement."""
LAST_DAY_OF_BOARDS = date(2019, 9, 29)
"""The last day of the transition from boards to safeguarding partners (Children and Social Work Act 2017)."""


def view(inspection: Inspection, form: FormData) -> dict[str, Any]:
    """Return everything that a template may name for one inspection."""
    maker = SectionMaker(inspection, form)
    layout = {**form.layout.model_dump(), **inspection.layout.model_dump(exclude_none=True)}
    return {
        "area": inspection.area,
        "round": inspection.round,
        "partnership": inspection.partnership,
        "dates": inspection.dates,
        "kind": inspection.kind,
        "stage": inspection.stage,
        "switches": inspection.switches,
        "layout": SimpleNamespace(**layout),
        "lead": name_of(inspection.lead, inspection.dates.letter),
        "inspectorates": introductions(inspection),
        "has_safeguarding_partners": inspection.dates.letter > LAST_DAY_OF_BOARDS,
        "reviews_the_board": reviews_the_board(inspection),
        "inspectors": inspection.inspectors,
        "team_size": number(len(inspection.inspectors)),
        "addressees": AddresseesValue(inspection.addressees),
        "recipients": recipients(inspection),
        "signatures": signatures(inspection, form),
        "sections": SimpleNamespace(**sections(inspection, maker)),
        "findings": strengths_and_recommendations(inspection, form, maker, layout),
        "standing_context": standing_context(inspection),
        "next_steps": SimpleNamespace(**next_steps(inspection)),
    }


def facts(inspection: Inspection, context: Mapping[str, Any]) -> dict[str, str]:
    """Return the facts that words of a standing paragraph may name in braces, each as the letter prints it."""
    dates, steps = inspection.dates, context["next_steps"]
    found = {
        "area": inspection.area.name,
        "partnership": inspection.partnership.name,
        "theme": inspection.round.theme,
        "lead": context["lead"].name,
        "fieldwork": period(dates.fieldwork.start, dates.fieldwork.end),
        "letter_date": day(dates.letter),
    }
    if steps.required:
        found |= {
            "principal_authority": steps.authority,
            "sender": steps.sender,
            "deadline": day(steps.deadline),
            "email": inspection.next_steps.email or NO_ADDRESS_YET,
        }
    return found


def name_of(inspectorate: str, day: date) -> InspectorateName:
    """Return what an inspectorate was called on a day."""
    return inspectorates()[inspectorate].on(day)


def participants_by_id(inspection: Inspection) -> dict[str, InspectorateName]:
    """Return the names of the participating inspectorates: the lead first, then in the register's order."""
    return names_of(inspection.inspectorates, inspection.lead, inspection.dates.fieldwork.end)


def names_of(wanted: Collection[str], lead: str, day: date) -> dict[str, InspectorateName]:
    """Return what inspectorates were called on a day: the lead first, then in the register's order."""
    order = [lead, *(name for name in inspectorates() if name != lead)]
    return {name: name_of(name, day) for name in order if name in wanted}


def logos(names: dict[str, InspectorateName]) -> tuple[Figure, ...]:
    """Return the logos of inspectorates, the first one's at the right."""
    return tuple(
        Figure(f"logo.{key}", f"logos/{names[key].logo or key}", names[key].full_name, "logo")
        for key in reversed(names)
    )


def introductions(inspection: Inspection) -> str:
    """Return the participating inspectorates as a sentence introduces them, abbreviations in brackets."""
    return listed([introduced(name) for name in participants_by_id(inspection).values()])


def introduced(name: InspectorateName) -> str:
    """Return a name with its article and its abbreviation."""
    words = " ".join(filter(None, (name.article, name.name)))
    return f"{words} ({unbroken(name.abbreviation)})" if name.abbreviation else unbroken(words)


def signatures(inspection: Inspection, form: FormData) -> SignaturesValue:
    """Return the signatures, with the inspectorate's name above each where the form prints it."""
    day = inspection.dates.letter
    names = [
        signatory.printed_as or (name_of(signatory.inspectorate, day).name if form.inspectorate_above_signature else "")
        for signatory in inspection.signatories
    ]
    return SignaturesValue(inspection.signatories, names)


def recipients(inspection: Inspection) -> RecipientsValue | None:
    """Return the recipients whose addresses are given (SI 2015/1792, regulation 3(6)), or None where none is."""
    known = [person for person in inspection.addressees if person.postal_address or person.website]
    return RecipientsValue(known) if known else None


def standing_context(inspection: Inspection) -> ProseValue | None:
    """Return the standing words of the round."""
    words = inspection.round.context
    return ProseValue("round.context", words, "round.context") if words else None


def sections(inspection: Inspection, maker: SectionMaker) -> dict[str, Section]:
    """Return the sections that stand where the template puts them."""
    entries = {
        "summary": inspection.summary,
        "context": inspection.context,
        "headline_findings": inspection.headline_findings,
        "main_findings": inspection.main_findings,
        "next_steps": [],
        "children_summary": inspection.children_summary,
    }
    return {name: maker.section(name, findings) for name, findings in entries.items()}


def reviews_the_board(inspection: Inspection) -> bool:
    """Say whether a local safeguarding children board was reviewed; the last ones ended in September 2019."""
    boards = (agency for agency in inspection.agencies if agency.type is AgencyType.SAFEGUARDING_PARTNERSHIP)
    return inspection.dates.fieldwork.end <= LAST_DAY_OF_BOARDS and any(agency.inspected for agency in boards)


def strengths_and_recommendations(
    inspection: Inspection, form: FormData, maker: SectionMaker, layout: dict[str, Any]
) -> list[Section]:
    """Return strengths and recommendations in the order that the switches ask for."""
    given = inspection.switches.section_order
    order = form.section_order if given == "by template" else SectionOrder(given)
    strengths = [maker.section("strengths", inspection.strengths, form.strengths.of)]
    if inspection.switches.recommendation_mode is RecommendationMode.SINGLE_LIST:
        recommendations = [single_list(inspection, form, maker)]
    else:
        recommendations = by_priority(inspection, form, maker)
        recommendations[0].table = layout["recommendations"] == "table"
    strengths[0].in_paragraphs = layout["strengths"] == "paragraphs"
    for section in recommendations:
        section.in_paragraphs = layout["recommendations"] == "paragraphs"
    if order is SectionOrder.STRENGTHS_FIRST:
        return strengths + recommendations
    return recommendations + strengths


def single_list(inspection: Inspection, form: FormData, maker: SectionMaker) -> Section:
    """Return every recommendation in one list."""
    chosen = inspection.switches.improvement_label
    label = form.single_list_label if chosen == "by template" else chosen
    return maker.section("recommendations", inspection.recommendations, form.improvement[label].of)


def by_priority(inspection: Inspection, form: FormData, maker: SectionMaker) -> list[Section]:
    """Return the areas for priority action, and the other recommendations."""
    switches, entries = inspection.switches, inspection.recommendations
    label = form.improvement_label if switches.improvement_label == "by template" else switches.improvement_label
    priority = maker.section("priority", entries, form.priority[switches.priority_label].of, is_priority)
    priority.nil = switches.nil_priority_statement and priority.count == 0
    if priority.nil:
        priority.heading = form.priority[switches.priority_label].many
    rest = maker.section("improvement", entries, form.improvement[label].of, lambda item: not is_priority(item))
    return [priority, rest]


def is_priority(finding: Finding | Recommendation) -> bool:
    """Say whether a recommendation is an area for priority action."""
    return isinstance(finding, Recommendation) and finding.priority is Priority.PRIORITY


def next_steps(inspection: Inspection) -> dict[str, Any]:
    """Return what the template says of the written statement of action."""
    steps = inspection.next_steps
    if not steps.statement_required:
        return {"required": False}
    if not steps.email and inspection.stage is Stage.FINAL:
        raise CompositionFault("next_steps.email is missing. Say where to send the written statement.")
    led_by_authority = (
        inspection.switches.action_plan_lead is ActionPlanLead.LOCAL_AUTHORITY
        or inspection.switches.legal_regime is LegalRegime.JAR_2005
    )
    authority = principal_authority(inspection, led_by_authority)
    return {
        "required": True,
        "led_by_authority": led_by_authority,
        "authority": authority,
        "sender": body_words(inspection, steps.sender) if steps.sender else authority,
        "contributors": [body_words(inspection, name) for name in steps.contributors],
        "email": Linked(steps.email, f"mailto:{steps.email}") if steps.email else NO_ADDRESS_YET,
        "deadline": deadline(inspection),
    }


def principal_authority(inspection: Inspection, led_by_authority: bool) -> str:
    """Return the body that makes the statement; raises CompositionFault where none is determined."""
    named = inspection.next_steps.principal_authority
    if led_by_authority:
        authorities = [agency for agency in inspection.agencies if agency.type in AUTHORITIES]
        return authorities[0].name if authorities else "the local authority"
    if named:
        return body_words(inspection, named)
    raise CompositionFault(
        "next_steps.principal_authority is missing. Name the agency, addressee or body that makes the statement."
    )


def body_words(inspection: Inspection, body: str) -> str:
    """Return an agency's or addressee's name in words, or the words themselves."""
    for agency in inspection.agencies:
        if agency.id == body:
            return agency.name
    for addressee in inspection.addressees:
        if addressee.id == body:
            return ", ".join(filter(None, (unbroken(addressee.name), addressee.role, addressee.organisation)))
    return body


def deadline(inspection: Inspection) -> date:
    """Return the day by which the statement is due; raises CompositionFault where it cannot be known."""
    due = statement(inspection).day
    if due is None:
        basis = inspection.switches.deadline_basis
        field = {"receipt": "dates.received", "pre_publication": "dates.pre_published"}[basis]
        raise CompositionFault(
            f"the deadline of the written statement runs from {field}, which is not given."
            " Give it, or give next_steps.deadline."
        )
    return due
