"""The house style, held by files that were looked at: outline, text, page, DOCX parts, and one picture a house.

Accept a change with `pytest --force-regen` after looking at it; a failure shows both sides.
"""

import subprocess
import zipfile
from io import BytesIO
from pathlib import Path
from xml.dom import minidom

import pytest
from pytest_regressions.data_regression import DataRegressionFixture
from pytest_regressions.file_regression import FileRegressionFixture
from pytest_regressions.image_regression import ImageRegressionFixture

from letters.composition.letter import compose
from letters.document.walk import outline
from letters.files.disk import load
from letters.formats.by_suffix import to_bytes
from letters.houses.loading import house
from tests.conftest import ROOT, ROUNDS, file_of, letter_of, report_file_of, report_of

PARTS = ("word/document.xml", "word/footnotes.xml", "docProps/core.xml")
DOTS_AN_INCH = 60
TOLERANCE = 0.2
"""Per cent by which a picture may differ: poppler's versions draw text a little otherwise; a moved line is over 1."""


def test_outline(fixture_name: str, data_regression: DataRegressionFixture) -> None:
    lines = [f"{'  ' * (level - 1)}{words}" for level, words in outline(letter_of(fixture_name))]
    data_regression.check({"outline": lines})


def test_text(fixture_name: str, file_regression: FileRegressionFixture) -> None:
    file_regression.check(file_of(fixture_name, ".txt").decode(), encoding="utf-8")


@pytest.mark.parametrize("name", ["cawdale", "eastholm", "harcombe"])
def test_page(name: str, file_regression: FileRegressionFixture) -> None:
    page = file_of(name, ".html").decode()
    file_regression.check(page[page.index("<main") : page.index("</body>")], encoding="utf-8", extension=".html")


@pytest.mark.parametrize("name", ["cawdale", "greywick"])
def test_docx_parts(name: str, file_regression: FileRegressionFixture) -> None:
    with zipfile.ZipFile(BytesIO(file_of(name, ".docx"))) as package:
        parts = [
            f"<!-- {part} -->\n{minidom.parseString(package.read(part)).toprettyxml(indent=' ')}" for part in PARTS
        ]
    file_regression.check("\n".join(parts), encoding="utf-8", extension=".xml")


@pytest.mark.parametrize("name", ["cqc", "hmicfrs", "hmiprobation", "joint", "ofsted"])
def test_first_page_of_every_house(name: str, image_regression: ImageRegressionFixture, tmp_path: Path) -> None:
    letter = compose(load(ROOT / "fixtures/ansford/inspection.yaml"), house(name))
    (tmp_path / "letter.pdf").write_bytes(to_bytes(letter, ".pdf", house(name)))
    command = ["pdftoppm", "-r", str(DOTS_AN_INCH), "-png", "-singlefile", "letter.pdf", "page"]
    subprocess.run(command, check=True, cwd=tmp_path)
    image_regression.check((tmp_path / "page.png").read_bytes(), diff_threshold=TOLERANCE)


@pytest.mark.parametrize("name", ROUNDS)
def test_outline_of_a_report(name: str, data_regression: DataRegressionFixture) -> None:
    lines = [f"{'  ' * (level - 1)}{words}" for level, words in outline(report_of(name).document)]
    data_regression.check({"outline": lines})


@pytest.mark.parametrize("name", ROUNDS)
def test_text_of_a_report(name: str, file_regression: FileRegressionFixture) -> None:
    file_regression.check(report_file_of(name, ".txt").decode(), encoding="utf-8")


@pytest.mark.parametrize("number", [1, 2, 5])
def test_a_page_of_a_report(number: int, image_regression: ImageRegressionFixture, tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_bytes(report_file_of("exploitation-and-missing-2026", ".pdf"))
    pages = ["-f", str(number), "-l", str(number)]
    command = ["pdftoppm", "-r", str(DOTS_AN_INCH), *pages, "-png", "-singlefile", "report.pdf", "page"]
    subprocess.run(command, check=True, cwd=tmp_path)
    image_regression.check((tmp_path / "page.png").read_bytes(), diff_threshold=TOLERANCE)
