"""How pages, lists, tables and pictures are laid out."""

from collections.abc import Iterable, Mapping

from letters.formats.odt.lengths import (
    BULLETED,
    DEEPEST,
    DEEPEST_HEADING,
    KEPT_WHOLE,
    NUMBERED,
    PAGE,
    TEXT_WIDTH,
    around,
    encoded,
    size,
)
from letters.houses.house import Look


def outline() -> str:
    """Return the outline: headings without numbers."""
    levels = "".join(
        f'<text:outline-level-style text:level="{level}" style:num-format=""/>'
        for level in range(1, DEEPEST_HEADING + 1)
    )
    return f'<text:outline-style style:name="Outline">{levels}</text:outline-style>'


def list_styles() -> str:
    """Return the two kinds of lists: squares and numbers, with dashes below."""
    dashes = [bullet(level, "\N{EN DASH}", 0.65 + 0.65 * (level - 1)) for level in range(2, DEEPEST + 1)]
    squares = bullet(1, "\N{BLACK SQUARE}", 0.75, size(9))
    number = f'<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix=".">{hanging(1, 1)}'
    under = [bullet(level, "\N{EN DASH}", 1.65 + 0.65 * (level - 2)) for level in range(2, DEEPEST + 1)]
    kinds = {BULLETED: [squares, *dashes], NUMBERED: [f"{number}</text:list-level-style-number>", *under]}
    return "".join(
        f'<text:list-style style:name="{name}">{"".join(levels)}</text:list-style>' for name, levels in kinds.items()
    )


def bullet(level: int, sign: str, indent: float, text: str = "") -> str:
    """Return a level of a list whose items have a sign."""
    look = f"<style:text-properties {text}/>" if text else ""
    return (
        f'<text:list-level-style-bullet text:level="{level}" text:bullet-char="{sign}">'
        f"{hanging(indent, 0.65)}{look}</text:list-level-style-bullet>"
    )


def hanging(indent: float, hang: float) -> str:
    """Return the place of a list's text, and of the mark before it, in centimetres."""
    place = f'text:list-tab-stop-position="{indent:g}cm" fo:text-indent="-{hang:g}cm" fo:margin-left="{indent:g}cm"'
    return (
        '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
        f'<style:list-level-label-alignment text:label-followed-by="listtab" {place}/></style:list-level-properties>'
    )


def notes() -> str:
    """Return how footnotes are counted and where they stand."""
    return (
        '<text:notes-configuration text:note-class="footnote" text:citation-style-name="Footnote_20_Symbol"'
        ' text:citation-body-style-name="Footnote_20_anchor" style:num-format="1" text:start-value="0"'
        ' text:footnotes-position="page" text:start-numbering-at="document"/>'
    )


PICTURE = (
    '<style:style style:name="Picture" style:family="graphic"><style:graphic-properties style:vertical-pos="top"'
    ' style:vertical-rel="baseline" fo:border="none" fo:padding="0cm" style:wrap="none"/></style:style>'
)
"""A picture that stands in a line of words."""


def page_layout(name: str, *, header: bool, footer: bool) -> str:
    """Return the measures of a page: text begins and ends at the same height whatever stands above and below it."""
    margins = f'fo:margin-top="{1 if header else 2.5}cm" fo:margin-bottom="{1 if footer else 2.2}cm"'
    head = '<style:header-footer-properties fo:min-height="2.2cm" fo:margin-bottom="0.5cm"/>' if header else ""
    foot = '<style:header-footer-properties fo:min-height="1cm" fo:margin-top="0.4cm"/>' if footer else ""
    return (
        f'<style:page-layout style:name="{name}"><style:page-layout-properties {PAGE} {margins}>'
        '<style:footnote-sep style:width="0.018cm" style:distance-before-sep="0.2cm" style:distance-after-sep="0.15cm"'
        ' style:adjustment="left" style:rel-width="25%"/></style:page-layout-properties>'
        f"<style:header-style>{head}</style:header-style><style:footer-style>{foot}</style:footer-style></style:page-layout>"
    )


def master_page(name: str, layout: str, header: str, footer: str, following: str = "") -> str:
    """Return a kind of page with what stands above and below its text."""
    head = f"<style:header>{header}</style:header>" if header else ""
    words = f'<text:p text:style-name="Footer">{footer}</text:p>'
    foot = f"<style:footer>{words}</style:footer>" if footer else ""
    names = f'style:name="{encoded(name)}" style:display-name="{name}" style:page-layout-name="{layout}"'
    return f"<style:master-page {names}{following}>{head}{foot}</style:master-page>"


def cell_look(look: Look, aside: float) -> str:
    """Return the frame of a cell, and the space between it and the words in centimetres."""
    spaces = {"left": aside, "right": aside, "top": 0.1, "bottom": 0.1}
    padding = " ".join(f'fo:padding-{side}="{space:g}cm"' for side, space in spaces.items())
    return f'fo:border="0.5pt solid {look.accent}" {padding} style:vertical-align="top"'


def table_styles(look: Look, widths: Iterable[int]) -> str:
    """Return the styles of tables, rows, cells, and columns of these widths in hundredths of a millimetre."""
    looks = {
        "Table": ("table", f'table-properties style:width="{TEXT_WIDTH:g}cm" table:align="margins" {around(0, 12)}'),
        "UnruledTable": (
            "table",
            f'table-properties style:width="{TEXT_WIDTH:g}cm" table:align="margins" '
            'style:may-break-between-rows="false"',
        ),
        "UnruledCell": (
            "table-cell",
            'table-cell-properties fo:border="none" fo:padding="0cm" fo:padding-right="0.3cm"',
        ),
        "Row": ("table-row", f"table-row-properties {KEPT_WHOLE}"),
        "LongRow": ("table-row", 'table-row-properties fo:keep-together="auto"'),
        **{
            f"{kind}{size}": ("table-cell", f"table-cell-properties {cell_look(look, aside)}{ground}")
            for size, aside in (("", 0.2), ("-small", 0.1))
            for kind, ground in (("Cell", ""), ("HeadingCell", f' fo:background-color="{look.tint}"'))
        },
        **{
            f"Column{width}": ("table-column", f'table-column-properties style:column-width="{width / 1000:.3f}cm"')
            for width in sorted(widths)
        },
    }
    return "".join(
        f'<style:style style:name="{name}" style:family="{family}"><style:{properties}/></style:style>'
        for name, (family, properties) in looks.items()
    )


SECTIONS = (
    '<style:style style:name="OneColumn" style:family="section"><style:section-properties>'
    '<style:columns fo:column-count="1" fo:column-gap="0cm"/></style:section-properties></style:style>'
)
"""The look of a part of the text: the contents."""


def variants(made: Mapping[tuple[str, str], str]) -> str:
    """Return the styles that differ from a named one in a few attributes."""
    return "".join(
        f'<style:style style:name="{name}" style:family="paragraph" style:parent-style-name="{encoded(style)}">'
        f"<style:paragraph-properties {properties}/></style:style>"
        for (style, properties), name in made.items()
    )
