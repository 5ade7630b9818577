"""Adds the files that were erased, which stay named, and the stage of a case that was erased as a whole."""

import django.db.models.deletion
from django.db import migrations, models

from letters.workspace.migrations._append_only import keeping


class Migration(migrations.Migration):
    """Adds the table, the stage and the triggers."""

    dependencies = [
        ("workspace", "0016_reports"),
    ]

    operations = [
        migrations.AlterField(
            model_name="case",
            name="stage",
            field=models.CharField(
                choices=[
                    ("drafting", "Drafting"),
                    ("review", "In review"),
                    ("agreement", "In agreement"),
                    ("agreed", "Agreed"),
                    ("accuracy", "With the area"),
                    ("deciding", "Deciding on facts"),
                    ("final", "Final words agreed"),
                    ("publication", "Being published"),
                    ("published", "Published"),
                    ("withdrawn", "Withdrawn"),
                    ("statement", "Statement of action due"),
                    ("closed", "Statement acknowledged"),
                    ("erased", "Erased"),
                ],
                default="drafting",
                max_length=20,
            ),
        ),
        migrations.CreateModel(
            name="Erased",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "blob",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="erased", to="workspace.blob"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="erased", to="workspace.case"
                    ),
                ),
            ],
        ),
        keeping("workspace_erased"),
    ]
