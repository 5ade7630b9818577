"""Issues for people and programs: a table, JSON, and a page that shows the letter with each issue at its sentence."""

from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby
from typing import Any

from letters.checks.issue import Issue, Level
from letters.document.blocks import Block, Box, Document, Figure, Heading, Item, Paragraph, plain
from letters.document.walk import every_block
from letters.findings.files import dotted

ASIDE = ' class="aside"'
PAGE = """<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 1.05rem/1.5 Arial, Helvetica, sans-serif; max-width: 52rem; margin: 0 auto; padding: 1rem; color: #0b0c0c; }}
mark {{ background: #ffe8a3; color: inherit; }}
.issues {{ margin: 0 0 1.2rem; padding: 0.5rem 0.5rem 0.5rem 1.75rem; border-left: 4px solid #946200; background: #f8f5ec; }}
.error {{ border-color: #b3000c; }}
.aside {{ color: #505a5f; }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
<p>{summary}</p>
{body}
</main>
</body>
</html>
"""


def as_json(issues: Iterable[Issue], lines: Sequence[int]) -> list[dict[str, Any]]:
    """Return issues as plain data; `lines` gives the line of each in the file."""
    return [
        {
            "rule": issue.code,
            "level": issue.level.value,
            "finding": issue.finding,
            "field": dotted(issue.path),
            "line": lines[place],
            "message": issue.message,
            "remedy": issue.remedy,
            "words": issue.words,
            "overridden": issue.overridden or None,
        }
        for place, issue in enumerate(issues)
    ]


def table(title: str, issues: list[Issue], lines: Sequence[int], width: int) -> str:
    """Return issues as a table for the terminal, grouped by place, the worst place first."""
    from io import StringIO

    from rich.console import Console
    from rich.table import Table as Grid
    from rich.text import Text

    grid = Grid(title=title, title_justify="left", show_lines=False, expand=True)
    for name, ratio in (("Where", 3), ("Rule", 2), ("What", 8), ("What to do", 6)):
        grid.add_column(name, ratio=ratio, overflow="fold")
    rows = list(enumerate(issues))
    for _, group in groupby(sorted(rows, key=lambda row: first_of_place(row, issues)), key=lambda row: row[1].finding):
        for number, (place, issue) in enumerate(group):
            where = f"{issue.finding}\nline {lines[place]}" if number == 0 else ""
            style = "dim" if issue.overridden else "red" if issue.level is Level.ERROR else ""
            said = f"{issue.message}; set aside: {issue.overridden}" if issue.overridden else issue.message
            cells = (where, f"{issue.code} {issue.level}", said, issue.remedy)
            grid.add_row(*(Text(cell) for cell in cells), style=style)
    stream = StringIO()
    Console(file=stream, width=width, no_color=True).print(grid)
    return stream.getvalue()


def first_of_place(row: tuple[int, Issue], issues: list[Issue]) -> tuple[int, int]:
    """Return where an issue's place comes in a table, by its worst issue, and where the issue comes within it."""
    worst = next(place for place, issue in enumerate(issues) if issue.finding == row[1].finding)
    return worst, row[0]


def summary(issues: Sequence[Issue]) -> str:
    """Return the numbers in words."""
    standing = [issue for issue in issues if issue.stands]
    errors = sum(issue.level is Level.ERROR for issue in standing)
    return f"{errors} errors, {len(standing) - errors} warnings, {len(issues) - len(standing)} set aside"


def page(document: Document, issues: list[Issue]) -> str:
    """Return the letter as a page with each issue below the block it is about, its words marked."""
    left = list(issues)
    parts: list[str] = []
    for block in every_block(document.blocks):
        own = [issue for issue in left if belongs(issue, block)]
        left = [issue for issue in left if issue not in own]
        parts.append(block_html(block, own) + issue_list(own))
    title = f"Checks of {document.meta.title}"
    return PAGE.format(title=escape(title), summary=escape(summary(issues)), body=issue_list(left) + "\n".join(parts))


def belongs(issue: Issue, block: Block) -> bool:
    """Say whether an issue is about a block: the finding's own, and the words in it where the issue names some."""
    if isinstance(block, Box | Figure) or issue.finding not in block.sources:
        return False
    words = issue.words.strip()
    return not words or words in plain(words_of(block))


def words_of(block: Block) -> Any:
    """Return the runs of a block that has some."""
    return block.runs if isinstance(block, Heading | Paragraph | Item) else ()


def block_html(block: Block, issues: list[Issue]) -> str:
    """Return one block, with the words of its issues marked."""
    words = escape(plain(words_of(block)), quote=False)
    for said in {escape(issue.words.strip(), quote=False) for issue in issues if issue.words.strip()}:
        words = words.replace(said, f"<mark>{said}</mark>", 1)
    if not words:
        return ""
    if isinstance(block, Heading):
        level = min(block.level + 1, 6)
        return f"<h{level}>{words}</h{level}>"
    return f"<p>{'• ' if isinstance(block, Item) else ''}{words}</p>"


def issue_list(issues: list[Issue]) -> str:
    """Return issues as a list."""
    if not issues:
        return ""
    worst = "error" if any(issue.level is Level.ERROR and issue.stands for issue in issues) else "warning"
    rows = "".join(
        f"<li{ASIDE if issue.overridden else ''}><strong>{issue.code} {issue.level}</strong>"
        f" {escape(issue.finding)}: {escape(issue.message)}. {escape(issue.overridden or issue.remedy)}</li>"
        for issue in issues
    )
    return f'<ul class="issues {worst}">{rows}</ul>'
