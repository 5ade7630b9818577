"""The shell of a working page: one heading, its own style, and nothing fetched from anywhere."""

from html import escape

SHELL = """<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
<main>
<h1>{title}</h1>
{body}
</main>
</body>
</html>
"""


def working_page(title: str, style: str, body: str) -> str:
    """Return a page for those who work on a document; `style` is CSS, `body` HTML, the title plain text."""
    return SHELL.format(title=escape(title), style=style, body=body)
