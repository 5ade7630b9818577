"""Makes the corrections that are safe, so that an inspection file can be written anew."""

from typing import Any

from letters.checks.issue import Issue, Path
from letters.findings.inspection import Inspection


def corrected(inspection: Inspection, issues: list[Issue]) -> Inspection:
    """Return the inspection with every safe correction made; issues that were set aside are left alone."""
    after = inspection.model_copy(deep=True)
    for issue in issues:
        if issue.correction and issue.is_open:
            set_at(after, issue.correction.path, issue.correction.after)
    return after


def set_at(value: Any, path: Path, text: str) -> None:
    """Put a text at a path of an inspection."""
    for step in path[:-1]:
        value = getattr(value, step) if isinstance(step, str) and not isinstance(value, dict) else value[step]
    if isinstance(value, dict):
        value[path[-1]] = text
    else:
        setattr(value, str(path[-1]), text)
