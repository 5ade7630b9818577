"""Takes a letter through the rules of a gate, and lays the overrides of its inspection over what they found."""

from collections.abc import Iterator

from letters.checks.agreed_wording import agreed_wordings
from letters.checks.case import CheckContext, finding_of, standing_words
from letters.checks.issue import Gate, Issue, Level, Path, Violation
from letters.checks.rule import Rule, number_of
from letters.checks.rulebook import book
from letters.document.blocks import Document
from letters.findings.inspection import Inspection, Override
from letters.findings.parsing import dotted
from letters.houses.house import House

NO_LETTER = "letter"
"""The code of the error that the letter cannot be composed."""
PUBLICATION = "P"
"""How the codes of the rules begin that publication has beside these."""
UNMATCHED = "override"
"""The code of the warning that an override matches nothing."""


def check(
    inspection: Inspection,
    document: Document | str,
    house: House,
    gate: Gate = Gate.DRAFT,
    standing: Document | None = None,
) -> list[Issue]:
    """Return every issue at a gate, the worst first; those set aside are among them and say so.

    `document` is the letter, or the words that say why it cannot be composed: they are then an error themselves, and
    the rules that need no letter are asked all the same. `standing` is the letter with the words of its template alone,
    where the inspection words some otherwise.
    """
    letter = None if isinstance(document, str) else document
    agreed = agreed_wordings(house.templates)
    case = CheckContext(letter, house.settings.words, inspection, standing_words(standing), agreed)
    ids = {path: getattr(value, "id", "") for path, value in case.values if hasattr(value, "id")}
    asked = [rule for rule in book().values() if gate.reached(rule.shown_from) and (letter or not rule.needs_letter)]
    issues = [issue for rule in asked for issue in violations_of(rule, case, gate, ids)]
    if isinstance(document, str):
        issues.append(
            Issue(NO_LETTER, Level.ERROR, "letter", (), document, "Checks that need the letter were not run.")
        )
    issues, used = with_overrides(issues, inspection.overrides)
    for place, override in enumerate(inspection.overrides):
        if id(override) not in used and not override.rule.startswith(PUBLICATION):
            issues.append(unmatched(place, override))
    return sorted(issues, key=lambda issue: (issue.level is not Level.ERROR, order_of(issue)))


def order_of(issue: Issue) -> tuple[int, str, tuple[str, ...]]:
    """Return where an issue stands among those of its level."""
    number = 0 if issue.code in (UNMATCHED, NO_LETTER) else number_of(issue.code)
    return number, issue.finding, tuple(map(str, issue.path))


def violations_of(rule: Rule, case: CheckContext, gate: Gate, ids: dict[Path, str]) -> Iterator[Issue]:
    """Yield what one rule finds, weighed for a gate."""
    for found in rule.check(case):
        yield Issue(
            rule.code,
            weight(rule, found, gate),
            finding_of(found.path, ids) or "letter",
            found.path,
            found.message,
            found.remedy,
            found.words,
            found.correction,
        )


def weight(rule: Rule, found: Violation, gate: Gate) -> Level:
    """Return how much one thing that a rule found weighs at a gate."""
    if found.error_from and gate.reached(found.error_from):
        return Level.ERROR
    return rule.level(gate)


def with_overrides(issues: list[Issue], overrides: list[Override]) -> tuple[list[Issue], set[int]]:
    """Return the issues with those set aside that an override matches, and the overrides that matched one."""
    used: set[int] = set()
    by_rule: dict[tuple[str, str | None], Override] = {}
    for override in reversed(overrides):
        by_rule[override.rule, override.where] = override
    out = []
    for issue in issues:
        fitting = [by_rule.get((issue.code, where)) for where in (None, issue.finding, dotted(issue.path))]
        known = [override for override in fitting if override]
        used |= set(map(id, known))
        out.append(issue.set_aside(f"{known[0].reason} ({known[0].name})") if known else issue)
    return out, used


def unmatched(place: int, override: Override) -> Issue:
    """Return the warning that an override has nothing to set aside."""
    where = f" at {override.where}" if override.where else ""
    message = f"the override of {override.rule}{where} matches no issue"
    return Issue(UNMATCHED, Level.WARNING, "overrides", ("overrides", place), message, "Remove it.")
