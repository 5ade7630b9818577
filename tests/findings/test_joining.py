"""Two changes made at the same time: what one changed alone stays, what both changed is a clash."""

from copy import deepcopy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from letters.findings.joining import Clash, joined

BASE: dict[str, Any] = {
    "area": {"name": "Exmere", "urn": "1"},
    "strengths": [{"id": "S-01", "text": "One."}, {"id": "S-02", "text": "Two."}, {"id": "S-03", "text": "Three."}],
    "order": ["a", "b"],
}


def changed(**fields: Any) -> dict[str, Any]:
    """Return the base with other fields."""
    return {**deepcopy(BASE), **fields}


def strengths(*pairs: tuple[str, str]) -> list[dict[str, str]]:
    """Return strengths by their ids and words."""
    return [{"id": name, "text": words} for name, words in pairs]


def test_fields_that_one_changed_alone_are_both_kept() -> None:
    mine = changed(strengths=strengths(("S-01", "Uno."), ("S-02", "Two."), ("S-03", "Three.")))
    theirs = changed(area={"name": "Exmere", "urn": "2"})
    value, clashes = joined(BASE, mine, theirs)
    assert clashes == []
    assert value == {**mine, "area": theirs["area"]}


def test_a_field_that_both_changed_is_a_clash_with_all_three_values() -> None:
    mine = changed(strengths=strengths(("S-01", "Uno."), ("S-02", "Two."), ("S-03", "Three.")))
    theirs = changed(strengths=strengths(("S-01", "Eins."), ("S-02", "Two."), ("S-03", "Three.")))
    assert joined(BASE, mine, theirs)[1] == [Clash(("strengths", "S-01", "text"), "One.", "Uno.", "Eins.")]


def test_what_was_chosen_takes_the_place_of_a_clash() -> None:
    mine, theirs = changed(order=["c"]), changed(order=["d"])
    value, clashes = joined(BASE, mine, theirs, {("order",): ["c", "d"]})
    assert (value["order"], clashes) == (["c", "d"], [])


def test_the_same_change_twice_is_no_clash() -> None:
    mine = changed(order=["c"])
    assert joined(BASE, mine, deepcopy(mine)) == (mine, [])


def test_findings_that_both_added_are_all_there_in_their_places() -> None:
    mine = changed(strengths=[*strengths(("S-01", "One."), ("S-04", "Mine.")), *BASE["strengths"][1:]])
    theirs = changed(strengths=[*BASE["strengths"], *strengths(("S-05", "Theirs."))])
    value, clashes = joined(BASE, mine, theirs)
    assert [entry["id"] for entry in value["strengths"]] == ["S-01", "S-04", "S-02", "S-03", "S-05"]
    assert clashes == []


def test_a_move_and_a_change_of_words_are_both_kept() -> None:
    mine = changed(strengths=[BASE["strengths"][2], *BASE["strengths"][:2]])
    theirs = changed(strengths=strengths(("S-01", "Eins."), ("S-02", "Two."), ("S-03", "Three.")))
    value, clashes = joined(BASE, mine, theirs)
    assert [(entry["id"], entry["text"]) for entry in value["strengths"]] == [
        ("S-03", "Three."),
        ("S-01", "Eins."),
        ("S-02", "Two."),
    ]
    assert clashes == []


def test_removing_what_somebody_else_changed_is_a_clash() -> None:
    mine = changed(strengths=BASE["strengths"][1:])
    theirs = changed(strengths=strengths(("S-01", "Eins."), ("S-02", "Two."), ("S-03", "Three.")))
    (clash,) = joined(BASE, mine, theirs)[1]
    assert clash.keys == ("strengths", "S-01")


texts = st.dictionaries(st.sampled_from(["S-01", "S-02", "S-03", "S-04"]), st.sampled_from(["One.", "Uno.", "Eins."]))


@given(texts, texts, texts)
def test_nothing_of_either_side_is_lost_without_a_clash(
    base: dict[str, str], mine: dict[str, str], theirs: dict[str, str]
) -> None:
    first, second, third = ({"strengths": strengths(*side.items())} for side in (base, mine, theirs))
    value, clashes = joined(first, second, third)
    if clashes:
        return
    found = {entry["id"]: entry["text"] for entry in value["strengths"]}
    for name in {*base, *mine, *theirs}:
        was, one, other = base.get(name), mine.get(name), theirs.get(name)
        assert found.get(name) == (other if one == was else one)


@given(texts, texts)
def test_one_change_alone_is_that_change(base: dict[str, str], mine: dict[str, str]) -> None:
    first, second = ({"strengths": strengths(*side.items())} for side in (base, mine))
    assert joined(first, second, first) == (second, [])
    assert joined(first, first, second) == (second, [])


def test_names_that_either_added_come_and_those_that_either_took_away_go() -> None:
    value, clashes = joined({"findings": ["a", "b", "c"]}, {"findings": ["a", "b", "d"]}, {"findings": ["b", "c", "e"]})
    assert (value, clashes) == ({"findings": ["b", "e", "d"]}, [])
