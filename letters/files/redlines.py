"""Writes the redline of two files."""

from pathlib import Path

from letters.files.disk import read_source, read_word_file, replace_file
from letters.files.houses import Look
from letters.files.placing import refuse_targets
from letters.findings.source_file import SourceFile
from letters.verbs import redline as making


def redline(
    old: Path,
    new: Path,
    out: Path,
    look: Look,
    author: str | None = None,
    when: str | None = None,
    ledger: Path | None = None,
) -> int:
    """Write the redline that leads from one version to another; return how many paragraphs changed (a move is one)."""
    making.refuse_strange_format(out.suffix)
    refuse_targets([old, new, ledger], [out])
    made = making.redline(
        version(old),
        version(new),
        look.read_house(),
        out.suffix,
        author=author,
        when=when,
        ledger=read_word_file(ledger) if ledger else None,
    )
    replace_file(out, made.data)
    return made.changed_paragraphs


def version(path: Path) -> SourceFile:
    """Return a version: an inspection file or a Word file."""
    return read_source(path) if path.suffix.lower() in (".yaml", ".yml") else read_word_file(path)
