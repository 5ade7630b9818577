"""Places in a frame: lifted here where nobody has typed over them, and by docxtpl where somebody has."""

import sys
from pathlib import Path

import pytest

from letters.resources import folder
from letters.word.frame import RUNNING
from letters.word.names import DOCUMENT
from letters.word.package import parts_of
from letters.word.places import by_docxtpl, lifted

FRAMES = sorted(folder("styles").glob("*/*.docx"))
TYPED_OVER = (
    "<w:p><w:r><w:t>{{p bo</w:t></w:r><w:r><w:t>dy }}</w:t></w:r></w:p>",
    "<w:p><w:pPr/><w:r><w:t>{{p body }}</w:t></w:r></w:p>",
    "<w:p><w:r><w:t>{</w:t></w:r><w:r><w:t>{p body }}</w:t></w:r></w:p>",
    "<w:p><w:r><w:t>{{p body }</w:t></w:r><w:r><w:t>}</w:t></w:r></w:p>",
    "<w:p><w:r><w:t>{{p body }}</w:t></w:r></w:p><w:p><w:r><w:t>From {{ name }}</w:t></w:r></w:p>",
    "<w:p><w:r><w:t>Page {{r draft_mark }}</w:t></w:r></w:p>",
    "<w:tr><w:tc><w:p><w:r><w:t>{%tr for row in rows %}</w:t></w:r></w:p></w:tc></w:tr>",
    "<w:p><w:r><w:t>{# said of {{p body }} #}</w:t></w:r></w:p>",
)


@pytest.mark.parametrize("path", FRAMES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_frame_as_it_ships_is_lifted_as_docxtpl_does_it_and_without_loading_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = parts_of(path.read_bytes())
    texts = [data.decode() for name, data in parts.items() if RUNNING.match(name) or name == DOCUMENT]
    theirs = [by_docxtpl(text) for text in texts]
    monkeypatch.setitem(sys.modules, "docxtpl", None)
    assert [lifted(text) for text in texts] == theirs
    assert len(texts) == 5


@pytest.mark.parametrize("xml", TYPED_OVER)
def test_a_place_that_somebody_typed_over_is_lifted_by_docxtpl(xml: str) -> None:
    assert lifted(xml) == by_docxtpl(xml)
