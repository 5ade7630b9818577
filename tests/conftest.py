"""Fixtures that many tests share: the invented inspections, their letters, and their files, each written once."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from letters.composition.letter import compose
from letters.composition.report import compose_overview
from letters.document.blocks import Document
from letters.document.tracing import Report
from letters.files.disk import load
from letters.files.rounds import load_round
from letters.formats.by_suffix import to_bytes
from letters.houses.house import House
from letters.houses.loading import house
from tests.browser import Browser

ROOT = Path(__file__).parents[1]
ROUNDS = sorted(path.stem for path in (ROOT / "fixtures/rounds").glob("*.yaml"))
INSPECTIONS = sorted(path.parent.name for path in (ROOT / "fixtures").glob("*/inspection.yaml"))


@pytest.fixture
def joint() -> House:
    """The house of letters that several inspectorates publish together."""
    return house("joint")


@pytest.fixture
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser that nobody has used."""
    found = Browser(tmp_path_factory.mktemp("browser"))
    yield found
    found.close()


@cache
def letter_of(name: str) -> Document:
    """Return the letter of an invented inspection."""
    return compose(load(ROOT / "fixtures" / name / "inspection.yaml"), house("joint"))


@cache
def file_of(name: str, suffix: str) -> bytes:
    """Return the letter of an invented inspection in one format."""
    return to_bytes(letter_of(name), suffix, house("joint"))


@cache
def report_of(name: str) -> Report:
    """Return the report of an invented round."""
    return compose_overview(load_round(ROOT / "fixtures/rounds" / f"{name}.yaml"), house("joint"))


@cache
def report_file_of(name: str, suffix: str) -> bytes:
    """Return the report of an invented round in one format."""
    return to_bytes(report_of(name).document, suffix, house("joint"))


@pytest.fixture(params=ROUNDS)
def round_name(request: pytest.FixtureRequest) -> str:
    """The name of every invented round in turn."""
    name: str = request.param
    return name


@pytest.fixture(params=INSPECTIONS)
def fixture_letter(request: pytest.FixtureRequest) -> Document:
    """The letter of every invented inspection in turn."""
    return letter_of(request.param)


@pytest.fixture(params=INSPECTIONS)
def fixture_name(request: pytest.FixtureRequest) -> str:
    """The name of every invented inspection in turn."""
    name: str = request.param
    return name


@pytest.fixture
def written() -> Callable[[str, str], bytes]:
    """Gives the bytes of an invented inspection's letter by its name and a suffix."""
    return file_of
