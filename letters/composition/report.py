"""One round of inspections -> its report, and what everything in it rests on."""

import re
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

from letters.composition.entries import (
    AreasValue,
    ContentsValue,
    EntriesValue,
    EntryComposer,
    GlossaryValue,
    RecommendationsValue,
)
from letters.composition.letter import is_footnote
from letters.composition.report_form import ReportForm, line, report_form
from letters.composition.slots import Slots
from letters.composition.values import Linked, Titled
from letters.composition.view import introduced, logos, names_of
from letters.document import markdown
from letters.document.blocks import (
    Block,
    Blocks,
    Box,
    Contents,
    Document,
    Draft,
    Entry,
    Figure,
    Footnote,
    Heading,
    Item,
    Meta,
    Paragraph,
    Runs,
    Table,
    plain,
)
from letters.document.tracing import Report
from letters.document.walk import block_texts
from letters.findings.registers import InspectorateName
from letters.findings.round_file import Overview, OverviewStage
from letters.findings.rounds import RoundOfInspections
from letters.houses.house import House
from letters.houses.words import day, listed, period

CONTENTS_HEADING = "contents-heading"
DEEPEST_IN_CONTENTS = 3


def compose_overview(found: RoundOfInspections, house: House, *, draft: bool = False) -> Report:
    """Return the report of a round; with `draft`, every page is marked whatever the stage of the round file."""
    form = report_form()
    overview = found.overview
    maker = EntryComposer(found, form.data, house.settings.words)
    slots = Slots({})
    skeleton = form.skeleton(context(found, maker, form), slots)
    blocks = tuple(block for block in slots.fill(skeleton) if not is_footnote(block))
    blocks = with_contents(resolved(with_glossary(blocks, found, form), maker.labels))
    notes = footnotes(overview, blocks, maker)
    document = Document(meta(found, form, house), letterhead(overview), blocks, notes, draft_marks(found, form, draft))
    unused = tuple(name for name in overview.counts if name not in maker.used)
    return Report(document, tuple(maker.traced), tuple(maker.stale), unused)


def context(found: RoundOfInspections, maker: EntryComposer, form: ReportForm) -> dict[str, Any]:
    """Return everything that the template may name for one round."""
    overview = found.overview
    sections = ("summary", "executive_summary", "introduction", "conclusion", "method")
    earlier = overview.adds_to
    return {
        "title": overview.title,
        "strapline": overview.strapline,
        "theme": overview.theme,
        "period": period(overview.period.start, overview.period.end),
        "published": overview.published,
        "reference": overview.reference,
        "adds_to": Linked(earlier.title, earlier.address) if earlier else None,
        "inspectorates": listed([introduced(name) for name in participants(overview).values()]),
        **{name: entries_value(maker, name) for name in sections},
        "chapters": [
            SimpleNamespace(
                name=chapter.id,
                heading=Titled(chapter.heading),
                entries=EntriesValue(maker, chapter.items, ("findings", place, "items"), chapter.id),
            )
            for place, chapter in enumerate(overview.findings)
        ],
        "recommendations": [
            SimpleNamespace(
                name=f"body-{place + 1}",
                heading=Titled(body.to),
                entries=RecommendationsValue(
                    maker, body.items, ("recommendations", place, "items"), f"recommendations.{place + 1}"
                ),
            )
            for place, body in enumerate(overview.recommendations)
        ],
        "contents": ContentsValue(),
        "areas": AreasValue(list(found.members.values()), form.data),
        "glossary": GlossaryValue([], form.data) if overview.glossary else None,
    }


def entries_value(maker: EntryComposer, name: str) -> EntriesValue | None:
    """Return the entries of a section, or None where it has none."""
    entries = getattr(maker.found.overview, name)
    return EntriesValue(maker, entries, (name,), name.replace("_", "-")) if entries else None


def participants(overview: Overview) -> dict[str, InspectorateName]:
    """Return the names of the inspectorates that publish the report: the lead first, then in the register's order."""
    return names_of(overview.inspectorates, overview.lead, overview.published)


def with_glossary(blocks: Blocks, found: RoundOfInspections, form: ReportForm) -> Blocks:
    """Return the blocks with the terms that they use, and their meanings, in the glossary."""
    said = " ".join(plain(runs) for runs in block_texts(blocks))
    said += " ".join(found.overview.footnotes.values())
    terms = sorted(
        ((term, meaning) for term, meaning in found.overview.glossary.items() if is_used(term, said)),
        key=lambda entry: entry[0].casefold(),
    )
    return tuple(
        next(GlossaryValue(terms, form.data).blocks(Paragraph("", ())))
        if isinstance(block, Table) and block.id == "glossary"
        else block
        for block in blocks
        if terms or block.id not in ("glossary", "glossary-heading")
    )


def is_used(term: str, said: str) -> bool:
    """Say whether a term of the glossary is used; an acronym is itself only in capitals."""
    exact = sum(letter.isupper() for letter in term) > 1
    return re.search(rf"(?<!\w){re.escape(term)}s?(?!\w)", said, 0 if exact else re.IGNORECASE) is not None


def resolved(blocks: Iterable[Block], labels: dict[str, str]) -> Blocks:
    """Return blocks whose cross-references say what they lead to."""
    return tuple(with_labels(block, labels) for block in blocks)


def with_labels(block: Block, labels: dict[str, str]) -> Block:
    """Return a block whose cross-references say what they lead to."""
    if isinstance(block, Box):
        return block._replace(blocks=resolved(block.blocks, labels))
    if isinstance(block, Paragraph | Item):
        return block._replace(runs=named(block.runs, labels))
    return block


def named(runs: Runs, labels: dict[str, str]) -> Runs:
    """Return runs with the labels of what they refer to."""
    if not any(run.target for run in runs):
        return runs
    return tuple(run._replace(text=labels[run.target]) if run.target else run for run in runs)


def with_contents(blocks: Blocks) -> Blocks:
    """Return the blocks with every heading in the contents."""
    entries = tuple(
        Entry(block.id, plain(block.runs), block.level)
        for block in blocks
        if isinstance(block, Heading) and 1 < block.level <= DEEPEST_IN_CONTENTS and block.id != CONTENTS_HEADING
    )
    return tuple(block._replace(entries=entries) if isinstance(block, Contents) else block for block in blocks)


def footnotes(overview: Overview, blocks: Blocks, maker: EntryComposer) -> tuple[Footnote, ...]:
    """Return the footnotes in the order of their references."""
    order = [run.note for runs in block_texts(blocks) for run in runs if run.note]
    return tuple(Footnote(name, markdown.inline(overview.footnotes[name]), (f"footnotes.{name}",)) for name in order)


def meta(found: RoundOfInspections, form: ReportForm, house: House) -> Meta:
    """Return what the properties of every file say; the author is the lead inspectorate, never a person."""
    overview = found.overview
    facts = {
        "title": overview.title,
        "strapline": overview.strapline,
        "theme": overview.theme,
        "period": period(overview.period.start, overview.period.end),
    }
    return Meta(
        identifier=overview.id,
        title=line(form.data.properties_title, **facts),
        subject=line(form.data.subject, **facts),
        author=participants(overview)[overview.lead].name,
        day=overview.published,
        language=house.settings.language,
        version=overview.version,
    )


def letterhead(overview: Overview) -> tuple[Figure, ...]:
    """Return the logos of the inspectorates, the lead's at the right."""
    return logos(participants(overview))


def draft_marks(found: RoundOfInspections, form: ReportForm, draft: bool) -> Draft | None:
    """Return the marks of a draft, or None for a final report."""
    overview = found.overview
    if overview.stage is OverviewStage.FINAL and not draft:
        return None
    words = form.data.draft
    return Draft(words, f"{words}, version {overview.version}, {day(overview.published)}")
