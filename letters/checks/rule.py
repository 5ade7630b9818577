"""A rule: a small function with its code, its weight, and the reason it exists."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from letters.checks import texts
from letters.checks.case import CheckContext
from letters.checks.issue import Gate, Level, Violation

Check = Callable[[CheckContext], Iterator[Violation]]
AnyCheck = TypeVar("AnyCheck", bound=Check)
"""A judge as it was written: some need no more than what every document has."""
RULES: dict[str, "Rule"] = {}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; from `error_from` on it holds the door, and before that it warns. None: it only ever warns."""

    code: str
    title: str
    reason: str
    error_from: Gate | None
    shown_from: Gate
    needs_letter: bool
    """Whether it reads the composed letter, and not only the inspection."""
    check: Check

    def level(self, gate: Gate) -> Level:
        """Return how much the rule weighs at a gate."""
        return Level.ERROR if self.error_from and gate.reached(self.error_from) else Level.WARNING

    @property
    def weight(self) -> str:
        """How much the rule weighs, in words."""
        since = "" if self.shown_from is Gate.DRAFT else f", from the stage {self.shown_from} on"
        if self.error_from is None:
            return f"Warning{since}"
        if self.error_from is Gate.DRAFT:
            return "Error"
        return f"Warning, and an error from the stage {self.error_from} on"


def rule(
    code: str,
    *,
    error_from: Gate | None = None,
    shown_from: Gate = Gate.DRAFT,
    needs_letter: bool = False,
) -> Callable[[AnyCheck], AnyCheck]:
    """Enter a function in the book; its title and reason stand in texts.py under its code."""

    def enter(check: AnyCheck) -> AnyCheck:
        if code not in texts.RULES:
            raise LookupError(f"{code} has no title and reason yet. Add them to letters/checks/texts.py.")
        RULES[code] = Rule(
            code, texts.RULES[code].title, texts.RULES[code].reason, error_from, shown_from, needs_letter, check
        )
        return check

    return enter


def number_of(code: str) -> int:
    """Return the number of a rule, for sorting."""
    return int(code[1:])
