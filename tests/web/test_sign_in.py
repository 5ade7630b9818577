"""Signing in: by a password and a second step, by a passkey, by the organisation's own sign-in; and only so."""

import re
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client
from pytest_django import Settings

from letters.workspace.models import Event, Person
from tests.browser import Browser
from tests.web.conftest import person
from tests.web.oidc_provider import provider
from tests.web.served import Served, serving

EMAIL, KNOWN = "quinn@ofsted.example", "ines@ofsted.example"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A real workspace with two accounts, one of which its organisation's sign-in knows."""
    with ExitStack() as stack:
        address = stack.enter_context(provider(KNOWN))
        place = tmp_path_factory.mktemp("real") / "data"
        oidc = {"LETTERS_OIDC_SERVER": address, "LETTERS_OIDC_CLIENT": "letters", "LETTERS_OIDC_SECRET": "secret"}
        found = stack.enter_context(serving(place, demo=None, **oidc))
        made = found.command(
            "workspace", "add-person", EMAIL, "--name", "Quinn Marlowe", "--inspectorate", "ofsted", "--administrator"
        )
        found.passwords[EMAIL] = made.stdout.split()[-1]
        found.command("workspace", "add-person", KNOWN, "--name", "Ines Hartley", "--inspectorate", "ofsted")
        yield found


def test_the_first_account_is_told_once_how_it_is_made(served: Served) -> None:
    log = served.data.with_suffix(".log").read_text()
    assert "letters workspace add-person" in log
    assert served.passwords[EMAIL] not in log


def test_a_password_alone_opens_no_case(served: Served, browser: Browser) -> None:
    served.sign_in(browser, EMAIL)
    for place in ("/", "/cases/", "/cases/new", "/people/"):
        browser.visit(served.address + place)
        assert browser.address == f"{served.address}/accounts/2fa/"


def test_a_passkey_is_added_and_signs_in_without_a_password(served: Served, browser: Browser) -> None:
    browser.with_passkeys()
    served.sign_in(browser, EMAIL)
    browser.visit(f"{served.address}/accounts/2fa/webauthn/add/")
    if "reauthenticate" in browser.address:
        browser.fill(password=served.passwords[EMAIL])
        browser.send("main form button")
    browser.fill(name="My key")
    browser.run("document.querySelector('[name=passwordless]')?.click()")
    browser.send("main form button")
    browser.visit(f"{served.address}/cases/new")
    assert browser.address == f"{served.address}/cases/new"
    browser.send("header form button")
    browser.visit(f"{served.address}/accounts/login/")
    browser.send("#passkey_login")
    browser.visit(f"{served.address}/cases/new")
    assert browser.address == f"{served.address}/cases/new"


def test_the_organisations_sign_in_opens_the_account_of_the_same_address(served: Served, browser: Browser) -> None:
    browser.visit(f"{served.address}/accounts/login/")
    browser.send("form[action*=oidc] button")
    assert "Ines Hartley" in " ".join(browser.words())
    browser.visit(f"{served.address}/cases/new")
    assert browser.address == f"{served.address}/cases/new"


def test_a_wrong_password_says_nothing_of_the_account(client: Client, lead: Person) -> None:
    known = client_answer(lead.email)
    assert known == client_answer("nobody@ofsted.example")
    assert "password you specified are not correct" in known


def client_answer(email: str) -> str:
    """Return what is said of a wrong password."""
    answer = Client(headers={"host": "localhost"}).post("/accounts/login/", {"login": email, "password": "wrong"})
    return re.sub(r'(value|token)="[^"]*"', "", answer.content.decode())


def test_a_code_from_an_app_is_the_second_step(lead: Person, settings: Settings) -> None:
    settings.LETTERS = type(settings.LETTERS)(settings.LETTERS.data, "", "http://localhost:8000", is_demo=False)
    client = Client(headers={"host": "localhost"})
    lead.set_password("a long password")
    lead.save()
    client.post("/accounts/login/", {"login": lead.email, "password": "a long password"})
    assert client.get("/cases/").headers["Location"] == "/accounts/2fa/"
    client.post("/accounts/reauthenticate/", {"password": "a long password"})
    shown = client.get("/accounts/2fa/totp/activate/")
    assert "img-src 'self' data:" in shown.headers["Content-Security-Policy"]
    page = shown.content.decode()
    secret = re.search(r"\b[A-Z2-7]{32}\b", page)[0]  # type: ignore[index]
    client.post("/accounts/2fa/totp/activate/", {"code": code(secret)})
    assert client.get("/cases/").status_code == 200
    client.post("/accounts/logout/")
    client.post("/accounts/login/", {"login": lead.email, "password": "a long password"})
    assert client.get("/cases/").status_code == 302


def code(secret: str) -> str:
    """Return what an app shows now for a secret (RFC 6238)."""
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


def test_nobody_signs_up(client: Client) -> None:
    answer = Client(headers={"host": "localhost"}).post(
        "/accounts/signup/", {"email": "new@ofsted.example", "password1": "a long password"}
    )
    assert answer.status_code == 404
    assert not Person.objects.filter(email="new@ofsted.example").exists()


def test_signing_in_is_an_event(db: None, lead: Person) -> None:
    lead.set_password("a long password")
    lead.save()
    client = Client(headers={"host": "localhost"})
    client.post("/accounts/login/", {"login": lead.email.upper(), "password": "a long password"})
    assert Event.objects.filter(verb="signed_in", person=lead).count() == 1


def test_a_closed_account_does_not_sign_in(lead: Person) -> None:
    cora = person("cora", "cqc")
    cora.set_password("a long password")
    cora.is_active = False
    cora.save()
    client = Client(headers={"host": "localhost"})
    client.post("/accounts/login/", {"login": cora.email, "password": "a long password"})
    assert client.get("/").status_code == 302


def test_guessing_is_slowed_down(lead: Person) -> None:
    client = Client(headers={"host": "localhost"})
    said = [client.post("/accounts/login/", {"login": lead.email, "password": f"wrong {n}"}).content for n in range(8)]
    assert b"Too many" in said[-1]


@pytest.mark.parametrize("place", ["signup", "email", "password/reset", "confirm-email", "3rdparty", "password/set"])
def test_nobody_changes_her_address_or_asks_for_a_password_by_mail(lead: Person, place: str) -> None:
    client = Client(headers={"host": "localhost"})
    client.force_login(lead)
    given = {"email": "boss@ofsted.example", "action_add": "", "action_primary": ""}
    for method in (client.get, client.post):
        assert method(f"/accounts/{place}/", given).status_code == 404
    lead.refresh_from_db()
    assert lead.email == "quinn@ofsted.example"
