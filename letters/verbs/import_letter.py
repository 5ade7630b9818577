"""Make an inspection file of an older letter, to start from."""

from dataclasses import dataclass

from letters.errors import LettersError, UnreadableInput
from letters.findings.parsing import parse
from letters.houses.house import House
from letters.importing.letter import imported
from letters.importing.pdf_blocks import read_pdf
from letters.importing.word_blocks import read_word
from letters.importing.writing import written
from letters.verbs.steps import Step, log_step

READERS = {".pdf": read_pdf, ".docx": read_word}


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """An inspection file made of an older letter."""

    text: str
    unsure: tuple[tuple[int, str], ...]
    """What a person should look at, by its line."""
    remarks: tuple[str, ...]
    """Tracked changes and comments that a Word file held; the words have all changes accepted."""


def import_letter(data: bytes, name: str, house: House) -> ImportedFile:
    """Return an older letter, a PDF or Word file, as an inspection file.

    Raises UnreadableInput for what is neither or cannot be read.
    """
    log_step(Step.READ, name)
    suffix = f".{name.rpartition('.')[2].lower()}"
    if suffix not in READERS:
        raise UnreadableInput(f"{name}: {suffix} cannot be imported. Give a letter as .docx or .pdf.")
    source = READERS[suffix](data, name)
    try:
        found = imported(source, house)
    except LettersError as error:
        raise UnreadableInput(f"{name}: {error}") from None
    text, unsure = written(found)
    parse(text, name)
    return ImportedFile(text, tuple(unsure), tuple(found.remarks))
