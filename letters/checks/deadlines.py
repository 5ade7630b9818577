"""Rules over the written statement of action: who makes it, and by when."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from letters.checks.case import CheckContext
from letters.checks.issue import Gate, Violation
from letters.checks.rule import rule
from letters.findings.addressees import Addressee
from letters.findings.area import AUTHORITIES
from letters.findings.calendar import STATEMENT_DAYS, basis_date, is_working_day, working_days_away
from letters.findings.registers import pre_election_windows
from letters.findings.switches import ActionPlanLead
from letters.findings.timetable import timetable

DEADLINE = ("next_steps", "deadline")
FEWEST_DAYS = 62
"""Working days from the letter to the deadline where the letter was received earlier: the least in published letters."""
BRACKETED = re.compile(r"\(([^()]*)\)")
KIND_OF_COUNCIL = re.compile(r"\b(?:metropolitan|borough|city|county|district|london|royal|unitary|mbc|bc|cc)\b")
OF_AN_AUTHORITY = re.compile(
    r"\b(?:director|head) (?:of|for) (?:children|people|families)|\bdcs\b|children[’']s services|chief executive|"
    r"leader of the council|head of paid service",
    re.IGNORECASE,
)


@rule("V16", error_from=Gate.AGREEMENT)
def principal_authority_is_a_recipient(case: CheckContext) -> Iterator[Violation]:
    steps = case.inspection.next_steps
    led = case.inspection.switches.action_plan_lead is ActionPlanLead.LOCAL_AUTHORITY
    if not steps.statement_required or (led and not steps.principal_authority):
        return
    if not steps.principal_authority:
        yield Violation(("next_steps",), "no principal authority is named", "Name it under `principal_authority:`.")
    elif not receives(case, steps.principal_authority):
        message = f"{steps.principal_authority} is not an addressee of the letter"
        yield Violation(
            ("next_steps", "principal_authority"), message, "Add its leader to `addressees:`, or name another body."
        )


def receives(case: CheckContext, body: str) -> bool:
    """Say whether a body, by its id or in words, is one that the letter is addressed to.

    People call it by the office of whoever leads it, by its name or a short form of that, or by an abbreviation.
    """
    agency = case.agencies.get(body)
    named = core(agency.name if agency else body)
    ours = any(body in (addressee.id, addressee.agency) for addressee in case.inspection.addressees)
    if ours or named in ("council", "local authority", "authority"):
        return ours or any(leads_an_authority(case, addressee) for addressee in case.inspection.addressees)
    return any(named in said or is_office_of(named, said) for said in map(called, addressed(case))) or is_own_council(
        case, named
    )


def addressed(case: CheckContext) -> Iterator[tuple[str, list[str]]]:
    """Yield the office of each addressee with the names of what it leads; the partnership stands for itself."""
    for addressee in case.inspection.addressees:
        agency = case.agencies.get(addressee.agency or "")
        names = [addressee.organisation, agency and agency.name, agency and agency.abbreviation, addressee.name]
        yield addressee.role or "", [name for name in names if name]
    yield "", [case.inspection.partnership.name]


def called(who: tuple[str, list[str]]) -> list[str]:
    """Return what an addressee can be called: office first, then every name with its abbreviations."""
    office, names = who
    found = [core(office), initials(office)]
    for name in names:
        found += [core(name), *(short.lower() for short in BRACKETED.findall(name)), initials(name)]
    return found


def is_office_of(named: str, said: list[str]) -> bool:
    """Say whether words are an office together with the body that it leads."""
    office, _, *bodies = said
    return bool(office) and office in named and any(body and body in named for body in bodies)


def is_own_council(case: CheckContext, named: str) -> bool:
    """Say whether a body is the council of the area, whose leader is addressed without it."""
    area = core(case.inspection.area.name)
    is_council = named in (f"{area} council", area, core(case.inspection.area.legal or ""))
    return is_council and any(leads_an_authority(case, addressee) for addressee in case.inspection.addressees)


def leads_an_authority(case: CheckContext, addressee: Addressee) -> bool:
    """Say whether an addressee leads a local authority, by agency or by office."""
    agency = case.agencies.get(addressee.agency or "")
    return (agency is not None and agency.type in AUTHORITIES) or OF_AN_AUTHORITY.search(
        addressee.role or ""
    ) is not None


def core(name: str) -> str:
    """Return a name in lower case without article, brackets and the kind of council that it is."""
    words = BRACKETED.sub("", name).replace("’", "'").lower()
    words = KIND_OF_COUNCIL.sub(" ", re.sub(r"[^\w'&-]+", " ", words))
    return " ".join(word for word in words.split() if word not in ("the", "of", "for", "and"))


def initials(name: str) -> str:
    """Return the first letters of the longer words of a name."""
    return "".join(word[0] for word in core(name).split())


@rule("V17", error_from=Gate.AGREEMENT)
def seventy_working_days(case: CheckContext) -> Iterator[Violation]:
    given = case.inspection.next_steps.deadline
    if given is None or not case.inspection.next_steps.statement_required:
        return
    if not is_working_day(given):
        yield Violation(
            DEADLINE,
            f"{given} is not a working day",
            "Give a working day, or remove the field so that letters calculates it.",
        )
    start = basis_date(case.inspection.dates, case.inspection.switches.deadline_basis)
    earliest, due = allowed(case, start)
    if not earliest <= given <= due:
        yield Violation(
            DEADLINE,
            wrong_deadline(case, given, due),
            f"Write {due}, or remove the field so that letters calculates it.",
        )


def allowed(case: CheckContext, start: date | None) -> tuple[date, date]:
    """Return the first and the last day that the deadline can be; the letter's own date serves where no other is known."""
    if start is not None:
        due = working_days_away(start, STATEMENT_DAYS)
        return due, due
    letter = case.inspection.dates.letter
    return working_days_away(letter, FEWEST_DAYS), working_days_away(letter, STATEMENT_DAYS)


def wrong_deadline(case: CheckContext, given: date, due: date) -> str:
    """Say what is wrong with a deadline; one counted in calendar days is called so."""
    dates = case.inspection.dates
    starts = [day for day in (dates.letter, dates.received, dates.pre_published, dates.published) if day]
    if any(abs((given - day - timedelta(STATEMENT_DAYS)).days) <= 1 for day in starts):
        return f"{given} is {STATEMENT_DAYS} calendar days later, not working days"
    return f"{given} is not {STATEMENT_DAYS} working days later; the correct date is {due}"


@rule("V18")
def moved_publication(case: CheckContext) -> Iterator[Violation]:
    dates = case.inspection.dates
    if dates.published and dates.published != dates.letter and case.inspection.next_steps.deadline:
        message = f"it is published on {dates.published} and dated {dates.letter}"
        yield Violation(("dates", "published"), message, "Check the letter's date and the deadline.")
    day = dates.published or dates.letter
    for window in pre_election_windows():
        if window.first <= day <= window.last:
            where = ("dates", "published" if dates.published else "letter")
            yield Violation(
                where, f"{day} is in the pre-election period of the {window.name}", f"Publish after {window.last}."
            )


@rule("V19")
def address_and_deadline(case: CheckContext) -> Iterator[Violation]:
    steps = case.inspection.next_steps
    if not steps.statement_required:
        return
    if not steps.email:
        remedy = "Say where to send the statement."
        yield Violation(("next_steps", "email"), "no address is given", remedy, error_from=Gate.AGREEMENT)
    start = basis_date(case.inspection.dates, case.inspection.switches.deadline_basis)
    if steps.deadline is None and start is None:
        yield Violation(
            DEADLINE,
            "letters cannot calculate the deadline",
            "Give the deadline, or the date it runs from (dates.received).",
            error_from=Gate.DRAFT,
        )
    yield from worded_statement(case)


def worded_statement(case: CheckContext) -> Iterator[Violation]:
    """Find a reworded paragraph about the statement that lacks its address, or has another."""
    steps, path = case.inspection.next_steps, ("wording", "statement-deadline")
    words = case.inspection.wording.get("statement-deadline")
    if words is None or not steps.email:
        return
    for other in set(re.findall(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", words)) - {steps.email}:
        message = f"“{other}” is not the address of the file, {steps.email}"
        yield Violation(path, message, "Correct it here or under `next_steps:`.", other, None, Gate.AGREEMENT)
    if steps.email not in words and "{email}" not in words:
        remedy = f"Write {steps.email} in it."
        yield Violation(path, "the paragraph lacks the address for the statement", remedy, "", None, Gate.AGREEMENT)
    due = next((step.day for step in timetable(case.inspection) if step.name == "written statement due"), None)
    if due and f"{due:%-d %B %Y}" not in " ".join(words.split()) and "{deadline}" not in words:
        remedy = f"Write {due:%-d %B %Y} in it."
        yield Violation(path, "the paragraph lacks the day by which it is due", remedy, "", None, Gate.AGREEMENT)
