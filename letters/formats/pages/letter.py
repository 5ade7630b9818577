"""Blocks -> a page in the house's frame: the page that is read on screen, and the one that is printed."""

import base64
from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

from markupsafe import Markup

from letters.document.blocks import (
    Block,
    Blocks,
    Box,
    Chart,
    Contents,
    Document,
    Entry,
    Figure,
    Footnote,
    Heading,
    Item,
    Paragraph,
    Run,
    Runs,
    Table,
    plain,
)
from letters.document.walk import LONGEST_WHOLE, caption_runs, every_block, may_break, word_count
from letters.errors import HouseFault
from letters.formats.pages.frame import FRAME_ERRORS, frame, style_sheet, watermark
from letters.houses.house import House
from letters.houses.measures import chart_size, look_of
from letters.houses.pictures import Picture

BOX_TAGS = {"case-study": "section", "quotation": "blockquote", "end-matter": "section"}
OWN_LOOK = ("signatory", "quotation-", "mark-", "table-note")
"""How the roles begin of paragraphs that style sheets tell from others."""
SIGNS = {
    "mark-strength": "<path d='M1 5.5 4 8.5 9 1.5' fill='none' stroke='#0b0c0c' stroke-width='2'/>",
    "mark-priority": "<path d='M4 0H6V6.5H4ZM4 8H6V10H4Z' fill='#ffffff'/>",
    "mark-improvement": "<path d='M5 1 9.5 9H.5Z' fill='none' stroke='#0b0c0c' stroke-width='1.6'/>",
}
"""The sign of each mark of the matrix, drawn on ten by ten: a tick, an exclamation mark, a triangle."""
WIDE = 4
"""Columns from which a table may be wider than the text around it."""


def web_page(document: Document, house: House) -> str:
    """Return the page for the screen: one file that asks for nothing from anywhere."""
    css = style_sheet(house.read("web.css"))
    return page(document, house, WebWriter(document, house), css)


def print_page(document: Document, house: House) -> str:
    """Return the page that the PDF is made from; print.css is applied by the PDF writer."""
    return page(document, house, PrintWriter(document, house), "")


def large_print_page(document: Document, house: House) -> str:
    """Return the page that the large-print PDF is made from; large-print.css is applied by the PDF writer."""
    return page(document, house, LargePrintWriter(document, house), "")


def page(document: Document, house: House, writer: "Writer", css: str) -> str:
    """Return a page in the house's frame."""
    asset = house.read("frame.html")
    try:
        return frame(asset.text).render(
            document=document,
            house=house.settings,
            look=writer.look,
            css=Markup(css),
            letterhead=Markup("".join(writer.logo(figure) for figure in document.letterhead)),
            body=Markup("".join(writer.blocks(document.blocks))),
            notes=Markup(writer.endnotes()),
            printed=isinstance(writer, PrintWriter),
            watermark=watermark(document.draft) if document.draft else None,
        )
    except FRAME_ERRORS as error:
        raise HouseFault(f"{asset.name}: {error}. Correct the frame.") from None


class Writer:
    """Turns blocks into HTML; the two kinds of page differ in where their footnotes go."""

    longest_whole = LONGEST_WHOLE
    """Words of a cell in a row that stays on one page."""

    def __init__(self, document: Document, house: House) -> None:
        self._document, self._house = document, house
        self.look = look_of(house, is_report=document.is_report)
        self._notes = {note.id: number for number, note in enumerate(document.notes, start=1)}
        self._counts: dict[str, int] = {}

    def blocks(self, blocks: Iterable[Block]) -> Iterator[str]:
        """Yield the HTML of blocks; neighbouring items of one list share its element."""
        for is_list, group in groupby(blocks, key=lambda block: isinstance(block, Item)):
            if is_list:
                yield from self._lists([block for block in group if isinstance(block, Item)])
            else:
                yield from map(self._block, group)

    def endnotes(self) -> str:
        """Return the footnotes that stand at the end of the page."""
        return ""

    def logo(self, figure: Figure) -> str:
        """Return a logo; raises HouseFault where the house has none."""
        picture = self._house.needed_picture(figure.image)
        return f"<span>{image(picture, figure.alt)}</span>"

    def _block(self, block: Block) -> str:
        if isinstance(block, Paragraph):
            return self._paragraph(block)
        if isinstance(block, Heading):
            return f'<h{block.level} id="{escape(block.id)}">{self._runs(block.runs)}</h{block.level}>\n'
        if isinstance(block, Table):
            return self._table(block)
        if isinstance(block, Box):
            return self._box(block)
        if isinstance(block, Figure):
            picture = self._house.picture(block.image)
            return f'<p class="{escape(block.role)}">{image(picture, block.alt)}</p>\n' if picture else ""
        if isinstance(block, Chart):
            return self._chart(block)
        return self._contents(block) if isinstance(block, Contents) else ""

    def _contents(self, contents: Contents) -> str:
        """Return the contents as nested lists of links."""
        top = min((entry.level for entry in contents.entries), default=2)
        inner = "".join(self._entries(list(contents.entries), top))
        return f'<nav class="contents" id="contents" aria-labelledby="contents-heading">\n<ul>\n{inner}</ul>\n</nav>\n'

    def _entries(self, entries: list[Entry], level: int) -> Iterator[str]:
        """Yield the entries of one level, each with the list of those below it."""
        place = 0
        while place < len(entries):
            below = place + 1
            while below < len(entries) and entries[below].level > level:
                below += 1
            inner = "".join(self._entries(entries[place + 1 : below], level + 1))
            deeper = f"\n<ul>\n{inner}</ul>\n" if inner else ""
            words = escape(entries[place].text, quote=False)
            yield f'<li><a href="#{escape(entries[place].target)}">{words}</a>{deeper}</li>\n'
            place = below

    def _chart(self, chart: Chart) -> str:
        """Return a chart below its caption."""
        caption = f'<figcaption id="{escape(chart.id)}-caption">{self._runs(caption_runs(chart))}</figcaption>'
        return f'<figure class="chart" id="{escape(chart.id)}">\n{caption}\n{self._drawing(chart)}\n</figure>\n'

    def _drawing(self, chart: Chart) -> str:
        """Return what a chart shows."""
        from letters.formats.charts import svg

        return svg(chart, self.look, fonts=self._chart_fonts())

    def _chart_fonts(self) -> str:
        """Return the faces of the words in a chart."""
        raise NotImplementedError

    def _box(self, box: Box) -> str:
        tag = BOX_TAGS.get(box.role, "div")
        short = word_count(box.blocks) < self._house.settings.look.words_kept_together
        role = f"{escape(box.role)} together" if box.role == "case-study" and short else escape(box.role)
        inner = "".join(self.blocks(box.blocks))
        return f'<{tag} class="{role}"{self._label(box)}>\n{inner}</{tag}>\n'

    def _label(self, box: Box) -> str:
        """Name a section by its heading."""
        heading = next((block for block in every_block(box.blocks) if isinstance(block, Heading)), None)
        return (
            f' aria-labelledby="{escape(heading.id)}"' if heading and box.role in ("case-study", "end-matter") else ""
        )

    def _paragraph(self, paragraph: Paragraph) -> str:
        words = self._runs(paragraph.runs)
        if paragraph.role == "date":
            words = f'<time datetime="{self._document.meta.day.isoformat()}">{words}</time>'
        role = f' class="{escape(paragraph.role)}"' if paragraph.role.startswith(OWN_LOOK) else ""
        role += self._name(paragraph.id)
        numbered = ' data-numbered=""' if paragraph.role in ("body", "table", "case-study") else ""
        return f"<p{role}{numbered}>{sign(paragraph.role)}{words}</p>\n"

    def _lists(self, items: list[Item]) -> Iterator[str]:
        for name, group in groupby(items, key=lambda item: item.list):
            held = list(group)
            ordered, start = held[0].ordered, self._counts.get(name, 0) + 1
            tag = "ol" if ordered else "ul"
            at = f' start="{start}"' if ordered and start > 1 else ""
            if ordered:
                self._counts[name] = start - 1 + sum(not item.continues and item.level == 1 for item in held)
            yield f"<{tag}{at}>\n{''.join(self._items(held, held[0].level))}</{tag}>\n"

    def _items(self, items: list[Item], level: int) -> Iterator[str]:
        """Yield the items of one level, each with its further paragraphs and the list below it."""
        place = 0
        while place < len(items):
            below = place + 1
            while below < len(items) and (items[below].level > level or items[below].continues):
                below += 1
            yield self._item(items[place], items[place + 1 : below], level)
            place = below

    def _item(self, item: Item, rest: list[Item], level: int) -> str:
        numbered = "" if item.ordered else ' data-numbered=""'
        inner = f"<span{numbered}>{self._runs(item.runs)}</span>"
        inner += "".join(self._further(more) for more in rest if more.continues and more.level == level)
        deeper = [more for more in rest if more.level > level]
        if deeper:
            inner += f"\n<ul>\n{''.join(self._items(deeper, deeper[0].level))}</ul>\n"
        return f"<li{self._name(item.id)}>{inner}</li>\n"

    def _name(self, block_id: str) -> str:
        """Return the id of a paragraph's element, where the page needs it."""
        return ""

    def _further(self, item: Item) -> str:
        """Return a further paragraph of an item."""
        return f"<p>{self._runs(item.runs)}</p>"

    def _table(self, table: Table) -> str:
        head = "".join(f'<th scope="col">{self._runs(runs)}</th>' for runs in table.header)
        rows = "".join(self._whole_row(row, table.row_headers) for row in table.rows)
        name = f' id="{escape(table.id)}"' if table.label else ""
        columns = f' class="columns-{len(table.header)}"' if table.row_headers else ""
        body = f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>"
        return f"<table{name}{columns}>\n{self._caption(table)}{body}\n</table>\n"

    def _caption(self, table: Table) -> str:
        words = self._runs(caption_runs(table))
        return f'<caption id="{escape(table.id)}-caption">{words}</caption>\n' if table.label else ""

    def _whole_row(self, row: tuple[Blocks, ...], named: bool) -> str:
        look = ' class="long"' if may_break(row, self.longest_whole) else ""
        return f"<tr{look}>{self._row(row, named)}</tr>\n"

    def _row(self, row: tuple[Blocks, ...], named: bool) -> str:
        """Return the cells of a row; where it is named, the first one names it."""
        first = f'<th scope="row">{"".join(self.blocks(row[0]))}</th>' if named else self._cell(row[0])
        return first + "".join(map(self._cell, row[1:]))

    def _cell(self, cell: Blocks) -> str:
        return f"<td>{''.join(self.blocks(cell))}</td>"

    def _runs(self, runs: Runs) -> str:
        return "".join(self._run(run) for run in runs)

    def _run(self, run: Run) -> str:
        if run.note:
            return self._note(run.note)
        words = escape(run.text, quote=False)
        words = f"<em>{words}</em>" if run.emphasis else words
        words = f"<strong>{words}</strong>" if run.strong else words
        if run.target:
            return f'<a href="#{escape(run.target)}">{words}</a>'
        return f'<a href="{escape(run.link)}">{words}</a>' if run.link else words

    def _note(self, name: str) -> str:
        raise NotImplementedError


class WebWriter(Writer):
    """Writes the page for the screen: footnotes stand at its end, with a way there and back."""

    def __init__(self, document: Document, house: House) -> None:
        super().__init__(document, house)
        self._columns: list[str] = []
        """The names of the columns of the table that is written, where its cells bear them."""

    def _chart_fonts(self) -> str:
        return self._house.settings.look.web_fonts.replace('"', "'")

    def _table(self, table: Table) -> str:
        """Return a table; one that has a caption scrolls by itself where the screen is too narrow for it.

        One of many columns is a list there: its cells say the names of their columns.
        """
        self._columns = [plain(runs) for runs in table.header] if table.label and len(table.header) >= WIDE else []
        inner = super()._table(table)
        self._columns = []
        look = "wide listed" if len(table.header) >= WIDE else "scrolling"
        return self._scrolling(look, table.id, inner) if table.label else inner

    def _row(self, row: tuple[Blocks, ...], named: bool) -> str:
        if not self._columns:
            return super()._row(row, named)
        first = f'<th scope="row">{"".join(self.blocks(row[0]))}</th>'
        rest = zip(self._columns[1:], row[1:], strict=True)
        return first + "".join(
            f'<td data-column="{escape(name)}">{"".join(self.blocks(cell))}</td>' for name, cell in rest
        )

    def _drawing(self, chart: Chart) -> str:
        """Return what a chart shows, drawn for a wide screen and for a narrow one; one of them is seen."""
        from letters.formats.charts import narrow_svg, svg, text_size

        fonts = self._chart_fonts()
        narrow = svg_address(narrow_svg(chart, self.look, fonts=fonts).encode())
        wide = svg_address(svg(chart, self.look, fonts=fonts).encode())
        size = 'width="{:.0f}" height="{:.0f}"'.format(*chart_size(len(chart.categories), text_size(self.look)))
        return (
            f'<picture><source media="(max-width: 40rem)" srcset="{narrow}">'
            f'<img src="{wide}" alt="{escape(chart.alt)}" {size}></picture>'
        )

    def _scrolling(self, look: str, name: str, inner: str) -> str:
        """Return something wide that scrolls by itself, and with the keyboard; its caption names it."""
        label = f'role="region" tabindex="0" aria-labelledby="{escape(name)}-caption"'
        return f'<div class="{look}" {label}>\n{inner}</div>\n'

    def _note(self, name: str) -> str:
        number = self._notes[name]
        return (
            f'<sup><a id="reference-{number}" href="#note-{number}" role="doc-noteref"'
            f' aria-label="Footnote {number}">{number}</a></sup>'
        )

    def endnotes(self) -> str:
        items = "".join(self._endnote(number, note) for number, note in enumerate(self._document.notes, start=1))
        if not items:
            return ""
        return (
            '<section class="footnotes" role="doc-endnotes" aria-labelledby="footnotes-heading">\n'
            f'<h2 id="footnotes-heading">Footnotes</h2>\n<ol>\n{items}</ol>\n</section>\n'
        )

    def _endnote(self, number: int, note: Footnote) -> str:
        label = f'role="doc-backlink" aria-label="Back to footnote {number} in the text"'
        back = f'<a href="#reference-{number}" {label}>↩</a>'
        return f'<li id="note-{number}"><span class="note">{self._runs(note.runs)}</span> {back}</li>\n'


class PrintWriter(Writer):
    """Writes the page that is printed: each footnote floats to the foot of its page."""

    def _name(self, block_id: str) -> str:
        return f' id="{escape(block_id)}"' if block_id else ""

    def _chart_fonts(self) -> str:
        return f"'{self._house.settings.look.print_font}'"

    def _note(self, name: str) -> str:
        note = self._document.notes[self._notes[name] - 1]
        return f'<span class="footnote">{self._runs(note.runs)}</span>'

    def _further(self, item: Item) -> str:
        """Return a further paragraph within the item's own: PDF/UA-1 allows a list item one body."""
        return f"<br><br>{self._runs(item.runs)}"


class LargePrintWriter(PrintWriter):
    """Writes the page that is printed large: emphasis is bold, for slanted letters are hard to read."""

    longest_whole = LONGEST_WHOLE // 3

    def __init__(self, document: Document, house: House) -> None:
        super().__init__(document, house)
        self.look = house.settings.large_print_look

    def _run(self, run: Run) -> str:
        return super()._run(run._replace(emphasis=False, strong=run.strong or run.emphasis))


def sign(role: str) -> str:
    """Return the sign of a mark of the matrix; its words say what it means. Other paragraphs have none."""
    if role not in SIGNS:
        return ""
    drawing = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 10 10'>{SIGNS[role]}</svg>"
    return f'<img class="sign" src="{svg_address(drawing.encode())}" alt="" width="10" height="10">'


def image(picture: Picture, alt: str) -> str:
    """Return a picture that is part of the page itself."""
    address = svg_address(picture.drawing) if picture.drawing else f"data:image/png;base64,{encoded(picture.data)}"
    return f'<img src="{address}" alt="{escape(alt)}" width="{picture.width}" height="{picture.height}">'


def svg_address(drawing: bytes) -> str:
    """Return a drawing as an address that holds it."""
    return f"data:image/svg+xml;base64,{encoded(drawing)}"


def encoded(data: bytes) -> str:
    """Return bytes in base64."""
    return base64.b64encode(data).decode("ascii")
