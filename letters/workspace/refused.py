"""What a form cannot do as it was filled in, field by field."""

from collections.abc import Iterable

from letters.errors import LettersError


class Refused(LettersError):
    """A form that was not done; nothing changed. Each fault has the name of its field, or nothing."""

    def __init__(self, faults: Iterable[tuple[str, str]]) -> None:
        self.faults = tuple(faults)
        super().__init__(" ".join(words for _, words in self.faults))
