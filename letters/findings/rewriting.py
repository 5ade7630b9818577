"""An inspection file back out: what changed is changed, and every comment, order and untouched line stays."""

from enum import StrEnum
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import FoldedScalarString, LiteralScalarString

from letters.findings.files import parse
from letters.findings.inspection import Inspection
from letters.findings.text import Part

UNWRAPPED = 1_000_000
"""A width that no line reaches: what was not changed keeps its own line breaks."""
WRAPPED = 95
LONG = 80
"""Text of more characters than this is written as a block."""


def rewrite(text: str, inspection: Inspection, name: str = "inspection.yaml") -> str:
    """Return the inspection file `text` changed so that it says `inspection`.

    Raises InspectionFaults where `text` is not an inspection file. Text that says it already comes back as it is.
    """
    before, after = plain(parse(text, name)), plain(inspection)
    if before == after:
        return text
    yaml = round_trip()
    tree = yaml.load(text)
    change(tree, before, after)
    stream = StringIO()
    yaml.dump(tree, stream)
    return stream.getvalue()


def round_trip() -> YAML:
    """Return a reader and writer that keeps comments, quotes and order."""
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = UNWRAPPED
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def plain(value: Any) -> Any:
    """Return a model as mappings and lists of what is set in it."""
    if isinstance(value, Part):
        return value.model_dump(mode="python", exclude_defaults=True)
    return value


def change(tree: Any, before: Any, after: Any) -> None:
    """Lay the differences between two plain values over a YAML tree that says the first."""
    if isinstance(before, dict):
        change_mapping(tree, before, after)
    else:
        change_sequence(tree, before, after)


def change_mapping(tree: Any, before: dict[str, Any], after: dict[str, Any]) -> None:
    """Change, add and remove the fields of a mapping."""
    for key in before.keys() - after.keys():
        tree.pop(key, None)
    for key, value in after.items():
        if before.get(key) == value:
            continue
        if same_shape(before.get(key), value) and (key in tree or isinstance(value, dict)):
            change(tree.setdefault(key, {}), before[key], value)
        else:
            tree[key] = written(value)


def change_sequence(tree: Any, before: list[Any], after: list[Any]) -> None:
    """Change the entries of a sequence; an entry with an id is the same one wherever it stands."""
    kept = {identity(entry): (node, entry) for node, entry in zip(list(tree), before, strict=True)}
    nodes = []
    for entry in after:
        node, old = kept.get(identity(entry), (None, None))
        if node is not None and old == entry:
            nodes.append(node)
        elif node is not None and isinstance(node, dict) and same_shape(old, entry):
            change(node, old, entry)
            nodes.append(node)
        elif isinstance(node, str) and isinstance(entry, dict) and entry.keys() <= {"id", "text"}:
            nodes.append(written(entry["text"]))
        else:
            nodes.append(written(entry))
    if len(nodes) == len(tree):
        for place, node in enumerate(nodes):
            tree[place] = node
    else:
        tree[:] = nodes


def identity(entry: Any) -> Any:
    """Return what makes an entry itself: its id, or its own words."""
    return entry.get("id") or repr(entry) if isinstance(entry, dict) else entry


def same_shape(before: Any, after: Any) -> bool:
    """Say whether one value can be changed into the other in place."""
    return (isinstance(before, dict) and isinstance(after, dict)) or (
        isinstance(before, list) and isinstance(after, list)
    )


def written(value: Any) -> Any:
    """Return a new value as it is to stand in the file: long text in a block, wrapped."""
    if isinstance(value, dict):
        return {key: written(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [written(inner) for inner in value]
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, str) and "\n" in value:
        return LiteralScalarString(value)
    if isinstance(value, str) and len(value) > LONG:
        return folded(value)
    return value


def folded(text: str) -> FoldedScalarString:
    """Return a text as a folded block, its lines broken at spaces."""
    block: FoldedScalarString = FoldedScalarString(text)
    breaks: list[int] = []
    start = 0
    while len(text) - start > WRAPPED:
        place = text.rfind(" ", start, start + WRAPPED)
        place = place if place > start else text.find(" ", start + WRAPPED)
        if place < 0 or not text[place + 1 : place + 2].strip() or not text[place - 1].strip():
            break
        breaks.append(place)
        start = place + 1
    block.fold_pos = breaks  # type: ignore[attr-defined]
    return block
