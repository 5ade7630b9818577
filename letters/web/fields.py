"""The fields of forms: what each is called, how it is shown, and how what is typed becomes a value."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.http import QueryDict
from pydantic import BaseModel

from letters.findings.editing import EditFault
from letters.findings.inspection import Inspection
from letters.findings.references import Path

BOXES = "boxes"
"""What a form sends that has all its boxes, ticked or not."""


class Kind(StrEnum):
    """How a field is shown, and what its value is."""

    LINE = "line"
    PROSE = "prose"
    LINES = "lines"
    """Several lines, each a text of its own."""
    POINTS = "points"
    """Several texts, each in a box of its own."""
    DAY = "day"
    ONE = "one"
    MANY = "many"
    FLAG = "flag"


Options = Callable[[Inspection], Sequence[tuple[str, str]]]


@dataclass(frozen=True)
class Field:
    """A field of a form, and of a part of an inspection."""

    name: str
    label: str
    kind: Kind = Kind.LINE
    hint: str = ""
    rows: int = 5
    options: Options | None = None
    nothing: str = ""
    """What the choice of nothing is called, where nothing can be chosen."""

    def is_given(self, posted: QueryDict) -> bool:
        """Say whether a form has this field: boxes without a tick are not sent, so the form says that it has them."""
        if self.kind in (Kind.MANY, Kind.FLAG):
            return BOXES in posted or self.name in posted
        return (f"{self.name}-0" if self.kind is Kind.POINTS else self.name) in posted

    def read(self, posted: QueryDict) -> Any:
        """Return the value that a form gives; None where it is left out."""
        given = posted.get(self.name, "").replace("\r\n", "\n")
        match self.kind:
            case Kind.LINES:
                return [line.strip() for line in given.split("\n") if line.strip()]
            case Kind.POINTS:
                return points(posted, self.name)
            case Kind.MANY:
                return posted.getlist(self.name)
            case Kind.FLAG:
                return bool(given)
            case Kind.DAY:
                return day(given.strip()) if given.strip() else None
            case Kind.PROSE:
                return given.strip("\n") or None
        return given.strip() or None

    def shown(self, value: Any) -> Any:
        """Return a value as the boxes of the form show it."""
        match self.kind:
            case Kind.LINES:
                return "\n".join(value or [])
            case Kind.POINTS:
                return [*(point["text"] if isinstance(point, dict) else point.text for point in value or [])]
            case Kind.MANY:
                return [str(getattr(part, "value", part)) for part in value or []]
            case Kind.FLAG:
                return bool(value)
            case Kind.DAY:
                return value.isoformat() if isinstance(value, date) else value or ""
        return "" if value is None else str(getattr(value, "value", value))


@dataclass(frozen=True)
class Shown:
    """A field as a page shows it: its value, its choices and what is wrong with it."""

    field: Field
    value: Any
    choices: tuple[tuple[str, str], ...]
    fault: str = ""
    in_words: str = ""
    """A day as people write it: browsers show it in the order of their own language."""


@dataclass(frozen=True)
class Form:
    """A form as a page shows it: its fields, and the faults that belong to none of them."""

    fields: tuple[Shown, ...]
    faults: tuple[tuple[str, str], ...] = ()
    """Everything that is wrong, each with the name of its field or nothing."""


def day(words: str) -> date | str:
    """Return a day, or the words where they are none: the check of the inspection says so then."""
    try:
        return date.fromisoformat(words)
    except ValueError:
        return words


def points(posted: QueryDict, name: str) -> list[dict[str, str]]:
    """Return the points of a form that have words, in their order."""
    found, number = [], 0
    while f"{name}-{number}" in posted:
        words = posted.get(f"{name}-{number}", "").replace("\r\n", "\n").strip()
        found += [{"text": words}] if words else []
        number += 1
    return found


def values(
    fields: Sequence[Field], posted: QueryDict, held: BaseModel | Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return the value of each field that a form gives; boxes that were ticked before keep the order of the file.

    A field that a form does not have keeps its value: forms say with `boxes` that no tick means none.
    """
    given = [field for field in fields if field.is_given(posted)]
    found = {field.name: field.read(posted) for field in given}
    for field in given:
        before = value_of(held, field.name) if held is not None and field.kind is Kind.MANY else None
        if isinstance(before, list):
            ticked = found[field.name]
            found[field.name] = [one for one in before if one in ticked] + [one for one in ticked if one not in before]
    return found


def form_of(
    fields: Sequence[Field],
    given: BaseModel | Mapping[str, Any] | None,
    inspection: Inspection,
    faults: Sequence[EditFault] = (),
    path: Path = (),
) -> Form:
    """Return a form with the values of a part of an inspection, and with what is wrong with what was typed."""
    names = {field.name: field for field in fields}
    said = [(name_of(fault, path, names), sentence_of(fault, path, names)) for fault in faults]
    shown = []
    for field in fields:
        choices = tuple(field.options(inspection)) if field.options else ()
        choices = (("", field.nothing), *choices) if field.nothing and field.kind is Kind.ONE else choices
        value = field.shown(value_of(given, field.name))
        fault = " ".join(words for name, words in said if name == field.name)
        in_words = as_day(value_of(given, field.name)) if field.kind is Kind.DAY else ""
        shown.append(Shown(field, value, choices, fault, in_words))
    return Form(tuple(shown), tuple(said))


def as_day(value: Any) -> str:
    """Return a day in words; nothing where it is none."""
    return f"{value:%A} {value.day} {value:%B %Y}" if isinstance(value, date) else ""


def value_of(given: BaseModel | Mapping[str, Any] | None, name: str) -> Any:
    """Return the value of a field in a part of an inspection."""
    if given is None:
        return None
    return given.get(name) if isinstance(given, Mapping) else getattr(given, name)


def name_of(fault: EditFault, path: Path, names: Mapping[str, Field]) -> str:
    """Return the field of a form that a fault is about; empty where it is about none."""
    if fault.path[: len(path)] != path:
        return ""
    return next((str(step) for step in fault.path[len(path) :][:1] if str(step) in names), "")


def sentence_of(fault: EditFault, path: Path, names: Mapping[str, Field]) -> str:
    """Say what is wrong as a sentence that names its field."""
    name = name_of(fault, path, names)
    where = names[name].label if name else " ".join(str(step) for step in fault.path).replace("_", " ") or "The file"
    if fault.message == "is empty":
        return f"{where}: enter it, since it cannot be empty." if name else f"{where} is empty."
    return f"{where}: {fault.message}. {remedy_of(fault)}".strip()


def remedy_of(fault: EditFault) -> str:
    """Return what to do in a form about a fault, where its remedy is one for those who edit the file."""
    return {"Write it as 2024-05-20.": "Choose a day.", "Put it in quotes.": "Write it as text."}.get(
        fault.remedy, fault.remedy
    )
