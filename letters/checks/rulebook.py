"""The book of rules: every rule there is, in order."""

from letters.checks import acronyms, deadlines, facts, people, privacy, prose, shape, style, writing
from letters.checks.rule import RULES, Rule, number_of

CHAPTERS = (acronyms, deadlines, facts, people, privacy, prose, shape, style, writing)
"""The modules whose rules stand in the book; each enters its own as it is loaded."""


def book() -> dict[str, Rule]:
    """Return every rule in order."""
    return dict(sorted(RULES.items(), key=lambda entry: number_of(entry[0])))
