"""A workspace into another database: every row of every table, in one transaction, counted on both sides."""

from collections.abc import Iterator

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connections, transaction
from django.db.models import Model

from letters.errors import LettersError
from letters.workspace.models import Case, Event

TARGET = "target"
"""What the other database is called while rows are copied."""
AT_ONCE = 500
"""Rows that are written at once."""
MADE_ANEW = ("contenttypes.ContentType", "auth.Permission")
"""Tables that every database fills by itself when its tables are made."""


def move(database: dict[str, object]) -> dict[str, int]:
    """Copy everything into an empty database with these settings; return how many rows of each table.

    Raises LettersError where the database holds a workspace already, or where a row did not arrive.
    """
    connections.databases[TARGET] = {**connections["default"].settings_dict, "OPTIONS": {}, **database}
    call_command("migrate", database=TARGET, verbosity=0)
    if Case.objects.using(TARGET).exists() or Event.objects.using(TARGET).exists():
        raise LettersError("The other database holds a workspace already. Name an empty one.")
    counts: dict[str, int] = {}
    with transaction.atomic(using=TARGET):
        for model in in_order():
            counts[model._meta.label] = copied(model)
        reset_sequences()
    wrong = [label for label, count in counts.items() if apps.get_model(label)._default_manager.count() != count]
    if wrong:
        raise LettersError(f"Somebody wrote while rows were copied: {', '.join(wrong)}. Stop the workspace first.")
    return counts


def in_order() -> Iterator[type[Model]]:
    """Yield every table's model, each after those that it refers to; a database checks the rest at the end."""
    left = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    left = [model for model in left if not model._meta.proxy and model._meta.label not in MADE_ANEW]
    done: set[type[Model]] = set()
    while left:
        ready = [model for model in left if needed(model) - done <= {model}] or left[:1]
        for model in ready:
            yield model
            done.add(model)
        left = [model for model in left if model not in done]


def needed(model: type[Model]) -> set[type[Model]]:
    """Return the models that a model's rows refer to, but those that every database fills by itself."""
    found = {field.related_model for field in model._meta.fields if field.related_model is not None}
    return {each for each in found if isinstance(each, type) and each._meta.label not in MADE_ANEW}


def copied(model: type[Model]) -> int:
    """Copy the rows of a table, and return how many there are in the other database."""
    held = model._default_manager.using("default").order_by("pk").iterator(AT_ONCE)
    there, rows = model._default_manager.using(TARGET), []
    for row in held:
        rows.append(row)
        if len(rows) == AT_ONCE:
            there.bulk_create(rows)
            rows = []
    there.bulk_create(rows)
    return int(there.count())


def reset_sequences() -> None:
    """Let the numbers of new rows go on after those that were copied."""
    models = [model for model in apps.get_models(include_auto_created=True) if not model._meta.proxy]
    with connections[TARGET].cursor() as cursor:
        for statement in connections[TARGET].ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
