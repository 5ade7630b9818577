"""What reviewers do, kind by kind, and what the next inspection has of it."""

from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any
from unittest import mock

import pytest

import letters
from letters.document.marks import Grid, Line, Mark, Piece, accepts, lines_of, resolved, text_of
from letters.files.disk import load
from letters.files.reviews import MergeWritten
from letters.findings.finding import Finding, Priority, Recommendation
from letters.findings.inspection import Inspection
from letters.versions.deciding.decision_files import starter
from letters.word.read import read
from tests.versions.review_rounds import Sent, copy_of, next_letter, sent
from tests.versions.test_review_rounds import one_page
from tests.versions.word_editor import WordEditor, edited, seen

Edit = Callable[[WordEditor], object]


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Sent:
    """The draft of a one-page letter, sent."""
    return sent(one_page(), tmp_path_factory.mktemp("kinds"))


def editor_of(draft: Sent, author: str = "Ann") -> WordEditor:
    """Return a reviewer who has the draft before her."""
    editor = edited(draft.file.marked.stories["body"], 0, (), draft.is_finding)
    editor.author = author
    return editor


def at(editor: WordEditor, words: str) -> int:
    """Return the paragraph with some words."""
    return next(place for place in editor.places() if words in seen(editor._line(place)))


def word(editor: WordEditor, words: str) -> tuple[int, int, int]:
    """Return where some words stand: the paragraph, and from which letter to which."""
    place = at(editor, words)
    start = seen(editor._line(place)).index(words)
    return place, start, start + len(words)


def choose(editor: WordEditor, number: int) -> None:
    """Let a reviewer's next choice of a place be this one."""
    editor.random = mock.Mock(choice=lambda _: number)


def merged(draft: Sent, *editors: WordEditor, **options: Any) -> tuple[MergeWritten, Inspection]:
    """Merge the copies of some reviewers; return what it came to, and the next inspection."""
    copies = [copy_of(draft, editor, f"copy{number}") for number, editor in enumerate(editors, start=1)]
    after = draft.path.parent / "next.yaml"
    after.unlink(missing_ok=True)
    done = letters.merge(draft.path, copies, after, **options)
    return done, load(after)


def finding(inspection: Inspection, name: str) -> Finding:
    """Return a finding by its id."""
    found = next(entry for entry in inspection.all_findings() if entry.id == name)
    assert isinstance(found, Finding)
    return found


def texts(inspection: Inspection, section: str) -> list[str]:
    """Return the texts of a section's findings."""
    return [entry.text or "" for entry in getattr(inspection, section)]


def test_a_point_added_and_another_taken_out_are_just_those(draft: Sent) -> None:
    editor = editor_of(draft)
    editor.add(at(editor, "when they are at home"))
    editor.take_out_paragraph(at(editor, "when they are out"))
    _, after = merged(draft, editor)
    points = [point.text for point in after.recommendations[1].points]  # type: ignore[union-attr]
    assert [point.split()[0] for point in points] == ["when", "New", "when"]
    assert "when they are asleep" in points


def test_a_paragraph_parted_and_a_later_one_taken_out(draft: Sent) -> None:
    editor = editor_of(draft)
    place, start, _ = word(editor, "They meet every month")
    choose(editor, start)
    editor.part(place)
    editor.take_out_paragraph(at(editor, "The second is about their training"))
    _, after = merged(draft, editor)
    assert (
        finding(after, "M-01").text
        == "Leaders know their area well.\n\nThey meet every month and act on what they learn."
    )
    assert finding(after, "M-04").text == "The first paragraph is about the police."


def test_what_was_typed_where_a_paragraph_was_parted_stands_where_it_was_typed(draft: Sent) -> None:
    editor = editor_of(draft)
    place, start, _ = word(editor, "They meet every month")
    choose(editor, start)
    editor.part(place, before="Before.", after="After ")
    done, after = merged(draft, editor, combined=draft.path.parent / "all.docx")
    assert finding(after, "M-01").text == (
        "Leaders know their area well. Before.\n\nAfter They meet every month and act on what they learn."
    )
    assert (len(done.resolution.accepted), done.by_hand, done.unseen) == (1, [], [])


def test_words_typed_within_anothers_new_words_stay_within_them(draft: Sent) -> None:
    editor = editor_of(draft)
    place, _, end = word(editor, "Leaders know their area")
    editor.type(place, end, " and its children")
    editor.author = "Ben"
    editor.type(place, end + len(" and its"), " (external)")
    _, after = merged(draft, editor)
    assert (finding(after, "M-01").text or "").startswith("Leaders know their area and its (external) children well.")


def test_one_word_of_anothers_new_paragraph_taken_out_is_one_word(draft: Sent) -> None:
    editor = editor_of(draft)
    editor.add(at(editor, "The patience that foster carers"))
    editor.author = "Ben"
    editor.take_out(*word(editor, "sentence "))
    found = letters.changes(draft.path, [copy_of(draft, editor, "copy")])["changes"]
    assert [(row["kind"], row["author"], row["before"]) for row in found] == [
        ("paragraph", "Ann", ""),
        ("against", "Ben", "sentence "),
    ]
    assert found[0]["conflicts"] == [found[1]["change"]]


@pytest.mark.parametrize(("verdict", "stands"), [("accept", False), ("reject", True)])
def test_a_decision_on_what_takes_out_anothers_words_does_what_it_says(draft: Sent, verdict: str, stands: bool) -> None:
    editor = editor_of(draft)
    place, _, end = word(editor, "Leaders know their area")
    editor.type(place, end, " marmalade")
    editor.author = "Ben"
    editor.take_out(*word(editor, " marmalade"))
    found = letters.changes(draft.path, [copy_of(draft, editor, "copy1")])
    against = next(row["change"] for row in found["changes"] if row["kind"] == "against")
    path = draft.path.parent / "against.yaml"
    digest = found["copies"][0]["copy"]
    path.write_text(
        f"decisions:\n- {{change: {against}, copy: {digest}, decision: {verdict}, reason: no, name: Q A}}\n", "utf-8"
    )
    done, after = merged(draft, editor, decisions=path)
    assert ("marmalade" in (finding(after, "M-01").text or "")) is stands
    assert done.resolution.open == []


def test_a_paragraph_that_another_edited_and_one_takes_out_waits_and_nothing_else_goes(draft: Sent) -> None:
    editor = editor_of(draft)
    editor.insert(at(editor, "Leaders know their area"))
    editor.author = "Ben"
    editor.take_out_paragraph(at(editor, "Leaders know"))
    done, after = merged(draft, editor, combined=draft.path.parent / "all.docx")
    assert {change.hunk.kind for change in done.resolution.open} == {"removed", "words"}
    assert after.withdrawn == []
    assert done.unseen == []


def test_a_point_added_to_a_finding_that_another_withdraws_is_a_conflict(draft: Sent) -> None:
    ann, ben = editor_of(draft), editor_of(draft, "Ben")
    for words in ("The way that nurses", "at home", "and in school"):
        ann.take_out_paragraph(at(ann, words))
    ben.count = 50
    ben._add_after(at(ben, "and in school"), "ListBullet2", '<w:pStyle w:val="ListBullet2"/>')
    done, _ = merged(draft, ann, ben)
    assert {change.hunk.kind for change in done.resolution.open} >= {"removed", "paragraph"}


@pytest.mark.parametrize("edit", [WordEditor.insert, WordEditor.delete, WordEditor.replace])
def test_a_bullet_moved_and_edited_is_the_same_finding(draft: Sent, edit: Callable[[WordEditor, int], None]) -> None:
    editor = editor_of(draft)
    place = at(editor, "Health visitors write")
    choose(editor, at(editor, "Leaders know"))
    at_now = editor.move(place)
    editor.random = Random(3)
    edit(editor, at_now)
    done, after = merged(draft, editor)
    assert [entry.id for entry in after.main_findings] == ["M-01", "M-03", "M-02", "M-04"]  # type: ignore[union-attr]
    assert (after.withdrawn, done.by_hand) == ([], [])


def test_a_bullet_with_a_footnote_moves_with_it_and_is_kept_with_it(draft: Sent) -> None:
    editor = editor_of(draft)
    choose(editor, at(editor, "The patience that foster carers"))
    editor.move(at(editor, "The care that teachers take"))
    _, after = merged(draft, editor, combined=draft.path.parent / "all.docx")
    assert [entry.id for entry in after.strengths][-1] == "S-01"  # type: ignore[union-attr]
    assert "meals" in after.footnotes
    editor = editor_of(draft)
    editor.take_out_paragraph(at(editor, "The care that teachers take"))
    _, after = merged(draft, editor)
    assert after.footnotes == {}
    assert after.withdrawn[0].footnotes == {"meals": "The school has offered breakfast since September 2023."}


def test_two_findings_joined_keep_what_both_had(draft: Sent) -> None:
    editor = editor_of(draft)
    editor.join(at(editor, "Leaders know their area"))
    _, after = merged(draft, editor)
    whole = finding(after, "M-01")
    assert (whole.text or "").endswith(
        "what they learn.Social workers visit often. Some children wait too long for a first visit."
    )
    assert whole.impact == "This leaves them at risk for longer than they need to be."
    assert whole.evidence == ["case 12"]
    first = after.recommendations[0]
    assert isinstance(first, Recommendation)
    assert first.findings == ["M-01"]
    assert [entry.finding.id for entry in after.withdrawn if entry.finding] == ["M-02"]


def test_a_lead_sentence_taken_out_alone_is_left_to_a_person_with_its_points(draft: Sent) -> None:
    editor = editor_of(draft)
    editor.take_out_paragraph(at(editor, "How police officers record"))
    editor.insert(at(editor, "Leaders know"))
    done, after = merged(draft, editor)
    assert [why for _, why in done.by_hand] == [
        "recommendations-2 has lost its lead sentence but not its 3 points: add a lead sentence or withdraw it"
    ]
    assert len(after.recommendations[1].points) == 3  # type: ignore[union-attr]
    assert len(done.resolution.accepted) == 2


@pytest.mark.parametrize(
    ("after", "section", "place"),
    [
        ("A midwife noticed a bruise", "case_studies", 1),
        ("The patience that foster carers", "strengths", 3),
        ("Children are seen quickly", "headline_findings", 1),
    ],
)
def test_what_is_added_stands_where_it_was_put(draft: Sent, after: str, section: str, place: int) -> None:
    editor = editor_of(draft)
    editor.add(at(editor, after))
    done, next_one = merged(draft, editor)
    if section == "case_studies":
        assert next_one.case_studies[0].text.split("\n\n")[place].startswith("New zq")
    else:
        assert texts(next_one, section)[place].startswith("New zq")
    assert done.by_hand == []


def test_an_impact_sentence_parted_off_stays_the_words_it_was(draft: Sent) -> None:
    editor = editor_of(draft)
    place, start, _ = word(editor, "This leaves them")
    choose(editor, start)
    editor.part(place)
    _, after = merged(draft, editor)
    assert finding(after, "M-02").text == (
        "Social workers visit often. Some children wait too long for a first visit.\n\n"
        "This leaves them at risk for longer than they need to be."
    )
    assert finding(after, "M-02").impact is None


def test_an_id_of_a_withdrawn_finding_is_never_given_again(draft: Sent) -> None:
    editor = editor_of(draft)
    editor.take_out_paragraph(at(editor, "Health visitors write clear notes"))
    editor.add(at(editor, "The second is about their training"))
    done, after = merged(draft, editor)
    assert [entry.id for entry in after.main_findings] == ["M-01", "M-02", "M-04", "M-05"]  # type: ignore[union-attr]
    assert [entry.finding.id for entry in after.withdrawn if entry.finding] == ["M-03"]
    assert done.by_hand == []


def test_a_withdrawn_recommendation_keeps_its_points(draft: Sent) -> None:
    editor = editor_of(draft)
    for words in ("How police officers", "at home", "asleep", "when they are out"):
        editor.take_out_paragraph(at(editor, words if words != "at home" else "when they are at home"))
    _, after = merged(draft, editor)
    kept = after.withdrawn[0].recommendation
    assert kept is not None
    assert [point.text for point in kept.points] == [
        "when they are at home",
        "when they are asleep",
        "when they are out",
    ]
    assert kept.target == ["police"]


def test_a_footnote_that_a_reviewer_adds_comes_home_with_its_words(draft: Sent) -> None:
    editor = editor_of(draft)
    place, _, end = word(editor, "Leaders know their area")
    before, after_it = editor._parted_at(place, end)
    mark = Mark("Ann", "2026-01-05T09:00:00Z")
    reference = (
        '<w:footnoteReference xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" w:id="77"/>'
    )
    editor._put(place, [*before, Piece("\ufffc", object_key="note:77", content=reference, inserted=mark), *after_it])
    marked = draft.file.marked
    marked.stories["note:77"] = (Line((Piece("As in the plan of 2023.", inserted=mark),), (), "FootnoteText"),)
    try:
        done, after = merged(draft, editor)
    finally:
        del marked.stories["note:77"]
    assert "As in the plan of 2023." in after.footnotes.values()
    assert done.by_hand == []


def test_straight_quotes_and_double_spaces_are_one_change(draft: Sent) -> None:
    body = list(draft.file.marked.stories["body"])
    story = tuple(
        line._replace(pieces=tuple(piece._replace(text=piece.text.replace(". ", ".  ")) for piece in line.pieces))
        if isinstance(line, Line)
        else line
        for line in body
    )
    editor = WordEditor(list(story), editor_of(draft).random)
    found = letters.changes(draft.path, [copy_of(draft, editor, "copy")])["changes"]
    assert [row["kind"] for row in found] == ["typing"]
    assert "only quotation marks, dashes or spaces" in found[0]["says"]


def test_a_copy_with_tracking_off_and_a_light_edit_of_every_paragraph_is_read(draft: Sent) -> None:
    body = draft.file.marked.stories["body"]
    story = [
        line._replace(pieces=tuple(piece._replace(text=piece.text.replace("the ", "ye ")) for piece in line.pieces))
        if isinstance(line, Line)
        else line
        for line in body
    ]
    copy = copy_of(draft, WordEditor(story, editor_of(draft).random), "copy1")
    after = draft.path.parent / "next.yaml"
    letters.merge(draft.path, [copy], after, accept_copies=["copy1"], reason="Edited by phone.", name="Q A")
    said = "\n".join(next_letter(after))
    assert "ye week" not in said
    assert said.count("ye ") == sum(text_of(line).count("ye ") for line in lines_of(tuple(story)))


def test_a_copy_is_accepted_whole_with_a_reason_and_a_name(draft: Sent) -> None:
    editor = editor_of(draft)
    editor.insert(at(editor, "Leaders know"))
    story = resolved(tuple(editor.story), accepts)
    copy = copy_of(draft, WordEditor(list(story), editor.random), "all")
    after = draft.path.parent / "next.yaml"
    with pytest.raises(letters.errors.LettersError, match="without a reason"):
        letters.merge(draft.path, [copy], after, accept_copies=["all"])
    done = letters.merge(draft.path, [copy], after, accept_copies=["all"], reason="Word's Compare.", name="Q A")
    assert done.is_whole
    accepted = next(text_of(line) for line in lines_of(story) if "zq" in text_of(line))
    assert " ".join(accepted.split()) in next_letter(after)


def test_a_decision_holds_for_the_copy_it_was_made_on_and_is_offered_for_another(draft: Sent) -> None:
    ann, ben = editor_of(draft), editor_of(draft, "Ben")
    ann.replace(at(ann, "Leaders know"))
    ben.count = 40
    ben.replace(at(ben, "Leaders know"))
    path = draft.path.parent / "decisions.yaml"
    path.unlink(missing_ok=True)
    done, _ = merged(draft, ann, ben, decisions=path)
    assert {change.hunk.kind for change in done.resolution.open} == {"words"}
    text = path.read_text("utf-8").replace("decision: ''", "decision: reject").replace("reason: ''", "reason: no")
    path.write_text(text.replace("name: ''", "name: Q A"), "utf-8")
    done, _ = merged(draft, ann, ben, decisions=path)
    assert (len(done.resolution.open), len(done.resolution.rejected)) == (0, 2)
    ann.insert(at(ann, "Health visitors"))
    done, _ = merged(draft, ann, ben, decisions=path)
    assert [change.id for change in done.resolution.open] == ["copy1-1"]
    assert done.resolution.before["copy1-1"].decision == "reject"
    done, _ = merged(draft, ann, ben, decisions=path, take_over=True)
    assert done.resolution.open == []


def test_the_file_to_decide_in_shows_sentence_and_heading(draft: Sent) -> None:
    ann, ben = editor_of(draft), editor_of(draft, "Ben")
    ann.replace(at(ann, "Leaders know"))
    ben.count = 40
    ben.replace(at(ben, "Leaders know"))
    done, _ = merged(draft, ann, ben)
    text = starter(done.resolution, [*done.resolution.open], done.reviews)
    assert "Main findings" in text
    assert "[-" in text
    assert "by Ann, 2026-01-05T09:" in text


def test_a_combined_file_that_comes_back_has_its_conflicts_still(draft: Sent) -> None:
    ann, ben = editor_of(draft), editor_of(draft, "Ben")
    place, start, end = word(ann, "know")
    ann.take_out(place, start, end)
    ann.type(place, start, "understand")
    ben.count = 40
    ben.take_out(place, start, end)
    ben.type(place, start, "care for")
    combined = draft.path.parent / "combined.docx"
    first, after_first = merged(draft, ann, ben, combined=combined)
    next_path = draft.path.parent / "again.yaml"
    again = letters.merge(draft.path, [combined], next_path)
    assert len(again.resolution.open) == len(first.resolution.open) == 2
    assert load(next_path) == after_first
    assert {change.before for change in again.resolution.open} == {"know"}


def test_a_picture_put_in_with_tracking_off_never_becomes_a_sign_in_a_finding(draft: Sent) -> None:
    editor = editor_of(draft)
    place, _, end = word(editor, "Leaders know")
    before, after_it = editor._parted_at(place, end)
    drawing = '<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
    editor._put(place, [*before, Piece("\ufffc", object_key="drawing:abc", content=drawing), *after_it])
    copy = copy_of(draft, editor, "copy")
    after = draft.path.parent / "next.yaml"
    done = letters.merge(draft.path, [copy], after, accept_copies=["copy"], reason="r", name="Q A")
    assert "\ufffc" not in after.read_text("utf-8")
    assert [why for _, why in done.by_hand if "a picture" in why]


def test_what_is_struck_out_by_hand_is_told_as_what_it_is(draft: Sent) -> None:
    editor = editor_of(draft)
    place, start, end = word(editor, "know their area")
    cut = editor._cut_at(place, start, end)
    struck = [piece._replace(look="<w:strike/>") if piece.text == "know their area" else piece for piece in cut]
    editor.story[place] = editor._line(place)._replace(pieces=tuple(struck))
    found = letters.changes(draft.path, [copy_of(draft, editor, "copy")])
    assert [row["what"] for row in found["elsewhere"]] == ["struck out by hand, with tracking off: “know their area”"]


def test_a_line_break_that_was_typed_is_told(draft: Sent) -> None:
    editor = editor_of(draft)
    place, _, end = word(editor, "Leaders know")
    editor.type(place, end, "\n")
    found = letters.changes(draft.path, [copy_of(draft, editor, "copy")])
    assert [row["what"].partition(",")[0] for row in found["elsewhere"]] == [
        "a line break or tab was added by Ann on 2026-01-05"
    ]


def test_no_merge_writes_nothing_because_of_one_change(draft: Sent) -> None:
    editor = editor_of(draft)
    editor.take_out_paragraph(at(editor, "How police officers record"))
    editor.insert(at(editor, "Leaders know"))
    combined = draft.path.parent / "combined.docx"
    done, _ = merged(draft, editor, combined=combined)
    assert len(done.by_hand) == 1
    assert read(combined.read_bytes(), "combined.docx")


def test_a_removal_accepted_takes_the_whole_paragraph_whatever_becomes_of_anothers_words_in_it(draft: Sent) -> None:
    editor = editor_of(draft)
    editor.take_out(*word(editor, " well"))
    editor.author = "Ben"
    editor.take_out_paragraph(at(editor, "Leaders know their area"))
    rows = letters.changes(draft.path, [copy_of(draft, editor, "copy1")])
    ids = {row["author"]: row["change"] for row in rows["changes"]}
    digest = rows["copies"][0]["copy"]
    path = draft.path.parent / "removal.yaml"
    lines = [
        f"- {{change: {ids[author]}, copy: {digest}, decision: {verdict}, reason: r, name: n}}"
        for author, verdict in (("Ben", "accept"), ("Ann", "reject"))
    ]
    path.write_text("\n".join(["decisions:", *lines]), "utf-8")
    done, after = merged(draft, editor, decisions=path)
    assert [entry.finding.id for entry in after.withdrawn if entry.finding] == ["M-01"]
    assert finding(after, "M-02").text == "Social workers visit often. Some children wait too long for a first visit."
    assert done.by_hand == []


def test_words_typed_within_rejected_new_words_wait(draft: Sent) -> None:
    editor = editor_of(draft)
    place, _, end = word(editor, "Leaders know their area")
    editor.type(place, end, " and its many children")
    editor.author = "Ben"
    editor.type(place, end + len(" and its"), " (external)")
    rows = letters.changes(draft.path, [copy_of(draft, editor, "copy1")])
    first = next(row["change"] for row in rows["changes"] if row["author"] == "Ann")
    path = draft.path.parent / "outer.yaml"
    digest = rows["copies"][0]["copy"]
    path.write_text(f"decisions:\n- {{change: {first}, copy: {digest}, decision: reject, reason: r, name: n}}\n")
    done, after = merged(draft, editor, decisions=path)
    assert [change.hunk.mark.author for change in done.resolution.open] == ["Ben"]
    assert "external" not in (finding(after, "M-01").text or "")


def test_a_new_footnote_is_in_the_combined_file_and_comes_home_from_it(draft: Sent) -> None:
    editor = editor_of(draft)
    place, _, end = word(editor, "Leaders know their area")
    before, behind = editor._parted_at(place, end)
    mark = Mark("Ann", "2026-01-05T09:00:00Z")
    reference = (
        '<w:footnoteReference xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" w:id="77"/>'
    )
    editor._put(place, [*before, Piece("\ufffc", object_key="note:77", content=reference, inserted=mark), *behind])
    draft.file.marked.stories["note:77"] = (Line((Piece("As in the plan.", inserted=mark),), (), "FootnoteText"),)
    combined = draft.path.parent / "combined.docx"
    try:
        done, _ = merged(draft, editor, combined=combined)
    finally:
        del draft.file.marked.stories["note:77"]
    assert done.unseen == []
    again = draft.path.parent / "again.yaml"
    letters.merge(draft.path, [combined], again)
    assert "As in the plan." in load(again).footnotes.values()


def test_a_row_put_into_a_table_is_listed_and_not_swallowed(tmp_path: Path) -> None:
    inspection = one_page().model_copy(deep=True)
    inspection.layout.recommendations = "table"
    for entry in inspection.recommendations:
        assert isinstance(entry, Recommendation)
        entry.priority = Priority.PRIORITY
        entry.points = []
    table = sent(Inspection.model_validate(inspection.model_dump(exclude_defaults=True)), tmp_path)
    mark = Mark("Ann", "2026-01-05T09:00:00Z")
    story = list(table.file.marked.stories["body"])
    place = next(number for number, block in enumerate(story) if isinstance(block, Grid))
    grid = story[place]
    assert isinstance(grid, Grid)
    texts_of_row = ("Exmereshire Police", "Officers must be trained.")
    cells = tuple(
        cell._replace(
            story=(Line((Piece(words, inserted=mark),), (), "TableText", '<w:pStyle w:val="TableText"/>', mark),)
        )
        for cell, words in zip(grid.rows[-1].cells, texts_of_row, strict=True)
    )
    story[place] = grid._replace(rows=(*grid.rows, grid.rows[-1]._replace(cells=cells, inserted=mark)))
    copy = copy_of(table, WordEditor(story, Random(0)), "copy")
    done = letters.merge(table.path, [copy], tmp_path / "next.yaml")
    assert {change.after for change, _ in done.by_hand} == {*texts_of_row}
    assert "Officers must be trained" not in (tmp_path / "next.yaml").read_text("utf-8")
