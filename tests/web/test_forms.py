"""Forms: what is typed is saved, what cannot be saved is said at its field, and nothing that was typed is lost."""

import re
from time import time
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from letters.findings import editing
from letters.findings.inspection import Inspection
from letters.web.middleware import SEEN
from letters.workspace.access import Access
from letters.workspace.models import Case, Person, SetAside, Unsaved
from letters.workspace.reading import head_of, read_version, text_of
from letters.workspace.unsaved import keep_fields
from tests.web.conftest import CASE, person, signed_in
from tests.workspace.test_saving import saved

HERE = f"/c/{CASE}"
OURS = {"Origin": "http://localhost:8000"}


def now(access: Access) -> Inspection:
    """Return the case as it is now."""
    return read_version(head_of(access.case)).inspection


def entry(access: Access, name: str) -> Any:
    """Return a finding as it is now."""
    return editing.place_of(now(access), name).entry


def form_of(page: str) -> dict[str, list[str]]:
    """Return what a browser would send of the big form of a page that nobody touched."""
    inner = max(re.findall(r"<form[^>]*>(.*?)</form>", page, re.DOTALL), key=len)
    found: dict[str, list[str]] = {}
    for name, words in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', inner, re.DOTALL):
        found.setdefault(name, []).append(unescaped(words.removeprefix("\n")))
    for tag in re.findall(r"<input[^>]*>", inner):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and not ('type="checkbox"' in tag and " checked" not in tag):
            found.setdefault(name[1], []).append(unescaped(value[1]) if value else "")
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', inner, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options) or re.search(
            r'<option value="([^"]*)"', options
        )
        found[name] = [unescaped(chosen[1])] if chosen else []
    return found


def unescaped(words: str) -> str:
    """Return words of a page as they are read."""
    from html import unescape

    return unescape(words)


FORMS = [
    *(f"{HERE}/findings/{name}" for name in ("H-01", "S-01", "R-01", "R-05", "M-01", "C-01")),
    *(f"{HERE}/details/{name}" for name in ("area", "partnership", "round", "next-steps", "publication", "layout")),
    *(f"{HERE}/details/{name}" for name in ("inspectorates", "switches", "wording", "footnotes")),
    *(f"{HERE}/details/list/{name}" for name in ("agencies/0", "agencies/9", "addressees/0", "signatories/0")),
]


@pytest.mark.parametrize("place", FORMS)
def test_a_form_that_nobody_touched_changes_nothing(client: Client, access: Access, place: str) -> None:
    before = text_of(head_of(access.case))
    answer = client.post(place, form_of(client.get(place).content.decode()))
    assert answer.status_code == 302
    assert text_of(head_of(access.case)) == before
    assert Case.objects.get().head == 1


def test_every_field_of_a_finding_is_saved(client: Client, access: Access) -> None:
    given = {
        "text": "The trust that workers earn.",
        "impact": "Children feel safe.",
        "points-0": "at home",
        "points-1": "",
        "points-2": "at school",
        "scope": "leadership",
        "agencies": ["council", "police"],
        "inspectorates": ["cqc"],
        "tags": "trust\nsafety",
        "evidence": "CT-09",
        "note": "Ask again.",
    }
    client.post(f"{HERE}/findings/S-01", given)
    found = entry(access, "S-01")
    assert (found.text, found.impact, found.scope) == (
        "The trust that workers earn.",
        "Children feel safe.",
        "leadership",
    )
    assert [point.text for point in found.points] == ["at home", "at school"]
    assert (found.agencies, found.inspectorates) == (["council", "police"], ["cqc"])
    assert (found.tags, found.evidence, found.note) == (["trust", "safety"], ["CT-09"], "Ask again.")


def test_a_recommendation_is_for_everyone_or_for_named_agencies(client: Client, access: Access) -> None:
    given = {"priority": "improvement", "text": "The timeliness of decisions.", "target": ["police"]}
    client.post(f"{HERE}/findings/R-05", given)
    assert entry(access, "R-05").target == ["police"]
    client.post(f"{HERE}/findings/R-05", {**given, "everyone": "1"})
    assert entry(access, "R-05").target == "partnership"


@pytest.mark.parametrize(
    ("place", "given", "field", "said"),
    [
        ("findings/S-01", {"text": ""}, "text", "Text: enter it"),
        ("findings/S-01", {"text": "A.", "scope": "king"}, "scope", "Scope area"),
        ("findings/add/strengths", {"text": ""}, "text", "Text: enter it"),
        ("details/area", {"name": ""}, "name", "Name: enter it"),
        ("details/next-steps", {"email": "nobody"}, "email", "name@example.org"),
        ("details/list/agencies/0", {"id": "1x", "type": "police", "name": "P"}, "id", "Id"),
        ("details/list/addressees/9", {"name": ""}, "name", "Name: enter it"),
    ],
)
def test_what_cannot_be_saved_is_said_at_its_field(
    client: Client, access: Access, place: str, given: dict[str, str], field: str, said: str
) -> None:
    answer = client.post(f"{HERE}/{place}", given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Error: " in page
    assert f'<a href="#{field}">' in page
    assert said in unescaped(page)
    assert f'id="{field}-error"' in page
    assert Case.objects.get().head == 1


def test_what_was_typed_stays_in_a_form_that_cannot_be_saved(client: Client, access: Access) -> None:
    page = client.post(f"{HERE}/findings/S-01", {"text": "Kept.", "scope": "king", "note": "Mine."}).content.decode()
    assert form_of(page)["text"] == ["Kept."]
    assert form_of(page)["note"] == ["Mine."]


def test_dates_show_what_follows_before_they_are_saved(client: Client, access: Access) -> None:
    given = {"start": "2024-05-20", "end": "2024-05-24", "letter": "2024-07-12", "received": "2024-07-04"}
    page = client.post(f"{HERE}/details/dates", {**given, "look": "1"}).content.decode()
    assert "12\N{NO-BREAK SPACE}July\N{NO-BREAK SPACE}2024" in page
    assert "Agreements already given would no longer count." in page
    assert "11 October 2024" in page
    assert Case.objects.get().head == 1
    client.post(f"{HERE}/details/dates", {**given, "save": "1"})
    assert now(access).dates.letter.isoformat() == "2024-07-12"


def test_dates_that_cannot_be_are_said_at_their_fields(client: Client, access: Access) -> None:
    given = {"start": "2024-05-24", "end": "2024-05-20", "letter": "soon"}
    answer = client.post(f"{HERE}/details/dates", {**given, "save": "1"})
    page = unescaped(answer.content.decode())
    assert answer.status_code == 422
    assert "fieldwork ends before it starts" in page
    assert "soon is not a date" in page or "'soon' is not a date" in page


def test_an_agency_that_is_referred_to_is_not_removed(client: Client, access: Access) -> None:
    answer = client.post(f"{HERE}/details/list/agencies/", {"at": "0", "act": "remove"})
    assert answer.status_code == 422
    assert "is still named at" in answer.content.decode()


def test_entries_are_moved_and_added(client: Client, access: Access) -> None:
    client.post(f"{HERE}/details/list/agencies/", {"at": "1", "act": "up"})
    assert now(access).agencies[0].id == "icb"
    client.post(
        f"{HERE}/details/list/agencies/10", {"id": "cafcass", "type": "cafcass", "name": "Cafcass", "inspected": "1"}
    )
    assert now(access).agencies[-1].name == "Cafcass"


def test_standing_words_are_worded_otherwise_and_left_out(client: Client, access: Access) -> None:
    client.post(
        f"{HERE}/details/wording", {"own-oversight": "The partners oversee the actions.", "out-recipients": "1"}
    )
    assert now(access).wording == {"oversight": "The partners oversee the actions.", "recipients": None}
    client.post(f"{HERE}/details/wording", {})
    assert now(access).wording == {}


def test_words_are_replaced_at_the_chosen_places(client: Client, access: Access) -> None:
    page = client.post(f"{HERE}/details/replace", {"words": "youth workers", "by": "outreach workers"}).content.decode()
    places = re.findall(r'name="place" value="([^"]+)"', page)
    assert len(places) > 3
    given = {"words": "youth workers", "by": "outreach workers", "place": places[:2], "replace": "1"}
    client.post(f"{HERE}/details/replace", given)
    assert text_of(head_of(access.case)).count("outreach") == 2


@pytest.mark.parametrize(
    ("place", "given", "words"),
    [
        ("findings/S-01", {"text": "Typed for an hour.", "agencies": ["police"]}, "Typed for an hour."),
        ("details/area", {"name": "Ansford upon Corrin"}, "Ansford upon Corrin"),
        ("details/wording", {"own-oversight": "The partners oversee it."}, "The partners oversee it."),
        ("checks/set-aside", {"rule": "V30", "where": "", "reason": "It is a quotation."}, "It is a quotation."),
    ],
)
def test_what_was_typed_when_a_session_ended_is_sent_again_after_signing_in(
    client: Client, access: Access, lead: Person, settings: Settings, place: str, given: dict[str, Any], words: str
) -> None:
    session = client.session
    session[SEEN] = int(time()) - settings.IDLE_SECONDS - 1
    session.save()
    answer = client.post(f"{HERE}/{place}", given, headers=OURS)
    kept = Unsaved.objects.get()
    assert answer.headers["Location"] == f"/accounts/login/?next=%2Fkept%2F{kept.key}"
    again = signed_in(lead)
    assert f"/kept/{kept.key}" in again.get("/").content.decode()
    page = again.get(f"/kept/{kept.key}").content.decode()
    assert words in unescaped(page)
    assert again.post(f"{HERE}/{place}", form_of(page)).status_code == 302
    assert words in text_of(head_of(access.case)) or SetAside.objects.filter(reason=words).exists()


def test_what_was_typed_without_any_session_is_kept_until_somebody_signs_in(access: Access, lead: Person) -> None:
    client = signed_in(lead)
    client.get("/")
    del client.cookies["session"]
    answer = client.post(f"{HERE}/findings/S-01", {"text": "Typed for an hour."}, headers=OURS)
    assert answer.headers["Location"] == "/accounts/login/?next=/kept/"
    client.force_login(lead)
    shown = client.get(client.get("/kept/").headers["Location"]).content.decode()
    assert "Typed for an hour." in shown


def test_what_somebody_typed_without_a_session_is_shown_to_nobody_else(access: Access, lead: Person) -> None:
    client = signed_in(lead)
    client.get("/")
    del client.cookies["session"]
    client.post(f"{HERE}/findings/S-01", {"text": "Typed for an hour."}, headers=OURS)
    client.force_login(person("ines"))
    assert client.get("/kept/").headers["Location"] == "/"
    assert not Unsaved.objects.exists()


def test_another_site_plants_no_form_in_a_session_that_ended(client: Client, settings: Settings) -> None:
    session = client.session
    session[SEEN] = int(time()) - settings.IDLE_SECONDS - 1
    session.save()
    client.post(f"{HERE}/people", {"email": "x@y.example", "role": "lead"}, headers={"Origin": "https://evil.example"})
    assert not Unsaved.objects.exists()


def test_nobody_else_is_shown_what_was_kept(client: Client) -> None:
    kept = keep_fields(person("ines"), "/", {"text": ["Hers."]})
    assert client.get(f"/kept/{kept.key}").status_code == 404
    assert "Hers." not in client.get("/").content.decode()


def test_an_old_form_of_our_own_is_kept_and_one_of_another_site_is_not(lead: Person, access: Access) -> None:
    client = Client(headers={"host": "localhost"}, enforce_csrf_checks=True)
    client.force_login(lead)
    here, other = ({"Origin": origin} for origin in ("http://localhost:8000", "https://elsewhere.example"))
    assert client.post(f"{HERE}/findings/S-01", {"text": "Mine."}, headers=here).status_code == 302
    assert client.post(f"{HERE}/findings/S-01", {"text": "Theirs."}, headers=other).status_code == 403
    assert [row.fields["form"]["text"] for row in Unsaved.objects.all()] == [["Mine."]]


def test_a_session_rests_for_half_an_hour_at_most(client: Client, settings: Settings) -> None:
    session = client.session
    session[SEEN] = int(time()) - settings.IDLE_SECONDS - 1
    session.save()
    assert client.get(f"{HERE}/letter").headers["Location"].startswith("/accounts/login/")


def test_a_correction_is_made_one_by_one(client: Client, access: Access) -> None:
    saved(access, "S-01", "The trust , that  workers earn.")
    page = client.get(f"{HERE}/checks/").content.decode()
    chosen = [unescaped(key) for key in re.findall(r'name="issue" value="(V[^"]+)"', page)]
    assert len(chosen) == 2
    client.post(f"{HERE}/checks/correct", {"issue": chosen[0]})
    assert entry(access, "S-01").text in ("The trust , that workers earn.", "The trust, that  workers earn.")
    client.post(f"{HERE}/checks/correct", {"issue": "all"})
    assert entry(access, "S-01").text == "The trust, that workers earn."


def test_setting_aside_asks_for_a_reason(client: Client, access: Access) -> None:
    answer = client.post(f"{HERE}/checks/set-aside", {"rule": "V30", "where": "footnotes.needs", "reason": ""})
    assert answer.status_code == 422
    client.post(f"{HERE}/checks/set-aside", {"rule": "V30", "where": "footnotes.needs", "reason": "It is a quotation."})
    assert "It is a quotation." in client.get(f"{HERE}/checks/").content.decode()


def test_the_preview_is_a_piece_of_a_page_with_the_issues_of_what_is_typed(client: Client, access: Access) -> None:
    answer = client.post(f"{HERE}/findings/S-01/preview", {"text": "The *trust* that workers organize."})
    words = answer.content.decode()
    assert "<em>trust</em>" in words
    assert "ws-issue" in words
    assert "<html" not in words
    assert Case.objects.get().head == 1


def test_words_never_become_markup(client: Client, access: Access) -> None:
    hostile = "The <script>alert(1)</script> {{ 7*7 }} trust."
    client.post(f"{HERE}/findings/S-01", {"text": hostile})
    for place in ("letter", "findings/", "findings/S-01", "checks/", "compare?a=1&b=2"):
        page = client.get(f"{HERE}/{place}").content.decode()
        assert "<script>alert" not in page
        assert "{{ 7*7 }}" in page or place in ("findings/", "checks/", "compare?a=1&b=2")


def test_an_older_version_is_restored_as_a_new_one(client: Client, access: Access) -> None:
    saved(access, "S-01", "The trust that workers earn.")
    client.post(f"{HERE}/versions/1/restore", {"base": "2"})
    assert Case.objects.get().head == 3
    assert entry(access, "S-01").text.startswith("The relationships of trust")


def test_a_writer_does_not_give_her_finding_away(access: Access, taking_part: Any) -> None:
    from letters.workspace.roles import Role

    writer = signed_in(taking_part(Role.WRITER, "cqc"))
    answer = writer.post(f"{HERE}/findings/add/strengths", {"text": "The nurses' care.", "inspectorates": ["ofsted"]})
    assert answer.status_code == 422
    writer.post(f"{HERE}/findings/add/strengths", {"text": "The care that nurses give.", "inspectorates": ["cqc"]})
    assert entry(access, "S-07").inspectorates == ["cqc"]


def test_pages_are_kept_by_no_browser_and_run_nothing_from_elsewhere(client: Client) -> None:
    answer = client.get(f"{HERE}/letter")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    page = answer.content.decode()
    assert re.findall(r"<script(?![^>]* src=)|\bstyle=|\bon[a-z]+=\"", page) == []


def test_findings_are_put_under_headings_and_taken_out_again(client: Client, access: Access) -> None:
    client.post(f"{HERE}/findings/M-03/regroup", {"group": "new", "heading": "Early help"})
    client.post(f"{HERE}/findings/M-04/regroup", {"group": "0"})
    (group,) = editing.groups(now(access), "main_findings")
    assert (group.heading, [entry.id for entry in group.items]) == ("Early help", ["M-03", "M-04"])
    client.post(f"{HERE}/findings/group/main_findings/0", {"heading": "Help that comes early", "introduction": ""})
    assert editing.groups(now(access), "main_findings")[0].heading == "Help that comes early"
    for name in ("M-03", "M-04"):
        client.post(f"{HERE}/findings/{name}/regroup", {"group": "none"})
    assert editing.groups(now(access), "main_findings") == []


def test_a_section_of_a_letters_own_is_added_and_removed_and_its_findings_are_kept(
    client: Client, access: Access
) -> None:
    given = {"id": "voices", "heading": "What children said", "after": "strengths"}
    client.post(f"{HERE}/details/list/sections/0", given)
    assert [section.heading for section in now(access).sections] == ["What children said"]
    client.post(f"{HERE}/findings/voices-01", {"text": "Children felt heard."})
    client.post(f"{HERE}/details/list/sections/", {"at": "0", "act": "remove"})
    found = now(access)
    assert found.sections == []
    assert [kept.finding.text for kept in found.withdrawn if kept.finding] == ["Children felt heard."]
