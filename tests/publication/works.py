"""Inspections that may be published, written as files: agreed by everybody, with art that stands in for real art."""

import shutil
from datetime import date
from pathlib import Path
from typing import Any

from letters.files.packs import Published, PublishOptions, agree, publish
from tests.builders import SMALLEST
from tests.conftest import ROOT
from tests.rounds import write_yaml

AGREED = date(2024, 7, 10)


def real_art(folder: Path) -> Path:
    """Return a folder of logos that count as real ones."""
    shutil.copytree(ROOT / "styles/joint/art/logos", folder / "art/logos", dirs_exist_ok=True)
    return folder / "art"


def write_inspection(folder: Path, **fields: Any) -> Path:
    """Write the smallest inspection that has something to say, with other fields laid over its own."""
    spoken = {
        "area": {"name": "Exmere", "urn": "80999"},
        "addressees": [{"name": "Ada Example", "role": "Director of Children’s Services", "agency": "council"}],
        "headline_findings": [{"id": "H-01", "text": "Children in Exmere are seen and heard."}],
        "strengths": [{"id": "S-01", "text": "The patience that foster carers show."}],
        "recommendations": [
            {"id": "R-01", "priority": "improvement", "target": "partnership", "text": "The timeliness of decisions."}
        ],
    }
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "inspection.yaml"
    write_yaml(path, {**SMALLEST, **spoken, **fields})
    return path


def agreed(path: Path, *inspectorates: str) -> Path:
    """Enter the agreement of inspectorates into a file."""
    for name in inspectorates or ("ofsted", "cqc"):
        agree(path, name, "Ada Example", AGREED)
    return path


def published(folder: Path, *only: str, **fields: Any) -> Published:
    """Publish the smallest inspection, agreed by everybody, into `pack` of a folder."""
    path = agreed(write_inspection(folder, **fields))
    return publish(path, PublishOptions(folder / "pack", only=only, art=real_art(folder)))
