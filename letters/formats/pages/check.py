"""The page of checks: the letter with each issue below the block that it is about."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import NamedTuple

from letters.document.blocks import Block, Document, Heading, Item, Paragraph, plain
from letters.document.walk import every_block
from letters.formats.pages.shell import working_page

ASIDE = ' class="aside"'
OPEN_ERROR = '<li class="open-error">'
"""How an error begins that nobody has set aside."""
STYLE = """\
body { font: 1.05rem/1.5 Arial, Helvetica, sans-serif; max-width: 52rem; margin: 0 auto; padding: 1rem;
  color: #0b0c0c; }
mark { background: #ffe8a3; color: inherit; }
.issues { margin: 0 0 1.2rem; padding: 0.5rem 0.5rem 0.5rem 1.75rem; border-left: 4px solid #946200;
  background: #f8f5ec; }
.error { border-color: #b3000c; }
.aside { color: #505a5f; }
"""


class CheckRow(NamedTuple):
    """One issue as the page shows it."""

    marked: str
    """The words of the letter that it is about."""
    label: str
    words: str
    is_error: bool
    is_set_aside: bool


def check_page(document: Document, rows: Mapping[str, list[CheckRow]]) -> str:
    """Return the letter as a page with rows below the block of their key; those of no block come first."""
    left = dict(rows)
    parts = [block_html(block, own := left.pop(block.id, [])) + row_list(own) for block in every_block(document.blocks)]
    rest = [row for own in left.values() for row in own]
    title = f"Checks of {document.meta.title}"
    every = [row for own in rows.values() for row in own]
    found = f"{row_list(rest)}" + "\n".join(parts)
    way = '<p><a href="#first-error">Go to the first error</a></p>\n' if OPEN_ERROR in found else ""
    marked = found.replace(OPEN_ERROR, '<li id="first-error" class="open-error">', 1)
    body = f"<p>{escape(summary(every))}</p>\n{way}{marked}"
    return working_page(title, STYLE, body)


def summary(rows: Iterable[CheckRow]) -> str:
    """Return the numbers of a page in words."""
    held = list(rows)
    open_rows = [row for row in held if not row.is_set_aside]
    errors = sum(row.is_error for row in open_rows)
    return f"{errors} errors, {len(open_rows) - errors} warnings, {len(held) - len(open_rows)} overridden"


def block_html(block: Block, rows: list[CheckRow]) -> str:
    """Return one block, with the words of its issues marked."""
    if not isinstance(block, Heading | Paragraph | Item):
        return ""
    words = escape(plain(block.runs), quote=False)
    for said in {escape(row.marked.strip(), quote=False) for row in rows if row.marked.strip()}:
        words = words.replace(said, f"<mark>{said}</mark>", 1)
    if not words:
        return ""
    if isinstance(block, Heading):
        level = min(block.level + 1, 6)
        return f"<h{level}>{words}</h{level}>"
    return f"<p>{'• ' if isinstance(block, Item) else ''}{words}</p>"


def row_list(rows: list[CheckRow]) -> str:
    """Return rows as a list."""
    if not rows:
        return ""
    worst = "error" if any(row.is_error and not row.is_set_aside for row in rows) else "warning"
    ordered = sorted(rows, key=lambda row: (row.is_set_aside, not row.is_error))
    inner = "".join(f"{item_of(row)}<strong>{row.label}</strong> {escape(row.words)}</li>" for row in ordered)
    return f'<ul class="issues {worst}">{inner}</ul>'


def item_of(row: CheckRow) -> str:
    """Return the beginning of a row in its list."""
    if row.is_set_aside:
        return f"<li{ASIDE}>"
    return OPEN_ERROR if row.is_error else "<li>"
