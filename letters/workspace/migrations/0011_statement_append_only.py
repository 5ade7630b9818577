"""Refuses to change or delete what was answered to statements, and how far actions have come."""

from django.db import migrations

from letters.workspace.migrations._append_only import keeping

TABLES = ("workspace_statementreply", "workspace_progress", "workspace_reminder")


class Migration(migrations.Migration):
    """Adds the triggers, after everything that makes the tables."""

    dependencies = [("workspace", "0010_statement")]
    operations = [keeping(*TABLES)]
