"""Every save is a new version; what somebody else saved meanwhile stays; pressing twice does it once."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from letters.findings import editing
from letters.findings.inspection import Inspection
from letters.workspace import unsaved
from letters.workspace.access import Access, case_for
from letters.workspace.models import Case, Event, MadeBy, Person, Unsaved, Version
from letters.workspace.once import DoneAlready
from letters.workspace.reading import head_of, read_version, text_of
from letters.workspace.rights import NotHers
from letters.workspace.roles import Act, Role
from letters.workspace.saving import Change, Clashed, Saved, save
from tests.web.conftest import CASE, TEXT


def with_words(access: Access, name: str, words: str, base: int = 1) -> Inspection:
    """Return version `base` with other words in a finding."""
    version = access.case.versions.get(number=base)
    wanted = read_version(version).inspection.model_copy(deep=True)
    editing.place_of(wanted, name).entry.text = words
    return wanted


def saved(access: Access, name: str, words: str, base: int = 1, once: object = None) -> Saved:
    """Save other words in a finding of version `base`."""
    change = Change(MadeBy.FORM, f"changed {name}", once, f"/c/{CASE}/")  # type: ignore[arg-type]
    return save(access, base, with_words(access, name, words, base), change)


def outcome(done: Saved) -> tuple[int, bool, int]:
    """Return what became of a save: the version, whether it is new, and how many others it was joined with."""
    return done.number, done.is_new, done.joined_with


def words_of(version: Version, name: str) -> str:
    """Return the words of a finding in a version."""
    return str(editing.place_of(read_version(version).inspection, name).entry.text)


def test_a_save_is_the_next_version_and_the_older_one_stays(access: Access) -> None:
    assert outcome(saved(access, "S-01", "The trust that workers earn.")) == (2, True, 0)
    assert words_of(head_of(Case.objects.get()), "S-01") == "The trust that workers earn."
    assert words_of(access.case.versions.get(number=1), "S-01").startswith("The relationships of trust")


def test_a_save_changes_the_lines_of_its_finding_alone(access: Access) -> None:
    saved(access, "S-01", "The trust that workers earn.")
    before, after = (text_of(version).splitlines() for version in access.case.versions.order_by("number"))
    assert [line for line in before if line not in after] != []
    assert " ".join(line.strip() for line in after if line not in before) == "The trust that workers earn."
    assert [line for line in before if line.lstrip().startswith("#")] == [
        line for line in after if line.lstrip().startswith("#")
    ]


def test_saving_what_is_there_makes_no_version(access: Access) -> None:
    same = words_of(head_of(access.case), "S-01")
    assert outcome(saved(access, "S-01", same)) == (1, False, 0)


def test_changes_of_two_people_are_both_kept(access: Access) -> None:
    saved(access, "S-01", "The trust that workers earn.")
    assert outcome(saved(access, "S-02", "The swift response.")) == (3, True, 1)
    head = head_of(Case.objects.get())
    assert words_of(head, "S-01") == "The trust that workers earn."
    assert words_of(head, "S-02") == "The swift response."


def test_the_same_words_changed_in_two_ways_are_a_clash_and_nothing_is_saved(access: Access) -> None:
    saved(access, "S-01", "The trust that workers earn.")
    with pytest.raises(Clashed) as raised:
        saved(access, "S-01", "The trust of children.")
    (clash,) = raised.value.clashes
    assert (clash.keys, clash.mine, clash.theirs) == (
        ("strengths", "entries", "S-01", "text"),
        "The trust of children.",
        "The trust that workers earn.",
    )
    assert Case.objects.get().head == 2


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        ("mine", "The trust of children."),
        ("theirs", "The trust that workers earn."),
        ("write", "The trust that workers earn from children."),
    ],
)
def test_what_is_chosen_at_a_clash_is_saved(access: Access, choice: str, words: str) -> None:
    saved(access, "S-01", "The trust that workers earn.")
    wanted = with_words(access, "S-01", "The trust of children.")
    editing.place_of(wanted, "S-03").entry.text = "The work of youth workers."
    row = unsaved.keep_clash(access, 1, wanted, Change(MadeBy.FORM, "changed S-01", None, "/"))
    (clash,) = unsaved.clashes(access, row)
    unsaved.resolve(access, row, {clash.keys: unsaved.answer(clash, choice, words)}, None)
    head = head_of(Case.objects.get())
    assert words_of(head, "S-01") == words
    assert words_of(head, "S-03") == "The work of youth workers."


def test_pressing_twice_does_it_once(access: Access) -> None:
    once = uuid4()
    saved(access, "S-01", "The trust that workers earn.", once=once)
    with pytest.raises(DoneAlready) as raised:
        saved(access, "S-01", "The trust that workers earn.", once=once)
    assert raised.value.led_to == f"/c/{CASE}/"
    assert Case.objects.get().head == 2


def test_every_version_has_its_event_without_words_of_the_draft(access: Access) -> None:
    saved(access, "S-01", "The trust that workers earn.")
    events = list(Event.objects.filter(chain=CASE).order_by("seq"))
    assert [event.verb for event in events] == ["case_started", "version_saved", "version_saved"]
    assert [event.seq for event in events] == [1, 2, 3]
    assert all("trust" not in event.data for event in events)


def test_the_words_of_a_version_are_those_of_its_final_letter(access: Access) -> None:
    first = head_of(access.case)
    saved(access, "S-01", "The trust that workers earn.")
    assert first.words
    assert head_of(Case.objects.get()).words != first.words


def test_internal_fields_change_no_words(access: Access) -> None:
    wanted = read_version(head_of(access.case)).inspection.model_copy(deep=True)
    editing.place_of(wanted, "S-01").entry.note = "Ask again."
    save(access, 1, wanted, Change(MadeBy.FORM, "changed S-01", None, "/"))
    first, second = access.case.versions.order_by("number")
    assert first.words == second.words


def test_the_text_that_was_uploaded_is_kept_but_for_what_it_cannot_vouch_for(access: Access) -> None:
    text = text_of(head_of(access.case))
    assert read_version(head_of(access.case)).inspection.agreements == []
    kept = [line for line in TEXT.splitlines() if line in text.splitlines()]
    assert len(kept) > len(TEXT.splitlines()) * 0.9


def test_words_of_a_finding_that_somebody_withdrew_can_be_kept(access: Access) -> None:
    theirs = read_version(access.case.versions.get(number=1)).inspection.model_copy(deep=True)
    editing.withdraw(theirs, "S-01", "Ines", "It is said elsewhere.")
    save(access, 1, theirs, Change(MadeBy.FORM, "withdrew S-01", None, "/"))
    wanted = with_words(access, "S-01", "The trust of children.")
    with pytest.raises(Clashed):
        save(access, 1, wanted, Change(MadeBy.FORM, "changed S-01", None, "/"))
    row = unsaved.keep_clash(access, 1, wanted, Change(MadeBy.FORM, "changed S-01", None, "/"))
    (clash,) = unsaved.clashes(access, row)
    unsaved.resolve(access, row, {clash.keys: clash.mine}, None)
    found = read_version(head_of(access.case)).inspection
    assert editing.place_of(found, "S-01").entry.text == "The trust of children."
    assert found.withdrawn == []


def test_findings_that_two_people_add_at_once_are_two_findings(access: Access) -> None:
    for words in ("The help that comes early.", "The visits that carers make."):
        wanted = read_version(access.case.versions.get(number=1)).inspection.model_copy(deep=True)
        name = editing.add(wanted, "strengths", {"text": words})
        done = save(access, 1, wanted, Change(MadeBy.FORM, f"added {name}", None, f"/c/{CASE}/findings/{name}"))
    head = head_of(access.case)
    assert (words_of(head, "S-07"), words_of(head, "S-08")) == (
        "The help that comes early.",
        "The visits that carers make.",
    )
    assert (done.led_to, head.note) == (f"/c/{CASE}/findings/S-08", "added S-08")


def test_moves_of_two_people_are_both_kept(access: Access) -> None:
    for name, step in (("R-03", 1), ("R-08", -1)):
        wanted = read_version(access.case.versions.get(number=1)).inspection.model_copy(deep=True)
        editing.move(wanted, name, step)
        save(access, 1, wanted, Change(MadeBy.FORM, f"moved {name}", None, "/"))
    found = read_version(head_of(access.case)).inspection
    names = [place.entry.id for place in editing.places(found) if place.section == "recommendations"]
    assert names == ["R-01", "R-02", "R-04", "R-03", "R-05", "R-06", "R-08", "R-07", "R-09", "R-10"]


def test_a_finding_that_one_changed_and_another_withdrew_is_withdrawn_with_its_newest_words(access: Access) -> None:
    saved(access, "S-01", "The trust of children.")
    wanted = read_version(access.case.versions.get(number=1)).inspection.model_copy(deep=True)
    editing.withdraw(wanted, "S-01", "Ines", "It is said elsewhere.")
    row = unsaved.keep_clash(access, 1, wanted, Change(MadeBy.FORM, "withdrew S-01", None, "/"))
    (clash,) = unsaved.clashes(access, row)
    unsaved.resolve(access, row, {clash.keys: clash.mine}, None)
    (kept,) = read_version(head_of(access.case)).inspection.withdrawn
    assert kept.finding is not None
    assert kept.finding.text == "The trust of children."


def test_a_stale_form_with_a_value_that_cannot_be_says_so_and_keeps_nothing_odd(access: Access) -> None:
    saved(access, "S-01", "The trust of children.")
    with pytest.raises(editing.EditFaults):
        saved(access, "S-02", "", base=1)
    assert not Unsaved.objects.exists()


def test_a_writer_saves_nothing_of_others_by_any_way(
    access: Access, taking_part: Callable[[Role, str], Person], recwarn: pytest.WarningsRecorder
) -> None:
    wanted = with_words(access, "S-01", "The trust of children.")
    editing.place_of(wanted, "S-01").entry.inspectorates = ["cqc", "ofsted"]
    change = Change(MadeBy.FORM, "changed S-01", None, "/")
    save(access, 1, wanted, change)
    writer = case_for(taking_part(Role.WRITER, "cqc"), CASE, Act.WRITE)
    saved(writer, "S-01", "The trust of many children.", base=2)
    given = read_version(head_of(access.case)).inspection.model_copy(deep=True)
    editing.place_of(given, "S-01").entry.inspectorates = ["ofsted"]
    save(access, 3, given, change)
    for base, name in ((3, "S-01"), (4, "S-02")):
        with pytest.raises(NotHers, match=name):
            saved(writer, name, "Something else.", base=base)
    dated = read_version(head_of(access.case)).inspection.model_copy(deep=True)
    dated.area.region = "North"
    with pytest.raises(NotHers, match="area"):
        save(writer, 4, dated, change)
    assert head_of(access.case).number == 4
    assert not recwarn.list


def changed_by(access: Access, base: int, change: Callable[[Inspection], object], note: str = "changed") -> Saved:
    """Save what a function changes in version `base`."""
    wanted = read_version(access.case.versions.get(number=base)).inspection.model_copy(deep=True)
    change(wanted)
    return save(access, base, wanted, Change(MadeBy.FORM, note, None, "/"))


def latest(access: Access) -> Inspection:
    """Return the newest version."""
    return read_version(head_of(access.case)).inspection


def rests_on(access: Access, name: str) -> list[str]:
    """Return the recommendations that rest on a finding."""
    return [entry.id for entry in latest(access).all_findings() if name in getattr(entry, "findings", [])]


def test_a_withdrawal_that_another_edit_outlives_takes_no_reference_along(access: Access) -> None:
    before = rests_on(access, "M-01")
    changed_by(access, 1, lambda found: setattr(editing.place_of(found, "M-01").entry, "text", "New words."))
    wanted = read_version(access.case.versions.get(number=1)).inspection.model_copy(deep=True)
    editing.withdraw(wanted, "M-01", "Quinn", "It is said elsewhere.")
    row = unsaved.keep_clash(access, 1, wanted, Change(MadeBy.FORM, "withdrew M-01", None, "/"))
    (clash,) = unsaved.clashes(access, row)
    unsaved.resolve(access, row, {clash.keys: clash.theirs}, None)
    assert before != []
    assert rests_on(access, "M-01") == before
    assert latest(access).withdrawn == []


def test_a_finding_that_one_withdrew_and_another_put_under_a_heading_is_a_clash(access: Access) -> None:
    changed_by(access, 1, lambda found: editing.new_group(found, "M-06", "Early help"))
    wanted = read_version(access.case.versions.get(number=1)).inspection.model_copy(deep=True)
    editing.withdraw(wanted, "M-06", "Quinn", "It is said elsewhere.")
    change = Change(MadeBy.FORM, "withdrew M-06", None, "/")
    with pytest.raises(Clashed) as raised:
        save(access, 1, wanted, change)
    (clash,) = raised.value.clashes
    for value, there in ((clash.theirs, True), (clash.mine, False)):
        base = head_of(access.case).number
        save(access, 1, wanted, change, {clash.keys: value})
        names = [place.entry.id for place in editing.places(latest(access))]
        assert ("M-06" in names) == there
        assert len(latest(access).withdrawn) == (not there)
        assert base <= head_of(access.case).number


def test_a_heading_and_the_words_below_it_are_changed_at_once(access: Access) -> None:
    changed_by(access, 1, lambda found: editing.new_group(found, "M-06", "Early help"))
    changed_by(access, 2, lambda found: setattr(editing.groups(found, "main_findings")[0], "heading", "Help in time"))
    changed_by(access, 2, lambda found: setattr(editing.place_of(found, "M-06").entry, "text", "New words."))
    (group,) = editing.groups(latest(access), "main_findings")
    assert (group.heading, group.items[0].text) == ("Help in time", "New words.")


def test_a_finding_is_moved_under_a_heading_and_worded_anew_at_once(access: Access) -> None:
    changed_by(access, 1, lambda found: editing.new_group(found, "M-06", "Early help"))
    changed_by(access, 1, lambda found: setattr(editing.place_of(found, "M-06").entry, "text", "New words."))
    (group,) = editing.groups(latest(access), "main_findings")
    assert [entry.text for entry in group.items] == ["New words."]


def test_two_findings_that_one_recommendation_rests_on_are_withdrawn_at_once(access: Access) -> None:
    both = next(entry for entry in latest(access).all_findings() if len(getattr(entry, "findings", [])) > 1)
    first, second = both.findings[:2]  # type: ignore[union-attr]
    for name in (first, second):
        changed_by(access, 1, lambda found, name=name: editing.withdraw(found, name, "Quinn", "Why."))  # type: ignore[misc]
    assert {first, second} & {one for e in latest(access).all_findings() for one in getattr(e, "findings", [])} == set()


def test_a_reference_to_a_new_finding_follows_its_new_id(access: Access) -> None:
    changed_by(access, 1, lambda found: editing.add(found, "main_findings", {"text": "A stranger's finding."}))

    def both(found: Inspection) -> None:
        name = editing.add(found, "main_findings", {"text": "My finding."})
        fields = {"target": "partnership", "priority": "improvement", "text": "My recommendation.", "findings": [name]}
        editing.add(found, "recommendations", fields)

    changed_by(access, 1, both)
    recommendation = next(entry for entry in latest(access).all_findings() if entry.text == "My recommendation.")
    (name,) = recommendation.findings  # type: ignore[union-attr]
    assert editing.place_of(latest(access), name).entry.text == "My finding."


def test_the_same_finding_twice_is_one(access: Access) -> None:
    for _ in range(2):
        changed_by(access, 1, lambda found: editing.add(found, "main_findings", {"text": "My finding."}))
    assert [place.entry.text for place in editing.places(latest(access))].count("My finding.") == 1


def test_a_writer_rewrites_no_footnote_that_another_finding_refers_to(
    access: Access, taking_part: Callable[[Role, str], Person]
) -> None:
    changed_by(access, 1, lambda found: setattr(editing.place_of(found, "S-01").entry, "inspectorates", ["cqc"]))
    writer = case_for(taking_part(Role.WRITER, "cqc"), CASE, Act.WRITE)

    def hijack(found: Inspection) -> None:
        editing.place_of(found, "S-01").entry.note = "see [^needs]"
        found.footnotes["needs"] = "Other words."

    with pytest.raises(NotHers, match="footnote needs"):
        changed_by(writer, 2, hijack)
