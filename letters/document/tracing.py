"""What a report says, with what it rests on."""

from dataclasses import dataclass
from typing import NamedTuple

from letters.document.blocks import Document

Steps = tuple[str | int, ...]


class TraceEntry(NamedTuple):
    """One thing that a report says: a lesson, count, quotation, list, example, table or chart."""

    path: Steps
    """Where it stands in the round file."""
    kind: str
    words: str
    sources: tuple[str, ...]
    """The findings that it rests on, each as AREA/FINDING, those behind its counts too."""
    basis: tuple[str, ...] = ()
    """Those that the author named for it."""

    @property
    def areas(self) -> tuple[str, ...]:
        """The areas that support it."""
        return tuple(dict.fromkeys(source.partition("/")[0] for source in self.sources))


class StaleCount(NamedTuple):
    """A count that the prose says otherwise than the data."""

    path: Steps
    message: str
    remedy: str


@dataclass(frozen=True)
class Report:
    """A composed report: the document, what rests on what, and the counts that the prose says wrongly or not at all."""

    document: Document
    traced: tuple[TraceEntry, ...]
    stale: tuple[StaleCount, ...]
    unused: tuple[str, ...]
