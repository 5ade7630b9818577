"""The ledger of a merge tells who made the changes of a redline; what it does not tell bears no name."""

import json
from pathlib import Path

import letters
from letters.document.marks import NOBODY, Line, Mark, Marked, Piece
from letters.formats.pages.redline import RedlinePage, redline_page
from letters.versions.redlining.attribution import attributed
from letters.versions.redlining.compare import compare
from letters.versions.redlining.explaining import Entry
from letters.word.read import read
from tests.conftest import ROOT

ANN, BEN = Mark("Ann", "2026-01-05T09:00:00Z"), Mark("Ben", "2026-01-06T10:00:00Z")
NO_ONE = Mark(NOBODY)


def line(text: str) -> Line:
    """Return a paragraph of some words."""
    return Line((Piece(text),))


def redlined(old: list[str], new: list[str], *entries: Entry) -> list[Line]:
    """Return the paragraphs of a redline with the authors of a ledger."""
    story = compare(tuple(map(line, old)), tuple(map(line, new)), NO_ONE)
    return [
        block for block in attributed(Marked({"body": story}), [*entries]).stories["body"] if isinstance(block, Line)
    ]


def put(lines: list[Line]) -> list[tuple[str, str]]:
    """Return the words that were put in, each with its author."""
    pieces = [piece for held in lines for piece in held.pieces]
    return [(piece.text, piece.inserted.author) for piece in pieces if piece.inserted]


def test_adjoining_words_of_two_reviewers_bear_each_their_own_author_and_date() -> None:
    entries = (
        Entry("late", "soon", ANN, around=("Officers come ", " to help.")),
        Entry("", "and often ", BEN, around=("Officers come late ", "to help.")),
    )
    found = redlined(["Officers come late to help."], ["Officers come soon and often to help."], *entries)
    marks = [(piece.text, piece.inserted) for piece in found[0].pieces if piece.inserted]
    assert marks == [("soon", ANN), (" and often", BEN)]
    assert [piece.deleted for piece in found[0].pieces if piece.text == "late"] == [ANN]


def test_words_that_no_entry_explains_bear_no_name_beside_words_that_one_does() -> None:
    entry = Entry("late", "soon", ANN, around=("Officers come ", " to help."))
    found = redlined(["Officers come late to help."], ["Officers come soon and often to help."], entry)
    assert put(found) == [("soon", "Ann"), (" and often", NOBODY)]


def test_the_same_words_in_two_paragraphs_bear_the_author_of_their_place() -> None:
    entries = (
        Entry("late", "soon", ANN, around=("Officers come ", " to help.")),
        Entry("late", "soon", BEN, around=("Nurses arrive ", " at night.")),
    )
    old = ["Officers come late to help.", "Nurses arrive late at night."]
    new = ["Officers come soon to help.", "Nurses arrive soon at night."]
    assert put(redlined(old, new, *entries)) == [("soon", "Ann"), ("soon", "Ben")]


def test_a_word_of_the_ledger_within_another_word_explains_nothing() -> None:
    entry = Entry("", "theirs", ANN, around=("There is ", " one here."))
    assert put(redlined(["There is one here."], ["There is the one here."], entry)) == [(" the", NOBODY)]


def test_words_that_two_reviewers_may_have_put_in_bear_no_name() -> None:
    entries = [Entry("late", "soon", mark, around=("Officers come ", " to help.")) for mark in (ANN, BEN)]
    assert put(redlined(["Officers come late to help."], ["Officers come soon to help."], *entries)) == [
        ("soon", NOBODY)
    ]


def test_a_new_paragraph_and_its_end_bear_their_author() -> None:
    new = "Librarians notice young children who come in alone."
    found = redlined(
        ["First words.", "Last words."], ["First words.", new, "Last words."], Entry("", new, ANN, "paragraph")
    )
    assert [(held.inserted, put([held])) for held in found if held.inserted] == [(ANN, [(new, "Ann")])]


def test_a_moved_paragraph_bears_who_moved_it_at_both_places() -> None:
    texts = [f"Paragraph number {number} in words of its own, {number * 7}." for number in range(3)]
    entry = Entry(texts[0], "moved after: Paragraph number 2", ANN, "moved")
    found = redlined(texts, [*texts[1:], texts[0]], entry)
    assert [(mark.author, bool(mark.move)) for held in found for mark in (held.inserted, held.deleted) if mark] == [
        ("Ann", True),
        ("Ann", True),
    ]


def test_a_redline_with_a_ledger_names_nobody_whom_the_ledger_does_not(tmp_path: Path) -> None:
    text = (ROOT / "fixtures/cawdale/inspection.yaml").read_text("utf-8")
    old, new, ledger = tmp_path / "old.yaml", tmp_path / "new.yaml", tmp_path / "ledger.json"
    old.write_text(text, "utf-8")
    new.write_text(text.replace("respond quickly", "attend promptly"), "utf-8")
    ledger.write_text(json.dumps({"changes": []}), "utf-8")
    letters.redline(old, new, tmp_path / "redline.docx", "joint", ledger=ledger)
    body = read((tmp_path / "redline.docx").read_bytes(), "").marked.stories["body"]
    assert put([block for block in body if isinstance(block, Line)]) == [("attend promptly", NOBODY)]
    letters.redline(old, new, tmp_path / "redline.docx", "joint")
    body = read((tmp_path / "redline.docx").read_bytes(), "").marked.stories["body"]
    assert put([block for block in body if isinstance(block, Line)]) == [("attend promptly", "Ofsted")]


def test_the_page_shows_no_author_where_none_is_known() -> None:
    found = redlined(["Officers come late."], ["Officers come soon."])
    assert NOBODY not in redline_page(Marked({"body": tuple(found)}), RedlinePage("Changes", {}))
