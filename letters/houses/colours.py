"""Colours as numbers, and whether a reader can tell two of them apart."""

import re

LEAST_CONTRAST = 1.5
"""Below it, no reader tells words from their ground (WCAG 2.2 asks for 4.5)."""
PAPER = (255, 255, 255)


def hexadecimal(words: str) -> tuple[int, ...] | None:
    """Return the red, green and blue of a colour, or None for what is none."""
    if len(words) in (3, 4) and re.fullmatch(r"[0-9A-Fa-f]+", words):
        words = "".join(2 * letter for letter in words[:3])
    if not re.fullmatch(r"[0-9A-Fa-f]{6}(?:[0-9A-Fa-f]{2})?", words):
        return None
    return tuple(int(words[place : place + 2], 16) for place in (0, 2, 4))


def contrast(first: tuple[int, ...], second: tuple[int, ...]) -> float:
    """Return the contrast of two colours, from 1 to 21 (WCAG 2.2, relative luminance)."""
    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: tuple[int, ...]) -> float:
    """Return how light a colour is, from 0 to 1."""
    linear = [part / 12.92 if (part := each / 255) <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for each in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
