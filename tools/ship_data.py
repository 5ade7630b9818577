"""Puts the folders of shipped data into the wheel; an editable install finds them in the checkout itself."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FOLDERS = ("templates", "styles", "profiles", "registers", "schema")


class ShipData(BuildHookInterface[Any]):
    """Lays each folder under letters/data, where letters/resources.py looks for it."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the folders to hatchling, unless the install is editable."""
        if version != "editable":
            build_data["force_include"] |= {str(Path(self.root, name)): f"letters/data/{name}" for name in FOLDERS}
