"""A value before and after it was changed, with its place in the inspection."""

from typing import Any, NamedTuple

from letters.findings.yaml_source import Path


class Difference(NamedTuple):
    """What a file says at a place, and what it is to say."""

    before: Any
    after: Any
    full: Any
    """What it is to say with what is left out written out, defaults too."""
    path: Path
    """The place afterwards."""

    def field(self, name: str) -> "Difference":
        """Return the difference of one field."""
        before, after, full = (
            side.get(name) if isinstance(side, dict) else None for side in (self.before, self.after, self.full)
        )
        return Difference(before, after, full, (*self.path, name))

    def entry(self, new: int, old: int | None) -> "Difference":
        """Return the difference of one entry of a list that stood at `old` and stands at `new`."""
        before = self.before[old] if old is not None else None
        full = self.full[new] if isinstance(self.full, list) and new < len(self.full) else None
        return Difference(before, self.after[new], full, (*self.path, new))
