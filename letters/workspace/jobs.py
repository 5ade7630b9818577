"""Work for later: what a worker does once the transaction that asks for it is whole."""

from typing import Any

from django.db import transaction
from django_q.tasks import async_task


def later(task: str, *given: Any) -> None:
    """Let a worker call a function, by its whole name, once the transaction is whole; doing it twice has to be once."""
    transaction.on_commit(lambda: async_task(task, *given))
