"""A round of six from its agreed letters to its published overview, played by the five people, on both databases."""

import io
import re
import time
import zipfile
from collections.abc import Iterator

import pytest

from tests.conftest import ROOT
from tests.web.served import Served, Visitor, database_of, one_case, serving

ROUND = "Exploitation and missing children 2025 to 2026"
AREAS = ("kestrow-2025", "lindermouth-2025", "marlowick-2025", "ottermarsh-2025", "saltreach-2026", "wennerby-2026")
CASE = "/c/what-six-areas-did-overview"
REPORT = f"{CASE}/report"
WORDS = re.compile(r"<code>(\w+)</code>")
FOUND = re.compile(r'name="rests_on" type="(?:checkbox|radio)" value="([^"]+)"')
MADE_SECONDS = 240
AGREEING = ("cora", "hamza", "petra", "ines")


FOLDER = ROOT / "fixtures/rounds/exploitation-and-missing-2026"


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def served(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A workspace with one case beside those that the test brings, on each database in turn."""
    place = tmp_path_factory.mktemp(request.param)
    with (
        database_of(request.param) as database,
        serving(place / "data", database, one_case(place)) as found,
    ):
        yield found


@pytest.fixture(scope="module")
def people(served: Served) -> dict[str, Visitor]:
    """The five people of the demo."""
    return {name: served.visitor(name) for name in ("quinn", "ines", "cora", "hamza", "petra")}


def agreed(served: Served, people: dict[str, Visitor], case: str) -> str:
    """Let every inspectorate agree to the newest words of a case; return the last page."""
    for name in ("hamza", "ines"):
        people["quinn"].post(f"{case}/people", email=served.email(name), role="approver")
    here = f"{case}/agreement/"
    people["quinn"].post(f"{here}ask", page=here)
    page = ""
    for name in AGREEING:
        words = WORDS.search(people[name].get(here).text)
        assert words
        page = people[name].post(f"{here}agree", page=here, words=words[1], authorised="1").text
    return page


def test_six_inspections_become_cases_and_their_letters_are_agreed(served: Served, people: dict[str, Visitor]) -> None:
    quinn = people["quinn"]
    for area in AREAS:
        text = (FOLDER / f"{area[:-5]}.yaml").read_text("utf-8")
        begun = quinn.post("/cases/new/upload", page="/cases/new", file=(f"{area}.yaml", text.encode()))
        quinn.post(begun.url.removeprefix(served.address), text=text)
        for name in ("ines", "cora", "petra"):
            role = "lead" if name == "ines" else "approver"
            quinn.post(f"/c/{area}/people", email=served.email(name), role=role)
        assert "All agree" in agreed(served, people, f"/c/{area}"), area


def test_the_lead_starts_the_report_of_the_round(people: dict[str, Visitor]) -> None:
    page = people["quinn"].get(f"/rounds/?name={ROUND}").text
    assert page.count("Agreed") >= len(AREAS)
    given = {"round": ROUND, "title": "What six areas did", "strapline": "Six areas, side by side"}
    early = people["quinn"].post("/rounds/report", page=f"/rounds/?name={ROUND}", **given, cases=list(AREAS))
    assert early.status_code == 422
    assert "Choose the day" in early.text
    begun = people["quinn"].post(
        "/rounds/report", page=f"/rounds/?name={ROUND}", **given, published="2026-07-16", cases=list(AREAS)
    )
    assert "The report is started." in begun.text
    assert people["cora"].get(f"{REPORT}/").status_code == 404


def test_she_writes_it_with_counts_that_the_letters_bear_out(people: dict[str, Visitor]) -> None:
    quinn = people["quinn"]
    quinn.post(f"{REPORT}/counts", name="voice", kind="strength", tags=["childs-voice"], of="areas")
    stale = quinn.post(f"{REPORT}/summary/0", kind="text", text="Children are heard in [one area](count:voice).")
    assert "Saved as version" in stale.text
    rows = quinn.get(f"{REPORT}/counts").text
    assert "Stale" in rows
    right = re.search(r"“([^”]+)” or", rows)
    assert right
    quinn.post(f"{REPORT}/summary/0", kind="text", text=f"Children are heard in [{right[1]}](count:voice).")
    assert "Stale" not in quinn.get(f"{REPORT}/counts").text


def test_she_finds_what_a_lesson_rests_on(people: dict[str, Visitor]) -> None:
    quinn = people["quinn"]
    quinn.post(
        f"{REPORT}/chapters", page=f"{REPORT}/", act="chapter", heading="Coming home", text="Words to begin with."
    )
    chapter = f"{REPORT}/findings.coming-home"
    found = quinn.post(f"{chapter}/1", kind="text", text="Return home interviews help.", q="interview", search="1")
    assert "Return home interviews help." in found.text
    names = FOUND.findall(found.text)
    assert len({name.partition("/")[0] for name in names}) > 1
    quinn.post(f"{chapter}/1", kind="text", text="Return home interviews help.", rests_on=names[:3])
    quinn.post(f"{chapter}/0", kind="text", text="A chapter about coming home; [@themes] has more.", rests_on=names[:2])
    quinn.post(f"{chapter}/2", kind="quote", rests_on=names[0])
    quinn.post(f"{chapter}/3", kind="table", table="matrix", id="themes", caption="Themes by area")
    quinn.post(f"{chapter}/4", kind="chart", chart="agencies", id="who", caption="Who should act")
    traced = quinn.get(f"{REPORT}/trace").text
    assert all(name in traced for name in names[:3])
    assert "Priority action" in quinn.get(f"{REPORT}/text").text


def test_good_practice_becomes_a_chapter_and_an_earlier_round_stands_beside(people: dict[str, Visitor]) -> None:
    quinn = people["quinn"]
    chosen = FOUND.findall(quinn.get(f"{REPORT}/practice").text)[:4]
    quinn.post(f"{REPORT}/practice", rests_on=chosen)
    assert "Good practice" in quinn.get(f"{REPORT}/").text
    earlier = re.search(r'<option value="([^"]+)">(?!Choose)', quinn.get(f"{REPORT}/earlier").text)
    assert earlier
    assert "Entries of a letter on average" in quinn.get(f"{REPORT}/earlier?round={earlier[1]}").text


def test_every_inspectorate_agrees_to_the_report_and_other_words_let_it_fall(
    served: Served, people: dict[str, Visitor]
) -> None:
    for name, role in (("ines", "lead"), ("cora", "approver"), ("petra", "approver"), ("cora", "publisher")):
        people["quinn"].post(f"{CASE}/people", email=served.email(name), role=role)
    assert "All agree" in agreed(served, people, CASE)
    people["quinn"].post(f"{REPORT}/conclusion/0", kind="text", text="The end of it.")
    fallen = people["cora"].get(f"{CASE}/agreement/").text
    assert fallen.count("Fell") == len(AGREEING)
    assert "The end of it." in fallen
    assert "All agree" in agreed(served, people, CASE)


def test_two_people_publish_it_and_a_publisher_takes_it(people: dict[str, Visitor]) -> None:
    quinn, ines, cora = people["quinn"], people["ines"], people["cora"]
    page = quinn.get(f"{CASE}/publication/").text
    assert "Nothing holds it back" in page, re.findall(r"<li class=\"ws-issue.*?</li>", page)
    day = re.search(r'name="day"[^>]*value="([^"]+)"', page)
    assert day
    asked = quinn.post(f"{CASE}/publication/ask", page=f"{CASE}/publication/", act="publish", day=day[1], note="")
    assert "Asked for." in asked.text
    confirmed = ines.post(f"{CASE}/publication/1/confirm", page=f"{CASE}/publication/")
    assert "Confirmed." in confirmed.text
    pack, begun = f"{CASE}/publication/1/", time.monotonic()
    while "The files, and where they are" not in cora.get(f"{CASE}/publication/").text:
        assert time.monotonic() - begun < MADE_SECONDS
        time.sleep(1)
    files = zipfile.ZipFile(io.BytesIO(cora.get(f"{CASE}/publication/1/cqc.zip").content)).namelist()
    assert any(name.endswith(".pdf") for name in files)
    assert any(name.endswith("themes.csv") for name in files)
    placed = cora.post(
        f"{CASE}/publication/1/address", page=pack, inspectorate="cqc", address="https://www.cqc.org.uk/six"
    )
    assert "The address is entered." in placed.text
    assert "Published" in quinn.get(f"/rounds/?name={ROUND}").text


def test_the_record_of_it_proves_itself(served: Served) -> None:
    audit = served.command("workspace", "audit", CASE.removeprefix("/c/"))
    assert audit.returncode == 0, audit.stdout
    assert "Traceback" not in served.data.with_suffix(".log").read_text()
