"""A version is reviewed by four inspectorates and agreed to, as people live it over HTTP, on both databases."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import timedelta

import pytest
import requests
from django.utils import timezone

from letters.document.marks import Mark
from letters.findings.editing import place_of
from letters.findings.inspection import Stage
from letters.findings.parsing import parse
from letters.findings.source_file import SourceFile
from letters.houses.loading import house
from letters.verbs.propose import proposed_copy
from letters.word.read import read
from letters.workspace.sending import QUESTIONS
from tests.conftest import ROOT
from tests.versions.reviewers import Edit, reviewed
from tests.versions.word_copies import with_words
from tests.web.served import Served, Visitor, all_at_once, database_of, one_case, serving

CASE = "/c/ansford-2024"
REVIEW = f"{CASE}/reviews/1"
INSPECTION = parse((ROOT / "fixtures/ansford/inspection.yaml").read_text("utf-8")).model_copy(
    update={"version": 1, "stage": Stage.DRAFT}
)
BONDS = {"S-01": ("relationships of trust", "bonds of trust")}
TIES = {"S-01": ("relationships of trust", "ties of trust")}
SILENT = ("thoughtful use of", "careful use of")
"""What a reviewer changes with tracking off."""
TICKED = {f"check-{name}": "1" for name in QUESTIONS}
CHANGE = re.compile(r'name="change" value="([^"]+)"')
WORDS = re.compile(r"<code>(\w+)</code>")


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def served(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A workspace with one case, on each database in turn."""
    place = tmp_path_factory.mktemp(request.param)
    with database_of(request.param) as database, serving(place / "data", database, one_case(place)) as found:
        yield found


@pytest.fixture(scope="module")
def people(served: Served) -> dict[str, Visitor]:
    """The five people of the demo, signed in."""
    return {name: served.visitor(name) for name in ("quinn", "ines", "cora", "hamza", "petra")}


def in_days(days: int) -> str:
    """Return a day as a form has it."""
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def copy_of(visitor: Visitor, name: str, words: Mapping[str, tuple[str, str]]) -> bytes:
    """Return a copy of what was sent, in which somebody changed words of findings."""
    sent = SourceFile("sent.docx", visitor.get(f"{REVIEW}/sent.docx").content)
    wanted = INSPECTION.model_copy(deep=True)
    for finding, (old, new) in words.items():
        entry = place_of(wanted, finding).entry
        assert old in entry.text
        entry.text = entry.text.replace(old, new, 1)
    return proposed_copy(sent, wanted, house("joint"), Mark(name, "2024-06-03T10:00:00Z"), {})


def gave(visitor: Visitor, data: bytes, name: str = "V6 post comments FINAL.docx", **more: str) -> requests.Response:
    """Give a copy back."""
    return visitor.post(f"{REVIEW}/", file=(name, data), **more)


def decided(visitor: Visitor, change: str, verdict: str, **more: str) -> requests.Response:
    """Decide on a change."""
    return visitor.post(f"{REVIEW}/changes", page=f"{REVIEW}/changes", change=change, verdict=verdict, **more)


def test_a_version_is_sent_once_everything_is_answered_for(people: dict[str, Visitor]) -> None:
    quinn = people["quinn"]
    early = quinn.post(f"{CASE}/reviews/send", organisations=["cqc"])
    assert early.status_code == 422
    assert "Choose the last day" in early.text
    sent = quinn.post(f"{CASE}/reviews/send", organisations=["cqc", "hmicfrs"], last_day=in_days(7), **TICKED)
    assert "Version 1 was sent for review." in sent.text
    assert "Review version 1" in people["hamza"].get("/").text
    assert "Review version 1" not in people["petra"].get("/").text


def test_a_reviewer_is_told_what_is_in_her_file_and_wrong_files_are_named(people: dict[str, Visitor]) -> None:
    hamza = people["hamza"]
    wrong = gave(hamza, b"%PDF-1.7", "letter.pdf")
    assert wrong.status_code == 415
    assert "it is a PDF" in wrong.text
    data = with_words(copy_of(hamza, "Hamza Orrell", BONDS), *SILENT)
    taken = gave(hamza, data)
    assert "2 changes and 0 comments" in taken.text
    assert "1 change made with tracking off" in taken.text
    assert "Nothing else is in your file." in taken.text
    assert "is here already" in gave(hamza, data).text
    assert hamza.get(f"{REVIEW}/copies/hmicfrs.2").content == data
    assert "Review version 1" not in hamza.get("/").text


def test_a_reviewer_can_write_in_the_browser_instead(people: dict[str, Visitor]) -> None:
    cora = people["cora"]
    assert "1 change and 0 comments" in gave(cora, copy_of(cora, "Cora Whitlock", TIES)).text
    done = cora.post(f"{REVIEW}/write/S-03", text="The work of youth workers in hospitals.", remark="Shorter.")
    assert "What you wrote is in your copy." in done.text
    assert "1 comment" in done.text


def test_nobody_else_may_fetch_a_copy_or_decide(people: dict[str, Visitor]) -> None:
    assert people["cora"].get(f"{REVIEW}/copies/hmicfrs.2").status_code == 404
    assert people["hamza"].get(f"{REVIEW}/changes").status_code == 404
    assert people["hamza"].get(f"{REVIEW}/merge").status_code == 404


def test_a_lead_decides_on_each_change_and_on_many_at_once(people: dict[str, Visitor]) -> None:
    quinn = people["quinn"]
    page = quinn.get(f"{REVIEW}/changes")
    assert "Disputed" in page.text
    disputed = [name for name in CHANGE.findall(page.text) if name in ("cqc-1", "hmicfrs.2-1")]
    no_reason = decided(quinn, disputed[0], "reject")
    assert no_reason.status_code == 422
    assert "Give the reason" in no_reason.text
    many = quinn.post(f"{REVIEW}/changes", many="undisputed cqc.2", verdict="accept")
    assert "decided." in many.text
    assert "is undecided" in quinn.post(f"{REVIEW}/merge").text or "are undecided" in quinn.get(f"{REVIEW}/merge").text
    while left := CHANGE.findall(quinn.get(f"{REVIEW}/changes").text):
        if decided(quinn, left[0], "accept").status_code != 200:
            decided(quinn, left[0], "reject", reason="The other is plainer.")
    assert "Every change is decided." in quinn.get(f"{REVIEW}/changes").text


def test_two_leads_on_one_decision_see_each_other(people: dict[str, Visitor]) -> None:
    quinn, ines = people["quinn"], people["ines"]
    everything = f"{REVIEW}/changes?show=all"
    first = CHANGE.findall(quinn.get(everything).text)[-1]
    opened = ines.get(everything).text
    seen = re.search(rf'value="{re.escape(first)}"><input type="hidden" name="seen" value="(\d*)"', opened)
    assert seen
    done = quinn.post(f"{REVIEW}/changes", page=everything, change=first, verdict="open", seen=seen[1])
    assert done.status_code == 200
    quinn.post(f"{REVIEW}/changes", page=everything, change=first, verdict="reject", reason="Quinn says no.", seen="")
    late = ines.send(f"{REVIEW}/changes", opened, change=first, verdict="accept", seen=seen[1])
    assert late.status_code == 409
    assert "Quinn says no." in late.text


def test_the_merge_makes_the_next_version_and_each_reviewer_sees_what_became_of_hers(
    people: dict[str, Visitor],
) -> None:
    quinn = people["quinn"]
    made = quinn.post(f"{REVIEW}/merge")
    assert "Saved as version 2." in made.text
    for kind in ("combined", "ledger", "decisions", "next"):
        address = re.search(rf"{REVIEW}/merged/\d+/{kind}", made.text)
        assert address
        assert quinn.get(address[0]).status_code == 200
        assert people["hamza"].get(address[0]).status_code == (200 if kind == "combined" else 404)
    ledger = json.loads(quinn.get(re.search(rf"{REVIEW}/merged/\d+/ledger", made.text)[0]).content)  # type: ignore[index]
    done, total = re.findall(r"<strong>(\d+) of (\d+)</strong>", quinn.get(f"{REVIEW}/changes").text)[0]
    assert int(done) == int(total) == len(ledger["changes"])
    assert all(row["fate"] != "open" for row in ledger["changes"])
    told = people["hamza"].get(f"{REVIEW}/").text
    assert "What became of your changes" in told
    assert "Quinn says no." in people["cora"].get(f"{REVIEW}/").text + told


def test_four_inspectorates_agree_and_other_words_let_it_fall(served: Served, people: dict[str, Visitor]) -> None:
    quinn, cora = people["quinn"], people["cora"]
    for visitor, name in ((quinn, "hamza"), (quinn, "ines")):
        visitor.post(f"{CASE}/people", email=served.email(name), role="approver")
    here = f"{CASE}/agreement/"
    asked = quinn.post(f"{here}ask", page=here)
    assert "Agreement is asked for." in asked.text, asked.text
    words = WORDS.search(asked.text)[1]  # type: ignore[index]
    agreeing = {"page": here, "words": words, "authorised": "1"}
    assert cora.post(f"{here}agree", page=here, words=words).status_code == 422
    for name in ("cora", "hamza", "petra"):
        assert "agrees to these words" in people[name].post(f"{here}agree", **agreeing).text
    wished = people["ines"].post(f"{here}change", page=here, finding="S-04", words="Say who trusts it.")
    assert "The lead is shown what you ask for." in wished.text
    quinn.post(f"{CASE}/findings/S-04", text="The scheme that children say they trust.")
    fallen = quinn.get(here).text
    assert fallen.count(">Fell<") == 3
    assert "they trust" in fallen
    late = cora.post(f"{here}agree", **agreeing)
    assert late.status_code == 409
    assert "Nothing was agreed." in late.text
    wish = re.search(rf"{here}change/\d+", fallen)
    assert wish
    quinn.post(wish[0], page=here, answer="Done in version 3.")
    words = WORDS.search(quinn.get(here).text)[1]  # type: ignore[index]
    for name in ("cora", "hamza", "petra", "ines"):
        people[name].post(f"{here}agree", page=here, words=words, authorised="1")
    assert "All agree" in quinn.get(here).text
    assert "Agreed" in quinn.get("/cases/?stage=agreed").text


def test_copies_that_come_at_the_same_moment_are_all_taken(served: Served, people: dict[str, Visitor]) -> None:
    quinn = people["quinn"]
    quinn.post(f"{CASE}/reviews/send", organisations=["cqc", "hmicfrs"], last_day=in_days(7), **TICKED)
    again = [served.visitor(name) for name in ("cora", "hamza", "cora", "hamza")]
    sent = read(again[0].get(f"{CASE}/reviews/2/sent.docx").content, "sent.docx")

    def work(visitor: Visitor, number: int) -> None:
        data = reviewed(sent, f"Reader {number}", [Edit("replace", 60 + 2 * number, 3, 2, "swiftly", True)])[0]
        assert visitor.post(f"{CASE}/reviews/2/", file=("copy.docx", data)).status_code == 200

    all_at_once(work, again)
    page = quinn.get(f"{CASE}/reviews/2/changes").text
    assert all(f"Reader {number}" in page for number in range(4))


def test_the_record_of_it_proves_itself(served: Served) -> None:
    done = served.command("workspace", "audit", "ansford-2024", "--verify")
    assert "as it was written" in done.stdout
    log = served.data.with_suffix(".log").read_text()
    assert "Traceback" not in log
    assert "plainer" not in log


def test_both_databases_tell_the_same_story(served: Served, tmp_path_factory: pytest.TempPathFactory) -> None:
    lines = served.command("workspace", "audit", "ansford-2024").stdout.splitlines()
    story = [re.sub(r"^(\d+) \S+ \S+ (.*) \[\w+\]$", r"\1 \2", line) for line in lines]
    story = [line for line in story if "review 2" not in line and "gave a file" not in line]
    kept = tmp_path_factory.getbasetemp() / "review_story.json"
    if kept.is_file():
        assert json.loads(kept.read_text()) == story
    kept.write_text(json.dumps(story))
    assert len(story) > 30
