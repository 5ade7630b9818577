"""The outsiders' door: an address that opens nothing by itself, and a code by mail each time."""

import secrets
from datetime import timedelta
from hashlib import sha256

from django.db import transaction

from letters.errors import LettersError
from letters.workspace import outbox
from letters.workspace.access import NoSuchCase
from letters.workspace.events import record
from letters.workspace.models import Code, Look, Respondent
from letters.workspace.now import now

CODE_SECONDS = 15 * 60
MOST_TRIES = 5
MOST_CODES = 5
"""Codes that are sent to one address in an hour."""
DIGITS = 8


def respondent_with(key: str) -> Respondent:
    """Return whose page an address is; raises NoSuchCase where it is nobody's, or no longer."""
    rows = Respondent.objects.select_related("sending__case", "sending__version", "invited_by")
    found = rows.filter(key=key, revoked_at=None).first() if len(key) == 32 else None
    if found is None:
        raise NoSuchCase(key)
    return found


def send_code(respondent: Respondent) -> None:
    """Send somebody a code to sign in with; raises LettersError after too many within an hour."""
    with transaction.atomic():
        locked = Respondent.objects.select_for_update().get(pk=respondent.pk)
        recent = locked.codes.filter(at__gt=now() - timedelta(hours=1))
        if recent.count() >= MOST_CODES:
            raise LettersError("Too many codes were sent within an hour. Use the newest one, or wait.")
        code = "".join(secrets.choice("0123456789") for _ in range(DIGITS))
        Code.objects.create(respondent=locked, digest=digest_of(locked, code), at=now())
        outbox.put(
            locked.email,
            "Your code",
            f"Your code is {code}. It can be used once, within 15 minutes.",
            "If you did not ask for it, somebody else opened your page; nothing was shown to them.",
        )


def digest_of(respondent: Respondent, code: str) -> str:
    """Return what is kept of a code."""
    return sha256(f"{respondent.key} {code}".encode()).hexdigest()


def sign_in(respondent: Respondent, given: str) -> None:
    """Use a code; raises LettersError where it is wrong, too old or was tried too often."""
    code = "".join(sign for sign in given if sign.isdecimal())
    with transaction.atomic():
        row = Code.objects.select_for_update().filter(respondent=respondent).order_by("-pk").first()
        fresh = row is not None and (now() - row.at).total_seconds() < CODE_SECONDS and row.tries < MOST_TRIES
        is_right = row is not None and fresh and secrets.compare_digest(row.digest, digest_of(respondent, code))
        if row is not None and fresh and not is_right:
            row.tries += 1
            row.save()
        if row is not None and is_right:
            Code.objects.filter(respondent=respondent).delete()
            case = respondent.sending.case
            record(case, None, "respondent_signed_in", str(respondent.sending.number), {"respondent": respondent.pk})
    if not fresh:
        raise LettersError("This code is too old, was used, or was tried too often. Ask for a new one.")
    if not is_right:
        raise LettersError("This is not the code. Look at the newest mail, and enter its eight digits.")


def looked(respondent: Respondent, what: str) -> None:
    """Note that somebody in the area read or fetched the draft."""
    sending = respondent.sending
    Look.objects.create(respondent=respondent, case=sending.case, version=sending.version.number, what=what, at=now())
