"""Many files, each by itself, from as many processes as are worth their start: one that fails stops no other."""

import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from letters.errors import LettersError, NotAllowed, UnreadableInput

Result = TypeVar("Result")

FEWEST_FOR_A_POOL = 4
"""Starting workers costs more than they save on fewer files than this."""
FILES_A_WORKER = 300
"""Files after which workers are replaced, so that memory stays flat; the pool's own way can hang in Python 3.11."""


def in_workers(call: Callable[[Path], Result], paths: list[Path], jobs: int | None) -> Iterator[Result]:
    """Yield what a call returns for each path, as it is finished."""
    workers = jobs or (os.cpu_count() or 1 if len(paths) >= FEWEST_FOR_A_POOL else 1)
    if workers == 1:
        yield from map(call, paths)
        return
    from concurrent.futures import ProcessPoolExecutor, as_completed
    from multiprocessing import get_context

    context = get_context("forkserver")
    context.set_forkserver_preload(["letters.files.letters", "letters.formats.pages.letter", "letters.word.write"])
    for start in range(0, len(paths), workers * FILES_A_WORKER):
        with ProcessPoolExecutor(workers, context) as pool:
            share = paths[start : start + workers * FILES_A_WORKER]
            for done in as_completed([pool.submit(call, path) for path in share]):
                yield done.result()


def attempted(call: Callable[[Path], Result], failed: Callable[..., Result], path: Path) -> Result:
    """Return what a call returns for a path, or what `failed` makes of why it did not.

    `failed` gets the path, and `fault` and `unreadable` by name.
    """
    try:
        return call(path)
    except LettersError as error:
        where = "" if isinstance(error, UnreadableInput | NotAllowed) else f"{path}: "
        return failed(path, fault=f"{where}{error}", unreadable=isinstance(error, UnreadableInput))
    except Exception as error:
        return failed(path, fault=unforeseen(path, error))


def each(call: Callable[[Path], Result], failed: Callable[..., Result]) -> Callable[[Path], Any]:
    """Return a call that never raises, fit to be sent to a worker."""
    return partial(attempted, call, failed)


def unforeseen(path: Path, error: Exception) -> str:
    """Return the line that the program itself failed on one file, so that the others are still written."""
    return (
        f"{path}: letters failed on this file ({type(error).__name__}: {str(error)[:200]}). Report this with the file."
    )
