"""The days of an inspection are counted from what they say, in both profiles, and a day that is given stands."""

from datetime import date

import pytest

from letters.findings.inspection import Inspection
from letters.findings.parsing import parse
from letters.process.calls import planned_calls
from letters.process.days import GIVEN, days_of
from letters.process.record import Contact, ContactRole, ProcessRecord
from tests.conftest import ROOT

TEXT = (ROOT / "fixtures/ansford/inspection.yaml").read_text("utf-8")


def inspection(profile: str = "current-2024", notified: str = "") -> Inspection:
    """Return an inspection of a profile whose day of notice is given or not."""
    text = TEXT.replace("profile: current-2024", f"profile: {profile}").replace("  notified: 2024-05-03\n", notified)
    return parse(text)


@pytest.mark.parametrize(
    ("profile", "notice", "publication"),
    [("current-2024", date(2024, 5, 3), date(2024, 7, 12)), ("consultation-2015", date(2024, 5, 8), date(2024, 7, 8))],
)
def test_the_days_of_a_profile(profile: str, notice: date, publication: date) -> None:
    days = {held.name: held.day for held in days_of(inspection(profile))}
    assert days["Notice"] == notice
    assert days["Fieldwork begins"] == date(2024, 5, 20)
    assert days["Draft letter to the area"] == date(2024, 6, 17)
    assert days["Last day for answers on factual accuracy"] == date(2024, 6, 28)
    assert days["Pre-publication copy"] == date(2024, 7, 10)
    assert days["Publication"] == publication
    assert days["Written statement of action due"] == date(2024, 10, 10)


def test_each_day_that_is_counted_says_from_what_and_on_whose_authority() -> None:
    for held in days_of(inspection()):
        assert held.counted
        assert (held.source == "") == (held.counted == GIVEN)


def test_a_day_that_is_given_stands() -> None:
    found = days_of(inspection(notified="  notified: 2024-05-02\n"))[0]
    assert (found.day, found.counted) == (date(2024, 5, 2), GIVEN)


@pytest.mark.parametrize(
    ("profile", "order"),
    [
        ("current-2024", ["partner", "chair", "dcs", "agency", "manager"]),
        ("consultation-2015", ["chair", "manager", "partner", "dcs", "agency"]),
    ],
)
def test_the_calls_follow_the_option_of_who_is_told_first(profile: str, order: list[str]) -> None:
    roles = {"manager": ContactRole.BUSINESS_MANAGER}
    names = ("chair", "manager", "partner", "dcs", "agency")
    contacts = [Contact(id=name, role=roles.get(name) or ContactRole(name), name=name, body="x") for name in names]
    found = planned_calls(inspection(profile), ProcessRecord(contacts=contacts))
    assert sorted(call.contact.id for call in found) == sorted(order)
    first = [call.contact.id for call in found if call.turn.startswith("first")]
    assert first == order[: len(first)]


def test_an_agency_is_called_by_the_inspectorate_that_inspects_it() -> None:
    agencies = {"icb": "Care Quality Commission", "police": "Constabulary", "yjs": "Probation", "council": "Ofsted"}
    for agency, inspectorate in agencies.items():
        contact = Contact(id="c", role=ContactRole.AGENCY, name="Ada", body="x", agency=agency)
        (call,) = planned_calls(inspection(), ProcessRecord(contacts=[contact]))
        assert inspectorate in call.inspectorate
