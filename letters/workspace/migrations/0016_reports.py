"""Adds the letters that each version of a report rests on, and refuses to change or delete them."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from letters.workspace.migrations._append_only import keep


def refuse(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the triggers of the database that is in use."""
    keep(editor, ("workspace_versionmember",))


class Migration(migrations.Migration):
    """Adds the table, two ways in which a version comes to be, and the triggers."""

    dependencies = [
        ("workspace", "0015_word_files"),
    ]

    operations = [
        migrations.AlterField(
            model_name="version",
            name="made_by",
            field=models.CharField(
                choices=[
                    ("upload", "upload"),
                    ("questions", "five questions"),
                    ("older_letter", "an older letter"),
                    ("form", "form"),
                    ("correction", "safe correction"),
                    ("replacement", "words replaced everywhere"),
                    ("restore", "restored"),
                    ("merge", "reviewed copies merged"),
                    ("accuracy", "points of factual accuracy"),
                    ("round", "a round of inspections"),
                    ("letters", "newer letters"),
                ],
                max_length=20,
            ),
        ),
        migrations.CreateModel(
            name="VersionMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.CharField(max_length=120)),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workspace.version"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="members", to="workspace.version"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("version", "file"), name="one_letter_of_a_name")],
            },
        ),
        migrations.RunPython(refuse, elidable=False),
    ]
