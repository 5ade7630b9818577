"""What a new inspection begins with: a commented file, and the schema that an editor checks it by."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import yaml

from letters import resources
from letters.errors import LettersError

FEWEST_WORDS = 6
"""Of a sentence in the file to start from; what is shorter is a name or a date."""
FIRST_PARAGRAPH = "Write the first paragraph of this section here, or take the section away."
"""What a section that somebody adds begins with, since it cannot be empty."""
DRAFT = "https://json-schema.org/draft/2020-12/schema"


def text(inspection_id: str) -> str:
    """Return a commented inspection file of that id."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]{0,31}", inspection_id):
        raise LettersError(
            f"{inspection_id!r} cannot be an id. Use up to 32 letters, digits, hyphens and underscores, a letter first."
        )
    return resources.text("schema/starting.yaml").replace("{{ id }}", inspection_id)


def schema() -> dict[str, Any]:
    """Return the JSON Schema of inspection files (draft 2020-12)."""
    from letters.findings.descriptions import described
    from letters.findings.inspection import Inspection

    found = described(Inspection)
    found["properties"]["switches"].pop("default", None)
    return {"$schema": DRAFT, "title": "Inspection", **found}


def round_schema() -> dict[str, Any]:
    """Return the JSON Schema of round files (draft 2020-12)."""
    from letters.findings.descriptions import described
    from letters.findings.round_file import Overview

    return {"$schema": DRAFT, "title": "Overview", **described(Overview)}


@cache
def starter_sentences() -> frozenset[str]:
    """Return the sentences that the file to start from has in the place of findings, as a letter prints them."""
    data = yaml.load(resources.text("schema/starting.yaml").replace("{{ id }}", "id"), yaml.CSafeLoader)
    said = (printed(value) for value in (*strings_of(data), FIRST_PARAGRAPH))
    return frozenset(words for words in said if len(words.split()) > FEWEST_WORDS)


def strings_of(value: Any) -> Iterator[str]:
    """Yield every text in plain data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from strings_of(part)


def printed(value: str) -> str:
    """Return a text without the signs of emphasis, links and footnotes."""
    plain = re.sub(r"\[\^[^\]]*\]|\]\([^)]*\)|[*\[]", "", value)
    return " ".join(plain.split())
