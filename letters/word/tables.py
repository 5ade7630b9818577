"""Tables in WordprocessingML: a header row that repeats, rows that stay whole, widths by what the columns hold (17.4)."""

from html import escape

from letters.document.blocks import Table
from letters.document.walk import what_columns
from letters.houses.measures import CELL_PADDING, FIRST_SHARE, MANY_COLUMNS, WIDE_FIRST

NARROW_MARGINS = f'<w:tblCellMar><w:left w:w="{CELL_PADDING * 10}" w:type="dxa"/><w:right w:w="{CELL_PADDING * 10}" w:type="dxa"/></w:tblCellMar>'
"""Of the cells of a table of many columns, in twentieths of a point."""


def table_xml(table: Table, style: str, widths: list[int], rows: list[str]) -> str:
    """Return a table of rows that are written already."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    described = (
        f'<w:tblCaption w:val="{escape(table.caption)}"/><w:tblDescription w:val="{escape(what_columns(table))}"/>'
    )
    margins = NARROW_MARGINS if len(table.header) >= MANY_COLUMNS else ""
    named = ("00A0", 1) if table.row_headers else ("0020", 0)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="5000" w:type="pct"/>'
        f'<w:tblLayout w:type="fixed"/>{margins}<w:tblLook w:val="{named[0]}" w:firstRow="1" w:lastRow="0" w:firstColumn="{named[1]}"'
        f' w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>{described}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def unruled_table_xml(widths: list[int], rows: list[str]) -> str:
    """Return rows that stand side by side without lines: signatures, which are read cell by cell."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(f'<w:{side} w:val="nil"/>' for side in sides)
    margins = '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="140" w:type="dxa"/></w:tblCellMar>'
    look = '<w:tblLook w:val="0000" w:firstRow="0" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{lines}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/>{margins}{look}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def column_widths(table: Table, width: int) -> list[int]:
    """Return the widths of a table's columns: the last takes two thirds where there are two."""
    count = len(table.header)
    if count == 2:
        return [width // 3, width - width // 3]
    if table.row_headers and count >= WIDE_FIRST:
        other = round(width / (count - 1 + FIRST_SHARE))
        return [width - other * (count - 1), *[other] * (count - 1)]
    return [width // count] * count


def row_xml(cells: list[list[str]], widths: list[int], properties: str) -> str:
    """Return a row of cells; where there are fewer of them than columns, the last takes the rest."""
    inner = ""
    for place, cell in enumerate(cells, start=1):
        over = widths[place - 1 :] if place == len(cells) else widths[place - 1 : place]
        spans = f'<w:gridSpan w:val="{len(over)}"/>' if len(over) > 1 else ""
        inner += f'<w:tc><w:tcPr><w:tcW w:w="{sum(over)}" w:type="dxa"/>{spans}</w:tcPr>{"".join(cell)}</w:tc>'
    return f"<w:tr>{properties and f'<w:trPr>{properties}</w:trPr>'}{inner}</w:tr>"
