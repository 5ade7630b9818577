"""PDFs that are made at the same time in one process: each has the tags that it has alone."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from letters.errors import FormatFault
from letters.formats.by_suffix import to_bytes
from letters.formats.pdf import tags
from letters.houses.house import House
from tests.conftest import letter_of


def test_pdfs_made_in_threads_are_those_made_alone(joint: House) -> None:
    letters = [letter_of(name) for name in ("ansford", "farrowby", "ansford", "cawdale")]
    alone = [to_bytes(letter, ".pdf", joint) for letter in letters]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda letter: to_bytes(letter, ".pdf", joint), letters)) == alone


def test_a_pdf_that_would_not_read_out_its_words_is_not_made(joint: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tags, "marking", lambda tree, theirs: lambda stream, box, tag: tags.decoration(stream, ""))
    with pytest.raises(FormatFault, match="would not read out"):
        to_bytes(letter_of("ansford"), ".pdf", joint)
