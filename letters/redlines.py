"""Two versions -> their redline as Word, page or PDF, proved before it is written."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from letters.document.marks import NOBODY, Mark, Marked, accepts, count_changed, rejects, resolved
from letters.errors import FormatFault, UnreadableInput, VersionFault
from letters.formats.files import replace_file
from letters.formats.redline_page import RedlinePage, redline_page
from letters.versions.attribution import attributed
from letters.versions.compare import compare_files, with_numbers_of
from letters.versions.dressing import Version, dressed, reads_alike
from letters.versions.explaining import Entry
from letters.versions.proof import differences
from letters.word.as_read import as_read
from letters.word.names import FOOTNOTES, NUMBERING
from letters.word.properties import read_back
from letters.word.read import WordFile, read
from letters.word.redline import redline as write_redline
from letters.word.same_pictures import same_pictures

PROGRAM = "docProps/app.xml"
"""Where Word and LibreOffice name themselves; `letters` writes no such part."""
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
    (before, names), (after, more) = version(old, house), version(new, house)
    before, after = in_one_dress(before, after)
    mark = signature(before, after, author, when, known=ledger is not None)
    marked = compare_files(before.marked, after.marked, mark)
    if ledger:
        marked = attributed(marked, entries_of(ledger))
    data = write_redline(before, after, marked, mark)
    proved(data, before.marked, after.marked, str(out))
    if out.suffix != ".docx":
        page = redline_page(marked, RedlinePage(f"Changes from {old.name} to {new.name}", {**names, **more}))
        data = page.encode() if out.suffix == ".html" else as_pdf(page)
    replace_file(out, data)
    return count_changed(marked)


def signature(before: WordFile, after: WordFile, author: str | None, when: str | None, *, known: bool) -> Mark:
    """Return who made the changes that no ledger explains: nobody where one is there, else who the new version is of.

    What another program saved may name a person as its author: the old version is asked then.
    """
    meta = next((read_back(file.parts) for file in (after, before) if is_ours(file)), {})
    if known:
        meta = {}
    return Mark(author or meta.get("creator") or NOBODY, when or meta.get("modified") or "")


def is_ours(file: WordFile) -> bool:
    """Say whether a file is as `letters` wrote it: other programs say in it that it is theirs as they save it."""
    return PROGRAM not in file.parts and "LetterVersion" in read_back(file.parts)


def in_one_dress(before: WordFile, after: WordFile) -> tuple[WordFile, WordFile]:
    """Return two versions, the one that another program saved in the settings of the other."""
    if not is_ours(after):
        return before, in_dress_of(before, after)
    return (before, after) if is_ours(before) else (in_dress_of(after, before), after)


def in_dress_of(model: WordFile, file: WordFile) -> WordFile:
    """Return what a reader gets of a file in the settings of another; as it is where that would not read the same."""
    pictures = same_pictures(model.media, file.media)
    numbered = with_numbers_of(model.marked, file.marked)
    read = as_read(file.marked, pictures)
    told = dressed(Version(numbered, as_read(numbered, {})), Version(file.marked, read))
    if told is None or not reads_alike(as_read(told, pictures), read):
        return file
    return replace(model, name=file.name, marked=told, media=file.media | model.media)


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
