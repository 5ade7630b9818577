"""The written statement of action: asked for once the letter is published, answered by recommendation, then followed."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client

from letters.errors import LettersError
from letters.findings.editing import place_of
from letters.workspace import blobs, process_facts, reminding, statement
from letters.workspace.access import Access, NoSuchCase
from letters.workspace.keeping import verify
from letters.workspace.models import Action, Case, MadeBy, Mail, Respondent, Sending, Stage, StatementReply, Submission
from letters.workspace.now import today
from letters.workspace.reading import head_of, read_version
from letters.workspace.refused import Refused
from letters.workspace.saving import Change, save
from letters.workspace.to_area import Invited
from letters.workspace.waiting import waiting
from tests.versions.word_copies import with_parts
from tests.web.conftest import CASE, signed_in
from tests.web.test_outside import came_in
from tests.workspace.test_agreement import approvers
from tests.workspace.test_publication import all_agreed_again, art, done, quickly, ready, second

__all__ = ["approvers", "art", "quickly", "second"]
AUTHORITY = Invited("Rosalind Thackwray", "dcs@council.example", "Ansford Metropolitan Borough Council")
GIVEN = {
    "what": "One body leads this work from May.",
    "lead": "Ansford Metropolitan Borough Council",
    "contributors": "Midmarch Police",
    "by_when": date(2030, 5, 1),
    "measure": "Children say that one person knows their plan.",
    "oversight": "The partnership’s executive",
}


@pytest.fixture
def published(access: Access, second: Access, approvers: dict[str, Access]) -> Access:
    """A case whose letter is published."""
    ready(access, approvers)
    done(access, second)
    return access


def asked(access: Access, days: int = 100) -> tuple[Sending, Respondent]:
    """Ask the principal authority for its statement."""
    sending = statement.ask(access, AUTHORITY, today() + timedelta(days=days), None, "/")
    return sending, sending.respondents.get()


def answered(respondent: Respondent) -> Submission:
    """Answer every recommendation, and submit."""
    for row in statement.recommended(respondent):
        if not row.actions:
            statement.put_action(respondent, row.id, GIVEN)
    return statement.submit(respondent)


def stage(access: Access) -> str:
    """Return how far the case has come."""
    return Case.objects.get(pk=access.case.pk).stage


def test_no_statement_is_asked_for_before_the_letter_is_published(access: Access) -> None:
    with pytest.raises(Refused, match="not published yet"):
        asked(access)


def test_the_day_is_the_one_that_the_letter_counts(published: Access) -> None:
    assert statement.usual_day(published.case.versions.first()) == date(2024, 10, 10)  # type: ignore[arg-type]


def test_each_recommendation_has_to_be_answered_before_it_is_submitted(published: Access) -> None:
    _, authority = asked(published)
    statement.put_action(authority, "R-01", {**GIVEN, "by_when": None, "measure": ""})
    with pytest.raises(Refused) as refused:
        statement.submit(authority)
    said = [words for _, words in refused.value.faults]
    assert "R-01: Choose the day by which it is done." in said
    assert "R-01: Say how you will know that it works." in said
    assert "R-02: no action answers it yet." in said
    assert not Submission.objects.exists()


def test_a_statement_is_submitted_once_read_and_acknowledged(published: Access) -> None:
    sending, authority = asked(published)
    assert stage(published) == Stage.STATEMENT
    first, again = answered(authority), statement.submit(authority)
    assert first == again
    with pytest.raises(LettersError, match="have submitted"):
        statement.put_action(authority, "R-01", GIVEN)
    assert "Read the written statement of action" in [row.what for row in waiting(published.person)]
    statement.reply(published, sending, "", None, None, "/", returned=False)
    assert stage(published) == Stage.CLOSED
    assert Mail.objects.filter(to=AUTHORITY.email, subject="Your written statement of action").exists()
    assert list(verify(CASE)) == []


def test_a_statement_that_does_not_reflect_the_findings_is_returned_with_reasons_and_a_day(published: Access) -> None:
    sending, authority = asked(published)
    answered(authority)
    with pytest.raises(Refused, match="has not passed"):
        statement.reply(published, sending, "R-02 is not answered.", None, None, "/", returned=True)
    again_by = today() + timedelta(days=20)
    statement.reply(
        published, sending, "R-02 is not answered.\nNo action has a day.", again_by, None, "/", returned=True
    )
    row = StatementReply.objects.get()
    assert row.shortcomings == ["R-02 is not answered.", "No action has a day."]
    assert Sending.objects.get(pk=sending.pk).last_day == again_by
    authority = Respondent.objects.get(pk=authority.pk)
    statement.put_action(authority, "R-02", {**GIVEN, "what": "Officers are told at night."})
    statement.submit(authority)
    assert Submission.objects.count() == 2
    assert stage(published) == Stage.STATEMENT
    assert list(verify(CASE)) == []


def test_the_letter_back_says_why(published: Access) -> None:
    sending, authority = asked(published)
    answered(authority)
    statement.reply(published, sending, "R-02 is not answered.", today() + timedelta(days=20), None, "/", returned=True)
    pk = StatementReply.objects.get().pk
    said = statement.reply_file(published, sending, pk, "txt").decode()
    assert "does not reflect the findings" in said
    assert "R-02 is not answered." in said
    with pytest.raises(NoSuchCase):
        statement.reply_file(published, sending, pk + 1, "txt")


def test_progress_is_told_once_it_is_acknowledged_and_kept_in_its_order(published: Access) -> None:
    sending, authority = asked(published)
    answered(authority)
    pk = Action.objects.first().pk  # type: ignore[union-attr]
    with pytest.raises(LettersError, match="once the statement is acknowledged"):
        statement.tell_progress(authority, pk, "done", "")
    statement.reply(published, sending, "", None, None, "/", returned=False)
    authority = Respondent.objects.get(pk=authority.pk)
    for state, note in (("under_way", "The body met."), ("under_way", "The body met."), ("done", "")):
        statement.tell_progress(authority, pk, state, note)
    assert [row.state for row in Action.objects.get(pk=pk).progress.all()] == ["under_way", "done"]
    with pytest.raises(Refused):
        statement.tell_progress(authority, pk, "nearly", "")
    assert list(verify(CASE)) == []


def test_a_statement_comes_back_from_word_with_every_action(published: Access) -> None:
    sending, authority = asked(published)
    form = statement.form_file(sending)

    def changed(name: str, part: bytes) -> bytes:
        if name != "word/document.xml":
            return part
        text = part.decode()
        for label, words in (
            ("What will be done", "Clear the backlog of notifications."),
            ("By when", "1 May 2030"),
            ("How you will know that it works", "None is older than a day."),
        ):
            text = filled(text, "Midmarch Police", label, words)
        return text.encode()

    count, unplaced = statement.take_form(authority, "form.docx", with_parts(form, changed))
    assert (count, unplaced) == (1, [])
    row = Action.objects.get()
    assert (row.recommendation, row.what) == ("R-02", "Clear the backlog of notifications.")
    assert (row.lead, row.by_when) == ("Midmarch Police", date(2030, 5, 1))
    again, _ = statement.take_form(authority, "form.docx", with_parts(form, changed))
    assert again == 0


def filled(text: str, lead: str, label: str, words: str) -> str:
    """Return a form in which the row of a label, in the table of an agency, has words."""
    at = next(
        found.start() for found in re.finditer("<w:tbl>", text) if lead in text[found.start() :].split("</w:tbl>")[0]
    )
    end = text.index("</w:tbl>", at)
    table = text[at:end]
    row = table.index(f">{label}<")
    cell = table.index("<w:tc>", row)
    close = table.index("</w:p>", cell)
    return text[:at] + table[:close] + f"<w:r><w:t>{words}</w:t></w:r>" + table[close:] + text[end:]


def test_another_word_file_is_no_statement(published: Access) -> None:
    _, authority = asked(published)
    with pytest.raises(LettersError, match="not a Word file"):
        statement.take_form(authority, "letter.pdf", b"%PDF-1.7")
    assert not Action.objects.exists()


def test_the_area_is_reminded_once_for_each_day_and_not_after_it_submitted(
    published: Access, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, authority = asked(published, days=100)
    assert reminding.remind() == 0
    due = authority.sending.last_day
    for days, mails in ((29, 1), (29, 0), (8, 1), (1, 1), (-5, 1), (-6, 0)):
        monkeypatch.setattr(reminding, "today", lambda days=days: due - timedelta(days=days))
        assert reminding.remind() == mails, days
    answered(authority)
    monkeypatch.setattr(reminding, "today", lambda: due + timedelta(days=400))
    assert reminding.remind() == 0


def test_a_statement_is_written_submitted_and_followed_at_the_door(published: Access, lead_client: Client) -> None:
    here = f"/c/{CASE}/statement/"
    form = {
        "name": AUTHORITY.name,
        "email": AUTHORITY.email,
        "body": AUTHORITY.body,
        "last_day": str(today() + timedelta(days=300)),
    }
    assert "asked by mail" in lead_client.post(f"{here}ask", form, follow=True).content.decode()
    authority = Respondent.objects.get()
    door = came_in(authority, "statement/")
    own = f"/a/{authority.key}/statement/"
    assert door.get(f"/a/{authority.key}/points/").status_code == 404
    assert door.get(f"/a/{authority.key}/").headers["Location"] == own
    assert "No action yet" in door.get(own).content.decode()
    assert door.post(f"{own}submit").status_code == 422
    for row in statement.recommended(authority):
        sent = door.post(f"{own}{row.id}", {**GIVEN, "by_when": "2030-05-01"}, follow=True).content.decode()
        assert "The action is kept." in sent
    door.post(f"{own}overseen", {"overseen": "The executive, each month."})
    assert "What the area is writing is not shown" in lead_client.get(here).content.decode()
    assert "was submitted" in door.post(f"{own}submit", follow=True).content.decode()
    page = lead_client.get(here).content.decode()
    assert "One body leads this work from May." in page
    assert "The executive, each month." in page
    number = Sending.objects.latest("pk").number
    assert (
        "is acknowledged"
        in lead_client.post(f"{here}{number}/reply", {"acknowledge": "1"}, follow=True).content.decode()
    )
    pk = Action.objects.exclude(recommendation="").first().pk  # type: ignore[union-attr]
    told = door.post(f"{own}progress/{pk}", {"state": "done", "note": "It meets."}, follow=True).content.decode()
    assert "It meets." in told
    assert "It meets." in lead_client.get(here).content.decode()
    for suffix in ("docx", "txt"):
        reply = StatementReply.objects.get().pk
        assert lead_client.get(f"{here}{number}/reply/{reply}.{suffix}").status_code == 200
    assert door.get(f"{own}form.docx").status_code == 200
    assert door.get(f"{own}X-99").status_code == 404


@pytest.fixture
def lead_client(published: Access) -> Client:
    """The browser of the lead."""
    return signed_in(published.person)


def test_a_return_without_a_reason_is_refused_and_acknowledges_nothing(published: Access, lead_client: Client) -> None:
    sending, authority = asked(published)
    answered(authority)
    here = f"/c/{CASE}/statement/{sending.number}/reply"
    later = str(today() + timedelta(days=20))
    for fields in (
        {"return": "1", "shortcomings": "\x01 ", "again_by": later},
        {},
        {"return": "1", "acknowledge": "1"},
    ):
        assert lead_client.post(here, fields).status_code == 422
    assert not StatementReply.objects.exists()
    assert Sending.objects.get(pk=sending.pk).settled_at is None


def test_what_was_submitted_is_kept_whatever_is_changed_after_it_is_returned(published: Access) -> None:
    sending, authority = asked(published)
    answered(authority)
    statement.reply(published, sending, "R-02 is not answered.", today() + timedelta(days=20), None, "/", returned=True)
    authority = Respondent.objects.get(pk=authority.pk)
    for row in Action.objects.exclude(recommendation=""):
        statement.drop_action(authority, row.pk)
    (kept,) = statement.submitted_files(sending)
    assert b"What will be done: One body leads this work from May." in blobs.get(kept.blob)
    assert list(verify(CASE)) == []


def test_somebody_else_is_asked_and_what_was_written_stays(published: Access) -> None:
    sending, authority = asked(published)
    statement.put_action(authority, "R-01", GIVEN)
    other = statement.replace(published, sending, Invited("Ros", "ros@council.example", AUTHORITY.body))
    assert Respondent.objects.get(pk=authority.pk).revoked_at is not None
    assert [row.what for row in Action.objects.filter(respondent=other)] == [GIVEN["what"]]
    statement.change_day(published, sending, today() + timedelta(days=30))
    assert Sending.objects.get(pk=sending.pk).last_day == today() + timedelta(days=30)
    with pytest.raises(Refused, match="years away"):
        statement.change_day(published, sending, date(9999, 12, 31))
    assert list(verify(CASE)) == []


def test_a_statement_answers_the_letter_as_it_is_corrected_and_waits_while_it_is_withdrawn(
    published: Access, second: Access, approvers: dict[str, Access]
) -> None:
    _, authority = asked(published)
    wanted = read_version(head_of(published.case)).inspection.model_copy(deep=True)
    place_of(wanted, "R-03").entry.text = "The early help of younger children."
    save(published, published.case.head, wanted, Change(MadeBy.FORM, "R-03", None, "/"))
    all_agreed_again(published, approvers)
    done(published, second, "amend", "R-03 was put right.")
    said = {row.id: row.words for row in statement.recommended(Respondent.objects.get(pk=authority.pk))}
    assert said["R-03"] == "The early help of younger children."
    done(published, second, "withdraw", "A court ordered it.")
    authority = Respondent.objects.get(pk=authority.pk)
    with pytest.raises(LettersError, match="withdrawn for now"):
        statement.put_action(authority, "R-01", GIVEN)
    assert reminding.remind() == 0


def test_the_letter_back_says_the_day_that_was_set_and_stays_as_it_was_sent(published: Access) -> None:
    sending, authority = asked(published)
    answered(authority)
    statement.reply(published, sending, "", None, None, "/", returned=False)
    pk = StatementReply.objects.get().pk
    said = statement.reply_file(published, sending, pk, "txt")
    assert f"It was due on {sending.last_day.day} ".encode() in said.replace("\N{NO-BREAK SPACE}".encode(), b" ")
    process_facts.save_part(published, "practical", {"enquiries": "Somebody else"}, "", None, "/")
    assert statement.reply_file(published, sending, pk, "txt") == said


def test_words_that_are_too_long_are_refused_and_not_cut(published: Access) -> None:
    _, authority = asked(published)
    with pytest.raises(Refused):
        statement.put_overseen(authority, "x" * 20_001)
    assert statement.overseen(authority) == ""
