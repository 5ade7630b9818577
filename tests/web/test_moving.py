"""A workspace moves from SQLite to PostgreSQL: everybody signs in there, everything is proved, and work goes on."""

import re
from dataclasses import replace
from pathlib import Path

from tests.web.served import Served, Visitor, database_of, one_case, serving

CASE = "/c/ansford-2024"


def test_a_workspace_goes_on_in_another_database_where_it_left_off(tmp_path: Path) -> None:
    with serving(tmp_path / "data", demo=one_case(tmp_path)) as before:
        quinn = before.visitor("quinn")
        quinn.post(f"{CASE}/findings/S-01", text="The trust that workers earn from children.")
        heads = before.command("workspace", "audit", "ansford-2024").stdout
        passwords = before.passwords
    with database_of("postgres") as database:
        moved = before.command("workspace", "move", "--to", database)
        assert moved.returncode == 0, moved.stdout + moved.stderr
        assert re.search(r"copied \d+ rows of \d+ tables", moved.stdout)
        again = before.command("workspace", "move", "--to", database)
        assert "holds a workspace already" in again.stdout + again.stderr
        after = replace(before, database=database, demo=None, settings={"LETTERS_DEMO": "1"}, process=None)
        assert after.command("workspace", "audit", "ansford-2024").stdout == heads
        proved = after.command("workspace", "audit")
        assert proved.returncode == 0, proved.stdout
        after.passwords = passwords
        served(after)


def served(after: Served) -> None:
    """Let somebody work in the moved workspace."""
    after.demo = one_case(after.data.parent / "again")
    after.start()
    try:
        quinn: Visitor = after.visitor("quinn")
        assert "The trust that workers earn" in quinn.get(f"{CASE}/letter").text
        saved = quinn.post(f"{CASE}/findings/S-02", text="Other words for the second strength.")
        assert "Saved as version" in saved.text
        assert after.command("workspace", "audit").returncode == 0
    finally:
        after.stop()
