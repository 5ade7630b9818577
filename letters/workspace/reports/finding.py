"""What a report can rest on: the findings of its letters, searched by words, and what its prose counts."""

from collections.abc import Iterator
from dataclasses import dataclass

from letters.composition.counting import Counted, counted
from letters.document import markdown
from letters.document.blocks import plain
from letters.findings.finding import CaseStudy, CaseType
from letters.findings.rounds import RoundFinding, RoundOfInspections
from letters.workspace.access import cases_of
from letters.workspace.models import Person, Version
from letters.workspace.practice import Sought, search
from letters.workspace.reading import joint, read_version
from letters.workspace.reports.reading import ReportReading, has_published_words, members_of

KINDS = {
    "strengths": "Strength",
    "recommendations": "Recommendation",
    "main_findings": "Main finding",
    "case_studies": "Case study",
    "headline_findings": "Headline finding",
}
"""What the sections are called whose findings a report mostly rests on."""
OF = (
    ("areas", "Areas that have such a finding"),
    ("findings", "Findings"),
    ("children_tracked", "Children whose experiences were tracked"),
    ("children_sampled", "More records sampled"),
)
"""What a count counts."""
PRIORITIES = {"priority": "Area for priority action", "improvement": "Area for improvement"}


@dataclass(frozen=True)
class Found:
    """A finding that a report can rest on."""

    reference: str
    area: str
    kind: str
    words: str

    @property
    def choice(self) -> tuple[str, str]:
        """The finding as something to choose."""
        return self.reference, f"{self.area}, {self.kind.lower()}: {self.words}"


@dataclass(frozen=True)
class Said:
    """A count that prose says, held against the letters."""

    name: str
    words: str
    is_so: bool
    should_be: str


def open_to(person: Person, version: Version) -> set[str]:
    """Return the letters of a report that a person may read, by their keys: published ones, and those of her cases."""
    own = {*cases_of(person).values_list("pk", flat=True)}
    return {
        file.removesuffix(".yaml")
        for file, letter in members_of(version).items()
        if letter.case_id in own or has_published_words(letter)
    }


def found_in(version: Version, reading: ReportReading, person: Person, words: str, kind: str = "") -> list[Found]:
    """Return the findings of a report's letters that have all of some words; of all of them where there are no words.

    Only letters that the person may read are searched: published ones in the database, others here.
    """
    readable = open_to(person, version)
    published = {
        (entry.case.slug, entry.finding)
        for entry in search(Sought(words)).filter(case__in=[letter.case for letter in members_of(version).values()])
    }
    slugs = {file.removesuffix(".yaml"): letter.case.slug for file, letter in members_of(version).items()}
    wanted = [word.casefold() for word in words.split()]
    rows = []
    for held in reading.round.findings.values():
        fits = (slugs[held.area], held.id) in published or all(word in held.whole.casefold() for word in wanted)
        if fits and held.area in readable and (not kind or held.section == kind):
            rows.append(as_found(reading.round, held))
    return rows


def as_found(found: RoundOfInspections, held: RoundFinding) -> Found:
    """Return a finding as a page shows it."""
    kind = PRIORITIES.get(held.priority) or KINDS.get(held.section, "Finding")
    return Found(held.reference, found.members[held.area].area.name, kind, held.whole)


def said_counts(reading: ReportReading, text: str) -> Iterator[Said]:
    """Yield every count that a text says, held against the letters."""
    house = joint().settings.words
    for runs in markdown.report_paragraphs(text):
        for run in runs:
            name = run.link.removeprefix(markdown.COUNT)
            if not run.link.startswith(markdown.COUNT):
                continue
            if name not in reading.round.overview.counts:
                yield Said(name, run.text, False, "Nothing is counted under this name yet. Add it under Counts.")
                continue
            count = count_of(reading, name)
            yield Said(name, run.text, count.is_said_by(run.text, house), f"{count.should_be(house)}.")


def count_of(reading: ReportReading, name: str) -> Counted:
    """Return a count of a report as its letters have it."""
    return counted(reading.round, name, reading.round.overview.counts[name])


def as_printed(text: str) -> list[str]:
    """Return the paragraphs of a text as they are printed."""
    return [plain(runs) for runs in markdown.report_paragraphs(text)]


def good_practice(version: Version, reading: ReportReading, person: Person) -> list[Found]:
    """Return the strengths and the case studies of highly effective practice of letters that a person may read."""
    readable = open_to(person, version)
    effective = set()
    for file, letter in members_of(version).items():
        for _, held in read_version(letter).inspection.sections_of_findings():
            studies = [one for one in held if isinstance(one, CaseStudy) and one.type is CaseType.HIGHLY_EFFECTIVE]
            effective |= {f"{file.removesuffix('.yaml')}/{study.id}" for study in studies}
    found = reading.round.findings.values()
    return [
        as_found(reading.round, held)
        for held in found
        if held.area in readable and (held.section == "strengths" or held.reference in effective)
    ]


@dataclass(frozen=True)
class CountRow:
    """A count of a report as its page shows it."""

    name: str
    number: int
    whole: int
    of: str
    should_be: str
    """How the house says it, and where it comes from."""
    stale: tuple[str, ...]
    """Where the prose says something else."""
    is_unused: bool


def count_rows(reading: ReportReading) -> list[CountRow]:
    """Return every count of a report as its letters have it; none where the report cannot be composed."""
    report = reading.report
    if isinstance(report, str):
        return []
    house = joint().settings.words
    rows = []
    for name in reading.round.overview.counts:
        count = count_of(reading, name)
        stale = tuple(one.message for one in report.stale if one.message.startswith(f"the count {name} says"))
        unused = name in report.unused
        rows.append(
            CountRow(name, count.number, count.whole, dict(OF)[count.of], count.should_be(house), stale, unused)
        )
    return rows
