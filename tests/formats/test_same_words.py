"""Every format says the same words in the same order."""

from collections.abc import Callable
from pathlib import Path

from letters.document.walk import words
from tests.conftest import letter_of
from tests.reading import docx_words, expected_pdf_text, expected_text_words, html_words, pdf_text, text_words

Written = Callable[[str, str], bytes]


def test_docx_says_the_words_of_the_letter(fixture_name: str, written: Written) -> None:
    assert docx_words(written(fixture_name, ".docx")) == words(letter_of(fixture_name))


def test_html_says_the_words_of_the_letter(fixture_name: str, written: Written) -> None:
    assert html_words(written(fixture_name, ".html").decode()) == words(letter_of(fixture_name))


def test_text_says_the_words_of_the_letter(fixture_name: str, written: Written) -> None:
    document = letter_of(fixture_name)
    assert text_words(written(fixture_name, ".txt").decode(), document) == expected_text_words(document)


def test_pdf_says_the_words_of_the_letter(fixture_name: str, written: Written, tmp_path: Path) -> None:
    document = letter_of(fixture_name)
    assert pdf_text(written(fixture_name, ".pdf"), document, tmp_path) == expected_pdf_text(document)
