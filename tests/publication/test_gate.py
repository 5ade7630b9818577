"""The gate of publication: every reason why something may not go out, all of them at once, and who set one aside."""

import json
import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from letters.checks.texts import PUBLICATION
from letters.document.blocks import Chart, Document, Figure, Footnote, Paragraph, Run
from letters.errors import HouseFault, LettersError, NotAllowed, PackFault
from letters.files.packs import PublishOptions, agree, publication_in, publish, withdraw
from letters.findings.inspection import Override
from letters.houses.loading import house
from letters.houses.words import NBSP
from letters.publication.gate import Reason, enforce, reasons
from letters.publication.publication import Publication
from tests.conftest import ROOT
from tests.publication.works import AGREED, agreed, published, real_art, write_inspection
from tests.rounds import AREAS, chapter, finding, write_round

DAY = date(2024, 7, 11)
LEFT_OPEN = {"strengths": [{"id": "S-01", "text": "The patience that TBC shows."}]}
"""What rule V1 finds to be an error at publication."""


def work(folder: Path, **fields: Any) -> Publication:
    """Return the smallest letter, agreed by everybody, as a work."""
    return publication_in(agreed(write_inspection(folder, **fields)), house("joint"), DAY)


def found(held: Publication, art: Path | None = None, styles: Path | None = None) -> list[Reason]:
    """Return every reason that stands against a work before it is rendered."""
    return [*reasons(held, {"recipients": house("joint", art=art, styles=styles)})]


def codes(held: Publication, folder: Path) -> list[str]:
    """Return the codes of the reasons against a work that has real art."""
    return [reason.code for reason in found(held, real_art(folder))]


def why_not(path: Path, folder: Path, **order: Any) -> str:
    """Return why a file is not published, having seen that nothing was written."""
    with pytest.raises(NotAllowed) as refusal:
        publish(path, PublishOptions(folder / "pack", **{"only": ("txt",), "art": real_art(folder), **order}))
    assert not (folder / "pack").exists()
    return str(refusal.value).replace(NBSP, " ")


def manifest_of(path: Path, folder: Path, **order: Any) -> dict[str, Any]:
    """Return the manifest of a file that is published."""
    made = publish(path, PublishOptions(folder / "pack", **{"only": ("txt",), "art": real_art(folder), **order}))
    data: dict[str, Any] = json.loads((made.pack / "manifest.json").read_text("utf-8").replace(NBSP, " "))
    return data


def set_aside(rule: str, **fields: Any) -> dict[str, Any]:
    """Return an override as an inspection file has it."""
    return {"rule": rule, "reason": "The minister asked for it today.", "name": "Cy Example (Ofsted)", **fields}


def with_blocks(held: Publication, *blocks: Any, notes: tuple[Footnote, ...] = ()) -> Publication:
    """Return a work whose document has more blocks and notes."""
    document: Document = held.document
    more = replace(document, blocks=(*document.blocks, *blocks), notes=(*document.notes, *notes))
    agreements = [agreement.model_copy(update={"words": ""}) for agreement in held.agreements]
    later = replace(held, document=more)
    return replace(later, agreements=tuple(each.model_copy(update={"words": later.words}) for each in agreements))


def test_a_letter_that_is_final_agreed_and_clean_has_no_reason_against_it(tmp_path: Path) -> None:
    assert codes(work(tmp_path), tmp_path) == []
    assert manifest_of(agreed(write_inspection(tmp_path)), tmp_path)["set aside"] == []


# --- each reason alone


def test_p1_a_draft(tmp_path: Path) -> None:
    path = agreed(write_inspection(tmp_path, stage="factual_accuracy"))
    assert codes(publication_in(path, house("joint"), DAY), tmp_path)[0] == "P1"
    assert "P1 it is a draft with a watermark. Set `stage: final` when it is final." in why_not(path, tmp_path)


def test_p1_a_watermark_on_what_calls_itself_final(tmp_path: Path) -> None:
    drafted = work(tmp_path / "draft", stage="draft").document.draft
    held = work(tmp_path)
    assert codes(replace(held, document=replace(held.document, draft=drafted)), tmp_path) == ["P1"]


def test_p2_an_error_of_a_rule(tmp_path: Path) -> None:
    path = agreed(write_inspection(tmp_path, **LEFT_OPEN))
    assert codes(publication_in(path, house("joint"), DAY), tmp_path) == ["P2"]
    assert re.search(r"for one reason:\n  P2 S-01: “TBC” .*\(V1\)", why_not(path, tmp_path))


def test_p2_passes_a_warning(tmp_path: Path) -> None:
    held = work(tmp_path)
    assert held.issues
    assert codes(held, tmp_path) == []


def test_p3_a_logo_that_stands_in_for_a_real_one(tmp_path: Path) -> None:
    path = agreed(write_inspection(tmp_path))
    said = why_not(path, tmp_path, art=None)
    assert "for one reason:\n  P3 logos/cqc, logos/ofsted are placeholders. Give a folder of real ones" in said


def test_p3_only_those_that_are_missing(tmp_path: Path) -> None:
    art = real_art(tmp_path)
    (art / "logos/cqc.png").unlink()
    assert [reason.message for reason in found(work(tmp_path), art)] == ["logos/cqc are placeholders"]


def test_p3_a_signature_that_is_missing_where_others_are_there(tmp_path: Path) -> None:
    art = real_art(tmp_path)
    (art / "signatures").mkdir()
    shutil.copy(art / "logos/cqc.png", art / "signatures/cy-example.png")
    held = work(tmp_path)
    messages = {reason.message for reason in found(held, art)}
    assert messages == {"the house joint has signatures, but not signatures/di-example"}


def test_p4_an_inspectorate_that_has_not_agreed(tmp_path: Path) -> None:
    path = agreed(write_inspection(tmp_path), "ofsted")
    assert re.search(r"for one reason:\n  P4 cqc has not agreed to the words [0-9a-f]{20}\.", why_not(path, tmp_path))


def test_p4_an_agreement_falls_when_a_word_changes(tmp_path: Path) -> None:
    path = agreed(write_inspection(tmp_path))
    path.write_text(path.read_text("utf-8").replace("seen and heard", "seen or heard"), "utf-8")
    said = why_not(path, tmp_path)
    assert "for 2 reasons" in said
    assert all(f"P4 {name} agreed to different words; the current words are" in said for name in ("ofsted", "cqc"))
    agreed(path)
    assert manifest_of(path, tmp_path)["agreed"]


def test_p4_an_agreement_stands_when_only_a_note_among_the_team_changes(tmp_path: Path) -> None:
    path = agreed(write_inspection(tmp_path))
    text = path.read_text("utf-8")
    path.write_text(text.replace("id: S-01\n", "id: S-01\n  note: Ask again.\n"), "utf-8")
    assert "Ask again." in path.read_text("utf-8")
    assert manifest_of(path, tmp_path)["agreed"]


@pytest.mark.parametrize(
    ("day", "stands"),
    [
        (date(2024, 5, 24), False),
        (date(2024, 5, 25), True),
        (date(2024, 7, 4), True),
        (date(2024, 7, 5), False),
        (date(2019, 12, 12), True),
    ],
    ids=str,
)
def test_p5_a_day_before_an_election(tmp_path: Path, day: date, stands: bool) -> None:
    held = replace(work(tmp_path), day=day, dated=day)
    assert codes(held, tmp_path) == (["P5"] if stands else [])


def test_p5_says_which_election_and_from_when_on(tmp_path: Path) -> None:
    said = why_not(agreed(write_inspection(tmp_path)), tmp_path, on=date(2024, 7, 1))
    assert (
        "P5 1 July 2024 is in the pre-election period of the general election of 2024. Publish after 4 July 2024."
        in said
    )


@pytest.mark.parametrize(("day", "stands"), [(10, True), (11, False), (12, False)])
def test_p6_a_day_under_embargo(tmp_path: Path, day: int, stands: bool) -> None:
    day_of_july = date(2024, 7, day)
    held = replace(work(tmp_path, publication={"embargo": "2024-07-11"}), day=day_of_july, dated=day_of_july)
    assert codes(held, tmp_path) == (["P6"] if stands else [])


def test_p6_says_until_when(tmp_path: Path) -> None:
    path = agreed(write_inspection(tmp_path, publication={"embargo": date(2024, 7, 18)}))
    assert "P6 it is under embargo until 18 July 2024." in why_not(path, tmp_path)


def test_p7_something_hidden_in_a_file_is_found_with_all_else(tmp_path: Path) -> None:
    styles = tmp_path / "styles"
    shutil.copytree(ROOT / "styles/joint", styles / "joint")
    with (styles / "joint/site.css").open("a") as sheet:
        sheet.write("p { display: none }")
    path = agreed(write_inspection(tmp_path), "ofsted")
    said = why_not(path, tmp_path, styles=styles)
    assert re.search(r"  P4 cqc .*\n  P7 ofsted/index.html contains hidden content\.", said)


def test_p7_a_character_that_nobody_sees_with_the_words_around_it(tmp_path: Path) -> None:
    held = work(tmp_path, strengths=["The patience that\u200b foster carers show."])
    (reason,) = found(held, real_art(tmp_path))
    assert (reason.code, reason.message) == (
        "P7",
        "“The patience that foster carers show.” contains U+200B, which is invisible",
    )


def test_p8_words_for_a_picture_that_are_a_path(tmp_path: Path) -> None:
    held = with_blocks(work(tmp_path), Figure("f", "signatures/ada", r"C:\scans\ada.png", "signature"))
    (reason,) = found(held, real_art(tmp_path))
    assert (reason.code, reason.message) == (
        "P8",
        r"the alternative text of signatures/ada is a file path: C:\scans\ada.png",
    )


def test_p8_words_for_a_chart_that_are_a_path(tmp_path: Path) -> None:
    chart = Chart("c1", "Figure 1", "How many", "/home/ada/chart.svg", "bars", (), (), 1)
    assert codes(with_blocks(work(tmp_path), chart), tmp_path) == ["P8"]


def test_p8_passes_words_with_a_stroke(tmp_path: Path) -> None:
    figure = Figure("f", "signatures/ada", "Signature of Ada Example and/or her deputy", "signature")
    assert codes(with_blocks(work(tmp_path), figure), tmp_path) == []


@pytest.mark.parametrize("link", ["http://localhost/x", "https://host/x", "ftp://exmere.example/x", "mailto:ada"])
def test_p9_a_link_that_leads_to_no_web_address(tmp_path: Path, link: str) -> None:
    in_text = with_blocks(work(tmp_path), Paragraph("p", (Run("Read "), Run("this", link=link))))
    in_note = with_blocks(work(tmp_path), notes=(Footnote("n", (Run("this", link=link),)),))
    for held in (in_text, in_note):
        (reason,) = found(held, real_art(tmp_path))
        assert (reason.code, reason.message) == ("P9", f"“this” links to {link}")


def test_p9_passes_a_link_that_readers_can_follow(tmp_path: Path) -> None:
    links = (
        "https://www.exmere.example/home/x?y=1#z",
        "http://exmere.example",
        "mailto:ada@exmere.example?subject=Letter",
    )
    runs = tuple(Run("this", link=link) for link in links)
    assert codes(with_blocks(work(tmp_path), Paragraph("p", runs)), tmp_path) == []


def without(folder: Path, *fields: str) -> Path:
    """Return a folder of houses whose joint house lacks some fields."""
    shutil.copytree(ROOT / "styles/joint", folder / "styles/joint")
    settings = folder / "styles/joint/house.yaml"
    text = settings.read_text("utf-8")
    for field in fields:
        text = re.sub(rf"^{field}:\n(?:[ ].*\n)+", "", text, flags=re.MULTILINE)
    settings.write_text(text, "utf-8")
    return folder / "styles"


@pytest.mark.parametrize("field", ["publisher", "end_matter"])
def test_p10_a_house_that_does_not_say_who_publishes(tmp_path: Path, field: str) -> None:
    held, styles = work(tmp_path), without(tmp_path, field)
    (reason,) = found(held, real_art(tmp_path), styles)
    assert (reason.code, reason.where) == ("P10", "recipients")
    with pytest.raises(LettersError, match=r"Give `publisher:` and `end_matter:`"):
        publish(Path(held.name), PublishOptions(tmp_path / "pack", art=real_art(tmp_path), styles=styles))
    assert not (tmp_path / "pack").exists()


def test_p10_a_publisher_whose_day_has_not_come(tmp_path: Path) -> None:
    styles = without(tmp_path)
    settings = styles / "joint/house.yaml"
    settings.write_text(settings.read_text("utf-8").replace("- name: Ofsted", "- since: 2024-08-01\n    name: Ofsted"))
    held = work(tmp_path)
    assert [reason.code for reason in found(held, real_art(tmp_path), styles)] == ["P10"]
    assert found(replace(held, day=date(2024, 8, 1)), real_art(tmp_path), styles) == []


# --- several at once


def test_every_reason_is_given_at_once(tmp_path: Path) -> None:
    styles = without(tmp_path, "publisher")
    path = agreed(
        write_inspection(
            tmp_path,
            stage="draft",
            publication={"embargo": date(2024, 8, 1)},
            headline_findings=[{"id": "H-01", "text": "Read [the log](http://localhost/x) and\u200b wait: TBC."}],
            signatories=[{"inspectorate": "ofsted", "name": r"C:\scans\ada.png", "title": ["Director"]}],
        ),
        "ofsted",
    )
    said = why_not(path, tmp_path, art=None, styles=styles, on=date(2024, 7, 1))
    codes = {code for code in PUBLICATION if code not in ("P11", "P12", "P13")}
    assert set(re.findall(r"^  (P\d+) ", said, re.MULTILINE)) == codes


def test_other_words_do_not_take_the_place_of_published_ones_in_silence(tmp_path: Path) -> None:
    pack = published(tmp_path, "txt").pack
    path = agreed(write_inspection(tmp_path, strengths=[{"id": "S-01", "text": "Other words."}]))
    order = PublishOptions(pack, only=("txt",), art=tmp_path / "art")
    with pytest.raises(NotAllowed, match=r"P11 .* contains different words, published on 2024-07-11"):
        publish(path, order)
    correction = replace(order, on=date(2024, 9, 3), corrects=pack, note="A strength was told wrongly.")
    assert publish(path, correction).pack == pack


def test_a_correction_keeps_the_names_of_files_and_the_day_of_publication(tmp_path: Path) -> None:
    before = published(tmp_path, "txt", "html")
    path = agreed(write_inspection(tmp_path, strengths=[{"id": "S-01", "text": "Other words."}]))
    order = PublishOptions(
        before.pack, date(2024, 9, 3), ("txt", "html"), tmp_path / "art", None, before.pack, "A strength."
    )
    assert publish(path, order).files == before.files
    name = next(name for name in before.files if name.startswith("cqc/80999") and name.endswith(".html"))
    page = (before.pack / name).read_text("utf-8")
    assert "on 11\xa0July\xa02024." in page
    assert "Amended on 3\xa0September\xa02024: A strength." in page
    assert '"dateModified": "2024-09-03"' in page
    entry = (before.pack / "cqc/entry.atom").read_text("utf-8")
    assert "<updated>2024-09-03T00:00:00Z</updated>" in entry
    assert "<published>2024-07-11T00:00:00Z</published>" in entry


def test_reasons_that_only_the_files_show_are_given_with_the_others(tmp_path: Path) -> None:
    path = write_inspection(
        tmp_path, area={"name": "{{ area }}", "urn": "80999"}, publication={"embargo": date(2024, 8, 1)}
    )
    said = why_not(path, tmp_path)
    assert set(re.findall(r"^  (P\d+) ", said, re.MULTILINE)) == {"P4", "P6", "P7"}
    assert f"was not published, for {said.count(chr(10))} reasons:" in said


EARLIER = {
    "dates": {
        "fieldwork": {"start": date(2024, 5, 20), "end": date(2024, 5, 24)},
        "letter": date(2024, 6, 20),
        "received": date(2024, 6, 12),
    }
}


# --- what somebody sets aside


@pytest.mark.parametrize(
    ("rule", "fields", "order", "what"),
    [
        ("P2", LEFT_OPEN, {}, "S-01: “TBC”"),
        ("P3", {}, {"art": None}, "logos/cqc, logos/ofsted are placeholders"),
        (
            "P5",
            EARLIER,
            {"on": date(2024, 7, 1)},
            "1 July 2024 is in the pre-election period of the general election of 2024",
        ),
        ("P6", {"publication": {"embargo": date(2024, 8, 1)}}, {}, "it is under embargo until 1 August 2024"),
        (
            "P9",
            {"strengths": ["Read [the log](http://localhost/x)."]},
            {},
            "“the log” links to http://localhost/x",
        ),
        ("P7", {"area": {"name": "{{ area }}", "urn": "80999"}}, {}, "ofsted/index.html contains a template value"),
    ],
)
def test_an_override_is_in_the_manifest_with_its_reason_and_its_name(
    tmp_path: Path, rule: str, fields: dict[str, Any], order: dict[str, Any], what: str
) -> None:
    said = why_not(agreed(write_inspection(tmp_path / "without", **fields)), tmp_path / "without", **order)
    assert f"  {rule} " in said
    private = [set_aside("V40")] if rule == "P9" else []
    path = agreed(write_inspection(tmp_path, overrides=[set_aside(rule), *private], **fields))
    data = manifest_of(path, tmp_path, **order)
    rows = [row for row in data["set aside"] if row["rule"] != "V40"]
    assert rows[0]["what"].startswith(what)
    for row in rows:
        assert (row["rule"], row["reason"], row["name"]) == (
            rule,
            "The minister asked for it today.",
            "Cy Example (Ofsted)",
        )
    page = (tmp_path / "pack/manifest.html").read_text("utf-8")
    assert "The minister asked for it today. (Cy Example (Ofsted))" in page


def test_an_override_of_p4_sets_aside_an_agreement_that_is_missing(tmp_path: Path) -> None:
    path = agreed(write_inspection(tmp_path, overrides=[set_aside("P4", where="cqc")]), "ofsted")
    data = manifest_of(path, tmp_path)
    assert [row["what"].partition(" to the words")[0] for row in data["set aside"]] == ["cqc has not agreed"]
    assert [row["inspectorate"] for row in data["agreed"]] == ["ofsted"]


def test_an_override_for_one_place_sets_aside_nothing_elsewhere(tmp_path: Path) -> None:
    path = write_inspection(tmp_path, overrides=[set_aside("P4", where="cqc")])
    said = why_not(path, tmp_path)
    assert "P4 ofsted has not agreed" in said
    assert "cqc" not in said.partition("\n")[2]


def test_an_override_sets_aside_no_other_rule(tmp_path: Path) -> None:
    path = agreed(write_inspection(tmp_path, overrides=[set_aside("P3")]), "ofsted")
    said = why_not(path, tmp_path, art=None)
    assert "for one reason:\n  P4 cqc" in said


def test_what_is_set_aside_is_still_known_when_something_else_stands_no_longer(tmp_path: Path) -> None:
    held = replace(work(tmp_path), overrides=(Override(rule="P6", reason="Why.", name="Who"),))
    reason = Reason("P6", "it is under embargo", "Wait.")
    (aside,) = enforce(held, [reason])
    assert (aside.reason, aside.why, aside.name) == (reason, "Why.", "Who")
    with pytest.raises(NotAllowed, match="P5 too early"):
        enforce(held, [reason, Reason("P5", "too early", "Wait.")])


@pytest.mark.parametrize("name", ["Cy Example", "Cy Example (Ofsted)", "Cy (Ofsted) Example"])
def test_an_error_of_a_rule_that_the_file_sets_aside_is_in_the_manifest(tmp_path: Path, name: str) -> None:
    override = set_aside("V1", where="S-01", reason="It is (as they say) a name.", name=name)
    data = manifest_of(agreed(write_inspection(tmp_path, overrides=[override], **LEFT_OPEN)), tmp_path)
    (row,) = data["set aside"]
    assert (row["rule"], row["reason"], row["name"]) == ("V1", "It is (as they say) a name.", name)
    assert row["what"].startswith("S-01: “TBC”")


def test_an_override_that_matches_nothing_sets_nothing_aside(tmp_path: Path) -> None:
    path = agreed(write_inspection(tmp_path, overrides=[set_aside("V1"), set_aside("P3")]))
    assert manifest_of(path, tmp_path)["set aside"] == []


# --- reports of a round


def lesson(text: str = "Agencies notice small signs.") -> dict[str, Any]:
    """Return a paragraph of a report that rests on every area."""
    return {"text": text, "rests_on": [f"{area}/S-01" for area in AREAS]}


def round_file(folder: Path, **fields: Any) -> Path:
    """Write a round whose report has nothing against it."""
    areas = {area: {"strengths": [finding("S-01", "Small signs are noticed.")]} for area in AREAS}
    said = {"summary": [lesson()], "findings": chapter(lesson()), "conclusion": [lesson()]}
    return write_round(folder, areas, **{**said, **fields})


def signed(path: Path, *inspectorates: str) -> Path:
    """Enter the agreement of inspectorates to a report."""
    for name in inspectorates or ("ofsted", "cqc"):
        agree(path, name, "Ada Example", AGREED)
    return path


def test_a_report_goes_through_the_same_gate(tmp_path: Path) -> None:
    data = manifest_of(signed(round_file(tmp_path)), tmp_path)
    assert data["inspectorates"] == ["ofsted", "cqc"]
    assert data["set aside"] == []


def test_a_report_gets_every_reason_at_once(tmp_path: Path) -> None:
    said_wrong = lesson("Read [this](http://localhost/x)\u200b and wait: TBC.")
    path = signed(round_file(tmp_path, summary=[said_wrong], publication={"embargo": date(2025, 1, 1)}), "ofsted")
    said = why_not(path, tmp_path, art=None, on=date(2024, 7, 1))
    assert {"P2", "P3", "P4", "P5", "P6", "P7", "P9"} == set(re.findall(r"^  (P\d+) ", said, re.MULTILINE)) - {"P14"}


def test_a_report_that_is_a_draft_is_not_published(tmp_path: Path) -> None:
    assert "P1 it is a draft" in why_not(signed(round_file(tmp_path, stage="draft")), tmp_path)


def test_a_report_loses_an_agreement_when_a_word_of_a_letter_that_it_quotes_changes(tmp_path: Path) -> None:
    quoted = chapter({"quote": "ashby/S-01"})
    path = signed(round_file(tmp_path, findings=quoted))
    letter = tmp_path / "areas/ashby.yaml"
    letter.write_text(letter.read_text("utf-8").replace("are noticed", "were noticed"), "utf-8")
    said = why_not(path, tmp_path)
    assert "P4 ofsted agreed to different words" in said


def test_a_report_says_what_it_set_aside(tmp_path: Path) -> None:
    overrides = [set_aside("V1"), set_aside("P3"), set_aside("P4", where="cqc")]
    path = signed(round_file(tmp_path, conclusion=[lesson("Agencies wait: TBC.")], overrides=overrides), "ofsted")
    data = manifest_of(path, tmp_path, art=None)
    assert [row["rule"] for row in data["set aside"]] == ["V1", "P3", "P4"]
    assert {(row["reason"], row["name"]) for row in data["set aside"]} == {
        ("The minister asked for it today.", "Cy Example (Ofsted)")
    }


def test_a_house_without_frames_is_left_to_the_writer(tmp_path: Path) -> None:
    styles = without(tmp_path)
    (styles / "joint/site.html").unlink()
    held = work(tmp_path)
    assert found(held, real_art(tmp_path), styles) == []
    with pytest.raises(HouseFault, match=r"has no site.html"):
        publish(
            Path(held.name), PublishOptions(tmp_path / "pack", only=("txt",), art=real_art(tmp_path), styles=styles)
        )


# --- the record of what was published


def test_publishing_the_same_words_again_keeps_the_amendment(tmp_path: Path) -> None:
    pack = published(tmp_path, "txt").pack
    path = agreed(write_inspection(tmp_path, strengths=[{"id": "S-01", "text": "Other words."}]))
    order = PublishOptions(pack, only=("txt",), art=tmp_path / "art")
    publish(path, replace(order, on=date(2024, 9, 3), corrects=pack, note="A strength was told wrongly."))
    publish(path, order)
    assert "Amended on 3\xa0September\xa02024: A strength was told wrongly." in (pack / "cqc/index.html").read_text(
        "utf-8"
    )


def test_every_amendment_is_on_the_page_with_its_day(tmp_path: Path) -> None:
    pack = published(tmp_path, "txt").pack
    order = PublishOptions(pack, only=("txt",), art=tmp_path / "art", corrects=pack)
    for day, words in ((3, "Other words."), (9, "Still other words.")):
        path = agreed(write_inspection(tmp_path, strengths=[{"id": "S-01", "text": words}]))
        publish(path, replace(order, on=date(2024, 9, day), note=f"Correction {day}."))
    page = (pack / "ofsted/index.html").read_text("utf-8")
    assert page.index("Amended on 3\xa0September\xa02024: Correction 3.") < page.index(
        "Amended on 9\xa0September\xa02024"
    )


def test_p12_a_format_that_was_published_does_not_disappear(tmp_path: Path) -> None:
    pack = published(tmp_path, "txt", "html").pack
    path = agreed(write_inspection(tmp_path))
    with pytest.raises(NotAllowed, match=r"P12 cqc/80999\S+\.html, .* would disappear"):
        publish(path, PublishOptions(pack, only=("txt",), art=tmp_path / "art"))
    assert list(pack.glob("cqc/80999*.html"))


def test_p13_a_withdrawn_letter_comes_back_by_an_act_of_its_own(tmp_path: Path) -> None:
    pack = published(tmp_path, "txt").pack
    withdraw(pack, date(2024, 8, 1), "It was wrong.")
    path = agreed(write_inspection(tmp_path))
    order = PublishOptions(pack, date(2024, 8, 5), ("txt",), tmp_path / "art")
    with pytest.raises(NotAllowed, match=r"P13 .* was withdrawn on 2024-08-01"):
        publish(path, order)
    publish(path, replace(order, reinstates=True, note="It was right."))
    assert "Published again. It was right." in (pack / "cqc/index.html").read_text("utf-8")
    said = json.loads((pack / "manifest.json").read_text("utf-8"))["reinstated"]
    assert [(row["withdrawn on"], row["withdrawn because"]) for row in said] == [("2024-08-01", "It was wrong.")]


def test_p14_a_letter_is_not_published_before_its_date(tmp_path: Path) -> None:
    said = why_not(agreed(write_inspection(tmp_path)), tmp_path, on=date(2024, 7, 10))
    assert "P14 10 July 2024 is before 11 July 2024" in said.replace("\xa0", " ")


def test_an_embargo_holds_until_the_day_itself(tmp_path: Path) -> None:
    path = agreed(write_inspection(tmp_path, publication={"embargo": date(2024, 7, 18)}))
    said = why_not(path, tmp_path, on=date(2024, 7, 20), today=date(2024, 7, 15))
    assert "P6 it is under embargo until 18" in said


def test_a_correction_is_dated(tmp_path: Path) -> None:
    pack = published(tmp_path, "txt").pack
    with pytest.raises(NotAllowed, match="Give its day with --on"):
        publish(tmp_path / "inspection.yaml", PublishOptions(pack, art=tmp_path / "art", corrects=pack, note="A word."))


def test_a_folder_with_a_file_that_no_manifest_lists_is_not_replaced(tmp_path: Path) -> None:
    pack = published(tmp_path, "txt").pack
    (pack / "minutes.txt").write_text("Kept by hand.")
    with pytest.raises(PackFault, match=r"contains minutes\.txt, which its manifest does not list"):
        publish(agreed(write_inspection(tmp_path)), PublishOptions(pack, only=("txt",), art=tmp_path / "art"))


def test_a_dry_run_says_what_would_be_done_and_does_nothing(tmp_path: Path) -> None:
    path = agreed(write_inspection(tmp_path))
    order = PublishOptions(tmp_path / "pack", only=("txt",), art=real_art(tmp_path), dry_run=True)
    assert "writes cqc/index.html" in publish(path, order).changes
    assert not (tmp_path / "pack").exists()


def test_other_words_do_not_come_back_with_a_withdrawn_letter(tmp_path: Path) -> None:
    pack = published(tmp_path, "txt").pack
    withdraw(pack, date(2024, 8, 1), "It was wrong.")
    path = agreed(write_inspection(tmp_path, strengths=[{"id": "S-01", "text": "Other words."}]))
    order = PublishOptions(pack, date(2024, 8, 5), ("txt",), tmp_path / "art", reinstates=True, note="It was right.")
    with pytest.raises(NotAllowed, match=r"P11 .* was withdrawn with other words"):
        publish(path, order)


def test_a_second_withdrawal_leaves_the_first_as_it_is(tmp_path: Path) -> None:
    pack = published(tmp_path, "txt").pack
    withdraw(pack, date(2024, 8, 1), "A child could be identified.")
    with pytest.raises(NotAllowed, match="was withdrawn on 2024-08-01 already"):
        withdraw(pack, date(2024, 9, 1), "Replaced.")
    assert "A child could be identified." in (pack / "cqc/index.html").read_text("utf-8")


def test_what_was_never_withdrawn_is_not_brought_back(tmp_path: Path) -> None:
    pack = published(tmp_path, "txt").pack
    order = PublishOptions(pack, only=("txt",), art=tmp_path / "art", reinstates=True, note="Back.")
    with pytest.raises(NotAllowed, match="Remove --reinstates"):
        publish(agreed(write_inspection(tmp_path)), order)
