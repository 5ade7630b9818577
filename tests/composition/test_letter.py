"""One inspection -> one letter: no finding lost, none twice, none able to become markup."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.composition.letter import compose
from letters.composition.slots import Slots
from letters.composition.template import letter_environment, parsed, template, template_names
from letters.document.blocks import Box, Document, Heading, Item, Paragraph, Run, Table, plain
from letters.document.walk import every_block, outline, words
from letters.errors import CompositionFault, TemplateFault
from letters.houses.loading import house
from tests.builders import inspection, letter, recommendation

HOSTILE = [
    "&",
    "<b>bold</b>",
    "{{ x }} {% raw %}",
    "# heading",
    "1. x",
    "- x",
    "::: box",
    "| a | b |",
    "words ^title",
    "שלום עולם",
    "👩 👧 ✅",
    "zero\u200bwidth\u200d",
    "x" * 300,
    "\ue0000\ue001",
    "{{p body }}",
]


def text_of(document: Document) -> str:
    """Return the words of a letter."""
    return " ".join(words(document))


def boxes(document: Document, role: str) -> list[Box]:
    """Return the boxes of one role."""
    return [block for block in every_block(document.blocks) if isinstance(block, Box) and block.role == role]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("form", ["joint-2016", "joint-2022", "single-agency"])
def test_a_hostile_finding_comes_out_as_the_words_it_is(text: str, form: str) -> None:
    document = letter(
        template=form,
        strengths=[{"id": "S", "text": text}],
        main_findings=[{"id": "M", "text": text, "points": [text]}],
        recommendations=[recommendation(text, id="R", priority="priority")],
        case_studies=[{"id": "C", "type": "place", "text": text, "title": text}],
        area={"name": text},
        addressees=[{"name": text, "role": text}],
    )
    for source in ("S", "M", "R", "C"):
        texts = {
            plain(block.runs)
            for block in every_block(document.blocks)
            if isinstance(block, Heading | Paragraph | Item) and source in block.sources
        }
        assert texts == {text.removeprefix("- ") if source == "C" else text}
    assert len(outline(document)) == len(
        outline(
            letter(
                template=form,
                strengths=["x"],
                main_findings=["x"],
                recommendations=[recommendation("x", priority="priority")],
                case_studies=[{"type": "place", "text": "x"}],
            )
        )
    )


tokens = st.integers(0, 10**9).map(lambda number: f"w{number}q")
finding = st.builds(lambda text, points: {"text": text, "points": points}, tokens, st.lists(tokens, max_size=2))
group = st.builds(
    lambda heading, items: {"heading": heading, "items": items}, tokens, st.lists(finding, min_size=1, max_size=2)
)
section = st.lists(st.one_of(finding, group), max_size=3)
advice = st.builds(
    lambda text, priority, lead: {"text": text, "priority": priority, "target": "partnership", "lead_in": lead},
    tokens,
    st.sampled_from(["priority", "improvement", "unprioritised"]),
    st.none() | tokens,
)
study = st.builds(
    lambda kind, text: {"type": kind, "text": text},
    st.sampled_from(["highly_effective", "improvement", "priority", "place"]),
    tokens,
)
whole = st.fixed_dictionaries(
    {
        "summary": section,
        "context": section,
        "headline_findings": section,
        "strengths": section,
        "main_findings": section,
        "recommendations": st.lists(advice, max_size=4),
        "case_studies": st.lists(study, max_size=2),
        "sections": st.lists(
            st.builds(
                lambda items, after: {"id": "extra", "after": after, "items": items},
                st.lists(finding, min_size=1, max_size=2),
                st.sampled_from(["strengths", "main_findings", "summary", "recommendations", "improvement"]),
            ),
            max_size=1,
        ),
        "template": st.sampled_from(["joint-2016", "joint-2022", "single-agency"]),
        "switches": st.fixed_dictionaries(
            {
                "recommendation_mode": st.sampled_from(["single_list", "prioritised"]),
                "section_order": st.sampled_from(["strengths_first", "priority_first"]),
            }
        ),
        "layout": st.fixed_dictionaries(
            {
                "main_findings": st.sampled_from(["paragraphs", "numbered", "bullets"]),
                "recommendations": st.sampled_from(["bullets", "table"]),
            }
        ),
    }
)


def tokens_in(value: Any) -> list[str]:
    """Return every invented word in the fields of an inspection."""
    if isinstance(value, dict):
        return [token for inner in value.values() for token in tokens_in(inner)]
    if isinstance(value, list):
        return [token for inner in value for token in tokens_in(inner)]
    return [value] if isinstance(value, str) and value.startswith("w") and value.endswith("q") else []


@settings(max_examples=200, deadline=None)
@given(whole)
def test_every_word_of_every_finding_stands_in_the_letter_as_often_as_in_the_file(fields: dict[str, Any]) -> None:
    found = [word for word in words(letter(**fields)) if word.startswith("w") and word.endswith("q")]
    assert sorted(found) == sorted(tokens_in(fields))


def test_findings_keep_their_order() -> None:
    text = text_of(letter(strengths=["first", {"heading": "Group", "items": ["second", "third"]}, "fourth"]))
    places = [text.index(word) for word in ("first", "Group", "second", "third", "fourth")]
    assert places == sorted(places)


def test_a_finding_without_a_place_in_the_form_is_named_not_lost() -> None:
    study = {"id": "C-1", "type": "place", "text": "x", "after": "children_summary"}
    with pytest.raises(CompositionFault, match=r"C-1\.text.*would not be printed"):
        letter(case_studies=[study])


@pytest.mark.parametrize("kind", ["highly_effective", "improvement", "priority", "place"])
@pytest.mark.parametrize("mode", ["single_list", "prioritised"])
def test_every_kind_of_case_study_has_its_place_in_either_mode(kind: str, mode: str) -> None:
    document = letter(
        template="joint-2016", switches={"recommendation_mode": mode}, case_studies=[{"type": kind, "text": "tale"}]
    )
    assert "tale" in words(document)


def test_every_block_says_which_finding_it_came_from() -> None:
    document = letter(strengths=[{"id": "S-1", "text": "one\n\ntwo", "points": ["three"]}])
    blocks = [block for block in document.blocks if isinstance(block, Item)]
    assert [(block.id, block.level, block.continues, block.sources) for block in blocks] == [
        ("S-1.text", 1, False, ("S-1",)),
        ("S-1.text.2", 1, True, ("S-1",)),
        ("S-1.points.1", 2, False, ("S-1",)),
    ]


def test_the_impact_follows_the_text_in_one_paragraph() -> None:
    assert "Carers act. Children are safer." in text_of(
        letter(strengths=[{"text": "Carers act.", "impact": "Children are safer."}])
    )


def test_a_lead_in_stands_before_its_points() -> None:
    document = letter(
        recommendations=[
            {
                "id": "R",
                "target": ["police"],
                "priority": "priority",
                "lead_in": "Act at once on:",
                "points": ["the backlog"],
            }
        ]
    )
    lead, point = (block for block in document.blocks if "R" in getattr(block, "sources", ()))
    assert isinstance(lead, Paragraph)
    assert isinstance(point, Item)
    assert point.level == 1


def test_priority_actions_stand_in_a_table_with_the_responsible_bodies() -> None:
    document = letter(
        layout={"recommendations": "table"},
        recommendations=[
            recommendation("Act.", priority="priority", points=["on this"]),
            recommendation("Act too.", priority="priority", target=["council", "police"]),
        ],
    )
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    assert [plain(runs) for runs in table.header] == ["Responsible body", "Areas for priority action"]
    bodies = [plain(row[0][0].runs) for row in table.rows if isinstance(row[0][0], Paragraph)]
    assert bodies == ["Exmere Safeguarding Children Partnership", "Exmere Council and Exmereshire Police"]
    assert [type(block) for block in table.rows[0][1]] == [Paragraph, Item]


def test_numbered_findings_go_on_counting_after_a_case_study() -> None:
    document = letter(
        layout={"main_findings": "numbered"},
        main_findings=[{"id": "M-1", "text": "one"}, {"id": "M-2", "text": "two"}],
        case_studies=[{"type": "place", "text": "between", "after": "M-1"}],
    )
    kinds = [
        type(block).__name__
        for block in document.blocks
        if "one" in str(block) or "two" in str(block) or "between" in str(block)
    ]
    assert kinds == ["Item", "Box", "Item"]
    assert {block.list for block in document.blocks if isinstance(block, Item)} == {"main_findings"}


def test_case_studies_follow_the_section_of_their_type() -> None:
    document = letter(
        template="joint-2016",
        strengths=["s"],
        recommendations=[recommendation("r")],
        case_studies=[{"type": "improvement", "text": "i"}, {"type": "highly_effective", "text": "h"}],
    )
    titles = [text for level, text in outline(document) if level == 3]
    assert titles == ["Case study: highly effective practice", "Case study: area for improvement"]


def test_a_case_study_has_its_own_title_and_its_note_on_names() -> None:
    document = letter(
        case_studies=[
            {"type": "place", "title": "The harbour", "text": "A place.", "pseudonym_note": "All names are pseudonyms."}
        ]
    )
    (box,) = boxes(document, "case-study")
    assert [plain(block.runs) for block in box.blocks if isinstance(block, Heading | Paragraph)] == [
        "The harbour",
        "A place.",
        "All names are pseudonyms.",
    ]


def test_recipients_are_listed_with_the_addresses_that_are_given() -> None:
    people = [
        {
            "name": "A B",
            "role": "Chair",
            "organisation": "Council",
            "postal_address": ["1 High Street", "Town"],
            "website": "www.a.example",
        },
        {"name": "C D", "role": "Chair"},
    ]
    assert "Council, 1 High Street, Town; www.a.example" in text_of(letter(addressees=people))
    assert "Recipients" not in text_of(letter())


def test_signatures_stand_two_by_two_or_one_below_the_other() -> None:
    assert boxes(letter(layout={"signatures": "grid"}), "signatures-grid")
    assert boxes(letter(layout={"signatures": "stack"}), "signatures-stack")


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2017-07-17", "HMI Constabulary (HMIC)"),
        ("2022-06-06", "Her Majesty’s Inspectorate of Constabulary and Fire & Rescue Services (HMICFRS)"),
        ("2022-09-26", "His Majesty’s Inspectorate of Constabulary and Fire & Rescue Services (HMICFRS)"),
    ],
)
def test_an_inspectorate_bears_the_name_of_its_day(day: str, name: str) -> None:
    dates = {"fieldwork": {"start": day, "end": day}, "letter": "2024-07-11", "received": "2024-07-03"}
    signed = [{"inspectorate": "ofsted", "name": "A B", "title": []}]
    document = letter(inspectorates=["ofsted", "hmicfrs"], signatories=signed, dates=dates)
    assert name in text_of(document).replace("\xa0", " ")


def test_the_letterhead_has_the_participants_with_the_lead_at_the_right() -> None:
    document = letter(inspectorates=["cqc", "ofsted", "hmiprobation"])
    assert [figure.image for figure in document.letterhead] == ["logos/hmiprobation", "logos/cqc", "logos/ofsted"]


def test_standing_words_can_be_others_or_left_out() -> None:
    document = letter(wording={"purpose": "Other *words*.\n\nAnd more.", "contributors": None})
    assert "Other words. And more." in text_of(document)
    assert "work of several agencies" not in text_of(document)


def test_a_draft_has_marks_that_a_final_letter_has_not() -> None:
    draft = letter(stage="agreement", version=3).draft
    assert draft is not None
    assert draft.footer.replace("\xa0", " ") == "Draft for agreement, version 3, 11 July 2024"
    assert letter(stage="final").draft is None


def test_properties_name_the_lead_inspectorate_and_never_a_person() -> None:
    meta = letter().meta
    assert (meta.title, meta.author, meta.language) == (
        "Joint targeted area inspection of Exmere: neglect",
        "Ofsted",
        "en-GB",
    )


def test_the_single_agency_letter_cites_its_own_law() -> None:
    boards = [{"id": "lscb", "type": "safeguarding_partnership", "name": "Exmere LSCB"}]
    early = {
        "fieldwork": {"start": "2016-01-11", "end": "2016-01-15"},
        "letter": "2016-02-24",
        "received": "2016-02-20",
    }
    steps = {"principal_authority": "the council", "email": "a@b.example"}
    note = plain(letter(template="single-agency", agencies=boards, dates=early, next_steps=steps).notes[0].runs)
    assert "section 136 of the Education and Inspections Act 2006" in note
    assert "section 15A of the Children Act 2004" in note
    assert "15A" not in plain(letter(template="single-agency").notes[0].runs)


def test_the_secretaries_of_state_are_named_when_they_asked() -> None:
    assert "section 20(1)(b) of the Children Act 2004" in text_of(letter(kind="secretaries_of_state"))


@pytest.mark.parametrize("name", template_names())
def test_every_form_compiles(name: str) -> None:
    assert template(name).data.title


def test_a_template_that_names_what_does_not_exist_is_refused() -> None:
    broken = letter_environment().from_string("{{ nothing }}")
    with pytest.raises(Exception, match="'nothing' is undefined"):
        broken.render(_slots=Slots({}))


def test_a_group_within_a_line_of_the_template_is_refused() -> None:
    slots = Slots({})
    skeleton = parsed(f"Before {slots.put(compose_group())} after")
    with pytest.raises(TemplateFault, match="Put it on a separate line"):
        list(slots.fill(skeleton))


def compose_group() -> object:
    """Return a value that becomes blocks of its own."""
    from letters.composition.values import ProseValue

    return ProseValue("x", "words", "x")


def test_the_same_inspection_is_the_same_letter() -> None:
    assert compose(inspection(strengths=["x"]), house("joint")) == compose(inspection(strengths=["x"]), house("joint"))


def test_emphasis_in_a_finding_is_kept() -> None:
    document = letter(strengths=["plain *slanted* **heavy**"])
    (item,) = (block for block in document.blocks if isinstance(block, Item))
    assert item.runs == (Run("plain "), Run("slanted", emphasis=True), Run(" "), Run("heavy", strong=True))
