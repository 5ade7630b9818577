"""What is wrong with a letter, where, and what to do about it."""

from dataclasses import dataclass, replace
from enum import StrEnum

Path = tuple[str | int, ...]


class Level(StrEnum):
    """How much an issue weighs: an error holds the door, a warning asks for a look."""

    ERROR = "error"
    WARNING = "warning"


class Gate(StrEnum):
    """The doors a letter goes through, in order; later ones are stricter."""

    DRAFT = "draft"
    AGREEMENT = "agreement"
    FACTUAL_ACCURACY = "factual_accuracy"
    PUBLICATION = "publication"

    def reached(self, other: "Gate") -> bool:
        """Say whether this gate is `other` or a later one."""
        order = list(Gate)
        return order.index(self) >= order.index(other)


@dataclass(frozen=True, slots=True)
class Correction:
    """A safe change to one text of the inspection file."""

    path: Path
    before: str
    after: str
    """The text with everything in it corrected that is safe to correct."""
    start: int
    end: int
    """Where the one slip stands that this correction is about."""
    instead: str
    """What is to stand there."""

    @property
    def alone(self) -> str:
        """The text with this one slip corrected."""
        return f"{self.before[: self.start]}{self.instead}{self.before[self.end :]}"


@dataclass(frozen=True, slots=True)
class Violation:
    """What a rule found: where, what, the words it is about, and what to do."""

    path: Path
    message: str
    remedy: str
    words: str = ""
    correction: Correction | None = None
    error_from: Gate | None = None
    """The gate from which this one weighs as an error, where its rule only warns."""


@dataclass(frozen=True, slots=True)
class Issue:
    """One finding of a rule at one gate."""

    code: str
    level: Level
    finding: str
    """The id of the finding it is about, or the field where there is none."""
    path: Path
    message: str
    remedy: str
    words: str = ""
    correction: Correction | None = None
    overridden: str = ""
    """Who set it aside and why; empty where it stands."""

    def set_aside(self, reason: str) -> "Issue":
        """Return the issue as set aside for a reason."""
        return replace(self, overridden=reason)

    @property
    def is_open(self) -> bool:
        """Whether nobody set it aside."""
        return not self.overridden

    @property
    def is_error(self) -> bool:
        """Whether it is an error at its gate."""
        return self.level is Level.ERROR
