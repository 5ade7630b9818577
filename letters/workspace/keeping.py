"""Audit, backup and restore: that nothing was changed or lost, and that it comes back."""

import json
import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from functools import reduce
from operator import or_
from pathlib import Path
from shutil import copyfile

from django.conf import settings
from django.db import connection
from django.db.models import Q, QuerySet

from letters.errors import LettersError
from letters.workspace import blobs
from letters.workspace.erasing import NAMINGS, half_erased
from letters.workspace.events import broken_links, chains, cut_chains, heads
from letters.workspace.models import Blob, Case, VersionMember
from letters.workspace.proving import unexplained, unexplained_twice
from letters.workspace.shelves import FolderShelf

DATABASE, DUMP, FILES, SECRET, HEADS = "db.sqlite3", "database.dump", "blobs", "secret.key", "heads.json"


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
    named = files_of(slug) if slug else Blob.objects.all()
    yield from blobs.damaged(named.order_by("pk").iterator())
    yield from half_erased(named)


def files_of(slug: str) -> QuerySet[Blob]:
    """Return the files that anything of a case names, and the letters that a report rests on."""
    own = [Q(pk__in=naming.files(**{f"{naming.case}__slug": slug})) for naming in NAMINGS]
    letters = VersionMember.objects.filter(version__case__slug=slug).order_by().values("letter__text")
    return Blob.objects.filter(reduce(or_, [*own, Q(pk__in=letters)]))


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
    copy = FolderShelf(to / FILES)
    for digest, _ in blobs.kept().every():
        data = None if digest.startswith(".") else blobs.kept().get(digest)
        if data is not None:
            copy.put(digest, data)
            count += 1
    secret = settings.LETTERS.data / SECRET
    if secret.is_file():
        copyfile(secret, to / SECRET)
        (to / SECRET).chmod(0o600)
    return count


def restore(source: Path, to: Path, database: str = "") -> int:
    """Put a backup into a folder that has no workspace yet; return how many files."""
    shelf_there = blobs.kept() if settings.LETTERS.files else FolderShelf(to / FILES)
    if (to / DATABASE).exists() or next(shelf_there.every(), None) is not None:
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
        shelf_there.put(path.name, path.read_bytes())
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
