"""The report of a round in the workspace: started from its letters, written in forms, and held against them."""

import re
from datetime import date
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.test import Client

from letters.findings.finding import findings_of
from letters.findings.inspection import Inspection
from letters.web.views.report_forms import add_chapter
from letters.workspace.access import Access, case_for
from letters.workspace.models import (
    Case,
    Event,
    MadeBy,
    PackState,
    Person,
    Placing,
    Publication,
    PublicationAct,
    Unsaved,
    Version,
    VersionMember,
)
from letters.workspace.now import now
from letters.workspace.people import invite
from letters.workspace.publishing import held_back
from letters.workspace.reading import head_of, overview_of, read_version
from letters.workspace.refused import Refused
from letters.workspace.reports import writing as report_writing
from letters.workspace.reports.reading import members_of, read_report
from letters.workspace.reports.writing import NewReport
from letters.workspace.roles import Act, Role
from letters.workspace.saving import Change, save
from letters.workspace.stages import settle
from letters.workspace.starting import start
from letters.workspace.unsaved import keep_fields
from tests.conftest import ROOT
from tests.web.conftest import person, signed_in

FOLDER = ROOT / "fixtures/rounds/exploitation-and-missing-2026"
ROUND = "Exploitation and missing children 2025 to 2026"
AREAS = ("kestrow", "lindermouth", "marlowick")
DAY = date(2026, 7, 16)


@pytest.fixture
def letters(lead: Person) -> list[Access]:
    """Three inspections of a round, which one person leads."""
    change = Change(MadeBy.UPLOAD, "from a file", None, "/")
    return [start(lead, (FOLDER / f"{area}.yaml").read_text("utf-8"), change)[0] for area in AREAS]


def order(letters: list[Access], **fields: object) -> NewReport:
    """Return what somebody says of a new report."""
    usual = {"title": "Small signs", "strapline": "What three areas did", "published": DAY, "once": None}
    given = {"round_name": ROUND, "cases": [one.case.slug for one in letters], **usual, **fields}
    return NewReport(**given)  # type: ignore[arg-type]


@pytest.fixture
def report(lead: Person, letters: list[Access]) -> Access:
    """A report of three inspections, as its lead sees it."""
    return report_writing.start(lead, order(letters))


def browser(report: Access) -> Client:
    """Return the browser of whoever leads a report."""
    return signed_in(report.person)


def page(report: Access, name: str = "") -> str:
    """Return the address of a page of a report."""
    return f"/c/{report.case.slug}/report/{name}"


def text(report: Access, name: str = "") -> str:
    """Return a page of a report."""
    answer = browser(report).get(page(report, name))
    assert answer.status_code == 200, name
    return answer.content.decode()


def sent(report: Access, where: str, /, **fields: object) -> str:
    """Send a form of a report and return the page that it leads to."""
    answer = browser(report).post(page(report, where), fields, follow=True)
    assert answer.status_code == 200, answer.content.decode()[:4000]
    return answer.content.decode()


def said(report: Access) -> dict[str, object]:
    """Return what the newest version of a report says."""
    return overview_of(head_of(Case.objects.get(pk=report.case.pk))).model_dump(mode="json")


def test_a_report_begins_with_the_letters_of_its_round(report: Access) -> None:
    held = said(report)
    assert held["title"] == "Small signs"
    assert held["period"] == {"start": "2025-09-08", "end": "2025-11-07"}
    assert [one["file"] for one in held["inspections"]] == [f"{area}-2025.yaml" for area in AREAS]  # type: ignore[attr-defined]
    assert {letter.case.slug for letter in members_of(head_of(report.case)).values()} == {
        f"{area}-2025" for area in AREAS
    }
    assert "Kestrow" in text(report)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": " "}, "title"),
        ({"strapline": ""}, "strapline"),
        ({"published": None}, "published"),
        ({"cases": []}, "cases"),
    ],
)
def test_a_report_that_cannot_begin_says_what_is_missing(
    lead: Person, letters: list[Access], fields: dict[str, object], field: str
) -> None:
    with pytest.raises(Refused) as error:
        report_writing.start(lead, order(letters, **fields))
    assert field in dict(error.value.faults)
    assert not Case.objects.filter(kind="overview").exists()


def test_only_somebody_who_leads_in_the_round_starts_its_report(letters: list[Access]) -> None:
    other = person("cora", "cqc")
    for letter in letters:
        invite(letter, other.email, Role.APPROVER)
    with pytest.raises(Refused, match="Only a lead"):
        report_writing.start(other, order(letters))


def test_every_page_of_a_report_is_there_and_those_of_a_letter_are_not(report: Access) -> None:
    for name in ("", "text", "trace", "earlier", "practice", "details", "counts", "summary/", "summary/0"):
        assert "Small signs" in text(report, name)
    client = browser(report)
    for name in (
        "letter",
        "findings/",
        "details/",
        "checks/",
        "reviews/",
        "accuracy/",
        "statement/",
        "documents/",
        "file",
    ):
        assert client.get(f"/c/{report.case.slug}/{name}").status_code == 404
    for name in ("agreement/", "publication/", "versions/", "people", "history"):
        assert client.get(f"/c/{report.case.slug}/{name}").status_code == 200
    assert client.get(f"/c/{report.case.slug}/").headers["Location"] == page(report)


def test_a_letter_has_no_page_of_a_report(report: Access, letters: list[Access]) -> None:
    for name in ("", "text", "counts", "summary/"):
        assert browser(report).get(f"/c/{letters[0].case.slug}/report/{name}").status_code == 404


def test_whoever_has_no_part_in_a_report_does_not_find_it(report: Access) -> None:
    assert signed_in(person("nobody", "cqc")).get(page(report)).status_code == 404


def test_a_paragraph_says_counts_that_are_held_against_the_letters(report: Access) -> None:
    sent(report, "counts", name="voice", kind="strength", tags=["childs-voice"], of="areas")
    sent(report, "summary/0", kind="text", text="Children are heard in [two areas](count:voice).")
    stale = text(report, "counts")
    assert "Stale" in stale
    assert "It should be" in text(report)
    preview = browser(report).post(
        page(report, "preview"), {"kind": "text", "text": "In [all three areas](count:voice)."}
    )
    assert "So: voice" in preview.content.decode()
    sent(report, "summary/0", kind="text", text="Children are heard in [all three areas](count:voice).")
    assert "Stale" not in text(report, "counts")


def test_a_lesson_chooses_its_findings_by_search(report: Access) -> None:
    found = sent(report, "summary/0", kind="text", text="A lesson that is kept.", q="interviews", search="1")
    assert "A lesson that is kept." in found
    references = re.findall(r'name="rests_on" type="checkbox" value="([^"]+)"', found)
    assert references
    assert all(
        "interview" in read_report(head_of(report.case)).round.findings[name].whole.casefold() for name in references
    )
    sent(report, "summary/0", kind="text", text="A lesson that is kept.", rests_on=references[:2])
    assert said(report)["summary"] == [{"text": "A lesson that is kept.", "rests_on": references[:2]}]
    assert references[0] in text(report, "trace")


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({"kind": "heading", "heading": "Why"}, {"heading": "Why"}),
        (
            {"kind": "bullets", "text-0": "One", "rests-0": "kestrow-2025/S-01", "text-1": "", "rests-1": ""},
            {"bullets": [{"text": "One", "rests_on": ["kestrow-2025/S-01"]}]},
        ),
        ({"kind": "quote", "rests_on": "kestrow-2025/S-01"}, {"quote": "kestrow-2025/S-01", "words": None}),
        (
            {"kind": "table", "table": "matrix", "id": "themes", "caption": "Themes"},
            {"table": "matrix", "id": "themes", "caption": "Themes"},
        ),
        (
            {"kind": "chart", "chart": "agencies", "id": "who", "caption": "Who"},
            {"chart": "agencies", "id": "who", "caption": "Who"},
        ),
    ],
)
def test_each_kind_of_entry_has_a_form(report: Access, fields: dict[str, object], wanted: dict[str, object]) -> None:
    assert 'name="kind"' in text(report, f"introduction/0?kind={fields['kind']}")
    sent(report, "introduction/0", **fields)
    assert said(report)["introduction"] == [wanted]
    assert 'name="kind"' in text(report, "introduction/0")


def test_an_entry_that_cannot_be_is_said_with_its_reason_and_nothing_typed_is_lost(report: Access) -> None:
    answer = browser(report).post(
        page(report, "summary/0"), {"kind": "quote", "rests_on": "kestrow-2025/S-01", "words": "Never said."}
    )
    assert answer.status_code == 422
    assert "Never said." in answer.content.decode()
    assert said(report)["summary"] == []


def test_chapters_and_recommendations_are_added_moved_and_deleted(report: Access) -> None:
    sent(report, "chapters", act="chapter", heading="First hours", text="The first words.")
    sent(report, "chapters", act="chapter", heading="Later", text="Later words.")
    sent(report, "chapters", act="body", to="The Home Office", text="Publish it.")
    sent(report, "chapters", act="up", name="findings.later")
    held = said(report)
    assert [one["id"] for one in held["findings"]] == ["later", "first-hours"]  # type: ignore[attr-defined]
    sent(report, "findings.later/", heading="Much later")
    sent(report, "findings.later/1", kind="text", text="More words.")
    sent(report, "findings.later/", act="up", at="1")
    assert [one["text"] for one in said(report)["findings"][0]["items"]] == ["More words.", "Later words."]  # type: ignore[index]
    sent(report, "findings.later/", act="delete", at="1")
    sent(report, "chapters", act="delete", name="findings.first-hours")
    sent(report, "chapters", act="delete", name="recommendations.1")
    held = said(report)
    assert [one["heading"] for one in held["findings"]] == ["Much later"]  # type: ignore[attr-defined]
    assert held["recommendations"] == []


def test_good_practice_of_the_round_is_a_chapter(report: Access) -> None:
    form = text(report, "practice")
    chosen = re.findall(r'name="rests_on" type="checkbox" value="([^"]+)"', form)[:3]
    sent(report, "practice", rests_on=chosen)
    chapters: list[dict[str, Any]] = said(report)["findings"]  # type: ignore[assignment]
    (chapter,) = chapters
    assert chapter["heading"] == "Good practice"
    assert chapter["items"][0]["list"]["findings"] == chosen
    assert "Good practice" in text(report, "text")


def test_details_are_pairs_days_and_numbers(report: Access) -> None:
    usual = {
        "title": "Small signs",
        "strapline": "What three areas did",
        "published": "2026-07-16",
        "lead": "ofsted",
        "inspectorates": ["ofsted", "cqc"],
    }
    sent(
        report,
        "details",
        **usual,
        themes="childs-voice: Children’s voices",
        glossary="MACE: a meeting",
        **{"tracked-kestrow-2025.yaml": "7"},
    )
    held = said(report)
    assert held["themes"] == {"childs-voice": "Children’s voices"}
    assert held["glossary"] == {"MACE": "a meeting"}
    assert held["inspections"][0]["tracked"] == 7  # type: ignore[index]
    wrong = browser(report).post(page(report, "details"), {**usual, "themes": "no colon here"})
    assert wrong.status_code == 422
    assert "no colon here" in wrong.content.decode()


def test_two_people_change_different_parts_and_both_stay(report: Access) -> None:
    base = head_of(report.case)
    for name, words in (("summary", "Mine."), ("conclusion", "Theirs.")):
        wanted = overview_of(base).model_copy(deep=True)
        entry = type(wanted).model_validate({**wanted.model_dump(exclude_defaults=True), name: [words]})
        report_writing.save(report, base, entry, Change(MadeBy.FORM, name, None, "/"))
    held = said(report)
    assert held["summary"] == [{"text": "Mine.", "rests_on": []}]
    assert held["conclusion"] == [{"text": "Theirs.", "rests_on": []}]
    wanted = overview_of(base).model_copy(deep=True)
    again = type(wanted).model_validate({**wanted.model_dump(exclude_defaults=True), "summary": ["Other."]})
    with pytest.raises(Refused, match="Somebody else changed summary meanwhile"):
        report_writing.save(report, base, again, Change(MadeBy.FORM, "late", None, "/"))


def test_a_report_rests_on_its_letters_until_newer_ones_are_taken(report: Access, letters: list[Access]) -> None:
    letter = letters[0]
    before = head_of(letter.case)
    wanted = read_inspection(letter)
    next(findings_of(wanted.strengths)).text = "A strength in other words."
    save(letter, before.number, wanted, Change(MadeBy.FORM, "S-01", None, "/"))
    report.case.refresh_from_db()
    assert members_of(head_of(report.case))["kestrow-2025.yaml"].number == before.number
    assert '<td class="govuk-table__cell">Yes</td>' in text(report)
    sent(report, "newest")
    assert members_of(head_of(Case.objects.get(pk=report.case.pk)))["kestrow-2025.yaml"].number == before.number + 1
    assert '<td class="govuk-table__cell">Yes</td>' not in text(report)


def read_inspection(letter: Access) -> Inspection:
    """Return what the newest version of a letter says, to be changed."""
    return read_version(head_of(letter.case)).inspection.model_copy(deep=True)


def test_an_older_version_is_brought_back_with_its_letters(report: Access) -> None:
    sent(report, "summary/0", kind="text", text="Later words.")
    answer = browser(report).post(f"/c/{report.case.slug}/versions/1/restore", follow=True)
    assert answer.status_code == 200
    assert said(report)["summary"] == []
    assert VersionMember.objects.filter(version__case=report.case, version__number=3).count() == len(AREAS)
    assert "summary" in browser(report).get(f"/c/{report.case.slug}/compare?a=1&b=2").content.decode()


def test_agreement_to_a_report_waits_for_its_letters(report: Access) -> None:
    answer = browser(report).post(f"/c/{report.case.slug}/agreement/ask")
    assert answer.status_code == 422
    assert "Kestrow has a letter that is not agreed to yet." in answer.content.decode()


def test_a_report_is_downloaded_in_every_format_but_the_pdf_at_once(report: Access) -> None:
    for suffix in ("docx", "odt", "html", "txt"):
        answer = browser(report).get(f"/c/{report.case.slug}/versions/1/letter.{suffix}")
        assert answer.status_code == 200
        assert b"Small signs" in answer.content or suffix in ("docx", "odt")


def test_readers_of_a_report_change_nothing(report: Access) -> None:
    reader = person("hamza", "hmicfrs")
    invite(report, reader.email, Role.REVIEWER)
    client = signed_in(reader)
    assert client.get(page(report)).status_code == 200
    assert client.get(page(report, "text")).status_code == 200
    for name in ("counts", "details", "summary/", "summary/0", "practice"):
        assert client.get(page(report, name)).status_code == 404
    for name in ("newest", "chapters", "preview"):
        assert client.post(page(report, name)).status_code == 404
    assert case_for(reader, report.case.slug, Act.READ)


@pytest.mark.parametrize(
    "name", ["nothing/", "findings.nothing/", "recommendations.9/", "summary/7", "summary/0?kind=nothing"]
)
def test_places_that_a_report_has_not_are_not_found(report: Access, name: str) -> None:
    assert browser(report).get(page(report, name)).status_code == 404


def newer_letter(letter: Access, words: str = "A strength in other words.") -> None:
    """Change a strength of a letter."""
    before = head_of(letter.case)
    wanted = read_inspection(letter)
    next(findings_of(wanted.strengths)).text = words
    save(letter, before.number, wanted, Change(MadeBy.FORM, "S-01", None, "/"))


def test_bringing_a_version_back_keeps_the_newer_letters_that_somebody_else_took(
    report: Access, letters: list[Access]
) -> None:
    sent(report, "summary/0", kind="text", text="Later words.")
    opened = head_of(report.case)
    newer_letter(letters[0])
    sent(report, "newest")
    browser(report).post(f"/c/{report.case.slug}/versions/1/restore", {"base": opened.number})
    held = members_of(head_of(Case.objects.get(pk=report.case.pk)))
    assert held["kestrow-2025.yaml"].number == 2


def test_two_people_who_took_different_letters_are_told(report: Access, letters: list[Access]) -> None:
    base = head_of(report.case)
    newer_letter(letters[0])
    sent(report, "newest")
    mine = members_of(base) | {"marlowick-2025.yaml": head_of(letters[0].case)}
    with pytest.raises(Refused, match="Somebody else took other letters"):
        report_writing.save(report, base, overview_of(base), Change(MadeBy.FORM, "late", None, "/"), mine)


def test_letters_with_like_ids_are_both_in_the_report(letters: list[Access]) -> None:
    case = Case(slug="kest_2025")
    taken = {report_writing.file_of(case, ())}
    assert taken == {"kest-2025.yaml"}
    assert report_writing.file_of(Case(slug="kest-2025"), taken) == "kest-2025-2.yaml"


def test_a_report_is_of_a_round(lead: Person, letters: list[Access]) -> None:
    with pytest.raises(Refused, match="Choose the round"):
        report_writing.start(lead, order(letters, round_name=""))


def on_the_record(letter: Access, act: PublicationAct) -> Publication:
    """Have something done with the newest words of a letter on the public record."""
    version = head_of(letter.case)
    held = Publication.objects.create(
        case=letter.case,
        number=letter.case.publications.count() + 1,
        act=act,
        version=version,
        words=version.words,
        day=DAY,
        person=letter.person,
        at=now(),
        state=PackState.MADE,
    )
    settle(letter.case)
    return held


def test_a_letter_that_was_withdrawn_bears_no_report(report: Access, letters: list[Access]) -> None:
    held = on_the_record(letters[0], PublicationAct.PUBLISH)
    assert "Kestrow" not in read_report(head_of(report.case)).open_areas
    assert ">Published<" in text(report)
    on_the_record(letters[0], PublicationAct.WITHDRAW)
    assert "Kestrow" in read_report(head_of(report.case)).open_areas
    assert ">Withdrawn<" in text(report)
    assert held.words


def test_words_that_were_published_do_not_make_newer_ones_published(report: Access, letters: list[Access]) -> None:
    on_the_record(letters[0], PublicationAct.PUBLISH)
    newer_letter(letters[0])
    base = head_of(report.case)
    members = members_of(base) | {"kestrow-2025.yaml": head_of(letters[0].case)}
    report_writing.save(report, base, overview_of(base), Change(MadeBy.FORM, "newer", None, "/"), members)
    assert ">Published<" not in text(report)


def test_what_holds_a_report_back_follows_its_letters(report: Access, letters: list[Access]) -> None:
    head = head_of(report.case)
    assert sum("not agreed to" in one.message for one in held_back(report.case, head, DAY)) == len(AREAS)
    on_the_record(letters[0], PublicationAct.PUBLISH)
    assert sum("not agreed to" in one.message for one in held_back(report.case, head, DAY)) == len(AREAS) - 1


def test_a_report_gives_the_address_that_counts_now(report: Access, letters: list[Access]) -> None:
    held = on_the_record(letters[0], PublicationAct.PUBLISH)
    for body, address in (("cqc", "cqc"), ("ofsted", "wrong"), ("ofsted", "right")):
        Placing.objects.create(
            publication=held,
            inspectorate=body,
            address=f"https://letters.example/{address}",
            person=report.person,
            at=now(),
        )
    sent(report, "newest")
    assert said(report)["inspections"][0]["letter"] == "https://letters.example/right"  # type: ignore[index]


def test_drafts_of_letters_are_shown_to_those_alone_who_have_a_part_in_them(
    report: Access, letters: list[Access]
) -> None:
    words = " ".join(next(findings_of(read_inspection(letters[0]).strengths)).text.split())
    name = f"kestrow-2025/{next(findings_of(read_inspection(letters[0]).strengths)).id}"
    sent(report, "summary/0", kind="text", text="Something.", rests_on=[name])
    other = person("petra", "hmiprobation")
    invite(report, other.email, Role.LEAD)
    hers = Access(report.case, other, frozenset({Role.LEAD}))
    for where in ("trace", "practice"):
        assert words in text(report, where)
        assert words not in text(hers, where)
    assert name in text(hers, "trace")
    search = {"kind": "text", "text": "x", "q": words.split()[-1].strip("."), "search": "1", "rests_on": [name]}
    assert words in sent(report, "summary/0", **search)
    assert words not in sent(hers, "summary/0", **search)
    on_the_record(letters[0], PublicationAct.PUBLISH)
    assert words in text(hers, "trace")


def test_the_record_of_a_report_holds_nothing_that_somebody_wrote(report: Access) -> None:
    sent(report, "chapters", act="chapter", heading="Secretword", text="Secretword.")
    sent(report, "findings.secretword/0", kind="text", text="Secretword too.")
    sent(report, "findings.secretword/", heading="Secretword again")
    notes = Version.objects.filter(case=report.case).values_list("note", flat=True)
    assert not any("secretword" in note.lower() for note in notes)
    assert not any("Secretword" in event.data for event in Event.objects.filter(chain=report.case.slug))


def test_a_chapter_that_somebody_wrote_is_not_replaced_by_good_practice(report: Access) -> None:
    sent(report, "chapters", act="chapter", heading="Good practice", text="My own words.")
    chosen = re.findall(r'name="rests_on" type="checkbox" value="([^"]+)"', text(report, "practice"))[:2]
    for _ in range(2):
        sent(report, "practice", rests_on=chosen)
    chapters: list[dict[str, Any]] = said(report)["findings"]  # type: ignore[assignment]
    assert [chapter["id"] for chapter in chapters] == ["good-practice", "good-practice-2"]
    assert chapters[0]["items"][0]["text"] == "My own words."


def refused(report: Access, where: str, /, **fields: object) -> str:
    """Send a form of a report that cannot be taken, and return it as it is shown again."""
    answer = browser(report).post(page(report, where), fields)
    assert answer.status_code == 422
    return answer.content.decode()


def test_a_second_count_of_a_name_does_not_replace_the_first(report: Access) -> None:
    sent(report, "counts", was="", name="voice", of="areas", tags=["childs-voice"])
    before = said(report)["counts"]
    assert "There is a count of this name already" in refused(report, "counts", was="", name="voice", of="findings")
    assert said(report)["counts"] == before
    sent(report, "counts", was="voice", name="voice", of="findings", tags=["childs-voice"])
    assert said(report)["counts"] != before


def test_a_refused_form_of_details_keeps_everything_typed(report: Access) -> None:
    typed = {"glossary": "MACE: a meeting\nMACE: another", "tracked-kestrow-2025.yaml": "777", "title": "T"}
    again = refused(report, "details", **typed)
    assert "stands there twice" in again
    assert 'value="777"' in again
    assert "MACE: another" in again
    assert 'value="lots"' in refused(report, "details", **{"tracked-kestrow-2025.yaml": "lots"})


def test_a_refused_heading_is_shown_as_it_was_typed(report: Access) -> None:
    sent(report, "chapters", act="chapter", heading="Coming home", text="Words.")
    opened = head_of(Case.objects.get(pk=report.case.pk)).number
    sent(report, "findings.coming-home/", heading="Coming back")
    again = refused(report, "findings.coming-home/", heading="Home again", base=opened)
    assert 'value="Home again"' in again


def test_a_form_that_was_kept_is_forgotten_once_it_is_taken(report: Access) -> None:
    kept = keep_fields(report.person, page(report, "summary/0"), {"text": ["Words."]})
    sent(report, "summary/0", kind="text", text="Words.", kept=str(kept.key))
    assert not Unsaved.objects.exists()


def test_a_hundred_chapters_can_have_headings_in_another_script(report: Access) -> None:
    data: dict[str, Any] = {"findings": [{"id": "chapter"}, *({"id": f"chapter-{n}"} for n in range(2, 100))]}
    add_chapter(data, QueryDict(urlencode({"heading": "漢字", "text": "Words."})))
    assert data["findings"][-1]["id"] == "chapter-100"
