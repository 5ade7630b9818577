"""A work -> the document that one house publishes: its words, with the house's end matter and any amendment."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from letters.document.blocks import Block, Blocks, Box, Document, Heading, Paragraph, Run, Runs, plain
from letters.document.walk import block_texts
from letters.errors import HouseFault
from letters.houses.house import EndMatter, House, Publisher
from letters.houses.words import day as as_day
from letters.publication.publication import Publication


@dataclass(frozen=True)
class Amendment:
    """A correction of what was published before."""

    on: date
    note: str


def publisher_of(house: House, day: date) -> tuple[Publisher, EndMatter]:
    """Return who publishes on a day and what stands at the end; raises HouseFault where a house cannot publish."""
    publisher, end = house.settings.publisher_on(day), house.settings.end_matter
    if publisher is None or end is None:
        raise HouseFault(
            f"{house.folders[0]}/house.yaml: no publisher is named for {day}. Give `publisher:` and `end_matter:`."
        )
    return publisher, end


def published_document(work: Publication, house: House, amendments: Sequence[Amendment] = ()) -> Document:
    """Return the document that a house publishes, with every amendment that it has had, the oldest first."""
    blocks = (*amended(work.document.blocks, house, amendments), end_matter(work, house))
    return replace(work.document, blocks=blocks)


def children_document(work: Publication, house: House) -> Document | None:
    """Return the summary for children as a document of its own, or None where there is none."""
    if not work.children:
        return None
    head, *rest = work.children
    assert isinstance(head, Heading)
    title = plain(head.runs)
    meta = replace(work.meta, title=f"{title}: {work.meta.title}")
    first = Heading("title", (Run(f"{title}: {work.place}"),), 1)
    referred = {run.note for runs in block_texts(rest) for run in runs}
    notes = tuple(note for note in work.document.notes if note.id in referred)
    return Document(meta, work.document.letterhead, (first, *rest, end_matter(work, house)), notes, work.document.draft)


def end_matter(work: Publication, house: House) -> Box:
    """Return what stands at the end of everything that a house publishes."""
    publisher, end = publisher_of(house, work.day)
    facts = {
        **{name: getattr(publisher, name) for name in ("name", "telephone", "email", "website")},
        "address": ", ".join(publisher.address),
        "day": as_day(work.day),
        "year": str(work.day.year),
    }
    email, website = f"mailto:{publisher.email}", publisher.website
    blocks: tuple[Block, ...] = (
        Heading("end-matter-heading", (Run(end.heading),), 2),
        matter("alternative", linked(end.alternative.format(**facts), {publisher.email: email})),
        matter("licence", linked(end.licence, {"Open Government Licence": end.licence_address})),
        matter("imprint", linked(end.imprint.format(**facts), {publisher.website: website})),
    )
    return Box("end-matter", blocks, "end-matter")


def matter(name: str, runs: Runs) -> Paragraph:
    """Return a paragraph of the end matter."""
    return Paragraph(f"end-matter.{name}", runs, "end-matter")


def linked(words: str, addresses: dict[str, str]) -> Runs:
    """Return words in which some lead to an address."""
    for said, address in addresses.items():
        before, found, after = words.partition(said)
        if found:
            return tuple(run for run in (Run(before), Run(said, link=address), Run(after)) if run.text)
    return (Run(words),)


def amended(blocks: Blocks, house: House, amendments: Sequence[Amendment]) -> Blocks:
    """Return blocks with the amendments below the title, where there are any."""
    if not amendments:
        return blocks
    notes = [
        Paragraph(f"amended.note{f'.{number}' if number > 1 else ''}", (Run(words),), "amended")
        for number, words in enumerate(amendment_notes(house, amendments), start=1)
    ]
    box = Box("amended", tuple(notes), "amended")
    place = next((place for place, block in enumerate(blocks) if is_title(block)), -1)
    return (*blocks[: place + 1], box, *blocks[place + 1 :])


def amendment_notes(house: House, amendments: Sequence[Amendment]) -> list[str]:
    """Return what a reader is told of each amendment, with its day."""
    return [
        publisher_of(house, amendment.on)[1].amended.format(day=as_day(amendment.on), note=amendment.note)
        for amendment in amendments
    ]


def is_title(block: Block) -> bool:
    """Say whether a block is the title, or the cover with the title on it."""
    return (isinstance(block, Heading) and block.level == 1) or (isinstance(block, Box) and block.role == "cover")
