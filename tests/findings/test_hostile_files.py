"""Inspection files that mean harm, or were damaged: each is refused in words, and none loses a finding unseen."""

import pickle
import re
from pathlib import Path

import pytest

from letters.composition.letter import compose
from letters.errors import InspectionFaults, LettersError
from letters.files.disk import load, read_source
from letters.findings.parsing import parse
from letters.findings.rewriting import rewrite
from letters.houses.loading import house
from tests.conftest import ROOT

SOUND = (ROOT / "fixtures/broken/no-email.yaml").read_text("utf-8") + "  email: a@b.example\n"


def refusal(text: str) -> str:
    """Return what a person is told of a text."""
    with pytest.raises(LettersError) as caught:
        compose(parse(text), house("joint"))
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (SOUND + "---\nstrengths: [lost]\n", "there is text after the end of the document"),
        (SOUND + "...\n{{{\n", "goes on after its end|not YAML"),
        (SOUND.replace("target: partnership", "target: [partnership]"), "there is no agency 'partnership'"),
        (
            SOUND.replace("target: partnership", "target: council"),
            r"write \[council\], or partnership|Write \[council\]",
        ),
        (SOUND.replace("target: partnership", "target: [council, 5]"), "is not text"),
        (
            SOUND.replace("inspectorates: [ofsted, cqc]", "inspectorates: [ofsted, partnership]"),
            "there is no inspectorate",
        ),
        (SOUND + "sections: [{id: strengths, after: strengths, items: [x]}]\n", "every letter has"),
        (
            SOUND + "sections: [{id: a, after: b, items: [x]}, {id: b, after: a, items: [x]}]\n",
            "the section follows itself",
        ),
        (SOUND + "sections: [{id: a, after: S-01, items: [x]}]\n", "there is no section 'S-01'"),
        (SOUND.replace("stage: final", "version: 0x" + "F" * 6000), "a number is far too long"),
        (SOUND.replace("received: 2024-07-03", "received: 9999-12-31"), "the year 9999 cannot be right"),
        (SOUND.replace("letter: 2024-07-11", "letter: 0"), "is not a date"),
        (SOUND + "footnotes: {a: 'see [^b]', b: x}\n", "a footnote refers to a footnote"),
        (
            SOUND.replace("- id: M-01\n    text: Leaders", "- heading: 'H[^a]'\n    items:\n    - text: Leaders")
            + "footnotes: {a: x}\n",
            "no footnote can be here",
        ),
        (SOUND + "wording: {purpose: 'x[^legal-basis]'}\n", "is referred to 2 times"),
        (SOUND.replace("know their", "know\u2028their"), r"U\+2028"),
        (SOUND + '"\\e[2J": 1\n', "a field name is not valid"),
    ],
)
def test_it_is_refused_in_words(text: str, told: str) -> None:
    assert re.search(told, refusal(text))


def test_lines_that_end_as_windows_ends_them_are_read(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(SOUND.replace("\n", "\r\n").encode())
    assert read_source(path).text == SOUND
    assert load(path) == parse(SOUND)


def test_a_long_text_in_braces_is_changed_without_harm() -> None:
    text = SOUND.replace(
        "- id: S-01\n    text: The care that foster carers take.",
        "- {id: S-01, text: " + "long words " * 20 + "the the end}",
    )
    found = parse(text)
    found.strengths[0].text = "other words " * 20 + "end"  # type: ignore[union-attr]
    assert parse(rewrite(text, found)) == found


@pytest.mark.parametrize("word", ["No", "yes", "on", "12:30", "1_000", "~", "2024-05-20"])
def test_new_text_that_yaml_would_take_for_something_else_is_quoted(word: str) -> None:
    found = parse(SOUND)
    found.strengths[0].text = word  # type: ignore[union-attr]
    assert parse(rewrite(SOUND, found)) == found


def test_an_id_worked_out_from_its_place_stays_when_an_entry_before_it_goes() -> None:
    text = SOUND.replace("- id: S-01\n    text: The care that foster carers take.", "- one\n  - two\n  - three")
    found = parse(text)
    del found.strengths[0]
    again = parse(rewrite(text, found))
    assert [finding.id for finding in again.strengths] == ["strengths-2", "strengths-3"]  # type: ignore[union-attr]


def test_what_cannot_be_written_without_loss_is_not_written() -> None:
    found = parse(SOUND)
    found.area.name = "Otherton"
    with pytest.raises(LettersError, match="cannot change it without losing something"):
        rewrite(SOUND, found)


def test_every_mistake_keeps_its_kind_when_it_crosses_processes() -> None:
    with pytest.raises(InspectionFaults) as caught:
        parse("x: 1")
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)
