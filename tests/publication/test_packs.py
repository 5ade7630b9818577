"""A pack: the same bytes every time, a folder for everybody who publishes, and everything that a website asks for."""

import csv
import hashlib
import json
import os
import re
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from xml.etree import ElementTree

import pytest

from letters.errors import FormatFault, NotAllowed, PackFault, ToolMissing
from letters.files.packs import PackOutcome, Published, PublishOptions, agree, publish, publish_all
from letters.files.packs import verify as altered
from letters.findings.publishing import PublicationPlan
from letters.formats.braille import cells as braille_page
from letters.publication import record
from letters.publication.publication import Publication
from tests.conftest import ROOT
from tests.publication.works import agreed, published, real_art, write_inspection
from tests.reading import html_words
from tests.rounds import AREAS, write_round

STEM = "80999_exmere_jtai_neglect_2024-07-11"
FOLDERS = ["cqc", "ofsted", "recipients"]
ATOM = "{http://www.w3.org/2005/Atom}"
SUMMARY_FOR_CHILDREN: dict[str, Any] = {
    "template": "joint-2016",
    "profile": "consultation-2015",
    "switches": {"legal_regime": "jar_2005"},
    "headline_findings": [],
    "children_summary": ["We came to see how grown-ups help children.", "Thank you to everyone who spoke to us."],
}
AGAIN = """
import sys
from pathlib import Path
from letters.files.packs import PublishOptions, publish
publish(Path(sys.argv[1]), PublishOptions(Path(sys.argv[2]), art=Path(sys.argv[3])))
"""
BESIDE = ["entry.atom", "index.html", "metadata.json", "upload.csv"]


def files_in(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def manifest_of(pack: Path) -> dict[str, Any]:
    """Return the manifest of a pack."""
    data: dict[str, Any] = json.loads((pack / "manifest.json").read_text("utf-8"))
    return data


def names_in(made: Published, folder: str) -> list[str]:
    """Return the names of the files in one folder of a pack."""
    return [path.removeprefix(f"{folder}/") for path in made.files if path.startswith(f"{folder}/")]


def published_round(folder: Path) -> Published:
    """Publish the smallest round, agreed by everybody."""
    path = write_round(folder)
    for name in ("ofsted", "cqc"):
        agree(path, name, "Ada Example", date(2024, 12, 1))
    return publish(path, PublishOptions(folder / "pack", only=("txt", "html"), art=real_art(folder)))


def many(folder: Path, *names: str) -> list[Path]:
    """Write inspections of several ids, agreed by everybody."""
    return [agreed(write_inspection(folder / name, id=name)) for name in names]


def test_publishing_twice_gives_the_same_bytes_in_other_processes_zones_and_folders(tmp_path: Path) -> None:
    made = published(tmp_path)
    first = files_in(made.pack)
    path, art = tmp_path / "inspection.yaml", tmp_path / "art"
    publish(path, PublishOptions(made.pack, art=art))
    assert files_in(made.pack) == first
    for zone, seed in (("Pacific/Auckland", "1"), ("America/Los_Angeles", "2")):
        other = tmp_path / f"{seed}/elsewhere"
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "LC_ALL": "C"}
        command = [sys.executable, "-c", AGAIN, str(path), str(other), str(art)]
        subprocess.run(command, cwd=tmp_path, env=environment, check=True)
        assert files_in(other) == first


def test_every_inspectorate_and_the_recipients_have_a_folder_with_every_format(tmp_path: Path) -> None:
    made = published(tmp_path)
    formats = ["-large-print.pdf", ".brf", ".docx", ".html", ".odt", ".pdf", ".txt"]
    assert made.missing == ()
    assert sorted(path for path in made.files if "/" not in path) == [*(f"{name}.zip" for name in FOLDERS), "words.txt"]
    for folder in FOLDERS:
        beside = ["body.html", "entry.atom", "index.html", "metadata.json", "upload.csv"]
        assert names_in(made, folder) == [*(STEM + end for end in formats), *beside]


def test_files_are_named_by_the_pattern_without_what_is_not_known(tmp_path: Path) -> None:
    made = published(tmp_path, "txt", area={"name": "St Éxample & Sons"}, round={"theme": "Criminal exploitation"})
    assert "cqc/st-xample-sons_jtai_criminal-exploitation_2024-07-11.txt" in made.files


def test_only_the_formats_that_are_wanted_are_made(tmp_path: Path) -> None:
    made = published(tmp_path, "txt", "docx")
    assert names_in(made, "cqc") == [f"{STEM}.docx", f"{STEM}.txt", *BESIDE]


def test_a_tool_that_is_missing_is_said_in_one_line_and_the_rest_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> None:
        raise ToolMissing("braille needs liblouis. Install it: apt-get install liblouis20.")

    monkeypatch.setattr(braille_page, "liblouis", missing)
    made = published(tmp_path, "brf", "txt")
    said = ("braille needs liblouis. Install it: apt-get install liblouis20.",)
    assert made.missing == said
    assert names_in(made, "cqc") == [f"{STEM}.txt", *BESIDE]
    assert manifest_of(made.pack)["missing"] == list(said)
    assert altered(made.pack) == []


def test_the_summary_for_children_is_a_document_of_its_own(tmp_path: Path) -> None:
    made = published(tmp_path, "html", "txt", "docx", **SUMMARY_FOR_CHILDREN)
    children = [name for name in names_in(made, "ofsted") if "-children" in name]
    assert children == [f"{STEM}-children.html", f"{STEM}-children.txt"]
    text = (made.pack / "ofsted" / children[1]).read_text("utf-8")
    assert "We came to see how grown-ups help children." in text
    assert "The patience that foster carers show." not in text
    index = (made.pack / "ofsted/index.html").read_text("utf-8")
    assert "Summary for children and young people: Plain text" in index


def test_an_inspection_without_a_summary_for_children_has_no_such_file(tmp_path: Path) -> None:
    assert [path for path in published(tmp_path, "html", "txt").files if "children" in path] == []


def test_the_entry_of_the_feed_is_the_same_thing_in_every_folder(tmp_path: Path) -> None:
    made = published(tmp_path, "html", "txt", area={"name": "Ash & <Birch>"})
    entries = {folder: ElementTree.parse(made.pack / folder / "entry.atom").getroot() for folder in FOLDERS}
    assert {entry.findtext(f"{ATOM}id") for entry in entries.values()} == {"urn:letters:jtai:smallest"}
    assert {entry.findtext(f"{ATOM}updated") for entry in entries.values()} == {"2024-07-11T00:00:00Z"}
    assert "Ash & <Birch>" in (entries["cqc"].findtext(f"{ATOM}title") or "")
    assert entries["cqc"].findtext(f"{ATOM}author/{ATOM}name") == "Care Quality Commission"
    for folder, entry in entries.items():
        for link in entry.iterfind(f"{ATOM}link"):
            file = made.pack / folder / link.attrib["href"]
            assert file.is_file()
            assert link.get("length") in (None, str(file.stat().st_size))


def test_the_page_describes_itself_and_every_other_format_with_its_hash(tmp_path: Path) -> None:
    made = published(tmp_path, "html", "txt", "docx", publication={"page": "https://www.exmere.example/exmere"})
    page = (made.pack / f"cqc/{STEM}.html").read_text("utf-8")
    (said,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    data = json.loads(said)
    assert (data["@type"], data["identifier"]) == ("Report", "urn:letters:jtai:smallest")
    assert data["url"] == "https://www.exmere.example/exmere"
    assert (data["datePublished"], data["publisher"]["name"]) == ("2024-07-11", "Care Quality Commission")
    sums = {row["contentUrl"].rpartition("/")[2]: row["sha256"] for row in data["encoding"]}
    assert sorted(sums) == [f"{STEM}.docx", f"{STEM}.txt"]
    for name, known in sums.items():
        assert hashlib.sha256((made.pack / "cqc" / name).read_bytes()).hexdigest() == known


def test_the_record_says_who_publishes_what_when_and_about_where(tmp_path: Path) -> None:
    made = published(tmp_path, "txt")
    record = json.loads((made.pack / "cqc/metadata.json").read_text("utf-8"))
    assert record["identifier"] == "urn:letters:jtai:smallest"
    assert (record["publisher"], record["creator"]) == ("Care Quality Commission", "Ofsted")
    assert (record["date"], record["coverage"], record["language"]) == ("2024-07-11", "Exmere", "en-GB")


def test_the_summary_on_the_web_is_the_first_headline_finding_or_those_that_are_chosen(tmp_path: Path) -> None:
    findings = [{"id": f"H-0{number}", "text": f"Words {number}."} for number in (1, 2, 3)]
    first = published(tmp_path / "a", "txt", headline_findings=findings)
    chosen = published(tmp_path / "b", "txt", headline_findings=findings, publication={"headlines": ["H-03", "H-02"]})
    summaries = [
        ElementTree.parse(made.pack / "cqc/entry.atom").getroot().findtext(f"{ATOM}summary") for made in (first, chosen)
    ]
    assert summaries == ["Words 1.", "Words 2. Words 3."]
    assert "<p>Words 2.</p>\n<p>Words 3.</p>" in (chosen.pack / "cqc/index.html").read_text("utf-8")


def test_the_manifest_says_what_everything_was_made_from_and_who_agreed(tmp_path: Path) -> None:
    made = published(tmp_path, "txt")
    data = manifest_of(made.pack)
    source = hashlib.sha256((tmp_path / "inspection.yaml").read_bytes()).hexdigest()
    assert data["source"] == {"name": "inspection.yaml", "sha256": source}
    assert [row["inspectorate"] for row in data["agreed"]] == ["ofsted", "cqc"]
    assert {row["words"] for row in data["agreed"]} == {data["words"]}
    assert {"letters", "templates", "fonts", "house cqc", "house ofsted", "house recipients"} <= set(data["made by"])
    for row in data["files"]:
        file = (made.pack / row["path"]).read_bytes()
        assert (row["bytes"], row["sha256"]) == (len(file), hashlib.sha256(file).hexdigest())
    assert "Ada Example" not in (made.pack / "manifest.json").read_text("utf-8")


def test_the_report_of_a_round_is_published_the_same_way(tmp_path: Path) -> None:
    made = published_round(tmp_path)
    stem = "jtai-overview_neglect_2024-12-05"
    beside = sorted(
        ["body.html", "letters.html", *BESIDE, *(name for name in names_in(made, "cqc") if name.startswith(f"{stem}-"))]
    )
    assert names_in(made, "cqc") == sorted([*beside, f"{stem}.html", f"{stem}.txt"])
    assert manifest_of(made.pack)["identifier"] == "urn:letters:jtai-overview:neglect-round"
    assert "Ashby, Birley, Corby" in (made.pack / "cqc/index.html").read_text("utf-8")
    assert altered(made.pack) == []


def test_a_report_brings_a_page_that_leads_to_the_letters_of_its_round(tmp_path: Path) -> None:
    pack = published_round(tmp_path).pack
    page = (pack / "cqc/letters.html").read_text("utf-8")
    found = re.findall(r'<li><a href="(https://letters.example/\w+)">(\w+)</a>, letter of [^<]+</li>', page)
    assert found == [(f"https://letters.example/{area}", area.capitalize()) for area in AREAS]
    assert '<a href="letters.html">' in (pack / "cqc/index.html").read_text("utf-8")


def test_a_folder_of_other_things_is_not_taken_away(tmp_path: Path) -> None:
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack/thesis.docx").write_text("years of work")
    with pytest.raises(PackFault, match="contains files that are not part of a pack"):
        published(tmp_path, "txt")
    assert files_in(tmp_path / "pack") == {"thesis.docx": b"years of work"}


def test_an_empty_folder_is_a_place_like_any_other(tmp_path: Path) -> None:
    (tmp_path / "pack").mkdir()
    assert altered(published(tmp_path, "txt").pack) == []


def test_the_pack_of_another_inspection_is_not_taken_away(tmp_path: Path) -> None:
    before = files_in(published(tmp_path, "txt").pack)
    with pytest.raises(PackFault, match="is the pack of urn:letters:jtai:smallest"):
        published(tmp_path, "txt", id="another")
    assert files_in(tmp_path / "pack") == before


def test_a_pack_whose_manifest_is_garbled_is_not_taken_for_ours(tmp_path: Path) -> None:
    published(tmp_path, "txt")
    (tmp_path / "pack/manifest.json").write_text("{")
    before = files_in(tmp_path / "pack")
    with pytest.raises(PackFault, match="contains files that are not part of a pack"):
        published(tmp_path, "txt")
    assert files_in(tmp_path / "pack") == before


def test_what_the_gate_holds_back_leaves_the_old_pack_alone(tmp_path: Path) -> None:
    before = files_in(published(tmp_path, "txt").pack)
    path = write_inspection(tmp_path, strengths=[{"id": "S-01", "text": "Other words that nobody agreed to."}])
    with pytest.raises(NotAllowed, match="ofsted has not agreed"):
        publish(path, PublishOptions(tmp_path / "pack", art=tmp_path / "art"))
    assert files_in(tmp_path / "pack") == before


def test_many_are_published_each_by_its_id_and_one_that_fails_stops_no_other(tmp_path: Path) -> None:
    paths = many(tmp_path, "ashby", "birley", "corby")
    paths[1].write_text("id: birley\nnothing: else\n")
    job = PublishOptions(tmp_path / "packs", only=("txt",), art=real_art(tmp_path))
    found = {outcome.source: outcome for outcome in publish_all(job, [*paths, tmp_path / "nowhere.yaml"], jobs=1)}
    assert [found[path].pack for path in paths] == [tmp_path / "packs/ashby", None, tmp_path / "packs/corby"]
    assert (found[paths[1]].unreadable, "birley/inspection.yaml" in found[paths[1]].fault) == (True, True)
    assert "nowhere.yaml: cannot be read" in found[tmp_path / "nowhere.yaml"].fault
    assert sorted(path.name for path in (tmp_path / "packs").iterdir()) == ["ashby", "corby"]
    assert [altered(tmp_path / "packs" / name) for name in ("ashby", "corby")] == [[], []]


def test_what_became_of_each_is_known_as_soon_as_it_is_finished(tmp_path: Path) -> None:
    job = PublishOptions(tmp_path / "packs", only=("txt",), art=real_art(tmp_path))
    outcomes = publish_all(job, many(tmp_path, "ashby", "birley"), jobs=1)
    first = next(outcomes)
    assert (first.pack, (tmp_path / "packs/birley").exists()) == (tmp_path / "packs/ashby", False)
    assert next(outcomes).pack == tmp_path / "packs/birley"


def test_workers_publish_the_same_bytes(tmp_path: Path) -> None:
    paths, art = many(tmp_path, "ashby", "birley"), real_art(tmp_path)
    for jobs in (1, 2):
        list(publish_all(PublishOptions(tmp_path / f"packs{jobs}", only=("txt", "html"), art=art), paths, jobs))
    assert files_in(tmp_path / "packs1") == files_in(tmp_path / "packs2")
    assert len(files_in(tmp_path / "packs1")) > 20


def test_a_pack_whose_formats_are_made_side_by_side_has_the_same_bytes(tmp_path: Path) -> None:
    path, art = agreed(write_inspection(tmp_path)), real_art(tmp_path)
    for processes in (1, 2):
        publish(path, PublishOptions(tmp_path / f"pack{processes}", art=art, processes=processes))
    assert files_in(tmp_path / "pack1") == files_in(tmp_path / "pack2")


def test_a_fault_in_a_process_beside_this_one_is_told_in_words_and_leaves_nothing(tmp_path: Path) -> None:
    path = agreed(
        write_inspection(tmp_path, headline_findings=[{"id": "H-01", "text": "A letter that no font has: \u1400."}])
    )
    with pytest.raises(FormatFault, match=r"no font in styles/fonts has \u1400"):
        publish(path, PublishOptions(tmp_path / "pack", art=real_art(tmp_path), processes=2))
    assert not (tmp_path / "pack").exists()


def test_an_id_that_two_files_give_is_published_once_and_refused_once(tmp_path: Path) -> None:
    paths = [agreed(write_inspection(tmp_path / name)) for name in ("a", "b")]
    job = PublishOptions(tmp_path / "packs", only=("txt",), art=real_art(tmp_path))
    refused, made = publish_all(job, paths, jobs=1)
    assert refused == PackOutcome(paths[1], fault=refused.fault)
    assert "'smallest' is also the id of" in refused.fault
    assert made.pack == tmp_path / "packs/smallest"


def test_a_zip_holds_the_files_of_one_website_and_nothing_else(tmp_path: Path) -> None:
    made = published(tmp_path, "txt", "docx")
    with zipfile.ZipFile(made.pack / "cqc.zip") as package:
        assert sorted(package.namelist()) == sorted(f"cqc/{name}" for name in names_in(made, "cqc"))
        for name in package.namelist():
            assert package.read(name) == (made.pack / name).read_bytes()


def test_the_list_of_what_to_upload_has_titles_and_summaries_that_fit(tmp_path: Path) -> None:
    long = {"headline_findings": [{"id": "H-01", "text": "Children are seen and heard. " * 20}]}
    made = published(
        tmp_path, "txt", "docx", round={"theme": "the response to children who go missing from care"}, **long
    )
    with (made.pack / "cqc/upload.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert sorted([*(row["file"] for row in rows), "upload.csv"]) == names_in(made, "cqc")
    assert {len(row["title"]) <= 65 and len(row["summary"]) <= 160 for row in rows} == {True}
    assert rows[0]["summary"].endswith(" are…")


def test_the_body_has_every_word_and_neither_frame_nor_style_nor_script(tmp_path: Path) -> None:
    made = published(tmp_path, "html", strengths=[{"id": "S-01", "text": "Care.[^n]"}], footnotes={"n": "A note."})
    body = (made.pack / "ofsted/body.html").read_text("utf-8")
    assert not re.search(r"<(?:html|head|body|style|script|h1|img|svg)\b| style=| on\w+=", body)
    assert re.findall(r"<h2[^>]*>([^<]*)", body)[0] == "Joint targeted area inspection of Exmere"
    assert '<h3 id="strengths-heading">' in body
    page = (made.pack / f"ofsted/{STEM}.html").read_text("utf-8")
    words, section, notes = body.partition('<section class="footnotes"')
    assert html_words(f"<article>{words}</article>{section}{notes}") == html_words(page)


def test_numbered_tables_of_a_report_are_there_as_data(tmp_path: Path) -> None:
    made = published_round(tmp_path)
    found = [name for name in names_in(made, "cqc") if name.endswith(".csv") and name != "upload.csv"]
    tables = re.findall(r"<table[^>]*>", (made.pack / "cqc/jtai-overview_neglect_2024-12-05.html").read_text("utf-8"))
    captions = re.findall(r"<caption", (made.pack / "cqc/jtai-overview_neglect_2024-12-05.html").read_text("utf-8"))
    assert len(found) == len(captions) <= len(tables)


@pytest.mark.parametrize(
    ("page", "name", "address"),
    [
        ("https://www.gov.uk/letters/ansford", "a letter.pdf", "https://www.gov.uk/letters/a%20letter.pdf"),
        ("https://www.gov.uk/letters/ansford/", "letter.pdf", "https://www.gov.uk/letters/ansford/letter.pdf"),
        (None, "letter.pdf", "letter.pdf"),
    ],
)
def test_feeds_and_search_engines_get_whole_addresses_where_the_page_has_one(
    page: str | None, name: str, address: str
) -> None:
    plan = PublicationPlan(page=page)
    assert record.address(cast("Publication", SimpleNamespace(plan=plan)), name) == address


def test_a_page_begins_with_what_it_is_who_published_it_and_when(tmp_path: Path) -> None:
    made = published(tmp_path, "html", "pdf", headline_findings=[{"id": "H-01", "text": "Children are seen."}])
    page = (made.pack / f"cqc/{STEM}.html").read_text("utf-8")
    about = page.partition('<div class="about">')[2].partition("<article>")[0]
    places = [
        about.index(words)
        for words in (
            "Joint targeted area inspection of Exmere: neglect",
            "Ofsted, Care Quality Commission",
            "11 July 2024".replace(" ", "\N{NO-BREAK SPACE}"),
            "Children are seen.",
            "Contents",
            "Other formats",
        )
    ]
    assert places == sorted(places)
    assert re.search(r"PDF, tagged for screen readers \(\d+ kB, \d pages\)", about)
    assert '<a href="index.html#accessibility">Accessibility</a>' in page
    assert 'class="banner"' in page
    assert 'class="banner"' not in (made.pack / f"recipients/{STEM}.html").read_text("utf-8")
