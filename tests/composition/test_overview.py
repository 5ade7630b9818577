"""A report counts what the inspections hold, says it in the house's words, and knows what it rests on."""

from pathlib import Path
from typing import Any

import pytest

from letters.document.blocks import Box, Chart, Contents, Heading, Item, Paragraph, Table, plain
from letters.document.walk import every_block, outline
from letters.houses.loading import house
from letters.houses.quantities import ways
from tests.rounds import asked, chapter, finding, report

WORDS = house("joint").settings.words
NURSES = finding("S-01", "Nurses listen to *every* child.[^n]", "health")
HEALTH: dict[str, dict[str, Any]] = {
    "ashby": {"strengths": [NURSES], "footnotes": {"n": "A note of the letter."}},
    "birley": {
        "strengths": [finding("S-01", "Nurses visit.", "health")],
        "recommendations": [asked("R-01", "The speed of visits.", "health", priority="priority", scope="assessment")],
    },
    "corby": {"recommendations": [asked("R-01", "The number of nurses.", "health", target="partnership")]},
}


def table(name: str, folder: Path, **fields: Any) -> list[list[str]]:
    """Return one table of the report of three areas as words."""
    made = report(folder, HEALTH, findings=chapter({"table": name, "id": "it", "caption": "It"}), **fields)
    found = next(block for block in made.document.blocks if isinstance(block, Table))
    header = [plain(runs) for runs in found.header]
    return [header, *(["; ".join(words(block) for block in cell) for cell in row] for row in found.rows)]


def words(block: object) -> str:
    """Return the words of a block that has some."""
    assert isinstance(block, Heading | Paragraph | Item)
    return plain(block.runs)


def test_a_count_that_is_so_is_printed_as_it_is_typed(tmp_path: Path) -> None:
    counts = {"nurses": {"kind": "strength", "tags": ["health"]}}
    made = report(
        tmp_path, HEALTH, counts=counts, summary=["In [two of the three areas](count:nurses), nurses listen."]
    )
    assert made.stale == ()
    assert any(
        words(b) == "In two of the three areas, nurses listen."
        for b in made.document.blocks
        if isinstance(b, Paragraph)
    )


def test_a_stale_count_says_what_it_should_be(tmp_path: Path) -> None:
    counts = {"nurses": {"kind": "strength", "tags": ["health"]}}
    made = report(tmp_path, HEALTH, counts=counts, summary=["In [all three areas](count:nurses), nurses listen."])
    assert made.stale[0].path == ("summary", 0, "text")
    assert (
        made.stale[0].remedy == "It should be “two of the three areas” or “a large majority of areas” (ashby, birley)."
    )


@pytest.mark.parametrize(
    ("count", "said"),
    [
        ({"kind": "recommendation", "tags": ["health"]}, "two of the three areas"),
        ({"kind": "priority"}, "one of the three areas"),
        ({"kind": "improvement", "agencies": ["safeguarding_partnership"]}, "one area"),
        ({"kind": "recommendation", "scopes": ["assessment"]}, "one of the three areas"),
        ({"kind": "recommendation", "of": "findings"}, "two recommendations"),
        ({"findings": ["ashby/S-01", "corby/R-01"]}, "two areas"),
        ({"kind": "case_study"}, "none of the three areas"),
        ({"of": "children_tracked"}, "18 children"),
    ],
)
def test_a_count_looks_where_it_is_told(tmp_path: Path, count: dict[str, object], said: str) -> None:
    made = report(tmp_path, HEALTH, counts={"it": count}, summary=[f"It is [{said}](count:it)."])
    assert made.stale == ()


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (6, "all six areas"),
        (5, "most areas"),
        (4, "a large majority of areas"),
        (3, "half of the areas"),
        (2, "a small minority of areas"),
        (1, "few areas"),
        (0, "none of the six areas"),
    ],
)
def test_the_house_has_a_word_for_every_share(count: int, said: str) -> None:
    assert said in ways(count, 6, WORDS)
    assert [other for other in range(7) if said in ways(other, 6, WORDS)] == [count]


def test_a_percentage_needs_a_large_enough_whole() -> None:
    assert "50% of areas" not in ways(3, 6, WORDS)
    assert "50% of areas" in ways(10, 20, WORDS)


def test_themes_by_area_say_what_is_strong_and_what_is_to_improve(tmp_path: Path) -> None:
    assert table("matrix", tmp_path, themes={"health": "Health", "housing": "Housing"}) == [
        ["Theme", "Ashby", "Birley", "Corby"],
        ["Health", "Strength", "Strength; Priority action", "To improve"],
        ["Housing", "–", "–", "–"],
    ]


def test_recommendations_are_counted_by_agency_and_by_scope(tmp_path: Path) -> None:
    assert table("agencies", tmp_path)[1:] == [["Local authorities", "1", "0"], ["Whole partnerships", "0", "1"]]
    assert table("scopes", tmp_path / "2")[1:] == [
        ["Assessment and decision-making", "1", "0"],
        ["No single scope area", "0", "1"],
    ]


def test_a_small_number_of_children_is_not_shown_and_cannot_be_worked_out(tmp_path: Path) -> None:
    inspections = [
        {"file": f"areas/{area}.yaml", "tracked": tracked}
        for area, tracked in (("ashby", 3), ("birley", 9), ("corby", 7))
    ]
    rows = table("samples", tmp_path, inspections=inspections)
    hidden = "fewer than five, or not shown"
    assert [row[1] for row in rows[1:]] == [hidden, "9", hidden, "19"]


def test_a_quotation_names_its_letter_and_leaves_the_letters_footnotes_there(tmp_path: Path) -> None:
    made = report(tmp_path, HEALTH, findings=chapter({"quote": "ashby/S-01"}))
    box = next(block for block in made.document.blocks if isinstance(block, Box) and block.role == "quotation")
    assert [words(block) for block in box.blocks] == ["‘Nurses listen to every child.’", "Letter to Ashby"]
    assert made.document.notes == ()


def test_a_list_holds_findings_in_their_own_words_each_with_its_area(tmp_path: Path) -> None:
    made = report(tmp_path, HEALTH, findings=chapter({"list": {"kind": "strength", "tags": ["health"]}}))
    items = [words(block) for block in made.document.blocks if isinstance(block, Item) and block.list == "chapter.1"]
    assert items == ["Ashby: Nurses listen to every child.", "Birley: Nurses visit."]


def test_a_practice_example_may_leave_its_area_unnamed(tmp_path: Path) -> None:
    study = {"case_studies": [{"id": "C-01", "type": "highly_effective", "text": "A boy was heard."}]}
    made = report(tmp_path, {"ashby": study}, findings=chapter({"example": "ashby/C-01", "named": False}))
    box = next(block for block in made.document.blocks if isinstance(block, Box) and block.role == "case-study")
    assert [words(block) for block in box.blocks] == ["Practice example", "A boy was heard."]


def test_tables_and_figures_are_numbered_and_referred_to_by_number(tmp_path: Path) -> None:
    made = report(
        tmp_path,
        HEALTH,
        summary=["See [@second] and [@drawn]."],
        findings=chapter(
            {"table": "scopes", "id": "first", "caption": "One"},
            {"table": "agencies", "id": "second", "caption": "Two"},
            {"chart": "agencies", "id": "drawn", "caption": "Three"},
        ),
    )
    assert any(words(b) == "See Table 2 and Figure 1." for b in made.document.blocks if isinstance(b, Paragraph))


def test_a_chart_says_in_words_what_it_shows(tmp_path: Path) -> None:
    made = report(tmp_path, HEALTH, findings=chapter({"chart": "agencies", "id": "it", "caption": "It"}))
    chart = next(block for block in made.document.blocks if isinstance(block, Chart))
    assert chart.alt == (
        "Bar chart. Local authorities: Areas for priority action 1, Areas for improvement 0;"
        " Whole partnerships: Areas for priority action 0, Areas for improvement 1."
    )


def test_the_contents_lead_to_every_chapter_and_its_headings(tmp_path: Path) -> None:
    made = report(tmp_path, HEALTH, findings=chapter({"heading": "A part"}, "Words."))
    contents = next(block for block in made.document.blocks if isinstance(block, Contents))
    headings = {block.id for block in every_block(made.document.blocks) if isinstance(block, Heading)}
    assert [entry.text for entry in contents.entries] == ["A chapter", "A part", "Areas inspected"]
    assert {entry.target for entry in contents.entries} <= headings


def test_the_glossary_has_the_terms_that_are_used_and_no_others(tmp_path: Path) -> None:
    glossary = {"ICB": "Integrated care board.", "SEND": "Special educational needs."}
    made = report(tmp_path, summary=["ICBs pay for it."], glossary=glossary)
    found = next(block for block in made.document.blocks if isinstance(block, Table))
    assert [[words(block) for cell in row for block in cell] for row in found.rows] == [
        ["ICB", "Integrated care board."]
    ]


def test_everything_that_is_said_knows_what_it_rests_on(tmp_path: Path) -> None:
    counts = {"nurses": {"kind": "strength", "tags": ["health"]}}
    lesson = {"text": "In [two areas](count:nurses), nurses act.", "rests_on": ["corby/R-01"]}
    made = report(tmp_path, HEALTH, counts=counts, findings=chapter(lesson))
    lessons = [row for row in made.traced if row.kind == "lesson"]
    assert lessons[0].sources == ("corby/R-01", "ashby/S-01", "birley/S-01")
    assert lessons[0].areas == ("corby", "ashby", "birley")
    assert [row.sources for row in made.traced if row.kind == "count"] == [("ashby/S-01", "birley/S-01")]


def test_an_addendum_names_the_report_that_it_adds_to(tmp_path: Path) -> None:
    earlier = {"title": "Growing up unseen", "address": "https://reports.example/unseen"}
    made = report(tmp_path, kind="addendum", adds_to=earlier)
    cover = next(block for block in made.document.blocks if isinstance(block, Box) and block.role == "cover")
    said = [words(b) for b in every_block(cover.blocks) if not isinstance(b, Box)]
    assert "This addendum adds to the report Growing up unseen." in said


def test_a_draft_is_marked_and_a_final_report_is_not(tmp_path: Path) -> None:
    assert report(tmp_path).document.draft is None
    draft = report(tmp_path, stage="draft").document.draft
    assert draft is not None
    assert draft.footer == "Draft, version 1, 5\xa0December\xa02024"


def test_the_outline_goes_by_theme_with_the_summary_first(tmp_path: Path) -> None:
    made = report(
        tmp_path,
        executive_summary=["In short."],
        introduction=["Why."],
        findings=chapter("Words."),
        conclusion=["So."],
        method=["How."],
    )
    assert [said for level, said in outline(made.document) if level == 2] == [
        "Contents",
        "Executive summary",
        "Introduction",
        "A chapter",
        "Conclusion",
        "Areas inspected",
        "Annex: how the inspections were made",
    ]
