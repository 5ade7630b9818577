"""Words that replace a standing paragraph name facts in braces, and never freeze one."""

from letters.composition.letter import compose
from letters.document.walk import words
from letters.houses.loading import house
from letters.verbs.check import check_inspection
from tests.builders import inspection


def letter_words(**fields: object) -> str:
    """Return the words of the smallest letter with other fields."""
    return " ".join(words(compose(inspection(**fields), house("joint")))).replace("\xa0", " ")


def test_facts_in_braces_are_those_of_the_letter() -> None:
    said = letter_words(wording={"statement-deadline": "Send it to {email} by {deadline}."})
    assert "Send it to statements@exmere.example by 10 October 2024." in said


def test_other_braces_stay_as_they_are() -> None:
    words_given = "Send {it} and {{ area }}."
    assert words_given in letter_words(wording={"statement-deadline": words_given})


def test_a_standing_footnote_can_be_worded() -> None:
    assert "The regulations of 2015." in letter_words(wording={"regulations": "The regulations of 2015."})


def test_a_reworded_deadline_that_is_not_the_letters_is_an_error() -> None:
    found = inspection(wording={"statement-deadline": "Send it to other@exmere.example by 11 October 2024."})
    codes = {issue.code for issue in check_inspection(found, house("joint"), "agreement") if issue.is_error}
    assert {"V19", "V41"} <= codes


def test_the_name_above_a_signature_is_the_signatorys_own() -> None:
    signed = {"inspectorate": "ofsted", "name": "Cy Example", "title": ["Director"], "printed_as": "Ofsted Schools"}
    assert "Ofsted Schools Cy Example" in letter_words(signatories=[signed])
