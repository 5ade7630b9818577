"""An inspection file back out: what is changed is changed where it stands, and every other line stays as it is."""

from collections.abc import Callable, Collection, Iterator
from typing import Any

from letters.errors import Fault, InspectionFaults
from letters.findings.changing import Changer
from letters.findings.differing import Difference
from letters.findings.fields import Part
from letters.findings.inspection import Inspection
from letters.findings.line_ends import ExactText
from letters.findings.parsing import dotted, parse, source_of, validated
from letters.findings.round_file import Overview
from letters.findings.round_parsing import parse_round_file
from letters.findings.withdrawn_comments import newly_withdrawn, with_comments
from letters.findings.yaml_editing import Editor
from letters.findings.yaml_places import Mapping, Places
from letters.findings.yaml_source import Path

Reader = Callable[[str, str], Part]
"""Reads the text of a file of some name."""
NOTHING = object()


def rewrite(text: str, inspection: Inspection, name: str = "inspection.yaml") -> str:
    """Return the inspection file `text` changed so that it says `inspection`.

    `text` may be the exact text of the file, with its byte order mark and line ends; it keeps them. Raises
    InspectionFaults where `text` is not an inspection file, or cannot be changed so that it says just that; the fault
    names the first field that would be lost. Text that says it already comes back as it is.
    """
    before = parse(text, name)
    changed = rewritten(text, before, inspection, parse, name)
    gone = newly_withdrawn(before, inspection)
    commented = with_comments(text, changed, gone) if gone else changed
    if commented == changed:
        return changed
    return commented if plain(parse(commented, name)) == plain(inspection) else changed


def rewrite_round(text: str, overview: Overview, name: str = "round.yaml") -> str:
    """Return the round file `text` changed so that it says `overview`; raises as `rewrite` does."""
    return rewritten(text, parse_round_file(text, name), overview, parse_round_file, name)


def rewritten(text: str, said: Part, wanted: Part, read: Reader, name: str) -> str:
    """Return a file that says one thing changed so that `read` finds in it what is wanted."""
    before, after = plain(said), plain(wanted)
    if before == after:
        return text
    exact = ExactText(text)
    changed = edited(exact, before, after, wanted, ())
    unnamed = [path for path in differences(found_in(changed, wanted), after) if path[-1:] == ("id",)]
    if unnamed:
        changed = edited(exact, before, after, wanted, {path[:-1] for path in unnamed})
    prove(text, changed, after, read, name)
    return changed


def edited(exact: ExactText, before: Any, after: Any, wanted: Part, named: Collection[Path]) -> str:
    """Return a file with the differences of two plain values laid over it.

    `named` holds the paths of entries whose id was worked out from their place and is to be written down.
    """
    places = Places(exact.read)
    editor = Editor(exact.read)
    if isinstance(places.root, Mapping):
        found = Difference(before, after, wanted.model_dump(mode="python"), ())
        Changer(places, named).mapping(editor, None, places.root, found)
    return exact.with_edits(editor.edits())


def found_in(text: str, wanted: Part) -> Any:
    """Return what the model finds in a text, whether or not its references lead anywhere, or None where it is none."""
    try:
        return plain(validated(type(wanted), source_of(text, ""), ""))
    except InspectionFaults:
        return None


def prove(text: str, changed: str, after: Any, read: Reader, name: str) -> None:
    """Raise InspectionFaults, with the first field that would be lost, where a changed file does not say `after`."""
    try:
        said = plain(read(changed, name))
    except InspectionFaults as error:
        path = next(iter(differences(plain(read(text, name)), after)), ())
        raise refusal(text, path, name) from error
    if said != after:
        raise refusal(text, next(differences(said, after)), name)


def refusal(text: str, path: Path, name: str) -> InspectionFaults:
    """Return the fault that a field cannot be changed."""
    message = "letters cannot change it without losing something"
    return InspectionFaults(
        [Fault(name, source_of(text, name).line_of(path), dotted(path), message, "Change it by hand.")]
    )


def plain(value: Any) -> Any:
    """Return a model as mappings and lists of what is set in it."""
    return value.model_dump(mode="python", exclude_defaults=True, warnings=False) if isinstance(value, Part) else value


def differences(one: Any, other: Any, path: Path = ()) -> Iterator[Path]:
    """Yield the paths at which two plain values differ."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in [*one, *(key for key in other if key not in one)]:
            yield from differences(one.get(key, NOTHING), other.get(key, NOTHING), (*path, key))
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for place, (first, second) in enumerate(zip(one, other, strict=True)):
            yield from differences(first, second, (*path, place))
    elif one != other:
        yield path
