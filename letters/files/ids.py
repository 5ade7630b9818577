"""The ids of many inspection files, so that no letter or pack is written over another's."""

from pathlib import Path

from letters.errors import UnreadableInput
from letters.files.disk import read_source
from letters.findings.yaml_source import SourceError, YamlSource


def doubled_ids(paths: list[Path]) -> dict[Path, str]:
    """Return what is wrong with the files whose id another of them has."""
    first: dict[str, Path] = {}
    doubled: dict[Path, str] = {}
    for path in paths if len(paths) > 1 else ():
        found = id_in(path)
        if found is None:
            continue
        other = first.setdefault(found.casefold(), path)
        if other != path:
            doubled[path] = f"{path}: {found!r} is also the id of {other}. Give each inspection a unique id."
    return doubled


def id_in(path: Path) -> str | None:
    """Return the id that an inspection file gives, or None where it cannot be read; composing it tells why."""
    try:
        data = YamlSource(read_source(path).text).data
    except (UnreadableInput, SourceError):
        return None
    found = data.get("id") if isinstance(data, dict) else None
    return found if isinstance(found, str) else None
