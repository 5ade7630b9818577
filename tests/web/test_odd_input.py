"""Odd input: every answer is a page that says what was wrong, in no time, and nothing of it is in the log."""

import logging
import random
from time import process_time
from typing import Any

import pytest
from django.test import Client

from letters.workspace.access import Access
from letters.workspace.comparing import pieces
from letters.workspace.models import Case, Look
from letters.workspace.roles import Role
from tests.web.conftest import CASE, signed_in
from tests.web.test_forms import HERE, now

ODD = ("%00", "99999999999999999999", "-1", "1.5", "../../etc/passwd", "<script>", "é" * 300, "{{7*7}}", "' OR 1=1 --")
ASKED = (
    "/cases/?q=",
    "/cases/?kind=",
    "/cases/?page=",
    f"{HERE}/letter?v=",
    f"{HERE}/letter?gate=",
    f"{HERE}/compare?a=1&b=",
    f"{HERE}/checks/set-aside?rule=",
    f"{HERE}/findings/?agency=",
    f"{HERE}/history?page=",
    f"{HERE}/versions/?page=",
)


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_address_is_answered_by_a_page(client: Client, access: Access, odd: str) -> None:
    for place in ASKED:
        assert client.get(f"{place}{odd}").status_code in (200, 400, 404), place


@pytest.mark.parametrize(
    "odd", ["nul\0", "control\x0b", "\u202eright to left", "😀" * 50, "x" * 41_000, "line\r\nline", "&<>\"'"]
)
def test_an_odd_text_is_saved_or_said_to_be_wrong(client: Client, access: Access, odd: str) -> None:
    for place in (
        "findings/S-01",
        "findings/add/strengths",
        "details/area",
        "details/list/agencies/0",
        "checks/set-aside",
    ):
        given = {"text": odd, "name": odd, "id": odd, "type": "police", "rule": "V30", "where": odd, "reason": odd}
        assert client.post(f"{HERE}/{place}", given).status_code in (200, 302, 400, 422), place


def test_too_large_a_form_says_so(client: Client, access: Access) -> None:
    answer = client.post(
        f"{HERE}/findings/S-01", "text=" + "x" * 5_000_000, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code in (400, 413)
    assert "too large" in answer.content.decode()


def test_a_fault_of_ours_is_logged_without_words(
    client: Client, access: Access, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*given: object) -> None:
        raise RuntimeError("Child Zebediah was harmed")

    monkeypatch.setattr("letters.web.views.letter.read_version", fail)
    client.raise_request_exception = False
    monkeypatch.setattr(logging.getLogger("letters.web"), "propagate", True)
    answer = client.get(f"{HERE}/letter")
    assert answer.status_code == 500
    assert "Something went wrong" in answer.content.decode()
    assert "RuntimeError at" in caplog.text
    assert "Zebediah" not in caplog.text


def test_long_texts_are_compared_in_no_time() -> None:
    chance = random.Random(1)
    one, other = (" ".join(chance.choices("ab", k=20_000)) for _ in range(2))
    begun = process_time()
    found = list(pieces(one, other))
    assert process_time() - begun < 2
    assert " ".join(piece.words for piece in found if piece.kind != "inserted").split() == one.split()


def test_endless_words_are_not_searched_for(client: Client, access: Access) -> None:
    assert client.post(f"{HERE}/details/replace", {"words": "x" * 1_000_000, "by": "y"}).status_code == 422


@pytest.mark.parametrize("second", [Role.AUDITOR, Role.PUBLISHER])
def test_a_second_lesser_role_shows_no_evidence(access: Access, taking_part: Any, second: Role) -> None:
    from letters.workspace.people import invite

    reviewer = taking_part(Role.REVIEWER, "cqc")
    invite(access, reviewer.email, second)
    assert b"CT-01" not in signed_in(reviewer).get(f"{HERE}/findings/S-01").content


def test_reading_findings_and_checks_is_a_look(client: Client, access: Access) -> None:
    for place in ("findings/", "findings/S-01", "checks/"):
        client.get(f"{HERE}/{place}")
    assert set(Look.objects.values_list("what", flat=True)) == {"findings", "checks"}


def test_the_name_of_an_area_is_changed_with_all_that_follows_from_it(client: Client, access: Access) -> None:
    client.post(f"{HERE}/details/area", {"name": "Exmere", "short": "", "legal": "Exmere Borough"})
    assert (now(access).area.name, now(access).area.short, now(access).area.legal) == (
        "Exmere",
        "Exmere",
        "Exmere Borough",
    )
    client.post(f"{HERE}/details/round", {"theme": "neglect", "response": "", "deep_dive": ""})
    assert now(access).round.response == "the multi-agency response to neglect"


def test_a_footnote_is_added_with_the_text_that_refers_to_it(client: Client, access: Access) -> None:
    given = {
        "text": "The trust[^trust] that workers earn.",
        "name-0": "trust",
        "words-0": "Trust is what children said.",
    }
    client.post(f"{HERE}/findings/S-01", given)
    assert now(access).footnotes["trust"] == "Trust is what children said."
    assert Case.objects.get(slug=CASE).head == 2


def test_two_footnotes_of_one_name_are_refused(client: Client, access: Access) -> None:
    words = now(access).footnotes["needs"]
    given = {"name-0": "needs", "words-0": words, "name-1": "needs", "words-1": "Other words."}
    assert client.post(f"{HERE}/details/footnotes", given).status_code == 422
    assert now(access).footnotes["needs"] == words
