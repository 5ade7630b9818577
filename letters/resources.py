"""Where shipped data lies: at the top of a checkout, and inside the package where it was installed from a wheel."""

from functools import cache
from hashlib import sha256
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


def package_folder(name: str) -> Path:
    """Return a folder of the package itself, such as the pages of the workspace."""
    return Path(str(files("letters"))) / name


def text(name: str) -> str:
    """Return the text of a shipped file, such as registers/bank-holidays.yaml."""
    place, _, rest = name.partition("/")
    return (folder(place) / rest).read_text("utf-8")


def folder_digest(place: Path) -> str:
    """Return one SHA-256 over the names and bytes of everything in a folder."""
    files = (path for path in sorted(place.rglob("*")) if path.is_file())
    sums = [f"{path.relative_to(place)} {sha256(path.read_bytes()).hexdigest()}" for path in files]
    return sha256("\n".join(sums).encode()).hexdigest()


@cache
def digest(name: str) -> str:
    """Return one SHA-256 over everything that lies in a shipped folder."""
    return folder_digest(folder(name))


def fonts() -> Path:
    """Return the folder of the typefaces, each with its licence beside it."""
    return folder("styles") / "fonts"
