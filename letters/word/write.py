"""A document -> the bytes of a DOCX file in its house's frame."""

import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count, pairwise, zip_longest

from letters.document.blocks import (
    Block,
    Box,
    Chart,
    Contents,
    Document,
    Figure,
    Footnote,
    Heading,
    Item,
    Paragraph,
    Run,
    Table,
)
from letters.document.walk import may_break, word_count
from letters.errors import HouseFault
from letters.houses.house import House
from letters.houses.measures import (
    MANY_COLUMNS,
    SIGNATURE_HEIGHT,
    begins_a_page,
    frame_name,
    look_of,
    word_styles,
)
from letters.houses.pictures import Picture
from letters.word import properties
from letters.word.chart_parts import ChartParts, chart_parts, relationship_row, with_chart_types
from letters.word.drafts import (
    DRAFT_NUMBERED,
    OWN_DATA,
    OWN_DATA_PROPERTIES,
    OWN_DATA_RELATIONSHIPS,
    anchor,
    numbered_draft,
    own_data,
    own_data_properties,
    tracking,
    with_own_data,
)
from letters.word.fields import (
    bookmarked,
    contents_paragraphs,
    heading_bookmark,
    label_runs,
    reference_runs,
    text_run,
)
from letters.word.frame import Frame, frame_of
from letters.word.letterhead import running_parts, text_width
from letters.word.names import (
    CONTENT_TYPES,
    CORE,
    CUSTOM,
    DOCUMENT,
    DOCUMENT_RELATIONSHIPS,
    FOOTNOTE_RELATIONSHIPS,
    FOOTNOTES,
    NUMBERING,
    SETTINGS,
)
from letters.word.package import Member, archive, member
from letters.word.pictures import drawing
from letters.word.relationships import DATA_RELATIONSHIP, checked, relationship_rows, relationships, text_element
from letters.word.tables import column_widths, row_xml, table_xml, unruled_table_xml

KEPT, KEPT_WHOLE = "<w:keepNext/><w:keepLines/>", "<w:keepLines/>"
"""A paragraph on one page with the next, and one that is only not parted itself."""
FIRST_OWN_NUMBERING = 1_000
FIRST_BOOKMARK, FIRST_CHART_ID = 50_000, 5_000
"""Where the numbers of bookmarks that lead somewhere, and of charts, begin: above those of anchors and pictures."""
AFTER_TABLE = '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr></w:p>'
"""The paragraph that Word wants after a table at the end, too low to be seen."""
CLOSING = "sign-off"
"""The last place of a letter's frame: what follows the signatures stands below them."""
PAGE_BREAK = "<w:keepNext/><w:keepLines/><w:pageBreakBefore/>"
ODD_INDENT = '<w:ind w:left="170" w:right="171"/>'
"""Of every other box in a row of boxes: Word draws neighbouring paragraphs of one indent as one box."""
Words = Paragraph | Heading | Item | Footnote
"""What becomes a paragraph."""
STANDS_IN = {
    "mark-strength": "table-small",
    "mark-priority": "table-small",
    "mark-improvement": "table-small",
    "table-note": "body",
    "key-findings-bullet": "bullet-1",
}
"""The role whose style a frame has that was made before it was told apart."""
NUMBERED_IN_DRAFTS = ("body", "table")
"""The roles of the paragraphs that reviewers point at by a number; items and boxes bear one too."""


def write(document: Document, house: House) -> bytes:
    """Return a document as DOCX; the same document is the same bytes."""
    frame = frame_of(house, frame_name(is_report=document.is_report))
    named = word_styles(house, is_report=document.is_report)
    styles = RoleStyles({role: frame.style(known_style(role, named, frame)) for role in named})
    return Writer(document, house, frame, styles).package()


def known_style(role: str, named: Mapping[str, str], frame: Frame) -> str:
    """Return the name of the style of a role; where a frame is older than the role, of the one that stands in."""
    name = named[role]
    return name if name in frame.styles or role not in STANDS_IN else named[STANDS_IN[role]]


class RoleStyles(dict[str, str]):
    """The id of the Word style of each role; a role that the house does not know is a HouseFault."""

    def __missing__(self, role: str) -> str:
        raise HouseFault(f"house.yaml names no Word style for the role {role!r}. Add one under `styles:`.")


@dataclass
class Writer:
    """Writes one document; it gathers links, pictures, lists and notes on its way through the blocks."""

    document: Document
    house: House
    frame: Frame
    styles: RoleStyles
    links: dict[str, str] = field(default_factory=dict)
    pictures: list[Picture] = field(default_factory=list)
    lists: dict[str, int] = field(default_factory=dict)
    apart: str = ""
    """The indent of the box just before, if that was one."""
    units: list[str] = field(default_factory=list)
    """The blocks that have a hidden bookmark so far."""
    charts: list[ChartParts] = field(default_factory=list)
    counted: set[str] = field(default_factory=set)
    """The labels that Word counts so far: a further part of a chart bears that of the first, and is not counted."""
    targets: frozenset[str] = frozenset()
    """The headings that the contents lead to."""
    new_pages: frozenset[str] = frozenset()
    """The headings that begin a page."""
    bookmarks: Iterator[int] = field(default_factory=lambda: count(FIRST_BOOKMARK))

    def package(self) -> bytes:
        """Return the file's bytes."""
        parts = dict(self.frame.members)
        own = [*self._changed(), *running_parts(self.frame, self.house, self.document)]
        parts.update((part.name, part) for part in own)
        return archive(parts.values())

    def _changed(self) -> Iterator[Member]:
        places = self._places()
        yield checked(DOCUMENT, self.frame.fill(DOCUMENT, **places))
        body_links, self.links = self.links, {}
        yield checked(FOOTNOTES, self._footnotes())
        if self.links:
            yield member(FOOTNOTE_RELATIONSHIPS, relationships(self.links, []))
        self.links = body_links
        yield member(CORE, properties.core(self.document.meta))
        yield member(CUSTOM, properties.custom(self.document.meta))
        yield member(DOCUMENT_RELATIONSHIPS, self._relationships())
        if self.lists or self.document.is_for_review:
            yield member(NUMBERING, self._numbering())
        if self.document.is_for_review:
            yield member(SETTINGS, tracking(self.frame.parts[SETTINGS]))
            yield from self._own_data()
        if self.document.is_for_review or self.charts:
            yield member(CONTENT_TYPES, self._content_types())
        for chart in self.charts:
            yield from chart.members
        for number, picture in enumerate(self.pictures, start=1):
            yield member(f"word/media/picture{number}.png", picture.data)

    def _own_data(self) -> Iterator[Member]:
        """Yield the custom XML part of a draft with what leads to it."""
        properties_part, relationships_part = own_data_properties()
        yield member(OWN_DATA, own_data(self.document.meta, self.units))
        yield member(OWN_DATA_PROPERTIES, properties_part)
        yield member(OWN_DATA_RELATIONSHIPS, relationships_part)

    def _content_types(self) -> bytes:
        """Return [Content_Types].xml with what this document has beside its frame's parts."""
        types = self.frame.parts[CONTENT_TYPES]
        types = with_own_data(types) if self.document.is_for_review else types
        return with_chart_types(types, len(self.charts)) if self.charts else types

    def _places(self) -> dict[str, str]:
        """Return the frame's places filled: a box goes to the place of its role, everything else to the body."""
        self.targets = targets_of(self.document)
        self.new_pages = headings_on_new_pages(self.document)
        filled: dict[str, list[str]] = {role: [] for role in self.frame.boxes}
        filled["body"] = []
        before: Block | None = None
        rest = "body"
        for block, after in zip_longest(self.document.blocks, self.document.blocks[1:]):
            place = block.role if isinstance(block, Box) and block.role in self.frame.boxes else rest
            rest = place if place == CLOSING else rest
            xml = spaced(self._block(block)) if is_set_apart(before, block) else self._block(block)
            filled[place].append(kept_with_next(xml) if is_closing(after) else xml)
            before = block
            is_boxed = isinstance(block, Box) and block.role == "case-study"
            self.apart = ODD_INDENT if is_boxed and not self.apart else ""
        places = {role.replace("-", "_"): "".join(xml) for role, xml in filled.items()}
        return {**places, "section": self.frame.section}

    def _block(self, block: Block, role: str = "", more: str = "") -> str:
        if isinstance(block, Paragraph):
            counts = "body" if block.role in NUMBERED_IN_DRAFTS else ""
            return self._paragraph(block, self.styles[block.role], counts=counts)
        if isinstance(block, Item):
            return self._item(block, role)
        if isinstance(block, Heading):
            return self._heading(block, role, more)
        if isinstance(block, Table):
            return self._caption(block) + self._table(block)
        if isinstance(block, Figure):
            return self._figure(block)
        if isinstance(block, Chart):
            return self._caption(block) + self._chart(block)
        if isinstance(block, Contents):
            return "".join(contents_paragraphs(block.entries, self.styles, text_width(self.frame)))
        return "".join(self._sign_off(block) if is_closing(block) else self._box(block))

    def _paragraph(self, block: Words, style: str, keep: str = "", more: str = "", *, counts: str = "") -> str:
        """Return a paragraph; in a draft it bears the anchor of its block, and a number of the kind `counts`."""
        number = DRAFT_NUMBERED[counts] if counts and self.document.is_for_review else ""
        words = self._runs(block.runs)
        if self.document.is_for_review and block.id:
            words = self._anchored(block.id, words)
        if block.id in self.targets:
            words = bookmarked(heading_bookmark(block.id), next(self.bookmarks), words)
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}{number}{more}</w:pPr>{words}</w:p>'

    def _anchored(self, name: str, words: str) -> str:
        """Return words between the ends of the hidden bookmark of their block."""
        self.units.append(name)
        number = len(self.units)
        start = f'<w:bookmarkStart w:id="{number}" w:name="{anchor(name)}"/>'
        return f'{start}{words}<w:bookmarkEnd w:id="{number}"/>'

    def _heading(self, block: Heading, role: str, more: str) -> str:
        style = self.styles.get(f"{role}-heading") or self.styles[f"heading-{block.level}"]
        return self._paragraph(block, style, PAGE_BREAK if block.id in self.new_pages else "", more)

    def _caption(self, block: Table | Chart) -> str:
        """Return the numbered caption above a table or chart, if it has one."""
        if not block.label:
            return ""
        is_part = block.label in self.counted
        label = text_run(block.label) if is_part else label_runs(block.label, block.id, next(self.bookmarks))
        self.counted.add(block.label)
        look = f'<w:pPr><w:pStyle w:val="{self.styles["caption"]}"/><w:keepNext/></w:pPr>'
        return f"<w:p>{look}{label}{text_run(f': {block.caption}')}</w:p>"

    def _chart(self, chart: Chart) -> str:
        """Return a chart that Word can edit."""
        number = len(self.charts) + 1
        parts = chart_parts(
            chart, look_of(self.house, is_report=self.document.is_report), number, FIRST_CHART_ID + number
        )
        self.charts.append(parts)
        return f'<w:p><w:pPr><w:pStyle w:val="{self.styles["body"]}"/></w:pPr>{parts.run}</w:p>'

    def _item(self, item: Item, role: str) -> str:
        if item.continues:
            return self._paragraph(item, self.styles[f"continued-{item.level}"])
        if not item.ordered:
            style = self.styles.get(f"{role}-bullet") or self.styles[f"bullet-{item.level}"]
            return self._paragraph(item, style, counts=f"bullet-{item.level}")
        numbering = f'<w:numPr><w:ilvl w:val="{item.level - 1}"/><w:numId w:val="{self._list(item.list)}"/></w:numPr>'
        return self._paragraph(item, self.styles["number-1"], numbering)

    def _list(self, name: str) -> int:
        """Return the numbering of a list: made from its name, so that it stays when other lists come and go."""
        if name not in self.lists:
            number = FIRST_OWN_NUMBERING + zlib.crc32(name.encode()) % 1_000_000
            while number in self.lists.values():
                number += 1
            self.lists[name] = number
        return self.lists[name]

    def _box(self, box: Box) -> Iterator[str]:
        """Yield the paragraphs of a box; a short one is kept together, a long one may break."""
        short = word_count(box.blocks) < self.house.settings.look.words_kept_together
        apart = self.apart
        for place, block in enumerate(box.blocks, start=1):
            keep = (KEPT if place < len(box.blocks) else KEPT_WHOLE) if short else ""
            if isinstance(block, Paragraph):
                counts = "body" if box.role == "case-study" else ""
                yield self._paragraph(block, self.styles[box.role], keep, apart, counts=counts)
            else:
                yield self._block(block, box.role, apart)

    def _sign_off(self, box: Box) -> list[str]:
        """Return the closing words and the signatures, each kept with the next to the end."""
        xml: list[str] = []
        for block in box.blocks:
            if isinstance(block, Paragraph):
                xml.append(self._paragraph(block, self.styles["sign-off"], KEPT))
            elif isinstance(block, Box):
                xml += self._signatures(block)
        return [*xml[:-1], *(paragraph.replace(KEPT, KEPT_WHOLE, 1) for paragraph in xml[-1:])]

    def _signatures(self, box: Box) -> Iterator[str]:
        """Yield the signatures one below the other, or two by two."""
        signatories = [signatory for signatory in box.blocks if isinstance(signatory, Box)]
        if box.role == "signatures-grid":
            yield self._grid(signatories)
        else:
            for signatory in signatories:
                yield from self._signature(signatory)

    def _grid(self, signatories: list[Box]) -> str:
        """Return signatures two by two, in a table without lines whose rows stay together."""
        half = text_width(self.frame) // 2
        rows = []
        for place in range(0, len(signatories), 2):
            pair = [list(self._signature(signatory)) for signatory in signatories[place : place + 2]]
            rows.append(row_xml(pair, [half, half], "<w:cantSplit/>"))
        rows[-1:] = [row.replace(KEPT, KEPT_WHOLE) for row in rows[-1:]]
        return f"{unruled_table_xml([half, half], rows)}{AFTER_TABLE}"

    def _signature(self, signatory: Box) -> Iterator[str]:
        for block in signatory.blocks:
            if isinstance(block, Figure):
                yield from filter(None, [self._figure(block)])
            elif isinstance(block, Paragraph):
                yield self._paragraph(block, self.styles[block.role], KEPT)

    def _figure(self, figure: Figure) -> str:
        """Return a picture that the house has; a signature that it has not is left to be signed by hand."""
        picture = self.house.picture(figure.image)
        if picture is None:
            return ""
        self.pictures.append(picture)
        number = len(self.pictures)
        run = drawing(picture, figure.alt, f"rIdPicture{number}", number, SIGNATURE_HEIGHT)
        return f'<w:p><w:pPr><w:pStyle w:val="{self.styles[figure.role]}"/>{KEPT}</w:pPr>{run}</w:p>'

    def _table(self, table: Table) -> str:
        widths = column_widths(table, text_width(self.frame))
        size = "-small" if len(table.header) >= MANY_COLUMNS else ""
        head = [[self._paragraph(Paragraph("", runs), self.styles[f"table-heading{size}"])] for runs in table.header]
        rows = [row_xml(head, widths, "<w:cantSplit/><w:tblHeader/>")]
        for row in table.rows:
            cells = [[self._block(smaller(block) if size else block) for block in cell] for cell in row]
            rows.append(row_xml(cells, widths, "" if may_break(row) else "<w:cantSplit/>"))
        return table_xml(table, self.styles["letter-table"], widths, rows)

    def _runs(self, runs: Iterable[Run]) -> str:
        return "".join([self._run(run) for run in runs])

    def _run(self, run: Run) -> str:
        if run.note:
            return self._note_reference(run.note)
        if run.target:
            return reference_runs(run.text, run.target, self.styles["link"])
        look = ("<w:b/>" if run.strong else "") + ("<w:i/>" if run.emphasis else "")
        if run.link:
            look = f'<w:rStyle w:val="{self.styles["link"]}"/>{look}'
        look = f"<w:rPr>{look}</w:rPr>" if look else ""
        xml = f"<w:r>{look}{text_element(run.text)}</w:r>"
        if not run.link:
            return xml
        relationship = self.links.setdefault(run.link, f"rIdLink{len(self.links) + 1}")
        return f'<w:hyperlink r:id="{relationship}" w:history="1">{xml}</w:hyperlink>'

    def _note_reference(self, name: str) -> str:
        number = [note.id for note in self.document.notes].index(name) + 1
        style = self.styles["footnote-reference"]
        return f'<w:r><w:rPr><w:rStyle w:val="{style}"/></w:rPr><w:footnoteReference w:id="{number}"/></w:r>'

    def _footnotes(self) -> bytes:
        """Return footnotes.xml: the frame's separators, then the notes from 1 on."""
        notes = "".join(self._footnote(number, note) for number, note in enumerate(self.document.notes, start=1))
        return self.frame.parts[FOOTNOTES].replace(b"</w:footnotes>", f"{notes}</w:footnotes>".encode())

    def _footnote(self, number: int, note: Footnote) -> str:
        mark = f'<w:r><w:rPr><w:rStyle w:val="{self.styles["footnote-reference"]}"/></w:rPr><w:footnoteRef/></w:r>'
        space = '<w:r><w:t xml:space="preserve"> </w:t></w:r>'
        words = self._runs(note.runs)
        if self.document.is_for_review:
            words = self._anchored(f"footnotes.{note.id}", words)
        return (
            f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="{self.styles["footnote"]}"/></w:pPr>'
            f"{mark}{space}{words}</w:p></w:footnote>"
        )

    def _relationships(self) -> bytes:
        """Return the document's relationships: the frame's own, the links and the pictures."""
        own = self.frame.parts[DOCUMENT_RELATIONSHIPS]
        rows = relationship_rows(self.links, self.pictures) + (
            DATA_RELATIONSHIP if self.document.is_for_review else b""
        )
        rows += "".join(relationship_row(number) for number in range(1, len(self.charts) + 1)).encode()
        return own.replace(b"</Relationships>", rows + b"</Relationships>")

    def _numbering(self) -> bytes:
        """Return numbering.xml with an instance for each numbered list, so that each begins at 1; a draft has more."""
        abstract = '<w:abstractNumId w:val="2"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
        rows = "".join(f'<w:num w:numId="{number}">{abstract}</w:num>' for number in sorted(self.lists.values()))
        own = self.frame.parts[NUMBERING].replace(b"</w:numbering>", f"{rows}</w:numbering>".encode())
        return numbered_draft(own) if self.document.is_for_review else own


def smaller(block: Block) -> Block:
    """Return a paragraph of a table of many columns; a mark is small in any."""
    if isinstance(block, Paragraph) and block.role == "table":
        return block._replace(role="table-small")
    return block


def is_set_apart(before: Block | None, block: Block) -> bool:
    """Say whether a paragraph comes right below a numbered table or key findings, which keep no distance of their own."""
    if isinstance(before, Box):
        return before.role == "key-findings" and isinstance(block, Paragraph)
    return isinstance(before, Table) and bool(before.label) and isinstance(block, Paragraph | Item)


def spaced(paragraph: str) -> str:
    """Return a paragraph at a distance from what is above it."""
    return paragraph.replace("</w:pPr>", '<w:spacing w:before="200"/></w:pPr>', 1)


def is_closing(block: Block | None) -> bool:
    """Say whether a block has the closing words and the signatures, which never stand alone on a page."""
    return isinstance(block, Box) and block.role == CLOSING


def kept_with_next(xml: str) -> str:
    """Return paragraphs of which the last stays on one page with what comes after them."""
    before, start, last = xml.rpartition("<w:pPr>")
    style, end, rest = last.partition("/>")
    return f"{before}{start}{style}{end}{KEPT}{rest.removeprefix(KEPT).removeprefix(KEPT_WHOLE)}"


def targets_of(document: Document) -> frozenset[str]:
    """Return the headings that the contents lead to."""
    contents = (block for block in document.blocks if isinstance(block, Contents))
    return frozenset(entry.target for block in contents for entry in block.entries)


def headings_on_new_pages(document: Document) -> frozenset[str]:
    """Return the headings that begin a page: those of chapters, and the ones after the cover and the contents."""
    after = {block.id for before, block in pairwise(document.blocks) if ends_a_page(before)}
    return frozenset(after | {block.id for block in document.blocks if begins_a_page(block.id)})


def ends_a_page(block: Block) -> bool:
    """Say whether what comes after a block begins a page."""
    return isinstance(block, Contents) or (isinstance(block, Box) and block.role == "cover")
