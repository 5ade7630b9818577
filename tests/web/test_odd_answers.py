"""Odd input in reviews, agreement and factual accuracy: every answer is a page, nothing breaks, nothing is lost."""

from io import BytesIO
from itertools import product

import pytest
from django.test import Client

from letters.workspace.access import Access
from letters.workspace.keeping import verify
from letters.workspace.models import MadeBy, Respondent
from letters.workspace.reviewing import cards
from letters.workspace.roles import Role
from letters.workspace.saving import Change
from letters.workspace.starting import start
from tests.web.conftest import TEXT, person, signed_in
from tests.web.test_outside import came_in, to_the_area
from tests.web.test_outside import secretive as secretive_case
from tests.workspace.reviews import TRUST, copy_of, given, sent
from tests.workspace.test_saving import saved

secretive = secretive_case
HERE = "/c/ansford-2024"
ODD = (
    "",
    "nul\0",
    "\u202eright to left\x0b",
    "-1",
    "99999999999999999999",
    "²",
    "<script>alert(1)</script> {{ 7*7 }}",
    "x" * 30_000,
    "like cqc-1",
)
FIELDS = (
    "base",
    "once",
    "people",
    "organisations",
    "last_day",
    "organisation",
    "replaces",
    "change",
    "verdict",
    "reason",
    "text",
    "seen",
    "many",
    "show",
    "copy",
    "page",
    "comment",
    "words",
    "done",
    "remark",
    "title",
    "points-0",
    "authorised",
    "finding",
    "answer",
    "mode",
    "name",
    "email",
    "body",
    "point",
    "paragraph",
    "kind",
    "proposed",
    "said",
    "drop",
    "nothing",
    "leave_out",
    "take_in",
    "end",
    "take",
    "reopen",
    "close",
    "respondent",
    "code",
)
POSTED = (
    "reviews/send",
    "reviews/1/",
    "reviews/1/manage",
    "reviews/1/changes",
    "reviews/1/comments",
    "reviews/1/merge",
    "reviews/1/write/S-01",
    "reviews/1/write/R-01",
    "agreement/ask",
    "agreement/agree",
    "agreement/take-back",
    "agreement/change",
    "agreement/change/1",
    "accuracy/send",
    "accuracy/2/manage",
    "accuracy/2/verdict",
    "accuracy/2/settle",
    "accuracy/2/form",
)
GOOD = {200, 302, 400, 404, 405, 409, 413, 415, 422}


def asked(client: Client, place: str, odd: str, fields: tuple[str, ...]) -> int:
    """Send a form in which some fields have an odd value, and return the status of the answer."""
    return client.post(place, dict.fromkeys(fields, odd)).status_code


@pytest.fixture
def busy(secretive: Access) -> Access:
    """A case with a review that has changes and comments, and with a draft in the area."""
    to_the_area(secretive)
    return secretive


@pytest.fixture
def reviewed(access: Access) -> Access:
    """A case in review, with two copies to decide on."""
    sending = sent(access, "ofsted")
    for words in ({"S-01": TRUST}, {"S-01": ("relationships of trust", "ties of trust")}):
        given(sending, access.person, copy_of(sending, words, remarks={"S-02": "Is it?"}))
    return access


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: ascii(odd)[:20])
def test_an_odd_form_is_answered_by_a_page(busy: Access, client: Client, odd: str) -> None:
    approver = signed_in(busy.case.parts.get(role=Role.APPROVER, person__organisation__register_id="cqc").person)
    for somebody, place in product((client, approver), POSTED):
        assert asked(somebody, f"{HERE}/{place}", odd, FIELDS) in GOOD, place
    assert list(verify(busy.case.slug)) == []


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: ascii(odd)[:20])
def test_one_odd_field_of_a_decision_is_answered_by_a_page(reviewed: Access, client: Client, odd: str) -> None:
    whole = {"change": "ofsted-1", "verdict": "accept", "reason": "For a reason.", "text": "bonds", "seen": ""}
    for name in ("change", "verdict", "reason", "text", "seen", "many", "show", "copy", "page"):
        for verdict in ("accept", "reject", "part", "open"):
            data = {**whole, "verdict": verdict, name: odd}
            assert client.post(f"{HERE}/reviews/1/changes", data).status_code in GOOD, name
        assert client.get(f"{HERE}/reviews/1/changes", {name: odd}).status_code in GOOD, name
    assert list(verify(reviewed.case.slug)) == []


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: ascii(odd)[:20])
def test_an_odd_form_at_the_door_is_answered_by_a_page(busy: Access, odd: str) -> None:
    chair = Respondent.objects.get()
    browser = came_in(chair)
    for page in ("points/", "points/1", "check", "agencies", "form", "enter"):
        assert (
            asked(browser, f"/a/{chair.key}/{page}", odd, tuple(name for name in FIELDS if name != "nothing")) in GOOD
        )
    whole = {"paragraph": "5", "kind": "wrong", "proposed": "Other words.", "said": "It was a Monday."}
    for name in whole:
        assert browser.post(f"/a/{chair.key}/points/", {**whole, name: odd}).status_code in GOOD, name
    assert list(verify(busy.case.slug)) == []


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04", b"PK\x03\x04" + b"x" * 5000, b"%PDF-1.7", b"\xd0\xcf\x11\xe0 old Word", b"\0" * 1000],
    ids=["empty", "zip", "damaged", "pdf", "doc", "nul"],
)
def test_an_odd_file_is_answered_by_a_page(busy: Access, client: Client, data: bytes) -> None:
    chair = Respondent.objects.get()
    browser = came_in(chair)
    for name in ("copy.docx", "a\0b.docx", "../../x", "é" * 300):
        file = BytesIO(data)
        file.name = name
        assert client.post(f"{HERE}/reviews/1/", {"file": file}).status_code in GOOD
        file.seek(0)
        assert client.post(f"{HERE}/accuracy/2/form", {"form": file, "respondent": chair.pk}).status_code in GOOD
        file.seek(0)
        assert browser.post(f"/a/{chair.key}/form", {"form": file}).status_code in GOOD
        file.seek(0)
        point = {"paragraph": "5", "kind": "wrong", "said": "It was a Monday.", "evidence": file}
        assert browser.post(f"/a/{chair.key}/points/", point).status_code in GOOD
    assert list(verify(busy.case.slug)) == []


def test_a_decision_is_made_on_all_changes_like_one(access: Access, client: Client) -> None:
    sending = sent(access, "ofsted")
    words = {"S-01": (" and ", " as well as "), "S-02": (" and ", " as well as ")}
    given(sending, access.person, copy_of(sending, words))
    page = client.get(f"{HERE}/reviews/1/changes").content.decode()
    assert "And 1 more open change like this" in page
    data = {"change": "ofsted-1", "verdict": "reject", "reason": "Plainer.", "many": "like ofsted-1"}
    client.post(f"{HERE}/reviews/1/changes", data)
    assert [card.state for card in cards(sending)] == ["rejected", "rejected"]


def test_what_belongs_to_another_case_is_not_reached(busy: Access, client: Client) -> None:
    stranger = person("stranger")
    text = TEXT.replace("id: ansford-2024", "id: elsewhere-2024")
    start(stranger, text, Change(MadeBy.UPLOAD, "from a file", None, "/"))
    other = signed_in(stranger)
    places = ("reviews/1/", "reviews/1/changes", "reviews/1/sent.docx", "reviews/1/copies/cqc", "accuracy/2/")
    for place in (*places, "accuracy/2/log", "accuracy/2/form.docx", "reviews/1/merged/1/combined"):
        assert other.get(f"/c/elsewhere-2024/{place}").status_code == 404, place
        assert other.get(f"{HERE}/{place}").status_code == 404, place
    for place in POSTED:
        if place not in ("reviews/send", "accuracy/send") and not place.startswith("agreement"):
            assert other.post(f"/c/elsewhere-2024/{place}", {"done": "1"}).status_code == 404, place


def test_a_form_that_was_opened_on_an_older_version_is_not_sent(access: Access, client: Client) -> None:
    saved(access, "S-01", "The trust that workers earn.")
    answer = client.post(f"{HERE}/reviews/send", {"base": "1", "organisations": "ofsted"})
    assert answer.status_code == 422
    assert "saved version 2 meanwhile" in answer.content.decode()
