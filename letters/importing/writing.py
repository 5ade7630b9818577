"""The data of an imported letter -> the text of an inspection file, its doubts as comments where they belong."""

from letters.findings.parsing import dotted
from letters.findings.yaml_source import YamlSource
from letters.findings.yaml_writing import Style
from letters.importing.letter import Imported

UNSURE = "unsure"
LEFT = "These sentences of the letter have no place above:"
REMARKS = "The Word file held these tracked changes and comments. The words above have all changes accepted:"


def written(found: Imported) -> tuple[str, list[tuple[int, str]]]:
    """Return the text of the inspection file, and each doubt with its line."""
    lines = Style().mapping(found.data, 0)
    places = YamlSource("\n".join(lines) + "\n")
    by_line: dict[int, list[str]] = {}
    for path, what in found.doubts:
        by_line.setdefault(places.line_of(path), []).append(f"{dotted(path)}: {what}")
    out: list[str] = []
    told: list[tuple[int, str]] = []
    for number, line in enumerate(lines, start=1):
        margin = line[: len(line) - len(line.lstrip())]
        for what in by_line.get(number, ()):
            out.append(f"{margin}# {UNSURE}: {what}")
        told += [(len(out) + 1, what) for what in by_line.get(number, ())]
        out.append(line)
    for title, rows in ((LEFT, found.left), (REMARKS, found.remarks)):
        told += [(len(out) + 3 + place, row) for place, row in enumerate(rows)] if title == LEFT else []
        out += ["", f"# {title}", *comment(rows)] if rows else []
    return "\n".join(out) + "\n", told


def comment(rows: list[str]) -> list[str]:
    """Return rows as comments, one a line."""
    return [f"# - {' '.join(row.split())}" for row in rows]
