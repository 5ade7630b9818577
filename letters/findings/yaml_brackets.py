"""Adds and takes away what stands in brackets and braces."""

from letters.findings.yaml_editing import Editor
from letters.findings.yaml_places import Mapping, Places, Sequence, Spot, line_end, line_start


def add(editor: Editor, places: Places, node: Mapping | Sequence, behind: int, words: list[str]) -> None:
    """Write entries behind the one at a place; -1 is before them all."""
    spots = list(node.spots.values()) if isinstance(node, Mapping) else node.spots
    if not words:
        return
    if not spots:
        editor.insert(node.start + 1, ", ".join(words))
    elif behind < 0 and has_own_line(places.text, spots[0]) and line_end(places.text, node.start) <= spots[0].start:
        margin = places.text[line_start(places.text, spots[0].start) : spots[0].start]
        editor.insert_lines(line_end(places.text, node.start), [f"{margin}{word}," for word in words])
    elif behind < 0:
        editor.insert(spots[0].start, "".join(f"{word}, " for word in words))
    else:
        add_behind(editor, places, node, spots, behind, words)


def add_behind(
    editor: Editor, places: Places, node: Mapping | Sequence, spots: list[Spot], behind: int, words: list[str]
) -> None:
    """Write entries behind another, on lines of their own where that one has a line of its own."""
    text, spot = places.text, spots[behind]
    follower = spots[behind + 1].start if behind + 1 < len(spots) else node.end - 1
    comma = places.comma_between(spot.end, follower)
    below = line_end(text, spot.end if comma is None else comma)
    if not has_own_line(text, spot) or below > line_start(text, follower):
        editor.insert(spot.end, "".join(f", {word}" for word in words))
        return
    margin = text[line_start(text, spot.start) : spot.start]
    lines = [f"{margin}{word}," for word in words]
    if comma is None:
        editor.insert(spot.end, ",")
        lines[-1] = lines[-1][:-1]
    editor.insert_lines(below, lines)


def has_own_line(text: str, spot: Spot) -> bool:
    """Say whether an entry is the first of its line."""
    return not text[line_start(text, spot.start) : spot.start].strip()


def take_away(editor: Editor, places: Places, node: Mapping | Sequence, gone: set[int]) -> None:
    """Take entries away with their commas; comments on other lines stay."""
    spots = list(node.spots.values()) if isinstance(node, Mapping) else node.spots
    last = max((place for place in range(len(spots)) if place not in gone), default=-1)
    for place in sorted(gone):
        if place > last:
            break
        take_one(editor, places, spots[place], spots[place + 1].start)
    if last < len(spots) - 1:
        take_tail(editor, places, node, spots, last)


def take_one(editor: Editor, places: Places, spot: Spot, follower: int) -> None:
    """Take away an entry that another follows."""
    text = places.text
    comma = places.comma_between(spot.end, follower)
    below = line_end(text, spot.end if comma is None else comma)
    if has_own_line(text, spot) and below <= line_start(text, follower):
        editor.delete(line_start(text, spot.start), below)
    elif "#" in text[spot.end : follower]:
        editor.delete(spot.start, spot.end if comma is None else comma + 1)
    else:
        editor.delete(spot.start, follower)


def take_tail(editor: Editor, places: Places, node: Mapping | Sequence, spots: list[Spot], last: int) -> None:
    """Take away the entries behind the last that stays."""
    text = places.text
    start, end = (spots[last].end if last >= 0 else spots[0].start), spots[-1].end
    comma = places.comma_between(end, node.end)
    if "#" not in text[start:end] and not has_own_line(text, spots[last + 1]):
        editor.delete(start, comma + 1 if comma is not None and last < 0 else end)
        return
    for place in range(last + 1, len(spots)):
        follower = spots[place + 1].start if place + 1 < len(spots) else node.end - 1
        take_one(editor, places, spots[place], follower)
