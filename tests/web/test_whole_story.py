"""A letter from five questions to the acknowledged statement, over HTTP and mail, on both databases."""

import io
import json
import re
import time
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from letters.workspace.sending import QUESTIONS
from tests.browser import Browser
from tests.conftest import ROOT
from tests.web.mails import Mails, mail_server
from tests.web.served import Served, Visitor, all_at_once, database_of, one_case, serving
from tests.web.test_keyboard import follow, to

CASE = "/c/ansford-2024"
DIRECTOR = "rosalind@council.example"
CHAIR = "ada@partnership.example"
AGENCIES = tuple(f"agency{number}@area.example" for number in range(1, 7))
DOOR = r"http://localhost:\d+(/a/[0-9a-f]{32}/)"
MADE_SECONDS = 180
CODE = r"\b\d{8}\b"
WORDS = re.compile(r"<code>(\w+)</code>")
CHANGE = re.compile(r'name="change" value="([^"]+)"')
LETTER = (ROOT / "fixtures/ansford/inspection.yaml").read_text("utf-8")
ADDED = "The way in which the partnership learns from each child who comes to harm."
TICKED = {f"check-{name}": "1" for name in QUESTIONS}
INVITED = (
    ("ines", "lead"),
    ("ines", "approver"),
    ("ines", "fa_decider"),
    ("cora", "writer"),
    ("cora", "approver"),
    ("hamza", "reviewer"),
    ("hamza", "approver"),
    ("petra", "approver"),
)


@pytest.fixture(scope="module")
def mails() -> Iterator[tuple[Mails, dict[str, str]]]:
    """A mail server, and the settings that lead to it."""
    with mail_server() as found:
        yield found


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def served(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    mails: tuple[Mails, dict[str, str]],
) -> Iterator[Served]:
    """A workspace that sends mail and does not have the case yet, on each database in turn."""
    place = tmp_path_factory.mktemp(request.param)
    mails[0].all.clear()
    with (
        database_of(request.param) as database,
        serving(place / "data", database, one_case(place, "bellmoor"), **mails[1]) as found,
    ):
        yield found


@pytest.fixture(scope="module")
def people(served: Served) -> dict[str, Visitor]:
    """The five people of the demo."""
    return {name: served.visitor(name) for name in ("quinn", "ines", "cora", "hamza", "petra")}


@pytest.fixture(scope="module")
def doors(served: Served) -> dict[str, tuple[Visitor, str]]:
    """The browsers of the area, and the address of each one's page."""
    return {}


def agreed(people: dict[str, Visitor]) -> None:
    """Let every inspectorate agree to the newest words."""
    here = f"{CASE}/agreement/"
    people["quinn"].post(f"{here}ask", page=here)
    words = WORDS.search(people["quinn"].get(here).text)[1]  # type: ignore[index]
    for name in ("cora", "hamza", "petra", "ines"):
        people[name].post(f"{here}agree", page=here, words=words, authorised="1")


def came_in(served: Served, mails: Mails, email: str) -> tuple[Visitor, str]:
    """Return the browser of somebody in the area who followed her mail and entered her code."""
    door = re.search(DOOR, mails.found(email, DOOR))[1]  # type: ignore[index]
    visitor, before = Visitor(served.address), len(mails.all)
    visitor.post(f"{door}enter", send="1")
    code = mails.found(email, CODE, before)
    inside = visitor.post(f"{door}enter", code=code)
    assert "Please check this draft" in inside.text, inside.text
    return visitor, door


def test_a_case_begins_with_five_questions_and_people_are_invited(served: Served, people: dict[str, Visitor]) -> None:
    quinn = people["quinn"]
    begun = quinn.post(
        "/cases/new/questions",
        area="Ansford",
        theme="serious youth violence",
        first_day="2024-05-20",
        last_day="2024-05-24",
        inspectorates=["ofsted", "cqc", "hmicfrs", "hmiprobation"],
        lead="ofsted",
    )
    assert "The case ansford-2024 was started" in begun.text
    assert people["cora"].get(f"{CASE}/").status_code == 404
    for name, role in INVITED:
        quinn.post(f"{CASE}/people", email=served.email(name), role=role)
    assert "ansford-2024" in people["cora"].get("/").text


def test_the_findings_of_the_week_are_given_as_a_file_and_in_forms(people: dict[str, Visitor]) -> None:
    quinn, cora = people["quinn"], people["cora"]
    looked = quinn.post(f"{CASE}/file", file=("ansford.yaml", LETTER))
    assert "changes" in looked.text
    assert "Saved as version 2." in quinn.send(f"{CASE}/file", looked.text, text=LETTER, save="1").text
    added = cora.post(f"{CASE}/findings/add/strengths", text=ADDED, impact="Practice changes.", inspectorates=["cqc"])
    assert "Saved as version 3." in added.text
    letter = quinn.get(f"{CASE}/letter").text
    assert "relationships of trust" in letter
    assert ADDED in letter


def test_inspectorates_review_it_and_what_they_wrote_is_in_the_next_version(people: dict[str, Visitor]) -> None:
    quinn, hamza, cora = people["quinn"], people["hamza"], people["cora"]
    until = (timezone.localdate() + timedelta(days=7)).isoformat()
    sent = quinn.post(f"{CASE}/reviews/send", organisations=["cqc", "hmicfrs"], last_day=until, **TICKED)
    assert "Version 3 was sent for review." in sent.text
    review = f"{CASE}/reviews/1"
    assert "no comments" in hamza.post(f"{review}/", none="1").text
    wrote = cora.post(f"{review}/write/S-03", text="The work of youth workers in hospitals.", remark="Shorter.")
    assert "What you wrote is in your copy." in wrote.text
    undecided = CHANGE.findall(quinn.get(f"{review}/changes").text)
    assert undecided
    for change in dict.fromkeys(undecided):
        quinn.post(f"{review}/changes", page=f"{review}/changes", change=change, verdict="accept")
    assert "Saved as version 4." in quinn.post(f"{review}/merge").text
    assert "The work of youth workers in hospitals." in quinn.get(f"{CASE}/letter").text


def test_only_agreed_words_go_to_the_area(people: dict[str, Visitor]) -> None:
    quinn = people["quinn"]
    form = {"name": "Ada Lovage", "email": CHAIR, "body": "The partnership", "mode": "single", "last_day": "2040-01-31"}
    early = quinn.post(f"{CASE}/accuracy/send", **form)
    assert early.status_code == 422
    assert "agrees to these very words" in early.text
    agreed(people)
    sent = quinn.post(f"{CASE}/accuracy/send", **form)
    assert "Version 4 was sent to the area." in sent.text
    assert "Not opened yet" in sent.text


def test_a_chair_invites_six_agencies_and_sees_what_each_says(
    served: Served, mails: tuple[Mails, dict[str, str]], doors: dict[str, tuple[Visitor, str]]
) -> None:
    doors[CHAIR] = came_in(served, mails[0], CHAIR)
    chair, door = doors[CHAIR]
    for number, email in enumerate(AGENCIES, start=1):
        invited = chair.post(f"{door}agencies", name=f"Person {number}", email=email, body=f"Agency {number}")
        assert "The agency is invited by mail." in invited.text
    doors |= {email: came_in(served, mails[0], email) for email in AGENCIES}

    def work(visitor: Visitor, number: int) -> None:
        door = doors[AGENCIES[number]][1]
        point = {"paragraph": "12", "kind": "wrong", "proposed": f"Words of agency {number + 1}.", "said": "We know."}
        assert "The point is kept." in visitor.post(f"{door}points/", **point).text
        assert "Your answer was submitted" in visitor.post(f"{door}check").text

    all_at_once(work, [doors[email][0] for email in AGENCIES])
    page = chair.get(f"{door}agencies").text
    assert all(f"Words of agency {number}." in page for number in range(1, 7))
    assert page.count("Others answer it too") == 6
    for email in AGENCIES:
        visitor, own = doors[email]
        assert "The partnership" not in visitor.get(f"{own}points/").text
        assert visitor.get(f"{own}agencies").status_code == 404


def test_she_takes_one_says_why_not_the_others_and_submits_once(doors: dict[str, tuple[Visitor, str]]) -> None:
    chair, door = doors[CHAIR]
    points = chair.get(f"{door}agencies").text.split('id="point-')[1:]
    others = [re.match(r"\d+", point)[0] for point in points if "Words of agency 1." not in point]  # type: ignore[index]
    assert len(others) == 5
    assert chair.post(f"{door}agencies", leave_out=others[0]).status_code == 422
    for pk in others:
        chair.post(f"{door}agencies", leave_out=pk, reason="Another agency knows it better.")
    checked = chair.get(f"{door}check").text
    assert "Submit 1 point" in checked
    for _ in range(2):
        answer = chair.send(f"{door}check", checked)
        assert "Your answer was submitted" in answer.text
    assert "You have submitted your answer" in chair.get(f"{door}check").text
    assert chair.post(f"{door}points/", paragraph="3", kind="wrong", said="Late.").status_code == 422


def test_the_lead_closes_somebody_else_decides_and_the_words_are_in_the_next_version(
    people: dict[str, Visitor],
) -> None:
    quinn, ines = people["quinn"], people["ines"]
    number = re.search(rf"{CASE}/accuracy/(\d+)/", quinn.get(f"{CASE}/accuracy/").text)[1]  # type: ignore[index]
    here = f"{CASE}/accuracy/{number}/"
    assert quinn.post(f"{here}settle", page=here).status_code == 422
    assert "The answers are closed." in quinn.post(f"{here}manage", page=here, close="1").text
    assert "Decide on 1 point of the area" in ines.get("/").text
    pk = re.search(r'name="point" value="(\d+)"', ines.get(here).text)[1]  # type: ignore[index]
    assert ines.post(f"{here}verdict", page=here, point=pk, verdict="accept", reason="").status_code == 422
    done = ines.post(f"{here}verdict", page=here, point=pk, verdict="part", words="What agencies know.", reason="Yes.")
    assert "1 of 1" in done.text
    assert "Left out by the coordinator" in done.text
    settled = quinn.post(f"{here}settle", page=here)
    assert "Version 5 has what was accepted." in settled.text
    assert "What agencies know." in quinn.get(f"{CASE}/letter").text
    assert ">Fell<" in quinn.get(f"{CASE}/agreement/").text
    assert "What agencies know." in quinn.get(f"{here}log").text


def test_everybody_who_answered_is_told_what_became_of_it(
    served: Served, mails: tuple[Mails, dict[str, str]], doors: dict[str, tuple[Visitor, str]]
) -> None:
    for email in (CHAIR, AGENCIES[0]):
        mails[0].found(email, "What became of your points")
        visitor, door = doors[email]
        outcome = visitor.get(f"{door}sent").text
        assert "What became of your points" in outcome
        assert "Accepted in part" in outcome
        assert "Ines" not in outcome
    other, door = doors[AGENCIES[1]]
    assert "What agencies know." not in other.get(f"{door}sent").text


def test_agreement_to_the_new_words_makes_them_final(people: dict[str, Visitor]) -> None:
    agreed(people)
    assert "Final words agreed" in people["quinn"].get(f"{CASE}/").text


def test_two_people_publish_it_and_each_inspectorate_takes_its_own_files(
    served: Served, people: dict[str, Visitor], tmp_path_factory: pytest.TempPathFactory
) -> None:
    quinn, ines, hamza = people["quinn"], people["ines"], people["hamza"]
    quinn.post(f"{CASE}/people", email=served.email("hamza"), role="publisher")
    here, aside = f"{CASE}/publication/", f"{CASE}/checks/set-aside"
    assert "V39" in quinn.get(here).text
    quinn.post(aside, page=f"{aside}?rule=V39", rule="V39", reason="The area is right about the salutation.")
    page = quinn.get(here).text
    assert "Nothing holds it back" in page, page
    day = re.search(r'name="day" type="date" value="([^"]+)"', page)[1]  # type: ignore[index]
    assert "has to confirm it" in quinn.post(f"{here}ask", page=here, act="publish", day=day).text
    assert "Confirm: publish" in ines.get("/").text
    assert "You asked for this yourself" in quinn.post(f"{here}1/confirm", page=here).text
    assert "Confirmed." in ines.post(f"{here}1/confirm", page=here).text
    until = time.monotonic() + MADE_SECONDS
    while "are being made" in quinn.get(here).text and time.monotonic() < until:
        time.sleep(1)
    assert "Published on" in quinn.get(here).text
    assert "Put the letter on your site" in hamza.get("/").text
    files = hamza.get(f"{here}1/hmicfrs.zip")
    assert hamza.get(f"{here}1/cqc.zip").status_code == 404
    with zipfile.ZipFile(io.BytesIO(files.content)) as held:
        assert all(name.startswith("hmicfrs/") for name in held.namelist())
        assert sum(name.endswith(".pdf") for name in held.namelist()) >= 2
    placed = hamza.post(
        f"{here}1/address", page=f"{here}1/", inspectorate="hmicfrs", address="https://hmicfrs.example/a"
    )
    assert "The address is entered." in placed.text
    assert "HMICFRS" in quinn.get(here).text or "on its site" in quinn.get(here).text


def test_what_is_published_is_found_by_everybody_who_is_signed_in(people: dict[str, Visitor]) -> None:
    petra = people["petra"]
    assert "relationships of trust" in petra.get("/practice/?q=trust+relationship&kind=good").text
    assert "Nothing fits" in petra.get("/practice/?q=zebra").text
    assert petra.get("/practice/?q=%22%27+%26+%7C+%2A").status_code == 200
    assert petra.get("/practice/?as=csv").text.count("Ansford,") > 5
    assert "Published" in petra.get("/rounds/?name=Serious+youth+violence").text


def test_the_statement_is_asked_for_answered_and_acknowledged(
    served: Served, people: dict[str, Visitor], mails: tuple[Mails, dict[str, str]]
) -> None:
    quinn, here, before = people["quinn"], f"{CASE}/statement/", len(mails[0].all)
    due = (timezone.localdate() + timedelta(days=300)).isoformat()
    form = {"name": "Rosalind Thackwray", "email": DIRECTOR, "body": "The council", "last_day": due}
    assert "asked by mail" in quinn.post(f"{here}ask", page=here, **form).text
    door = re.search(DOOR, mails[0].found(DIRECTOR, DOOR, before))[1]  # type: ignore[index]
    visitor, before = Visitor(served.address), len(mails[0].all)
    visitor.post(f"{door}enter", send="1")
    inside = visitor.post(f"{door}enter", code=mails[0].found(DIRECTOR, CODE, before)).text
    action = {"what": "One body leads.", "lead": "The council", "by_when": "2030-05-01", "measure": "Children say so."}
    for name in dict.fromkeys(re.findall(r'id="(R-\d+)"', inside)):
        assert "The action is kept." in visitor.post(f"{door}statement/{name}", **action).text
    for _ in range(2):
        assert "was submitted" in visitor.post(f"{door}statement/submit", page=f"{door}statement/").text
    assert "Read the written statement of action" in quinn.get("/").text
    number = re.search(rf"{here}(\d+)/reply", quinn.get(here).text)[1]  # type: ignore[index]
    assert "The statement is acknowledged." in quinn.post(f"{here}{number}/reply", page=here, acknowledge="1").text
    assert "Statement acknowledged" in quinn.get(f"{CASE}/").text


def test_the_record_of_it_proves_itself_and_tells_nothing(served: Served, mails: tuple[Mails, dict[str, str]]) -> None:
    done = served.command("workspace", "audit", "ansford-2024", "--verify")
    assert "as it was written" in done.stdout, done.stderr
    log = served.data.with_suffix(".log").read_text()
    assert "Traceback" not in log
    assert not any(word in f"{log} {mails[0].all}" for word in ("agencies know", "Ansford", "trust"))


def test_both_databases_tell_the_same_story(served: Served, tmp_path_factory: pytest.TempPathFactory) -> None:
    lines = served.command("workspace", "audit", "ansford-2024").stdout.splitlines()
    story = [re.sub(r"^(\d+) \S+ \S+ (.*) \[\w+\]$", r"\1 \2", line) for line in lines]
    story = [re.sub(r"\w{4}-\w{4}-\w{4}$", "RECEIPT", line) for line in story]
    kept: Path = tmp_path_factory.getbasetemp() / "whole_story.json"
    if kept.is_file():
        assert json.loads(kept.read_text()) == story
    kept.write_text(json.dumps(story))
    assert len(story) > 50


def test_a_chair_answers_with_the_keyboard_alone(
    mails: tuple[Mails, dict[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = tmp_path_factory.mktemp("keyboard")
    with serving(place / "data", demo=one_case(place), **mails[1]) as served:
        found = {name: served.visitor(name) for name in ("quinn", "ines", "cora", "hamza", "petra")}
        for name in ("hamza", "ines"):
            found["quinn"].post(f"{CASE}/people", email=served.email(name), role="approver")
        agreed(found)
        before = len(mails[0].all)
        form = {"name": "Ada Lovage", "email": "ada@keys.example", "body": "The partnership", "mode": "single"}
        found["quinn"].post(f"{CASE}/accuracy/send", **form, last_day="2040-01-31")
        door = re.search(DOOR, mails[0].found("ada@keys.example", DOOR, before))[1]  # type: ignore[index]
        browser = Browser(tmp_path_factory.mktemp("chair"))
        try:
            browser.visit(f"{served.address}{door}")
            before = len(mails[0].all)
            follow(browser, "Send me a code")
            to(browser, "Code from the mail")
            browser.type(mails[0].found("ada@keys.example", CODE, before))
            follow(browser, "Continue")
            follow(browser, "Make a point")
            to(browser, "What kind")
            browser.press("I")
            to(browser, "What is not accurate")
            browser.type("It was otherwise in the week.")
            follow(browser, "Keep the point")
            follow(browser, "Check and submit")
            follow(browser, "Submit 1 point")
            assert "Your answer was submitted" in " ".join(browser.words())
        finally:
            browser.close()
