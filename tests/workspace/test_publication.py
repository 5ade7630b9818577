"""Publication takes two people, says every reason at once, and undoes nothing of the public record in silence."""

from datetime import timedelta
from functools import cache
from pathlib import Path
from shutil import copytree

import pytest
from django.db import transaction

from letters import resources
from letters.errors import LettersError
from letters.files.folders import put_folder
from letters.files.packs import verify
from letters.workspace import packing, placing, publishing
from letters.workspace.access import Access, NoSuchCase, case_for
from letters.workspace.events import record
from letters.workspace.keeping import verify as faults_of
from letters.workspace.models import (
    Case,
    MadeBy,
    PackFile,
    PackState,
    Person,
    Placing,
    Publication,
    PublicationAct,
    Purpose,
    Reached,
    Sending,
    Stage,
    StoredFile,
)
from letters.workspace.now import now, today
from letters.workspace.people import invite
from letters.workspace.publishing import Order
from letters.workspace.reaching import NotReached
from letters.workspace.reading import head_of, read_version
from letters.workspace.refused import Refused
from letters.workspace.roles import Act, Role
from letters.workspace.saving import Change, save
from letters.workspace.stages import published_last
from letters.workspace.waiting import waiting
from tests.web.conftest import CASE, person, seen_by
from tests.workspace.test_agreement import agreed, all_agreed, approvers
from tests.workspace.test_saving import saved

__all__ = ["approvers"]
FAST = ("html", "txt")
"""The formats of the packs of these tests: what takes long is held by other tests."""


@pytest.fixture(autouse=True)
def art(workspace: Path) -> None:
    """Logos that count as real ones."""
    copytree(resources.folder("styles") / "joint/art", workspace / "art")


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the formats that take no time."""
    monkeypatch.setattr("letters.verbs.publish.checked_kinds", cache(lambda kinds: FAST))


@pytest.fixture
def second(access: Access) -> Access:
    """Another lead of the case."""
    somebody = person("ines")
    invite(access, somebody.email, Role.LEAD)
    return seen_by(somebody)


def checked_by_area(access: Access) -> None:
    """Let the area have found nothing inaccurate."""
    head, lead = head_of(access.case), access.person
    with transaction.atomic():
        kept = StoredFile.objects.create(
            blob=head.text, case=access.case, person=lead, purpose="sent", name="draft.docx", at=now()
        )
        sending = Sending.objects.create(
            case=access.case,
            number=access.case.sendings.count() + 1,
            purpose=Purpose.ACCURACY,
            version=head,
            file=kept,
            last_day=today(),
            person=lead,
            at=now(),
            closed_at=now(),
            settled_at=now(),
        )
        data = {"version": head.number, "file": head.text_id, "mode": "single"}
        record(access.case, lead, "sent_to_area", str(sending.number), data)


def ready(access: Access, approvers: dict[str, Access]) -> None:
    """Bring a case to where nothing holds publication back."""
    all_agreed(access, approvers)
    if not access.case.sendings.filter(purpose=Purpose.ACCURACY).exists():
        checked_by_area(access)


def order(access: Access, act: str = "publish", note: str = "", later: int = 0, replaced_by: str = "") -> Order:
    """Return what a lead fills in."""
    day = today() + timedelta(days=later)
    return Order(head_of(access.case).number, act, day, note, replaced_by, None, "/")


def done(access: Access, second: Access, act: str = "publish", note: str = "", later: int = 0) -> Publication:
    """Have something done with the public record, by both people and the worker."""
    row = publishing.ask(access, order(access, act, note, later))
    publishing.confirm(second, row.number, None, "/")
    packing.make(row.pk)
    row.refresh_from_db()
    assert row.state == PackState.MADE, row.reason
    return row


def written(row: Publication, folder: Path) -> Path:
    """Write a pack to a folder, as a publisher would have it."""
    put_folder(folder, dict(packing.pack_of(row).files))
    return folder


def stage(access: Access) -> str:
    """Return how far the case has come."""
    return Case.objects.get(pk=access.case.pk).stage


def test_every_reason_is_said_at_once_with_the_page_on_which_it_is_mended(access: Access) -> None:
    found = publishing.held_back(access.case, head_of(access.case), today())
    said = {(reason.code, reason.page) for reason in found}
    assert ("", "accuracy") in said
    assert ("P4", "agreement") in said
    with pytest.raises(Refused) as refused:
        publishing.ask(access, order(access))
    assert len(refused.value.faults) == len(found)


def test_a_letter_is_published_by_two_people_and_its_pack_is_whole(
    access: Access, second: Access, approvers: dict[str, Access], tmp_path: Path
) -> None:
    ready(access, approvers)
    row = publishing.ask(access, order(access))
    assert stage(access) == Stage.PUBLICATION
    with pytest.raises(LettersError, match="You asked for this yourself"):
        publishing.confirm(access, row.number, None, "/")
    assert not PackFile.objects.exists()
    publishing.confirm(approvers["cqc"], row.number, None, "/")
    packing.make(row.pk)
    packing.make(row.pk)
    row.refresh_from_db()
    assert (row.state, stage(access)) == (PackState.MADE, Stage.PUBLISHED)
    assert verify(written(row, tmp_path / "pack")) == []
    assert list(faults_of()) == []


def test_a_pack_says_who_agreed_and_no_person_of_the_workspace_is_in_the_files_for_a_site(
    access: Access, second: Access, approvers: dict[str, Access]
) -> None:
    ready(access, approvers)
    row = done(access, second)
    for body in approvers:
        files = packing.files_of(row, body)
        assert files
        assert not any(b"Quinn" in data or b"Approver" in data for data in files.values())
        assert packing.folder_zip(row, body).startswith(b"PK")


def test_a_correction_says_so_to_the_public_and_keeps_the_record(
    access: Access, second: Access, approvers: dict[str, Access], tmp_path: Path
) -> None:
    ready(access, approvers)
    first = done(access, second)
    with pytest.raises(Refused, match="has the words that are published"):
        publishing.ask(access, order(access, "amend", "Nothing."))
    saved(access, "S-01", "The trust that workers earn.")
    assert stage(access) == Stage.AGREEMENT
    assert publishing.is_stale(access.case)
    with pytest.raises(Refused, match="published or withdrew meanwhile"):
        publishing.ask(access, order(access))
    all_agreed_again(access, approvers)
    with pytest.raises(Refused, match="in a sentence that the public is shown"):
        publishing.ask(access, order(access, "amend"))
    row = done(access, second, "amend", "The words on trust were put right.")
    page = packing.file_of(row, "ofsted/index.html").decode()
    assert "The words on trust were put right." in page
    assert set(packing.pack_of(first).files) <= set(packing.pack_of(row).files)
    assert verify(written(row, tmp_path / "pack")) == []
    assert stage(access) == Stage.PUBLISHED


def all_agreed_again(access: Access, approvers: dict[str, Access]) -> None:
    """Let everybody agree to the newest words, where agreement was asked for before."""
    for approver in approvers.values():
        agreed(approver)


def test_a_first_publication_has_nothing_to_tell_of_a_change(
    access: Access, second: Access, approvers: dict[str, Access]
) -> None:
    ready(access, approvers)
    assert done(access, second, "publish", "Something that nobody asked for.").note == ""


def test_what_is_withdrawn_leaves_a_notice_and_comes_back_only_by_an_act_of_its_own(
    access: Access, second: Access, approvers: dict[str, Access]
) -> None:
    ready(access, approvers)
    done(access, second)
    row = done(access, second, "withdraw", "A court ordered it.")
    assert stage(access) == Stage.WITHDRAWN
    assert "A court ordered it." in packing.file_of(row, "cqc/index.html").decode()
    assert publishing.next_act(access.case) == PublicationAct.REINSTATE
    with pytest.raises(Refused, match="nothing published"):
        publishing.ask(access, order(access, "withdraw", "Again."))
    back = done(access, second, "reinstate", "The order was lifted.")
    assert stage(access) == Stage.PUBLISHED
    assert "The order was lifted." in packing.file_of(back, "cqc/index.html").decode()
    assert list(faults_of()) == []


def test_words_that_move_between_asking_and_confirming_are_not_published(
    access: Access, second: Access, approvers: dict[str, Access]
) -> None:
    ready(access, approvers)
    row = publishing.ask(access, order(access))
    saved(access, "S-01", "The trust that workers earn.")
    with pytest.raises(LettersError, match="Version 2 was saved since"):
        publishing.confirm(second, row.number, None, "/")
    publishing.call_off(access, row.number)
    assert stage(access) == Stage.AGREEMENT


def test_one_act_is_under_way_at_a_time(access: Access, second: Access, approvers: dict[str, Access]) -> None:
    ready(access, approvers)
    publishing.ask(access, order(access))
    with pytest.raises(Refused, match="under way already"):
        publishing.ask(second, order(second))


def test_what_cannot_be_made_says_why_and_leaves_what_was_published_alone(
    access: Access, second: Access, approvers: dict[str, Access], monkeypatch: pytest.MonkeyPatch
) -> None:
    ready(access, approvers)
    first = done(access, second)
    saved(access, "S-01", "The trust that workers earn.")
    all_agreed_again(access, approvers)
    row = publishing.ask(access, order(access, "amend", "Put right."))
    publishing.confirm(second, row.number, None, "/")
    with monkeypatch.context() as broken:
        broken.setattr(packing, "pack_for", lambda row: (_ for _ in ()).throw(LettersError("P7 a name is hidden.")))
        packing.make(row.pk)
    row.refresh_from_db()
    assert (row.state, row.reason) == (PackState.FAILED, "P7 a name is hidden.")
    assert [held.what for held in waiting(access.person) if held.page == "publication"]
    assert published_last(access.case) == first
    publishing.again(access, row.number)
    packing.make(row.pk)
    row.refresh_from_db()
    assert row.state == PackState.MADE


@pytest.fixture
def publisher(access: Access) -> Person:
    """The publisher of one inspectorate."""
    somebody = person("pip", "cqc")
    invite(access, somebody.email, Role.PUBLISHER)
    return somebody


def test_a_publisher_sees_nothing_before_and_her_own_files_after(
    access: Access, second: Access, approvers: dict[str, Access], publisher: Person
) -> None:
    assert waiting(publisher) == []
    ready(access, approvers)
    row = done(access, second)
    assert [held.what for held in waiting(publisher)] == ["Put the letter on your site"]
    own = case_for(publisher, CASE, Act.PLACE)
    assert [site.inspectorate for site in placing.own_sites(own, row)] == ["cqc"]
    with pytest.raises(NoSuchCase):
        placing.place(own, row, "ofsted", "https://ofsted.example/letter", None, "/")
    with pytest.raises(Refused, match="https"):
        placing.place(own, row, "cqc", "javascript:alert(1)", None, "/")
    placing.place(own, row, "cqc", "https://cqc.example/letter", None, "/")
    assert waiting(publisher) == []
    assert list(faults_of()) == []


def test_an_address_is_compared_with_the_files_where_that_is_switched_on(
    access: Access,
    second: Access,
    approvers: dict[str, Access],
    publisher: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ready(access, approvers)
    row = done(access, second)
    own = case_for(publisher, CASE, Act.PLACE)
    path = next(file.path for file in row.files.all() if file.path.startswith("cqc/") and file.path.endswith(".txt"))
    answers = {
        "https://cqc.example/same": row.files.get(path=path).blob_id,
        "https://cqc.example/other": "0" * 64,
    }

    def fetched(address: str) -> str:
        if address not in answers:
            raise NotReached("The site answers with 404.")
        return answers[address]

    monkeypatch.setattr(placing, "fetched_hash", fetched)
    found = {}
    for name in ("same", "other", "gone"):
        held = placing.place(own, row, "cqc", f"https://cqc.example/{name}", None, "/")
        placing.check(held.pk)
        held.refresh_from_db()
        found[name] = (held.reached, held.found)
    assert found == {
        "same": (Reached.SAME, path.removeprefix("cqc/")),
        "other": (Reached.OTHER, ""),
        "gone": (Reached.UNREACHABLE, "The site answers with 404."),
    }
    assert Placing.objects.count() == 3


def test_an_embargo_that_is_set_between_asking_and_confirming_holds(
    access: Access, second: Access, approvers: dict[str, Access]
) -> None:
    ready(access, approvers)
    row = publishing.ask(access, order(access))
    wanted = read_version(head_of(access.case)).inspection.model_copy(deep=True)
    wanted.publication.embargo = today() + timedelta(days=60)
    save(access, 1, wanted, Change(MadeBy.FORM, "an embargo", None, "/"))
    with pytest.raises(LettersError, match="was saved since"):
        publishing.confirm(second, row.number, None, "/")
    publishing.call_off(access, row.number)
    with pytest.raises(Refused, match="embargo"):
        publishing.ask(access, order(access))


@pytest.mark.parametrize(("later", "said"), [(-1, "today or a later day"), (400, "more than a year")])
def test_a_day_that_has_passed_or_is_far_away_is_refused(
    access: Access, approvers: dict[str, Access], later: int, said: str
) -> None:
    ready(access, approvers)
    with pytest.raises(Refused, match=said):
        publishing.ask(access, order(access, later=later))


def test_a_note_or_an_address_that_the_public_must_not_get_is_refused(
    access: Access, second: Access, approvers: dict[str, Access]
) -> None:
    ready(access, approvers)
    done(access, second)
    with pytest.raises(Refused, match="nobody sees"):
        publishing.ask(access, order(access, "withdraw", "A court\u202e ordered it."))
    with pytest.raises(Refused, match="https"):
        publishing.ask(access, order(access, "withdraw", "A court ordered it.", replaced_by="mailto:a@b.example"))
