"""Every page answers the lead of a case, whole and without a fault."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from letters.workspace.access import Access
from letters.workspace.models import Case, Part, Version
from letters.workspace.now import now
from letters.workspace.roles import Role
from tests.web.conftest import CASE

PAGES = (
    "/",
    "/cases/",
    "/cases/?q=ans&kind=joint",
    "/cases/new",
    "/cases/new/questions",
    "/help/",
    "/accounts/2fa/",
    *(
        f"/c/{CASE}/{place}"
        for place in (
            "",
            "letter",
            "letter?gate=publication",
            "findings/",
            "findings/?scope=leadership&agency=police&issue=1",
            "findings/S-01",
            "findings/R-01",
            "findings/add/strengths",
            "findings/add/recommendations",
            "findings/add/case_studies",
            "findings/S-01/withdraw",
            "details/",
            "details/area",
            "details/partnership",
            "details/round",
            "details/next-steps",
            "details/publication",
            "details/layout",
            "details/inspectorates",
            "details/switches",
            "details/dates",
            "details/wording",
            "details/footnotes",
            "details/replace?words=Ansford&by=Exmere",
            "details/list/agencies/",
            "details/list/agencies/0",
            "details/list/addressees/0",
            "details/list/signatories/4",
            "file",
            "file?as=yaml",
            "versions/",
            "versions/1/letter.docx",
            "versions/1/letter.txt",
            "versions/1/letter.odt",
            "versions/1/letter.html",
            "compare?a=1&b=1",
            "checks/",
            "checks/?gate=publication",
            "checks/set-aside?rule=V20&where=letter",
            "people",
            "history",
        )
    ),
)


@pytest.mark.parametrize("place", PAGES)
def test_a_page_answers(client: Client, access: Access, place: str) -> None:
    answer = client.get(place)
    assert answer.status_code == 200
    assert b"Undefined" not in answer.content


def test_a_long_list_asks_the_database_no_more_than_a_short_one(
    client: Client, access: Access, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    head = access.case.versions.get()
    for number in range(60):
        case = Case.objects.create(
            slug=f"case-{number}", title=f"Area {number}", theme="neglect", kind="joint", created_at=now(), head=1
        )
        Version.objects.create(
            case=case,
            number=1,
            text=head.text,
            words="",
            engine="1",
            made_by="upload",
            note="",
            person=access.person,
            at=now(),
        )
        Part.objects.create(case=case, person=access.person, role=Role.LEAD, since=now())
    with django_assert_max_num_queries(12):
        page = client.get("/cases/?page=2").content.decode()
    assert page.count("Area ") == 25
    with django_assert_max_num_queries(12):
        client.get(f"/c/{CASE}/letter")
