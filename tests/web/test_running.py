"""What an operator has: numbers without content, mail through Notify, a service file and an image that name what there is."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import jwt
import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from letters.web.notify import NotifyBackend
from letters.workspace import outbox
from letters.workspace.access import Access
from letters.workspace.events import FIRST, as_line, canonical
from letters.workspace.lists import events
from letters.workspace.models import Mail
from tests.conftest import ROOT
from tests.web.conftest import CASE

SERVICE, SECRET = "26785a09-ab16-4eb0-8407-a37497a57506", "3d844edf-8d35-48ac-975b-e847b4f122b0"
KEY = f"live-{SERVICE}-{SECRET}"


def test_numbers_are_given_to_whoever_says_the_token_and_say_nothing_of_a_case(
    access: Access, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.get("/metrics").status_code == 404
    monkeypatch.setenv("LETTERS_METRICS_TOKEN", "a-token")
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer another"}).status_code == 404
    said = client.get("/metrics", headers={"Authorization": "Bearer a-token"}).content.decode()
    assert 'letters_cases{stage="drafting"} 1' in said
    assert not any(word in said for word in ("nsford", "Quinn", "violence"))
    lines = [line for line in said.splitlines() if not line.startswith("#")]
    assert all(re.fullmatch(r'[a-z_]+(\{stage="[a-z_]+"\})? [0-9.e+]+', line) for line in lines)


@contextmanager
def notify(status: int = 201) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A server that answers as Notify does, and what it was asked."""
    asked: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            asked.append({"path": self.path, "said": self.headers["Authorization"], **json.loads(body)})
            self.send_response(status)
            self.end_headers()

        def log_message(self, format: str, *given: Any) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        thread.join()


def test_mail_goes_through_notify_with_a_token_that_the_secret_signs(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    monkeypatch.setenv("LETTERS_NOTIFY_KEY", KEY)
    monkeypatch.setenv("LETTERS_NOTIFY_TEMPLATE", "a-template")
    with notify() as (address, asked):
        monkeypatch.setenv("LETTERS_NOTIFY_SERVER", address)
        sent = NotifyBackend().send_messages([mail.EmailMessage("Your code", "It is 1.", None, ["ada@example.org"])])
    assert sent == 1
    (held,) = asked
    assert held["path"] == "/v2/notifications/email"
    assert (held["email_address"], held["template_id"]) == ("ada@example.org", "a-template")
    assert held["personalisation"] == {"subject": "Your code", "body": "It is 1."}
    assert jwt.decode(held["said"].removeprefix("Bearer "), SECRET, ["HS256"])["iss"] == SERVICE


def test_mail_that_notify_does_not_take_stays_in_the_outbox(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    monkeypatch.setenv("LETTERS_NOTIFY_KEY", KEY)
    settings.EMAIL_BACKEND = "letters.web.notify.NotifyBackend"
    Mail.objects.create(to="ada@example.org", subject="x", body="y", at="2026-01-01T00:00:00Z")
    with notify(403) as (address, _):
        monkeypatch.setenv("LETTERS_NOTIFY_SERVER", address)
        assert outbox.deliver() == 0
    assert Mail.objects.get().tries == 1
    with notify() as (address, _):
        monkeypatch.setenv("LETTERS_NOTIFY_SERVER", address)
        assert outbox.deliver() == 1


def test_an_exported_chain_can_be_proved_without_the_program(access: Access) -> None:
    before = FIRST
    for line in (as_line(event) for event in events(CASE)):
        held = json.loads(line)
        row = [held[name] for name in ("chain", "seq", "at", "person", "verb", "subject", "data")]
        assert held["prev"] == before
        assert held["hash"] == sha256(f"{before}{canonical(row)}".encode()).hexdigest()
        before = held["hash"]


def test_the_image_copies_what_there_is_and_installs_the_packages_of_the_makefile() -> None:
    text = (ROOT / "deploy/Dockerfile").read_text("utf-8")
    packages = re.search(r"^RUN_PACKAGES := (.*)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert packages
    assert all(name in text for name in packages[1].split())
    assert (ROOT / "requirements.lock").is_file()


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not on this machine")
def test_systemd_understands_the_service_file(tmp_path: Path) -> None:
    text = (ROOT / "deploy/letters.service").read_text("utf-8").replace("/opt/letters/.venv/bin/letters", "/bin/true")
    (tmp_path / "letters.service").write_text(text)
    done = subprocess.run(
        ["systemd-analyze", "verify", str(tmp_path / "letters.service")], capture_output=True, text=True
    )
    assert "letters.service" not in done.stderr, done.stderr
