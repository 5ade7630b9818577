"""Who may import whom: the plan of the house, read from the imports themselves."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "letters"
MODULES = sorted(path.relative_to(PACKAGE.parent) for path in PACKAGE.rglob("*.py"))
GROUND = ("findings", "houses", "document")
CRAFTS = ("composition", "checks", "formats", "versions", "word")
ONLY = {
    "docx": ("letters/word/",),
    "docxtpl": ("letters/word/",),
    "lxml": ("letters/word/",),
    "jinja2": ("letters/composition/", "letters/word/", "letters/formats/html.py"),
    "markdown_it": ("letters/document/markdown.py",),
    "weasyprint": ("letters/formats/pdf.py",),
    "ruamel": (),
    "faker": (),
    "holidays": (),
    "click": ("letters/cli.py",),
    "PIL": ("letters/word/same_pictures.py",),
    "matplotlib": ("letters/formats/charts.py",),
    "pptx": ("letters/word/",),
    "distributed": ("letters/packs.py",),
    "louis": ("letters/formats/braille_page.py",),
}
CLOCKS = ("time.time", "datetime.now", "date.today", "utcnow")


def imports(module: Path) -> Iterator[str]:
    """Yield every module that a file imports, by its full name."""
    for node in ast.walk(ast.parse((PACKAGE.parent / module).read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room(name: str) -> str:
    """Return the room that a module of ours is in."""
    return name.replace("/", ".").split(".")[1] if name.startswith("letters") else ""


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_rooms_import_only_what_stands_below_them(module: Path) -> None:
    own = room(str(module.with_suffix("")))
    used = {room(name) for name in imports(module) if name.startswith("letters.")} - {own, "errors", "resources"}
    if own in GROUND:
        assert used == set()
    elif str(module) == "letters/formats/by_suffix.py":
        assert used <= {*GROUND, "word"}
    elif own in CRAFTS:
        assert used <= {*GROUND}
    assert "cli" not in used


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_each_library_is_known_in_one_place(module: Path) -> None:
    for name in imports(module):
        places = ONLY.get(name.split(".")[0])
        assert places is None or str(module).startswith(places), f"{module} imports {name}"


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_no_module_climbs_out_of_its_folder_to_find_data(module: Path) -> None:
    assert "__file__).parent" not in (PACKAGE.parent / module).read_text("utf-8"), "ask letters/resources.py"


def test_the_ground_below_the_ground_imports_nothing_of_ours() -> None:
    assert [name for name in imports(Path("letters/resources.py")) if name.startswith("letters")] == []


def test_no_module_imports_itself_by_way_of_others() -> None:
    names = {".".join(module.with_suffix("").parts).removesuffix(".__init__"): module for module in MODULES}
    used = {name: {part for found in imports(module) for part in known(found, names)} for name, module in names.items()}
    while free := [name for name, others in used.items() if not others & used.keys() - {name}]:
        used = {name: others for name, others in used.items() if name not in free}
    assert sorted(used) == [], "these import each other in a circle"


def known(name: str, names: dict[str, Path]) -> Iterator[str]:
    """Yield the module of ours that an import of `name` leads to: itself, or the one that it is a name in."""
    yield from [found for found in (name, name.rpartition(".")[0]) if found in names][:1]


def test_nothing_inside_imports_the_face() -> None:
    inside = [module for module in MODULES if module.name not in ("cli.py",)]
    assert [module for module in inside if "letters" in set(imports(module))] == []


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_no_module_reads_the_clock(module: Path) -> None:
    text = (PACKAGE.parent / module).read_text("utf-8")
    assert [clock for clock in CLOCKS if f"{clock}(" in text] == []
