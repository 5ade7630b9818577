"""The names within a drawing: ids and classes that say nothing, and no part that refers to itself."""

import re
from collections.abc import Iterator
from typing import Any

from letters.errors import HouseFault

URL = re.compile(r"url\(\s*[\"']?\s*#([^)\"']+?)\s*[\"']?\s*\)")
"""A reference within a value, quoted or not."""
SELECTED = re.compile(r"([.#])([^\s.#,>+~:{}\[\]*]+)")
"""A class or an id in a selector."""
RULE = re.compile(r"([^{}]*)(\{[^{}]*\})")


def renamed(root: Any, name: str) -> None:
    """Give the parts of a drawing names that say nothing, and take away those that nothing refers to.

    Raises HouseFault where a part refers to itself, which not every program can draw.
    """
    ids = {own: f"p{number}" for number, own in enumerate(named_parts(root), start=1)}
    classes = {own: f"c{number}" for number, own in enumerate(dict.fromkeys(selected(root, ".")), start=1)}
    for element in root.iter():
        give_names(element, ids, classes)
        for key, value in element.attrib.items():
            element.set(key, referring(value, ids))
        if is_link(element):
            element.set("href", f"#{ids.get(element.get('href')[1:], '')}")
        if is_style(element):
            element.text = RULE.sub(lambda rule: rule_of(rule, ids, classes), element.text or "")
    refuse_circles(root, name)


def named_parts(root: Any) -> list[str]:
    """Return the ids to which something in a drawing refers, in the order of the drawing."""
    wanted = {*selected(root, "#")}
    for element in root.iter():
        wanted |= {*references(element)}
    own = (element.get("id") for element in root.iter())
    return list(dict.fromkeys(name for name in own if name in wanted))


def references(element: Any) -> Iterator[str]:
    """Yield the ids to which an element refers itself."""
    for value in element.attrib.values():
        yield from (found.strip() for found in URL.findall(value))
    if is_link(element):
        yield element.get("href")[1:]
    if is_style(element):
        yield from URL.findall(element.text or "")


def is_link(element: Any) -> bool:
    """Say whether an element has a link to another part of the drawing."""
    return str(element.get("href", "")).startswith("#")


def selected(root: Any, sign: str) -> Iterator[str]:
    """Yield the ids (`#`) or classes (`.`) that the styles of a drawing select."""
    for element in root.iter():
        if is_style(element):
            for selector, _ in RULE.findall(element.text or ""):
                yield from (name for kind, name in SELECTED.findall(selector) if kind == sign)


def is_style(element: Any) -> bool:
    """Say whether an element is a style sheet."""
    return str(element.tag).endswith("}style")


def give_names(element: Any, ids: dict[str, str], classes: dict[str, str]) -> None:
    """Give an element its new id and classes, or none."""
    own = element.attrib.pop("id", None)
    if own in ids:
        element.set("id", ids[own])
    held = [classes[name] for name in element.attrib.pop("class", "").split() if name in classes]
    if held:
        element.set("class", " ".join(held))


def rule_of(rule: re.Match[str], ids: dict[str, str], classes: dict[str, str]) -> str:
    """Return a rule of a style sheet with the new names."""
    known = {".": classes, "#": ids}
    selector = SELECTED.sub(lambda found: f"{found[1]}{known[found[1]].get(found[2], 'none')}", rule[1])
    return f"{selector}{referring(rule[2], ids)}"


def referring(value: str, ids: dict[str, str]) -> str:
    """Return a value whose references lead to the new names."""
    return URL.sub(lambda found: f"url(#{ids.get(found[1].strip(), 'none')})", value)


def refuse_circles(root: Any, name: str) -> None:
    """Raise HouseFault where a part of a drawing refers to itself, directly or by way of others."""
    leads = {
        element.get("id"): {to for part in element.iter() for to in references(part)}
        for element in root.iter()
        if element.get("id")
    }
    while leads:
        ends = [own for own, to in leads.items() if not to & leads.keys()]
        if not ends:
            raise HouseFault(f"{name}: a part of this drawing refers to itself. Save it as plain SVG.")
        for own in ends:
            del leads[own]
