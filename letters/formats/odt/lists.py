"""Neighbouring items as lists: which stand together, and which below which."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from letters.document.blocks import (
    Block,
    Item,
)


def units(blocks: Iterable[Block]) -> Iterator[Block | list[Item]]:
    """Yield blocks, with neighbouring items together."""
    for is_item, group in groupby(blocks, key=lambda block: isinstance(block, Item)):
        if is_item:
            yield [block for block in group if isinstance(block, Item)]
        else:
            yield from group


def parted(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Yield the items of each list; one that changes between numbers and bullets is two."""
    held: list[Item] = []
    for item in items:
        changes = item.level == 1 and not item.continues and bool(held) and item.ordered != held[0].ordered
        if held and (item.list != held[0].list or changes):
            yield held
            held = []
        held.append(item)
    if held:
        yield held


def with_those_below(items: list[Item], level: int) -> Iterator[list[Item]]:
    """Yield each item of a level with its further paragraphs and the items below it."""
    held: list[Item] = []
    for item in items:
        if held and item.level <= level and not item.continues:
            yield held
            held = []
        held.append(item)
    yield held
