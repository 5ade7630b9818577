"""The frame of a page: its style sheet, its template and its watermark."""

import base64
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import escape
from typing import Any

import jinja2
import jinja2.sandbox
import tinycss2
from markupsafe import Markup

from letters.document.blocks import (
    Draft,
)
from letters.errors import HouseFault
from letters.houses.house import Asset

FETCHING = ("url", "src", "image", "image-set", "-webkit-image-set", "cross-fade", "-webkit-cross-fade", "element")
"""Functions of CSS that load what their strings name."""
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def style_sheet(asset: Asset) -> str:
    """Return a style sheet without its remarks; raises HouseFault where it leaves its element or fetches something."""
    css = asset.text
    without_remarks = COMMENT.sub("", css)
    if "</" in css or fetches(css) or fetches(without_remarks):
        raise HouseFault(
            f"{asset.name}: it loads content from elsewhere, or closes its element. Keep all content in the file."
        )
    return without_remarks


def fetches(css: str) -> bool:
    """Say whether a style sheet loads anything, as a browser reads it: escapes resolved, remarks passed over."""
    return any(map(is_fetch, tokens_of(tinycss2.parse_component_value_list(css, skip_comments=True))))


def tokens_of(tokens: Iterable[Any]) -> Iterator[Any]:
    """Yield every token, those within blocks and functions too."""
    for token in tokens:
        yield token
        inner = getattr(token, "content", None) or getattr(token, "arguments", None)
        if inner and not isinstance(inner, str):
            yield from tokens_of(inner)


def is_fetch(token: Any) -> bool:
    """Say whether a token loads something from elsewhere."""
    if token.type == "at-keyword":
        return str(token.lower_value) in ("import", "namespace", "font-face-src")
    if token.type == "url":
        return leads_away(token.value)
    if token.type == "function" and token.lower_name in FETCHING:
        return any(leads_away(part.value) for part in tokens_of(token.arguments) if part.type in ("string", "url"))
    return False


def leads_away(address: str) -> bool:
    """Say whether an address is of anything but what the page holds itself."""
    return not address.strip().lower().startswith(("data:", "#"))


FRAME_ERRORS = (jinja2.TemplateError, ArithmeticError, LookupError, TypeError, ValueError, NotImplementedError)
"""What a frame can go wrong with: its own mistakes, and those of the sums in it."""


@lru_cache(maxsize=32)
def frame(text: str) -> jinja2.Template:
    """Return the text of a house's frame as a compiled template."""
    environment = jinja2.sandbox.ImmutableSandboxedEnvironment(
        undefined=jinja2.StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["css_string"] = css_string
    return environment.from_string(text)


def watermark(draft: Draft) -> str:
    """Return the address of a picture that holds the draft's mark, slanting across a page of A4."""
    size, words = min(90, 760 / len(draft.watermark)), escape(draft.watermark)
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="420pt" height="420pt" viewBox="0 0 420 420">'
        '<text x="210" y="220" transform="rotate(-45 210 210)" text-anchor="middle"'
        f' font-family="Arimo" font-weight="700" font-size="{size:.0f}" fill="#e4e4e4">{words}</text></svg>'
    )
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode('ascii')}"


def css_string(words: str) -> Markup:
    """Return words as a CSS string (CSS Syntax 3, 4.3.7), safe inside a style element."""
    return Markup('"' + "".join(c if c.isalnum() or c in " ,." else f"\\{ord(c):x} " for c in words) + '"')
