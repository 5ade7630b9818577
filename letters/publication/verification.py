"""Reads the manifest of a pack, and verifies the pack by it: what was changed, lost or added is named."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict

from letters.errors import PackFault
from letters.findings.fields import Identifier
from letters.publication.manifest import JSON_NAME, PAGE_NAME, as_json, digest, proof


@dataclass(frozen=True)
class Pack:
    """A pack as it was read."""

    name: str
    """What messages call it."""
    files: Mapping[str, bytes]
    """Its manifest and the files that the manifest lists, by their paths in it."""
    others: Mapping[str, str]
    """What else lies there, and listed files that could not be read: paths, each with what is wrong."""

    @property
    def manifest(self) -> dict[str, Any]:
        """Its manifest; raises PackFault where there is none or it is garbled."""
        data = self.files.get(JSON_NAME)
        if data is None:
            why = self.others.get(JSON_NAME, "cannot be read: No such file or directory")
            raise PackFault(f"{self.name}/{JSON_NAME}: {why}. Name a pack that `letters publish` wrote.")
        return read_manifest(data, f"{self.name}/{JSON_NAME}")


def inside(path: str) -> str:
    """Return a path that stays within its pack; raises ValueError where it leaves it."""
    parts = PurePosixPath(path).parts
    if not parts or PurePosixPath(path).is_absolute() or ".." in parts:
        raise ValueError("the path is outside the pack")
    return path


class FileRow(BaseModel):
    """What a manifest says of one file."""

    path: Annotated[str, AfterValidator(inside)]
    sha256: str
    bytes: int


class SourceRow(BaseModel):
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
    state: Literal["published", "withdrawn", "draft"]
    words: str
    source: SourceRow
    inspectorates: list[Identifier]
    files: list[FileRow]
    page: str
    """The SHA-256 of the page that shows the manifest."""


LONGEST_MANIFEST = 5_000_000
"""Bytes; that of a report's pack has 20,000."""


def read_manifest(text: bytes, name: str) -> dict[str, Any]:
    """Return a manifest as data; raises PackFault where it is garbled, or longer than that of any pack."""
    if len(text) > LONGEST_MANIFEST:
        raise PackFault(f"{name}: it names far more files than a pack has. Publish the pack again.")
    try:
        Shape.model_validate_json(text)
        data: dict[str, Any] = json.loads(text)
    except ValueError:
        raise PackFault(f"{name}: this is not a manifest. Publish the pack again.") from None
    return data


def listed_files(text: bytes) -> list[str]:
    """Return the paths that a manifest lists; none where it is garbled."""
    try:
        return [row["path"] for row in read_manifest(text, "")["files"]]
    except PackFault:
        return []


def differences(pack: Pack) -> list[str]:
    """Return everything in which a pack is not what its manifest says: changed, lost and strange files."""
    data = pack.manifest
    known = {row["path"]: row for row in data["files"]}
    wrong = [said for path, row in known.items() if (said := fault_of(pack, path, row))]
    strange = {path for path in pack.others if path not in known and path not in (JSON_NAME, PAGE_NAME)}
    strange |= {name for name in (JSON_NAME, PAGE_NAME) if name in pack.others and pack.others[name] == LINK}
    wrong += [f"{path} is not in the manifest" for path in sorted(strange)]
    if not belong_together(pack, data):
        wrong.append(f"{JSON_NAME} and {PAGE_NAME} do not match")
    return wrong


LINK = "is a link"
"""What is said of a link, which is never followed."""
EMPTY = "is an empty folder"
"""What is said of a folder without files."""
TOO_LARGE = "is too large"
"""What is said of a file that no pack can hold."""


def belong_together(pack: Pack, data: dict[str, Any]) -> bool:
    """Say whether a manifest and its page prove each other, byte for byte."""
    page, text = pack.files.get(PAGE_NAME), pack.files.get(JSON_NAME)
    if page is None or text is None:
        return False
    return digest(page) == data["page"] and proof(data).encode() in page and as_json(data) == text


def fault_of(pack: Pack, path: str, row: Mapping[str, Any]) -> str:
    """Return what is wrong with one file, or nothing."""
    if path in pack.files:
        return "" if digest(pack.files[path]) == row["sha256"] else f"{path} was altered"
    why = pack.others.get(path)
    if why == TOO_LARGE:
        return f"{path} was altered"
    return f"{path} is missing" if why in (None, LINK, EMPTY) else f"{path} {why}"


def verified(pack: Pack) -> dict[str, Any]:
    """Return the manifest of a pack; raises PackFault where the pack is not what its manifest says."""
    wrong = differences(pack)
    if wrong:
        raise PackFault(f"{pack.name} is not as published: {'; '.join(wrong[:5])}. Restore it, then try again.")
    return pack.manifest
