"""What an inspection or overview file says of its publication: who agreed to which words, and how it goes out."""

from typing import Annotated

from pydantic import StringConstraints

from letters.findings.area import Day
from letters.findings.text import Identifier, Line, Part

WordsHash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{20}$")]
"""The first 20 hexadecimal digits of the SHA-256 of the words."""


class Agreement(Part):
    """One inspectorate's agreement to these words; it falls when the words change. Internal: it reaches no document."""

    inspectorate: Identifier
    """Which inspectorate agrees."""
    name: Line
    """Who agrees for it."""
    on: Day
    """When."""
    words: WordsHash
    """The words that are agreed, by their hash; `letters agree` works it out."""


class PublicationPlan(Part):
    """How the letter or report goes out."""

    headlines: list[Identifier] = []
    """The headline findings that make the summary on the web, by their id; left out, the first one."""
    embargo: Day | None = None
    """The first day on which it may be published."""
    page: Line | None = None
    """Where the page will stand, as an https address; it is the page's own address in its metadata."""
