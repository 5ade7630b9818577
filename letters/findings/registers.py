"""The register of inspectorates: what each one was called on a given day."""

from datetime import date
from functools import cache
from pathlib import Path

import yaml
from pydantic import RootModel

from letters.findings.text import Identifier, Line, Part

REGISTER = Path(__file__).parents[2] / "registers" / "inspectorates.yaml"


class InspectorateName(Part):
    """What an inspectorate is called, up to and including a day."""

    until: date | None = None
    """The last day of the name; none for the one in use."""
    name: Line
    """The name in a sentence."""
    full_name: Line
    """The name in full."""
    abbreviation: Line | None = None
    """The abbreviation that follows the name at its first use."""
    logo: Line | None = None
    """The picture of its logo under art/logos; left out, the inspectorate's id."""
    article: Line | None = None
    """The article before the name in a sentence, where it takes one."""


class Inspectorate(Part):
    """One inspectorate with its names, the oldest first."""

    names: list[InspectorateName]
    """Its names; the last one is in use."""

    def on(self, day: date) -> InspectorateName:
        """Return the name that was in use on `day`."""
        return next(name for name in self.names if name.until is None or day <= name.until)


class Register(RootModel[dict[Identifier, Inspectorate]]):
    """Every inspectorate by its id, in the order a sentence names them."""


@cache
def inspectorates() -> dict[str, Inspectorate]:
    """Return the register of inspectorates."""
    data = yaml.load(REGISTER.read_text("utf-8"), yaml.CSafeLoader)
    return Register.model_validate(data).root


class Window(Part):
    """A period before an election."""

    name: Line
    """The election."""
    first: date
    """The first day on which nothing is published."""
    last: date
    """The last such day: polling day."""


class Windows(RootModel[list[Window]]):
    """Every period before an election that the register knows."""


@cache
def pre_election_windows() -> list[Window]:
    """Return the periods before elections."""
    data = yaml.load((REGISTER.parent / "pre-election.yaml").read_text("utf-8"), yaml.CSafeLoader)
    return Windows.model_validate(data).root


@cache
def names_and_words() -> frozenset[str]:
    """Return first names that are also words, surnames or places."""
    data = yaml.load((REGISTER.parent / "names.yaml").read_text("utf-8"), yaml.CSafeLoader)
    return frozenset(data["also_words"])
