"""Comments of findings that were withdrawn: they go with the finding to where it is kept."""

import re
from collections.abc import Iterator

from letters.findings.inspection import Inspection
from letters.findings.line_ends import ExactText
from letters.findings.yaml_editing import Edit, Region, regions
from letters.findings.yaml_places import Mapping, Node, Places, Scalar, Sequence, Spot, line_start

COMMENT = re.compile(r"(?:^|(?<=[ \t]))(#[^\n]*)", re.MULTILINE)
KINDS = ("finding", "recommendation", "case_study")


def with_comments(before: str, after: str, withdrawn: set[str]) -> str:
    """Return a changed file with the comments of entries, by their ids, above where they are kept now.

    `before` is the file in which they stood in their lists, `after` the one that keeps them under `withdrawn:`.
    """
    held = comments_of(ExactText(before).read, withdrawn) if "#" in before else {}
    if not held:
        return after
    exact = ExactText(after)
    root = Places(exact.read).root
    kept = root.spots.get("withdrawn") if isinstance(root, Mapping) else None
    if kept is None or not isinstance(kept.node, Sequence) or kept.node.flow:
        return after
    edits: list[Edit] = []
    for spot in kept.node.spots:
        name = next((id_of(exact.read, entry) for entry in entries_of(spot.node)), "")
        if name in held:
            place = line_start(exact.read, spot.start)
            lines = "".join(f"{' ' * spot.indent}{line}\n" for line in held[name])
            edits.append((place, place, lines))
    return exact.with_edits(edits)


def newly_withdrawn(before: Inspection, after: Inspection) -> set[str]:
    """Return the ids of the findings that one inspection keeps as withdrawn and the other does not."""
    return {*withdrawn_ids(after)} - {*withdrawn_ids(before)}


def withdrawn_ids(inspection: Inspection) -> Iterator[str]:
    """Yield the ids of withdrawn findings."""
    for held in inspection.withdrawn:
        entry = held.finding or held.recommendation or held.case_study
        if entry:
            yield entry.id


def entries_of(node: Node) -> Iterator[Node]:
    """Yield the finding of one withdrawn entry."""
    if isinstance(node, Mapping):
        yield from (node.spots[kind].node for kind in KINDS if kind in node.spots)


def comments_of(text: str, names: set[str]) -> dict[str, list[str]]:
    """Return the comments that belong to entries, by their ids, without their indentation."""
    found: dict[str, list[str]] = {}
    for spot, region in entries(text, Places(text).root):
        name = id_of(text, spot.node)
        if name in names:
            lines = [*text[region.above : region.start].split("\n"), *within(text, spot.node, region)]
            lines += text[region.end : region.below].split("\n")
            found[name] = [line.strip() for line in lines if line.strip()]
    return {name: lines for name, lines in found.items() if lines}


def within(text: str, node: Node, region: Region) -> Iterator[str]:
    """Yield the comments on the lines of an entry: a number sign after a space, and not within a value."""
    values = [(held.start, held.end) for held in scalars(node)]
    for found in COMMENT.finditer(text, region.start, region.end):
        if not any(start <= found.start(1) < end for start, end in values):
            yield found[1]


def scalars(node: Node) -> Iterator[Scalar]:
    """Yield every single value in a node."""
    if isinstance(node, Scalar):
        yield node
        return
    for spot in node.spots.values() if isinstance(node, Mapping) else node.spots:
        yield from scalars(spot.node)


def entries(text: str, node: Node) -> Iterator[tuple[Spot, Region]]:
    """Yield every entry of every list that is written on lines of its own, with its lines."""
    if isinstance(node, Sequence) and not node.flow:
        yield from zip(node.spots, regions(text, node.spots), strict=True)
    inner = node.spots.values() if isinstance(node, Mapping) else node.spots if isinstance(node, Sequence) else ()
    for spot in inner:
        yield from entries(text, spot.node)


def id_of(text: str, node: Node) -> str:
    """Return the id that an entry says of itself; nothing where it says none."""
    spot = node.spots.get("id") if isinstance(node, Mapping) else None
    return text[spot.node.start : spot.node.end].strip("'\"") if spot and isinstance(spot.node, Scalar) else ""
