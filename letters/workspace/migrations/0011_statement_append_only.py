"""Refuses to change or delete what was answered to statements, and how far actions have come."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from letters.workspace.migrations._append_only import keep

TABLES = ("workspace_statementreply", "workspace_progress", "workspace_reminder")


def refuse(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the triggers of the database that is in use."""
    keep(editor, TABLES)


class Migration(migrations.Migration):
    """Adds the triggers, after everything that makes the tables."""

    dependencies = [("workspace", "0010_statement")]
    operations = [migrations.RunPython(refuse, elidable=False)]
