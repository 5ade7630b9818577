"""The smallest inspection there is, and ways to add to it what a test is about."""

from copy import deepcopy
from typing import Any

from letters.composition.letter import compose
from letters.document.blocks import Document
from letters.findings.inspection import Inspection
from letters.houses.loading import house

SMALLEST: dict[str, Any] = {
    "id": "smallest",
    "stage": "final",
    "area": {"name": "Exmere"},
    "round": {"theme": "neglect"},
    "partnership": {"name": "Exmere Safeguarding Children Partnership"},
    "dates": {
        "fieldwork": {"start": "2024-05-20", "end": "2024-05-24"},
        "letter": "2024-07-11",
        "received": "2024-07-03",
    },
    "inspectorates": ["ofsted", "cqc"],
    "agencies": [
        {"id": "council", "type": "local_authority", "name": "Exmere Council"},
        {"id": "police", "type": "police", "name": "Exmereshire Police"},
    ],
    "addressees": [{"name": "Ada Example", "role": "Director of Children’s Services"}],
    "signatories": [
        {"inspectorate": "ofsted", "name": "Cy Example", "title": ["National Director, Ofsted"]},
        {"inspectorate": "cqc", "name": "Di Example", "title": ["Deputy Chief Inspector, CQC"]},
    ],
    "next_steps": {"principal_authority": "council", "email": "statements@exmere.example"},
}


def inspection(**fields: Any) -> Inspection:
    """Return the smallest inspection with other fields laid over its own."""
    return Inspection.model_validate({**deepcopy(SMALLEST), **fields})


def letter(house_name: str = "joint", **fields: Any) -> Document:
    """Return the letter of the smallest inspection with other fields laid over its own."""
    return compose(inspection(**fields), house(house_name))


def recommendation(text: str, **fields: Any) -> dict[str, Any]:
    """Return a recommendation to the partnership."""
    return {"target": "partnership", "priority": "improvement", "text": text, **fields}
