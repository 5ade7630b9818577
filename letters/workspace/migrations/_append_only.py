"""Triggers that refuse, in the database itself, to change or delete what is only ever added to."""

from collections.abc import Sequence

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SQLITE = """\
CREATE TRIGGER {table}_keeps_{act} BEFORE {act} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is only ever added to'); END
"""
ANEW = """\
CREATE TRIGGER {table}_keeps_REPLACE BEFORE INSERT ON {table}
WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})
BEGIN SELECT RAISE(ABORT, '{table} is only ever added to'); END
"""
POSTGRES = """\
CREATE TRIGGER {table}_keeps BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION workspace_keep();
CREATE TRIGGER {table}_keeps_all BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION workspace_keep();
"""
KEEP = """\
CREATE OR REPLACE FUNCTION workspace_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is only ever added to', TG_TABLE_NAME; END $$
"""


def keep(editor: BaseDatabaseSchemaEditor, tables: Sequence[str]) -> None:
    """Make the triggers of some tables in the database that is in use."""
    if editor.connection.vendor == "sqlite":
        for table in tables:
            for act in ("UPDATE", "DELETE"):
                editor.execute(SQLITE.format(table=table, act=act))
            editor.execute(ANEW.format(table=table, key="sha256" if table == "workspace_blob" else "id"))
        return
    editor.execute(KEEP, params=None)
    for table in tables:
        editor.execute(POSTGRES.format(table=table))


def keeping(*tables: str) -> migrations.RunPython:
    """Return the operation of a migration that makes the triggers of some tables."""

    def refuse(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        keep(editor, tables)

    return migrations.RunPython(refuse, elidable=False)
