"""A document -> the bytes of an OpenDocument text (ODF 1.2): the office format that belongs to nobody."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby, pairwise

from letters.document.blocks import (
    Block,
    Blocks,
    Box,
    Chart,
    Contents,
    Document,
    Entry,
    Figure,
    Heading,
    Item,
    Paragraph,
    Run,
    Runs,
    Table,
)
from letters.document.walk import block_texts, caption_runs, every_block, may_break, what_columns, word_count
from letters.formats.odt.contents import contents_heading, entry_template, headings_on_new_pages, index_source
from letters.formats.odt.layout import PICTURE, SECTIONS, master_page, page_layout, table_styles, variants
from letters.formats.odt.lengths import (
    BULLETED,
    DEEPEST_HEADING,
    KEPT,
    KEPT_WHOLE,
    NAMESPACES,
    NUMBERED,
    TEXT_WIDTH,
    encoded,
)
from letters.formats.odt.lists import parted, units, with_those_below
from letters.formats.odt.package import manifest, meta_part, package, xml_part
from letters.formats.odt.styles import BODY, BULLETS, KEY_FINDING, NUMBERS, ROLES, faces, paragraph_styles, styles_part
from letters.houses.house import House
from letters.houses.measures import FIRST_SHARE, MANY_COLUMNS, SIGNATURE_HEIGHT, WIDE_FIRST, chart_size, look_of
from letters.houses.pictures import Picture

LOST_SPACES = re.compile("(?<= ) +")
"""Spaces after a space, which readers take as one (ODF 1.2, part 1, 6.1.2)."""
CENTIMETRES = 2.54 / 72
"""In a point."""
NEW_PAGE = 'fo:break-before="page"'
HALF = round(TEXT_WIDTH * 500)
"""Of the width of the text, in hundredths of a millimetre."""
EMPTY = f'<text:p text:style-name="{encoded(BODY)}"/>'
"""What stands in a cell without words."""
SIGNED = ' fo:margin-top="2pt"'
"""Of a name below a signature, which needs no room to sign in."""
ODD_INDENT = ' fo:margin-left="0.32cm" fo:margin-right="0.3cm"'
"""Of every other box in a row of boxes: neighbouring paragraphs of one indent share their frame."""
BESIDE = "signatures-grid"
"""The role of signatures that stand side by side."""


def write(document: Document, house: House) -> bytes:
    """Return a document as OpenDocument text; the same document is the same bytes."""
    parts = Writer(document, house).parts()
    return package({**parts, "META-INF/manifest.xml": manifest(parts)})


class Writer:
    """Writes one document; it gathers pictures, lists and looks on its way through the blocks."""

    def __init__(self, document: Document, house: House) -> None:
        self._document, self._house = document, house
        self._look = look_of(house, is_report=document.is_report)
        self._notes = {note.id: number for number, note in enumerate(document.notes, start=1)}
        self._anchors = anchors(document)
        self._contents_heading = contents_heading(document.blocks)
        self._new_pages = headings_on_new_pages(document.blocks)
        self._pictures: dict[str, bytes] = {}
        self._lists: dict[str, str] = {}
        self._variants: dict[tuple[str, str], str] = {}
        self._widths: set[int] = set()
        self._frames = self._tables = self._list_count = 0
        self._after_frame, self._apart = False, ""
        self._ahead = ""
        """What the next paragraph has beside its own look."""

    def parts(self) -> dict[str, bytes]:
        """Return every part but the list of them."""
        text = {
            "content.xml": self._content(),
            "styles.xml": self._styles(),
            "meta.xml": meta_part(self._document.meta),
        }
        return {name: xml_part(part) for name, part in text.items()} | self._pictures

    def _content(self) -> str:
        body = "".join(self._top_blocks())
        own = f"{variants(self._variants)}{table_styles(self._look, self._widths)}{SECTIONS}{PICTURE}"
        return (
            f'<office:document-content {NAMESPACES} office:version="1.2">{faces(self._look)}'
            f"<office:automatic-styles>{own}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
        )

    def _top_blocks(self) -> Iterator[str]:
        """Yield the blocks of the document; a framed box right after another is set apart from it."""
        held = [*units(self._document.blocks), None]
        for unit, after in pairwise(held):
            assert unit is not None
            is_framed = isinstance(unit, Box) and unit.role == "case-study"
            self._apart = ODD_INDENT if is_framed and self._after_frame and not self._apart else ""
            self._after_frame = is_framed
            is_last = isinstance(after, Box) and after.role == "sign-off"
            yield self._ending(unit) if is_last else self._unit(unit, "", "")

    def _ending(self, unit: Block | list[Item]) -> str:
        """Return what comes right before the closing words, whose last paragraph stays with them."""
        if not isinstance(unit, list):
            return self._unit(unit, "", KEPT)
        return (self._unit(unit[:-1], "", "") if unit[:-1] else "") + self._unit(unit[-1:], "", KEPT)

    def _styles(self) -> str:
        """Return styles.xml; the first page has no number, and is followed by pages that have one."""
        draft, logos = self._document.draft, len(self._document.letterhead)
        header, mark = self._header(), escape(draft.footer) if draft else ""
        layouts = page_layout("FirstPage", header=bool(header), footer=bool(mark))
        layouts += page_layout("NextPage", header=bool(header), footer=True)
        number = '<text:tab/><text:page-number text:select-page="current">2</text:page-number>'
        masters = master_page("Standard", "FirstPage", header, mark, ' style:next-style-name="Next_20_Page"')
        masters += master_page("Next Page", "NextPage", header, f"{mark}{number}")
        named = paragraph_styles(self._look, report=self._document.is_report, logos=logos)
        return styles_part(self._look, self._document.meta.language, named, layouts, masters)

    def _header(self) -> str:
        """Return what stands on top of every page: a draft's mark, and the logos at one height that lets them fit."""
        pictures = [(self._house.needed_picture(figure.image), figure.alt) for figure in self._document.letterhead]
        draft = self._document.draft
        mark = f'<text:p text:style-name="Draft_20_mark">{escape(draft.watermark)}</text:p>' if draft else ""
        height = logo_height(self._look.logo_height, [picture for picture, _ in pictures])
        frames = [
            self._picture(picture.data, height * picture.width / picture.height, height, alt)
            for picture, alt in pictures
        ]
        logos = "<text:tab/>".join(frames)
        return mark + (f'<text:p text:style-name="Header">{logos}</text:p>' if logos else "")

    def _blocks(self, blocks: Iterable[Block], place: str = "", keep: str = "") -> str:
        """Return the XML of blocks that stand in a box or cell of the role `place`.

        Where the last is kept whole or with what follows, each other one is kept with the next.
        """
        *first, last = list(units(blocks)) or [[]]
        return "".join(self._unit(unit, place, KEPT if keep else "") for unit in first) + self._unit(last, place, keep)

    def _unit(self, unit: Block | list[Item], place: str, keep: str) -> str:
        if isinstance(unit, list):
            return "".join(self._list(items, place, keep) for items in parted(unit))
        return self._block(unit, place, keep)

    def _block(self, block: Block, place: str, keep: str) -> str:
        if isinstance(block, Paragraph | Item):
            return self._paragraph(block.id, block.runs, style_of(block, place), keep)
        if isinstance(block, Heading):
            return self._heading(block, place, keep)
        if isinstance(block, Box):
            return self._beside(block) if block.role == BESIDE else self._box(block, keep)
        if isinstance(block, Table):
            return self._caption(block) + self._table(block)
        if isinstance(block, Chart):
            return self._caption(block) + self._chart(block)
        return self._contents(block) if isinstance(block, Contents) else self._figure(block, keep)

    def _paragraph(self, name: str, runs: Runs, style: str, keep: str = "") -> str:
        """Return a paragraph; one without words is none."""
        words = self._anchored(name, self._words(runs))
        return f'<text:p text:style-name="{self._style(style, keep)}">{words}</text:p>' if words else ""

    def _style(self, style: str, properties: str) -> str:
        """Return the name of a style, or of one that differs from it in these properties."""
        properties += (self._apart if style.startswith("Case study") else "") + self._ahead
        self._ahead = ""
        if not properties:
            return encoded(style)
        return self._variants.setdefault((style, properties), f"P{len(self._variants) + 1}")

    def _heading(self, heading: Heading, place: str, keep: str) -> str:
        style = "Case study heading" if place == "case-study" else f"Heading {min(heading.level, DEEPEST_HEADING)}"
        if heading.id == self._contents_heading:
            style = "Contents Heading"
        look = self._style(style, NEW_PAGE if heading.id in self._new_pages else keep)
        words = self._anchored(heading.id, self._words(heading.runs))
        return f'<text:h text:style-name="{look}" text:outline-level="{heading.level}">{words}</text:h>'

    def _box(self, box: Box, keep: str) -> str:
        """Return the blocks of a box; a short one is kept together, a long one may break."""
        is_short = word_count(box.blocks) < self._look.words_kept_together
        return self._blocks(box.blocks, box.role, keep or (KEPT_WHOLE if is_short else ""))

    def _beside(self, box: Box) -> str:
        """Return signatures two by two, in a table without lines that stays on one page."""
        self._tables += 1
        self._widths.add(HALF)
        cells = [self._block(signatory, box.role, KEPT) for signatory in box.blocks]
        cells += [EMPTY] * (len(cells) % 2)
        rows = "".join(row_of(cells[place : place + 2], "UnruledCell", "Row") for place in range(0, len(cells), 2))
        columns = f'<table:table-column table:style-name="Column{HALF}"/>' * 2
        name = f'table:name="Table{self._tables}" table:style-name="UnruledTable"'
        return f"<table:table {name}>{columns}{rows}</table:table>"

    def _list(self, items: list[Item], place: str, keep: str) -> str:
        """Return items as a list; a numbered one goes on where a list of its name left off."""
        first, self._list_count = items[0], self._list_count + 1
        own = f"list{self._list_count}"
        before = self._lists.get(first.list) if first.ordered else None
        if first.ordered:
            self._lists[first.list] = own
        goes_on = f' text:continue-list="{before}"' if before else ""
        kind = NUMBERED if first.ordered else BULLETED
        inner = "".join(self._item(held, 1, place, keep) for held in with_those_below(items, 1))
        return f'<text:list xml:id="{own}" text:style-name="{kind}"{goes_on}>{inner}</text:list>'

    def _item(self, held: list[Item], level: int, place: str, keep: str) -> str:
        """Return an item with its further paragraphs and the lists below it."""
        inner = ""
        for is_deeper, group in groupby(held, key=lambda item: item.level > level):
            if is_deeper:
                items = with_those_below(list(group), level + 1)
                inner += f"<text:list>{''.join(self._item(each, level + 1, place, keep) for each in items)}</text:list>"
            else:
                inner += "".join(self._block(item, place, keep) for item in group)
        tag = "list-header" if held[0].continues and held[0].level <= level else "list-item"
        return f"<text:{tag}>{inner}</text:{tag}>"

    def _caption(self, block: Table | Chart) -> str:
        """Return the caption above a numbered table or chart, which is what references lead to."""
        return self._paragraph(block.id, caption_runs(block), "Caption") if block.label else ""

    def _table(self, table: Table) -> str:
        """Return a table whose header row repeats on every page, and whose first column may name the rows."""
        self._tables += 1
        size = "-small" if len(table.header) >= MANY_COLUMNS else ""
        head = [self._paragraph("", runs, ROLES[f"table-heading{size}"]) for runs in table.header]
        names = row_of(head, f"HeadingCell{size}", "Row")
        rows = "".join(
            row_of(self._cells(row, size, table.row_headers), f"Cell{size}", "LongRow" if may_break(row) else "Row")
            for row in table.rows
        )
        return (
            f'<table:table table:name="Table{self._tables}" table:style-name="Table">{described(table)}'
            f"{self._columns(table)}<table:table-header-rows>{names}</table:table-header-rows>{rows}</table:table>"
        )

    def _cells(self, row: tuple[Blocks, ...], size: str, named: bool) -> list[str]:
        """Return what is in the cells of a row; where it is named, the first one names it."""
        first = f"row-heading{size}" if named else f"table{size}"
        return [self._blocks(cell, first if place == 0 else f"table{size}") for place, cell in enumerate(row)]

    def _columns(self, table: Table) -> str:
        widths = column_widths(table)
        self._widths.update(widths)
        columns = [f'<table:table-column table:style-name="Column{width}"/>' for width in widths]
        if table.row_headers:
            columns[0] = f"<table:table-header-columns>{columns[0]}</table:table-header-columns>"
        return "".join(columns)

    def _figure(self, figure: Figure, keep: str) -> str:
        """Return a picture that the house has; a signature that it has not is left to be signed by hand."""
        picture = self._house.picture(figure.image)
        if picture is None:
            return ""
        look = self._style(ROLES.get(figure.role, BODY), keep)
        width = SIGNATURE_HEIGHT * picture.width / picture.height
        frame = self._picture(picture.data, width, SIGNATURE_HEIGHT, figure.alt)
        self._ahead = SIGNED if figure.role == "signature" else ""
        return f'<text:p text:style-name="{look}">{frame}</text:p>'

    def _chart(self, chart: Chart) -> str:
        """Return the picture of a chart over the width of the text, with what it shows in words."""
        from letters.formats.charts import png

        width, height = chart_size(len(chart.categories))
        wide = TEXT_WIDTH / CENTIMETRES
        frame = self._picture(png(chart, self._look), wide, wide * height / width, chart.label, chart.alt)
        return f'<text:p text:style-name="Chart">{frame}</text:p>'

    def _picture(self, data: bytes, width: float, height: float, title: str, description: str = "") -> str:
        """Return a picture within a line, of a size in points, with the words that stand for it."""
        self._frames += 1
        part = f"Pictures/{hashlib.sha256(data).hexdigest()[:32]}.png"
        self._pictures[part] = data
        size = f'svg:width="{width * CENTIMETRES:.3f}cm" svg:height="{height * CENTIMETRES:.3f}cm"'
        name = f'draw:style-name="Picture" draw:name="Picture {self._frames}" text:anchor-type="as-char"'
        link = f'xlink:href="{part}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"'
        words = f"<svg:title>{escape(title)}</svg:title>"
        words += f"<svg:desc>{escape(description)}</svg:desc>" if description else ""
        return f"<draw:frame {name} {size}><draw:image {link}/>{words}</draw:frame>"

    def _contents(self, contents: Contents) -> str:
        """Return the contents: as they stand now, and how an office program makes them anew."""
        levels = range(1, DEEPEST_HEADING + 1)
        templates = "".join(map(entry_template, levels))
        shown = {entry.level for entry in contents.entries}
        sources = "".join(index_source(level) for level in levels if level in shown)
        entries = "".join(self._entry(entry) for entry in contents.entries)
        return (
            '<text:table-of-content text:style-name="OneColumn" text:protected="true" text:name="Contents">'
            f'<text:table-of-content-source text:outline-level="{DEEPEST_HEADING}" text:use-outline-level="false"'
            f' text:use-index-marks="false" text:use-index-source-styles="true">{templates}{sources}'
            f"</text:table-of-content-source><text:index-body>{entries}</text:index-body></text:table-of-content>"
        )

    def _entry(self, entry: Entry) -> str:
        """Return a line of the contents; the number of its page is worked out by whoever sets the pages."""
        style = encoded(f"Contents {min(entry.level, DEEPEST_HEADING)}")
        page = f'<text:bookmark-ref text:reference-format="page" text:ref-name="{escape(entry.target)}"/>'
        words = f"{escape(entry.text, quote=False)}<text:tab/>{page}"
        link = f'xlink:type="simple" xlink:href="#{escape(entry.target)}" text:style-name="Index_20_Link"'
        return f'<text:p text:style-name="{style}"><text:a {link}>{words}</text:a></text:p>'

    def _anchored(self, name: str, words: str) -> str:
        """Return words between the ends of a bookmark if something in the document leads to them."""
        if name not in self._anchors or not words:
            return words
        mark = f'text:name="{escape(name)}"'
        return f"<text:bookmark-start {mark}/>{words}<text:bookmark-end {mark}/>"

    def _words(self, runs: Runs) -> str:
        """Return the words of runs; neighbours that lead to one place are one link."""
        out = ""
        for (link, target), group in groupby(with_spaces(runs), key=lambda pair: (pair[0].link, pair[0].target)):
            words = "".join(self._note(run.note) if run.note else dressed(run, text) for run, text in group)
            address = f"#{target}" if target in self._anchors else link
            out += linked(address, words) if address and words else words
        return out

    def _note(self, name: str) -> str:
        """Return a footnote at the place where it is referred to."""
        number = self._notes[name]
        words = self._words(self._document.notes[number - 1].runs)
        body = f'<text:note-body><text:p text:style-name="Footnote">{words}</text:p></text:note-body>'
        citation = f"<text:note-citation>{number}</text:note-citation>"
        return f'<text:note text:id="note{number}" text:note-class="footnote">{citation}{body}</text:note>'


def style_of(block: Paragraph | Item, place: str) -> str:
    """Return the style of a paragraph or item that stands in a box or cell of the role `place`."""
    if isinstance(block, Item) and place == "key-findings" and block.level == 1:
        return KEY_FINDING
    if isinstance(block, Item):
        return NUMBERS if block.ordered and block.level == 1 else f"{BULLETS} {min(block.level, 2)}"
    role = place if block.role in ("body", "table") and place else block.role
    return ROLES.get(role, BODY)


def with_spaces(runs: Runs) -> Iterator[tuple[Run, str]]:
    """Yield runs with their words as XML; spaces that readers would lose are elements."""
    before = " "
    for run in runs:
        ahead = " " if before == " " else ""
        words = escape(f"{ahead}{run.text}", quote=False)
        yield run, LOST_SPACES.sub(lambda found: f'<text:s text:c="{len(found[0])}"/>', words)[len(ahead) :]
        before = run.text[-1:] or before


def dressed(run: Run, words: str) -> str:
    """Return words in the look of a run."""
    words = f'<text:span text:style-name="Emphasis">{words}</text:span>' if run.emphasis and words else words
    return f'<text:span text:style-name="Strong_20_Emphasis">{words}</text:span>' if run.strong and words else words


def linked(address: str, words: str) -> str:
    """Return words that lead somewhere."""
    looks = 'text:style-name="Internet_20_link" text:visited-style-name="Visited_20_Internet_20_Link"'
    return f'<text:a xlink:type="simple" xlink:href="{escape(address)}" {looks}>{words}</text:a>'


def described(table: Table) -> str:
    """Return the name of a table and what its columns are."""
    title = f"<table:title>{escape(table.caption)}</table:title>" if table.caption else ""
    return f"{title}<table:desc>{escape(what_columns(table))}</table:desc>"


def row_of(cells: Iterable[str], look: str, row: str) -> str:
    """Return a row, with its own look, of cells of one look."""
    head = f'<table:table-cell table:style-name="{look}" office:value-type="string">'
    inner = "".join(f"{head}{cell}</table:table-cell>" for cell in cells)
    return f'<table:table-row table:style-name="{row}">{inner}</table:table-row>'


def column_widths(table: Table) -> list[int]:
    """Return the widths of a table's columns in hundredths of a millimetre: the last of two takes two thirds."""
    count, width = len(table.header), round(TEXT_WIDTH * 1000)
    if count == 2:
        return [width // 3, width - width // 3]
    if table.row_headers and count >= WIDE_FIRST:
        other = round(width / (count - 1 + FIRST_SHARE))
        return [width - other * (count - 1), *[other] * (count - 1)]
    return [width // count] * count


def logo_height(height: float, pictures: list[Picture]) -> float:
    """Return the height in points of logos that stand side by side within the width of the text."""
    wide = sum(picture.width / picture.height for picture in pictures) * height
    return height * min(1, (TEXT_WIDTH / CENTIMETRES - 12 * len(pictures)) / wide) if wide else height


def anchors(document: Document) -> frozenset[str]:
    """Return the ids of the blocks that something in the document leads to."""
    led_to = {run.target for runs in block_texts(document.blocks) for run in runs if run.target}
    able: set[str] = set()
    for block in every_block(document.blocks):
        if isinstance(block, Contents):
            led_to |= {entry.target for entry in block.entries}
        elif isinstance(block, Heading | Paragraph | Item) or (isinstance(block, Table | Chart) and block.label):
            able.add(block.id)
    return frozenset(led_to & able)
