"""An inspection file back out: what changed is changed, and every comment, order and untouched line stays."""

from collections.abc import Callable
from enum import StrEnum
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, FoldedScalarString, LiteralScalarString
from yaml import nodes as yaml_nodes
from yaml.resolver import Resolver

from letters.errors import InspectionFaults, LettersError
from letters.findings.files import parse
from letters.findings.inspection import Inspection
from letters.findings.overview import Overview
from letters.findings.round_files import parse_round_file
from letters.findings.text import Part

Reader = Callable[[str, str], Part]
"""Reads the text of a file of some name."""
UNWRAPPED = 1_000_000
"""A width that no line reaches: what was not changed keeps its own line breaks."""
WRAPPED = 95
LONG = 80
"""Text of more characters than this is written as a block."""


def rewrite(text: str, inspection: Inspection, name: str = "inspection.yaml") -> str:
    """Return the inspection file `text` changed so that it says `inspection`.

    Raises InspectionFaults where `text` is not an inspection file, and LettersError where it cannot be changed so that
    it says just that. Text that says it already comes back as it is.
    """
    return rewritten(text, inspection, parse, name)


def rewrite_round(text: str, overview: Overview, name: str = "round.yaml") -> str:
    """Return the round file `text` changed so that it says `overview`; raises as `rewrite` does."""
    return rewritten(text, overview, parse_round_file, name)


def rewritten(text: str, wanted: Part, read: Reader, name: str) -> str:
    """Return a file changed so that `read` finds in it what is wanted."""
    before, after = plain(read(text, name)), plain(wanted)
    if before == after:
        return text
    yaml = round_trip()
    tree = yaml.load(text)
    change(tree, before, after)
    stream = StringIO()
    yaml.dump(tree, stream)
    changed = stream.getvalue()
    if not says(changed, after, read):
        raise LettersError(f"{name}: it cannot be changed without losing something. Change it by hand.")
    return changed


def says(text: str, wanted: Any, read: Reader) -> bool:
    """Say whether a text is a file that says what is wanted: the proof before it is written."""
    try:
        return bool(plain(read(text, "")) == wanted)
    except InspectionFaults:
        return False


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
        if same_shape(before.get(key), value) and isinstance(value, dict) and tree.get(key) is None:
            tree[key] = {}
        if same_shape(tree.get(key), value) and same_shape(before.get(key), value):
            change(tree[key], before[key], value)
        else:
            tree[key] = written(value, in_flow(tree))


def change_sequence(tree: Any, before: list[Any], after: list[Any]) -> None:
    """Change the entries of a sequence; an entry with an id is the same one wherever it stands."""
    kept = {identity(entry): (node, entry) for node, entry in zip(list(tree), before, strict=True)}
    moved = [identity(entry) for entry in before] != [identity(entry) for entry in after]
    nodes = [entry_node(kept.get(identity(entry)), entry, moved, in_flow(tree)) for entry in after]
    if len(nodes) == len(tree):
        for place, node in enumerate(nodes):
            tree[place] = node
    else:
        tree[:] = nodes


def entry_node(old: tuple[Any, Any] | None, entry: Any, moved: bool, flow: bool) -> Any:
    """Return the node of one entry: its own where it had one, changed; an id that was worked out from its place is
    written down when entries have moved."""
    if old is None:
        return written(entry, flow)
    node, before = old
    explicit = isinstance(entry, dict) and "id" in entry and not (isinstance(node, dict) and "id" in node)
    if isinstance(node, dict) and same_shape(before, entry):
        change(node, before, entry)
        if moved and explicit:
            node.insert(0, "id", entry["id"])  # type: ignore[attr-defined]
        return node
    if isinstance(node, str) and isinstance(entry, dict) and entry.keys() <= {"id", "text"} and not moved:
        return node if before == entry else written(entry["text"], flow)
    return node if before == entry and not (moved and explicit) else written(entry, flow)


def in_flow(tree: Any) -> bool:
    """Say whether a node is written in brackets or braces."""
    return bool(hasattr(tree, "fa") and tree.fa.flow_style())


def identity(entry: Any) -> Any:
    """Return what makes an entry itself: its id, its heading, or its own words."""
    if not isinstance(entry, dict):
        return entry
    return entry.get("id") or entry.get("heading") or entry.get("scope") or repr(entry)


def same_shape(before: Any, after: Any) -> bool:
    """Say whether one value can be changed into the other in place."""
    return (isinstance(before, dict) and isinstance(after, dict)) or (
        isinstance(before, list) and isinstance(after, list)
    )


def written(value: Any, flow: bool) -> Any:
    """Return a new value as it is to stand in the file: long text in a block, and quotes where YAML needs them."""
    if isinstance(value, dict):
        return {key: written(inner, flow) for key, inner in value.items()}
    if isinstance(value, list):
        return [written(inner, flow) for inner in value]
    if isinstance(value, StrEnum):
        return value.value
    if not isinstance(value, str):
        return value
    if "\n" in value and not flow:
        return LiteralScalarString(value)
    if len(value) > LONG and not flow and "\n" not in value:
        return folded(value)
    return value if reads_as_text(value) else DoubleQuotedScalarString(value)


def reads_as_text(value: str) -> bool:
    """Say whether the reader takes bare words as text, and not as a number, a date or yes and no."""
    tag = Resolver().resolve(yaml_nodes.ScalarNode, value, (True, False))  # type: ignore[no-untyped-call]
    return bool(tag == "tag:yaml.org,2002:str") and "\n" not in value


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
