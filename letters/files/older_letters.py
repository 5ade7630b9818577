"""Reads an older letter, and puts the inspection file that is made of it in a new place."""

from pathlib import Path

from letters.files.disk import create_file, read_word_file
from letters.files.houses import Look
from letters.files.placing import refuse_targets
from letters.limits import limited_time
from letters.verbs import import_letter as making
from letters.verbs.import_letter import ImportedFile

LONGEST = 60
"""Seconds of processor time; a letter of twelve pages takes one."""


def import_letter(path: Path, out: Path, look: Look) -> ImportedFile:
    """Write the inspection file of an older letter, a PDF or Word file; never over a file that is there."""
    refuse_targets([path], [out], suffixes=(".yaml", ".yml"))
    source = read_word_file(path)
    with limited_time(LONGEST):
        made = making.import_letter(source.data, str(path), look.read_house())
    create_file(out, made.text)
    return made
