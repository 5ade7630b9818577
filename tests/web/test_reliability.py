"""Kills, many writers and copies while people write: nothing that was confirmed is lost, and nothing is there by half.

LETTERS_KILLS and LETTERS_WRITES make the longer rounds of `make soak`.
"""

import os
import random
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from typing import Any
from uuid import uuid4

import pytest
import requests

from letters.word.read import read
from letters.workspace.sending import QUESTIONS
from tests.versions.reviewers import Edit, reviewed
from tests.web.served import Served, Visitor, all_at_once, database_of, free_port, one_case, serving
from tests.web.test_story import head

CASE = "ansford-2024"
KILLS = int(os.environ.get("LETTERS_KILLS", "5"))
WRITES = int(os.environ.get("LETTERS_WRITES", "10"))
WRITERS = 8
MADE_SECONDS = 9
"""About how long making a pack takes."""
ASKED = {"act": r'name="act" value="(\w+)"', "day": r'name="day" type="date" value="([^"]+)"'}
GIVERS, BODIES = ("cora", "hamza", "petra", "ines"), ("cqc", "hmicfrs", "hmiprobation", "ofsted")
"""Who gives copies, in turn, and whose they are: one person can give so many in an hour."""


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    """A folder with one inspection."""
    return one_case(tmp_path)


@pytest.fixture(params=["sqlite", "postgres"])
def served(request: pytest.FixtureRequest, tmp_path: Path, demo: Path) -> Iterator[Served]:
    """A workspace on each database in turn."""
    with database_of(request.param) as database, serving(tmp_path / "data", database, demo) as found:
        yield found


def whole(served: Served) -> str:
    """Return what is wrong with the record of a workspace."""
    done = served.command("workspace", "audit")
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_a_power_cut_leaves_the_old_or_the_new_and_a_retry_does_it_once(tmp_path: Path, demo: Path) -> None:
    served = Served(tmp_path / "data", free_port(), "", demo)
    served.start()
    chance = random.Random(7)
    try:
        for turn in range(KILLS):
            quinn = served.visitor("quinn")
            place = f"/c/{CASE}/findings/M-{1 + turn % 12:02}"
            opened, before, once = quinn.get(place).text, head(quinn), str(uuid4())
            words = f"Said in turn {turn}."
            sender = Thread(target=quietly, args=(quinn, place, opened, words, once))
            sender.start()
            time.sleep(chance.uniform(0, 0.12))
            served.kill()
            sender.join()
            assert whole(served) == ""
            served.port = free_port()
            served.start()
            again = served.visitor("quinn")
            assert head(again) in (before, before + 1)
            answer = again.send(place, again.get(place).text, text=words, once=once)
            assert answer.status_code == 200
            assert head(again) == before + 1
            assert whole(served) == ""
    finally:
        served.kill()


def test_a_power_cut_in_a_review_loses_nothing_and_a_retry_does_it_once(tmp_path: Path, demo: Path) -> None:
    served = Served(tmp_path / "data", free_port(), "", demo)
    served.start()
    chance = random.Random(11)
    review = f"/c/{CASE}/reviews/1"
    try:
        quinn = served.visitor("quinn")
        ticked = {f"check-{name}": "1" for name in QUESTIONS}
        quinn.post(f"/c/{CASE}/reviews/send", organisations=["cqc"], last_day="2040-01-01", **ticked)
        sent = read(quinn.get(f"{review}/sent.docx").content, "sent.docx")
        for turn in range(KILLS * 3 // 5):
            edit = Edit("replace", 60 + turn % 100, 3 + turn // 100, 2, f"swiftly{turn}", True)
            copy = ("copy.docx", reviewed(sent, f"Reader {turn}", [edit])[0])
            giver, name = GIVERS[turn % len(GIVERS)], named(turn)
            acts: list[tuple[str, str, dict[str, Any]]] = [
                (giver, f"{review}/", {"file": copy}),
                ("quinn", f"{review}/changes", {"many": f"copy {name}", "verdict": "accept"}),
            ]
            acts.append(("quinn", f"{review}/merge", {}))
            for step, (who, place, fields) in enumerate(acts):
                if step == turn % len(acts):
                    cut_short(served, chance, who, place, fields)
                served.visitor(who).post(place, **fields)
            page = every_page(served.visitor("quinn"), f"{review}/changes?show=all")
            assert "Every copy" in page
            assert all(
                page.count(f"swiftly{number}</ins>") + page.count(f"swiftly{number}<span") == 1
                for number in range(turn + 1)
            )
            assert whole(served) == ""
    finally:
        served.kill()


def test_a_power_cut_while_people_agree_and_submit_leaves_the_act_done_or_not_done(tmp_path: Path, demo: Path) -> None:
    served = Served(tmp_path / "data", free_port(), "", demo)
    served.start()
    chance = random.Random(13)
    here = f"/c/{CASE}"
    try:
        quinn = served.visitor("quinn")
        for name in ("hamza", "ines"):
            quinn.post(f"{here}/people", email=served.email(name), role="approver")
        for turn in range(max(1, KILLS // 5)):
            quinn = served.visitor("quinn")
            if turn:
                quinn.post(f"{here}/findings/S-04", text=f"Said in turn {turn}.")
            quinn.post(f"{here}/agreement/ask", page=f"{here}/agreement/")
            words = re.findall(r"<code>(\w+)</code>", quinn.get(f"{here}/agreement/").text)[0]
            agreeing = {"words": words, "authorised": "1"}
            cut_short(served, chance, "cora", f"{here}/agreement/agree", agreeing, f"{here}/agreement/")
            for name in ("cora", "hamza", "petra", "ines"):
                served.visitor(name).post(f"{here}/agreement/agree", page=f"{here}/agreement/", **agreeing)
            quinn = served.visitor("quinn")
            assert quinn.get(f"{here}/agreement/").text.count(">Agrees<") == 4
            ada, door = invited(served, turn)
            opened = ada.get(f"{door}check").text
            sender = Thread(target=quietly_sent, args=(ada, f"{door}check", opened, {"nothing": "1"}))
            cut_power(served, chance, sender)
            ada.address = served.address
            receipt = ada.post(f"{door}check", nothing="1").text
            assert "Your answer was submitted" in receipt or "You have submitted your answer" in receipt
            quinn = served.visitor("quinn")
            answers = re.findall(rf"{here}/accuracy/\d+/", quinn.get(f"{here}/accuracy/").text)[0]
            quinn.post(f"{answers}manage", page=answers, close="1")
            assert quinn.get(answers).text.count("receipt ") == 1
            quinn.post(f"{answers}settle", page=answers)
            assert whole(served) == ""
            published_with_a_cut(served, chance, turn)
    finally:
        served.kill()


def published_with_a_cut(served: Served, chance: random.Random, turn: int) -> None:
    """Publish what is final, cutting the power while its pack is made: it is made once, and never by half."""
    here, quinn = f"/c/{CASE}/publication/", served.visitor("quinn")
    page = quinn.get(here).text
    asked = {name: re.search(pattern, page)[1] for name, pattern in ASKED.items()}  # type: ignore[index]
    quinn.post(f"{here}ask", page=here, note="The words were put right.", **asked)
    served.visitor("ines").post(f"{here}{turn + 1}/confirm", page=here)
    time.sleep(chance.uniform(0, MADE_SECONDS))
    served.kill()
    assert whole(served) == ""
    served.port = free_port()
    served.start()
    quinn, until = served.visitor("quinn"), time.monotonic() + 20 * MADE_SECONDS
    while "are being made" in quinn.get(here).text and time.monotonic() < until:
        time.sleep(0.5)
    page = quinn.get(here).text
    assert page.count(">Made<") == turn + 1, re.sub(r"\s*<[^>]+>\s*", " ", page)
    assert whole(served) == ""


def every_page(visitor: Visitor, path: str) -> str:
    """Return a list as a whole, all its pages one after the other."""
    pages = [visitor.get(path).text]
    while 'rel="next"' in pages[-1]:
        pages.append(visitor.get(f"{path}&page={len(pages) + 1}").text)
    return "".join(pages)


def invited(served: Served, turn: int) -> tuple[Visitor, str]:
    """Send the agreed letter to somebody in the area, and return her browser, signed in, with the page it opened."""
    email = f"ada{turn}@area.example"
    form = {"name": "Ada Lovage", "email": email, "body": "The partnership", "mode": "single", "last_day": "2040-01-31"}
    assert "was sent to the area" in served.visitor("quinn").post(f"/c/{CASE}/accuracy/send", **form).text
    door = served.mailed(email, r"/a/[0-9a-f]{32}/")
    ada = Visitor(served.address)
    ada.post(f"{door}enter", send="1")
    ada.post(f"{door}enter", code=served.mailed(email, r"\b\d{8}\b"))
    return ada, door


def named(turn: int) -> str:
    """Return what the copy of a turn is called."""
    stem, before = BODIES[turn % len(BODIES)], turn // len(BODIES)
    return f"{stem}.{before + 1}" if before else stem


def cut_short(
    served: Served, chance: random.Random, who: str, place: str, fields: dict[str, Any], page: str = ""
) -> None:
    """Let somebody send a form of a page, cut the power meanwhile, and start again."""
    visitor = served.visitor(who)
    opened = visitor.get(page or place).text
    cut_power(served, chance, Thread(target=quietly_sent, args=(visitor, place, opened, fields)))


def cut_power(served: Served, chance: random.Random, sender: Thread) -> None:
    """Cut the power while something is sent, and start again."""
    sender.start()
    time.sleep(chance.uniform(0, 1.2))
    served.kill()
    sender.join()
    assert whole(served) == ""
    served.port = free_port()
    served.start()


def quietly_sent(visitor: Visitor, place: str, opened: str, fields: dict[str, Any]) -> None:
    """Send a form with some fields to a server that may be gone before it answers."""
    with suppress(requests.RequestException):
        visitor.send(place, opened, **fields)


def quietly(visitor: Visitor, place: str, opened: str, words: str, once: str) -> None:
    """Send a form to a server that may be gone before it answers."""
    with suppress(requests.RequestException):
        visitor.send(place, opened, text=words, once=once)


def test_eight_writers_at_once_leave_no_gap_and_no_error(served: Served) -> None:
    people = [served.visitor(("quinn", "ines")[number % 2]) for number in range(WRITERS)]
    before, slow, wrong = head(people[0]), [], []

    def work(visitor: Visitor, number: int) -> None:
        place = f"/c/{CASE}/findings/M-{number + 1:02}"
        for turn in range(WRITES):
            begun = time.monotonic()
            answer = visitor.post(place, text=f"Said by {number} in turn {turn}.")
            slow.append(time.monotonic() - begun)
            if answer.status_code != 200 or "Saved as version" not in answer.text:
                wrong.append((number, turn, answer.status_code))

    all_at_once(work, people)
    assert wrong == []
    assert head(people[0]) == before + WRITERS * WRITES
    assert whole(served) == ""
    print(f"{len(slow)} saves, the slowest {max(slow):.2f} s")


def test_a_copy_that_is_made_while_people_write_comes_back_whole(served: Served, tmp_path: Path) -> None:
    quinn, done = served.visitor("quinn"), Event()

    def write() -> None:
        for turn in range(1000):
            if done.is_set():
                return
            quinn.post(f"/c/{CASE}/findings/M-01", text=f"Said in turn {turn}.")

    writer = Thread(target=write)
    writer.start()
    try:
        for number in range(2):
            copied = served.command("workspace", "backup", tmp_path / f"copy-{number}")
            assert copied.returncode == 0, copied.stderr
    finally:
        done.set()
        writer.join()
    for number in range(2):
        with database_of("postgres" if served.database else "sqlite") as database:
            again = Served(tmp_path / f"again-{number}", 0, database)
            restored = again.command("workspace", "restore", tmp_path / f"copy-{number}", "--verify")
            assert restored.returncode == 0, restored.stderr
            assert "as it was written" in restored.stdout


def test_it_is_there_within_six_seconds(tmp_path: Path) -> None:
    served = Served(tmp_path / "data", free_port(), "", None)
    try:
        assert served.start() < 6
    finally:
        served.stop()
