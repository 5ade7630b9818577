"""Many files, each by itself, from as many processes as are worth their start: one that fails stops no other."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from letters.errors import LettersError, NotAllowed, UnreadableInput
from letters.limits import limit_memory, limited_time, out_of_memory

Result = TypeVar("Result")

FEWEST_FOR_A_POOL = 4
"""Starting workers costs more than they save on fewer files than this."""
FILES_A_WORKER = 300
"""Files after which workers are replaced, so that memory stays flat; the pool's own way can hang in Python 3.11."""


@dataclass(frozen=True, slots=True)
class Each(Generic[Result]):
    """A call that is made for each file and never raises, fit to be sent to a worker."""

    call: Callable[[Path], Result]
    failed: Callable[..., Result]
    """Makes a result of a path and, by name, the `fault` that there was and whether the file is `unreadable`."""

    def __call__(self, path: Path) -> Result:
        """Return what the call returns for a path, or what is made of why it did not."""
        try:
            with limited_time():
                return self.call(path)
        except MemoryError:
            return self.used_up(path)
        except LettersError as error:
            where = "" if isinstance(error, UnreadableInput | NotAllowed) else f"{path}: "
            return self.failed(path, fault=f"{where}{error}", unreadable=isinstance(error, UnreadableInput))
        except Exception as error:
            return self.failed(path, fault=unforeseen(path, error))

    def used_up(self, path: Path) -> Result:
        """Return what is made of a file that took all memory, or its whole worker with it."""
        return self.failed(path, fault=f"{path}: {out_of_memory()}", unreadable=False)


def unforeseen(path: Path, error: Exception) -> str:
    """Return the line that the program itself failed on one file, so that the others are still written."""
    return (
        f"{path}: letters failed on this file ({type(error).__name__}: {str(error)[:200]}). Report this with the file."
    )


def in_workers(each: Each[Result], paths: list[Path], jobs: int | None) -> Iterator[Result]:
    """Yield what a call returns for each path, as it is finished."""
    workers = jobs or (os.cpu_count() or 1 if len(paths) >= FEWEST_FOR_A_POOL else 1)
    if workers == 1:
        yield from map(each, paths)
        return
    from multiprocessing import get_context

    context = get_context("forkserver")
    context.set_forkserver_preload(["letters.files.letters", "letters.formats.pages.letter", "letters.word.write"])
    for start in range(0, len(paths), workers * FILES_A_WORKER):
        yield from in_one_pool(each, paths[start : start + workers * FILES_A_WORKER], workers, context)


def in_one_pool(each: Each[Result], paths: list[Path], workers: int, context: Any) -> Iterator[Result]:
    """Yield what a call returns for each path; those whose pool died with another file have workers of their own."""
    from concurrent.futures import ProcessPoolExecutor, as_completed
    from concurrent.futures.process import BrokenProcessPool

    left: list[Path] = []
    with ProcessPoolExecutor(workers, context, limit_memory) as pool:
        running = {pool.submit(each, path): path for path in paths}
        for done in as_completed(running):
            try:
                yield done.result()
            except BrokenProcessPool:
                left.append(running[done])
    for path in sorted(left, key=paths.index):
        with ProcessPoolExecutor(1, context, limit_memory) as pool:
            try:
                yield pool.submit(each, path).result()
            except BrokenProcessPool:
                yield each.used_up(path)
