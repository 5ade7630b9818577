"""Refuses to change or delete what reviewers gave and what was decided and merged."""

from django.db import migrations

from letters.workspace.migrations._append_only import keeping

TABLES = (
    "workspace_asked",
    "workspace_return",
    "workspace_proposal",
    "workspace_decision",
    "workspace_answer",
    "workspace_merged",
    "workspace_verdict",
)


class Migration(migrations.Migration):
    """Adds the triggers, after everything that makes the tables."""

    dependencies = [("workspace", "0003_reviews")]
    operations = [keeping(*TABLES)]
