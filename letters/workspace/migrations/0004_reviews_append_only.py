"""Refuses to change or delete what reviewers gave and what was decided and merged."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from letters.workspace.migrations._append_only import keep

TABLES = (
    "workspace_asked",
    "workspace_return",
    "workspace_proposal",
    "workspace_decision",
    "workspace_answer",
    "workspace_merged",
    "workspace_verdict",
)


def refuse(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the triggers of the database that is in use."""
    keep(editor, TABLES)


class Migration(migrations.Migration):
    """Adds the triggers, after everything that makes the tables."""

    dependencies = [("workspace", "0003_reviews")]
    operations = [migrations.RunPython(refuse, elidable=False)]
