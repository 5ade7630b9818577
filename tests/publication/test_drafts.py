"""A draft pack: everything that a publisher will get, marked on every page, before everybody has agreed."""

import json
import re
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from lxml import etree
from pypdf import PdfReader

from letters.cli import main
from letters.errors import NotAllowed, PackFault
from letters.files.packs import PublishOptions, publish, publish_draft, verify, verify_against, withdraw
from letters.publication.hygiene.scan import leaks
from tests.publication.test_packs import FOLDERS, STEM, files_in, manifest_of
from tests.publication.works import agreed, published, real_art, write_inspection

DAY = date(2024, 7, 11)
MARK = "Draft for agreement"
CHILDREN = {"children_summary": [{"id": "C-01", "text": "We came to see how children are kept safe."}]}
RUNNING = re.compile(r"word/footer\d*\.xml|styles\.xml")
"""The parts with what stands on every page of a Word or OpenDocument file."""
SHOWN = (".html", ".pdf", ".txt", "-large-print.pdf", ".docx", ".odt")


def drafted(folder: Path, *only: str, **fields: object) -> Path:
    """Make the draft pack of an inspection that nobody has agreed to, and return its folder."""
    path = write_inspection(folder, **{"stage": "agreement", **fields})
    return publish_draft(path, PublishOptions(folder / "pack", DAY, only)).pack


def pages_of(path: Path) -> list[str]:
    """Return the words of each page of a file, or of what stands on its every page."""
    data = path.read_bytes()
    if path.suffix == ".pdf":
        return [" ".join(page.extract_text().replace("\xa0", " ").split()) for page in PdfReader(BytesIO(data)).pages]
    if path.suffix in (".docx", ".odt"):
        with ZipFile(path) as parts:
            names = [name for name in parts.namelist() if RUNNING.fullmatch(name)]
            assert names
            return [" ".join("".join(etree.fromstring(parts.read(name)).itertext()) for name in names)]
    return [data.decode()]


def test_every_page_of_every_format_is_marked(tmp_path: Path) -> None:
    pack = drafted(tmp_path)
    for file in (pack / name / f"{STEM}{suffix}" for name in FOLDERS for suffix in SHOWN):
        assert all(MARK in page for page in pages_of(file)), file
    for name in ("index.html", "body.html"):
        assert f"<strong>{MARK}" in (pack / "cqc" / name).read_text("utf-8")
    assert json.loads((pack / "cqc/metadata.json").read_text("utf-8"))["state"] == "draft"
    assert (manifest_of(pack)["state"], verify(pack)) == ("draft", [])


def test_a_summary_for_children_is_marked_too(tmp_path: Path) -> None:
    pack = drafted(tmp_path, "pdf", "html", "txt", **CHILDREN)
    files = sorted((pack / "cqc").glob("*-children.*"))
    assert [file.suffix for file in files] == [".html", ".pdf", ".txt"]
    assert all(MARK in page for file in files for page in pages_of(file))


def test_a_final_letter_that_nobody_has_agreed_to_can_be_looked_at_as_a_draft(tmp_path: Path) -> None:
    pack = drafted(tmp_path, "txt", stage="final")
    assert MARK in (pack / f"cqc/{STEM}.txt").read_text("utf-8")


def test_the_word_file_of_a_draft_pack_is_clean_of_everything_that_a_review_leaves(tmp_path: Path) -> None:
    file = drafted(tmp_path, "docx") / f"cqc/{STEM}.docx"
    assert leaks(file.name, file.read_bytes(), ("Ofsted",)) == []


def test_a_draft_never_takes_the_place_of_what_was_published(tmp_path: Path) -> None:
    pack = published(tmp_path, "txt").pack
    before = files_in(pack)
    with pytest.raises(NotAllowed, match="was published, and a draft would replace it"):
        publish_draft(tmp_path / "inspection.yaml", PublishOptions(pack, DAY, ("txt",)))
    assert files_in(pack) == before


def test_what_is_published_takes_the_place_of_its_draft_and_is_amended_by_nothing(tmp_path: Path) -> None:
    pack = drafted(tmp_path)
    path = agreed(write_inspection(tmp_path))
    publish(path, PublishOptions(pack, DAY, ("txt", "html"), real_art(tmp_path)))
    assert (manifest_of(pack)["state"], "amended" in manifest_of(pack)) == ("published", False)
    assert not any(MARK.encode() in data for data in files_in(pack).values())


def test_a_draft_is_neither_withdrawn_nor_corrected_nor_proved(tmp_path: Path) -> None:
    pack = drafted(tmp_path, "txt")
    path = agreed(write_inspection(tmp_path))
    with pytest.raises(NotAllowed, match="is a draft, which nobody published"):
        withdraw(pack, date(2024, 8, 1), "It was wrong.")
    order = PublishOptions(pack, date(2024, 8, 1), ("txt",), real_art(tmp_path), corrects=pack, note="A word.")
    with pytest.raises(NotAllowed, match="is a draft, which nobody published"):
        publish(path, order)
    with pytest.raises(NotAllowed, match="A draft corrects and reinstates nothing"):
        publish_draft(path, order)
    assert verify_against(pack, path, PublishOptions(pack)) == ["it is a draft, which nobody published"]


def test_a_draft_of_another_letter_is_not_replaced(tmp_path: Path) -> None:
    pack = drafted(tmp_path, "txt")
    path = write_inspection(tmp_path / "other", id="other")
    with pytest.raises(PackFault, match="Choose another folder"):
        publish_draft(path, PublishOptions(pack, DAY, ("txt",)))


def test_the_command_line_says_that_it_wrote_a_draft(tmp_path: Path) -> None:
    path = write_inspection(tmp_path, stage="agreement")
    out = str(tmp_path / "pack")
    done = CliRunner().invoke(main, ["publish", str(path), "--draft", "-o", out, "--on", "2024-07-11", "--only", "txt"])
    assert (done.exit_code, done.output.splitlines()[0].startswith("wrote the draft of")) == (0, True)
