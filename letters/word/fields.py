"""What Word works out by itself: contents, numbers of tables and figures, and references to them (17.16.5)."""

import re
import zlib
from collections.abc import Iterable, Iterator
from html import escape

from letters.document.blocks import Entry

NUMBERED = re.compile(r"^(\w+) (\d+)$")
"""A label that Word can count: a word and a number."""


def heading_bookmark(block_id: str) -> str:
    """Return the bookmark of a heading that the contents lead to; Word calls its own so."""
    return f"_Toc{zlib.crc32(block_id.encode()):010d}"


def label_bookmark(block_id: str) -> str:
    """Return the bookmark of the label of a table or figure that references lead to."""
    return f"_Ref{zlib.crc32(block_id.encode()):010d}"


def bookmarked(name: str, number: int, runs: str) -> str:
    """Return runs between the ends of a bookmark."""
    start = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
    return f'{start}{runs}<w:bookmarkEnd w:id="{number}"/>'


def field(instruction: str, result: str) -> str:
    """Return a field with the result that stands until Word works it out."""
    return f"{opened(instruction)}{result}{CLOSED}"


def opened(instruction: str) -> str:
    """Return the beginning of a field, up to its result."""
    code = f'<w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText>'
    return f"{mark('begin')}<w:r>{code}</w:r>{mark('separate')}"


def mark(kind: str) -> str:
    """Return one of the three marks of a field."""
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


CLOSED = mark("end")


def text_run(words: str) -> str:
    """Return a run of words."""
    return f'<w:r><w:t xml:space="preserve">{escape(words, quote=False)}</w:t></w:r>'


def label_runs(label: str, block_id: str, number: int) -> str:
    """Return the label of a table or figure, which Word counts and references lead to."""
    found = NUMBERED.match(label)
    if found is None:
        return text_run(label)
    counted = field(f"SEQ {found[1]} \\* ARABIC", text_run(found[2]))
    return bookmarked(label_bookmark(block_id), number, f"{text_run(f'{found[1]} ')}{counted}")


def reference_runs(words: str, block_id: str, style: str) -> str:
    """Return a reference to a table or figure."""
    look = f'<w:r><w:rPr><w:rStyle w:val="{style}"/></w:rPr><w:t xml:space="preserve">{escape(words, quote=False)}</w:t></w:r>'
    return field(f"REF {label_bookmark(block_id)} \\h", look)


def contents_paragraphs(entries: Iterable[Entry], styles: dict[str, str], width: int) -> Iterator[str]:
    """Yield the paragraphs of the contents: one field over all, each entry a link.

    The numbers of pages are left for Word and LibreOffice to work out, for nobody else knows how they break pages;
    until then nothing leads to a number that is not there.
    """
    held = list(entries)
    levels = [entry.level for entry in held]
    begin = opened(f'TOC \\o "{min(levels)}-{max(levels)}" \\h \\z \\u')
    for place, entry in enumerate(held):
        name = heading_bookmark(entry.target)
        page = field(f"PAGEREF {name} \\h", "")
        link = f'<w:hyperlink w:anchor="{name}" w:history="1">{text_run(entry.text)}<w:r><w:tab/></w:r>{page}</w:hyperlink>'
        tab = f'<w:tabs><w:tab w:val="right" w:pos="{width}"/></w:tabs>'
        look = f'<w:pPr><w:pStyle w:val="{styles[f"contents-{entry.level}"]}"/>{tab}</w:pPr>'
        yield f"<w:p>{look}{begin}{link}{CLOSED if place + 1 == len(held) else ''}</w:p>"
        begin = ""
