"""The life of a case as people live it over HTTP, on both databases: the same in the end."""

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.web.served import Served, Visitor, all_at_once, database_of, one_case, serving

CASE = "ansford-2024"
STARTER = (ROOT / "fixtures/bellmoor/inspection.yaml").read_text("utf-8")


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def served(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A workspace with the invented inspections, on each database in turn."""
    place = tmp_path_factory.mktemp(request.param)
    with database_of(request.param) as database, serving(place / "data", database, one_case(place)) as found:
        yield found


@pytest.fixture(scope="module")
def quinn(served: Served) -> Visitor:
    """The QA manager, signed in."""
    return served.visitor("quinn")


def head(visitor: Visitor, case: str = CASE) -> int:
    """Return the number of the newest version, as the pages say it."""
    return int(re.search(rf"{case}, version (\d+)", visitor.get(f"/c/{case}/").text)[1])  # type: ignore[index]


def test_a_case_is_lived_from_five_questions_to_a_checked_letter(served: Served, quinn: Visitor) -> None:
    answer = quinn.post(
        "/cases/new/questions",
        area="Exmere",
        theme="neglect",
        first_day="2026-05-18",
        last_day="2026-05-22",
        inspectorates=["ofsted", "cqc"],
        lead="ofsted",
    )
    assert "The case exmere-2026 was started" in answer.text
    here = "/c/exmere-2026"
    words = "The patience with which foster carers help children to feel safe."
    quinn.post(f"{here}/findings/S-01", text=words, agencies=["council"])
    added = quinn.post(f"{here}/findings/add/strengths", text="The help that is given early.", impact="It lasts.")
    assert "Saved as version 3." in added.text
    quinn.post(f"{here}/findings/S-02/move", page=f"{here}/findings/", to="up")
    letter = quinn.get(f"{here}/letter").text
    assert letter.index("The help that is given early.") < letter.index(words)
    quinn.post(f"{here}/findings/S-02/withdraw", reason="It is said elsewhere.")
    assert "The help that is given early." not in quinn.get(f"{here}/letter").text
    quinn.post(f"{here}/findings/S-02/bring-back", page=f"{here}/findings/")
    assert "The help that is given early." in quinn.get(f"{here}/letter").text
    assert head(quinn, "exmere-2026") == 6
    assert quinn.get(f"{here}/versions/6/letter.docx").content.startswith(b"PK")


def test_a_pdf_is_fetched_without_script(quinn: Visitor) -> None:
    page = quinn.get(f"/c/{CASE}/versions/1/letter.pdf")
    for _ in range(100):
        if "is ready" in page.text:
            break
        time.sleep(0.2)
        page = quinn.get(page.url.removeprefix(quinn.address))
    fetched = quinn.get(re.search(rf"/c/{CASE}/made/\d+", page.text)[0])  # type: ignore[index]
    assert fetched.content.startswith(b"%PDF-")
    assert fetched.headers["Content-Disposition"].startswith("attachment")


def test_a_file_is_given_looked_at_and_saved(quinn: Visitor) -> None:
    text = quinn.get(f"/c/{CASE}/file?as=yaml").text
    changed = text.replace("The relationships of trust that", "The trust that")
    looked = quinn.post(f"/c/{CASE}/file", file=("v9 FINAL.yaml", changed))
    assert "1 change" in looked.text
    before = head(quinn)
    saved = quinn.send(f"/c/{CASE}/file", looked.text, text=changed, save="1")
    assert f"Saved as version {before + 1}." in saved.text
    again = quinn.get(f"/c/{CASE}/file?as=yaml").text
    assert again.splitlines()[:-1] == changed.splitlines()[:-1]
    assert again.splitlines()[-1] == f"# letters: version {before + 1} of {CASE}"


def test_a_file_that_was_given_out_before_others_saved_undoes_nothing(served: Served, quinn: Visitor) -> None:
    text = quinn.get(f"/c/{CASE}/file?as=yaml").text
    served.visitor("ines").post(f"/c/{CASE}/findings/S-05", text="What Ines wrote meanwhile.")
    changed = text.replace("The part that children and parents play", "The part that parents play")
    looked = quinn.post(f"/c/{CASE}/file", file=("mine.yaml", changed))
    assert "Ines Hartley (changed S-05" in looked.text
    assert "1 change" in looked.text
    quinn.send(f"/c/{CASE}/file", looked.text, text=changed, save="1")
    now = quinn.get(f"/c/{CASE}/file?as=yaml").text
    assert "What Ines wrote meanwhile." in now
    assert "The part that parents play" in now


def test_a_faulty_file_is_put_right_in_place(quinn: Visitor) -> None:
    faulty = STARTER.replace("type: police,", "type: polise,", 1)
    page = quinn.post("/cases/new/upload", page="/cases/new", file=("bellmoor.yaml", faulty))
    assert page.status_code == 422
    assert "Did you mean" in page.text
    where = page.url.removeprefix(quinn.address)
    assert quinn.send(where, page.text, text=faulty).status_code == 422
    number = 1 + next(at for at, line in enumerate(faulty.splitlines()) if "polise" in line)
    line = faulty.splitlines()[number - 1]
    mended = {f"was-{number}": line, f"line-{number}": line.replace("polise", "police")}
    assert "was started" in quinn.send(where, page.text, text=faulty, **mended).text


def test_two_people_change_the_same_words_and_nothing_is_lost(served: Served, quinn: Visitor) -> None:
    ines = served.visitor("ines")
    place = f"/c/{CASE}/findings/S-03"
    mine, theirs = quinn.get(place).text, ines.get(place).text
    ines.send(place, theirs, text="What Ines wrote.")
    clash = quinn.send(place, mine, text="What Quinn wrote.")
    assert clash.status_code == 409
    assert "What Ines wrote." in clash.text
    assert "What Quinn wrote." in clash.text.replace("<ins>", "")
    where = clash.url.removeprefix(quinn.address)
    assert where in quinn.get("/").text
    assert "Choose for each place" in quinn.send(where, clash.text).text
    done = quinn.send(where, clash.text, **{"written-0": "What both wrote."})
    assert "Saved as version" in done.text
    assert "What both wrote." in quinn.get(f"/c/{CASE}/letter").text


def test_pressing_twice_saves_once(quinn: Visitor) -> None:
    place = f"/c/{CASE}/findings/S-04"
    opened, before = quinn.get(place).text, head(quinn)
    for _ in range(2):
        answer = quinn.send(place, opened, text="The scheme that children trust.")
        assert answer.status_code == 200
    assert head(quinn) == before + 1


def test_many_people_saving_at_once_lose_nothing(served: Served) -> None:
    people = [served.visitor(name) for name in ("quinn", "ines", "quinn", "ines")]
    before, failed = head(people[0]), []

    def work(visitor: Visitor, number: int) -> None:
        for turn in range(5):
            name = f"M-{1 + (number * 3 + turn) % 12:02}"
            for _ in range(10):
                answer = visitor.post(f"/c/{CASE}/findings/{name}", text=f"Said by {number} in turn {turn}.")
                if answer.status_code == 200 and "Saved as version" in answer.text:
                    break
            else:
                failed.append((number, turn, answer.status_code))

    all_at_once(work, people)
    assert failed == []
    assert head(people[0]) == before + 20


def test_the_record_proves_itself_and_a_copy_of_it_too(served: Served, tmp_path: Path) -> None:
    assert "as it was written" in served.command("workspace", "audit", CASE, "--verify").stdout
    copied = served.command("workspace", "backup", tmp_path / "copy")
    assert copied.returncode == 0, copied.stderr
    if not served.database:
        again = Served(tmp_path / "again", 0)
        restored = again.command("workspace", "restore", tmp_path / "copy", "--verify")
        assert restored.returncode == 0, restored.stderr
        assert "as it was written" in restored.stdout


def test_nothing_of_a_draft_is_in_the_log(served: Served) -> None:
    log = served.data.with_suffix(".log").read_text()
    assert "trust" not in log
    assert "Traceback" not in log


def test_both_databases_tell_the_same_story(served: Served, tmp_path_factory: pytest.TempPathFactory) -> None:
    lines = served.command("workspace", "audit", "exmere-2026").stdout.splitlines()
    story = [re.sub(r"^(\d+) \S+ \S+ (.*) \[\w+\]$", r"\1 \2", line) for line in lines]
    kept = tmp_path_factory.getbasetemp() / "story.json"
    if kept.is_file():
        assert json.loads(kept.read_text()) == story
    kept.write_text(json.dumps(story))
    assert len(story) == 7
