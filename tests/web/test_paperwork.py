"""Documents around a letter in the browser: filled in part by part, looked at, made, and noted as sent."""

import pytest
from django.test import Client
from pydantic import BaseModel

from letters.process.kinds import KINDS
from letters.process.record import (
    AuditedChild,
    AuditRequest,
    Call,
    Contact,
    Meeting,
    Said,
    TeamMember,
    read_record,
)
from letters.web import process_parts
from letters.workspace import paperwork, process_facts
from letters.workspace.access import Access
from letters.workspace.artefacts import DOCUMENT, make, wanted
from letters.workspace.keeping import verify
from letters.workspace.models import Artefact, DocumentSent, ProcessDocument, ProcessFact
from letters.workspace.process_facts import PARTS, record_of
from letters.workspace.reading import head_of, read_version
from letters.workspace.refused import Refused
from tests.conftest import ROOT

HERE = "/c/ansford-2024/documents/"
TEXT = (ROOT / "fixtures/ansford/process.yaml").read_text("utf-8")
DATA = read_record(TEXT, "process.yaml").model_dump(mode="json", exclude_none=True, exclude_defaults=True)
CONTACT = {"role-0": "dcs", "name-0": "Ada", "body-0": "The council", "telephone-0": "01632 960 001"}


def filled(access: Access) -> None:
    """Fill in every part as the process file of a fixture has it."""
    for part, names in PARTS.items():
        process_facts.save_part(access, part, {name: DATA.get(name) for name in names}, "", None, "/")


def as_form(access: Access, part: str) -> dict[str, list[str]]:
    """Return the form of a part as a browser sends it back unchanged."""
    form = process_parts.PARTS[part]
    held = process_facts.facts_of(access.case)[part]
    contacts = [(one.id, one.name) for one in record_of(access.case).contacts]
    inspection = read_version(head_of(access.case)).inspection
    shown = process_parts.shown(form, held.data, inspection, {"contact": contacts})
    fields = [*shown.single, *(field for entry in shown.entries for field in entry)]
    sent: dict[str, list[str]] = {"seen": [str(held.pk)], "boxes": ["1"]}
    for one in fields:
        if isinstance(one.value, bool):
            sent |= {one.field.name: ["1"]} if one.value else {}
        else:
            sent[one.field.name] = one.value if isinstance(one.value, list) else [str(one.value)]
    return {name: values for name, values in sent.items() if values}


@pytest.mark.parametrize(
    ("part", "model"),
    [
        ("contacts", Contact),
        ("team", TeamMember),
        ("meetings", Meeting),
        ("calls", Call),
        ("request", AuditRequest),
        ("audit", AuditedChild),
        ("feedback", Said),
    ],
)
def test_a_form_has_everything_that_a_process_file_can_say(part: str, model: type[BaseModel]) -> None:
    form = process_parts.PARTS[part]
    assert {field.name for field in form.entries or form.single} == set(model.model_fields)


@pytest.mark.parametrize("part", PARTS)
def test_a_part_that_is_sent_back_unchanged_says_the_same(access: Access, client: Client, part: str) -> None:
    filled(access)
    before = record_of(access.case)
    answer = client.post(f"{HERE}part/{part}", as_form(access, part))
    assert answer.status_code == 302, answer.content.decode()
    assert ProcessFact.objects.count() == len(PARTS) + 1
    assert record_of(access.case) == before


def test_what_is_filled_in_says_what_the_process_file_says(access: Access) -> None:
    filled(access)
    whole = read_record(TEXT, "process.yaml")
    assert record_of(access.case) == whole.model_copy(update={"statement": None})


def test_a_new_contact_gets_an_id_that_no_other_has(access: Access, client: Client) -> None:
    client.post(f"{HERE}part/contacts", {**CONTACT, "role-1": "agency", "name-1": "Ben", "body-1": "The police"})
    names = [one.id for one in record_of(access.case).contacts]
    assert len(set(names)) == 2
    seen = process_facts.facts_of(access.case)["contacts"].pk
    kept = {"id-0": names[1], "role-0": "agency", "name-0": "Ben", "body-0": "The police"}
    client.post(f"{HERE}part/contacts", {**kept, "role-1": "dcs", "name-1": "Cy", "body-1": "X", "seen": str(seen)})
    now = [one.id for one in record_of(access.case).contacts]
    assert now[0] == names[1]
    assert now[1] not in names


def test_a_contact_whom_somebody_called_stays(access: Access, client: Client) -> None:
    filled(access)
    contacts = [one for one in DATA["contacts"] if one["id"] != "dcs"]
    seen = str(process_facts.facts_of(access.case)["contacts"].pk)
    with pytest.raises(Refused, match="Rosalind Thackwray is in the log of calls"):
        process_facts.save_part(access, "contacts", {"contacts": contacts}, seen, None, "/")


def test_more_entries_than_a_list_can_have_are_refused(access: Access, client: Client) -> None:
    many = {f"{name}-{at}": "ofsted" for name in ("name", "inspectorate") for at in range(process_parts.MOST + 1)}
    answer = client.post(f"{HERE}part/team", many)
    assert answer.status_code == 422
    assert not ProcessFact.objects.exists()


def test_no_document_says_that_the_words_are_final_before_they_are(access: Access, client: Client) -> None:
    filled(access)
    addressee = read_version(head_of(access.case)).inspection.addressees[0].id
    for kind, whom in (("pre-publication-letter", addressee), ("embargo-note", ""), ("web-notice", "ofsted")):
        assert client.post(f"{HERE}{kind}", {"for": whom, "on": "2024-07-01"}).status_code == 422
    assert not ProcessDocument.objects.exists()


def test_what_cannot_be_so_is_said_at_its_field_and_nothing_typed_is_lost(access: Access, client: Client) -> None:
    answer = client.post(f"{HERE}part/meetings", {"kind-0": "set_up", "day-0": "2024-05-20", "at-0": "half past nine"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#at-0"' in page
    assert "half past nine" in page
    assert not ProcessFact.objects.exists()


def test_two_who_fill_in_the_same_part_do_not_overwrite_each_other(access: Access, client: Client) -> None:
    client.post(f"{HERE}part/contacts", CONTACT)
    answer = client.post(f"{HERE}part/contacts", {**CONTACT, "name-0": "Zoe"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "changed this meanwhile" in page
    assert "Zoe" in page
    assert record_of(access.case).contacts[0].name == "Ada"


def test_the_list_says_what_each_document_lacks_and_where_it_is_made(access: Access, client: Client) -> None:
    page = client.get(HERE).content.decode()
    assert "Missing: contacts: whom to call and write to; team: the inspectors." in page
    assert 'href="/c/ansford-2024/accuracy/"' in page
    filled(access)
    page = client.get(HERE).content.decode()
    assert "V36" in page
    assert "Dr Helena Quarrington was not called." in page


@pytest.mark.parametrize(
    "kind", [kind for kind in KINDS if kind not in (*paperwork.ELSEWHERE, *paperwork.FINAL, "web-notice")]
)
def test_a_document_is_looked_at_made_fetched_and_noted_as_sent(access: Access, client: Client, kind: str) -> None:
    filled(access)
    shown = client.get(f"{HERE}{kind}").content.decode()
    assert "Make it" in shown
    shelf = paperwork.shelf_of(access.case, kind)
    whom = shelf.recipients[-1][0] if shelf.recipients else ""
    client.post(f"{HERE}{kind}", {"for": whom, "on": "2024-05-03"})
    row = ProcessDocument.objects.get()
    client.post(f"{HERE}made/{row.number}/sent", {"to": "The director", "on": "2024-05-03"})
    assert DocumentSent.objects.get().to == "The director"
    for suffix in ("docx", "html", "odt", "txt"):
        assert client.get(f"{HERE}made/1.{suffix}").status_code == 200
    assert list(verify(access.case.slug)) == []


def test_a_document_stays_as_it_was_made_whatever_is_changed_later(access: Access, client: Client) -> None:
    filled(access)
    client.post(f"{HERE}notification", {"for": "dcs", "on": "2024-05-03"})
    before = client.get(f"{HERE}made/1.txt").content
    seen = process_facts.facts_of(access.case)["team"].pk
    process_facts.save_part(access, "team", {"team": [{"name": "X", "inspectorate": "cqc"}]}, str(seen), None, "/")
    assert client.get(f"{HERE}made/1.txt").content == before
    made = wanted(access.case, head_of(access.case), f"{DOCUMENT}{ProcessDocument.objects.get().pk}")
    make(made.pk)
    assert Artefact.objects.get(pk=made.pk).state == Artefact.MADE


def test_a_document_that_lacks_something_is_not_made(access: Access, client: Client) -> None:
    assert client.get(f"{HERE}notification").status_code == 200
    assert client.post(f"{HERE}notification", {"on": "2024-05-03"}).status_code == 422
    assert client.post(f"{HERE}statement-template", {"on": "some day"}).status_code == 422
    assert not ProcessDocument.objects.exists()


def test_what_the_joint_audit_agreed_on_stands_beside_the_findings_it_bears_on(access: Access, client: Client) -> None:
    filled(access)
    assert (
        "the plan was not followed when the worker left" in client.get("/c/ansford-2024/findings/S-01").content.decode()
    )
    assert "joint audit" not in client.get("/c/ansford-2024/findings/S-02").content.decode()


def test_words_that_look_like_markup_stay_words(access: Access, client: Client) -> None:
    client.post(f"{HERE}part/contacts", {**CONTACT, "name-0": "<b>Ada</b> {{ x }}"})
    page = client.get(f"{HERE}call-script").content.decode()
    assert "&lt;b&gt;Ada&lt;/b&gt; {{ x }}" in page
    assert "<b>Ada" not in page


def test_an_odd_form_of_a_part_is_answered_by_a_page(client: Client) -> None:
    for part in PARTS:
        fields = {f"{name}-{at}": "²\u202e" for name in ("id", "role", "day", "at", "contributions") for at in (0, 59)}
        answer = client.post(f"{HERE}part/{part}", {**fields, "children": "x", "return_by": "x", "seen": "x"})
        assert answer.status_code in (302, 422), part
