"""The days of an inspection as its switches set them: notice, fieldwork, factual accuracy, written statement."""

from dataclasses import dataclass
from datetime import date

from letters.findings.calendar import STATEMENT_DAYS, basis_date, working_days_away
from letters.findings.inspection import Inspection
from letters.findings.switches import DeadlineBasis, FactualAccuracyMode, FirstNotified

FIRST = {
    FirstNotified.LSCB_CHAIR: "the chair of the safeguarding board first, or its business manager",
    FirstNotified.DCS: "the director of children’s services first",
    FirstNotified.SAFEGUARDING_PARTNERS: "the safeguarding partners first",
}
ANSWERS = {
    FactualAccuracyMode.SINGLE_COORDINATED: "one answer for the whole partnership",
    FactualAccuracyMode.SEPARATE_EACH_AGENCY: "an answer from each agency",
}
BASES = {
    DeadlineBasis.RECEIPT: "receipt of the letter",
    DeadlineBasis.PRE_PUBLICATION: "pre-publication",
    DeadlineBasis.PUBLICATION: "publication",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an inspection: the day, where it is known, and what the switches say of it."""

    name: str
    day: date | None
    detail: str


def timetable(inspection: Inspection) -> list[Step]:
    """Return the steps of an inspection in order; days that are not given are worked out where they can be."""
    switches, dates = inspection.switches, inspection.dates
    given = "as given in the inspection file" if dates.notified else f"{switches.notice_days} working days’ notice"
    notice = dates.notified or working_days_away(dates.fieldwork.start, -switches.notice_days)
    return [
        Step("notice", notice, f"{FIRST[switches.first_notified]}; {given}"),
        Step("fieldwork begins", dates.fieldwork.start, ""),
        Step("fieldwork ends", dates.fieldwork.end, ""),
        Step("factual accuracy", None, ANSWERS[switches.factual_accuracy_mode]),
        Step("letter", dates.letter, ""),
        statement(inspection),
    ]


def statement(inspection: Inspection) -> Step:
    """Return the day the written statement is due."""
    steps, basis = inspection.next_steps, inspection.switches.deadline_basis
    if not steps.statement_required:
        return Step("written statement", None, "none is required")
    if steps.deadline:
        return Step("written statement due", steps.deadline, "as given in the inspection file")
    start = basis_date(inspection.dates, basis)
    due = working_days_away(start, STATEMENT_DAYS) if start else None
    return Step("written statement due", due, f"{STATEMENT_DAYS} working days from {BASES[basis]}")
