"""Puts several files in place as one set: after a kill all of them are old, or the next run makes all of them new.

A plan stands beside the files from the moment that all new ones are on the disk until all are in place. The next run
that writes in one of the folders finishes what it says, unless somebody has changed one of the files since.
"""

import fcntl
import json
import logging
import os
import re
import secrets
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from letters.errors import FormatFault
from letters.files.disk import ASIDE, PLAN, keep_owner_and_mode, new_aside, replace_file, sweep, synced, write_all

PLAN_NAME = re.compile(rf"^{re.escape(PLAN)}[0-9a-f]{{8}}$")
LONGEST_PLAN = 1_000_000
LOG = logging.getLogger("letters.files.sets")


@dataclass(frozen=True)
class Step:
    """One file of a set: the new one beside it, and what the old one was."""

    aside: Path
    target: Path
    old: list[int] | None
    """Size and time of change of the old file; None where there was none."""

    def is_sound(self) -> bool:
        """Say whether it names a file and its new version, and nothing else."""
        beside = re.fullmatch(rf"\.{re.escape(self.target.name)}{re.escape(ASIDE)}[0-9a-f]{{8}}", self.aside.name)
        return self.target.is_absolute() and self.aside.parent == self.target.parent and beside is not None

    def is_open(self) -> bool:
        """Say whether the new file still waits, and the old one is as it was."""
        return is_own(self.aside) and state_of(self.target) == self.old


def replace_files(files: Sequence[tuple[Path, bytes]], model: Path | None = None) -> None:
    """Put several files in place, all or none; a new one has no wider a mode than `model`.

    Raises FormatFault where the disk does not take them.
    """
    if len(files) == 1:
        replace_file(*files[0], model)
    elif files:
        try:
            put_set(files, model)
        except OSError as error:
            where = error.filename or files[0][0]
            raise FormatFault(f"{where} cannot be written: {error.strerror}. Check the folder.") from None


def put_set(files: Sequence[tuple[Path, bytes]], model: Path | None) -> None:
    """Put files in place; raises OSError where the disk does not take them, and then all are as they were."""
    targets = [Path(os.path.realpath(path)) for path, _ in files]
    for target in targets:
        target.parent.mkdir(parents=True, exist_ok=True)
    finish_sets(targets)
    handles: list[int] = []
    steps: list[Step] = []
    plans: list[Path] = []
    try:
        for target, (_, data) in zip(targets, files, strict=True):
            sweep(target)
            aside, handle = new_aside(target)
            handles.append(handle)
            steps.append(Step(aside, target, state_of(target)))
            write_all(handle, data)
            keep_owner_and_mode(target, handle, model)
        plans += written_plans(steps, handles)
    except BaseException:
        clear([*plans, *(step.aside for step in steps)])
        raise
    else:
        for step in steps:
            os.replace(step.aside, step.target)
        for folder in folders_of(targets):
            synced(folder)
        clear(plans)
    finally:
        for handle in handles:
            os.close(handle)


def written_plans(steps: Sequence[Step], handles: list[int]) -> list[Path]:
    """Write the same plan into every folder of a set, and hold it; nobody else can read it."""
    name = f"{PLAN}{secrets.token_hex(4)}"
    rows = [{"aside": str(step.aside), "target": str(step.target), "old": step.old} for step in steps]
    plans = []
    for folder in folders_of(step.target for step in steps):
        handle = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        handles.append(handle)
        plans.append(folder / name)
        fcntl.flock(handle, fcntl.LOCK_EX)
        write_all(handle, json.dumps(rows).encode())
        synced(folder)
    return plans


def finish_sets(targets: Iterable[Path]) -> None:
    """Finish what earlier runs were killed in, in the folders of these files, and say so."""
    for folder in folders_of(Path(os.path.realpath(target)) for target in targets):
        for name in plans_in(folder):
            with suppress(OSError), held_plan(folder / name) as steps:
                finish(steps)
                clear(other / name for other in (folder, *folders_of(step.target for step in steps)))


def plans_in(folder: Path) -> list[str]:
    """Return the names of the plans in a folder."""
    try:
        return [name for name in os.listdir(folder) if PLAN_NAME.match(name)]
    except OSError:
        return []


@contextmanager
def held_plan(path: Path) -> Iterator[list[Step]]:
    """Hold a plan that nobody works on, and yield its steps; raises OSError where it is none of ours."""
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield steps_of(os.read(handle, LONGEST_PLAN)) if is_own(path) else []
    finally:
        os.close(handle)


def steps_of(data: bytes) -> list[Step]:
    """Return the steps of a plan; none where it is not sound."""
    try:
        rows: list[dict[str, Any]] = json.loads(data)
        steps = [Step(Path(row["aside"]), Path(row["target"]), row["old"]) for row in rows]
    except (ValueError, TypeError, KeyError, RecursionError):
        return []
    return steps if all(step.is_sound() for step in steps) else []


def finish(steps: Sequence[Step]) -> None:
    """Put the files of a set that are not in place yet; where somebody has changed one since, say which are new."""
    left = [step for step in steps if is_own(step.aside)]
    names = ", ".join(step.target.name for step in left)
    if not left:
        return
    if all(step.is_open() for step in left):
        for step in left:
            os.replace(step.aside, step.target)
        LOG.warning("an earlier run was broken off before it had put %s in place: that is done now", names)
        return
    clear(step.aside for step in left)
    LOG.warning("an earlier run was broken off before it had put %s in place: run that command again", names)


def is_own(path: Path) -> bool:
    """Say whether a path is a file of our own that nobody else can write."""
    try:
        found = os.lstat(path)
    except OSError:
        return False
    return stat.S_ISREG(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o022


def state_of(path: Path) -> list[int] | None:
    """Return size and time of change of a file; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return [found.st_size, found.st_mtime_ns]


def folders_of(paths: Iterable[Path]) -> list[Path]:
    """Return the folders of files, each once."""
    return list(dict.fromkeys(path.parent for path in paths))


def clear(paths: Iterable[Path]) -> None:
    """Take files away where they are."""
    for path in paths:
        with suppress(OSError):
            path.unlink(missing_ok=True)
