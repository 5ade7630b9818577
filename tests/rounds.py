"""The smallest round there is, written as files, and ways to add to it what a test is about."""

import re
from copy import deepcopy
from pathlib import Path
from typing import Any

import yaml

from letters.composition.report import compose_overview
from letters.document.tracing import Report
from letters.files.rounds import load_round
from letters.findings.rounds import RoundOfInspections
from letters.houses.loading import house
from tests.builders import SMALLEST

AREAS = ("ashby", "birley", "corby")
SMALLEST_ROUND: dict[str, Any] = {
    "id": "neglect-round",
    "title": "Small signs",
    "strapline": "How agencies respond to neglect",
    "theme": "neglect",
    "period": {"start": "2024-05-20", "end": "2024-05-24"},
    "published": "2024-12-05",
    "stage": "final",
    "inspectorates": ["ofsted", "cqc"],
    "inspections": [
        {"file": f"areas/{area}.yaml", "letter": f"https://letters.example/{area}", "tracked": 6, "sampled": 20}
        for area in AREAS
    ],
}


def finding(name: str, text: str, *tags: str, **fields: Any) -> dict[str, Any]:
    """Return a finding with tags."""
    return {"id": name, "text": text, "tags": list(tags), **fields}


def asked(name: str, text: str, *tags: str, **fields: Any) -> dict[str, Any]:
    """Return a recommendation with tags."""
    return {"target": ["council"], "priority": "improvement", **finding(name, text, *tags), **fields}


def write_round(folder: Path, areas: dict[str, dict[str, Any]] | None = None, **fields: Any) -> Path:
    """Write a round into a folder and return its file; `areas` lays fields over the inspections of some areas."""
    (folder / "areas").mkdir(parents=True, exist_ok=True)
    for area in AREAS:
        data = {
            **deepcopy(SMALLEST),
            "id": f"{area}-2024",
            "area": {"name": area.capitalize()},
            **(areas or {}).get(area, {}),
        }
        write_yaml(folder / "areas" / f"{area}.yaml", data)
    path = folder / "round.yaml"
    write_yaml(path, {**deepcopy(SMALLEST_ROUND), **fields})
    return path


def write_yaml(path: Path, data: Any) -> None:
    """Write data as an author would: plain YAML."""
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=1000)
    for field in ("start", "end", "letter", "received", "published"):
        text = unquoted_dates(text, field)
    path.write_text(text, "utf-8")


def unquoted_dates(text: str, field: str) -> str:
    """Return YAML in which the dates of a field are dates."""

    return re.sub(rf"(\b{field}: )'(\d{{4}}-\d\d-\d\d)'", r"\1\2", text)


def loaded(folder: Path, areas: dict[str, dict[str, Any]] | None = None, **fields: Any) -> RoundOfInspections:
    """Return the smallest round with other fields laid over its own."""
    return load_round(write_round(folder, areas, **fields))


def report(folder: Path, areas: dict[str, dict[str, Any]] | None = None, **fields: Any) -> Report:
    """Return the report of the smallest round with other fields laid over its own."""
    return compose_overview(loaded(folder, areas, **fields), house("joint"))


def chapter(*items: Any) -> list[dict[str, Any]]:
    """Return the findings of a report as one chapter."""
    return [{"id": "chapter", "heading": "A chapter", "items": list(items)}]
