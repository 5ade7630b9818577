"""Our small Markdown -> blocks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.document.blocks import Box, Heading, Item, Paragraph, Run, Table, plain
from letters.document.markdown import blocks, inline, paragraphs, source


def test_a_finding_knows_emphasis_strong_words_links_and_footnotes() -> None:
    assert inline("a *b* **c** [d](https://x.example) e[^n].") == (
        Run("a "),
        Run("b", emphasis=True),
        Run(" "),
        Run("c", strong=True),
        Run(" "),
        Run("d", link="https://x.example"),
        Run(" e"),
        Run("", note="n"),
        Run("."),
    )


@pytest.mark.parametrize(
    "text",
    [
        "# heading",
        "1. x",
        "- x",
        "> x",
        "::: box",
        "| a | b |",
        "<b>bold</b> & &amp; &lt;",
        "{{ x }} {% y %} {# z #}",
        "`code` and __init__ and snake_case_",
        "[x](javascript:alert(1))",
        "[x](file:///etc/passwd)",
        "![x](data:image/png;base64,AAAA)",
        "https://exmere.example",
        "5 * 3 * 2",
        "an asterisk* alone",
        "2*3*4 and a*b*c",
        "C:\\new\\table",
        "\ue0000\ue001",
        "[t](https://a.example 'a title')",
        "---",
    ],
)
def test_every_other_sign_is_the_word_it_is(text: str) -> None:
    assert inline(text) == (Run(text),)


def test_a_backslash_keeps_an_asterisk_as_it_is() -> None:
    assert plain(inline(r"5 \* 3")) == "5 * 3"


def test_an_address_in_a_picture_is_never_fetched_but_linked() -> None:
    assert inline("![x](https://a.example/p.png)")[-1] == Run("x", link="https://a.example/p.png")


def test_blank_lines_part_paragraphs_and_single_breaks_do_not() -> None:
    assert [plain(runs) for runs in paragraphs("one\nline\n\n \n\ntwo")] == ["one line", "two"]


def test_a_template_knows_headings_lists_tables_and_boxes() -> None:
    found = blocks("# T ^title\n\n- a\n  - b\n\n1. c\n\n| h | i |\n|---|---|\n| j | k |\n\n::: role\np\n:::\n")
    assert [type(block) for block in found] == [Heading, Item, Item, Item, Table, Box]
    assert [(block.level, block.ordered) for block in found if isinstance(block, Item)] == [
        (1, False),
        (2, False),
        (1, True),
    ]


def test_a_template_names_a_block_at_its_end() -> None:
    (found,) = blocks("Dear all ^salutation")
    assert isinstance(found, Paragraph)
    assert (found.id, plain(found.runs)) == ("salutation", "Dear all")


@given(st.text(st.characters(exclude_characters="*[]\\\n\t", exclude_categories=["Cs"])))
def test_text_without_markdown_is_one_run_of_its_own_words(text: str) -> None:
    assert "".join(plain(inline(text)).split()) == "".join(text.split())


@given(st.text(st.sampled_from("ab *[]()\\_`<>&#!^:/h"), max_size=60))
def test_no_text_breaks_the_parser_or_loses_a_letter(text: str) -> None:
    letters = [character for character in plain(inline(text)) if character in "ab#&<>`_"]
    visible = [character for character in text if character in "ab#&<>`_"]
    assert len(letters) <= len(visible)


LOOKS = st.builds(
    Run,
    st.text(alphabet="ab *[]\\_()é’-.", min_size=1, max_size=8),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["", "https://a.example/b"]),
    st.just(""),
)


@given(st.lists(LOOKS, min_size=1, max_size=5))
def test_runs_become_text_that_says_the_same_words(runs: list[Run]) -> None:
    words = " ".join("".join(run.text for run in runs).split())
    read = inline(source(tuple(runs)))
    assert " ".join("".join(run.text for run in read).split()) == words


def test_runs_become_text_that_has_the_same_looks() -> None:
    for text in ("One **two** three.", "*One* two", "See [the *plan*](https://a.example).", "A\\*b [^note] c"):
        runs = inline(text)
        assert inline(source(runs)) == runs
