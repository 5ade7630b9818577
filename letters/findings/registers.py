"""The register of inspectorates: what each one was called on a given day."""

from datetime import date
from functools import cache
from typing import Any

import yaml
from pydantic import TypeAdapter

from letters import resources
from letters.findings.fields import Identifier, Line, Part


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


@cache
def inspectorates() -> dict[str, Inspectorate]:
    """Return every inspectorate by its id, in the order a sentence names them."""
    register: dict[str, Inspectorate] = read("inspectorates", dict[Identifier, Inspectorate])
    return register


def read(register: str, kind: Any) -> Any:
    """Return what a register holds, as data of a kind; its reader is made when it is first read."""
    return TypeAdapter(kind).validate_python(data_of(register))


def data_of(register: str) -> Any:
    """Return what a register holds."""
    return yaml.load(resources.text(f"registers/{register}.yaml"), yaml.CSafeLoader)


class Window(Part):
    """A period before an election."""

    name: Line
    """The election."""
    first: date
    """The first day on which nothing is published."""
    last: date
    """The last such day: polling day."""


@cache
def pre_election_windows() -> list[Window]:
    """Return the periods before elections."""
    windows: list[Window] = read("pre-election", list[Window])
    return windows


@cache
def registered_bank_holidays() -> dict[int, frozenset[date]]:
    """Return the bank holidays of England that fall on weekdays, by their years."""
    years: dict[int, list[date]] = read("bank-holidays", dict[int, list[date]])
    days = [day for listed in years.values() for day in listed]
    return {year: frozenset(day for day in days if day.year == year) for year in years}


@cache
def first_names() -> frozenset[str]:
    """Return British first names, those among them that are also words too."""
    return frozenset(data_of("names")["first_names"])


@cache
def names_and_words() -> frozenset[str]:
    """Return first names that are also words, surnames or places."""
    return frozenset(data_of("names")["also_words"])


@cache
def words() -> frozenset[str]:
    """Return the words of British English, and of the field, that are written small."""
    return frozenset(resources.text("registers/words.txt").split()) | frozenset(data_of("field-words"))


@cache
def capitals() -> dict[str, list[str]]:
    """Return words with a capital that name no person, by their kinds."""
    found: dict[str, list[str]] = read("capitals", dict[str, list[str]])
    return found


@cache
def kinds_of_capitals() -> dict[str, str]:
    """Return words with a capital that name no person, with the kind of each."""
    return {word: kind for kind, found in capitals().items() for word in found}


@cache
def common_abbreviations() -> frozenset[str]:
    """Return abbreviations that nobody needs to be told."""
    return frozenset(capitals()["abbreviations"])


def kind_of_capital(word: str) -> str:
    """Return what kind of thing a word with a capital names that is no person, or nothing."""
    found = kinds_of_capitals()
    return found.get(word) or found.get(word.split("-")[0], "")


def around_names(kind: str) -> frozenset[str]:
    """Return the words of one kind that show whether a capital begins a person's name."""
    return frozenset(lists_around_names()[kind])


@cache
def lists_around_names() -> dict[str, list[str]]:
    """Return the words that show whether a capital begins a person's name, by their kinds."""
    found: dict[str, list[str]] = read("around-names", dict[str, list[str]])
    return found
