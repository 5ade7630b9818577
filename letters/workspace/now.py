"""The clock of the workspace: nothing else in it asks what time it is."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """Return the time, with its zone."""
    return timezone.now()


def today() -> date:
    """Return the day as it is in England."""
    return timezone.localdate()
