"""Mail: a row first, in the transaction of what it tells of; then the worker sends it, once more where that fails.

A mail says who, what and by when, with a link, and never an area, a theme or words of a letter.
"""

import logging
from collections.abc import Iterable
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail

from letters.workspace.jobs import later
from letters.workspace.models import Mail, Person
from letters.workspace.now import now

LOG = logging.getLogger("letters.web")
MOST_TRIES = 10


def can_mail() -> bool:
    """Say whether mail reaches anybody."""
    return bool(settings.LETTERS.can_mail)


def address_of(path: str) -> str:
    """Return the whole address of a page, as a mail gives it."""
    return f"{settings.LETTERS.origin}{path}"


def put(to: str, subject: str, *paragraphs: str) -> Mail:
    """Put a mail into the outbox, in the transaction of what it tells of."""
    mail = Mail.objects.create(to=to, subject=subject, body="\n\n".join(paragraphs) + "\n", at=now())
    later("letters.workspace.outbox.deliver")
    return mail


def tell(people: Iterable[Person], subject: str, *paragraphs: str) -> None:
    """Tell people of the workspace what waits for them, where there is mail; the link leads to their first page."""
    if can_mail():
        for person in people:
            put(person.email, subject, f"Dear {person.name}", *paragraphs, f"Sign in to see it: {address_of('/')}")


def deliver() -> int:
    """Send every mail that waits, the oldest first; return how many were sent. What a worker does."""
    count = 0
    for mail in Mail.objects.filter(sent_at=None, tries__lt=MOST_TRIES).order_by("pk"):
        try:
            send_mail(mail.subject, mail.body, None, [mail.to])
        except (OSError, SMTPException) as error:
            Mail.objects.filter(pk=mail.pk).update(tries=mail.tries + 1, fault=type(error).__name__)
            LOG.error("a mail could not be sent: %s", type(error).__name__)
        else:
            Mail.objects.filter(pk=mail.pk).update(sent_at=now(), body="", fault="")
            count += 1
    return count
