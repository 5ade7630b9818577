"""Redlines: rejected they are the old version, accepted the new, and they mark no more than changed."""

import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest

import tests.office as libreoffice
from letters.composition.letter import compose
from letters.document.marks import Grid, Mark, Marked, accepts, is_marked, lines_of, rejects
from letters.findings.inspection import Inspection
from letters.formats.pages.redline import RedlinePage, redline_page
from letters.houses.loading import house
from letters.versions.merging.proof import differences
from letters.versions.redlining.compared_files import compare_files
from letters.word.read import read
from letters.word.redline import redline
from letters.word.word_file import WordFile
from letters.word.write import write
from tests.builders import inspection, recommendation
from tests.reading import W
from tests.versions.edits import pairs

MARK = Mark("A Reviewer", "2026-01-05T09:00:00Z")
REVISIONS = ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange")
PAIRS = list(pairs(138, 7))


def word_file(found: Inspection) -> WordFile:
    """Return the letter of an inspection as a Word file."""
    return read(write(compose(found, house("joint")), house("joint")), "letter.docx")


def redlined(old: WordFile, new: WordFile) -> tuple[Marked, bytes]:
    """Return the redline of two files, as lines and as bytes."""
    marked = compare_files(old.marked, new.marked, MARK)
    return marked, redline(old, new, marked, MARK)


def between(old: Mapping[str, object], new: Mapping[str, object]) -> tuple[Marked, bytes]:
    """Return the redline of the smallest inspection with some fields and with others."""
    return redlined(word_file(inspection(**old)), word_file(inspection(**new)))


def elements(data: bytes, *names: str) -> list[ElementTree.Element]:
    """Return the elements of those names in every part of a file."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        roots = [ElementTree.fromstring(package.read(name)) for name in package.namelist() if name.endswith(".xml")]
    return [element for root in roots for name in names for element in root.iter(f"{W}{name}")]


@pytest.mark.parametrize("pair", PAIRS, ids=[f"{place}-{pair[0]}" for place, pair in enumerate(PAIRS)])
def test_rejecting_gives_the_old_version_and_accepting_the_new(pair: tuple[str, Inspection, Inspection]) -> None:
    _, before, after = pair
    old, new = word_file(before), word_file(after)
    _, data = redlined(old, new)
    back = read(data, "redline.docx").marked
    assert differences(back, old.marked, rejects) == []
    assert differences(back, new.marked, accepts) == []


@pytest.mark.parametrize("pair", PAIRS[:20], ids=[pair[0] for pair in PAIRS[:20]])
def test_every_id_of_a_redline_is_its_own(pair: tuple[str, Inspection, Inspection]) -> None:
    _, data = redlined(word_file(pair[1]), word_file(pair[2]))
    marks = elements(data, *REVISIONS, "bookmarkStart", "moveFromRangeStart", "moveToRangeStart")
    ids = [element.get(f"{W}id") for element in marks]
    assert len(ids) == len(set(ids))


def test_identical_versions_have_no_changes(fixture_name: str) -> None:
    path = Path(__file__).parents[2] / "fixtures" / fixture_name / "inspection.yaml"
    from letters.files.disk import load

    _, data = redlined(word_file(load(path)), word_file(load(path)))
    assert elements(data, *REVISIONS) == []


def test_three_changed_words_in_a_row_are_one_change() -> None:
    marked, data = between(
        {"strengths": ["Children see one big red house here."]},
        {"strengths": ["Children see two small blue house here."]},
    )
    changed = [line for line in lines_of(marked.stories["body"]) if is_marked(line)]
    assert len(changed) == 1
    assert [piece.text for piece in changed[0].pieces if piece.deleted] == ["one big red"]
    assert [piece.text for piece in changed[0].pieces if piece.inserted] == ["two small blue"]
    assert len(elements(data, *REVISIONS)) == 2


def test_a_finding_that_moved_is_one_move_and_no_deletion() -> None:
    texts = [
        {"id": f"S-{n}", "text": f"Strength number {n} is told in some words of its own, {n * 7}."} for n in range(1, 5)
    ]
    _, data = between({"strengths": texts}, {"strengths": [*texts[1:], texts[0]]})
    assert len(elements(data, "moveFromRangeStart")) == len(elements(data, "moveToRangeStart")) == 1
    assert elements(data, "delText") == []
    names = {element.get(f"{W}name") for element in elements(data, "moveFromRangeStart", "moveToRangeStart")}
    assert len(names) == 1


def test_a_recommendation_that_became_urgent_moves_between_lists() -> None:
    text = "Leaders should make sure that every child is seen alone and heard."
    first = [recommendation(text, id="R-1"), recommendation("Another thing to do.", id="R-2")]
    second = [recommendation(text, id="R-1", priority="priority"), recommendation("Another thing to do.", id="R-2")]
    _, data = between({"recommendations": first}, {"recommendations": second})
    assert len(elements(data, "moveToRangeStart")) == 1


def test_a_row_that_moved_is_a_move_of_its_words() -> None:
    rows = [
        recommendation(f"Thing number {n} to do, told in words of its own.", id=f"R-{n}", priority="priority")
        for n in (1, 2, 3)
    ]
    table = {"layout": {"recommendations": "table"}}
    old, new = ({"recommendations": order, **table} for order in (rows, [rows[2], *rows[:2]]))
    _, data = between(old, new)
    moved = elements(data, "moveFromRangeStart", "moveToRangeStart")
    assert len({element.get(f"{W}name") for element in moved}) == len(moved) / 2 == 2
    assert elements(data, "delText") == []
    for version, resolved in ((old, libreoffice.reject_all(data)), (new, libreoffice.accept_all(data))):
        sent = write(compose(inspection(**version), house("joint")), house("joint"))
        assert libreoffice.words(resolved) == libreoffice.words(sent)


def test_a_paragraph_that_was_parted_keeps_its_words_unmarked() -> None:
    whole = "Social workers know children well and see them often. Plans are clear and shared with the family."
    first, second = whole.split(". ", 1)
    marked, _ = between({"main_findings": [whole]}, {"main_findings": [f"{first}.\n\n{second}"]})
    changed = [line for line in lines_of(marked.stories["body"]) if is_marked(line)]
    assert [piece.text for line in changed for piece in line.pieces if piece.inserted or piece.deleted] == [" "]


def test_a_footnote_that_came_and_one_that_changed_are_marked() -> None:
    old = {"strengths": ["One.[^a]"], "footnotes": {"a": "The old words of the note."}}
    new = {"strengths": ["One.[^a]", "Two.[^b]"], "footnotes": {"a": "The new words of the note.", "b": "Another."}}
    marked, _ = between(old, new)
    notes = [line for name, story in marked.stories.items() if name.startswith("note:") for line in lines_of(story)]
    inserted = [piece.text for line in notes for piece in line.pieces if piece.inserted]
    assert "new" in inserted
    assert "Another." in "".join(inserted)


def test_libreoffice_agrees_on_both_versions() -> None:
    for _, before, after in list(pairs(12, 11)):
        old, new = word_file(before), word_file(after)
        data = redlined(old, new)[1]
        sent = [write(compose(found, house("joint")), house("joint")) for found in (before, after)]
        assert libreoffice.words(libreoffice.reject_all(data)) == libreoffice.words(sent[0])
        assert libreoffice.words(libreoffice.accept_all(data)) == libreoffice.words(sent[1])


def test_the_same_versions_give_the_same_bytes() -> None:
    first = between({"strengths": ["One."]}, {"strengths": ["Two."]})[1]
    assert first == between({"strengths": ["One."]}, {"strengths": ["Two."]})[1]


def test_the_page_of_a_redline_shows_every_change_and_names_its_finding() -> None:
    marked, _ = between(
        {"strengths": [{"id": "S-01", "text": "Nurses <listen> well."}]},
        {"strengths": [{"id": "S-01", "text": "Nurses <listen> very well."}]},
    )
    page = redline_page(marked, RedlinePage("Changes", {"Nurses <listen> very well.": "S-01.text"}))
    assert "S-01.text" in page
    assert "&lt;listen&gt;" in page
    assert "very" in page.partition("<h2>Side by side</h2>")[2]
    assert "http" not in page


def test_a_table_whose_longest_row_was_taken_out_stays_one_table() -> None:
    long = " ".join(f"Leaders should make sure that plan number {n} is written down and shared." for n in range(9))
    both = [
        recommendation(long, id="R-1", priority="priority"),
        recommendation("Keep good records.", id="R-2", priority="priority"),
    ]
    fields = {"stage": "draft", "layout": {"recommendations": "table"}}
    marked, _ = between({**fields, "recommendations": both}, {**fields, "recommendations": both[1:]})
    grids = [block for block in marked.stories["body"] if isinstance(block, Grid)]
    assert [[bool(row.deleted) for row in grid.rows] for grid in grids] == [[False, True, False]]
