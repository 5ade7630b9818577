"""Retention: drafts and what came back are erased after so many years; hashes, events and what was published stay."""

from datetime import datetime

import pytest
from django.utils import timezone

from letters.workspace import blobs, erasing
from letters.workspace.access import Access, NoSuchCase, case_for, cases_of
from letters.workspace.blobs import ErasedFile
from letters.workspace.erasing import Due
from letters.workspace.keeping import verify
from letters.workspace.models import Case, Erased, PackState, Publication, Stage
from letters.workspace.now import now
from letters.workspace.people import invite
from letters.workspace.reading import text_by_hash
from letters.workspace.roles import Act, Role
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


def test_nothing_is_due_before_its_time(access: Access, later: datetime) -> None:
    assert list(erasing.due(9)) == []
    assert [found.case.slug for found in erasing.due(7)] == [CASE]


def test_a_case_that_was_never_published_is_erased_whole(access: Access, later: datetime) -> None:
    (found,) = erasing.due(7)
    assert found.is_whole
    assert erasing.erase(found, 7) == len(found.files) == 3
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
    erasing.erase(found, 7)
    case = Case.objects.get(slug=CASE)
    assert blobs.get(case.versions.get(number=2).text)
    with pytest.raises(ErasedFile):
        blobs.get(case.versions.get(number=1).text)
    assert case_for(access.person, CASE, Act.READ)


def test_a_text_that_another_case_has_too_stays(access: Access, later: datetime) -> None:
    text = access.case.versions.get(number=1).text
    other = Case.objects.create(slug="other-2024", title="Other", theme="t", kind="joint", created_at=now())
    keep(access.person, other, "inspection", "file.yaml", blobs.get(text))
    (found, *_) = erasing.due(7)
    assert text.sha256 not in found.files


def test_an_auditor_still_reads_what_happened(access: Access, later: datetime) -> None:
    auditor = person("audra", "cqc")
    invite(access, auditor.email, Role.AUDITOR)
    erasing.erase(Due(access.case, later, (), is_whole=True), 7)
    history = signed_in(auditor).get(f"/c/{CASE}/history").content.decode()
    assert "erased drafts and returned files that were older than 7 years" in history


def test_an_erasure_that_no_event_tells_of_is_named(access: Access) -> None:
    Erased.objects.create(blob=access.case.versions.get().text, case=access.case, at=now())
    assert any("the files that are erased" in fault for fault in verify(CASE))
