"""Where shipped data lies: at the top of a checkout, and inside the package where it was installed from a wheel."""

from functools import cache
from importlib.resources import files
from pathlib import Path

SHIPPED = "data"
"""The folder of the package that a wheel puts them in; a checkout has none."""


@cache
def folder(name: str) -> Path:
    """Return one of the folders templates, styles, profiles, registers and schema."""
    package = Path(str(files("letters")))
    shipped = package / SHIPPED / name
    return shipped if shipped.is_dir() else package.parent / name


def fonts() -> Path:
    """Return the folder of the typefaces, each with its licence beside it."""
    return folder("styles") / "fonts"
