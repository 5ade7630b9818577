"""Retention: drafts and what came back are erased after so many years; hashes, events and what was published stay."""

from datetime import datetime, timedelta
from hashlib import sha256

import pytest
from django.db.models import ManyToOneRel
from django.utils import timezone

from letters.workspace import blobs, erasing
from letters.workspace.access import Access, NoSuchCase, case_for, cases_of
from letters.workspace.blobs import ErasedFile
from letters.workspace.keeping import verify
from letters.workspace.models import Blob, Case, Erased, PackState, Publication, Stage, StoredFile, Unsaved
from letters.workspace.now import now
from letters.workspace.people import invite
from letters.workspace.reading import read_text, text_by_hash
from letters.workspace.roles import Act, Role
from letters.workspace.unsaved import keep_fields
from letters.workspace.uploads import keep
from tests.web.conftest import CASE, person, signed_in
from tests.workspace.test_saving import saved


@pytest.fixture
def later(access: Access, monkeypatch: pytest.MonkeyPatch) -> datetime:
    """A case with two versions and a file that was given, eight years later."""
    saved(access, "S-01", "The trust that workers earn.")
    keep(access.person, access.case, "inspection", "file.yaml", b"id: x")
    moment = timezone.now().replace(year=timezone.now().year + 8)
    for place in ("letters.workspace.erasing.now", "letters.workspace.events.now"):
        monkeypatch.setattr(place, lambda: moment)
    return moment


def published(access: Access, number: int) -> None:
    """Have a version on the public record."""
    version = access.case.versions.get(number=number)
    Publication.objects.create(
        case=access.case,
        number=1,
        act="publish",
        version=version,
        words=version.words,
        day=now().date(),
        person=access.person,
        at=now(),
        state=PackState.MADE,
    )


def erased(access: Access) -> None:
    """Erase what is due of the case after seven years, and forget what this process keeps in memory."""
    erasing.erase(access.case, 7)
    erasing.clear()
    for kept in (text_by_hash, read_text):
        kept.cache_clear()


def test_everything_that_names_a_file_is_known_to_it() -> None:
    relations = Blob._meta.get_fields(include_hidden=True)
    naming = {(field.related_model, field.field.name) for field in relations if isinstance(field, ManyToOneRel)}
    assert naming - {(Erased, "blob")} == {(known.model, known.field) for known in erasing.NAMINGS}


def test_nothing_is_due_before_its_time(access: Access, later: datetime) -> None:
    assert list(erasing.due(9)) == []
    assert [found.case.slug for found in erasing.due(7)] == [CASE]


def test_a_case_that_was_never_published_is_erased_whole(access: Access, later: datetime) -> None:
    (found,) = erasing.due(7)
    assert found.is_whole
    assert erasing.erase(found.case, 7) == len(found.files) == 3
    assert erasing.clear() == 3
    case = Case.objects.get(slug=CASE)
    assert case.stage == Stage.ERASED
    assert list(cases_of(access.person)) == []
    with pytest.raises(NoSuchCase):
        case_for(access.person, CASE, Act.READ)
    assert case_for(access.person, CASE, Act.HISTORY)
    text_by_hash.cache_clear()
    with pytest.raises(ErasedFile, match="older than drafts are kept"):
        blobs.get(case.versions.get(number=1).text)
    assert list(verify()) == []
    assert list(erasing.due(7)) == []


def test_what_was_published_stays(access: Access, later: datetime) -> None:
    published(access, 2)
    (found,) = erasing.due(7)
    assert not found.is_whole
    erased(access)
    case = Case.objects.get(slug=CASE)
    assert blobs.get(case.versions.get(number=2).text)
    with pytest.raises(ErasedFile):
        blobs.get(case.versions.get(number=1).text)
    assert case_for(access.person, CASE, Act.READ)


def test_a_text_that_another_case_has_too_stays(access: Access, later: datetime) -> None:
    text = access.case.versions.get(number=1).text
    other = Case.objects.create(slug="other-2024", title="Other", theme="t", kind="joint", created_at=now())
    keep(access.person, other, "inspection", "file.yaml", blobs.get(text))
    found = erasing.due_of(access.case, 7)
    assert found
    erasing.erase(found.case, 7)
    erasing.clear()
    assert blobs.get(text)
    assert list(verify()) == []


def test_an_auditor_still_reads_what_happened(access: Access, later: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    auditor = person("audra", "cqc")
    invite(access, auditor.email, Role.AUDITOR)
    monkeypatch.setattr("letters.workspace.erasing.now", lambda: later + timedelta(days=8 * 366))
    erased(access)
    history = signed_in(auditor).get(f"/c/{CASE}/history").content.decode()
    assert "erased drafts and returned files that were older than 7 years" in history


def test_an_erasure_that_no_event_tells_of_is_named(access: Access) -> None:
    Erased.objects.create(blob=access.case.versions.get().text, case=access.case, at=now())
    assert any("the files that are erased" in fault for fault in verify(CASE))


def test_an_erasure_that_was_cut_short_is_named_and_taken_up_again(access: Access, later: datetime) -> None:
    erasing.erase(access.case, 7)
    assert sum("is still kept" in fault for fault in verify(CASE)) == 3
    assert erasing.clear() == 3
    assert list(verify(CASE)) == []


def test_a_case_in_which_somebody_just_saved_is_left_alone(access: Access, later: datetime) -> None:
    (found,) = erasing.due(7)
    saved(access, "S-03", "The work of youth workers.")
    assert erasing.erase(found.case, 7) == 0
    assert Case.objects.get(slug=CASE).stage != Stage.ERASED


def test_a_letter_that_was_published_can_be_used_though_a_newer_draft_was_old(access: Access, later: datetime) -> None:
    published(access, 1)
    erased(access)
    lead = signed_in(access.person)
    for path in ("/", f"/c/{CASE}/", f"/c/{CASE}/publication/", f"/c/{CASE}/letter"):
        assert lead.get(path).status_code == 200, path


def test_evidence_that_two_cases_share_goes_with_the_last_of_them(
    access: Access, later: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Case.objects.create(slug="other-2024", title="Other", theme="t", kind="joint", created_at=now())
    keep(access.person, access.case, "evidence", "log.pdf", b"%PDF-1.7")
    evidence = keep(access.person, other, "evidence", "log.pdf", b"%PDF-1.7").blob
    for case in (access.case, other):
        assert blobs.get(evidence)
        monkeypatch.setattr("letters.workspace.erasing.now", lambda: later + timedelta(days=8 * 366))
        assert erasing.erase(case, 7)
        erasing.clear()
    with pytest.raises(ErasedFile):
        blobs.get(evidence)


def test_bytes_that_were_just_put_again_stay_until_something_names_them(
    access: Access, later: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    erasing.erase(access.case, 7)
    monkeypatch.setattr("letters.workspace.erasing.now", timezone.now)
    blobs.put(b"id: x", "application/yaml")
    assert erasing.clear() == 0
    assert blobs.kept().get(sha256(b"id: x").hexdigest()) == b"id: x"


def test_a_file_that_was_erased_and_is_needed_is_named(access: Access, later: datetime) -> None:
    erased(access)
    other = Case.objects.create(slug="other-2024", title="Other", theme="t", kind="joint", created_at=now())
    StoredFile.objects.create(
        blob_id=sha256(b"id: x").hexdigest(), case=other, purpose="inspection", name="file.yaml", at=later
    )
    assert any("a case needs it" in fault for fault in verify())


def test_what_was_typed_and_never_saved_goes_too(access: Access, later: datetime) -> None:
    keep_fields(access.person, f"/c/{CASE}/findings/S-01", {"text": ["A draft."]})
    keep_fields(access.person, "/c/other-2024/findings/S-01", {"text": ["Another case."]})
    erased(access)
    assert [row.path for row in Unsaved.objects.all()] == ["/c/other-2024/findings/S-01"]
