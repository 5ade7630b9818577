"""A version of a report read: its round with the letters that it rests on, what it says, and what the rules find."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from hashlib import sha256

from letters.checks.issue import Issue
from letters.checks.report_rules import check_overview
from letters.composition.report import compose_overview
from letters.document.blocks import Document
from letters.document.tracing import Report
from letters.document.walk import words_by_place, words_hash
from letters.errors import InspectionFaults, LettersError
from letters.findings.inspection import Override, Stage
from letters.findings.rewriting import rewrite
from letters.findings.round_file import OverviewStage
from letters.findings.round_parsing import parse_round
from letters.findings.rounds import RoundOfInspections
from letters.findings.source_file import SourceFile
from letters.verbs.agree import MovedWords
from letters.workspace.models import PublicationAct, Version
from letters.workspace.reading import REPORT_FILE, joint, read_text, text_of
from letters.workspace.stages import all_agree, published_last

MOST_KEPT = 16
"""Reports that are kept in memory by each process, each with its letters."""


@dataclass(frozen=True)
class Letter:
    """A letter that a report rests on: what the round file calls it, its text, and whether it is agreed to."""

    file: str
    text: str
    number: int
    is_final: bool

    def source(self) -> SourceFile:
        """Return it as a file at the stage that it has come to."""
        stage = Stage.FINAL if self.is_final else Stage.DRAFT
        shown = read_text(self.text, self.number).shown.model_copy(update={"stage": stage})
        return SourceFile(self.file, rewrite(self.text, shown).encode())


@dataclass(frozen=True)
class ReportReading:
    """The text of a version of a report with its letters, and all that follows from them."""

    text: str
    letters: tuple[Letter, ...]
    number: int

    @property
    def key(self) -> str:
        """What tells it from a version with the same text and other letters."""
        told = repr([(letter.file, letter.text, letter.number, letter.is_final) for letter in self.letters])
        return sha256(told.encode()).hexdigest()

    @cached_property
    def files(self) -> dict[str, SourceFile]:
        """The inspection files by the names that the round file gives them."""
        return {letter.file: letter.source() for letter in self.letters}

    @cached_property
    def round(self) -> RoundOfInspections:
        """The round with what its letters hold; raises InspectionFaults where they do not belong together."""
        found = parse_round(SourceFile(REPORT_FILE, self.text.encode()), self.files)
        shown = found.overview.model_copy(update={"version": self.number, "stage": OverviewStage.DRAFT})
        return replace(found, overview=shown)

    @cached_property
    def report(self) -> Report | str:
        """The report, or why it cannot be composed."""
        try:
            return compose_overview(self.round, joint(), draft=True)
        except InspectionFaults as fault:
            return " ".join(f"{one.message}. {one.remedy}" for one in fault.faults)
        except LettersError as fault:
            return str(fault).rstrip(".")

    @property
    def document(self) -> Document | str:
        """The report as a document, or why it cannot be composed."""
        return self.report if isinstance(self.report, str) else self.report.document

    @cached_property
    def words(self) -> str:
        """The hash of the words that are agreed to; empty where it cannot be composed."""
        return "" if isinstance(self.report, str) else words_hash(self.report.document)

    @property
    def open_areas(self) -> list[str]:
        """The areas whose letters are not agreed to yet."""
        if isinstance(self.report, str):
            return []
        return [member.area.name for member in self.round.open_members]

    def issues(self, overrides: Iterable[Override] = ()) -> list[Issue]:
        """Return what the rules find, with what is set aside laid over it; nothing where it cannot be composed."""
        if isinstance(self.report, str):
            return []
        overview = self.round.overview.model_copy(update={"overrides": list(overrides)})
        return check_overview(replace(self.round, overview=overview), self.report, joint())


@lru_cache(maxsize=MOST_KEPT)
def reading(text: str, letters: tuple[Letter, ...], number: int) -> ReportReading:
    """Return the text of a version of a report with its letters, read."""
    return ReportReading(text, letters, number)


def read_report(version: Version) -> ReportReading:
    """Return a version of a report read."""
    return reading(text_of(version), tuple(letters_of(members_of(version))), version.number)


def members_of(version: Version) -> dict[str, Version]:
    """Return the letters that a version of a report rests on, by what it calls them."""
    rows = version.members.select_related("letter__case").order_by("pk")
    return {row.file: row.letter for row in rows}


def letters_of(members: dict[str, Version]) -> list[Letter]:
    """Return versions of inspections as the letters of a report."""
    return [Letter(file, text_of(letter), letter.number, is_final(letter)) for file, letter in members.items()]


def has_published_words(letter: Version) -> bool:
    """Say whether the words of a version of a letter are on the public record now."""
    last = published_last(letter.case)
    return last is not None and last.act != PublicationAct.WITHDRAW and last.words == letter.words


def is_final(letter: Version) -> bool:
    """Say whether everybody agrees to the words of a version of a letter, or they are published; not once withdrawn."""
    last = published_last(letter.case)
    if last is not None and last.act == PublicationAct.WITHDRAW:
        return False
    return has_published_words(letter) or (letter.number == letter.case.head and all_agree(letter.case))


def moved_in_report(before: Version, after: Version) -> list[MovedWords]:
    """Return the places whose words differ between two versions of a report; none where one cannot be composed."""
    first, second = (read_report(version).document for version in (before, after))
    if isinstance(first, str) or isinstance(second, str):
        return []
    old, new = words_by_place(first), words_by_place(second)
    places = [*new, *(place for place in old if place not in new)]
    found = (MovedWords(place, old.get(place, ""), new.get(place, "")) for place in places)
    return [moved for moved in found if moved.before != moved.after]
