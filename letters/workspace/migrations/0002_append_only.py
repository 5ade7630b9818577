"""Refuses, in the database itself, to change or delete what is only ever added to."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

TABLES = ("workspace_event", "workspace_version", "workspace_blob", "workspace_storedfile")
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
CREATE FUNCTION workspace_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is only ever added to', TG_TABLE_NAME; END $$
"""


def refuse(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the triggers of the database that is in use."""
    if editor.connection.vendor == "sqlite":
        for table in TABLES:
            for act in ("UPDATE", "DELETE"):
                editor.execute(SQLITE.format(table=table, act=act))
            editor.execute(ANEW.format(table=table, key="sha256" if table == "workspace_blob" else "id"))
        return
    editor.execute(KEEP, params=None)
    for table in TABLES:
        editor.execute(POSTGRES.format(table=table))


class Migration(migrations.Migration):
    """Adds the triggers, after everything that makes the tables."""

    dependencies = [("workspace", "0001_initial")]
    operations = [migrations.RunPython(refuse, elidable=False)]
