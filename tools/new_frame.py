"""Starts a house's frame.docx, and the report.docx of its overviews, from the look in its house.yaml; from then on Word is its editor.

python tools/new_frame.py ofsted
python tools/new_frame.py my-styles/estyn
"""

import re
import sys
from pathlib import Path

from letters.houses.house import House, Look
from letters.houses.loading import STYLES, house
from letters.word.package import archive, member

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NAMES = f'xmlns:w="{W}" xmlns:r="{R}"'
TEXT_WIDTH = 9072
"""Twentieths of a point between the margins: A4 less 2.5 cm on both sides."""


def styles(look: Look, more: str) -> str:
    """Return styles.xml."""
    accent, ink, link = (colour[1:].upper() for colour in (look.accent, look.ink, look.link))
    border = "".join(
        f'<w:{side} w:val="single" w:sz="8" w:space="6" w:color="{accent}"/>'
        for side in ("top", "left", "bottom", "right")
    )
    boxed = f'<w:pBdr>{border}</w:pBdr><w:spacing w:before="0" w:after="120"/><w:ind w:left="170" w:right="170"/>'
    headed = boxed.replace('w:before="0"', 'w:before="240"')
    font = f'<w:rFonts w:ascii="{look.word_font}" w:hAnsi="{look.word_font}" w:eastAsia="{look.word_font}" w:cs="{look.word_font}"/>'
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{font}<w:color w:val="{ink}"/>{size(look.text_size)}'
        f'<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f'<w:pPrDefault><w:pPr><w:widowControl/><w:spacing w:after="200"/></w:pPr></w:pPrDefault></w:docDefaults>'
    )
    bold = "<w:b/><w:bCs/>"
    parts = [
        style("Normal", "Normal", default=True),
        heading(1, look.title_size, accent),
        heading(2, look.heading_size, accent),
        heading(3, look.subheading_size, accent),
        style("ListBullet", "List Bullet", numbering(1, 0) + spacing(0, 120)),
        style("ListBullet2", "List Bullet 2", numbering(1, 1) + spacing(0, 80)),
        style("ListNumber", "List Number", numbering(2, 0) + spacing(0, 160)),
        style("ListContinue", "List Continue", spacing(0, 120) + '<w:ind w:left="425"/>'),
        style("ListContinue2", "List Continue 2", spacing(0, 80) + '<w:ind w:left="794"/>'),
        style("Date", "Date", spacing(240, 240)),
        style("Addressee", "Addressee", spacing(0, 40) + '<w:ind w:left="284" w:hanging="284"/>'),
        style("Salutation", "Salutation", spacing(240, 200)),
        style("DraftNote", "Draft Note", boxed),
        style("CaseStudy", "Case Study", boxed),
        style("CaseStudyHeading", "Case Study Heading", f"<w:keepNext/>{headed}", based_on="Heading3"),
        style("TableText", "Table Text", spacing(40, 80)),
        style("TableHeading", "Table Heading", "<w:keepNext/>" + spacing(60, 60), bold),
        style("Closing", "Closing", "<w:keepNext/>" + spacing(120, 240)),
        style("Signature", "Signature", "<w:keepNext/>" + spacing(120, 60)),
        style("SignatoryInspectorate", "Signatory Inspectorate", "<w:keepNext/>" + spacing(0, 0), bold),
        style("SignatoryName", "Signatory Name", "<w:keepNext/><w:keepLines/>" + spacing(480, 0), bold),
        style("SignatoryTitle", "Signatory Title", "<w:keepLines/>" + spacing(0, 240) + "<w:contextualSpacing/>"),
        style("Header", "header", spacing(0, 240)),
        style(
            "Footer",
            "footer",
            f'<w:tabs><w:tab w:val="right" w:pos="{TEXT_WIDTH}"/></w:tabs>' + spacing(0, 0),
            size(10),
        ),
        style("FootnoteText", "footnote text", spacing(0, 40), size(look.note_size)),
        character("FootnoteReference", "footnote reference", '<w:vertAlign w:val="superscript"/>'),
        character("Hyperlink", "Hyperlink", f'<w:color w:val="{link}"/><w:u w:val="single"/>'),
        character("DraftNumber", "Draft Number", f'<w:color w:val="595959"/>{size(8)}'),
        table_style(look),
    ]
    return f"{HEAD}<w:styles {NAMES}>{defaults}{''.join(parts)}{more}</w:styles>"


def size(points: float) -> str:
    """Return a size; WordprocessingML counts half points."""
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def spacing(before: int, after: int) -> str:
    """Return the space around a paragraph in twentieths of a point."""
    return f'<w:spacing w:before="{before}" w:after="{after}"/>'


def numbering(num: int, level: int) -> str:
    """Return the numbering of a list style."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'


def style(
    name_id: str, name: str, paragraph: str = "", run: str = "", *, based_on: str = "Normal", default: bool = False
) -> str:
    """Return a paragraph style."""
    base = "" if default else f'<w:basedOn w:val="{based_on}"/>'
    return (
        f'<w:style w:type="paragraph"{" w:default=" + chr(34) + "1" + chr(34) if default else ""} w:styleId="{name_id}">'
        f'<w:name w:val="{name}"/>{base}<w:qFormat/>'
        f"{f'<w:pPr>{paragraph}</w:pPr>' if paragraph else ''}{f'<w:rPr>{run}</w:rPr>' if run else ''}</w:style>"
    )


def heading(level: int, points: float, accent: str) -> str:
    """Return a heading style."""
    paragraph = f'<w:keepNext/><w:keepLines/>{spacing(240, 120)}<w:outlineLvl w:val="{level - 1}"/>'
    run = f'<w:b/><w:bCs/><w:color w:val="{accent}"/>{size(points)}'
    return style(f"Heading{level}", f"heading {level}", paragraph, run)


def character(name_id: str, name: str, run: str) -> str:
    """Return a character style."""
    return (
        f'<w:style w:type="character" w:styleId="{name_id}"><w:name w:val="{name}"/><w:qFormat/>'
        f"<w:rPr>{run}</w:rPr></w:style>"
    )


def table_style(look: Look) -> str:
    """Return the style of tables."""
    accent = look.accent[1:].upper()
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{accent}"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margins = '<w:tblCellMar><w:left w:w="108" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar>'
    row_names = '<w:tblStylePr w:type="firstCol"><w:rPr><w:b/><w:bCs/></w:rPr></w:tblStylePr>'
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{look.tint[1:].upper()}"/>'
    return (
        '<w:style w:type="table" w:default="1" w:styleId="LetterTable"><w:name w:val="Letter Table"/><w:qFormat/>'
        f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders>{margins}</w:tblPr>"
        f'<w:tblStylePr w:type="firstRow"><w:tcPr>{shade}</w:tcPr></w:tblStylePr>{row_names}</w:style>'
    )


FACE_OF_SQUARES = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/>' + size(9)
SIGNS = {"MarkStrength": "\N{CHECK MARK}", "MarkPriority": "!", "MarkImprovement": "\N{WHITE UP-POINTING TRIANGLE}"}
"""What stands before each mark of the matrix of a report."""
KEY_LIST = 3
"""The number of the list of key findings; those of the signs come after it."""
SIGN_FACE = '<w:rFonts w:ascii="Segoe UI Symbol" w:hAnsi="Segoe UI Symbol" w:eastAsia="Segoe UI Symbol" w:cs="Segoe UI Symbol"/>'


def sign_lists() -> tuple[str, str]:
    """Return the lists of key findings and of the signs of marks, and their instances."""
    square = level(0, "bullet", "\N{BLACK SQUARE}", 595, FACE_OF_SQUARES, "KeyFinding")
    lists = (
        f'<w:abstractNum w:abstractNumId="{KEY_LIST}"><w:multiLevelType w:val="singleLevel"/>{square}</w:abstractNum>'
    )
    instances = f'<w:num w:numId="{KEY_LIST}"><w:abstractNumId w:val="{KEY_LIST}"/></w:num>'
    for number, (style_id, sign) in enumerate(SIGNS.items(), start=KEY_LIST + 1):
        first = level(0, "bullet", sign, 200, SIGN_FACE + size(7), style_id, hanging=160)
        lists += (
            f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="singleLevel"/>{first}</w:abstractNum>'
        )
        instances += f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
    return lists, instances


def numbering_part(*, report: bool) -> str:
    """Return numbering.xml: square bullets with dashes below, numbers with dashes below, and the signs of a report."""
    lists, instances = sign_lists() if report else ("", "")
    square = level(
        0,
        "bullet",
        "\N{BLACK SQUARE}",
        425,
        FACE_OF_SQUARES,
        "ListBullet",
    )
    dash = level(1, "bullet", "\N{EN DASH}", 794, "", "ListBullet2")
    number = level(0, "decimal", "%1.", 567, "", "ListNumber", hanging=567)
    plain_dash = level(1, "bullet", "\N{EN DASH}", 936, "", None)
    return (
        f"{HEAD}<w:numbering {NAMES}>"
        f'<w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="multilevel"/>{square}{dash}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="2"><w:multiLevelType w:val="multilevel"/>{number}{plain_dash}</w:abstractNum>'
        f'{lists}<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
        f"{instances}</w:numbering>"
    )


def level(number: int, form: str, text: str, left: int, run: str, style_id: str | None, hanging: int = 369) -> str:
    """Return one level of a list."""
    linked = f'<w:pStyle w:val="{style_id}"/>' if style_id else ""
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{linked}<w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:tabs><w:tab w:val="num" w:pos="{left}"/></w:tabs>'
        f'<w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr>{f"<w:rPr>{run}</w:rPr>" if run else ""}</w:lvl>'
    )


def document(names: tuple[str, ...]) -> str:
    """Return document.xml: the places of a letter or a report, and the page."""
    places = "".join(f"<w:p><w:r><w:t>{{{{p {place} }}}}</w:t></w:r></w:p>" for place in names)
    page = (
        '<w:headerReference w:type="default" r:id="rId7"/><w:headerReference w:type="first" r:id="rId8"/>'
        '<w:footerReference w:type="default" r:id="rId9"/><w:footerReference w:type="first" r:id="rId10"/>'
        '<w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="2098" w:right="1417" w:bottom="1247" w:left="1417" w:header="567" w:footer="567" w:gutter="0"/>'
        '<w:cols w:space="567"/><w:titlePg/>'
    )
    return f"{HEAD}<w:document {NAMES}><w:body>{places}<w:sectPr>{page}</w:sectPr></w:body></w:document>"


def header(place: str = "letterhead") -> str:
    """Return a header: the place of the letterhead, or of the running title of a report."""
    return f"{HEAD}<w:hdr {NAMES}><w:p><w:r><w:t>{{{{p {place} }}}}</w:t></w:r></w:p></w:hdr>"


def footer(numbered: bool) -> str:
    """Return a footer: the place of the draft's mark, and the page number."""
    field = "".join(
        f"<w:r>{inner}</w:r>"
        for inner in (
            "<w:tab/>",
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>2</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
        )
    )
    mark = "<w:r><w:t>{{r draft_mark }}</w:t></w:r>"
    return (
        f'{HEAD}<w:ftr {NAMES}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
        f"{mark}{field if numbered else ''}</w:p></w:ftr>"
    )


def footnotes() -> str:
    """Return footnotes.xml with the two separators that Word wants."""
    notes = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:pPr><w:spacing w:after="0"/></w:pPr>'
        f"<w:r><w:{mark}/></w:r></w:p></w:footnote>"
        for kind, number, mark in (
            ("separator", -1, "separator"),
            ("continuationSeparator", 0, "continuationSeparator"),
        )
    )
    return f"{HEAD}<w:footnotes {NAMES}>{notes}</w:footnotes>"


def settings() -> str:
    """Return settings.xml: Word 2013 and later, British English."""
    uri = "http://schemas.microsoft.com/office/word"
    return (
        f'{HEAD}<w:settings {NAMES}><w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
        f'<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="{uri}" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="en-GB"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def font_table(look: Look) -> str:
    """Return fontTable.xml: the house's face, and the free one that stands in for it."""
    return (
        f'{HEAD}<w:fonts {NAMES}><w:font w:name="{look.word_font}"><w:altName w:val="{look.word_fallback}"/>'
        '<w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    )


def relationships(targets: list[tuple[str, str]]) -> str:
    """Return a relationships part."""
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{R}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


def theme(look: Look) -> str:
    """Return theme1.xml: Word expects one; nothing in the styles refers to it."""
    colours = {"dk1": look.ink, "lt1": "#ffffff", "dk2": look.accent, "lt2": look.tint}
    colours |= {f"accent{number}": look.accent for number in range(1, 7)}
    colours |= {"hlink": look.link, "folHlink": look.link}
    scheme = "".join(
        f'<a:{name}><a:srgbClr val="{colour[1:].upper()}"/></a:{name}>' for name, colour in colours.items()
    )
    face = f'<a:latin typeface="{look.word_font}"/><a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'{HEAD}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Letters"><a:themeElements>'
        f'<a:clrScheme name="Letters">{scheme}</a:clrScheme><a:fontScheme name="Letters"><a:majorFont>{face}</a:majorFont>'
        f'<a:minorFont>{face}</a:minorFont></a:fontScheme><a:fmtScheme name="Letters"><a:fillStyleLst>{fill * 3}'
        f"</a:fillStyleLst><a:lnStyleLst>{line * 3}</a:lnStyleLst><a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


def content_types() -> str:
    """Return [Content_Types].xml."""
    kinds = {f"{name}.xml": name for name in ("styles", "numbering", "settings", "fontTable", "footnotes")}
    kinds |= {"document.xml": "document.main", "header1.xml": "header", "header2.xml": "header"}
    kinds |= {"footer1.xml": "footer", "footer2.xml": "footer"}
    rows = "".join(
        f'<Override PartName="/word/{name}" ContentType="{WORD}.{kind}+xml"/>' for name, kind in sorted(kinds.items())
    )
    rows += '<Override PartName="/word/theme/theme1.xml" ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/>'
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{rows}</Types>'
    )


def of_a_report(sheet: str, look: Look) -> str:
    """Return styles.xml with what differs in a report: its title on the cover, its chapters, its boxes and its lines."""
    accent, tint = look.accent[1:].upper(), look.tint[1:].upper()
    title = heading(1, look.title_size, AUTOMATIC).replace(
        spacing(240, 120), panel("top", accent) + spacing(1400, 0) + PANEL_INDENT
    )
    chapter = heading(2, look.heading_size, accent).replace(spacing(240, 120), ruled(accent) + spacing(480, 200))
    sheet = replaced(sheet, heading(1, look.title_size, accent), title)
    sheet = replaced(sheet, heading(2, look.heading_size, accent), chapter)
    ground = f'<w:shd w:val="clear" w:color="auto" w:fill="{tint}"/>'
    framed = "".join(edge(side, 4, 6, tint) for side in ("left", "bottom", "right"))
    indent = '<w:ind w:left="170" w:right="170"/>'
    study = f"<w:pBdr>{framed}</w:pBdr>{ground}{spacing(0, 120)}{indent}"
    head = f"<w:keepNext/><w:pBdr>{edge('top', 24, 6, accent)}{framed}</w:pBdr>{ground}{spacing(240, 120)}{indent}"
    sheet = restyled(sheet, style("CaseStudy", "Case Study", study))
    sheet = restyled(sheet, style("CaseStudyHeading", "Case Study Heading", head, based_on="Heading3"))
    lines = f'w:space="0" w:color="{accent}"'
    return sheet.replace(lines, f'w:space="0" w:color="{PALE_LINE}"')


AUTOMATIC = "auto"
"""The colour that Word and LibreOffice choose themselves: white on a dark ground, black on a light one."""
PALE_LINE = "8A9299"
"""The lines of a report's tables."""
PANEL_INDENT = '<w:ind w:left="340" w:right="340"/>'


def panel(side: str, accent: str) -> str:
    """Return the ground and the edges of a part of the cover's panel, which is open to its other part."""
    edges = "".join(
        edge(each, 48, 31 if each == side else 11, accent)
        for each in ("top", "left", "bottom", "right")
        if each in (side, "left", "right")
    )
    return f'<w:pBdr>{edges}</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="{accent}"/>'


def ruled(accent: str) -> str:
    """Return the line above a chapter."""
    return f"<w:pBdr>{edge('top', 24, 6, accent)}</w:pBdr>"


def edge(side: str, eighths: int, space: int, colour: str) -> str:
    """Return one edge of a paragraph, in eighths of a point, at a distance in points."""
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="{space}" w:color="{colour}"/>'


def replaced(sheet: str, old: str, new: str) -> str:
    """Return styles.xml with one style in place of another."""
    assert old in sheet
    return sheet.replace(old, new, 1)


def restyled(sheet: str, new: str) -> str:
    """Return styles.xml with a style in place of the one of its id."""
    name_id = re.search(r'w:styleId="(\w+)"', new)[1]  # type: ignore[index]
    old = re.search(rf'<w:style w:type="paragraph" w:styleId="{name_id}">.*?</w:style>', sheet, re.DOTALL)
    assert old is not None
    return sheet.replace(old[0], new, 1)


def report_styles(look: Look) -> str:
    """Return the styles that only a report has."""
    accent, tint = look.accent[1:].upper(), look.tint[1:].upper()
    bar = f'<w:pBdr><w:left w:val="single" w:sz="36" w:space="10" w:color="{accent}"/></w:pBdr>'
    quoted = f'{bar}{{}}<w:ind w:left="340"/>'
    right = f'<w:tabs><w:tab w:val="right" w:pos="{TEXT_WIDTH}"/></w:tabs>'
    ground = f'<w:shd w:val="clear" w:color="auto" w:fill="{tint}"/>'
    key = f'{numbering(KEY_LIST, 0)}<w:pBdr>{edge("left", 40, 8, accent)}</w:pBdr>{ground}{spacing(60, 60)}<w:ind w:left="595" w:hanging="369"/>'
    white, large = f'<w:color w:val="{AUTOMATIC}"/>', f'<w:color w:val="{accent}"/>{size(13)}'
    return "".join(
        [
            style("Subtitle", "Subtitle", panel("bottom", accent) + spacing(0, 1000) + PANEL_INDENT, white + size(18)),
            style("CoverFacts", "Cover Facts", spacing(0, 120), size(12)),
            style("Quote", "Quote", "<w:keepNext/><w:keepLines/>" + quoted.format(spacing(120, 60)), large),
            style("KeyFinding", "Key Finding", key, based_on="ListBullet"),
            mark_style("Strength", KEY_LIST + 1, look.mark_strength, AUTOMATIC),
            mark_style("Priority", KEY_LIST + 2, look.mark_priority, AUTOMATIC),
            mark_style("Improvement", KEY_LIST + 3, "#ffffff", look.mark_improvement[1:].upper()),
            style("TableNote", "Table Note", spacing(80, 200), size(9)),
            style("QuoteSource", "Quote Source", quoted.format(spacing(0, 200))),
            style("Caption", "caption", "<w:keepNext/><w:keepLines/>" + spacing(200, 100), "<w:b/><w:bCs/>"),
            style("TableTextSmall", "Table Text Small", spacing(30, 60), size(8.5), based_on="TableText"),
            style("TableHeadingSmall", "Table Heading Small", spacing(40, 40), size(8), based_on="TableHeading"),
            style("TOC1", "toc 1", "<w:keepNext/>" + right + spacing(120, 40), "<w:b/><w:bCs/>"),
            style("TOC2", "toc 2", right + spacing(0, 20) + '<w:ind w:left="284"/>', size(10)),
        ]
    )


MARK_INDENT = '<w:ind w:left="200" w:right="40" w:hanging="160"/>'


def mark_style(name: str, number: int, ground: str, words: str) -> str:
    """Return the style of a mark of the matrix: its sign is the bullet of a list, which is no word of the report."""
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{ground[1:].upper()}"/>'
    frame = (
        "".join(edge(side, 6, 1, words) for side in ("top", "left", "bottom", "right")) if words != AUTOMATIC else ""
    )
    paragraph = f"{numbering(number, 0)}{frame and f'<w:pBdr>{frame}</w:pBdr>'}{fill}{spacing(20, 20)}{MARK_INDENT}"
    return style(
        f"Mark{name}", f"Mark {name}", paragraph, f'<w:color w:val="{words}"/>{size(8.5)}', based_on="TableText"
    )


LETTER = ("date", "addressees", "body", "sign_off")
REPORT = ("body",)


def frame(look: Look, places: tuple[str, ...]) -> bytes:
    """Return the bytes of a frame."""
    report = places == REPORT
    order = ["styles", "numbering", "settings", "fontTable", "footnotes"]
    targets = [(kind, f"{kind}.xml") for kind in order]
    targets.append(("theme", "theme/theme1.xml"))
    targets += [
        ("header", "header1.xml"),
        ("header", "header2.xml"),
        ("footer", "footer1.xml"),
        ("footer", "footer2.xml"),
    ]
    parts = {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relationships([("officeDocument", "word/document.xml")]),
        "word/document.xml": document(places),
        "word/_rels/document.xml.rels": relationships(targets),
        "word/styles.xml": of_a_report(styles(look, report_styles(look)), look) if report else styles(look, ""),
        "word/numbering.xml": numbering_part(report=report),
        "word/settings.xml": settings(),
        "word/fontTable.xml": font_table(look),
        "word/footnotes.xml": footnotes(),
        "word/theme/theme1.xml": theme(look),
        "word/header1.xml": header("running_title" if report else "letterhead"),
        "word/header2.xml": header(),
        "word/footer1.xml": footer(numbered=True),
        "word/footer2.xml": footer(numbered=False),
    }
    return archive([member(name, text.encode()) for name, text in parts.items()])


def main(name: str) -> None:
    """Write the frames of one house, by its name or its folder; a frame that is there already is left alone."""
    folder = Path(name) if "/" in name else STYLES / name
    found: House = house(folder.name, styles=folder.parent)
    kinds = {"frame.docx": (found.settings.look, LETTER), "report.docx": (found.settings.report_look, REPORT)}
    for file_name, (look, places) in kinds.items():
        path = folder / file_name
        if path.exists():
            print(f"{path} is there already; delete it to start it anew")
        else:
            path.write_bytes(frame(look, places))
            print(f"wrote {path}")


if __name__ == "__main__":
    for wanted in sys.argv[1:]:
        main(wanted)
