"""The page of a redline: its summary shows the words around each change and leads to its place and back."""

import re

from letters.document.marks import Line, Mark, Marked, Piece, text_of
from letters.formats.pages.redline import RedlinePage, redline_page
from letters.formats.pages.redline_summary import context, stretches
from letters.formats.pdf.write import printed
from letters.versions.redlining.compare import compare

ANN = Mark("Ann", "2026-01-05T09:00:00Z")
LONG = (
    "Nurses know the children well. Officers who are called to a home come late to help families at night and by day."
)


def page_of(old: list[str], new: list[str]) -> str:
    """Return the page of what leads from some paragraphs to others."""
    before, after = (tuple(Line((Piece(text),)) for text in texts) for texts in (old, new))
    return redline_page(Marked({"body": compare(before, after, ANN)}), RedlinePage("Changes", {}))


def summary_of(page: str) -> str:
    """Return the rows of the summary."""
    return page.partition("<tbody>")[2].partition("</tbody>")[0]


def words(html: str) -> str:
    """Return what a reader hears."""
    return re.sub(r"<[^>]*>", "", html)


def test_the_summary_shows_a_change_within_the_words_around_it() -> None:
    heard = words(summary_of(page_of([LONG], [LONG.replace("late", "soon")])))
    assert (
        "… Officers who are called to a home come taken out: late; inserted: soon;  to help families at night and by day."
        in heard
    )
    assert "Nurses" not in heard


def test_words_around_a_change_are_cut_at_words() -> None:
    old, new = Line((Piece(LONG),)), Line((Piece(LONG.replace("late", "soon")),))
    marked = compare((old,), (new,), ANN)[0]
    assert isinstance(marked, Line)
    shown = words(context(marked, stretches(marked)[0]))
    assert set(shown.replace("taken out: ", "").replace("inserted: ", "").replace(";", "").split()) <= {
        *text_of(marked).replace("latesoon", "late soon").split(),
        "…",
    }


def test_every_change_leads_to_its_place_and_back() -> None:
    far = LONG + " " + "They stay. " * 20
    page = page_of(
        [far + "It is late.", "Gone."], [far.replace("late", "soon") + "It is early.", "Come at last.", "Gone."]
    )
    for name in ("summary", "change"):
        ids = set(re.findall(rf'id="{name}-(\d+)"', page))
        assert ids == set(re.findall(rf'href="#{name}-(\d+)"', page)) == {"1", "2", "3"}


def test_a_move_is_one_row_with_the_words_that_changed_on_the_way() -> None:
    texts = [f"Paragraph number {number} in many words of its own, and of nobody else." for number in range(4)]
    page = page_of(texts, [*texts[1:], texts[0].replace("many words", "few signs")])
    assert "1 changed paragraph." in page
    heard = words(summary_of(page))
    assert "moved here" in heard
    assert "taken out: many words" in heard
    assert "inserted: few signs" in heard


def test_the_page_can_be_printed_without_a_fault() -> None:
    assert printed(page_of([LONG], [LONG.replace("late", "soon")])).startswith(b"%PDF")


def test_a_long_new_paragraph_is_shown_by_its_beginning() -> None:
    heard = words(summary_of(page_of(["One."], ["One.", "Word " * 100 + "end."])))
    assert "Word …" in heard
    assert "end." not in heard


def test_a_page_number_is_the_number_and_not_the_signs_of_its_field() -> None:
    signs = [Piece("\ufffc", object_key=f"{kind}:1") for kind in ("fldChar", "instrText", "fldChar")]
    footer = Line(
        (Piece("Page "), *signs, Piece("2"), Piece("\ufffc", object_key="fldChar:2"), Piece(" new", inserted=ANN))
    )
    page = redline_page(Marked({"body": (), "word/footer1.xml": (footer,)}), RedlinePage("Changes", {}))
    assert "Page 2" in words(summary_of(page))
    assert "[" not in words(summary_of(page))


def test_the_letter_within_keeps_its_headings_and_lists() -> None:
    styles = ("Heading1", "Normal", "Heading2", "ListBullet", "ListBullet2", "CaseStudyHeading")
    lines = tuple(Line((Piece(f"Words {style}."),), style=style) for style in styles)
    page = redline_page(Marked({"body": compare(lines, lines, ANN)}), RedlinePage("Changes", {}))
    for part in (
        "<h3>Words Heading1.</h3>",
        '<p class="line">Words Normal.</p>',
        "<h4>Words Heading2.</h4>",
        '<ul>\n<li>Words ListBullet.</li>\n<li class="deep">Words ListBullet2.</li>\n</ul>',
        "<h5>Words CaseStudyHeading.</h5>",
    ):
        assert part in page


def test_each_change_leads_to_the_one_before_and_the_next() -> None:
    far = "They stay. " * 30
    page = page_of([f"It is late. {far}", f"Nobody comes. {far}"], [f"It is early. {far}", f"Somebody comes. {far}"])
    inside = page.partition("All changes in their places")[2]
    assert 'href="#change-2" aria-label="next change"' in inside
    assert 'href="#change-1" aria-label="previous change"' in inside


def test_what_did_not_change_can_be_folded_away() -> None:
    same = [f"Paragraph {number}." for number in range(6)]
    assert "<summary>6 unchanged paragraphs</summary>" in page_of([*same, "It is late."], [*same, "It is early."])


def test_what_changed_in_footnotes_stands_under_their_name() -> None:
    old, new = (Line((Piece(words),)) for words in ("A note.", "Another note."))
    marked = Marked({"body": (old,), "note:1": compare((old,), (new,), ANN)})
    assert "<h3>Footnotes</h3>" in redline_page(marked, RedlinePage("Changes", {}))
