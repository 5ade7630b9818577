"""A workspace for each test: its folder, its people, and a case that one of them leads."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from letters.workspace.access import Access, case_for
from letters.workspace.models import MadeBy, Person
from letters.workspace.people import add_person, invite
from letters.workspace.roles import Act, Role
from letters.workspace.saving import Change
from letters.workspace.starting import start
from tests.conftest import ROOT

CASE = "ansford-2024"
TEXT = (ROOT / "fixtures/ansford/inspection.yaml").read_text("utf-8")


@pytest.fixture(autouse=True)
def workspace(tmp_path: Path, settings: Settings, db: None) -> Path:
    """The folder of a workspace that nobody has used; it lets people in without a second step."""
    settings.LETTERS = replace(settings.LETTERS, data=tmp_path, is_demo=True)
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": str(tmp_path)}
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return tmp_path


def person(name: str, inspectorate: str = "ofsted", *, administrator: bool = False) -> Person:
    """Return somebody with an account."""
    return add_person(f"{name}@{inspectorate}.example", name.title(), inspectorate, administrator=administrator)[0]


@pytest.fixture
def lead() -> Person:
    """The person who leads the case of a test."""
    return person("quinn")


@pytest.fixture
def access(lead: Person) -> Access:
    """A case as its lead sees it."""
    return start(lead, TEXT, Change(MadeBy.UPLOAD, "from a file", None, "/"))[0]


@pytest.fixture
def taking_part(access: Access) -> Callable[[Role, str], Person]:
    """Gives somebody of an inspectorate a part in the case."""

    def give(role: Role, inspectorate: str) -> Person:
        found = person(f"{role}", inspectorate)
        invite(access, found.email, role)
        return found

    return give


def signed_in(somebody: Person) -> Client:
    """Return the browser of somebody who signed in."""
    client = Client(headers={"host": "localhost"})
    client.force_login(somebody)
    return client


@pytest.fixture
def client(lead: Person, access: Access) -> Client:
    """The browser of the lead."""
    return signed_in(lead)


def seen_by(somebody: Person) -> Access:
    """Return the case as somebody sees it."""
    return case_for(somebody, CASE, Act.READ)
