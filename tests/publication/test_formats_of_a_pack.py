"""Every format of a pack says the same words, in every house, and keeps to the standards it claims."""

import re
from functools import cache, partial

import pytest
from openxml_audit import OpenXmlValidator

from letters.document.blocks import Document
from letters.document.walk import words
from letters.files.packs import publication_in
from letters.formats.odt.write import write as odt
from letters.formats.pages.letter import large_print_page
from letters.formats.pages.site import SitePage, document_page
from letters.formats.pdf import write as pdf
from letters.formats.text import write as text
from letters.houses.loading import house
from letters.publication.end_matter import published_document
from letters.publication.publication import Publication
from letters.word.write import write as docx
from tests.conftest import INSPECTIONS, ROOT, ROUNDS
from tests.formats.test_odt import odt_words
from tests.formats.test_pdf_tags import faults
from tests.reading import docx_words, expected_text_words, html_words, text_words
from tests.tags import Said, TaggedPdf, said_by_html, said_by_pdf

HOUSES = ("cqc", "hmicfrs", "hmiprobation", "joint", "ofsted")
NAMES = [*INSPECTIONS, *ROUNDS]
FACTS = SitePage("A page", "Somebody", "https://exmere.example", "en-GB")


@cache
def work(name: str) -> Publication:
    """Return an invented letter or report as a work."""
    rounds = ROOT / "fixtures/rounds" / f"{name}.yaml"
    path = rounds if name in ROUNDS else ROOT / "fixtures" / name / "inspection.yaml"
    return publication_in(path, house("joint"))


@cache
def document(name: str, house_name: str = "ofsted") -> Document:
    """Return an invented letter or report as a house publishes it."""
    return published_document(work(name), house(house_name))


@pytest.mark.parametrize("name", NAMES)
def test_every_format_says_the_words_of_the_document(name: str) -> None:
    found, look = document(name), house("ofsted")
    wanted = words(found)
    assert docx_words(docx(found, look)) == wanted
    assert html_words(document_page(found, look, FACTS)) == wanted
    assert odt_words(odt(found, look)) == wanted
    assert text_words(text(found), found) == expected_text_words(found)


@pytest.mark.parametrize("name", NAMES)
def test_large_print_says_what_its_page_says_and_keeps_to_both_standards(name: str) -> None:
    found, look = document(name), house("ofsted")
    data = pdf.write_large_print(found, look)
    assert without_brackets(said_by_pdf(data)) == said_by_html(large_print_page(found, look))
    read = TaggedPdf(data)
    assert (read.unread(), read.unmarked(), read.strays()) == ([], [], [])
    assert faults(data) == []


@pytest.mark.parametrize("name", HOUSES)
def test_every_house_publishes_pdf_that_keeps_to_both_standards(name: str) -> None:
    assert faults(pdf.write(document("cawdale", name), house(name))) == []


def without_brackets(said: Said) -> Said:
    """Return what a reader is told, without the brackets that large print sets around the numbers of notes."""
    bare = partial(re.sub, r"\[(\d+)\]", r"\1")
    languages = [(language, bare(words)) for language, words in said.languages]
    lists = [[(number, bare(words)) for number, words in items] for items in said.lists]
    return said._replace(words=bare(said.words), lists=lists, notes=list(map(bare, said.notes)), languages=languages)


@pytest.mark.parametrize("name", ["cawdale", "eastholm"])
def test_published_docx_is_valid_and_ends_with_the_end_matter(
    name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("docx") / "letter.docx"
    path.write_bytes(docx(document(name), house("ofsted")))
    assert [str(error) for error in OpenXmlValidator().validate(str(path)).errors] == []
    assert docx_words(path.read_bytes())[-60:] == words(document(name))[-60:]


def test_large_print_slants_nothing_and_sets_nothing_below_sixteen_point() -> None:
    read = large_print_page(document("cawdale"), house("ofsted"))
    assert "<em>" not in read
    sizes = [float(size) for size in re.findall(r"-size: ([\d.]+)pt", read)]
    assert min(sizes) >= 16
