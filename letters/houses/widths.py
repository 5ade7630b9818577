"""How wide words are on a page, from the face that it is printed in."""

from functools import cache

from letters import resources

TAHOMA = 1.13
"""How much wider than the printed face the one of Word files is, at most."""


def width_of(words: str, size: float) -> float:
    """Return about how wide bold words of a size in points are at most, in points, in print and in Word."""
    widths, usual, units = advances()
    return sum(widths.get(ord(letter), usual) for letter in words) * size / units * TAHOMA


def lines_of(words: str, size: float, room: float) -> int:
    """Return about how many lines words take in a column of a width in points; 0 where one of them does not fit."""
    lines, filled = 1, 0.0
    space = width_of(" ", size)
    for word in words.split():
        wide = width_of(word, size)
        if wide > room:
            return 0
        if filled and filled + space + wide > room:
            lines, filled = lines + 1, 0.0
        filled += wide + (space if filled else 0)
    return lines


@cache
def advances() -> tuple[dict[int, int], int, int]:
    """Return how far each character of the bold face moves the pen, the widest of them, and the units of an em."""
    from fontTools.ttLib import TTFont

    font = TTFont(resources.fonts() / "Arimo-Bold.ttf", lazy=True)
    moves = font["hmtx"].metrics
    widths = {code: moves[name][0] for code, name in font.getBestCmap().items()}
    return widths, max(widths.values()), font["head"].unitsPerEm
