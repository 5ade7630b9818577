"""Finds and reads the houses under styles/, each as its files are now."""

import re
from functools import lru_cache
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
        raise HouseFault(f"{art}: this art folder does not exist. Check its name.")
    if styles is not None and not styles.is_dir():
        raise HouseFault(f"{styles}: this folder of houses does not exist. Check its name.")
    shelves = tuple(folder for folder in (styles, STYLES) if folder)
    settings, folders = read(name, shelves)
    return House(name, settings, folders, art)


def titles(styles: Path | None = None) -> dict[str, str]:
    """Return the title of every house by its name."""
    names = {name for shelf in (styles, STYLES) if shelf for name in house_names(shelf)}
    return {name: house(name, styles=styles).settings.title for name in sorted(names)}


def read(name: str, shelves: tuple[Path, ...]) -> tuple[Settings, tuple[Path, ...]]:
    """Return a house's settings, merged with those of the house it is based on, and its folders."""
    chain: list[tuple[Path, str]] = []
    base: object = name
    while isinstance(base, str):
        found = folder_of(base, shelves)
        if any(found == seen for seen, _ in chain):
            raise HouseFault(f"{found}/house.yaml: `based_on` leads back to the same house. Name another house.")
        chain.append((found, text_of(found / "house.yaml")))
        base = yaml_of(chain[-1][1], f"{found}/house.yaml").get("based_on")
    return settings_of(tuple(chain)), tuple(found for found, _ in chain)


def folder_of(name: str, shelves: tuple[Path, ...]) -> Path:
    """Return the folder of a house; raises HouseFault where no shelf has it."""
    for shelf in shelves:
        if NAME.match(name) and (shelf / name / "house.yaml").is_file():
            return shelf / name
    known = sorted({found for shelf in shelves for found in house_names(shelf)})
    raise HouseFault(f"there is no house {name!r}. The houses are {', '.join(known)}.")


def text_of(path: Path) -> str:
    """Return the text of a YAML file; raises HouseFault where it is not UTF-8."""
    try:
        return path.read_text("utf-8")
    except ValueError as error:
        raise HouseFault(f"{path}: this is not YAML: {str(error)[:200]}. Check it.") from None


@lru_cache(maxsize=64)
def yaml_of(text: str, name: str) -> dict[str, object]:
    """Return the data of a YAML text; raises HouseFault where it is not a mapping."""
    try:
        if text.count("[") + text.count("{") > MOST_BRACKETS:
            raise HouseFault(f"{name}: it has too many brackets for a house. Is it the right file?")
        data = yaml.load(text, yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        raise HouseFault(f"{name}: this is not YAML: {str(error)[:200]}. Check it.") from None
    if not isinstance(data, dict):
        raise HouseFault(f"{name}: this is not a house. Begin with `title:`.")
    return data


def merge_settings(base: dict[str, object], own: dict[str, object]) -> dict[str, object]:
    """Return the base's settings with a house's own over them, mappings merged."""
    merged = dict(base)
    for key, value in own.items():
        below = merged.get(key)
        merged[key] = {**below, **value} if isinstance(below, dict) and isinstance(value, dict) else value
    return merged


@lru_cache(maxsize=32)
def settings_of(chain: tuple[tuple[Path, str], ...]) -> Settings:
    """Return the checked settings of a house from the texts of it and those it is based on, its own first.

    Raises HouseFault naming every field that is wrong.
    """
    merged: dict[str, object] = {}
    for place, text in reversed(chain):
        merged = merge_settings(merged, yaml_of(text, f"{place}/house.yaml"))
    try:
        return Settings.model_validate(merged)
    except ValidationError as error:
        raise HouseFault(f"{chain[0][0]}/house.yaml: {unfit_fields(error)}. See docs/a-new-house.md.") from None
