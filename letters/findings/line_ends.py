"""The exact text of a file beside the text that is read: its byte order mark and the ends of its lines."""

import re
from bisect import bisect_left
from functools import cached_property

BYTE_ORDER_MARK = "\ufeff"
ENDS = re.compile("\r\n|\x85")
"""What a YAML reader takes for the end of a line beside the line feed; a return by itself is refused."""


def normalised(exact: str) -> str:
    """Return a text as it is read: without a byte order mark, a line feed at the end of every line."""
    return ENDS.sub("\n", exact.removeprefix(BYTE_ORDER_MARK))


class ExactText:
    """A text as it stands in its file, and where each character of the text that is read stands in it."""

    def __init__(self, exact: str) -> None:
        self.exact = exact
        self.read = normalised(exact)
        self._mark = int(exact.startswith(BYTE_ORDER_MARK))
        returns = (found.start() for found in re.finditer("\r\n", exact))
        self._longer = [place - self._mark - count for count, place in enumerate(returns)]

    @cached_property
    def line_end(self) -> str:
        """How most lines of the file end."""
        return "\r\n" if len(self._longer) * 2 > self.read.count("\n") else "\n"

    def place(self, place: int) -> int:
        """Return where a place of the text that is read stands in the file."""
        return place + self._mark + bisect_left(self._longer, place)

    def with_edits(self, edits: list[tuple[int, int, str]]) -> str:
        """Return the file with stretches of the text that is read replaced; `edits` are in order and do not meet."""
        parts: list[str] = []
        done = 0
        for start, end, new in edits:
            parts += self.exact[done : self.place(start)], new.replace("\n", self.line_end)
            done = self.place(end)
        return "".join([*parts, self.exact[done:]])
