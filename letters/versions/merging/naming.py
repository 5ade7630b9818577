"""Where the fields of a person stand in the line that names that person, so that one of them can be changed."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

FIELDS = {
    "line": ("name", "honours", "qualifier", "role", "organisation"),
    "name": ("name", "honours"),
}
"""The fields of a line, in order."""


class Spot(NamedTuple):
    """One field: from where to where it stands in the line, and what puts another value there."""

    start: int
    end: int
    put: Callable[[str], None]

    def words(self, before: str, after: str) -> str:
        """Return what the field says in another wording of its line; nothing where more than the field changed."""
        head, tail = before[: self.start], before[self.end :]
        inside = after.startswith(head) and after.endswith(tail) and len(after) > len(head) + len(tail)
        return after[len(head) : len(after) - len(tail)].strip() if inside else ""


def spots_of_person(person: Any, field: str, number: int, line: str) -> Iterator[Spot]:
    """Yield the fields of a person in the order in which a line says them."""
    place = 0
    for value, put in values_of(person, field, number):
        start = line.find(value, place) if value else -1
        if start >= 0:
            place = start + len(value)
            yield Spot(start, place, put)


def values_of(person: Any, field: str, number: int) -> Iterator[tuple[str, Callable[[str], None]]]:
    """Yield the values that a line says, each with what puts another in its place."""
    if field == "title":
        yield person.title[number - 1], putting_at(person.title, number - 1)
    elif field == "address":
        yield (person.organisation or person.role), putting(person, "organisation" if person.organisation else "role")
        for place, value in enumerate(person.postal_address):
            yield value, putting_at(person.postal_address, place)
        yield person.website or "", putting(person, "website")
    else:
        for name in FIELDS[field]:
            yield getattr(person, name, None) or "", putting(person, name)


def putting(person: Any, name: str) -> Callable[[str], None]:
    """Return what sets a field of a person."""
    return lambda value: setattr(person, name, value)


def putting_at(values: list[str], place: int) -> Callable[[str], None]:
    """Return what sets one value of a list."""

    def put(value: str) -> None:
        values[place] = value

    return put
