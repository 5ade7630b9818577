"""Random lives of a case: whatever people do, in whatever order, the record holds together and nothing is lost."""

import json
import os
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from letters.errors import LettersError
from letters.findings import editing
from letters.findings.inspection import Inspection
from letters.workspace import agreeing, deciding, returning, setting_aside, to_area, verdicts
from letters.workspace.access import Access, case_for
from letters.workspace.answering import Said, put_point, submit
from letters.workspace.keeping import verify
from letters.workspace.merging import make_version, tick_off
from letters.workspace.models import ByHand, Case, Event, MadeBy, Mode, Respondent, Stage
from letters.workspace.numbered import paragraphs
from letters.workspace.people import invite
from letters.workspace.reader import reviewed_copy
from letters.workspace.reading import head_of, read_version, standing_overrides, text_of
from letters.workspace.refused import Refused
from letters.workspace.reviewing import cards
from letters.workspace.roles import Act, Role
from letters.workspace.saving import Change, Clashed, save
from letters.workspace.sending import send_for_review
from letters.workspace.stages import all_agree, stage_of, with_area
from letters.workspace.starting import start
from tests.web.conftest import TEXT, person
from tests.workspace.reviews import copy_of, given, order
from tests.workspace.test_factual_accuracy import CHAIR

LIVES = int(os.environ.get("LETTERS_LIVES", "20"))
WORDS = st.sampled_from(["The trust that workers earn.", "The help that comes early.", "The visits that carers make."])
BODIES = ("ofsted", "cqc", "hmicfrs", "hmiprobation")
SECTIONS = st.sampled_from(["strengths", "main_findings", "headline_findings"])


class Life(RuleBasedStateMachine):
    """What people do with one case, each on a version that may be older than the newest."""

    access: Access
    decider: Access
    others: dict[str, Access]
    """An approver of each inspectorate."""
    count = 0

    @initialize(begins=st.sampled_from(["drafting", "review", "agreed", "answered"]))
    def begin(self, begins: str) -> None:
        """Start the case; some lives begin in review, with agreement of all, or with an answer of the area."""
        Life.count += 1
        text = TEXT.replace("id: ansford-2024", f"id: case-{Life.count}")
        self.access = start(person(f"quinn{Life.count}"), text, Change(MadeBy.UPLOAD, "from a file", None, "/"))[0]
        self.texts = [text_of(head_of(self.access.case))]
        self.others = {}
        for body in BODIES:
            somebody = person(f"approver{Life.count}", body)
            invite(self.access, somebody.email, Role.APPROVER)
            self.others[body] = case_for(somebody, self.access.case.slug, Act.AGREE)
        somebody = person(f"decider{Life.count}")
        invite(self.access, somebody.email, Role.FA_DECIDER)
        self.decider = case_for(somebody, self.access.case.slug, Act.DECIDE)
        if begins == "review":
            self.send()
            self.give_back_words("S-01", "The trust that workers earn.")
        if begins in ("agreed", "answered"):
            self.ask()
            self.agree([*BODIES], 0)
        if begins == "answered":
            self.send_to_area()
            self.answer("The trust that workers earn.", nothing=False)

    def wanted(self, back: int) -> tuple[int, Inspection]:
        """Return a version to work on: the newest, or one some steps back."""
        number = max(1, head_of(self.access.case).number - back)
        version = self.access.case.versions.get(number=number)
        return number, read_version(version).inspection.model_copy(deep=True)

    def saved(self, base: int, wanted: Inspection, note: str) -> None:
        """Save, where nobody else changed the same; then the newest version says what was wanted."""
        try:
            save(self.access, base, wanted, Change(MadeBy.FORM, note, None, "/"))
        except (Clashed, editing.EditFaults):
            assert head_of(self.access.case).number == len(self.texts)
            return
        head = head_of(self.access.case)
        if head.number > len(self.texts):
            self.texts.append(text_of(head))

    @rule(data=st.data(), words=WORDS, back=st.integers(0, 2))
    def write(self, data: Any, words: str, back: int) -> None:
        """Change the words of a finding."""
        base, wanted = self.wanted(back)
        place = data.draw(st.sampled_from([p for p in editing.places(wanted) if p.section != "recommendations"]))
        place.entry.text = words
        self.saved(base, wanted, f"changed {place.entry.id}")

    @rule(section=SECTIONS, words=WORDS, back=st.integers(0, 2))
    def add(self, section: str, words: str, back: int) -> None:
        """Add a finding."""
        base, wanted = self.wanted(back)
        name = editing.add(wanted, section, {"text": words})
        self.saved(base, wanted, f"added {name}")

    @rule(data=st.data(), step=st.sampled_from([-1, 1]))
    def move(self, data: Any, step: int) -> None:
        """Move a finding."""
        base, wanted = self.wanted(0)
        name = data.draw(st.sampled_from([place.entry.id for place in editing.places(wanted)]))
        editing.move(wanted, name, step)
        self.saved(base, wanted, f"moved {name}")

    @rule(data=st.data(), back=st.integers(0, 1))
    def withdraw(self, data: Any, back: int) -> None:
        """Withdraw a finding."""
        base, wanted = self.wanted(back)
        name = data.draw(st.sampled_from([place.entry.id for place in editing.places(wanted)]))
        editing.withdraw(wanted, name, "Quinn", "It is said elsewhere.")
        self.saved(base, wanted, f"withdrew {name}")

    @precondition(lambda self: bool(self.wanted(0)[1].withdrawn))
    @rule(data=st.data())
    def bring_back(self, data: Any) -> None:
        """Bring a withdrawn finding back."""
        base, wanted = self.wanted(0)
        kept = [held.finding or held.recommendation or held.case_study for held in wanted.withdrawn]
        name = data.draw(st.sampled_from([entry.id for entry in kept if entry]))
        editing.bring_back(wanted, name)
        self.saved(base, wanted, f"brought back {name}")

    @rule(back=st.integers(1, 3))
    def restore(self, back: int) -> None:
        """Restore an older version."""
        _, older = self.wanted(back)
        self.saved(head_of(self.access.case).number, older, "restored")

    @rule(code=st.sampled_from(["V30", "V20", "P4"]))
    def set_aside(self, code: str) -> None:
        """Set a rule aside; one of publication does not hold with one person."""
        setting_aside.set_aside(self.access, code, "", "It is right all the same.")
        assert "P4" not in {held[0] for held in standing_overrides(self.access.case)}

    @rule()
    def send(self) -> None:
        """Send the newest version for review, where nothing holds it back."""
        self.access.case.refresh_from_db()
        with suppress(Refused):
            send_for_review(self.access, order(self.access, "cqc"))

    @precondition(lambda self: self.access.case.sendings.exists())
    @rule(data=st.data(), words=WORDS)
    def give_back(self, data: Any, words: str) -> None:
        """Let a reviewer change a finding of what was sent."""
        sending = self.access.case.sendings.first()
        assert sending
        named = [place.entry for place in editing.places(read_version(sending.version).inspection)]
        entry = data.draw(st.sampled_from([entry for entry in named if entry.id.startswith(("S", "M"))]))
        self.give_back_words(entry.id, words)

    def give_back_words(self, name: str, words: str) -> None:
        """Give a copy of what was sent last in which the first words of a finding are others."""
        sending = self.access.case.sendings.first()
        assert sending
        text = editing.place_of(read_version(sending.version).inspection, name).entry.text
        first = text.split()[0]
        given(sending, self.others["cqc"].person, copy_of(sending, {name: (first, words)}))

    @precondition(lambda self: self.access.case.sendings.filter(is_unmerged=True).exists())
    @rule(verdict=st.sampled_from(["accept", "reject"]))
    def decide_and_merge(self, verdict: str) -> None:
        """Decide on every change of the newest review that waits, and merge it."""
        sending = self.access.case.sendings.filter(is_unmerged=True).first()
        assert sending
        while left := [card for card in cards(sending) if card.is_open]:
            try:
                deciding.decide(self.access, sending, left[0].change.id, verdict, "For a reason.")
            except LettersError:
                deciding.decide(self.access, sending, left[0].change.id, "reject", "For a reason.")
        with suppress(editing.EditFaults):
            make_version(self.access, sending, None, "/")
        head = head_of(self.access.case)
        if head.number > len(self.texts):
            self.texts.append(text_of(head))

    @precondition(lambda self: ByHand.objects.filter(sending__case=self.access.case, done_in=None).exists())
    @rule()
    def tick_off(self) -> None:
        """Note that the newest version does what was to be made by hand."""
        item = ByHand.objects.filter(sending__case=self.access.case, done_in=None).select_related("sending").first()
        assert item
        tick_off(self.access, item.sending, item.pk)

    @rule()
    def ask(self) -> None:
        """Ask for agreement, where nothing holds it back."""
        with suppress(Refused):
            agreeing.ask(self.access, head_of(self.access.case).number, None, "/")

    @rule(bodies=st.lists(st.sampled_from(BODIES), unique=True, min_size=1), back=st.integers(0, 1))
    def agree(self, bodies: list[str], back: int) -> None:
        """Let inspectorates agree to the words that a page showed, which may be older ones."""
        number = max(1, head_of(self.access.case).number - back)
        words = self.access.case.versions.get(number=number).words
        for body in bodies:
            try:
                agreeing.agree(self.others[body], words, is_authorised=True, once=None, led_to="/")
            except Refused:
                continue
            assert words == head_of(self.access.case).words

    @rule(body=st.sampled_from(BODIES))
    def take_back(self, body: str) -> None:
        """Take an agreement back."""
        with suppress(Refused):
            agreeing.take_back(self.others[body], None, "/")

    @rule()
    def send_to_area(self) -> None:
        """Send the letter to the area: it goes where every inspectorate agrees to its very words, and nowhere else."""
        case = Case.objects.get(pk=self.access.case.pk)
        agreed = all_agree(case)
        wanted = to_area.Order(case.head, Mode.SINGLE, to_area.usual_last_day(), CHAIR, None, "/")
        try:
            sending = to_area.send_to_area(self.access, wanted)
        except Refused:
            return
        assert agreed
        assert sending.version.words == head_of(case).words

    def chair(self) -> Respondent | None:
        """Return who is asked for an answer that is not settled."""
        rows = Respondent.objects.filter(sending__case=self.access.case, sending__settled_at=None)
        return rows.select_related("sending__case", "sending__version").first()

    @precondition(lambda self: self.chair() is not None)
    @rule(words=WORDS, nothing=st.booleans())
    def answer(self, words: str, nothing: bool) -> None:
        """Let the area answer: a point, or that nothing is inaccurate; in time or late."""
        chair = self.chair()
        assert chair
        with suppress(LettersError):
            if not nothing:
                number = next(held.number for held in paragraphs(chair.sending.version) if held.place == "S-03.text")
                put_point(chair, Said(number, "wrong", words, "The record says so."))
            submit(chair, nothing=nothing)

    @precondition(lambda self: self.chair() is not None)
    @rule(verdict=st.sampled_from(["accept", "reject"]), is_decided=st.booleans())
    def settle(self, verdict: str, is_decided: bool) -> None:
        """Close the answers and settle them: never with a point that has no verdict."""
        chair = self.chair()
        assert chair
        sending = chair.sending
        to_area.close(self.access, sending)
        if is_decided:
            for row in verdicts.weighed(sending):
                with suppress(LettersError):
                    verdicts.decide(self.decider, sending, row.point.pk, verdict, "", "For a reason.")
        left = [row for row in verdicts.weighed(sending) if row.is_open]
        try:
            verdicts.finish(self.access, sending, None, "/")
        except (LettersError, editing.EditFaults):
            return
        assert left == []
        head = head_of(self.access.case)
        if head.number > len(self.texts):
            self.texts.append(text_of(head))

    @rule()
    def refuse(self) -> None:
        """Ask for what cannot be."""
        try:
            setting_aside.set_aside(self.access, "V99", "", "Why not.")
        except LettersError:
            return
        raise AssertionError("a rule that is not there was set aside")

    @invariant()
    def no_version_changes(self) -> None:
        """Every version still says what it said when it was saved."""
        if hasattr(self, "texts"):
            assert [text_of(version) for version in self.access.case.versions.order_by("number")] == self.texts

    @invariant()
    def nothing_is_agreed_but_the_words_that_are_there(self) -> None:
        """A case is agreed where each inspectorate agreed to the very words of the newest version, and only there."""
        if hasattr(self, "texts"):
            case = Case.objects.get(pk=self.access.case.pk)
            head = head_of(case)
            standing = {
                row.inspectorate for row in case.agreements.filter(taken_back_at=None) if row.words == head.words
            }
            agreed = standing == set(read_version(head).inspection.inspectorates)
            assert not (case.stage in (Stage.AGREED, Stage.FINAL) and not agreed)
            if case.stage == Stage.FINAL:
                area = with_area(case)
                assert area
                assert all(not row.is_open for row in verdicts.weighed(area))
            assert case.stage == stage_of(case)

    @invariant()
    def no_finding_is_lost(self) -> None:
        """Every finding that ever was is in the letter, is withdrawn, or went with a restored version."""
        if hasattr(self, "texts"):
            found = read_version(head_of(self.access.case)).inspection
            names = [place.entry.id for place in editing.places(found)]
            gone = [held.finding or held.recommendation or held.case_study for held in found.withdrawn]
            names += [entry.id for entry in gone if entry]
            assert len(names) == len(set(names))

    def teardown(self) -> None:
        """Prove the record whole at the end of a life."""
        if hasattr(self, "texts"):
            assert list(verify(self.access.case.slug)) == []
            kept = Event.objects.filter(chain=self.access.case.slug, verb="version_saved").count()
            assert kept == len(self.texts)


def test_every_life_holds_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(returning, "in_own_process", lambda kind, data: reviewed_copy(json.loads(data)))
    quiet = list(HealthCheck)
    held = settings(max_examples=LIVES, stateful_step_count=16, deadline=None, suppress_health_check=quiet)
    run_state_machine_as_test(Life, settings=held)
