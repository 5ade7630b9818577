"""Forms that were done: pressing twice, going back or sending again does each once."""

from uuid import UUID

from django.db import IntegrityError, transaction

from letters.workspace.models import Once, Person
from letters.workspace.now import now


class DoneAlready(Exception):
    """A form that was done before: pressing twice does it once, and is nothing that anybody is told of as wrong."""

    def __init__(self, led_to: str) -> None:
        self.led_to = led_to
        super().__init__("This was done already.")


def refuse_done(person: Person, once: UUID | None) -> None:
    """Raise DoneAlready for a form that was done before."""
    done = Once.objects.filter(key=once, person=person).first() if once else None
    if done:
        raise DoneAlready(done.led_to)


def remember(person: Person, once: UUID | None, led_to: str) -> None:
    """Remember that a form was done, and where it led; raises DoneAlready where it was done at the same moment."""
    if once is None:
        return
    try:
        with transaction.atomic():
            Once.objects.create(key=once, person=person, led_to=led_to[:400], at=now())
    except IntegrityError:
        raise DoneAlready(led_to) from None
