"""What published letters say, finding by finding: searched by words, and listed for others to learn from."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from letters.document import markdown
from letters.document.blocks import plain
from letters.findings.finding import CaseStudy, CaseType, Finding, Recommendation
from letters.findings.inspection import Inspection
from letters.workspace.models import LetterEntry, Placing, Publication, PublicationAct, Version
from letters.workspace.now import today
from letters.workspace.numbered import paragraphs
from letters.workspace.reading import read_version

GOOD = ("strength", CaseType.HIGHLY_EFFECTIVE.value)
"""Strengths, and case studies of highly effective practice."""
SECTIONS = {"strengths": "strength", "headline_findings": "headline"}
"""The kind of a finding by its section; of others it is a finding."""
MOST_WORDS = 12
"""Words of a search that count."""


@dataclass(frozen=True)
class Sought:
    """What somebody looks for."""

    words: str = ""
    theme: str = ""
    scope: str = ""
    agency: str = ""
    kind: str = ""
    """A kind of entry; `good` for practice that others can learn from; empty for all."""


def index(row: Publication) -> None:
    """Enter what a letter says that was published, in the place of what its case published before.

    A withdrawal enters nothing, and a report neither: it says again what letters say.
    """
    LetterEntry.objects.filter(case=row.case).delete()
    if row.act == PublicationAct.WITHDRAW or row.case.is_report:
        return
    LetterEntry.objects.bulk_create(entries_of(row, row.version))


def entries_of(row: Publication, version: Version) -> Iterator[LetterEntry]:
    """Yield an entry for each finding of a letter."""
    inspection = read_version(version).inspection
    numbers: dict[str, int] = {}
    for held in paragraphs(version):
        if held.number:
            numbers.setdefault(held.place.partition(".")[0], held.number)
    kinds = {agency.id: agency.type.value for agency in inspection.agencies}
    for section, found in inspection.sections_of_findings():
        for entry in found:
            yield LetterEntry(
                case=row.case,
                publication=row,
                finding=str(entry.id),
                kind=kind_of(section, entry),
                scope=str(getattr(entry, "scope", None) or ""),
                agencies=sorted({kinds[name] for name in agencies_of(entry, inspection) if name in kinds}),
                paragraph=numbers.get(str(entry.id), 0),
                theme=inspection.round.theme,
                day=row.day,
                words=words_of(entry),
            )


def kind_of(section: str, entry: Finding | Recommendation | CaseStudy) -> str:
    """Return what kind of entry a finding is."""
    if isinstance(entry, CaseStudy):
        return entry.type.value
    return entry.priority.value if isinstance(entry, Recommendation) else SECTIONS.get(section, "finding")


def agencies_of(entry: Finding | Recommendation | CaseStudy, inspection: Inspection) -> list[str]:
    """Return the agencies that a finding is about; a recommendation for the whole partnership is about all."""
    if isinstance(entry, Recommendation):
        return entry.target if isinstance(entry.target, list) else [agency.id for agency in inspection.agencies]
    return list(entry.agencies)


def words_of(entry: Finding | Recommendation | CaseStudy) -> str:
    """Return the words of a finding without looks."""
    parts = [getattr(entry, name, None) for name in ("title", "subtitle", "lead_in", "text")]
    points = [point.text for point in getattr(entry, "points", [])]
    return " ".join(plain(runs) for part in (*parts, *points) if part for runs in markdown.paragraphs(part))


def search(sought: Sought) -> QuerySet[LetterEntry]:
    """Return the entries that fit, of letters whose day of publication has come."""
    rows = LetterEntry.objects.filter(day__lte=today()).select_related("case", "publication__version")
    if sought.kind:
        rows = rows.filter(kind__in=GOOD) if sought.kind == "good" else rows.filter(kind=sought.kind)
    rows = rows.filter(theme=sought.theme) if sought.theme else rows
    rows = rows.filter(scope=sought.scope) if sought.scope else rows
    if sought.agency:
        rows = rows.filter(pk__in=[pk for pk, held in rows.values_list("pk", "agencies") if sought.agency in held])
    return with_words(rows, sought.words)


def with_words(rows: QuerySet[LetterEntry], words: str) -> QuerySet[LetterEntry]:
    """Return the entries that have all of some words, or words that begin with them."""
    wanted = ["".join(sign for sign in word if sign.isalnum()) for word in words.split()[:MOST_WORDS]]
    wanted = [word for word in wanted if word]
    if not wanted:
        return rows
    if connection.vendor == "sqlite":
        match = " ".join(f'"{word}"*' for word in wanted)
        found = "SELECT rowid FROM workspace_letterentry_words WHERE workspace_letterentry_words MATCH %s"
        return rows.filter(pk__in=RawSQL(found, [match]))
    match = " & ".join(f"{word}:*" for word in wanted)
    found = "SELECT id FROM workspace_letterentry WHERE to_tsvector('english', words) @@ to_tsquery('english', %s)"
    return rows.filter(pk__in=RawSQL(found, [match]))


def themes() -> list[str]:
    """Return the themes of published letters."""
    return list(
        LetterEntry.objects.filter(day__lte=today()).order_by("theme").values_list("theme", flat=True).distinct()
    )


def addresses(rows: list[LetterEntry]) -> dict[int, str]:
    """Return where the letter of each publication is, by the key of the publication, as far as that was entered."""
    wanted = {row.publication_id for row in rows}
    return dict(Placing.objects.filter(publication__in=wanted).order_by("pk").values_list("publication", "address"))
