"""The running parts of a letter: the logo band in its headers, a draft's marks in its headers and footers."""

import re
from functools import lru_cache
from html import escape

from letters.document.blocks import Document, Draft, Heading, plain
from letters.document.walk import every_block
from letters.houses.house import House
from letters.houses.pictures import Picture
from letters.word.fields import field, text_run
from letters.word.frame import RUNNING, Frame
from letters.word.names import PACKAGE_RELATIONSHIPS, RELATIONSHIP_NS, XML_HEAD
from letters.word.package import Member, member, parse
from letters.word.pictures import drawing

FIRST_NUMBER = 9_000
"""Where the numbers of the letterhead's pictures begin, above those of any letter's own."""
TEXT_WIDTH = re.compile(r'<w:pgSz w:w="(\d+)".*?<w:pgMar [^>]*?w:right="(\d+)"[^>]*?w:left="(\d+)"', re.DOTALL)


def running_parts(frame: Frame, house: House, document: Document) -> tuple[Member, ...]:
    """Return the headers and footers, packed, with their pictures; letters of one letterhead share them."""
    height = house.settings.look.logo_height
    pictures = tuple((figure.alt, house.needed_picture(figure.image)) for figure in document.letterhead)
    return packed(FrameKey(frame), pictures, height, document.draft, running_title(document))


def running_title(document: Document) -> str:
    """Return what stands at the top of a report's pages: its title; a letter has none."""
    if not document.is_report:
        return ""
    titles = (block for block in every_block(document.blocks) if isinstance(block, Heading) and block.level == 1)
    return next((plain(title.runs) for title in titles), "")


class FrameKey:
    """A frame as the key of a cache: one frame is itself and no other."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame

    def __hash__(self) -> int:
        return id(self.frame)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FrameKey) and other.frame is self.frame


@lru_cache(maxsize=64)
def packed(
    key: FrameKey, logos: tuple[tuple[str, Picture], ...], height: float, draft: Draft | None, title: str
) -> tuple[Member, ...]:
    """Return the packed headers, footers, their relationships and pictures."""
    frame = key.frame
    width = text_width(frame)
    look = f'<w:pPr><w:pStyle w:val="{frame.style("header")}"/>{tabs(len(logos), width)}</w:pPr>'
    mark = f'<w:r><w:t xml:space="preserve">{escape(draft.footer)}</w:t></w:r>' if draft else ""
    members = [member(f"word/media/logo{place}.png", picture.data) for place, (_, picture) in enumerate(logos, start=1)]
    for number, name in enumerate(sorted(filter(RUNNING.match, frame.places))):
        band = logo_band(logos, height, width, FIRST_NUMBER + number * len(logos))
        behind = watermark(draft, number) if draft else ""
        head = f"<w:p>{look}{band}{behind}</w:p>"
        part = frame.fill(
            name,
            letterhead=head,
            draft_mark=mark,
            running_title=title_line(title, frame.style("header"), width, behind),
        )
        parse(part, name)
        members.append(member(name, part))
        if b"rIdLogo" in part:
            members.append(relationships(frame, name, len(logos)))
    return tuple(members)


def title_line(title: str, style: str, width: int, behind: str) -> str:
    """Return a paragraph with the title and, at the right, the chapter of the page, which Word and LibreOffice know."""
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{width}"/></w:tabs>'
    look = f'<w:pPr><w:pStyle w:val="{style}"/>{tab}</w:pPr>'
    chapter = field('STYLEREF "heading 2"', text_run(""))
    return f"<w:p>{look}{text_run(title)}<w:r><w:tab/></w:r>{chapter}{behind}</w:p>"


def text_width(frame: Frame) -> int:
    """Return the width between the margins in twentieths of a point."""
    found = TEXT_WIDTH.search(frame.section)
    return int(found[1]) - int(found[2]) - int(found[3]) if found else 9072


def tabs(count: int, width: int) -> str:
    """Return the tab stops that spread logos over the width, the last at the right margin, or set a lone one there."""
    if count < 2:
        return '<w:jc w:val="right"/>'
    stops = [(round(width * place / (count - 1)), "center") for place in range(1, count - 1)] + [(width, "right")]
    inner = "".join(f'<w:tab w:val="{kind}" w:pos="{position}"/>' for position, kind in stops)
    return f"<w:tabs>{inner}</w:tabs>"


def logo_band(logos: tuple[tuple[str, Picture], ...], height: float, width: int, number: int) -> str:
    """Return the runs of the logos, numbered from `number` on, all of one height that lets them fit the width."""
    wide = sum(picture.width / picture.height for _, picture in logos) * height
    height *= min(1, (width / 20 - 12 * len(logos)) / wide)
    drawings = [
        drawing(picture, alt, f"rIdLogo{place}", number + place, height)
        for place, (alt, picture) in enumerate(logos, start=1)
    ]
    return "<w:r><w:tab/></w:r>".join(drawings)


def watermark(draft: Draft, number: int) -> str:
    """Return a run with grey words across the page, behind the text: the shape that Word's own watermarks have."""
    formulas = "sum #0 0 10800|prod #0 2 1|sum 21600 0 @1|sum 0 0 @2|sum 21600 0 @3|if @0 @3 0|if @0 21600 @1|if @0 0 @2|if @0 @4 21600"
    guides = "".join(f'<v:f eqn="{formula}"/>' for formula in formulas.split("|"))
    return (
        '<w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">'
        f'<v:shapetype id="_x0000_t136{number}" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">'
        f'<v:formulas>{guides}</v:formulas><v:path textpathok="t" o:connecttype="rect"/>'
        f'<v:textpath on="t" fitshape="t"/></v:shapetype>'
        f'<v:shape id="DraftWatermark{number}" type="#_x0000_t136{number}" stroked="f" fillcolor="#d9d9d9"'
        ' style="position:absolute;margin-left:0;margin-top:0;width:440pt;height:70pt;rotation:315;z-index:-251658752;'
        "mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;"
        'mso-position-vertical-relative:margin">'
        f'<v:textpath style="font-family:&quot;Arial&quot;;font-size:1pt" string="{escape(draft.watermark)}"/></v:shape></w:pict></w:r>'
    )


def relationships(frame: Frame, part: str, count: int) -> Member:
    """Return the relationships of a running part, with the logos' added to the frame's own."""
    name = part.replace("word/", "word/_rels/") + ".rels"
    rows = "".join(
        f'<Relationship Id="rIdLogo{place}" Type="{RELATIONSHIP_NS}/image" Target="media/logo{place}.png"/>'
        for place in range(1, count + 1)
    )
    own = frame.parts.get(name, b"").decode()
    if own:
        return member(name, own.replace("</Relationships>", f"{rows}</Relationships>").encode())
    return member(name, f'{XML_HEAD}<Relationships xmlns="{PACKAGE_RELATIONSHIPS}">{rows}</Relationships>'.encode())
