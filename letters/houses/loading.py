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
LARGEST = 300_000
"""Bytes of the largest file of settings or template that a house can have."""
DEEPEST = 12
"""Nesting without end would bring the reader down."""
NAME = re.compile(r"^[a-z][a-z0-9-]*$")


def house_names(styles: Path = STYLES) -> list[str]:
    """Return the names of the houses in a folder of styles."""
    return sorted(path.parent.name for path in styles.glob("*/house.yaml"))


def house(name: str, *, art: Path | None = None, styles: Path | None = None, templates: Path | None = None) -> House:
    """Return the house of that name.

    `art` is a folder of real logos and signatures; `styles` is a folder of more houses, looked in first; `templates` is
    a folder of letter templates, each of which takes the place of the shipped one of its name.
    Raises HouseFault where there is none of that name, or its house.yaml is garbled.
    """
    if art is not None and not art.is_dir():
        raise HouseFault(f"{art}: this art folder does not exist. Check its name.")
    if styles is not None and not styles.is_dir():
        raise HouseFault(f"{styles}: this folder of houses does not exist. Check its name.")
    shelves = tuple(folder for folder in (styles, STYLES) if folder)
    settings, folders = read(name, shelves)
    return House(name, settings, folders, art, templates_in(templates) if templates else ())


def templates_in(folder: Path) -> tuple[tuple[str, str], ...]:
    """Return the texts of a folder of templates by their paths in it; raises HouseFault where there is none."""
    if not folder.is_dir():
        raise HouseFault(f"{folder}: this folder of templates does not exist. Check its name.")
    files = (path for path in sorted(folder.rglob("*")) if path.suffix in (".md", ".yaml") and path.is_file())
    return tuple((path.relative_to(folder).as_posix(), text_of(path)) for path in files)


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
    if any((shelf / name).is_dir() for shelf in shelves if name and "/" not in name):
        remedy = "Give it a house.yaml; its name has small letters, digits and hyphens."
        raise HouseFault(f"{name!r} is a folder and no house. {remedy}")
    raise HouseFault(f"there is no house {name!r}. The houses are {', '.join(known)}.")


def text_of(path: Path) -> str:
    """Return the text of a house's file; raises HouseFault where it is not UTF-8, or far too long for one."""
    try:
        if path.stat().st_size > LARGEST:
            raise HouseFault(f"{path}: it is far longer than a house or template is. Is it the right file?")
        return path.read_text("utf-8")
    except ValueError as error:
        raise HouseFault(f"{path}: this is not YAML: {str(error)[:200]}. Check it.") from None
    except OSError as error:
        raise HouseFault(f"{path}: cannot be read: {error.strerror}. Check it.") from None


@lru_cache(maxsize=64)
def yaml_of(text: str, name: str) -> dict[str, object]:
    """Return the data of a YAML text; raises HouseFault where it is not a mapping."""
    try:
        if depth_of(text) > DEEPEST:
            raise HouseFault(f"{name}: its fields are nested too deeply, or it has aliases. Is it the right file?")
        data = yaml.load(text, yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        raise HouseFault(f"{name}: this is not YAML: {str(error)[:200]}. Check it.") from None
    if not isinstance(data, dict):
        raise HouseFault(f"{name}: this is not a house. Begin with `title:`.")
    return data


def depth_of(text: str) -> int:
    """Return how deeply a YAML text nests, without building it; an alias counts as without end."""
    depth = deepest = 0
    for event in yaml.parse(text, yaml.CSafeLoader):
        if isinstance(event, yaml.AliasEvent):
            return DEEPEST + 1
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        deepest = max(deepest, depth)
        if deepest > DEEPEST:
            break
    return deepest


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
