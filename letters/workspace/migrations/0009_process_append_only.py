"""Refuses to change or delete what documents were made from, and that they were sent."""

from django.db import migrations

from letters.workspace.migrations._append_only import keeping

TABLES = ("workspace_processfact", "workspace_processdocument", "workspace_documentsent")


class Migration(migrations.Migration):
    """Adds the triggers, after everything that makes the tables."""

    dependencies = [("workspace", "0008_process")]
    operations = [keeping(*TABLES)]
