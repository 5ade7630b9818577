"""What an inspection or overview file says of its publication: who agreed to which words, and how it goes out."""

from typing import Annotated, Any

from pydantic import StringConstraints, model_validator

from letters.findings.area import Day
from letters.findings.fields import Identifier, Line, Part

WordsHash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{20}$")]
"""The first 20 hexadecimal digits of the SHA-256 of the words."""


FORMER_NAMES = {"agreed_on": "on"}
"""Fields whose former name is still read: to YAML 1.1, a bare `on` is not a name but the word yes."""


class Agreement(Part):
    """One inspectorate's agreement to these words; it falls when the words change. Internal: it reaches no document."""

    inspectorate: Identifier
    """Which inspectorate agrees."""
    name: Line
    """Who agrees for it."""
    agreed_on: Day
    """When."""
    words: WordsHash
    """The words that are agreed, by their hash; `letters agree` works it out."""

    @model_validator(mode="before")
    @classmethod
    def take_former_names(cls, given: Any) -> Any:
        """Read a field under the name that it had; raise ValueError where it is given under both."""
        for name, former in FORMER_NAMES.items():
            if isinstance(given, dict) and former in given:
                if name in given:
                    raise ValueError(f"`{former}` is the old name of `{name}`, and the file gives both; keep `{name}`")
                given = {name if key == former else key: value for key, value in given.items()}
        return given


class PublicationPlan(Part):
    """How the letter or report goes out."""

    headlines: list[Identifier] = []
    """The headline findings that make the summary on the web, by their id; left out, the first one."""
    embargo: Day | None = None
    """The first day on which it may be published."""
    page: Line | None = None
    """Where the page will stand, as an https address; it is the page's own address in its metadata."""
