"""Lets the words of published letters be searched: FTS5 on SQLite, a text search index on PostgreSQL."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from letters.workspace.migrations._append_only import keep

SQLITE = (
    """CREATE VIRTUAL TABLE workspace_letterentry_words USING fts5(
        words, content='workspace_letterentry', content_rowid='id', tokenize='porter unicode61')""",
    """CREATE TRIGGER workspace_letterentry_added AFTER INSERT ON workspace_letterentry BEGIN
        INSERT INTO workspace_letterentry_words(rowid, words) VALUES (new.id, new.words); END""",
    """CREATE TRIGGER workspace_letterentry_gone AFTER DELETE ON workspace_letterentry BEGIN
        INSERT INTO workspace_letterentry_words(workspace_letterentry_words, rowid, words)
        VALUES ('delete', old.id, old.words); END""",
)
POSTGRES = "CREATE INDEX workspace_letterentry_words ON workspace_letterentry USING gin (to_tsvector('english', words))"


def let_search(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make what searching needs in the database that is in use, and the triggers of what is only added to."""
    for statement in SQLITE if editor.connection.vendor == "sqlite" else (POSTGRES,):
        editor.execute(statement, params=None)
    keep(editor, ("workspace_selectionnote",))


class Migration(migrations.Migration):
    """Adds the index, after the table."""

    dependencies = [("workspace", "0012_rounds")]
    operations = [migrations.RunPython(let_search, elidable=False)]
