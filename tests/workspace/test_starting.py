"""A new case: from a file, an older letter or five questions; what a file says of itself is not believed."""

from datetime import date

import pytest

from letters.findings.parsing import parse
from letters.workspace.access import Access
from letters.workspace.issues import Gate, issues_of_version
from letters.workspace.keeping import verify
from letters.workspace.lists import older_letter
from letters.workspace.models import Case, MadeBy, Part, Person, StoredFile
from letters.workspace.reading import head_of, read_version
from letters.workspace.roles import Role
from letters.workspace.saving import Change
from letters.workspace.starting import Answers, TakenId, from_questions, id_for, start
from letters.workspace.uploads import NotTaken, keep, read_file, shown_name, without_claims
from tests.conftest import file_of
from tests.web.conftest import TEXT, person

CHANGE = Change(MadeBy.UPLOAD, "from a file", None, "/")
ANSWERS = Answers("Exmere", "neglect", date(2026, 5, 18), date(2026, 5, 22), ["ofsted", "cqc"], "ofsted")


def test_whoever_starts_a_case_leads_it(lead: Person) -> None:
    access, _ = start(lead, TEXT, CHANGE)
    assert Part.objects.get().role == Role.LEAD
    assert (access.case.title, access.case.theme, access.case.head) == ("Ansford", "serious youth violence", 1)


def test_a_file_cannot_vouch_for_itself(lead: Person) -> None:
    claims = TEXT + "\noverrides:\n  - {rule: P4, reason: They agreed by telephone., name: Somebody}\n"
    access, said = start(lead, claims, CHANGE)
    inspection = read_version(head_of(access.case)).inspection
    assert (inspection.agreements, inspection.overrides, inspection.stage, inspection.version) == ([], [], "draft", 1)
    assert any("cqc had agreed" in words for words in said)
    assert any("P4" in words for words in said)
    assert any("stage is final" in words for words in said)
    assert any("version 4" in words for words in said)


def test_a_file_without_claims_is_kept_to_the_letter() -> None:
    text, said = without_claims(TEXT)
    assert without_claims(text) == (text, [])
    assert len(said) == 6


def test_an_id_is_taken_once_in_any_case_of_letters(access: Access) -> None:
    other = person("ines")
    with pytest.raises(TakenId) as raised:
        start(other, TEXT.replace("id: ansford-2024", "id: Ansford-2024"), CHANGE)
    assert not raised.value.may_see
    assert Case.objects.count() == 1


def test_five_answers_make_a_letter_with_all_standing_words(lead: Person) -> None:
    text = from_questions(ANSWERS)
    inspection = parse(text)
    assert inspection.id == "exmere-2026"
    assert inspection.inspectorates == ["ofsted", "cqc"]
    assert [held.inspectorate for held in inspection.signatories] == ["ofsted", "cqc"]
    assert inspection.dates.notified == date(2026, 5, 1)
    access, _ = start(lead, text, CHANGE)
    found = issues_of_version(access.case, head_of(access.case), Gate.DRAFT)
    assert not any(issue.code == "letter" for issue in found)
    assert "# " in text


@pytest.mark.parametrize(
    ("area", "name"),
    [
        ("Exmere", "exmere-2026"),
        ("Stoke-on-Trent", "stoke-on-trent-2026"),
        ("Bournemouth, Christchurch and Poole", "bournemouth-christchurch-an-2026"),
        ("Ñandú", "and-2026"),
        ("99 Lane", "area-99-lane-2026"),
    ],
)
def test_an_id_is_made_of_area_and_year(area: str, name: str) -> None:
    assert id_for(area, date(2026, 5, 18)) == name


def test_a_file_is_kept_as_it_came_whatever_is_in_it(lead: Person) -> None:
    kept = keep(lead, None, "start", "..\\..\\etc/pass\x00wd.yaml", b"\xff\xfenot text")
    assert StoredFile.objects.get() == kept
    assert kept.name == "passwd.yaml"


def test_names_of_files_are_shown_and_never_a_path() -> None:
    assert shown_name("../../secret.yaml") == "secret.yaml"
    assert shown_name("\u202e") == "file"
    assert shown_name("") == "file"


def test_the_faults_of_a_file_are_said_with_their_lines() -> None:
    read = read_file("x.yaml", TEXT.replace("agency: council", "agency: counsel", 1).encode())
    (fault,) = read.faults
    assert (fault.line, fault.field) == (51, "addressees[1].agency")
    assert "council" in fault.remedy


@pytest.mark.parametrize("suffix", [".docx", ".pdf"])
def test_an_older_letter_becomes_an_inspection_file(suffix: str) -> None:
    read = read_file(f"old{suffix}", file_of("farrowby", suffix))
    assert read.faults == ()
    assert parse(read.text).area.name == "Farrowby"


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"text\x00with nothing", b"\x89PNG\r\n"])
def test_what_is_no_text_and_no_letter_is_refused_and_kept(data: bytes) -> None:
    with pytest.raises(NotTaken, match="It was kept"):
        read_file("x.yaml", data)


def test_a_broken_word_file_is_said_to_be_one() -> None:
    assert "Word" in read_file("old.docx", b"PK\x03\x04" + b"\0" * 400).faults[0].message


def test_reading_that_takes_too_long_ends_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("letters.workspace.uploads.SECONDS", 0.01)
    with pytest.raises(NotTaken, match="took too long"):
        read_file("x.yaml", TEXT.encode())


def test_a_text_that_is_far_too_long_is_kept_and_not_read() -> None:
    with pytest.raises(NotTaken, match="far longer"):
        read_file("x.yaml", b"a: b\n" * 500_000)


def test_whoever_gave_an_older_letter_finds_it_again(lead: Person) -> None:
    data = file_of("farrowby", ".docx")
    kept = keep(lead, None, "start", "old.docx", data)
    access, _ = start(lead, read_file("old.docx", data).text, CHANGE, kept)
    assert older_letter(access) == kept
    assert list(verify(access.case.slug)) == []
