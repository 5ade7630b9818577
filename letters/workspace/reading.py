"""A version read: its inspection, its letter and what the checks find, kept by the hash of its text."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from importlib.metadata import version as release

from letters.composition.letter import standing_paragraphs
from letters.document.blocks import Document
from letters.errors import LettersError
from letters.findings.inspection import Inspection
from letters.findings.parsing import parse
from letters.findings.round_file import Overview
from letters.findings.round_parsing import parse_round_file
from letters.houses.house import House
from letters.houses.loading import house
from letters.verbs.agree import MovedWords, agreed_words, moved_words
from letters.verbs.check import letter_or_reason
from letters.workspace import blobs
from letters.workspace.models import Blob, Case, SetAside, Version

ENGINE = release("letters")
MOST_KEPT = 64
"""Texts of which the inspection and the letter are kept in memory by each process."""
JOINT = "joint"
REPORT_FILE = "report.yaml"
"""What messages call the file of a report."""
TWO_PEOPLE = frozenset({"P1", "P3", "P4", "P5", "P6", "P11"})
"""Rules of publication that two people set aside together."""


@dataclass(frozen=True)
class Reading:
    """The text of a version with all that follows from it."""

    text: str
    inspection: Inspection
    """What the text says; to be copied before it is changed."""
    number: int

    @cached_property
    def shown(self) -> Inspection:
        """The inspection as its letter shows it, with the number of the version."""
        return self.inspection.model_copy(update={"version": self.number})

    @cached_property
    def letter(self) -> Document | str:
        """Its letter in the joint house, or why it cannot be composed."""
        return letter_or_reason(self.shown, joint())

    @cached_property
    def words(self) -> str:
        """The hash of the words that are agreed to; empty where the letter cannot be composed."""
        return "" if isinstance(self.letter, str) else agreed_words(self.inspection, joint())

    @cached_property
    def standing(self) -> dict[str, str]:
        """What its template says in each standing paragraph of its letter."""
        return standing_paragraphs(self.inspection, joint())


@lru_cache(maxsize=1)
def joint() -> House:
    """Return the house that cases are read and checked in."""
    return house(JOINT)


@lru_cache(maxsize=MOST_KEPT)
def read_text(text: str, number: int) -> Reading:
    """Return the text of a version read; raises InspectionFaults where it is no inspection file."""
    return Reading(text, parse(text), number)


def work_out(text: str, number: int) -> None:
    """Work out what storing a text needs, before anybody is held up by it."""
    assert read_text(text, number).words is not None


def read_version(version: Version) -> Reading:
    """Return a version read."""
    return read_text(text_of(version), version.number)


@lru_cache(maxsize=4 * MOST_KEPT)
def text_by_hash(digest: str) -> str:
    """Return the text of a version by its hash."""
    return blobs.get(Blob(sha256=digest)).decode()


def text_of(version: Version) -> str:
    """Return the text of a version, as it was stored."""
    return text_by_hash(version.text_id)


@lru_cache(maxsize=MOST_KEPT)
def read_overview(text: str) -> Overview:
    """Return the text of a version of a report read by itself, without its letters; raises InspectionFaults."""
    return parse_round_file(text, REPORT_FILE)


def overview_of(version: Version) -> Overview:
    """Return what a version of a report says; to be copied before it is changed."""
    return read_overview(text_of(version))


def taking_part(version: Version) -> tuple[list[str], date]:
    """Return the inspectorates that a version is of, and the date that its letter or report bears."""
    if version.case.is_report:
        overview = overview_of(version)
        return overview.inspectorates, overview.published
    inspection = read_version(version).inspection
    return inspection.inspectorates, inspection.dates.letter


def head_of(case: Case) -> Version:
    """Return the newest version of a case."""
    return case.versions.select_related("person", "case").latest("number")


def standing_overrides(case: Case) -> tuple[tuple[str, str, str, str], ...]:
    """Return what is set aside in a case now: rule, place, reason and who; two names where two are asked for."""
    rows = SetAside.objects.filter(case=case, ended_at=None).select_related("person", "second").order_by("id")
    found = []
    for row in rows:
        if row.rule in TWO_PEOPLE and row.second is None:
            continue
        names = row.person.name if row.second is None else f"{row.person.name} and {row.second.name}"
        found.append((row.rule, row.where, row.reason, names))
    return tuple(found)


def moved_places(before: Inspection, after: Inspection) -> list[MovedWords]:
    """Return the places whose words differ between two letters; none where one of them cannot be composed."""
    try:
        return moved_words(before, after, joint())
    except LettersError:
        return []
