"""Refuses to change or delete a file of a pack that was made."""

from django.db import migrations

from letters.workspace.migrations._append_only import keeping

TABLES = ("workspace_packfile",)


class Migration(migrations.Migration):
    """Adds the triggers, after everything that makes the tables."""

    dependencies = [("workspace", "0005_publication")]
    operations = [keeping(*TABLES)]
