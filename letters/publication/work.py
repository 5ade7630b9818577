"""What is published: a letter or a report, read and composed, with everything that its pack needs to know."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from letters.checks.gates import check
from letters.checks.issue import Gate, Issue
from letters.composition.letter import compose
from letters.composition.overview import compose_overview
from letters.document import markdown
from letters.document.blocks import Block, Blocks, Document, Heading, Meta, plain
from letters.document.walk import words_hash
from letters.errors import CompositionFault
from letters.findings.files import parse, read_text, source_of
from letters.findings.finding import Finding, findings_of
from letters.findings.inspection import Inspection, Kind, Override, Stage
from letters.findings.overview import Lesson, OverviewStage
from letters.findings.publishing import Agreement, PublicationPlan
from letters.findings.round_files import load_round
from letters.findings.rounds import RoundOfInspections
from letters.houses.house import House
from letters.overviews import issues_of

TYPES = {Kind.JOINT: "jtai", Kind.SECRETARIES_OF_STATE: "jtai", Kind.SINGLE_AGENCY: "single-agency"}


@dataclass(frozen=True)
class Work:
    """One letter or report that is to be published."""

    path: Path
    source: str
    """The text of its file."""
    document: Document
    inspectorates: tuple[str, ...]
    lead: str
    day: date
    """The day of publication."""
    final: bool
    names: dict[str, str]
    """What its files are named by: urn, area, type, theme and date."""
    place: str
    """The area or areas that it is about."""
    summary: tuple[str, ...]
    """The paragraphs of its summary on the web."""
    children: Blocks
    """The summary that is suitable for children, where there is one."""
    agreements: tuple[Agreement, ...]
    overrides: tuple[Override, ...]
    plan: PublicationPlan
    issues: tuple[Issue, ...]
    """What the rules of the publication gate find."""

    @property
    def is_report(self) -> bool:
        """Whether it is a report of a round."""
        return self.document.is_report

    @property
    def meta(self) -> Meta:
        """What the properties of its files say."""
        return self.document.meta

    @cached_property
    def words(self) -> str:
        """The hash of its words."""
        return words_hash(self.document)

    @cached_property
    def source_hash(self) -> str:
        """The SHA-256 of its file."""
        return sha256(self.source.encode()).hexdigest()


def work_of(path: Path, house: House, on: date | None = None) -> Work:
    """Read and compose what a file holds: an inspection's letter, or the report of a round.

    `on` is the day of publication; left out, the day that the file gives. Raises UnreadableInput, CompositionFault.
    """
    text = read_text(path)
    data = source_of(text, str(path)).data
    if "inspections" in data:
        return report_work(path, text, house, on)
    return letter_work(path, text, house, on)


def letter_work(path: Path, text: str, house: House, on: date | None) -> Work:
    """Return the letter of an inspection as a work."""
    inspection = parse(text, str(path))
    document = compose(inspection, house)
    day = on or inspection.dates.published or inspection.dates.letter
    return Work(
        path=path,
        source=text,
        document=document,
        inspectorates=tuple(inspection.inspectorates),
        lead=inspection.lead,
        day=day,
        final=inspection.stage is Stage.FINAL,
        names=letter_names(inspection, day),
        place=inspection.area.name,
        summary=tuple(headlines(inspection)),
        children=children_of(document),
        agreements=tuple(inspection.agreements),
        overrides=tuple(inspection.overrides),
        plan=inspection.publication,
        issues=tuple(check(inspection, document, house, Gate.PUBLICATION)),
    )


def letter_names(inspection: Inspection, day: date) -> dict[str, str]:
    """Return what the files of a letter are named by."""
    return {
        "urn": inspection.area.urn or "",
        "area": inspection.area.short or inspection.area.name,
        "type": TYPES[inspection.kind],
        "theme": inspection.round.theme,
        "date": day.isoformat(),
    }


def headlines(inspection: Inspection) -> Iterator[str]:
    """Yield the words of the headline findings that make the summary on the web."""
    known = list(findings_of(inspection.headline_findings))
    wanted = inspection.publication.headlines
    chosen = [finding for finding in known if finding.id in wanted] if wanted else known[:1]
    for finding in chosen:
        yield from spoken(finding)


def spoken(finding: Finding) -> Iterator[str]:
    """Yield the paragraphs of a finding without looks and footnotes."""
    for runs in markdown.paragraphs(finding.text):
        yield plain(runs)


def children_of(document: Document) -> Blocks:
    """Return the summary for children: its heading and the paragraphs up to the next."""
    found: list[Block] = []
    for block in document.blocks:
        if isinstance(block, Heading) and block.level <= 2:
            if found:
                break
            if block.id == "children-summary-heading":
                found.append(block)
        elif found:
            found.append(block)
    return tuple(found)


def report_work(path: Path, text: str, house: House, on: date | None) -> Work:
    """Return the report of a round as a work."""
    found = load_round(path)
    if found.open_members:
        named = ", ".join(member.about.file for member in found.open_members[:8])
        raise CompositionFault(f"{path}: a report draws on agreed letters, and these are not final: {named}.")
    report = compose_overview(found, house)
    overview, day = found.overview, on or found.overview.published
    return Work(
        path=path,
        source=text,
        document=report.document,
        inspectorates=tuple(overview.inspectorates),
        lead=overview.lead,
        day=day,
        final=overview.stage is OverviewStage.FINAL,
        names={"type": f"jtai-{overview.kind}", "theme": overview.theme, "date": day.isoformat()},
        place=", ".join(member.area.name for member in found.members.values()),
        summary=tuple(summary_of(found)),
        children=(),
        agreements=tuple(overview.agreements),
        overrides=tuple(overview.overrides),
        plan=overview.publication,
        issues=tuple(issues_of(found, report, house)),
    )


def summary_of(found: RoundOfInspections) -> Iterator[str]:
    """Yield the paragraphs of a report's own summary."""
    for entry in found.overview.summary:
        if isinstance(entry, Lesson):
            yield from (plain(run for run in runs if not run.note) for runs in markdown.report_paragraphs(entry.text))
