"""Sends mail through GOV.UK Notify, by one template that has a subject and a body.

Notify's REST API, version 2: a POST with a JSON web token that the service's secret signs.
"""

from collections.abc import Sequence
from time import time
from typing import Any

import jwt
import requests
from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

ID, SECONDS = 36, 20
"""Characters of the ids at the end of a key, and how long an answer may take."""


class NotifyBackend(BaseEmailBackend):
    """Django's way to send mail, by Notify; a mail that is not taken raises requests.RequestException, an OSError."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Send each mail to each of its receivers; return how many were taken."""
        return sum(self.send(message, to) for message in email_messages for to in message.to)

    def send(self, message: EmailMessage, to: str) -> int:
        """Send one mail to one receiver."""
        said = {"subject": str(message.subject), "body": str(message.body)}
        data: dict[str, Any] = {
            "email_address": to,
            "template_id": settings.LETTERS.notify_template,
            "personalisation": said,
        }
        headers = {"Authorization": f"Bearer {token(settings.LETTERS.notify_key)}"}
        address = f"{settings.LETTERS.notify_server}/v2/notifications/email"
        requests.post(address, json=data, headers=headers, timeout=SECONDS).raise_for_status()
        return 1


def token(key: str) -> str:
    """Return what proves to Notify who asks, from a key: a name, the service's id and its secret."""
    service, secret = key[-2 * ID - 1 : -ID - 1], key[-ID:]
    return jwt.encode({"iss": service, "iat": int(time())}, secret, algorithm="HS256")
