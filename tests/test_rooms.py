"""Who may import whom: the plan of the house, read from the imports themselves."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.draw_house import PICTURE, drawn

PACKAGE = Path(__file__).parents[1] / "letters"
MODULES = sorted(path.relative_to(PACKAGE.parent) for path in PACKAGE.rglob("*.py"))
NOUNS = {"findings", "houses", "document"}
CRAFTS = {"composition", "checks", "formats", "versions", "word"}
VALUES = {*NOUNS, *CRAFTS, "publication", "importing", "process"}
BELOW = {
    "errors": set(),
    "resources": set(),
    "limits": set(),
    "findings": set(),
    "houses": set(),
    "document": set(),
    "composition": NOUNS,
    "checks": NOUNS,
    "formats": NOUNS,
    "versions": NOUNS,
    "word": NOUNS,
    "publication": {*NOUNS, *CRAFTS},
    "importing": {*NOUNS, "composition", "word"},
    "process": {*NOUNS, "composition"},
    "verbs": VALUES,
    "files": {*VALUES, "verbs"},
    "workspace": {*VALUES, "verbs"},
    "web": {*NOUNS, "workspace"},
    "terminal": {*VALUES, "verbs"},
    "__init__": {*VALUES, "verbs", "files"},
    "cli": {"terminal", "web"},
    "__main__": {"cli"},
}
"""What each room may import beside itself, errors and resources."""
ONLY = {
    "docx": ("letters/word/",),
    "docxtpl": ("letters/word/",),
    "lxml": ("letters/word/", "letters/houses/drawings.py"),
    "resvg_py": ("letters/houses/drawings.py",),
    "storages": ("letters/workspace/shelves.py",),
    "jinja2": ("letters/composition/", "letters/word/", "letters/formats/pages/", "letters/web/pages.py"),
    "markdown_it": ("letters/document/markdown.py",),
    "weasyprint": ("letters/formats/pdf/",),
    "ruamel": (),
    "faker": (),
    "holidays": (),
    "click": ("letters/cli.py", "letters/terminal.py", "letters/web/commands.py"),
    "django": ("letters/workspace/", "letters/web/"),
    "allauth": ("letters/web/",),
    "django_q": ("letters/workspace/jobs.py",),
    "rich": ("letters/terminal.py",),
    "PIL": ("letters/word/same_pictures.py", "letters/houses/pictures.py"),
    "matplotlib": ("letters/formats/charts.py",),
    "pptx": ("letters/word/",),
    "distributed": ("letters/files/cluster.py",),
    "pdfminer": ("letters/importing/pdf_lines.py",),
    "louis": ("letters/formats/braille/cells.py",),
}
CLOCKS = ("time.time", "datetime.now", "date.today", "utcnow", "timezone.now")
DISK = {"open", "read_bytes", "read_text", "write_bytes", "write_text"}
AT_THE_DISK = (
    "letters/files/",
    "letters/houses/",
    "letters/resources.py",
    "letters/workspace/shelves.py",
    "letters/workspace/keeping.py",
    "letters/web/demo.py",
    "letters/web/environment.py",
    "letters/web/pages.py",
    "letters/web/serving.py",
)


def parsed(module: Path) -> ast.Module:
    """Return the syntax tree of a module."""
    return ast.parse((PACKAGE.parent / module).read_text("utf-8"))


def imports(module: Path) -> Iterator[str]:
    """Yield every module that a file imports, by its full name."""
    for node in ast.walk(parsed(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room(name: str) -> str:
    """Return the room that a module of ours is in."""
    return name.replace("/", ".").split(".")[1]


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_rooms_import_only_what_stands_below_them(module: Path) -> None:
    own = room(str(module.with_suffix("")))
    used = {room(name) for name in imports(module) if name.startswith("letters.")} - {
        own,
        "errors",
        "resources",
        "limits",
    }
    allowed = {*BELOW[own], *({"word"} if str(module) == "letters/formats/by_suffix.py" else ())}
    assert used <= allowed


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_each_library_is_known_in_one_place(module: Path) -> None:
    for name in imports(module):
        places = ONLY.get(name.split(".")[0])
        assert places is None or str(module).startswith(places), f"{module} imports {name}"


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_no_module_climbs_out_of_its_folder_to_find_data(module: Path) -> None:
    assert "__file__" not in (PACKAGE.parent / module).read_text("utf-8"), "ask letters/resources.py"


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_only_files_houses_and_resources_touch_the_disk(module: Path) -> None:
    if str(module).startswith(AT_THE_DISK):
        return
    called = [node.func for node in ast.walk(parsed(module)) if isinstance(node, ast.Call)]
    plain = {func.id for func in called if isinstance(func, ast.Name)} & {"open"}
    methods = {func.attr for func in called if isinstance(func, ast.Attribute)} & (DISK - {"open"})
    assert plain | methods == set()


@pytest.mark.parametrize("module", [module for module in MODULES if room(str(module)) == "verbs"], ids=str)
def test_verbs_take_and_return_values_and_no_paths(module: Path) -> None:
    assert "pathlib" not in (PACKAGE.parent / module).read_text("utf-8")


def test_the_ground_below_the_ground_imports_nothing_of_ours() -> None:
    assert [name for name in imports(Path("letters/resources.py")) if name.startswith("letters")] == []


def test_no_folder_holds_more_than_a_sixth_of_the_house() -> None:
    lines: dict[Path, int] = {}
    for module in MODULES:
        text = (PACKAGE.parent / module).read_text("utf-8")
        lines[module.parent] = lines.get(module.parent, 0) + text.count("\n")
    whole = sum(lines.values())
    assert [str(folder) for folder, count in lines.items() if count * 6 > whole] == []


def test_no_module_imports_itself_by_way_of_others() -> None:
    names = {".".join(module.with_suffix("").parts).removesuffix(".__init__"): module for module in MODULES}
    used = {name: {part for found in imports(module) for part in known(found, names)} for name, module in names.items()}
    while free := [name for name, others in used.items() if not others & used.keys() - {name}]:
        used = {name: others for name, others in used.items() if name not in free}
    assert sorted(used) == [], "these import each other in a circle"


def known(name: str, names: dict[str, Path]) -> Iterator[str]:
    """Yield the module of ours that an import of `name` leads to: itself, or the one that it is a name in."""
    yield from [found for found in (name, name.rpartition(".")[0]) if found in names][:1]


def test_the_picture_of_the_house_is_drawn_from_its_imports() -> None:
    assert PICTURE.read_text("utf-8") == drawn(), "run python -m tools.draw_house"


@pytest.mark.parametrize("module", [module for module in MODULES if room(str(module)) == "web"], ids=str)
def test_pages_ask_the_workspace_for_rows_and_never_the_database(module: Path) -> None:
    text = (PACKAGE.parent / module).read_text("utf-8")
    assert [word for word in (".objects", ".versions.", "atomic(", "cursor(") if word in text] == []


def test_nothing_inside_imports_the_face() -> None:
    inside = [module for module in MODULES if module.name not in ("cli.py", "__main__.py")]
    assert [module for module in inside if "letters" in set(imports(module))] == []


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_no_module_but_the_door_reads_the_clock(module: Path) -> None:
    if module.name == "cli.py" or str(module) == "letters/workspace/now.py":
        return
    text = (PACKAGE.parent / module).read_text("utf-8")
    assert [clock for clock in CLOCKS if f"{clock}(" in text] == []
