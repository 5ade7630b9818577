"""One word merged into an inspection file changes the line of that word, and the version, whatever style the file has."""

from difflib import ndiff
from pathlib import Path

import pytest

import letters
from letters.word.drafts import units_of
from letters.word.read import read
from tests.versions.review_rounds import Sent, copy_of
from tests.versions.word_editor import edited, seen

HEAD = """\
# The week in Little Tarn.
id: tarn-2024
stage: agreement
version: 1
area: {name: Little Tarn, urn: '080901'}
round: {theme: neglect}
partnership: {name: Little Tarn Safeguarding Children Partnership}
dates:
    fieldwork: {start: 2024-05-20,
                end: 2024-05-24}   # a Monday to a Friday
    letter: 2024-07-11
    received: 2024-07-03
inspectorates: [ofsted]
addressees:
- {name: 'Ada O''Example', role: "Director of Children\\u2019s Services"}
signatories:
- {inspectorate: ofsted, name: Cy Example, title: [National Director]}
next_steps: {principal_authority: Little Tarn Council, email: statements@exmere.example}
strengths:
"""
STYLES = {
    "folded": "- id: S-01\n  text: >-\n    The patience of foster carers\n    who stay with children.\n",
    "literal": "- id: S-01\n  text: |\n    The patience of foster carers\n    who stay with children.\n\n    They come back.\n",
    "plain": "- id:   S-01\n  text: The patience of foster carers\n    who stay with children.\n",
    "single quotes": "- id: S-01\n  text: 'The patience of foster carers\n    who stay at a child''s side.'\n",
    "double quotes": '- id: S-01\n  text: "The patience of foster\\u2019s carers \\\n    who stay."\n',
    "braces": "- {id: S-01, text: The patience of foster carers who stay}   # agreed on Monday\n",
    "bare words": "- The patience of foster carers who stay\n# after it\n",
}


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("style", STYLES)
def test_one_word_merged_is_one_line_and_the_version(style: str, line_end: str, tmp_path: Path) -> None:
    path = tmp_path / "inspection.yaml"
    path.write_bytes((HEAD + STYLES[style]).replace("\n", line_end).encode())
    letters.send(path, tmp_path / "out")
    file = read(next((tmp_path / "sent").glob("*.docx")).read_bytes(), "sent.docx")
    editor = edited(file.marked.stories["body"], 0, (), lambda line: True)
    place = next(place for place in editor.places() if "The patience" in seen(editor._line(place)))
    editor.take_out(place, 4, 12)
    editor.type(place, 4, "loyalty")
    letters.merge(path, [copy_of(Sent(path, file, units_of(file.parts)), editor, "copy")], tmp_path / "next.yaml")
    before, after = (held.read_bytes().decode().split(line_end) for held in (path, tmp_path / "next.yaml"))
    gone = [line.strip("- ") for line in ndiff(before, after) if line.startswith("- ")]
    assert [line for line in gone if "patience" not in line] == ["version: 1"]
    assert len(gone) == 2


def test_the_comment_of_a_withdrawn_finding_goes_with_it(tmp_path: Path) -> None:
    path = tmp_path / "inspection.yaml"
    own = "# S-02: still to be checked\n- id: S-02\n  text: The care with which teachers watch.   # seen twice\n\n"
    path.write_text(f"{HEAD}{STYLES['folded']}\n{own}# about the last one\n- id: S-03\n  text: The calm of officers.\n")
    letters.send(path, tmp_path / "out")
    file = read(next((tmp_path / "sent").glob("*.docx")).read_bytes(), "sent.docx")
    editor = edited(file.marked.stories["body"], 0, (), lambda line: True)
    editor.take_out_paragraph(next(place for place in editor.places() if "teachers" in seen(editor._line(place))))
    letters.merge(path, [copy_of(Sent(path, file, units_of(file.parts)), editor, "copy")], tmp_path / "next.yaml")
    after = (tmp_path / "next.yaml").read_text("utf-8")
    assert "withdrawn:\n# S-02: still to be checked\n# seen twice\n- section: strengths\n" in after
    assert "# about the last one\n- id: S-03\n" in after
