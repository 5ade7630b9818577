"""What people do beside writing: rules set aside, versions compared, files made, people invited, copies kept."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from letters.errors import LettersError
from letters.workspace import artefacts, blobs, keeping, setting_aside
from letters.workspace.access import Access, case_for
from letters.workspace.comparing import changes
from letters.workspace.history import happenings, looked, visible_events
from letters.workspace.issues import Gate, issues_of_version
from letters.workspace.models import Artefact, Look, Person, SetAside
from letters.workspace.people import add_person, end_part, invite, new_password, set_active
from letters.workspace.reading import head_of
from letters.workspace.roles import Act, Role
from tests.web.conftest import CASE, person
from tests.workspace.test_saving import saved

Giving = Callable[[Role, str], Person]


def open_codes(access: Access) -> set[str]:
    """Return the codes of the issues that nobody set aside."""
    found = issues_of_version(access.case, head_of(access.case), Gate.PUBLICATION)
    return {issue.code for issue in found if issue.is_open}


def test_a_rule_set_aside_holds_again_when_that_ends(access: Access) -> None:
    assert "V30" in open_codes(access)
    row = setting_aside.set_aside(access, "V30", "", "The sentence cannot be split.")
    assert "V30" not in open_codes(access)
    setting_aside.end(access, row.pk)
    assert "V30" in open_codes(access)


def test_setting_a_rule_aside_twice_is_once(access: Access) -> None:
    first = setting_aside.set_aside(access, "V30", "", "The sentence cannot be split.")
    assert setting_aside.set_aside(access, "V30", "", "The sentence cannot be split.") == first
    with pytest.raises(LettersError, match="Quinn set V30 aside there already"):
        setting_aside.set_aside(access, "V30", "", "Because.")


@pytest.mark.parametrize(("rule", "reason"), [("V99", "Why not."), ("X1", "Why not."), ("V30", "  ")])
def test_only_a_known_rule_is_set_aside_and_only_with_a_reason(access: Access, rule: str, reason: str) -> None:
    with pytest.raises(LettersError):
        setting_aside.set_aside(access, rule, "", reason)
    assert not SetAside.objects.exists()


def test_a_rule_of_publication_takes_two_people(access: Access, taking_part: Giving) -> None:
    from letters.workspace.reading import standing_overrides

    row = setting_aside.set_aside(access, "P4", "", "They agreed by telephone.")
    assert standing_overrides(access.case) == ()
    with pytest.raises(LettersError, match="yourself"):
        setting_aside.confirm(access, row.pk)
    second = case_for(taking_part(Role.LEAD, "cqc"), CASE, Act.LEAD)
    setting_aside.confirm(second, row.pk)
    assert standing_overrides(access.case) == (("P4", "", "They agreed by telephone.", "Quinn and Lead"),)


def test_two_versions_are_compared_finding_by_finding(access: Access) -> None:
    saved(access, "S-01", "The relationships of trust that workers build.")
    (change,) = changes(*access.case.versions.order_by("number"))
    assert (change.name, change.section, change.kind) == ("S-01", "strengths", "changed")
    (field,) = change.fields
    gone = [piece.words for piece in field.pieces if piece.kind == "deleted"]
    assert gone == [
        "social workers, youth justice practitioners and detached youth",
        "build with children, and the persistence with which they keep them.",
    ]
    assert [piece.words for piece in field.pieces if piece.kind == "inserted"] == ["build."]


def test_a_version_compared_with_itself_says_nothing(access: Access) -> None:
    only = head_of(access.case)
    assert changes(only, only) == []


@pytest.mark.parametrize(
    ("suffix", "sign"), [("docx", b"PK"), ("odt", b"PK"), ("html", b"<!DOCTYPE"), ("txt", b"Joint")]
)
def test_a_letter_is_made_at_once_in_quick_formats(access: Access, suffix: str, sign: bytes) -> None:
    assert artefacts.letter_file(head_of(access.case), suffix).startswith(sign)


def test_a_pdf_is_made_once_by_the_worker(
    access: Access, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks() as asked:
        made = artefacts.wanted(access.case, head_of(access.case), "pdf")
        assert artefacts.wanted(access.case, head_of(access.case), "pdf") == made
    assert len(asked) == 1
    artefacts.make(made.pk)
    artefacts.make(made.pk)
    made.refresh_from_db()
    assert made.state == Artefact.MADE
    assert made.blob is not None
    assert blobs.get(made.blob).startswith(b"%PDF-")


def test_a_redline_leads_from_one_version_to_another(access: Access) -> None:
    saved(access, "S-01", "The trust that workers earn.")
    older, newer = access.case.versions.order_by("number")
    assert artefacts.redline_file(older, newer, "docx").startswith(b"PK")
    made = artefacts.wanted(access.case, newer, "redline-pdf", older)
    artefacts.make(made.pk)
    made.refresh_from_db()
    assert made.state == Artefact.MADE


def test_a_file_that_cannot_be_made_says_why(access: Access, monkeypatch: pytest.MonkeyPatch) -> None:
    made = artefacts.wanted(access.case, head_of(access.case), "pdf")

    def fail(*given: object) -> bytes:
        raise LettersError("no font has ☃")

    monkeypatch.setattr(artefacts, "letter_file", fail)
    artefacts.make(made.pk)
    made.refresh_from_db()
    assert (made.state, made.reason) == (Artefact.FAILED, "no font has ☃")


def test_a_case_keeps_one_lead(access: Access, lead: Person, taking_part: Giving) -> None:
    with pytest.raises(LettersError, match="needs a lead"):
        end_part(access, lead.parts.get().pk)
    taking_part(Role.LEAD, "cqc")
    end_part(access, lead.parts.get().pk)


def test_a_person_is_invited_by_her_address_once(access: Access) -> None:
    cora = person("cora", "cqc")
    invite(access, f" {cora.email.upper()} ", Role.WRITER)
    with pytest.raises(LettersError, match="already"):
        invite(access, cora.email, Role.WRITER)
    with pytest.raises(LettersError, match="has an account"):
        invite(access, "nobody@cqc.example", Role.WRITER)
    with pytest.raises(LettersError, match="Choose"):
        invite(access, cora.email, "king")


@pytest.mark.parametrize(
    ("email", "name", "body"), [("no address", "N", "cqc"), ("a@b.example", " ", "cqc"), ("a@b.example", "N", "nobody")]
)
def test_an_account_needs_address_name_and_inspectorate(email: str, name: str, body: str) -> None:
    with pytest.raises(LettersError):
        add_person(email, name, body)
    assert not Person.objects.exists()


def test_a_closed_account_sees_no_case(access: Access, taking_part: Giving, lead: Person) -> None:
    cora = taking_part(Role.WRITER, "cqc")
    set_active(cora, lead, active=False)
    with pytest.raises(Exception, match=CASE):
        case_for(cora, CASE, Act.READ)
    with pytest.raises(LettersError, match="your own"):
        set_active(lead, lead, active=False)


def test_a_new_password_is_another_one(lead: Person) -> None:
    password = new_password(lead, lead)
    assert lead.check_password(password)


def test_history_is_said_in_words(access: Access, taking_part: Giving) -> None:
    taking_part(Role.WRITER, "cqc")
    saved(access, "S-01", "The trust that workers earn.")
    said = [row.what for row in happenings(visible_events(access))]
    assert said == [
        "saved version 2 (form): changed S-01",
        "gave Writer a part: writer",
        "saved version 1 (upload): from a file",
        "started the case",
    ]


def test_a_writer_is_shown_what_she_did_and_an_approver_what_her_inspectorate_did(
    access: Access, taking_part: Giving
) -> None:
    for role in (Role.WRITER, Role.APPROVER):
        assert list(visible_events(case_for(taking_part(role, "cqc"), CASE, Act.READ))) == []


def test_reading_a_draft_again_soon_is_one_look(access: Access) -> None:
    looked(access, 1, "page")
    looked(access, 1, "page")
    looked(access, 1, "docx")
    assert Look.objects.count() == 2


def test_a_backup_overwrites_nothing(access: Access, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full/file").write_text("mine")
    with pytest.raises(LettersError, match="not empty"):
        keeping.backup(tmp_path / "full")
    with pytest.raises(LettersError, match="is no backup"):
        keeping.restore(tmp_path / "full", tmp_path / "new")
    (tmp_path / "blobs").mkdir(exist_ok=True)
    with pytest.raises(LettersError, match="holds a workspace already"):
        keeping.restore(tmp_path / "full", tmp_path)


def test_the_trail_of_a_page_names_no_words(access: Access) -> None:
    assert not re.search("trust|violence", " ".join(event.data for event in visible_events(access)))


@pytest.mark.parametrize(("where", "reason"), [("", "Line one.\r\nLine two."), (" ", "A reason.")])
def test_a_reason_of_two_lines_breaks_nothing(access: Access, where: str, reason: str) -> None:
    setting_aside.set_aside(access, "V30", where, reason)
    assert "V30" not in open_codes(access)


def test_signs_that_no_letter_can_have_are_taken_out_of_a_reason(access: Access) -> None:
    row = setting_aside.set_aside(access, "V30", "a\nb", "A \x02reason.\x0bAnother.")
    assert (row.where, row.reason) == ("a b", "A reason.\nAnother.")


def test_a_case_called_workspace_sees_nothing_of_the_workspace(lead: Person) -> None:
    from letters.workspace.models import MadeBy
    from letters.workspace.saving import Change
    from letters.workspace.starting import start
    from tests.web.conftest import TEXT

    text = TEXT.replace("id: ansford-2024", "id: workspace")
    access, _ = start(lead, text, Change(MadeBy.UPLOAD, "from a file", None, "/"))
    assert [row.what for row in happenings(visible_events(access))][-1] == "started the case"
    assert list(keeping.verify()) == []
