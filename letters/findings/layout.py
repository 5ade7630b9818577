"""How a YAML file is laid out, so that what is added to it looks like the rest."""

from collections import Counter
from collections.abc import Iterator

from letters.findings.yaml_places import Mapping, Node, Places, Scalar, Sequence, Spot
from letters.findings.yaml_writing import Style


def layout_of(places: Places) -> Style:
    """Return how most keys, dashes and short lists of a text stand."""
    steps: Counter[int] = Counter()
    dashes: Counter[int] = Counter()
    gaps: Counter[int] = Counter()
    lists: Counter[bool] = Counter()
    for parent, node in collections(places.root, None):
        column = first_column(node)
        if isinstance(node, Sequence) and node.spots and all(isinstance(spot.node, Scalar) for spot in node.spots):
            lists[node.flow] += 1
        if parent is None or parent.flow or node.flow or column is None:
            continue
        kind = gaps if places.text[parent.start] == "-" and parent.opens == parent.start + 1 else steps
        (dashes if isinstance(node, Sequence) else kind)[column - parent.indent] += 1
    return Style(commonest(steps), commonest(dashes), commonest(gaps), lists[True] > 0 or not lists)


def commonest(counted: Counter[int]) -> int:
    """Return what was counted most often; two where nothing was."""
    return counted.most_common(1)[0][0] if counted else 2


def first_column(node: Mapping | Sequence) -> int | None:
    """Return the column of the first key or dash."""
    first = next(iter(spots_of(node)), None)
    return first.indent if first else None


def collections(node: Node, parent: Spot | None) -> Iterator[tuple[Spot | None, Mapping | Sequence]]:
    """Yield every mapping and list with what it is the value of."""
    if not isinstance(node, Scalar):
        yield parent, node
        for spot in spots_of(node):
            yield from collections(spot.node, spot)


def spots_of(node: Mapping | Sequence) -> list[Spot]:
    """Return the places of a mapping's or list's values."""
    return list(node.spots.values()) if isinstance(node, Mapping) else node.spots
