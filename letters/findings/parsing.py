"""An inspection file in: every mistake in it named with its line, its field and the likely remedy."""

import re
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from letters.errors import Fault, InspectionFaults
from letters.findings.inspection import Inspection
from letters.findings.publishing import FORMER_NAMES
from letters.findings.references import Mistake, mistakes
from letters.findings.yaml_source import SourceError, YamlSource

Model = TypeVar("Model", bound=BaseModel)

MOST_OWNERS = 4
ALONE = ("Area", "Partnership", "Round", "Dates", "NextSteps", "Switches", "Layout", "PublicationPlan", "Fieldwork")
"""Parts that a file has once."""
UNION_TAGS = re.compile("item|group|entry:.*")


def parse(text: str, name: str = "inspection.yaml") -> Inspection:
    """Read an inspection from YAML text; `name` is what mistakes call the file."""
    return parse_with_lines(text, name)[0]


def parse_with_lines(text: str, name: str = "inspection.yaml") -> tuple[Inspection, YamlSource]:
    """Read an inspection from YAML text; return it with the source that knows the line of every field."""
    source = source_of(text, name)
    if "inspections" in source.data and "fieldwork" not in (source.data.get("dates") or {}):
        remedy = "Use it with `letters overview`, `agree` and `publish`, or name an inspection."
        raise InspectionFaults([Fault(name, source.line_of(("inspections",)), "", "this is a round file", remedy)])
    inspection = validated(Inspection, source, name)
    found = mistakes(inspection)
    if found:
        raise InspectionFaults([fault_at(mistake, source, name) for mistake in found])
    return inspection, source


def validated(model: type[Model], source: YamlSource, name: str) -> Model:
    """Return the data of a source as a model; raises InspectionFaults with every field that does not fit."""
    try:
        return model.model_validate(source.data)
    except ValidationError as error:
        known = field_names(model)
        raise InspectionFaults([fault_of(detail, source, name, known) for detail in error.errors()]) from None


def source_of(text: str, name: str) -> YamlSource:
    """Return the data of the YAML text of an inspection or a round with its lines."""
    remedy = "Begin with fields such as `id:` and `area:`; `letters new` writes a starter file."
    return data_as(text, name, "an inspection", remedy)


def data_as(text: str, name: str, what: str, remedy: str) -> YamlSource:
    """Return the data of a YAML text with its lines; raises InspectionFaults where it is not `what` it should be."""
    try:
        source = YamlSource(text)
    except SourceError as error:
        raise InspectionFaults([Fault(name, error.line, "", error.message, error.remedy)]) from None
    if not isinstance(source.data, dict):
        raise InspectionFaults([Fault(name, 1, "", f"this is not {what}", remedy)])
    return source


def fault_at(mistake: Mistake, source: YamlSource, name: str) -> Fault:
    """Lay a mistake between fields at its line."""
    return Fault(name, source.line_of(mistake.path), dotted(mistake.path), mistake.message, mistake.remedy)


def fault_of(detail: ErrorDetails, source: YamlSource, name: str, known: dict[str, list[str]]) -> Fault:
    """Say what the model refused as a person would, at its line."""
    path = without_tags(detail["loc"], source.data)
    message, remedy = explain(detail, path, known, source.written.get(path))
    return Fault(name, source.line_of(path), dotted(path), message, remedy)


def without_tags(loc: tuple[int | str, ...], data: Any) -> tuple[int | str, ...]:
    """Drop from a location the steps that name a kind of entry and stand in no file."""
    path: list[int | str] = []
    for place, step in enumerate(loc):
        former = FORMER_NAMES.get(str(step), step)
        step = former if not is_step(data, step) and is_step(data, former) else step
        present = is_step(data, step)
        if present or (not UNION_TAGS.fullmatch(str(step)) and place == len(loc) - 1):
            path.append(step)
        data = data[step] if present else data
    return tuple(path)


def is_step(data: Any, step: int | str) -> bool:
    """Say whether a step leads on from a mapping or a list."""
    if isinstance(data, list):
        return isinstance(step, int) and step < len(data)
    return isinstance(data, dict) and step in data


def dotted(path: tuple[int | str, ...]) -> str:
    """Write a path as people do: strengths[2].text, counting from one."""
    words = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path)
    return words.removeprefix(".")


def explain(
    detail: ErrorDetails, path: tuple[int | str, ...], known: dict[str, list[str]], written: str | None
) -> tuple[str, str]:
    """Return the message and the remedy for one refusal of the model; `written` is how the file says the value."""
    kind, given, field = detail["type"], detail["input"], str(path[-1]) if path else ""
    context = detail.get("ctx", {})
    match kind:
        case "extra_forbidden":
            if field in known:
                return f"`{field}` belongs to {listed(known[field])}, not here", "Move it, or delete it."
            return f"there is no field {field!r} here", did_you_mean(field, list(known))
        case "missing":
            return "is missing", f"Add `{field}:` here."
        case "enum" | "literal_error":
            return f"{given!r} is not one of {context['expected']}", did_you_mean(given, expected(context))
        case "string_type":
            return f"{written or repr(given)} is not text", "Put it in quotes."
        case "string_pattern_mismatch":
            return f"{given!r} is not valid here", pattern_remedy(str(context.get("pattern")))
        case "value_error":
            message, _, remedy = str(context["error"]).partition("; ")
            return message, sentence(remedy)
        case _ if kind.startswith("date"):
            return f"{written or repr(given)} is not a date", "Write it as 2024-05-20."
        case _ if kind.endswith("_type") or kind == "union_tag_not_found":
            return detail["msg"].removeprefix("Input ").lower(), "Check the indentation and the dashes."
    return detail["msg"].removeprefix("Input ").lower(), ""


def pattern_remedy(pattern: str) -> str:
    """Say what text a pattern of the model wants."""
    if pattern.startswith("^[A-Za-z]"):
        return "Use up to 32 letters, digits, hyphens and underscores, beginning with a letter."
    if pattern.endswith(r"\.yaml$"):
        return "Name a .yaml file in the same folder as this one, or in a folder below it."
    if "@" in pattern:
        return "Write an address such as name@example.org."
    return "Keep it on one line."


def sentence(words: str) -> str:
    """Begin with a capital and end with a full stop."""
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def expected(context: dict[str, Any]) -> list[str]:
    """Return the values that a refusal names between quotes."""
    return [part for place, part in enumerate(str(context["expected"]).split("'")) if place % 2]


def did_you_mean(given: Any, known: list[str]) -> str:
    """Suggest the nearest known word, or list the words where there are few."""
    from difflib import get_close_matches

    near = get_close_matches(str(given), known, n=1, cutoff=0.6)
    if near:
        return f"Did you mean {near[0]!r}?"
    return f"Write one of {', '.join(known)}." if len(known) < 15 else "See `letters schema` for the fields."


@cache
def field_names(model: type[BaseModel]) -> dict[str, list[str]]:
    """Return every field that a file of that model can have, with what it belongs to, in words."""
    schema = model.model_json_schema()
    owners: dict[str, list[str]] = {}
    for title, part in [("", schema), *schema["$defs"].items()]:
        for name in part.get("properties", {}):
            owners.setdefault(name, []).append(in_words(title))
    return {name: sorted(set(owners[name])) for name in sorted(owners)}


def in_words(title: str) -> str:
    """Return what a part of the model is called: CaseStudy is case studies."""
    if not title:
        return "the file itself"
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", title).lower()
    if title in ALONE:
        return f"the {words}"
    return f"{words[:-1]}ies" if words.endswith("y") else words if words.endswith("s") else f"{words}s"


def listed(names: list[str]) -> str:
    """Return names in a sentence; of many the first few."""
    shown = names if len(names) <= MOST_OWNERS else [*names[: MOST_OWNERS - 1], "others"]
    return " and ".join(filter(None, (", ".join(shown[:-1]), shown[-1])))
