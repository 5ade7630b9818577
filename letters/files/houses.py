"""The houses of the program, and those in folders that a person names."""

from dataclasses import dataclass
from pathlib import Path

from letters.houses import loading
from letters.houses.house import House


@dataclass(frozen=True, slots=True)
class Look:
    """The house whose words the letters have."""

    house: str = "joint"
    styles: Path | None = None
    templates: Path | None = None

    def read_house(self) -> House:
        """Return the house that it names, as its files are now."""
        return house(self.house, styles=self.styles, templates=self.templates)


def house(
    name: str, art: Path | str | None = None, styles: Path | str | None = None, templates: Path | str | None = None
) -> House:
    """Return the house of that name; `art` holds logos and signatures, `styles` more houses, `templates` letters."""
    given = {"art": art, "styles": styles, "templates": templates}
    return loading.house(name, **{name: Path(path) for name, path in given.items() if path})


def titles(styles: Path | str | None = None) -> dict[str, str]:
    """Return the title of every house by its name."""
    return loading.titles(Path(styles) if styles else None)
