"""Refuses, in the database itself, to change or delete what is only ever added to."""

from django.db import migrations

from letters.workspace.migrations._append_only import keeping

TABLES = ("workspace_event", "workspace_version", "workspace_blob", "workspace_storedfile")


class Migration(migrations.Migration):
    """Adds the triggers, after everything that makes the tables."""

    dependencies = [("workspace", "0001_initial")]
    operations = [keeping(*TABLES)]
