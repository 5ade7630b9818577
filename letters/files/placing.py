"""What may be written where: never over an input, and never over what a person may have put there."""

from collections.abc import Iterable
from pathlib import Path

from letters.errors import FormatFault, LettersError, VersionFault
from letters.files.sets import finish_sets


def refuse_targets(
    inputs: Iterable[Path | None], targets: Iterable[Path | None], *, suffixes: tuple[str, ...] = ()
) -> None:
    """Raise VersionFault where a file to be written is an input, is written twice, or is a folder.

    With `suffixes`, also FormatFault where a file's own is another.
    """
    targets = list(targets)
    finish_sets(filter(None, targets))
    taken = {path.resolve() for path in inputs if path}
    for path in filter(None, targets):
        if path.resolve() in taken:
            raise VersionFault(f"{path}: this file is already an input or another output. Name another.")
        if path.is_dir():
            raise VersionFault(f"{path}: this is a folder. Name a file in it.")
        if suffixes and path.suffix.lower() not in suffixes:
            raise FormatFault(f"{path}: {path.suffix or 'no suffix'} does not fit. Use {' or '.join(suffixes)}.")
        taken.add(path.resolve())


def refuse_a_persons(targets: Iterable[Path], *, force: bool) -> None:
    """Raise VersionFault where a Word file to be replaced has tracked changes or comments in it: somebody's review."""
    for path in targets:
        if not force and path.suffix.lower() == ".docx" and path.is_file() and is_reviewed(path):
            raise VersionFault(
                f"{path}: it has tracked changes or comments, and would be lost. Move it, or replace it with --force."
            )


def is_reviewed(path: Path) -> bool:
    """Say whether a Word file holds tracked changes or comments; what cannot be read may well do so."""
    from letters.verbs.read_word import holds_review

    try:
        return holds_review(path.read_bytes())
    except (OSError, LettersError):
        return True
