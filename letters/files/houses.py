"""The houses of the program, and those in a folder that a person names."""

from pathlib import Path

from letters.houses import loading
from letters.houses.house import House


def house(name: str, art: Path | str | None = None, styles: Path | str | None = None) -> House:
    """Return the house of that name; `art` holds real logos and signatures, `styles` holds more houses."""
    return loading.house(name, art=Path(art) if art else None, styles=Path(styles) if styles else None)


def titles(styles: Path | str | None = None) -> dict[str, str]:
    """Return the title of every house by its name."""
    return loading.titles(Path(styles) if styles else None)
