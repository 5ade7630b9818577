"""A workspace of an earlier release is brought to this one with everything that it holds, and proves itself after it."""

import json
import sqlite3
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.web.served import Served, free_port

EARLIER = ("0002_append_only", "0004_reviews_append_only", "0006_packs_append_only")
"""The last migration of each earlier release."""
TEXT = (ROOT / "fixtures/ansford/inspection.yaml").read_text("utf-8")
FILLED = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from hashlib import sha256
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from letters.web.serving import set_up
set_up()
from letters.workspace.events import FIRST, canonical
from letters.workspace.blobs import kept
from letters.workspace.reading import read_text

release, text = sys.argv[1], Path(sys.argv[2]).read_bytes()
call_command("migrate", "workspace", release, verbosity=0)
for app in ("auth", "contenttypes", "sessions"):
    call_command("migrate", app, verbosity=0)
models = MigrationExecutor(connection).loader.project_state([("workspace", release)]).apps
get = lambda name: models.get_model("workspace", name)
at = datetime(2026, 1, 5, 9, tzinfo=UTC)
body = get("Organisation").objects.create(kind="inspectorate", register_id="ofsted", name="Ofsted")
person = get("Person").objects.create(email="quinn@ofsted.example", name="Quinn", organisation=body, added_at=at)
digest = sha256(text).hexdigest()
kept().put(digest, text)
blob = get("Blob").objects.create(sha256=digest, size=len(text), media_type="application/yaml")
case = get("Case").objects.create(
    slug="ansford-2024", title="Ansford", theme="x", kind="joint", head=1, created_at=at
)
get("Part").objects.create(case=case, person=person, role="lead", since=at)
words = read_text(text.decode(), 1).words
version = get("Version").objects.create(
    case=case, number=1, text=blob, words=words, engine="0", made_by="upload", note="from a file", person=person, at=at
)
before = FIRST
acts = [
    ("case_started", "", {}),
    ("version_saved", "v1", {"version": 1, "text": digest, "words": words, "note": "from a file", "made_by": "upload"}),
]
for number, (verb, subject, data) in enumerate(acts, start=1):
    row = ["ansford-2024", number, at.isoformat(timespec="microseconds"), person.pk, verb, subject, canonical(data)]
    own = sha256(f"{before}{canonical(row)}".encode()).hexdigest()
    get("Event").objects.create(
        chain="ansford-2024", seq=number, at=at, person=person, verb=verb, subject=subject,
        data=canonical(data), prev=before, hash=own,
    )
    before = own
"""


@pytest.mark.parametrize("release", EARLIER)
def test_a_workspace_of_an_earlier_release_is_served_by_this_one(tmp_path: Path, release: str) -> None:
    served = Served(tmp_path / "data", free_port(), "", None, {})
    served.data.mkdir()
    (served.data / "secret.key").write_text("x" * 50)
    (tmp_path / "inspection.yaml").write_text(TEXT)
    command = [sys.executable, "-c", FILLED, release, str(tmp_path / "inspection.yaml")]
    environment = {**served.environment, "LETTERS_DATA": str(served.data), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    served.start()
    try:
        audit = served.command("workspace", "audit")
        assert audit.returncode == 0, audit.stdout + audit.stderr
        lines = served.command("workspace", "audit", "ansford-2024", "--json").stdout.splitlines()
        assert [json.loads(line)["verb"] for line in lines] == ["case_started", "version_saved"]
    finally:
        served.stop()
    with sqlite3.connect(served.data / "db.sqlite3") as held:
        (kept,) = held.execute("SELECT text_id FROM workspace_version").fetchone()
        assert kept == sha256(TEXT.encode()).hexdigest()
        with pytest.raises(sqlite3.IntegrityError, match="only ever added to"):
            held.execute("DELETE FROM workspace_version")
