"""What happened, in chains that cannot be changed unseen: each event bears the hash of the one before it."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC
from hashlib import sha256
from typing import Any

from django.db import connection, transaction

from letters.workspace.models import Case, Event, Person
from letters.workspace.now import now

WORKSPACE = ":workspace"
"""The chain of what belongs to no case: accounts, and uploads that became none. No case can have this id."""
FIRST = "0" * 64
"""What the first event of a chain bears in the place of a hash before it."""


def canonical(value: Any) -> str:
    """Return data as JSON in the one way that is hashed."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def hash_of(event: Event) -> str:
    """Return the hash that an event should bear."""
    row = [
        event.chain,
        event.seq,
        event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        event.person_id,
        event.verb,
        event.subject,
        event.data,
    ]
    return sha256(f"{event.prev}{canonical(row)}".encode()).hexdigest()


def as_line(event: Event) -> str:
    """Return an event as a line of JSON with everything that its hash is made of, so that anybody can prove it."""
    held = {
        "chain": event.chain,
        "seq": event.seq,
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "person": event.person_id,
        "verb": event.verb,
        "subject": event.subject,
        "data": event.data,
        "prev": event.prev,
        "hash": event.hash,
    }
    return json.dumps(held, ensure_ascii=False)


def record(
    case: Case | None, person: Person | None, verb: str, subject: str = "", data: Mapping[str, Any] | None = None
) -> Event:
    """Add an event to its chain, in the transaction of what it tells of; `data` holds no words of a draft."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an event belongs in the transaction of what it tells of")
    chain = case.slug if case else WORKSPACE
    take_turn(chain)
    last = Event.objects.filter(chain=chain).order_by("-seq").first()
    event = Event(
        chain=chain,
        seq=last.seq + 1 if last else 1,
        at=now(),
        person=person,
        verb=verb,
        subject=subject,
        data=canonical(dict(data or {})),
        prev=last.hash if last else FIRST,
    )
    event.hash = hash_of(event)
    event.save(force_insert=True)
    return event


def take_turn(chain: str) -> None:
    """Wait until nobody else adds to a chain; SQLite lets one transaction at a time write anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [chain])


def broken_links(chain: str) -> Iterator[str]:
    """Yield everything in which a chain is not as it was written."""
    before, number = FIRST, 0
    for event in Event.objects.filter(chain=chain).order_by("seq").iterator():
        number += 1
        if event.seq != number:
            yield f"{chain}: event {number} is missing; the next one is {event.seq}"
            number = event.seq
        if event.prev != before:
            yield f"{chain}: event {event.seq} does not follow from the one before it"
        if event.hash != hash_of(event):
            yield f"{chain}: event {event.seq} ({event.verb}) was changed"
        before = event.hash


def chains() -> list[str]:
    """Return the name of every chain."""
    return list(Event.objects.order_by("chain").values_list("chain", flat=True).distinct())


def heads() -> dict[str, tuple[int, str]]:
    """Return the last event of every chain: its number and its hash, to be kept where others keep theirs."""
    found: dict[str, tuple[int, str]] = {}
    for event in Event.objects.order_by("chain", "seq").only("chain", "seq", "hash").iterator():
        found[event.chain] = (event.seq, event.hash)
    return found


def cut_chains(before: Mapping[str, tuple[int, str]]) -> Iterator[str]:
    """Yield each chain that no longer goes through the event that was its last one once."""
    for chain, (number, digest) in before.items():
        if not Event.objects.filter(chain=chain, seq=number, hash=digest).exists():
            yield f"{chain}: event {number} is not the one that was there; the chain was cut off or written anew"
