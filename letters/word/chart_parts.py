"""Native charts in Word: a chart part that can be edited, its data as a workbook within it.

python-pptx writes both; what it cannot set (patterns, a first series that is not seen) is set here.
"""

import re
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

from lxml import etree

from letters.document.blocks import Chart
from letters.errors import libraries_missing
from letters.houses.house import Look
from letters.houses.measures import chart_size
from letters.word.names import CONTENT_TYPES, PACKAGE_RELATIONSHIPS, RELATIONSHIP_NS, XML_HEAD
from letters.word.package import Member, archive, member, parse, parts_of
from letters.word.pictures import DRAWING, EMU_PER_POINT

C, A = f"{DRAWING}/chart", f"{DRAWING}/main"
C_, A_ = f"{{{C}}}", f"{{{A}}}"
CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FIRST_DAY_OF_WORKBOOKS = date(1899, 12, 30)
"""The day that a workbook counts its days from (ECMA-376 part 1, 18.17.4)."""
PATTERNS = ("", "wdUpDiag", "pct25")
"""What tells the series apart beside their colour."""
DAYS_OF_A_MONTH = 30.4375
TEXT_SIZE = "1000"
"""Hundredths of a point."""
STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


@dataclass(frozen=True, slots=True)
class ChartParts:
    """A chart that was written: the run that shows it, and the parts behind it."""

    run: str
    members: tuple[Member, ...]


def chart_parts(chart: Chart, look: Look, number: int, drawing_id: int) -> ChartParts:
    """Return a chart; `number` counts the charts of the file, `drawing_id` its drawings."""
    part, book = f"word/charts/chart{number}.xml", f"word/embeddings/chart{number}.xlsx"
    xml, workbook = native(chart, look)
    leads = f'<Relationship Id="rId1" Type="{RELATIONSHIP_NS}/package" Target="../embeddings/chart{number}.xlsx"/>'
    relationships = f'{XML_HEAD}<Relationships xmlns="{PACKAGE_RELATIONSHIPS}">{leads}</Relationships>'
    members = (
        member(part, xml),
        member(f"word/charts/_rels/chart{number}.xml.rels", relationships.encode()),
        member(book, workbook),
    )
    return ChartParts(shown(chart, f"rIdChart{number}", drawing_id), members)


def shown(chart: Chart, relationship: str, number: int) -> str:
    """Return the run with a chart, and the words that stand for it."""
    width, height = (round(points * EMU_PER_POINT) for points in chart_size(len(chart.categories)))
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr id="{number}" name="Chart {number}" descr="{escape(chart.alt)}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic xmlns:a="{A}"><a:graphicData uri="{C}"><c:chart xmlns:c="{C}" r:id="{relationship}"/></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing></w:r>"
    )


def relationship_row(number: int) -> str:
    """Return the relationship from the document to a chart."""
    return f'<Relationship Id="rIdChart{number}" Type="{RELATIONSHIP_NS}/chart" Target="charts/chart{number}.xml"/>'


def with_chart_types(content_types: bytes, count: int) -> bytes:
    """Return [Content_Types].xml with charts and workbooks."""
    rows = f'<Default Extension="xlsx" ContentType="{WORKBOOK_TYPE}"/>'
    rows += "".join(
        f'<Override PartName="/word/charts/chart{number}.xml" ContentType="{CHART_TYPE}"/>'
        for number in range(1, count + 1)
    )
    parse(content_types, CONTENT_TYPES)
    return content_types.replace(b"</Types>", rows.encode() + b"</Types>")


def native(chart: Chart, look: Look) -> tuple[bytes, bytes]:
    """Return the XML of a chart, and the workbook with its data; raises FormatFault without what writes them."""
    try:
        from pptx.chart.data import CategoryChartData
        from pptx.chart.xlsx import CategoryWorkbookWriter
        from pptx.chart.xmlwriter import ChartXmlWriter
        from pptx.enum.chart import XL_CHART_TYPE
    except ImportError as error:
        raise libraries_missing(error) from None
    data = CategoryChartData()
    data.categories = chart.categories
    for series in serial(chart):
        data.add_series(*series)
    xml = ChartXmlWriter(XL_CHART_TYPE.BAR_STACKED, data).xml.encode()
    root = parse(xml, "chart")
    dressed(root, chart, look)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True), timeless(
        CategoryWorkbookWriter(data).xlsx_blob
    )


def serial(chart: Chart) -> list[tuple[str, tuple[int, ...]]]:
    """Return the series; the days of periods as a workbook counts them."""
    if chart.kind == "bars":
        return [(series.name, series.values) for series in chart.series]
    starts = tuple(first_day(chart) + value for value in chart.series[0].values)
    return [(chart.series[0].name, starts), (chart.series[1].name, chart.series[1].values)]


def first_day(chart: Chart) -> int:
    """Return the first day of a chart of periods as a workbook counts it."""
    return (date.fromisoformat(chart.series[0].name) - FIRST_DAY_OF_WORKBOOKS).days


def timeless(workbook: bytes) -> bytes:
    """Return a workbook without the time at which it was made."""
    parts = parts_of(workbook).items()
    return archive(member(name, STAMP.sub(rb"\g<1>2000-01-01T00:00:00Z", data)) for name, data in parts)


def dressed(root: etree._Element, chart: Chart, look: Look) -> None:
    """Give a chart the look of the house: patterns beside colours, numbers in the bars, first category on top."""
    for found in root.iter(f"{C_}axId", f"{C_}crossAx"):
        found.set("val", str(found.get("val")).lstrip("-"))
    for words in root.iter(f"{A_}defRPr"):
        words.set("sz", TEXT_SIZE)
    for title in root.iter(f"{C_}autoTitleDeleted"):
        title.set("val", "1")
    periods = chart.kind == "periods"
    for place, series in enumerate(root.iter(f"{C_}ser")):
        hidden = periods and place == 0
        replaced(series, "spPr", filled(look, 0 if periods else place, hidden), before=("invertIfNegative", "cat"))
        if not periods:
            replaced(series, "dLbls", numbers_in_bars(place, look), before=("cat",))
    for axis in root.iter(f"{C_}catAx"):
        one(axis, f"{C_}scaling/{C_}orientation").set("val", "maxMin")
    for axis in root.iter(f"{C_}valAx"):
        dressed_values(axis, chart)
    if not periods:
        one(root, f"{C_}chart/{C_}plotArea").addnext(
            element('<c:legend><c:legendPos val="t"/><c:overlay val="0"/></c:legend>')
        )


def dressed_values(axis: etree._Element, chart: Chart) -> None:
    """Show the months under periods, and nothing under bars, which bear their numbers."""
    for gone in axis.findall(f"{C_}majorGridlines"):
        if chart.kind == "bars":
            axis.remove(gone)
    scaling = one(axis, f"{C_}scaling")
    if chart.kind == "bars":
        one(axis, f"{C_}delete").set("val", "1")
        scaling.append(element(f'<c:max val="{chart.reach}"/>'))
        scaling.append(element('<c:min val="0"/>'))
        return
    first = first_day(chart)
    scaling.append(element(f'<c:max val="{first + chart.reach + 3}"/>'))
    scaling.append(element(f'<c:min val="{first - 7}"/>'))
    months = max(1, round(chart.reach / 240))
    for gone in axis.findall(f"{C_}crossBetween"):
        axis.remove(gone)
    axis.append(element('<c:crossBetween val="between"/>'))
    axis.append(element(f'<c:majorUnit val="{months * DAYS_OF_A_MONTH}"/>'))
    replaced(axis, "numFmt", '<c:numFmt formatCode="mmm yyyy" sourceLinked="0"/>', before=("majorTickMark",))


def filled(look: Look, place: int, hidden: bool) -> str:
    """Return how the bars of a series are filled."""
    ink = f'<a:solidFill><a:srgbClr val="{look.accent[1:].upper()}"/></a:solidFill>'
    if hidden:
        return "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
    if place == 0:
        return f"<c:spPr>{ink}</c:spPr>"
    colour = look.accent[1:].upper()
    pattern = PATTERNS[place % len(PATTERNS)] or "pct50"
    fill = f'<a:fgClr><a:srgbClr val="{colour}"/></a:fgClr><a:bgClr><a:srgbClr val="FFFFFF"/></a:bgClr>'
    return f'<c:spPr><a:pattFill prst="{pattern}">{fill}</a:pattFill><a:ln w="9525">{ink}</a:ln></c:spPr>'


def numbers_in_bars(place: int, look: Look) -> str:
    """Return the settings that put its number into every bar; a bar of nothing has none."""
    colour = look.ink[1:].upper() if place else "FFFFFF"
    ground = '<c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></c:spPr>' if place else ""
    text = f'<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="{TEXT_SIZE}"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></a:defRPr></a:pPr><a:endParaRPr lang="en-GB"/></a:p></c:txPr>'
    shown_parts = "".join(
        f'<c:{name} val="{value}"/>'
        for name, value in (
            ("showLegendKey", 0),
            ("showVal", 1),
            ("showCatName", 0),
            ("showSerName", 0),
            ("showPercent", 0),
            ("showBubbleSize", 0),
        )
    )
    return f'<c:dLbls><c:numFmt formatCode="0;;;" sourceLinked="0"/>{ground}{text}{shown_parts}</c:dLbls>'


def replaced(parent: etree._Element, name: str, xml: str, before: tuple[str, ...]) -> None:
    """Put an element into its parent, before the first of some others, instead of one of its name."""
    for gone in parent.findall(f"{C_}{name}"):
        parent.remove(gone)
    place = next(child for child in parent if etree.QName(child).localname in before)
    place.addprevious(element(xml))


def element(xml: str) -> etree._Element:
    """Return an element of a chart."""
    head, _, rest = xml.partition(">")
    closed = "/" if head.endswith("/") else ""
    return etree.fromstring(f'{head.rstrip("/")} xmlns:c="{C}" xmlns:a="{A}"{closed}>{rest}')


def one(parent: etree._Element, path: str) -> Any:
    """Return the element at a path, which every chart of this kind has."""
    found = parent.find(path)
    assert found is not None, path
    return found
