"""Reads the manifest of a pack again, and proves the pack by it: what was changed, lost or added is named."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict

from letters.errors import PackFault
from letters.findings.text import Identifier
from letters.publication.manifest import JSON_NAME, PAGE_NAME, as_json, digest, proof

LARGEST = 50_000_000
"""Bytes of the largest file that a pack can hold."""


def inside(path: str) -> str:
    """Return a path that stays within its pack; raises ValueError where it leaves it."""
    parts = Path(path).parts
    if not parts or Path(path).is_absolute() or ".." in parts:
        raise ValueError("the path leaves the pack")
    return path


class FileRow(BaseModel):
    """What a manifest says of one file."""

    path: Annotated[str, AfterValidator(inside)]
    sha256: str
    bytes: int


class Source(BaseModel):
    """The file that a pack was made from."""

    name: str
    sha256: str


class Shape(BaseModel):
    """What a manifest must hold for its pack to be verified, corrected or withdrawn."""

    model_config = ConfigDict(strict=True)

    identifier: str
    title: str
    version: int
    published: date
    state: Literal["published", "withdrawn"]
    words: str
    source: Source
    inspectorates: list[Identifier]
    files: list[FileRow]
    page: str
    """The SHA-256 of the page that shows the manifest."""


def read_manifest(pack: Path) -> dict[str, Any]:
    """Return the manifest of a pack; raises PackFault where there is none or it is garbled."""
    path = pack / JSON_NAME
    try:
        text = path.read_bytes()
        Shape.model_validate_json(text)
        data: dict[str, Any] = json.loads(text)
    except OSError as error:
        raise PackFault(
            f"{path}: cannot be read: {error.strerror}. Name a pack that `letters publish` wrote."
        ) from None
    except ValueError:
        raise PackFault(f"{path}: this is no manifest. Publish the pack again.") from None
    return data


def altered(pack: Path) -> list[str]:
    """Return everything in which a pack is not what its manifest says: changed, lost and strange files."""
    data = read_manifest(pack)
    known = {row["path"]: row for row in data["files"]}
    wrong = [said for path, row in known.items() if (said := fault_of(pack / path, row))]
    own = {name for name in (JSON_NAME, PAGE_NAME) if not (pack / name).is_symlink()}
    wrong += [f"{path} is not in the manifest" for path in sorted(found_in(pack) - set(known) - own)]
    if not belong_together(pack, data):
        wrong.append(f"{JSON_NAME} and {PAGE_NAME} do not belong together")
    return wrong


def found_in(pack: Path) -> set[str]:
    """Return everything that lies in a pack, with links that are not followed and folders that hold nothing."""
    found = (path for path in pack.rglob("*") if path.is_symlink() or not path.is_dir() or not any(path.iterdir()))
    return {str(path.relative_to(pack)) for path in found}


def belong_together(pack: Path, data: dict[str, Any]) -> bool:
    """Say whether a manifest and its page prove each other, byte for byte."""
    try:
        page, text = (pack / PAGE_NAME).read_bytes(), (pack / JSON_NAME).read_bytes()
    except OSError:
        return False
    return digest(page) == data["page"] and proof(data).encode() in page and as_json(data) == text


def fault_of(path: Path, row: Mapping[str, Any]) -> str:
    """Return what is wrong with one file, or nothing."""
    if path.is_symlink() or not path.is_file():
        return f"{row['path']} is missing"
    try:
        if path.stat().st_size > LARGEST or digest(path.read_bytes()) != row["sha256"]:
            return f"{row['path']} was altered"
    except OSError as error:
        return f"{row['path']} cannot be read: {error.strerror}"
    return ""
