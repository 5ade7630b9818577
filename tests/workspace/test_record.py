"""The record: events, versions and files are only ever added to, and whatever was changed in it is named."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, connection, transaction

from letters.errors import LettersError
from letters.workspace import blobs, setting_aside
from letters.workspace.access import Access
from letters.workspace.blobs import LostFile
from letters.workspace.events import heads, record
from letters.workspace.keeping import verify
from letters.workspace.uploads import keep
from tests.web.conftest import CASE
from tests.workspace.test_saving import saved

TABLES = ("workspace_event", "workspace_version", "workspace_blob", "workspace_storedfile")


def without_triggers(*statements: str) -> None:
    """Change rows as somebody would who has the database in hand."""
    with connection.cursor() as cursor:
        for table in TABLES:
            for act in ("UPDATE", "DELETE", "REPLACE"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_keeps_{act}")
        for statement in statements:
            cursor.execute(statement)


def test_a_sound_workspace_has_nothing_to_say(access: Access) -> None:
    saved(access, "S-01", "The trust that workers earn.")
    assert list(verify()) == []
    assert list(verify(CASE)) == []


@pytest.mark.parametrize("table", TABLES[:3])
@pytest.mark.parametrize("act", ["UPDATE {} SET {} = {}", "DELETE FROM {}"])
def test_the_database_itself_refuses_to_change_the_record(access: Access, table: str, act: str) -> None:
    column = "size" if table == "workspace_blob" else "id"
    with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(act.format(table, column, column))


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE workspace_event SET data = '{}' WHERE seq = 2", f"{CASE}: event 2 (version_saved) was changed"),
        ("UPDATE workspace_event SET at = '2020-01-01 00:00:00' WHERE seq = 3", f"{CASE}: event 3 (version_saved)"),
        ("DELETE FROM workspace_event WHERE seq = 2", f"{CASE}: event 2 is missing"),
        ("DELETE FROM workspace_version WHERE number = 1", f"{CASE}: version 1 is missing"),
        (
            "UPDATE workspace_version SET text_id = (SELECT text_id FROM workspace_version WHERE number = 1)",
            f"{CASE}: version 2 is not the one that was saved",
        ),
        ("DELETE FROM workspace_event WHERE seq = 3", f"{CASE}: 1 versions were saved, and 2 are there"),
        ("UPDATE workspace_version SET note = 'something else'", f"{CASE}: version 1 is not the one that was saved"),
        ("UPDATE workspace_version SET at = '2020-01-01 00:00:00'", f"{CASE}: version 1 was not saved by whom"),
        ("UPDATE workspace_part SET role = 'auditor'", f"{CASE}: those who have a part in it"),
        ("UPDATE workspace_setaside SET reason = 'Because.'", f"{CASE}: the rules that are set aside"),
        ("DELETE FROM workspace_storedfile", f"{CASE}: the files that are there"),
    ],
)
def test_what_somebody_changed_in_the_database_is_named(access: Access, statement: str, said: str) -> None:
    saved(access, "S-01", "The trust that workers earn.")
    setting_aside.set_aside(access, "V30", "", "It is a quotation.")
    keep(access.person, access.case, "inspection", "file.yaml", b"id: x")
    assert list(verify(CASE)) == []
    where = " AND chain = 'ansford-2024'" if "workspace_event" in statement else ""
    without_triggers(statement + where)
    assert [fault for fault in verify(CASE) if fault.startswith(said)] != []


def test_a_file_that_somebody_changed_on_disk_is_named_and_not_read(access: Access, workspace: Path) -> None:
    blob = access.case.versions.get().text
    (workspace / "blobs" / blob.sha256[:2] / blob.sha256).write_bytes(b"id: another")
    with pytest.raises(LostFile, match="was changed where it is kept"):
        blobs.get(blob)
    assert [fault for fault in verify(CASE) if blob.sha256[:12] in fault] != []


def test_a_lost_file_is_named(access: Access) -> None:
    blob = access.case.versions.get().text
    blobs.kept().delete(blob.sha256)
    with pytest.raises(LostFile, match="is missing"):
        blobs.get(blob)


def test_a_file_is_put_once_however_often_it_is_given(workspace: Path, db: None) -> None:
    assert blobs.put(b"the same", "text/plain") == blobs.put(b"the same", "text/plain")
    assert len([path for path in (workspace / "blobs").rglob("*") if path.is_file()]) == 1


def test_files_that_no_row_names_are_swept_after_a_week_and_not_before(workspace: Path, db: None) -> None:
    kept = blobs.put(b"named", "text/plain")
    blobs.kept().put("ab" + "0" * 62, b"unnamed")
    lost = workspace / "blobs/ab" / ("ab" + "0" * 62)
    assert blobs.sweep() == 0
    assert blobs.sweep(now=lost.stat().st_mtime + blobs.UNNAMED_SECONDS + 1) == 1
    assert blobs.get(kept) == b"named"


def test_an_event_belongs_in_the_transaction_of_what_it_tells_of(monkeypatch: pytest.MonkeyPatch) -> None:
    outside = SimpleNamespace(get_connection=lambda: SimpleNamespace(in_atomic_block=False))
    monkeypatch.setattr("letters.workspace.events.transaction", outside)
    with pytest.raises(RuntimeError, match="transaction"):
        record(None, None, "signed_in")


def test_an_unknown_case_is_no_sound_case(access: Access) -> None:
    with pytest.raises(LettersError, match="no case"):
        list(verify("nowhere"))


def test_a_chain_that_was_cut_off_or_written_anew_no_longer_goes_through_its_old_head(
    access: Access, tmp_path: Path
) -> None:
    saved(access, "S-01", "The trust that workers earn.")
    (tmp_path / "heads.json").write_text(json.dumps(heads()))
    assert list(verify("", tmp_path / "heads.json")) == []
    without_triggers(
        "DELETE FROM workspace_event WHERE chain = 'ansford-2024' AND seq = 3",
        "DELETE FROM workspace_version WHERE number = 2",
        "UPDATE workspace_case SET head = 1",
    )
    assert list(verify(CASE)) == []
    assert [fault for fault in verify("", tmp_path / "heads.json") if "was cut off" in fault] != []
