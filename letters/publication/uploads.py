"""What a publisher takes to her own website: data of charts and tables, a list of what goes where, and one zip."""

import csv
import io
from collections.abc import Iterator, Mapping

from letters.document.blocks import Blocks, Document, Item, Paragraph, Table, plain
from letters.document.walk import every_block
from letters.publication.publication import Publication
from letters.publication.record import File
from letters.word.package import archive, member

TITLE, SUMMARY = 65, 160
"""Characters that content systems and search engines show of a title and a summary."""
LIST = "upload.csv"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would take for a formula."""


def data_files(document: Document, stem: str) -> Iterator[File]:
    """Yield the rows of every numbered table of a report, those of its charts too, for a spreadsheet."""
    for block in every_block(document.blocks):
        if isinstance(block, Table) and block.label:
            rows = [[plain(runs) for runs in block.header], *([words_of(cell) for cell in row] for row in block.rows)]
            name = f"{stem}-{block.id.lower().replace('_', '-')}.csv"
            yield File(name, f"{block.label}, as data", "text/csv", as_csv(rows), document.meta.title)


def words_of(cell: Blocks) -> str:
    """Return the words of a cell; several marks of the matrix are told apart."""
    held = [block for block in cell if isinstance(block, Paragraph | Item)]
    apart = "; " if all(isinstance(block, Paragraph) and block.role.startswith("mark-") for block in held) else " "
    return apart.join(plain(block.runs) for block in held)


def as_csv(rows: list[list[str]]) -> bytes:
    """Return rows as CSV (RFC 4180); no cell is taken for a formula."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    for row in rows:
        writer.writerow([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in row])
    return stream.getvalue().encode("utf-8-sig")


def upload_list(work: Publication, files: list[File]) -> File:
    """Return the list of what to upload: each file, what it is, and title and summary at the lengths that fit."""
    title, summary = cut(work.meta.title, TITLE), cut(" ".join(work.summary), SUMMARY)
    rows = [["file", "what it is", "media type", "bytes", "title", "summary"]]
    rows += [[file.name, file.label, file.media_type, str(len(file.data)), title, summary] for file in files]
    return File(LIST, "List of what to upload", "text/csv", as_csv(rows), work.meta.title)


def cut(words: str, length: int) -> str:
    """Return words that fit a length, broken between two of them."""
    words = " ".join(words.split())
    if len(words) <= length:
        return words
    return f"{words[: length - 1].rsplit(' ', 1)[0].rstrip(',;:')}…"


def zips(files: Mapping[str, File]) -> dict[str, File]:
    """Return a zip of each folder of a pack, the same bytes for the same files."""
    folders: dict[str, list[str]] = {}
    for path in files:
        folder, slash, _ = path.partition("/")
        if slash:
            folders.setdefault(folder, []).append(path)
    return {
        f"{folder}.zip": File(
            f"{folder}.zip",
            "Everything for one website",
            "application/zip",
            zip_of({path: files[path].data for path in paths}),
            files[paths[0]].title,
        )
        for folder, paths in folders.items()
    }


def zip_of(files: Mapping[str, bytes]) -> bytes:
    """Return files as a zip, the same bytes for the same files."""
    return archive(member(path, data) for path, data in files.items())
