"""What a new inspection begins with: a commented file, and the schema that an editor checks it by."""

from pathlib import Path
from typing import Any

from letters.errors import LettersError
from letters.findings.inspection import Inspection

STARTING = Path(__file__).with_name("starting.yaml")


def text(inspection_id: str) -> str:
    """Return a commented inspection file of that id."""
    if not inspection_id.replace("-", "").isalnum() or not inspection_id[:1].isalpha() or len(inspection_id) > 32:
        raise LettersError(
            f"{inspection_id!r} cannot be an id. Use up to 32 letters, digits and hyphens, a letter first."
        )
    return STARTING.read_text("utf-8").replace("{{ id }}", inspection_id)


def schema() -> dict[str, Any]:
    """Return the JSON Schema of inspection files (draft 2020-12)."""
    found = Inspection.model_json_schema()
    found["properties"]["switches"].pop("default", None)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Inspection", **found}
