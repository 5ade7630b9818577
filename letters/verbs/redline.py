"""Redline two versions: Word, page or PDF, proved before it is returned."""

from dataclasses import dataclass, replace

from letters.document.marks import NOBODY, Mark, Marked, accepts, count_changed, rejects
from letters.errors import FormatFault, UnreadableInput, VersionFault
from letters.findings.source_file import SourceFile
from letters.formats.pages.redline import RedlinePage, redline_page
from letters.houses.house import House
from letters.verbs.read import read_inspection
from letters.verbs.word_letter import block_names, word_letter
from letters.versions.deciding.ledger import entries_of
from letters.versions.merging.proof import differences
from letters.versions.redlining.attribution import attributed
from letters.versions.redlining.compared_files import compare_files, with_numbers_of
from letters.versions.redlining.same_settings import Version, dressed, reads_alike
from letters.word.as_read import as_read
from letters.word.names import FOOTNOTES, NUMBERING
from letters.word.properties import read_back
from letters.word.read import read
from letters.word.redline import redline as write_redline
from letters.word.same_pictures import same_pictures
from letters.word.word_file import WordFile, accepted

PROGRAM = "docProps/app.xml"
"""Where Word and LibreOffice name themselves; `letters` writes no such part."""
REDLINE_SUFFIXES = (".docx", ".html", ".pdf")


@dataclass(frozen=True)
class Redline:
    """A redline in one format, and how many paragraphs changed (a move is one)."""

    data: bytes
    changed_paragraphs: int


def redline(
    old: SourceFile,
    new: SourceFile,
    house: House,
    suffix: str,
    *,
    author: str | None = None,
    when: str | None = None,
    ledger: SourceFile | None = None,
) -> Redline:
    """Return the redline that leads from one version to another, as .docx, .html or .pdf.

    A version is an inspection file or a DOCX file; `when` is a time such as 2024-05-20T09:00:00Z. Raises
    UnreadableInput for files that are neither, and VersionFault where the proof fails.
    """
    refuse_strange_format(suffix)
    (before, names), (after, more) = version_of(old, house), version_of(new, house)
    before, after = in_one_dress(before, after)
    mark = signature(before, after, author, when, known=ledger is not None)
    marked = compare_files(before.marked, after.marked, mark)
    if ledger:
        marked = attributed(marked, entries_of(ledger.data, ledger.name))
    data = write_redline(before, after, marked, mark)
    refuse_unproved(data, before.marked, after.marked)
    if suffix != ".docx":
        title = f"{letter_title(before, after)}: changes from {file_name(old)} to {file_name(new)}"
        page = redline_page(marked, RedlinePage(title, {**names, **more}))
        data = page.encode() if suffix == ".html" else as_pdf(page)
    return Redline(data, count_changed(marked))


def refuse_strange_format(suffix: str) -> None:
    """Raise FormatFault for a suffix that no redline has."""
    if suffix not in REDLINE_SUFFIXES:
        raise FormatFault(f"{suffix or 'no suffix'} is not a known format. Use one of {', '.join(REDLINE_SUFFIXES)}.")


def version_of(source: SourceFile, house: House) -> tuple[WordFile, dict[str, str]]:
    """Return a version as a Word file, and the block that each text and each anchor in it was made from."""
    if source.name.lower().endswith((".yaml", ".yml")):
        document, data = word_letter(read_inspection(source), house)
        return read(data, source.name), block_names(document)
    file = read(source.data, source.name)
    if FOOTNOTES not in file.parts or NUMBERING not in file.parts:
        raise UnreadableInput(f"{source.name}: `letters` did not write this letter. Compare the file that was sent.")
    return accepted(file), {}


def letter_title(before: WordFile, after: WordFile) -> str:
    """Return what the letter is called, by the properties of its versions."""
    titles = (read_back(file.parts).get("title", "") for file in (after, before))
    return next(filter(None, titles), "Letter")


def file_name(source: SourceFile) -> str:
    """Return the name of a file without its folder."""
    return source.name.rpartition("/")[2]


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


def refuse_unproved(data: bytes, old: Marked, new: Marked) -> None:
    """Raise VersionFault unless rejecting all gives the old version and accepting all the new."""
    file = read(data, "the redline").marked
    wrong = [
        f"rejecting all changes does not give the old version: {place}" for place in differences(file, old, rejects)
    ]
    wrong += [
        f"accepting all changes does not give the new version: {place}" for place in differences(file, new, accepts)
    ]
    if wrong:
        raise VersionFault(f"No redline was made: {'; '.join(wrong[:3])}. Please report this with both versions.")


def as_pdf(page: str) -> bytes:
    """Return a page as PDF."""
    from letters.formats.pdf.write import printed

    return printed(page)
