"""The wordings of standing paragraphs that the lead has agreed to once, for a round or for every letter."""

from collections.abc import Iterable
from functools import lru_cache

import yaml
from pydantic import TypeAdapter, ValidationError

from letters.errors import HouseFault
from letters.findings.fields import Identifier, Line, Part, Prose
from letters.findings.inspection import Inspection
from letters.houses.house import unfit_fields

FILE = "agreed-wording.yaml"
"""The file of a folder of templates that holds them."""


class AgreedWording(Part):
    """Other words for a standing paragraph that the lead has agreed to."""

    paragraph: Identifier
    """The name of the standing paragraph."""
    words: Prose | None = None
    """The words as they stand under `wording:`, with facts in braces; left out, the paragraph may be left out."""
    theme: Line | None = None
    """The theme of the round that it is agreed for; left out, every round."""
    reason: Prose
    """Why the paragraph is worded otherwise."""
    name: Line
    """Who agreed for the lead."""


def is_agreed(inspection: Inspection, name: str, known: Iterable[AgreedWording]) -> bool:
    """Say whether the lead has agreed to how an inspection words a standing paragraph."""
    words = bare(inspection.wording[name])
    return any(
        held.paragraph == name and held.theme in (None, inspection.round.theme) and bare(held.words) == words
        for held in known
    )


def bare(words: str | None) -> str:
    """Return words with single spaces, however their lines are broken."""
    return " ".join((words or "").split())


@lru_cache(maxsize=8)
def agreed_wordings(templates: tuple[tuple[str, str], ...]) -> tuple[AgreedWording, ...]:
    """Return what a folder of templates holds; raises HouseFault where its file cannot be read."""
    text = dict(templates).get(FILE)
    if text is None:
        return ()
    try:
        return tuple(TypeAdapter(list[AgreedWording]).validate_python(yaml.load(text, yaml.CSafeLoader)))
    except yaml.YAMLError as error:
        raise HouseFault(f"{FILE}: this is not sound YAML: {' '.join(str(error).split())[:200]}. Correct it.") from None
    except ValidationError as error:
        raise HouseFault(f"{FILE}: {unfit_fields(error)}. See docs/a-new-template.md.") from None
