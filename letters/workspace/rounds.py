"""Rounds: the cases with one theme and name, how far each has come, and what their letters cover."""

from collections import Counter
from dataclasses import dataclass

from letters.findings.finding import Scope
from letters.workspace.access import cases_of
from letters.workspace.models import REPORT, Case, Person, Publication, PublicationAct, Version
from letters.workspace.practice import kind_of
from letters.workspace.reading import read_version
from letters.workspace.stages import published_last


@dataclass(frozen=True)
class Member:
    """A case of a round, as its page shows it."""

    case: Case
    version: Version
    publication: Publication | None
    counts: dict[str, int]
    """How many entries of each kind its letter has."""
    scopes: dict[str, int]
    """How many findings of each scope area."""


def names(person: Person) -> list[tuple[str, int]]:
    """Return the rounds of a person's cases, each with how many of its cases she sees."""
    inspections = cases_of(person).exclude(kind=REPORT)
    found = Counter(name for name in inspections.values_list("round_name", flat=True) if name)
    return sorted(found.items())


def members(person: Person, name: str) -> list[Member]:
    """Return the cases of a round that a person sees, by their area."""
    rows = cases_of(person).exclude(kind=REPORT).filter(round_name=name).order_by("title", "pk") if name else []
    return [member_of(case) for case in rows]


def reports(person: Person, name: str) -> list[Case]:
    """Return the reports of a round that a person sees."""
    return list(cases_of(person).filter(kind=REPORT, round_name=name).order_by("pk")) if name else []


def member_of(case: Case) -> Member:
    """Return a case as a member of its round: as it is published, or as it is now."""
    last = published_last(case)
    last = None if last and last.act == PublicationAct.WITHDRAW else last
    version = last.version if last else case.versions.latest("number")
    inspection = read_version(version).inspection
    pairs = [(section, entry) for section, found in inspection.sections_of_findings() for entry in found]
    counts = Counter(kind_of(section, entry) for section, entry in pairs)
    scopes = Counter(str(entry.scope) for _, entry in pairs if getattr(entry, "scope", None))
    return Member(case, version, last, dict(counts), {scope.value: scopes.get(scope.value, 0) for scope in Scope})
