"""A mail server for tests: it takes every mail and keeps it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from time import monotonic, sleep
from typing import Any

from aiosmtpd.controller import Controller

from tests.web.served import free_port

SECONDS = 30


class Mails:
    """What came in: the receiver and the words of each mail."""

    def __init__(self) -> None:
        self.all: list[tuple[str, str]] = []

    async def take(self, server: Any, session: Any, envelope: Any) -> str:
        """Take a mail."""
        message = message_from_bytes(envelope.content)
        body = message.get_payload(decode=True)
        assert isinstance(body, bytes)
        self.all.append((envelope.rcpt_tos[0], f"{message['Subject']}\n{body.decode()}"))
        return "250 taken"

    def found(self, to: str, pattern: str, after: int = 0) -> str:
        """Return what a mail to somebody says, once it is there; the newest first."""
        begun = monotonic()
        while monotonic() - begun < SECONDS:
            for receiver, words in reversed(self.all[after:]):
                match = re.search(pattern, words)
                if receiver == to and match:
                    return match[0]
            sleep(0.1)
        raise AssertionError(f"no mail to {to} has {pattern}: {self.all}")


Mails.handle_DATA = Mails.take  # type: ignore[attr-defined]


@contextmanager
def mail_server() -> Iterator[tuple[Mails, dict[str, str]]]:
    """Run a mail server for a while; yields what comes in, and the settings of a workspace that uses it."""
    mails, port = Mails(), free_port()
    controller = Controller(mails, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield mails, {"LETTERS_MAIL_HOST": "127.0.0.1", "LETTERS_MAIL_PORT": str(port), "LETTERS_MAIL_TLS": "0"}
    finally:
        controller.stop()
