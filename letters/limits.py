"""How much time and memory one letter may take: what nobody foresaw ends in a line, and no machine stands still.

`LETTERS_SECONDS` and `LETTERS_MEMORY_MB` set other limits than these.
"""

import os
import resource
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, NoReturn

from letters.errors import LettersError

SECONDS = 300
"""Processor time for one letter, report or merge; the longest that is known takes 30."""
MEMORY_MB = 6_000
"""Address space of one process; a report of thirty areas takes 900."""


class TooMuch(LettersError):
    """A letter that takes more time or memory than any letter should."""


def setting(name: str, usual: int) -> int:
    """Return a limit that the environment sets, or the usual one."""
    given = os.environ.get(name, "")
    return int(given) if given.isdecimal() and int(given) > 0 else usual


def limit_memory() -> None:
    """Let this process have no more memory than the limit: asking for more raises MemoryError."""
    wanted = setting("LETTERS_MEMORY_MB", MEMORY_MB) * 1024 * 1024
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    lower = min(wanted, *(held for held in (soft, hard) if held != resource.RLIM_INFINITY), wanted)
    resource.setrlimit(resource.RLIMIT_AS, (lower, hard))


@contextmanager
def limited_time(most: int = SECONDS) -> Iterator[None]:
    """Raise TooMuch in here when the limit of processor time, or `most` seconds, is used up.

    The time around it waits meanwhile. Only the main thread of a process can be stopped so.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    seconds = min(most, setting("LETTERS_SECONDS", SECONDS))
    before = signal.signal(signal.SIGPROF, partial(stop, seconds))
    rest, _ = signal.setitimer(signal.ITIMER_PROF, seconds, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, rest, 1 if rest else 0)
        signal.signal(signal.SIGPROF, before)


def stop(seconds: int, number: int, frame: Any) -> NoReturn:
    """Raise TooMuch; the handler of the signal that the time is used up."""
    raise TooMuch(
        f"it took more than {seconds} seconds of processor time, so letters stopped. "
        "Look for what is very long or deeply nested in it, or set LETTERS_SECONDS."
    )


def out_of_memory() -> str:
    """Say that the memory is used up."""
    return (
        f"it needed more than {setting('LETTERS_MEMORY_MB', MEMORY_MB):,} MB of memory, so letters stopped. "
        "Look for what is very long in it, or set LETTERS_MEMORY_MB."
    )
