"""Rules over the facts of an inspection: its dates, what it must hold, and what the law asks for."""

import re
from collections.abc import Iterator

from letters.checks.agreed_wording import is_agreed
from letters.checks.case import CheckContext, standing_words
from letters.checks.issue import Gate, Path, Violation
from letters.checks.rule import rule
from letters.document.blocks import Heading
from letters.document.walk import every_block
from letters.findings.calendar import working_days_away
from letters.findings.finding import Priority
from letters.findings.inspection import Kind
from letters.findings.switches import RecommendationMode

EARLIEST_YEAR = 2004
"""The year of the Children Act under which areas are inspected jointly."""
URGENT = re.compile(
    r"\b(urgent(?! care| treatment)(?:ly)?|immediate(?! famil)(?:ly)?|priority action|as a priority|without delay|at once)\b",
    re.IGNORECASE,
)
LEGAL_BASIS = {
    Kind.JOINT: ("section 20 of the Children Act 2004", "section 20"),
    Kind.SECRETARIES_OF_STATE: ("section 20(1)(b) of the Children Act 2004", "section 20(1)(b)"),
    Kind.SINGLE_AGENCY: ("section 136 of the Education and Inspections Act 2006", "section 136"),
}


@rule("V2", error_from=Gate.DRAFT)
def dates_in_order(case: CheckContext) -> Iterator[Violation]:
    dates = case.inspection.dates
    if dates.letter <= dates.fieldwork.end:
        yield Violation(("dates", "letter"), "the letter is dated before fieldwork ends", "Check both dates.")
    if dates.fieldwork.start.year < EARLIEST_YEAR or dates.letter.year - dates.fieldwork.end.year > 1:
        yield Violation(("dates", "fieldwork"), "the year of fieldwork cannot be correct", "Check the year.")
    if dates.notified and dates.notified > dates.fieldwork.start:
        yield Violation(("dates", "notified"), "notice is given after fieldwork begins", "Check both dates.")
    if dates.published and dates.published < dates.letter:
        yield Violation(("dates", "published"), "it is published before the date of the letter", "Check both dates.")


@rule("V3")
def one_week_of_fieldwork(case: CheckContext) -> Iterator[Violation]:
    days = case.inspection.dates.fieldwork
    if days.start.weekday() != 0 or days.end.weekday() != 4 or (days.end - days.start).days != 4:
        said = f"{days.start:%A %-d %B} to {days.end:%A %-d %B %Y}"
        yield Violation(
            ("dates", "fieldwork"), f"fieldwork is given as {said}", "Check the days; Monday to Friday is usual."
        )


@rule("V4")
def long_enough_notice(case: CheckContext) -> Iterator[Violation]:
    dates, days = case.inspection.dates, case.inspection.switches.notice_days
    latest = working_days_away(dates.fieldwork.start, -days)
    if dates.notified and dates.notified > latest:
        yield Violation(
            ("dates", "notified"), f"notice is shorter than {days} working days", f"It was due by {latest}."
        )


@rule("V6", error_from=Gate.AGREEMENT, needs_letter=True)
def legal_basis(case: CheckContext) -> Iterator[Violation]:
    wanted, short = LEGAL_BASIS[case.inspection.kind]
    right = (
        short in case.letter
        if case.inspection.kind is not Kind.JOINT
        else re.search(r"section 20(?!\(1\)\(b\))", case.letter)
    )
    if not right:
        yield Violation(
            ("kind",), f"the letter does not cite {wanted}", "Restore the standard paragraph, or cite it in `wording:`."
        )


@rule("V10", error_from=Gate.AGREEMENT)
def strengths_and_recommendations(case: CheckContext) -> Iterator[Violation]:
    if not case.strengths:
        yield Violation(("strengths",), "there are no strengths", "Add them, or override this rule with the reason.")
    if not case.has_recommendations and not case.inspection.switches.nil_priority_statement:
        yield Violation(
            ("recommendations",), "there are no recommendations", "Add them, or switch nil_priority_statement on."
        )


@rule("V11", error_from=Gate.AGREEMENT)
def targeted(case: CheckContext) -> Iterator[Violation]:
    for path, recommendation in case.recommendations:
        if not recommendation.target:
            yield Violation((*path, "target"), "nobody is asked to act", "Name the agencies, or `partnership`.")
        for name in recommendation.target if recommendation.target != "partnership" else ():
            if name in case.agencies and not case.agencies[name].inspected:
                yield Violation(
                    (*path, "target"),
                    f"{name} was not inspected",
                    "Name an agency that was inspected, or the partnership.",
                )


@rule("V13", error_from=Gate.AGREEMENT)
def prioritised(case: CheckContext) -> Iterator[Violation]:
    if case.inspection.switches.recommendation_mode is not RecommendationMode.PRIORITISED:
        return
    for path, recommendation in case.recommendations:
        if recommendation.priority is Priority.UNPRIORITISED:
            yield Violation(
                (*path, "priority"), "it has no priority", "Write `priority: priority` or `priority: improvement`."
            )


@rule("V15", error_from=Gate.AGREEMENT)
def unranked(case: CheckContext) -> Iterator[Violation]:
    if case.inspection.switches.recommendation_mode is not RecommendationMode.SINGLE_LIST:
        return
    for text in case.in_section("recommendations"):
        for found in URGENT.finditer(text.words):
            yield Violation(
                text.path, f"“{found[0]}” ranks it above the others", "Reword it without urgency.", found[0]
            )


@rule("V25")
def balanced_case_studies(case: CheckContext) -> Iterator[Violation]:
    kinds = {study.type.value for study in case.inspection.case_studies}
    if not kinds or case.inspection.kind is Kind.SINGLE_AGENCY:
        return
    place: Path = ("case_studies",)
    if "highly_effective" not in kinds:
        yield Violation(place, "no case study shows effective practice", "Add one, or override with the reason.")
    if not kinds & {"improvement", "priority"}:
        yield Violation(place, "no case study shows an area for improvement", "Add one, or override with the reason.")


@rule("V39", needs_letter=True)
def standing_wording(case: CheckContext) -> Iterator[Violation]:
    own = standing_words(case.document)
    for name in case.inspection.wording:
        standing = case.standing.get(name)
        if standing is None or own.get(name) == standing or is_agreed(case.inspection, name, case.agreed):
            continue
        kind = "heading" if name in headings(case) else "footnote" if name in footnotes(case) else "paragraph"
        yield Violation(
            ("wording", name),
            f"the standing {kind} {name!r} has other words in this letter",
            "Ask the lead to agree, then add an override of V39 with the reason and their name, or an agreed wording for "
            "the whole round. Or remove the change.",
            error_from=None if kind == "heading" else Gate.AGREEMENT,
        )


def headings(case: CheckContext) -> set[str]:
    """Return the names of the letter's headings, those that are left out too."""
    blocks = every_block(case.document.blocks) if case.document else ()
    found = {block.id for block in blocks if isinstance(block, Heading)}
    return found | {name for name in case.inspection.wording if name.endswith("-heading")}


def footnotes(case: CheckContext) -> set[str]:
    """Return the names of the letter's footnotes."""
    return {note.id for note in case.document.notes} if case.document else set()
