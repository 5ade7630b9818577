"""Brings the head and foot of our pages into those of the library that signs people in."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from letters.web.pages import static

register = template.Library()


@register.simple_tag(takes_context=True)
def our(context: dict[str, Any], name: str) -> SafeString:
    """Return one of our parts of pages."""
    return mark_safe(render_to_string(f"{name}.html", {}, context["request"], using="jinja"))


@register.simple_tag
def ours(name: str) -> str:
    """Return the address of one of our static files."""
    return static(name)
