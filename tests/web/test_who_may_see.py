"""Every address, asked for by every role in every way: it is there for those who may have it, and for nobody else."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from letters.web.asking import Of
from letters.web.urls import CASE as CASE_PAGES
from letters.workspace.access import Access
from letters.workspace.models import Case, Person
from letters.workspace.people import end_part, invite
from letters.workspace.reports.writing import NewReport
from letters.workspace.reports.writing import start as start_report
from letters.workspace.roles import ACTS, Act, Role
from tests.web.conftest import CASE, person, signed_in
from tests.workspace.reviews import sent
from tests.workspace.test_saving import saved

PARTS: dict[str, Any] = {
    "name": {"entries": "agencies", "entry": "agencies", "part": "area", None: "S-01"},
    "section": "strengths",
    "at": 0,
    "pk": 1,
    "number": {"restore": 2, "download": 2, None: 1},
    "key": "00000000-0000-4000-8000-000000000000",
}
"""What stands in the places of the addresses."""
CONVERTERS = (
    ("id", "name"),
    ("slug", "name"),
    ("str", "name"),
    ("id", "section"),
    ("int", "at"),
    ("int", "pk"),
    ("int", "number"),
)
"""How the places of the addresses are written."""
ABSENT_FOR_ALL = {
    *("making", "made", "clash", "given_file", "aside", "bring_back", "group", "copy", "merged"),
    *("answers", "manage_answers", "verdict", "settle", "evidence", "decision_log", "accuracy_document"),
    *("form", "enter_form"),
    *("made_document", "document_sent", "reply_statement", "reply_letter", "manage_statement"),
    *("pack", "confirm_publication", "manage_publication", "place", "folder"),
}
"""Addresses of what the case does not have yet: made files, clashes, withdrawn findings, copies, answers, packs."""
OPEN = {
    "home",
    "cases",
    "new",
    "new_upload",
    "upload",
    "questions",
    "help",
    "health",
    "look",
    "kept",
    "typed",
    "to_place",
    "metrics",
    "rounds",
    "practice",
    "start_report",
}
ADMINISTRATORS = {"accounts", "account_person"}


def act_of(pattern: URLPattern) -> Act:
    """Return the act that a page of a case is."""
    return pattern.callback.act  # type: ignore[attr-defined, no-any-return]


def address_of(pattern: URLPattern) -> str:
    """Return the address of a page of the case."""
    path = str(pattern.pattern)
    for converter, name in CONVERTERS:
        value = PARTS[name]
        value = value.get(pattern.name, value[None]) if isinstance(value, dict) else value
        path = path.replace(f"<{converter}:{name}>", str(value))
    path = (
        path.replace("<slug:suffix>", "txt")
        .replace("<slug:kind>.", "accuracy-log.")
        .replace("documents/<slug:kind>", "documents/embargo-note")
        .replace("<slug:part>", "team")
        .replace("<str:key>", PARTS["key"])
        .replace("<slug:kind>", "combined")
    )
    assert "<" not in path, path
    return f"/c/{CASE}/{path}"


def expected(role: Role | None, pattern: URLPattern, method: str, inspectorate: str) -> bool:
    """Say whether a page is there for a role: the matrix of who may see and do what."""
    acts = ACTS[role] if role else frozenset()
    if act_of(pattern) not in acts or pattern.callback.of is Of.REPORT:  # type: ignore[attr-defined]
        return False
    may_write = Act.LEAD in acts or (Act.WRITE in acts and inspectorate == "ofsted")
    if pattern.name in ("finding", "withdraw", "move", "regroup", "preview"):
        return may_write or (pattern.name == "finding" and method == "get")
    return True


@pytest.fixture
def finding_of_ofsted(access: Access) -> Access:
    """The case, in which S-01 is Ofsted's finding, and which was sent for review."""
    from letters.findings import editing
    from letters.workspace.models import MadeBy
    from letters.workspace.reading import head_of, read_version
    from letters.workspace.saving import Change, save

    wanted = read_version(head_of(access.case)).inspection.model_copy(deep=True)
    editing.place_of(wanted, "S-01").entry.inspectorates = ["ofsted"]
    save(access, 1, wanted, Change(MadeBy.FORM, "changed S-01", None, "/"))
    sent(access)
    return access


ROLES = [*((role, body) for role in Role for body in ("ofsted", "cqc")), (None, "ofsted")]


@pytest.mark.parametrize(("role", "inspectorate"), ROLES, ids=lambda value: str(value))
def test_a_page_of_a_case_is_there_for_whom_it_is_meant_and_for_nobody_else(
    finding_of_ofsted: Access, taking_part: Callable[[Role, str], Person], role: Role | None, inspectorate: str
) -> None:
    somebody = taking_part(role, inspectorate) if role else person("stranger", inspectorate)
    client = signed_in(somebody)
    wrong = []
    for pattern in CASE_PAGES:
        for method in ("get", "post"):
            if pattern.name in ABSENT_FOR_ALL or pattern.callback.of is Of.REPORT:  # type: ignore[attr-defined]
                continue
            data = {"at": "0", "act": "up", "a": "1", "b": "2", "rule": "V20"}
            status = getattr(client, method)(address_of(pattern), data).status_code
            there = expected(role, pattern, method, inspectorate)
            if status == 405 and role and act_of(pattern) in ACTS[role]:
                continue
            if (status != 404) != there or status in (403, 500):
                wrong.append((pattern.name, method, status))
    assert wrong == []


REPORT_PLACES = {"name": "summary", "at": "0", "number": "1", "suffix": "txt", "pk": "1"}


@pytest.fixture
def report_of_ansford(access: Access) -> Access:
    """A report that rests on one case."""
    said = NewReport("Serious youth violence", [CASE], "One area", "What it did", date(2026, 1, 1), None)
    Case.objects.filter(slug=CASE).update(round_name=said.round_name)
    return start_report(access.person, said)


@pytest.mark.parametrize("role", [*Role, None], ids=str)
def test_a_page_of_a_report_is_there_for_whom_it_is_meant_and_for_nobody_else(
    report_of_ansford: Access, role: Role | None
) -> None:
    somebody = person("somebody", "cqc")
    if role:
        invite(report_of_ansford, somebody.email, role)
    client, wrong = signed_in(somebody), []
    for pattern in CASE_PAGES:
        if pattern.name in ABSENT_FOR_ALL or pattern.callback.of is Of.LETTER:  # type: ignore[attr-defined]
            continue
        place = re.sub(r"<\w+:(\w+)>", lambda found: REPORT_PLACES[found[1]], str(pattern.pattern))
        there = role is not None and act_of(pattern) in ACTS[role]
        for method in ("get", "post"):
            answer = getattr(client, method)(
                f"/c/{report_of_ansford.case.slug}/{place}", {"kind": "text", "a": "1", "b": "1"}
            )
            if answer.status_code != 405 and ((answer.status_code != 404) != there or answer.status_code >= 500):
                wrong.append((pattern.name, method, answer.status_code))
    assert wrong == []


@pytest.mark.parametrize("role", Role)
def test_what_a_case_does_not_have_is_not_there_for_anybody(
    access: Access, taking_part: Callable[[Role, str], Person], role: Role
) -> None:
    client = signed_in(taking_part(role, "cqc"))
    for pattern in CASE_PAGES:
        if pattern.name in ABSENT_FOR_ALL - {"bring_back", "aside"}:
            asked = [getattr(client, method)(address_of(pattern)).status_code for method in ("get", "post")]
            assert set(asked) <= {404, 405}, pattern.name
            assert 404 in asked, pattern.name


def test_a_case_that_one_may_not_see_answers_like_one_that_is_not_there(access: Access) -> None:
    client = signed_in(person("stranger"))
    hidden, missing = client.get(f"/c/{CASE}/"), client.get("/c/nowhere-2024/")
    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert without_tokens(hidden.content) == without_tokens(missing.content)


def without_tokens(content: bytes) -> bytes:
    """Return a page without what differs each time that it is asked for."""
    return re.sub(rb'csrfmiddlewaretoken" value="[^"]+"', b"", content)


def test_a_case_is_in_no_list_of_somebody_without_a_part(access: Access) -> None:
    client = signed_in(person("stranger"))
    for place in ("/", "/cases/", "/cases/?q=ansford", "/cases/?as=csv"):
        assert b"Ansford" not in client.get(place).content


def test_a_part_that_ended_shows_nothing_any_more(access: Access, taking_part: Callable[[Role, str], Person]) -> None:
    reviewer = taking_part(Role.REVIEWER, "cqc")
    client = signed_in(reviewer)
    assert client.get(f"/c/{CASE}/letter").status_code == 200
    end_part(access, reviewer.parts.get().pk)
    assert client.get(f"/c/{CASE}/letter").status_code == 404


def test_a_reviewer_sees_the_evidence_of_her_own_inspectorate_alone(
    finding_of_ofsted: Access, taking_part: Callable[[Role, str], Person]
) -> None:
    own, other = (signed_in(taking_part(Role.REVIEWER, body)) for body in ("ofsted", "cqc"))
    assert b"CT-01" in own.get(f"/c/{CASE}/findings/S-01").content
    assert b"CT-01" not in other.get(f"/c/{CASE}/findings/S-01").content


def test_an_older_version_is_shown_to_those_alone_who_see_versions(
    access: Access, taking_part: Callable[[Role, str], Person]
) -> None:
    saved(access, "S-01", "The trust that workers earn.")
    reviewer, approver = (signed_in(taking_part(role, "cqc")) for role in (Role.REVIEWER, Role.APPROVER))
    assert b"The relationships of trust" in approver.get(f"/c/{CASE}/letter?v=1").content
    assert b"The relationships of trust" not in reviewer.get(f"/c/{CASE}/letter?v=1").content
    assert reviewer.get(f"/c/{CASE}/versions/1/letter.txt").status_code == 404
    assert reviewer.get(f"/c/{CASE}/versions/2/letter.txt").status_code == 200


def test_nobody_sees_anything_without_signing_in(access: Access) -> None:
    client = Client(headers={"host": "localhost"})
    for pattern in CASE_PAGES:
        answer = client.get(address_of(pattern))
        assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (302, "/accounts/login/")


def test_an_administrator_keeps_accounts_and_sees_no_case(access: Access) -> None:
    keeper = signed_in(person("keeper", administrator=True))
    assert keeper.get("/people/").status_code == 200
    assert keeper.get(f"/c/{CASE}/").status_code == 404
    assert signed_in(person("stranger")).get("/people/").status_code == 404


def every_pattern(patterns: list[Any]) -> Iterator[URLPattern]:
    """Yield every address of the workspace but those of the library that signs people in."""
    for found in patterns:
        if isinstance(found, URLResolver):
            if "accounts/" not in str(found.pattern):
                yield from every_pattern(found.url_patterns)
        elif "accounts/" not in str(found.pattern):
            yield found


def test_every_address_is_one_of_a_case_or_known_to_be_none() -> None:
    for pattern in every_pattern(get_resolver().url_patterns):
        if hasattr(pattern.callback, "is_outside"):
            continue
        assert hasattr(pattern.callback, "act") or pattern.name in OPEN | ADMINISTRATORS, pattern.name
