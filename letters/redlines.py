"""Two versions -> their redline as Word, page or PDF, proved before it is written."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from letters.document.marks import NOBODY, Mark, Marked, accepts, changed_lines, rejects, resolved
from letters.errors import FormatFault, UnreadableInput, VersionFault
from letters.formats.docx.names import FOOTNOTES, NUMBERING
from letters.formats.docx.properties import read_back
from letters.formats.docx.read import WordFile, read
from letters.formats.docx.redline import redline as write_redline
from letters.formats.files import replace_file
from letters.formats.redline_page import RedlinePage, redline_page
from letters.versions.attribution import attributed
from letters.versions.compare import compare_files
from letters.versions.explaining import Entry
from letters.versions.proof import differences

REDLINE_SUFFIXES = (".docx", ".html", ".pdf")


def redline(
    old: Path,
    new: Path,
    out: Path,
    house: str,
    author: str | None = None,
    when: str | None = None,
    ledger: Path | None = None,
) -> int:
    """Write the redline that leads from one version to another; return how many paragraphs changed (a move is one).

    A version is an inspection file or a DOCX file. Raises UnreadableInput for files that are neither, and VersionFault
    where the proof fails; nothing is written then.
    """
    if out.suffix not in REDLINE_SUFFIXES:
        raise FormatFault(f"{out.suffix or 'no suffix'} names no format. Write one of {', '.join(REDLINE_SUFFIXES)}.")
    before, names = version(old, house)
    after, more = version(new, house)
    meta = read_back(after.parts)
    mark = (
        Mark(author or NOBODY, when or "")
        if ledger
        else Mark(author or meta.get("creator") or NOBODY, when or meta.get("modified") or "")
    )
    marked = compare_files(before.marked, after.marked, mark)
    if ledger:
        marked = attributed(marked, entries_of(ledger))
    data = write_redline(before, after, marked, mark)
    proved(data, before.marked, after.marked, str(out))
    if out.suffix != ".docx":
        page = redline_page(marked, RedlinePage(f"Changes from {old.name} to {new.name}", {**names, **more}))
        data = page.encode() if out.suffix == ".html" else as_pdf(page)
    replace_file(out, data)
    return sum(1 for _ in changed_lines(marked))


def entries_of(ledger: Path) -> list[Entry]:
    """Return the accepted changes of a ledger that `letters merge` wrote; of those that agree, one."""
    try:
        rows = json.loads(bytes_of(ledger))["changes"]
        return [entry_of(row) for row in rows if row["fate"] == "accepted"]
    except (ValueError, LookupError, TypeError, AttributeError):
        raise UnreadableInput(f"{ledger}: this is no ledger. Name the file of `letters merge --ledger`.") from None


def entry_of(row: dict[str, Any]) -> Entry:
    """Return one row of a ledger."""
    before, after = row.get("around", ("", ""))
    mark = Mark(row["author"], row.get("when", ""))
    return Entry(row.get("before", ""), row.get("after", ""), mark, row.get("kind", "words"), (before, after))


def version(path: Path, house: str) -> tuple[WordFile, dict[str, str]]:
    """Return a version as a Word file, and the block that each text and each anchor in it was made from."""
    if path.suffix.lower() in (".yaml", ".yml"):
        from letters.drafts import composed

        return composed(path, house)
    file = read(bytes_of(path), str(path))
    if FOOTNOTES not in file.parts or NUMBERING not in file.parts:
        raise UnreadableInput(f"{path}: this is no letter that `letters` wrote. Compare the file that was sent.")
    return accepted(file), {}


def accepted(file: WordFile) -> WordFile:
    """Return a file with every change that it carries accepted: the version that it stands for."""
    stories = {name: resolved(story, accepts) for name, story in file.marked.stories.items()}
    return replace(file, marked=Marked(stories))


def bytes_of(path: Path) -> bytes:
    """Return the bytes of a file; raises UnreadableInput where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableInput(f"{path}: cannot be read: {error.strerror}. Check the name of the file.") from None


def proved(data: bytes, old: Marked, new: Marked, name: str) -> None:
    """Raise VersionFault unless rejecting all gives the old version and accepting all the new."""
    file = read(data, name).marked
    wrong = [
        f"rejecting all changes does not give the old version: {place}" for place in differences(file, old, rejects)
    ]
    wrong += [
        f"accepting all changes does not give the new version: {place}" for place in differences(file, new, accepts)
    ]
    if wrong:
        raise VersionFault(f"{name} is not written: {'; '.join(wrong[:3])}. Please report this with both versions.")


def as_pdf(page: str) -> bytes:
    """Return a page as PDF."""
    from letters.formats.pdf import printed

    return printed(page)
