"""What the checks find in a version of a case, where it stands in the letter, and the corrections that are safe."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from letters.checks.corrections import corrected as with_corrections
from letters.checks.issue import Gate, Issue
from letters.checks.places import NO_BLOCK, issues_by_block
from letters.document.blocks import Document
from letters.findings.inspection import Inspection, Override
from letters.verbs.check import checked
from letters.workspace.models import Case, Version
from letters.workspace.reading import MOST_KEPT, joint, read_text, standing_overrides, text_of

__all__ = ["NO_BLOCK", "Gate", "Issue", "by_block", "corrected", "issues_of", "issues_of_version"]

Aside = tuple[tuple[str, str, str, str], ...]
"""What a case has set aside: rule, place, reason and who, each."""


@lru_cache(maxsize=4 * MOST_KEPT)
def issues_of(text: str, number: int, gate: Gate, aside: Aside) -> list[Issue]:
    """Return what the checks of a gate find in a text, with what the case has set aside laid over it."""
    found = read_text(text, number)
    overrides = [Override(rule=rule, where=where or None, reason=why, name=who) for rule, where, why, who in aside]
    return checked(found.shown.model_copy(update={"overrides": overrides}), joint(), gate)[1]


def issues_of_version(case: Case, version: Version, gate: Gate) -> list[Issue]:
    """Return what the checks of a gate find in a version of a case."""
    return issues_of(text_of(version), version.number, gate, standing_overrides(case))


def by_block(letter: Document, issues: Sequence[Issue]) -> dict[str, list[Issue]]:
    """Return open issues by the id of the block that each is about; those about none are under NO_BLOCK."""
    return issues_by_block(letter, [issue for issue in issues if issue.is_open])


def corrected(inspection: Inspection, issues: Sequence[Issue]) -> Inspection:
    """Return an inspection with the safe corrections of some issues made."""
    return with_corrections(inspection, [replace(issue, overridden="") for issue in issues])
