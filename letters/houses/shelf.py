"""Finds and reads the houses that lie under styles/."""

import re
from functools import cache
from pathlib import Path

import yaml
from pydantic import ValidationError

from letters.errors import HouseFault
from letters.houses.house import House, Settings, unfit_fields
from letters.resources import folder

STYLES = folder("styles")
MOST_BRACKETS = 1_000
"""Nesting without end would bring the reader down."""
NAME = re.compile(r"^[a-z][a-z0-9-]*$")


def house_names(styles: Path = STYLES) -> list[str]:
    """Return the names of the houses in a folder of styles."""
    return sorted(path.parent.name for path in styles.glob("*/house.yaml"))


def house(name: str, *, art: Path | None = None, styles: Path | None = None) -> House:
    """Return the house of that name.

    `art` is a folder of real logos and signatures; `styles` is a folder of more houses, looked in first.
    Raises HouseFault where there is none of that name, or its house.yaml is garbled.
    """
    if art is not None and not art.is_dir():
        raise HouseFault(f"{art}: there is no such folder of art. Check its name.")
    if styles is not None and not styles.is_dir():
        raise HouseFault(f"{styles}: there is no such folder of houses. Check its name.")
    shelves = tuple(folder for folder in (styles, STYLES) if folder)
    settings, folders = read(name, shelves)
    return House(name, settings, folders, art)


def titles(styles: Path | None = None) -> dict[str, str]:
    """Return the title of every house by its name."""
    names = {name for shelf in (styles, STYLES) if shelf for name in house_names(shelf)}
    return {name: house(name, styles=styles).settings.title for name in sorted(names)}


@cache
def read(name: str, shelves: tuple[Path, ...]) -> tuple[Settings, tuple[Path, ...]]:
    """Return a house's settings, laid over those of the house it is based on, and its folders."""
    chain: list[tuple[Path, dict[str, object]]] = []
    base: object = name
    while isinstance(base, str):
        folder = folder_of(base, shelves)
        if any(folder == seen for seen, _ in chain):
            raise HouseFault(f"{folder}/house.yaml: `based_on` goes round in a circle. Name another house.")
        chain.append((folder, yaml_of(folder / "house.yaml")))
        base = chain[-1][1].get("based_on")
    merged: dict[str, object] = {}
    for _, data in reversed(chain):
        merged = laid_over(merged, data)
    return settings_of(merged, chain[0][0]), tuple(folder for folder, _ in chain)


def folder_of(name: str, shelves: tuple[Path, ...]) -> Path:
    """Return the folder of a house; raises HouseFault where no shelf has it."""
    for shelf in shelves:
        if NAME.match(name) and (shelf / name / "house.yaml").is_file():
            return shelf / name
    known = sorted({found for shelf in shelves for found in house_names(shelf)})
    raise HouseFault(f"there is no house {name!r}. The houses are {', '.join(known)}.")


def yaml_of(path: Path) -> dict[str, object]:
    """Return the data of a YAML file; raises HouseFault where it is not a mapping."""
    try:
        text = path.read_text("utf-8")
        if text.count("[") + text.count("{") > MOST_BRACKETS:
            raise HouseFault(f"{path}: it has more brackets than a house needs. Is it the right file?")
        data = yaml.load(text, yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        raise HouseFault(f"{path}: this is not YAML: {str(error)[:200]}. Check it.") from None
    if not isinstance(data, dict):
        raise HouseFault(f"{path}: this is not a house. Begin with `title:`.")
    return data


def laid_over(base: dict[str, object], own: dict[str, object]) -> dict[str, object]:
    """Return the base's settings with a house's own over them, mappings merged."""
    merged = dict(base)
    for key, value in own.items():
        below = merged.get(key)
        merged[key] = {**below, **value} if isinstance(below, dict) and isinstance(value, dict) else value
    return merged


def settings_of(data: dict[str, object], folder: Path) -> Settings:
    """Return checked settings; raises HouseFault naming every field that is wrong."""
    try:
        return Settings.model_validate(data)
    except ValidationError as error:
        raise HouseFault(f"{folder}/house.yaml: {unfit_fields(error)}. See docs/a-new-house.md.") from None
