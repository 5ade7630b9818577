"""What a new inspection begins with: a commented file, and the schema that an editor checks it by."""

import re
from typing import Any

from letters import resources
from letters.errors import LettersError

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
