"""Reviewed copies come home: every edit is found, laid at its finding, and nothing is decided silently."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import letters
import tests.office as libreoffice
from letters.cli import main
from letters.composition.letter import compose
from letters.document.marks import lines_of, marks_of, rejects, resolved, text_of
from letters.errors import UnreadableInput, VersionFault
from letters.files.disk import load
from letters.findings.finding import findings_of, recommendations_of
from letters.houses.loading import house
from letters.versions.merging.merger import drop_orphans
from letters.word.package import archive, member
from letters.word.read import read
from tests.builders import inspection
from tests.conftest import ROOT
from tests.office import AddParagraphAfter, Bold, Comment, DeleteParagraph, Edit, MoveParagraph, Replace

OFSTED: list[Edit] = [
    Replace("persistence of health visitors", "patience of health visitors"),
    AddParagraphAfter("Probation practitioners’ home visits", "A new strength that the reviewer adds here."),
    DeleteParagraph("The care that nursery classes"),
    Bold("swift attendance"),
    MoveParagraph("The recording by police officers", "The quality of the information that midwives"),
    Comment("swift", "Is this right?"),
]
CQC: list[Edit] = [
    Replace("persistence of health visitors", "tenacity of health visitors"),
    Replace("Rosalind Thackrah", "Rosalind Thackray"),
    Replace("Every finding concerns", "Each finding concerns"),
]


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an inspection whose draft was sent, with two reviewed copies and one edited with tracking off."""
    folder = tmp_path_factory.mktemp("sent")
    text = (ROOT / "fixtures/cawdale/inspection.yaml").read_text("utf-8").replace("stage: final", "stage: agreement")
    (folder / "c.yaml").write_text(text, "utf-8")
    data = letters.send(folder / "c.yaml", folder / "out").read_bytes()
    (folder / "ofsted.docx").write_bytes(libreoffice.edit(data, OFSTED, "Ann Ofsted"))
    (folder / "cqc.docx").write_bytes(libreoffice.through_odt(libreoffice.edit(data, CQC, "Ben CQC")))
    silent = [Replace("too soon to see", "too early to see")]
    (folder / "police.docx").write_bytes(libreoffice.edit(data, silent, "Cy Police", tracked=False))
    return folder


def copies(sent: Path) -> list[Path]:
    """Return the reviewed copies."""
    return [sent / f"{name}.docx" for name in ("ofsted", "cqc", "police")]


def decision(found: dict[str, Any], change: str, verdict: str, **more: str) -> dict[str, str]:
    """Return a decision that names the change and its copy."""
    digests = {row["review"]: row["copy"] for row in found["copies"]}
    copy = digests[change.rpartition("-")[0]]
    return {"change": change, "copy": copy, "decision": verdict, "reason": "r", "name": "Q A", **more}


def test_every_edit_is_laid_at_its_finding_with_its_author(sent: Path) -> None:
    found = letters.changes(sent / "c.yaml", copies(sent))["changes"]
    rows = {(row["unit"], row["kind"], row["author"]) for row in found}
    assert {
        ("S-04.text", "words", "Ann Ofsted"),
        ("S-04.text", "words", "Ben CQC"),
        ("S-05.text", "paragraph", "Ann Ofsted"),
        ("S-06.text", "removed", "Ann Ofsted"),
        ("S-02.text", "look", "Ann Ofsted"),
        ("R-07.text", "moved", "Ann Ofsted"),
        ("addressee-1.line", "words", "Ben CQC"),
        ("round.context", "words", "Ben CQC"),
    } <= rows


def test_an_edit_with_tracking_off_is_found_and_says_so(sent: Path) -> None:
    found = letters.changes(sent / "c.yaml", [sent / "police.docx"])["changes"]
    assert [(row["unit"], row["before"], row["after"], row["tracked"]) for row in found] == [
        ("H-03.text", "soon", "early", False)
    ]


def test_the_file_that_was_sent_says_itself_what_its_paragraphs_are(sent: Path) -> None:
    file = next((sent / "out").glob("*.docx"))
    assert letters.changes(file, copies(sent))["changes"] == letters.changes(sent / "c.yaml", copies(sent))["changes"]


def test_the_next_inspection_has_what_is_undisputed_and_waits_with_the_rest(sent: Path) -> None:
    done = letters.merge(sent / "c.yaml", copies(sent), sent / "next.yaml", combined=sent / "all.docx")
    after, before = load(sent / "next.yaml"), load(sent / "c.yaml")
    strengths = {finding.id: finding.text for finding in findings_of(after.strengths)}
    assert after.version == before.version + 1
    assert "A new strength that the reviewer adds here." in strengths.values()
    assert "S-06" not in strengths
    assert [entry.finding.id for entry in after.withdrawn if entry.finding] == ["S-06"]
    assert "**swift attendance**" in strengths["S-02"]
    assert "persistence" in strengths["S-04"]
    assert after.addressees[0].name == "Rosalind Thackray"
    assert "Each finding concerns" in (after.round.context or "")
    assert {change.unit for change in done.resolution.open} == {"S-04.text", "H-03.text"}


def test_the_combined_file_keeps_authors_dates_comments_and_both_sides_of_a_conflict(sent: Path) -> None:
    letters.merge(sent / "c.yaml", copies(sent), sent / "next.yaml", combined=sent / "all.docx")
    file = read((sent / "all.docx").read_bytes(), "all.docx").marked
    original = read(next((sent / "out").glob("*.docx")).read_bytes(), "sent").marked
    line = next(line for line in lines_of(file.stories["body"]) if "tenacity" in text_of(line))
    authors = {mark.author for story in file.stories.values() for mark in marks_of(story)}
    assert authors == {"Ann Ofsted", "Ben CQC", "police (untracked)"}
    assert "patience" in text_of(line)
    assert [comment.text for comment in file.comments] == ["Is this right?"]
    assert [text_of(held) for held in lines_of(resolved(file.stories["body"], rejects))] == [
        text_of(held) for held in lines_of(original.stories["body"])
    ]


def test_a_decision_settles_a_conflict_and_is_in_the_ledger(sent: Path) -> None:
    found = letters.changes(sent / "c.yaml", copies(sent))
    rows = found["changes"]
    ids = {row["author"]: row["change"] for row in rows if row["unit"] == "S-04.text"}
    decisions = sent / "decisions.yaml"
    rejected = decision(found, ids["Ann Ofsted"], "reject", reason="CQC knows")
    in_part = decision(found, ids["Ben CQC"], "part", reason="plainer", text="steadiness of health visitors")
    decisions.write_text(json.dumps({"decisions": [rejected, in_part]}))
    letters.merge(sent / "c.yaml", copies(sent), sent / "n2.yaml", decisions=decisions, ledger=sent / "ledger.json")
    ledger = json.loads((sent / "ledger.json").read_text("utf-8"))
    fates = {row["change"]: row["fate"] for row in ledger["changes"]}
    assert "steadiness of health visitors" in (sent / "n2.yaml").read_text("utf-8").replace("\n      ", " ")
    assert fates[ids["Ann Ofsted"]] == "rejected"
    assert fates[ids["Ben CQC"]] == "accepted"
    assert len(fates) == len(rows)
    assert ledger["comments"][0]["text"] == "Is this right?"


def test_both_sides_of_a_conflict_cannot_be_accepted(sent: Path) -> None:
    found = letters.changes(sent / "c.yaml", copies(sent))
    both = [row["change"] for row in found["changes"] if row["unit"] == "S-04.text"]
    rows = [decision(found, name, "accept") for name in both]
    (sent / "both.yaml").write_text(json.dumps({"decisions": rows}))
    with pytest.raises(UnreadableInput, match="both are accepted"):
        letters.merge(sent / "c.yaml", copies(sent), sent / "never.yaml", decisions=sent / "both.yaml")
    assert not (sent / "never.yaml").exists()


def test_a_decision_in_part_says_the_words(sent: Path) -> None:
    (sent / "part.yaml").write_text("decisions:\n  - {change: cqc-1, decision: part, reason: r, name: n}\n")
    with pytest.raises(UnreadableInput, match="has no `text`"):
        letters.merge(sent / "c.yaml", copies(sent), sent / "never.yaml", decisions=sent / "part.yaml")


def test_words_taken_out_without_their_end_are_a_removal_and_free_what_cites_them(sent: Path) -> None:
    data = next((sent / "out").glob("*.docx")).read_bytes()
    first = load(sent / "c.yaml").main_findings[0]
    words = getattr(first, "text", "").split(".")[0][:60]
    (sent / "cut.docx").write_bytes(libreoffice.edit(data, [DeleteParagraph(words)], "Ann"))
    letters.merge(sent / "c.yaml", [sent / "cut.docx"], sent / "n5.yaml")
    after = load(sent / "n5.yaml")
    assert [entry.section for entry in after.withdrawn] == ["main_findings"]


def test_comments_and_order_of_the_inspection_file_stay(sent: Path) -> None:
    letters.merge(sent / "c.yaml", [sent / "cqc.docx"], sent / "n3.yaml")
    before, after = ((sent / name).read_text("utf-8") for name in ("c.yaml", "n3.yaml"))
    assert [line for line in before.splitlines() if line.startswith("#")] == [
        line for line in after.splitlines() if line.startswith("#")
    ]


def test_a_version_is_sent_once(sent: Path) -> None:
    changed = sent / "c.yaml"
    text = changed.read_text("utf-8")
    try:
        changed.write_text(text.replace("too soon", "too early"), "utf-8")
        with pytest.raises(VersionFault, match="was already sent"):
            letters.send(changed, sent / "out")
    finally:
        changed.write_text(text, "utf-8")


def test_another_letters_reply_and_an_older_drafts_reply_are_refused(sent: Path) -> None:
    text = (sent / "c.yaml").read_text("utf-8")
    (sent / "later").mkdir(exist_ok=True)
    (sent / "later/c.yaml").write_text(text.replace("version: 5", "version: 6"), "utf-8")
    with pytest.raises(VersionFault, match="is a copy of version 5, not 6"):
        letters.merge(sent / "later/c.yaml", [sent / "cqc.docx"], sent / "later/next.yaml")
    (sent / "later/d.yaml").write_text(text.replace("id: cawdale-2024", "id: dunmere-2024"), "utf-8")
    with pytest.raises(VersionFault, match="is a copy of inspection cawdale-2024"):
        letters.merge(sent / "later/d.yaml", [sent / "cqc.docx"], sent / "later/next.yaml")
    assert not (sent / "later/next.yaml").exists()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("an old Word file", b"\xd0\xcf\x11\xe0" + b"\0" * 600),
        ("half a file", b"PK\x03\x04half"),
        ("a text", b"These are my comments."),
        ("nothing", b""),
    ],
)
def test_what_is_no_reviewed_copy_is_refused_and_nothing_is_written(sent: Path, name: str, data: bytes) -> None:
    path = sent / "odd.docx"
    path.write_bytes(data)
    with pytest.raises(UnreadableInput, match="Save it"):
        letters.merge(sent / "c.yaml", [path], sent / "never.yaml")
    assert not (sent / "never.yaml").exists()


def test_the_terminal_asks_about_each_disputed_change(sent: Path) -> None:
    answers = "reject\nno\nQ A\n" * 3
    arguments = ["merge", str(sent / "c.yaml"), *map(str, copies(sent)), "-o", str(sent / "n4.yaml"), "--ask"]
    result = CliRunner().invoke(main, [*arguments, "--decisions", str(sent / "asked.yaml")], input=answers)
    assert "0 open" in result.output
    again = CliRunner().invoke(main, [*arguments[:-1], "--decisions", str(sent / "asked.yaml")])
    assert "3 rejected, 0 open" in again.output


def test_a_decision_that_names_no_copy_waits_until_somebody_takes_it_over(sent: Path) -> None:
    (sent / "bare.yaml").write_text("decisions:\n- {change: police-1, decision: accept, reason: no, name: Q A}\n")
    arguments = ["merge", str(sent / "c.yaml"), str(sent / "police.docx"), "-o", str(sent / "n8.yaml")]
    arguments += ["--decisions", str(sent / "bare.yaml")]
    result = CliRunner().invoke(main, arguments)
    assert "does not say on which copy" in result.output
    assert result.exit_code == 1
    assert "0 open" in CliRunner().invoke(main, [*arguments, "--take-over"]).output


def test_one_answer_may_be_for_a_whole_copy_and_comments_in_a_file_of_decisions_stay(sent: Path) -> None:
    (sent / "kept.yaml").write_text("# Agreed with Ada on Monday.\ndecisions:\n")
    arguments = ["merge", str(sent / "c.yaml"), *map(str, copies(sent)), "-o", str(sent / "n9.yaml"), "--ask"]
    answers = "later\nreject-copy\nno\nQ A\naccept\nyes\nQ A\n"
    result = CliRunner().invoke(main, [*arguments, "--decisions", str(sent / "kept.yaml")], input=answers)
    assert "1 rejected, 1 open" in result.output
    text = (sent / "kept.yaml").read_text("utf-8")
    assert text.startswith("# Agreed with Ada on Monday.\n")
    assert text.count("- change:") == 2


def test_a_copy_is_accepted_whole_from_the_command_line(sent: Path) -> None:
    arguments = ["merge", str(sent / "c.yaml"), str(sent / "police.docx"), "-o", str(sent / "n10.yaml")]
    assert "Give both" in CliRunner().invoke(main, [*arguments, "--accept-copy", "police"]).output
    result = CliRunner().invoke(main, [*arguments, "--accept-copy", "police", "--reason", "Read out.", "--name", "Q A"])
    assert "1 changes accepted, 0 rejected, 0 open" in result.output


def test_a_reference_to_no_footnote_is_left_to_a_person(sent: Path) -> None:
    data = next((sent / "out").glob("*.docx")).read_bytes()
    parts = read(data, "sent.docx").parts
    bare = b'<w:ins w:id="9001" w:author="Ann"><w:r><w:footnoteReference/></w:r></w:ins></w:p>'
    place = parts["word/document.xml"].index(b"</w:p>", parts["word/document.xml"].index(b"too soon to see"))
    parts["word/document.xml"] = parts["word/document.xml"][:place] + bare + parts["word/document.xml"][place + 6 :]
    (sent / "bare.docx").write_bytes(archive(member(name, part) for name, part in parts.items()))
    done = letters.merge(sent / "c.yaml", [sent / "bare.docx"], sent / "n6.yaml")
    assert [change.unit for change, _ in done.by_hand] == ["H-03.text"]


def test_a_bullet_dragged_into_the_table_of_priority_actions_changes_its_priority(sent: Path) -> None:
    data = next((sent / "out").glob("*.docx")).read_bytes()
    drag = MoveParagraph("The quality of the information that midwives", "Leaders of the ICB and the hospitals trust")
    (sent / "drag.docx").write_bytes(libreoffice.edit(data, [drag], "Ann"))
    letters.merge(sent / "c.yaml", [sent / "drag.docx"], sent / "n7.yaml", combined=sent / "all.docx")
    after = load(sent / "n7.yaml")
    assert {found.id: found.priority for found in recommendations_of(after.recommendations)}["R-04"] == "priority"
    assert after.withdrawn == []


def test_other_words_for_a_heading_that_the_letter_no_longer_has_do_not_stop_the_merge() -> None:
    after, before = inspection(strengths=["One."]), inspection(strengths=["One."])
    after.wording = {"priority-heading": None, "improvement-heading": "To do", "strengths-heading": "What is strong"}
    assert drop_orphans(after, before, lambda held: compose(held, house("joint"))) == {"improvement-heading"}
    assert after.wording == {"strengths-heading": "What is strong"}


def test_signatures_side_by_side_come_home_through_opendocument_as_they_went(tmp_path: Path) -> None:
    text = (ROOT / "fixtures/eastholm/inspection.yaml").read_text("utf-8").replace("stage: final", "stage: agreement")
    (tmp_path / "e.yaml").write_text(text, "utf-8")
    data = letters.send(tmp_path / "e.yaml", tmp_path / "out").read_bytes()
    (tmp_path / "back.docx").write_bytes(libreoffice.through_odt(data))
    assert letters.changes(tmp_path / "e.yaml", [tmp_path / "back.docx"])["changes"] == []
