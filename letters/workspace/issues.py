"""What the checks find in a version of a case, where it stands in the letter, and the corrections that are safe."""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from threading import Lock

from django.core.cache import cache

from letters.checks.corrections import corrected as with_corrections
from letters.checks.issue import Correction, Gate, Issue
from letters.checks.places import NO_BLOCK, issues_by_block
from letters.document.blocks import Document
from letters.findings.inspection import Inspection, Override
from letters.verbs.check import checked
from letters.workspace.models import Case, Version
from letters.workspace.reading import ENGINE, joint, read_version, standing_overrides
from letters.workspace.reports.reading import read_report

__all__ = ["NO_BLOCK", "Correction", "Gate", "Issue", "by_block", "corrected", "corrected_once", "issues_of_version"]

Aside = tuple[tuple[str, str, str, str], ...]
"""What a case has set aside: rule, place, reason and who, each."""
MOST_LISTS = 500
"""Lists of issues that each process keeps in memory."""
kept: dict[str, list[Issue]] = {}


turns = [Lock() for _ in range(64)]
"""Who asks for what somebody is working out waits for it, instead of working it out too."""


def issues_of_version(case: Case, version: Version, gate: Gate) -> list[Issue]:
    """Return what the checks of a gate find in a version of a case, with what the case has set aside laid over it."""
    aside = standing_overrides(case)
    rests_on = read_report(version).key if version.case.is_report else ""
    key = sha256(repr((ENGINE, version.text_id, version.number, gate.value, aside, rests_on)).encode()).hexdigest()
    with turns[int(key[:4], 16) % len(turns)]:
        return kept_issues(key, version, gate, aside)


def kept_issues(key: str, version: Version, gate: Gate, aside: Aside) -> list[Issue]:
    """Return issues from this process, from what another process left on disk, or from the checks."""
    found = kept.get(key)
    if found is None:
        found = cache.get(key)
    if found is None:
        found = issues_of(version, gate, aside)
        cache.set(key, found, None)
    kept[key] = found
    while len(kept) > MOST_LISTS:
        kept.pop(next(iter(kept)), None)
    return found


def issues_of(version: Version, gate: Gate, aside: Aside) -> list[Issue]:
    """Return what the checks of a gate find in a version; the rules of a report are the same at every gate."""
    overrides = [Override(rule=rule, where=where or None, reason=why, name=who) for rule, where, why, who in aside]
    if version.case.is_report:
        return read_report(version).issues(overrides)
    return checked(read_version(version).shown.model_copy(update={"overrides": overrides}), joint(), gate)[1]


def by_block(letter: Document, issues: Sequence[Issue]) -> dict[str, list[Issue]]:
    """Return open issues by the id of the block that each is about; those about none are under NO_BLOCK."""
    return issues_by_block(letter, [issue for issue in issues if issue.is_open])


def corrected(inspection: Inspection, issues: Sequence[Issue]) -> Inspection:
    """Return an inspection with everything corrected that is safe to correct in the texts of some issues."""
    return with_corrections(inspection, [replace(issue, overridden="") for issue in issues])


def corrected_once(inspection: Inspection, issue: Issue) -> Inspection:
    """Return an inspection with the one slip corrected that an issue is about."""
    assert issue.correction, "only an issue with a correction is corrected"
    return with_corrections(
        inspection, [replace(issue, correction=replace(issue.correction, after=issue.correction.alone))]
    )
