"""What people type, made fit for a letter: no signs that a file cannot carry, and one kind of line end."""

from letters.findings.fields import is_uncarriable

LINE_ENDS = dict.fromkeys(map(ord, "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"), "\n")
"""Signs that other programs end a line with."""


def cleaned(words: str) -> str:
    """Return what somebody typed without signs that no document can carry; every line end becomes one."""
    ended = words.replace("\r\n", "\n").translate(LINE_ENDS)
    return "".join(sign for sign in ended if not is_uncarriable(sign)).strip()


def on_one_line(words: str) -> str:
    """Return what somebody typed into a line."""
    return " ".join(cleaned(words).split())
