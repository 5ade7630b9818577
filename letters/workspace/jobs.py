"""Work for later: what a worker does once the transaction that asks for it is whole."""

from typing import Any

from django.db import transaction
from django_q.models import OrmQ, Schedule
from django_q.tasks import async_task


def waiting_jobs() -> int:
    """Return how many jobs wait for the worker."""
    return int(OrmQ.objects.count())


def every_hour(task: str) -> None:
    """Let a worker call a function every hour; saying it again changes nothing."""
    Schedule.objects.get_or_create(func=task, defaults={"name": task, "schedule_type": Schedule.HOURLY})


def later(task: str, *given: Any) -> None:
    """Let a worker call a function, by its whole name, once the transaction is whole; doing it twice has to be once."""
    transaction.on_commit(lambda: async_task(task, *given))
