"""What can happen to a published pack: it is proved whole, altered, corrected, withdrawn and published anew."""

import json
import re
import shutil
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import page as page_validation
import pytest
from pypdf import PdfReader

from letters.errors import NotAllowed, PackFault
from letters.files.folders import LARGEST
from letters.files.packs import PublishOptions, publish, verify_against, withdraw
from letters.files.packs import verify as altered
from tests.publication.test_packs import ATOM, FOLDERS, STEM, files_in, manifest_of
from tests.publication.works import agreed, published, real_art, write_inspection

TEXT = f"cqc/{STEM}.txt"
UA = page_validation.ValidationProfile.PDF_UA_1
APART = "manifest.json and manifest.html do not match"
DAY = date(2024, 8, 1)
BEST: dict[str, Any] = {"strengths": [{"id": "S-01", "text": "Still other words that are best."}]}
BETTER: dict[str, Any] = {"strengths": [{"id": "S-01", "text": "The great patience that foster carers show."}]}
ALTERED: dict[str, tuple[Callable[[Path], object], list[str]]] = {
    "a byte is changed": (lambda pack: changed(pack / TEXT, b"Exmere", b"Exm3re"), [f"{TEXT} was altered"]),
    "a file is cut short": (lambda pack: (pack / TEXT).write_bytes(b""), [f"{TEXT} was altered"]),
    "a file is too large to be ours": (lambda pack: grown(pack / TEXT), [f"{TEXT} was altered"]),
    "a file is removed": (lambda pack: (pack / TEXT).unlink(), [f"{TEXT} is missing"]),
    "a file becomes a folder": (
        lambda pack: emptied(pack / TEXT),
        [f"{TEXT} is missing"],
    ),
    "a file is added": (lambda pack: (pack / "cqc/x.js").write_text("x"), ["cqc/x.js is not in the manifest"]),
    "a hidden file is added": (lambda pack: (pack / ".x").write_text("x"), [".x is not in the manifest"]),
    "an empty folder is added": (lambda pack: (pack / "x").mkdir(), ["x is not in the manifest"]),
    "a link is added": (lambda pack: (pack / "x").symlink_to("cqc"), ["x is not in the manifest"]),
    "a link takes the place of a file": (lambda pack: linked(pack / TEXT), [f"{TEXT} is missing"]),
    "a link takes the place of a folder": (lambda pack: linked(pack / "cqc"), ["cqc is not in the manifest"]),
    "a link takes the place of the manifest": (
        lambda pack: linked(pack / "manifest.json"),
        ["manifest.json is not in the manifest"],
    ),
    "the manifest is edited": (lambda pack: changed(pack / "manifest.json", b"2024-07-10", b"2024-07-09"), [APART]),
    "the manifest is set otherwise": (lambda pack: changed(pack / "manifest.json", b'": "', b'":  "'), [APART]),
    "the manifest’s page is edited": (
        lambda pack: changed(pack / "manifest.html", b"2024-07-10", b"2024-07-09"),
        [APART],
    ),
    "the manifest’s page is removed": (lambda pack: (pack / "manifest.html").unlink(), [APART]),
}
GARBLED = {
    "nothing": b"",
    "half": b'{"identifier": "x"',
    "another shape": b"[]",
    "a number": b"1",
    "no text": b"\xff\xfe\x00",
    "a tower": b"[" * 100_000,
    "half a character": b'{"title": "\\ud800"}',
}


def changed(path: Path, before: bytes, after: bytes) -> None:
    """Put other bytes in a file."""
    data = path.read_bytes()
    assert before in data
    path.write_bytes(data.replace(before, after))


def emptied(path: Path) -> None:
    """Put an empty folder in the place of a file."""
    path.unlink()
    path.mkdir()


def grown(path: Path) -> None:
    """Make a file larger than any of ours, without filling the disk."""
    with path.open("r+b") as file:
        file.truncate(LARGEST + 1)


def linked(path: Path) -> None:
    """Put a link to the very same content in the place of a file or folder."""
    pack = next(above for above in path.parents if above.name == "pack")
    away = pack.with_name("away")
    shutil.move(path, away)
    path.symlink_to(away)


def with_data(pack: Path, **fields: Any) -> None:
    """Write other fields into a manifest."""
    (pack / "manifest.json").write_text(json.dumps({**manifest_of(pack), **fields}), "utf-8")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an inspection, its art and its pack, which no test changes."""
    folder = tmp_path_factory.mktemp("whole")
    published(folder, "txt", "html")
    return folder


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    """A folder with an inspection, its art and its pack, of which a test may do what it will."""
    shutil.copytree(whole, tmp_path / "it")
    return tmp_path / "it"


@pytest.fixture
def pack(folder: Path) -> Path:
    """A pack of which a test may do what it will."""
    return folder / "pack"


def corrected(folder: Path, on: date | None = DAY, note: str = "A word was left out.", **fields: Any) -> Path:
    """Correct the pack of a folder in its place, with the agreement of everybody."""
    path = agreed(write_inspection(folder, **(fields or BETTER)))
    order = PublishOptions(folder / "pack", on, ("txt", "html"), real_art(folder), corrects=folder / "pack", note=note)
    return publish(path, order).pack


def test_a_pack_that_nobody_touched_is_whole(pack: Path) -> None:
    assert altered(pack) == []


def test_a_pack_is_whole_wherever_it_is_copied(pack: Path, tmp_path: Path) -> None:
    shutil.copytree(pack, tmp_path / "site")
    assert altered(tmp_path / "site") == []


@pytest.mark.parametrize("name", ALTERED)
def test_what_was_altered_is_named(name: str, pack: Path) -> None:
    alter, said = ALTERED[name]
    alter(pack)
    assert altered(pack) == said


def test_every_byte_that_is_flipped_is_noticed(pack: Path) -> None:
    for name, data in files_in(pack).items():
        for place in (0, len(data) // 2, len(data) - 1):
            (pack / name).write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
            assert said_of(pack), f"{name} at {place}"
        (pack / name).write_bytes(data)
    assert altered(pack) == []


def said_of(pack: Path) -> list[str]:
    """Return what is said of a pack, be it a list or a fault."""
    try:
        return altered(pack)
    except PackFault as fault:
        return [str(fault)]


@pytest.mark.parametrize("path", ["../../etc/passwd", "cqc/../../x", "/etc/passwd", "..", ""])
def test_a_manifest_that_leads_out_of_its_pack_is_refused(path: str, pack: Path) -> None:
    rows = manifest_of(pack)["files"]
    with_data(pack, files=[{**rows[0], "path": path}, *rows[1:]])
    with pytest.raises(PackFault, match="this is not a manifest"):
        altered(pack)


@pytest.mark.parametrize(
    "fields",
    [
        {"files": "none"},
        {"files": [1]},
        {"files": [{"path": 5, "sha256": "x", "bytes": 1}]},
        {"inspectorates": ["../../../etc"]},
        {"published": "soon"},
        {"state": "lost"},
        {"page": None},
        {"source": {}},
    ],
    ids=str,
)
def test_a_manifest_of_another_shape_is_refused(fields: dict[str, Any], pack: Path) -> None:
    with_data(pack, **fields)
    with pytest.raises(PackFault, match=r"manifest\.json: this is not a manifest\. Publish the pack again\."):
        altered(pack)


@pytest.mark.parametrize("name", GARBLED)
def test_a_garbled_manifest_is_refused(name: str, pack: Path) -> None:
    (pack / "manifest.json").write_bytes(GARBLED[name])
    with pytest.raises(PackFault, match="this is not a manifest"):
        altered(pack)


def test_what_is_no_pack_is_said_to_be_none(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "nowhere", Path(__file__)):
        with pytest.raises(PackFault, match=r"manifest\.json: cannot be read: .*Name a pack"):
            altered(place)


def test_a_correction_says_so_in_every_document_and_on_every_index(folder: Path) -> None:
    pack = corrected(folder)
    said = "Amended on 1 August 2024: A word was left out."
    for name in FOLDERS:
        for file in [pack / name / "index.html", *(pack / name).glob(f"{STEM[:-10]}*")]:
            assert said in " ".join(file.read_text("utf-8").split()), file
    assert len(list((pack / "cqc").iterdir())) == 7
    assert altered(pack) == []


def test_a_correction_keeps_the_old_hashes_and_lists_what_changed(folder: Path) -> None:
    before = manifest_of(folder / "pack")
    old = sha256((folder / "pack/manifest.json").read_bytes()).hexdigest()
    amended = manifest_of(corrected(folder))["amended"]
    assert (amended["previous words"], amended["previous manifest"]) == (before["words"], old)
    assert (amended["on"], amended["previously published"]) == ("2024-08-01", "2024-07-11")
    assert amended["changes"] == [
        {
            "before": "The patience that foster carers show.",
            "after": "The great patience that foster carers show.",
        }
    ]
    page = (folder / "pack/manifest.html").read_text("utf-8")
    assert all(words in page for words in ("What changed", "The great patience", before["words"], old))


def test_a_second_correction_keeps_the_first(folder: Path) -> None:
    first = manifest_of(folder / "pack")
    corrected(folder)
    amended = manifest_of(corrected(folder, date(2024, 9, 1), "Two words.", **BEST))["amended"]
    assert [(row["on"], row["note"]) for row in amended["earlier"]] == [("2024-08-01", "A word was left out.")]
    assert amended["earlier"][0]["previous words"] == first["words"]
    page = (folder / "pack/manifest.html").read_text("utf-8")
    assert "Amended before" in page
    assert first["words"] in page


def test_a_correction_may_stand_beside_what_it_corrects(folder: Path) -> None:
    before = files_in(folder / "pack")
    path = agreed(write_inspection(folder, **BETTER))
    order = PublishOptions(folder / "new", DAY, ("txt",), folder / "art", corrects=folder / "pack", note="A word.")
    assert "amended" in manifest_of(publish(path, order).pack)
    assert files_in(folder / "pack") == before


@pytest.mark.parametrize(
    ("given", "fault", "said"),
    [
        ({"note": " "}, NotAllowed, "--note is empty. Say what was corrected."),
        ({"on": date(2024, 7, 10)}, NotAllowed, "was published on 11"),
        ({"id": "other"}, PackFault, "is the pack of urn:letters:jtai:smallest"),
    ],
)
def test_a_correction_that_cannot_be_is_refused_and_changes_nothing(
    given: dict[str, Any], fault: type[Exception], said: str, folder: Path
) -> None:
    before = files_in(folder / "pack")
    with pytest.raises(fault, match=re.escape(said)):
        corrected(folder, **{**BETTER, **given})
    assert files_in(folder / "pack") == before


def test_a_correction_names_the_pack_of_the_same_inspection(folder: Path) -> None:
    path = agreed(write_inspection(folder / "other", id="other"))
    order = PublishOptions(folder / "new", DAY, ("txt",), folder / "art", corrects=folder / "pack", note="A word.")
    with pytest.raises(NotAllowed, match="Name the pack of other"):
        publish(path, order)
    assert not (folder / "new").exists()


def test_a_pack_that_is_not_whole_can_be_neither_corrected_nor_withdrawn(folder: Path) -> None:
    (folder / "pack" / TEXT).unlink()
    before = files_in(folder / "pack")
    with pytest.raises(PackFault, match=f"is not as published: {TEXT} is missing"):
        corrected(folder)
    with pytest.raises(PackFault, match=f"is not as published: {TEXT} is missing"):
        withdraw(folder / "pack", DAY, "It was wrong.")
    assert files_in(folder / "pack") == before


def test_a_note_without_a_correction_is_refused(folder: Path) -> None:
    with pytest.raises(NotAllowed, match="Give --corrects"):
        publish(folder / "inspection.yaml", PublishOptions(folder / "pack", art=folder / "art", note="A word."))


def test_a_withdrawal_leaves_pages_and_entries_that_say_so_and_nothing_else(pack: Path) -> None:
    before, old = manifest_of(pack), sha256((pack / "manifest.json").read_bytes()).hexdigest()
    made = withdraw(pack, DAY, "A child could be <recognised> & found.")
    kept = ("entry.atom", "index.html", "metadata.json", f"{STEM}.html")
    assert list(made.files) == sorted(f"{name}/{file}" for name in FOLDERS for file in kept)
    for name in FOLDERS:
        page = (pack / name / "index.html").read_text("utf-8").replace("\N{NO-BREAK SPACE}", " ")
        assert "This document was withdrawn on 1 August 2024: A child could be &lt;recognised&gt; &amp; found." in page
        entry = ElementTree.parse(pack / name / "entry.atom").getroot()
        assert entry.findtext(f"{ATOM}id") == "urn:letters:jtai:smallest"
        assert (entry.findtext(f"{ATOM}title") or "").startswith("Withdrawn: ")
        assert entry.findtext(f"{ATOM}updated") == "2024-08-01T00:00:00Z"
    after = manifest_of(pack)
    assert (after["state"], after["words"], after["withdrawn"]["previous manifest"]) == (
        "withdrawn",
        before["words"],
        old,
    )
    assert "patience" not in "".join(data.decode() for data in files_in(pack).values())
    assert altered(pack) == []


def test_every_address_of_a_withdrawn_letter_leads_to_a_notice(folder: Path) -> None:
    pack = folder / "pack"
    shutil.rmtree(pack)
    published(folder, "pdf", "html", "docx", "large-print")
    withdraw(pack, DAY, "It was wrong.", replaced_by="https://www.gov.uk/new")
    for name in FOLDERS:
        page = (pack / name / f"{STEM}.html").read_text("utf-8")
        assert page == (pack / name / "index.html").read_text("utf-8")
        assert '<a href="https://www.gov.uk/new">' in page
        assert "If you have questions, please telephone" in page
        assert "urn:" not in re.sub(r"(?s)<head>.*?</head>", "", page)
        for kind in (".pdf", "-large-print.pdf"):
            read = PdfReader(pack / name / f"{STEM}{kind}")
            assert len(read.pages) == 1
            assert "withdrawn on 1 August 2024" in " ".join(read.pages[0].extract_text().replace("\xa0", " ").split())
            assert page_validation.validate_pdf_bytes(
                (pack / name / f"{STEM}{kind}").read_bytes(), profile=UA
            ).is_compliant
        record = json.loads((pack / name / "metadata.json").read_text("utf-8"))
        assert (record["state"], record["isReplacedBy"]) == ("withdrawn", "https://www.gov.uk/new")
        assert not (pack / name / f"{STEM}.docx").exists()
    assert altered(pack) == []


def test_what_replaces_a_withdrawn_letter_is_a_web_address(pack: Path) -> None:
    with pytest.raises(NotAllowed, match="is no web address"):
        withdraw(pack, DAY, "It was wrong.", replaced_by="javascript:alert(1)")


def test_a_manifest_that_was_forged_with_its_files_is_noticed_against_the_inspection(folder: Path) -> None:
    pack, options = folder / "pack", PublishOptions(folder / "pack", art=folder / "art")
    assert verify_against(pack, folder / "inspection.yaml", options) == []
    forged = agreed(write_inspection(folder / "forger", strengths=[{"id": "S-01", "text": "Forged words."}]))
    shutil.rmtree(pack)
    publish(forged, PublishOptions(pack, only=("txt", "html"), art=folder / "art"))
    assert altered(pack) == []
    told = verify_against(pack, folder / "inspection.yaml", options)
    assert any("its manifest has the words" in said for said in told)
    assert f"cqc/{STEM}.txt is not what {folder / 'inspection.yaml'} makes" in told


def test_a_corrected_pack_is_what_its_inspection_makes(folder: Path) -> None:
    pack = corrected(folder)
    assert verify_against(pack, folder / "inspection.yaml", PublishOptions(pack, art=folder / "art")) == []


def test_a_withdrawal_says_why_and_comes_after_the_publication(pack: Path) -> None:
    before = files_in(pack)
    with pytest.raises(NotAllowed, match="--reason is empty"):
        withdraw(pack, DAY, " ")
    with pytest.raises(NotAllowed, match="Give a later day"):
        withdraw(pack, date(2024, 7, 10), "It was wrong.")
    assert files_in(pack) == before


def test_what_was_withdrawn_is_neither_corrected_nor_replaced_in_silence(folder: Path) -> None:
    before = files_in(folder / "pack")
    withdraw(folder / "pack", DAY, "It was wrong.")
    with pytest.raises(NotAllowed, match=r"was withdrawn\. Bring it back with --reinstates"):
        corrected(folder)
    with pytest.raises(NotAllowed, match="P13 "):
        published(folder, "txt", "html")
    assert before.keys() != files_in(folder / "pack").keys()


def test_a_withdrawal_keeps_what_was_amended(folder: Path) -> None:
    pack = corrected(folder)
    amended = manifest_of(pack)["amended"]
    withdraw(pack, date(2024, 9, 1), "It was wrong.")
    assert manifest_of(pack)["amended"] == amended
    assert altered(pack) == []
