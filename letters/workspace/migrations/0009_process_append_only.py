"""Refuses to change or delete what documents were made from, and that they were sent."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from letters.workspace.migrations._append_only import keep

TABLES = ("workspace_processfact", "workspace_processdocument", "workspace_documentsent")


def refuse(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the triggers of the database that is in use."""
    keep(editor, TABLES)


class Migration(migrations.Migration):
    """Adds the triggers, after everything that makes the tables."""

    dependencies = [("workspace", "0008_process")]
    operations = [migrations.RunPython(refuse, elidable=False)]
