"""What is published: a letter or a report, read and composed, with everything that its pack needs to know."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import NamedTuple

from letters.checks.gates import check
from letters.checks.issue import Gate, Issue
from letters.checks.report_rules import check_overview
from letters.composition.letter import compose, final_letter, standing_letter
from letters.composition.report import compose_overview, participants
from letters.composition.view import participants_by_id
from letters.document import markdown
from letters.document.blocks import Block, Blocks, Document, Heading, Meta, plain
from letters.document.walk import words_hash
from letters.errors import CompositionFault
from letters.findings.finding import Finding, findings_of
from letters.findings.inspection import Inspection, Kind, Override, Stage
from letters.findings.parsing import parse
from letters.findings.publishing import Agreement, PublicationPlan
from letters.findings.round_file import Lesson, OverviewStage
from letters.findings.round_parsing import Members, is_round, parse_round
from letters.findings.rounds import RoundOfInspections
from letters.findings.source_file import SourceFile
from letters.houses.house import House

TYPES = {Kind.JOINT: "jtai", Kind.SECRETARIES_OF_STATE: "jtai", Kind.SINGLE_AGENCY: "single-agency"}


class LetterOfRound(NamedTuple):
    """One letter of a round, as the list of its letters names it."""

    area: str
    day: date
    """The date that it bears."""
    page: str
    """Its web address, where that is known."""


@dataclass(frozen=True)
class Publication:
    """One letter or report that is to be published."""

    name: str
    """What messages call its file."""
    source_hash: str
    """The SHA-256 of its file, without byte order mark and carriage returns."""
    document: Document
    words: str
    """The hash of its words as final: those that are agreed to, however far it has come."""
    inspectorates: tuple[str, ...]
    authors: tuple[str, ...]
    """The names of the inspectorates, the lead first."""
    lead: str
    day: date
    """The day of publication."""
    dated: date
    """The date that it bears."""
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
    letters: tuple[LetterOfRound, ...] = ()
    """For a report, the letters of its round."""

    @property
    def is_report(self) -> bool:
        """Whether it is a report of a round."""
        return self.document.is_report

    @property
    def meta(self) -> Meta:
        """What the properties of its files say."""
        return self.document.meta


def publication_of(source: SourceFile, members: Members, house: House, on: date | None = None) -> Publication:
    """Return what a file holds, composed: an inspection's letter, or the report of a round.

    `on` is the day of publication; left out, the day that the file gives. Raises InspectionFaults, CompositionFault.
    """
    return report_publication(source, members, house, on) if is_round(source) else letter_publication(source, house, on)


def draft_of(source: SourceFile, members: Members, house: House, on: date | None = None) -> Publication:
    """Return what a file holds as a draft, marked on every page, however far it has come."""
    if is_round(source):
        return to_look_at(report_publication(source, members, house, on, draft=True))
    inspection = parse(source.text, source.name)
    if inspection.stage is Stage.FINAL:
        inspection = inspection.model_copy(update={"stage": Stage.AGREEMENT})
    return to_look_at(of_letter(source, inspection, house, on))


def to_look_at(work: Publication) -> Publication:
    """Return a draft that nobody writes in: with the marks of a draft, and without those of a review."""
    assert work.document.draft, "only a draft is looked at"
    return replace(work, document=replace(work.document, draft=replace(work.document.draft, for_review=False)))


def letter_publication(source: SourceFile, house: House, on: date | None) -> Publication:
    """Return the letter of an inspection as a publication."""
    return of_letter(source, parse(source.text, source.name), house, on)


def of_letter(source: SourceFile, inspection: Inspection, house: House, on: date | None) -> Publication:
    """Return the letter of an inspection, at the stage that it has."""
    document = compose(inspection, house)
    day = on or inspection.dates.published or inspection.dates.letter
    return Publication(
        name=source.name,
        source_hash=sha256(source.text.encode()).hexdigest(),
        document=document,
        words=words_hash(final_letter(inspection, house)),
        inspectorates=tuple(inspection.inspectorates),
        authors=tuple(body.name for body in participants_by_id(inspection).values()),
        lead=inspection.lead,
        day=day,
        dated=inspection.dates.letter,
        final=inspection.stage is Stage.FINAL,
        names=letter_names(inspection, day),
        place=inspection.area.name,
        summary=tuple(headlines(inspection)),
        children=children_of(document),
        agreements=tuple(inspection.agreements),
        overrides=tuple(inspection.overrides),
        plan=inspection.publication,
        issues=tuple(check(inspection, document, house, Gate.PUBLICATION, standing_letter(inspection, house))),
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
        yield from plain_paragraphs(finding)


def plain_paragraphs(finding: Finding) -> Iterator[str]:
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


def report_publication(
    source: SourceFile, members: Members, house: House, on: date | None, *, draft: bool = False
) -> Publication:
    """Return the report of a round as a publication; a draft may rest on letters that are not final."""
    found = parse_round(source, members)
    if found.open_members and not draft:
        named = ", ".join(member.about.file for member in found.open_members[:8])
        raise CompositionFault(
            f"{source.name}: a report needs final letters, and these are not final: {named}. Make them final first."
        )
    report = compose_overview(found, house, draft=draft)
    overview, day = found.overview, on or found.overview.published
    return Publication(
        name=source.name,
        source_hash=sha256(source.text.encode()).hexdigest(),
        document=report.document,
        words=words_hash(report.document),
        inspectorates=tuple(overview.inspectorates),
        authors=tuple(body.name for body in participants(overview).values()),
        lead=overview.lead,
        day=day,
        dated=overview.published,
        final=overview.stage is OverviewStage.FINAL,
        names={"type": f"jtai-{overview.kind}", "theme": overview.theme, "date": day.isoformat()},
        place=", ".join(member.area.name for member in found.members.values()),
        summary=tuple(summary_of(found)),
        children=(),
        agreements=tuple(overview.agreements),
        overrides=tuple(overview.overrides),
        plan=overview.publication,
        issues=tuple(check_overview(found, report, house)),
        letters=tuple(
            LetterOfRound(each.area.name, each.letter_day, each.about.letter or "") for each in found.members.values()
        ),
    )


def summary_of(found: RoundOfInspections) -> Iterator[str]:
    """Yield the paragraphs of a report's own summary."""
    for entry in found.overview.summary:
        if isinstance(entry, Lesson):
            yield from (plain(run for run in runs if not run.note) for runs in markdown.report_paragraphs(entry.text))
