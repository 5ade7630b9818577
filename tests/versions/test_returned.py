"""Edits as Word writes them, by hand: each is found where it stands, and nothing in a reviewed copy is left out."""

import re
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest

from letters.document.marks import lines_of
from letters.houses.loading import house
from letters.versions.copies.returned import Returned
from letters.versions.edits import Hunk
from letters.word.package import archive, member
from letters.word.read import read
from letters.word.write import write
from tests.builders import letter

WHO = 'w:author="Ann" w:date="2026-01-05T09:00:00Z"'
SENT = write(
    letter(
        stage="draft",
        strengths=["First strength of all.", "Second strength of all.", "Third strength of all."],
    ),
    house("joint"),
)


def edited(change: Callable[[str], str]) -> list[Hunk]:
    """Return what comes home from a copy whose document part was changed."""
    with zipfile.ZipFile(BytesIO(SENT)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    before = parts["word/document.xml"].decode()
    after = change(before)
    assert after != before
    parts["word/document.xml"] = after.encode()
    copy = read(archive(member(name, data) for name, data in parts.items()), "copy.docx")
    sent = list(lines_of(read(SENT, "sent.docx").marked.stories["body"]))
    return Returned(sent, copy.marked.stories["body"], "ann").hunks()


def run(words: str) -> str:
    """Return a run as Word writes it."""
    return f'<w:r w:rsidR="00112233"><w:t xml:space="preserve">{words}</w:t></w:r>'


def gone(words: str) -> str:
    """Return words that Ann took out."""
    return f'<w:del w:id="901" {WHO}><w:r><w:delText xml:space="preserve">{words}</w:delText></w:r></w:del>'


def put(words: str) -> str:
    """Return words that Ann put in."""
    return f'<w:ins w:id="902" {WHO}>{run(words)}</w:ins>'


def paragraph_of(xml: str, words: str) -> str:
    """Return the whole paragraph that holds these words."""
    start = xml.rindex("<w:p>", 0, xml.index(words))
    return xml[start : xml.index("</w:p>", start) + 6]


def told(hunks: list[Hunk]) -> list[tuple[str, str, str]]:
    """Return kind, new words and author of each edit."""
    return [(hunk.kind, "".join(piece.text for piece in hunk.pieces), hunk.mark.author) for hunk in hunks]


SECOND = "<w:r><w:t>Second strength of all.</w:t></w:r>"


def test_words_replaced_in_runs_parted_by_revision_ids() -> None:
    hunks = edited(lambda xml: xml.replace(SECOND, run("Second ") + gone("strength") + put("asset") + run(" of all.")))
    assert told(hunks) == [("words", "asset", "Ann")]
    assert (hunks[0].start, hunks[0].end) == (7, 15)


def test_runs_parted_and_nothing_changed_is_no_edit() -> None:
    assert edited(lambda xml: xml.replace(SECOND, run("Second str") + run("ength of all."))) == []


def test_a_paragraph_parted_by_enter() -> None:
    def part(xml: str) -> str:
        whole = paragraph_of(xml, "Second strength")
        mark = f'<w:rPr><w:ins w:id="903" {WHO}/></w:rPr></w:pPr>'
        first = whole.replace("</w:pPr>", mark).replace("Second strength of all.", "Second strength")
        second = re.sub(r"<w:bookmark\w+ [^>]*/>", "", whole).replace(SECOND, run(" of all."))
        return xml.replace(whole, first + second)

    hunks = edited(part)
    assert told(hunks) == [("parted", "", "Ann")]
    assert hunks[0].start == len("Second strength")


def test_two_paragraphs_joined() -> None:
    def join(xml: str) -> str:
        whole = paragraph_of(xml, "Second strength")
        return xml.replace(whole, whole.replace("</w:pPr>", f'<w:rPr><w:del w:id="904" {WHO}/></w:rPr></w:pPr>'))

    assert told(edited(join)) == [("joined", "", "Ann")]


def test_a_deletion_over_two_paragraphs_takes_both() -> None:
    def remove(xml: str) -> str:
        for words in ("First strength of all.", "Second strength of all."):
            whole = paragraph_of(xml, words)
            emptied = whole.replace(f"<w:r><w:t>{words}</w:t></w:r>", gone(words))
            xml = xml.replace(whole, emptied.replace("</w:pPr>", f'<w:rPr><w:del w:id="905" {WHO}/></w:rPr></w:pPr>'))
        return xml

    assert [hunk.kind for hunk in edited(remove)] == ["removed", "removed"]


def test_one_author_takes_out_what_another_put_in() -> None:
    nested = f'<w:ins w:id="906" w:author="Ben" w:date="2026-01-05T09:00:00Z">{gone(" Ben’s words")}</w:ins>'
    hunks = edited(lambda xml: xml.replace(SECOND, SECOND + nested))
    assert [hunk.mark.author for hunk in hunks] in (["Ann"], ["Ben"], ["Ben", "Ann"])


def test_a_table_that_was_pasted_in_is_told_cell_by_cell() -> None:
    cell = f"<w:tc><w:tcPr/><w:p>{run('A pasted cell.')}</w:p></w:tc>"
    table = f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr>{cell}</w:tr></w:tbl>"

    def paste(xml: str) -> str:
        whole = paragraph_of(xml, "Third strength")
        return xml.replace(whole, whole + table)

    assert told(edited(paste)) == [("table", "A pasted cell.", "ann (untracked)")]


@pytest.mark.parametrize("words", ["First strength of all.", "Third strength of all."])
def test_a_paragraph_taken_out_with_tracking_off_is_found(words: str) -> None:
    hunks = edited(lambda xml: xml.replace(paragraph_of(xml, words), ""))
    assert [(hunk.kind, hunk.tracked) for hunk in hunks] == [("removed", False)]


def test_an_edit_over_the_turn_of_a_minute_is_one_and_keeps_both_times() -> None:
    later = put("asset").replace("09:00:00Z", "09:01:00Z")
    hunks = edited(lambda xml: xml.replace(SECOND, run("Second ") + gone("strength") + later + run(" of all.")))
    assert told(hunks) == [("words", "asset", "Ann")]
    times = [hunks[0].mark.when, *(piece.inserted.when for piece in hunks[0].pieces if piece.inserted)]
    assert [when[11:16] for when in times] == ["09:00", "09:01"]


def test_words_taken_out_at_two_times_are_two_edits() -> None:
    later = gone(" of all").replace("09:00:00Z", "09:01:00Z")
    hunks = edited(lambda xml: xml.replace(SECOND, run("Second ") + gone("strength") + later + run(".")))
    assert [(hunk.start, hunk.end, hunk.mark.when[11:16]) for hunk in hunks] == [(7, 15, "09:00"), (15, 22, "09:01")]


def test_words_made_bold_with_tracking_off_are_found() -> None:
    bold = '<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">strength</w:t></w:r>'
    hunks = edited(lambda xml: xml.replace(SECOND, run("Second ") + bold + run(" of all.")))
    assert [(hunk.kind, hunk.start, hunk.end, hunk.tracked) for hunk in hunks] == [("look", 7, 15, False)]
    assert hunks[0].pieces[0].strong


def test_a_link_put_on_words_with_tracking_off_is_found() -> None:
    link = f'<w:hyperlink w:anchor="next">{run("strength")}</w:hyperlink>'
    hunks = edited(lambda xml: xml.replace(SECOND, run("Second ") + link + run(" of all.")))
    assert [(hunk.kind, hunk.pieces[0].link, hunk.tracked) for hunk in hunks] == [("look", "#next", False)]
