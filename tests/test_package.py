"""The program as people install it: a wheel, in an environment of its own, far from the checkout."""

import os
import subprocess
import sys
import sysconfig
import tomllib
import venv
from pathlib import Path

import pytest

from letters.resources import folder, fonts
from tests.conftest import ROOT, file_of

INSPECTION = ROOT / "fixtures/ansford/inspection.yaml"
NOT_IN_A_PLAIN_INSTALL = ("matplotlib", "numpy", "pptx", "xlsxwriter", "holidays", "faker", "hatchling")
SHIPPED = ("templates", "styles", "profiles", "registers", "schema")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an environment that has the wheel, and what a plain install brings with it."""
    place = tmp_path_factory.mktemp("installed")
    run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(place)], ROOT)
    venv.create(place / "env", symlinks=True)
    python, wheel = place / "env/bin/python", next(place.glob("*.whl"))
    run([sys.executable, "-m", "pip", "--python", str(python), "install", "-q", "--no-deps", "--no-index", str(wheel)])
    packages = next((place / "env/lib").glob("python*/site-packages"))
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    missing = f"import sys\nsys.modules.update(dict.fromkeys({NOT_IN_A_PLAIN_INSTALL!r}))\n"
    (packages / "sitecustomize.py").write_text(missing)
    return place / "env"


def run(command: list[str], place: Path | None = None, *, code: int = 0) -> subprocess.CompletedProcess[str]:
    """Run a command without the checkout on its path, and hold it to its exit code."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(command, cwd=place, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    return done


def letters(installed: Path, place: Path, *arguments: object, code: int = 0) -> subprocess.CompletedProcess[str]:
    """Run the installed program in a folder."""
    return run([str(installed / "bin/letters"), *map(str, arguments)], place, code=code)


def test_the_wheel_holds_every_file_of_the_shipped_folders(installed: Path) -> None:
    shipped = next((installed / "lib").glob("python*/site-packages/letters/data"))
    here = {path.relative_to(ROOT) for name in SHIPPED for path in (ROOT / name).rglob("*") if path.is_file()}
    assert {path.relative_to(shipped) for path in shipped.rglob("*") if path.is_file()} == here
    assert all(shipped.joinpath(path).read_bytes() == (ROOT / path).read_bytes() for path in here)


def test_every_typeface_ships_with_its_licence() -> None:
    families = {path.stem.partition("-")[0].removesuffix("Sans") for path in fonts().glob("*.ttf")}
    assert families == {path.name.partition("-")[0] for path in fonts().glob("*-LICENCE.txt")}


def test_a_checkout_finds_the_folders_that_people_edit() -> None:
    assert [folder(name) for name in SHIPPED] == [ROOT / name for name in SHIPPED]


def test_an_installed_program_knows_its_houses(installed: Path, tmp_path: Path) -> None:
    rows = letters(installed, tmp_path, "houses").stdout.splitlines()
    assert [row.split()[0] for row in rows] == ["cqc", "hmicfrs", "hmiprobation", "joint", "ofsted"]


def test_the_version_is_said_in_one_place(installed: Path, tmp_path: Path) -> None:
    said = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert letters(installed, tmp_path, "--version").stdout == f"letters, version {said}\n"


@pytest.mark.parametrize("suffix", [".docx", ".pdf", ".html", ".txt", ".odt", ".brf"])
def test_an_installed_program_writes_the_very_letter_of_the_checkout(
    suffix: str, installed: Path, tmp_path: Path
) -> None:
    letters(installed, tmp_path, "compose", INSPECTION, "-o", f"letter{suffix}")
    assert (tmp_path / f"letter{suffix}").read_bytes() == file_of("ansford", suffix)


def test_an_installed_program_makes_a_pack_that_is_whole(installed: Path, tmp_path: Path) -> None:
    made = letters(installed, tmp_path, "publish", INSPECTION, "-o", "pack", "--art", ROOT / "styles/joint/art")
    assert made.stderr == f"{INSPECTION}: warnings: V20 1, V30 1\n"
    assert letters(installed, tmp_path, "verify", "pack").stdout == "pack is complete and unaltered\n"


@pytest.mark.parametrize("suffix", [".docx", ".pdf", ".html", ".odt"])
def test_a_report_without_the_extra_says_in_one_line_what_to_install(
    suffix: str, installed: Path, tmp_path: Path
) -> None:
    source = ROOT / "fixtures/rounds/domestic-abuse-2025.yaml"
    failed = letters(installed, tmp_path, "overview", source, "-o", f"report{suffix}", code=1)
    library = "pptx" if suffix == ".docx" else "matplotlib"
    assert failed.stderr == (
        f"charts need {library}, which is not installed. Install it: pip install 'letters[reports]'.\n"
    )
    assert list(tmp_path.iterdir()) == []
