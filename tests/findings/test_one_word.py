"""One word changes, and one line with it, however the text is written."""

from difflib import unified_diff

import pytest

from letters.findings.finding import Finding
from letters.findings.parsing import parse
from letters.findings.rewriting import rewrite

HEAD = """\
# The letter about Little Ferry.
id: ferry-2024
area: {name: Little Ferry}
round: {theme: neglect}
partnership: {name: Little Ferry Safeguarding Partnership}
dates:
  fieldwork: {start: 2024-05-20, end: 2024-05-24}
  letter: 2024-07-11
inspectorates: [ofsted]
addressees: [{name: Ada Example, role: Chair}]
signatories: [{inspectorate: ofsted, name: Cy Example, title: [Director]}]
next_steps: {statement_required: false}
version: 1   # of the draft
"""
STYLES = {
    "folded block": """\
strengths:
  - id: S-01
    text: >-   # from the visit
      The care that carers take at home is seen in
      how quietly children speak of it to others
      when nobody asks.

      They come back.
""",
    "folded block that ends with a line end": """\
strengths:
  - text: >
      The care that carers take
      is quietly seen.
    id: S-01
""",
    "folded block with a digit": """\
strengths:
  - id: S-01
    text: >2-
      The care is quietly
      seen.
""",
    "literal block": """\
strengths:
- id: S-01
  text: |
    The care that carers take
    is quietly seen.

    They come back.
""",
    "literal block that keeps its blank lines": """\
strengths:
- id: S-01
  text: |+
    The care is quietly seen.


""",
    "several bare lines": """\
strengths:
    -   id: S-01
        text: The care that carers take
          is quietly seen   # on the second day
""",
    "bare words on one line": """\
strengths:
  - id: S-01   # first
    text: The care is quietly seen.   # on the second day
""",
    "single quotes": """\
strengths:
  - id: 'S-01'
    text: 'The child''s care is quietly
      seen: it''s there.

      They come back.'   # both
""",
    "double quotes": """\
strengths:
  - id: "S-01"
    text: "The child\\u2019s \\"care\\" \\
      is quietly\\tseen:
      it\\u2019s there.

      They come back."
""",
    "double quotes on one line": """\
strengths:
  - {id: S-01, text: "The child\\u2019s care\\n\\nis quietly seen: \\x41.", evidence: [CT-01]}   # short
""",
    "braces over several lines": """\
strengths: [
  {id: S-01,   # first
   text: The care that carers take
     is quietly seen,
   evidence: [CT-01, 'CT-02']},
]
""",
    "bare entries": """\
strengths:
- The care that carers take.
# between
- Words that are
  quietly seen.
# after
""",
    "bare section": """\
strengths: Words that are
  quietly seen.
""",
    "value on the next line": """\
strengths:
-
  id: S-01
  text:
    Words that are
    quietly seen.
""",
    "words behind an anchor": """\
strengths:
- &first Words that are quietly seen.
""",
}


def changed_lines(before: str, after: str) -> tuple[int, int]:
    """Return how many lines were taken away and added."""
    lines = list(unified_diff(before.split("\n"), after.split("\n"), lineterm="", n=0))[2:]
    return sum(line[0] == "-" for line in lines), sum(line[0] == "+" for line in lines)


def with_word(text: str, old: str, new: str) -> str:
    """Return a file after a word of its strengths was changed."""
    found = parse(text)
    for entry in found.strengths:
        assert isinstance(entry, Finding)
        entry.text = entry.text.replace(old, new)
    after = rewrite(text, found)
    assert parse(after) == found
    return after


@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["", "BOM"])
@pytest.mark.parametrize("style", STYLES)
def test_one_word_changes_one_line(style: str, mark: str, line_end: str) -> None:
    text = mark + (STYLES[style] + HEAD if style != "bare section" else HEAD + STYLES[style]).replace("\n", line_end)
    after = with_word(text, "quietly", "openly")
    assert after == text.replace("quietly", "openly")


@pytest.mark.parametrize(("old", "new"), [("quietly ", ""), ("quietly", "quietly and openly")])
@pytest.mark.parametrize("style", ["folded block", "several bare lines", "single quotes", "bare entries"])
def test_words_that_come_and_go_change_one_line(style: str, old: str, new: str) -> None:
    text = HEAD + STYLES[style]
    assert changed_lines(text, with_word(text, old, new)) == (1, 1)


def test_a_new_version_is_one_line_more() -> None:
    text = HEAD + STYLES["folded block"]
    found = parse(with_word(text, "quietly", "openly"))
    found.version = 2
    assert changed_lines(text, rewrite(text, found)) == (2, 2)


def test_a_line_that_became_too_long_is_broken_and_those_below_are_not() -> None:
    text = HEAD + STYLES["folded block"]
    after = with_word(text, "how quietly", "how " + "slowly and " * 9 + "quietly")
    assert changed_lines(text, after) == (1, 2)
    assert "\n      when nobody asks.\n" in after


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    "words",
    [
        "seen: it is so",
        "seen #1 of all",
        "seen\n\nAgain",
        "seen\nagain",
        "seen 'so'",
        'seen "so" \\n',
        "seen, [so] {so}",
        "seen\t",
        "seen\ufeff",
        "seen\n\n\n\nso",
        "-",
    ],
)
def test_words_that_a_style_cannot_say_are_written_in_one_that_can(style: str, words: str) -> None:
    text = STYLES[style] + HEAD
    after = with_word(text, "seen", words)
    assert after.endswith(HEAD)
    assert [line for line in text.split("\n") if "#" in line and line.partition("#")[2] not in after] == []


@pytest.mark.parametrize(
    "words", ["on", "y", "No", "12:30", "017", "0o17", "1e3", "~", "2024-05-20", "null", "=", "<<", "08"]
)
@pytest.mark.parametrize("style", STYLES)
def test_words_that_some_reader_takes_for_something_else_are_quoted(style: str, words: str) -> None:
    text = STYLES[style] + HEAD
    found = parse(text)
    entry = found.strengths[-1]
    assert isinstance(entry, Finding)
    entry.text = words
    after = rewrite(text, found)
    assert parse(after) == found
    assert f"- {words}\n" not in after
    assert f"text: {words}\n" not in after


def test_a_date_a_number_and_a_word_of_a_list_keep_their_quotes() -> None:
    text = HEAD.replace("letter: 2024-07-11", "letter: '2024-07-11'").replace("[Director]", '["Director"]')
    found = parse(text)
    found.dates.letter = found.dates.letter.replace(day=12)
    found.signatories[0].title[0] = "Chief"
    after = rewrite(text, found)
    assert after == text.replace("'2024-07-11'", "'2024-07-12'").replace('"Director"', '"Chief"')


def test_a_blank_line_in_quotes_is_read_alike_after_another_line_was_changed() -> None:
    text = HEAD.replace("{theme: neglect}", '\n  theme: neglect\n  context: "One.\n\n    Two."')
    found = parse(text)
    found.version = 2
    assert found.round.context == "One.\n\nTwo."
    assert rewrite(text, found) == text.replace("version: 1", "version: 2")
