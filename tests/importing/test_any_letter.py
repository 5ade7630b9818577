"""Whatever an older letter holds: an inspection file comes out of it, and no sentence is dropped."""

from hypothesis import given, settings
from hypothesis import strategies as st

from letters.composition.letter import compose
from letters.document.blocks import Run, Runs, plain
from letters.document.walk import texts
from letters.findings.parsing import parse
from letters.houses.loading import house
from letters.importing.letter import imported
from letters.importing.proof import bare
from letters.importing.source import Kind, Source, SourceBlock
from letters.importing.writing import written

HOUSE = house("joint")
SPOKEN = (
    "We found that children in Exmere are seen 3 times, and leaders act. ‘Quickly’ - not (all) of them: *some* [do] "
    "Ada Example CBE QPM Chief Constable, Ofsted CQC 3 May 2024 by 5 June 2024 a@b.example # > 1. & <b> \\ | ~"
)
WORDS = st.lists(st.sampled_from(SPOKEN.split()), min_size=1, max_size=12).map(" ".join)
LINES = st.one_of(
    WORDS,
    st.sampled_from(
        [
            "18 July 2024",
            "Dear Exmere Partnership",
            "Joint targeted area inspection of Exmere",
            "Headline findings",
            "Strengths",
            "Areas for priority action",
            "What needs to improve?",
            "Main findings",
            "Next steps",
            "Recipients",
            "Practice study: highly effective practice",
            "All names are pseudonyms.",
            "We found no areas for priority action.",
            "Yours sincerely",
            "HMI Probation",
            "- a list that is none",
        ]
    ),
)


@st.composite
def blocks(draw: st.DrawFn) -> SourceBlock:
    """Draw one paragraph of a letter that nobody would write."""
    text = draw(LINES)
    note = draw(st.sampled_from(["", "", "", "note-1", "note-2"]))
    runs = (Run(text), Run("", note=note)) if note else (Run(text),)
    kind, level = draw(st.sampled_from(Kind)), draw(st.integers(1, 2))
    box, column = draw(st.sampled_from([0, 0, 0, 1, 2])), draw(st.sampled_from([0, 0, 0, 0, 1]))
    return SourceBlock(kind, runs, "page 1", level, box, (text,), column=column)


NOTES: dict[str, Runs] = {"note-1": (Run("Words of the first note."),), "note-2": (Run("Words of the second note."),)}


@settings(max_examples=150, deadline=None)
@given(st.lists(blocks(), min_size=1, max_size=30))
def test_every_sentence_stands_in_the_letter_or_is_listed(drawn: list[SourceBlock]) -> None:
    source = Source(drawn, dict(NOTES))
    found = imported(source, HOUSE)
    inspection = parse(written(found)[0])
    said = bare(" ".join(plain(runs) for runs in texts(compose(inspection, HOUSE)))) + bare(" ".join(found.left))
    for block in drawn:
        for word in bare(block.text).split():
            assert f" {word} " in said
