"""The outsiders' door: one page, one draft, their own answers; nothing else of a case is reached or told."""

import re
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.core import mail
from django.test import Client
from django.urls import URLPattern
from pypdf import PdfReader

from letters.findings import editing
from letters.web.outside import entering
from letters.web.outside.urls import DOOR
from letters.workspace import answering, outbox, to_area, verdicts
from letters.workspace.access import Access
from letters.workspace.agreeing import answer_wish, ask, wish
from letters.workspace.answering import Said
from letters.workspace.artefacts import make
from letters.workspace.merging import make_version
from letters.workspace.models import Artefact, MadeBy, Mail, Mode, Respondent, Sending
from letters.workspace.people import invite
from letters.workspace.reading import head_of, read_version
from letters.workspace.roles import Role
from letters.workspace.saving import Change, save
from tests.versions.word_copies import with_parts
from tests.web.conftest import person, seen_by
from tests.workspace.reviews import copy_of, given, sent
from tests.workspace.test_agreement import BODIES, agreed
from tests.workspace.test_factual_accuracy import HEALTH, POLICE, order

CODE = re.compile(r"\d{8}")
SECRETS = {
    "evidence": "Zanzibar-17",
    "note": "Xanadu is for the team alone.",
    "withdrawn": "Timbuktu was said of nobody.",
    "remark": "Samarkand should go.",
    "reviewer": "Ragnhild Reviewer",
    "wish": "Valparaiso first.",
    "point": "Quetzaltenango is wrong.",
    "other": "Ouagadougou is wrong.",
    "left_out": "Because of Antananarivo.",
}
"""What no page, file or mail for the area may hold, each planted somewhere in the case."""


@pytest.fixture
def secretive(access: Access) -> Access:
    """An agreed case full of secrets."""
    wanted = read_version(head_of(access.case)).inspection.model_copy(deep=True)
    entry = editing.place_of(wanted, "S-01").entry
    entry.evidence, entry.note = [SECRETS["evidence"]], SECRETS["note"]
    editing.place_of(wanted, "S-02").entry.text = SECRETS["withdrawn"]
    save(access, 1, wanted, Change(MadeBy.FORM, "secrets", None, "/"))
    wanted = read_version(head_of(access.case)).inspection.model_copy(deep=True)
    editing.withdraw(wanted, "S-02", SECRETS["reviewer"], "It is said elsewhere.")
    save(access, 2, wanted, Change(MadeBy.FORM, "withdrew S-02", None, "/"))
    for body in BODIES:
        somebody = person("approver", body)
        invite(access, somebody.email, Role.APPROVER)
    sending = sent(access, "cqc")
    reviewer = person("ragnhild", "cqc")
    invite(access, reviewer.email, Role.REVIEWER)
    given(sending, reviewer, copy_of(sending, {}, SECRETS["reviewer"], {"S-03": SECRETS["remark"]}))
    make_version(access, sending, None, "/")
    access.case.refresh_from_db()
    ask(access, access.case.head, None, "/")
    for body in BODIES:
        approver = seen_by(access.case.parts.get(role=Role.APPROVER, person__organisation__register_id=body).person)
        if body == "cqc":
            row = wish(approver, "S-04", SECRETS["wish"], None, "/")
            answer_wish(access, row.pk, "It stays as it is.", None, "/")
        agreed(approver)
    return access


def came_in(respondent: Respondent, to: str = "") -> Client:
    """Return the browser of somebody in the area who signed in with a code, and came to her first page."""
    client = Client(headers={"host": "localhost"})
    client.post(f"/a/{respondent.key}/enter", {"send": "1"})
    code = CODE.search(Mail.objects.filter(to=respondent.email).latest("pk").body)
    assert code
    answer = client.post(f"/a/{respondent.key}/enter", {"code": code[0]})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/a/{respondent.key}/{to}")
    return client


def to_the_area(access: Access, mode: str = Mode.SINGLE) -> tuple[Sending, Respondent]:
    """Send the agreed letter, and return it with whom is asked first."""
    access.case.refresh_from_db()
    sending = to_area.send_to_area(access, order(access, mode))
    return sending, sending.respondents.get()


def addresses(key: str, pk: int) -> list[str]:
    """Return every address of the door for one key."""
    found = []
    for pattern in DOOR:
        assert isinstance(pattern, URLPattern)
        found.append(f"/a/{key}/{pattern.pattern}".replace("<int:pk>", str(pk)).replace("<slug:name>", "R-01"))
    return found


def test_no_secret_is_on_any_page_in_any_file_or_mail_of_the_area(secretive: Access) -> None:
    sending, chair = to_the_area(secretive)
    police, health = answering.invite_agency(chair, POLICE), answering.invite_agency(chair, HEALTH)
    held = answering.put_point(police, Said(3, "wrong", "", SECRETS["point"], ("note.txt", b"Ulaanbaatar")))
    other = answering.put_point(police, Said(4, "wrong", "", SECRETS["other"]))
    answering.submit(police, nothing=False)
    answering.leave_out(chair, other.pk, SECRETS["left_out"])
    browser = came_in(health)
    browser.get(f"/a/{health.key}/draft.pdf")
    make(Artefact.objects.get(kind=f"area-{health.pk}").pk)
    pages = []
    for settled in (False, True):
        for pk in (held.pk, other.pk, 999):
            for address in (held for held in addresses(health.key, pk) if not held.endswith("leave")):
                for answer in (browser.get(address), browser.post(address, {"drop": "1"})):
                    pages.append(words_of(answer))
            browser = came_in(health)
        if not settled:
            answering.submit(health, nothing=True)
            answering.submit(chair, nothing=False)
            to_area.close(secretive, sending)
            decider = person("decider")
            invite(secretive, decider.email, Role.FA_DECIDER)
            verdicts.decide(seen_by(decider), sending, held.pk, "reject", "", "It was not so.")
            verdicts.finish(secretive, sending, None, "/")
    outbox.deliver()
    pages += [f"{held.subject} {held.body}" for held in mail.outbox if held.to != [chair.email]]
    said = " ".join(pages)
    assert "The relationships of trust" in said
    assert [name for name, secret in SECRETS.items() if secret in said] == []
    assert "Ulaanbaatar" not in said
    assert not any(re.search(r"\bV30\b", page) for page in pages)
    assert sum("word/document.xml" in page or "w:document" in page for page in pages) > 1


def words_of_pdf(data: bytes) -> str:
    """Return the words of a PDF, one space between them."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages).split())


def words_of(answer: Any) -> str:
    """Return everything that an answer says, a PDF's words too."""
    data: bytes = answer.content
    if data.startswith(b"%PDF-"):
        return words_of_pdf(data)
    if data.startswith(b"PK"):
        with ZipFile(BytesIO(data)) as package:
            return " ".join(package.read(name).decode(errors="replace") for name in package.namelist())
    return f"{data.decode(errors='replace')} {answer.headers}"


def test_the_draft_has_the_words_that_were_agreed_and_whom_it_is_for_is_on_each_page_of_its_pdf(
    secretive: Access,
) -> None:
    _, chair = to_the_area(secretive)
    browser = came_in(chair)
    assert "The relationships of trust" in browser.get(f"/a/{chair.key}/").content.decode()
    browser.get(f"/a/{chair.key}/draft.pdf")
    make(Artefact.objects.get(kind=f"area-{chair.pk}").pk)
    words = words_of_pdf(browser.get(f"/a/{chair.key}/draft.pdf").content)
    assert words.count(f"for {chair.body}") > 3


def test_an_address_opens_nothing_without_a_code(secretive: Access) -> None:
    _, chair = to_the_area(secretive)
    stranger = Client(headers={"host": "localhost"})
    for address in addresses(chair.key, 1):
        answer = stranger.get(address)
        if address.endswith("/enter"):
            assert "The relationships of trust" not in answer.content.decode()
            assert chair.email not in answer.content.decode()
        else:
            assert (answer.status_code, answer.headers["Location"]) == (302, f"/a/{chair.key}/enter")


def test_a_session_of_one_page_opens_no_other(secretive: Access) -> None:
    _, chair = to_the_area(secretive)
    police = answering.invite_agency(chair, POLICE)
    browser = came_in(police)
    for address in addresses(chair.key, 1):
        assert browser.get(address).status_code in (302, 200) or address.endswith("leave")
        assert "The relationships of trust" not in browser.get(address).content.decode()
    assert browser.get("/").status_code == 302
    assert browser.get("/c/ansford-2024/").status_code == 302


def test_an_insider_is_no_outsider(secretive: Access, client: Client) -> None:
    _, chair = to_the_area(secretive)
    assert client.get(f"/a/{chair.key}/").status_code == 302


@pytest.mark.parametrize("key", ["0" * 32, "00000000-0000-4000-8000-000000000000", "x", "..%2f", "A" * 3000])
def test_an_unknown_address_is_not_there(db: None, key: str) -> None:
    assert Client(headers={"host": "localhost"}).get(f"/a/{key}/").status_code == 404


def test_an_invitation_that_ended_is_like_one_that_never_was(secretive: Access) -> None:
    sending, chair = to_the_area(secretive)
    browser = came_in(chair)
    to_area.revoke(secretive, sending, chair.pk)
    assert browser.get(f"/a/{chair.key}/").status_code == 404


def test_a_session_ends_and_what_was_typed_is_there_afterwards(
    secretive: Access, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, chair = to_the_area(secretive)
    browser = came_in(chair)
    with monkeypatch.context() as patch:
        patch.setattr(entering, "IDLE_SECONDS", -1)
        late = browser.post(f"/a/{chair.key}/points/", {"paragraph": "3", "kind": "wrong", "said": "It was a Monday."})
    assert late.headers["Location"] == f"/a/{chair.key}/enter"
    browser.post(f"/a/{chair.key}/enter", {"send": "1"})
    code = CODE.search(Mail.objects.filter(to=chair.email).latest("pk").body)
    assert code
    back = browser.post(f"/a/{chair.key}/enter", {"code": code[0]}, follow=True)
    assert "It was a Monday." in back.content.decode()
    assert not chair.points.exists()


def test_a_point_is_written_changed_and_taken_out(secretive: Access) -> None:
    _, chair = to_the_area(secretive)
    browser = came_in(chair)
    here = f"/a/{chair.key}/points/"
    empty = browser.post(here, {"paragraph": "x"})
    assert empty.status_code == 422
    browser.post(here, {"paragraph": "3", "kind": "wrong", "proposed": "Other words.", "said": "It was a Monday."})
    (held,) = answering.own_points(chair)
    browser.post(f"{here}{held.pk}", {"paragraph": "4", "kind": "missing", "proposed": "", "said": "It was a Tuesday."})
    (held,) = answering.own_points(chair)
    assert (held.paragraph, held.said) == (4, "It was a Tuesday.")
    browser.post(f"{here}{held.pk}", {"drop": "1"})
    assert answering.own_points(chair) == []


def test_the_form_is_filled_in_elsewhere_and_its_points_are_read(secretive: Access) -> None:
    _, chair = to_the_area(secretive)
    browser = came_in(chair)
    form = browser.get(f"/a/{chair.key}/form.docx").content
    filled = with_answer(form, "The relationships of trust", "A", "The bonds of trust.", "The record says so.")
    page = browser.post(f"/a/{chair.key}/form", {"form": BytesIO(filled)}, follow=True).content.decode()
    assert "1 point was read from the form." in page
    (held,) = answering.own_points(chair)
    assert (held.kind, held.proposed, held.said) == ("wrong", "The bonds of trust.", "The record says so.")
    browser.post(f"/a/{chair.key}/form", {"form": BytesIO(filled)})
    assert len(answering.own_points(chair)) == 1
    wrong = browser.post(f"/a/{chair.key}/form", {"form": BytesIO(b"%PDF-1.7")}, follow=True).content.decode()
    assert "This is not a Word file." in wrong


def test_a_lead_enters_the_form_of_somebody_who_cannot_use_her_page(secretive: Access, client: Client) -> None:
    sending, chair = to_the_area(secretive)
    here = f"/c/ansford-2024/accuracy/{sending.number}"
    form = client.get(f"{here}/form.docx").content
    filled = with_answer(form, "The relationships of trust", "A", "The bonds of trust.", "The record says so.")
    data = {"form": BytesIO(filled), "respondent": str(chair.pk)}
    page = client.post(f"{here}/form", data, follow=True).content.decode()
    assert "entered and submitted" in page
    (row,) = verdicts.weighed(sending)
    assert row.point.proposed == "The bonds of trust."
    assert "Quinn" in client.get("/c/ansford-2024/history").content.decode()


def test_what_the_area_was_right_about_is_made_by_hand_and_ticked_off(secretive: Access, client: Client) -> None:
    sending, chair = to_the_area(secretive)
    here = f"/c/ansford-2024/accuracy/{sending.number}/"
    held = answering.put_point(chair, Said(16, "missing", "", "The night team is missing."))
    answering.submit(chair, nothing=False)
    client.post(f"{here}manage", {"close": "1"})
    decider = person("decider")
    invite(secretive, decider.email, Role.FA_DECIDER)
    verdicts.decide(seen_by(decider), sending, held.pk, "accept", "", "It is.")
    client.post(f"{here}settle")
    assert "by hand" in client.get("/").content.decode()
    page = client.get(here).content.decode()
    done = re.search(r'name="done" value="(\d+)"', page)
    assert done
    client.post(f"{here}manage", {"done": done[1], "why": "The next sentence names it."})
    assert "Final words agreed" in client.get("/c/ansford-2024/").content.decode()


def with_answer(form: bytes, begins: str, *words: str) -> bytes:
    """Return a response form in which the cells beside the paragraph that begins so have words."""

    def changed(name: str, part: bytes) -> bytes:
        if name != "word/document.xml":
            return part
        head, found, rest = part.decode().partition(begins)
        assert found
        for said in words:
            start = rest.index("<w:tc>")
            end = rest.index("</w:p>", start)
            close = rest.index("</w:tc>", end) + len("</w:tc>")
            head += found + rest[:end] + f"<w:r><w:t>{said}</w:t></w:r>" + rest[end:close]
            found, rest = "", rest[close:]
        return (head + rest).encode()

    return with_parts(form, changed)


@pytest.mark.parametrize("kind", ["accuracy-letter", "accuracy-log"])
def test_a_document_around_the_letter_is_fetched(secretive: Access, client: Client, kind: str) -> None:
    sending, chair = to_the_area(secretive)
    here = f"/c/ansford-2024/accuracy/{sending.number}/{kind}"
    for suffix in ("docx", "txt", "html", "odt"):
        assert client.get(f"{here}.{suffix}", {"for": chair.pk}).status_code == 200
    assert client.get(f"{here}.exe", {"for": chair.pk}).status_code == 404
    assert client.get("/c/ansford-2024/agreement/record.docx").status_code == 200
    assert client.get("/c/ansford-2024/reviews/1/checklist.docx").status_code == 200
