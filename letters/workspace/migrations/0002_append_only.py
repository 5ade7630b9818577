"""Refuses, in the database itself, to change or delete what is only ever added to."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from letters.workspace.migrations._append_only import keep

TABLES = ("workspace_event", "workspace_version", "workspace_blob", "workspace_storedfile")


def refuse(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the triggers of the database that is in use."""
    keep(editor, TABLES)


class Migration(migrations.Migration):
    """Adds the triggers, after everything that makes the tables."""

    dependencies = [("workspace", "0001_initial")]
    operations = [migrations.RunPython(refuse, elidable=False)]
