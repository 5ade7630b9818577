"""Audit, backup and restore: that nothing was changed or lost, and that it comes back."""

import json
import os
import sqlite3
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from shutil import copyfile
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Q

from letters.errors import LettersError
from letters.workspace import blobs
from letters.workspace.events import broken_links, chains, cut_chains, heads
from letters.workspace.models import Blob, Case, Event, SetAside, StoredFile, Version
from letters.workspace.roles import Role
from letters.workspace.setting_aside import said_hash

DATABASE, DUMP, FILES, SECRET, HEADS = "db.sqlite3", "database.dump", "blobs", "secret.key", "heads.json"
SAME_SECONDS = 60
"""A version and its event are written one after the other."""
Told = dict[str, list[tuple[Event, dict[str, Any]]]]
"""The events of a case by what they tell of, each with its data."""


def verify(slug: str = "", before: Path | None = None) -> Iterator[str]:
    """Yield everything in which a case, or the whole workspace, is not as it was written.

    `before` is a file of heads that an earlier backup or audit wrote: every chain has to go through them still.
    """
    if before is not None:
        yield from cut_chains(json.loads(before.read_text("utf-8")))
    if slug and not Case.objects.filter(slug=slug).exists():
        raise LettersError(f"There is no case {slug!r}.")
    for chain in [slug] if slug else chains():
        yield from broken_links(chain)
    cases = Case.objects.filter(slug=slug) if slug else Case.objects.all()
    for case in cases.iterator():
        yield from (unexplained_twice(case) if list(unexplained(case)) else ())
    named = Blob.objects.all()
    if slug:
        texts = Version.objects.filter(case__slug=slug).order_by().values("text")
        files = StoredFile.objects.filter(case__slug=slug).values("blob")
        named = named.filter(Q(pk__in=texts) | Q(pk__in=files))
    yield from blobs.damaged(named.order_by("pk").iterator())


def unexplained_twice(case: Case) -> list[str]:
    """Return what is wrong with a case when it is looked at once more: somebody may have saved meanwhile."""
    case.refresh_from_db()
    return list(unexplained(case))


def unexplained(case: Case) -> Iterator[str]:
    """Yield each row of a case that its events do not tell of, or tell of otherwise."""
    told: dict[str, list[tuple[Event, dict[str, Any]]]] = {}
    for event in Event.objects.filter(chain=case.slug).order_by("seq"):
        told.setdefault(event.verb, []).append((event, json.loads(event.data)))
    yield from unexplained_versions(case, told)
    yield from unexplained_parts(case, told)
    yield from unexplained_rules(case, told)
    yield from unexplained_files(case, told)


def unexplained_versions(case: Case, told: Told) -> Iterator[str]:
    """Yield each version that is not the one that was saved."""
    said = {data.get("version"): (event, data) for event, data in told.get("version_saved", [])}
    held = list(case.versions.all())
    for number, version in enumerate(held, start=1):
        if version.number != number:
            yield f"{case.slug}: version {number} is missing"
        event, data = said.get(version.number, (None, {}))
        same = (version.text_id, version.words, version.note, version.made_by)
        if event is None or same != tuple(data.get(name) for name in ("text", "words", "note", "made_by")):
            yield f"{case.slug}: version {version.number} is not the one that was saved"
        elif event.person_id != version.person_id or abs((event.at - version.at).total_seconds()) > SAME_SECONDS:
            yield f"{case.slug}: version {version.number} was not saved by whom or when it says"
    if len(said) != len(held) or case.head != len(held):
        yield f"{case.slug}: {len(said)} versions were saved, and {len(held)} are there"


def unexplained_parts(case: Case, told: Told) -> Iterator[str]:
    """Yield where those who see a case now are others than its events say."""
    said: list[tuple[str, str]] = [(str(event.person_id), Role.LEAD) for event, _ in told.get("case_started", [])]
    acts = sorted([*told.get("part_given", []), *told.get("part_ended", [])], key=lambda pair: pair[0].seq)
    for event, data in acts:
        part = (event.subject, data.get("role", ""))
        if event.verb == "part_given":
            said.append(part)
        elif part in said:
            said.remove(part)
    held = [(str(part.person_id), part.role) for part in case.parts.filter(until=None)]
    if sorted(said) != sorted(held):
        yield f"{case.slug}: those who have a part in it are not those to whom one was given"


def unexplained_rules(case: Case, told: Told) -> Iterator[str]:
    """Yield where the rules that are set aside are others, or for other reasons, than events say."""
    said = Counter(
        (event.subject, data.get("where"), data.get("reason"), event.person_id)
        for event, data in told.get("rule_set_aside", [])
    )
    rows = list(SetAside.objects.filter(case=case))
    held = Counter((row.rule, row.where, said_hash(row.reason), row.person_id) for row in rows)
    confirmed = Counter((event.subject, event.person_id) for event, _ in told.get("rule_set_aside_confirmed", []))
    seconds = Counter((row.rule, row.second_id) for row in rows if row.second_id)
    ended = len(told.get("rule_holds_again", [])) != sum(row.ended_at is not None for row in rows)
    if said != held or confirmed != seconds or ended:
        yield f"{case.slug}: the rules that are set aside are not those that people set aside"


def unexplained_files(case: Case, told: Told) -> Iterator[str]:
    """Yield where the files that were given are others than events say."""
    said = Counter((data.get("file"), event.person_id) for event, data in told.get("file_kept", []))
    held = Counter((row.blob_id, row.person_id) for row in StoredFile.objects.filter(case=case))
    if said != held:
        yield f"{case.slug}: the files that are there are not those that were given"


def backup(to: Path) -> int:
    """Write a copy of the database and every file to a new folder; return how many files.

    The database goes first, so that every file that it names is there when the files are copied.
    """
    if to.exists() and any(to.iterdir()):
        raise LettersError(f"{to} is not empty. Name a new folder.")
    os.umask(0o077)
    to.mkdir(parents=True, exist_ok=True)
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(settings.LETTERS.data / DATABASE)) as held:
            held.execute("VACUUM INTO ?", [str(to / DATABASE)])
    else:
        tool("pg_dump", "--format=custom", "--file", str(to / DUMP), settings.LETTERS.database)
    (to / HEADS).write_text(json.dumps(heads(), indent=1), "utf-8")
    count = 0
    for path in sorted(blobs.folder().glob("??/*")):
        if not path.name.startswith("."):
            target = to / FILES / path.parent.name / path.name
            target.parent.mkdir(parents=True, exist_ok=True)
            copyfile(path, target)
            count += 1
    secret = settings.LETTERS.data / SECRET
    if secret.is_file():
        copyfile(secret, to / SECRET)
        (to / SECRET).chmod(0o600)
    return count


def restore(source: Path, to: Path, database: str = "") -> int:
    """Put a backup into a folder that has no workspace yet; return how many files."""
    if (to / DATABASE).exists() or (to / FILES).exists():
        raise LettersError(f"{to} holds a workspace already. Name a new folder.")
    if not ((source / DATABASE).is_file() or (source / DUMP).is_file()):
        raise LettersError(f"{source} is no backup: it has neither {DATABASE} nor {DUMP}.")
    os.umask(0o077)
    to.mkdir(parents=True, exist_ok=True)
    if (source / DATABASE).is_file():
        copyfile(source / DATABASE, to / DATABASE)
    else:
        if not database:
            raise LettersError("This backup is of PostgreSQL. Set LETTERS_DATABASE to an empty database.")
        tool("pg_restore", "--no-owner", "--exit-on-error", "--dbname", database, str(source / DUMP))
    count = 0
    for path in sorted((source / FILES).glob("??/*")):
        blobs.write(to / FILES / path.parent.name / path.name, path.read_bytes())
        count += 1
    if (source / SECRET).is_file():
        copyfile(source / SECRET, to / SECRET)
        (to / SECRET).chmod(0o600)
    return count


def tool(*command: str) -> None:
    """Run a program of PostgreSQL's; raises LettersError with what it said."""
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)
    except FileNotFoundError:
        raise LettersError(
            f"{command[0]} is not on this machine. Install it: apt-get install postgresql-client."
        ) from None
    except subprocess.CalledProcessError as error:
        raise LettersError(f"{command[0]} failed: {error.stderr.strip()[-400:]}") from None
